"""Taking bytes in, piece by piece, outside of the frame of commands: session, quota, no audit."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from attrs import field, frozen

from supervision_core.files.model import (
    PICTURES,
    PIECE_BYTES,
    STAGED_FOR,
    FileForm,
    FileRefused,
    MediaType,
    Quota,
    StagedFile,
    StoredContent,
    StoredPart,
    type_of_name,
)
from supervision_core.files.ports import (
    FileBytes,
    MediaJudge,
    Picture,
    PictureReader,
    Readable,
    Scanner,
    StagedFiles,
)
from supervision_core.files.sealing import SealedBytes, SealedContent
from supervision_core.identity.model import Actor
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import KeyStore
from supervision_core.kernel.errors import Conflict, NotFound, Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.ports import Clock, Ids, Randomness, Transactions, UnitOfWork

_WHOLE = FileForm.WHOLE.value


@frozen(kw_only=True)
class StartFile:
    """What the sender states of a file: its name, ``size`` in bytes, and ``sm3`` (hex) over it.

    ``public`` takes everything but the picture itself out of it: for what the public is shown.
    """

    name: str = field(metadata=said("文件名", example="现场照片.jpg"))
    size: int = field(metadata=said("文件大小，字节", example=204800))
    sm3: str = field(metadata=said("全部内容的SM3，小写十六进制"))
    public: bool = field(default=False, metadata=said("是否公开", hint="公开的去除拍摄信息"))


@frozen(kw_only=True)
class StagedView:
    """A staged file as its owner sees it; ``media`` and ``sm3`` are the judged ones when whole.

    ``pieces`` pieces of ``piece_size`` bytes make it (the last one fewer), numbered from 0;
    ``received`` are those that are there.
    """

    id: str = field(metadata=said("文件编号"))
    name: str = field(metadata=said("文件名", example="现场照片.jpg"))
    size: int = field(metadata=said("文件大小，字节", example=204800))
    sm3: str = field(metadata=said("全部内容的SM3"))
    piece_size: int = field(metadata=said("每块的字节数，最后一块是余下的", example=1048576))
    pieces: int = field(metadata=said("块数", example=3))
    received: tuple[int, ...] = field(metadata=said("已收到的块号"))
    until: datetime = field(metadata=said("未挂接则保留到何时"))
    finished: bool = field(metadata=said("是否已收齐并核对", example=True))
    media: MediaType | None = field(
        default=None, metadata=said("按内容判定的文件类型", example="image/jpeg")
    )


@frozen(kw_only=True)
class Staging:
    """文件上传 (Staging): takes files in for whoever is logged in, and keeps them for a day.

    Nothing that is sent here is seen by anybody, and nothing is told of what others sent: a digest
    opens nothing and finds nothing. Pieces may be sent again, in any order, after any break.
    """

    transactions: Transactions
    clock: Clock
    ids: Ids
    randomness: Randomness
    keys: KeyStore
    store: FileBytes
    judge: MediaJudge
    pictures: PictureReader
    scanner: Scanner
    quota: Quota = field(factory=Quota)

    @property
    def sealed(self) -> SealedBytes:
        """What enciphers and opens pieces."""
        return SealedBytes(self.store, self.keys, self.randomness)

    def start(self, actor: Actor, asked: StartFile) -> StagedView:
        """Begin a file. Raises ``FileRefused`` with every reason, ``QuotaSpent``."""
        now = self.clock.now()
        staged = StagedFile.begin(
            id=self.ids.next_id(),
            owner=actor.user,
            name=asked.name,
            size=asked.size,
            sm3=asked.sm3,
            public=asked.public,
            at=now,
        )
        with self.transactions.begin() as unit:
            files, size = unit[StagedFiles].used(actor.user, since=now - STAGED_FOR)
            self.quota.require(files=files + 1, bytes=size + asked.size)
            unit[StagedFiles].save(staged)
            unit.commit()
        return _view(staged, ())

    def view(self, actor: Actor, file: str) -> StagedView:
        """Say how far a file has come: what to send after a break. Raises ``NotFound``."""
        with self.transactions.begin_reading() as unit:
            return _view(self._owned(unit, actor, file), unit[StagedFiles].pieces(file))

    def put(self, actor: Actor, file: str, number: int, piece: bytes) -> StagedView:
        """Take a piece; one sent again takes the place of the other.

        Durable once this returns. Raises ``NotFound``, ``FileRefused``.
        """
        with self.transactions.begin_reading() as unit:
            staged = self._owned(unit, actor, file)
        staged.require_piece(number, len(piece))
        address = self.sealed.put(file, _WHOLE, number, piece)
        with self.transactions.begin() as unit:
            staged = self._owned(unit, actor, file)
            staged.require_piece(number, len(piece))
            before = unit[StagedFiles].add_piece(file, number, address)
            received = unit[StagedFiles].pieces(file)
            if before is not None:
                unit[StagedFiles].save(staged)  # whoever finishes it meanwhile starts anew
            unit.commit()
        if before is not None:
            self.store.remove(before)  # sent again and again it takes no more room
        return _view(staged, received)

    def finish(self, actor: Actor, file: str) -> StagedView:
        """Judge a file that is whole; once done it answers alike.

        What is refused, for its digest too, is gone at once; only missing pieces can be mended.
        Raises ``NotFound``, ``FileRefused``, and ``Unavailable`` where the
        scanner does not answer.
        """
        with self.transactions.begin_reading() as unit:
            staged = self._owned(unit, actor, file)
            pieces = dict(unit[StagedFiles].pieces(file))
        if staged.content is not None:
            return _view(staged, pieces)
        staged.require_pieces(pieces)
        addresses = tuple(pieces[number] for number in range(staged.count))
        content = SealedContent(self.sealed, file, _WHOLE, addresses, staged.size)
        with self._gone_if_refused(file):
            if _digest(content) != staged.sm3:
                raise FileRefused((Violation("files.digest_differs", "sm3"),))
            judged = self._judged(staged, content, addresses)
        with self.transactions.begin() as unit:
            found = self._owned(unit, actor, file)
            if found.content is None:
                if found.version != staged.version:
                    raise Conflict(StagedFiles.kind, file)
                found.finish(judged)
                if staged.public:
                    unit[StagedFiles].drop_pieces(file)
                unit[StagedFiles].save(found)
                unit.commit()
        if staged.public:  # what it was before it was stripped is kept nowhere
            for address in addresses:
                self.store.remove(address)
        return _view(found, pieces)

    def _judged(
        self, staged: StagedFile, content: Readable, addresses: Sequence[str]
    ) -> StoredContent:
        media = self.judge.judge(content)
        if media is not type_of_name(staged.name):
            raise FileRefused((Violation("files.type_differs", "name", {"media": media.value}),))
        self.scanner.scan(content)
        picture = self._picture(staged, content, media)
        digest, size, pieces = staged.sm3, staged.size, tuple(addresses)
        if picture is not None and staged.public:
            digest, size = sm3(picture.stripped).hex(), len(picture.stripped)
            pieces = self.sealed.put_whole(staged.id, _WHOLE, picture.stripped)
        return StoredContent(
            sm3=digest,
            whole=StoredPart(media=media, size=size, pieces=pieces),
            judged_at=self.clock.now(),
            thumbnail=self._thumbnail(staged.id, picture),
            width=picture.width if picture else 0,
            height=picture.height if picture else 0,
            taken=picture.taken if picture and not staged.public else None,
            scanned_by=self.scanner.name,
            stripped=staged.public,
        )

    def _picture(self, staged: StagedFile, content: Readable, media: MediaType) -> Picture | None:
        if media in PICTURES:
            whole = content.read(0, content.size)
            return self.pictures.read(whole, media, strip=staged.public)
        if staged.public:
            raise FileRefused((Violation("files.not_strippable", "public"),))
        return None

    def _thumbnail(self, file: str, picture: Picture | None) -> StoredPart | None:
        if picture is None:
            return None
        pieces = self.sealed.put_whole(file, FileForm.THUMBNAIL.value, picture.thumbnail)
        kind = self.pictures.thumbnail_type
        return StoredPart(media=kind, size=len(picture.thumbnail), pieces=pieces)

    @contextmanager
    def _gone_if_refused(self, file: str) -> Iterator[None]:
        """Let a refused file be gone: it is not judged again and again, and takes no room.

        Its row stays for the day: it counts for the quota.
        """
        try:
            yield
        except FileRefused:
            with self.transactions.begin() as unit:
                staged = unit[StagedFiles].get(file)
                pieces = unit[StagedFiles].pieces(file)
                staged.refuse()
                unit[StagedFiles].drop_pieces(file)
                unit[StagedFiles].save(staged)
                unit.commit()
            for address in pieces.values():
                self.store.remove(address)
            raise

    def _owned(self, unit: UnitOfWork, actor: Actor, file: str) -> StagedFile:
        """Give a staged file of the actor's own that is not over. Raises ``NotFound``."""
        staged = unit[StagedFiles].get(file)
        if not staged.is_for(actor.user, at=self.clock.now()):
            raise NotFound(StagedFiles.kind, file)
        return staged


def _view(staged: StagedFile, received: Iterable[int]) -> StagedView:
    content = staged.content
    return StagedView(
        id=staged.id,
        name=staged.name,
        size=content.whole.size if content else staged.size,
        sm3=content.sm3 if content else staged.sm3,
        piece_size=PIECE_BYTES,
        pieces=staged.count,
        received=tuple(range(staged.count) if content else sorted(received)),
        until=staged.until,
        finished=content is not None,
        media=content.whole.media if content else None,
    )


def _digest(content: Readable) -> str:
    hashing = hashlib.new("sm3")
    for at in range(0, content.size, PIECE_BYTES):
        hashing.update(content.read(at, PIECE_BYTES))
    return hashing.hexdigest()
