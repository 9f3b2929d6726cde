"""Files of papers and materials as they look: templates with made-up facts, pages of documents."""

from typing import Final

from attrs import field, frozen

from entrypoints.http.routes import Access, Call, Reply, Route
from supervision_core.files.model import FileRefused
from supervision_core.files.ports import BytesAbsent
from supervision_core.files.services import FetchFile, FileView, fetch_file
from supervision_core.identity.services.lists import cases_of
from supervision_core.items.lists import DOCUMENT_TEMPLATES
from supervision_core.items.model import LETTER_FORMS, DocumentKind
from supervision_core.items.ports import DocumentTemplates, StandardMaterials
from supervision_core.kernel.documents import LetterKind
from supervision_core.kernel.errors import NotFound, Refused
from supervision_core.kernel.fields import said

_BASE: Final = "/api/v1/items"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: Final = "application/pdf"
PNG: Final = "image/png"


@frozen(kw_only=True)
class AskTemplate:
    """The product's own template of a kind of paper."""

    document: DocumentKind = field(metadata=said("文书类型", example="correction_order"))


@frozen(kw_only=True)
class AskPreview:
    """A template of a department."""

    document_template_id: str = field(metadata=said("文书的编号", example="0123abcd"))


@frozen(kw_only=True)
class AskPage:
    """A page of a material's file."""

    standard_material_id: str = field(metadata=said("标准材料的编号", example="0123abcd"))
    file_id: str = field(metadata=said("文件编号", example="0123abcd"))
    page: int = field(metadata=said("页码，从1起", example=1))


def content_of(call: Call, kind: str, thing: str, file: str) -> tuple[FileView, bytes]:
    """Give a file that who asks may see, with its bytes. Raises ``NotFound``, ``BytesAbsent``."""
    asked = FetchFile(kind=kind, thing_id=thing, file_id=file)
    found = call.platform.commands.ask(fetch_file, asked, actor=call.who)
    sealed = call.platform.files.sealed
    return found, b"".join(sealed.chunks(found.id, found.form.value, found.part))


def _own_template(call: Call, about: AskTemplate) -> Reply:
    form = LETTER_FORMS[about.document]
    title = call.platform.letters.forms()[form]
    return Reply(value=call.platform.letters.template(form), filename=f"{title}模板.docx")


def _preview(call: Call, about: AskPreview) -> Reply:
    cases = cases_of(DOCUMENT_TEMPLATES)
    shown = call.platform.commands.ask(
        cases.view, cases.named(id=about.document_template_id), actor=call.who
    ).content
    if not shown.versions:
        raise NotFound("file", about.document_template_id)
    newest = shown.versions[-1]
    _, template = content_of(call, DocumentTemplates.kind, about.document_template_id, newest.file)
    form, letters = LETTER_FORMS[shown.document], call.platform.letters
    made = letters.render(form, letters.sample(form), LetterKind.PDF, template)
    return Reply(value=made, filename=f"{shown.name}（试填）.pdf")


def _page(call: Call, about: AskPage) -> Reply:
    kind, thing = StandardMaterials.kind, about.standard_material_id
    found, content = content_of(call, kind, thing, about.file_id)
    if not call.platform.previews.shows(found.part.media):
        raise NotFound("file", about.file_id)
    shown = call.platform.previews.look(content, found.part.media, about.page)
    if not shown.picture:
        raise NotFound("file", about.file_id)
    return Reply(value=shown.picture, filename=f"{about.page}.png")


ITEM_ROUTES: tuple[Route, ...] = (
    Route(
        method="GET", path=f"{_BASE}/own_templates/{{document}}", name="items_own_template",
        title="下载内置文书模板", access=Access.LOGGED_IN, asked=AskTemplate, answered=bytes,
        run=_own_template, gives=DOCX,
        text="系统自带的Word模板，可改写后作为部门文书上传。",
    ),
    Route(
        method="GET", path=f"{_BASE}/document_templates/{{document_template_id}}/preview",
        name="items_preview_document_template", title="试填部门文书",
        access=cases_of(DOCUMENT_TEMPLATES).view.permission, asked=AskPreview, answered=bytes,
        run=_preview, gives=PDF, refusals=(BytesAbsent, Refused),
        text="用虚构的内容填写最新一版模板，给出PDF。",
    ),
    Route(
        method="GET",
        path=f"{_BASE}/standard_materials/{{standard_material_id}}/files/{{file_id}}/pages/{{page}}",
        name="items_page_of_material_file", title="预览标准材料文件的一页",
        access=fetch_file.permission, asked=AskPage, answered=bytes, run=_page, gives=PNG,
        refusals=(BytesAbsent, FileRefused),
        text="PDF的一页，画成PNG。",
    ),
)  # fmt: skip
"""Routes by hand of what lists and verbs cannot say."""
