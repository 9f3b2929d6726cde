"""Taking what phones recorded: opened, checked, carried out once, answered by a receipt."""

import json
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from attrs import evolve, frozen

from supervision_core.audit.model import LogUnanchored
from supervision_core.clues.services import register_clue
from supervision_core.field_records.devices import MOST_WRONG
from supervision_core.field_records.model import (
    FieldRecord,
    RecordRefused,
    RecordSheet,
    RecordState,
    place_of,
)
from supervision_core.field_records.ports import FieldDevices, FieldRecords
from supervision_core.field_records.services.companions import (
    ConfirmationRefused,
    ConfirmByPin,
    proved,
)
from supervision_core.field_records.services.keeping import KeepOutcome, keep_outcome
from supervision_core.field_records.services.photos import PhotoMissing, Photos
from supervision_core.field_records.services.postbox import Postbox, PostboxKey
from supervision_core.field_records.services.recordable import (
    case_of,
    contends,
    contested,
    may_record,
)
from supervision_core.field_records.services.records import (
    Delivery,
    Receipt,
    Recorded,
    SealedRecord,
)
from supervision_core.files.model import QuotaSpent
from supervision_core.identity.model import Actor
from supervision_core.identity.services import (
    Commands,
    Expected,
    Question,
    UseCase,
    Work,
)
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.second_person import command_type
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import Algorithms, SignatureInvalid, Tampered
from supervision_core.kernel.errors import (
    Conflict,
    DomainError,
    KeyReused,
    Outdated,
    Refused,
    Unavailable,
    Violation,
    refuse_if,
)
from supervision_core.kernel.plain import from_plain
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Visits

MOST: Final = 50
"""Records that are sent at once."""
_SOON: Final = 5
_LATER: Final = 60
_RETRIED: Final = (Conflict, Unavailable, LogUnanchored, Tampered, PhotoMissing, QuotaSpent)
_OWN_REFUSALS: Final = (RecordRefused, ConfirmationRefused)
"""What is refused of a record itself, whatever others did."""


@frozen(kw_only=True)
class Posting:
    """报送 (Posting): carries out what phones send, each record once, whatever arrives how often.

    A record and what it does are written together. The same one always gets the same receipt;
    another under its id, or one about what somebody changed meanwhile, is a conflict. An id belongs
    to the first valid envelope under it: of what is no such nothing is kept.
    """

    commands: Commands
    postbox: Postbox
    algorithms: Algorithms
    photos: Photos

    def key_for(self, actor: Actor) -> PostboxKey:
        """Give the key to which somebody's phone seals. Raises ``PermissionDenied``, audited."""
        self.require(actor, keep_outcome)
        return self.postbox.current()

    def take(
        self, actor: Actor, records: Sequence[SealedRecord], clock: datetime | None = None
    ) -> tuple[Receipt, ...]:
        """Answer each record, in the order in which they came.

        ``clock`` is what the phone's clock says meanwhile: by as much as it is wrong, the times of
        its records are. Raises ``PermissionDenied``, audited, and ``RecordRefused`` for too many.
        """
        self.require(actor, keep_outcome)
        if len(records) > MOST:
            fault = Violation("field_records.too_many", "records", {"most": MOST})
            raise RecordRefused((fault,))
        if clock is not None and clock.utcoffset() is None:
            raise RecordRefused((Violation("field_records.time_without_offset", "clock"),))
        slow = timedelta() if clock is None else self.commands.clock.now() - clock
        return tuple(self._taken(actor, one, by="", slow=slow) for one in records)

    def brought(self, author: Actor, record: SealedRecord, *, by: str) -> Receipt:
        """Answer a record that somebody of the author's department hands in for him."""
        return self._taken(author, record, by=by, slow=timedelta())

    def lacks_predecessor(self, sheet: RecordSheet) -> bool:
        """Tell whether a record follows another of which nothing is known."""
        return bool(sheet.after) and self._kept(sheet.author, sheet.after) is None

    def require(self, actor: Actor, case: UseCase[Any, Any]) -> None:
        """Demand the permission of a use case. Raises ``PermissionDenied``, audited."""
        asked: Question[Mapping[str, str], None] = Question(
            case.permission, case.title, lambda _work, _about: None
        )
        self.commands.ask(asked, {"user": actor.user}, actor=actor)

    def _taken(self, actor: Actor, record: SealedRecord, *, by: str, slow: timedelta) -> Receipt:
        sheet = record.sheet
        if sheet.author != actor.user:
            reason = Violation("field_records.author_other", "author")
            return Receipt(record=sheet.record, state=RecordState.REFUSED, reasons=(reason,))
        if (known := self.known(sheet)) is not None:
            return known
        if self.lacks_predecessor(sheet):
            missing = Violation("field_records.predecessor_missing", "after")
            return Receipt.later(sheet.record, _SOON, missing)
        try:
            content = self.unsealed(record)
        except RecordRefused as refused:
            return Receipt(
                record=sheet.record, state=RecordState.REFUSED, reasons=refused.reasons
            )  # fmt: skip
        try:
            recorded = _read(actor, content)
            done_at = min(_righted(sheet, slow), self.commands.clock.now())
        except RecordRefused as refused:
            return self._keep(actor, sheet, None, RecordState.REFUSED, refused.reasons)
        delivery = Delivery(sheet=sheet, recorded=recorded, by=by, done_at=done_at)
        return self._answered(actor, record, delivery)

    def _answered(self, actor: Actor, record: SealedRecord, delivery: Delivery) -> Receipt:
        sheet, recorded = delivery.sheet, delivery.recorded
        try:
            self._carry_out(actor, record, delivery)
        except KeyReused:
            return _reused(sheet)
        except Outdated:
            return self._conflict(actor, sheet, recorded)
        except _RETRIED as error:
            missing = error.reasons if isinstance(error, PhotoMissing) else ()
            return self.known(sheet) or Receipt.later(sheet.record, _LATER, *missing)
        except DomainError as refused:
            by_rule = isinstance(refused, Refused) and not isinstance(refused, _OWN_REFUSALS)
            if by_rule and self._contested(actor, recorded):
                return self._conflict(actor, sheet, recorded, *refused.reasons)
            return self._keep(actor, sheet, recorded, RecordState.REFUSED, refused.reasons)
        return self.known(sheet) or Receipt.later(sheet.record, _SOON)

    def _kept(self, author: str, record: str) -> FieldRecord | None:
        with self.commands.transactions.begin_reading() as unit:
            return find(unit, FieldRecords, place_of(author, record))

    def known(self, sheet: RecordSheet) -> Receipt | None:
        """Give the receipt of a record that was answered before, if it was."""
        found = self._kept(sheet.author, sheet.record)
        if found is None:
            return None
        if found.state is RecordState.LOST:
            return _conflicting(sheet, "field_records.reported_lost")
        return Receipt.of(found) if found.sheet.digest == sheet.digest else _reused(sheet)

    def opened(self, actor: Actor, record: SealedRecord) -> Recorded:
        """Open and check a record. Raises ``RecordRefused``."""
        return _read(actor, self.unsealed(record))

    def unsealed(self, record: SealedRecord) -> bytes:
        """Give what a valid envelope holds. Raises ``RecordRefused`` for every other.

        A phone in use of its author signed it, and it holds what that phone sealed.
        """
        sheet = record.sheet
        refuse_if(RecordRefused, sheet.violations())
        self._require_device(record)
        try:
            text = self.postbox.open(b64decode(record.sealed, validate=True), sheet.stated())
        except (Tampered, NotBase64):
            raise _refused("field_records.seal_broken", "sealed") from None
        if sm3(text).hex() != sheet.digest:
            raise _refused("field_records.seal_broken", "digest")
        return text

    def _require_device(self, record: SealedRecord) -> None:
        with self.commands.transactions.begin_reading() as unit:
            device = find(unit, FieldDevices, record.sheet.device)
        author = record.sheet.author
        if device is None or device.owner != author or device.retired_at is not None:
            raise _refused("field_records.device_unknown", "device")
        verifier = self.algorithms.verifier(bytes.fromhex(device.public_key))
        try:
            verifier.verify(record.sheet.stated(), bytes.fromhex(record.signature))
        except (SignatureInvalid, ValueError):
            raise _refused("field_records.signature_wrong", "signature") from None

    def _carry_out(self, actor: Actor, record: SealedRecord, delivery: Delivery) -> None:
        sheet, recorded, by = delivery.sheet, delivery.recorded, delivery.by
        case = case_of(recorded)
        files = self.photos.taken(actor, recorded.command, record.photos)
        try:
            command = from_plain(command_type(case), files)
        except Exception:  # noqa: BLE001 - whatever does not fit, is no such command
            raise _refused("field_records.content_unfit", "sealed") from None
        if command.visit_id != recorded.thing:
            raise _refused("field_records.content_unfit", "sealed")
        if isinstance(command, ConfirmByPin):
            self._prove(actor, sheet, command)

        def deliver(work: Work, _: RecordSheet) -> str:
            work.command, work.done_at = command, delivery.done_at
            case.body(work, command)
            made = FieldRecord.of(
                sheet, department=work.actor.department, state=RecordState.DONE, at=work.now,
                action=case.name, kind=recorded.kind, thing=recorded.thing,
                left_version=_left(work, recorded), brought_by=by,
            )  # fmt: skip
            work.save(FieldRecords, made)
            work.note(
                device=sheet.device, device_time=sheet.recorded_at.isoformat(),
                done_at=delivery.done_at.isoformat(), field_record=sheet.record,
            )  # fmt: skip
            if by:
                work.note(brought_by=by)
            return made.id

        self._deliver(actor, recorded, UseCase(case.permission, case.title, deliver), sheet)

    def _deliver(
        self, actor: Actor, recorded: Recorded, case: UseCase[Any, Any], sheet: RecordSheet
    ) -> None:
        """Carry a record out, once more where others change meanwhile what it does not rest on.

        Raises ``Outdated`` where they changed what it does.
        """
        for last in (False, False, True):
            seen = self._seen(actor, recorded) if contends(recorded) else None
            try:
                self.commands.run(
                    case, sheet, actor=actor, key=f"field-record/{sheet.record}", expected=seen
                )
            except Outdated:
                if self._contested(actor, recorded):
                    raise
                if last:
                    raise Conflict(recorded.kind, recorded.thing) from None
            else:
                return

    def _seen(self, actor: Actor, recorded: Recorded) -> Expected:
        """Give the version that a record may change: as it stands, if nothing contests it."""
        visit, own = self._visit_of(actor, recorded)
        free = visit is not None and not contested(recorded, visit, own)
        return Expected(
            kind=recorded.kind, id=recorded.thing,
            version=visit.version if visit is not None and free else recorded.seen,
        )  # fmt: skip

    def _contested(self, actor: Actor, recorded: Recorded) -> bool:
        visit, own = self._visit_of(actor, recorded)
        return visit is not None and contested(recorded, visit, own)

    def _visit_of(self, actor: Actor, recorded: Recorded) -> tuple[Visit | None, frozenset[int]]:
        """Give the visit of a record, and its versions that the author's own records left."""
        with self.commands.transactions.begin_reading() as unit:
            own = unit[FieldRecords].left_versions(
                actor.user, recorded.thing, since=recorded.seen
            )  # fmt: skip
            return find(unit, Visits, recorded.thing), own

    def _prove(self, actor: Actor, sheet: RecordSheet, command: ConfirmByPin) -> None:
        """Demand that the key of a companion's PIN signed; each wrong one counts, once.

        Raises ``ConfirmationRefused``.
        """

        def prove(work: Work, cmd: ConfirmByPin) -> str:
            return proved(work, sheet.device, cmd, self.algorithms)

        case = UseCase(keep_outcome.permission, keep_outcome.title, prove)
        key = f"field-proof/{sheet.record}"
        if fault := self.commands.run(case, command, actor=actor, key=key):
            raise ConfirmationRefused((Violation(fault, "proof", {"most": MOST_WRONG}),))

    def _conflict(
        self, actor: Actor, sheet: RecordSheet, recorded: Recorded, *reasons: Violation
    ) -> Receipt:
        with self.commands.transactions.begin_reading() as unit:
            version = unit[Visits].get(recorded.thing).version
        told = reasons or (Violation("field_records.changed_meanwhile", "", {"version": version}),)
        return self._keep(actor, sheet, recorded, RecordState.CONFLICT, told, version)

    def _keep(  # noqa: PLR0913, PLR0917 - what a receipt says
        self,
        actor: Actor,
        sheet: RecordSheet,
        recorded: Recorded | None,
        state: RecordState,
        reasons: tuple[Violation, ...],
        version: int = 0,
    ) -> Receipt:
        """Keep what came of a record. Where a copy of it was quicker, its receipt stands."""
        kept = KeepOutcome(sheet=sheet, state=state, reasons=reasons, version=version)
        if recorded is not None:
            kept = evolve(
                kept, action=recorded.action, kind=recorded.kind, thing=recorded.thing
            )  # fmt: skip
        with suppress(Conflict):
            self.commands.run(keep_outcome, kept, actor=actor)
        return self.known(sheet) or Receipt.later(sheet.record, _SOON)


def _refused(code: str, at: str) -> RecordRefused:
    return RecordRefused((Violation(code, at),))


def _righted(sheet: RecordSheet, slow: timedelta) -> datetime:
    """Give when it was recorded, by a clock that is as slow. Raises ``RecordRefused``."""
    try:
        return sheet.recorded_at + slow
    except OverflowError:
        raise _refused("field_records.time_unfit", "recorded_at") from None


def _read(actor: Actor, content: bytes) -> Recorded:
    """Read what an envelope held. Raises ``RecordRefused`` for what its author cannot record."""
    try:
        recorded = from_plain(Recorded, json.loads(content))
    except Exception:  # noqa: BLE001 - whatever does not fit, is no record
        raise _refused("field_records.content_unfit", "sealed") from None
    if not may_record(actor, recorded.action) or recorded.kind != Visits.kind:
        data = {"action": recorded.action}
        raise RecordRefused((Violation("field_records.action_unknown", "sealed", data),))
    return recorded


def _left(work: Work, recorded: Recorded) -> int:
    """Give the version in which a record left its visit; 0 where that stays as it was."""
    stays = recorded.action == register_clue.name
    return 0 if stays else work[Visits].get(recorded.thing).version


def _reused(sheet: RecordSheet) -> Receipt:
    return _conflicting(sheet, "field_records.record_reused")


def _conflicting(sheet: RecordSheet, code: str) -> Receipt:
    reason = Violation(code, "record")
    return Receipt(record=sheet.record, state=RecordState.CONFLICT, reasons=(reason,))
