"""What tells that rows which were written together are all there, each as it was written."""

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Final, Self

from attrs import define, field, setters

from supervision_core.kernel.canonical import Json, sm3
from supervision_core.kernel.events import Aggregate

BATCH: Final = "batch"
"""The kind under which the log names a batch and its version."""
_LINES: Final = json.JSONEncoder(ensure_ascii=False, separators=("\n", ":"))
_BETWEEN: Final = "]\n["
_TOGETHER: Final = 50
"""Rows written as JSON together: one by one costs a fifth more, thousands do not stay at hand."""


@define(eq=False, kw_only=True)
class Batch(Aggregate):
    """批次封签 (batch): one seal over all rows of a table that one command wrote together.

    It holds the digest of each row, and is sealed and versioned itself; the audit log names its
    versions. A row is checked by its batch alone, without the others. A row changed, put in or
    moved here from another batch is none of its members; of a row deleted the digest is left over.
    A row that is replaced or changed later leaves the batch. Who then puts the row back must put
    back the batch as well, which is older than the log says.
    Source: GB/T 39786-2021, 8.4 f.
    """

    table: str = field(on_setattr=setters.frozen)
    _members: str

    @classmethod
    def seal(cls, table: str, digests: Collection[str], *, id: str) -> Self:
        """Take in the rows of ``table`` that have these digests."""
        return cls(id=id, table=table, members=" ".join(digests))

    @property
    def count(self) -> int:
        """How many rows are left in it."""
        return len(self._members.split())

    def holds(self, digest: str) -> bool:
        """Tell whether the row of that digest is in it."""
        return digest in self._members

    def leave(self, digests: Collection[str]) -> None:
        """Let rows go; one that has left already is passed over."""
        self._members = " ".join(one for one in self._members.split() if one not in digests)


def digests_of(table: str, rows: Iterable[Sequence[Json]]) -> list[str]:
    """Give the SM3 digest of each row, in hex: of its table and its columns in their order.

    The values are texts, whole numbers, truths or nothing. Some rows at a time are written as JSON,
    a value a line: no text holds a bare line feed, so that none runs into another value or row.
    """
    left, found = iter(rows), list[str]()
    while some := list(map(list, islice(left, _TOGETHER))):
        lines = _LINES.encode(some)[2:-2].split(_BETWEEN)
        if len(lines) != len(some):
            raise TypeError(table)
        found += [sm3(f"{table}\n{line}".encode()).hex() for line in lines]
    return found
