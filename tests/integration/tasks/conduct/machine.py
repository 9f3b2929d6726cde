"""Attackers do whatever the product lets them do, while others go about their work honestly."""

from collections import Counter
from datetime import timedelta
from functools import cache
from random import Random  # noqa: TID251 - seeded: the same history every time
from typing import Any, Final

from attrs import define, field

from adapters.crypto.platform_keys import PlatformKeys
from entrypoints.catalogue import described_permissions, use_cases
from supervision_core.identity.services import Question, UseCase
from supervision_core.kernel.errors import DomainError

from .anything import Anything
from .honest import Offices
from .oracle import Broken, Oracle
from .world import FIRM, ROLES, World, actor_of, command_of, fresh

ATTACKERS: Final[tuple[tuple[str, ...], ...]] = (
    *((tuple(f"lead-{one}" for one in ROLES)),) * 4,
    *((tuple(f"{short}-{one}" for short in ("lead", "farm") for one in ROLES)),) * 2,
    ("lead-1",), ("lead-scene", "lead-assessor"), ("health-head", "health-admin", "health-clerk"),
    ("away-admin", "away-head", "away-keeper"), ("farm-admin",), (FIRM,),
)  # fmt: skip
"""A lead department with all its people, mostly; with whoever joins; one officer; and so on."""
BUSINESS: Final = (
    "tasks", "draws", "subjects", "scenes", "clues", "plans", "grading", "officers", "content",
)  # fmt: skip
OFTEN: Final = frozenset(
    {
        "tasks.change", "tasks.delete", "tasks.staff_draw", "tasks.open_visits", "draws.clear",
        "tasks.open_drawn_visits", "tasks.record_results", "tasks.dispatch", "tasks.approve",
        "tasks.withdraw_result", "tasks.propose_withdrawal", "tasks.freeze_draw", "tasks.create",
        "subjects.propose_status", "subjects.propose_deletion", "draws.adjust",
        "subjects.confirm_registration_change", "tasks.drop_transfer", "grading.grade_subjects",
        "tasks.type_results", "tasks.complete_visit", "draws.assign_inspectors", "scenes.configure",
    }
)  # fmt: skip
INTENTS: Final[tuple[tuple[str, ...], ...]] = (
    ("draws.clear", "tasks.freeze_draw", "tasks.delete"),
    ("tasks.open_visits", "tasks.open_visits", "tasks.approve", "tasks.dispatch", "draws.clear"),
    ("tasks.record_results", "tasks.record_results", "tasks.type_results"),
    ("tasks.withdraw_result", "tasks.propose_withdrawal"),
    ("subjects.propose_status", "subjects.propose_deletion",
     "subjects.confirm_registration_change"),
    ("grading.grade_subjects", "grading.grade_subject"),
    ("tasks.drop_transfer",),
    ("tasks.staff_draw", "draws.assign_inspectors", "draws.adjust", "draws.clear"),
    ("tasks.create", "tasks.staff_draw", "tasks.open_drawn_visits"),
)  # fmt: skip
"""What attackers of one history are after, mostly."""
INTENT: Final = 0.7
TIMES: Final = 6
"""So many times as often as any other verb are those tried that a result hangs on."""
HONEST, LATER, AFTER = 0.5, 0.03, (1, 5, 24, 24 * 3)
BEYOND: Final = 0.05
"""So often somebody tries what no role of his holds."""
HISTORY: Final = 250
"""Steps of one history: by then a few tasks came to their end."""
RECENT: Final = 12


@cache
def verbs_of(name: str) -> tuple[UseCase[Any, Any], ...]:
    """Give what somebody may try of the business, each as often as it is worth."""
    actor = actor_of(name)
    return tuple(
        one
        for one in every_verb()
        if actor.may(one.permission)
        for _ in range(TIMES if one.permission in OFTEN else 1)
    )


@cache
def every_verb() -> tuple[UseCase[Any, Any], ...]:
    """Give all that is done in business, but with registers and by tables."""
    described = described_permissions()
    return tuple(
        one
        for permission, those in sorted(use_cases().items())
        if permission.split(".")[0] in BUSINESS and permission not in described
        for one in those
        if not isinstance(one, Question)
    )


@define
class History:
    """One history from the founding on."""

    world: World
    chance: Random
    counted: Counter[str]
    attackers: tuple[str, ...] = ()
    intent: tuple[str, ...] = ()
    offices: Offices = field(init=False)
    oracle: Oracle = field(init=False)
    anything: Anything = field(init=False)
    _recent: list[tuple[str, str]] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        """Choose who attacks, and what they are after."""
        self.attackers = self.chance.choice(ATTACKERS)
        self.intent = self.chance.choice(INTENTS)
        self.offices = Offices(self.world, self.chance, self.tries)
        self.oracle = Oracle(self.world)
        self.anything = Anything(self.world, self.chance)

    def step(self) -> None:
        """Let something happen; raise ``Broken`` where it may not stand."""
        self.counted["steps"] += 1
        if self.chance.random() < LATER:
            self.world.clock.moment += timedelta(hours=self.chance.choice(AFTER))
        if self.chance.random() < HONEST:
            self.offices.step()
        else:
            self._attack()

    def _attack(self) -> None:
        name, one = self._chosen()
        self.anything.by, self.anything.focus = name, self._focus()
        self.counted["tried"] += 1
        try:
            command = self.anything.command(command_of(one))
        except (DomainError, ValueError, TypeError):
            self.counted["unmade"] += 1
            return
        self._do(name, one, command)

    def _chosen(self) -> tuple[str, UseCase[Any, Any]]:
        """Choose who tries what: what serves the intent, by who may do it, mostly."""
        name = self.chance.choice(self.attackers)
        if self.chance.random() < BEYOND:
            return name, self.chance.choice(every_verb())
        if self.chance.random() < INTENT:
            wanted = self.chance.choice(self.intent)
            able = [each for each in self.attackers if actor_of(each).may(wanted)]
            if able:
                return self.chance.choice(able), use_cases()[wanted][0]
        return name, self.chance.choice(verbs_of(name) or every_verb())

    def _focus(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for kind, id_ in self._recent[-RECENT:]:
            found.setdefault(kind, []).append(id_)
        return found

    def tries(self, name: str, permission: str, **fields: Any) -> None:
        """Let somebody do what his office does; it may be refused, as attackers came before."""
        one = use_cases()[permission][0]
        self.counted["honest"] += 1
        self._do(name, one, command_of(one)(**fields))

    def _do(self, name: str, one: UseCase[Any, Any], command: Any) -> None:
        before = len(self.world.store.audit)
        try:
            self.world.run(name, one, command)
        except DomainError:
            self.counted[f"refused {one.name}"] += 1
        else:
            self.counted[one.name] += 1
        for row in self.world.store.audit[before:]:
            for target in row.entry.targets:
                kind, _, rest = target.partition("/")
                self._recent.append((kind, rest.partition("@")[0]))
        try:
            self.oracle.check(name, one.name)
        except Broken as broken:
            broken.add_note(f"{name} {one.name} {command!r}")
            raise


def walk(keys: PlatformKeys, steps: int, number: int, counted: Counter[str]) -> None:
    """Walk so many steps, by a seed; raise ``Broken`` for what is found."""
    part = 0
    while counted["steps"] < steps:
        chance = Random(f"{number}/{part}")  # noqa: S311 - a walk that is walked again by its seed
        history = History(fresh(keys), chance, counted)
        for _ in range(min(HISTORY, steps - counted["steps"])):
            history.step()
        part += 1
