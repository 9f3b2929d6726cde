"""Matters of supervision, the items checked under them, and the law they rest on."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from attrs import define, evolve, frozen

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event


class Site(StrEnum):
    """检查形式 (Site): whether an item needs inspectors at the place."""

    ONSITE = "onsite"
    OFFSITE = "offsite"


class Importance(StrEnum):
    """重点或一般 (Importance): a key item is never dropped from a check."""

    KEY = "key"
    GENERAL = "general"


class Cycle(StrEnum):
    """一次查或日常查 (Cycle): checked once, as long as nothing changes, or at every check."""

    ONCE = "once"
    DAILY = "daily"


@frozen(kw_only=True)
class LawArticle:
    """法条 (LawArticle): an article of a law in one of its versions.

    ``version`` is the day of that version's promulgation or revision, ``None`` when unknown; a law
    that changes is cited by a new value. Source: proposal 6.4.2.1.2.
    """

    document: str
    article: str
    version: date | None = None


@define(eq=False)
class LawInvalid(Refused):
    """The law as described cannot be kept."""

    code: ClassVar[str] = "items.law_invalid"


@define(eq=False, kw_only=True)
class Law(Aggregate):
    """法律法规 (Law): a document in one version, article by article, in force between two days.

    Source: proposal 6.4.2.1.2 (启用、停用 by 颁发时间 and 实施时间).
    """

    _title: str
    _issuer: str
    _promulgated_on: date
    _in_force_from: date
    _in_force_until: date | None = None
    _articles: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """Its title."""
        return self._title

    @property
    def articles(self) -> tuple[tuple[str, str], ...]:
        """Its articles: number as printed (第十三条) and text."""
        return self._articles

    def in_force(self, day: date) -> bool:
        """Tell whether it binds on ``day``; the day of repeal is the first that it does not."""
        until = self._in_force_until
        return self._in_force_from <= day and (until is None or day < until)

    def cite(self, article: str) -> LawArticle:
        """Give the reference to one article. Raises ``LawInvalid`` when it has no such."""
        if article not in dict(self._articles):
            data = {"law": self._title, "article": article}
            raise LawInvalid((Violation("items.article_unknown", "article", data),))
        return LawArticle(document=self._title, article=article, version=self._promulgated_on)

    def put_article(self, article: str, text: str) -> None:
        """Add an article or replace its text. Raises ``LawInvalid``."""
        if not (article.strip() and text.strip()):
            raise LawInvalid((Violation("items.article_empty", "article"),))
        self._articles = tuple((dict(self._articles) | {article: text}).items())

    def repeal(self, day: date) -> None:
        """Let it end with ``day``. Raises ``LawInvalid`` when that is before it began."""
        if day <= self._in_force_from:
            raise LawInvalid((Violation("items.law_ends_before_begin", "in_force_until"),))
        self._in_force_until = day


@frozen(kw_only=True)
class CheckContent:
    """检查内容 (CheckContent): what one item asks, how it is checked and what it rests on.

    ``matter`` is the 检查事项, ``sub_item`` the 检查子事项; ``department`` is responsible, others
    may take part. ``matter_code`` is the published 监管事项 it belongs to, ``tags`` the subjects it
    concerns. Source: proposal 6.4.2.1.1.3, 6.4.2.1.3.3.
    """

    matter: str
    sub_item: str
    content: str
    department: str
    method: str = ""
    site: Site = Site.ONSITE
    importance: Importance = Importance.GENERAL
    cycle: Cycle = Cycle.DAILY
    basis: tuple[LawArticle, ...] = ()
    penalty: LawArticle | None = None
    matter_code: str = ""
    joining: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    materials: tuple[str, ...] = ()


class ItemState(StrEnum):
    """事项状态 (ItemState): only an enabled item may be put on a checklist."""

    DRAFT = "draft"
    ENABLED = "enabled"
    DISABLED = "disabled"


@define(eq=False)
class CheckItemIncomplete(Refused):
    """The check item cannot be used as it stands."""

    code: ClassVar[str] = "items.check_item_incomplete"


@define(eq=False)
class CheckItemLocked(Refused):
    """The item's state forbids this."""

    code: ClassVar[str] = "items.check_item_locked"


@frozen(kw_only=True)
class CheckItemEnabled(Event):
    """A check item came into use."""

    item: str


@frozen(kw_only=True)
class CheckItemDisabled(Event):
    """A check item went out of use."""

    item: str
    reason: str


@define(eq=False, kw_only=True)
class CheckItem(Aggregate):
    """检查事项 (CheckItem): one thing that a department may check, from the library of its region.

    ``revision`` counts the contents it has had; checklists hold copies, so a change here never
    changes a published checklist. Source: proposal 6.4.2.1.1.3.
    """

    _code: str
    _region: str
    _content: CheckContent
    _state: ItemState = ItemState.DRAFT
    _revision: int = 1

    @property
    def code(self) -> str:
        """Its code, unique in its region."""
        return self._code

    @property
    def region(self) -> str:
        """The region whose item it is."""
        return self._region

    @property
    def departments(self) -> frozenset[str]:
        """The departments it concerns, the responsible one among them."""
        return self._content.joining | {self._content.department}

    @property
    def content(self) -> CheckContent:
        """What it asks."""
        return self._content

    @property
    def state(self) -> ItemState:
        """Whether it may be used."""
        return self._state

    @property
    def revision(self) -> int:
        """Which content this is, counted from 1."""
        return self._revision

    def revise(self, content: CheckContent) -> None:
        """Change what it asks. Raises ``CheckItemIncomplete`` when it is in use and gaps arise."""
        if content == self._content:
            return
        if self._state is ItemState.ENABLED:
            refuse_if(CheckItemIncomplete, content_violations(content))
        self._content, self._revision = content, self._revision + 1

    def enable(self, *, at: datetime) -> None:
        """Take it into use. Raises ``CheckItemIncomplete`` and ``CheckItemLocked``."""
        if self._state is ItemState.ENABLED:
            raise CheckItemLocked((Violation("items.already_enabled"),))
        refuse_if(CheckItemIncomplete, content_violations(self._content))
        self._state = ItemState.ENABLED
        self._record(CheckItemEnabled(at=at, item=self.id))

    def disable(self, reason: str, *, at: datetime) -> None:
        """Take it out of use (law changed, policy adjusted). Raises ``CheckItemLocked``."""
        violations = []
        if self._state is not ItemState.ENABLED:
            violations.append(Violation("items.not_enabled"))
        if not reason.strip():
            violations.append(Violation("items.reason_missing", "reason"))
        refuse_if(CheckItemLocked, violations)
        self._state = ItemState.DISABLED
        self._record(CheckItemDisabled(at=at, item=self.id, reason=reason))

    def tag(self, tags: frozenset[str]) -> None:
        """Say which subjects it concerns."""
        self.revise(evolve(self._content, tags=tags))


def content_violations(content: CheckContent, at: str = "") -> Iterator[Violation]:
    """Give every reason why ``content`` cannot be checked by anybody yet.

    A check without legal basis is no check: 优化营商环境条例 第54条, 国办发〔2024〕54号.
    """
    data = {"item": content.sub_item or content.matter}
    prefix = f"{at}." if at else ""
    if not content.matter.strip():
        yield Violation("items.matter_missing", f"{prefix}matter", data)
    if not content.content.strip():
        yield Violation("items.content_missing", f"{prefix}content", data)
    if not content.department.strip():
        yield Violation("items.department_missing", f"{prefix}department", data)
    if not content.basis:
        yield Violation("items.basis_missing", f"{prefix}basis", data)
    for article in content.basis:
        if not (article.document.strip() and article.article.strip()):
            yield Violation("items.basis_incomplete", f"{prefix}basis", data)


class DocumentKind(StrEnum):
    """文书类型 (DocumentKind): the papers of a check that departments own templates of."""

    NOTICE = "notice"
    RECORD = "record"
    CORRECTION_ORDER = "correction_order"
    RECHECK_OPINION = "recheck_opinion"
    RESULT_NOTICE = "result_notice"


@define(eq=False)
class DocumentTemplateLocked(Refused):
    """The template's state forbids this."""

    code: ClassVar[str] = "items.template_locked"


class TemplateState(StrEnum):
    """A template is drafted, reviewed, then used."""

    DRAFT = "draft"
    APPROVED = "approved"
    DISABLED = "disabled"


@define(eq=False, kw_only=True)
class DocumentTemplate(Aggregate):
    """部门文书 (DocumentTemplate): a department's Word template of one kind of paper.

    ``file`` names the stored file; only an approved template is used.
    Source: proposal 6.4.2.1.2.1.
    """

    _name: str
    _document: DocumentKind
    _region: str
    _department: str
    _file: str
    _state: TemplateState = TemplateState.DRAFT
    _order: int = 0
    _note: str = ""

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @property
    def document(self) -> DocumentKind:
        """Which paper it makes."""
        return self._document

    @property
    def region(self) -> str:
        """The region whose template it is."""
        return self._region

    @property
    def departments(self) -> frozenset[str]:
        """The owning department."""
        return frozenset({self._department})

    @property
    def file(self) -> str:
        """The stored file."""
        return self._file

    @property
    def state(self) -> TemplateState:
        """Whether it is used."""
        return self._state

    def replace_file(self, file: str) -> None:
        """Take another file, which must be reviewed again."""
        self._file, self._state = file, TemplateState.DRAFT

    def approve(self) -> None:
        """Let it be used after review. Raises ``DocumentTemplateLocked`` unless it is a draft."""
        if self._state is not TemplateState.DRAFT:
            raise DocumentTemplateLocked((Violation("items.template_not_draft"),))
        self._state = TemplateState.APPROVED

    def disable(self) -> None:
        """Take it out of use."""
        self._state = TemplateState.DISABLED


@define(eq=False, kw_only=True)
class StandardMaterial(Aggregate):
    """标准材料 (StandardMaterial): an official document that checks refer to, with its scenes.

    Source: proposal 6.4.2.1.2.2.
    """

    _code: str
    _name: str
    _region: str
    _department: str
    _sort: str = ""
    _file: str = ""
    _scenes: frozenset[str] = frozenset()

    @property
    def code(self) -> str:
        """Its code."""
        return self._code

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @property
    def region(self) -> str:
        """The region whose material it is."""
        return self._region

    @property
    def departments(self) -> frozenset[str]:
        """The owning department."""
        return frozenset({self._department})

    @property
    def scenes(self) -> frozenset[str]:
        """The scenes it is used in."""
        return self._scenes

    def relate(self, scenes: frozenset[str]) -> None:
        """Set the scenes it is used in."""
        self._scenes = scenes
