"""Teams of officers, and the groups that review risk and credit."""

from enum import StrEnum
from typing import ClassVar

from attrs import define

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate


class TeamKind(StrEnum):
    """小组类型 (TeamKind): a team that inspects, or a group that reviews risk or credit."""

    ENFORCEMENT = "enforcement"
    RISK = "risk"
    CREDIT = "credit"


@define(eq=False)
class TeamInvalid(Refused):
    """The team as described cannot be kept."""

    code: ClassVar[str] = "officers.team_invalid"


@define(eq=False)
class TeamLocked(Refused):
    """The team's state forbids this."""

    code: ClassVar[str] = "officers.team_locked"


@define(eq=False, kw_only=True)
class Team(Aggregate):
    """执法小组 (Team): officers who work together, one of whom leads.

    A team of kind RISK or CREDIT is a 综合小组. Source: proposal 6.4.2.2.2.2 to 6.4.2.2.2.5.
    """

    _name: str
    _kind: TeamKind
    _region: str
    _department: str = ""
    _members: frozenset[str] = frozenset()
    _leader: str | None = None
    _order: int = 0
    _deleted: bool = False

    @classmethod
    def create(  # noqa: PLR0913 -- one for each field of the form
        cls,
        *,
        id: str,
        name: str,
        kind: TeamKind,
        region: str,
        department: str = "",
        order: int = 0,
    ) -> "Team":
        """Make a team without members. Raises ``TeamInvalid``."""
        team = cls(id=id, name="", kind=kind, region=region, department=department)
        team.describe(name=name, order=order)
        return team

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @property
    def kind(self) -> TeamKind:
        """What it is for."""
        return self._kind

    @property
    def region(self) -> str:
        """The region whose team it is."""
        return self._region

    @property
    def departments(self) -> frozenset[str]:
        """The owning department, or nobody in particular."""
        return frozenset({self._department} - {""})

    @property
    def members(self) -> frozenset[str]:
        """Ids of the officers who belong to it (已关联)."""
        return self._members

    @property
    def leader(self) -> str | None:
        """The member who leads it, if appointed."""
        return self._leader

    @property
    def order(self) -> int:
        """Its place in lists, small first."""
        return self._order

    @property
    def deleted(self) -> bool:
        """Tell whether it is no longer offered."""
        return self._deleted

    def describe(self, *, name: str, order: int) -> None:
        """Rename it, or put it elsewhere in lists. Raises ``TeamInvalid``, ``TeamLocked``."""
        self._refuse_deleted()
        violations = [] if name.strip() else [Violation("officers.team_without_name", "name")]
        refuse_if(TeamInvalid, violations)
        self._name, self._order = name.strip(), order

    def join(self, officers: frozenset[str]) -> int:
        """Add officers; give how many are new to it. Raises ``TeamLocked``."""
        self._refuse_deleted()
        new = officers - self._members
        self._members |= new
        return len(new)

    def dismiss(self, officers: frozenset[str]) -> int:
        """Remove officers; give how many were members. A leader removed leads no more."""
        self._refuse_deleted()
        gone = officers & self._members
        self._members -= gone
        if self._leader in gone:
            self._leader = None
        return len(gone)

    def appoint(self, officer: str) -> None:
        """委派组长 (appoint): let a member lead. Raises ``TeamInvalid`` for anybody else."""
        self._refuse_deleted()
        if officer not in self._members:
            raise TeamInvalid((Violation("officers.leader_not_member", "leader"),))
        self._leader = officer

    def delete(self) -> None:
        """Take it off every list. Raises ``TeamLocked`` once deleted."""
        self._refuse_deleted()
        self._deleted = True

    def _refuse_deleted(self) -> None:
        if self._deleted:
            raise TeamLocked((Violation("officers.team_deleted"),))
