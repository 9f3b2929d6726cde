"""Clues in tables, and their lists."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Row,
    Table,
    func,
    select,
)
from sqlalchemy.schema import Column

from adapters.sql.mapper import Lookup, Mapper, Values
from adapters.sql.paging import Listing, listed, read_page, remembered
from adapters.sql.reading import Reader
from adapters.sql.regions import region
from adapters.sql.repository import SqlRepository
from adapters.sql.schema import metadata
from adapters.sql.scopes import asked_with, standing, visible, within_reach
from adapters.sql.types import ID_LENGTH, body, day, key, part, required, row_seal, version, words
from supervision_core.clues.model import Clue, ClueChannel, ClueKind, ClueState
from supervision_core.clues.ports import ClueFilter, ClueQueries, ClueRow, Clues
from supervision_core.kernel.paging import Page, PageRequest

clue = Table(
    "clue",
    metadata,
    key(),
    version(),
    words("title", 200),
    required("channel", 20),
    required("kind", 20),
    required("state", 20),
    words("subject", ID_LENGTH),
    region(),
    words("holder", ID_LENGTH),
    day("due_on"),
    part("sealed"),
    row_seal(),
    body(),
    Index("ix_clue_due_on", "due_on", "id"),
    Index("ix_clue_state", "state", "due_on", "id"),
    Index("ix_clue_channel", "channel", "due_on", "id"),
    Index("ix_clue_subject", "subject", "due_on", "id"),
)

clue_department = Table(
    "clue_department",
    metadata,
    Column("clue_id", key().type, ForeignKey(clue.c.id)),
    required("department", ID_LENGTH),
    PrimaryKeyConstraint("clue_id", "department"),
)


def _clue_columns(root: Clue) -> Values:
    sheet = root.sheet
    return {
        "title": sheet.title,
        "channel": sheet.channel.value,
        "kind": sheet.kind.value,
        "subject": sheet.subject,
        "region": sheet.region,
        "holder": root.holder,
    }


class SqlClues(SqlRepository[Clue], Clues):
    """Clues in table ``clue``."""

    mapper = Mapper(
        Clue,
        clue,
        derived=_clue_columns,
        lookups=(
            Lookup(
                clue_department,
                "clue_id",
                lambda root: [{"department": one} for one in root.departments],
            ),
        ),
        sealed=("complainant", "sheet", "_answers", "_conclusion"),
    )


class SqlClueQueries(ClueQueries):
    """Reads table ``clue``."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._reader = Reader(source)

    def page(self, filter: ClueFilter, request: PageRequest) -> Page[ClueRow]:
        """Give one page of clues by due day, then id."""
        return read_page(
            self._reader,
            _clues_listing(filter),
            request,
            query={"clues": asked_with(filter)},
            item=_clue_row,
        )

    def counts(self, filter: ClueFilter) -> Mapping[tuple[ClueChannel, ClueState], int]:
        """Count clues by channel and state."""
        columns = clue.c
        asked = (
            select(columns.channel, columns.state, func.count(columns.id))
            .where(*_clues(filter))
            .group_by(columns.channel, columns.state)
        )
        return {
            (ClueChannel(row[0]), ClueState(row[1])): row[2] for row in self._reader.rows(asked)
        }


_CLUES = standing(clue, clue_department)


@remembered
def _clues_listing(filter: ClueFilter) -> Listing:
    asked = select(*listed(clue)).where(*_clues(filter))
    return Listing(asked, (("due_on", clue.c.due_on), ("id", clue.c.id)))


def _clues(filter: ClueFilter) -> Iterator[ColumnElement[bool]]:
    columns = clue.c
    yield from within_reach(filter.reach, _CLUES)
    yield from visible(clue, clue_department, region=filter.region, of=filter.departments)
    if filter.subject:
        yield columns.subject == filter.subject
    if filter.channel:
        yield columns.channel == filter.channel.value
    if filter.state:
        yield columns.state == filter.state.value


def _clue_row(row: Row[Any]) -> ClueRow:
    return ClueRow(
        id=row.id,
        title=row.title,
        channel=ClueChannel(row.channel),
        kind=ClueKind(row.kind),
        state=ClueState(row.state),
        subject=row.subject,
        holder=row.holder,
        due_on=row.due_on,
    )
