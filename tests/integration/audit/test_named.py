"""What the log names last, in memory and in a file, and held against what is stored."""

from collections.abc import Iterator

import pytest

from adapters.sql.frame import named
from adapters.sql.frame.named import named_on_disk
from supervision_core.audit.model import AuditEntry, AuditRow, Outcome
from supervision_core.audit.ports import NEVER_NAMED, AuditLog, NamedVersions, StoredVersions
from supervision_core.audit.services import NamedInMemory, compare_versions

from .logs import NOON


@pytest.fixture(params=["memory", "file"])
def kept(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[NamedVersions]:
    """Give each way, of the file with some that are in it and some that are not."""
    monkeypatch.setattr(named, "WAITING", 3)
    if request.param == "memory":
        yield NamedInMemory()
        return
    with named_on_disk() as found:
        yield found


def test_the_highest_version_is_kept_with_its_row(kept: NamedVersions) -> None:
    """Whatever order they come in; the same version named again keeps the row it first had."""
    for number, version in enumerate((2, 5, 3, 5)):
        kept.note("task", "a", version, number)
    assert kept.of("task", "a") == (5, 1)
    assert kept.of("visit", "a") == kept.of("task", "b") == NEVER_NAMED
    assert [*kept.every("visit")] == []


def test_things_come_by_code_point(kept: NamedVersions) -> None:
    """As Python and the database order them: capitals first, signs beyond the first plane last."""
    names = ["𠀀", "乙", "b", "ﬀ", "B", "a"]
    for number, name in enumerate(names):
        kept.note("task", name, 1, number)
    assert [one for one, _ in kept.every("task")] == sorted(names)


def test_what_stands_before_a_row_is_forgotten(kept: NamedVersions) -> None:
    """Of one kind only."""
    for number, kind in enumerate(("task", "task", "visit", "task")):
        kept.note(kind, f"{number}", 1, number)
    kept.forget("task", 1)
    assert [*kept.every("task")] == [("1", (1, 1)), ("3", (1, 3))]
    assert [*kept.every("visit")] == [("2", (1, 2))]


class _Log(AuditLog):
    """Names what it is told."""

    def __init__(self, *targets: str) -> None:
        self.targets = [*targets]

    def append(self, entry: AuditEntry) -> None:
        self.targets += entry.targets

    def rows(self, start: int = 0) -> Iterator[AuditRow]:
        for number, target in enumerate(self.targets[start:], start):
            entry = AuditEntry(
                at=NOON, actor="u", department="d", action="tasks.x", outcome=Outcome.DONE,
                request="0" * 64, targets=(target,),
            )  # fmt: skip
            yield AuditRow(number=number, entry=entry)


class _Stored(StoredVersions):
    """Holds tasks; somebody makes one more before it answers."""

    def __init__(
        self, log: _Log, tasks: dict[str, int], *, made: str = "", logged: bool = True
    ) -> None:
        self._log, self._tasks, self._made, self._logged = log, tasks, made, logged

    def kinds(self) -> frozenset[str]:
        return frozenset({"task"})

    def of(self, kind: str) -> Iterator[tuple[str, int]]:
        if self._made:
            self._tasks[self._made] = 1
            if self._logged:
                self._log.targets.append(f"{kind}/{self._made}@1")
        yield from sorted(self._tasks.items())


def _compared(log: _Log, stored: _Stored, kept: NamedVersions) -> list[tuple[str, str]]:
    found = compare_versions(log, stored, kept, kinds=stored.kinds(), whole=True)
    return [(one.code, one.what) for one in found]


def test_each_thing_is_held_against_its_own_name(kept: NamedVersions) -> None:
    """Older, gone, newer, never named: each is told, what fits is not, wherever it stands."""
    log = _Log(*(f"task/{name}@2" for name in "bdfhk"), "session/a@1", "task/k@3")
    stored = _Stored(log, {"a": 1, "b": 2, "d": 1, "h": 3, "k": 3, "m": 1})
    assert sorted(_compared(log, stored, kept)) == [
        ("audit.object_gone", "task/f"),
        ("audit.object_not_logged", "task/a"),
        ("audit.object_not_logged", "task/h"),
        ("audit.object_not_logged", "task/m"),
        ("audit.object_put_back", "task/d"),
    ]


@pytest.mark.parametrize("logged", [True, False])
def test_what_is_made_while_it_is_compared_alarms_nobody(
    kept: NamedVersions, *, logged: bool
) -> None:
    """The log is followed once more; what it does not name then either was written behind us."""
    log = _Log("task/a@1")
    stored = _Stored(log, {"a": 1}, made="b", logged=logged)
    expected = [] if logged else [("audit.object_not_logged", "task/b")]
    assert _compared(log, stored, kept) == expected
