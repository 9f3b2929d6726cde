"""Registers as tables that people fill in: headings, what a row means, entries as rows again."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from attrs import frozen

from supervision_core.kernel.days import GUANGXI, minute_text
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.registers.description import C, is_blank, parts_of
from supervision_core.kernel.registers.fields import Field, FieldType
from supervision_core.kernel.registers.register import Register
from supervision_core.kernel.tables import Cell, Column, ColumnKind, ReadRow, RowFault, TableFormat

POSITION: Final = "position"
_APART = re.compile(r"[、，,；;\n]+")
_WRITTEN: Final = frozenset({FieldType.VALUE, FieldType.VALUES})
COLUMN_KINDS: Final = {
    FieldType.CHOICE: ColumnKind.CHOICE,
    FieldType.INTEGER: ColumnKind.INTEGER,
    FieldType.DAY: ColumnKind.DATE,
    FieldType.FLAG: ColumnKind.FLAG,
    **dict.fromkeys(
        (
            FieldType.LONG_TEXT,
            FieldType.TEXTS,
            FieldType.CHOICES,
            FieldType.LINKS,
            FieldType.VALUES,
        ),
        ColumnKind.LINES,
    ),
}
_SEVERAL: Final = "多个之间用顿号分开"
_APART_LINES: Final = "多个之间用分号分开"
_BY_NAME: Final = "填写名称；区划、机构也可填写代码"


def table_of(register: Register[Any]) -> TableFormat:
    """Give the table of a register: a column for each field, and the position."""
    columns = (*map(_column, _told(register)), _POSITION)
    return TableFormat(name=register.plural, title=f"{register.title}导入导出表", columns=columns)


def table_with(name: str, title: str, fields: Iterable[Field]) -> TableFormat:
    """Give the table of what is imported row by row: a column for each field."""
    return TableFormat(name=name, title=f"{title}导入表", columns=tuple(map(_column, fields)))


def _told(register: Register[Any]) -> list[Field]:
    """Give the fields that a table tells: all but files, which hang on the entry's own page."""
    return [one for one in register.fields if one not in register.attached]


_POSITION: Final = Column(
    name=POSITION, title="排序号", kind=ColumnKind.INTEGER, aliases=("排序", "序号"),
    note="不填的排在最后",
)  # fmt: skip


def _column(one: Field) -> Column:
    several = _APART_LINES if one.type is FieldType.VALUES else _SEVERAL
    notes = [one.hint, _BY_NAME if one.to else "", several if one.many else ""]
    if one.type is FieldType.CHOICES:
        notes.append("可选：" + "、".join(one.codes.values()))
    return Column(
        name=one.name,
        title=one.title,
        kind=COLUMN_KINDS.get(one.type, ColumnKind.TEXT),
        required=one.required,
        choices=tuple(one.codes.values()) if one.type is FieldType.CHOICE else (),
        max_length=(one.max_length or 500) if not one.many else 2_000,
        example=one.example,
        note="；".join(filter(None, notes)),
    )


@frozen(kw_only=True)
class TableEntry:
    """One row fit for import, its links still by name; without ``position`` it does not say.

    ``columns`` are those that its sheet has.
    """

    row: int
    content: Any
    position: int | None
    columns: tuple[str, ...]


@frozen(kw_only=True)
class TableIntake:
    """Which rows of a table go in, the higher of a tree before the lower, and what was wrong."""

    entries: tuple[TableEntry, ...]
    faults: tuple[RowFault, ...]


def take_in(register: Register[Any], rows: Iterable[ReadRow]) -> TableIntake:
    """Understand a table of a register by types; what rules say comes when rows are stored."""
    entries: list[TableEntry] = []
    faults: list[RowFault] = []
    for row in rows:
        faults += row.faults
        if not row.usable:
            continue
        wrong = list(faults_in(register.fields, row))
        faults += wrong
        if not wrong:
            position = row.values.get(POSITION)
            entries.append(
                TableEntry(
                    row=row.number,
                    content=register.content(**values_of(register.fields, row)),
                    position=position if isinstance(position, int) else None,
                    columns=row.columns,
                )
            )
    return TableIntake(entries=tuple(_higher_first(register, entries)), faults=tuple(faults))


def faults_in(fields: Iterable[Field], row: ReadRow) -> Iterator[RowFault]:
    """Find cells of a row that mean nothing."""
    for one in fields:
        value = row.values.get(one.name)
        if one.type in _WRITTEN and isinstance(value, str) and not _readable(one, value):
            wrong = Violation("kernel.table_not_written_so", one.name, {"wanted": one.hint})
            yield RowFault(row=row.number, column=one.title, violation=wrong)
        if one.type is FieldType.CHOICES and isinstance(value, str):
            known = set(one.codes.values())
            if not set(_parts(value)) <= known:
                data = {"choices": "、".join(one.codes.values())}
                wrong = Violation("kernel.table_not_a_choice", one.name, data)
                yield RowFault(row=row.number, column=one.title, violation=wrong)
        if one.type is FieldType.MOMENT and isinstance(value, str) and _moment(value) is None:
            wrong = Violation("kernel.table_not_a_day", one.name)
            yield RowFault(row=row.number, column=one.title, violation=wrong)


def values_of(fields: Iterable[Field], row: ReadRow) -> dict[str, Any]:
    """Give what a row says, by the names of fields."""
    return {one.name: _value(one, row.values[one.name]) for one in fields if one.name in row.values}


def _value(one: Field, value: Any) -> Any:
    codes = {title: code for code, title in one.codes.items()}
    match one.type:
        case FieldType.CHOICE:
            return codes[value]
        case FieldType.CHOICES:
            return tuple(codes[part] for part in _parts(value))
        case FieldType.TEXTS | FieldType.LINKS:
            return tuple(_parts(value))
        case FieldType.MOMENT:
            return _moment(value)
        case FieldType.VALUE | FieldType.VALUES:
            found = tuple(map(one.of.parse, _lines(value)))
            return found if one.many else found[0]
        case _:
            return value


def _readable(one: Field, text: str) -> bool:
    try:
        _value(one, text)
    except ValueError:
        return False
    return True


def _lines(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[；;\n]", text) if part.strip()]


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in _APART.split(text) if part.strip()))


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=GUANGXI)


def _higher_first(register: Register[Any], entries: Iterable[TableEntry]) -> Iterator[TableEntry]:
    """Give rows with each behind the one it names as above; rings are left where they stand."""
    left = list(entries)
    if register.parent is None:
        yield from left
        return
    waiting = {getattr(one.content, register.label.name) for one in left}
    while left:
        ready = [one for one in left if register.parent_of(one.content) not in waiting] or left
        yield from ready
        left = [one for one in left if one not in ready]
        waiting = {getattr(one.content, register.label.name) for one in left}


def cells_of(
    register: Register[C], content: C, position: int, names: Mapping[str, str]
) -> tuple[Cell, ...]:
    """Give an entry as a row of its table; ``names`` are those of what it refers to, by id."""
    return (*(cell_of(one, getattr(content, one.name), names) for one in _told(register)), position)


def cell_of(one: Field, value: Any, names: Mapping[str, str]) -> Cell:
    """Give a value as a cell: titles of codes, names of references, days as days."""
    if is_blank(value):
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return minute_text(value)
    if isinstance(value, (tuple, frozenset)):
        between = "；" if one.type is FieldType.VALUES else "、"
        return between.join(str(_cell_text(one, part, names)) for part in parts_of(value))
    if one.type is FieldType.VALUE:
        return str(value)
    found: Cell = _cell_text(one, value, names)
    return found


def _cell_text(one: Field, value: Any, names: Mapping[str, str]) -> Any:
    if one.to is not None:
        return names.get(value, value)
    return one.codes.get(value, value) if one.codes else value
