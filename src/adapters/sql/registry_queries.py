"""Finding officers for teams."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, select

from adapters.sql.engine.id_sets import among
from adapters.sql.engine.lists import reader_of, row_names
from adapters.sql.engine.paging import Listing, read_values
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.regions import within
from adapters.sql.engine.scopes import contains, standing, within_reach
from adapters.sql.officers import PHONE_INDEX, officer, officer_certificate, team_member
from adapters.sql.sealing.protection import sealing_of
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.plain import to_plain
from supervision_core.officers.lists import OFFICERS
from supervision_core.officers.model import OfficerState
from supervision_core.officers.ports import MOST_FOUND, OfficerFilter, OfficerQueries
from supervision_core.officers.rows import OfficerRow

_OFFICERS = standing(officer, department=officer.c.department)


class SqlOfficerQueries(OfficerQueries):
    """Reads table ``officer`` and the tables of certificates and teams."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._source = source
        self._reader = Reader(source)

    def ids(self, filter: OfficerFilter) -> list[str]:
        """Give the ids of all whom ``filter`` lets through, no more than 10,001, by id."""
        asked = select(officer.c.id).where(*_officers(filter, self._source)).order_by(officer.c.id)
        return [row.id for row in self._reader.rows(asked.limit(MOST_FOUND + 1))]

    def page(self, filter: OfficerFilter, request: PageRequest) -> Page[OfficerRow]:
        """List those whom ``filter`` lets through by name, then id. Raises ``BadCursor``."""
        shown = [officer.c[name] for name in row_names(OFFICERS)]
        asked: Select[Any] = select(*shown).where(*_officers(filter, self._source))
        keys = (("name", officer.c.name), ("id", officer.c.id))
        return read_values(
            self._reader,
            Listing(asked, keys),
            request,
            query=to_plain(filter),
            item=reader_of(OFFICERS),
            kept=False,
        )


def _officers(filter: OfficerFilter, source: Engine | Connection) -> Iterator[ColumnElement[bool]]:
    columns = officer.c
    yield columns.state != OfficerState.DELETED.value
    yield from within_reach(filter.reach, _OFFICERS)
    if filter.region:
        yield within(columns.region, filter.region)
    if filter.departments:
        yield among(columns.department, filter.departments)
    if filter.name:
        yield contains(columns.name, filter.name)
    if filter.phone:
        found = PHONE_INDEX.candidates(officer, filter.phone, sealing_of(source))
        yield columns.phone_index.in_(found)
    if filter.certificate:
        held = officer_certificate.c
        holds = and_(held.officer_id == columns.id, held.code == filter.certificate)
        yield select(1).where(holds).exists()
    if filter.state:
        yield columns.state == filter.state.value
    if filter.team:
        joined = and_(team_member.c.team_id == filter.team, team_member.c.officer_id == columns.id)
        member = select(1).where(joined).exists()
        yield member if filter.linked else ~member
