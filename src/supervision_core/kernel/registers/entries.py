"""The life of one row of a register."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Generic, Self

from attrs import define, fields, frozen

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.registers.description import C, code_of, label_of, violations_of


@define(eq=False)
class EntryInvalid(Refused):
    """The content breaks the description of its register."""

    code: ClassVar[str] = "kernel.entry_invalid"


@define(eq=False)
class EntryDeleted(Refused):
    """The entry was deleted: it is kept for the records that name it, and changes no more."""

    code: ClassVar[str] = "kernel.entry_deleted"


@define(eq=False)
class EntrySynchronised(Refused):
    """The entry comes from the platform above, where alone it is changed."""

    code: ClassVar[str] = "kernel.entry_synchronised"


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
    ``region`` and ``department`` own it, ``changed_at`` and ``changed_by`` say who touched it last.
    One that is ``synchronised`` was told by the platform above.
    """

    _content: C
    _register: str = ""
    _label: str = ""
    _reference_code: str = ""
    _synchronised: bool = False
    _position: int = 0
    _enabled: bool = True
    _deleted_at: datetime | None = None
    _region: str = ""
    _department: str = ""
    _added_at: datetime | None = None
    _added_by: str = ""
    _changed_at: datetime | None = None
    _changed_by: str = ""

    @classmethod
    def add(  # noqa: PLR0913 - what the row says, where it stands and whose it is
        cls,
        *,
        id: str,
        content: C,
        position: int,
        at: datetime,
        register: str = "",
        region: str = "",
        department: str = "",
        by: str = "",
        synchronised: bool = False,
    ) -> Self:
        """Add a row. Raises ``EntryInvalid`` with every violation of its description."""
        refuse_if(EntryInvalid, violations_of(content))
        entry = cls(
            id=id, content=content, label=label_of(content), reference_code=code_of(content),
            position=position, register=register, region=region, department=department,
            synchronised=synchronised, added_at=at, added_by=by, changed_at=at, changed_by=by,
        )  # fmt: skip
        entry._record(EntryAdded(at=at, **entry._named()))
        return entry

    @property
    def content(self) -> C:
        """What the row says."""
        return self._content

    @property
    def register(self) -> str:
        """The name of its register (``"subjects.category"``)."""
        return self._register

    @property
    def label(self) -> str:
        """What it is called: the first required text of its content."""
        return self._label

    @property
    def reference_code(self) -> str:
        """What tells it apart from others of the same label, empty where nothing does."""
        return self._reference_code

    @property
    def synchronised(self) -> bool:
        """Whether it comes from the platform above."""
        return self._synchronised

    @property
    def origin(self) -> str:
        """Where it comes from: one of ``ORIGINS``."""
        return "synchronised" if self._synchronised else "own"

    @property
    def region(self) -> str:
        """The code of the region that it belongs to, empty for none."""
        return self._region

    @property
    def department(self) -> str:
        """The id of the department that it belongs to, empty for none."""
        return self._department

    @property
    def added_at(self) -> datetime | None:
        """When it was added; of rows older than this record, ``None``."""
        return self._added_at

    @property
    def added_by(self) -> str:
        """The id of the user who added it; of rows older than this record, empty."""
        return self._added_by

    @property
    def changed_at(self) -> datetime | None:
        """When it was changed the last time (最后维护时间)."""
        return self._changed_at

    @property
    def changed_by(self) -> str:
        """The id of the user who changed it the last time."""
        return self._changed_by

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

    def change(self, content: C, *, at: datetime, by: str = "") -> None:
        """Replace the content. Raises ``EntryInvalid``, ``EntryDeleted``; the same is no change."""
        self._require_living()
        refuse_if(EntryInvalid, violations_of(content))
        names = (one.name for one in fields(type(content)))
        changed = tuple(
            name for name in names if getattr(content, name) != getattr(self._content, name)
        )
        if changed:
            self._content, self._label = content, label_of(content)
            self._reference_code = code_of(content)
            self._touch(at, by)
            self._record(EntryChanged(at=at, columns=changed, **self._named()))

    def move(self, position: int, *, at: datetime, by: str = "") -> None:
        """Give it another place. Raises ``EntryDeleted``."""
        self._require_living()
        if position != self._position:
            self._position = position
            self._touch(at, by)
            self._record(EntryMoved(at=at, position=position, **self._named()))

    def enable(self, *, at: datetime, by: str = "") -> None:
        """Let it be chosen. Raises ``EntryDeleted``."""
        self._require_living()
        if not self._enabled:
            self._enabled = True
            self._touch(at, by)
            self._record(EntryEnabled(at=at, **self._named()))

    def disable(self, *, at: datetime, by: str = "") -> None:
        """Let it be chosen no more. Raises ``EntryDeleted``."""
        self._require_living()
        if self._enabled:
            self._enabled = False
            self._touch(at, by)
            self._record(EntryDisabled(at=at, **self._named()))

    def delete(self, *, at: datetime, by: str = "") -> None:
        """Delete it, logically. Raises ``EntryDeleted`` the second time."""
        self._require_living()
        self._deleted_at = at
        self._touch(at, by)
        self._record(EntryRemoved(at=at, **self._named()))

    def belong(self, region: str, department: str, *, at: datetime, by: str = "") -> None:
        """Give it to another owner. Raises ``EntryDeleted``."""
        self._require_living()
        if (region, department) != (self._region, self._department):
            self._region, self._department = region, department
            self._touch(at, by)
            self._record(EntryChanged(at=at, columns=("region", "department"), **self._named()))

    def require_own(self) -> None:
        """Demand that it may be changed here. Raises ``EntrySynchronised``."""
        told = [Violation(EntrySynchronised.code)] if self._synchronised else []
        refuse_if(EntrySynchronised, told)

    def _require_living(self) -> None:
        refuse_if(EntryDeleted, [Violation("kernel.entry_deleted")] if self.deleted else [])

    def _touch(self, at: datetime, by: str) -> None:
        self._changed_at, self._changed_by = at, by

    def _named(self) -> dict[str, str]:
        return {"register": self._register, "entry": self.id}


def reorder(entries: Sequence[Entry[C]], ids: Sequence[str], *, at: datetime, by: str = "") -> None:
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
        by_id[one].move(place, at=at, by=by)
