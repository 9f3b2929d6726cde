"""What users are told inside the platform: by which event, about which thing, in which words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any, Final

from attrs import define, field, frozen

from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import day_words
from supervision_core.kernel.events import Event, Thing
from supervision_core.kernel.outbox import name_of

THING: Final = "thing"
_REFERRED: Final = frozenset(
    {"department", "task", "visit", "subject", "plan", "officer", "clue", "rectification"}
)
"""Facts that are ids of things of the kind of their name."""


@frozen(kw_only=True)
class StationMessage:
    """站内消息 (StationMessage): one event, told to one user.

    Its words leave room for names (``{thing}``, ``{department}``), which are put in when it is
    read: nothing here is personal, and names are those of that day. Source: proposal F140.
    """

    id: str
    user: str
    title: str
    words: str
    kind: str
    thing: str
    made_at: datetime
    facts: Mapping[str, Json] = field(factory=dict)
    read_at: datetime | None = None

    @property
    def referred(self) -> Mapping[str, tuple[str, str]]:
        """Give kind and id of what its words name, by the name in the words."""
        named = {name: (name, str(self.facts[name])) for name in _REFERRED & self.facts.keys()}
        return {**named, THING: (self.kind, self.thing)}

    def said(self, names: Mapping[tuple[str, str], str]) -> str:
        """Give its words, with the names of what it refers to by kind and id."""
        told = {name: _said(value) for name, value in self.facts.items()}
        called = {slot: names.get(one, one[1]) for slot, one in self.referred.items()}
        return self.words.format(**{**told, **called})


def _said(value: Json) -> str:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return day_words(day)


@define
class Told:
    """An event as audiences look at it: its facts, and the thing, loaded when somebody asks."""

    facts: Mapping[str, Json]
    about: Thing
    _load: Callable[[str, str], Any]

    @property
    def thing(self) -> Any:
        """The thing itself, as it is now."""
        return self._load(self.about.kind, self.about.id)

    def load(self, kind: str, id: str) -> Any:
        """Give another thing."""
        return self._load(kind, id)

    def all(self, *names: str) -> tuple[str, ...]:
        """Give the ids that stand in these facts."""
        found = []
        for name in names:
            value = self.facts[name]
            found += [str(one) for one in value] if isinstance(value, list) else [str(value)]
        return tuple(found)


Whose = Callable[[Told], Iterable[str]]


@frozen(kw_only=True)
class Audience:
    """消息对象 (Audience): whom an event concerns.

    Of ``departments`` it is those who hold ``permission``; beside them the accounts of ``officers``
    and of who acts for ``parties``, and ``users`` themselves.
    """

    departments: Whose | None = None
    permission: str = ""
    officers: Whose | None = None
    parties: Whose | None = None
    users: Whose | None = None


@frozen(init=False)
class Telling:
    """消息规则 (Telling): which event tells whom, under which title, in which words.

    Words name the thing as ``{thing}``, and facts of the event by their names.
    """

    event: type[Event]
    title: str
    words: str
    to: tuple[Audience, ...]

    def __init__(self, event: type[Event], title: str, words: str, *to: Audience) -> None:
        """Say it of an event."""
        self.__attrs_init__(event, title, words, to)

    @property
    def name(self) -> str:
        """The name of the event."""
        return name_of(self.event)

    @property
    def slots(self) -> frozenset[str]:
        """The facts that its words name."""
        named = (name for _, name, _, _ in Formatter().parse(self.words) if name)
        return frozenset(named) - {THING}


def fact(*names: str) -> Whose:
    """Find ids in facts of the event."""
    return lambda told: told.all(*names)
