"""What must be so of whom is visited, by whom, for what and with which result, step by step.

Judged from what is stored and from the log alone: no rule of the product is asked. Whatever
departs from published rule, register and what happened on the spot is refused, or it stands there
with actor and reason.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import define, field, frozen

from supervision_core.draws.ports import Draws, Pools
from supervision_core.identity.model import region_contains
from supervision_core.identity.ports import Departments
from supervision_core.kernel.registers import Entries
from supervision_core.subjects.registers import APPROVAL_FILES

from .world import (
    FIRMS,
    UNGRADED_FIRM,
    World,
    actor_of,
    code_of,
    grade_of,
)

WATCHED: Final = (
    "task", "draw", "visit", "publication", "subject", "transfer", "registration_change", "scene",
)  # fmt: skip
FIRM_OF: Final = {code_of(one): one for one in FIRMS}
BEFORE_DISPATCH: Final = frozenset({"drafted", "consulting", "ready"})
CHANGED_OTHERWISE: Final = frozenset({"scene_changed", "rule_changed", "model_changed", "no_run"})
"""What is said of a pool whose strata are not those that the calendar came to."""

Row = Mapping[str, Any]


class Broken(AssertionError):
    """Something stands that follows from nothing, and says neither actor nor reason."""


@frozen
class Change:
    """A row before and after a step; nothing where it was not there, or is there no more."""

    table: str
    id: str
    before: Row | None
    after: Row | None

    def moved(self, name: str) -> bool:
        """Tell whether what stands under a name changed."""
        return (self.before or {}).get(name) != (self.after or {}).get(name)

    @property
    def names(self) -> frozenset[str]:
        """Give under which names something changed."""
        names = {*(self.before or {}), *(self.after or {})}
        return frozenset(filter(self.moved, names)) - {"version"}


@frozen
class Step:
    """Who did what, and all that is not as it was before."""

    world: World
    by: str
    verb: str
    changes: tuple[Change, ...]
    rows: Callable[[str], Mapping[str, Row]]

    @property
    def department(self) -> str:
        """Give where who acts works."""
        return actor_of(self.by).department

    @property
    def head(self) -> bool:
        """Tell whether who acts leads his department."""
        return self.by.endswith("-head")

    def of(self, table: str) -> Iterator[Change]:
        """Give what changed in a table."""
        return (one for one in self.changes if one.table == table)


def require(holds: object, rule: str, *about: object) -> None:
    """Raise ``Broken`` where a rule does not hold."""
    if not holds:
        raise Broken(rule, *about)


@define
class Oracle:
    """Looks at what each step changed."""

    world: World
    counted: Counter[str] = field(factory=Counter)
    _seen: dict[str, dict[str, str]] = field(factory=dict)
    _read: dict[str, tuple[str, Row]] = field(factory=dict)
    _audited: int = 0

    def __attrs_post_init__(self) -> None:
        """Note how everything stands."""
        self._note()

    def _note(self) -> None:
        self._seen = {one: dict(self.world.rows(one)) for one in WATCHED}
        self._audited = len(self.world.store.audit)

    def _row(self, table: str, id_: str, text: str) -> Row:
        known = self._read.get(f"{table}/{id_}")
        if known is None or known[0] != text:
            known = self._read[f"{table}/{id_}"] = (text, json.loads(text))
        return known[1]

    def rows(self, table: str) -> Mapping[str, Row]:
        """Give the rows of a table."""
        return {id_: self._row(table, id_, text) for id_, text in self.world.rows(table).items()}

    def check(self, by: str, verb: str) -> None:
        """Raise ``Broken`` where what somebody just did may not stand."""
        changes = tuple(self._changes())
        if changes:
            step = Step(self.world, by, verb, changes, self.rows)
            for rule in RULES:
                rule(step)
            self._logged(step)
        self._note()

    def _changes(self) -> Iterator[Change]:
        for table in WATCHED:
            old, new = self._seen[table], self.world.rows(table)
            if old == new:
                continue
            for id_ in {*old, *new}:
                before, after = old.get(id_), new.get(id_)
                if before != after:
                    yield Change(
                        table, id_,
                        None if before is None else json.loads(before),
                        None if after is None else self._row(table, id_, after),
                    )  # fmt: skip

    def _logged(self, step: Step) -> None:
        """Demand that every change stands in the log, by who made it."""
        new = self.world.store.audit[self._audited :]
        user = actor_of(step.by).user
        targets = {one for row in new if row.entry.actor == user for one in row.entry.targets}
        for one in step.changes:
            version = (one.after or {}).get("version")
            require(f"{one.table}/{one.id}@{version}" in targets, "unlogged", one.table, one.names)


def draws_of_their_task(step: Step) -> None:
    """Demand that a draw belongs to one task, and that its lead alone does anything with it."""
    tasks, draws = step.rows("task"), step.rows("draw")
    for one in step.of("task"):
        named = draws.get((one.after or {}).get("_sheet", {}).get("draw", ""))
        require(named is None or named["task"] == one.id, "draw of another task", one.id)
    for one in step.of("draw"):
        draw = one.after
        assert draw is not None
        task = tasks.get(draw["task"])
        require(task is not None, "draw without a task", one.id)
        if step.department == draw["lead"]:
            continue
        require(one.names <= {"_rounds", "_state"}, "draw of others", step.by, sorted(one.names))
        require(_only_their_own(one, step.department), "share of others", step.by)


def _only_their_own(one: Change, department: str) -> bool:
    def others(row: Row | None) -> object:
        return [
            {**round_, "contributions": [
                given for given in round_["contributions"] if given["contributor"] != department
            ]}
            for round_ in (row or {}).get("_rounds", ())
        ]  # fmt: skip

    return others(one.before) == others(one.after)


def officers_stand(step: Step) -> None:
    """Demand that who was drawn to inspect stands once the task went out."""
    tasks = step.rows("task")
    for one in step.of("draw"):
        if one.moved("_assignment") and (one.before or {}).get("_assignment"):
            task = tasks[(one.after or {})["task"]]
            require(task["_state"] in BEFORE_DISPATCH, "officers drawn again", one.id, step.by)


def seeds_of_several(step: Step) -> None:
    """Demand that no lead makes a seed alone, and that one pool and rule give one seed."""
    for one in step.of("draw"):
        draw = one.after or {}
        if one.moved("_seed") and draw["_seed"]:
            given = {each["contributor"] for each in draw["_rounds"][-1]["contributions"]}
            public = (draw["_public_value"] or {}).get("value")
            require(given - {draw["lead"]} or public, "seed of the lead alone", one.id)
            for id_, other in step.rows("draw").items():
                like = all(draw[name] == other[name] for name in ("task", "pool_hash", "rule"))
                if like and other["_seed"]:
                    require(other["_seed"] == draw["_seed"], "another ticket", one.id, id_)


def what_went_out_stands(step: Step) -> None:
    """Demand that a draw stands once its task went out: its proof says who it was."""
    tasks = step.rows("task")
    for one in step.of("draw"):
        task = tasks.get((one.after or {})["task"])
        if task is None or not task["_dispatched_at"] or one.before is None:
            continue
        if task["_sheet"]["draw"] == one.id:
            changed = one.names & {"_state", "_adjustments", "_drawn_hash"}
            require(not changed, "draw changed after dispatch", sorted(changed), step.by)


def pools_are_whole(step: Step) -> None:
    """Demand that a pool holds whom the scene inspects, by the calendar, and says departures."""
    for one in step.of("draw"):
        if one.before is None and one.after is not None:
            _pool_is_whole(step, one.id, one.after)


def _pool_is_whole(step: Step, id_: str, draw: Row) -> None:
    task = step.rows("task")[draw["task"]]
    sheet = task["_sheet"]
    pairs = _pairs(step.world, draw["pool_hash"])
    there = set(_inspected(step, sheet))
    uninspected = '"exclusions":["' in draw["rule"]["canonical"]
    today = step.world.clock.now().date()
    out = _shielded(step, sheet, there, today) if uninspected else set()
    wanted = {code_of(one) for one in there - out}
    require(set(pairs) == wanted, "pool", sorted(set(pairs) ^ wanted), step.by)
    changes = draw["pool_changes"]
    counted = changes.get("excluded_drawn", 0) + changes.get("excluded_others", 0)
    require(counted == len(out), "exclusions uncounted", counted, sorted(out))
    if not CHANGED_OTHERWISE & {*changes}:
        strata = {code: str(_grade(FIRM_OF[code])) for code in pairs}
        # whoever has no grading yet gets one by hand: a move, which is listed since the draw before
        strata |= {code: at for code, at in pairs.items() if FIRM_OF[code] == UNGRADED_FIRM}
        require(pairs == strata, "strata", sorted(pairs.items() ^ strata.items()), step.by)
    _departures_listed(step, id_, draw, pairs)


def _departures_listed(step: Step, id_: str, draw: Row, pairs: Mapping[str, str]) -> None:
    tasks = step.rows("task")
    sheet = tasks[draw["task"]]["_sheet"]
    of = (sheet["lead"], sheet["scene"], sheet["region"])
    before = [
        (one["frozen_at"], other)
        for other, one in step.rows("draw").items()
        if other != id_ and _drawn_for(tasks, one) == of
    ]
    if not before:
        return
    last = max(before)[0]
    since = step.rows("draw").get(draw["since"])
    require(since is not None and since["frozen_at"] == last, "compared with an older draw", id_)
    assert since is not None
    old = _pairs(step.world, since["pool_hash"])
    moved = {
        "came_in": len(pairs.keys() - old.keys()),
        "went_out": len(old.keys() - pairs.keys()),
        "moved": sum(old[one] != pairs[one] for one in old.keys() & pairs.keys()),
    }
    said = {name: draw["pool_changes"].get(name, 0) for name in moved}
    require(said == moved, "departures of a pool", said, moved)


def _drawn_for(tasks: Mapping[str, Row], draw: Row) -> tuple[str, str, str]:
    sheet = tasks[draw["task"]]["_sheet"]
    return sheet["lead"], sheet["scene"], sheet["region"]


def _pairs(world: World, pool: str) -> Mapping[str, str]:
    with world.transactions.begin_reading() as unit:
        return dict(unit[Pools].get(bytes.fromhex(pool)).pairs())


def _inspected(step: Step, sheet: Row) -> Iterator[str]:
    resources = step.rows("scene")[sheet["scene"]]["_resources"]
    subjects = step.rows("subject")
    for one in {*resources["subjects_added"]} - {*resources["subjects_removed"]}:
        row = subjects[one]
        alive = row["_status"] == "active" and not row["_deleted"]
        if alive and region_contains(sheet["region"], row["_region"]):
            yield one


def _shielded(step: Step, sheet: Row, firms: set[str], today: date) -> set[str]:
    """Give whom a visit of the year shields: formed, or dispatched and still to come."""
    year, tasks, found = sheet["ends_on"][:4], step.rows("task"), set()
    for visit in step.rows("visit").values():
        if not visit["sheet"].get("counts_toward_cap", True):
            continue
        formed, due = visit["_formed_on"], visit["_due_on"]
        arranged = (
            tasks[visit["sheet"]["task"]]["_dispatched_at"]
            and due[:4] == year
            and date.fromisoformat(due) >= today
            and visit["_state"] != "unvisited"
        )
        if (formed[:4] == year) if formed else arranged:
            found.add(visit["sheet"]["subject"])
    return found & firms


def _grade(firm: str) -> int:
    return 0 if firm == UNGRADED_FIRM else grade_of(firm)


def visits_have_grounds(step: Step) -> None:
    """Demand a ground of each visit that went out, and a visit of whoever was drawn."""
    touched = {one.id for one in step.of("task")} | {
        (one.after or one.before or {})["sheet"]["task"] for one in step.of("visit")
    }
    tasks = step.rows("task")
    for id_ in touched:
        task = tasks[id_]
        if not task["_dispatched_at"]:
            continue
        visits = [one for one in step.rows("visit").values() if one["sheet"]["task"] == id_]
        draw = step.rows("draw").get(task["_sheet"]["draw"])
        drawn = _selected(step.world, draw) if draw and draw["_state"] == "drawn" else {}
        for one in visits:
            ground = one["sheet"].get("ground", "pick")
            known = drawn.get(one["sheet"]["subject"])
            if ground in {"pick", "adjustment"}:
                require(known == ground, "visit without a ground", ground, known, step.by)
            if ground == "application":
                _rests_on_application(step, one["sheet"])
        missing = drawn.keys() - {one["sheet"]["subject"] for one in visits}
        require(not missing, "drawn and not visited", sorted(missing), step.by)


def _rests_on_application(step: Step, sheet: Row) -> None:
    """Demand that somebody else than the lead entered what the firm applied for."""
    with step.world.transactions.begin_reading() as unit:
        file = unit[Entries].of(APPROVAL_FILES).get(sheet["basis"])
        line = {one.id for one in unit[Departments].lineage(file.department)}
    require(file.content.subject == sheet["subject"], "application of another firm", step.by)
    require(sheet["lead"] not in line, "application that the lead wrote", step.by)


def _selected(world: World, draw: Row) -> Mapping[str, str]:
    """Give who is selected, each with its ground: picked, or added by hand."""
    with world.transactions.begin_reading() as unit:
        found = unit[Draws].get(draw["id"])
        picked = {one.id for one in found.picks}
        added = {one["subject"] for one in draw["_adjustments"] if one["action"] == "add"}
        return {
            FIRM_OF[code]: "pick" if code in picked - added else "adjustment"
            for code in found.selection
            if code in FIRM_OF
        }


def results_stay(step: Step) -> None:
    """Demand that what was recorded stays: value, evidence, actor, and why it was corrected."""
    for one in step.of("visit"):
        if one.before is None:
            continue
        require(one.after is not None, "visit gone", one.id)
        assert one.after is not None
        kept = [*one.after["_results"], *one.after.get("_superseded", ())]
        for result in (*one.before["_results"], *one.before.get("_superseded", ())):
            require(result in kept, "result gone", step.by, result["item"])
        new = {json.dumps(result) for result in one.before.get("_superseded", ())}
        for result in one.after.get("_superseded", ()):
            if json.dumps(result) in new or result not in one.before["_results"]:
                continue
            stands = next(r for r in one.after["_results"] if r["item"] == result["item"])
            same = (stands["outcome"], stands["note"]) == (result["outcome"], result["note"])
            if not same or {*result["evidence"]} - {*stands["evidence"]}:
                require(stands["corrected_because"], "corrected without a reason", step.by)
        if one.before["_formed_on"]:
            require(one.before["_results"] == one.after["_results"], "formed and changed", step.by)


def formed_by_two(step: Step) -> None:
    """Demand that two officers form a result."""
    for one in step.of("visit"):
        row = one.after or {}
        if one.moved("_formed_on") and row.get("_formed_on"):
            confirmed = row["_confirmation"]
            signed = (row["_signatures"] or {}).get("recorder", "")
            require(confirmed and confirmed["by"] != signed, "formed by one", one.id, step.by)


def shown_stays(step: Step) -> None:
    """Demand that a shown result goes by the lead's head alone, on a ground and for a reason."""
    for one in step.of("publication"):
        require(one.after is not None, "publication gone", one.id)
        assert one.after is not None
        old = (one.before or {}).get("_withdrawals", [])
        require(one.after["_withdrawals"][: len(old)] == old, "withdrawal forgotten", one.id)
        if (one.before or {}).get("_state") == "shown":
            if one.after["_state"] == "shown":
                require(one.after["_until"] >= (one.before or {})["_until"], "display cut", one.id)
                continue
            last = one.after["_withdrawals"][-1] if one.after["_withdrawals"] else {}
            require(
                step.head and step.department == one.after["lead"], "withdrawn by others", step.by
            )
            require(
                len(one.after["_withdrawals"]) > len(old)
                and last["reason"].strip()
                and last["ground"]
                and last["by"] == actor_of(step.by).user
                and one.after["_state"] == "withdrawn",
                "withdrawn without a ground", one.id,
            )  # fmt: skip


def firms_stay(step: Step) -> None:
    """Demand two people of the registrar, with paper and reason, where a firm is struck off."""
    for one in step.of("subject"):
        if one.before is None or not (one.moved("_status") or one.moved("_deleted")):
            continue
        proposals = [
            each.after
            for each in step.of("registration_change")
            if each.after
            and each.after["subject"] == one.id
            and each.after["_state"] == "confirmed"
        ]
        require(proposals, "struck off without a second person", one.id, step.by)
        paper = proposals[0]
        assert paper is not None
        require(paper["by"] != paper["_decided_by"], "one decided alone", step.by)
        require(
            paper["department"] == one.before["_registered_by"] == step.department,
            "by another than the registrar", step.by,
        )  # fmt: skip
        require(
            paper["proposed"]["papers"] and paper["proposed"]["reason"].strip(), "without paper"
        )


def cases_stay(step: Step) -> None:
    """Demand that the head drops what was marked for a penalty, for a reason."""
    for one in step.of("transfer"):
        require(one.after is not None, "case gone", one.id)
        row = one.after or {}
        last = row["_steps"][-1] if row["_steps"] else {}
        if last.get("state") == "dropped" and one.moved("_steps"):
            require(step.head and last["note"].strip(), "case dropped", step.by)


RULES: Final = (
    draws_of_their_task, officers_stand, seeds_of_several,
    what_went_out_stands, pools_are_whole, visits_have_grounds, results_stay,
    formed_by_two, shown_stays, firms_stay, cases_stay,
)  # fmt: skip
