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
from supervision_core.kernel.errors import DomainError, NotFound

from .anything import Anything
from .honest import Offices
from .oracle import Oracle
from .steps import Broken
from .world import FIRM, ROLES, World, actor_of, command_of, copied, founded

ATTACKERS: Final[tuple[tuple[str, ...], ...]] = (
    *((tuple(f"lead-{one}" for one in ROLES)),) * 8,
    *((tuple(f"{short}-{one}" for short in ("lead", "farm") for one in ROLES)),) * 5,
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
        "tasks.withhold_result", "tasks.ask_extension", "tasks.decide_extension",
    }
)  # fmt: skip
INTENTS: Final[tuple[tuple[str, ...], ...]] = (
    ("draws.clear", "draws.complete"),
    ("tasks.freeze_draw", "tasks.delete"),
    ("tasks.open_visits", "draws.clear", "tasks.approve", "tasks.dispatch"),
    ("tasks.open_visits", "tasks.open_visits", "draws.clear", "tasks.approve", "tasks.dispatch"),
    ("tasks.open_visits", "tasks.approve", "tasks.dispatch"),
    ("tasks.open_visits", "tasks.approve", "tasks.dispatch", "draws.clear"),
    ("tasks.open_visits", "tasks.open_visits", "tasks.delete"),
    ("tasks.create", "tasks.skip_consultation", "tasks.open_visits", "tasks.approve",
     "tasks.dispatch"),
    ("draws.adjust", "tasks.staff_draw", "tasks.send_back_task", "tasks.resubmit",
     "tasks.approve", "tasks.dispatch"),
    ("tasks.staff_draw", "tasks.open_drawn_visits", "draws.adjust", "tasks.approve",
     "tasks.dispatch"),
    ("tasks.record_results", "tasks.record_results", "tasks.type_results"),
    ("tasks.withdraw_result", "tasks.propose_withdrawal"),
    ("tasks.publish_result", "tasks.withdraw_result", "tasks.correct_result"),
    ("tasks.withhold_result", "tasks.publish_result", "tasks.correct_result"),
    ("tasks.propose_withholding", "tasks.withhold_result"),
    ("subjects.propose_status", "subjects.confirm_registration_change"),
    ("subjects.propose_deletion", "subjects.confirm_registration_change"),
    ("grading.grade_subjects", "grading.grade_subject"),
    ("tasks.drop_transfer",),
    ("tasks.fill_transfer", "tasks.approve_transfer", "tasks.send_transfer"),
    ("tasks.ask_extension", "tasks.decide_extension"),
    ("tasks.staff_draw", "draws.assign_inspectors", "draws.adjust", "draws.clear"),
    ("tasks.staff_draw", "tasks.staff_draw", "tasks.open_drawn_visits", "tasks.approve",
     "tasks.dispatch", "tasks.staff_draw"),
    ("tasks.staff_draw", "tasks.open_visits", "tasks.approve", "tasks.dispatch"),
    ("tasks.create", "tasks.change", "tasks.staff_draw", "tasks.open_drawn_visits"),
)  # fmt: skip
"""What attackers are after, one after the other, until they think of something else."""
INTENT, ANOTHER = 0.75, 0.025
TIMES: Final = 6
"""So many times as often as any other verb are those tried that a result hangs on."""
HONEST, IDLE, STALLED = 0.45, 0.4, 0.9
"""Offices go about their work nearly every other step; those of attackers leave it undone at
times, and mostly so where they are after something."""
BY_DRAW: Final = 0.75
"""So often they are after whom a task drew, else after whom a clue or an order names."""
OF_TASKS: Final = frozenset({"tasks", "draws"})
"""What is begun with a task; all else they can be after at any time."""
ONCE_DRAWN: Final = frozenset({"tasks.open_drawn_visits", "tasks.approve", "tasks.dispatch"})
LATER, AFTER = 0.03, (1, 5, 24, 24 * 3)
BEYOND: Final = 0.05
"""So often somebody tries what no role of his holds."""
AGAIN: Final = 0.1
"""So often what somebody did is done again, but for one thing."""
HISTORY: Final = 250
"""Steps of one history: by then a few tasks came to their end."""
STAGES: Final = (0, 60, 100, 150, 220, 300)
"""After so many steps of honest work, once somebody was drawn of whom no visit is arranged yet, a
history begins."""
MOST_HONEST: Final = 3000
"""Of so many steps honest offices need a tenth."""
RECENT, KEPT, NEWEST = 12, 40, 5
GIVE_UP: Final = 0.25
"""So often they go on though the step before was refused."""
ENOUGH, CARRIED_ON = 0.6, 0.8
"""So often they are content once they did all they were after; and so often the offices carry on
with what they are after, where what comes next cannot be done yet."""
LONGEST: Final = 15
"""After so many such steps they think of something else."""
DOABLE, STUCK = 0.15, 0.7
"""So often it is anything that can be done with what they are after, as it stands; and so often
where what comes next cannot be done yet."""
OF_LEAD: Final = 0.75
BEGUN: Final = 0.8
"""So often they are after what they can begin with at once."""
PATIENCE: Final = 4
"""After so many steps in which all was refused they think of something else."""
TRIES: Final = 2
"""So often they try in one step, until something is not refused."""
CLOSED: Final = 0.9
"""So often they leave alone what was out of their reach before, of the same task."""


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
    _waited: int = 0
    _recent: list[tuple[str, str]] = field(factory=list)
    _done: list[tuple[UseCase[Any, Any], Any]] = field(factory=list)
    _closed: set[tuple[str, str, str]] = field(factory=set)

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
        begun = False
        for _ in range(PATIENCE):
            self.intent = self.chance.choice(able or INTENTS)
            self.anything.by_draw = self.chance.random() < BY_DRAW
            begun = self._aim_at(self.anything.tasks_for(self.intent[:1]))
            begun |= (
                self.intent[0] == "tasks.create" or self.intent[0].split(".")[0] not in OF_TASKS
            )
            if begun or self.chance.random() >= BEGUN:
                break
        if not begun:
            self._aim_at([*self.anything.tasks_for(self.intent), *self.world.rows("task")])
        self._next = self._refused = self._waited = 0

    def _aim_at(self, there: list[str]) -> bool:
        """Choose one of some tasks, of their own mostly; tell whether there is any."""
        homes = {f'"{actor_of(name).department}"' for name in self.attackers}
        tasks = self.world.rows("task")
        there = [one for one in there if one in tasks]
        own = [one for one in there if any(home in tasks[one] for home in homes)]
        if self.chance.random() < INTENT:
            own = self.anything.not_sent_out(own) or own
        found = (own or there or [""])[-NEWEST:]
        self.anything.aim = self.chance.choice(found)
        return bool(own)

    def step(self) -> None:
        """Let something happen; raise ``Broken`` where it may not stand."""
        self.counted["steps"] += 1
        self.later()
        if self.chance.random() < HONEST:
            self.offices.step()
        else:
            self._attack()

    def later(self) -> None:
        """Let time go by, now and then."""
        if self.chance.random() < LATER:
            self.world.clock.moment += timedelta(hours=self.chance.choice(AFTER))

    def _attack(self) -> None:
        """Let them try until something is not refused, a few times."""
        if self.chance.random() < ANOTHER:
            self._think()
        wanted = self.intent[self._next % len(self.intent)]
        if wanted not in self.anything.doable() and self.chance.random() < CARRIED_ON:
            self._waited += 1
            if self._waited > LONGEST or not self.offices.step(self.anything.aim):
                self._think()
            return
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
        if done and one.permission == "tasks.create":
            self.anything.aim = [*self.world.rows("task")][-1]
        if one.permission in self.intent and (done or self.chance.random() < GIVE_UP):
            self._next += 1
            if self._next % len(self.intent) == 0 and self.chance.random() < ENOUGH:
                self._think()
        return done

    def _made(self) -> tuple[str, UseCase[Any, Any], Any]:
        name, one = self._open()
        self.anything.begins(name, one.permission, self._focus())
        return name, one, self.anything.command(command_of(one))

    def _open(self) -> tuple[str, UseCase[Any, Any]]:
        """Choose who tries what, but for what was out of reach, mostly."""
        found = self._chosen()
        for _ in range(PATIENCE):
            if self._place(*found) not in self._closed or self.chance.random() >= CLOSED:
                break
            found = self._chosen()
        return found

    def _place(self, name: str, one: UseCase[Any, Any]) -> tuple[str, str, str]:
        return actor_of(name).department, one.permission, self.anything.aim

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
            doable = [one for one in self.anything.doable() if one in use_cases()]
            if self.chance.random() < (DOABLE if wanted in doable else STUCK):
                later = [one for one in self.intent if one in doable and self._next]
                wanted = self.chance.choice(later or doable or [wanted])
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
        stalled: bool | int = self.anything.aim in fields.values() and (
            permission in ONCE_DRAWN or sending
        )
        stalled |= permission == "tasks.publish_result" and "tasks.withhold_result" in self.intent
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
        except DomainError as refused:
            if (
                isinstance(refused, NotFound)
                and actor_of(name).department != self.anything.led_by()
            ):
                self._closed.add(self._place(name, one))
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
        while history.counted["steps"] < stage or (stage and not history.anything.undecided()):
            history.counted["steps"] += 1
            assert history.counted["steps"] < MOST_HONEST, "honest offices get nowhere"
            history.later()
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
