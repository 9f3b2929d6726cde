"""Refusals: what blocks a command, as data that a caller can show, count and translate."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.kernel.fields import said

Scalar = str | int | bool | None


def _frozen_data(data: Mapping[str, Scalar]) -> Mapping[str, Scalar]:
    return dict(data)


@frozen
class Violation:
    """One reason for a refusal.

    ``code`` is stable and has a Chinese text in the ``messages`` of its context; ``at`` names the
    field or part concerned (``items[3].law_article``, empty for the whole); ``data`` fills the
    text's placeholders. Personal data never stands in ``data``.
    """

    code: str = field(metadata=said("原因编码", example="kernel.credit_code_check_digit"))
    at: str = field(default="", metadata=said("所涉字段，整体有误的为空", example="identity.code"))
    data: Mapping[str, Scalar] = field(
        factory=dict, converter=_frozen_data, hash=False, metadata=said("说明原因所用的数据")
    )


class DomainError(Exception):
    """Root of all refusals; each subclass carries a stable, unique ``code``."""

    code: ClassVar[str] = "domain_error"

    @property
    def reasons(self) -> tuple[Violation, ...]:
        """Every reason at once; at least one."""
        return (Violation(self.code),)


@define(eq=False)
class Refused(DomainError):
    """A rule forbids the command; ``violations`` gives every reason, not the first."""

    code: ClassVar[str] = "refused"
    violations: tuple[Violation, ...]

    @property
    def reasons(self) -> tuple[Violation, ...]:
        """Every reason at once."""
        return self.violations

    def __str__(self) -> str:
        """Give the codes, for logs; the words are the entrypoint's."""
        return f"{self.code}: " + ", ".join(v.code for v in self.violations)


@define(eq=False)
class Unavailable(Refused):
    """A partner's system does not answer now, or not as agreed; later it may."""

    code: ClassVar[str] = "unavailable"


@define(eq=False)
class NotFound(DomainError):
    """No such thing, or one outside the actor's scope: the two are told apart nowhere."""

    code: ClassVar[str] = "not_found"
    kind: str
    id: str

    @property
    def reasons(self) -> tuple[Violation, ...]:
        """The kind and id that were asked for."""
        return (Violation(self.code, data={"kind": self.kind, "id": self.id}),)


@define(eq=False)
class Conflict(DomainError):
    """Somebody else changed the aggregate since it was read; read again and retry."""

    code: ClassVar[str] = "conflict"
    kind: str
    id: str

    @property
    def reasons(self) -> tuple[Violation, ...]:
        """The kind and id that changed."""
        return (Violation(self.code, data={"kind": self.kind, "id": self.id}),)


@define(eq=False)
class Outdated(DomainError):
    """The aggregate is no longer in the version that the caller says he has seen."""

    code: ClassVar[str] = "outdated"
    kind: str
    id: str

    @property
    def reasons(self) -> tuple[Violation, ...]:
        """The kind and id that changed."""
        return (Violation(self.code, data={"kind": self.kind, "id": self.id}),)


@define(eq=False)
class KeyReused(DomainError):
    """The idempotency key was used before for another request."""

    code: ClassVar[str] = "key_reused"
    key: str


class CorruptState(Exception):
    """Stored data breaks an invariant: never the caller's fault, never swallowed."""


def refuse_if(error: type[Refused], violations: Iterable[Violation]) -> None:
    """Raise ``error`` with every violation, if there is any."""
    if found := tuple(violations):
        raise error(found)
