"""Contracts of units of work, repositories, outbox and the frame of commands.

An adapter's tests subclass a contract and give its fixtures; every ``test_`` method then holds the
adapter to one rule. Needs pytest only to collect: nothing here imports it.

Fixtures: ``backend`` (a ``Backend``) and ``case`` (a ``RepositoryCase``).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any, Generic, TypeVar

import attrs
from attrs import frozen

from supervision_core.audit.model import AuditEntry, AuditRow, Outcome
from supervision_core.audit.ports import AuditLog
from supervision_core.identity.ports import DoneCommand, DoneCommands
from supervision_core.kernel.errors import Conflict, DomainError, NotFound
from supervision_core.kernel.events import Aggregate, Event, Thing
from supervision_core.kernel.outbox import Outbox
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.ports import Repository, Transactions

Root = TypeVar("Root", bound=Aggregate)
NOON = datetime(2026, 11, 24, 4, 0, 0, 123456, tzinfo=UTC)
THING = Thing("thing", "a-1", 1)


@frozen(kw_only=True)
class RepositoryCase(Generic[Root]):
    """An aggregate to try a repository with.

    ``example`` gives one with every field filled, new, under the id; ``change`` alters it.
    """

    port: type[Repository[Root]]
    example: Callable[[str], Root]
    change: Callable[[Root], None]

    @property
    def name(self) -> str:
        """Name the case for test ids."""
        return self.port.__name__


@frozen(kw_only=True)
class Backend:
    """What an adapter offers: transactions, an outbox to relay from, a log to read."""

    transactions: Transactions
    outbox: Outbox
    audit: AuditLog


@frozen(kw_only=True)
class Noticed(Event):
    """An event for the contracts."""

    what: str


@contextmanager
def refuses(error: type[DomainError]) -> Iterator[None]:
    """Expect ``error`` itself: its code proves the reason."""
    try:
        yield
    except error as raised:
        if type(raised) is error:
            return
        raise
    raise AssertionError(error.code)


def differing_fields(first: Aggregate, second: Aggregate) -> list[str]:
    """Name the fields in which two aggregates differ, leaving out events not yet taken."""
    assert type(first) is type(second)
    names = [field.name for field in attrs.fields(type(first)) if field.init]
    return [name for name in names if getattr(first, name) != getattr(second, name)]


def empty_fields(root: Aggregate) -> list[str]:
    """Name the fields that an example leaves empty, and which a mapper could lose unseen."""
    names = [field.name for field in attrs.fields(type(root)) if field.init]
    return [name for name in names if getattr(root, name) in (None, "", (), frozenset(), {})]


def entry(request: str = "ab" * 32, outcome: Outcome = Outcome.DONE) -> AuditEntry:
    """Give an audit entry with every field filled."""
    return AuditEntry(
        at=NOON,
        actor="u-1",
        department="d-1",
        action="things.change",
        outcome=outcome,
        request=request,
        targets=("thing/1", "thing/2"),
        note=(("hash", "00ff"), ("reason", "复核")),
    )


def together(*jobs: Callable[[], object]) -> list[object]:
    """Run ``jobs`` at the same time; give what each returned or raised."""
    start = Barrier(len(jobs))
    ends: list[object] = [None] * len(jobs)

    def run(at: int, job: Callable[[], object]) -> None:
        start.wait()
        try:
            ends[at] = job()
        except Exception as error:  # noqa: BLE001 - the caller judges it
            ends[at] = error

    threads = [Thread(target=run, args=(at, job)) for at, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


class RepositoryContract:
    """What every repository promises. Fixtures: ``backend``, ``case``."""

    def _store(self, backend: Backend, case: RepositoryCase[Any], root: Aggregate) -> None:
        with backend.transactions.begin() as unit:
            unit[case.port].save(root)
            unit.commit()

    def _load(self, backend: Backend, case: RepositoryCase[Any], id: str) -> Aggregate:
        with backend.transactions.begin() as unit:
            found: Aggregate = unit[case.port].get(id)
            return found

    def test_every_field_comes_back(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """A fully filled aggregate is read back equal in every field."""
        root = case.example("a-1")
        self._store(backend, case, root)
        found = self._load(backend, case, "a-1")
        assert differing_fields(root, found) == []
        assert to_plain(root) == to_plain(found)
        assert found.version == 1

    def test_change_comes_back(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """A changed aggregate is read back as changed, one version on."""
        root = case.example("a-1")
        self._store(backend, case, root)
        again: Any = self._load(backend, case, "a-1")
        case.change(again)
        assert to_plain(again) != to_plain(root)
        self._store(backend, case, again)
        found = self._load(backend, case, "a-1")
        assert differing_fields(again, found) == []
        assert found.version == 2

    def test_seen_inside_its_unit(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """A unit of work sees what it saved before it commits."""
        with backend.transactions.begin() as unit:
            unit[case.port].save(case.example("a-1"))
            assert unit[case.port].get("a-1").version == 1

    def test_absent_is_not_found(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """An id that nobody stored is refused as ``not_found``."""
        self._store(backend, case, case.example("a-1"))
        with refuses(NotFound):
            self._load(backend, case, "a-2")

    def test_lost_update_is_refused(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """Who saves what another changed since is refused, and the first change stays."""
        self._store(backend, case, case.example("a-1"))
        mine: Any = self._load(backend, case, "a-1")
        theirs: Any = self._load(backend, case, "a-1")
        case.change(theirs)
        self._store(backend, case, theirs)
        case.change(mine)
        with refuses(Conflict):
            self._store(backend, case, mine)
        assert self._load(backend, case, "a-1").version == 2

    def test_taken_id_is_refused(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """A new aggregate under an id in use is refused."""
        self._store(backend, case, case.example("a-1"))
        with refuses(Conflict):
            self._store(backend, case, case.example("a-1"))

    def test_uncommitted_is_gone(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """Without a commit nothing stays: neither the new nor the changed."""
        self._store(backend, case, case.example("a-1"))
        with backend.transactions.begin() as unit:
            root = unit[case.port].get("a-1")
            case.change(root)
            unit[case.port].save(root)
            unit[case.port].save(case.example("a-2"))
        assert self._load(backend, case, "a-1").version == 1
        with refuses(NotFound):
            self._load(backend, case, "a-2")

    def test_what_is_read_is_a_copy(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """Changing an aggregate without saving it changes nothing stored."""
        self._store(backend, case, case.example("a-1"))
        with backend.transactions.begin() as unit:
            case.change(unit[case.port].get("a-1"))
            unit.commit()
        assert (
            differing_fields(self._load(backend, case, "a-1"), _stored_once(case.example("a-1")))
            == []
        )


def _stored_once(root: Aggregate) -> Aggregate:
    root.version = 1
    return root


class UnitOfWorkContract:
    """What commits together. Fixtures: ``backend``, ``case``."""

    def _audit(self, backend: Backend) -> list[AuditRow]:
        return list(backend.audit.rows())

    def test_all_or_nothing(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """Business row, audit row, outbox row and done command commit together."""
        done = DoneCommand(key="k", action="things.change", request="00", answer='"a-1"')
        with backend.transactions.begin() as unit:
            unit[case.port].save(case.example("a-1"))
            unit[DoneCommands].add("u-1", done)
            unit[AuditLog].append(entry())
            unit.emit(Noticed(at=NOON, what="看见"), THING)
            unit.commit()
        with backend.transactions.begin() as unit:
            assert unit[case.port].get("a-1").id == "a-1"
            assert unit[DoneCommands].find("u-1", "k") == done
            assert unit[DoneCommands].find("u-2", "k") is None
        assert self._audit(backend) == [AuditRow(number=0, entry=entry())]
        (envelope,) = backend.outbox.pending(10)
        assert (envelope.name, envelope.at) == ("testing.Noticed", NOON)
        assert envelope.thing == THING
        assert envelope.facts == to_plain(Noticed(at=NOON, what="看见"))

    def test_a_failure_leaves_nothing(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """When the unit fails, no row of any kind stays."""
        done = DoneCommand(key="k", action="things.change", request="00", answer="1")
        with refuses(NotFound), backend.transactions.begin() as unit:
            unit[case.port].save(case.example("a-1"))
            unit[DoneCommands].add("u-1", done)
            unit[AuditLog].append(entry())
            unit.emit(Noticed(at=NOON, what="看见"), THING)
            unit[case.port].get("absent")
        with backend.transactions.begin() as unit:
            assert unit[DoneCommands].find("u-1", "k") is None
            with refuses(NotFound):
                unit[case.port].get("a-1")
        assert self._audit(backend) == []
        assert list(backend.outbox.pending(10)) == []

    def test_a_conflict_leaves_nothing(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """When one save is stale, the whole unit leaves nothing, its audit row included."""
        with backend.transactions.begin() as unit:
            unit[case.port].save(case.example("a-1"))
            unit.commit()
        with refuses(Conflict), backend.transactions.begin() as unit:
            unit[case.port].save(case.example("a-2"))
            unit[AuditLog].append(entry())
            unit[case.port].save(case.example("a-1"))
            unit.commit()
        with refuses(NotFound), backend.transactions.begin() as unit:
            unit[case.port].get("a-2")
        assert self._audit(backend) == []

    def test_audit_numbers_have_no_gaps(self, backend: Backend, case: RepositoryCase[Any]) -> None:
        """Units at the same time, some of them rolled back, leave numbers 0, 1, 2 … in the log."""

        def job(at: int) -> Callable[[], object]:
            def run() -> None:
                with backend.transactions.begin() as unit:
                    unit[case.port].save(case.example(f"a-{at}"))
                    unit[AuditLog].append(entry(f"{at:064x}"))
                    unit[AuditLog].append(entry(f"{at:064x}", Outcome.DENIED))
                    if at % 4:
                        unit.commit()

            return run

        ends = together(*(job(at) for at in range(8)))
        assert ends == [None] * 8
        rows = self._audit(backend)
        assert [row.number for row in rows] == list(range(12))
        assert list(backend.audit.rows(10)) == rows[10:]
        requests = [row.entry.request for row in rows]
        assert requests[::2] == requests[1::2]

    def test_same_key_twice_is_one_effect(
        self, backend: Backend, case: RepositoryCase[Any]
    ) -> None:
        """Of two units at the same time under one key, one commits and the other is refused."""

        def job(at: int) -> Callable[[], object]:
            def run() -> None:
                with backend.transactions.begin() as unit:
                    unit[case.port].save(case.example(f"a-{at}"))
                    done = DoneCommand(key="k", action="a", request="00", answer=str(at))
                    unit[DoneCommands].add("u-1", done)
                    unit.commit()

            return run

        ends = together(job(0), job(1))
        assert sorted(type(end).__name__ for end in ends) == ["Conflict", "NoneType"]
        with backend.transactions.begin() as unit:
            done = unit[DoneCommands].find("u-1", "k")
            assert done is not None
            assert unit[case.port].get(f"a-{done.answer}").version == 1
            other = 1 - int(done.answer)
            with refuses(NotFound):
                unit[case.port].get(f"a-{other}")

    def test_racing_saves_have_one_winner(
        self, backend: Backend, case: RepositoryCase[Any]
    ) -> None:
        """Of many units that read the same version, one saves; no change is lost unseen."""
        with backend.transactions.begin() as unit:
            unit[case.port].save(case.example("a-1"))
            unit.commit()
        with backend.transactions.begin() as unit:
            copies = [unit[case.port].get("a-1") for _ in range(4)]

        def job(copy: Aggregate) -> Callable[[], object]:
            def run() -> None:
                case.change(copy)
                with backend.transactions.begin() as unit:
                    unit[case.port].save(copy)
                    unit.commit()

            return run

        ends = together(*(job(copy) for copy in copies))
        assert sum(end is None for end in ends) == 1
        assert sum(isinstance(end, Conflict) for end in ends) == 3

    def test_what_was_done_long_ago_is_forgotten(self, backend: Backend) -> None:
        """Of before a day, by others than who is left out, so many at once."""
        yesterday = NOON.date() - timedelta(days=1)
        days = (NOON.date(), yesterday, None, yesterday, yesterday)
        for actor in ("u-1", "u-2"):
            for at, day in enumerate(days):
                done = DoneCommand(key=f"k-{at}", action="a", request="00", answer="1", done_on=day)
                with backend.transactions.begin() as unit:
                    unit[DoneCommands].add(actor, done)
                    unit.commit()
        for gone in (2, 1, 0):
            with backend.transactions.begin() as unit:
                assert unit[DoneCommands].forget(NOON.date(), 2, but="u-2") == gone
                unit.commit()
        with backend.transactions.begin_reading() as unit:
            left = [
                (actor, at)
                for actor in ("u-1", "u-2")
                for at in range(len(days))
                if unit[DoneCommands].find(actor, f"k-{at}")
            ]
        assert left == [("u-1", 0), ("u-1", 2), *(("u-2", at) for at in range(len(days)))]

    def test_outbox_keeps_until_received(self, backend: Backend) -> None:
        """Events leave in the order of the commits and come again until forgotten."""
        for what in ("一", "二", "三"):
            with backend.transactions.begin() as unit:
                unit.emit(Noticed(at=NOON, what=what), THING)
                unit.emit(Noticed(at=NOON, what=what * 2), THING)
                unit.commit()
        with backend.transactions.begin() as unit:
            unit.emit(Noticed(at=NOON, what="无"), THING)
        first = backend.outbox.pending(4)
        assert [e.facts["what"] for e in first] == ["一", "一一", "二", "二二"]
        assert backend.outbox.pending(4) == first
        assert backend.outbox.pending(2, first[1].number) == first[1:3]
        backend.outbox.forget(first[3].number)
        backend.outbox.forget(first[0].number)
        rest = backend.outbox.pending(10)
        assert [e.facts["what"] for e in rest] == ["二二", "三", "三三"]
        assert [e.number for e in rest] == sorted(e.number for e in rest)

    def test_unknown_port_is_an_error(self, backend: Backend) -> None:
        """A port that nobody serves is a programming error, told at once."""
        with backend.transactions.begin() as unit:
            try:
                unit[Clockwork]
            except KeyError:
                return
        raise AssertionError


class Clockwork:
    """A port that nobody serves."""
