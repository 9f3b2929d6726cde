"""A workbook read a stretch at a time holds what calamine finds in it as a whole."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
import python_calamine as calamine
import xlsxwriter
from hypothesis import event, given
from hypothesis import strategies as st
from tests.yardstick import counts

from adapters.documents import opening, stretches
from adapters.documents.held import Store
from adapters.documents.opening import UnreadableFile, kind_of
from adapters.documents.reading import _cut_sheets, _sheet_rows, _tables_of, read_tables
from adapters.documents.samples import generate_firms, generate_officers
from adapters.documents.workbooks import WorkbookTables
from supervision_core.kernel.messages import Messages
from supervision_core.officers.intake import OFFICER_TABLE
from supervision_core.subjects.intake import SUBJECT_TABLE

Sheet = list[list[tuple[type, object]]]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


@pytest.fixture(autouse=True)
def _cut_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut any workbook, and as often as it goes."""
    monkeypatch.setattr(stretches, "LARGE", 0)
    monkeypatch.setattr(stretches, "STRETCH", 1)
    monkeypatch.setattr(opening, "_CHUNK", 16)


def _typed(rows: Iterable[Iterable[object]], left: int = 0) -> Sheet:
    """Give cells with their types, without the empty ones at the right; None is empty too."""
    found = []
    for row in rows:
        values = ["" if value is None else value for value in row]
        cells = [(str, "")] * left + [(type(value), value) for value in values]
        while cells and cells[-1] == (str, ""):
            cells.pop()
        found.append(cells)
    return found


def whole(content: bytes) -> dict[str, Sheet]:
    """Read it as calamine does."""
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = {}
    for name in _tables_of(book.sheets_metadata):
        sheet = book.get_sheet_by_name(name)
        found[name] = _typed(_sheet_rows(sheet), sheet.start[1] if sheet.start else 0)
    return found


def in_stretches(content: bytes) -> dict[str, Sheet] | None:
    """Read it a stretch at a time; None for what is not cut."""
    assert kind_of(io.BytesIO(content)) == "workbook"
    sheets = _cut_sheets(io.BytesIO(content), Store())
    return None if sheets is None else {name: _typed(rows) for name, rows in sheets}


def _pieces(content: bytes) -> int:
    """Count into how many stretches the first sheet is cut."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.getinfo(SHEET)
        return len(list(stretches._Cut.of(archive, part, "worksheet").pieces()))


def _workbook(replaced: Mapping[str, str], *, since_1904: bool = False) -> bytes:
    """Write a workbook, some of its parts given as they are; style 1 is a day, 2 a time."""
    plain, made = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(plain, {"date_1904": since_1904}) as book:
        sheet = book.add_worksheet("甲")
        book.add_worksheet("空")
        for row, shown in enumerate(("yyyy-mm-dd", "hh:mm", '0.00"d"', "[h]:mm")):
            sheet.write_number(row, 0, 1, book.add_format({"num_format": shown}))
        sheet.write_string(4, 0, "x")
    with zipfile.ZipFile(plain) as archive, zipfile.ZipFile(made, "w") as into:
        for name in archive.namelist():
            into.writestr(name, replaced[name] if name in replaced else archive.read(name))
    return made.getvalue()


def _sheet(rows: str, behind: str = "", before: str = "") -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{before}'
    return f"{head}<sheetData>{rows}</sheetData>{behind}</worksheet>"


def _strings(*items: str) -> str:
    inner = "".join(f"<si>{one}</si>" for one in items)
    return f'<?xml version="1.0"?><sst xmlns="{MAIN}" count="9">{inner}</sst>'


TEXTS = _strings(
    "<t>甲</t>", "<t xml:space='preserve'> 乙 </t>", "<t/>", "<r><t>丙</t></r><r><t>丁</t></r>",
    "<t>注</t><rPh sb='0' eb='1'><t>zhu</t></rPh>", "<t>a&amp;b&#10;_x0041_</t>", "<phoneticPr/>",
    *(f"<t>{at}</t>" for at in range(40)),
)  # fmt: skip
MERGED = '<mergeCells count="2"><mergeCell ref="A2:A6"/><mergeCell ref="D3:D9"/></mergeCells>'
FILLER = "".join(f'<row r="{at}"><c r="B{at}"><v>{at}</v></c></row>' for at in range(2, 6))

KNOWN: dict[str, str] = {
    "shared": '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="A2" t="s" s="1"><v>3</v></c><c r="B2" s="1" t="s"><v>4</v></c></row>'
    '<row r="3"><c r="A3" t=\'s\'><v>2</v></c><c r="B3" t = "s" >\n<v>5</v></c></row>'
    '<row r="4"><c r="C4" t="s"><v>46</v></c></row>'
    '<row r="5"><c r="A5" t="s"><v>6</v></c><c r="B5" t="s"><v>46</v></c></row>',
    "kinds": '<row><c><v>1</v></c><c t="n"><v>1.50</v></c><c t="b"><v>1</v></c></row>'
    '<row><c t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>x&lt;y</v></c><c><v>x</v></c></row>'
    '<row><c t="d"><v>2024-03-05</v></c><c t="d"><v>2024-03-05T10:00:00</v></c></row>'
    '<row><c t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r></is></c><c t="str"><v/></c></row>'
    "<row><c><f>1+1</f></c><c><v>1E+3</v></c><c><v></v></c></row>",
    "days": "".join(
        f'<row><c s="1"><v>{n}</v></c><c s="2"><v>{n}</v></c><c s="3"><v>{n}</v></c>'
        f'<c s="4"><v>{n}</v></c></row>' for n in ("0", "0.5", "59", "60.25", "45000", "-1", "3e6")
    ),
    "places unsaid": "<row><c><v>1</v></c></row><row/><row><c/><c><v>2</v></c></row>"
    "<row><c><v>3</v></c><c><v>4</v></c></row><row></row><row><c><v>5</v></c></row>",
    "far away": '<row r="40"><c r="D40"><v>1</v></c></row>'
    '<row r="90"><c r="C90"><v>2</v></c></row>',
    "wider below": '<row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="2"><c r="Z2"><v>1</v></c></row><row r="3"><c r="B3"><v>1</v></c></row>',
    "nothing": "",
    "all empty": '<row r="1"><c r="A1" s="1"/></row><row r="2"/><row r="3"></row>',
    "empty at the end": FILLER + "".join(
        f'<row r="{at}"><c r="A{at}" s="1"/></row>' for at in range(6, 30)
    ),
    "empty text at the end": FILLER + '<row r="7"><c r="A7"/></row>'
    '<row r="8"><c r="B8" t="str"><v></v></c></row><row r="9"/><row r="12" />',
    "gap in the middle": FILLER + '<row r="7"/><row r="8"><c r="C8"/></row>'
    '<row r="20"><c r="F20"><v>1</v></c></row>',
    "merged": '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    '<row r="3"><c r="D3"><v>7</v></c></row>'
    + "".join(f'<row r="{at}"><c r="A{at}"/><c r="B{at}"><v>1</v></c></row>' for at in range(4, 9)),
}  # fmt: skip


@pytest.mark.parametrize("since_1904", [False, True], ids=["1900", "1904"])
@pytest.mark.parametrize("kind", KNOWN, ids=lambda kind: kind.replace(" ", "_"))
def test_both_ways_find_the_same(kind: str, since_1904: bool) -> None:  # noqa: FBT001
    """Every type of cell, rows and cells without their place, merged cells across stretches."""
    content = _workbook({SHEET: _sheet(KNOWN[kind], MERGED), STRINGS: TEXTS}, since_1904=since_1904)
    assert in_stretches(content) == whole(content)
    assert _pieces(content) >= KNOWN[kind].count("<row") / 2


@pytest.mark.parametrize("kind", ["shared", "merged"])
def test_names_with_a_prefix_are_known(kind: str) -> None:
    """Some programs write x:row."""
    rows = KNOWN[kind]
    sheet = _sheet(rows, MERGED)
    for name in ("worksheet", "sheetData", "row", "c", "v", "mergeCells", "mergeCell"):
        for mark in (" ", ">", "/"):
            sheet = sheet.replace(f"<{name}{mark}", f"<x:{name}{mark}")
        sheet = sheet.replace(f"</{name}>", f"</x:{name}>")
    content = _workbook({SHEET: sheet.replace("xmlns=", "xmlns:x="), STRINGS: TEXTS})
    assert in_stretches(content) == whole(content)
    assert _pieces(content) >= rows.count("<row") / 2


ONE, TWO = (f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>' for at in (1, 2))
UNKNOWN: dict[str, tuple[str, str]] = {
    "comment": (_sheet(ONE + "<!-- <row> -->" + TWO), TEXTS),
    "cdata": (_sheet(ONE + '<row><c t="str"><v><![CDATA[<row>]]></v></c></row>'), TEXTS),
    "instruction": (_sheet(ONE + "<?x <row ?>" + TWO), TEXTS),
    "disorder": (_sheet(TWO + ONE), TEXTS),
    "twice": (_sheet(ONE + TWO + TWO), TEXTS),
    "cell_elsewhere": (_sheet(ONE + '<row r="2"><c r="B9"><v>1</v></c></row>' + TWO), TEXTS),
    "odd_number": (_sheet('<row><c t="s"><v>00</v></c></row>'), TEXTS),
    "odd_shared": (_sheet('<row><c t="s"><f>1</f><v>1</v></c></row>'), TEXTS),
    "rows_unsaid": (_sheet('<row><c><v>1</v></c></row><row><c r="A3"><v>2</v></c></row>'), TEXTS),
    "rows_unsaid_otherwise": (_sheet("<row><c r='A1'><v>1</v></c></row>"), TEXTS),
    "cell_behind": (_sheet('<row r="1"><c r="A2"><v>1</v></c></row>'), TEXTS),
    "empty_shared": (_sheet('<row r="1"><c r="A1" t="s"/><c r="B1"><v>1</v></c></row>'), TEXTS),
    "nested": (_sheet(ONE + '<row r="2"><sheetData/><c r="A2"><v>2</v></c></row>'), TEXTS),
    "strings_with_comment": (_sheet(ONE), TEXTS.replace("<si>", "<!-- --><si>", 1)),
}


@pytest.mark.parametrize("kind", UNKNOWN)
def test_what_no_known_program_writes_is_read_whole(kind: str) -> None:
    """Where a cut could go wrong none is made, and the table is read nonetheless."""
    sheet, strings = UNKNOWN[kind]
    content = _workbook({SHEET: sheet, STRINGS: strings})
    assert in_stretches(content) is None
    assert whole(content)["甲"]
    with pytest.raises(UnreadableFile) as caught:  # it is looked through for its heading
        read_tables(io.BytesIO(content), SUBJECT_TABLE)
    assert [one.code for one in caught.value.reasons] == ["documents.no_table"]


def test_a_string_that_is_not_there_is_damage_in_both_ways() -> None:
    """Error: documents.file_damaged."""
    content = _workbook({SHEET: _sheet('<row><c t="s"><v>99</v></c></row>'), STRINGS: TEXTS})
    assert in_stretches(content) is None
    with pytest.raises(calamine.CalamineError):
        whole(content)


PLACED = st.booleans()
VALUES = st.one_of(
    st.integers(0, 46).map(lambda n: f' t="s"><v>{n}</v>'),
    st.integers(-5, 60_000).map(lambda n: f' s="1"><v>{n}</v>'),
    st.sampled_from(
        [">", ' s="2">', ' t="str"><v></v>', ' t="str"><v>x</v>', ' t="b"><v>0</v>', ' t="s">']
    ),
)
GRID = st.lists(
    st.tuples(
        st.integers(1, 4),
        PLACED,
        st.lists(st.tuples(st.integers(1, 3), PLACED, VALUES), max_size=4),
    ),
    max_size=12,
)
RANGES = st.lists(
    st.tuples(st.sampled_from("ABCDEF"), st.integers(1, 20), st.integers(1, 9)), max_size=4
)


def _grid(rows: Iterable[tuple[int, bool, list[tuple[int, bool, str]]]]) -> Iterator[str]:
    number = 0
    for step, placed, cells in rows:
        number += step if placed else 1
        yield f'<row r="{number}">' if placed else "<row>"
        column = 0
        for over, named, value in cells:
            column += over if named else 1
            yield f'<c r="{chr(64 + column)}{number}"' if named else "<c"
            yield f"{value}</c>"
        yield "</row>"


@given(rows=GRID, ranges=RANGES)
def test_any_grid_is_the_same_in_both_ways(
    rows: list[tuple[int, bool, list[tuple[int, bool, str]]]],
    ranges: list[tuple[str, int, int]],
) -> None:
    """Wherever rows and cells stand, and whatever is merged."""
    refs = "".join(
        f'<mergeCell ref="{column}{top}:{column}{top + more}"/>' for column, top, more in ranges
    )
    content = _workbook(
        {SHEET: _sheet("".join(_grid(rows)), f"<mergeCells>{refs}</mergeCells>"), STRINGS: TEXTS}
    )
    found = in_stretches(content)
    event("not cut" if found is None else "cut")
    assert found in (None, whole(content))


@pytest.mark.parametrize("many", [100, 9_000])
@pytest.mark.parametrize("where", ["behind", "in one row"])
def test_what_would_be_held_whole_is_not_cut(
    monkeypatch: pytest.MonkeyPatch, where: str, many: int
) -> None:
    """Much behind the rows, or in one of them: it would be held several times over."""
    monkeypatch.setattr(stretches, "_MOST_COPIED", 8_000)
    gap = " " * many
    sheet = _sheet(ONE, gap) if where == "behind" else _sheet(ONE.replace("</row>", f"{gap}</row>"))
    content = _workbook({SHEET: sheet, STRINGS: TEXTS})
    assert in_stretches(content) == (whole(content) if many == 100 else None)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml"])
def test_a_part_that_hides_what_it_is_is_not_cut(part: str) -> None:
    """A comment before the root holds what looks like one."""
    with zipfile.ZipFile(io.BytesIO(_workbook({}))) as archive:
        plain = archive.read(part).decode()
    hidden = plain.replace("?>", "?><!-- <report> -->", 1)
    content = _workbook({part: hidden, SHEET: _sheet(KNOWN["days"]), STRINGS: TEXTS})
    assert in_stretches(content) is None
    assert len(whole(content)["甲"]) == 7


def test_a_workbook_behind_another_kind_of_file_is_not_read() -> None:
    """What was not looked through is not opened: an .xls with an archive at its end is an .xls."""
    archive = _workbook({SHEET: _sheet(KNOWN["kinds"])})
    assert stretches.is_large(io.BytesIO(archive))
    assert not stretches.is_large(io.BytesIO(b"\xd0\xcf\x11\xe0" + archive))


def test_what_looks_like_shared_strings_in_a_text_costs_little() -> None:
    """A text of 256 KiB that says t="s" again and again: half a minute, were each looked behind.

    Of a processor that counts to five million in a sixth of a second; it may take five.
    """
    text = 't="s" ' * (2**18 // 6)
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'
    content = _workbook({SHEET: _sheet(rows), STRINGS: TEXTS})
    read = list[object]()
    assert counts(lambda: read.append(in_stretches(content))) < 30
    assert read == [None]


def test_sample_workbooks_are_the_same_in_both_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Messy firms on several sheets, officers, a template: as rows and as tables."""
    monkeypatch.setattr(stretches, "STRETCH", 50_000)
    monkeypatch.setattr(opening, "_CHUNK", 2**14)
    firms, officers = tmp_path / "firms.xlsx", tmp_path / "officers.xlsx"
    generate_firms(firms, 600, 3)
    generate_officers(officers, 400, 3)
    template = WorkbookTables(Messages()).template(SUBJECT_TABLE)
    for content in (firms.read_bytes(), officers.read_bytes(), template):
        assert in_stretches(content) == whole(content)
    for path, table in ((firms, SUBJECT_TABLE), (officers, OFFICER_TABLE)):
        with path.open("rb") as file:
            monkeypatch.setattr(stretches, "LARGE", 0)
            cut = [(one, list(one.rows)) for one in read_tables(file, table)]
            monkeypatch.setattr(stretches, "LARGE", 2**40)
            assert [(one, list(one.rows)) for one in read_tables(file, table)] == cut


@pytest.mark.parametrize("broken", ["texts", "pieces", "empty"])
def test_a_rule_that_is_broken_shows(monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    """Negative control: strings that stay numbers, a stretch left out, an end that is not seen."""
    pieces = stretches._Cut.pieces
    if broken == "texts":
        monkeypatch.setattr(stretches._Texts, "of", lambda *_: {})
    elif broken == "pieces":
        monkeypatch.setattr(stretches._Cut, "pieces", lambda cut: list(pieces(cut))[:-1])
    else:
        read = stretches.CutWorkbook._stretches
        monkeypatch.setattr(
            stretches.CutWorkbook, "_stretches",
            lambda *of: ((rows, len(rows)) for rows, _ in read(*of)),
        )  # fmt: skip
    found = []
    for kind in ("merged", "empty at the end"):
        content = _workbook({SHEET: _sheet(KNOWN[kind], MERGED), STRINGS: TEXTS})
        found.append(in_stretches(content) == whole(content))
    assert not all(found)
