"""Which kinds of files are taken, how large, and how they are named."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from supervision_core.kernel.errors import Violation
from supervision_core.kernel.one_line import is_one_line

MEBIBYTE: Final = 1024 * 1024
LONGEST_NAME: Final = 120
MOST_PIXELS: Final = 50_000_000
"""Of one picture, width times height: what a phone takes, and room to spare."""
_UNFIT: Final = frozenset('/\\:*?"<>|')
"""Separators of paths, and signs that some file system forbids."""


class MediaType(StrEnum):
    """文件类型 (MediaType): the kinds of files that are taken, judged by content (IANA names)."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    PDF = "application/pdf"
    OFD = "application/ofd"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    MP4 = "video/mp4"
    MP3 = "audio/mpeg"
    WAV = "audio/wav"
    TXT = "text/plain"


PICTURES: Final = frozenset({MediaType.PNG, MediaType.JPEG, MediaType.WEBP})
LIMITS: Final[Mapping[MediaType, int]] = {
    MediaType.PNG: 20 * MEBIBYTE,
    MediaType.JPEG: 20 * MEBIBYTE,
    MediaType.WEBP: 20 * MEBIBYTE,
    MediaType.PDF: 50 * MEBIBYTE,
    MediaType.OFD: 50 * MEBIBYTE,
    MediaType.DOCX: 20 * MEBIBYTE,
    MediaType.XLSX: 20 * MEBIBYTE,
    MediaType.MP4: 200 * MEBIBYTE,
    MediaType.MP3: 50 * MEBIBYTE,
    MediaType.WAV: 50 * MEBIBYTE,
    MediaType.TXT: 5 * MEBIBYTE,
}
"""The most bytes that a file of each kind has."""
LARGEST: Final = max(LIMITS.values())
_SUFFIXES: Final[Mapping[str, MediaType]] = {
    "png": MediaType.PNG,
    "jpg": MediaType.JPEG,
    "jpeg": MediaType.JPEG,
    "webp": MediaType.WEBP,
    "pdf": MediaType.PDF,
    "ofd": MediaType.OFD,
    "docx": MediaType.DOCX,
    "xlsx": MediaType.XLSX,
    "mp4": MediaType.MP4,
    "mp3": MediaType.MP3,
    "wav": MediaType.WAV,
    "txt": MediaType.TXT,
}


def type_of_name(name: str) -> MediaType | None:
    """Give the kind that the end of a name states, if it is one that is taken."""
    stem, dot, suffix = name.rpartition(".")
    return _SUFFIXES.get(suffix.lower()) if dot and stem else None


def name_violations(name: str) -> Iterator[Violation]:
    """Give what is wrong with a file's name: it is one plain name, no path, and states its kind."""
    if not name.strip() or len(name) > LONGEST_NAME:
        yield Violation("files.name_length", "name", {"most": LONGEST_NAME})
    unfit = _UNFIT.intersection(name) or name.startswith(".") or name != name.strip()
    if unfit or not is_one_line(name):
        yield Violation("files.name_unfit", "name")
    if type_of_name(name) is None:
        yield Violation("files.type_not_taken", "name", {"types": "、".join(_SUFFIXES)})
