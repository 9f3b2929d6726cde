"""Invented tables of firms and officers, as real departments would send them.

For demonstrations, tests and measurements: no firm, person or telephone number in them is real.
The same seed gives the same table, byte by byte.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from attrs import frozen

from adapters.documents.samples.firms import Firm, Firms
from adapters.documents.samples.mess import Mess
from adapters.documents.samples.officers import OFFICER_HEADINGS, officer_rows
from adapters.documents.samples.sheets import LAYOUTS, PLAIN, Layout
from adapters.documents.samples.words import GUANGXI
from supervision_core.kernel.codes.data import guangxi_regions

__all__ = ["AS_OF", "Sample", "generate_firms", "generate_officers"]

AS_OF = date(2026, 6, 30)
"""The day around which invented firms live when nobody says otherwise."""

_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_DAY_FIELDS = ("established_on", "licence_expires_on")
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


@frozen
class Sample:
    """What was written: rows in all, and how many of them each kind of mess befell."""

    rows: int
    mess: Mapping[str, int]


def generate_firms(  # noqa: PLR0913 - what a list is made of
    path: Path,
    count: int,
    seed: int,
    *,
    mess: bool = True,
    as_of: date = AS_OF,
    within: str = GUANGXI,
) -> Sample:
    """Write a workbook of ``count`` invented firms of a part of Guangxi, or of all of it.

    With ``mess``: five sheets of five departments, each with its own headings and habits, and
    about one row in eight untidy or wrong (``Sample.mess`` says how many of each kind; repeated
    and contradicting rows come on top of ``count``). Without: one tidy sheet.
    """
    made = Firms(seed, as_of, within)
    chance = Mess(seed)
    by_trade: dict[str, list[Firm]] = {layout.trade: [] for layout in LAYOUTS}
    for number in range(count):
        trade, firm = made.firm(number)
        by_trade[trade].append(firm)
    with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
        book.set_properties({"created": _MADE})
        if not mess:
            firms = [firm for trade in by_trade.values() for firm in trade]
            _write_sheet(book, PLAIN, [_tidy(firm) for firm in firms])
            return Sample(count, {})
        rows = 0
        for layout in LAYOUTS:
            written = list(_messy(by_trade[layout.trade], layout, made, chance))
            _write_sheet(book, layout, written)
            rows += len(written)
    return Sample(rows, chance.counts)


def generate_officers(
    path: Path, count: int, seed: int, *, as_of: date = AS_OF, within: str = GUANGXI
) -> Sample:
    """Write a workbook of ``count`` invented officers of the departments of the pilot scenes."""
    with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet("执法人员")
        sheet.write_string(0, 0, "行政执法人员名册（示例数据，非真实人员）")
        sheet.write_row(2, 0, OFFICER_HEADINGS)
        for number, row in enumerate(officer_rows(count, seed, as_of, within), 3):
            sheet.write_row(number, 0, row)
    return Sample(count, {})


def _tidy(firm: Firm) -> Firm:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in firm.items()
    }


def _messy(firms: list[Firm], layout: Layout, made: Firms, chance: Mess) -> Iterator[Firm]:
    tree = guangxi_regions()
    if layout.merged_city:
        firms = sorted(firms, key=lambda firm: str(firm["region"]))
    for number, firm in enumerate(firms, 1):
        code = str(firm["region"])
        city = made.city_of(code).name
        row = dict(firm, number=number, city=city)
        name = tree[code].name
        row["region"] = name if layout.merged_city else chance.place(code, name, city)
        _habits(row, layout)
        for field in _DAY_FIELDS:
            day = firm[field]
            if isinstance(day, date):
                row[field] = chance.day(day)
        kind = chance.befall(row)
        yield row
        if kind in {"repeated", "contradicted"}:
            yield dict(row) if kind == "repeated" else dict(row, staff=7, scope="经营范围已变更")


def _habits(row: Firm, layout: Layout) -> None:
    """Write ticks, noughts and trades the way the department does."""
    ticks = {"是": layout.yes, "否": "" if layout.blank_zeros else layout.no}
    for field, value in row.items():
        if isinstance(value, str):
            if value in ticks:
                row[field] = ticks[value]
        elif value == 0 and layout.blank_zeros:
            row[field] = None
    if layout.industry_by == "name":
        row["industry"] = row["industry_name"]
    elif layout.industry_by == "number":
        row["industry"] = int(str(row["industry"]))


def _write_sheet(book: Any, layout: Layout, rows: list[Firm]) -> None:
    sheet = book.add_worksheet(layout.name)
    columns = layout.columns
    top = 0
    if layout.title:
        style = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        sheet.merge_range(0, 0, 0, len(columns) - 1, layout.title, style)
        sheet.write_string(1, 0, "填报单位：示例单位")
        top = 2
    for place, (_, heading) in enumerate(columns):
        sheet.write_string(top, place, heading)
    day_format = book.add_format({"num_format": "yyyy/m/d"})
    string, number, day = sheet.write_string, sheet.write_number, sheet.write_datetime
    for line, row in enumerate(rows, top + 1):
        for place, (field, _) in enumerate(columns):
            value = row.get(field)
            if value is None or value == "":
                continue
            if isinstance(value, str):
                string(line, place, value)
            elif isinstance(value, date):
                day(line, place, value, day_format)
            else:
                number(line, place, value)
    if layout.merged_city:
        _merge_cities(sheet, book, rows, top + 1, [field for field, _ in columns].index("city"))
    if layout.foot:
        sheet.write_string(top + len(rows) + 1, 0, "合计")
        sheet.write_number(top + len(rows) + 1, 1, len(rows))
        sheet.write_string(top + len(rows) + 2, 0, "填表人：示例　　审核人：示例")


def _merge_cities(sheet: Any, book: Any, rows: list[Firm], top: int, place: int) -> None:
    style = book.add_format({"valign": "vcenter"})
    begin = 0
    for number in range(1, len(rows) + 1):
        if number == len(rows) or rows[number]["city"] != rows[begin]["city"]:
            if number - begin > 1:
                city = rows[begin]["city"]
                sheet.merge_range(top + begin, place, top + number - 1, place, city, style)
            begin = number
