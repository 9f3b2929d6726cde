"""Attackers do whatever the product lets them do, while others go about their work honestly."""

from collections import Counter
from collections.abc import Mapping
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
from .oracle import Oracle
from .steps import Broken
from .world import FIRM, ROLES, World, actor_of, command_of, copied, founded

ATTACKERS: Final[tuple[tuple[str, ...], ...]] = (
    *((tuple(f"lead-{one}" for one in ROLES)),) * 6,
    *((tuple(f"{short}-{one}" for short in ("lead", "farm") for one in ROLES)),) * 3,
    *((tuple(f"farm-{one}" for one in ROLES)),) * 2,
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
    ("draws.clear", "draws.complete"),
    ("tasks.freeze_draw", "tasks.delete"),
    ("tasks.open_visits", "draws.clear", "tasks.approve", "tasks.dispatch"),
    ("tasks.open_visits", "tasks.approve", "tasks.dispatch", "draws.clear"),
    ("tasks.open_visits", "tasks.open_visits", "tasks.delete"),
    ("tasks.create", "tasks.skip_consultation", "tasks.open_visits", "tasks.approve",
     "tasks.dispatch"),
    ("draws.adjust", "tasks.staff_draw", "tasks.send_back_task", "tasks.resubmit",
     "tasks.approve", "tasks.dispatch"),
    ("tasks.record_results", "tasks.record_results", "tasks.type_results"),
    ("tasks.withdraw_result", "tasks.propose_withdrawal"),
    ("tasks.withhold_result", "tasks.publish_result", "tasks.correct_result"),
    ("subjects.propose_status", "subjects.confirm_registration_change"),
    ("subjects.propose_deletion", "subjects.confirm_registration_change"),
    ("grading.grade_subjects", "grading.grade_subject"),
    ("tasks.drop_transfer",),
    ("tasks.ask_extension", "tasks.decide_extension"),
    ("tasks.staff_draw", "draws.assign_inspectors", "draws.adjust", "draws.clear"),
    ("tasks.staff_draw", "tasks.open_visits", "tasks.approve", "tasks.dispatch"),
    ("tasks.create", "tasks.change", "tasks.staff_draw", "tasks.open_drawn_visits"),
)  # fmt: skip
"""What attackers are after, one after the other, until they think of something else."""
INTENT, ANOTHER = 0.75, 0.025
TIMES: Final = 6
"""So many times as often as any other verb are those tried that a result hangs on."""
HONEST, IDLE, STALLED = 0.5, 0.4, 0.9
"""Offices go about their work every other step; those of attackers leave it undone at
times, and mostly so where they are after something."""
ONCE_DRAWN: Final = frozenset(
    {"tasks.staff_draw", "tasks.open_drawn_visits", "tasks.approve", "tasks.dispatch"}
)
LATER, AFTER = 0.03, (1, 5, 24, 24 * 3)
BEYOND: Final = 0.05
"""So often somebody tries what no role of his holds."""
AGAIN: Final = 0.1
"""So often what somebody did is done again, but for one thing."""
HISTORY: Final = 250
"""Steps of one history: by then a few tasks came to their end."""
STAGES: Final = (0, 0, 60, 150, 300)
"""After so many steps of honest work a history begins."""
RECENT, KEPT, NEWEST = 12, 40, 5
GIVE_UP: Final = 0.06
"""So often they go on though the step before was refused."""
DOABLE: Final = 0.25
"""So often it is anything that can be done with what they are after, as it stands."""
OF_LEAD: Final = 0.75
PATIENCE: Final = 4
"""After so many steps in which all was refused they think of something else."""
TRIES: Final = 4
"""So often they try in one step, until something is not refused."""


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
    """One history, from one of the beginnings on."""

    world: World
    chance: Random
    counted: Counter[str]
    attackers: tuple[str, ...] = ()
    intent: tuple[str, ...] = ()
    offices: Offices = field(init=False)
    oracle: Oracle = field(init=False)
    anything: Anything = field(init=False)
    _next: int = 0
    _refused: int = 0
    _recent: list[tuple[str, str]] = field(factory=list)
    _done: list[tuple[UseCase[Any, Any], Any]] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        """Let the offices work."""
        self.intent = INTENTS[0]
        self.offices = Offices(self.world, self.chance, self.tries)
        self.oracle = Oracle(self.world)
        self.anything = Anything(self.world, self.chance)

    def attacked(self) -> "History":
        """Choose who attacks, and what they are after."""
        self.attackers = self.chance.choice(ATTACKERS)
        self._think()
        return self

    def _think(self) -> None:
        """Choose what they are after, and of which task."""
        able = [
            one for one in INTENTS
            if any(actor_of(name).may(verb) for name in self.attackers for verb in one)
        ]  # fmt: skip
        self.intent = self.chance.choice(able or INTENTS)
        homes = {f'"lead": "{actor_of(name).department}"' for name in self.attackers}
        tasks, there = self.world.rows("task"), self.anything.tasks_for(self.intent)
        own = [one for one in there if any(home in tasks.get(one, "") for home in homes)]
        if self.chance.random() < INTENT:
            own = self.anything.not_sent_out(own) or own
        self.anything.aim = self.chance.choice((own or there or [*tasks, ""])[-NEWEST:])
        self._next = self._refused = 0

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
        """Let them try until something is not refused, a few times."""
        if self.chance.random() < ANOTHER:
            self._think()
        for _ in range(TRIES):
            if self._attempt():
                self._refused = 0
                return
        self._refused += 1
        if self._refused == PATIENCE:
            self._think()

    def _attempt(self) -> bool:
        self.counted["tried"] += 1
        try:
            name, one, command = self._again() or self._made()
        except (DomainError, ValueError, TypeError):
            self.counted["unmade"] += 1
            return False
        done = self._do(name, one, command)
        if one.permission in self.intent and (done or self.chance.random() < GIVE_UP):
            self._next += 1
        if done and one.permission == "tasks.create":
            self.anything.aim = [*self.world.rows("task")][-1]
        return done

    def _made(self) -> tuple[str, UseCase[Any, Any], Any]:
        name, one = self._chosen()
        self.anything.begins(name, one.permission, self._focus())
        return name, one, self.anything.command(command_of(one))

    def _again(self) -> tuple[str, UseCase[Any, Any], Any] | None:
        """Do again what somebody did, but for one thing."""
        if not self._done or self.chance.random() >= AGAIN:
            return None
        one, command = self.chance.choice(self._done[-KEPT:])
        able = [each for each in self.attackers if actor_of(each).may(one.permission)]
        if not able:
            return None
        name = self.chance.choice(able)
        self.anything.begins(name, one.permission, self._focus())
        return name, one, self.anything.changed(command)

    def _chosen(self) -> tuple[str, UseCase[Any, Any]]:
        """Choose who tries what: what serves the intent, by who may do it, mostly."""
        name = self.chance.choice(self.attackers)
        if self.chance.random() < BEYOND:
            return name, self.chance.choice(every_verb())
        if self.chance.random() < INTENT:
            wanted = self.intent[self._next % len(self.intent)]
            if self.chance.random() < DOABLE:
                doable = [one for one in self.anything.doable() if one in use_cases()]
                wanted = self.chance.choice(doable or [wanted])
            able = self._able(wanted)
            if able:
                return self.chance.choice(able), use_cases()[wanted][0]
        return name, self.chance.choice(verbs_of(name) or every_verb())

    def _able(self, wanted: str) -> list[str]:
        """Give the attackers who may do something; those of who leads what they are after."""
        able = [each for each in self.attackers if actor_of(each).may(wanted)]
        lead = self.anything.led_by()
        of_lead = [each for each in able if actor_of(each).department == lead]
        return of_lead if of_lead and self.chance.random() < OF_LEAD else able

    def _focus(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for kind, id_ in self._recent[-RECENT:]:
            found.setdefault(kind, []).append(id_)
        return found

    def tries(self, name: str, permission: str, **fields: Any) -> bool:
        """Let somebody do what his office does; tell whether it was not refused."""
        sending = self._next % len(self.intent) and "tasks.dispatch" in self.intent
        stalled = self.anything.aim in fields.values() and (permission in ONCE_DRAWN or sending)
        idle = STALLED if stalled else IDLE
        if name in self.attackers and self.chance.random() < idle:
            return True
        one = use_cases()[permission][0]
        self.counted["honest"] += 1
        return self._do(name, one, command_of(one)(**fields))

    def _do(self, name: str, one: UseCase[Any, Any], command: Any) -> bool:
        before, done = len(self.world.store.audit), True
        try:
            self.world.run(name, one, command)
        except DomainError:
            self.counted[f"refused {one.name}"] += 1
            done = False
        else:
            self.counted[one.name] += 1
            self._done.append((one, command))
        for row in self.world.store.audit[before:]:
            for target in row.entry.targets:
                kind, _, rest = target.partition("/")
                self._recent.append((kind, rest.partition("@")[0]))
        try:
            self.oracle.check(name, one.name)
        except Broken as broken:
            broken.add_note(f"{name} {one.name} {command!r}")
            raise
        return done


_BEGINNINGS: Final[dict[int, World]] = {}


def beginnings(keys: PlatformKeys) -> Mapping[int, World]:
    """Give the offices after so many steps of honest work, done before a finding is put back."""
    found = _BEGINNINGS
    if found:
        return found
    history = History(copied(founded(), keys), Random("beginnings"), Counter())  # noqa: S311 - the same beginnings each time
    for stage in sorted({*STAGES}):
        while history.counted["steps"] < stage:
            history.counted["steps"] += 1
            history.offices.step()
        found[stage] = copied(history.world, keys)
    return found


def walk(keys: PlatformKeys, steps: int, number: int, counted: Counter[str]) -> None:
    """Walk so many steps, by a seed; raise ``Broken`` for what is found."""
    part = 0
    while counted["steps"] < steps:
        chance = Random(f"{number}/{part}")  # noqa: S311 - a walk that is walked again by its seed
        world = copied(beginnings(keys)[chance.choice(STAGES)], keys)
        history = History(world, chance, counted).attacked()
        for _ in range(min(HISTORY, steps - counted["steps"])):
            history.step()
        history.oracle.ends()
        part += 1
