"""Read what a filled Word document says and how it is set, for printing it as PDF.

Understood: paragraphs with alignment, first-line indent, bold, underline, size and breaks;
tables with widths, cells over several columns, head rows that stand on every page, and rows that
are all kept with the next. Formatting
has to stand on the text itself, not in a named style.
"""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIDES = {"center": "center", "right": "right", "end": "right"}
_BODY_SIZE = 12.0

Block = dict[str, Any]


def blocks_of(document_xml: bytes) -> list[Block]:
    """Give the blocks of a ``word/document.xml`` in their order."""
    body = ET.fromstring(document_xml).find(f"{_W}body")  # noqa: S314 (a file of our own filling)
    return [] if body is None else list(_blocks(body))


def _blocks(parent: ET.Element) -> Iterator[Block]:
    for child in parent:
        if child.tag == f"{_W}p":
            if any(stop.get(f"{_W}type") == "page" for stop in child.iter(f"{_W}br")):
                yield {"kind": "break"}
            yield _paragraph(child)
        elif child.tag == f"{_W}tbl":
            yield _table(child)


def _value(parent: ET.Element, path: str) -> str | None:
    """Give the ``w:val`` of a property; "1" for one that stands without a value."""
    found = parent.find("/".join(f"{_W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{_W}val", "1")


def _paragraph(paragraph: ET.Element) -> Block:
    indent = paragraph.find(f"{_W}pPr/{_W}ind")
    first = 0 if indent is None else int(
        indent.get(f"{_W}firstLineChars") or indent.get(f"{_W}firstLine") or 0
    )  # fmt: skip
    return {
        "kind": "paragraph",
        "align": _SIDES.get(_value(paragraph, "pPr/jc") or "", "left"),
        "indent": first > 0,
        "kept": (_value(paragraph, "pPr/keepNext") or "0") not in {"0", "false"},
        "runs": [run for each in paragraph.iter(f"{_W}r") if (run := _run(each))["text"]],
    }


def _run(run: ET.Element) -> dict[str, Any]:
    pieces = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}
    text = "".join(
        child.text or "" if child.tag == f"{_W}t" else pieces.get(child.tag, "") for child in run
    )
    size = _value(run, "rPr/sz")
    return {
        "text": text,
        "bold": (_value(run, "rPr/b") or "0") not in {"0", "false"},
        "underline": (_value(run, "rPr/u") or "none") != "none",
        "size": float(size) / 2 if size else _BODY_SIZE,
    }


def _table(table: ET.Element) -> Block:
    widths = [int(column.get(f"{_W}w", "1")) for column in table.iter(f"{_W}gridCol")]
    rows: list[list[dict[str, Any]]] = [
        [
            {
                "span": int(_value(cell, "tcPr/gridSpan") or 1),
                "paragraphs": [_paragraph(each) for each in cell.findall(f"{_W}p")],
            }
            for cell in row.findall(f"{_W}tc")
        ]
        for row in table.findall(f"{_W}tr")
    ]
    heads = [_value(row, "trPr/tblHeader") not in {None, "0", "false"}
             for row in table.findall(f"{_W}tr")]  # fmt: skip
    head = next((number for number, one in enumerate(heads) if not one), len(heads))
    whole = all(one["kept"] for row in rows for cell in row for one in cell["paragraphs"])
    return {"kind": "table", "widths": widths, "head": head, "whole": whole, "rows": rows}
