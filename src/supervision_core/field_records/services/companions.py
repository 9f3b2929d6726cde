"""Confirming by PIN on the phone of the officer one goes with: set up with signal, used without."""

from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.field_records.devices import (
    CompanionPin,
    DeviceRefused,
    FieldDevice,
    confirmation_stated,
)
from supervision_core.field_records.ports import FieldDevices
from supervision_core.field_records.services.devices import (
    CompanionView,
    administered_device,
    companions_on,
    names_of,
    own_device,
    people_of,
)
from supervision_core.field_records.services.packing import open_visits
from supervision_core.identity.services import Work, question, use_case
from supervision_core.identity.services.actors import actor_now
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.canonical import canonical_json, sm3
from supervision_core.kernel.crypto import Algorithms, KeyRejected, SignatureInvalid
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.officers.model import Officer, OfficerState
from supervision_core.officers.ports import Officers
from supervision_core.tasks.model.presence import ConfirmationWay, RecordConfirmation
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.services.visits import confirm_record, take_confirmation, visit_in_reach


@define(eq=False)
class ConfirmationRefused(Refused):
    """A companion's PIN does not confirm the record."""

    code: ClassVar[str] = "field_records.confirmation_refused"


@frozen(kw_only=True)
class OfferCompanion:
    """A companion who set a PIN on one's own phone."""

    device_id: str = field(metadata=said("手机的编号", example="0e" * 16))
    officer: str = field(metadata=said("同行的执法人员", example="0123abcd", to="officer"))
    public_key: str = field(metadata=said("由口令得出的公钥，十六进制", example="04" + "0a" * 64))


@use_case("field_records.offer_companion", "设置同行口令", by_programs="在离线检查的页面设置")
def offer_companion(work: Work, cmd: OfferCompanion) -> str:
    """Keep the PIN that a companion set on one's own phone; it counts once he agrees to it.

    He takes part in a visit of one's own that is open.
    """
    device = own_device(work, cmd.device_id)
    together = {one.id for visit in open_visits(work) for one in visit.officers}
    found = work[Officers].find_many([cmd.officer]) if cmd.officer in together else []
    usable = [one for one in found if one.user and one.state is OfficerState.ACTIVE]
    fault = Violation("field_records.companion_unfit", "officer")
    refuse_if(DeviceRefused, [] if usable else [fault])
    made = CompanionPin(
        id=work.ids.next_id(), user=usable[0].user, public_key=cmd.public_key,
        offered_at=work.now,
    )  # fmt: skip
    device.offer(made)
    work.save(FieldDevices, device)
    return made.id


@frozen(kw_only=True)
class NameCompanion:
    """A PIN on a phone."""

    device_id: str = field(metadata=said("手机的编号", example="0e" * 16))
    companion_id: str = field(metadata=said("同行口令的编号", example="0123abcd"))


@use_case("field_records.agree_companion", "同意同行口令", by_programs="在“我的手机”页面同意")
def agree_companion(work: Work, cmd: NameCompanion) -> None:
    """Let a PIN of one's own count on a colleague's phone: the companion's own account does."""
    device, found = _named(work, cmd)
    if found.user != work.actor.user:
        raise work.foreign(FieldDevices.kind, cmd.device_id)
    device.agree(found.id, at=work.now)
    work.save(FieldDevices, device)


@use_case("field_records.end_companion", "停用同行口令", by_programs="在“我的手机”页面停用")
def end_companion(work: Work, cmd: NameCompanion) -> None:
    """Let a PIN count no more, as the companion or as the phone's owner."""
    device, found = _named(work, cmd)
    if work.actor.user not in {found.user, device.owner}:
        raise work.foreign(FieldDevices.kind, cmd.device_id)
    device.end(found.id)
    work.save(FieldDevices, device)


@use_case("field_records.end_department_companion", "停用本部门手机上的同行口令")
def end_department_companion(work: Work, cmd: NameCompanion) -> None:
    """Let a PIN count no more on a phone of a department that one administers."""
    administered_device(work, cmd.device_id)
    device, found = _named(work, cmd)
    device.end(found.id)
    work.save(FieldDevices, device)


def _named(work: Work, cmd: NameCompanion) -> tuple[FieldDevice, CompanionPin]:
    device = find(work.unit, FieldDevices, cmd.device_id)
    found = None if device is None else device.companion(cmd.companion_id)
    if device is None or found is None:
        raise work.foreign(FieldDevices.kind, cmd.device_id)
    return device, found


@frozen(kw_only=True)
class AskCompanions:
    """The PINs that whoever asks set, or that others set on his phones."""


@frozen(kw_only=True)
class CompanionsFound:
    """PINs on phones."""

    companions: tuple[CompanionView, ...] = field(metadata=said("同行口令"))


@question("field_records.list_companions", "查看同行口令")
def list_companions(work: Work, about: AskCompanions) -> CompanionsFound:
    """Give the PINs on one's own phones, and one's own on whosever phones they are."""
    del about
    me, devices = work.actor.user, work[FieldDevices]
    found = {one.id: one for one in (*devices.of_owners([me]), *devices.of_companion(me))}
    names = names_of(work.unit, people_of(found.values()))
    return CompanionsFound(
        companions=tuple(
            view
            for device in found.values()
            for view in companions_on(work, device, names)
            if view.own or device.owner == me
        )
    )


@frozen(kw_only=True)
class ConfirmByPin:
    """What a companion confirms: the SM3 of what he saw, signed by the key of his PIN."""

    visit_id: str
    companion_id: str
    digest: str
    proof: str = field(repr=False)


def proved(work: Work, device_id: str, cmd: ConfirmByPin, algorithms: Algorithms) -> str:
    """Count whether the key of a PIN on a phone signed; give the code of what is against it."""
    device = work[FieldDevices].get(device_id)
    pin = device.companion(cmd.companion_id)
    if pin is None or pin.agreed_at is None:
        return "field_records.companion_unknown"
    if pin.locked:
        return "field_records.companion_locked"
    right = _signed(pin, cmd, algorithms)
    work.note(companion=pin.id, right="yes" if right else "no")
    if right:
        return ""
    locked = device.tried(pin.id, right=False)
    work.save(FieldDevices, device)
    return "field_records.companion_locked" if locked else "field_records.pin_wrong"


def _signed(pin: CompanionPin, cmd: ConfirmByPin, algorithms: Algorithms) -> bool:
    stated = confirmation_stated(pin.id, cmd.visit_id, cmd.digest)
    try:
        verifier = algorithms.verifier(bytes.fromhex(pin.public_key))
        verifier.verify(stated, bytes.fromhex(cmd.proof))
    except (KeyRejected, SignatureInvalid, ValueError):
        return False
    return True


def seen_of(visit: Visit) -> str:
    """Give the SM3 (hex) of what an officer confirms: results, conclusion, measures.

    Phones put it together alike.
    """
    concluded = visit.conclusion
    told = (
        [[one.item, one.outcome, one.note] for one in visit.results],
        sorted(concluded.outcomes) if concluded else [],
        sorted(concluded.pending) if concluded else [],
        sorted(concluded.measures) if concluded else [],
    )
    return sm3(canonical_json(told)).hex()


def confirm_by_pin(work: Work, cmd: ConfirmByPin) -> None:
    """Let a companion whose PIN was proved stand to the record, if he still may."""
    visit = visit_in_reach(work, cmd.visit_id)
    if cmd.digest != seen_of(visit):
        raise ConfirmationRefused((Violation("field_records.record_differs"),))
    device, pin = _companion(work, cmd.companion_id)
    officer = _officer_now(work, pin.user)
    confirmation = RecordConfirmation(by=officer.id, at=work.now, way=ConfirmationWay.PIN)
    take_confirmation(work, visit, confirmation)
    work.note(companion=cmd.companion_id)
    if pin.wrong:
        device.tried(pin.id, right=True)
        work.save(FieldDevices, device)


def _companion(work: Work, id: str) -> tuple[FieldDevice, CompanionPin]:
    """Give a PIN that counts, and the phone of whoever acts on which it does.

    Raises ``ConfirmationRefused``.
    """
    for device in work[FieldDevices].of_owners([work.actor.user]):
        found = device.companion(id)
        if found is not None and found.agreed_at is not None:
            return device, found
    raise ConfirmationRefused((Violation("field_records.companion_unknown"),))


def _officer_now(work: Work, user: str) -> Officer:
    """Give the officer of an account that could confirm now. Raises ``ConfirmationRefused``."""
    officer = work[Officers].of_user(user)
    if officer is not None and officer.state is OfficerState.ACTIVE:
        actor = actor_now(work.unit, user, officer.department, local_day(work.now))
        if actor is not None and actor.may(confirm_record.permission):
            return officer
    raise ConfirmationRefused((Violation("field_records.companion_unfit"),))
