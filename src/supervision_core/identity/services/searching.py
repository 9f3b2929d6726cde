"""Keeping an index of fragments up to date by the log, and building it anew."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, Final

from attrs import define, field

from supervision_core.audit.ports import AuditLog
from supervision_core.identity.services.narrowing import MOST_ROWS, rows_behind, written
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.ports import Transactions
from supervision_core.kernel.search import (
    IndexPlace,
    IndexUnusable,
    SearchIndex,
    SearchSource,
)

CHUNK: Final = 5_000


@define(eq=False)
class SearchFeed:
    """检索索引维护 (SearchFeed): follows the log, which names whatever was written.

    Each copy of an index knows up to where it has followed: it needs no other process to remember
    it, and waits for none. What the log names is read from the tables as it is now.
    """

    transactions: Transactions
    index: SearchIndex
    queries: Sequence[ListQuery[Any]]
    say: Callable[[str, int], None] = field(default=lambda _kind, _count: None)

    def keep(self) -> int:
        """Take in what the log has gained; build anew what cannot be used. Tell how many rows."""
        try:
            return self.follow()
        except IndexUnusable:
            return self.rebuild()

    def follow(self) -> int:
        """Take in what the log has gained; tell how many things. Raises ``IndexUnusable``."""
        found = 0
        while True:
            place = self.index.place()
            with self.transactions.begin_reading() as unit:
                rows = list(islice(rows_behind(unit[AuditLog], place), MOST_ROWS))
                if not rows:
                    return found
                changed = written(rows, (one.port.kind for one in self.queries))
                entries = [
                    entry
                    for query in self.queries
                    if (ids := changed[query.port.kind])
                    for entry in unit[SearchSource].entries(query, list(ids))
                ]
            there = {(one.kind, one.id) for one in entries}
            named = {(kind, id_) for kind, ids in changed.items() for id_ in ids}
            last = IndexPlace(rows[-1].number + 1, rows[-1].leaf().hex())
            self.index.change(entries, named - there, last)
            found += len(named)

    def rebuild(self) -> int:
        """Build the index from the database; tell how many things are in it.

        The place is taken first: what changes meanwhile is followed afterwards.
        """
        with self.transactions.begin_reading() as unit:
            place = unit[SearchSource].end()
        count = 0
        with self.index.rebuild() as building:
            for query in self.queries:
                after: str | None = ""
                while after is not None:
                    with self.transactions.begin_reading() as unit:
                        source = unit[SearchSource]
                        entries, after = source.entries_after(query, after, CHUNK)
                    building.add(entries)
                    count += len(entries)
                    self.say(query.title, len(entries))
            building.finish(place)
        return count
