"""自治区监管事项动态管理系统, page by page into the catalogue."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from attrs import evolve, field, frozen

from entrypoints.container import Platform
from entrypoints.synchronising import CHUNK
from supervision_core.identity.model import Actor, SyncChange, SyncConflict, SyncCount
from supervision_core.identity.services.synchronisations import SynchronisationRecord
from supervision_core.items.synchronising import (
    MATTERS,
    SynchroniseMatters,
    counted,
    synchronise_matters,
)
from supervision_core.items.told import MatterSource, higher_first
from supervision_core.kernel.errors import DomainError, Violation

Row = TypeVar("Row")
Advance = Callable[[int], None]
WHAT: Final = {
    "matter": "监管目录", "item": "检查项", "list": "检查实施清单", "claim": "认领",
}  # fmt: skip
"""What each kind that is counted is called."""


@frozen
class MatterReport:
    """What came of it: counts, what changed, and every reason why something stayed out."""

    counts: list[SyncCount] = field(factory=list)
    changes: list[SyncChange] = field(factory=list)
    conflicts: list[SyncConflict] = field(factory=list)


def synchronise_from(
    platform: Platform,
    source: MatterSource,
    *,
    actor: Actor,
    advance: Advance = lambda _: None,
) -> MatterReport:
    """Take in everything that the platform above tells, a transaction for each ``CHUNK`` of it.

    Everything is told each time, so what could not be taken in is tried again the next time.
    Matters are looked at twice: once all together, for their order and for rings, then one by one.
    ``advance`` is told how many rows were done, and may break it off by raising. How it went is
    kept. Raises ``Unavailable``: what was taken in before stays.
    """
    record = SynchronisationRecord(platform.transactions, platform.clock)
    taking = _TakingIn(platform, actor, advance)
    record.begin(MATTERS, by=actor.user)
    try:
        taking.run(source)
    except BaseException as error:
        why = error.reasons[0] if isinstance(error, DomainError) else Violation(_BROKEN_OFF)
        record.fail(MATTERS, why)
        raise
    report = taking.report
    record.end(MATTERS, report.counts, report.conflicts, report.changes)
    return report


_BROKEN_OFF: Final = "items.synchronisation_broken_off"


@frozen
class _TakingIn:
    platform: Platform
    actor: Actor
    advance: Advance
    report: MatterReport = field(init=False, factory=MatterReport)

    def run(self, source: MatterSource) -> None:
        told = [one for page in source.matters() for one in page]
        matters, rings = higher_first(told)
        for one in rings:
            ring = Violation("items.told_ring", "parent")
            self.report.conflicts.append(SyncConflict(what="matter", id=one.code, violation=ring))
        items = [one for page in source.items() for one in page]
        held: dict[str, list[str]] = {}
        for item in items:
            if not item.deleted:
                held.setdefault(item.list, []).append(item.code)
        lists = [
            evolve(one, items=tuple(dict.fromkeys(held.get(one.code, ()))))
            for page in source.lists()
            for one in page
        ]
        self._take("matter", "matters", [one for one in matters if not one.deleted])
        self._take("item", "items", [one for one in items if not one.deleted])
        self._take("list", "lists", lists)
        self._take("item", "items", [one for one in items if one.deleted])
        self._take("claim", "claims", [one for page in source.claims() for one in page])
        self._take("matter", "matters", [one for one in reversed(matters) if one.deleted])

    def _take(self, what: str, name: str, rows: Sequence[Any]) -> None:
        answers: list[Mapping[str, Any]] = []
        for some in _chunks(rows):
            command = SynchroniseMatters(**{name: some})
            answer: Any = self.platform.commands.run(synchronise_matters, command, actor=self.actor)
            answers.append(answer)
            self.report.changes.extend(SyncChange(**one) for one in answer["changes"])
            self.report.conflicts.extend(
                SyncConflict(
                    what=what,
                    id=one["id"],
                    violation=Violation(one["code"], at=one["at"], data=one["data"]),
                )
                for one in answer["refused"]
            )
            self.advance(len(some))
        self._count(counted(what, answers))

    def _count(self, more: SyncCount) -> None:
        counts = self.report.counts
        before = next((one for one in counts if one.what == more.what), None)
        if before is None:
            counts.append(more)
            return
        names = ("added", "changed", "deleted", "same")
        sums = {name: getattr(before, name) + getattr(more, name) for name in names}
        counts[counts.index(before)] = evolve(before, **sums)


def _chunks(rows: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    listed = tuple(rows)
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))
