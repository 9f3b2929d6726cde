"""Workbooks of Excel 97 to 2003, made by hand: one sheet of numbers in a file of sectors."""

from struct import pack

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def old_workbook(cells: dict[tuple[int, int], int]) -> bytes:
    """Give a workbook with these numbers by row and column, from 0."""
    begin = _record(0x0809, pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    sheet = _record(0x0809, pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    for (row, column), value in cells.items():
        sheet += _record(0x0203, pack("<HHHd", row, column, 0, float(value)))
    sheet += _record(0x000A, b"")
    named = b"\x01\x00" + b"s"
    place = len(begin) + 4 + 6 + len(named) + 4
    book = begin + _record(0x0085, pack("<IH", place, 0) + named) + _record(0x000A, b"") + sheet
    return _compound(book.ljust(4096, b"\0"))


def _record(kind: int, content: bytes) -> bytes:
    return pack("<HH", kind, len(content)) + content


def _compound(stream: bytes) -> bytes:
    """Put a stream into sectors: the table first, then the directory, then the stream."""
    count = -(-len(stream) // SECTOR)
    links = [TABLE, END, *range(3, count + 2), END]
    table = b"".join(pack("<I", one) for one in links).ljust(SECTOR, b"\xff")
    root = _entry("Root Entry", kind=5, child=1, start=END, size=0)
    directory = root + _entry("Workbook", kind=2, child=FREE, start=2, size=len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    header += b"\0" * 6 + pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += pack("<I", 0) + b"\xff" * (4 * 108)
    return header + table + directory.ljust(SECTOR, b"\0") + stream.ljust(count * SECTOR, b"\0")


def _entry(name: str, *, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    made = text.ljust(64, b"\0") + pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return made + b"\0" * 36 + pack("<IQ", start, size)
