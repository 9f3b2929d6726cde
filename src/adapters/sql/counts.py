"""Counts in tables: in which cells each thing counts, and one row for each cell."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    PrimaryKeyConstraint,
    Table,
    Text,
    bindparam,
    delete,
    func,
    select,
    update,
)

from adapters.sql.engine import direct
from adapters.sql.engine.bulk import insert_rows
from adapters.sql.engine.closing import AtCommit
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.regions import region, within
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
)
"""How many things count in a cell; ``about`` stands before the day, since there are few."""

_PLACE: Final = ("measure", "about", "counted_on", "region", "group_id", "value")
_COLUMNS: Final = {"group": "group_id", "day": "counted_on"}
"""What parts of a cell are called in the table, where otherwise."""
_ADD = (
    update(count_cell)
    .where(*(count_cell.c[name] == bindparam(f"of_{name}") for name in _PLACE))
    .values(many=count_cell.c.many + bindparam("more"))
)
_GONE = delete(counted).where(
    counted.c.kind == bindparam("of_kind"), counted.c.root_id == bindparam("of_root")
)
Place = tuple[str, str, date, str, str, str]


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
        """Add to sums; a cell that there is not yet begins with what is added."""
        self._know({one.group for one in more})
        new = list[tuple[Any, ...]]()
        for place, count in sorted((_place(cell), count) for cell, count in more.items()):
            given = {f"of_{name}": one for name, one in zip(_PLACE, place, strict=True)}
            if not direct.count(self._connection, _ADD, {**given, "more": count}):
                new.append((*place, count))
        insert_rows(self._connection, count_cell, new)

    def _know(self, groups: Collection[Group]) -> None:
        wanted = {one.key: one for one in groups}
        known = set[str]()
        for some in chunks(sorted(wanted)):
            asked = select(count_group.c.id).where(count_group.c.id.in_(some))
            known |= {row.id for row in self._reader.rows(asked)}
        fresh = ((key, _content(one)) for key, one in sorted(wanted.items()) if key not in known)
        insert_rows(self._connection, count_group, fresh)

    def sums(self, wanted: Wanted, by: tuple[str, ...]) -> Mapping[tuple[object, ...], int]:
        """Count by some of the dimensions."""
        groups = self._groups() if wanted.by_group or "group" in by else {}
        names = [_COLUMNS.get(name, name) for name in by]
        columns = [count_cell.c[name] for name in names]
        total = func.sum(count_cell.c.many).label("total")
        asked = select(*columns, total).where(*_conditions(wanted, groups)).group_by(*columns)
        found = dict[tuple[object, ...], int]()
        for row in self._reader.rows(asked):
            if row.total:
                key = (_value(name, one, groups) for name, one in zip(by, row[:-1], strict=True))
                found[tuple(key)] = int(row.total)
        return found

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
        """Give the cells whose sum is not the number of things that count there."""
        told, groups = self._told(), self._groups()
        stored = dict[Place, int]()
        for row in self._reader.rows(select(count_cell)):
            *place, many = row
            if many:
                stored[tuple(place)] = many
        true = {_place(cell): count for cell, count in told.items()}
        differing = sorted(one for one in true.keys() | stored.keys()
                           if true.get(one) != stored.get(one))  # fmt: skip
        return [_cell(one, groups) for one in differing]

    def sum_up(self) -> None:
        """Make every sum anew from the things that count."""
        told = self._told()
        self._connection.execute(delete(count_cell))
        self._know({one.group for one in told})
        rows = sorted((_place(cell), count) for cell, count in told.items())
        insert_rows(self._connection, count_cell, ((*place, count) for place, count in rows))

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


def _conditions(wanted: Wanted, groups: Mapping[str, Group]) -> list[ColumnElement[bool]]:
    cell = count_cell.c
    found = [
        cell.measure.in_(sorted(map(str, wanted.measures))),
        cell.counted_on >= wanted.starts_on,
        cell.counted_on <= wanted.ends_on,
        *(within(cell.region, one) for one in sorted(wanted.regions)),
    ]
    if wanted.abouts is not None:
        found.append(cell.about.in_(sorted(wanted.abouts)))
    if wanted.by_group:
        reached = [key for key, one in sorted(groups.items()) if wanted.admits(one.placement)]
        found.append(cell.group_id.in_(reached))
    return found


def _value(name: str, stored: Any, groups: Mapping[str, Group]) -> object:
    if name == "measure":
        return Measure(stored)
    return groups[stored] if name == "group" else stored


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
