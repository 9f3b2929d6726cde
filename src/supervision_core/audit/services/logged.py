"""What the log says was written last, followed row by row, and which objects are refused."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from attrs import define, field

from supervision_core.audit.model import (
    ALARM,
    REPAIR,
    AuditRow,
    Finding,
    Outcome,
    read_target,
    target_of,
)
from supervision_core.audit.ports import NEVER_NAMED, AuditLog, NamedVersions, StoredVersions
from supervision_core.kernel.ports import kinds_ahead

SESSION: Final = "session"

First = TypeVar("First")
Second = TypeVar("Second")


def _believed(target: str, seal: str) -> bool:
    """Believe every repair: for whoever verifies with public keys only."""
    del target, seal
    return True


class NamedInMemory(NamedVersions):
    """Named versions where there are few: about 200 bytes each."""

    def __init__(self) -> None:
        """Begin with none."""
        self._of: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)

    def note(self, kind: str, id: str, version: int, number: int) -> None:
        """Keep a version and its row, unless the version that is kept is as high."""
        if version > self.of(kind, id)[0]:
            self._of[kind][id] = (version, number)

    def of(self, kind: str, id: str) -> tuple[int, int]:
        """Give version and row of a thing."""
        return self._of[kind].get(id, NEVER_NAMED)

    def every(self, kind: str) -> Iterator[tuple[str, tuple[int, int]]]:
        """Give each thing of ``kind``."""
        return iter(sorted(self._of[kind].items()))

    def forget(self, kind: str, before: int) -> None:
        """Forget the things of ``kind`` whose row stands before that number."""
        kept = self._of[kind].items()
        self._of[kind] = {one: at for one, at in kept if at[1] >= before}


@define(eq=False)
class LoggedVersions:
    """The highest versions that the log names of some kinds of aggregates, and what is refused.

    An object that an alarm names is refused until a repair behind it names a higher version, under
    a seal that ``sealed`` believes: whoever can write into the log alone repairs nothing.
    """

    kinds: frozenset[str]
    sealed: Callable[[str, str], bool] = _believed
    next: int = 0
    """The number of the first row that was not taken in."""
    alarms: int = field(init=False, default=0)
    """How many alarms and repairs were taken in."""
    refused: dict[str, int] = field(init=False, factory=dict)
    """By ``kind/id``: the version that a repair must be above."""
    _named: NamedVersions = field(factory=NamedInMemory, kw_only=True)
    _lost: set[str] = field(init=False, factory=set)
    _last: bytes = field(init=False, default=b"")
    _turned: int = field(init=False, default=0)

    def follow(self, log: AuditLog) -> bool:
        """Take in what the log has gained; tell whether it still ends in what was followed."""
        same, last = not self._last, None
        for row in log.rows(self.next - 1 if self._last else self.next):
            if row.number < self.next:
                same = row.leaf() == self._last
            else:
                last = row
                self.take([row])
        if last is not None:
            self._last = last.leaf()
        return same

    def take(self, rows: Iterable[AuditRow]) -> None:
        """Take in what the next rows name."""
        for row in rows:
            self.next = row.number + 1
            if row.entry.action == ALARM:
                self._refuse(row)
            elif row.entry.outcome is Outcome.DONE:
                self._note(row)

    def _refuse(self, row: AuditRow) -> None:
        """Refuse what an alarm names, unless it was repaired since the alarm found it."""
        for target in row.entry.targets:
            kind, name, version = read_target(target) or (*_parted(target), 0)
            if kind in self.kinds and version >= self._named.of(kind, name)[0]:
                self.refused.setdefault(f"{kind}/{name}", version)
                self.alarms += 1

    def _repair(self, row: AuditRow) -> None:
        """Refuse no longer what a repair names, if it may."""
        note = dict(row.entry.note)
        for target in row.entry.targets:
            kind, name, version = read_target(target) or ("", "", 0)
            what = f"{kind}/{name}"
            if version > self.refused.get(what, -1) and self.sealed(target, note.get("seal", "")):
                self.refused.pop(what, None)
                self.alarms += 1
                if note.get("lost"):
                    self._lost.add(what)

    def _note(self, row: AuditRow) -> None:
        if row.entry.action == REPAIR:
            self._repair(row)
        for target in row.entry.targets:
            if (read := read_target(target)) is not None and read[0] in self.kinds:
                self._named.note(*read, row.number)

    def turn(self) -> None:
        """Forget the sessions that were named before the last turn.

        To be called once a day, by a clock that nobody writes into the log: they are over by age.
        """
        self._named.forget(SESSION, self._turned)
        self._turned = self.next

    def disputes(self, kind: str, id: str, version: int) -> bool:
        """Tell whether the row as it is stored is not to be believed; 0: it is not there.

        A session may go when it is over; what a repair called lost may be missing.
        """
        what = f"{kind}/{id}"
        if what in self.refused:
            return True
        last, _ = self._named.of(kind, id)
        return version < last and (version > 0 or not (kind == SESSION or what in self._lost))

    def named(self, what: str) -> str:
        """Name an object in the version known of it, as an alarm does."""
        kind, name = _parted(what)
        last, _ = self._named.of(kind, name)
        return target_of(kind, name, last)

    def compare(self, stored: StoredVersions, log: AuditLog, *, whole: bool) -> Iterator[Finding]:
        """Compare with what is stored. ``whole``: what was never named was never audited.

        What is ahead of the log was perhaps written meanwhile: ``log`` is followed once more then.
        """
        ahead: list[tuple[str, str, int]] = []
        unnamed = kinds_ahead()
        for kind in sorted(self.kinds):
            beside = _side_by_side(self._named.every(kind), stored.of(kind))
            for name, named, version in beside:
                last, number = named or NEVER_NAMED
                what = f"{kind}/{name}"
                if version is None:
                    if kind != SESSION and what not in self._lost:
                        yield Finding("audit.object_gone", number, number, what)
                elif version < last:
                    yield Finding("audit.object_put_back", number, number, what)
                elif version > last and (last or whole) and kind not in unnamed:
                    ahead.append((kind, name, version))
        if ahead:
            self.follow(log)
        for kind, name, version in ahead:
            last, number = self._named.of(kind, name)
            if version > last:
                yield Finding("audit.object_not_logged", number, number, f"{kind}/{name}")


def _side_by_side(
    left: Iterator[tuple[str, First]], right: Iterator[tuple[str, Second]]
) -> Iterator[tuple[str, First | None, Second | None]]:
    """Give what stands under each name, ``None`` where it is missing; both come by name."""
    ahead = next(right, None)
    for name, value in left:
        while ahead is not None and ahead[0] < name:
            yield ahead[0], None, ahead[1]
            ahead = next(right, None)
        if ahead is not None and ahead[0] == name:
            yield name, value, ahead[1]
            ahead = next(right, None)
        else:
            yield name, value, None
    while ahead is not None:
        yield ahead[0], None, ahead[1]
        ahead = next(right, None)


def _parted(what: str) -> tuple[str, str]:
    kind, _, name = what.partition("/")
    return kind, name
