"""Contract of the frame of commands over an adapter's transactions.

Fixtures: ``backend``, ``case``.
"""

from datetime import datetime
from itertools import count
from typing import Any, TypeVar

from attrs import frozen

from supervision_core.audit.model import Outcome
from supervision_core.identity.model import Actor, DataScope, PermissionDenied
from supervision_core.identity.services import (
    Commands,
    Expected,
    Question,
    UseCase,
    Work,
    question,
    use_case,
)
from supervision_core.kernel.errors import Conflict, KeyReused, NotFound, Outdated
from supervision_core.kernel.events import Aggregate, Thing
from supervision_core.kernel.plain import digest
from supervision_core.kernel.ports import Clock, Ids
from supervision_core.testing.units import (
    NOON,
    Backend,
    Noticed,
    RepositoryCase,
    refuses,
    together,
)

Answer = TypeVar("Answer")


class StoppedClock(Clock):
    """It is always noon in Nanning."""

    def now(self) -> datetime:
        """Give 24 November 2026, 04:00 UTC."""
        return NOON


class CountedIds(Ids):
    """Ids in the order asked for."""

    def __init__(self) -> None:
        """Start at 1."""
        self._numbers = count(1)

    def next_id(self) -> str:
        """Give the next number, padded so that ids sort by age."""
        return f"id-{next(self._numbers):08d}"


@frozen(kw_only=True)
class Make:
    """Make the example of ``id`` in ``region``."""

    id: str
    region: str = "450100"


OFFICER = Actor(
    user="u-1",
    department="d-1",
    scope=DataScope(region="450100", departments=frozenset({"d-1"})),
    permissions=frozenset({"testing.make"}),
)


def make_with(case: RepositoryCase[Any]) -> UseCase[Make, str]:
    """Give the use case that stores the example of ``case``."""

    @use_case("testing.make", "新增")
    def make(work: Work, cmd: Make) -> str:
        """Make one, within reach."""
        work.reach(case.port.kind, cmd.id, region=cmd.region, departments=frozenset({"d-1"}))
        root: Aggregate = case.example(cmd.id)
        work.save(case.port, root)
        work.unit.emit(Noticed(at=work.now, what=cmd.id), Thing(case.port.kind, cmd.id, 1))
        work.note(made=cmd.id)
        return cmd.id

    return make


def read_by(case: RepositoryCase[Any]) -> UseCase[Make, int]:
    """Give the use case that reads what is stored and writes nothing of it."""

    @use_case("testing.make", "读取")
    def read(work: Work, cmd: Make) -> int:
        """Read one."""
        found: Aggregate = work[case.port].get(cmd.id)
        return found.version

    return read


def look_for(case: RepositoryCase[Any]) -> Question[Make, int]:
    """Give the question that reads the version of what is stored, within reach."""

    @question("testing.make", "查看")
    def look(work: Work, about: Make) -> int:
        """Read one, within reach."""
        work.reach(case.port.kind, about.id, region=about.region, departments=frozenset({"d-1"}))
        found: Aggregate = work[case.port].get(about.id)
        return found.version

    return look


class CommandsContract:
    """One command, one transaction, one audit row, whatever happens."""

    def _commands(self, backend: Backend) -> Commands:
        return Commands(backend.transactions, StoppedClock(), CountedIds())

    def test_done_is_audited(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """A command that is done leaves its effect, its events and one audit row of its digest."""
        answer = self._commands(backend).run(make_with(case), Make(id="a-1"), actor=OFFICER)
        assert answer == "a-1"
        (row,) = backend.audit.rows()
        assert (row.number, row.entry.outcome, row.entry.at) == (0, Outcome.DONE, NOON)
        assert (row.entry.actor, row.entry.action) == ("u-1", "testing.make")
        assert row.entry.request == digest(Make(id="a-1"))
        assert row.entry.targets == (f"{case.port.kind}/a-1@1",)
        assert row.entry.note == (("made", "a-1"),)
        assert [e.facts["what"] for e in backend.outbox.pending(9) if "what" in e.facts] == ["a-1"]

    def test_missing_permission_is_audited(
        self, backend: Backend, case: RepositoryCase[Any]
    ) -> None:
        """Without the permission nothing is done, and the attempt stands in the log."""
        nobody = Actor(
            user="u-2", department="d-2", scope=OFFICER.scope, permissions=frozenset({"items.*"})
        )
        with refuses(PermissionDenied):
            self._commands(backend).run(make_with(case), Make(id="a-1"), actor=nobody)
        (row,) = backend.audit.rows()
        assert (row.entry.actor, row.entry.outcome) == ("u-2", Outcome.DENIED)
        self._absent(backend, case, "a-1")

    def test_out_of_scope_is_absent_and_audited(
        self, backend: Backend, case: RepositoryCase[Any]
    ) -> None:
        """What lies outside the actor's scope is ``not_found``, and the attempt is in the log."""
        with refuses(NotFound):
            self._commands(backend).run(
                make_with(case), Make(id="a-1", region="450200"), actor=OFFICER
            )
        (row,) = backend.audit.rows()
        assert (row.entry.outcome, row.entry.targets) == (Outcome.DENIED, ())
        self._absent(backend, case, "a-1")

    def test_refusal_leaves_nothing(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """A command that is refused leaves neither effect nor audit row nor event."""
        commands = self._commands(backend)
        commands.run(make_with(case), Make(id="a-1"), actor=OFFICER)
        before = list(backend.outbox.pending(99))
        with refuses(Conflict):
            commands.run(make_with(case), Make(id="a-1"), actor=OFFICER, key="k-1")
        assert len(list(backend.audit.rows())) == 1
        assert list(backend.outbox.pending(99)) == before
        assert commands.run(make_with(case), Make(id="a-2"), actor=OFFICER, key="k-1") == "a-2"

    def test_same_key_same_answer(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """The same request under the same key is answered alike and done once."""
        commands = self._commands(backend)
        for _ in range(3):
            assert commands.run(make_with(case), Make(id="a-1"), actor=OFFICER, key="k-1") == "a-1"
        assert len(list(backend.audit.rows())) == 1

    def test_other_request_under_the_key_is_refused(
        self, backend: Backend, case: RepositoryCase[Any]
    ) -> None:
        """A key stands for one request: another one under it is refused and does nothing."""
        commands = self._commands(backend)
        commands.run(make_with(case), Make(id="a-1"), actor=OFFICER, key="k-1")
        with refuses(KeyReused):
            commands.run(make_with(case), Make(id="a-2"), actor=OFFICER, key="k-1")
        self._absent(backend, case, "a-2")

    def test_double_click_has_one_effect(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """The same request four times at once has one effect, and its answer is everybody's."""
        commands, make = self._commands(backend), make_with(case)

        def click() -> object:
            return commands.run(make, Make(id="a-1"), actor=OFFICER, key="k-1")

        assert together(click, click, click, click) == ["a-1"] * 4
        assert len(list(backend.audit.rows())) == 1
        assert click() == "a-1"

    def test_another_version_than_expected_is_refused(
        self, backend: Backend, case: RepositoryCase[Any]
    ) -> None:
        """Who has seen another version than the stored one changes nothing."""
        commands, kind = self._commands(backend), case.port.kind
        seen = Expected(kind=kind, id="a-1", version=7)
        with refuses(Outdated):
            commands.run(make_with(case), Make(id="a-1"), actor=OFFICER, expected=seen)
        self._absent(backend, case, "a-1")
        fresh = Expected(kind=kind, id="a-1", version=0)
        assert commands.run(make_with(case), Make(id="a-1"), actor=OFFICER, expected=fresh) == "a-1"

    def test_the_version_of_what_is_only_read_is_compared_too(
        self, backend: Backend, case: RepositoryCase[Any]
    ) -> None:
        """Who names a version that a command does not write is not left believing that it holds."""
        commands, kind = self._commands(backend), case.port.kind
        commands.run(make_with(case), Make(id="a-1"), actor=OFFICER)
        seen = Expected(kind=kind, id="a-1", version=7)
        with refuses(Outdated):
            commands.run(read_by(case), Make(id="a-1"), actor=OFFICER, expected=seen)
        assert len(list(backend.audit.rows())) == 1
        fresh = Expected(kind=kind, id="a-1", version=1)
        assert commands.run(read_by(case), Make(id="a-1"), actor=OFFICER, expected=fresh) == 1

    def test_a_question_is_answered_and_leaves_nothing(
        self, backend: Backend, case: RepositoryCase[Any]
    ) -> None:
        """Reading leaves no row; being denied and reaching too far do, as for commands."""
        commands = self._commands(backend)
        commands.run(make_with(case), Make(id="a-1"), actor=OFFICER)
        assert commands.ask(look_for(case), Make(id="a-1"), actor=OFFICER) == 1
        assert len(list(backend.audit.rows())) == 1
        with refuses(NotFound):
            commands.ask(look_for(case), Make(id="a-9"), actor=OFFICER)
        assert len(list(backend.audit.rows())) == 1
        with refuses(NotFound):
            commands.ask(look_for(case), Make(id="a-1", region="450200"), actor=OFFICER)
        nobody = Actor(
            user="u-2", department="d-2", scope=OFFICER.scope, permissions=frozenset({"items.*"})
        )
        with refuses(PermissionDenied):
            commands.ask(look_for(case), Make(id="a-1"), actor=nobody)
        rows = [(row.entry.actor, row.entry.outcome) for row in backend.audit.rows()]
        assert rows[1:] == [("u-1", Outcome.DENIED), ("u-2", Outcome.DENIED)]

    def _absent(self, backend: Backend, case: RepositoryCase[Any], id: str) -> None:
        with refuses(NotFound), backend.transactions.begin() as unit:
            unit[case.port].get(id)
