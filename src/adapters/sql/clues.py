"""Clues in tables."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import (
    Index,
    Table,
    case,
    func,
    select,
)

from adapters.sql.engine.mapper import Lookup, Mapper, Values
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata, several_of
from adapters.sql.engine.types import (
    ID_LENGTH,
    blind,
    body,
    day,
    flag,
    key,
    part,
    required,
    row_seal,
    version,
    words,
)
from adapters.sql.sealing.protection import Blind
from supervision_core.clues.model import UNANSWERED, Clue, Disposal
from supervision_core.clues.ports import Clues, CluesToInspect
from supervision_core.kernel.days import local_day

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
    words("registered_by", ID_LENGTH),
    day("due_on"),
    day("registered_on"),
    words("service", 100),
    words("scene", ID_LENGTH),
    required("disposal", 20),
    flag("by_staff"),
    blind("reporter_index"),
    part("sealed"),
    row_seal(),
    body(),
    Index("ix_clue_state", "state", "due_on", "id"),
    Index("ix_clue_channel", "channel", "due_on", "id"),
    Index("ix_clue_subject", "subject", "due_on", "id"),
    Index("ix_clue_reporter", "reporter_index", "registered_on", "id"),
    Index("ix_clue_complained", "subject", "registered_on", "id"),
    Index("ix_clue_disposal", "disposal", "registered_on"),
)

clue_department = several_of("clue_department", clue, required("department", ID_LENGTH))


def _clue_columns(root: Clue) -> Values:
    sheet = root.sheet
    return {
        "title": sheet.title,
        "channel": sheet.channel.value,
        "kind": sheet.kind.value,
        "subject": sheet.subject,
        "region": sheet.region,
        "holder": root.holder,
        "registered_by": sheet.registered_by,
        "registered_on": local_day(root.registered_at),
        "service": sheet.service,
        "scene": sheet.scene,
        "disposal": root.disposal.value,
        "by_staff": root.by_staff,
    }


REPORTER_INDEX: Final[Blind[Clue]] = Blind("reporter_index", lambda root: root.reporter)


class SqlClues(SqlRepository[Clue], Clues):
    """Clues in table ``clue``."""

    mapper = Mapper(
        Clue,
        clue,
        derived=_clue_columns,
        lookups=(Lookup.of(clue_department, lambda root: root.departments),),
        sealed=("complainant", "reporter", "sheet", "_answers", "_conclusion"),
        blind=(REPORTER_INDEX,),
    )

    def to_inspect(self, year: int) -> Mapping[str, CluesToInspect]:
        """Count those of a year judged as to be inspected, by who registered them."""
        columns = clue.c
        asked = (
            select(columns.registered_by, columns.by_staff, func.count(columns.id).label("clues"))
            .where(
                columns.disposal == Disposal.INSPECTED.value,
                columns.registered_on.between(date(year, 1, 1), date(year, 12, 31)),
            )
            .group_by(columns.registered_by, columns.by_staff)
        )
        found: dict[str, CluesToInspect] = {}
        for row in self._reader.rows(asked):
            one = found.get(row.registered_by, CluesToInspect())
            own = row.clues if row.by_staff else 0
            found[row.registered_by] = CluesToInspect(
                count=one.count + row.clues, by_staff=one.by_staff + own
            )
        return found

    def inspections_overdue(self, year: int, *, today: date) -> Mapping[str, int]:
        """Count those of a year whose inspection is overdue, by who deals with them."""
        columns = clue.c
        handler = case((columns.holder == "", columns.registered_by), else_=columns.holder)
        asked = (
            select(handler.label("handler"), func.count(columns.id).label("clues"))
            .where(
                columns.disposal == Disposal.INSPECTED.value,
                columns.registered_on.between(date(year, 1, 1), date(year, 12, 31)),
                columns.state.in_(sorted(UNANSWERED)),
                columns.due_on < today,
            )
            .group_by(handler)
        )
        return {row.handler: row.clues for row in self._reader.rows(asked)}
