"""责令改正通知书, at the desk and on the spot: filled from the visit, edited, looked at, given out.

Source: proposal 6.4.2.5.2.5, 3196-3199.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve

from entrypoints.http.routes import Call, Upload
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, gone_on
from entrypoints.http.web.paper_facts import (
    CONTACT,
    GENERAL,
    TEMPLATE,
    addressee_of,
    firm_of,
    inspectors,
    laws_of,
    organ,
    printed,
    sent,
    template_field,
    today_of,
)
from entrypoints.http.web.reading import Field, Kind, read, read_whole
from entrypoints.http.web.verbs import VerbPage, form_under
from supervision_core.identity.services.lists import cases_of
from supervision_core.items.model import DocumentKind
from supervision_core.kernel.days import day_words, local_day
from supervision_core.kernel.documents import Fact, LetterKind
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.paging import PageRequest
from supervision_core.tasks.law import CORRECTION_BASIS
from supervision_core.tasks.lists import RECTIFICATIONS, VISITS
from supervision_core.tasks.model.rectification import RectificationState
from supervision_core.tasks.model.results import ItemOutcome, stated
from supervision_core.tasks.services.rectifications import issue_rectification

PREVIEW: Final = "preview"
"""The button that shows the letter before it is given out, in the form that it says."""
_LETTER: Final = DocumentKind.CORRECTION_ORDER
_DOCUMENT: Final = "document"
_NAME: Final = "责令改正通知书.pdf"
_USUAL_DAYS: Final = 15
_EVERY: Final = PageRequest(size=200)
_UNFILLED: Final = "（待填写）"
DEMAND: Final = "在期限内改正，并书面报告改正情况"
_VISITS: Final = f"{HOME}/{VISITS.context}/{VISITS.plural}"
_ORDERS: Final = f"{HOME}/{RECTIFICATIONS.context}/{RECTIFICATIONS.plural}"
_HEAD: Final = (
    Field(
        name="number", title="文书编号", required=True, most=100, hint="如：南市监责改〔2026〕1号"
    ),
    Field(name="days", title="整改期限（工作日）", kind=Kind.NUMBER, required=True),
    Field(name="basis", title="法律依据", required=True, most=200),
    *CONTACT,
)


def orderable(call: Call, found: Any) -> list[tuple[int, Any]]:
    """Give what is left to order of one's own department's findings, each with its place."""
    own = call.who.department
    ordered = {
        each.item
        for one in orders_of(call, found)
        if one.department == own
        for each in one.findings
    }
    return [
        (number, one)
        for number, one in enumerate(found.content.items)
        if one.outcome == ItemOutcome.FAILED and one.department == own and one.id not in ordered
    ]


def orders_of(call: Call, found: Any) -> Iterator[Any]:
    """Give the orders after a visit that whoever asks may see, without those taken back."""
    cases = cases_of(RECTIFICATIONS)
    if not call.who.may(cases.list.permission):
        return
    asked = cases.asking(subject=found.content.subject, task=found.content.task, page=_EVERY)
    for one in ask(call, cases.list, asked).items:
        if one.visit == found.id and one.state is not RectificationState.WITHDRAWN:
            yield ask(call, cases.view, cases.named(id=one.id)).content


def written_of(item: Any) -> Mapping[str, str]:
    """Give what the letter begins with of an item that failed."""
    return {
        "problem": stated(item.title, item.note), "basis": laws_of(item.basis), "demand": DEMAND,
    }  # fmt: skip


def fields(call: Call, found: Any) -> Sequence[Field]:
    """Give what may be edited in the letter: its head, and of each problem the words."""
    return (*head(call), *(field for _, one in _problems(orderable(call, found)) for field in one))


def head(call: Call) -> Sequence[Field]:
    """Give what may be edited at the head of the letter."""
    return (template_field(call, _LETTER), *_HEAD)


def _problems(left: Iterable[tuple[int, Any]]) -> Iterator[tuple[Any, tuple[Field, ...]]]:
    for number, one in left:
        yield one, (
            Field(name=f"problem-{number}", title="存在问题", kind=Kind.LONG, required=True,
                  most=500),
            Field(name=f"law-{number}", title="依据", required=True, most=300,
                  hint="违反的法律、法规、规章条款"),
            Field(name=f"demand-{number}", title="改正要求", required=True, most=200),
        )  # fmt: skip


def begun(call: Call, found: Any, form: Form) -> Mapping[str, Any]:
    """Give the letter as the visit fills it, over which stands what was edited."""
    known = {TEMPLATE: GENERAL, "days": str(_USUAL_DAYS), "basis": CORRECTION_BASIS}
    left = orderable(call, found)
    for number, one in left:
        of_item = written_of(one)
        known |= {
            f"problem-{number}": of_item["problem"], f"law-{number}": of_item["basis"],
            f"demand-{number}": of_item["demand"],
        }  # fmt: skip
    return {
        "head": head(call), "problems": list(_problems(left)), "letter": {**known, **form},
    }  # fmt: skip


def _facts(call: Call, found: Any, said: Mapping[str, object]) -> Mapping[str, Fact]:
    today = today_of(call)
    checked = found.content.checked_in_at
    days = said["days"] if isinstance(said["days"], int) else 0
    calendar = call.platform.calendars.working_calendar()
    firm = addressee_of(call, found)
    return {
        "department": organ(found, call.who.department), "number": str(said["number"]),
        "subject": firm.name, "subject_code": firm.code, "addressee": firm.addressed,
        "checked_on": day_words(today if checked is None else local_day(checked)),
        "inspectors": inspectors(found, call.who.department) or inspectors(found),
        "findings": [
            {"problem": str(said[f"problem-{number}"]), "basis": str(said[f"law-{number}"]),
             "demand": str(said[f"demand-{number}"])}
            for number, _ in orderable(call, found)
        ],
        "basis": str(said["basis"]), "issued_on": day_words(today),
        "due_on": day_words(calendar.add_working_days(today, max(0, days))),
        "contact": str(said["contact"]), "phone": str(said["phone"]),
    }  # fmt: skip


def preview(call: Call, found: Any, form: Form) -> Shown:
    """Show the letter as it would be given out, for Word where that is asked.

    What is not filled in yet is said to be. Raises ``FormInvalid``.
    """
    kind = LetterKind.DOCX if form[PREVIEW] == LetterKind.DOCX else LetterKind.PDF
    said = {name: value or _UNFILLED for name, value in read(fields(call, found), form).items()}
    content = printed(call, _LETTER, _facts(call, found, said), kind, form.get(TEMPLATE, ""))
    return sent(content, _LETTER, kind)


def written(call: Call, found: Any, form: Form) -> Call:
    """Send the letter along as its form fills it, unless one of one's own is sent.

    Raises ``FormInvalid`` for what is not filled in.
    """
    own = [one for one in call.uploads.get(_DOCUMENT, ()) if one.name]
    if own:
        return call
    facts = _facts(call, found, read_whole(fields(call, found), form))
    made = Upload(_NAME, printed(call, _LETTER, facts, LetterKind.PDF, form.get(TEMPLATE, "")))
    return evolve(call, uploads={**call.uploads, _DOCUMENT: (made,)})


def _verb() -> VerbPage:
    """Give the form of the command. Raises ``NotFound`` where there is none."""
    found = form_under(issue_rectification.permission)
    if found is None:
        raise NotFound("page", issue_rectification.permission)
    return found


def _visit(call: Call, form: Form) -> Any:
    cases = cases_of(VISITS)
    return ask(call, cases.view, cases.named(id=form["visit_id"]))


def _asked(call: Call, form: Form) -> Shown:
    """Show the letter as the visit fills it, to be edited."""
    found, verb = _visit(call, form), _verb()
    values = verb.values(call, form)
    own = next(one for one in values["fields"] if one.name == _DOCUMENT)
    base = f"{_VISITS}/{form['visit_id']}"
    shown = {
        "title": f"责令改正通知书：{firm_of(call, found).name}", "back": base, "own": own,
        "action": f"{base}/order", "version": form.get("version") or str(found.version),
        "values": values["values"],
        **begun(call, found, form),
    }  # fmt: skip
    return Shown(template="visit_order.html", values=shown)


def _done(call: Call, form: Form) -> Shown:
    """Show the letter before it is given out; or give the order, and go on with its delivery."""
    found = _visit(call, form)
    if PREVIEW in form:
        return preview(call, found, form)
    made = _verb().do(written(call, found, form), form)
    return gone_on(f"{_ORDERS}/{made}", "handled")


CORRECTION_PAGES: Final = (
    Page(method="GET", path=f"{_VISITS}/{{visit_id}}/order", name="page_visit_ordering",
         access=issue_rectification.permission, run=_asked,
         carries=(issue_rectification.permission,)),
    Page(method="POST", path=f"{_VISITS}/{{visit_id}}/order", name="page_visit_order",
         access=issue_rectification.permission, run=_done, again=_asked, uploads=True),
)  # fmt: skip
