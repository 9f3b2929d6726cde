"""Lists as workbooks: the rows that were asked for, with the names of what they refer to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol, TypeVar

from attrs import frozen

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


class _Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)


def names_of(answer: Any) -> Mapping[str, Mapping[str, str]]:
    """Give the names that an answer brings, by kind and id."""
    found: dict[str, dict[str, str]] = {}
    for one in answer.names:
        found.setdefault(one.kind, {})[one.id] = one.name
    return found


def export_list(
    platform: Platform, query: ListQuery[Any], asked: Any, *, actor: Actor,
    columns: Sequence[str] = (),
) -> bytes:  # fmt: skip
    """Give the rows that ``asked`` finds as a workbook; the log keeps who asked what, how many.

    Only ``columns`` of it, in their order, where these are named. Raises ``PermissionDenied`` and
    ``ListTooLong``.
    """
    answer = platform.commands.run(cases_of(query).export, asked, actor=actor)
    sheet = ListSheet(query, elements_asked(platform, query, asked, actor), tuple(columns))
    return platform.tables.results([sheet.of(sheet.rows(answer))])


def exported(query: ListQuery[Any]) -> tuple[Field, ...]:
    """Give the columns of a workbook: those of the list, and what is too long for it.

    What own elements say stands in columns of its own.
    """
    return tuple(
        one for one in query.fields if one.name != "id" and one.type is not FieldType.EXTRAS
    )


@frozen
class ListSheet:
    """A list as a sheet: with all its columns, or those that are chosen, in their order.

    What is chosen and is no column of it is left out.
    """

    query: ListQuery[Any]
    elements: ElementSet
    chosen: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[Field, ...]:
        """Give the columns."""
        return chosen_of((*exported(self.query), *self.elements.fields), self.chosen)

    def of(self, rows: Iterable[tuple[Cell, ...]]) -> ResultSheet:
        """Give the sheet with these rows."""
        return sheet_of(self.query.title, self.columns, rows)

    def rows(self, answer: Any) -> Iterator[tuple[Cell, ...]]:
        """Give the rows that an answer brings, in the cells of the sheet."""
        names, columns = names_of(answer), self.columns
        for row in answer.items:
            said = self.elements.cells(row.extras) if self.elements.fields else ()
            own = dict(said)
            yield tuple(
                cell_of(one, own[one], {}) if one in own
                else cell_of(one, getattr(row, one.name), names.get(str(one.to), {}))
                for one in columns
            )  # fmt: skip


def sheet_of(title: str, fields: Iterable[Field], rows: Iterable[tuple[Cell, ...]]) -> ResultSheet:
    """Give rows as a sheet whose columns are called as the fields are."""
    columns = tuple(
        ResultColumn(one.title, _KINDS.get(one.type, ColumnKind.TEXT), _WIDTH) for one in fields
    )
    return ResultSheet(name=title, columns=columns, rows=rows)


def chosen_of(columns: Sequence[N], chosen: Iterable[str]) -> tuple[N, ...]:
    """Give the columns that are chosen by name, in that order; all where nothing is chosen.

    Where none of what is chosen is there, it is the first alone.
    """
    by_name, chosen = {one.name: one for one in columns}, tuple(chosen)
    found = tuple(by_name[one] for one in chosen if one in by_name)
    return (found or tuple(columns[:1])) if chosen else tuple(columns)
