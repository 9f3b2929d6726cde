"""Counts in tables: in which cells each thing counts, one row for each cell, and sums.

Sums stand for a region and each above it, by scene of a month and by department of a year: whoever
reaches a region whatever the department is told whole months and years from them, so that figures
of a whole province come from few rows.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from attrs import evolve
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    PrimaryKeyConstraint,
    Select,
    Table,
    Text,
    Update,
    bindparam,
    delete,
    func,
    select,
    update,
)

from adapters.sql.engine import direct
from adapters.sql.engine.bulk import insert_rows
from adapters.sql.engine.closing import AtCommit
from adapters.sql.engine.id_sets import looked_at
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.regions import region, regions_above, within
from adapters.sql.engine.repository import chunks
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import ID_LENGTH, day, ordered, required, whole
from supervision_core.dashboards.model import Cell, Group, Measure
from supervision_core.dashboards.ports import Counts, Wanted

_MOST_WAITING: Final = 1_000
_AT_ONCE: Final = 5_000

counted = Table(
    "counted",
    metadata,
    ordered("kind", 40),
    ordered("root_id", ID_LENGTH),
    Column("cells", Text, nullable=False),
    PrimaryKeyConstraint("kind", "root_id"),
)
"""The cells of each thing as JSON: what it counted is taken back where it counts anew."""

count_group = Table(
    "count_group",
    metadata,
    required("id", 32),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("id"),
)
"""The departments that things are counted for together."""

count_cell = Table(
    "count_cell",
    metadata,
    required("measure", 30),
    required("about", ID_LENGTH),
    day("counted_on"),
    region(),
    required("group_id", 32),
    required("value", 40),
    whole("many"),
    PrimaryKeyConstraint("measure", "about", "counted_on", "region", "group_id", "value"),
    Index("ix_count_cell_day", "measure", "counted_on", "group_id"),
    Index("ix_count_cell_group", "group_id", "region", "counted_on", "measure"),
)
"""How many things count in a cell; ``about`` stands before the day, since there are few."""

count_member = Table(
    "count_member",
    metadata,
    required("department", ID_LENGTH),
    required("group_id", 32),
    PrimaryKeyConstraint("department", "group_id"),
    Index("ix_count_member_group", "group_id"),
)
"""In which groups a department is."""

count_sum = Table(
    "count_sum",
    metadata,
    required("along", 10),
    region(),
    required("measure", 30),
    day("counted_in"),
    required("value", 40),
    required("concerned", ID_LENGTH),
    whole("many"),
    PrimaryKeyConstraint("along", "region", "measure", "counted_in", "value", "concerned"),
)
"""How many things of a period count in a region and below, by what ``along`` says they concern."""

ABOUT, DEPARTMENT = "about", "department"
_CELL: Final = ("measure", "about", "counted_on", "region", "group_id", "value")
_SUM: Final = ("along", "region", "measure", "counted_in", "value", "concerned")
_COLUMNS: Final[Mapping[str, ColumnElement[Any]]] = {
    "measure": count_cell.c.measure, "value": count_cell.c.value, "day": count_cell.c.counted_on,
    "month": count_cell.c.counted_on, "region": count_cell.c.region,
    "department": count_member.c.department, "about": count_cell.c.about,
}  # fmt: skip
_SUMMED: Final[Mapping[str, ColumnElement[Any]]] = {
    "measure": count_sum.c.measure, "value": count_sum.c.value,
    "month": count_sum.c.counted_in,
}  # fmt: skip
"""By what sums are told, whatever they are along."""


def _adding(table: Table, place: Sequence[str]) -> Update:
    same = (table.c[name] == bindparam(f"of_{name}") for name in place)
    return update(table).where(*same).values(many=table.c.many + bindparam("more"))


_ADD_TO_CELL = _adding(count_cell, _CELL)
_ADD_TO_SUM = _adding(count_sum, _SUM)
_GONE = delete(counted).where(
    counted.c.kind == bindparam("of_kind"), counted.c.root_id == bindparam("of_root")
)
Place = tuple[str, str, date, str, str, str]
Sum = tuple[str, str, str, date, str, str]


_LAST: Final = date.max - timedelta(days=1)


class SqlCounts(Counts, AtCommit):
    """Counts of one unit of work; what changes in them is written at the commit."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection
        self._reader = Reader(connection)
        self._waiting: dict[tuple[str, str], frozenset[Cell]] = {}

    def settle(self, kind: str, id: str, cells: Collection[Cell]) -> None:
        """Let ``cells`` be all in which a thing counts."""
        self._waiting[kind, id] = frozenset(cells)
        if len(self._waiting) >= _MOST_WAITING:
            self.flush()

    def flush(self) -> Sequence[str]:
        """Write what differs: things first, then the sums that they change."""
        waiting, self._waiting = self._waiting, {}
        old = self._standing(waiting)
        changed = {one: cells for one, cells in waiting.items() if cells != old.get(one)}
        more = Counter[Cell]()
        rows = list[tuple[str, str, str]]()
        for (kind, id_), cells in sorted(changed.items(), key=lambda one: one[0]):
            before = old.get((kind, id_), frozenset())
            more.update(cells - before)
            more.subtract(before - cells)
            if before:
                direct.execute(self._connection, _GONE, {"of_kind": kind, "of_root": id_})
            if cells:
                rows.append((kind, id_, _told(cells)))
        insert_rows(self._connection, counted, rows)
        self._add({cell: count for cell, count in more.items() if count})
        return ()

    def _standing(
        self, places: Iterable[tuple[str, str]]
    ) -> dict[tuple[str, str], frozenset[Cell]]:
        by_kind: dict[str, list[str]] = {}
        for kind, id_ in places:
            by_kind.setdefault(kind, []).append(id_)
        found = dict[tuple[str, str], frozenset[Cell]]()
        for kind, ids in by_kind.items():
            for some in chunks(sorted(ids)):
                asked = select(counted).where(counted.c.kind == kind, counted.c.root_id.in_(some))
                for row in self._reader.rows(asked):
                    found[kind, row.root_id] = _read(row.cells)
        return found

    def _add(self, more: Mapping[Cell, int]) -> None:
        """Add to sums; one that there is not yet begins with what is added."""
        self._know({one.group for one in more})
        cells = {_place(cell): count for cell, count in more.items()}
        self._add_to(count_cell, _ADD_TO_CELL, _CELL, cells)
        self._add_to(count_sum, _ADD_TO_SUM, _SUM, _sums(more))

    def _add_to(
        self, table: Table, adding: Update, names: Sequence[str], more: Mapping[Any, int]
    ) -> None:
        new = list[tuple[Any, ...]]()
        for place, count in sorted(more.items()):
            given = {f"of_{name}": one for name, one in zip(names, place, strict=True)}
            if count and not direct.count(self._connection, adding, {**given, "more": count}):
                new.append((*place, count))
        insert_rows(self._connection, table, new)

    def _know(self, groups: Collection[Group]) -> None:
        wanted = {one.key: one for one in groups}
        known = set[str]()
        for some in chunks(sorted(wanted)):
            asked = select(count_group.c.id).where(count_group.c.id.in_(some))
            known |= {row.id for row in self._reader.rows(asked)}
        fresh = [(key, one) for key, one in sorted(wanted.items()) if key not in known]
        insert_rows(self._connection, count_group, ((key, _content(one)) for key, one in fresh))
        insert_rows(self._connection, count_member, _members(dict(fresh)))

    def sums(self, wanted: Wanted, by: tuple[str, ...]) -> Mapping[tuple[object, ...], int]:
        """Count by some of the dimensions."""
        found = Counter[tuple[object, ...]]()
        along = _along(wanted, by)
        first, after = _whole(along, wanted.starts_on, wanted.ends_on)
        if along and first < after:
            found.update(self._of_sums(along, wanted, by, first, after))
            if wanted.starts_on < first:
                before = first - timedelta(days=1)
                found.update(self._of_cells(evolve(wanted, ends_on=before), by))
            if wanted.ends_on >= after:
                found.update(self._of_cells(evolve(wanted, starts_on=after), by))
        else:
            found.update(self._of_cells(wanted, by))
        return {key: count for key, count in found.items() if count}

    def _of_sums(
        self, along: str, wanted: Wanted, by: tuple[str, ...], first: date, after: date
    ) -> Mapping[tuple[object, ...], int]:
        """Count what stands in whole periods, from ``first`` until the day ``after`` them."""
        one = count_sum.c
        columns = [_SUMMED.get(name, one.concerned) for name in by]
        asked = (
            select(*columns, func.sum(one.many).label("total"))
            .where(
                one.along == along,
                one.region == min(wanted.regions, key=_reaches),
                one.measure.in_(sorted(map(str, wanted.measures))),
                one.counted_in >= first,
                one.counted_in < after,
            )
            .group_by(*columns)
        )
        told = (wanted.departments or None) if along == DEPARTMENT else wanted.abouts
        if told is not None:
            asked = asked.where(one.concerned.in_(sorted(told)))
        return self._summed(asked, by)

    def _of_cells(self, wanted: Wanted, by: tuple[str, ...]) -> Mapping[tuple[object, ...], int]:
        """Count what stands in cells."""
        columns = [_COLUMNS[name] for name in by]
        asked = select(*columns, func.sum(count_cell.c.many).label("total"))
        if DEPARTMENT in by:
            asked = asked.join(count_member, count_member.c.group_id == count_cell.c.group_id)
            if wanted.departments:
                asked = asked.where(
                    count_member.c.department.in_(sorted(wanted.departments)),
                    count_cell.c.group_id.in_(_groups_of(wanted.departments)),
                )
        return self._summed(asked.where(*self._conditions(wanted)).group_by(*columns), by)

    def _summed(self, asked: Select[Any], by: tuple[str, ...]) -> Mapping[tuple[object, ...], int]:
        found = Counter[tuple[object, ...]]()
        for row in self._reader.rows(asked):
            key = (_value(name, one) for name, one in zip(by, row[:-1], strict=True))
            found[tuple(key)] += int(row.total or 0)
        return found

    def _conditions(self, wanted: Wanted) -> list[ColumnElement[bool]]:
        cell = count_cell.c
        by_department = wanted.by_group and wanted.reached_departments
        measure = looked_at(cell.measure) if by_department else cell.measure
        found = [
            measure.in_(sorted(map(str, wanted.measures))),
            cell.counted_on >= wanted.starts_on,
            cell.counted_on <= wanted.ends_on,
            *(within(cell.region, one) for one in sorted(wanted.regions)),
        ]
        if wanted.abouts is not None:
            found.append(cell.about.in_(sorted(wanted.abouts)))
        if wanted.by_group:
            found.append(cell.group_id.in_(self._reached(wanted)))
        return found

    def _reached(self, wanted: Wanted) -> Sequence[str]:
        """Give the groups that the reach admits, looked for where their departments say so."""
        asked = select(count_group)
        if wanted.reached_departments:
            asked = asked.where(count_group.c.id.in_(_groups_of(wanted.reached_departments)))
        groups = {row.id: _group(row.content) for row in self._reader.rows(asked)}
        groups[Group().key] = Group()
        return [key for key, one in sorted(groups.items()) if wanted.admits(one.placement)]

    def _groups(self) -> Mapping[str, Group]:
        rows = self._reader.rows(select(count_group))
        return {row.id: _group(row.content) for row in rows}

    def standing(self, kind: str, after: str, limit: int) -> Mapping[str, frozenset[Cell]]:
        """Give the next things of a kind that count, with their cells."""
        asked = select(counted.c.root_id, counted.c.cells).where(counted.c.kind == kind)
        if after:
            asked = asked.where(counted.c.root_id > after)
        rows = self._reader.rows(asked.order_by(counted.c.root_id).limit(limit))
        return {row.root_id: _read(row.cells) for row in rows}

    def wrong(self) -> Sequence[Cell]:
        """Give the cells whose sum, or that of their period, is not the number of their things.

        Beside them those that their departments do not lead to, or others do.
        """
        told, groups = self._told(), self._groups()
        cells = {_place(cell): count for cell, count in told.items()}
        found = [_cell(one, groups) for one in self._differing(count_cell, cells)]
        found.extend(map(_cell_of_sum, self._differing(count_sum, _sums(told))))
        led = {tuple(row) for row in self._reader.rows(select(count_member))}
        lost = {key for _, key in led ^ set(_members(groups))}
        return [*found, *(one for one in told if one.group.key in lost)]

    def _differing(self, table: Table, true: Mapping[Any, int]) -> Sequence[Any]:
        rows = self._reader.rows(select(table))
        stored = {tuple(place): many for *place, many in rows if many}
        return sorted(one for one in true.keys() | stored.keys()
                      if true.get(one) != stored.get(one))  # fmt: skip

    def sum_up(self) -> None:
        """Make every sum anew from the things that count."""
        told = self._told()
        for table in (count_cell, count_sum, count_group, count_member):
            self._connection.execute(delete(table))
        self._know({one.group for one in told})
        cells = sorted((_place(cell), count) for cell, count in told.items())
        insert_rows(self._connection, count_cell, ((*place, count) for place, count in cells))
        sums = sorted(_sums(told).items())
        insert_rows(self._connection, count_sum, ((*place, count) for place, count in sums))

    def _told(self) -> Counter[Cell]:
        """Count what the things say, so many at once."""
        found = Counter[Cell]()
        kinds = [row.kind for row in self._reader.rows(select(counted.c.kind).distinct())]
        for kind in sorted(kinds):
            after = ""
            while things := self.standing(kind, after, _AT_ONCE):
                for cells in things.values():
                    found.update(cells)
                after = max(things)
        return found


def _members(groups: Mapping[str, Group]) -> Iterator[tuple[str, str]]:
    """Give each department of each group, with the group."""
    for key, one in groups.items():
        yield from ((each, key) for each in sorted(set(one.departments)))


def _groups_of(departments: Collection[str]) -> Select[tuple[str]]:
    member = count_member.c
    return select(member.group_id).where(member.department.in_(sorted(departments)))


def _along(wanted: Wanted, by: tuple[str, ...]) -> str:
    """Give along what sums tell what is wanted; empty where none do."""
    rest = set(by) - _SUMMED.keys()
    if wanted.by_group or not wanted.regions or not _nested(wanted.regions):
        return ""
    if rest <= {ABOUT}:
        return ABOUT
    by_department = rest == {DEPARTMENT} and wanted.abouts is None and "month" not in by
    return DEPARTMENT if by_department else ""


def _reaches(code: str) -> int:
    """Give how much of the country a region holds: the more, the later."""
    return len(code) - len(code.rstrip("0"))


def _nested(regions: Collection[str]) -> bool:
    inner = min(regions, key=_reaches)
    return regions_above(inner).issuperset(regions)


def _period(along: str, on: date) -> date:
    """Give the first day of the period in which a day counts."""
    return on.replace(month=1, day=1) if along == DEPARTMENT else on.replace(day=1)


def _whole(along: str, first: date, last: date) -> tuple[date, date]:
    """Give the first day of the whole periods between two days, and the day after them.

    The last period that there is counts as none: no day comes after it.
    """
    starts = _period(along, first)
    if starts < first:
        starts = _after(along, starts)
    return starts, _period(along, min(last, _LAST) + timedelta(days=1))


def _after(along: str, starts: date) -> date:
    """Give the first day of the next period; of the last there is, that of itself."""
    days = 366 if along == DEPARTMENT else 31
    return _period(along, min(starts, _LAST - timedelta(days=days)) + timedelta(days=days))


def _sums(more: Mapping[Cell, int]) -> Mapping[Sum, int]:
    """Give what so many more in cells are in sums."""
    found = Counter[Sum]()
    for cell, count in more.items():
        concerned = [(ABOUT, cell.about)]
        concerned += [(DEPARTMENT, one) for one in sorted(set(cell.group.departments))]
        for along, one in concerned:
            on, measure = _period(along, cell.day), cell.measure.value
            for where in regions_above(cell.region):
                found[along, where, measure, on, cell.value, one] += count
    return found


def _cell_of_sum(place: Sum) -> Cell:
    along, where, measure, on, value, one = place
    group = Group((one,)) if along == DEPARTMENT else Group()
    return Cell(measure=Measure(measure), value=value, day=on, region=where, group=group)


def _value(name: str, stored: Any) -> object:
    if name == "measure":
        return Measure(stored)
    return stored.replace(day=1) if name == "month" else stored


def _place(cell: Cell) -> Place:
    return (
        cell.measure.value, cell.about, cell.day, cell.region, cell.group.key, cell.value,
    )  # fmt: skip


def _cell(place: Place, groups: Mapping[str, Group]) -> Cell:
    measure, about, on, where, group, value = place
    return Cell(
        measure=Measure(measure), about=about, day=on, region=where, value=value,
        group=groups.get(group, Group()),
    )  # fmt: skip


def _told(cells: Iterable[Cell]) -> str:
    told = sorted(
        [one.measure.value, one.value, one.day.isoformat(), one.region,
         list(one.group.departments), one.group.lead, one.about]
        for one in cells
    )  # fmt: skip
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


@lru_cache(10_000)
def _read(text: str) -> frozenset[Cell]:
    return frozenset(
        Cell(measure=Measure(measure), value=value, day=date.fromisoformat(on), region=where,
             group=Group(tuple(departments), lead), about=about)
        for measure, value, on, where, departments, lead, about in json.loads(text)
    )  # fmt: skip


def _content(group: Group) -> str:
    return json.dumps([list(group.departments), group.lead], ensure_ascii=False)


@lru_cache(10_000)
def _group(content: str) -> Group:
    departments, lead = json.loads(content)
    return Group(tuple(departments), lead)
