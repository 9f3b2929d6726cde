"""三方任务 on a phone: what one's institution assists, from the claim to notes and problems.

Source: proposal 3251-3272.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import evolve, frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.attached import file_path
from entrypoints.http.web.lists import tag_of
from entrypoints.http.web.pages import PHONE, Form, Page, Shown, ask
from entrypoints.http.web.phone.visits import VisitZone, answer_of, guide_of, item_of
from entrypoints.http.web.phone.zone import Card, Tab, Zone, some_lines
from entrypoints.http.web.verbs import VerbPage
from entrypoints.list_tables import names_of
from supervision_core.identity.model import SceneRole
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.paging import PageRequest
from supervision_core.tasks.lists import TASKS, THIRD_PARTY_VISITS
from supervision_core.tasks.model.results import ItemOutcome
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.words import TITLES

_ITEM: Final = "item"
_NOTE: Final = "note_as_assistant"
_CLAIM: Final = "claim_visit"
_ARRIVE: Final = "arrive_to_assist"
_ANSWER: Final = "answers[0]"
_FIRM_LINES: Final = ("subject", "code", "region", "domicile", "business")
_MOST_TASKS: Final = PageRequest(size=100)
_OWN: Final = frozenset({_ARRIVE, _NOTE, "hand_over_assistance", "report_problem"})
"""What only those do who assist at the visit."""


@frozen
class AssistedZone(VisitZone):
    """The visits that one's institution assists: 待办, 待认领, 已办."""

    template: str = "phone/assisting.html"

    def told(self, call: Call, found: Any, tab: int) -> Iterator[Card]:
        """Call a card by its firm, and say who assists."""
        names = names_of(found).get("subject", {})
        for card, row in zip(Zone.told(self, call, found, tab), found.items, strict=True):
            visit = self.view(call, {self.noun: row.id})
            people = names_of(visit).get("user", {})
            helping = "、".join(people.get(one, one) for one in visit.content.assisting)
            firm = names.get(row.subject, card.title)
            lines = [one for one in card.lines if one[1] != firm]
            yield evolve(card, title=firm, lines=[*lines, ("协助人员", helping or "待认领")])

    def acts(self, call: Call, found: Any) -> Iterator[Mapping[str, Any]]:
        """Offer the claim where nobody claimed, all else to who assists."""
        mine = call.who.user in found.content.assisting
        came = any(one.by == call.who.user for one in found.content.arrivals)
        for one in super().acts(call, found):
            if came and one["verb"] == _ARRIVE:
                continue
            fits = mine if one["verb"] in _OWN else not found.content.assisting
            if fits or one["verb"] not in {*_OWN, _CLAIM}:
                yield one

    def more(self, call: Call, found: Any) -> Mapping[str, Any]:
        """Give what was noted of each item, and what comes next."""
        said, acts = found.content, list(self.acts(call, found))
        came = any(one.by == call.who.user for one in said.arrivals)
        wanted = (_CLAIM, _NOTE if came else _ARRIVE)
        notes: dict[str, dict[str, Any]] = {}
        for one in said.assistant_notes:
            notes.setdefault(one.item, {})[one.by] = one  # each corrects what the same one noted
        return {
            **super().more(call, found), "firm": list(some_lines(found, _FIRM_LINES)),
            "next": next((one for one in acts if one["verb"] in wanted), None),
            "notes": {item: list(by.values()) for item, by in notes.items()},
            "answered": len(notes),
            "pictures": _pictures(self, found), "words": TITLES[ItemOutcome],
            "may_note": any(one["verb"] == _NOTE for one in acts),
            "waits": call.who.user in said.assisting and said.state is VisitState.ASSIGNED,
        }  # fmt: skip

    def form_template(self, verb: VerbPage) -> str:
        """Note an item and check in by the forms of officers."""
        own = {_NOTE: "phone/item.html", _ARRIVE: "phone/check_in.html"}
        return own.get(verb.verb, "phone/form.html")

    def shown(self, call: Call, verb: VerbPage, form: Form) -> Shown:
        """Show an item with the form of its note."""
        if verb.verb != _NOTE:
            return super().shown(call, verb, form)
        said = self.view(call, form).content
        wanted = form.get(_ITEM) or form.get(f"{_ANSWER}.{_ITEM}", "")
        item = item_of(said, wanted, call.who.department)
        form = {**answer_of(evolve(item, outcome="", note=""), ()), **form}
        shown = super().shown(call, verb, form)
        more = {
            "item": item, "at": [one.id for one in said.items].index(item.id) + 1, "files": (),
            "guide": list(guide_of(call, said.task, item)), "answer": _ANSWER, "legend": "所见",
            "outcomes": TITLES[ItemOutcome],
            "answered": len({one.item for one in said.assistant_notes}),
        }  # fmt: skip
        return evolve(shown, values={**shown.values, **more, "filled": form})

    def after(self, call: Call, verb: VerbPage, form: Form) -> tuple[str, Mapping[str, str]]:
        """Go on with the next item that nobody noted."""
        if verb.verb == _NOTE:
            said = self.view(call, form).content
            noted = {one.item for one in said.assistant_notes}
            for one in said.items:
                if one.id not in noted:
                    return f"{self.base}/{form[self.noun]}/do/{_NOTE}", {_ITEM: one.id}
        return f"{self.base}/{form[self.noun]}", {}


@frozen
class InvitedZone(Zone):
    """The tasks in which one's institution is asked to assist: each is come to by its to-do."""

    def pages(self) -> Iterator[Page]:
        """Give the pages of one task; its visits are the list."""
        yield from (one for one in super().pages() if one.path != self.base)

    def more(self, _call: Call, found: Any) -> Mapping[str, Any]:
        """Give how far the task is, and lead back to what waits."""
        state = tag_of(self.query.by_name["state"], found.content.state)
        return {"back": PHONE, "about": (), "number": found.content.number, "state": state}


def _pictures(zone: Zone, found: Any) -> Mapping[str, list[str]]:
    """Give where the files of assistants are, by the items that they are of."""
    told: dict[str, list[str]] = {}
    for one in (each for each in found.content.assistant_files if not each.sealed):
        path = file_path(zone.query.port.kind, found.id, one.file)
        told.setdefault(one.item, []).append(path)
    return told


def assists(call: Call) -> bool:
    """Tell whether somebody acts for a third party's institution."""
    scope = call.who.scope
    return scope.role is SceneRole.THIRD_PARTY and call.who.may(ASSISTED_ZONE.cases.list.permission)


def assisted_scenes(call: Call) -> Mapping[str, str]:
    """Give the scenes of the tasks that one's institution assists, by id and name."""
    cases = cases_of(TASKS)
    if not call.who.may(cases.list.permission):
        return {}
    found = ask(call, cases.list, cases.asking(page=_MOST_TASKS))
    names = names_of(found).get("scene", {})
    return {one.scene: names.get(one.scene, one.scene) for one in found.items if one.scene}


INVITED_ZONE: Final = InvitedZone(TASKS, "检查任务", "ti-users", ())
ASSISTED_ZONE: Final = AssistedZone(
    THIRD_PARTY_VISITS, "三方任务", "ti-users",
    (
        Tab(title="待办", asked={"open": True}),
        Tab(title="待认领", asked={"open": True, "assisted": False}),
        Tab(title="已办", asked={"open": False}),
    ),
    searched=("number", "subject", "task"),
)  # fmt: skip
