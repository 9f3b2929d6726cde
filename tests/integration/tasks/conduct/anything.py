"""Any command at all: what its fields say of themselves, filled in from what there is.

Whatever verb the product gets, attackers try it without a line here.
"""

import json
import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from random import Random  # noqa: TID251 - seeded: the same history every time
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.fields import FIELD, FieldWords
from supervision_core.tasks.model.drawing import OfficersDemanded
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder
from supervision_core.tasks.model.sheet import TaskProposal
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
STATE: Final = re.compile(r'"_state": "([^"]+)"')
LED_BY: Final = re.compile(r'"lead": "([^"]+)"')
GROUNDS: Final = (*[VisitGround.PICK] * 5, *VisitGround, VisitGround.CLUE, VisitGround.ORDER)
SHORTS: Final = {home: short for short, home in SHORT.items()}
MANY: Final = (1, 1, 1, 0, 2, 3)
"""So many parts has a list at most."""


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


@attrs.define
class Anything:
    """Makes commands for somebody; ``focus`` gives the ids of what was changed last, by kind.

    ``aim`` is the task that somebody is after.
    """

    world: World
    chance: Random
    by: str = ""
    permission: str = ""
    aim: str = ""
    focus: dict[str, list[str]] = attrs.field(factory=dict)
    _named: str = ""

    def begins(self, by: str, permission: str, focus: dict[str, list[str]]) -> None:
        """Take up what somebody tries now."""
        self.by, self.permission, self.focus = by, permission, focus

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
        if one.default is not attrs.NOTHING and self.chance.random() < 0.3:
            default: Any = one.default
            return default.factory() if isinstance(default, FACTORY) else default
        known = words if isinstance(words, FieldWords) else None
        if one.name.endswith("_id") and known is not None and not known.to:
            return self.chance.choice(OF_PART.findall(self._named) or WORDS)
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
        return [self._value(kind, words) for _ in range(self.chance.choice(MANY))]

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
        if self.chance.random() < 0.8:
            there = self._fit(kind, there)
        if self.chance.random() < 0.8:
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
        states = begins_in().get((permission, kind), frozenset())
        texts, rows = [f'"_state": "{one}"' for one in states], self.world.rows(kind)
        return (one for one in ids if any(text in rows[one] for text in texts))

    def tasks_for(self, permissions: Iterable[str]) -> list[str]:
        """Give the tasks with which, or with something of which, one of these can be done.

        None that were deleted.
        """
        found: dict[str, None] = {}
        for permission, kind in begins_in():
            if permission in permissions:
                rows = self.world.rows(kind)
                for id_ in self._beginning(permission, kind, rows):
                    of = OF_TASK.search(rows[id_])
                    found[id_ if of is None else of[1]] = None
        tasks = self.world.rows("task")
        return [one for one in found if '"_state": "deleted"' not in tasks.get(one, "")]

    def not_sent_out(self, tasks: Iterable[str]) -> list[str]:
        """Give those of tasks that are drawn for, or will be, and did not go out yet."""
        rows, states = self.world.rows("task"), ('"_state": "drafted"', '"_state": "ready"')
        return [one for one in tasks if any(state in rows.get(one, "") for state in states)]

    def drawn_officers(self, firm: str) -> tuple[str, ...]:
        """Give who was drawn to inspect a firm for what one is after."""
        draws = map(json.loads, self.world.rows("draw").values())
        own = [
            one["_assignment"] for one in draws if one["task"] == self.aim and one["_assignment"]
        ]
        visits = (each for one in own for each in one["visits"])
        return next((tuple(one["officers"]) for one in visits if code_of(firm) in one.values()), ())

    def firm(self) -> str:
        """Give a firm: one of those drawn for what one is after, mostly."""
        texts = self.world.rows("draw").values() if self.chance.random() < 0.7 else ()
        draws = [json.loads(text) for text in texts if f'"{self.aim}"' in text]
        there = [
            FIRM_OF[code]
            for one in draws
            if one["task"] == self.aim
            for code in picked(self.world, one)
        ]
        return self.chance.choice(there or FIRMS)

    def doable(self) -> Iterator[str]:
        """Give what begins where the task stands that one is after, or what belongs to it."""
        named, kinds = f'"{self.aim}"', {kind for _, kind in begins_in()}
        there: set[tuple[str, str]] = set()
        for kind in sorted(kinds):
            for id_, text in self.world.rows(kind).items():
                if id_ == self.aim or named in text:
                    there.update((kind, state) for state in STATE.findall(text))
        for (permission, kind), states in begins_in().items():
            if any((kind, state) in there for state in states):
                yield permission

    def led_by(self) -> str:
        """Give who leads the task that one is after."""
        found = LED_BY.search(self.world.rows("task").get(self.aim, ""))
        return "" if found is None else found[1]


@cache
def begins_in() -> Mapping[tuple[str, str], frozenset[str]]:
    """Give in which states each verb that an aggregate declares begins, by permission and noun."""
    found = {
        (verbs.permission(verb), verbs.noun): frozenset(str(one) for one in verb.starts)
        for kind in _kinds(Aggregate)
        if (verbs := kind.verbs) is not None
        for verb in verbs.verbs
    }
    return dict(sorted(found.items()))


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
    firm, ground = any_.firm(), any_.chance.choice(GROUNDS)
    chosen = tuple(f"{SHORTS[one]}-{any_.chance.randint(1, 3)}" for one in homes)
    drawn = any_.drawn_officers(firm) if any_.chance.random() < 0.5 else ()
    made: VisitOrder = any_.command(
        VisitOrder, subject=firm, ground=ground, officers=drawn or chosen, items=()
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
