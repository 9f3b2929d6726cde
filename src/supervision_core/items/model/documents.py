"""Templates of a department's papers: drafted, reviewed, published, each file kept as a version."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, frozen

from supervision_core.kernel.errors import NotFound, Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.registers import (
    Content,
    choice,
    department,
    integer,
    link,
    long_text,
    moment,
    text,
    violations_of,
)
from supervision_core.kernel.verbs import decided_by_another


class DocumentKind(StrEnum):
    """文书类型 (DocumentKind): the papers of a check that departments own templates of."""

    NOTICE = "notice"
    RECORD = "record"
    CORRECTION_ORDER = "correction_order"
    RECHECK_OPINION = "recheck_opinion"
    RESULT_NOTICE = "result_notice"


DOCUMENTS: Final[Mapping[str, str]] = {
    DocumentKind.NOTICE: "检查通知书", DocumentKind.RECORD: "现场检查笔录",
    DocumentKind.CORRECTION_ORDER: "责令改正通知书",
    DocumentKind.RECHECK_OPINION: "整改复查意见书",
    DocumentKind.RESULT_NOTICE: "检查结果告知书",
}  # fmt: skip


LETTER_FORMS: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.NOTICE: "inspection_notice",
    DocumentKind.RECORD: "inspection_record",
    DocumentKind.CORRECTION_ORDER: "rectification_order",
    DocumentKind.RECHECK_OPINION: "recheck_opinion",
    DocumentKind.RESULT_NOTICE: "result_notice",
}
"""The letter (``kernel.documents.Letters``) of each kind of paper."""


class TemplateState(StrEnum):
    """模板状态 (TemplateState): a template is drafted, reviewed, then published and used."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    ENABLED = "enabled"
    DISABLED = "disabled"
    DELETED = "deleted"


EDITABLE: Final = frozenset({TemplateState.DRAFT, TemplateState.RETURNED})


@frozen(kw_only=True)
class TemplateContent(Content):
    """部门文书内容 (TemplateContent): what a template is called and whose it is.

    Source: proposal 2262.
    """

    name: str = text("文书名称", required=True, example="责令改正通知书")
    document: DocumentKind = choice("文书类型", DOCUMENTS, required=True)
    department: str = department("所属部门", required=True)
    path: str = text(
        "文书生成路径", max_length=200, example="责令改正/{年度}",
        hint="生成的文书归入的目录；{年度}、{区划}、{部门}由系统替换",
    )  # fmt: skip
    note: str = long_text("文书说明")
    order: int | None = integer("排序号")


@frozen(kw_only=True)
class TemplateVersion:
    """模板版本 (TemplateVersion): one file of a template, kept for what was made with it."""

    number: int = integer("版本号", required=True)
    name: str = text("文件名称", required=True)
    at: datetime = moment("上传时间", required=True)
    by: str = link("上传人", "user", required=True)
    file: str = text("文件编号", required=True, listed=False)


@define(eq=False)
class TemplateInvalid(Refused):
    """The template as described cannot be kept."""

    code: ClassVar[str] = "items.template_invalid"


@define(eq=False)
class DocumentTemplateLocked(Refused):
    """The template's state forbids this."""

    code: ClassVar[str] = "items.template_locked"


@frozen(kw_only=True)
class TemplatePublished(Event):
    """A template came into use."""

    template: str
    version: int


@define(eq=False, kw_only=True)
class DocumentTemplate(Aggregate):
    """部门文书 (DocumentTemplate): a department's Word template of one kind of paper.

    Every file is a version. The newest one is reviewed; the one in use stays so until a reviewed
    one is published. Source: proposal 6.4.2.1.2.1.
    """

    _content: TemplateContent
    _region: str
    _state: TemplateState = TemplateState.DRAFT
    _versions: tuple[TemplateVersion, ...] = ()
    _used: int = 0
    _opinion: str = ""
    _changed_at: datetime | None = None

    @classmethod
    def add(cls, *, id: str, content: TemplateContent, region: str, at: datetime) -> Self:
        """Draft a template, whose file follows. Raises ``TemplateInvalid``."""
        refuse_if(TemplateInvalid, violations_of(content))
        return cls(id=id, content=content, region=region, changed_at=at)

    @property
    def content(self) -> TemplateContent:
        """What it is called and whose it is."""
        return self._content

    @property
    def region(self) -> str:
        """The region whose template it is."""
        return self._region

    @property
    def departments(self) -> frozenset[str]:
        """The owning department."""
        return frozenset({self._content.department})

    @property
    def state(self) -> TemplateState:
        """How far it is."""
        return self._state

    @property
    def versions(self) -> tuple[TemplateVersion, ...]:
        """Its files, oldest first."""
        return self._versions

    @property
    def used(self) -> TemplateVersion | None:
        """The version that papers are made with, if one is."""
        return next((one for one in self._versions if one.number == self._used), None)

    @property
    def opinion(self) -> str:
        """Why it was sent back the last time."""
        return self._opinion

    @property
    def changed_at(self) -> datetime | None:
        """When it was maintained the last time."""
        return self._changed_at

    def change(self, content: TemplateContent, *, at: datetime) -> None:
        """Correct what is said of it. Raises ``TemplateInvalid``, ``DocumentTemplateLocked``.

        Its files are for one kind of paper: another kind needs another template.
        """
        self._require_not(TemplateState.SUBMITTED, "items.template_under_review")
        other = bool(self._versions) and content.document != self._content.document
        fixed = [Violation("items.template_document_fixed", "document")] if other else []
        refuse_if(TemplateInvalid, [*violations_of(content), *fixed])
        self._content, self._changed_at = content, at

    def replace_file(self, *, file: str, name: str, at: datetime, by: str) -> None:
        """Take another file as the newest version, which must be reviewed again."""
        self._require_not(TemplateState.SUBMITTED, "items.template_under_review")
        number = len(self._versions) + 1
        version = TemplateVersion(number=number, name=name, at=at, by=by, file=file)
        self._versions = (*self._versions, version)
        self._state, self._changed_at = TemplateState.DRAFT, at

    def submit(self, *, at: datetime) -> None:
        """Hand it in for review. Raises ``DocumentTemplateLocked`` unless edited, with a file."""
        self._require(EDITABLE, "items.template_not_draft")
        missing = [] if self._versions else [Violation("items.template_without_file")]
        refuse_if(DocumentTemplateLocked, missing)
        self._state, self._changed_at = TemplateState.SUBMITTED, at

    def approve(self, *, at: datetime, by: str = "", made_by: frozenset[str] = frozenset()) -> None:
        """Find it right. Raises ``DocumentTemplateLocked`` unless it is under review.

        Whoever made, changed or handed it in does not review it.
        """
        self._require({TemplateState.SUBMITTED}, "items.template_not_submitted")
        refuse_if(DocumentTemplateLocked, decided_by_another(by, *made_by))
        self._state, self._opinion, self._changed_at = TemplateState.APPROVED, "", at

    def send_back(self, opinion: str, *, at: datetime) -> None:
        """Send it back to be mended, and say why. Raises ``DocumentTemplateLocked``."""
        self._require({TemplateState.SUBMITTED}, "items.template_not_submitted")
        if not opinion.strip():
            raise DocumentTemplateLocked((Violation("items.opinion_missing", "opinion"),))
        self._state, self._opinion, self._changed_at = TemplateState.RETURNED, opinion, at

    def enable(self, *, at: datetime) -> None:
        """Publish the reviewed version, or take the one that was used into use again."""
        self._require({TemplateState.APPROVED, TemplateState.DISABLED}, "items.template_unreviewed")
        if self._state is TemplateState.APPROVED:
            self._used = len(self._versions)
        self._state, self._changed_at = TemplateState.ENABLED, at
        self._record(TemplatePublished(at=at, template=self.id, version=self._used))

    def disable(self, *, at: datetime) -> None:
        """Take it out of use. Raises ``DocumentTemplateLocked`` where it is not in use."""
        self._require({TemplateState.ENABLED}, "items.template_not_enabled")
        self._state, self._changed_at = TemplateState.DISABLED, at

    def delete(self, *, at: datetime) -> None:
        """Delete it, logically: what was made with it stays. Raises while it is in use."""
        self._require_not(TemplateState.ENABLED, "items.template_in_use")
        self._state, self._used, self._changed_at = TemplateState.DELETED, 0, at

    def _require(self, states: frozenset[TemplateState] | set[TemplateState], code: str) -> None:
        self._require_living()
        if self._state not in states:
            raise DocumentTemplateLocked((Violation(code),))

    def _require_not(self, state: TemplateState, code: str) -> None:
        self._require_living()
        if self._state is state:
            raise DocumentTemplateLocked((Violation(code),))

    def _require_living(self) -> None:
        if self._state is TemplateState.DELETED:
            raise NotFound("document_template", self.id)


def place_of(path: str, *, year: int, region: str, department: str) -> str:
    """Give the folder in which a paper is filed, its marks replaced."""
    marks = {"{年度}": str(year), "{区划}": region, "{部门}": department}
    for mark, text_ in marks.items():
        path = path.replace(mark, text_)
    return path


def template_faults(content: TemplateContent) -> Iterator[Violation]:
    """Give every reason why a template cannot be kept so."""
    yield from violations_of(content)
    if ".." in content.path or content.path.startswith("/"):
        yield Violation("items.path_unfit", "path")
