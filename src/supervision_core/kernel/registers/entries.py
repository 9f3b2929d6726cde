"""The life of one row of a register."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Generic, Self

from attrs import define, fields, frozen

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.registers.description import C, violations_of


@define(eq=False)
class EntryInvalid(Refused):
    """The content breaks the description of its register."""

    code: ClassVar[str] = "kernel.entry_invalid"


@define(eq=False)
class EntryDeleted(Refused):
    """The entry was deleted: it is kept for the records that name it, and changes no more."""

    code: ClassVar[str] = "kernel.entry_deleted"


@define(eq=False)
class OrderIncomplete(Refused):
    """A new order must name each of the entries once."""

    code: ClassVar[str] = "kernel.order_incomplete"


@frozen(kw_only=True)
class EntryEvent(Event):
    """Something happened to an entry of a register."""

    register: str
    entry: str


@frozen(kw_only=True)
class EntryAdded(EntryEvent):
    """An entry was added."""


@frozen(kw_only=True)
class EntryChanged(EntryEvent):
    """Columns of an entry got other values."""

    columns: tuple[str, ...]


@frozen(kw_only=True)
class EntryMoved(EntryEvent):
    """An entry got another place in the order."""

    position: int


@frozen(kw_only=True)
class EntryEnabled(EntryEvent):
    """An entry may be chosen again."""


@frozen(kw_only=True)
class EntryDisabled(EntryEvent):
    """An entry may not be chosen any more; what names it goes on."""


@frozen(kw_only=True)
class EntryRemoved(EntryEvent):
    """An entry was deleted (逻辑删除)."""


@define(eq=False, kw_only=True)
class Entry(Aggregate, Generic[C]):
    """台账条目 (Entry): one row of a register with its place, its state and its end.

    Lower positions come first, equal ones by id. Deleting is logical: the entry stays readable for
    what names it, is found by no list, frees its unique values and refuses every change.
    """

    _content: C
    _position: int = 0
    _enabled: bool = True
    _deleted_at: datetime | None = None

    @classmethod
    def add(cls, *, id: str, content: C, position: int, at: datetime) -> Self:
        """Add a row. Raises ``EntryInvalid`` with every violation of its description."""
        refuse_if(EntryInvalid, violations_of(content))
        entry = cls(id=id, content=content, position=position)
        entry._record(EntryAdded(at=at, **entry._named()))
        return entry

    @property
    def content(self) -> C:
        """What the row says."""
        return self._content

    @property
    def position(self) -> int:
        """Its place in the order (排序号)."""
        return self._position

    @property
    def enabled(self) -> bool:
        """Whether it may be chosen (启用)."""
        return self._enabled

    @property
    def deleted(self) -> bool:
        """Whether it was deleted."""
        return self._deleted_at is not None

    def change(self, content: C, *, at: datetime) -> None:
        """Replace the content. Raises ``EntryInvalid``, ``EntryDeleted``; the same is no change."""
        self._require_living()
        refuse_if(EntryInvalid, violations_of(content))
        names = (one.name for one in fields(type(content)))
        changed = tuple(
            name for name in names if getattr(content, name) != getattr(self._content, name)
        )
        if changed:
            self._content = content
            self._record(EntryChanged(at=at, columns=changed, **self._named()))

    def move(self, position: int, *, at: datetime) -> None:
        """Give it another place. Raises ``EntryDeleted``."""
        self._require_living()
        if position != self._position:
            self._position = position
            self._record(EntryMoved(at=at, position=position, **self._named()))

    def enable(self, *, at: datetime) -> None:
        """Let it be chosen. Raises ``EntryDeleted``."""
        self._require_living()
        if not self._enabled:
            self._enabled = True
            self._record(EntryEnabled(at=at, **self._named()))

    def disable(self, *, at: datetime) -> None:
        """Let it be chosen no more. Raises ``EntryDeleted``."""
        self._require_living()
        if self._enabled:
            self._enabled = False
            self._record(EntryDisabled(at=at, **self._named()))

    def delete(self, *, at: datetime) -> None:
        """Delete it, logically. Raises ``EntryDeleted`` the second time."""
        self._require_living()
        self._deleted_at = at
        self._record(EntryRemoved(at=at, **self._named()))

    def _require_living(self) -> None:
        refuse_if(EntryDeleted, [Violation("kernel.entry_deleted")] if self.deleted else [])

    def _named(self) -> dict[str, str]:
        return {"register": self._content.register_name, "entry": self.id}


def reorder(entries: Sequence[Entry[C]], ids: Sequence[str], *, at: datetime) -> None:
    """Give ``entries`` the places they hold now, in the order of ``ids``.

    So a part of a register can be put in order without touching the rest. Raises
    ``OrderIncomplete`` where ``ids`` does not name each of them once.
    """
    by_id = {entry.id: entry for entry in entries}
    if sorted(ids) != sorted(by_id):
        raise OrderIncomplete((Violation("kernel.order_incomplete", "ids"),))
    places = sorted(entry.position for entry in entries)
    if len(set(places)) < len(places):  # equal places cannot tell an order
        places = list(range(places[0], places[0] + len(places)))
    for place, one in zip(places, ids, strict=True):
        by_id[one].move(place, at=at)
