"""Tables of aggregates that have a list: what a row means, the template, the import."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, cast, get_args

import attrs
from attrs import evolve, frozen

from entrypoints.catalogue import asked_type, case_named
from entrypoints.container import Platform
from entrypoints.element_sets import own_elements
from entrypoints.intake import (
    Advance,
    Chunk,
    ImportReport,
    WholeReading,
    ignored,
    sheets_of,
    store_in_chunks,
)
from supervision_core.identity.model import Actor
from supervision_core.identity.services import UseCase
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.fields import FIELD
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.registers import Content, Extras, Field, FieldType, described
from supervision_core.kernel.registers.elements import ElementSet, extras_in
from supervision_core.kernel.registers.tables import faults_in, table_with, values_of
from supervision_core.kernel.tables import ReadRow, RowFault, TableFormat, with_headings


@frozen
class Intake:
    """How a table of a list's aggregates is taken in.

    The command ``import_…`` of the list says it: its ``entries`` are rows, whose fields are
    described, those of a ``Content`` among them as columns of their own.
    """

    query: ListQuery[Any]
    case: UseCase[Any, Any]
    row: type

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns that everybody has; those of elements stand beside."""
        every = (one for _, part in self._parts() for one in part)
        return tuple(one for one in every if one.type is not FieldType.EXTRAS)

    def table(self, elements: ElementSet) -> TableFormat:
        """Give the table to fill in, with the elements that hold for who fills it in."""
        made = table_with(self.query.plural, self.query.title, self.fields)
        return evolve(made, columns=(*made.columns, *elements.columns))

    def _parts(self) -> Iterator[tuple[tuple[str, type] | None, tuple[Field, ...]]]:
        own = {one.name: one for one in described(cast("Any", self.row))}
        for one in attrs.fields(self.row):
            kind: Any = one.type
            if one.name in own:
                yield None, (own[one.name],)
            elif isinstance(kind, type) and issubclass(kind, Content):
                yield (one.name, kind), described(cast("Any", kind))

    def entry(self, row: ReadRow) -> Any:
        """Give a row as the command takes it."""
        said: dict[str, Any] = {"row": row.number}
        for content, fields in self._parts():
            values = values_of(fields, row)
            values |= {
                one.name: Extras(values=extras_in(row.values))
                for one in fields
                if one.type is FieldType.EXTRAS
            }
            if content is None:
                said |= values
            else:
                name, kind = content
                said[name] = kind(**values)
        return self.row(**said)


@cache
def intake_of(query: ListQuery[Any]) -> Intake | None:
    """Give how the aggregates of a list are imported, ``None`` where they are not."""
    case = case_named(f"{query.context}.import_{query.plural}")
    entries = None if case is None else attrs.fields_dict(asked_type(case)).get("entries")
    if case is None or entries is None or FIELD not in entries.metadata:
        return None
    (row, *_) = get_args(entries.type)
    return Intake(query, case, row) if query.acts else None


def import_list(  # noqa: PLR0913 - one for each part
    platform: Platform,
    intake: Intake,
    file: BinaryIO,
    *,
    actor: Actor,
    errors: Path | None = None,
    expect: Advance = ignored,
    advance: Advance = ignored,
    key: str | None = None,
) -> ImportReport:
    """Take a table in; write the rows to correct to ``errors``.

    Sent again under ``key`` it changes nothing and answers alike.

    Raises ``PermissionDenied`` before the file is looked at, ``TableUnfit``, and a ``Refused`` for
    a file that is no table; then nothing went in.
    """
    command = asked_type(intake.case)

    def store(chunk: Chunk[Any], key: str | None) -> Mapping[str, Json]:
        found: Mapping[str, Json] = platform.commands.run(
            intake.case, command(entries=tuple(chunk.entries)), actor=actor, key=key
        )
        return found

    if not actor.may(intake.case.permission):
        store(Chunk(entries=()), None)  # denied, and audited
    table = intake.table(own_elements(platform, intake.query.elements, actor))
    sheets = sheets_of(platform.tables, file, with_headings(table, ()))
    entries, faults = list[Any](), list[RowFault]()
    for row in sheets.rows():
        faults += row.faults
        wrong = list(faults_in(intake.fields, row)) if row.usable else []
        faults += wrong
        if row.usable and not wrong:
            entries.append(intake.entry(row))
    titles = {one.name: one.title for one in table.columns}
    reading: WholeReading[Any] = WholeReading.of(sheets, tuple(entries), tuple(faults))
    return store_in_chunks(reading, store, errors, advance, key, expect=expect, titles=titles)
