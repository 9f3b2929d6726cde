"""Where the entries of a register are kept, and how they are found."""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import Generic

from attrs import field, frozen

from supervision_core.kernel.errors import Scalar
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.ports import Repository
from supervision_core.kernel.registers.description import C, matches
from supervision_core.kernel.registers.entries import Entry


@frozen(kw_only=True)
class EntryFilter:
    """Which living entries are wanted: all conditions hold together, an empty one always.

    ``text`` as ``matches`` finds it; ``values`` the exact value of columns by name.
    """

    text: str = ""
    values: Mapping[str, Scalar | date] = field(factory=dict, hash=False)
    enabled: bool | None = None

    def admits(self, entry: Entry[C]) -> bool:
        """Tell whether ``entry`` is wanted: the definition that a store's query follows."""
        return (
            not entry.deleted
            and self.enabled in {None, entry.enabled}
            and (not self.text.strip() or matches(entry.content, self.text))
            and all(getattr(entry.content, name) == value for name, value in self.values.items())
        )


class RegisterStore(Repository[Entry[C]], Generic[C]):
    """Keeps the entries of one register.

    Raises ``Conflict`` on saving an entry with a unique value that another living one has.
    """

    @abstractmethod
    def holder(self, name: str, value: Scalar) -> str | None:
        """Give the id of the living entry that has ``value`` in the unique column ``name``."""

    @abstractmethod
    def last_position(self) -> int:
        """Give the highest position of a living entry, 0 where there is none."""

    @abstractmethod
    def page(self, filter: EntryFilter, request: PageRequest) -> Page[Entry[C]]:
        """List living entries by position, then id. Raises ``BadCursor``."""
