"""Documents that are ZIP archives (OOXML, OFD): what they are, and that they stay harmless."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, Final

from adapters.media.refusals import refused
from supervision_core.files.model import MediaType

_MOST_UNPACKED: Final = 200 * 1024 * 1024
_SMALL_UNPACKED: Final = 16 * 1024 * 1024
_MOST_RATIO: Final = 40
_MOST_PARTS: Final = 5_000
_LONGEST_NAME: Final = 255
_CHUNK: Final = 1 << 20
_ANYTHING: Final = 2**40
_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_KINDS: Final = {
    "word/document.xml": MediaType.DOCX,
    "xl/workbook.xml": MediaType.XLSX,
    "OFD.xml": MediaType.OFD,
}
_RUNS: Final = re.compile(
    r"(?i)(vbaProject\.bin|vbaData\.xml|activeX/|oleObject\d*\.bin|customUI/|macrosheets/"
    r"|\.(exe|dll|js|jse|vbs|vbe|bat|cmd|ps1|scr|com|lnk|hta|jar|class|html?|svg|swf|sh)$)"
)
_DEFINITION: Final = re.compile(
    rb"<!(?i:DOCTYPE|ENTITY)|<\0!\0(?i:D\0O\0C\0T\0Y\0P\0E|E\0N\0T\0I\0T\0Y)"
)
_REMOTE: Final = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)(?![^>]*/hyperlink[\"'])[^>]*>"
)
"""A part that is fetched from elsewhere when the document is opened; links that people follow are
no such."""
_LONGEST_TAG: Final = 1 << 16


def judge_package(file: IO[bytes] | Any) -> MediaType:
    """Give the kind of document. Raises ``FileRefused``.

    It unpacks to no more than its size lets expect, whatever its heads say; its directory is the
    only one and ends the file; no part lies outside of it, runs, defines XML entities or is fetched
    from elsewhere.
    """
    size = file.seek(0, 2)
    _check_end(file, size)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _check_parts(parts, min(_MOST_UNPACKED, _SMALL_UNPACKED + _MOST_RATIO * size))
            _check_contents(archive, parts, size)
            names = {part.filename for part in parts}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as wrong:
        raise refused("files.damaged") from wrong
    found = [kind for name, kind in _KINDS.items() if name in names]
    if len(found) > 1:
        raise refused("files.hides_another")
    if not found or (found[0] is not MediaType.OFD and "[Content_Types].xml" not in names):
        raise refused("files.type_unknown")
    return found[0]


def _check_end(file: IO[bytes], size: int) -> None:
    """Demand one end record, without comment, at the very end; and not too many parts."""
    file.seek(max(size - _END_SIZE, 0))
    end = file.read()
    if end[:4] != _END:
        file.seek(max(size - _CHUNK, 0))
        raise refused("files.hides_another" if _END in file.read() else "files.damaged")
    if int.from_bytes(end[10:12], "little") > _MOST_PARTS:
        raise refused("files.swells")
    directory = int.from_bytes(end[12:16], "little") + int.from_bytes(end[16:20], "little")
    if directory != size - _END_SIZE:  # bytes before the archive, or the directory of another
        raise refused("files.hides_another")
    file.seek(0)


def _check_parts(parts: list[zipfile.ZipInfo], most: int) -> None:
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > most:
        raise refused("files.swells")
    if any(part.flag_bits & 1 for part in parts):
        raise refused("files.locked")
    if len({part.filename.lower() for part in parts}) < len(parts):
        raise refused("files.hides_another")
    for part in parts:
        name = part.orig_filename
        steps = name.replace("\\", "/").split("/")
        outside = name.startswith(("/", "\\")) or ".." in steps or ":" in name or "\0" in name
        if outside or len(name) > _LONGEST_NAME or stat.S_ISLNK(part.external_attr >> 16):
            raise refused("files.hides_another")
        if _RUNS.search(name):
            raise refused("files.macros")


def _check_contents(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], size: int) -> None:
    most = min(_MOST_UNPACKED, _SMALL_UNPACKED + _MOST_RATIO * size)
    for part in parts:
        markup = part.filename.lower().endswith((".xml", ".rels"))
        held = b""
        for chunk in _chunks(archive, part):
            most -= len(chunk)
            if most < 0:
                raise refused("files.swells")
            if markup:
                text = held + chunk
                if _DEFINITION.search(text):
                    raise refused("files.hides_another")
                if part.filename.endswith(".rels") and _REMOTE.search(text):
                    raise refused("files.macros")
                held = text[-_LONGEST_TAG:]


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    part.file_size = _ANYTHING  # what is really there is read, not what the head says
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
