"""Removing what nothing names: staged files that are over, and bytes that nobody can reach."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from attrs import frozen

from supervision_core.files.model import STAGED_FOR
from supervision_core.files.ports import Attachments, FileBytes, StagedFiles
from supervision_core.kernel.ports import Clock, Transactions

GRACE: Final = timedelta(hours=48)
"""Twice as long as a staged file lives: what is older and unnamed can never be named again."""
_AT_ONCE: Final = 500


@frozen(kw_only=True)
class Swept:
    """What a sweep removed: staged files that were over, and pieces that nothing named."""

    staged: int
    pieces: int


@frozen(kw_only=True)
class Sweep:
    """附件清理 (Sweep): removes what nothing names. Broken off anywhere, the next one goes on.

    A piece gets its address when it is stored and is named within ``STAGED_FOR`` or never, so that
    one older than ``GRACE`` which nothing names is nobody's; a detached file keeps its own for
    ``GRACE``, so that a backup begun before finds them.
    """

    transactions: Transactions
    store: FileBytes
    clock: Clock

    def run(self) -> Swept:
        """Sweep once, through everything."""
        now = self.clock.now()
        staged = self._forget(now - STAGED_FOR)
        pieces = 0
        for some in batches(self.store.addresses(before=now - GRACE)):
            for address in self._unnamed(some, now - GRACE):
                self.store.remove(address)
                pieces += 1
        return Swept(staged=staged, pieces=pieces)

    def _forget(self, begun_before: datetime) -> int:
        forgotten = 0
        while True:
            with self.transactions.begin() as unit:
                over = unit[StagedFiles].begun_before(begun_before, limit=_AT_ONCE)
                unit[StagedFiles].forget(over)
                unit.commit()
            forgotten += len(over)
            if len(over) < _AT_ONCE:
                return forgotten

    def _unnamed(self, addresses: tuple[str, ...], gone_after: datetime) -> list[str]:
        with self.transactions.begin_reading() as unit:
            named = unit[Attachments].named(addresses, gone_after=gone_after)
            named |= unit[StagedFiles].named(addresses)
        return [one for one in addresses if one not in named]


def batches(addresses: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Cut addresses into parts that are asked about at once."""
    left = iter(addresses)
    while some := tuple(islice(left, _AT_ONCE)):
        yield some
