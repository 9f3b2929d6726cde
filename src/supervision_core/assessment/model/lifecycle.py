"""Draft, enabled, disabled: the life of whatever is versioned and immutable once enabled."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Final, Generic, Self, TypeVar

from attrs import define, field, setters

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.tones import good, over
from supervision_core.kernel.verbs import Responsible, Verb, Verbs, departments


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


_S = LifeState
LIFE_STATES: Final[Mapping[Any, str]] = {
    _S.DRAFT: "草稿", _S.ENABLED: good("启用"), _S.DISABLED: over("停用"),
    _S.DELETED: over("已删除"),
}  # fmt: skip
LIVING: Final = frozenset({_S.DRAFT, _S.ENABLED, _S.DISABLED})


def verbs_of_life(context: str, noun: str, title: str, *more: Verb, case: str = "") -> Verbs:
    """Give what is done with whatever is drafted and enabled, and ``more`` that its kind adds.

    ``case`` ends the names of the permissions: ``enable_model``.
    """

    def one(name: str, does: str, starts: Iterable[LifeState], *leads: LifeState) -> Verb:
        return Verb(
            name=name, title=f"{does}{title}", by=Responsible.DEPARTMENTS, starts=starts,
            leads=leads, permission=f"{context}.{name}_{case}",
        )  # fmt: skip

    return Verbs(
        context=context,
        noun=noun,
        title=title,
        states=LIFE_STATES,
        assignees={Responsible.DEPARTMENTS: lambda one, _: departments(one.department)},
        roles=("assessor",),
        verbs=(
            one("redefine", "修改", LIVING),
            one("enable", "启用", LIVING, _S.ENABLED),
            one("disable", "停用", {_S.ENABLED}, _S.DISABLED),
            one("delete", "删除", {_S.DRAFT}, _S.DELETED),
            *more,
        ),
    )


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
        if self._state is not LifeState.ENABLED:
            raise self._refused("not_enabled")
        return self._versions[-1]

    def version_numbered(self, number: int) -> Defined:
        """Give a version that was enabled once. Refused for any other number."""
        if not 1 <= number <= len(self._versions):
            raise self._refused("version_unknown", number=number)
        return self._versions[number - 1]

    def redefine(self, definition: Defined, *, at: datetime) -> None:
        """Replace the draft, or begin one; versions stay as they are."""
        refuse_if(self.refusal, self.forbids("redefine"))
        self._redraft(definition)
        self._record(self._happened("redefined", at))

    def _redraft(self, definition: Defined) -> None:
        self._draft = definition.at_version(len(self._versions) + 1)

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

    def changes_by(self, verb: str) -> bool:
        """Tell whether a verb that its state allows would change anything."""
        return verb != "enable" or self._draft is not None or self._state is not LifeState.ENABLED

    def disable(self, *, at: datetime) -> None:
        """Take it out of force: nothing is computed by it, no scene may tie it in."""
        refuse_if(self.refusal, self.forbids("disable"))
        self._state = LifeState.DISABLED
        self._record(self._happened("disabled", at))

    def delete(self, *, at: datetime) -> None:
        """Delete a draft that was never enabled; results may depend on anything else."""
        refuse_if(self.refusal, self.forbids("delete"))
        self._state = LifeState.DELETED
        self._record(self._happened("deleted", at))

    def _enabling_violations(self) -> Iterator[Violation]:
        yield from self.forbids("enable")
        if self._draft is not None:
            yield from self._draft.violations()
        elif not self.changes_by("enable"):
            yield self._violation("already_enabled")

    def _violation(self, fact: str, **data: str | int) -> Violation:
        return Violation(f"{self.context}.{fact}", data=data)

    def _refused(self, fact: str, **data: str | int) -> Refused:
        return self.refusal((self._violation(fact, **data),))

    @abstractmethod
    def _happened(self, what: str, at: datetime) -> Event:
        """Name what happened as an event of the context."""
