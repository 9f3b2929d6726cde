"""Files with every field filled, and contracts of who keeps their bytes and takes them in.

Fixtures of ``FileBytesContract``: ``store`` (an empty ``FileBytes``). Of ``StagingContract``:
``room`` (a ``FileRoom`` over empty stores).
"""

from datetime import UTC, datetime, timedelta

from attrs import define, evolve, frozen

from supervision_core.files.model import (
    PIECE_BYTES,
    STAGED_FOR,
    Attachment,
    AttachmentsRefused,
    FileRefused,
    FileSlot,
    MediaType,
    Quota,
    QuotaSpent,
    StagedFile,
    StoredContent,
    StoredPart,
    Taken,
)
from supervision_core.files.ports import (
    Attachments,
    BytesAbsent,
    FileBytes,
    StagedFiles,
    Visible,
    VisibleKinds,
)
from supervision_core.files.services import (
    GRACE,
    FetchFile,
    FileView,
    Staging,
    StartFile,
    Sweep,
    attach,
    detach,
    fetch_file,
)
from supervision_core.identity.model import NOWHERE, Actor, DataScope
from supervision_core.identity.services import Commands, Work, use_case
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import NotFound, Violation
from supervision_core.kernel.ports import Clock, Transactions
from supervision_core.testing.units import RepositoryCase, refuses

MOMENT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
LONG_AFTER = datetime(2100, 1, 1, tzinfo=UTC)
SLOT = FileSlot(kind="parcel", name="proof", accepts=frozenset({MediaType.TXT}), most=3)
TEXT = "现场查看未见相应记录。\n".encode() * 65_000
"""Three pieces."""
SHORT = TEXT[:3400]


def stored_content(scanned_by: str = "clamd") -> StoredContent:
    """Give the content of a photo."""
    whole = StoredPart(media=MediaType.JPEG, size=5, pieces=("ab" * 32, "cd" * 32))
    return StoredContent(
        sm3="ef" * 32,
        whole=whole,
        judged_at=MOMENT,
        thumbnail=StoredPart(media=MediaType.JPEG, size=3, pieces=("01" * 32,)),
        width=4000,
        height=3000,
        taken=Taken(at="2026:03:02 09:30:00", latitude="22.8", longitude="108.3", device="HUAWEI"),
        scanned_by=scanned_by,
        stripped=True,
    )


def staged_file(id: str) -> StagedFile:
    """Give a finished staged file with every field filled."""
    made = StagedFile.begin(
        id=id, owner="u-1", name="现场.jpg", size=5, sm3="ef" * 32, public=True, at=MOMENT
    )
    made.finish(stored_content())
    made.refuse()
    return made


def attachment(id: str) -> Attachment:
    """Give an attachment with every field filled."""
    slot = FileSlot(kind="visit", name="evidence", accepts=frozenset(), most=1)
    made = Attachment.of(staged_file(id), slot, "visit-1", at=MOMENT)
    made.detach(at=MOMENT)
    return made


def _begin_anew(root: StagedFile) -> None:
    root._content = stored_content("another")  # noqa: SLF001 - it has no verb left


def _hang_again(root: Attachment) -> None:
    root._gone_at = None  # noqa: SLF001 - as above


FILE_CASES: tuple[RepositoryCase[StagedFile] | RepositoryCase[Attachment], ...] = (
    RepositoryCase(port=StagedFiles, example=staged_file, change=_begin_anew),
    RepositoryCase(port=Attachments, example=attachment, change=_hang_again),
)


class FileBytesContract:
    """What every store of pieces promises. Fixture: ``store``."""

    def test_a_piece_comes_back(self, store: FileBytes) -> None:
        """What was put is there under its address; put again nothing changes."""
        store.put("ab" * 32, b"one")
        store.put("ab" * 32, b"one")
        assert store.get("ab" * 32) == b"one"
        assert list(store.addresses()) == ["ab" * 32]

    def test_addresses_come_in_order(self, store: FileBytes) -> None:
        """All of them, or those stored before a moment."""
        for sign in ("c", "a", "b"):
            store.put(sign * 64, sign.encode())
        assert list(store.addresses()) == [sign * 64 for sign in "abc"]
        assert list(store.addresses(before=LONG_AFTER)) == [sign * 64 for sign in "abc"]
        assert list(store.addresses(before=LONG_AGO)) == []

    def test_what_is_not_there(self, store: FileBytes) -> None:
        """An address without a piece is refused, whatever it looks like; removal is no fault."""
        for address in ("ab" * 32, "", "../secret", "ab/../cd"):
            with refuses(BytesAbsent):
                store.get(address)
        store.remove("ab" * 32)

    def test_removed_is_gone(self, store: FileBytes) -> None:
        """A removed piece is not there; others are."""
        store.put("ab" * 32, b"one")
        store.put("cd" * 32, b"two")
        store.remove("ab" * 32)
        assert list(store.addresses()) == ["cd" * 32]
        with refuses(BytesAbsent):
            store.get("ab" * 32)


@define
class MovingClock(Clock):
    """A clock that tests move."""

    at: datetime = MOMENT

    def now(self) -> datetime:
        """Give the moment that was set."""
        return self.at


@frozen(kw_only=True)
class AttachProof:
    """Files for a thing."""

    thing: str
    files: tuple[str, ...]


@use_case("files.test_attach", "挂接")
def attach_proof(work: Work, cmd: AttachProof) -> list[str]:
    """Hang files on a thing of the contract."""
    return [one.id for one in attach(work, SLOT, cmd.thing, cmd.files)]


@use_case("files.test_detach", "取下")
def detach_proof(work: Work, cmd: AttachProof) -> None:
    """Take them off."""
    detach(work, SLOT, cmd.thing, cmd.files)


class ParcelFiles(Visible):
    """Answers for parcels: a parcel named ``u-1/…`` is seen by ``u-1``."""

    kind = "parcel"

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Let its own user see it."""
        del slot
        if not thing.startswith(f"{work.actor.user}-"):
            raise work.foreign(self.kind, thing)


class ParcelKinds(VisibleKinds):
    """Knows of parcels."""

    def of(self, kind: str) -> Visible | None:
        """Give who answers."""
        return ParcelFiles() if kind == ParcelFiles.kind else None


@frozen(kw_only=True)
class FileRoom:
    """What the contract works with; ``transactions`` serve ``VisibleKinds`` by ``ParcelKinds``."""

    transactions: Transactions
    staging: Staging
    clock: MovingClock

    @property
    def commands(self) -> Commands:
        """The frame."""
        return Commands(self.transactions, self.clock, self.staging.ids)

    @property
    def sweep(self) -> Sweep:
        """The sweep."""
        return Sweep(transactions=self.transactions, store=self.staging.store, clock=self.clock)

    def send(self, actor: Actor, content: bytes = SHORT, name: str = "笔录.txt") -> str:
        """Send a file whole and finish it; give its id."""
        file = self.begin(actor, content, name)
        for number in range(-(-len(content) // PIECE_BYTES)):
            self.staging.put(actor, file, number, piece_of(content, number))
        self.staging.finish(actor, file)
        return file

    def begin(self, actor: Actor, content: bytes = TEXT, name: str = "笔录.txt") -> str:
        """Begin to send a file; give its id."""
        asked = StartFile(name=name, size=len(content), sm3=sm3(content).hex())
        return self.staging.start(actor, asked).id

    def fetched(self, actor: Actor, file: str, thing: str, kind: str = "parcel") -> bytes:
        """Fetch a file, whole."""
        about = FetchFile(kind=kind, thing_id=thing, file_id=file)
        found: FileView = self.commands.ask(fetch_file, about, actor=actor)
        return b"".join(self.staging.sealed.chunks(found.id, found.form.value, found.part))

    def refused(self, actor: Actor, file: str, thing: str, kind: str) -> tuple[Violation, ...]:
        """Give why a file is not fetched."""
        try:
            self.fetched(actor, file, thing, kind)
        except NotFound as refused:
            return refused.reasons
        return ()


def piece_of(content: bytes, number: int) -> bytes:
    """Give one piece of a file."""
    return content[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]


def user(name: str) -> Actor:
    """Give a user who may do everything here."""
    scope = DataScope(region=NOWHERE)
    return Actor(user=name, department="d-1", scope=scope, permissions=frozenset({"files.*"}))


ONE, OTHER = user("u-1"), user("u-2")


class StagingContract:
    """What is promised of files from the first piece to the sweep. Fixture: ``room``."""

    def test_a_file_goes_its_whole_way(self, room: FileRoom) -> None:
        """Sent in pieces of any order, attached by a command, fetched byte for byte."""
        file = room.begin(ONE)
        for number in (2, 0, 1):
            room.staging.put(ONE, file, number, piece_of(TEXT, number))
        assert room.staging.view(ONE, file).received == (0, 1, 2)
        assert room.staging.finish(ONE, file).media is MediaType.TXT
        command = AttachProof(thing="u-1-a", files=(file,))
        assert room.commands.run(attach_proof, command, actor=ONE) == [file]
        assert room.fetched(ONE, file, "u-1-a") == TEXT

    def test_nothing_lies_in_clear(self, room: FileRoom) -> None:
        """What is stored holds no piece of the text, and is addressed by what is stored."""
        room.send(ONE)
        stored = [(one, room.staging.store.get(one)) for one in room.staging.store.addresses()]
        assert stored
        assert all(one == sm3(piece).hex() for one, piece in stored)
        assert not any("现场查看".encode() in piece for _, piece in stored)

    def test_equal_files_share_nothing(self, room: FileRoom) -> None:
        """The same bytes sent twice lie at other addresses: nothing tells that they are equal."""
        room.send(ONE)
        before = set(room.staging.store.addresses())
        room.send(OTHER)
        assert len(set(room.staging.store.addresses()) - before) == len(before)

    def test_a_break_is_gone_on_from(self, room: FileRoom) -> None:
        """Who asks how far a file has come, learns what is missing; a piece may come again."""
        file = room.begin(ONE)
        room.staging.put(ONE, file, 1, piece_of(TEXT, 1))
        with refuses(FileRefused):
            room.staging.finish(ONE, file)
        assert room.staging.view(ONE, file).received == (1,)
        for number in (0, 1, 2):
            room.staging.put(ONE, file, number, piece_of(TEXT, number))
        first = room.staging.finish(ONE, file)
        assert room.staging.finish(ONE, file) == first

    def test_other_bytes_than_stated_are_refused(self, room: FileRoom) -> None:
        """They are gone at once, bytes and all; but they count for the quota of the day."""
        room = evolve(room, staging=evolve(room.staging, quota=Quota(files=1)))
        file = room.begin(ONE, SHORT)
        room.staging.put(ONE, file, 0, bytes(len(SHORT)))
        with refuses(FileRefused):
            room.staging.finish(ONE, file)
        with refuses(NotFound):
            room.staging.finish(ONE, file)
        assert list(room.staging.store.addresses()) == []
        with refuses(QuotaSpent):
            room.begin(ONE, SHORT)

    def test_a_piece_sent_again_takes_no_more_room(self, room: FileRoom) -> None:
        """The one before is gone, so that nobody fills the store within a quota."""
        file = room.begin(ONE, SHORT)
        for _ in range(5):
            room.staging.put(ONE, file, 0, SHORT)
        assert len(list(room.staging.store.addresses())) == 1
        assert room.staging.finish(ONE, file).finished

    def test_pieces_have_their_size(self, room: FileRoom) -> None:
        """Neither more nor less, nor one that there is not."""
        file = room.begin(ONE)
        for number, piece in ((0, b"short"), (3, b""), (-1, piece_of(TEXT, 0))):
            with refuses(FileRefused):
                room.staging.put(ONE, file, number, piece)
        assert list(room.staging.store.addresses()) == []

    def test_nobody_else_learns_of_it(self, room: FileRoom) -> None:
        """Another's staged file is as one that never was: for looks, pieces and commands."""
        file = room.send(ONE)
        with refuses(NotFound):
            room.staging.view(OTHER, file)
        with refuses(NotFound):
            room.staging.put(OTHER, file, 0, piece_of(TEXT, 0))
        with refuses(NotFound):
            room.staging.finish(OTHER, file)
        for name in (file, "never-was", sm3(SHORT).hex()):
            command = AttachProof(thing="u-2-a", files=(name,))
            reasons = refusal(room, OTHER, command)
            assert reasons == ["files.unknown"]

    def test_it_is_kept_for_a_day(self, room: FileRoom) -> None:
        """After that it is neither seen nor attached, and the sweep forgets it."""
        file = room.send(ONE)
        room.clock.at += STAGED_FOR
        with refuses(NotFound):
            room.staging.view(ONE, file)
        assert refusal(room, ONE, AttachProof(thing="u-1-a", files=(file,))) == ["files.unknown"]
        room.clock.at += timedelta(seconds=1)
        assert room.sweep.run().staged == 1
        assert room.sweep.run().staged == 0

    def test_a_day_has_its_quota(self, room: FileRoom) -> None:
        """Files and bytes of one user are bounded together, whatever became of them."""
        tight = evolve(room.staging, quota=Quota(bytes=2 * len(TEXT), files=3))
        asked = StartFile(name="a.txt", size=len(TEXT), sm3="ab" * 32)
        tight.start(ONE, asked)
        tight.start(ONE, asked)
        with refuses(QuotaSpent):
            tight.start(ONE, asked)
        tight.start(OTHER, asked)
        room.clock.at += STAGED_FOR
        tight.start(ONE, asked)

    def test_repeated_commands_attach_once(self, room: FileRoom) -> None:
        """After a lost reply the same command is done again without a change, key or none."""
        file = room.send(ONE)
        command = AttachProof(thing="u-1-a", files=(file,))
        for _ in range(2):
            assert room.commands.run(attach_proof, command, actor=ONE) == [file]
        with room.transactions.begin_reading() as unit:
            assert [one.version for one in unit[Attachments].of("parcel", "u-1-a")] == [1]

    def test_a_file_hangs_on_one_thing(self, room: FileRoom) -> None:
        """Nobody attaches what hangs elsewhere, not even its owner; nor twice, nor too many."""
        file = room.send(ONE)
        room.commands.run(attach_proof, AttachProof(thing="u-1-a", files=(file,)), actor=ONE)
        assert refusal(room, ONE, AttachProof(thing="u-1-b", files=(file,))) == ["files.unknown"]
        more = room.send(ONE)
        twice = AttachProof(thing="u-1-a", files=(more, more))
        assert refusal(room, ONE, twice) == ["files.twice"]
        many = AttachProof(thing="u-1-a", files=tuple(room.send(ONE) for _ in range(3)))
        assert refusal(room, ONE, many) == ["files.too_many"]

    def test_an_unfinished_file_hangs_nowhere(self, room: FileRoom) -> None:
        """Only what was judged is attached."""
        command = AttachProof(thing="u-1-a", files=(room.begin(ONE),))
        assert refusal(room, ONE, command) == ["files.unfinished"]

    def test_it_is_seen_through_its_thing_alone(self, room: FileRoom) -> None:
        """Wrong kind, thing, file, form, person: one answer, which is that of what never was."""
        file, free = room.send(ONE), room.send(ONE)
        room.commands.run(attach_proof, AttachProof(thing="u-1-a", files=(file,)), actor=ONE)
        digest = sm3(SHORT).hex()
        asked = [
            (ONE, file, "u-1-b", "parcel"),
            (ONE, file, "u-1-a", "visit"),
            (ONE, free, "u-1-a", "parcel"),
            (ONE, digest, "u-1-a", "parcel"),
            (ONE, "never-was", "u-1-a", "parcel"),
            (OTHER, file, "u-1-a", "parcel"),
            (OTHER, file, "u-2-a", "parcel"),
        ]
        for actor, one, thing, kind in asked:
            assert room.refused(actor, one, thing, kind) == NotFound("file", one).reasons
        address = next(iter(room.staging.store.addresses()))
        with refuses(NotFound):
            room.fetched(ONE, address, "u-1-a")

    def test_a_detached_file_is_gone_for_everybody(self, room: FileRoom) -> None:
        """It is not seen any more, and does not come back."""
        file = room.send(ONE)
        command = AttachProof(thing="u-1-a", files=(file,))
        room.commands.run(attach_proof, command, actor=ONE)
        room.commands.run(detach_proof, command, actor=ONE)
        with refuses(NotFound):
            room.fetched(ONE, file, "u-1-a")
        assert refusal(room, ONE, command) == ["files.unknown"]

    def test_what_is_named_stays(self, room: FileRoom) -> None:
        """A sweep long after leaves what hangs, and takes what never hung and what was taken off.

        What was taken off keeps its bytes for the grace.
        """
        kept, loose, off = room.send(ONE), room.send(ONE), room.send(ONE)
        del loose
        room.commands.run(attach_proof, AttachProof(thing="u-1-a", files=(kept, off)), actor=ONE)
        room.clock.at = LONG_AFTER
        command = AttachProof(thing="u-1-a", files=(off,))
        room.commands.run(detach_proof, command, actor=ONE)
        assert room.sweep.run().pieces == 1
        room.clock.at += GRACE + timedelta(seconds=1)
        assert room.sweep.run().pieces == 1
        assert room.sweep.run().pieces == 0
        assert room.fetched(ONE, kept, "u-1-a") == SHORT

    def test_what_is_alike_is_found_by_its_content(self, room: FileRoom) -> None:
        """What hangs on things of the kind with a digest; nothing of others, or that is gone."""
        hung = [room.send(ONE) for _ in range(3)]
        those = [AttachProof(thing=f"u-1-{file}", files=(file,)) for file in hung]
        for each in those:
            room.commands.run(attach_proof, each, actor=ONE)
        room.commands.run(detach_proof, those[2], actor=ONE)
        with room.transactions.begin_reading() as unit:
            digest = unit[Attachments].get(hung[0]).content.sm3
            found = unit[Attachments].alike(SLOT.kind, [digest])
            assert sorted(one.id for one in found) == sorted(hung[:2])
            assert not unit[Attachments].alike("elsewhere", [digest])
            assert not unit[Attachments].alike(SLOT.kind, ["00" * 32])

    def test_young_bytes_stay(self, room: FileRoom) -> None:
        """Bytes that nothing names yet are left for the grace: their row may be on its way."""
        room.staging.sealed.put("somebody", "whole", 0, b"piece")
        room.clock.at = LONG_AGO
        assert room.sweep.run().pieces == 0
        room.clock.at = LONG_AFTER
        assert room.sweep.run().pieces == 1

    def test_a_piece_put_elsewhere_does_not_open(self, room: FileRoom) -> None:
        """Pieces are bound to their file, form and place: exchanged ones are tampered with."""
        sealed = room.staging.sealed
        address = sealed.put("file-1", "whole", 0, b"piece")
        assert sealed.get("file-1", "whole", 0, address) == b"piece"
        places = (("file-2", "whole", 0), ("file-1", "thumbnail", 0), ("file-1", "whole", 1))
        for file, form, number in places:
            with refuses(Tampered):
                sealed.get(file, form, number, address)


def refusal(room: FileRoom, actor: Actor, command: AttachProof) -> list[str]:
    """Give why files are not attached."""
    try:
        room.commands.run(attach_proof, command, actor=actor)
    except AttachmentsRefused as refused:
        return [one.code for one in refused.reasons]
    return []
