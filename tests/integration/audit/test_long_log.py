"""A log that takes long to verify, while others write."""

from collections.abc import Iterator

import pytest

from adapters.sql.frame import audit
from adapters.sql.frame.audit import SqlCheckpoints
from adapters.sql.frame.unit import SqlTransactions
from supervision_core.audit.model import StoredLeaf
from supervision_core.audit.ports import Segment
from supervision_core.audit.services import verify_store
from supervision_core.testing.audit import KeptLog

from .logs import NOON, SIZES, TRUSTED, Logged

FEW = 5
"""Rows that are read at once."""


@pytest.fixture(autouse=True)
def _in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "ROWS_AT_ONCE", FEW)


def test_nothing_stays_open_between_two_parts(logged: Logged) -> None:
    """Whoever verifies keeps no view of the database meanwhile: SQLite's own log would grow.

    It is begun anew only when nobody looks at what stands in it.
    """
    logged.fill()
    numbers = []
    for number, _, _ in logged.checkpoints.leaves(0):
        assert logged.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        numbers.append(number)
    assert numbers == list(range(50))


@pytest.mark.parametrize("stop", [FEW - 1, FEW, FEW + 1, 3 * FEW, 50, 60])
def test_parts_end_where_they_are_to_end(logged: Logged, stop: int) -> None:
    """Wherever a part ends, no row is left out and none comes twice."""
    logged.fill()
    found = [number for number, _, _ in logged.checkpoints.leaves(2, stop)]
    assert found == list(range(2, min(stop, 50)))


class _ArchivedMeanwhile(SqlCheckpoints):
    """Rows are archived after the first part was read, once."""

    def leaves(self, start: int, stop: int | None = None) -> Iterator[StoredLeaf]:
        for leaf in super().leaves(start, stop):
            if leaf[0] == FEW - 1 and not self.segments():
                kept = KeptLog(transactions=SqlTransactions(self._engine, {}), checkpoints=self)
                kept.prune(Segment(first=0, upto=SIZES[0], file="a", digest="ab" * 32, at=NOON))
            yield leaf


def test_rows_archived_meanwhile_are_not_missed(logged: Logged) -> None:
    """What was archived while it was verified is no gap: what is left is verified once more."""
    logged.fill()
    checkpoints = _ArchivedMeanwhile(logged.engine)
    assert not verify_store(checkpoints, TRUSTED).findings
    assert checkpoints.segments()
