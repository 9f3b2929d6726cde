"""Any command at all: what its fields say of themselves, filled in from what there is.

Whatever verb the product gets, attackers try it without a line here.
"""

import json
import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache, lru_cache
from random import Random  # noqa: TID251 - seeded: the same history every time
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.fields import FIELD, FieldWords
from supervision_core.tasks.model.drawing import OfficersDemanded
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder
from supervision_core.tasks.model.sheet import TaskProposal
from supervision_core.tasks.registers import SUPERIOR_ORDERS
from supervision_core.tasks.services.visits import ItemAnswer

from .honest import proposal
from .steps import FIRM_OF, picked
from .world import CALENDAR_DAY, FARM, FIRMS, LEAD, SCENES, SHORT, World, actor_of, code_of

WORDS: Final = ("", "另有安排", "群众举报", "x")
FACTORY: Final[type[Any]] = attrs.Factory  # type: ignore[assignment]
DAYS: Final = tuple(timedelta(days=one) for one in (-30, -1, 0, 0, 3, 20, 800))
NUMBERS: Final = (0, 1, 2, 3, 10, 40, 90)
FIXED: Final[Mapping[str, tuple[str, ...]]] = {
    "department": tuple(SHORT.values()), "region": ("450000", "450100", "450103", "450200"),
    "scene": tuple(SCENES), "subject": FIRMS, "items.matter": ("matter-1",),
}  # fmt: skip
"""Ids that are there from the beginning; of other kinds they are what is stored."""
FILES: Final = frozenset({"papers", "evidence", "files", "attachments"})
"""Fields of files that somebody sends with what he does."""
OF_TASK: Final = re.compile(r'"task": "([^"]+)"')
OF_PART: Final = re.compile(r'"id": "(id-[^"]+)"')
OF_FIRM: Final = re.compile(r'"subject": "(firm-[^"]+)"')
STATE: Final = re.compile(r'"_state": "([^"]+)"')
STEP: Final = re.compile(r'"state": "([^"]+)"')
LED_BY: Final = re.compile(r'"lead": "([^"]+)"')
SENT_FOR_MOSTLY: Final = (VisitGround.CLUE, VisitGround.ORDER) * 4
NAMED_BY: Final = {
    VisitGround.CLUE: "clue", VisitGround.ORDER: "order", VisitGround.APPLICATION: "application",
}  # fmt: skip
BASES: Final = {VisitGround.CLUE: "clue", VisitGround.ORDER: SUPERIOR_ORDERS.name}
FRESH, AS_DRAWN = 0.9, 0.6
"""So often a visit is ordered of who has none yet, and with the officers that were drawn."""
SHORTS: Final = {home: short for short, home in SHORT.items()}
MANY: Final = (1, 1, 1, 0, 2, 3)
"""So many parts has a list at most."""


@lru_cache(4096)
def _plain(text: str) -> Any:
    return json.loads(text)


@lru_cache(4096)
def _state(text: str) -> str:
    """Give how far something has come: its state, or that of its last step."""
    found = STATE.search(text)
    return found[1] if found else (["", *STEP.findall(text)])[-1]


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


@attrs.define
class Anything:
    """Makes commands for somebody; ``focus`` gives the ids of what was changed last, by kind.

    ``aim`` is the task that somebody is after, ``by_draw`` whether with whom it drew.
    """

    world: World
    chance: Random
    by: str = ""
    permission: str = ""
    aim: str = ""
    by_draw: bool = True
    focus: dict[str, list[str]] = attrs.field(factory=dict)
    _named: str = ""
    _ordered: set[str] = attrs.field(factory=set)

    def begins(self, by: str, permission: str, focus: dict[str, list[str]]) -> None:
        """Take up what somebody tries now."""
        self.by, self.permission, self.focus = by, permission, focus
        self._named = ""
        self._ordered.clear()

    def changed(self, command: Any) -> Any:
        """Make a command again, but for one field."""
        names = [one for one in attrs.fields(type(command)) if one.init]
        if not names:
            return command
        one = self.chance.choice(names)
        return attrs.evolve(command, **{one.name.lstrip("_"): self._field(type(command), one)})

    def command(self, kind: Any, **given: Any) -> Any:
        """Make a command; what is ``given`` stands. Raises ``ValueError`` and the like."""
        made = {
            one.name.lstrip("_"): given[one.name] if one.name in given else self._field(kind, one)
            for one in attrs.fields(kind)
            if one.init
        }
        return kind(**made)

    def _field(self, kind: Any, one: "attrs.Attribute[Any]") -> Any:
        words = one.metadata.get(FIELD)
        if one.default is not attrs.NOTHING and self.chance.random() < 0.45:
            default: Any = one.default
            return default.factory() if isinstance(default, FACTORY) else default
        known = words if isinstance(words, FieldWords) else None
        if one.name.endswith("_id") and known is not None and not known.to:
            return self.chance.choice(OF_PART.findall(self._named)[1:] or WORDS)
        return self._value(_hints(kind)[one.name], known, files=one.name in FILES)

    def _value(self, kind: Any, words: FieldWords | None, *, files: bool = False) -> Any:
        origin, parts = get_origin(kind), get_args(kind)
        if origin in {Union, types.UnionType}:
            some = [one for one in parts if one is not types.NoneType]
            empty = len(some) < len(parts) and self.chance.random() < 0.3
            return None if empty else self._value(self.chance.choice(some), words)
        if origin in {tuple, frozenset, list}:
            return origin(self._several(parts[0], words, files=files))
        if origin is not None:
            return self.chance.choice(parts) if origin is Literal else {}
        return self._single(kind, words)

    def _several(self, kind: Any, words: FieldWords | None, *, files: bool) -> list[Any]:
        if files and kind is str and self.chance.random() < 0.6:
            return [self.world.send(self.by)]
        least = kind in SHAPED
        return [self._value(kind, words) for _ in range(max(least, self.chance.choice(MANY)))]

    def _single(self, kind: Any, words: FieldWords | None) -> Any:
        if isinstance(kind, type) and issubclass(kind, Enum):
            return self.chance.choice([*kind])
        if kind in SHAPED:
            return SHAPED[kind](self)
        return self.command(kind) if attrs.has(kind) else self._plain(kind, words)

    def _plain(self, kind: Any, words: FieldWords | None) -> Any:
        today = self.world.clock.now()
        made: Mapping[Any, Callable[[], Any]] = {
            str: lambda: self._text(words),
            bool: lambda: self.chance.random() < 0.5,
            int: lambda: self.chance.choice(NUMBERS),
            bytes: lambda: self.chance.randbytes(32),
            datetime: lambda: today + timedelta(hours=self.chance.choice((-2, 1, 24, 26))),
            date: lambda: self.chance.choice(
                (*[CALENDAR_DAY] * 3, *(today.date() + one for one in DAYS))
            ),
        }
        return made[kind]() if kind in made else None

    def _text(self, words: FieldWords | None) -> str:
        if words is None:
            return self.chance.choice(WORDS)
        if words.to:
            return self.id_of(words.to)
        if words.codes:
            return self.chance.choice([*words.codes])
        return self.chance.choice((*WORDS, str(words.example)))

    def id_of(self, kind: str) -> str:
        """Give the id of something: of what one is after, of one's own department's, mostly."""
        if kind in FIXED:
            found = self.firm() if kind == "subject" else self.chance.choice(FIXED[kind])
            return code_of(found) if kind == "subject" and self.chance.random() < 0.2 else found
        rows = self._rows(kind)
        recent = self.focus.get(kind, ()) if self.chance.random() < 0.3 else ()
        there = [one for one in recent if one in rows] or [*rows]
        if self.chance.random() < 0.9:
            there = self._fit(kind, there)
        if self.chance.random() < 0.9:
            for own in (f'"{actor_of(self.by).department}"', f'"{self.by}"', f'"{self.aim}"'):
                there = [one for one in there if own in rows[one]] or there
        if not there:
            return ""
        found = self.chance.choice(there)
        self._named = rows[found]
        return found

    def _rows(self, kind: str) -> Mapping[str, str]:
        """Give what is stored of a kind, or of a register."""
        if "." not in kind:
            return self.world.rows(kind)
        named = f'"_register": "{kind}"'
        return {id_: text for id_, text in self.world.rows("entry").items() if named in text}

    def _fit(self, kind: str, ids: list[str]) -> list[str]:
        """Give those in whose state what is tried begins, all where there are none."""
        return [*self._beginning(self.permission, kind, ids)] or ids

    def _beginning(self, permission: str, kind: str, ids: Iterable[str]) -> Iterator[str]:
        """Give those in whose state, and with a part in whose state, something begins."""
        begins, rows = begins_in().get((permission, kind), NOWHERE), self._rows(kind)
        for one in ids:
            text = rows[one]
            fits = _state(text) in begins.states and begins.said in text
            if fits and (not begins.parts or not begins.parts.isdisjoint(STEP.findall(text))):
                yield one

    def tasks_for(self, permissions: Iterable[str]) -> list[str]:
        """Give the tasks with which, or with something of which, one of these can be done.

        None that were deleted.
        """
        found: dict[str, None] = {}
        for permission in filter(kinds_of, permissions):
            kinds = [one for one in kinds_of(permission) if one != "draw" or self.by_draw]
            by_kind = [dict.fromkeys(self._of_tasks(permission, kind)) for kind in kinds] or [{}]
            everywhere = [one for one in by_kind[0] if all(one in each for each in by_kind)]
            found |= dict.fromkeys(everywhere)
        tasks = self.world.rows("task")
        return [one for one in found if '"_state": "deleted"' not in tasks.get(one, "")]

    def _of_tasks(self, permission: str, kind: str) -> Iterator[str]:
        rows = self.world.rows(kind)
        for id_ in self._beginning(permission, kind, rows):
            of = OF_TASK.search(rows[id_])
            yield id_ if of is None else of[1]

    def not_sent_out(self, tasks: Iterable[str]) -> list[str]:
        """Give those of tasks that are drawn for, or will be, and did not go out yet."""
        rows, states = self.world.rows("task"), ('"_state": "drafted"', '"_state": "ready"')
        return [one for one in tasks if any(state in rows.get(one, "") for state in states)]

    def undecided(self) -> bool:
        """Tell whether a task drew, and its visits can be opened."""
        visits = [*self.world.rows("visit").values()]
        ready = self.not_sent_out(self.tasks_for(("tasks.open_visits",)))
        led = (one for one in ready if f'"lead": "{LEAD}"' in self.world.rows("task")[one])
        return any(not any(f'"task": "{one}"' in text for text in visits) for one in led)

    def drawn_officers(self, firm: str) -> tuple[str, ...]:
        """Give who was drawn to inspect a firm for what one is after."""
        own = [one["_assignment"] for one in self._draws() if one["_assignment"]]
        visits = (each for one in own for each in one["visits"])
        return next((tuple(one["officers"]) for one in visits if code_of(firm) in one.values()), ())

    def firm(self) -> str:
        """Give a firm: one of those drawn for what one is after, mostly."""
        there = self.drawn() if self.chance.random() < 0.7 else ()
        return self.chance.choice(there or FIRMS)

    def drawn(self) -> list[str]:
        """Give the firms drawn for what one is after."""
        return [FIRM_OF[code] for one in self._draws() for code in picked(self.world, one)]

    def _draws(self) -> list[Any]:
        """Give the draw on which rests what one is after, if any."""
        texts = self.world.rows("draw").values()
        draws = (_plain(text) for text in texts if f'"{self.aim}"' in text)
        return [one for one in draws if one["task"] == self.aim and one["_state"] != "cleared"]

    def named_firm(self) -> str:
        """Give the firm of what was named last, if it is of one."""
        found = OF_FIRM.search(self._named)
        return "" if found is None else found[1]

    def ordered(self, *, drawn: bool) -> str:
        """Give a firm to visit that has no visit yet, mostly: of those drawn, or any."""
        named = f'"task": "{self.aim}"'
        visits = [text for text in self.world.rows("visit").values() if named in text]
        there = (self.drawn() if drawn else []) or [*FIRMS]
        fresh = [
            one
            for one in there
            if one not in self._ordered and not any(f'"subject": "{one}"' in v for v in visits)
        ]
        found = self.chance.choice(fresh if fresh and self.chance.random() < FRESH else there)
        self._ordered.add(found)
        return found

    def doable(self) -> Iterator[str]:
        """Give what begins where the task stands that one is after, or what belongs to it."""
        named, kinds = f'"{self.aim}"', {kind for _, kind in begins_in()}
        there = {
            kind: [
                id_
                for id_, text in self.world.rows(kind).items()
                if id_ == self.aim or named in text
            ]
            for kind in sorted(kinds)
        }
        for permission in dict.fromkeys(one for one, _ in begins_in()):
            asked = [one for one in kinds_of(permission) if one != "draw" or self.by_draw]
            if asked and all(any(self._beginning(permission, one, there[one])) for one in asked):
                yield permission

    def led_by(self) -> str:
        """Give who leads the task that one is after."""
        found = LED_BY.search(self.world.rows("task").get(self.aim, ""))
        return "" if found is None else found[1]


@attrs.frozen
class Begins:
    """In which states of something a verb begins, in which of one of its parts, what it says."""

    states: frozenset[str]
    parts: frozenset[str] = frozenset()
    said: str = ""


DRAWN: Final = frozenset({"drawn", "adjusted"})
OF_DRAWS: Final = {
    "tasks.staff_draw": Begins(DRAWN, said='"_assignment": null'),
    "tasks.open_visits": Begins(DRAWN, said='"_assignment": {'),
    "tasks.open_drawn_visits": Begins(DRAWN, said='"_assignment": {'),
}
"""What is done for a task once it drew, though no draw declares it."""
NOWHERE: Final = Begins(frozenset())


@cache
def begins_in() -> Mapping[tuple[str, str], Begins]:
    """Give where each verb that an aggregate declares begins, by permission and noun."""
    found = {
        (verbs.permission(verb), verbs.noun): Begins(
            frozenset(map(str, verb.starts)), frozenset(map(str, verb.part_starts))
        )
        for kind in _kinds(Aggregate)
        if (verbs := kind.verbs) is not None
        for verb in verbs.verbs
    }
    found |= {(permission, "draw"): begins for permission, begins in OF_DRAWS.items()}
    found["tasks.open_drawn_visits", "task"] = found["tasks.open_visits", "task"]
    before = found["tasks.approve", "task"]
    found["tasks.approve", "task"] = attrs.evolve(before, said='"_approval": null')
    for permission in ("tasks.approve", "tasks.dispatch"):
        found[permission, "visit"] = Begins(frozenset({"assigned"}))
    return dict(sorted(found.items()))


@cache
def kinds_of(permission: str) -> tuple[str, ...]:
    """Give of what a verb asks in which state it is."""
    return tuple(kind for one, kind in begins_in() if one == permission)


def _kinds(of: type[Aggregate]) -> Iterator[type[Aggregate]]:
    for one in of.__subclasses__():
        yield one
        yield from _kinds(one)


def _proposal(any_: Anything) -> TaskProposal:
    """Give what a task may well say, but for one thing at most."""
    home = actor_of(any_.by).department
    own = [one for one, lead in SCENES.items() if lead == home]
    made = proposal(any_.chance.choice(own or [*SCENES]))
    made = attrs.evolve(made, description=any_.id_of("draw"))
    names = [one.name for one in attrs.fields(TaskProposal) if one.name != "lead"]
    name = any_.chance.choice((*names, *[""] * len(names)))
    other = any_.command(TaskProposal)
    return attrs.evolve(made, **{name: getattr(other, name)}) if name else made


def _order(any_: Anything) -> VisitOrder:
    homes = (actor_of(any_.by).department or LEAD, FARM)
    ground = any_.chance.choice((*[VisitGround.PICK] * 9, *VisitGround))
    if not any_.by_draw or (ground is VisitGround.PICK and not any_.drawn()):
        ground = any_.chance.choice((*SENT_FOR_MOSTLY, *VisitGround))
    firm = any_.ordered(drawn=ground is VisitGround.PICK)
    chosen = tuple(f"{SHORTS[one]}-{any_.chance.randint(1, 3)}" for one in homes)
    drawn = any_.drawn_officers(firm) if any_.chance.random() < AS_DRAWN else ()
    given = {name: "" for of, name in NAMED_BY.items() if of is not ground}
    if (of := BASES.get(ground)) is not None and any_.chance.random() < FRESH:
        given[NAMED_BY[ground]] = any_.id_of(of)
        firm = any_.named_firm() or firm
    made: VisitOrder = any_.command(
        VisitOrder, subject=firm, ground=ground, officers=drawn or chosen, items=(), **given
    )
    return made


def _demand(any_: Anything) -> OfficersDemanded:
    home = any_.chance.choice((actor_of(any_.by).department or LEAD, FARM))
    return OfficersDemanded(departments=(home,), count=any_.chance.randint(1, 2))


def _answer(any_: Anything) -> ItemAnswer:
    item = "2.1" if actor_of(any_.by).department == FARM else "1.1"
    made: ItemAnswer = any_.command(ItemAnswer, note=any_.chance.choice(WORDS[1:]), item=item)
    return made


SHAPED: Final[Mapping[Any, Callable[[Anything], Any]]] = {
    TaskProposal: _proposal, ItemAnswer: _answer, VisitOrder: _order,
    OfficersDemanded: _demand,
}  # fmt: skip
"""What made at random would never be taken."""
