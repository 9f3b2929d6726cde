"""What departments and regions are called, kept while nobody has changed what somebody may do."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from attrs import define, field, frozen

from supervision_core.kernel.registers import DEPARTMENT, REGION, Ask, Reference

KEPT: Final = frozenset({DEPARTMENT, REGION})
"""Kinds whose changes begin an epoch of access. Nobody's personal name is among them."""
MOST_KEPT: Final = 20_000
LONGEST: Final = timedelta(seconds=60)
"""After this long all is read again, whatever the epoch: of a broken seal there is an alarm within
a minute."""


def young(at: datetime, now: datetime) -> bool:
    """Tell whether what was read at a moment may still be kept."""
    return at <= now < at + LONGEST


@frozen
class _Kept:
    epoch: int
    at: datetime
    known: dict[tuple[str, str], Reference | None] = field(factory=dict)
    """By kind and id; nothing where there is no such thing."""


@define(eq=False)
class Names:
    """Knows names that nearly every page shows, read once in an epoch of access.

    They are given only to who was found to act in that epoch: so whoever wrote one sees it from the
    next request on, in every process. What is read for somebody of an older epoch is not kept.
    """

    _kept: _Kept | None = field(default=None, init=False)

    def resolve(
        self, ask: Ask, kind: str, ids: Iterable[str], *, epoch: int | None, now: datetime
    ) -> Mapping[str, Reference]:
        """Give those of ``ids`` that there are, by id, as somebody of ``epoch`` is told of them."""
        if epoch is None or kind not in KEPT:
            return ask.resolve(kind, ids)
        kept = self._kept  # threads share it: it is filled for one epoch and replaced whole
        if kept is not None and epoch < kept.epoch and young(kept.at, now):
            return ask.resolve(kind, ids)
        if (
            kept is None
            or kept.epoch != epoch
            or len(kept.known) > MOST_KEPT
            or not young(kept.at, now)
        ):
            kept = self._kept = _Kept(epoch, now)
        wanted, known = frozenset(ids), kept.known
        new = [one for one in wanted if (kind, one) not in known]
        if new:
            found = ask.resolve(kind, new)
            known.update({(kind, one): found.get(one) for one in new})
        there = ((one, known[kind, one]) for one in wanted)
        return {one: found for one, found in there if found is not None}
