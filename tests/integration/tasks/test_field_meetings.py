"""离线记录 of several people in one visit: what touches different things meets, else a conflict."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from attrs import evolve

from supervision_core.field_records.model import RecordState
from supervision_core.field_records.services.packing import ReadPackage, read_package
from supervision_core.field_records.services.records import Receipt, SealedRecord
from supervision_core.identity.model import SceneRole
from supervision_core.identity.ports import Users
from supervision_core.identity.services import Expected
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Outdated
from supervision_core.tasks.model.results import ItemOutcome
from supervision_core.tasks.model.visit import AssistanceRefused, Visit
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.tasks.services.tasks import NameAssistants, name_assistants
from supervision_core.tasks.services.visits import (
    ArriveToAssist,
    CheckInAtVisit,
    ItemAnswer,
    NameVisit,
    RecordResults,
    ReportProblem,
    arrive_to_assist,
    check_in,
    claim_visit,
    record_results,
    report_problem,
)
from supervision_core.testing.field_records import SealingPhone

from .test_cycle import _of_institution
from .test_field_records import (
    _answer,
    _assistance,
    _assistant,
    _Field,
    _id,
    _officer,
    _together,
    assisted,
    field,
)

__all__ = ["assisted", "field"]

_DONE = RecordState.DONE
_NO_PROBLEM: dict[str, Any] = {
    "outcomes": ["no_problem"],
    "pending": [],
    "measures": [],
    "note": "",
}
_either_order = pytest.mark.parametrize("first", [0, 1])


def _begun(field: _Field) -> tuple[str, int]:
    """Let officers check in at the first visit; give it and its version."""
    visit = field.visits[0]
    field.world.run("lead-1", check_in, CheckInAtVisit(visit_id=visit, reason="没有张贴码"))
    return visit, field.version(visit)


def _record(
    phone: SealingPhone, action: str, visit: str, *, seen: int, number: int = 1, **command: Any
) -> SealedRecord:
    after = _id(number - 1) if number > 1 else ""
    return phone.record(
        _id(number), action, visit, {"visit_id": visit, **command}, seen=seen, sequence=number,
        after=after,
    )  # fmt: skip


def _result(phone: SealingPhone, visit: str, item: str, *, seen: int) -> SealedRecord:
    return _record(phone, "tasks.record_results", visit, seen=seen, **_answer(item))


def _stored(field: _Field, visit: str) -> Visit:
    with field.world.commands.transactions.begin_reading() as unit:
        return unit[Visits].get(visit)


def _told(receipt: Receipt) -> tuple[RecordState | None, list[str]]:
    return receipt.state, [one.code for one in receipt.reasons]


@_either_order
def test_what_an_assistant_notes_is_no_change_of_the_record(assisted: _Field, first: int) -> None:
    """Whichever arrives first: both are done, though neither saw the other."""
    visit, seen = _begun(assisted)
    officer, tester = assisted.phone(), assisted.assistant_phone("tester")
    result, notes = _result(officer, visit, "item-1", seen=seen), _assistance(
        tester, visit, seen=seen
    )  # fmt: skip
    sent = [
        lambda: assisted.send(result),
        lambda: assisted.posting.take(_assistant("tester"), notes),
    ]
    receipts = [*sent[first](), *sent[1 - first]()]
    assert [_told(one) for one in receipts] == [(_DONE, [])] * 4
    found = _stored(assisted, visit)
    assert [one.by for one in found.results] == ["lead-1"]
    assert [one.by for one in found.assistant_notes] == ["tester"]
    assert len(found.problems) == len(found.arrivals) == 1


def _of_both(field: _Field, visit: str, seen: int) -> list[tuple[SealedRecord, str]]:
    """Let two departments record an item each."""
    return [
        (_result(field.phone(), visit, "item-1", seen=seen), "lead-1"),
        (_result(field.phone("farm-1", private=b"\x03" * 32), visit, "item-2", seen=seen),
         "farm-1"),
    ]  # fmt: skip


@_either_order
def test_results_of_different_items_meet(field: _Field, first: int) -> None:
    """Two departments record their own items without signal; each result says who found it."""
    visit, seen = _begun(field)
    records = _of_both(field, visit, seen)
    for record, user in (records[first], records[1 - first]):
        assert _told(field.send(record, user=user)[0]) == (_DONE, [])
    assert [(one.item, one.by) for one in _stored(field, visit).results] == [
        ("item-1", "lead-1"), ("item-2", "farm-1")
    ]  # fmt: skip


def test_they_meet_when_they_arrive_at_the_same_moment(field: _Field) -> None:
    """Neither is taken for a change that the other did not see."""
    visit, seen = _begun(field)
    records = _of_both(field, visit, seen)
    waiting = list(records)

    def sent() -> Receipt:
        record, user = waiting.pop()
        return field.send(record, user=user)[0]

    found = _together(len(records), sent)
    assert {one.state for one in found} <= {_DONE, None}
    for record, user in records:
        assert _told(field.send(record, user=user)[0]) == (_DONE, [])
    assert len(_stored(field, visit).results) == len(records)


@_either_order
def test_the_same_item_is_a_conflict(field: _Field, first: int) -> None:
    """The later one is not carried out: a person decides."""
    visit, seen = _begun(field)
    record = _result(field.phone(), visit, "item-1", seen=seen)
    answer = ItemAnswer(
        item="item-1", outcome=ItemOutcome.FAILED, note="许可证过期", corrected_because="复核"
    )
    online = partial(
        field.world.commands.run, record_results, RecordResults(visit_id=visit, answers=(answer,)),
        actor=_officer("lead-1"), expected=Expected(kind="visit", id=visit, version=seen),
    )  # fmt: skip
    if first == 0:
        assert _told(field.send(record)[0]) == (_DONE, [])
        with pytest.raises(Outdated):
            online()
        expected = ItemOutcome.PASSED
    else:
        online()
        (receipt,) = field.send(record)
        assert _told(receipt) == (RecordState.CONFLICT, ["field_records.changed_meanwhile"])
        assert receipt.version == seen + 1
        expected = ItemOutcome.FAILED
    assert [one.outcome for one in _stored(field, visit).results] == [expected]


@_either_order
def test_a_conclusion_rests_on_every_result(field: _Field, first: int) -> None:
    """Who changed a result contests it, and it contests the result of whoever did not see it."""
    visit, _ = _begun(field)
    for user, item in (("lead-1", "item-1"), ("farm-1", "item-2")):
        answer = ItemAnswer(item=item, outcome=ItemOutcome.PASSED, note="已核对")
        command = RecordResults(visit_id=visit, answers=(answer,))
        field.world.run(user, record_results, command)
    seen = field.version(visit)
    concluded = _record(field.phone(), "tasks.conclude", visit, seen=seen, **_NO_PROBLEM)
    farm = field.phone("farm-1", private=b"\x03" * 32)
    result = _result(farm, visit, "item-2", seen=seen)
    records = [(concluded, "lead-1"), (result, "farm-1")]
    states = [
        _told(field.send(record, user=user)[0])
        for record, user in (records[first], records[1 - first])
    ]
    assert states == [
        (_DONE, []), (RecordState.CONFLICT, ["field_records.changed_meanwhile"])
    ]  # fmt: skip


def test_what_met_is_not_taken_for_seen(field: _Field) -> None:
    """A result of one's own does not cover for that of another, that came before it."""
    visit, seen = _begun(field)
    phone, farm = field.phone(), field.phone("farm-1", private=b"\x03" * 32)
    field.send(_result(farm, visit, "item-2", seen=seen), user="farm-1")
    found = field.send(
        _result(phone, visit, "item-1", seen=seen),
        _record(phone, "tasks.conclude", visit, seen=seen, number=2, **_NO_PROBLEM),
    )  # fmt: skip
    assert [one.state for one in found] == [_DONE, RecordState.CONFLICT]
    again = _record(
        phone, "tasks.conclude", visit, seen=found[1].version, number=3, **_NO_PROBLEM
    )  # fmt: skip
    assert _told(field.send(again)[0]) == (_DONE, [])


def _colleagues(assisted: _Field) -> None:
    """Let the institution name a second person for the task."""
    with assisted.world.commands.transactions.begin() as unit:
        unit[Users].save(_of_institution("colleague", "lab-1"))
        task = unit[Visits].get(assisted.visits[0]).sheet.task
        assert unit[Tasks].get(task).assistants_of("lab-1") == {"tester"}
        unit.commit()
    named = NameAssistants(task_id=task, people=("tester", "colleague"))
    assisted.world.as_party("head", "lab-1", SceneRole.THIRD_PARTY, name_assistants, named)


def test_a_visit_that_another_institution_assists_comes_along_too(assisted: _Field) -> None:
    """Each institution of a task claims for itself."""
    first, visit = assisted.visits
    with assisted.world.commands.transactions.begin() as unit:
        found = unit[Visits].get(visit)
        found._assistants = frozenset({"somebody of another institution"})
        unit[Visits].save(found)
        unit.commit()
    package = assisted.world.commands.ask(read_package, ReadPackage(), actor=_assistant("tester"))
    assert [one.id for one in package.visits] == [first, visit]


def test_no_assistant_arrives_before_the_task_begins(assisted: _Field) -> None:
    """As no officer does: the arrival of the day before is refused, that of the first day not."""
    visit = assisted.visits[0]
    with assisted.world.commands.transactions.begin() as unit:
        task: Any = unit[Tasks].get(unit[Visits].get(visit).sheet.task)
        tomorrow = local_day(assisted.world.clock.now()) + timedelta(days=1)
        task._sheet = evolve(task.sheet, starts_on=tomorrow)
        unit[Tasks].save(task)
        unit.commit()
    arrival = ArriveToAssist(visit_id=visit, reason="没有码")
    with pytest.raises(AssistanceRefused) as refused:
        assisted.world.commands.run(arrive_to_assist, arrival, actor=_assistant("tester"))
    assert [one.code for one in refused.value.violations] == ["tasks.period_not_begun"]
    assisted.world.clock.moment += timedelta(days=1)
    assisted.world.commands.run(arrive_to_assist, arrival, actor=_assistant("tester"))
    assert [one.by for one in _stored(assisted, visit).arrivals] == ["tester"]


def test_a_visit_is_claimed_and_handed_over_without_signal(assisted: _Field) -> None:
    """What nobody claimed comes along, and to whom it may go; each act once."""
    _colleagues(assisted)
    first, visit = assisted.visits
    ask, take = assisted.world.commands.ask, assisted.posting.take
    package = ask(read_package, ReadPackage(), actor=_assistant("tester"))
    assert [one.id for one in package.visits] == [first, visit]
    assert [one.successors for one in package.visits] == [("colleague",)] * 2
    assert "colleague" in {one.id for one in package.names if one.kind == "user"}
    phone, seen = assisted.assistant_phone("tester"), assisted.version(visit)
    assisted.world.run("lead-1", check_in, CheckInAtVisit(visit_id=visit, reason="没有张贴码"))
    records = (
        _record(phone, "tasks.claim_visit", visit, seen=seen),
        _record(phone, "tasks.arrive_to_assist", visit, seen=seen, number=2, reason="没有码"),
        _record(
            phone, "tasks.hand_over_assistance", visit, seen=seen, number=3, to="colleague",
            reason="另有检测任务",
        ),
    )  # fmt: skip
    found = take(_assistant("tester"), records)
    assert [_told(one) for one in found] == [(_DONE, [])] * 3
    assert found[-1].version == assisted.version(visit) == seen + 4
    assert take(_assistant("tester"), records) == found
    assert assisted.version(visit) == seen + 4
    stored = _stored(assisted, visit)
    assert stored.assistants == {"colleague"}
    assert [(one.old, one.new, one.reason) for one in stored.handovers] == [
        ("tester", "colleague", "另有检测任务")
    ]
    package = ask(read_package, ReadPackage(), actor=_assistant("tester"))
    assert [one.id for one in package.visits] == [first]


def test_what_a_colleague_claimed_meanwhile_is_a_conflict(assisted: _Field) -> None:
    """With the reason of the rule and what is to be done; what rested on the claim is one too."""
    _colleagues(assisted)
    visit, take = assisted.visits[1], assisted.posting.take
    phone, seen = assisted.assistant_phone("tester"), assisted.version(visit)
    assisted.world.as_party(
        "colleague", "lab-1", SceneRole.THIRD_PARTY, claim_visit, NameVisit(visit_id=visit)
    )
    records = (
        _record(phone, "tasks.claim_visit", visit, seen=seen),
        _record(phone, "tasks.arrive_to_assist", visit, seen=seen, number=2, reason="没有码"),
    )
    found = take(_assistant("tester"), records)
    assert [(*_told(one), one.version) for one in found] == [
        (RecordState.CONFLICT, ["tasks.visit_is_taken_up"], seen + 1),
        (RecordState.CONFLICT, ["tasks.assistant_not_of_visit"], seen + 1),
    ]
    assert take(_assistant("tester"), records) == found
    assert _stored(assisted, visit).assistants == {"colleague"}
    package = assisted.world.commands.ask(
        read_package, ReadPackage(), actor=_assistant("tester")
    )  # fmt: skip
    assert visit not in [one.id for one in package.visits]


def test_nobody_claims_for_an_institution_that_does_not_assist(assisted: _Field) -> None:
    """Neither is it told what became of the visit meanwhile."""
    visit, take = assisted.visits[1], assisted.posting.take
    phone = assisted.assistant_phone("tester")
    record = _record(phone, "tasks.claim_visit", visit, seen=0)
    (receipt,) = take(_assistant("tester", "lab-2"), (record,))
    assert (_told(receipt), receipt.version) == ((RecordState.REFUSED, ["not_found"]), 0)


def test_an_officer_sees_what_was_handed_in_beside_his_record(assisted: _Field) -> None:
    """A problem reported online contests no conclusion either."""
    visit, seen = _begun(assisted)
    told = ReportProblem(visit_id=visit, text="冷藏柜温度高于规定", item="item-1")
    assisted.world.as_party("tester", "lab-1", SceneRole.THIRD_PARTY, report_problem, told)
    record = _result(assisted.phone(), visit, "item-1", seen=seen)
    assert _told(assisted.send(record)[0]) == (_DONE, [])
