"""What follows a visit, on a phone: 整改复查, 任务复核, 问题线索.

Source: proposal 3207-3250.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve, frozen

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.lists import tag_of
from entrypoints.http.web.looking import seen
from entrypoints.http.web.pages import PHONE, Form, Page, Shown, gone_on, require
from entrypoints.http.web.papers import papers_of
from entrypoints.http.web.phone.zone import (
    Card,
    Line,
    Section,
    Tab,
    Zone,
    called,
    some_lines,
)
from entrypoints.http.web.sheets import reshaped
from entrypoints.http.web.verbs import RESHAPE, VerbPage, form_of
from entrypoints.list_tables import names_of
from entrypoints.searching import shown_by_name
from supervision_core.clues.lists import CLUES
from supervision_core.kernel.days import GUANGXI, local_day
from supervision_core.kernel.registers import described
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.tasks.lists import RECTIFICATIONS, REVIEWS, TASKS, VISITS

_TASK: Final = ("name", "number", "lead", "joining", "starts_on", "ends_on", "scene")
_FIRM: Final = ("name", "code")
_REGISTER: Final = "clues.register"


def of_task(call: Call, task: str, visit: str) -> Iterator[Line]:
    """Say of which task something is, who inspected, and when. Source: proposal 3215."""
    yield from some_lines(seen(call, TASKS, task), _TASK)
    found = seen(call, VISITS, visit)
    if found is not None:
        people = names_of(found).get("officer", {})
        names = [people.get(one.officer, "") for one in found.content.officers]
        yield "执法人员", "、".join(filter(None, names))
        if (at := found.content.checked_in_at) is not None:
            yield "上门检查时间", f"{at.astimezone(GUANGXI):%Y-%m-%d %H:%M:%S}"


@frozen
class FollowingZone(Zone):
    """Things that follow a visit: each says of which task, visit and firm it is."""

    def more(self, call: Call, found: Any) -> Mapping[str, Any]:
        """Give the task, the visit and the firm that it is about."""
        said = found.content
        firm = seen(call, SUBJECTS, getattr(said, "subject", ""))
        about = [
            Section(title="任务信息", lines=list(
                of_task(call, getattr(said, "task", ""), getattr(said, "visit", ""))
            )),
            Section(title="对象信息", lines=list(some_lines(firm, _FIRM))),
        ]  # fmt: skip
        states = [one for one in described(type(said)) if one.name == "state"]
        return {
            "name": called(found) if firm is None else firm.content.name,
            "number": "" if firm is None else called(found),
            "about": [one for one in about if one.lines],
            "state": tag_of(states[0], said.state) if states else None,
            "papers": list(papers_of(call, found, self.query, PHONE)),
        }

    def told(self, call: Call, found: Any, tab: int) -> Iterator[Card]:
        """Call a card by its firm, and say its number below."""
        names = names_of(found)
        for card, row in zip(super().told(call, found, tab), found.items, strict=True):
            firm = names.get("subject", {}).get(getattr(row, "subject", ""), "")
            yield evolve(card, title=firm or card.title,
                         lines=[one for one in card.lines if one[1] != firm])  # fmt: skip

    def begun(self, call: Call, verb: VerbPage, form: Form) -> Form:
        """Let a re-check begin with the officers of the visit, and today."""
        if call.key is not None or verb.verb != "recheck":
            return form
        visit = seen(call, VISITS, self.view(call, form).content.visit)
        officers = () if visit is None else (one.officer for one in visit.content.officers)
        shown = (shown_by_name(call.platform, call.who, "officer", one) for one in officers)
        return {
            "officers": "\n".join(one.text for one in shown if one is not None),
            "days": "", "corrected_on": str(local_day(call.platform.clock.now())), **form,
        }  # fmt: skip


RECTIFICATION_ZONE: Final = FollowingZone(
    RECTIFICATIONS, "整改复查", "ti-tool",
    (Tab(title="待整改", asked={"open": True}), Tab(title="已整改", asked={"open": False})),
    searched=("number", "subject"),
)  # fmt: skip
REVIEW_ZONE: Final = FollowingZone(
    REVIEWS, "任务复核", "ti-scale",
    (Tab(title="待复核", asked={"done": False}), Tab(title="已复核", asked={"done": True})),
    searched=("task",),
)  # fmt: skip


@frozen
class ClueZone(FollowingZone):
    """问题线索: what the own department registered or got, and the form of a new one."""

    def pages(self) -> Iterable[Page]:
        """Add the form for a new one."""
        yield from super().pages()
        for method, name, run in (
            ("GET", "page_phone_clue_adding", self.adding),
            ("POST", "page_phone_clue_add", self.add),
        ):  # fmt: skip
            yield Page(method=method, path=self.register, name=name, access=Access.LOGGED_IN,
                       run=run, again=self.adding, uploads=method == "POST")  # fmt: skip

    @property
    def register(self) -> str:
        """The address of the form for a new one."""
        return f"{self.base}/do/register"

    def above(self, call: Call) -> Iterable[Mapping[str, Any]]:
        """Lead to the form of a new clue."""
        if call.who.may(_REGISTER):
            yield {"path": self.register, "title": "登记线索", "icon": "ti-plus", "kind": "main"}

    def adding(self, call: Call, form: Form) -> Shown:
        """Ask what is to be said; from a visit, of whom is known already."""
        verb = self._register(call)
        begun = {}
        if call.key is None:
            begun = {
                "sheet.channel": "visit" if form.get("visit") else "manual",
                "sheet.kind": "other",
            }
            visit = seen(call, VISITS, form.get("visit", ""))
            if visit is not None:
                begun |= {"sheet.subject": visit.content.subject,
                          "sheet.region": visit.content.region}  # fmt: skip
        values = verb.values(call, {**begun, **form})
        back = f"{PHONE}/visits/{form['visit']}" if form.get("visit") else self.base
        values |= {"title": "登记线索", "action": self.register, "back": back, "by_name": {},
                   "label": "登记"}  # fmt: skip
        return Shown(template="phone/form.html", values=values)

    def add(self, call: Call, form: Form) -> Shown:
        """Register it."""
        verb = self._register(call)
        if RESHAPE in form:
            return self.adding(call, reshaped(form, form[RESHAPE])[0])
        made = verb.do(call, form)
        return gone_on(f"{self.base}/{made}", "added")

    def _register(self, call: Call) -> VerbPage:
        verb = form_of(_REGISTER)
        if verb is None:
            raise LookupError(_REGISTER)
        require(call, verb.case.permission, self.base)
        return verb


CLUE_ZONE: Final = ClueZone(
    CLUES, "问题线索", "ti-flag",
    (Tab(title="全部", asked={}),), menu="线索",
)  # fmt: skip

FOLLOWING_ZONES: Final[tuple[Zone, ...]] = (RECTIFICATION_ZONE, REVIEW_ZONE, CLUE_ZONE)
