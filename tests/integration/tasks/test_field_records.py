"""离线记录: each is done once, however often and in whatever pieces it arrives."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count, cycle
from typing import Any

import pytest
from attrs import define, evolve
from sqlalchemy import Engine

from adapters.crypto.platform_keys import PlatformKeys
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.ports import sql_transactions
from adapters.system import SystemIds, SystemRandomness
from supervision_core.clues.model import ClueChannel
from supervision_core.clues.ports import Clues
from supervision_core.field_records.devices import device_of
from supervision_core.field_records.model import FieldRecord, RecordRefused, RecordState, place_of
from supervision_core.field_records.ports import FieldRecords
from supervision_core.field_records.services import packing
from supervision_core.field_records.services.bringing import FORMAT, Bringing
from supervision_core.field_records.services.devices import (
    RegisterDevice,
    RetireDevice,
    register_device,
    retire_device,
)
from supervision_core.field_records.services.keeping import ReportLost, report_lost
from supervision_core.field_records.services.packing import (
    PackedGuide,
    ReadPackage,
    lightened,
    read_package,
)
from supervision_core.field_records.services.photos import Photos, SentPhoto
from supervision_core.field_records.services.postbox import Postbox
from supervision_core.field_records.services.posting import Posting
from supervision_core.field_records.services.recordable import RECORDABLE
from supervision_core.field_records.services.records import Receipt, SealedRecord
from supervision_core.files.services import StartFile
from supervision_core.handbooks.ports import Handbooks
from supervision_core.identity.model import (
    NOWHERE,
    Actor,
    DataScope,
    ExtendedData,
    Membership,
    SceneRole,
    User,
    UserKind,
)
from supervision_core.identity.ports import Users
from supervision_core.identity.services import Commands
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.ports import Transactions
from supervision_core.subjects.model import SubjectKind
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.lists import VISITS
from supervision_core.tasks.model.sheet import StaffedAt
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.tasks.services.claiming import ClaimByDraw, claim_by_draw
from supervision_core.tasks.services.tasks import NameAssistants, name_assistants
from supervision_core.tasks.services.visits import (
    AllotAssistants,
    CheckInAtVisit,
    allot_assistants,
    check_in,
)
from supervision_core.testing.field_records import SealingPhone
from supervision_core.testing.handbooks import AT, full_basics, full_element, full_handbook
from supervision_core.testing.identity import full_draft
from supervision_core.testing.tasks import (
    INSPECTORS,
    ITEMS,
    LEAD,
    MOMENT,
    TODAY,
    visit_sheet,
)

from .test_cycle import (
    BESIDE,
    _dispatched,
    _of_institution,
    _record,
    _World,
    _world_on,
    actor_of,
    keep_world,
    picture,
)

_COPIES = 50
_MOST_BYTES = 25 * 1024
"""What a visit may add to a package."""


def _officer(user: str) -> Actor:
    given = actor_of(user)
    return evolve(given, permissions=given.permissions | {"field_records.*"})


def _assistant(user: str, party: str = "lab-1") -> Actor:
    return Actor(
        user=user, department="", permissions=frozenset({"tasks.*", "field_records.*", "files.*"}),
        scope=DataScope(region=NOWHERE, role=SceneRole.THIRD_PARTY, party=party),
    )  # fmt: skip


@define
class _Field:
    """An office with a dispatched task, and the phone of its officer."""

    world: _World
    posting: Posting
    keys: PlatformKeys
    visits: list[str]

    def phone(self, user: str = "lead-1", *, private: bytes = b"\x01" * 32) -> SealingPhone:
        """Give a phone, registered for its owner."""
        made = SealingPhone(
            algorithms=self.keys.algorithms, randomness=SystemRandomness(), private=private,
            author=f"account-{user}", postbox=self.posting.postbox.current(),
        )  # fmt: skip
        asked = RegisterDevice(public_key=made.public_key)
        self.world.commands.run(register_device, asked, actor=_officer(user))
        return made

    def assistant_phone(self, user: str) -> SealingPhone:
        """Give a phone of somebody of an institution, registered for its owner."""
        made = SealingPhone(
            algorithms=self.keys.algorithms, randomness=SystemRandomness(), private=b"\x02" * 32,
            author=user, postbox=self.posting.postbox.current(),
        )  # fmt: skip
        asked = RegisterDevice(public_key=made.public_key)
        self.world.commands.run(register_device, asked, actor=_assistant(user))
        return made

    def send(self, *records: SealedRecord, user: str = "lead-1") -> tuple[Receipt, ...]:
        """Send records as their author."""
        return self.posting.take(_officer(user), records)

    def version(self, visit: str) -> int:
        """Give the version of a visit."""
        with self.world.commands.transactions.begin_reading() as unit:
            return unit[Visits].get(visit).version

    def kept(self, record: str, user: str = "lead-1") -> FieldRecord:
        """Give what came of a record."""
        with self.world.commands.transactions.begin_reading() as unit:
            return unit[FieldRecords].get(place_of(f"account-{user}", record))


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def field(request: pytest.FixtureRequest, platform_keys: PlatformKeys) -> _Field:
    """Give the office, on each store."""
    made = _opened(request, platform_keys)
    _, made.visits = _dispatched(made.world)
    return made


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def assisted(request: pytest.FixtureRequest, platform_keys: PlatformKeys) -> _Field:
    """Give the office, whose first visit a tester of an institution assists, on each store."""
    made = _opened(request, platform_keys)
    world = made.world
    with world.commands.transactions.begin() as unit:
        for user, party in (("head", "lab-1"), ("tester", "lab-1"), ("stranger", "lab-2")):
            unit[Users].save(_of_institution(user, party))
        _record(unit, "lab-1", date(2026, 12, 31))
        unit.commit()
    task, made.visits = _dispatched(world, "lab-1")
    head = partial(world.as_party, "head", "lab-1", SceneRole.THIRD_PARTY)
    head(name_assistants, NameAssistants(task_id=task, people=("tester",)))
    people = frozenset({"tester"})
    head(allot_assistants, AllotAssistants(visit_id=made.visits[0], people=people))
    return made


def _opened(request: pytest.FixtureRequest, platform_keys: PlatformKeys) -> _Field:
    if request.param == "memory":
        opened: Transactions = memory_transactions(MemoryStore(), BESIDE)
    else:
        engine: Engine = request.getfixturevalue(f"{request.param}_engine")
        opened = sql_transactions(engine, BESIDE)
    world = _world_on(opened, platform_keys)
    keep_world(world)
    world.commands = Commands(opened, world.clock, SystemIds())
    postbox = Postbox(platform_keys.store, platform_keys.algorithms)
    posting = Posting(
        commands=world.commands, postbox=postbox, algorithms=platform_keys.algorithms,
        photos=Photos(files=world.staging, postbox=postbox),
    )  # fmt: skip
    return _Field(world, posting, platform_keys, [])


def _id(number: int) -> str:
    return f"{number:032x}"


def _check_in(phone: SealingPhone, visit: str, *, seen: int, number: int = 1) -> SealedRecord:
    command = {"visit_id": visit, "code": "", "reason": "没有张贴码", "place": ""}
    return phone.record(
        _id(number), "tasks.check_in", visit, command, seen=seen, sequence=number
    )  # fmt: skip


def _answer(item: str, *evidence: str, outcome: str = "passed") -> dict[str, Any]:
    answer = {
        "item": item, "outcome": outcome, "note": "见照片", "evidence": list(evidence),
        "corrected_because": "现场复看",
    }  # fmt: skip
    return {"answers": [answer]}


def test_a_visit_is_recorded_and_sent_later(field: _Field) -> None:
    """In the order of the phone, each upon the version that the one before left."""
    visit, phone = field.visits[0], field.phone()
    seen = field.version(visit)
    first = _check_in(phone, visit, seen=seen)
    second = phone.record(
        _id(2), "tasks.record_results", visit, {"visit_id": visit} | _answer("item-1"),
        seen=seen, after=_id(1), sequence=2,
    )  # fmt: skip
    found = field.send(first, second)
    assert [one.state for one in found] == [RecordState.DONE, RecordState.DONE]
    assert found[1].version == field.version(visit) == seen + 2
    assert found == field.send(first, second) == field.send(second, first)[::-1]
    assert field.version(visit) == seen + 2
    kept = field.kept(_id(2))
    assert (kept.action, kept.thing, kept.sheet.device) == (
        "tasks.record_results", visit, device_of(phone.public_key)
    )  # fmt: skip


def test_what_comes_before_its_predecessor_waits(field: _Field) -> None:
    """Nothing is kept of it, and it is asked for again."""
    visit, phone = field.visits[0], field.phone()
    seen = field.version(visit)
    late = phone.record(
        _id(2), "tasks.record_results", visit, {"visit_id": visit} | _answer("item-1"),
        seen=seen, after=_id(1), sequence=2,
    )  # fmt: skip
    (receipt,) = field.send(late)
    assert receipt.state is None
    assert receipt.retry_after > 0
    done = field.send(_check_in(phone, visit, seen=seen), late)
    assert [one.state for one in done] == [RecordState.DONE, RecordState.DONE]


def test_a_record_that_the_phone_lost_blocks_nothing_for_ever(field: _Field) -> None:
    """What follows it says so; with a reason it is carried out, and the lost one comes no more."""
    visit, phone = field.visits[0], field.phone()
    lost = phone.record(
        _id(1), "tasks.start_offsite", visit, {"visit_id": visit}, seen=field.version(visit)
    )  # fmt: skip
    command = {"visit_id": visit, "code": "", "reason": "没有张贴码", "place": ""}
    record = phone.record(
        _id(2), "tasks.check_in", visit, command, seen=field.version(visit), after=_id(1),
        sequence=2,
    )  # fmt: skip
    (waits,) = field.send(record)
    assert [one.code for one in waits.reasons] == ["field_records.predecessor_missing"]
    told = ReportLost(record=_id(1), sequence=1, device=lost.sheet.device, reason=" ")
    run, who = field.world.commands.run, _officer("lead-1")
    with pytest.raises(Refused):
        run(report_lost, told, actor=who)
    run(report_lost, evolve(told, reason="存储损坏"), actor=who)
    run(report_lost, evolve(told, reason="又一次"), actor=who)
    assert field.send(record)[0].state is RecordState.DONE
    (late,) = field.send(lost)
    assert (late.state, [one.code for one in late.reasons]) == (
        RecordState.CONFLICT, ["field_records.reported_lost"]
    )  # fmt: skip
    kept = field.kept(_id(1))
    assert (kept.state, kept.note) == (RecordState.LOST, "存储损坏")
    run(report_lost, evolve(told, record=_id(2), reason="不实"), actor=who)
    assert field.kept(_id(2)).state is RecordState.DONE


@pytest.mark.parametrize(("wrong", "told"), [(0, True), (3, True), (-3, True), (3, False)])
def test_a_check_in_says_when_it_was_and_when_it_arrived(
    field: _Field, wrong: int, *, told: bool
) -> None:
    """The time of the phone, put right by how wrong its clock is: never later than its arrival."""
    field.world.clock.moment += timedelta(hours=6)
    visit, phone, now = field.visits[0], field.phone(), field.world.clock.now()
    off = timedelta(days=wrong)
    command = {"visit_id": visit, "code": "", "reason": "没有张贴码", "place": ""}
    record = phone.record(
        _id(1), "tasks.check_in", visit, command, seen=field.version(visit),
        at=now - timedelta(hours=4) + off,
    )  # fmt: skip
    clock = now + off if told else None
    (receipt,) = field.posting.take(_officer("lead-1"), (record,), clock)
    assert receipt.state is RecordState.DONE
    with field.world.commands.transactions.begin_reading() as unit:
        found = unit[Visits].get(visit).started
    assert found is not None
    assert found.received_at == now
    assert found.at == (now - timedelta(hours=4) if told else now)


def test_no_check_in_is_dated_before_its_task_was_sent_out(field: _Field) -> None:
    """A phone whose clock stood years ago says nothing that could not be."""
    visit, phone = field.visits[0], field.phone()
    sent_out = field.world.clock.now()
    command = {"visit_id": visit, "code": "", "reason": "没有张贴码", "place": ""}
    record = phone.record(
        _id(1), "tasks.check_in", visit, command, seen=field.version(visit),
        at=sent_out - timedelta(days=2_000),
    )  # fmt: skip
    assert field.send(record)[0].state is RecordState.DONE
    with field.world.commands.transactions.begin_reading() as unit:
        found = unit[Visits].get(visit).started
    assert found is not None
    assert found.at == sent_out


def test_no_check_in_was_made_before_its_task_began(field: _Field) -> None:
    """A record of the day before the task begins is refused, however late it arrives."""
    visit, phone = field.visits[0], field.phone()
    starts_on = local_day(field.world.clock.now()) + timedelta(days=2)
    with field.world.commands.transactions.begin() as unit:
        task: Any = unit[Tasks].get(unit[Visits].get(visit).sheet.task)
        task._sheet = evolve(task.sheet, starts_on=starts_on)
        unit[Tasks].save(task)
        unit.commit()
    command = {"visit_id": visit, "code": "", "reason": "没有张贴码", "place": ""}
    seen, made_at = field.version(visit), field.world.clock.now() + timedelta(days=1)
    field.world.clock.moment += timedelta(days=3)
    early, late = (
        phone.record(_id(number), "tasks.check_in", visit, command, seen=seen, at=at)
        for number, at in ((1, made_at), (2, made_at + timedelta(days=1)))
    )
    (refused,) = field.send(early)
    assert refused.state is RecordState.REFUSED
    assert [one.code for one in refused.reasons] == ["tasks.period_not_begun"]
    assert field.send(late)[0].state is RecordState.DONE


def test_no_check_in_is_dated_before_its_officers_were_drawn(
    request: pytest.FixtureRequest, platform_keys: PlatformKeys
) -> None:
    """Where departments draw them when they claim: the last of them."""
    request.param = "memory"
    field = _opened(request, platform_keys)
    world = field.world
    task, field.visits = _dispatched(world, staffed=StaffedAt.CLAIM)
    sent_out = world.clock.now()
    for user in ("lead-0", "farm-0"):
        world.clock.moment += timedelta(hours=1)
        world.run(user, claim_by_draw, ClaimByDraw(task_id=task, count=2))
    drawn, phone = world.clock.now(), field.phone()
    world.clock.moment += timedelta(hours=1)
    command = {"visit_id": field.visits[0], "code": "", "reason": "没有张贴码", "place": ""}
    record = phone.record(
        _id(1), "tasks.check_in", field.visits[0], command, seen=field.version(field.visits[0]),
        at=sent_out + timedelta(minutes=5),
    )  # fmt: skip
    assert field.send(record)[0].state is RecordState.DONE
    with world.commands.transactions.begin_reading() as unit:
        found = unit[Visits].get(field.visits[0]).started
    assert found is not None
    assert (found.at, found.received_at) == (drawn, world.clock.now())


def test_a_time_that_cannot_be_is_refused(field: _Field) -> None:
    """Without its offset, or so wrong that nothing can be put right by it."""
    visit, phone, now = field.visits[0], field.phone(), field.world.clock.now()
    command = {"visit_id": visit, "code": "", "reason": "没有张贴码", "place": ""}
    naive, right = (
        phone.record(_id(at), "tasks.check_in", visit, command, seen=0, at=moment)
        for at, moment in ((1, now.replace(tzinfo=None)), (2, now))
    )
    (receipt,) = field.send(naive)
    assert [(one.code, one.at) for one in receipt.reasons] == [
        ("field_records.time_without_offset", "recorded_at")
    ]
    with pytest.raises(RecordRefused) as refused:
        field.posting.take(_officer("lead-1"), (right,), now.replace(tzinfo=None))
    assert [(one.code, one.at) for one in refused.value.reasons] == [
        ("field_records.time_without_offset", "clock")
    ]
    (receipt,) = field.posting.take(_officer("lead-1"), (right,), datetime.max.replace(tzinfo=UTC))
    assert [one.code for one in receipt.reasons] == ["field_records.time_unfit"]


def test_a_clue_from_a_visit_is_sent_later(field: _Field) -> None:
    """It is about the firm visited and leaves the visit as it was, whoever changed that."""
    visit, phone = field.visits[0], field.phone()
    seen = field.version(visit)
    field.world.run("farm-1", check_in, CheckInAtVisit(visit_id=visit, reason="没有张贴码"))
    command = {
        "visit_id": visit,
        "title": "原料来源不明",
        "content": "无进货凭证",
        "kind": "report",
    }
    record = phone.record(_id(1), "clues.register", visit, command, seen=seen)
    (receipt,) = field.send(record)
    assert receipt.state is RecordState.DONE
    assert field.send(record) == (receipt,)
    assert field.version(visit) == seen + 1
    with field.world.commands.transactions.begin_reading() as unit:
        clues: Any = unit[Clues]
        (clue,) = (one for one in clues.every() if one.sheet.channel is ClueChannel.VISIT)
        assert clue.sheet.subject == unit[Visits].get(visit).sheet.subject
    assert (clue.sheet.title, clue.sheet.channel) == ("原料来源不明", ClueChannel.VISIT)


def test_a_visit_of_sixty_items_adds_little_to_a_package() -> None:
    """What its guides say comes along once: the rest of it stays below 25 KB."""
    items = tuple(
        evolve(
            ITEMS[at % len(ITEMS)], id=f"1.{at}", domain="食品生产", topic="进货查验",
            title="是否建立并落实进货查验记录制度，查验供货者许可证和产品合格证明文件",
            method="查看进货台账和检验合格证明，与现场原料批次逐一核对；抽查最近三个月的记录",
            basis=("《中华人民共和国食品安全法》（2021-04-29）第五十条",) * 2,
        )
        for at in range(60)
    )  # fmt: skip
    made = Visit.open(
        id="visit-1", sheet=evolve(visit_sheet(), items=items), officers=INSPECTORS,
        due_on=TODAY, at=MOMENT,
    )  # fmt: skip
    guides = {
        ("list@1", one.id): PackedGuide(
            checklist="list@1", item=one.id, topic=one.topic, method=one.method, basis=one.basis,
            law=(), advice=(),
        )
        for one in items
    }  # fmt: skip
    told = VISITS.viewed(made)
    light = lightened(told, "list@1", guides)
    whole, size = (
        len(json.dumps(to_plain(one), ensure_ascii=False).encode()) for one in (told, light)
    )
    assert size <= _MOST_BYTES < whole


def test_shared_parts_of_a_package_are_bounded(
    field: _Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wordings of the law and handbooks come along once for all visits, as far as there is room."""
    asked, who = field.world.commands.ask, _officer("lead-1")
    with field.world.commands.transactions.begin() as unit:
        book = full_handbook("handbook-1")
        book.put_element(full_element("e-2", "c-3", "须订立书面合同"), at=AT, by="u-1")
        book.revise(evolve(full_basics(), scene="scene-dairy"), (), at=AT, by="u-1")
        book.publish(at=AT, by="u-1")
        unit[Handbooks].save(book)
        unit.commit()
    found = asked(read_package, ReadPackage(), actor=who)
    assert {one.checklist for one in found.guides} <= {one.task.checklist for one in found.visits}
    assert len({(one.checklist, one.item) for one in found.guides}) == len(found.guides) > 0
    (first, *_) = found.guides
    assert (
        "《乳品质量安全监督管理条例》（2008-10-09）第十八条：超过2小时未冷藏的，不得销售。"
        in first.law
    )
    assert "经营旅行社业务须取得许可证" in [one.requirement for one in first.advice]
    size = len(json.dumps(to_plain(found.guides), ensure_ascii=False).encode())
    assert size <= packing.MOST_SHARED
    assert not found.shortened
    monkeypatch.setattr(packing, "MOST_SHARED", 10)
    short = asked(read_package, ReadPackage(), actor=who)
    assert (short.guides, short.shortened) == ((), True)


def test_fifty_copies_at_once_are_one(field: _Field) -> None:
    """Of a record that arrives fifty times at the same moment one is done, all get its receipt.

    The phone's clock goes on between two of them.
    """
    visit, phone, ticks = field.visits[0], field.phone(), count()
    seen, now = field.version(visit), field.world.clock.now()
    record = _check_in(phone, visit, seen=seen)

    def sent() -> Receipt:
        clock = now + timedelta(milliseconds=next(ticks))
        return field.posting.take(_officer("lead-1"), (record,), clock)[0]

    receipts = _together(_COPIES, sent)
    receipts = [field.send(record)[0] if one.state is None else one for one in receipts]
    assert {one.state for one in receipts} == {RecordState.DONE}
    assert len(set(receipts)) == 1
    assert field.version(visit) == seen + 1


def test_without_ids_copies_are_done_again(field: _Field) -> None:
    """Negative control: the same acts, each under an id of its own, are written one by one."""
    visit, phone = field.visits[0], field.phone()
    seen = field.version(visit)
    assert field.send(_check_in(phone, visit, seen=seen))[0].state is RecordState.DONE
    command = {"visit_id": visit} | _answer("item-1")
    for number in range(2, 5):
        record = phone.record(
            _id(number), "tasks.record_results", visit, command, seen=seen, sequence=number
        )  # fmt: skip
        assert field.send(record)[0].state is RecordState.DONE
    assert field.version(visit) == seen + 4


def test_what_a_rule_refuses_stays_refused(field: _Field) -> None:
    """Its reasons are kept under its id; nothing was done."""
    visit, phone = field.visits[0], field.phone()
    seen = field.version(visit)
    record = phone.record(
        _id(1), "tasks.record_results", visit, {"visit_id": visit} | _answer("item-1"), seen=seen
    )  # fmt: skip
    (receipt,) = field.send(record)
    assert receipt.state is RecordState.REFUSED
    assert [one.code for one in receipt.reasons] == ["tasks.visit_is_assigned"]
    assert field.send(record) == (receipt,)
    assert field.version(visit) == seen
    assert field.kept(_id(1)).reasons == receipt.reasons
    again = _check_in(phone, visit, seen=seen, number=2)
    assert field.send(again)[0].state is RecordState.DONE


def test_a_record_is_about_the_visit_that_its_command_names(field: _Field) -> None:
    """One that names another beside it is refused: nothing is done, nothing told of either."""
    visit, other = field.visits[:2]
    phone, seen = field.phone(), field.version(visit)
    command = {"visit_id": visit, "code": "", "reason": "没有张贴码", "place": ""}
    for number, about in enumerate((other, "visit-unknown"), 1):
        record = phone.record(_id(number), "tasks.check_in", about, command, seen=seen)
        (receipt,) = field.send(record)
        assert [one.code for one in receipt.reasons] == ["field_records.content_unfit"]
        assert receipt.version == 0
    assert field.version(visit) == seen


def test_another_record_under_its_id_is_a_conflict(field: _Field) -> None:
    """The first stands as it was done."""
    visit, phone = field.visits[0], field.phone()
    seen = field.version(visit)
    field.send(_check_in(phone, visit, seen=seen))
    other = phone.record(
        _id(1), "tasks.record_results", visit, {"visit_id": visit} | _answer("item-1"), seen=seen
    )  # fmt: skip
    (receipt,) = field.send(other)
    assert receipt.state is RecordState.CONFLICT
    assert [one.code for one in receipt.reasons] == ["field_records.record_reused"]
    assert field.kept(_id(1)).action == "tasks.check_in"


def test_what_somebody_changed_meanwhile_is_a_conflict(field: _Field) -> None:
    """The version as it is stored now is told; under a new id it can be sent upon that."""
    visit, phone = field.visits[0], field.phone()
    seen = field.version(visit)
    field.world.run("farm-1", check_in, CheckInAtVisit(visit_id=visit, reason="没有张贴码"))
    record = phone.record(
        _id(1), "tasks.record_results", visit, {"visit_id": visit} | _answer("item-1"), seen=seen
    )  # fmt: skip
    (receipt,) = field.send(record)
    assert receipt.state is RecordState.CONFLICT
    assert receipt.version == seen + 1
    assert [one.code for one in receipt.reasons] == ["field_records.changed_meanwhile"]
    assert field.send(record) == (receipt,)
    decided = phone.record(
        _id(2), "tasks.record_results", visit, {"visit_id": visit} | _answer("item-1"),
        seen=receipt.version, after=_id(1), sequence=2,
    )  # fmt: skip
    assert field.send(decided)[0].state is RecordState.DONE


def test_only_its_author_sends_it_from_his_own_phone(field: _Field) -> None:
    """Nobody sends what is another's; an unknown phone, a changed record are refused."""
    visit, phone = field.visits[0], field.phone()
    record = _check_in(phone, visit, seen=field.version(visit))
    (receipt,) = field.send(record, user="farm-1")
    assert [one.code for one in receipt.reasons] == ["field_records.author_other"]
    changed = {
        "field_records.signature_wrong": evolve(
            record, sheet=evolve(record.sheet, record=_id(8), sequence=9)
        ),
        "field_records.seal_broken": _resealed(phone, record),
        "field_records.device_unknown": evolve(
            record, sheet=evolve(record.sheet, record=_id(6), device="0" * 32)
        ),
    }  # fmt: skip
    for code, one in changed.items():
        (refused,) = field.send(one)
        assert (refused.state, [each.code for each in refused.reasons]) == (
            RecordState.REFUSED, [code]
        )  # fmt: skip
    assert field.send(record)[0].state is RecordState.DONE


def _resealed(phone: SealingPhone, record: SealedRecord) -> SealedRecord:
    """Give a record that is signed, and holds what was sealed for another."""
    other = phone.record(
        _id(7), "tasks.start_offsite", "visit", {"visit_id": "visit"}, seen=1
    )  # fmt: skip
    return evolve(other, sealed=record.sealed)


_OTHER_SIGNATURE = "0c" * 64


def _forged(record: SealedRecord, phone: SealingPhone) -> dict[str, SealedRecord]:
    """Give copies under the id of a record that its phone did not make so, by their refusal."""
    other = phone.record(_id(7), "tasks.check_in", "visit", {"visit_id": "visit"}, seen=1)
    return {
        "field_records.signature_wrong": evolve(record, signature=_OTHER_SIGNATURE),
        "field_records.seal_broken": evolve(record, sealed=other.sealed),
        "field_records.device_unknown": evolve(
            record, sheet=evolve(record.sheet, device="0" * 32)
        ),
        "field_records.digest_form": evolve(record, sheet=evolve(record.sheet, digest="0d")),
    }  # fmt: skip


def test_an_id_belongs_to_the_first_valid_envelope(field: _Field) -> None:
    """Copies that the phone did not make so are refused, and the genuine record is done after."""
    visit, phone = field.visits[0], field.phone()
    seen = field.version(visit)
    record = _check_in(phone, visit, seen=seen)
    follows = phone.record(
        _id(2), "tasks.record_results", visit, {"visit_id": visit} | _answer("item-1"),
        seen=seen, after=_id(1), sequence=2,
    )  # fmt: skip
    for code, one in _forged(record, phone).items():
        (refused,) = field.send(one)
        assert (refused.state, [each.code for each in refused.reasons]) == (
            RecordState.REFUSED, [code]
        )  # fmt: skip
        assert field.send(follows)[0].state is None
    done = field.send(record, follows)
    assert [one.state for one in done] == [RecordState.DONE, RecordState.DONE]
    for one in _forged(record, phone).values():
        field.send(one)
    assert field.send(record, follows) == done
    assert field.version(visit) == seen + 2


def test_forged_copies_at_the_same_moment_change_nothing(field: _Field) -> None:
    """Of a record among many forged copies the genuine one is done once, all of it as it was."""
    visit, phone = field.visits[0], field.phone()
    seen = field.version(visit)
    record = _check_in(phone, visit, seen=seen)
    sent = cycle([*_forged(record, phone).values(), record])
    receipts = _together(_COPIES, lambda: field.send(next(sent))[0])
    (genuine,) = field.send(record)
    assert genuine.state is RecordState.DONE
    assert {one for one in receipts if one.state is RecordState.DONE} <= {genuine}
    assert field.version(visit) == seen + 1


def _of_department(user: str) -> User:
    """Give the account of an officer, at work for the department that leads."""
    draft = evolve(
        full_draft(f"acc.{user}"), extended=ExtendedData(kind=UserKind.STAFF),
        memberships=(Membership(department=LEAD),),
    )  # fmt: skip
    return User.register(draft, id=user, at=MOMENT)


def _file(*records: SealedRecord) -> bytes:
    return json.dumps({
        "format": FORMAT, "photos": {}, "records": [to_plain(one) for one in records],
    }).encode()  # fmt: skip


def test_a_file_with_a_forged_record_burns_no_id(field: _Field) -> None:
    """A colleague brings it first; what followed waits, and only what is genuine says upon what.

    The phone's own record is done afterwards.
    """
    visit, phone = field.visits[0], field.phone()
    seen = field.version(visit)
    record = _check_in(phone, visit, seen=seen)
    follows = phone.record(
        _id(2), "tasks.record_results", visit, {"visit_id": visit} | _answer("item-1"),
        seen=seen, after=_id(1), sequence=2,
    )  # fmt: skip
    led_astray = evolve(follows, sheet=evolve(follows.sheet, record=_id(3), after=_id(9)))
    forged = _forged(record, phone)["field_records.signature_wrong"]
    with field.world.commands.transactions.begin() as unit:
        unit[Users].save(_of_department("account-lead-1"))
        unit.commit()
    bringing, who = Bringing(posting=field.posting), _officer("lead-0")
    file = _file(forged, follows, led_astray)
    assert [one.lacks for one in bringing.look(who, file)] == [False, True, False]
    brought = bringing.bring(who, file)
    assert [one.receipt and one.receipt.state for one in brought] == [
        RecordState.REFUSED, None, None
    ]  # fmt: skip
    bringing.bring(who, _file(led_astray), lost="存储损坏")
    with field.world.commands.transactions.begin_reading() as unit:
        assert not unit[FieldRecords].find_many([place_of("account-lead-1", _id(9))])
    done = field.send(record, follows)
    assert [one.state for one in done] == [RecordState.DONE, RecordState.DONE]


def test_a_lost_phone_sends_nothing_more(field: _Field) -> None:
    """Once its owner gave it up; a key that another registered is not registered again."""
    visit, phone = field.visits[0], field.phone()
    asked = RetireDevice(device_id=device_of(phone.public_key), reason="手机遗失")
    field.world.commands.run(retire_device, asked, actor=_officer("lead-1"))
    (receipt,) = field.send(_check_in(phone, visit, seen=field.version(visit)))
    assert [one.code for one in receipt.reasons] == ["field_records.device_unknown"]


def test_photos_come_in_pieces_and_hang_on_the_visit(field: _Field) -> None:
    """The record waits for them; opened, they are files of its author."""
    visit, phone = field.visits[0], field.phone()
    seen = field.version(visit)
    field.send(_check_in(phone, visit, seen=seen))
    sealed = phone.seal(picture(), f"field-photo/1\n{phone.author}".encode())
    digest = sm3(sealed).hex()
    record = phone.record(
        _id(2), "tasks.record_results", visit,
        {"visit_id": visit} | _answer("item-1", f"sealed:{digest}.png"), seen=seen, sequence=2,
    )  # fmt: skip
    (waits,) = field.send(record)
    assert (waits.state, [one.code for one in waits.reasons]) == (
        None, ["field_records.photo_missing"]
    )  # fmt: skip
    staging, who = field.world.staging, _officer("lead-1")
    begun = staging.start(who, StartFile(name="密文.png", size=len(sealed), sm3=digest))
    sent = evolve(record, photos=(SentPhoto(digest=digest, file=begun.id),))
    assert field.send(sent)[0].state is None
    staging.put(who, begun.id, 0, sealed)
    assert field.send(sent)[0].state is RecordState.DONE
    with field.world.commands.transactions.begin_reading() as unit:
        (file,) = unit[Visits].get(visit).results[0].evidence
    assert field.world.sees("farm-1", visit, file)


def test_the_package_says_what_an_officer_takes_along(field: _Field) -> None:
    """His open visits, their approval among it; nobody who complained."""
    found = field.world.commands.ask(read_package, ReadPackage(), actor=_officer("lead-1"))
    assert [one.id for one in found.visits] == field.visits
    assert {one.version for one in found.visits} == {field.version(field.visits[0])}
    assert all(one.task.approved_at and not one.task.withheld for one in found.visits)
    assert found.department == LEAD
    assert "complain" not in str(found)
    size = len(json.dumps(to_plain(found), ensure_ascii=False).encode())
    assert size <= _MOST_BYTES * len(found.visits)


def test_a_package_names_a_natural_person_by_the_family_name(field: _Field) -> None:
    """What a phone carries is in no log: the whole name is printed where the platform is asked."""
    with field.world.commands.transactions.begin() as unit:
        person = unit[Subjects].get(unit[Visits].get(field.visits[0]).sheet.subject)
        person._kind, person._name = SubjectKind.PERSON, "欧阳小明"
        unit[Subjects].save(person)
        unit.commit()
    found = field.world.commands.ask(read_package, ReadPackage(), actor=_officer("lead-1"))
    firm = next(one.firm for one in found.visits if one.id == field.visits[0])
    assert firm.name == "欧***"
    assert firm.addressee.startswith("欧***")


def _assistance(phone: SealingPhone, visit: str, *, seen: int) -> tuple[SealedRecord, ...]:
    """Give an arrival, a note and a problem, one after the other."""
    acts = (
        ("tasks.arrive_to_assist", {"code": "", "reason": "没有张贴码"}),
        ("tasks.note_as_assistant", _answer("item-1", outcome="failed")),
        ("tasks.report_problem", {"text": "冷藏柜温度高于规定", "item": "item-1", "files": []}),
    )  # fmt: skip
    return tuple(
        phone.record(
            _id(number), action, visit, {"visit_id": visit, **command}, seen=seen,
            after=_id(number - 1) if number > 1 else "", sequence=number,
        )
        for number, (action, command) in enumerate(acts, 1)
    )  # fmt: skip


def test_an_assistant_takes_along_the_visits_that_he_assists(assisted: _Field) -> None:
    """Then what he may claim; none of other institutions'; of firms what he sees online."""
    ask = assisted.world.commands.ask
    found = ask(read_package, ReadPackage(), actor=_assistant("tester"))
    assert ([one.id for one in found.visits], found.officer) == (assisted.visits, "")
    assert [one.content.assisting for one in found.visits] == [("tester",), ()]
    assert found.assisting
    assert not found.visits[0].firm.premises
    for user, party in (("head", "lab-1"), ("stranger", "lab-2")):
        other = ask(read_package, ReadPackage(), actor=_assistant(user, party))
        assert (other.visits, other.guides) == ((), ())


def test_an_assistant_records_without_signal(assisted: _Field) -> None:
    """Arrival, note and problem, once each, whatever the officers did meanwhile."""
    visit, phone = assisted.visits[0], assisted.assistant_phone("tester")
    seen = assisted.version(visit)
    assisted.world.run("lead-1", check_in, CheckInAtVisit(visit_id=visit, reason="没有张贴码"))
    records, take = _assistance(phone, visit, seen=seen), assisted.posting.take
    found = take(_assistant("tester"), records)
    assert [(one.state, one.reasons) for one in found] == [(RecordState.DONE, ())] * 3
    assert take(_assistant("tester"), records) == found
    with assisted.world.commands.transactions.begin_reading() as unit:
        stored = unit[Visits].get(visit)
    assert stored.version == seen + 4
    assert [one.by for one in stored.assistant_notes] == ["tester"]
    assert [(one.by, one.reason) for one in stored.arrivals] == [("tester", "没有张贴码")]
    assert [one.text for one in stored.problems] == ["冷藏柜温度高于规定"]
    assert stored.results == ()


@pytest.mark.parametrize("action", sorted(RECORDABLE))
def test_an_assistant_only_assists(assisted: _Field, action: str) -> None:
    """Whatever officers record is refused to him, even where his account had the permission."""
    visit, phone = assisted.visits[0], assisted.assistant_phone("tester")
    record = phone.record(_id(1), action, visit, {"visit_id": visit}, seen=1)
    (receipt,) = assisted.posting.take(_assistant("tester"), (record,))
    assert (receipt.state, [one.code for one in receipt.reasons]) == (
        RecordState.REFUSED, ["field_records.action_unknown"]
    )  # fmt: skip


def test_an_officer_does_not_assist(assisted: _Field) -> None:
    """What assistants record is refused to officers."""
    visit, phone = assisted.visits[0], assisted.phone()
    receipts = assisted.send(*_assistance(phone, visit, seen=assisted.version(visit)))
    codes = {code.code for one in receipts for code in one.reasons}
    assert codes == {"field_records.action_unknown"}


def test_the_reach_of_an_assistant_is_that_of_the_moment_it_is_carried_out(
    assisted: _Field,
) -> None:
    """Who assists no more, assists another visit, or is of another institution, notes nothing."""
    visit, other = assisted.visits
    phone, take = assisted.assistant_phone("tester"), assisted.posting.take
    before = assisted.version(visit), assisted.version(other)
    for at in (visit, other):
        assisted.world.run("lead-1", check_in, CheckInAtVisit(visit_id=at, reason="没有张贴码"))
    answer = _answer("item-1")
    elsewhere = phone.record(
        _id(1), "tasks.note_as_assistant", other, {"visit_id": other, **answer}, seen=1
    )  # fmt: skip
    (receipt,) = take(_assistant("tester"), (elsewhere,))
    assert [one.code for one in receipt.reasons] == ["tasks.assistant_unknown"]
    moved = phone.record(
        _id(2), "tasks.note_as_assistant", visit, {"visit_id": visit, **answer}, seen=1,
        sequence=2,
    )  # fmt: skip
    (receipt,) = take(_assistant("tester", "lab-2"), (moved,))
    assert (receipt.state, receipt.version) == (RecordState.REFUSED, 0)
    assert (assisted.version(visit), assisted.version(other)) == (before[0] + 1, before[1] + 1)


def _together(count: int, job: Callable[[], Receipt]) -> list[Receipt]:
    start, found, faults = threading.Barrier(count), list[Receipt](), list[BaseException]()

    def run() -> None:
        start.wait()
        try:
            found.append(job())
        except BaseException as error:  # noqa: BLE001 - told below
            faults.append(error)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == []
    return found
