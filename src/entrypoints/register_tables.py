"""Registers as workbooks: in, out, and the template to fill in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from entrypoints.container import Platform
from entrypoints.intake import (
    Advance,
    Chunk,
    ImportReport,
    WholeReading,
    ignored,
    sheets_of,
    store_in_chunks,
)
from entrypoints.list_tables import chosen_of
from supervision_core.identity.model import Actor
from supervision_core.identity.services.registers import cases_of
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.documents import ResultColumn, ResultSheet
from supervision_core.kernel.registers import Ask, Entries, Register, RegisterVerb, masked
from supervision_core.kernel.registers.tables import cells_of, table_of, take_in
from supervision_core.kernel.tables import Cell, Column, with_headings

_CHUNK = 200


def import_register(  # noqa: PLR0913 - one for each part
    platform: Platform,
    register: Register[Any],
    file: BinaryIO,
    *,
    actor: Actor,
    errors: Path | None = None,
    expect: Advance = ignored,
    advance: Advance = ignored,
    key: str | None = None,
    mapped: Iterable[tuple[str, str]] = (),
) -> ImportReport:
    """Take a table of a register in; write the rows to correct to ``errors``.

    Sent again under ``key`` it changes nothing and answers alike. Raises ``PermissionDenied``
    before the file is looked at, ``TableUnfit``, and a ``Refused`` for a file that is no table;
    then nothing went in.
    """
    cases = cases_of(register)
    case = cases.all[RegisterVerb.IMPORT]

    def store(chunk: Chunk[Any], key: str | None) -> Mapping[str, Json]:
        rows = tuple(
            cases.row(row=one.row, content=one.content, position=one.position, columns=one.columns)
            for one in chunk.entries
        )
        found: Mapping[str, Json] = platform.commands.run(
            case, cases.importing(entries=rows), actor=actor, key=key
        )
        return found

    if not actor.may(case.permission):
        store(Chunk(entries=()), None)  # denied, and audited
    table = table_of(register)
    sheets = sheets_of(platform.tables, file, with_headings(table, mapped))
    found = take_in(register, sheets.rows())
    titles = {one.name: one.title for one in table.columns}
    reading: WholeReading[Any] = WholeReading.of(sheets, found.entries, found.faults)
    return store_in_chunks(reading, store, errors, advance, key, expect=expect, titles=titles)


def export_register(
    platform: Platform, register: Register[Any], asked: Any, *, actor: Actor,
    columns: Sequence[str] = (),
) -> bytes:  # fmt: skip
    """Give the entries that ``asked`` finds as a workbook that can be imported again.

    It has the columns of ``columns_given``. The log keeps who gave them out, and how many.
    """
    case = cases_of(register).all[RegisterVerb.EXPORT]
    ids = platform.commands.run(case, asked, actor=actor)
    whole, chosen = table_of(register).columns, columns_given(register, columns)
    places = [whole.index(one) for one in chosen]
    made = tuple(ResultColumn(one.title, one.kind, 20) for one in chosen)
    rows = (tuple(row[at] for at in places) for row in _rows(platform, register, ids))
    return platform.tables.results([ResultSheet(name=register.title, columns=made, rows=rows)])


def columns_given(register: Register[Any], chosen: Sequence[str]) -> tuple[Column, ...]:
    """Give the columns of a register's table that are ``chosen``, in that order; all without.

    A register's table tells its fields and positions: of the list's other columns it has none.
    Before what is chosen stands what an import asks for or knows an entry by; and since it knows a
    table by two columns, the position is the second where there is no other.
    """
    whole = table_of(register).columns
    if not chosen:
        return whole
    known_by = {name for group in register.groups for name in group}
    needed = [
        one.name for one in whole
        if (one.required or one.name in known_by) and one.name not in chosen
    ]  # fmt: skip
    found = chosen_of(whole, (*needed, *chosen))
    return found if len(found) > 1 else (*found, whole[-1])


def _rows(
    platform: Platform, register: Register[Any], ids: Iterable[str]
) -> Iterator[tuple[Cell, ...]]:
    for part in _chunks(list(ids)):
        with platform.transactions.begin_reading() as unit:
            store, ask = unit[Entries].of(register), unit[Ask]
            entries = [store.get(one) for one in part]
            wanted: dict[str, set[str]] = {}
            for entry in entries:
                for one, named in register.references(entry.content):
                    wanted.setdefault(str(one.to), set()).update(named)
            names = {
                each: found.text
                for kind, named in wanted.items()
                for each, found in ask.resolve(kind, named).items()
            }
        yield from (cells_of(register, masked(one.content), one.position, names) for one in entries)


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    return (ids[at : at + _CHUNK] for at in range(0, len(ids), _CHUNK))
