"""What files want from the outside: bytes by address, rows, and whoever judges what bytes are."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.files.model import Attachment, MediaType, StagedFile, Taken
from supervision_core.identity.services import Work
from supervision_core.kernel.errors import Unavailable
from supervision_core.kernel.ports import Repository


@define(eq=False)
class BytesAbsent(Unavailable):
    """The store of files has not what a row says is there."""

    code: ClassVar[str] = "files.bytes_absent"


class FileBytes(ABC):
    """Keeps enciphered pieces, each by its address: the SM3 (hex) of the piece as it is stored.

    An address never stands for other bytes, so that a piece is written once and never changed.
    """

    @abstractmethod
    def put(self, address: str, piece: bytes) -> None:
        """Store durably: whole under its address or not at all; what is there already stays."""

    @abstractmethod
    def get(self, address: str) -> bytes:
        """Give a piece. Raises ``BytesAbsent``."""

    @abstractmethod
    def addresses(self, *, before: datetime | None = None) -> Iterator[str]:
        """Give the address of every piece in order, or of those stored before a moment."""

    @abstractmethod
    def remove(self, address: str) -> None:
        """Remove a piece; nothing where there is none."""


class StagedFiles(Repository[StagedFile]):
    """Holds staged files and the addresses of their pieces."""

    kind = "staged_file"
    logged = False

    @abstractmethod
    def used(self, owner: str, *, since: datetime) -> tuple[int, int]:
        """Count the files that ``owner`` has begun since then, and their bytes as stated."""

    @abstractmethod
    def add_piece(self, file: str, number: int, address: str) -> str | None:
        """Note where a piece lies; give where the one lay that it replaces. Raises ``Conflict``."""

    @abstractmethod
    def pieces(self, file: str) -> Mapping[int, str]:
        """Give the addresses of the pieces that are there, by number."""

    @abstractmethod
    def drop_pieces(self, file: str) -> None:
        """Forget where the pieces lie."""

    @abstractmethod
    def begun_before(self, moment: datetime, *, limit: int) -> Sequence[str]:
        """Give the ids of the oldest begun before then."""

    @abstractmethod
    def forget(self, files: Sequence[str]) -> None:
        """Remove staged files with the addresses of their pieces."""

    @abstractmethod
    def named(self, addresses: Iterable[str]) -> frozenset[str]:
        """Give those of ``addresses`` that a staged file has, in pieces or in its content."""


class Attachments(Repository[Attachment]):
    """Holds attachments; one that was detached stays as a row."""

    kind = "attachment"

    @abstractmethod
    def of(self, kind: str, thing: str) -> Sequence[Attachment]:
        """Give what hangs on a thing, in the order of the ids."""

    @abstractmethod
    def alike(self, kind: str, digests: Iterable[str]) -> Sequence[Attachment]:
        """Give what hangs on things of a kind with one of these contents (SM3, hex), by id."""

    @abstractmethod
    def named(self, addresses: Iterable[str], *, gone_after: datetime) -> frozenset[str]:
        """Give those of ``addresses`` that an attachment has which hangs, or did until then."""


class Readable(ABC):
    """Bytes that are read piece by piece; ``size`` is how many there are."""

    size: int

    @abstractmethod
    def read(self, at: int, length: int) -> bytes:
        """Give ``length`` bytes from ``at`` on, fewer at the end."""


class MediaJudge(ABC):
    """Judges by the content of a file what it is."""

    @abstractmethod
    def judge(self, content: Readable) -> MediaType:
        """Give the kind. Raises ``FileRefused`` for none, for what hides another, or swells."""


@frozen(kw_only=True)
class Picture:
    """A picture that was decoded whole: its pixels, a small one of it, what it says of itself.

    ``stripped`` is the picture encoded anew without anything else, where that was asked for.
    """

    width: int
    height: int
    thumbnail: bytes = field(repr=False)
    taken: Taken | None = None
    stripped: bytes = field(default=b"", repr=False)


class PictureReader(ABC):
    """Decodes pictures apart from this process, within limits of memory and time."""

    thumbnail_type: MediaType

    @abstractmethod
    def read(self, content: bytes, media: MediaType, *, strip: bool) -> Picture:
        """Decode it. Raises ``FileRefused`` for what cannot be, or has too many pixels."""


@frozen(kw_only=True)
class Preview:
    """What a look at a document shows: one of its ``pages`` as PNG, or what it says as text."""

    pages: int = 0
    text: str = field(default="", repr=False)
    picture: bytes = field(default=b"", repr=False)


class Previews(ABC):
    """Shows documents apart from this process, within limits of memory and time."""

    @abstractmethod
    def shows(self, media: MediaType) -> bool:
        """Tell whether files of that kind can be looked at."""

    @abstractmethod
    def look(self, content: bytes, media: MediaType, page: int) -> Preview:
        """Show a page, from 1, or the text. Raises ``FileRefused`` for what is damaged."""


class Scanner(ABC):
    """Looks for harmful software; ``name`` is empty for one that does not look."""

    name: str

    @abstractmethod
    def scan(self, content: Readable) -> None:
        """Raise ``FileRefused`` for what is harmful, ``Unavailable`` where it cannot tell."""


class Visible(ABC):
    """What the context that owns a kind of things answers about the files that hang on them."""

    kind: ClassVar[str]

    @abstractmethod
    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that who acts may see the files in ``slot``. Raises ``NotFound`` otherwise."""


class VisibleKinds(ABC):
    """Knows who answers for each kind of things; put together when the container is built."""

    @abstractmethod
    def of(self, kind: str) -> Visible | None:
        """Give who answers for a kind, if anybody does."""
