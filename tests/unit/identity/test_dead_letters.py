"""未送达事件: looked at, sent again (by two persons what leaves the house), given up."""

import pytest
from attrs import evolve

from adapters.memory.unit import MemoryOutbox
from supervision_core.identity.model import (
    SUPER,
    Actor,
    DataScope,
    DeadLetter,
    DeadLetterOver,
    DeadLetterState,
    DepartmentData,
    HolderKind,
    PermissionDenied,
    SecondPersonInvalid,
    SecondPersonRequired,
)
from supervision_core.identity.ports import DeadLetters
from supervision_core.identity.services.dead_letters import (
    DropDeadLetter,
    ListDeadLetters,
    ResendDeadLetter,
    drop_dead_letter,
    list_dead_letters,
    resend_dead_letter,
)
from supervision_core.identity.services.departments import AddDepartment, add_department
from supervision_core.identity.services.relaying import Relay
from supervision_core.identity.services.second_person import (
    DecideSecondPerson,
    RequestSecondPerson,
    decide_second_person,
    request_second_person,
)
from supervision_core.kernel.events import Thing
from supervision_core.kernel.plain import to_plain
from supervision_core.testing.identity import NOON
from supervision_core.testing.relaying import CountingIds, Heard, MovedClock
from supervision_core.testing.units import Noticed

from .conftest import ROOT, World

EVERYWHERE = DataScope(region="450000")
HELD = (
    SUPER, "identity.resend_dead_letter", "identity.request_second_person",
    "identity.decide_second_person", "identity.list_dead_letters",
)  # fmt: skip
BOSS = Actor(user="boss", department="", scope=EVERYWHERE, permissions=frozenset(HELD))


def administrator(world: World, user: str, department: str) -> Actor:
    """Give a system administrator of the whole region."""
    world.user(user, department)
    world.give(HolderKind.USER, user, *HELD)
    return evolve(BOSS, user=user, department=department)


class House:
    """A world with a receiver outside that chokes on an event, and what the relay made of it."""

    def __init__(self, world: World, *, leaves: bool) -> None:
        """Let it choke."""
        self.world, self.heard = world, Heard(poisoned=frozenset({"毒"}))
        self.relay = Relay(
            transactions=world.transactions,
            outbox=MemoryOutbox(world.store),
            receivers=(self.heard.receiver(leaves=leaves),),
            clock=MovedClock(),
            ids=CountingIds(),
        )
        with world.transactions.begin() as unit:
            unit.emit(Noticed(at=NOON, what="毒"), Thing("thing", "a-1", 1))
            unit.emit(Noticed(at=NOON, what="后"), Thing("thing", "a-1", 2))
            unit.commit()
        self.relay.run()

    @property
    def letter(self) -> DeadLetter:
        """The letter at the head."""
        with self.world.transactions.begin_reading() as unit:
            return unit[DeadLetters].open()[0]


def test_a_letter_is_mended_and_sent_again(world: World) -> None:
    """Its reason and what waits behind are shown; sent again, both arrive in order."""
    house = House(world, leaves=False)
    first, behind = world.commands.ask(list_dead_letters, ListDeadLetters(), actor=ROOT)
    assert (first.state, first.failure, first.event) == (
        DeadLetterState.DEAD, "KeyError", "testing.Noticed",
    )  # fmt: skip
    assert behind.state is DeadLetterState.BEHIND
    house.heard.poisoned = frozenset()
    world.run(resend_dead_letter, ResendDeadLetter(letter_id=first.id))
    house.relay.run()
    assert house.heard.said == ["毒", "后"]
    with pytest.raises(DeadLetterOver):
        world.run(drop_dead_letter, DropDeadLetter(letter_id=first.id))


def test_a_letter_is_given_up(world: World) -> None:
    """What is given up never arrives; what waited behind it does."""
    house = House(world, leaves=True)
    world.run(drop_dead_letter, DropDeadLetter(letter_id=house.letter.id))
    house.relay.run()
    assert house.heard.said == ["后"]


def test_two_persons_send_again_what_leaves_the_house(world: World) -> None:
    """One alone is refused; another administrator consents, and not whoever asked."""
    house = House(world, leaves=True)
    data = DepartmentData(name="平台", code="P", region="450000", coordinates=True)
    place = world.run(add_department, AddDepartment(data=data))
    boss, other = (administrator(world, one, place) for one in ("boss", "other"))
    command = ResendDeadLetter(letter_id=house.letter.id)
    with pytest.raises(SecondPersonRequired):
        world.run(resend_dead_letter, command, actor=boss)
    asked = RequestSecondPerson(
        action=resend_dead_letter.name, command=to_plain(command), reason="地址已更正"
    )
    made = world.run(request_second_person, asked, actor=boss)
    house.relay.run()
    assert house.letter.state is DeadLetterState.DEAD
    house.heard.poisoned = frozenset()
    consent = DecideSecondPerson(request_id=made.request_id, consented=True)
    with pytest.raises(SecondPersonInvalid):
        world.run(decide_second_person, consent, actor=boss)
    world.run(decide_second_person, consent, actor=other)
    house.relay.run()
    assert house.heard.said == ["毒", "后"]


def test_who_does_not_reach_everything_is_denied(world: World) -> None:
    """Events of all departments stand here: whoever administers one region sees none."""
    House(world, leaves=False)
    local = evolve(BOSS, scope=DataScope(region="450100"))
    with pytest.raises(PermissionDenied):
        world.commands.ask(list_dead_letters, ListDeadLetters(), actor=local)
