"""现场检查 on a phone: the own visits, one visit from check-in to its end, item by item.

Source: proposal 3183-3206, 3257-3265.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

from attrs import evolve, frozen

from entrypoints.http.routes import Call
from entrypoints.http.web import corrections
from entrypoints.http.web.attached import KEPT, file_path
from entrypoints.http.web.lists import tag_of
from entrypoints.http.web.looking import seen
from entrypoints.http.web.pages import PHONE, Form, Shown, ask
from entrypoints.http.web.papers import papers_of
from entrypoints.http.web.phone.zone import (
    Card,
    Line,
    Tab,
    Zone,
    chosen_lines,
    due_chips,
    lines_of,
    some_lines,
)
from entrypoints.http.web.verbs import VerbPage
from entrypoints.list_tables import names_of
from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.files.model import FileForm
from supervision_core.files.services import FetchFile, fetch_file
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.registers import described
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.tasks.lists import RECTIFICATIONS, TASKS, VISITS
from supervision_core.tasks.model.results import ItemOutcome, Measure, Outcome
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.words import TITLES

_ITEM: Final = "item"
_DONE: Final = 1
_TODAY: Final = 3
"""Visits that the home page shows."""
_SAID_FIRST: Final = ("任务名称", "反馈期限")
_RECORD: Final = "record_results"
_CONFIRM: Final = "confirm_record"
_ANSWER: Final = "answers[0]"
_TEMPLATES: Final = {
    "check_in": "phone/check_in.html",
    _RECORD: "phone/item.html",
    "conclude": "phone/conclude.html",
    "sign": "phone/sign.html",
    _CONFIRM: "phone/confirm_record.html",
    "issue_rectification": "phone/order.html",
}
_STEPS: Final = {
    "check_in": "签到", _RECORD: "检查", "conclude": "结论", "sign": "签字",
    "complete_visit": "完成",
}  # fmt: skip
_TASK_LINES: Final = (
    "name", "number", "kind", "scene", "lead", "joining", "starts_on", "ends_on", "description",
)  # fmt: skip
_FIRM_LINES: Final = ("name", "code", "kind", "status", "region", "domicile", "premises")


@frozen
class VisitZone(Zone):
    """The visits of an officer: 待反馈, 已反馈, and each from check-in to its end."""

    template: str = "phone/visit.html"

    def found(self, call: Call, form: Form, tab: Tab) -> Any:
        """Leave out what is not of the scene that was chosen."""
        found = super().found(call, form, tab)
        if not (scene := form.get("scene")):
            return found
        kept = [one for one in found.items if self._scene(call, one.task) == scene]
        return evolve(found, items=tuple(kept))

    def _scene(self, call: Call, task: str) -> str:
        found = seen(call, TASKS, task)
        return "" if found is None else str(found.content.scene)

    def told(self, call: Call, found: Any, tab: int) -> Iterator[Card]:
        """Say what a card of a visit says. Source: proposal F128, F129."""
        names = names_of(found)
        task_of = _remembered(partial(seen, call, TASKS))
        for row in found.items:
            task, visit = task_of(row.task), self.view(call, {self.noun: row.id})
            people = names_of(visit).get("officer", {})
            lines = [*some_lines(task, ("name", "number", "scene", "lead")), *_period(task)]
            inspect = [people.get(one.officer, "") for one in visit.content.officers]
            lines.append(("执法人员", "、".join(filter(None, inspect))))
            if tab == _DONE:
                lines.append(("是否发现问题", f"发现 {row.findings} 项" if row.findings else "否"))
                orders = [one.number for one in orders_of(call, row.id, row.subject)]
                lines.append(("责令整改通知书", "、".join(orders) or "无"))
            else:
                lines.append(("反馈期限", str(row.due_on)))
            yield Card(
                path=f"{self.base}/{row.id}",
                title=names.get("subject", {}).get(row.subject, row.number),
                chips=list(self.chips(call, row)), lines=lines,
            )  # fmt: skip

    def first(self, call: Call, scene: str) -> tuple[list[Card], int]:
        """Give the own visits that are due first, in few words, and how many are open."""
        if not call.who.may(self.cases.list.permission):
            return [], 0
        found = self.found(call, {"scene": scene} if scene else {}, self.tabs[0])
        rows = sorted(found.items, key=lambda one: (one.due_on, one.number))
        cards = self.told(call, evolve(found, items=tuple(rows[:_TODAY])), 0)
        few = [
            evolve(one, lines=[line for line in one.lines if line[0] in _SAID_FIRST])
            for one in cards
        ]  # fmt: skip
        return few, len(rows)

    def more(self, call: Call, found: Any) -> Mapping[str, Any]:
        """Give how far the visit is, what comes next, and of whom and what it is."""
        said, acts = found.content, list(self.acts(call, found))
        task, firm = seen(call, TASKS, said.task), seen(call, SUBJECTS, said.subject)
        owed = self._owed(call, said.number)
        return {
            "said": said, "names": names_of(found), "task": list(some_lines(task, _TASK_LINES)),
            "firm": list(some_lines(firm, _FIRM_LINES)),
            "parties": [] if task is None else [
                list(lines_of(one, names_of(task))) for one in task.content.third_parties
            ],
            "state": tag_of(described_of(said, "state"), said.state),
            "due": [] if said.formed_on else list(due_chips(call, said.due_on)),
            "steps": list(_steps(said)), "next": next((one for one in acts if one["verb"] in owed),
                                                      None),
            "answered": sum(bool(one.outcome) for one in said.items),
            "mine": [one.id for one in said.items if one.department == call.who.department],
            "files": self._files(call, found), "orders": orders_of(call, found.id, said.subject),
            "papers": list(papers_of(call, found, VISITS, PHONE)),
            "may_record": any(one["verb"] == _RECORD for one in acts),
        }  # fmt: skip

    def _owed(self, call: Call, number: str) -> set[str]:
        """Give the verbs that wait for the asker in one visit."""
        cases = self.cases
        if not call.who.may(cases.list.permission):
            return set()
        found = ask(call, cases.list, cases.asking(number=number, page=PageRequest(size=1)))
        known = {one.case.permission: verb for verb, one in self.verbs().items()}
        return {known[one.verb.permission] for one in found.waiting
                if one.verb.permission in known}  # fmt: skip

    def _files(self, call: Call, found: Any) -> Mapping[str, Sequence[Mapping[str, str]]]:
        """Give what officers photographed, by the items that it is of."""
        told: dict[str, list[Mapping[str, str]]] = {}
        for one in found.content.evidence:
            path = file_path(self.query.port.kind, found.id, one.file)
            small = ""
            sealed = str(described_of(one, "sealed").codes[one.sealed]) if one.sealed else ""
            with suppress(NotFound):
                ask(call, fetch_file, FetchFile(
                    kind=self.query.port.kind, thing_id=found.id, file_id=one.file,
                    form=FileForm.THUMBNAIL,
                ))  # fmt: skip
                small = f"{path}?form={FileForm.THUMBNAIL.value}"
            told.setdefault(one.item, []).append(
                {"path": path, "small": small, "id": one.file, "sealed": sealed}
            )
        return told

    def form_template(self, verb: VerbPage) -> str:
        """Give forms that are filled in on the spot a shape of their own."""
        return _TEMPLATES.get(verb.verb, "phone/form.html")

    def begun(self, call: Call, verb: VerbPage, form: Form) -> Form:
        """Fill in what is known: the item as it was answered, what a conclusion must say."""
        if call.key is not None:
            return form
        found = self.view(call, form)
        begin = {"conclude": _conclusion, "sign": _signatures}.get(verb.verb)
        return {**(begin(found.content) if begin else {}), **form}

    def shown(self, call: Call, verb: VerbPage, form: Form) -> Shown:
        """Show with the form what it is about."""
        found = self.view(call, form)
        more: dict[str, Any] = {
            "said": found.content, "outcomes": TITLES[ItemOutcome], "names": names_of(found),
        }  # fmt: skip
        if verb.verb == _CONFIRM:
            more["concluded"] = list(_concluded(found.content))
        if verb.verb == _RECORD:
            wanted = form.get(_ITEM) or form.get(f"{_ANSWER}.{_ITEM}", "")
            item = item_of(found.content, wanted, call.who.department)
            files = self._files(call, found).get(item.id, ())
            form = {**answer_of(item, files), **form}
            more |= {
                "item": item, "at": [one.id for one in found.content.items].index(item.id) + 1,
                "files": files, "guide": list(guide_of(call, found.content.task, item)),
                "answer": _ANSWER,
                "answered": sum(bool(one.outcome) for one in found.content.items),
            }  # fmt: skip
        elif verb.verb == "check_in":
            more["fields"] = [one for one in verb.values(call, form)["fields"]
                              if one.name != "code"]  # fmt: skip
        elif verb.verb == "issue_rectification":
            more |= corrections.begun(call, found, form)
        shown = super().shown(call, verb, form)
        return evolve(shown, values={**shown.values, **more, "filled": form})

    def do(self, call: Call, form: Form) -> Shown:
        """Let an order be written by the template where no letter is sent along."""
        if form["verb"] == "issue_rectification":
            found = self.view(call, form)
            if corrections.PREVIEW in form:
                return corrections.preview(call, found, form)
            call = corrections.written(call, found, form)
        return super().do(call, form)

    def after(self, call: Call, verb: VerbPage, form: Form) -> tuple[str, Mapping[str, str]]:
        """Go on with the next item of the own department that is not answered."""
        if verb.verb == _RECORD:
            for one in self.view(call, form).content.items:
                if not one.outcome and one.department == call.who.department:
                    return f"{self.base}/{form[self.noun]}/do/{_RECORD}", {_ITEM: one.id}
        return super().after(call, verb, form)


def described_of(said: Any, name: str) -> Any:
    """Give the description of a field of what is said."""
    return next(one for one in described(type(said)) if one.name == name)


def _remembered(look: Any) -> Any:
    known: dict[str, Any] = {}

    def found(id: str) -> Any:
        if id not in known:
            known[id] = look(id)
        return known[id]

    return found


def _period(task: Any) -> Iterator[Line]:
    if task is not None:
        yield "任务时间", f"{task.content.starts_on} 至 {task.content.ends_on}"


def orders_of(call: Call, visit: str, subject: str) -> list[Any]:
    """Give the orders for correction that a visit led to."""
    cases = cases_of(RECTIFICATIONS)
    if not call.who.may(cases.list.permission):
        return []
    found = ask(call, cases.list, cases.asking(subject=subject, page=PageRequest(size=50)))
    return [one for one in found.items if one.visit == visit]


def _steps(said: Any) -> Iterator[Mapping[str, Any]]:
    """Say of each step of a visit whether it is done."""
    answered = sum(bool(one.outcome) for one in said.items)
    done = {
        "check_in": said.checked_in_at is not None,
        _RECORD: answered == len(said.items),
        "conclude": bool(said.outcomes),
        "sign": said.signed_at is not None,
        "complete_visit": said.state == VisitState.COMPLETED,
    }
    for verb, title in _STEPS.items():
        count = f" {answered}/{len(said.items)}" if verb == _RECORD else ""
        yield {"title": f"{title}{count}", "done": done[verb]}


def item_of(said: Any, wanted: str, department: str) -> Any:
    """Give an item of a visit; where none is named, the first of a department that is open.

    Raises ``NotFound``.
    """
    own = [one for one in said.items if one.department == department] or said.items
    among = [one for one in said.items if one.id == wanted] if wanted else own
    if not among:
        raise NotFound("item", wanted)
    return next((one for one in among if not one.outcome), among[0])


def answer_of(item: Any, files: Sequence[Mapping[str, str]]) -> Form:
    """Give what stands in the form of an item: its answer, as far as it has one."""
    return {
        f"{_ANSWER}": "", f"{_ANSWER}.item": item.id,
        f"{_ANSWER}.outcome": str(item.outcome or ""), f"{_ANSWER}.note": item.note,
        f"{_ANSWER}.evidence{KEPT}": " ".join(one["id"] for one in files),
    }  # fmt: skip


def guide_of(call: Call, task: str, item: Any) -> Iterator[Line]:
    """Say how an item is checked and by what law, as the task's checklist has it.

    Whoever does not look at checklists is told what the visit itself says.
    """
    about = seen(call, TASKS, task)
    found = None if about is None else seen(call, CHECKLISTS, about.content.checklist)
    for one in () if found is None else found.content.items:
        if item.id == one.code or item.title == one.content:
            wanted = ("matter", "sub_item", "method", "site", "importance", "basis", "penalty")
            yield from chosen_lines(one, names_of(found), wanted)
            return
    yield from chosen_lines(item, {}, ("topic", "method", "basis"))


def _concluded(said: Any) -> Iterator[tuple[str, list[str]]]:
    """Give in words what was concluded, all that a second officer confirms of it."""
    for name in ("outcomes", "pending", "measures"):
        described = described_of(said, name)
        yield described.title, [str(described.codes[one]) for one in getattr(said, name)]
    if said.repeated:
        numbers = dict.fromkeys(one.number for one in said.repeated)
        yield "照片与其他检查相同", [f"检查{one}" for one in numbers]


def _conclusion(said: Any) -> Form:
    """Give the conclusion that the items lead to; it is the officer's to change."""
    failed = [one for one in said.items if one.outcome == ItemOutcome.FAILED]
    outcomes = list(said.outcomes)
    measures = list(said.measures)
    if not outcomes:
        outcomes = [Outcome.PENDING if failed else Outcome.NO_PROBLEM]
        measures = [Measure.CORRECT_IN_TERM] if failed else []
    told = {"outcomes": outcomes, "measures": measures, "pending": said.pending}
    return {
        **{f"{name}-{one}": "yes" for name, some in told.items() for one in some},
        "note": said.note,
    }  # fmt: skip


def _signatures(_said: Any) -> Form:
    return {"party._type": "Signed"}


VISIT_ZONE: Final = VisitZone(
    VISITS, "检查任务", "ti-clipboard-check",
    (Tab(title="待反馈", asked={"open": True}), Tab(title="已反馈", asked={"open": False})),
    searched=("number", "subject"), own="officers",
)  # fmt: skip
