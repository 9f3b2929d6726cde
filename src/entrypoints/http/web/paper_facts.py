"""What every paper of a visit says: the organ, the firm, its officers, days and hours.

A paper is printed by the product's own template, or by one that the department keeps.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from attrs import evolve, frozen

from entrypoints.http.api.items import DOCX, PDF, content_of
from entrypoints.http.routes import Call, Reply
from entrypoints.http.web.looking import seen
from entrypoints.http.web.pages import Shown, ask
from entrypoints.http.web.reading import Field, Kind
from entrypoints.list_tables import names_of
from supervision_core.identity.model import Purpose
from supervision_core.identity.services.lists import cases_of
from supervision_core.items.lists import DOCUMENT_TEMPLATES
from supervision_core.items.model import DOCUMENTS, LETTER_FORMS, DocumentKind, TemplateState
from supervision_core.items.ports import DocumentTemplates
from supervision_core.kernel.days import local_day
from supervision_core.kernel.documents import Fact, LetterKind
from supervision_core.kernel.paging import PageRequest
from supervision_core.subjects.lists import SUBJECTS, addressed
from supervision_core.subjects.model import SubjectKind
from supervision_core.subjects.services import ShowSubjectPersonalData, show_subject_personal_data

TEMPLATE: Final = "template"
"""The field that says by which template a paper is printed."""
GENERAL: Final = "general"
"""The template that the product brings."""
CONTACT: Final = (
    Field(name="contact", title="联系人", required=True, most=50),
    Field(name="phone", title="联系电话", required=True, most=30),
)
"""Whom the firm asks."""
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MOST: Final = PageRequest(size=50)
_MEDIA: Final[Mapping[LetterKind, str]] = {LetterKind.PDF: PDF, LetterKind.DOCX: DOCX}


def today_of(call: Call) -> date:
    """Give the day on which it is asked."""
    return local_day(call.platform.clock.now())


def organ(found: Any, department: str) -> str:
    """Give what the department is called that signs: its whole name."""
    return str(names_of(found).get("department", {}).get(department, ""))


def inspectors(found: Any, department: str = "") -> Sequence[Mapping[str, str | int | date]]:
    """Give the officers of a visit with their certificates, of one department if it is said."""
    people, bodies = (names_of(found).get(one, {}) for one in ("officer", "department"))
    return [
        {"name": people.get(one.officer, ""), "certificate": one.certificate,
         "department": bodies.get(one.department, "")}
        for one in found.content.officers
        if department in {"", one.department}
    ]  # fmt: skip


@frozen(kw_only=True)
class Firm:
    """Whom a paper is for."""

    name: str
    addressed: str
    code: str = ""
    address: str = ""


def firm_of(call: Call, found: Any) -> Firm:
    """Give the firm of a visit, as far as the reader may look at it."""
    firm = seen(call, SUBJECTS, found.content.subject)
    if firm is None:
        name = names_of(found).get("subject", {}).get(found.content.subject, "")
        return Firm(name=name, addressed=name)
    said = firm.content
    return Firm(
        name=said.name, code=said.code, address=said.premises or said.domicile,
        addressed=addressed(said.name, said.identity_kind, said.code),
    )  # fmt: skip


def addressee_of(call: Call, found: Any) -> Firm:
    """Give whom a paper is made out to: a natural person by the whole name (docs/adr/0118).

    The log keeps who looked, as on the person's own page.
    """
    firm = seen(call, SUBJECTS, found.content.subject)
    shown = firm_of(call, found)
    if (
        firm is None
        or firm.content.kind is not SubjectKind.PERSON
        or not call.who.may(show_subject_personal_data.permission)
    ):
        return shown
    asked = ShowSubjectPersonalData(subject_id=firm.id, purpose=Purpose.INSPECTION)
    whole = call.platform.commands.run(show_subject_personal_data, asked, actor=call.who).name
    return evolve(shown, name=whole, addressed=whole)


def templates_of(call: Call, document: DocumentKind) -> Mapping[str, str]:
    """Give the templates of a kind that are in use: the product's own, and those of departments."""
    found = {GENERAL: f"通用{DOCUMENTS[document]}"}
    cases = cases_of(DOCUMENT_TEMPLATES)
    if call.who.may(cases.list.permission):
        asked = cases.asking(document=document, state=TemplateState.ENABLED, page=_MOST)
        found |= {one.id: one.name for one in ask(call, cases.list, asked).items}
    return found


def template_field(call: Call, document: DocumentKind) -> Field:
    """Give the field by which a template is chosen."""
    return Field(name=TEMPLATE, title="文书模板", kind=Kind.CHOICE,
                 choices=templates_of(call, document))  # fmt: skip


def _own(call: Call, template: str) -> bytes | None:
    """Give the version in use of a department's template. Raises ``NotFound``."""
    if template in {"", GENERAL}:
        return None
    cases = cases_of(DOCUMENT_TEMPLATES)
    shown = ask(call, cases.view, cases.named(id=template)).content
    used = next(one for one in shown.versions if one.number == shown.used)
    return content_of(call, DocumentTemplates.kind, template, used.file)[1]


def printed(
    call: Call, document: DocumentKind, facts: Mapping[str, Fact], kind: LetterKind, template: str
) -> bytes:
    """Print a paper. Raises ``Refused`` where the template asks for what is not known."""
    form = LETTER_FORMS[document]
    return call.platform.letters.render(form, facts, kind, _own(call, template))


def sent(content: bytes, document: DocumentKind, kind: LetterKind) -> Shown:
    """Give a printed paper out."""
    name = f"{DOCUMENTS[document]}.{kind.value}"
    return Shown(file=Reply(
        value=iter([content]), filename=name, media=_MEDIA[kind], length=len(content)
    ))  # fmt: skip


def laws_of(basis: Sequence[str]) -> str:
    """Say the laws of an item in one line, their days as papers write them."""
    said = "；".join(dict.fromkeys(filter(None, map(str.strip, basis))))
    return _DAY.sub(lambda day: "{}年{}月{}日".format(*map(int, day.groups())), said)
