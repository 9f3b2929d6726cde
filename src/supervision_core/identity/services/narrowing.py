"""What an index of fragments and the log know of which rows a list may have to look at."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from attrs import evolve

from supervision_core.audit.model import AuditRow, read_target
from supervision_core.audit.ports import AuditLog
from supervision_core.kernel.listing import ListFilter, ListQuery, Match
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.search import (
    IndexPlace,
    IndexUnusable,
    SearchIndex,
    SearchSource,
    SearchWanted,
    fragments,
)

PATIENCE: Final = timedelta(seconds=10)
"""What may have been written before the index has taken it in; usually it takes less than one."""
MOST_ROWS: Final = 1_000
"""Rows of the log that are looked at once."""
_FEW: Final = 200
"""Things that are named at once; of more it is first seen how many there are."""
MOST_NARROWED: Final = 2_000
"""Things that an index names to a list; of what holds more, the database finds a page quickly."""


def require_current(index: SearchIndex, source: SearchSource, now: datetime) -> None:
    """Demand that an index has taken in what was written. Raises ``IndexUnusable``."""
    since = source.waiting_since(index.place())
    if since is not None and now - since > PATIENCE:
        raise IndexUnusable("behind")


def rows_behind(log: AuditLog, place: IndexPlace) -> Iterator[AuditRow]:
    """Give the rows from ``place`` on. Raises ``IndexUnusable`` where the log leads elsewhere."""
    rows = log.rows(max(place.next - 1, 0))
    if place.next:
        before = next(rows, None)
        if before is None or before.number != place.next - 1 or before.leaf().hex() != place.leaf:
            raise IndexUnusable("foreign")
    first = next(rows, None)
    if first is not None:
        if first.number != place.next:
            raise IndexUnusable("behind")
        yield first
        yield from rows


def written(rows: Iterable[AuditRow], kinds: Iterable[str]) -> Mapping[str, dict[str, None]]:
    """Give the ids of what rows of the log name, by kind."""
    found: dict[str, dict[str, None]] = {one: {} for one in kinds}
    for row in rows:
        for target in row.entry.targets:
            read = read_target(target)
            if read is not None and read[0] in found:
                found[read[0]][read[1]] = None
    return found


def narrowed(unit: UnitOfWork, query: ListQuery[Any], wanted: ListFilter) -> ListFilter:
    """Let a list look at those alone that the index names, where it is asked for a fragment.

    The index names whatever holds the fragment, and perhaps more; the log names what was written
    since. Which rows are wanted is decided by the list: without an index, far behind, or where
    more than ``MOST_NARROWED`` are named, it looks at all and finds the same.
    """
    whole = query if query.of is None else query.of
    if whole.searched is None:
        return wanted
    name = whole.searched.name
    told = wanted.told
    parts = tuple(
        part
        for one in query.criteria
        if one.match is Match.FRAGMENT and one.field == name and not one.others
        for part in fragments(str(told.get(one.names[0], "")))
    )
    return wanted if not parts else wanted.among(_named(unit, whole, parts, wanted.reach))


def _named(
    unit: UnitOfWork, query: ListQuery[Any], parts: tuple[str, ...], reach: Any
) -> frozenset[str] | None:
    """Give the ids of what the index and the log name, ``None`` where they cannot name all."""
    kind = query.port.kind
    asked = SearchWanted(
        kind=kind, fragments=parts, reach=reach, most=_FEW, counted=MOST_NARROWED + 1
    )
    try:
        index = unit[SearchIndex]
        # the place first: what the index gains meanwhile is named by both
        behind = list(islice(rows_behind(unit[AuditLog], index.place()), MOST_ROWS + 1))
        found = index.find(asked)
        if len(behind) > MOST_ROWS or found.count > MOST_NARROWED:
            return None
        if len(found.hits) == _FEW:
            found = index.find(evolve(asked, most=MOST_NARROWED, counted=0))
    except (KeyError, IndexUnusable):  # an embedding program may have no index
        return None
    return frozenset(one.id for one in found.hits).union(written(behind, (kind,))[kind])
