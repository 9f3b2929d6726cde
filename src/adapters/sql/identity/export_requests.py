"""Requests to give out personal data, in a table whose rows nobody changes unseen."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Engine, Index, Table, select

from adapters.sql.engine.mapper import Mapper, Values
from adapters.sql.engine.paging import Listing, read_page
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.scopes import asked_with, standing, within_reach
from adapters.sql.engine.types import ID_LENGTH, body, key, required, row_seal, version
from supervision_core.identity.model import ExportRequest
from supervision_core.identity.ports import (
    ExportRequestFilter,
    ExportRequestQueries,
    ExportRequests,
)
from supervision_core.kernel.paging import Page, PageRequest

export_request = Table(
    "export_request",
    metadata,
    key(),
    version(),
    required("about", ID_LENGTH),
    region(),
    required("state", 10),
    row_seal(),
    body(),
    Index("ix_export_request_state", "state", "id"),
)


def _columns(root: ExportRequest) -> Values:
    return {"state": root.state.value}


class SqlExportRequests(SqlRepository[ExportRequest], ExportRequests):
    """Requests in table ``export_request``."""

    mapper = Mapper(ExportRequest, export_request, derived=_columns)


_REQUESTS = standing(export_request, department=export_request.c.about)


class SqlExportRequestQueries(ExportRequestQueries):
    """Reads table ``export_request``, whole rows, so that their seals are checked."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._source = source

    def page(self, filter: ExportRequestFilter, request: PageRequest) -> Page[ExportRequest]:
        """Give one page by id."""
        mapper = SqlExportRequests.mapper
        sealing = mapper.sealing_on(self._source)
        return read_page(
            Reader(self._source),
            Listing(select(export_request).where(*_wanted(filter)), (("id", export_request.c.id),)),
            request,
            query={"export_requests": asked_with(filter)},
            item=lambda row: mapper.root(row, sealing),
        )


def _wanted(filter: ExportRequestFilter) -> Iterator[ColumnElement[bool]]:
    yield from within_reach(filter.reach, _REQUESTS)
    if filter.about:
        yield export_request.c.about == filter.about
    if filter.state is not None:
        yield export_request.c.state == filter.state.value
