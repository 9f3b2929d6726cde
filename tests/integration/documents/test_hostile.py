"""Small files that would grow: refused soon, in little memory, wherever files come in."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import pytest
import xlsxwriter

from adapters.documents.letters import TemplateLetters
from adapters.documents.letters.filling import LetterNotFillable
from adapters.documents.opening import UnreadableFile, kind_of
from adapters.documents.packages import (
    PackageUnreadable,
    pilot_package,
    read_package,
    write_package,
)
from adapters.documents.reading import read_tables
from supervision_core.subjects.intake import SUBJECT_TABLE

from .old_workbooks import old_workbook

MOST_MEGABYTES = 64.0
MOST_SIZE = 2**20
HEAD = ["企业名称", "统一社会信用代码"]

READ = """
import json, sys, time
from adapters.documents.reading import read_tables
from supervision_core.kernel.errors import Refused
from supervision_core.subjects.intake import SUBJECT_TABLE

def peak():
    with open("/proc/self/status") as said:
        return next(int(line.split()[1]) for line in said if line.startswith("VmHWM")) / 1024

def read(path):
    with open(path, "rb") as file:
        try:
            return sum(1 for table in read_tables(file, SUBJECT_TABLE) for row in table.rows)
        except Refused as refused:
            return refused.reasons[0].code

read(sys.argv[1])
before, began = peak(), time.process_time()
said = read(sys.argv[2])
print(json.dumps([said, time.process_time() - began, peak() - before]))
"""


def measured(lawful: Path, path: Path) -> tuple[int | str, float, float]:
    """Read a file in a process of its own: rows or code, seconds of processor, megabytes more."""
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", READ, str(lawful), str(path)],
        check=True, capture_output=True, text=True, env={**os.environ},
    )  # fmt: skip
    said, seconds, megabytes = json.loads(done.stdout)
    return said, seconds, megabytes


def book(path: Path, rows: Iterator[list[str]], **far: str) -> Path:
    """Write a workbook; ``far`` puts texts into cells by their names."""
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
        for cell, text in far.items():
            sheet.write_string(cell, text)
    return path


def firms(count: int) -> Iterator[list[str]]:
    """Give rows of firms."""
    return ([f"示例企业{n}有限公司", f"91450100MA5{n:07}"] for n in range(count))


@pytest.fixture(scope="module")
def lawful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workbook as people send them."""
    return book(tmp_path_factory.mktemp("lawful") / "lawful.xlsx", firms(50))


def with_part(lawful: Path, path: Path, name: str, pieces: Iterator[bytes]) -> Path:
    """Put a part into a copy of a workbook, or in the place of one that it has."""
    with (
        zipfile.ZipFile(lawful) as whole,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in whole.namelist():
            if part != name:
                made.writestr(part, whole.read(part))
        with made.open(name, "w", force_zip64=True) as stream:
            for piece in pieces:
                stream.write(piece)
    return path


@cache
def most_seconds() -> float:
    """Give twice what a lawful table of a hundred thousand rows takes of this processor."""
    with TemporaryDirectory() as folder:
        small = book(Path(folder) / "small.xlsx", firms(50))
        return 2 * measured(small, book(Path(folder) / "large.xlsx", firms(100_000)))[1]


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _sheet(body: Iterator[bytes]) -> Iterator[bytes]:
    yield b"<worksheet " + MAIN + b"><sheetData>"
    yield from body
    yield b"</sheetData></worksheet>"


def _bomb() -> Iterator[bytes]:
    yield from (b" " * 2**20 for _ in range(600))


def _cells(tag: bytes) -> Iterator[bytes]:
    yield b"<row>" + tag * 2 + b"</row>"
    yield from (b"<row>" + tag * 16_000 + b"</row>" for _ in range(600))


def _corner(reference: str) -> Iterator[bytes]:
    yield b'<row r="1"><c r="A1"><v>1</v></c></row>'
    yield f"<row><c {reference}><v>1</v></c></row>".encode()


def _few_wide() -> Iterator[bytes]:
    yield b'<row r="1">' + b"<c><v>1</v></c>" * 16_000 + b"</row>"
    yield b'<row r="1048576"><c><v>1</v></c></row>'


def _tall_empty() -> Iterator[bytes]:
    yield b'<row><c r="ALL1"><v>1</v></c></row>'
    yield from (b"<row/>" * 10_000 for _ in range(90))
    yield b"<row><c><v>1</v></c></row>"


def _strings() -> Iterator[bytes]:
    yield b"<sst " + MAIN + b">"
    yield from (b"<si><t>x</t></si>" * 10_000 for _ in range(60))
    yield b"</sst>"


def _declared() -> Iterator[bytes]:
    yield b"<sst " + MAIN + b' uniqueCount="4000000000"><si><t>x</t></si></sst>'


def _merges() -> Iterator[bytes]:
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 9_000))
    merged = '<mergeCell ref="A1:A9000"/>' * 5_000
    yield b"<worksheet " + MAIN + b"><sheetData>" + cells.encode() + b"</sheetData>"
    yield f"<mergeCells>{merged}</mergeCells></worksheet>".encode()


def _late_doctype() -> Iterator[bytes]:
    yield b"<?xml version='1.0'?><!-- " + os.urandom(32_768).hex().encode() * 40 + b" -->"
    yield b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'


def _torn_doctype() -> Iterator[bytes]:
    yield b" " * (2**20 - 4) + b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'


HOSTILE: dict[str, tuple[str, Callable[[], Iterator[bytes]], str]] = {
    "bomb": (SHEET, _bomb, "documents.file_swells"),
    "bomb_elsewhere": ("docProps/thumbnail.png", _bomb, "documents.file_swells"),
    "cells": (SHEET, lambda: _sheet(_cells(b"<c/>")), "documents.file_swells"),
    "corner": (SHEET, lambda: _sheet(_corner('r="XFD1048576"')), "documents.sheet_too_wide"),
    "corner_quoted": (SHEET, lambda: _sheet(_corner("r='XFD1048576'")), "documents.sheet_too_wide"),
    "corner_spaced": (SHEET, lambda: _sheet(_corner('r = "XFD99999"')), "documents.sheet_too_wide"),
    "corner_small": (SHEET, lambda: _sheet(_corner('r="xfd9999"')), "documents.sheet_too_wide"),
    "places_unsaid": (SHEET, lambda: _sheet(_few_wide()), "documents.sheet_too_wide"),
    "rows_unsaid": (SHEET, lambda: _sheet(_tall_empty()), "documents.sheet_too_wide"),
    "strings": (STRINGS, _strings, "documents.file_crowded"),
    "strings_declared": (STRINGS, _declared, "documents.file_crowded"),
    "merges": (SHEET, _merges, "documents.file_crowded"),
    "late_doctype": ("xl/theme/theme1.xml", _late_doctype, "documents.file_hostile"),
    "torn_doctype": (SHEET, _torn_doctype, "documents.file_hostile"),
    "doctype_of_no_xml": ("xl/media/a.bin", _late_doctype, "documents.file_hostile"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_small_file_takes_little(lawful: Path, tmp_path: Path, kind: str) -> None:
    """解包限额: refused with its code, by little work, and in 64 MB more than a lawful one."""
    name, pieces, code = HOSTILE[kind]
    path = with_part(lawful, tmp_path / "hostile.xlsx", name, pieces())
    assert path.stat().st_size < MOST_SIZE * 3
    said, seconds, megabytes = measured(lawful, path)
    assert said == code
    assert (seconds < most_seconds(), megabytes < MOST_MEGABYTES) == (True, True), (
        seconds, megabytes,
    )  # fmt: skip


def test_a_sheet_under_another_name_is_looked_at(lawful: Path, tmp_path: Path) -> None:
    """A workbook says itself which part is a sheet: the area of every part counts."""
    moved = tmp_path / "moved.xlsx"
    with zipfile.ZipFile(lawful) as whole, zipfile.ZipFile(moved, "w") as made:
        for name in whole.namelist():
            text = whole.read(name).replace(b"worksheets/sheet1.xml", b"charts/a.xml")
            made.writestr(name, text)
        made.writestr("xl/charts/a.xml", b"".join(_sheet(_corner('r="XFD1048576"'))))
    assert measured(lawful, moved)[0] == "documents.sheet_too_wide"


@pytest.mark.parametrize("text", [b"\xff\xfea\x00,", b"\xff\xfe\x00\xd8,\x00"], ids=["odd", "half"])
def test_a_csv_that_is_not_the_text_it_says_is_damaged(tmp_path: Path, text: bytes) -> None:
    """UTF-16 of an odd length, or with half of a pair."""
    path = tmp_path / "a.csv"
    path.write_bytes(text)
    with path.open("rb") as file, pytest.raises(UnreadableFile) as caught:
        read_tables(file, SUBJECT_TABLE)
    assert [one.code for one in caught.value.reasons] == ["documents.file_damaged"]


def test_many_parts_are_not_opened(lawful: Path, tmp_path: Path) -> None:
    """A directory of many parts is counted before it is read."""
    path = tmp_path / "parts.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        for number in range(6_000):
            made.writestr(f"xl/worksheets/{number}.xml", b"")
    assert measured(lawful, path)[0] == "documents.file_swells"


def test_a_zip_inside_stays_shut(lawful: Path, tmp_path: Path) -> None:
    """What is packed in a part is not unpacked: it costs nothing, and the table is read."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a", b"\0" * 2**28)
    path = with_part(lawful, tmp_path / "a.xlsx", "xl/embeddings/a.zip", iter([inner.getvalue()]))
    said, seconds, megabytes = measured(lawful, path)
    assert (said, seconds < most_seconds(), megabytes < MOST_MEGABYTES) == (50, True, True)


def test_a_large_lawful_table_is_read(lawful: Path, tmp_path: Path) -> None:
    """Negative control: a hundred thousand rows are no attack, nor is a wide sheet of few."""
    large = book(tmp_path / "large.xlsx", firms(100_000))
    assert measured(lawful, large)[0] == 100_000
    wide = book(tmp_path / "wide.xlsx", firms(800), CV5="x")
    assert measured(lawful, wide)[0] == 800
    cell = "<c t='str'><v>{}</v></c>"
    rows = (f"<row>{cell}{cell}</row>".format(*row).encode() for row in (HEAD, *firms(20_000)))
    path = with_part(lawful, tmp_path / "unsaid.xlsx", SHEET, _sheet(rows))
    assert measured(lawful, path)[0] == 20_000


def test_scene_packages_and_templates_are_held_to_it(tmp_path: Path) -> None:
    """A package and a letter's template are zips of others' making too."""
    package = tmp_path / "package.zip"
    write_package(pilot_package("dairy"), package)
    assert read_package(package) == pilot_package("dairy")
    with zipfile.ZipFile(package, "a", zipfile.ZIP_DEFLATED) as made:
        for number in range(8):
            made.writestr(f"__MACOSX/{number}", b"\0" * 10 * 2**20)
    with pytest.raises(PackageUnreadable) as caught:
        read_package(package)
    assert [one.code for one in caught.value.violations] == ["documents.file_swells"]
    for name, text, code in (
        ("bomb", b"\0" * 40 * 2**20, "documents.file_swells"),
        ("entity", b" " * 70_000 + b"<!DOCTYPE a>", "documents.file_hostile"),
    ):
        with zipfile.ZipFile(tmp_path / f"{name}.docx", "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("word/document.xml", text)
        with pytest.raises(LetterNotFillable) as refused:
            TemplateLetters(tmp_path).facts_of(name)
        assert [one.code for one in refused.value.violations] == [code]


def test_an_old_workbook_with_cells_far_apart_is_refused(lawful: Path, tmp_path: Path) -> None:
    """Two numbers in the corners of a sheet of Excel 97: a reader would hold all between them.

    Error: documents.sheet_too_wide. The same two side by side are read (the control): no heading.
    """
    far, near = tmp_path / "far.xls", tmp_path / "near.xls"
    far.write_bytes(old_workbook({(0, 0): 1, (65_535, 255): 7}))
    near.write_bytes(old_workbook({(0, 0): 1, (1, 1): 7}))
    said, seconds, megabytes = measured(lawful, far)
    assert said == "documents.sheet_too_wide"
    assert (seconds < most_seconds(), megabytes < MOST_MEGABYTES) == (True, True)
    assert measured(lawful, near)[0] == "documents.no_table"


@pytest.mark.parametrize("at", [30, 48, 60, 80, 512, 516, 1024 + 116, 1024 + 128 + 116])
def test_an_old_workbook_damaged_anywhere_is_refused_or_read(at: int) -> None:
    """Neither a ring of sectors nor a number that leads nowhere is followed without end."""
    whole = old_workbook({(0, 0): 1, (1, 1): 7})
    for value in (b"\xff\xff\xff\x7f", b"\x02\x00\x00\x00", b"\x00\x00\x00\x00"):
        damaged = whole[:at] + value + whole[at + 4 :]
        assert _judged(damaged) in {
            "workbook", "documents.file_damaged", "documents.sheet_too_wide",
        }  # fmt: skip


def test_a_workbook_is_unpacked_once_to_be_looked_at(
    lawful: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it unpacks to is counted while it is looked through: everybody waits for that."""
    opened: list[str] = []
    opening = zipfile.ZipFile.open

    def counted(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> IO[bytes]:
        opened.append(part.filename)
        return opening(archive, part)

    monkeypatch.setattr(zipfile.ZipFile, "open", counted)
    assert _judged(lawful.read_bytes()) == "workbook"
    assert "xl/worksheets/sheet1.xml" in opened
    assert len(set(opened)) == len(opened)


def _judged(data: bytes) -> str:
    try:
        return kind_of(io.BytesIO(data))
    except UnreadableFile as refused:
        return refused.reasons[0].code
