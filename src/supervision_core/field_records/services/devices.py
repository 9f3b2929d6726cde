"""Phones that may send: each officer registers his own; one that is lost is given up."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from attrs import field, frozen

from supervision_core.field_records.devices import DeviceRefused, FieldDevice
from supervision_core.field_records.ports import FieldDevices
from supervision_core.identity.ports import Departments, Users
from supervision_core.identity.services import Work, question, use_case
from supervision_core.identity.services.keeping import end_sessions, find
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import Ask
from supervision_core.officers.ports import Officers


@frozen(kw_only=True)
class RegisterDevice:
    """The public key with which one's own phone signs."""

    public_key: str = field(metadata=said("手机的公钥，十六进制", example="04" + "0a" * 64))


@use_case("field_records.register_device", "登记外勤手机")
def register_device(work: Work, cmd: RegisterDevice) -> str:
    """Register a phone of one's own; the same key again is the same phone."""
    made = FieldDevice.register(
        owner=work.actor.user, department=work.actor.department, public_key=cmd.public_key,
        at=work.now,
    )  # fmt: skip
    there = find(work.unit, FieldDevices, made.id)
    if there is not None:
        other = there.owner != made.owner or there.retired_at is not None
        fault = Violation("field_records.device_of_other", "public_key")
        refuse_if(DeviceRefused, [fault] if other else [])
        return there.id
    work.save(FieldDevices, made)
    return made.id


def own_device(work: Work, device_id: str) -> FieldDevice:
    """Load a phone of one's own. Raises ``NotFound``, audited as denied."""
    found = find(work.unit, FieldDevices, device_id)
    if found is None or found.owner != work.actor.user:
        raise work.foreign(FieldDevices.kind, device_id)
    return found


@frozen(kw_only=True)
class TellOfDevice:
    """How many records wait on a phone of one's own."""

    device_id: str = field(metadata=said("手机的编号", example="0e" * 16))
    waiting: int = field(metadata=said("存在手机、没有送达的记录条数", example=3))
    lacking: int = field(default=0, metadata=said("其中缺少前一条记录的条数", example=0))


@use_case("field_records.tell_of_device", "报告外勤手机情况", by_programs="由手机自行报告")
def tell_of_device(work: Work, cmd: TellOfDevice) -> None:
    """Note that one's own phone is there, and how much waits on it; phones do so by themselves."""
    found = own_device(work, cmd.device_id)
    found.tell(
        waiting=max(0, cmd.waiting), lacking=max(0, cmd.lacking), department=work.actor.department,
        at=work.now,
    )  # fmt: skip
    work.save(FieldDevices, found)


@frozen(kw_only=True)
class RetireDevice:
    """A phone that is lost or given away, and why."""

    device_id: str = field(metadata=said("手机的编号", example="0e" * 16))
    reason: str = field(metadata=said("注销理由", example="手机遗失"))


@use_case("field_records.retire_device", "注销本人的外勤手机", by_programs="在“我的手机”页面注销")
def retire_device(work: Work, cmd: RetireDevice) -> str:
    """Take nothing of a phone of one's own any more; one has to log in anew everywhere."""
    device = own_device(work, cmd.device_id)
    if _retired(work, device, cmd.reason):
        end_sessions(work, device.owner)
    return device.id


@use_case("field_records.retire_lost_device", "注销本部门人员的外勤手机")
def retire_lost_device(work: Work, cmd: RetireDevice) -> str:
    """Take nothing any more of a phone of somebody of a department that one administers.

    Its owner has to log in anew wherever he was logged in, unless he works for another one by now.
    """
    device = administered_device(work, cmd.device_id)
    if _retired(work, device, cmd.reason):
        owner = find(work.unit, Users, device.owner)
        if owner is not None and device.department in owner.departments:
            end_sessions(work, owner.id)
    return device.id


def administered_device(work: Work, device_id: str) -> FieldDevice:
    """Load a phone of a department that one administers. Raises ``NotFound``, audited as denied."""
    found = find(work.unit, FieldDevices, device_id)
    if found is None:
        raise work.foreign(FieldDevices.kind, device_id)
    place = find(work.unit, Departments, found.department)
    work.reach(
        FieldDevices.kind, found.id, region="" if place is None else place.data.region,
        departments=frozenset({found.department}),
    )  # fmt: skip
    return found


def _retired(work: Work, device: FieldDevice, reason: str) -> bool:
    """Give a phone up; tell whether this is the first time: a session of its owner it may hold."""
    first = device.retired_at is None
    device.retire(by=work.actor.user, reason=reason, at=work.now)
    work.save(FieldDevices, device)
    work.note(reason=device.reason)
    return first


_MARK: Final = said("手机编号的前六位，用来区分同一人的几部手机", example="0e0e0e")


@frozen(kw_only=True)
class CompanionView:
    """A PIN on a phone: whose phone, whose PIN, and whether it counts."""

    device_id: str = field(metadata=said("手机的编号", example="0e" * 16))
    mark: str = field(metadata=_MARK)
    registered_at: datetime = field(metadata=said("手机的登记时间"))
    seen_at: datetime | None = field(metadata=said("手机的最近联系时间"))
    companion_id: str = field(metadata=said("同行口令的编号", example="0123abcd"))
    owner: str = field(metadata=said("手机的使用人", example="李示例"))
    companion: str = field(metadata=said("设置口令的同行人员", example="王示例"))
    own: bool = field(metadata=said("是否为本人的口令"))
    offered_at: datetime = field(metadata=said("设置时间"))
    agreed_at: datetime | None = field(metadata=said("本人同意的时间"))
    locked: bool = field(metadata=said("是否因连续输错停用"))


def companions_on(
    work: Work, device: FieldDevice, names: Mapping[str, str]
) -> Iterator[CompanionView]:
    """Give the PINs on a phone, as whoever acts sees them; their keys are told to nobody."""
    for pin in device.companions:
        yield CompanionView(
            device_id=device.id, mark=device.mark, registered_at=device.registered_at,
            seen_at=device.seen_at, companion_id=pin.id, owner=names[device.owner],
            companion=names[pin.user], own=pin.user == work.actor.user,
            offered_at=pin.offered_at, agreed_at=pin.agreed_at, locked=pin.locked,
        )  # fmt: skip


def people_of(devices: Iterable[FieldDevice]) -> set[str]:
    """Give the accounts of whoever uses phones, and confirms on them."""
    return {user for one in devices for user in (one.owner, *(pin.user for pin in one.companions))}


@frozen(kw_only=True)
class AskDevices:
    """The phones of whoever asks."""


@frozen(kw_only=True)
class DeviceView:
    """A phone, as those see it who may give it up."""

    id: str = field(metadata=said("手机的编号", example="0e" * 16))
    mark: str = field(metadata=_MARK)
    owner: str = field(metadata=said("使用人的账号编号", example="n000001"))
    owner_name: str = field(metadata=said("使用人", example="李示例"))
    registered_at: datetime = field(metadata=said("登记时间"))
    seen_at: datetime | None = field(metadata=said("最近联系时间"))
    waiting: int = field(metadata=said("最近联系时没有送达的记录条数", example=3))
    lacking: int = field(metadata=said("其中缺少前一条记录的条数", example=0))
    retired_at: datetime | None = field(metadata=said("注销时间"))
    reason: str = field(metadata=said("注销理由"))
    companions: tuple[CompanionView, ...] = field(metadata=said("在这部手机上的同行口令"))


@frozen(kw_only=True)
class DevicesFound:
    """Phones, the one that was there last first."""

    devices: tuple[DeviceView, ...] = field(metadata=said("外勤手机"))


def names_of(unit: UnitOfWork, users: Collection[str]) -> Mapping[str, str]:
    """Give the officers of accounts by name, an account itself where nobody acts under it."""
    accounts = unit[Ask].resolve("user", users)
    people = {one.user: one.id for one in unit[Officers].of_users(users)}
    officers = unit[Ask].resolve("officer", set(people.values()))
    known = {user: officers[one] for user, one in people.items() if one in officers}
    found = {**accounts, **known}
    return {one: found[one].name if one in found else one for one in users}


def _told(work: Work, devices: list[FieldDevice]) -> DevicesFound:
    names = names_of(work.unit, people_of(devices))
    last = sorted(devices, key=lambda one: one.seen_at or one.registered_at, reverse=True)
    return DevicesFound(
        devices=tuple(
            DeviceView(
                id=one.id, mark=one.mark, owner=one.owner, owner_name=names[one.owner],
                registered_at=one.registered_at, seen_at=one.seen_at,
                waiting=one.waiting, lacking=one.lacking,
                retired_at=one.retired_at, reason=one.reason,
                companions=tuple(companions_on(work, one, names)),
            )
            for one in last
        )
    )  # fmt: skip


@question("field_records.list_own_devices", "查看本人的外勤手机")
def list_own_devices(work: Work, about: AskDevices) -> DevicesFound:
    """Give one's own phones, with what waited on each when it last told."""
    del about
    return _told(work, work[FieldDevices].of_owners([work.actor.user]))


@question("field_records.list_devices", "查看本部门人员的外勤手机")
def list_devices(work: Work, about: AskDevices) -> DevicesFound:
    """Give the phones that are registered for the department for which one works."""
    del about
    return _told(work, work[FieldDevices].of_department(work.actor.department))
