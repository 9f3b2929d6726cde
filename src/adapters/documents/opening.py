"""Look at a file before any library opens it, so that a hostile one costs nothing."""

import re
import zipfile
import zlib
from typing import BinaryIO, ClassVar

from attrs import define

from supervision_core.kernel.errors import Refused, Violation

MOST_BYTES = 100 * 2**20
MOST_UNPACKED = 1_000 * 2**20
MOST_PARTS = 5_000
MOST_CELLS = 20_000_000
"""Rows times columns of the area a sheet spans: readers hold all of it, empty or not."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = "vbaProject.bin"
_DEFINITIONS = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
"""What lets an XML document grow or reach out; no workbook has any (ISO/IEC 29500-2)."""
_CHUNK = 2**20
_OVERLAP = 32
# The word boundary is asked for after the letters: a pattern that begins with letters is found
# two to three times as fast.
_CELL_COLUMN = re.compile(rb'r="(?<=\br=")([A-Z]{1,3})[0-9]')
_HIGH_ROW = re.compile(rb'r="(?<=\br=")[A-Z]{0,3}([0-9]{6,7})"')
_LOW_ROWS = 99_999
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
    if head.startswith(_ZIP):
        _check_zip(file)
        file.seek(0)
        return "workbook"
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in file.read():
            raise refused("documents.file_locked")
        file.seek(0)
        return "workbook"
    _check_text(head)
    return "csv"


def _check_text(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise refused("documents.file_is_web_page")
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused("documents.file_not_a_table")


def _check_zip(file: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise refused("documents.file_swells", limit=MOST_UNPACKED // 2**20)
            if not any(part.filename.startswith("xl/worksheets/") for part in parts):
                raise refused("documents.file_not_a_table")
            if any(part.flag_bits & 1 for part in parts):
                raise refused("documents.file_locked")
            if any(part.filename.endswith(_MACROS) for part in parts):
                raise refused("documents.file_hostile")
            left = MOST_UNPACKED
            for part in parts:
                left -= _unpack(archive, part, left)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as wrong:
        raise refused("documents.file_damaged") from wrong


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Unpack one part to nowhere and give its true size, whatever its header says."""
    part.file_size = _ANYTHING
    is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    size, tail = 0, b""
    columns: set[bytes] = set()
    rows = _LOW_ROWS
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise refused("documents.file_swells", limit=MOST_UNPACKED // 2**20)
            if size == len(chunk) and _defines(part, chunk):
                raise refused("documents.file_hostile")
            if is_sheet:
                text = tail + chunk
                columns.update(_CELL_COLUMN.findall(text))
                rows = max(rows, *map(int, _HIGH_ROW.findall(text)), 0)
                tail = text[-_OVERLAP:]
    width = max(map(_column_number, columns), default=0)
    if rows * width > MOST_CELLS:
        raise refused("documents.sheet_too_wide", rows=rows, columns=width)
    return size


def _defines(part: zipfile.ZipInfo, head: bytes) -> bool:
    return part.filename.endswith((".xml", ".rels")) and any(one in head for one in _DEFINITIONS)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
