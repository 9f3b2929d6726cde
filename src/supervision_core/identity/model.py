"""Who acts, with which permissions, over which data."""

from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.kernel.errors import DomainError, Violation


def region_contains(outer: str, inner: str) -> bool:
    """Tell whether region ``inner`` lies in ``outer`` (GB/T 2260: 450000 > 450100 > 450103)."""
    if outer.endswith("0000"):
        return inner[:2] == outer[:2]
    if outer.endswith("00"):
        return inner[:4] == outer[:4]
    return inner == outer


@frozen(kw_only=True)
class DataScope:
    """数据范围 (DataScope): which rows an actor reaches, region subtree × department.

    ``departments`` empty means every department of the region (a cross-department office).
    Source: proposal 1971-2105.
    """

    region: str
    departments: frozenset[str] = frozenset()

    def covers(self, *, region: str, departments: frozenset[str]) -> bool:
        """Tell whether an object of ``region``, owned by ``departments``, may be reached.

        An object without an owning department belongs to everybody of the region.
        """
        if not region_contains(self.region, region):
            return False
        return not self.departments or not departments or bool(self.departments & departments)


@frozen(kw_only=True)
class Actor:
    """操作人 (Actor): a user at work for one department, with what he may do and reach."""

    user: str
    department: str
    scope: DataScope
    permissions: frozenset[str] = field(repr=False)

    def may(self, permission: str) -> bool:
        """Tell whether ``permission`` is held, itself or by its context (``"tasks.*"``)."""
        context = permission.split(".", 1)[0]
        return permission in self.permissions or f"{context}.*" in self.permissions


@define(eq=False)
class PermissionDenied(DomainError):
    """The actor does not hold the permission that the use case asks for."""

    code: ClassVar[str] = "identity.permission_denied"
    permission: str

    @property
    def reasons(self) -> tuple[Violation, ...]:
        """The permission that is missing."""
        return (Violation(self.code, data={"permission": self.permission}),)
