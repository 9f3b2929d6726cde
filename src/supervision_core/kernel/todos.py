"""To-dos: rows that say who owes what to which aggregate, read by who owes it."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final, get_args

from attrs import field, frozen

from supervision_core.kernel.canonical import Json
from supervision_core.kernel.paging import Key, Page, PageRequest
from supervision_core.kernel.ports import ports_of_repositories, repository_of
from supervision_core.kernel.verbs import Assignee, Todo, Verbs

NO_TERM: Final = date.max
"""The day at which a to-do without a term stands in lists: after every other."""
MOST_TALLIED: Final = 99
"""To-dos beyond which nobody counts."""


@frozen(kw_only=True)
class Mine:
    """Which to-dos somebody can do: those of his assignees that he has the permission for.

    ``kinds`` narrows them to some kinds of aggregates, where it is not empty.
    """

    assignees: frozenset[Assignee]
    permissions: frozenset[str]
    kinds: frozenset[str] = field(default=frozenset())

    def holds(self, one: Todo) -> bool:
        """Tell whether a to-do is among them."""
        return (
            one.assignee in self.assignees
            and one.permission in self.permissions
            and (not self.kinds or one.kind in self.kinds)
        )

    @property
    def query(self) -> Json:
        """What decides the rows, for cursors."""
        return {
            "assignees": sorted(one.text for one in self.assignees),
            "permissions": sorted(self.permissions),
            "kinds": sorted(self.kinds),
        }


def key_of(one: Todo) -> Key:
    """Give by what to-dos are ordered: their day, then what tells them apart."""
    due = one.due_on or NO_TERM
    return due.isoformat(), one.kind, one.id, one.part, one.verb, one.assignee.text


class Todos(ABC):
    """Keeps what is to be done; the frame writes it with each aggregate that it stores."""

    @abstractmethod
    def settle(self, kind: str, id: str, duties: Collection[Todo], *, new: bool = False) -> None:
        """Let ``duties`` be all that is to be done about one aggregate.

        Only what differs is written. Nothing stands there yet about one that is ``new``.
        """

    @abstractmethod
    def page(self, mine: Mine, request: PageRequest) -> Page[Todo]:
        """Give one page in the order of ``key_of``. Raises ``BadCursor``."""

    @abstractmethod
    def tally(self, mine: Mine) -> Mapping[str, int]:
        """Count them by kind, no more than ``MOST_TALLIED`` + 1 of each assignee."""

    @abstractmethod
    def about(self, kind: str, ids: Collection[str], mine: Mine) -> Sequence[Todo]:
        """Give those about some aggregates of a kind, in the order of ``key_of``."""

    @abstractmethod
    def of(self, kind: str, ids: Collection[str]) -> Mapping[str, frozenset[Todo]]:
        """Give all that stands about each of some aggregates, whoever owes it."""

    @abstractmethod
    def ids(self, kind: str, after: str, limit: int) -> Sequence[str]:
        """Give ids of a kind about which something stands, in order, beyond ``after``."""


@cache
def _verbs_of(port: type[Any]) -> Verbs | None:
    """Find what is done with the aggregates that a port holds."""
    bases = getattr(port, "__orig_bases__", ())
    found = (getattr(cls, "verbs", None) for base in bases for cls in get_args(base))
    return next((one for one in found if isinstance(one, Verbs)), None)


def verbs_of(kind: str) -> Verbs | None:
    """Find what is done with aggregates of a kind, by the port that holds them."""
    port = repository_of(kind)
    return None if port is None else _verbs_of(port)


def owed_permissions() -> frozenset[str]:
    """Give the permissions that some to-do may ask for."""
    return frozenset[str]().union(
        *(verbs.owed_permissions for port in ports_of_repositories() if (verbs := _verbs_of(port)))
    )
