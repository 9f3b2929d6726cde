"""What is done with document templates: drafted, reviewed, published, and seen as they print."""

from collections.abc import Mapping
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.files.model import FileSlot, MediaType
from supervision_core.files.ports import Visible
from supervision_core.files.services.attaching import attach
from supervision_core.identity.services import Deeds, Work, use_case
from supervision_core.identity.services.contents import broken_references, taken_in, with_ids
from supervision_core.identity.services.proposing import proposers
from supervision_core.items.model import (
    DocumentKind,
    DocumentTemplate,
    TemplateContent,
    TemplateInvalid,
    TemplateState,
    template_faults,
)
from supervision_core.items.ports import DocumentTemplates, PaperTemplates
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import Ask, Reading, file, long_text

TEMPLATE_FILES = FileSlot(
    kind=DocumentTemplates.kind, name="template", accepts=frozenset({MediaType.DOCX}), most=200
)
"""文书模板: one Word document a version. Source: proposal 2262."""


class TemplateFiles(Visible):
    """Answers for the files of templates: whoever may look at the template sees them."""

    kind = DocumentTemplates.kind

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that who acts may look at it. Raises ``NotFound``."""
        del slot
        template = work[DocumentTemplates].get(thing)
        if template.state is TemplateState.DELETED:
            raise NotFound(self.kind, thing)
        work.reach_to_read(
            self.kind, thing, reading=Reading.OWNER_AND_BELOW, region=template.region,
            departments=template.departments,
        )  # fmt: skip


@frozen(kw_only=True)
class AddDocumentTemplate:
    """A new template with its file."""

    content: TemplateContent = field(metadata=said("文书模板的内容"))
    file: str = file("文书模板", required=True, hint="Word文档（.docx），可先下载内置模板改写")


def _read(work: Work, cmd: AddDocumentTemplate) -> tuple[Violation, ...]:
    """Look at the file before the transaction: opening and filling it takes long."""
    return work[PaperTemplates].faults(cmd.file, cmd.content.document)


def _refuse_unfit(work: Work, staged: str, document: DocumentKind) -> None:
    ready = work.ready
    faults = ready if isinstance(ready, tuple) else work[PaperTemplates].faults(staged, document)
    refuse_if(TemplateInvalid, [evolve(one, at="file") for one in faults])


@use_case("items.add_document_template", "新增文书", beforehand=_read)
def add_document_template(work: Work, cmd: AddDocumentTemplate) -> str:
    """Draft a template of a paper: a Word document with marks for facts.

    One that cannot be filled, fetches something or holds macros is refused.
    """
    template = _drafted(work, cmd.content)
    _take_file(work, template, cmd.file)
    work.save(DocumentTemplates, template)
    return template.id


def _drafted(work: Work, content: TemplateContent) -> DocumentTemplate:
    owners = frozenset({content.department})
    region = work.actor.scope.region
    work.reach("department", content.department, region=region, departments=owners)
    faults = [*template_faults(content), *broken_references(work[Ask], content)]
    refuse_if(TemplateInvalid, faults)
    thing = work.ids.next_id()
    return DocumentTemplate.add(id=thing, content=content, region=region, at=work.now)


def _take_file(work: Work, template: DocumentTemplate, staged: str) -> None:
    (hung,) = attach(work, TEMPLATE_FILES, template.id, [staged], at="file")
    _refuse_unfit(work, staged, template.content.document)
    template.replace_file(file=hung.id, name=hung.name, at=work.now, by=work.actor.user)


def _template(work: Work, id: str) -> DocumentTemplate:
    return work.reached(DocumentTemplates, id)


@frozen(kw_only=True)
class ChangeDocumentTemplate:
    """What is said of a template from now on."""

    document_template_id: str = field(
        metadata=said("文书的编号", example="0123abcd", to="document_template")
    )
    content: TemplateContent = field(metadata=said("文书模板的内容"))


@use_case("items.change_document_template", "编辑文书")
def change_document_template(work: Work, cmd: ChangeDocumentTemplate) -> str:
    """Correct what is said of a template; its file stays."""
    template = _template(work, cmd.document_template_id)
    faults = [*template_faults(cmd.content)]
    faults += broken_references(work[Ask], cmd.content, template.content)
    refuse_if(TemplateInvalid, faults)
    owners = frozenset({cmd.content.department})
    work.reach("department", cmd.content.department, region=template.region, departments=owners)
    template.change(cmd.content, at=work.now)
    work.save(DocumentTemplates, template)
    return template.id


@frozen(kw_only=True)
class ReplaceTemplateFile:
    """Another file for a template."""

    document_template_id: str = field(
        metadata=said("文书的编号", example="0123abcd", to="document_template")
    )
    file: str = file("文书模板", required=True, hint="Word文档（.docx）；更换后须重新审核")


def _read_anew(work: Work, cmd: ReplaceTemplateFile) -> tuple[Violation, ...]:
    template = _template(work, cmd.document_template_id)
    return work[PaperTemplates].faults(cmd.file, template.content.document)


@use_case("items.replace_template_file", "更换文书模板", beforehand=_read_anew)
def replace_template_file(work: Work, cmd: ReplaceTemplateFile) -> str:
    """Give a template another file, as a new version to be reviewed; older files stay."""
    template = _template(work, cmd.document_template_id)
    _take_file(work, template, cmd.file)
    work.save(DocumentTemplates, template)
    return template.id


@frozen(kw_only=True)
class NameDocumentTemplate:
    """A template."""

    document_template_id: str = field(
        metadata=said("文书的编号", example="0123abcd", to="document_template")
    )


_TEMPLATE: Final = Deeds(DocumentTemplates, DocumentTemplate)
submit_document_template = _TEMPLATE.act(
    "items.submit_document_template", "提交审核", "submit", NameDocumentTemplate,
    "Hand a template in for review; while it is looked at nobody changes it.",
)  # fmt: skip
_MADE: Final = tuple(
    f"items.{one}"
    for one in (
        "add_document_template", "change_document_template", "replace_template_file",
        "import_document_templates", "submit_document_template",
    )
)  # fmt: skip


@use_case("items.approve_document_template", "审核通过")
def approve_document_template(work: Work, cmd: NameDocumentTemplate) -> str:
    """Find a template right: correct and lawful. Only then it is published.

    Refused to whoever made, changed or handed it in.
    """
    found = work.reached(DocumentTemplates, cmd.document_template_id)
    made_by = proposers(work, DocumentTemplates.kind, found.id, *_MADE)
    found.approve(at=work.now, by=work.actor.user, made_by=made_by)
    work.save(DocumentTemplates, found)
    return found.id


@frozen(kw_only=True)
class SendBackDocumentTemplate:
    """A template to be mended, and why."""

    document_template_id: str = field(
        metadata=said("文书的编号", example="0123abcd", to="document_template")
    )
    opinion: str = long_text("退回意见", required=True, max_length=500)


send_back_document_template = _TEMPLATE.act(
    "items.send_back_document_template", "退回修改", "send_back", SendBackDocumentTemplate,
    "Send a template back to be mended, with the reasons.",
)  # fmt: skip
enable_document_template = _TEMPLATE.act(
    "items.enable_document_template", "发布启用文书", "enable", NameDocumentTemplate,
    "Publish a reviewed template: papers of its kind are made with it from now on.",
)  # fmt: skip
disable_document_template = _TEMPLATE.act(
    "items.disable_document_template", "停用文书", "disable", NameDocumentTemplate,
    "Take a template out of use; papers made with it stay.",
)  # fmt: skip
delete_document_template = _TEMPLATE.act(
    "items.delete_document_template", "删除文书", "delete", NameDocumentTemplate,
    "Delete a template that is not in use; it has no effect on anything else.",
)  # fmt: skip


@frozen(kw_only=True)
class TemplateLine:
    """A row of a table of templates; their files are uploaded on their pages."""

    row: int = field(metadata=said("在表格中的行号", example=2))
    content: TemplateContent = field(metadata=said("文书模板的内容"))


@frozen(kw_only=True)
class ImportDocumentTemplates:
    """Rows of a table of templates."""

    entries: tuple[TemplateLine, ...] = field(metadata=said("各行"))


@use_case("items.import_document_templates", "导入文书")
def import_document_templates(work: Work, cmd: ImportDocumentTemplates) -> Mapping[str, Json]:
    """Take templates of a table in: new names of a department are drafted, others corrected.

    Their files stay; a new one is reviewed once its file is there. A name that several bear is
    refused: which is meant, nothing tells.
    """

    def take(row: TemplateLine) -> str:
        content = with_ids(work[Ask], row.content)
        known = work[DocumentTemplates].called(
            work.actor.scope.region, content.department, content.name
        )
        if not known:
            work.save(DocumentTemplates, _drafted(work, content))
            return "added"
        if len(known) > 1:
            fault = Violation(
                "items.template_called_twice", "name",
                {"name": content.name, "count": len(known)},
            )  # fmt: skip
            raise TemplateInvalid((fault,))
        if _template(work, known[0].id).content == content:
            return "same"
        change = ChangeDocumentTemplate(document_template_id=known[0].id, content=content)
        change_document_template.body(work, change)
        return "changed"

    return taken_in(cmd.entries, take)
