"""To-dos in a table with one index: by who owes them, then by day."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import merge
from itertools import islice
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Index,
    PrimaryKeyConstraint,
    Row,
    Select,
    Table,
    bindparam,
    delete,
    func,
    select,
    tuple_,
)

from adapters.sql.engine import direct
from adapters.sql.engine.bulk import insert_rows
from adapters.sql.engine.closing import AtCommit
from adapters.sql.engine.id_sets import among_wanted, rows_among
from adapters.sql.engine.paging import bound
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import ID_LENGTH, day, ordered, required, words
from supervision_core.kernel.paging import Page, PageRequest, page_of, position
from supervision_core.kernel.todos import MOST_TALLIED, NO_TERM, Mine, Todos, key_of
from supervision_core.kernel.verbs import Assignee, AssigneeKind, Todo

WHOLE: Final = "-"
"""In the place of a part, where a to-do is about the whole: no engine keys by nothing."""

todo = Table(
    "todo",
    metadata,
    ordered("kind", 40),
    ordered("root_id", ID_LENGTH),
    ordered("part", 64),
    ordered("verb", 40),
    ordered("assignee", 80),
    day("due_on"),
    required("permission", 80),
    words("label", 300),
    words("subject", ID_LENGTH),
    PrimaryKeyConstraint("kind", "root_id", "part", "verb", "assignee"),
    Index("ix_todo_assignee", "assignee", "due_on", "kind", "root_id", "part", "verb"),
)
"""``due_on`` is ``NO_TERM`` where none runs; ``assignee`` is kind and id."""

_PLACE = ("kind", "root_id", "part", "verb", "assignee")
_VERB: Final = len(_PLACE) - 1
_KEYS = (todo.c.due_on, todo.c.kind, todo.c.root_id, todo.c.part, todo.c.verb, todo.c.assignee)
_STANDING = select(todo).where(
    todo.c.kind == bindparam("of_kind"), todo.c.root_id == bindparam("of_root")
)
_ABOUT = select(todo).where(todo.c.kind == bindparam("of_kind"), among_wanted(todo.c.root_id))
_ALL_GONE = delete(todo).where(
    *(todo.c[name] == bindparam(f"of_{name}") for name in _PLACE[:_VERB])
)
"""Takes away what is to be done by a verb, whoever owes it: for most it ends together."""
_GONE = _ALL_GONE.where(todo.c.assignee == bindparam("of_assignee"))


class SqlTodos(Todos, AtCommit):
    """To-dos of one unit of work; what changes in them is written at the commit."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection
        self._reader = Reader(connection)
        self._waiting: dict[tuple[str, str], tuple[frozenset[Todo], bool]] = {}

    def settle(self, kind: str, id: str, duties: Collection[Todo], *, new: bool = False) -> None:
        """Let ``duties`` be all that is to be done about one aggregate."""
        _, was_new = self._waiting.get((kind, id), ((), False))
        self._waiting[kind, id] = frozenset(duties), new or was_new

    def flush(self) -> Sequence[str]:
        """Write what differs."""
        waiting, self._waiting = self._waiting, {}
        old: set[Todo] = set()
        for place, (_, new) in waiting.items():
            if not new:
                old.update(self._standing(*place))
        wanted = {one for duties, _ in waiting.values() for one in duties}
        kept = {_row(one)[:_VERB] for one in old & wanted}
        gone = (_row(one)[: len(_PLACE)] for one in _in_order(old - wanted))
        for place in dict.fromkeys(row if row[:_VERB] in kept else row[:_VERB] for row in gone):
            given = {f"of_{name}": one for name, one in zip(_PLACE, place, strict=False)}
            direct.execute(self._connection, _GONE if len(place) > _VERB else _ALL_GONE, given)
        insert_rows(self._connection, todo, map(_row, _in_order(wanted - old)))
        return ()

    def _standing(self, kind: str, root: str) -> Iterator[Todo]:
        given = {"of_kind": kind, "of_root": root}
        yield from (_todo(**row) for row in direct.rows(self._connection, _STANDING, given))

    def page(self, mine: Mine, request: PageRequest) -> Page[Todo]:
        """Give one page: of each assignee as much as it may hold. Raises ``BadCursor``."""
        after = position(request, query=mine.query, kinds=[str] * len(_KEYS))
        asked = self._asked(mine)
        if after is not None:
            bounds = [bound(column, value) for column, value in zip(_KEYS, after, strict=True)]
            asked = asked.where(tuple_(*_KEYS) > tuple_(*bounds))
        firsts = self._firsts(mine, asked, request.size + 1)
        found = [list(map(_read, self._reader.rows(one))) for one in firsts]
        rows = list(islice(merge(*found, key=_stored_key), request.size + 1))
        return page_of(rows, request, query=mine.query, key=_stored_key, item=lambda one: one)

    def tally(self, mine: Mine) -> Mapping[str, int]:
        """Count them by kind."""
        counts: dict[str, int] = {}
        for first in self._firsts(mine, self._asked(mine), MOST_TALLIED + 1):
            found = first.with_only_columns(todo.c.kind).subquery()
            asked = select(found.c.kind, func.count().label("many")).group_by(found.c.kind)
            for row in self._reader.rows(asked):
                counts[row.kind] = counts.get(row.kind, 0) + int(row.many)
        return counts

    def about(self, kind: str, ids: Collection[str], mine: Mine) -> Sequence[Todo]:
        """Give those about some aggregates of a kind."""
        found = (one for those in self.of(kind, ids).values() for one in those)
        return sorted(filter(mine.holds, found), key=key_of)

    def of(self, kind: str, ids: Collection[str]) -> Mapping[str, frozenset[Todo]]:
        """Give all that stands about each of some aggregates."""
        found: dict[str, set[Todo]] = {one: set() for one in ids}
        for row in rows_among(self._reader, _ABOUT, found, of_kind=kind):
            found[row["root_id"]].add(_todo(**row))
        return {one: frozenset(those) for one, those in found.items()}

    def ids(self, kind: str, after: str, limit: int) -> Sequence[str]:
        """Give ids of a kind about which something stands."""
        asked = select(todo.c.root_id).where(todo.c.kind == kind).distinct()
        if after:
            asked = asked.where(todo.c.root_id > after)
        rows = self._reader.rows(asked.order_by(todo.c.root_id).limit(limit))
        return [row.root_id for row in rows]

    def _asked(self, mine: Mine) -> Select[Any]:
        asked = select(todo).where(todo.c.permission.in_(sorted(mine.permissions)))
        return asked.where(todo.c.kind.in_(sorted(mine.kinds))) if mine.kinds else asked

    def _firsts(self, mine: Mine, asked: Select[Any], most: int) -> Iterator[Select[Any]]:
        """Give what asks for so many of each assignee: a few steps along the index, each."""
        ordered = asked.order_by(*_KEYS).limit(most)
        if mine.permissions:
            yield from (ordered.where(todo.c.assignee == one.text) for one in mine.assignees)


def _in_order(those: set[Todo]) -> Collection[Todo]:
    return sorted(those, key=key_of) if len(those) > 1 else those


def _stored_key(one: Todo) -> tuple[str, ...]:
    due, kind, root, part, verb, assignee = key_of(one)
    return str(due), str(kind), str(root), str(part) or WHOLE, str(verb), str(assignee)


def _row(one: Todo) -> tuple[Any, ...]:
    return (
        one.kind, one.id, one.part or WHOLE, one.verb, one.assignee.text, one.due_on or NO_TERM,
        one.permission, one.label, one.subject,
    )  # fmt: skip


def _read(row: Row[Any]) -> Todo:
    return _todo(**row._asdict())


@lru_cache(maxsize=10_000)
def _assignee(text: str) -> Assignee:
    kind, _, id_ = text.partition(":")
    return Assignee(AssigneeKind(kind), id_)


def _todo(  # noqa: PLR0913 - one for each column
    *,
    kind: str,
    root_id: str,
    part: str,
    verb: str,
    assignee: str,
    due_on: Any,
    permission: str,
    label: str,
    subject: str,
) -> Todo:
    return Todo(
        kind=kind, id=root_id, part="" if part == WHOLE else part, verb=verb,
        assignee=_assignee(assignee), due_on=None if due_on == NO_TERM else due_on,
        permission=permission, label=label or "", subject=subject or "",
    )  # fmt: skip
