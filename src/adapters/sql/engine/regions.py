"""Region codes (GB/T 2260) in columns and conditions."""

from sqlalchemy import Column, ColumnElement, or_

from adapters.sql.engine.types import required

REGION_LENGTH = 12


def region() -> Column[str]:
    """Give the column of the owning region."""
    return required("region", REGION_LENGTH)


def city_of(code: str) -> str:
    """Give the city of a region; of a city, and of the whole autonomous region, that code."""
    return code if code.endswith("00") else f"{code[:4]}00"


def regions_above(code: str) -> frozenset[str]:
    """Give ``code`` with the code of every region above it."""
    return frozenset({code, f"{code[:4]}00", f"{code[:2]}0000"})


def in_line(column: ColumnElement[str], code: str) -> ColumnElement[bool]:
    """Say that ``column`` lies in the region ``code``, below it, or holds it."""
    return or_(within(column, code), column.in_(sorted(regions_above(code))))


def within(column: ColumnElement[str], code: str) -> ColumnElement[bool]:
    """Say that ``column`` lies in the region ``code`` or below."""
    if code.endswith("0000"):
        return column.startswith(code[:2], autoescape=True)
    if code.endswith("00"):
        return column.startswith(code[:4], autoescape=True)
    return column == code
