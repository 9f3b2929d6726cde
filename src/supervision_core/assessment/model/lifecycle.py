"""Draft, enabled, disabled: the life of whatever is versioned and immutable once enabled."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Generic, Self, TypeVar

from attrs import define, field, setters

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event


class LifeState(StrEnum):
    """Where a versioned thing stands; ``DELETED`` is final."""

    DRAFT = "draft"
    ENABLED = "enabled"
    DISABLED = "disabled"
    DELETED = "deleted"


class Definition(ABC):
    """What a version says: a frozen value that knows its number and its own faults."""

    version: int

    @abstractmethod
    def at_version(self, number: int) -> Self:
        """Give the same definition under another version number."""

    @abstractmethod
    def violations(self) -> Iterator[Violation]:
        """Give every reason why it cannot be enabled."""


Defined = TypeVar("Defined", bound=Definition)


@define(eq=False, kw_only=True)
class Versioned(Aggregate, Generic[Defined]):
    """What is drafted, enabled in immutable versions, disabled, and deleted if never enabled.

    ``versions`` holds every version that was ever enabled, oldest first; results name their
    version, so each stays replayable. A change of an enabled thing is a draft beside it, which
    takes its place when it is enabled. (proposal 6.4.2.6.3)
    """

    context: ClassVar[str]
    refusal: ClassVar[type[Refused]]

    id: str = field(on_setattr=setters.frozen)
    department: str
    region: str
    _draft: Defined | None = None
    _versions: tuple[Defined, ...] = ()
    _state: LifeState = LifeState.DRAFT

    @property
    def state(self) -> LifeState:
        """Give the state."""
        return self._state

    @property
    def draft(self) -> Defined | None:
        """Give the draft, if there is one."""
        return self._draft

    @property
    def versions(self) -> tuple[Defined, ...]:
        """Give every version that was ever enabled, oldest first."""
        return self._versions

    @property
    def newest(self) -> Defined:
        """Give the draft, or else the latest version."""
        return self._draft if self._draft is not None else self._versions[-1]

    def current(self) -> Defined:
        """Give the version in force. Refused unless enabled."""
        self._require(LifeState.ENABLED)
        return self._versions[-1]

    def version_numbered(self, number: int) -> Defined:
        """Give a version that was enabled once. Refused for any other number."""
        if not 1 <= number <= len(self._versions):
            raise self._refused("version_unknown", number=number)
        return self._versions[number - 1]

    def redefine(self, definition: Defined, *, at: datetime) -> None:
        """Replace the draft, or begin one; versions stay as they are."""
        self._refuse_deleted()
        self._draft = definition.at_version(len(self._versions) + 1)
        self._record(self._happened("redefined", at))

    def enable(self, *, at: datetime) -> None:
        """Put the draft in force as a new version, or the latest version again.

        Refused with every fault of the draft, or where there is nothing to enable.
        """
        refuse_if(self.refusal, self._enabling_violations())
        if self._draft is not None:
            self._versions = (*self._versions, self._draft)
            self._draft = None
        self._state = LifeState.ENABLED
        self._record(self._happened("enabled", at))

    def disable(self, *, at: datetime) -> None:
        """Take it out of force: nothing is computed by it, no scene may tie it in."""
        self._require(LifeState.ENABLED)
        self._state = LifeState.DISABLED
        self._record(self._happened("disabled", at))

    def delete(self, *, at: datetime) -> None:
        """Delete what was never enabled; results may depend on anything else."""
        self._refuse_deleted()
        if self._versions:
            raise self._refused("was_enabled_once")
        self._state = LifeState.DELETED
        self._record(self._happened("deleted", at))

    def _enabling_violations(self) -> Iterator[Violation]:
        if self._state is LifeState.DELETED:
            yield self._violation("is_deleted")
        elif self._draft is not None:
            yield from self._draft.violations()
        elif self._state is LifeState.ENABLED:
            yield self._violation("already_enabled")

    def _refuse_deleted(self) -> None:
        if self._state is LifeState.DELETED:
            raise self._refused("is_deleted")

    def _require(self, state: LifeState) -> None:
        if self._state is not state:
            raise self._refused("not_enabled")

    def _violation(self, fact: str, **data: str | int) -> Violation:
        return Violation(f"{self.context}.{fact}", data=data)

    def _refused(self, fact: str, **data: str | int) -> Refused:
        return self.refusal((self._violation(fact, **data),))

    @abstractmethod
    def _happened(self, what: str, at: datetime) -> Event:
        """Name what happened as an event of the context."""
