"""What a file is by its content: signature and structure, and nothing of another kind inside."""

import codecs
import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from adapters.media.packed import judge_package
from adapters.media.refusals import refused
from supervision_core.files.model import MediaType
from supervision_core.files.ports import MediaJudge, Readable

_HEAD: Final = 4096
_TAIL: Final = 65_557
"""An end record of a ZIP archive with the longest comment there is (APPNOTE 4.3.16)."""
_PDF_HEAD: Final = 1024
"""Within so many bytes readers look for the start of a PDF."""
_END_OF_ZIP: Final = b"PK\x05\x06"
_MARKUP: Final = re.compile(rb"<(?:!doctype|html|script|svg|iframe|\?php|\?xml)", re.IGNORECASE)
_PROGRAM: Final = (b"#!", b"MZ", b"\x7fELF", b"{\\rtf", b"%!PS")
_BRANDS: Final = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"3gp4"}
    | {b"3gp5", b"3gp6", b"MSNV", b"dash"}
)
_MOST_BOXES: Final = 10_000
_CHUNK: Final = 1 << 20
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


class ContentJudge(MediaJudge):
    """Judges every kind that is taken; what is none of them is refused."""

    def judge(self, content: Readable) -> MediaType:
        """Give the kind. Raises ``FileRefused``."""
        head = content.read(0, _HEAD)
        kind = _signed(head)
        if kind is None:
            return self._unsigned(content, head)
        if kind is not MediaType.PDF and b"%PDF-" in head[:_PDF_HEAD]:
            raise refused("files.hides_another")
        if kind is MediaType.DOCX:  # any archive: what lies in it tells
            return judge_package(_File(content))
        if _END_OF_ZIP in content.read(max(content.size - _TAIL, 0), _TAIL):
            raise refused("files.hides_another")
        if _MARKUP.search(head[:_PDF_HEAD]):
            raise refused("files.hides_another")
        _STRUCTURES[kind](content)
        return kind

    @staticmethod
    def _unsigned(content: Readable, head: bytes) -> MediaType:
        if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            locked = "EncryptedPackage".encode("utf-16-le") in content.read(0, content.size)
            raise refused("files.locked" if locked else "files.type_unknown")
        if _starts_mp3(head):
            _check_mp3(content)
            if _END_OF_ZIP in content.read(max(content.size - _TAIL, 0), _TAIL):
                raise refused("files.hides_another")
            return MediaType.MP3
        _check_text(content, head)
        return MediaType.TXT


_SIGNS: Final[Mapping[bytes, MediaType]] = {
    b"\x89PNG\r\n\x1a\n": MediaType.PNG,
    b"\xff\xd8\xff": MediaType.JPEG,
    b"%PDF-": MediaType.PDF,
    b"PK\x03\x04": MediaType.DOCX,
}
_RIFFS: Final[Mapping[bytes, MediaType]] = {b"WEBP": MediaType.WEBP, b"WAVE": MediaType.WAV}


def _signed(head: bytes) -> MediaType | None:
    if head[:4] == b"RIFF":
        return _RIFFS.get(head[8:12])
    if head[4:8] == b"ftyp":
        return MediaType.MP4 if head[8:12] in _BRANDS else None
    return next((kind for sign, kind in _SIGNS.items() if head.startswith(sign)), None)


class _File(io.RawIOBase):
    """A readable as a file, for libraries that want one."""

    def __init__(self, content: Readable) -> None:
        self._content, self._at = content, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._content.size}[whence]
        if start + offset < 0:
            raise ValueError(offset)
        self._at = start + offset
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        left = max(self._content.size - self._at, 0)
        found = self._content.read(self._at, left if size is None or size < 0 else min(size, left))
        self._at += len(found)
        return found


def _check_png(content: Readable) -> None:
    """Walk the chunks (ISO/IEC 15948): the file ends with the last of them."""
    at, seen = 8, 0
    while at < content.size and seen < _MOST_BOXES:
        head = content.read(at, 8)
        if len(head) < 8:  # noqa: PLR2004 - length and type
            raise refused("files.damaged")
        at += 12 + int.from_bytes(head[:4])
        seen += 1
        if head[4:] == b"IEND":
            break
    else:
        raise refused("files.damaged")
    _ends_at(at, content)


def _ends_at(at: int, content: Readable) -> None:
    if at > content.size:
        raise refused("files.damaged")
    if at < content.size:
        raise refused("files.hides_another")


def _check_jpeg(content: Readable) -> None:
    """Demand an end; behind it some phones put a second picture, and nothing else may be."""
    whole = content.read(0, content.size)
    end = whole.rfind(b"\xff\xd9")
    if end < 0:
        raise refused("files.damaged")
    tail = whole[end + 2 :]
    if len(tail) > _TAIL or _MARKUP.search(tail) or b"PK\x03\x04" in tail or b"%PDF-" in tail:
        raise refused("files.hides_another")


def _check_riff(content: Readable) -> None:
    """Walk the chunks: the file is as long as its head says."""
    size = struct.unpack("<I", content.read(4, 4))[0] + 8
    if content.size not in {size, size + 1}:
        raise refused("files.damaged" if content.size < size else "files.hides_another")
    at, names = 12, set[bytes]()
    while at + 8 <= size and len(names) < _MOST_BOXES:
        name, length = struct.unpack("<4sI", content.read(at, 8))
        names.add(name)
        at += 8 + length + length % 2
    if at not in {size, size + 1}:
        raise refused("files.damaged")
    if content.read(8, 4) == b"WAVE" and not names >= {b"fmt ", b"data"}:
        raise refused("files.damaged")


def _check_mp4(content: Readable) -> None:
    """Walk the boxes (ISO/IEC 14496-12): they fill the file, and there is something to play."""
    at, names, seen = 0, set[bytes](), 0
    while at < content.size and seen < _MOST_BOXES:
        head = content.read(at, 16)
        if len(head) < 8:  # noqa: PLR2004 - size and type
            raise refused("files.damaged")
        length = int.from_bytes(head[:4])
        if length == 1:
            length = int.from_bytes(head[8:16])
        elif length == 0:
            length = content.size - at
        if length < 8:  # noqa: PLR2004 - its own head
            raise refused("files.damaged")
        names.add(head[4:8])
        at += length
        seen += 1
    if at != content.size or not names >= {b"ftyp", b"moov", b"mdat"}:
        raise refused("files.damaged")


_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|GoToR)\b"
    rb"|/(?:JS|AA)\s*(?:[(<]|\d+\s+\d+\s+R\b)"  # so short, they stand in pictures by chance
)
_PLACE: Final = rb"(?:\[|<<[^>]{0,200}?/S\s*/GoTo\b)"
"""A place in the document itself: what many writers have it opened at."""
_OPENING: Final = re.compile(rb"/OpenAction\s*(?:(" + _PLACE + rb")|(\d+)\s+(\d+)\s+R\b)?")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED: Final = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)


def _check_pdf(content: Readable) -> None:
    """Refuse what runs, reaches out or carries files (ISO 32000), packed objects included."""
    whole = content.read(0, content.size)
    if b"%%EOF" not in whole[-_PDF_HEAD:]:
        raise refused("files.damaged")
    if re.search(rb"/Encrypt\b", whole):
        raise refused("files.locked")
    left = _MOST_PACKED
    for found in _PACKED.finditer(whole):
        for text in _inflated(whole, found.end()):
            left -= len(text)
            if left < 0:
                raise refused("files.swells")
            _check_objects(text, whole)
    _check_objects(whole, whole)


def _check_objects(text: bytes, whole: bytes) -> None:
    """Refuse objects that act, or that have the document act when it is opened."""
    plain = _ESCAPED.sub(lambda one: bytes([int(one[1], 16)]), text)
    if _ACTIVE.search(plain):
        raise refused("files.macros")
    for found in _OPENING.finditer(plain):
        place, number, generation = found.groups()
        if place is None and (number is None or not _is_place(whole, number, generation)):
            raise refused("files.macros")


def _is_place(whole: bytes, number: bytes, generation: bytes) -> bool:
    named = rb"\b" + number + rb"\s+" + generation + rb"\s+obj\s*"
    return re.search(named + _PLACE, whole) is not None


_MOST_PACKED: Final = 64 * 1024 * 1024
_LONGEST_WORD: Final = 64


def _inflated(whole: bytes, at: int) -> Iterator[bytes]:
    """Give packed objects, each chunk led by the end of the one before."""
    opened, packed, held = zlib.decompressobj(), memoryview(whole), b""
    while at < len(whole) and not opened.eof:
        try:
            text = opened.decompress(opened.unconsumed_tail or packed[at : at + _CHUNK], _CHUNK)
        except zlib.error:  # another filter, which no reader runs scripts out of
            return
        if not opened.unconsumed_tail:
            at += _CHUNK
        yield held + text
        held = text[-_LONGEST_WORD:]


_BIT_RATES: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_LOW_BIT_RATES: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_SAMPLE_RATES: Final = (44_100, 48_000, 32_000)
_FRAMES: Final = 3


def _starts_mp3(head: bytes) -> bool:
    return head.startswith(b"ID3") or _frame(head[:4]) > 0


def _frame(head: bytes) -> int:
    """Give the length of the frame of MPEG 1, 2 or 2.5 layer III that begins so, 0 for none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:  # noqa: PLR2004 - sync, layer
        return 0
    version, rate, sample = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or not 0 < rate < len(_BIT_RATES) or sample >= len(_SAMPLE_RATES):
        return 0
    full = version == 3  # noqa: PLR2004 - MPEG 1
    bits = (_BIT_RATES if full else _LOW_BIT_RATES)[rate] * 1000
    samples = _SAMPLE_RATES[sample] >> (0 if full else 1 if version == 2 else 2)  # noqa: PLR2004
    return (144 if full else 72) * bits // samples + (head[2] >> 1 & 1)


def _check_mp3(content: Readable) -> None:
    """Demand a few frames one behind the other, behind the tag if there is one."""
    at = 0
    head = content.read(0, 10)
    if head.startswith(b"ID3"):
        at = 10 + sum((byte & 0x7F) << 7 * (3 - place) for place, byte in enumerate(head[6:10]))
    for _ in range(_FRAMES):
        length = _frame(content.read(at, 4))
        if not length or at + length > content.size:
            raise refused("files.damaged")
        at += length


def _check_text(content: Readable, head: bytes) -> None:
    """Demand text in UTF-8 or GB 18030 that is neither markup nor a program."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(_PROGRAM) or _MARKUP.search(head):
        raise refused("files.type_unknown")
    for encoding in ("utf-8-sig", "gb18030"):
        if _is_text(content, encoding):
            return
    raise refused("files.type_unknown")


def _is_text(content: Readable, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for at in range(0, content.size, _CHUNK):
            last = at + _CHUNK >= content.size
            if _CONTROLS.search(decoder.decode(content.read(at, _CHUNK), last)):
                return False
    except UnicodeDecodeError:
        return False
    return True


_STRUCTURES: Final[Mapping[MediaType, Callable[[Readable], None]]] = {
    MediaType.PNG: _check_png,
    MediaType.JPEG: _check_jpeg,
    MediaType.WEBP: _check_riff,
    MediaType.WAV: _check_riff,
    MediaType.MP4: _check_mp4,
    MediaType.PDF: _check_pdf,
}
