"""Requests for a second person; what each asks for is sealed."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, Index, Table, select

from adapters.sql.engine.mapper import Mapper, Values
from adapters.sql.engine.paging import Listing, read_page
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import (
    ID_LENGTH,
    body,
    key,
    moment,
    part,
    required,
    row_seal,
    version,
)
from supervision_core.identity.model import SecondPersonRequest, SecondPersonState
from supervision_core.identity.ports import (
    SecondPersonFilter,
    SecondPersonQueries,
    SecondPersonRequests,
)
from supervision_core.kernel.paging import Page, PageRequest

second_person_request = Table(
    "second_person_request",
    metadata,
    key(),
    version(),
    required("asked_by", ID_LENGTH),
    required("about", ID_LENGTH),
    required("state", 10),
    moment("lapses_at"),
    part("sealed"),
    row_seal(),
    body(),
    Index("ix_second_person_request_about", "about", "id"),
    Index("ix_second_person_request_asked", "asked_by", "id"),
    Index("ix_second_person_request_state", "state", "id"),
)


def _columns(root: SecondPersonRequest) -> Values:
    state = SecondPersonState.WAITING if root.decision is None else root.decision.state
    return {"about": root.need.user, "state": state.value, "lapses_at": root.lapses_at}


class SqlSecondPersonRequests(SqlRepository[SecondPersonRequest], SecondPersonRequests):
    """Requests in table ``second_person_request``."""

    mapper = Mapper(
        SecondPersonRequest,
        second_person_request,
        derived=_columns,
        sealed=("command", "reason"),
    )

    def waiting_of(self, user: str, *, at: datetime) -> list[SecondPersonRequest]:
        """Give those of a user that wait at that moment, by id."""
        wanted = SecondPersonFilter(asked_by=user, at=at)
        return self._where(*_wanted(wanted), order=(second_person_request.c.id,))

    def about(self, user: str) -> list[SecondPersonRequest]:
        """Give those about a user on which nobody has decided, by id."""
        columns = second_person_request.c
        waiting = columns.state == SecondPersonState.WAITING.value
        return self._where(columns.about == user, waiting, order=(columns.id,))


class SqlSecondPersonQueries(SecondPersonQueries):
    """Reads table ``second_person_request``, whole rows, so that their seals are checked."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._source = source

    def page(self, filter: SecondPersonFilter, request: PageRequest) -> Page[SecondPersonRequest]:
        """Give one page by id."""
        mapper, columns = SqlSecondPersonRequests.mapper, second_person_request.c
        sealing = mapper.sealing_on(self._source)
        asked = select(second_person_request).where(*_wanted(filter))
        return read_page(
            Reader(self._source),
            Listing(asked, (("id", columns.id),)),
            request,
            query={"second_person_requests": filter.asked},
            item=lambda row: mapper.root(row, sealing),
        )


def _wanted(filter: SecondPersonFilter) -> Iterator[ColumnElement[bool]]:
    columns = second_person_request.c
    if filter.asked_by:
        yield columns.asked_by == filter.asked_by
    if filter.at is not None:
        yield columns.state == SecondPersonState.WAITING.value
        yield columns.lapses_at > filter.at
    if filter.beside:
        yield columns.asked_by != filter.beside
        yield columns.about != filter.beside
