"""Look at a file before any library opens it, so that a hostile one costs nothing."""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, ClassVar

from attrs import define

from adapters.documents.compound import BinaryWorkbook
from supervision_core.kernel.errors import CorruptState, Refused, Violation

MOST_BYTES = 100 * 2**20
MOST_UNPACKED = 1_000 * 2**20
MOST_PARTS = 5_000
MOST_CELLS = 20_000_000
"""Rows times columns of the area a sheet spans: readers hold all of it, empty or not."""
SMALL_UNPACKED = 16 * 2**20
MOST_RATIO = 40
"""A table packs to a tenth; what packs to less than a fortieth repeats one thing."""
SMALL_CELLS = 1_000_000
CELLS_PER_BYTE = 2
SMALL_STRINGS = 100_000
"""What a small file may hold; beyond it, as much as its size lets expect."""

ZIP = b"PK\x03\x04"
_PART = b"PK\x01\x02"
_END = b"PK\x05\x06"
_END_SIZE = 22
"""Of the record that ends an archive; who writes a comment behind it hides something."""
_OUTSIDE = re.compile(r"^[/\\]|[:\0\\]|(?:^|/)\.\.(?:/|$)")
"""Names of parts that lead out of the archive when somebody unpacks it."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = "vbaProject.bin"
_CHUNK = 2**20
_LONGEST_TAG = 2**16
_DEFINITION = re.compile(
    rb"<!(?i:DOCTYPE|ENTITY)"
    rb"|<\0!\0(?i:D\0O\0C\0T\0Y\0P\0E|E\0N\0T\0I\0T\0Y)"
)
"""What lets XML grow or reach out, in UTF-8 and UTF-16; no workbook has it (ISO/IEC 29500-2)."""
# The word boundary is asked for after the letters: a pattern that begins with letters is found
# two to three times as fast.
_COLUMN = re.compile(rb'r="(?<=\br=")([A-Za-z]{1,9})[0-9]')
_ROW = re.compile(rb'r="(?<=\br=")[A-Za-z]*([0-9]{4,})')
_HIGH_ROW = re.compile(rb'r="(?<=\br=")[A-Za-z]*([0-9]{6,})')
_ODD_REFERENCE = re.compile(rb"r(?<=\br)(?:\s+=\s*|=\s*'|=\s+\")\s*['\"]?")
_DECLARED = re.compile(rb"""\buniqueCount\s*=\s*["']\s*([0-9]{1,30})""")
"""For so many strings a reader makes room beforehand, and ends where there is none."""
_ROW_START = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_CELL_START = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_LOW_ROWS = 99_999
_LEAST_ROWS = 999
_ANYTHING = 2**40


@define(eq=False)
class UnreadableFile(Refused):
    """The file holds no table that may be read."""

    code: ClassVar[str] = "documents.file_unreadable"


def refused(code: str, **data: str | int) -> UnreadableFile:
    """Make the refusal with one reason."""
    return UnreadableFile((Violation(code, data=data),))


def kind_of(file: BinaryIO) -> str:
    """Tell whether ``file`` is ``"workbook"`` or ``"csv"``; leave it at its start.

    Raises ``UnreadableFile`` for what is neither, and for what is locked, damaged, too large,
    or would grow too large when unpacked.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise refused("documents.file_empty")
    if size > MOST_BYTES:
        raise refused("documents.file_too_large", limit=MOST_BYTES // 2**20)
    head = file.read(4096)
    file.seek(0)
    if head.startswith(ZIP):
        _check_zip(file)
        file.seek(0)
        return "workbook"
    if head.startswith(_OLE):
        _check_binary(file.read())
        file.seek(0)
        return "workbook"
    _check_text(head)
    return "csv"


def _check_binary(data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refused("documents.file_locked")
    try:
        book = BinaryWorkbook.read(data)
    except (CorruptState, struct.error) as wrong:
        raise refused("documents.file_damaged") from wrong
    if book.locked:
        raise refused("documents.file_locked")
    rows, columns = max(book.areas, key=lambda area: area[0] * area[1], default=(0, 0))
    most = min(MOST_CELLS, SMALL_CELLS + CELLS_PER_BYTE * len(data))
    if sum(high * wide for high, wide in book.areas) > most:
        raise refused("documents.sheet_too_wide", rows=rows, columns=columns)


def _check_text(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise refused("documents.file_is_web_page")
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused("documents.file_not_a_table")


def _check_zip(file: BinaryIO) -> None:
    with _whole_zip(file) as (archive, unpacked):
        names = [part.filename for part in archive.infolist()]
        sheets = [name for name in names if name.startswith("xl/worksheets/")]
        if not sheets or any(name.lower().endswith(".bin") for name in sheets):
            raise refused("documents.file_not_a_table")
        if any(name.endswith(_MACROS) for name in names):
            raise refused("documents.file_hostile")
        size = file.seek(0, 2)
        for part in archive.infolist():
            _check_part(archive, part, size, unpacked)


@contextmanager
def checked_zip(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """Give an archive that unpacks to no more than its size lets expect, whatever its heads say.

    It is the whole file, and no two programs read different things in it: nothing stands before or
    behind it, no part twice, none leads out of it. Raises ``UnreadableFile``, also for what shows
    as damaged inside of the block.
    """
    with _whole_zip(file) as (archive, unpacked):
        for part in archive.infolist():
            for _ in unpacked(unpacked_chunks(archive, part)):
                pass
        yield archive


_Counted = Callable[[Iterator[bytes]], Iterator[bytes]]


@contextmanager
def _whole_zip(file: BinaryIO) -> Iterator[tuple[zipfile.ZipFile, _Counted]]:
    """Give an archive as ``checked_zip`` does, before any part of it was unpacked.

    Beside it stands what lets each part through, once, until all together are too much.
    """
    size = file.seek(0, 2)
    most = left = min(MOST_UNPACKED, SMALL_UNPACKED + MOST_RATIO * size)
    too_much = refused("documents.file_swells", limit=most // 2**20)

    def unpacked(chunks: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal left
        for chunk in chunks:
            left -= len(chunk)
            if left < 0:
                raise too_much
            yield chunk

    if _counted(file, _PART) > MOST_PARTS:
        raise too_much
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise refused("documents.file_locked")
            if _is_ambiguous(file, parts):
                raise refused("documents.file_hides_another")
            if sum(part.file_size for part in parts) > most:
                raise too_much
            yield archive, unpacked
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as wrong:
        raise refused("documents.file_damaged") from wrong


def _is_ambiguous(file: BinaryIO, parts: list[zipfile.ZipInfo]) -> bool:
    """Tell whether programs may read an archive differently, or a part as one outside of it."""
    file.seek(-_END_SIZE, 2)
    ends = file.read(len(_END)) == _END
    begins = min((part.header_offset for part in parts), default=0) == 0
    names = [part.orig_filename for part in parts]
    return (
        not (begins and ends)
        or len({name.lower() for name in names}) < len(names)
        or any(map(_OUTSIDE.search, names))
        or any(stat.S_ISLNK(part.external_attr >> 16) for part in parts)
    )


def _counted(file: BinaryIO, sign: bytes) -> int:
    """Count a sign: a directory of a million parts is not opened to see how many there are."""
    found, tail = 0, b""
    file.seek(0)
    while chunk := file.read(_CHUNK):
        found += (tail + chunk).count(sign)
        tail = chunk[1 - len(sign) :]
    file.seek(0)
    return found


def unpacked_chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a part piece by piece."""
    part.file_size = _ANYTHING  # what is really there is read, not what the head says
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _whole_tags(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Give the text of a part in pieces that end before a tag, so that none is torn."""
    held = b""
    for chunk in chunks:
        text = held + chunk
        cut = max(text.rfind(b"<"), len(text) - _LONGEST_TAG)
        yield text[:cut]
        held = text[cut:]
    yield held


def defines(content: bytes) -> bool:
    """Tell whether XML defines a document type or an entity, wherever in it."""
    return b"!" in content and _DEFINITION.search(content) is not None


def _check_part(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, size: int, unpacked: _Counted
) -> None:
    """Look through a part of any name: a workbook says itself which of its parts are sheets."""
    columns: set[bytes] = set()
    most_strings = SMALL_STRINGS + size
    rows, tagged, unnamed, strings = _LEAST_ROWS, 0, 0, 0
    for piece in _whole_tags(unpacked(unpacked_chunks(archive, part))):
        if defines(piece):
            raise refused("documents.file_hostile")
        if (
            b"uniqueCount" in piece
            and max(map(int, _DECLARED.findall(piece)), default=0) > most_strings
        ):
            raise refused("documents.file_crowded")
        strings += _tags(piece, b"si") + piece.count(b"mergeCell ")
        text = _plain_references(piece)
        found = _COLUMN.findall(text)
        columns.update(found)
        unnamed += _tags(text, b"c") - len(found)
        if rows <= _LEAST_ROWS and _ROW.search(text):
            rows = _LOW_ROWS
        tagged += _tags(text, b"row")
        rows = max(rows, tagged, *map(int, _HIGH_ROW.findall(text)))
    if strings > most_strings:
        raise refused("documents.file_crowded")
    width = max(map(_column_number, columns), default=0)
    most = min(MOST_CELLS, SMALL_CELLS + CELLS_PER_BYTE * size)
    if rows * (width + max(unnamed, 0)) > most:
        rows, width = _area(archive, part, width)
        if rows * width > most:
            raise refused("documents.sheet_too_wide", rows=rows, columns=width)


def _tags(text: bytes, name: bytes) -> int:
    """Count the tags that begin so, and perhaps others: at least those that there are."""
    return text.count(b"<" + name) + (text.count(b":" + name) if b":" in text else 0)


def _area(archive: zipfile.ZipFile, part: zipfile.ZipInfo, width: int) -> tuple[int, int]:
    """Give rows and columns of a sheet; cells that do not name their place follow one another."""
    rows, counted, unnamed, most_unnamed = 0, 0, 0, 0
    for piece in _whole_tags(unpacked_chunks(archive, part)):
        text = _plain_references(piece)
        rows = max(rows, 0, *map(int, set(_ROW.findall(text))))
        for number, row in enumerate(_ROW_START.split(text)):
            counted += number > 0
            unnamed = unnamed if number == 0 else 0
            unnamed += len(_CELL_START.findall(row)) - len(_COLUMN.findall(row))
            most_unnamed = max(most_unnamed, unnamed)
    return max(rows, counted), width + most_unnamed


def _plain_references(text: bytes) -> bytes:
    """Write references as every known program does: ``r="A1"``."""
    return _ODD_REFERENCE.sub(b'r="', text) if _ODD_REFERENCE.search(text) else text


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
