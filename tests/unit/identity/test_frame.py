"""What the frame of a command promises beside its contract (supervision_core.testing.commands)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

import pytest
from attrs import evolve, field, frozen

from adapters.memory.unit import MemoryStore, MemoryTransactions
from supervision_core.audit.model import AuditEntry, Outcome
from supervision_core.identity.model import Actor, DataScope, PermissionDenied
from supervision_core.identity.services import Commands, Work, use_case
from supervision_core.kernel.errors import KeyReused, NotFound
from supervision_core.kernel.plain import digest
from supervision_core.kernel.ports import Clock, Ids

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
CLERK = Actor(
    user="u1",
    department="d1",
    scope=DataScope(region="450100", departments=frozenset({"d1"})),
    permissions=frozenset({"lamps.*"}),
)


@frozen
class Noon(Clock):
    """Stands still."""

    def now(self) -> datetime:
        """Give noon."""
        return NOON


@frozen
class Numbered(Ids):
    """Counts."""

    numbers: Iterator[int] = field(factory=count)

    def next_id(self) -> str:
        """Give the next number."""
        return str(next(self.numbers))


@frozen(kw_only=True)
class Light:
    """Light ``lamp`` in ``region``."""

    lamp: str
    region: str = "450103"


@use_case("lamps.light", "点灯")
def light(work: Work, cmd: Light) -> list[str]:
    """Light a lamp within reach."""
    work.reach("lamp", cmd.lamp, region=cmd.region, departments=frozenset({"d1"}))
    work.wrote("lamp", cmd.lamp)
    work.wrote("switch", "s1")
    work.note(zone="north", bulb="led")
    return [cmd.lamp, work.ids.next_id()]


@use_case("lamps.darken", "熄灯")
def darken(work: Work, cmd: Light) -> list[str]:
    """Take the same command as ``light``."""
    del work
    return [cmd.lamp]


@use_case("lamps.seek", "找灯")
def seek(work: Work, cmd: Light) -> list[str]:
    """Look for a lamp that is not there."""
    work.reach("lamp", cmd.lamp, region=cmd.region, departments=frozenset({"d1"}))
    raise NotFound("lamp", cmd.lamp)


@pytest.fixture
def store() -> MemoryStore:
    """Give an empty store."""
    return MemoryStore()


@pytest.fixture
def commands(store: MemoryStore) -> Commands:
    """Give the frame over the store."""
    return Commands(MemoryTransactions(store, {}), Noon(), Numbered())


def _audited(store: MemoryStore) -> list[AuditEntry]:
    return [row.entry for row in store.audit]


def test_the_audit_row_names_everything_written(commands: Commands, store: MemoryStore) -> None:
    """One row: actor, moment, digest of the request, targets in order, facts by name."""
    commands.run(light, Light(lamp="l1"), actor=CLERK)
    assert _audited(store) == [
        AuditEntry(
            at=NOON,
            actor="u1",
            department="d1",
            action="lamps.light",
            outcome=Outcome.DONE,
            request=digest(Light(lamp="l1")),
            targets=("lamp/l1", "switch/s1"),
            note=(("bulb", "led"), ("zone", "north")),
        )
    ]


def test_the_answer_of_a_repeated_command_is_the_first_one(
    commands: Commands, store: MemoryStore
) -> None:
    """Fresh ids are not drawn again: the stored answer is given back."""
    first = commands.run(light, Light(lamp="l1"), actor=CLERK, key="k")
    assert commands.run(light, Light(lamp="l1"), actor=CLERK, key="k") == first == ["l1", "0"]
    assert len(store.audit) == 1


def test_without_a_key_a_command_is_done_each_time(commands: Commands, store: MemoryStore) -> None:
    """Only a key makes two requests one."""
    answers = [commands.run(light, Light(lamp="l1"), actor=CLERK) for _ in range(2)]
    assert answers == [["l1", "0"], ["l1", "1"]]
    assert len(store.audit) == 2


def test_a_key_belongs_to_one_actor(commands: Commands) -> None:
    """What somebody else did under the same key is neither given nor in the way."""
    other = evolve(CLERK, user="u2")
    commands.run(light, Light(lamp="l1"), actor=CLERK, key="k")
    assert commands.run(light, Light(lamp="l2"), actor=other, key="k") == ["l2", "1"]


def test_a_key_belongs_to_one_use_case(commands: Commands) -> None:
    """The same command for another verb is another request. Error: key_reused."""
    commands.run(light, Light(lamp="l1"), actor=CLERK, key="k")
    with pytest.raises(KeyReused) as caught:
        commands.run(darken, Light(lamp="l1"), actor=CLERK, key="k")
    assert caught.value.code == "key_reused"


def test_a_denied_command_leaves_its_key_free(commands: Commands, store: MemoryStore) -> None:
    """Once the permission is granted the same request can be sent again under its key."""
    without = evolve(CLERK, permissions=frozenset({"lamps.darken"}))
    with pytest.raises(PermissionDenied) as caught:
        commands.run(light, Light(lamp="l1"), actor=without, key="k")
    assert caught.value.code == "identity.permission_denied"
    assert commands.run(light, Light(lamp="l1"), actor=CLERK, key="k") == ["l1", "0"]
    assert [entry.outcome for entry in _audited(store)] == [Outcome.DENIED, Outcome.DONE]


def test_foreign_and_absent_look_the_same(commands: Commands, store: MemoryStore) -> None:
    """The caller sees one refusal for both; only the log knows that one was out of scope."""
    with pytest.raises(NotFound) as foreign:
        commands.run(light, Light(lamp="l1", region="450200"), actor=CLERK)
    with pytest.raises(NotFound) as absent:
        commands.run(seek, Light(lamp="l1"), actor=CLERK)
    assert foreign.value.reasons == absent.value.reasons
    assert [(entry.action, entry.outcome) for entry in _audited(store)] == [
        ("lamps.light", Outcome.DENIED)
    ]


def test_a_use_case_is_a_value() -> None:
    """Its name is its permission, and its docstring is what it promises."""
    assert (light.name, light.promise) == ("lamps.light", "Light a lamp within reach.")
