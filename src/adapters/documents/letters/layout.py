"""Read what a filled Word document says and how it is set, for printing it as PDF.

Understood: paragraphs with alignment, first-line indent, bold, underline, colour, size and breaks,
said on the text itself or by its named styles; tables with widths, shading, cells over several
columns and rows, head rows that stand on every page, and rows that are all kept with the next; what
stands above and below each page, also the first, but for its number, which is printed anyway. Not
printed: pictures, hidden text, numbers that Word counts by itself, tables within tables.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import isfinite
from typing import Any, Final
from xml.etree import ElementTree as ET

from attrs import field, frozen

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_UNSEEN: Final = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    f"{_W}moveFrom",
)
"""What is said once more for old programs, and what stands elsewhere now."""
_DOCUMENT: Final = "word/document.xml"
_RELATED: Final = "word/_rels/document.xml.rels"
_STYLES: Final = "word/styles.xml"
_WRAPPERS: Final = frozenset(f"{_W}{one}" for one in ("sdt", "sdtContent", "smartTag", "ins"))
_SIDES: Final = {"center": "center", "right": "right", "end": "right"}
_NOT: Final = frozenset({"0", "false", "none", "off"})
_MERGED: Final = frozenset({"1", "continue"})
_COLOUR: Final = re.compile("[0-9A-Fa-f]{6}")
_FIELD: Final = "\x00"
_NUMBERED: Final = re.compile(f"[第共—-]?\\s*{_FIELD}\\s*[页—-]?")
"""The number of a page, or of pages, with the words around it."""
_LIGHT: Final = 0xC0
_BLACK: Final = "000000"
_BODY_SIZE: Final = 12.0
_LARGEST_SIZE: Final = 200.0
_MOST_COLUMNS: Final = 63
"""So many columns has a table of Word's."""
_DEEPEST_STYLE: Final = 20

Block = dict[str, Any]
Places = tuple[ET.Element, ...]


def pages_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Give the ``blocks`` of a document in their order, its ``header``, ``footer`` and ``first``.

    The last are the header and footer of the first page, where it has its own. Raises what reading
    raises, ``ParseError``, ``ValueError``, ``KeyError`` and ``RecursionError``, for a document that
    no word processor writes.
    """
    said, styles = _parsed(files[_DOCUMENT]), _styles_of(files.get(_STYLES))
    body = said.find(f"{_W}body")
    if body is None:
        return {"header": [], "footer": [], "first": None, "blocks": []}
    section = body.find(f"{_W}sectPr")
    usual, first = (
        {
            kind: [] if part is None else list(styles.beside(_parsed(files[part])))
            for kind, part in _beside(section, page, files).items()
        }
        for page in ("default", "first")
    )
    own = section is not None and _holds((section,), "titlePg")
    return {**usual, "first": first if own else None, "blocks": list(styles.blocks(body))}


def _parsed(part: bytes) -> ET.Element:
    """Read a part without what is said elsewhere too."""
    root = ET.fromstring(part)  # noqa: S314 (a file of our own filling)
    for parent in list(root.iter()):
        for child in [one for one in parent if one.tag in _UNSEEN]:
            parent.remove(child)
    return root


def _beside(
    section: ET.Element | None, page: str, files: Mapping[str, bytes]
) -> Mapping[str, str | None]:
    """Give the parts that stand above and below such a page."""
    found: dict[str, str | None] = {"header": None, "footer": None}
    if section is None or _RELATED not in files:
        return found
    related = {
        one.get("Id"): posixpath.normpath(posixpath.join("/word", one.get("Target", "")))[1:]
        for one in _parsed(files[_RELATED])
    }
    for kind in found:
        for one in section.findall(f"{_W}{kind}Reference"):
            part = related.get(one.get(f"{_R}id"), "")
            if one.get(f"{_W}type") == page and part in files:
                found[kind] = part
    return found


def _children(parent: ET.Element, *tags: str) -> Iterator[ET.Element]:
    """Give the children of these kinds, those in wrappers too."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _children(child, *tags)
        elif child.tag.removeprefix(_W) in tags:
            yield child


def _value(place: ET.Element, path: str, name: str = "val") -> str | None:
    """Give what a property says; "1" for one that stands without a value."""
    found = place.find("/".join(f"{_W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{_W}{name}", "1" if name == "val" else None)


def _number(said: str | None, usual: float) -> float:
    """Read a number, which may bear a unit; give the usual one where it is none."""
    found = re.match(r"-?[0-9]+(\.[0-9]+)?", said or "")
    number = float(found[0]) if found else usual
    return number if isfinite(number) else usual


def _count(said: str | None, least: int) -> int:
    return max(least, min(int(_number(said, least)), _MOST_COLUMNS))


@frozen
class _Styles:
    """The named styles of a document, by id, and what holds where none says otherwise."""

    known: Mapping[str, ET.Element]
    usual: str
    defaults: Places
    _chains: dict[str | None, Places] = field(factory=dict, init=False)

    def blocks(self, parent: ET.Element) -> Iterator[Block]:
        """Give the blocks within ``parent``."""
        for child in _children(parent, "p", "tbl"):
            if child.tag == f"{_W}tbl":
                yield self._table(child)
                continue
            if any(stop.get(f"{_W}type") == "page" for stop in child.iter(f"{_W}br")):
                yield {"kind": "break"}
            yield self._paragraph(child)

    def beside(self, part: ET.Element) -> Iterator[Block]:
        """Give the lines of what stands beside pages, without the numbers of these."""
        for paragraph in part.iter(f"{_W}p"):
            found = self._paragraph(paragraph, numbered=False)
            said = "".join(run["text"] for run in found["runs"])
            if _FIELD in said:
                left = _NUMBERED.sub("", said).strip()
                found["runs"] = [{**found["runs"][0], "text": left}] if left else []
            if said.strip() and found["runs"]:
                yield found

    def _chain(self, id_: str | None) -> Places:
        """Give a style and those it is based on."""
        if id_ not in self._chains:
            found: list[ET.Element] = []
            at = id_
            while at is not None and at in self.known and len(found) < _DEEPEST_STYLE:
                found.append(self.known[at])
                at = _value(found[-1], "basedOn")
            self._chains[id_] = tuple(found)
        return self._chains[id_]

    def _paragraph(
        self, paragraph: ET.Element, *, numbered: bool = True, filled: bool = False
    ) -> Block:
        named = self._chain(_value(paragraph, "pPr/pStyle") or self.usual)
        places = (paragraph, *named, *self.defaults)
        indents = (
            _value(one, "pPr/ind", name)
            for one in places
            for name in ("firstLineChars", "firstLine")
        )
        runs = paragraph.iter(f"{_W}r")
        read = runs if numbered else _unnumbered(paragraph)
        found = (self._run(each, named, filled=filled) for each in read)
        return {
            "kind": "paragraph",
            "align": _SIDES.get(_first(places, "pPr/jc") or "", "left"),
            "indent": _number(next((one for one in indents if one is not None), None), 0) > 0,
            "kept": _holds(places, "pPr/keepNext"),
            "runs": [run for run in found if run["text"]],
        }

    def _run(self, run: ET.Element, named: Places, *, filled: bool) -> dict[str, Any]:
        pieces = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}
        text = "".join(
            child.text or "" if child.tag == f"{_W}t" else pieces.get(child.tag, "")
            for child in run
        )
        places = (run, *self._chain(_value(run, "rPr/rStyle")), *named, *self.defaults)
        size = _number(_first(places, "rPr/sz"), _BODY_SIZE * 2) / 2
        return {
            "text": "" if _holds(places, "rPr/vanish") else text,
            "bold": _holds(places, "rPr/b"),
            "underline": _holds(places, "rPr/u"),
            "color": _seen(_first(places, "rPr/color"), filled=filled),
            "size": min(size, _LARGEST_SIZE) if size > 0 else _BODY_SIZE,
        }

    def _table(self, table: ET.Element) -> Block:
        """Give a table; each cell says in which column it begins, each row its cells."""
        merging: dict[int, tuple[dict[str, Any], int]] = {}
        """By column the cell that may go on, and the row behind its last one."""
        rows = list(_children(table, "tr"))
        cells: list[list[dict[str, Any]]] = []
        for number, row in enumerate(rows):
            column, own = _count(_value(row, "trPr/gridBefore"), 0), list[dict[str, Any]]()
            for cell in _children(row, "tc"):
                span = _count(_value(cell, "tcPr/gridSpan"), 1)
                above, behind = merging.get(column, ({}, -1))
                goes_on = _value(cell, "tcPr/vMerge") in _MERGED
                if goes_on and behind == number and above["span"] == span:
                    above["rows"] += 1
                    merging[column] = above, number + 1
                else:
                    own.append(self._cell(cell, column, span))
                    for taken in range(column, column + span):
                        merging.pop(taken, None)
                    merging[column] = own[-1], number + 1
                column += span
            cells.append(own)
        wide = [_number(one.get(f"{_W}w"), 1) for one in table.findall(f"{_W}tblGrid/{_W}gridCol")]
        needed = max((one["x"] + one["span"] for row in cells for one in row), default=0)
        if needed > _MOST_COLUMNS:
            raise ValueError(needed)
        usual = max(1.0, sum(wide) / len(wide)) if wide else 1.0
        widths = [max(1.0, one) for one in wide] + [usual] * (needed - len(wide))
        return {
            "kind": "table",
            "widths": widths[:_MOST_COLUMNS],
            "head": _head(rows, cells),
            "whole": all(one["kept"] for row in cells for cell in row
                         for one in cell["paragraphs"]),
            "rows": cells,
        }  # fmt: skip

    def _cell(self, cell: ET.Element, column: int, span: int) -> dict[str, Any]:
        fill = _value(cell, "tcPr/shd", "fill")
        known = fill if fill and _COLOUR.fullmatch(fill) else ""
        paragraphs = [self._paragraph(one, filled=bool(known)) for one in _children(cell, "p")]
        return {"x": column, "span": span, "rows": 1, "fill": known, "paragraphs": paragraphs}


@lru_cache(maxsize=16)
def _styles_of(part: bytes | None) -> _Styles:
    """Read the part that holds styles, if there is one: all letters of a template have the same."""
    root = ET.Element("none") if part is None else _parsed(part)
    known = {one.get(f"{_W}styleId", ""): one for one in root.findall(f"{_W}style")}
    usual = (
        id_
        for id_, one in known.items()
        if one.get(f"{_W}type") == "paragraph" and one.get(f"{_W}default") in {"1", "true"}
    )
    return _Styles(known, next(usual, ""), tuple(root.findall(f"{_W}docDefaults/*")))


def _head(rows: list[ET.Element], cells: list[list[dict[str, Any]]]) -> int:
    """Count the head rows, with those into which a cell of theirs reaches."""
    said = [_holds((row,), "trPr/tblHeader") for row in rows]
    head = next((number for number, one in enumerate(said) if not one), len(said))
    at = 0
    while at < head:
        head = max(head, *(at + one["rows"] for one in cells[at]), at + 1)
        at += 1
    return head


def _unnumbered(paragraph: ET.Element) -> Iterable[ET.Element]:
    """Give the runs of a paragraph with one sign in the place of each field."""
    mark = ET.Element(f"{_W}r")
    ET.SubElement(mark, f"{_W}t").text = _FIELD
    within = False
    for child in paragraph:
        if child.tag == f"{_W}fldSimple":
            yield mark
            continue
        for run in [child] if child.tag == f"{_W}r" else child.iter(f"{_W}r"):
            ends = {one.get(f"{_W}fldCharType") for one in run.findall(f"{_W}fldChar")}
            if "begin" in ends:
                within = True
                yield mark
            elif "end" in ends:
                within = False
            elif not within:
                yield run


def _seen(colour: str | None, *, filled: bool) -> str:
    """Give the colour of a text; a light one is black, unless its cell is filled."""
    if not colour or not _COLOUR.fullmatch(colour):
        return _BLACK
    light = all(int(colour[at : at + 2], 16) >= _LIGHT for at in (0, 2, 4))
    return _BLACK if light and not filled else colour


def _first(places: Places, path: str) -> str | None:
    """Give what the nearest of ``places`` says that says anything."""
    found = (_value(one, path) for one in places)
    return next((one for one in found if one is not None), None)


def _holds(places: Places, path: str) -> bool:
    return (_first(places, path) or "0") not in _NOT
