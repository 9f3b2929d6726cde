"""Lists as workbooks: the rows that were asked for, with the names of what they refer to."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from entrypoints.container import Platform
from entrypoints.element_sets import elements_asked
from supervision_core.identity.model import Actor
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.documents import ResultColumn, ResultSheet
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.registers import Field, FieldType
from supervision_core.kernel.registers.elements import ElementSet
from supervision_core.kernel.registers.tables import cell_of
from supervision_core.kernel.tables import Cell, ColumnKind

_KINDS: Final = {FieldType.DAY: ColumnKind.DATE, FieldType.INTEGER: ColumnKind.INTEGER}
_WIDTH: Final = 20


def names_of(answer: Any) -> Mapping[str, Mapping[str, str]]:
    """Give the names that an answer brings, by kind and id."""
    found: dict[str, dict[str, str]] = {}
    for one in answer.names:
        found.setdefault(one.kind, {})[one.id] = one.name
    return found


def export_list(platform: Platform, query: ListQuery[Any], asked: Any, *, actor: Actor) -> bytes:
    """Give the rows that ``asked`` finds as a workbook; the log keeps who asked what, how many.

    Raises ``PermissionDenied`` and ``ListTooLong``.
    """
    answer = platform.commands.run(cases_of(query).export, asked, actor=actor)
    elements = elements_asked(platform, query, asked, actor)
    return platform.tables.results([sheet_of(query, elements, rows_of(query, answer, elements))])


def sheet_of(
    query: ListQuery[Any], elements: ElementSet, rows: Iterable[tuple[Cell, ...]]
) -> ResultSheet:
    """Give the sheet of a list with these rows."""
    columns = tuple(
        ResultColumn(one.title, _KINDS.get(one.type, ColumnKind.TEXT), _WIDTH)
        for one in (*exported(query), *elements.fields)
    )
    return ResultSheet(name=query.title, columns=columns, rows=rows)


def exported(query: ListQuery[Any]) -> tuple[Field, ...]:
    """Give the columns of a workbook: those of the list, and what is too long for it.

    What own elements say stands in columns of its own.
    """
    return tuple(
        one for one in query.fields if one.name != "id" and one.type is not FieldType.EXTRAS
    )


def rows_of(query: ListQuery[Any], answer: Any, elements: ElementSet) -> Iterator[tuple[Cell, ...]]:
    """Give the rows that an answer brings, in the cells of the sheet."""
    names = names_of(answer)
    for row in answer.items:
        own = (
            cell_of(one, getattr(row, one.name), names.get(str(one.to), {}))
            for one in exported(query)
        )
        said = elements.cells(row.extras) if elements.fields else ()
        yield (*own, *(cell_of(one, value, {}) for one, value in said))
