"""A large .xlsx read a stretch at a time: what calamine reads in it, in little memory.

calamine holds a whole sheet, and every string that sheets share. So the XML of a sheet is cut
between rows, and calamine reads each stretch as the sheet of a small workbook that has the styles
of the large one. What a cell means is calamine's to say in either way. Here is only said where to
cut; and what is not as every known program writes it, is not cut at all (``Uncut``).
"""

import hashlib
import io
import re
import zipfile
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import BinaryIO, TypeVar, cast

import python_calamine as calamine
from attrs import define, field, frozen

from adapters.documents.held import Held, HeldTexts, Store
from adapters.documents.opening import ZIP, unpacked_chunks
from supervision_core.kernel.tables import Cell

LARGE = 32 * 2**20
"""From this size on, unpacked, a sheet or the shared strings are cut: what is smaller is read
sooner whole, in some 250 MB."""
STRETCH = 2**20
_MOST_COPIED = 16 * 2**20
_KNOWN = 50_000
"""Strings that are at hand, as towns and trades come again and again."""
_HEAD = 4096
_DIGITS = 7

_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>)?\s*<(?:[\w.-]+:)?(\w+)[\s/>]")
_OTHER_ENCODING = re.compile(rb"""encoding\s*=\s*["'](?!(?i:utf-8)["'])""")
_FOREIGN = ("docProps/", "customXml/")
"""Parts that say nothing of cells."""
_MOST_SHEETS = 50
_COPIED = frozenset({"Types", "Relationships", "workbook", "styleSheet"})
_SHEET, _STRINGS = "worksheet", "sst"
_AROUND = {
    _SHEET: (b"sheetData", b"row"),
    _STRINGS: (b"sst", b"si"),
}
"""What holds the items of a part between which it is cut, by its root, and how they are called."""
_ONE_CELL = "<worksheet><sheetData><row><c><v>{}</v></c></row></sheetData></worksheet>"
_SHARED = re.compile(
    rb"""(<(?:[\w.-]+:)?c\s(?:[^<>]{0,200}?\s)?t\s{0,9}=\s{0,9})["']s["']"""
    rb"""([^<>]{0,200}>\s{0,99}<(?:[\w.-]+:)?v(?:\s[^<>]{0,200})?(?<!/)>)"""
)

Row = list[Cell]
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


class Uncut(Exception):
    """The workbook is not as known programs write it, or damaged."""


@frozen
class CutSheet:
    """What stands in a sheet, from the first row and column of the grid on.

    ``width`` is that of the widest row; others may be shorter, being empty from there on.
    ``merged`` are ranges as calamine gives them.
    """

    rows: Held[Row]
    width: int
    merged: Merged


def is_large(file: BinaryIO) -> bool:
    """Tell whether ``file`` is an .xlsx with a long sheet, or many strings."""
    file.seek(0)
    if file.read(len(ZIP)) != ZIP:
        return False
    with zipfile.ZipFile(file) as archive:
        large = [part for part in archive.infolist() if part.file_size >= LARGE]
        return any(_root(archive, part) in _AROUND for part in large)


def _root(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    with archive.open(part) as stream:
        found = _ROOT.match(stream.read(_HEAD))
    return found[1].decode() if found else ""


def _hides_root(name: str) -> bool:
    """Tell whether a part should have said what it is: a comment before it hides that."""
    return name.endswith((".xml", ".rels")) and not name.startswith(_FOREIGN)


def _limited(chunks: Iterator[bytes]) -> bytes:
    """Give what is small enough to be held several times over."""
    whole = b""
    for chunk in chunks:
        whole += chunk
        if len(whole) > _MOST_COPIED:
            raise Uncut
    return whole


def _mark_of(archive: zipfile.ZipFile) -> str:
    """Give a text with which no cell of the archive begins, unless somebody wants to be misread."""
    parts = "".join(f"{part.filename}{part.CRC}" for part in archive.infolist())
    return hashlib.blake2b(parts.encode(), digest_size=6).hexdigest()


@define(eq=False)
class CutWorkbook:
    """A workbook while its file is open. Reading of it raises ``Uncut``."""

    _archive: zipfile.ZipFile
    _store: Store
    _parts: Mapping[str, zipfile.ZipInfo]
    """Those that are sheets, by their names."""
    _copied: Mapping[str, bytes]
    _mark: str
    _texts: "_Texts"

    @classmethod
    def of(cls, archive: zipfile.ZipFile, store: Store) -> "CutWorkbook":
        """Read what all sheets need; ``store`` is where they are kept."""
        by_root: dict[str, list[zipfile.ZipInfo]] = {}
        for part in archive.infolist():
            by_root.setdefault(_root(archive, part), []).append(part)
        if any(_hides_root(part.filename) for part in by_root.get("", ())):
            raise Uncut
        few = [part for root in _COPIED for part in by_root.get(root, ())]
        shared = by_root.get(_STRINGS, [])
        parts = {part.filename: part for part in by_root.get(_SHEET, ())}
        if len(shared) > 1 or len(parts) > _MOST_SHEETS:
            raise Uncut
        copied = {part.filename: _limited(unpacked_chunks(archive, part)) for part in few}
        mark = _mark_of(archive)
        book = cls(archive, store, parts, copied, mark, _Texts(mark, HeldTexts(())))
        for part in shared:
            book._texts = _Texts(mark, HeldTexts(book._strings(part)))
        return book

    def metadata(self) -> Sequence[calamine.SheetMetadata]:
        """Give what the workbook says of its sheets."""
        return self._small({}).sheets_metadata

    def sheet(self, name: str) -> CutSheet:
        """Read a sheet and keep it."""
        part = self._part(name)
        cut = _Cut.of(self._archive, self._parts[part], _SHEET)
        widths = {0}
        rows = self._store.keep(self._rows(name, part, cut, widths))
        merged = self._read(name, {part: cut.head + cut.tail}).merged_cell_ranges
        return CutSheet(rows, max(widths), merged or ())

    def _part(self, name: str) -> str:
        """Ask calamine which part a sheet is: each holds its number."""
        (row,) = self._read(name, {}).to_python()
        return list(self._parts)[int(cast("float", row[0]))]

    def _small(self, given: Mapping[str, bytes]) -> calamine.CalamineWorkbook:
        """Open a workbook in which these parts are as they are ``given``."""
        sheets = {name: _ONE_CELL.format(at).encode() for at, name in enumerate(self._parts)}
        into = io.BytesIO()
        with zipfile.ZipFile(into, "w") as made:
            for name, content in {**self._copied, **sheets, **given}.items():
                made.writestr(name, content)
        into.seek(0)
        return calamine.CalamineWorkbook.from_filelike(into)

    def _read(self, name: str, given: Mapping[str, bytes]) -> calamine.CalamineSheet:
        return self._small(given).get_sheet_by_name(name)

    def _rows(self, name: str, part: str, cut: "_Cut", widths: set[int]) -> Iterator[Row]:
        """Give the rows up to the last that holds a cell, and into ``widths`` how long they are."""
        empty = 0
        for rows, filled in _ahead(self._stretches(name, part, cut)):
            if filled:
                widths.add(len(rows[0]))
                yield from ([] for _ in range(empty))
                said = cast("dict[Cell, Cell]", self._texts.of(rows)).get
                yield from (list(map(said, row, row)) for row in rows[:filled])
                empty = 0
            empty += len(rows) - filled

    def _stretches(self, name: str, part: str, cut: "_Cut") -> Iterator[tuple[list[Row], int]]:
        """Give the rows of each stretch as calamine reads them, and up to which any holds a cell.

        A cell that calamine gives as an empty text counts among these.
        """
        at = 0
        for piece in cut.pieces():
            content = self._first(at), self._marked(piece, cut.prefix)
            rows = self._unframed(self._read(name, {part: cut.around(*content, self._last())}), at)
            if _last_number(piece, cut.prefix) not in {0, at + len(rows)}:
                raise Uncut
            filled = len(rows)
            if rows and rows[-1].count("") == len(rows[-1]):
                end = self._read(name, {part: cut.around(*content)}).end
                filled = end[0] + 1 - at if end else 0
            yield rows, filled
            at += len(rows)

    def _first(self, at: int) -> bytes:
        """Give the row above row ``at``, counted from 0: calamine counts on from it."""
        return _MARKED_ROW.format(f' r="{at}"', self._mark).encode() if at else b""

    def _last(self) -> bytes:
        """Give a row behind the last: where it comes to stand tells how many rows there are."""
        return _MARKED_ROW.format("", self._mark).encode()

    def _unframed(self, sheet: calamine.CalamineSheet, at: int) -> list[Row]:
        """Give the rows from ``at`` on. Rows out of their order, or two of one, are not cut."""
        rows = cast("list[Row]", sheet.to_python())
        begins = sheet.start[0] if sheet.start else 0
        mark = [self._mark, *[""] * (sheet.width - 1)]
        if len(rows) < 1 + (at > 0):
            raise Uncut
        if rows.pop() != mark or (at and (begins != at - 1 or rows.pop(0) != mark)):
            raise Uncut
        above: list[Row] = [] if at else [[""] * sheet.width for _ in range(begins)]
        return above + rows

    def _marked(self, piece: bytes, prefix: bytes) -> bytes:
        """Let a cell of a shared string hold its number, for it is not among the small one's."""
        mark, usual = self._mark.encode(), b' t="s"><' + prefix + b"v>"
        text = piece.replace(usual, usual.replace(b'"s"', b'"str"') + mark)
        if b'"s"' in text or b"'s'" in text:
            text = _SHARED.sub(rb'\g<1>"str"\g<2>' + mark, text)
            if b'"s"' in text or b"'s'" in text:
                raise Uncut
        return text

    def _strings(self, part: zipfile.ZipInfo) -> Iterator[str]:
        """Give the shared strings as calamine reads them into cells."""
        sheets = self._small({}).sheets_metadata
        if not sheets:
            raise Uncut
        some = sheets[0].name
        reading = self._part(some)
        cut = _Cut.of(self._archive, part, _STRINGS)
        for piece in cut.pieces():
            last = f"<si><t>{self._mark}</t></si>".encode()
            cells = "".join(
                f'<row><c t="s"><v>{at}</v></c></row>'
                for at in range(piece.count(b"<" + cut.prefix + b"si") + 1)
            )
            given = {
                part.filename: cut.around(piece, last),
                reading: f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode(),
            }
            found = [cast("str", row[0]) for row in self._read(some, given).to_python()]
            if found.pop() != self._mark:
                raise Uncut
            yield from found


Item = TypeVar("Item")


def _ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Make the next item in a thread while one is used: calamine lets Python go on meanwhile."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item


_NUMBER = re.compile("0|[1-9][0-9]*")
_MARKED_ROW = '<row{}><c t="str"><v>{}</v></c></row>'


@define(eq=False)
class _Texts:
    """The strings that sheets share; cells hold their numbers behind the mark.

    Programs number them as they come: what is beyond all that came before is new, and most of it
    never comes again. The others are kept at hand.
    """

    _mark: str
    _every: HeldTexts
    _known: dict[str, str] = field(factory=dict)
    _new: list[str] = field(factory=list)
    _highest: int = -1

    def of(self, rows: Iterable[Row]) -> Mapping[str, str]:
        """Give what each marked cell of ``rows`` says."""
        for cell in self._new:
            del self._known[cell]
        if len(self._known) > _KNOWN:
            self._known.clear()
        begins = len(self._mark)
        numbers = [
            one[begins:]
            for one in set[Cell]().union(*rows) - self._known.keys()
            if isinstance(one, str) and one.startswith(self._mark)
        ]
        if not all(map(_NUMBER.fullmatch, numbers)):
            raise Uncut
        wanted = sorted(map(int, numbers))
        if wanted and wanted[-1] >= len(self._every):
            raise Uncut
        for number in wanted:
            self._known[f"{self._mark}{number}"] = self._every[number]
        self._new = [f"{self._mark}{one}" for one in wanted[bisect(wanted, self._highest) :]]
        self._highest = max([self._highest, *wanted[-1:]])
        return self._known


@define(eq=False)
class _Cut:
    """A part in three: what stands before its items, those in stretches, what stands behind."""

    _chunks: Iterator[bytes]
    _names: tuple[bytes, bytes]
    _root: bytes
    head: bytes
    prefix: bytes
    _held: bytes
    tail: bytes = b""

    @classmethod
    def of(cls, archive: zipfile.ZipFile, part: zipfile.ZipInfo, root: str) -> "_Cut":
        """Read up to the first item."""
        names = _AROUND[root]
        opening = re.compile(rb"<((?:[\w.-]+:)?)" + names[0] + rb"(?:\s[^<>]*?)?(/?)>")
        pieces, text = unpacked_chunks(archive, part), b""
        while not (found := opening.search(text)):
            if len(text) > _MOST_COPIED or not (more := next(pieces, b"")):
                raise Uncut
            text += more
        prefix, closed = found.groups()
        head, held = text[: found.start(2)] + b">", text[found.end() :]
        if b"<!" in head or head.count(b"<?") > 1 or _OTHER_ENCODING.search(head):
            raise Uncut
        if closed:
            held = b"</" + prefix + names[0] + b">" + held
        return cls(pieces, names, prefix + root.encode(), head, prefix, held)

    def pieces(self) -> Iterator[bytes]:
        """Give whole items, one stretch after the other; then ``tail`` is what follows them."""
        behind, item = (b"</" + self.prefix + self._names[0], b"<" + self.prefix + self._names[1])
        held, seen = self._held, 0
        while (end := held.find(behind, seen)) < 0:
            seen = max(len(held) - len(behind), 0)
            if len(held) >= STRETCH and (at := _last_item(held, item)):
                yield _plain(held[:at])
                held, seen = held[at:], 0
            if not (more := next(self._chunks, b"")) or len(held) > _MOST_COPIED:
                raise Uncut
            held += more
        if held[:end].strip():
            yield _plain(held[:end])
        self.tail = held[end:] + _limited(self._chunks)

    def around(self, *content: bytes) -> bytes:
        """Give a part of this content alone."""
        inner = b"" if self._root.endswith(self._names[0]) else self.prefix + self._names[0]
        closing = b"".join(b"</" + name + b">" for name in (inner, self._root) if name)
        return b"".join((self.head, *content, closing))


def _plain(piece: bytes) -> bytes:
    """Refuse comments and the like: what stands in them is no item."""
    if (b"!" in piece and b"<!" in piece) or (b"?" in piece and b"<?" in piece):
        raise Uncut
    return piece


def _last_number(piece: bytes, prefix: bytes) -> int:
    """Give the number that the last row says, 0 where neither rows nor cells say theirs.

    What says a part of them only, or has a cell in the row behind the last, is not cut.
    """
    row = b"<" + prefix + b"row"
    said, named = b' r="', row + b' r="'
    if (many := piece.count(named)) == 0 and said not in piece and b" r='" not in piece:
        return 0
    if many != sum(piece.count(row + after) for after in _AFTER_NAME):
        raise Uncut
    begin = piece.rfind(named) + len(named)
    number = piece[begin : piece.find(b'"', begin)]
    if not number.isdigit() or len(number) > _DIGITS:
        raise Uncut
    if b'"A%d"' % (int(number) + 1) in piece or b'"a%d"' % (int(number) + 1) in piece:
        raise Uncut
    return int(number)


def _last_item(text: bytes, item: bytes) -> int:
    """Give where the last item begins, 0 for none."""
    at = text.rfind(item)
    while at > 0 and text[at + len(item) : at + len(item) + 1] not in _AFTER_NAME:
        at = text.rfind(item, 0, at)
    return max(at, 0)


_AFTER_NAME = frozenset({b" ", b">", b"/", b"\t", b"\r", b"\n"})


@contextmanager
def cut_workbook(file: BinaryIO, store: Store) -> Iterator[CutWorkbook]:
    """Give a workbook whose sheets are read in stretches. Raises ``Uncut``, also in the block."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield CutWorkbook.of(archive, store)
    except (calamine.CalamineError, zipfile.BadZipFile, LookupError, ValueError) as wrong:
        raise Uncut from wrong
