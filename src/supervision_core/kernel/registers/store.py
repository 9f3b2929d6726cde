"""Where the entries of a register are kept, and how they are found."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Generic

from attrs import field, frozen

from supervision_core.kernel.errors import Scalar
from supervision_core.kernel.paging import Page, PageRequest, every_page
from supervision_core.kernel.ports import Repository
from supervision_core.kernel.registers.description import C, is_blank, matches, texts_of
from supervision_core.kernel.registers.entries import Entry
from supervision_core.kernel.registers.register import Register

Value = Scalar | date


@frozen
class Between:
    """A value from ``since`` to ``until``, both included; ``None`` leaves that end open."""

    since: Any = None
    until: Any = None

    def holds(self, value: Any) -> bool:
        """Tell whether ``value`` lies between."""
        return (
            value is not None
            and (self.since is None or value >= self.since)
            and (self.until is None or value <= self.until)
        )


@frozen(kw_only=True)
class EntryFilter:
    """Which living entries are wanted: all conditions hold together, an empty one always.

    ``text`` as ``matches`` finds it; ``values`` the exact value of fields by name, one of several
    where a field holds several; ``among`` the texts that a field may have, ``""`` standing for an
    empty field; ``fragments`` parts of the texts of fields, upper and lower case alike; ``ranges``
    the ends of fields of days, moments and numbers; ``ids`` some entries; ``within`` the region
    that owns them, or in which that lies; ``reach`` whose entries, ``None`` for all; ``deleted``
    ones too where that is said. What a content has no field for is asked of the entry itself.
    """

    text: str = ""
    values: Mapping[str, Value] = field(factory=dict, hash=False)
    among: Mapping[str, frozenset[str]] = field(factory=dict, hash=False)
    fragments: Mapping[str, str] = field(factory=dict, hash=False)
    ranges: Mapping[str, Between] = field(factory=dict, hash=False)
    ids: frozenset[str] = frozenset()
    within: str = ""
    enabled: bool | None = None
    reach: "Reach | None" = None
    deleted: bool = False

    def admits(self, entry: Entry[Any]) -> bool:
        """Tell whether ``entry`` is wanted: the definition that a store's query follows."""
        said = entry.content
        return (
            (self.deleted or not entry.deleted)
            and self.enabled in {None, entry.enabled}
            and (not self.text.strip() or matches(said, self.text))
            and all(_says(_of(entry, name), value) for name, value in self.values.items())
            and all(_any(_of(entry, name), those) for name, those in self.among.items())
            and all(_holds(_of(entry, name), part) for name, part in self.fragments.items())
            and all(span.holds(_of(entry, name)) for name, span in self.ranges.items())
            and (not self.ids or entry.id in self.ids)
            and (not self.within or _contains(self.within, entry.region))
            and (self.reach is None or self.reach.covers(entry.region, entry.department))
        )


@frozen(kw_only=True)
class Reach:
    """Whose entries are wanted: owned in ``region`` or below, ``upward`` also by regions above.

    ``departments`` narrow to theirs and to what no department owns; empty does not narrow.
    """

    region: str
    upward: bool = False
    departments: frozenset[str] = frozenset()

    def covers(self, region: str, department: str) -> bool:
        """Tell whether what ``region`` and ``department`` own is among it."""
        above = self.upward and _contains(region, self.region)
        mine = not self.departments or not department or department in self.departments
        return (not region or above or _contains(self.region, region)) and mine


def _contains(outer: str, inner: str) -> bool:
    return inner.startswith(significant(outer))


def significant(code: str) -> str:
    """Give the digits of a region's code that all codes within it share (GB/T 2260)."""
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code


def _of(entry: Entry[Any], name: str) -> Any:
    """Give what an entry says in a field, or what it is."""
    said = entry.content
    return getattr(said, name) if hasattr(said, name) else getattr(entry, name)


def _says(value: Any, wanted: Value) -> bool:
    return wanted in value if isinstance(value, tuple) else value == wanted


def _any(value: Any, wanted: frozenset[str]) -> bool:
    return not wanted.isdisjoint(value if isinstance(value, tuple) and value else (value or "",))


def _holds(value: Any, part: str) -> bool:
    wanted = part.strip().casefold()
    return any(wanted in text.casefold() for text in texts_of(value))


def values_in(entry: Entry[Any], group: Sequence[str]) -> tuple[Value, ...] | None:
    """Give what an entry has in a group of unique fields, ``None`` where the first is empty."""
    found = [_of(entry, name) for name in group]
    return None if is_blank(found[0]) else tuple(found)


class RegisterStore(Repository[Entry[C]], Generic[C]):
    """Keeps the entries of one register.

    Raises ``Conflict`` on saving an entry with unique values that another living one has.
    """

    def holder(self, name: str, value: Scalar) -> str | None:
        """Give the id of the living entry that has ``value`` in the unique field ``name``."""
        return self.sharing((name,), (value,))

    @abstractmethod
    def last_position(self) -> int:
        """Give the highest position of a living entry, 0 where there is none."""

    @abstractmethod
    def issued(self) -> int:
        """Give how many entries there ever were, the deleted ones among them."""

    def ever(self, name: str, value: Scalar) -> bool:
        """Tell whether an entry has, or had before it was deleted, ``value`` in a unique field."""
        return self.holder(name, value) is not None

    @abstractmethod
    def revision(self) -> int:
        """Give a number that grows with every change of an entry."""

    @abstractmethod
    def page(self, filter: EntryFilter, request: PageRequest) -> Page[Entry[C]]:
        """List living entries by position, then id. Raises ``BadCursor``."""

    def naming(self, name: str, ids: Collection[str], *, deleted: bool = False) -> list[Entry[C]]:
        """Give the living entries whose link ``name`` refers to one of ``ids``, by id.

        With ``deleted`` also those that were deleted.
        """
        wanted = EntryFilter(among={name: frozenset(ids)}, deleted=deleted)
        pages = every_page(lambda page: self.page(wanted, page))
        return sorted((one for page in pages for one in page.items), key=lambda one: one.id)

    def labels(self, filter: EntryFilter) -> Mapping[str, str]:
        """Give what living entries are called, by their ids."""
        pages = every_page(lambda page: self.page(filter, page))
        return {one.id: one.label for page in pages for one in page.items}

    @abstractmethod
    def sharing(self, group: Sequence[str], values: Sequence[Value]) -> str | None:
        """Give the id of the living entry that has ``values`` in a ``group`` of unique fields."""

    def sharing_with(self, entry: Entry[C], group: Sequence[str]) -> str | None:
        """Give the id of the living entry that has what ``entry`` has in a ``group``, if filled."""
        values = values_in(entry, group)
        return None if values is None else self.sharing(group, values)


class Entries(ABC):
    """Every register: without tables of its own up to 50,000 entries, none personal."""

    @abstractmethod
    def of(self, register: Register[C]) -> RegisterStore[C]:
        """Give the entries of one."""
