"""外勤手机和同行口令: who gives up a phone; a second officer confirms on the first one's."""

from hashlib import pbkdf2_hmac
from typing import Any

import pytest
from attrs import evolve

from supervision_core.field_records.devices import MOST_WRONG, confirmation_stated, device_of
from supervision_core.field_records.model import RecordState
from supervision_core.field_records.ports import FieldDevices
from supervision_core.field_records.services.companions import (
    AskCompanions,
    NameCompanion,
    OfferCompanion,
    agree_companion,
    end_companion,
    end_department_companion,
    list_companions,
    offer_companion,
    seen_of,
)
from supervision_core.field_records.services.devices import (
    AskDevices,
    RetireDevice,
    TellOfDevice,
    list_devices,
    list_own_devices,
    retire_device,
    retire_lost_device,
    tell_of_device,
)
from supervision_core.field_records.services.records import Receipt, SealedRecord
from supervision_core.identity.model import GrantSheet, HolderKind, User
from supervision_core.identity.model.login import Session
from supervision_core.identity.ports import GrantSheets, Sessions, Users
from supervision_core.kernel.crypto import Algorithms
from supervision_core.kernel.errors import NotFound, Refused
from supervision_core.tasks.model.presence import ConfirmationWay, SignatureRefused
from supervision_core.tasks.model.results import ItemOutcome, Outcome
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.ports import Visits
from supervision_core.tasks.services.visits import (
    CheckInAtVisit,
    ConcludeVisit,
    ConfirmRecord,
    ItemAnswer,
    RecordResults,
    SignVisit,
    check_in,
    conclude_visit,
    confirm_record,
    record_results,
    sign_visit,
)
from supervision_core.testing.field_records import SealingPhone
from supervision_core.testing.identity import NOON, full_draft
from supervision_core.testing.tasks import FARM, LEAD

from .test_field_records import _Field, _id, _officer, field

__all__ = ["field"]

_SALT, _PIN = b"\x05" * 16, "260415"
_REFUSED = SignatureRefused(reason="不认可结论", witness="社区网格员")


def _private(algorithms: Algorithms, pin: str) -> bytes:
    """Give the key that follows from a PIN: here by fewer rounds than on a phone."""
    made = pbkdf2_hmac("sha256", pin.encode(), _SALT, 10)
    assert algorithms.public_key(made)
    return made


def _keep_account(field: _Field) -> None:
    """Let the account of the farm's officer stand, with what an officer may."""
    with field.world.commands.transactions.begin() as unit:
        user = User.register(full_draft("farm-1", FARM), id="account-farm-1", at=NOON)
        sheet = GrantSheet.empty(HolderKind.USER, user.id)
        sheet.grant(confirm_record.permission, passable=False, by="u-0", at=NOON)
        unit[Users].save(user)
        unit[GrantSheets].save(sheet)
        unit.commit()


def _signed_visit(field: _Field) -> str:
    """Bring a visit to its signatures, as the lead's officer keeps its record."""
    visit, world = field.visits[0], field.world
    _keep_account(field)
    world.run("lead-1", check_in, CheckInAtVisit(visit_id=visit, reason="没有张贴码"))
    with world.commands.transactions.begin_reading() as unit:
        found = unit[Visits].get(visit)
    for item in found.sheet.items:
        who = next(one.id for one in found.officers if one.department == item.department)
        answer = ItemAnswer(item=item.id, outcome=ItemOutcome.PASSED, note="已核对")
        world.run(who, record_results, RecordResults(visit_id=visit, answers=(answer,)))
    outcomes = frozenset({Outcome.NO_PROBLEM})
    world.run("lead-1", conclude_visit, ConcludeVisit(visit_id=visit, outcomes=outcomes))
    world.run("lead-1", sign_visit, SignVisit(visit_id=visit, party=_REFUSED))
    return visit


def _run(field: _Field, user: str, case: Any, command: Any) -> Any:
    return field.world.commands.run(case, command, actor=_officer(user))


def _offer(field: _Field, phone: SealingPhone, pin: str = _PIN) -> NameCompanion:
    algorithms = field.keys.algorithms
    public = algorithms.public_key(_private(algorithms, pin)).hex()
    device = device_of(phone.public_key)
    asked = OfferCompanion(device_id=device, officer="farm-1", public_key=public)
    made = _run(field, "lead-1", offer_companion, asked)
    return NameCompanion(device_id=device, companion_id=made)


def _confirmation(  # noqa: PLR0913 - what a confirmation says
    field: _Field, phone: SealingPhone, named: NameCompanion, visit: str, *, number: int,
    pin: str = _PIN, digest: str = "",
) -> SealedRecord:  # fmt: skip
    """Record that the companion typed in a PIN."""
    with field.world.commands.transactions.begin_reading() as unit:
        seen = digest or seen_of(unit[Visits].get(visit))
    algorithms = field.keys.algorithms
    stated = confirmation_stated(named.companion_id, visit, seen)
    proof = algorithms.signer(_private(algorithms, pin)).sign(stated).hex()
    command = {
        "visit_id": visit, "companion_id": named.companion_id, "digest": seen, "proof": proof
    }  # fmt: skip
    return phone.record(
        _id(number), "tasks.confirm_record", visit, command, seen=field.version(visit),
        sequence=number,
    )  # fmt: skip


def _codes(receipt: Receipt) -> list[str]:
    return [one.code for one in receipt.reasons]


def test_a_second_officer_confirms_by_pin(field: _Field) -> None:
    """The key of his PIN signs what he saw; what is written is his, done by the first's phone."""
    visit, phone = _signed_visit(field), field.phone()
    named = _offer(field, phone)
    (early,) = field.send(_confirmation(field, phone, named, visit, number=1))
    assert _codes(early) == ["field_records.companion_unknown"]
    _run(field, "farm-1", agree_companion, named)
    record = _confirmation(field, phone, named, visit, number=2)
    (receipt,) = field.send(record)
    assert (receipt.state, _codes(receipt)) == (RecordState.DONE, [])
    assert field.send(record) == (receipt,)
    with field.world.commands.transactions.begin_reading() as unit:
        found = unit[Visits].get(visit).confirmation
    assert found is not None
    assert (found.by, found.way) == ("farm-1", ConfirmationWay.PIN)


def test_the_first_officer_cannot_confirm_alone(field: _Field) -> None:
    """Nor agree for the other, nor confirm under his own account, nor with another's key."""
    visit, phone = _signed_visit(field), field.phone()
    named = _offer(field, phone)
    with pytest.raises(NotFound):
        _run(field, "lead-1", agree_companion, named)
    with pytest.raises(Refused) as refusal:
        field.world.run("lead-1", confirm_record, ConfirmRecord(visit_id=visit))
    assert [one.code for one in refusal.value.violations] == ["tasks.confirmed_by_recorder"]
    _run(field, "farm-1", agree_companion, named)
    again = _offer(field, phone, pin="000000")  # his own PIN in the other's place
    for one in (named, again):
        (receipt,) = field.send(
            _confirmation(field, phone, one, visit, number=3 + (one is again), pin="000000")
        )
        assert _codes(receipt) == ["field_records.companion_unknown"]
    with field.world.commands.transactions.begin_reading() as unit:
        assert unit[Visits].get(visit).confirmation is None


def test_wrong_pins_are_counted_once_each_and_end(field: _Field) -> None:
    """Five wrong ones, however often each is sent; the last says so, and a right one is late."""
    visit, phone = _signed_visit(field), field.phone()
    named = _offer(field, phone)
    _run(field, "farm-1", agree_companion, named)
    for number in range(1, MOST_WRONG + 1):
        record = _confirmation(field, phone, named, visit, number=number, pin=f"{number:06}")
        (receipt,) = field.send(record)
        told = "companion_locked" if number == MOST_WRONG else "pin_wrong"
        assert (receipt.state, _codes(receipt)) == (
            RecordState.REFUSED, [f"field_records.{told}"]
        )  # fmt: skip
        assert field.send(record, record) == (receipt, receipt)
    (receipt,) = field.send(_confirmation(field, phone, named, visit, number=9))
    assert _codes(receipt) == ["field_records.companion_locked"]


def test_a_proof_is_of_what_was_seen_on_this_phone(field: _Field) -> None:
    """Not of other results, and not from another phone of the same officer."""
    visit, phone = _signed_visit(field), field.phone()
    named = _offer(field, phone)
    _run(field, "farm-1", agree_companion, named)
    (differs,) = field.send(_confirmation(field, phone, named, visit, number=1, digest="0" * 64))
    assert _codes(differs) == ["field_records.record_differs"]
    other = field.phone(private=b"\x02" * 32)
    (elsewhere,) = field.send(_confirmation(field, other, named, visit, number=2))
    assert _codes(elsewhere) == ["field_records.companion_unknown"]


def test_a_companion_takes_part_and_may_end_it(field: _Field) -> None:
    """Only who takes part in an open visit of one's own; each sees and ends his own PINs."""
    phone = field.phone()
    device = device_of(phone.public_key)
    for officer in ("lead-1", "farm-9"):
        asked = OfferCompanion(device_id=device, officer=officer, public_key="04" + "0a" * 64)
        with pytest.raises(Refused):
            _run(field, "lead-1", offer_companion, asked)
    named = _offer(field, phone)
    for user, own in (("lead-1", False), ("farm-1", True)):
        found = field.world.commands.ask(list_companions, AskCompanions(), actor=_officer(user))
        assert [(one.companion_id, one.own) for one in found.companions] == [
            (named.companion_id, own)
        ]  # fmt: skip
        assert "public_key" not in str(found)
    _run(field, "farm-1", end_companion, named)
    with pytest.raises(NotFound):
        _run(field, "farm-1", agree_companion, named)


def test_two_phones_of_one_owner_are_told_apart(field: _Field) -> None:
    """Whose PIN counts on both reads which phone each is on, as its owner and his department do."""
    phones = [field.phone(), field.phone(private=b"\x03" * 32)]
    marks = [device_of(one.public_key)[:6] for one in phones]
    assert len(set(marks)) == len(phones)
    for phone in phones:
        _offer(field, phone)
    ask = field.world.commands.ask
    listed = ask(list_companions, AskCompanions(), actor=_officer("farm-1")).companions
    assert sorted(one.mark for one in listed) == sorted(marks)
    assert all(one.registered_at == field.world.clock.now() == one.seen_at for one in listed)
    for user, question in (("lead-1", list_own_devices), ("lead-2", list_devices)):
        found = ask(question, AskDevices(), actor=_officer(user)).devices
        assert sorted(one.mark for one in found) == sorted(marks)


def test_a_pin_is_seen_and_ended_when_no_open_visit_is_shared(field: _Field) -> None:
    """By whose it is, by whose phone it is on, and by who administers that one's department."""
    phone = field.phone()
    named, again = _offer(field, phone), device_of(phone.public_key)
    with field.world.commands.transactions.begin() as unit:
        for visit in field.visits:
            found = unit[Visits].get(visit)
            found._state = VisitState.COMPLETED
            unit[Visits].save(found)
        unit.commit()
    ask = field.world.commands.ask
    for user in ("lead-1", "farm-1"):
        listed = ask(list_companions, AskCompanions(), actor=_officer(user)).companions
        assert [one.companion_id for one in listed] == [named.companion_id], user
    assert not ask(list_companions, AskCompanions(), actor=_officer("lead-2")).companions
    (seen,) = ask(list_devices, AskDevices(), actor=_officer("lead-2")).devices
    assert [(one.companion_id, one.own, one.agreed_at) for one in seen.companions] == [
        (named.companion_id, False, None)
    ]
    with pytest.raises(NotFound):
        _run(field, "farm-2", end_department_companion, named)
    with pytest.raises(NotFound):
        _run(field, "lead-2", end_companion, named)
    _run(field, "lead-2", end_department_companion, named)
    assert not ask(list_companions, AskCompanions(), actor=_officer("farm-1")).companions
    with field.world.commands.transactions.begin_reading() as unit:
        assert unit[FieldDevices].get(again).companions == ()


@pytest.mark.parametrize("by", ["lead-1", "lead-2"])
def test_who_gives_up_a_phone_ends_the_sessions_of_its_owner(field: _Field, by: str) -> None:
    """Whichever of them the phone holds; nobody else's, and none that begins afterwards."""
    asked = RetireDevice(device_id=device_of(field.phone().public_key), reason="手机遗失")
    with field.world.commands.transactions.begin() as unit:
        unit[Users].save(_lead())
        for user in ("lead-1", "farm-1"):
            unit[Sessions].save(_session(field, f"first-{user}", user))
        unit.commit()
    case = retire_device if by == "lead-1" else retire_lost_device
    _run(field, by, case, asked)
    with field.world.commands.transactions.begin() as unit:
        assert unit[Sessions].get("first-lead-1").ended
        assert not unit[Sessions].get("first-farm-1").ended
        unit[Sessions].save(_session(field, "second-lead-1", "lead-1"))
        unit.commit()
    _run(field, by, case, asked)
    with field.world.commands.transactions.begin_reading() as unit:
        assert not unit[Sessions].get("second-lead-1").ended


def test_who_moved_away_is_not_logged_out_by_the_department_of_before(field: _Field) -> None:
    """It gives the phone up that it knows of, and reaches the account no more."""
    device = device_of(field.phone().public_key)
    with field.world.commands.transactions.begin() as unit:
        unit[Users].save(_lead(FARM))
        unit[Sessions].save(_session(field, "moved", "lead-1"))
        unit.commit()
    _run(field, "lead-2", retire_lost_device, RetireDevice(device_id=device, reason="手机遗失"))
    with field.world.commands.transactions.begin_reading() as unit:
        assert not unit[Sessions].get("moved").ended
        assert unit[FieldDevices].get(device).retired_at is not None


def _lead(department: str = LEAD) -> User:
    return User.register(full_draft("lead-1", department), id="account-lead-1", at=NOON)


def _session(field: _Field, id: str, user: str) -> Session:
    now = field.world.clock.now()
    return Session(id=id, user=f"account-{user}", department=LEAD, started_at=now, seen_at=now)


def test_who_gives_up_a_phone(field: _Field) -> None:
    """Its owner, and who administers the department; nobody of another one."""
    phone, other = field.phone(), field.phone(private=b"\x03" * 32)
    devices = [device_of(one.public_key) for one in (phone, other)]
    _run(field, "lead-1", tell_of_device, TellOfDevice(device_id=devices[0], waiting=3))
    asked = RetireDevice(device_id=devices[0], reason="手机遗失")
    with pytest.raises(NotFound):
        _run(field, "farm-1", retire_device, asked)
    with pytest.raises(NotFound):
        _run(field, "farm-1", retire_lost_device, asked)
    with pytest.raises(Refused):
        _run(field, "lead-1", retire_device, evolve(asked, reason=" "))
    _run(field, "lead-2", retire_lost_device, asked)
    _run(field, "lead-1", retire_device, RetireDevice(device_id=devices[1], reason="换新手机"))
    with pytest.raises(Refused):
        _run(field, "lead-1", tell_of_device, TellOfDevice(device_id=devices[0], waiting=2))
    ask = field.world.commands.ask
    own = ask(list_own_devices, AskDevices(), actor=_officer("lead-1")).devices
    assert {(one.id, one.reason, one.waiting) for one in own} == {
        (devices[0], "手机遗失", 3), (devices[1], "换新手机", 0)
    }  # fmt: skip
    found = ask(list_devices, AskDevices(), actor=_officer("lead-2")).devices
    assert {one.id for one in found} == set(devices)
    assert not ask(list_devices, AskDevices(), actor=_officer("farm-1")).devices
    with field.world.commands.transactions.begin_reading() as unit:
        assert unit[FieldDevices].get(devices[0]).retired_by == "account-lead-2"
