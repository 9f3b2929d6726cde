"""Records that a phone exported as a file: a colleague of its department hands them in."""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from attrs import evolve, field, frozen

from supervision_core.field_records.model import RecordRefused, RecordSheet
from supervision_core.field_records.services.devices import names_of
from supervision_core.field_records.services.keeping import ReportLost, keep_lost
from supervision_core.field_records.services.photos import SentPhoto, photos_named
from supervision_core.field_records.services.posting import Posting
from supervision_core.field_records.services.recordable import case_of
from supervision_core.field_records.services.records import Receipt, Recorded, SealedRecord
from supervision_core.identity.model import Actor
from supervision_core.identity.services import Work, use_case
from supervision_core.identity.services.actors import actor_now
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.tasks.ports import Visits

FORMAT = "field-records/1"


@frozen(kw_only=True)
class BringRecords:
    """A file that a phone exported: its digest, and whose records it holds."""

    file: str = field(metadata=said("文件的SM3，小写十六进制", example="0a" * 32))
    authors: frozenset[str] = field(metadata=said("记录人的用户编号"))
    records: int = field(metadata=said("记录条数", example=7))
    lost: tuple[ReportLost, ...] = field(default=(), metadata=said("文件里没有、说明已丢失的记录"))
    owners: tuple[str, ...] = field(default=(), metadata=said("丢失记录的记录人的用户编号"))


@use_case("field_records.bring", "导入离线记录")
def bring_records(work: Work, cmd: BringRecords) -> int:
    """Hand in what colleagues recorded on a phone; each must work for one's own department.

    Each record is then carried out with its author's rights, once, whoever brings it how often.
    """
    authors = _authors(work.unit, work.actor, cmd.authors, work.now)
    for owner, one in zip(cmd.owners, cmd.lost, strict=True):
        keep_lost(work, owner, authors[owner].department, one, brought_by=work.actor.user)
    work.note(file=cmd.file, records=str(cmd.records))
    return cmd.records


@frozen(kw_only=True)
class BroughtRecord:
    """A record of a file: whose it is, what it does to which visit, and what came of it.

    One that ``lacks`` the record before it waits for that, or until it is said to be lost.
    """

    sheet: RecordSheet
    author: str
    receipt: Receipt | None
    title: str = ""
    number: str = ""
    lacks: bool = False


@frozen
class _File:
    records: Sequence[SealedRecord]
    photos: Mapping[str, bytes]


@frozen(kw_only=True)
class Bringing:
    """导入 (Bringing): looks at a file of records, and hands them in for their authors."""

    posting: Posting

    def look(self, actor: Actor, content: bytes) -> tuple[BroughtRecord, ...]:
        """Tell what a file holds, without doing any of it. Raises ``RecordRefused``."""
        self.posting.require(actor, bring_records)
        found = _read(content)
        authors, lacking = self._authors(actor, found), set(self._lacking(found))
        return tuple(
            evolve(
                self._told(
                    one, self._opened(authors[one.sheet.author], one),
                    self.posting.known(one.sheet),
                ),
                lacks=one in lacking,
            )
            for one in found.records
        )  # fmt: skip

    def _lacking(self, found: _File) -> Iterator[SealedRecord]:
        """Give what follows a record that neither the file holds nor the platform knows.

        Of envelopes that are not valid neither that they are there counts, nor what they follow.
        """
        valid = [one for one in found.records if self._valid(one)]
        held = {(one.sheet.author, one.sheet.record) for one in valid}
        for one in valid:
            inside = (one.sheet.author, one.sheet.after) in held
            if not inside and self.posting.lacks_predecessor(one.sheet):
                yield one

    def bring(self, actor: Actor, content: bytes, lost: str = "") -> tuple[BroughtRecord, ...]:
        """Carry out what a file holds, each record once. Raises ``RecordRefused``.

        With a reason what records of the file wait for is ``lost``; without, they wait on.
        """
        self.posting.require(actor, bring_records)
        found = _read(content)
        cmd = BringRecords(
            file=sm3(content).hex(), records=len(found.records),
            authors=frozenset(one.sheet.author for one in found.records),
        )  # fmt: skip
        if lacking := tuple(self._lacking(found)) if lost.strip() else ():
            cmd = evolve(
                cmd, owners=tuple(one.sheet.author for one in lacking),
                lost=tuple(
                    ReportLost(
                        record=one.sheet.after, sequence=max(1, one.sheet.sequence - 1),
                        device=one.sheet.device, reason=lost,
                    )
                    for one in lacking
                ),
            )  # fmt: skip
        self.posting.commands.run(bring_records, cmd, actor=actor)
        authors = self._authors(actor, found)
        return tuple(self._brought(authors, one, found, actor.user) for one in found.records)

    def _authors(self, actor: Actor, found: _File) -> Mapping[str, Actor]:
        wanted = frozenset(one.sheet.author for one in found.records)
        with self.posting.commands.transactions.begin_reading() as unit:
            return _authors(unit, actor, wanted, self.posting.commands.clock.now())

    def _brought(
        self, authors: Mapping[str, Actor], record: SealedRecord, found: _File, by: str
    ) -> BroughtRecord:
        author = authors[record.sheet.author]
        recorded = self._opened(author, record)
        receipt = self.posting.known(record.sheet)
        if receipt is None:
            photos = tuple(self._staged(author, recorded, found))
            receipt = self.posting.brought(author, evolve(record, photos=photos), by=by)
        return self._told(record, recorded, receipt)

    def _opened(self, author: Actor, record: SealedRecord) -> Recorded | None:
        try:
            return self.posting.opened(author, record)
        except RecordRefused:
            return None

    def _staged(
        self, author: Actor, recorded: Recorded | None, found: _File
    ) -> Iterator[SentPhoto]:
        for digest in () if recorded is None else photos_named(recorded.command):
            if digest in found.photos:
                yield self.posting.photos.stage(author, digest, found.photos[digest])

    def _valid(self, record: SealedRecord) -> bool:
        try:
            self.posting.unsealed(record)
        except RecordRefused:
            return False
        return True

    def _told(
        self, record: SealedRecord, recorded: Recorded | None, receipt: Receipt | None
    ) -> BroughtRecord:
        author = record.sheet.author
        with self.posting.commands.transactions.begin_reading() as unit:
            name = names_of(unit, {author})[author]
            visit = None if recorded is None else find(unit, Visits, recorded.thing)
        return BroughtRecord(
            sheet=record.sheet, author=name, receipt=receipt,
            title=case_of(recorded).title if recorded else "",
            number=visit.sheet.number if visit else "",
            lacks=receipt is not None and receipt.state is None and self.posting.lacks_predecessor(
                record.sheet
            ),
        )  # fmt: skip


def _authors(
    unit: UnitOfWork, actor: Actor, wanted: frozenset[str], at: datetime
) -> Mapping[str, Actor]:
    """Give the authors as they are now. Raises ``RecordRefused`` for those of elsewhere."""
    day = local_day(at)
    found = {one: actor_now(unit, one, actor.department, day) for one in sorted(wanted)}
    foreign = any(one is None for one in found.values())
    faults = [Violation("field_records.author_foreign", "file")] if foreign else []
    refuse_if(RecordRefused, faults)
    return {one: author for one, author in found.items() if author is not None}


def _read(content: bytes) -> _File:
    """Read a file that a phone exported. Raises ``RecordRefused``."""
    try:
        plain = json.loads(content)
        records = tuple(
            from_plain(SealedRecord, {name: one[name] for name in ("sheet", "sealed", "signature")})
            for one in plain["records"]
        )
        photos = {
            digest: b64decode(text, validate=True) for digest, text in plain["photos"].items()
        }
        fits = plain["format"] == FORMAT
    except Exception:  # noqa: BLE001 - whatever does not fit, is no such file
        fits, records, photos = False, (), {}
    refuse_if(RecordRefused, [] if fits else [Violation("field_records.file_form", "file")])
    return _File(records, photos)
