"""A file on its way in: begun, piece by piece, whole, and gone after a day."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import ClassVar, Final, Self

from attrs import define, field, frozen, setters

from supervision_core.files.model.content import StoredContent
from supervision_core.files.model.media import LIMITS, MEBIBYTE, name_violations, type_of_name
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate

PIECE_BYTES: Final = MEBIBYTE
"""Every piece but the last is so large: a slow phone sends it within the time a body has."""
STAGED_FOR: Final = timedelta(hours=24)
"""Who has not attached a file by then begins anew."""
_SM3 = re.compile("[0-9a-f]{64}")
_MOST_NAMED: Final = 20


@define(eq=False)
class FileRefused(Refused):
    """The file is not one that is taken, or not yet whole."""

    code: ClassVar[str] = "files.file_refused"


@define(eq=False)
class QuotaSpent(Refused):
    """The user has sent as much within a day as one user may."""

    code: ClassVar[str] = "files.quota_spent"


@frozen(kw_only=True)
class Quota:
    """上传限额 (Quota): how much one user may begin to send within ``STAGED_FOR``."""

    bytes: int = 2048 * MEBIBYTE
    files: int = 1000

    def require(self, *, files: int, bytes: int) -> None:
        """Demand that so much is within it. Raises ``QuotaSpent``."""
        if files > self.files or bytes > self.bytes:
            data = {"files": self.files, "mebibytes": self.bytes // MEBIBYTE}
            raise QuotaSpent((Violation(QuotaSpent.code, data=data),))


@define(eq=False, kw_only=True)
class StagedFile(Aggregate):
    """暂存文件 (StagedFile): a file that its ``owner`` sends in pieces, kept for ``STAGED_FOR``.

    ``size`` in bytes and ``sm3`` (hex) are what the sender states; ``public`` asks for everything
    but the picture itself to be taken out of it. Nobody but its owner ever learns of it. One that
    was refused is there for nobody, and still counts for the quota.
    """

    owner: str = field(on_setattr=setters.frozen)
    name: str = field(on_setattr=setters.frozen)
    size: int = field(on_setattr=setters.frozen)
    sm3: str = field(on_setattr=setters.frozen)
    public: bool = field(on_setattr=setters.frozen)
    begun_at: datetime = field(on_setattr=setters.frozen)
    _content: StoredContent | None = None
    _refused: bool = False

    @classmethod
    def begin(  # noqa: PLR0913 - what the sender states
        cls, *, id: str, owner: str, name: str, size: int, sm3: str, public: bool, at: datetime
    ) -> Self:
        """Begin to take a file. Raises ``FileRefused``, with every reason."""
        refuse_if(FileRefused, _stated_violations(name, size, sm3))
        return cls(id=id, owner=owner, name=name, size=size, sm3=sm3, public=public, begun_at=at)

    @property
    def until(self) -> datetime:
        """When it is gone."""
        return self.begun_at + STAGED_FOR

    @property
    def content(self) -> StoredContent | None:
        """What it holds, once it is whole and judged."""
        return self._content

    @property
    def count(self) -> int:
        """How many pieces it has."""
        return -(-self.size // PIECE_BYTES)

    def is_for(self, user: str, *, at: datetime) -> bool:
        """Tell whether it is there for ``user``: nobody else's, not refused, and not over."""
        return self.owner == user and at < self.until and not self._refused

    def require_piece(self, number: int, size: int) -> None:
        """Demand that a piece (from 0) is one of this file. Raises ``FileRefused``."""
        refuse_if(FileRefused, self._piece_violations(number, size))

    def _piece_violations(self, number: int, size: int) -> Iterator[Violation]:
        if self._content is not None:
            yield Violation("files.finished", "number")
        if not 0 <= number < self.count:
            yield Violation("files.piece_unknown", "number", {"pieces": self.count})
            return
        wanted = min(PIECE_BYTES, self.size - number * PIECE_BYTES)
        if size != wanted:
            yield Violation("files.piece_size", "number", {"bytes": wanted})

    def require_pieces(self, numbers: Collection[int]) -> None:
        """Demand that every piece is there. Raises ``FileRefused``, naming the first missing."""
        missing = [number for number in range(self.count) if number not in numbers]
        if missing:
            named = "、".join(map(str, missing[:_MOST_NAMED]))
            raise FileRefused(
                (Violation("files.pieces_missing", data={"count": len(missing), "pieces": named}),)
            )

    def refuse(self) -> None:
        """Note that it was judged and refused: it is not judged again."""
        self._refused = True

    def finish(self, content: StoredContent) -> None:
        """Take what was judged of the whole file. Raises ``FileRefused`` for other bytes."""
        if self._content is not None:
            raise FileRefused((Violation("files.finished"),))
        self._content = content


def _stated_violations(name: str, size: int, sm3: str) -> Iterator[Violation]:
    yield from name_violations(name)
    if size < 1:
        yield Violation("files.empty", "size")
    kind = type_of_name(name)
    if kind is not None and size > LIMITS[kind]:
        yield Violation("files.too_large", "size", {"mebibytes": LIMITS[kind] // MEBIBYTE})
    if not _SM3.fullmatch(sm3):
        yield Violation("files.digest_form", "sm3")
