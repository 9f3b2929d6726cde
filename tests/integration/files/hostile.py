"""Files that are not what they say, and good ones beside them."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from typing import Final

from PIL import Image

CONTENT_TYPES: Final = b'<?xml version="1.0"?><Types/>'
WORD: Final = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": b"<document/>"}
HTML: Final = b"<html><script>alert(1)</script></html>"
REMOTE: Final = (
    b'<Relationships><Relationship Id="r" Type="x/attachedTemplate" '
    b'Target="https://198.51.100.1/a.dotm" TargetMode="External"/></Relationships>'
)
LINK: Final = (
    b'<Relationships><Relationship Id="r" Type="x/hyperlink" Target="https://example.cn" '
    b'TargetMode="External"/></Relationships>'
)


def picture(kind: str = "PNG", side: int = 40, **more: object) -> bytes:
    """Give a small picture."""
    made = io.BytesIO()
    Image.new("RGB", (side, side), (200, 30, 30)).save(made, kind, **more)
    return made.getvalue()


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def pixel_bomb() -> bytes:
    """Give a PNG of a few kilobytes that says it has 2.5 thousand million pixels."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1 << 20))
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    )


def pdf(body: bytes = b"", tail: bytes = b"%%EOF\n") -> bytes:
    """Give something with the frame of a PDF."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n" + body + b"\ntrailer<</Root 1 0 R>>\n" + tail
    )


def _object_stream(text: bytes) -> bytes:
    data = zlib.compress(text)
    head = b"2 0 obj<</Type/ObjStm/Filter/FlateDecode/Length %d>>stream\n" % len(data)
    return head + data + b"\nendstream endobj"


def _box(name: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(data)) + name + data


def mp4() -> bytes:
    """Give the boxes of a film without one."""
    return _box(b"ftyp", b"isom\0\0\0\0isom") + _box(b"moov", bytes(8)) + _box(b"mdat", bytes(64))


def wav() -> bytes:
    """Give a tenth of a second of silence."""
    fmt = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8)
    data = struct.pack("<4sI", b"data", 800) + bytes(800)
    return b"RIFF" + struct.pack("<I", 4 + len(fmt) + len(data)) + b"WAVE" + fmt + data


def mp3(frames: int = 4) -> bytes:
    """Give frames of MPEG 1 layer III, 128 kbit/s, 44.1 kHz."""
    return (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def with_part(archive: bytes, name: str | zipfile.ZipInfo, content: bytes) -> bytes:
    """Add a part to an archive, also one of a name that it has."""
    made = io.BytesIO(archive)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as opened, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        opened.writestr(name, content)
    return made.getvalue()


def _locked(archive: bytes) -> bytes:
    made = bytearray(archive)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(sign)
        while place >= 0:
            made[place + at] |= 1
            place = made.find(sign, place + 4)
    return bytes(made)


def _forged_size(archive: bytes) -> bytes:
    """Let the directory say that a large part is small."""
    made = bytearray(with_part(archive, "media/a.bin", bytes(60 << 20)))
    place = made.rfind(b"PK\x01\x02")
    made[place + 24 : place + 28] = (10).to_bytes(4, "little")
    return bytes(made)


def _last_part(archive: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return opened.namelist()[-1]


def _linked(archive: bytes) -> bytes:
    link = zipfile.ZipInfo("link.xml")
    link.external_attr = 0o120777 << 16
    return with_part(archive, link, b"/etc/passwd")


def _many_parts(archive: bytes) -> bytes:
    made = io.BytesIO(archive)
    with zipfile.ZipFile(made, "a") as opened:
        for number in range(6_000):
            opened.writestr(f"media/{number}", b"")
    return made.getvalue()


def _flipped(content: bytes) -> bytes:
    made = bytearray(content)
    made[len(made) // 2] ^= 0xFF
    return bytes(made)


def entity_bomb() -> bytes:
    """Give XML that grows."""
    return b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'


SPOILT: Final[dict[str, tuple[Callable[[bytes], bytes], str]]] = {
    "zip_bomb": (lambda good: with_part(good, "media/a.bin", bytes(60 << 20)), "files.swells"),
    "zip_bomb_with_forged_size": (_forged_size, "files.swells"),
    "too_many_parts": (_many_parts, "files.swells"),
    "part_outside": (lambda good: with_part(good, "../../x", b"a"), "files.hides_another"),
    "part_at_the_root": (lambda good: with_part(good, "/x", b"a"), "files.hides_another"),
    "part_twice": (
        lambda good: with_part(good, _last_part(good), b"<other/>"),
        "files.hides_another",
    ),
    "part_twice_in_capitals": (
        lambda good: with_part(good, _last_part(good).upper(), b"<other/>"),
        "files.hides_another",
    ),
    "link_in_archive": (_linked, "files.hides_another"),
    "sign_before_archive": (lambda good: b"PK\x03\x04" + good, "files.hides_another"),
    "page_behind_archive": (lambda good: good + HTML, "files.hides_another"),
    "archive_behind_archive": (lambda good: good + good, "files.hides_another"),
    "locked_archive": (_locked, "files.locked"),
    "cut_archive": (lambda good: good[:-40], "files.damaged"),
    "half_an_archive": (lambda good: good[: len(good) // 2], "files.damaged"),
    "macros": (lambda good: with_part(good, "word/vbaProject.bin", b"x"), "files.macros"),
    "entities": (
        lambda good: with_part(good, "word/styles.xml", entity_bomb()),
        "files.hides_another",
    ),
    "remote_part": (
        lambda good: with_part(good, "word/_rels/settings.xml.rels", REMOTE),
        "files.macros",
    ),
}
"""What is done to a good archive of any kind, and why an upload of it is refused."""


Made = Callable[[], bytes]
GOOD: Final[dict[str, Made]] = {
    "现场照片.png": picture,
    "现场照片.jpg": lambda: picture("JPEG"),
    "现场照片.webp": lambda: picture("WEBP"),
    "两张.jpeg": lambda: picture("JPEG") + picture("JPEG", 8),
    "报告.pdf": pdf,
    "从首页打开.pdf": lambda: pdf(b"2 0 obj<</OpenAction[3 0 R/Fit]>>endobj"),
    "从书签打开.pdf": lambda: pdf(
        b"2 0 obj<</OpenAction 3 0 R>>endobj 3 0 obj<</S/GoTo/D[4 0 R/Fit]>>endobj"
    ),
    "笔录.docx": lambda: packed({**WORD, "word/_rels/document.xml.rels": LINK}),
    "清单.xlsx": lambda: packed(
        {"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": b"<workbook/>"}
    ),
    "公文.ofd": lambda: packed({"OFD.xml": b"<OFD/>"}),
    "录像.mp4": mp4,
    "录音.mp3": mp3,
    "录音.wav": wav,
    "笔录.txt": "现场查看未见记录\r\n".encode,
    "旧笔录.txt": lambda: "现场查看未见记录\r\n".encode("gb18030"),
}
"""Files that are taken."""

HOSTILE: Final[dict[str, tuple[str, Made, str]]] = {
    "page_as_picture": ("a.png", lambda: HTML, "files.type_unknown"),
    "page_as_text": ("a.txt", lambda: HTML, "files.type_unknown"),
    "drawing_as_text": ("a.txt", lambda: b"<svg onload=alert(1)>", "files.type_unknown"),
    "script_as_text": ("a.txt", lambda: b"#!/bin/sh\nrm -rf /\n", "files.type_unknown"),
    "program": ("a.pdf", lambda: b"MZ" + bytes(200), "files.type_unknown"),
    "binary_as_text": ("a.txt", lambda: b"text\0text", "files.type_unknown"),
    "picture_under_another_name": ("a.jpg", picture, "files.type_differs"),
    "archive": ("a.docx", lambda: packed({"a.txt": b"a"}), "files.type_unknown"),
    "sheet_as_letter": (
        "a.docx",
        lambda: packed({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": b"<w/>"}),
        "files.type_differs",
    ),
    "two_documents": (
        "a.docx",
        lambda: packed({**WORD, "xl/workbook.xml": b"<w/>"}),
        "files.hides_another",
    ),
    "cut_picture": ("a.png", lambda: picture()[:-20], "files.damaged"),
    "cut_photo": (
        "a.jpg",
        lambda: picture("JPEG", 400)[:1000],
        "files.damaged",
    ),
    "cut_webp": ("a.webp", lambda: picture("WEBP", 400)[:-30], "files.damaged"),
    "flipped_picture": ("a.png", lambda: _flipped(picture(side=300)), "files.damaged"),
    "pixel_bomb": ("a.png", pixel_bomb, "files.too_many_pixels"),
    "picture_and_archive": ("a.png", lambda: picture() + packed(WORD), "files.hides_another"),
    "photo_and_archive": ("a.jpg", lambda: picture("JPEG") + packed(WORD), "files.hides_another"),
    "photo_and_page": ("a.jpg", lambda: picture("JPEG") + HTML, "files.hides_another"),
    "photo_and_pdf": (
        "a.jpg",
        lambda: picture("JPEG", comment=b"%PDF-1.7 " + bytes(20)),
        "files.hides_another",
    ),
    "sound_and_archive": ("a.mp3", lambda: mp3() + packed(WORD), "files.hides_another"),
    **{
        name: ("a.docx", partial(spoil, packed(WORD)), code)
        for name, (spoil, code) in SPOILT.items()
    },
    "script_in_pdf": ("a.pdf", lambda: pdf(b"<</S/JavaScript/JS(x)>>"), "files.macros"),
    "hidden_script_in_pdf": ("a.pdf", lambda: pdf(b"<</S/Java#53cript>>"), "files.macros"),
    "packed_script_in_pdf": (
        "a.pdf",
        lambda: pdf(_object_stream(b"<</S/JavaScript>>")),
        "files.macros",
    ),
    "page_opened_by_pdf": (
        "a.pdf",
        lambda: pdf(b"2 0 obj<</OpenAction<</S/URI/URI(http://127.0.0.1/)>>>>endobj"),
        "files.macros",
    ),
    "page_opened_elsewhere_by_pdf": (
        "a.pdf",
        lambda: pdf(
            b"2 0 obj<</OpenAction 3 0 R>>endobj 3 0 obj<</S/URI/URI(http://127.0.0.1/)>>endobj"
        ),
        "files.macros",
    ),
    "acts_on_closing_pdf": ("a.pdf", lambda: pdf(b"<</AA<</WC 3 0 R>>>>"), "files.macros"),
    "file_in_pdf": ("a.pdf", lambda: pdf(b"<</EmbeddedFiles 3 0 R>>"), "files.macros"),
    "bomb_in_pdf": (
        "a.pdf",
        lambda: pdf(_object_stream(bytes(80 << 20))),
        "files.swells",
    ),
    "locked_pdf": ("a.pdf", lambda: pdf(b"<</Encrypt 5 0 R>>"), "files.locked"),
    "cut_pdf": ("a.pdf", lambda: pdf(tail=b""), "files.damaged"),
    "cut_film": ("a.mp4", lambda: mp4()[:-9], "files.damaged"),
    "film_with_endless_boxes": (
        "a.mp4",
        lambda: mp4() + struct.pack(">I", 4) + b"free",
        "files.damaged",
    ),
    "wav_of_another_length": ("a.wav", lambda: wav() + bytes(50), "files.hides_another"),
    "cut_sound": ("a.mp3", lambda: mp3()[:500], "files.damaged"),
    "tag_without_sound": ("a.mp3", lambda: b"ID3\x04\0\0\x7f\x7f\x7f\x7f", "files.damaged"),
}
"""Name, content, and why it is refused once it is whole."""

MISNAMED: Final[dict[str, tuple[str, str]]] = {
    "no_name": ("", "files.name_length"),
    "long_name": ("长" * 120 + ".png", "files.name_length"),
    "path": ("../../etc/a.png", "files.name_unfit"),
    "path_of_windows": ("C:\\a.png", "files.name_unfit"),
    "hidden": (".a.png", "files.name_unfit"),
    "null": ("a\0.png", "files.name_unfit"),
    "line_end": ("a\r\nSet-Cookie: x.png", "files.name_unfit"),
    "turned": ("a\u202egnp.txt", "files.name_unfit"),
    "program": ("a.png.exe", "files.type_not_taken"),
    "page": ("a.html", "files.type_not_taken"),
    "no_suffix": ("png", "files.type_not_taken"),
    "suffix_alone": (".png", "files.type_not_taken"),
}
"""Names that are refused before a byte is sent."""
