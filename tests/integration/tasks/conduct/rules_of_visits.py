"""What must be so of visits: ground, cap, approval, officers, result, and how long they take."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Final

from supervision_core.identity.model import region_contains
from supervision_core.identity.ports import Departments
from supervision_core.tasks.services.approving import ViewApprovalList, view_approval_list

from .rules_of_draws import BEFORE_DISPATCH
from .steps import (
    FIRM_OF,
    Row,
    Step,
    picked,
    require,
    selected,
    standing_draw,
    touched_tasks,
    visits_of,
)
from .world import NAMES, actor_of, code_of

SENT_FOR: Final = frozenset({"clue", "order"})
UNCAPPED: Final = SENT_FOR | {"application"}
MOST_EXTENSIONS, MOST_EXTENDED_DAYS = 2, 60


def _chosen(step: Step, task: str) -> dict[str, str]:
    """Give the firms that the draw of a task selects, each with its ground."""
    draw = standing_draw(step, task)
    found = selected(step.world, draw) if draw is not None else {}
    return {FIRM_OF.get(code, code): ground for code, ground in found.items()}


def visits_have_grounds(step: Step) -> None:
    """Demand a ground of each visit that went out, and a visit of whoever was drawn."""
    for id_ in touched_tasks(step):
        task = step.rows("task")[id_]
        if not task["_dispatched_at"]:
            continue
        drawn, visits = _chosen(step, id_), visits_of(step, id_)
        for one in visits:
            ground, firm = one["sheet"].get("ground", "pick"), one["sheet"]["subject"]
            if ground == "clue":
                _rests_on_a_clue(step, task, one)
            elif ground == "order":
                _rests_on_an_order(step, task, one)
            elif ground == "application":
                _rests_on_an_application(step, one["sheet"])
            elif ground == "adjustment":
                adopted = firm in _adopted(task)
                require(drawn.get(firm) == ground or adopted, "visit not added", step.by)
            else:
                require(ground == "pick" and drawn.get(firm) == ground, "visit without a ground",
                        ground, drawn.get(firm), step.by)  # fmt: skip
        missing = drawn.keys() - {one["sheet"]["subject"] for one in visits}
        require(not missing, "drawn and not visited", sorted(missing), step.by)


def officers_as_drawn(step: Step) -> None:
    """Demand that whoever was drawn to inspect a selected firm is sent there."""
    for one in step.of("visit"):
        visit = one.after or {}
        if one.before is not None or visit["sheet"].get("ground") not in {"pick", "adjustment"}:
            continue
        draw = standing_draw(step, visit["sheet"]["task"])
        drawn = ((draw or {}).get("_assignment") or {}).get("visits", ())
        code = code_of(visit["sheet"]["subject"])
        wanted = [sorted(each["officers"]) for each in drawn if code in each.values()]
        sent = sorted(each["id"] for each in visit["_officers"])
        require(not wanted or sent in wanted, "officers not as drawn", sent, wanted, step.by)


def _adopted(task: Row) -> set[str]:
    opinions = [one["opinion"] for one in task["_parts"] if one["opinion"]]
    adopted = [one for one in opinions if (one["answer"] or {}).get("adopted")]
    return {firm for one in adopted for firm in one["subjects_to_add"]}


def _rests_on_a_clue(step: Step, task: Row, visit: Row) -> None:
    clue = step.rows("clue").get(visit["sheet"]["basis"])
    require(clue is not None, "visit without a clue", step.by)
    assert clue is not None
    require(clue["sheet"]["subject"] == visit["sheet"]["subject"], "clue of another firm", step.by)
    require(clue["registered_at"] <= task["_created_at"], "clue younger than its task", step.by)
    judged = clue["_triage"] or {}
    require(judged.get("verdict") == "inspect", "clue that nobody judged", step.by)
    approver = (task["_approval"] or {}).get("by")
    involved = {approver, *(f"account-{one['id']}" for one in visit["_officers"])}
    require(judged.get("by") not in involved, "judge of a clue approves or inspects", step.by)


def _rests_on_an_order(step: Step, task: Row, visit: Row) -> None:
    order, sheet = step.rows("entry").get(visit["sheet"]["basis"]), task["_sheet"]
    require(order is not None, "visit without an order", step.by)
    assert order is not None
    lead = step.rows("department")[sheet["lead"]]["_data"]
    said = order["_content"]
    require(order["_department"] == lead["parent"], "order not from above", step.by)
    there = said["scene"] == sheet["scene"] and region_contains(said["area"], sheet["region"])
    require(there, "order of something else", step.by)
    within = said["starts_on"] <= sheet["starts_on"] and sheet["ends_on"] <= said["ends_on"]
    require(within, "order of another time", step.by)


def _rests_on_an_application(step: Step, sheet: Row) -> None:
    file = step.rows("entry").get(sheet["basis"])
    require(file is not None, "visit without an application", step.by)
    assert file is not None
    applicant = file["_content"]["subject"]
    require(applicant == sheet["subject"], "application of another firm", step.by)
    with step.world.transactions.begin_reading() as unit:
        line = {one.id for one in unit[Departments].lineage(file["_department"])}
    require(sheet["lead"] not in line, "application that the lead wrote", step.by)


def caps_hold(step: Step) -> None:
    """Demand that nobody is visited beyond the cap of his grade, but for a clue or an order."""
    for one in step.of("task"):
        if not (one.moved("_dispatched_at") and (one.after or {}).get("_dispatched_at")):
            continue
        used = (one.after or {})["_sheet"]["grading_rule"]
        if used is None:
            continue
        grades = step.rows("grading_rule")[used["id"]]["_versions"][used["version"] - 1]["grades"]
        most = {each["number"]: each["yearly_cap"] for each in grades}
        graded = {
            each["subject"]: each["_grade"]
            for each in step.rows("current_grade").values()
            if each["rule"] == used["id"]
        }
        for visit in visits_of(step, one.id):
            firm, ground = visit["sheet"]["subject"], visit["sheet"].get("ground", "pick")
            cap = most.get(graded.get(firm, 0))
            if ground in UNCAPPED or cap is None:
                continue
            there = {one.id, *checked_in(step, (one.after or {})["_sheet"]["ends_on"][:4], firm)}
            require(len(there) <= cap, "visited beyond the cap", firm, len(there), cap, step.by)


def checked_in(step: Step, year: str, firm: str) -> Iterator[str]:
    """Give the tasks whose visit of a firm counts in a year: formed, or sent out and to come."""
    tasks, today = step.rows("task"), step.world.clock.now().date()
    for visit in step.rows("visit").values():
        sheet, formed, due = visit["sheet"], visit["_formed_on"], visit["_due_on"]
        if sheet["subject"] != firm or not sheet.get("counts_toward_cap", True):
            continue
        arranged = (
            tasks[sheet["task"]]["_dispatched_at"]
            and due[:4] == year
            and date.fromisoformat(due) >= today
            and visit["_state"] != "not_visited"
        )
        if (formed[:4] == year) if formed else arranged:
            yield sheet["task"]


def approved_as_it_goes_out(step: Step) -> None:
    """Demand that what goes out is what the head approved, who proposed none of its visits."""
    proposers: dict[str, set[str]] = step.memory.setdefault("proposers", {})
    approved: dict[str, object] = step.memory.setdefault("approved", {})
    for one in step.of("visit"):
        if one.before is None and one.after is not None:
            proposers.setdefault(one.after["sheet"]["task"], set()).add(actor_of(step.by).user)
    for one in step.of("task"):
        task = one.after or {}
        if one.moved("_approval") and task.get("_approval"):
            require(step.head and step.department == task["_sheet"]["lead"], "approved by others",
                    step.by)  # fmt: skip
            require(task["_approval"]["by"] == actor_of(step.by).user, "approved as another")
            own = task["_approval"]["by"] in proposers.get(one.id, ())
            require(not own, "approved what he proposed", step.by)
            approved[one.id] = _list_of(step, one.id)
        if one.moved("_dispatched_at") and task.get("_approval") and one.id in approved:
            require(approved[one.id] == _list_of(step, one.id), "other than approved", step.by)
        if one.moved("_dispatched_at") and not task.get("_approval"):
            grounds = {each["sheet"].get("ground") for each in visits_of(step, one.id)}
            urgent = task["_urgent_because"].strip() and task["_approval_due"]
            require(grounds <= SENT_FOR and urgent, "sent out without approval", step.by)


def _list_of(step: Step, task: str) -> object:
    firms = sorted(one["sheet"]["subject"] for one in visits_of(step, task))
    parties = sorted(one["institution"] for one in step.rows("task")[task]["_third_parties"])
    return sorted(_chosen(step, task).items()), firms, parties


def approver_sees(step: Step) -> None:
    """Demand that the head's list says what was drawn, adjusted and visited, and what departs."""
    for id_ in touched_tasks(step):
        task = step.rows("task")[id_]
        visits = visits_of(step, id_)
        if task["_state"] not in BEFORE_DISPATCH or not visits or task["_sheet"]["plan"]:
            continue
        draw, chosen = standing_draw(step, id_), _chosen(step, id_)
        picks = {FIRM_OF.get(one, one) for one in picked(step.world, draw)} if draw else set()
        head = f"{NAMES[task['_sheet']['lead']]}-head"
        shown = step.world.ask(head, view_approval_list, ViewApprovalList(task_id=id_))
        firms = {one["sheet"]["subject"] for one in visits}
        said = (shown.count, shown.drawn, shown.added, shown.removed, len(shown.unvisited))
        added = [*chosen.values()].count("adjustment")
        true = (
            len(visits), len(picks), added, len(picks - chosen.keys()),
            len(chosen.keys() - firms),
        )  # fmt: skip
        require(said == true, "the approver sees something else", said, true)
        if chosen:
            departs = {one.subject for one in shown.rows if one.departs}
            require(departs == firms - chosen.keys(), "departure unmarked", sorted(departs))
            require(shown.undrawn == len(firms - chosen.keys()), "departures uncounted")


def extended_within_bounds(step: Step) -> None:
    """Demand two extensions at most, of 60 days in all, each granted by the lead's head."""
    for one in step.of("visit"):
        row = one.after or {}
        granted = [each for each in row.get("_extensions", ()) if each["state"] == "granted"]
        days = sum(each["days"] for each in granted)
        few = len(granted) <= MOST_EXTENSIONS and days <= MOST_EXTENDED_DAYS
        require(few, "extended for ever", len(granted), days)
        heads = {actor_of(f"{short}-head").user for short in NAMES.values()}
        require({each["decided_by"] for each in granted} <= heads, "extended by others", step.by)
        if one.before is not None and one.moved("_due_on"):
            last = granted[-1] if granted else {}
            require(last.get("new_due") == row["_due_on"], "due day moved", one.id, step.by)


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
