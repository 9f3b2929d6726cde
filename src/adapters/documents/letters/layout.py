"""Read what a filled Word document says and how it is set, for printing it as PDF.

Understood: paragraphs with alignment, first-line indent, bold, underline, colour, size and breaks,
said on the text itself or by its named styles; tables with widths, cells over several columns and
rows, head rows that stand on every page, and rows that are all kept with the next; what stands
above and below each page, but for its number, which is printed anyway. Not printed: pictures, and
numbers that Word counts by itself.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Self
from xml.etree import ElementTree as ET

from attrs import frozen

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DOCUMENT: Final = "word/document.xml"
_RELATED: Final = "word/_rels/document.xml.rels"
_STYLES: Final = "word/styles.xml"
_WRAPPERS: Final = frozenset(f"{_W}{one}" for one in ("sdt", "sdtContent", "smartTag", "ins"))
_FIELDS: Final = f"{_W}fldSimple", f"{_W}instrText"
_SIDES: Final = {"center": "center", "right": "right", "end": "right"}
_NOT: Final = frozenset({"0", "false", "none", "off"})
_MERGED: Final = frozenset({"1", "continue"})
_COLOUR: Final = re.compile("[0-9A-Fa-f]{6}")
_BLACK: Final = "000000"
_BODY_SIZE: Final = 12.0

Block = dict[str, Any]


def pages_of(files: Mapping[str, bytes]) -> dict[str, list[Block]]:
    """Give the ``blocks`` of a document in their order, its ``header`` and its ``footer``."""
    said, styles = _parsed(files[_DOCUMENT]), _Styles.of(files.get(_STYLES))
    beside = {
        kind: list(styles.blocks(_parsed(files[part]), numbered=False))
        for kind, part in _beside(said, files).items()
    }
    body = said.find(f"{_W}body")
    blocks = [] if body is None else list(styles.blocks(body))
    return {"header": [], "footer": [], **beside, "blocks": blocks}


def _parsed(part: bytes) -> ET.Element:
    """Read a part without what is said once more for old programs."""
    root = ET.fromstring(part)  # noqa: S314 (a file of our own filling)
    for parent in list(root.iter()):
        for child in parent.findall(_FALLBACK):
            parent.remove(child)
    return root


def _beside(document: ET.Element, files: Mapping[str, bytes]) -> Mapping[str, str]:
    """Give the parts that stand above and below each page, by kind."""
    if _RELATED not in files:
        return {}
    related = {one.get("Id"): f"word/{one.get('Target')}" for one in _parsed(files[_RELATED])}
    found: dict[str, str] = {}
    for kind in ("header", "footer"):
        for one in document.iter(f"{_W}{kind}Reference"):
            part = related.get(one.get(f"{_R}id"), "")
            if one.get(f"{_W}type") == "default" and part in files:
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


@frozen
class _Styles:
    """The named styles of a document, by id, and what holds where none says otherwise."""

    known: Mapping[str, ET.Element]
    usual: str
    defaults: tuple[ET.Element, ...]

    @classmethod
    def of(cls, part: bytes | None) -> Self:
        """Read the part that holds them, if there is one."""
        root = ET.Element("none") if part is None else _parsed(part)
        known = {one.get(f"{_W}styleId", ""): one for one in root.findall(f"{_W}style")}
        usual = (
            id_
            for id_, one in known.items()
            if one.get(f"{_W}type") == "paragraph" and one.get(f"{_W}default") in {"1", "true"}
        )
        return cls(known, next(usual, ""), tuple(root.findall(f"{_W}docDefaults/*")))

    def blocks(self, parent: ET.Element, *, numbered: bool = True) -> Iterator[Block]:
        """Give the blocks within ``parent``, where not ``numbered`` without those with fields."""
        for child in _children(parent, "p", "tbl"):
            if child.tag == f"{_W}tbl":
                yield self._table(child)
                continue
            if not numbered and any(next(child.iter(one), None) is not None for one in _FIELDS):
                continue
            if any(stop.get(f"{_W}type") == "page" for stop in child.iter(f"{_W}br")):
                yield {"kind": "break"}
            yield self._paragraph(child)

    def _chain(self, id_: str | None) -> tuple[ET.Element, ...]:
        """Give a style and those it is based on."""
        found: list[ET.Element] = []
        while id_ is not None and id_ in self.known and self.known[id_] not in found:
            found.append(self.known[id_])
            id_ = _value(found[-1], "basedOn")
        return tuple(found)

    def _paragraph(self, paragraph: ET.Element) -> Block:
        named = self._chain(_value(paragraph, "pPr/pStyle") or self.usual)
        places = (paragraph, *named, *self.defaults)
        indents = (_value(one, "pPr/ind", name) for one in places
                   for name in ("firstLineChars", "firstLine"))  # fmt: skip
        return {
            "kind": "paragraph",
            "align": _SIDES.get(_first(places, "pPr/jc") or "", "left"),
            "indent": int(next((one for one in indents if one is not None), "0")) > 0,
            "kept": _holds(places, "pPr/keepNext"),
            "runs": [run for each in paragraph.iter(f"{_W}r")
                     if (run := self._run(each, named))["text"]],
        }  # fmt: skip

    def _run(self, run: ET.Element, named: tuple[ET.Element, ...]) -> dict[str, Any]:
        pieces = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}
        text = "".join(
            child.text or "" if child.tag == f"{_W}t" else pieces.get(child.tag, "")
            for child in run
        )
        places = (run, *self._chain(_value(run, "rPr/rStyle")), *named, *self.defaults)
        size, colour = _first(places, "rPr/sz"), _first(places, "rPr/color")
        return {
            "text": text,
            "bold": _holds(places, "rPr/b"),
            "underline": _holds(places, "rPr/u"),
            "color": colour if colour and _COLOUR.fullmatch(colour) else _BLACK,
            "size": float(size) / 2 if size else _BODY_SIZE,
        }

    def _table(self, table: ET.Element) -> Block:
        rows = list(_children(table, "tr"))
        placed: dict[int, dict[str, Any]] = {}
        cells: list[list[dict[str, Any]]] = []
        for row in rows:
            column, own = 0, list[dict[str, Any]]()
            for cell in _children(row, "tc"):
                span, merged = int(_value(cell, "tcPr/gridSpan") or 1), _value(cell, "tcPr/vMerge")
                if merged in _MERGED and column in placed:
                    placed[column]["rows"] += 1
                else:
                    paragraphs = [self._paragraph(one) for one in _children(cell, "p")]
                    placed[column] = {"span": span, "rows": 1, "paragraphs": paragraphs}
                    own.append(placed[column])
                column += span
            cells.append(own)
        heads = [_holds((row,), "trPr/tblHeader") for row in rows]
        return {
            "kind": "table",
            "widths": [int(one.get(f"{_W}w", "1")) for one in table.iter(f"{_W}gridCol")],
            "head": next((number for number, one in enumerate(heads) if not one), len(heads)),
            "whole": all(one["kept"] for row in cells for cell in row
                         for one in cell["paragraphs"]),
            "rows": cells,
        }  # fmt: skip


def _first(places: tuple[ET.Element, ...], path: str) -> str | None:
    """Give what the nearest of ``places`` says that says anything."""
    found = (_value(one, path) for one in places)
    return next((one for one in found if one is not None), None)


def _holds(places: tuple[ET.Element, ...], path: str) -> bool:
    return (_first(places, path) or "0") not in _NOT
