"""Who acts, with which permissions, over which data."""

from collections.abc import Container
from functools import cached_property
from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.identity.model.access import Duty, duties_in
from supervision_core.identity.model.scope import DataScope
from supervision_core.kernel.errors import DomainError, Violation


def includes(held: Container[str], permission: str) -> bool:
    """Tell whether ``permission`` is among ``held``, itself or by its context (``"tasks.*"``)."""
    context = permission.split(".", 1)[0]
    return permission in held or f"{context}.*" in held


@frozen(kw_only=True)
class Actor:
    """操作人 (Actor): a user at work for one department, with what he may do and reach.

    ``as_of`` is the epoch of access in which he was so, where that was looked up.
    """

    user: str
    department: str
    scope: DataScope
    permissions: frozenset[str] = field(repr=False)
    as_of: int | None = field(default=None, eq=False, repr=False)

    @cached_property
    def duties(self) -> frozenset[Duty]:
        """The administrators' duties that his permissions are part of."""
        return duties_in(self.permissions)

    def may(self, permission: str) -> bool:
        """Tell whether ``permission`` is held, itself or by its context (``"tasks.*"``)."""
        return includes(self.permissions, permission)


@define(eq=False)
class PermissionDenied(DomainError):
    """The actor does not hold the permission that the use case asks for."""

    code: ClassVar[str] = "identity.permission_denied"
    permission: str

    @property
    def reasons(self) -> tuple[Violation, ...]:
        """The permission that is missing."""
        return (Violation(self.code, data={"permission": self.permission}),)
