"""Questions about the log, and the versions that are stored beside it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    Select,
    Table,
    false,
    or_,
    select,
    union_all,
)

from adapters.sql.engine.database import by_code_point, is_collated, scanning
from adapters.sql.engine.id_sets import among, looked_at
from adapters.sql.engine.mapper import json_text
from adapters.sql.engine.paging import next_by_id
from adapters.sql.engine.reading import ROWS_AT_ONCE, Reader
from adapters.sql.engine.schema import ABOUT_LENGTH, audit_row, audit_target
from adapters.sql.frame.commit import audit_row_of, concerning
from supervision_core.audit.model import AuditRow
from supervision_core.audit.ports import AuditFilter, AuditQueries, StoredVersions
from supervision_core.kernel.paging import Page, PageRequest, page_of, position
from supervision_core.kernel.plain import to_plain

MOST_APART: Final = 100
"""Departments whose rows of the log are looked for one by one."""


class SqlAuditQueries(AuditQueries):
    """Pages of table ``audit_row``, by number."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._reader = Reader(source)

    def search(self, wanted: AuditFilter, request: PageRequest) -> Page[AuditRow]:
        """Give a page of rows, the newest first unless the oldest are asked for."""
        plain = to_plain(wanted)
        query = [plain, request.order]
        after = position(request, query=query, kinds=[int])
        place, oldest = audit_row.c.position, request.order == "oldest"

        def first(asked: Select[Any]) -> Select[Any]:
            asked = _where(asked, wanted)
            if after is not None:
                asked = asked.where(place > after[0] if oldest else place < after[0])
            return asked.order_by(place if oldest else place.desc()).limit(request.size + 1)

        rows = self._reader.rows(_concerning(first, wanted.departments))
        return page_of(
            rows, request, query=query, key=lambda row: (row.position,), item=audit_row_of
        )

    def about(self, thing: str, request: PageRequest) -> Page[AuditRow]:
        """Give a page of the rows about a thing, the newest first, by the index of things."""
        query = ["about", thing]
        after = position(request, query=query, kinds=[int])
        found = audit_target.c
        asked = select(audit_row).join(audit_target, found.position == audit_row.c.position)
        asked = asked.where(found.about == thing[:ABOUT_LENGTH])
        if after is not None:
            asked = asked.where(found.position < after[0])
        asked = asked.order_by(found.position.desc()).limit(request.size + 1)
        rows = self._reader.rows(asked)
        return page_of(
            rows, request, query=query, key=lambda row: (row.position,), item=audit_row_of
        )

    def about_any(self, things: Collection[str], since: datetime) -> Iterator[AuditRow]:
        """Give the rows after a moment about one of some things, all asked for at once."""
        column, about = audit_row.c, audit_target.c
        wanted = frozenset(one[:ABOUT_LENGTH] for one in things)
        named = select(about.position).where(among(about.about, wanted))
        asked = select(audit_row).where(
            looked_at(column.happened_at) > since, column.position.in_(named)
        )
        for row in self._reader.rows(asked.order_by(column.position.desc())):
            yield audit_row_of(row)


def _where(asked: Select[Any], wanted: AuditFilter) -> Select[Any]:
    column = audit_row.c
    if wanted.since is not None:
        asked = asked.where(column.happened_at >= wanted.since)
    if wanted.until is not None:
        asked = asked.where(column.happened_at < wanted.until)
    for found, value in (
        (column.actor, wanted.actor),
        (column.department, wanted.department),
        (column.outcome, wanted.outcome.value if wanted.outcome else ""),
    ):
        if value:
            asked = asked.where(found == value)
    if wanted.action.endswith(".*"):
        asked = asked.where(column.action.startswith(wanted.action[:-1], autoescape=True))
    elif wanted.action:
        asked = asked.where(column.action == wanted.action)
    if wanted.actions is not None:
        asked = asked.where(column.action.in_(sorted(wanted.actions)))
    if wanted.target:
        text = json_text(wanted.target)
        exact = column.targets.contains(text, autoescape=True)
        versions = column.targets.contains(f"{text[:-1]}@", autoescape=True)
        asked = asked.where(or_(exact, versions))
    return asked


def _concerning(
    first: Callable[[Select[Any]], Select[Any]], departments: frozenset[str] | None
) -> Select[Any]:
    """Ask for the first rows, of these departments and about what is theirs.

    Each of a few is asked for as many as it may hold, by the index of its own; where there are
    many, enough rows are theirs to find a page soon by reading the log in order.
    """
    column, about = audit_row.c, audit_target.c
    if departments is None:
        return first(select(audit_row))
    if len(departments) > MOST_APART:
        concerned = select(about.position).where(
            among(about.about, frozenset(map(concerning, departments)))
        )
        own = among(looked_at(column.department), departments)
        return first(select(audit_row).where(or_(own, column.position.in_(concerned))))
    beside = select(column.position).join(audit_target, about.position == column.position)
    each = [
        select(first(asked).subquery().c.position)
        for one in sorted(departments)
        for asked in (
            select(column.position).where(column.department == one),
            beside.where(about.about == concerning(one)),
        )
    ]
    found = column.position.in_(union_all(*each)) if each else false()
    return first(select(audit_row).where(found))


class SqlStoredVersions(StoredVersions):
    """Ids and versions in the tables of the aggregates."""

    def __init__(self, engine: Engine, tables: Mapping[str, Table]) -> None:
        """Read ``tables``, by the kind of aggregate that each keeps."""
        self._engine, self._tables = engine, dict(tables)

    def kinds(self) -> frozenset[str]:
        """Name the kinds."""
        return frozenset(self._tables)

    def of(self, kind: str) -> Iterator[tuple[str, int]]:
        """Give id and version of each row, by id; each part is read for itself, as ``leaves`` are.

        Where the database orders texts otherwise, no index has this order: all is sorted once then,
        in one transaction, which only SQLite minds.
        """
        with scanning(self._engine) as connection:
            if is_collated(connection):
                yield from self._sorted(connection, self._tables[kind])
            else:
                yield from self._parts(connection, self._tables[kind])

    def _parts(self, connection: Connection, table: Table) -> Iterator[tuple[str, int]]:
        asked, after = select(table.c.id, table.c.version), ""
        while True:
            part = connection.execute(next_by_id(asked, table.c.id, after, ROWS_AT_ONCE)).all()
            connection.commit()
            yield from ((row.id, row.version) for row in part)
            if len(part) < ROWS_AT_ONCE:
                return
            after = part[-1].id

    def _sorted(self, connection: Connection, table: Table) -> Iterator[tuple[str, int]]:
        asked = select(table.c.id, table.c.version).execution_options(yield_per=ROWS_AT_ONCE)
        asked = asked.order_by(by_code_point(table.c.id, collated=True))
        rows: Iterator[Sequence[Row[Any]]] = connection.execute(asked).partitions()
        for part in rows:
            yield from ((row.id, row.version) for row in part)
