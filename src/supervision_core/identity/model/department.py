"""The tree of departments."""

from datetime import date, datetime
from typing import ClassVar

from attrs import define, evolve, frozen

from supervision_core.identity.model.lengths import too_long
from supervision_core.kernel.codes.credit_code import check_credit_code
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.one_line import not_one_line


@define(eq=False)
class DepartmentInvalid(Refused):
    """The department as described cannot be kept."""

    code: ClassVar[str] = "identity.department_invalid"


@define(eq=False)
class DepartmentLocked(Refused):
    """The department's state forbids this."""

    code: ClassVar[str] = "identity.department_locked"


@frozen(kw_only=True)
class DepartmentChanged(Event):
    """A department was added, changed or deleted."""

    department: str


@frozen(kw_only=True)
class DepartmentData:
    """组织机构信息 (DepartmentData): basic and extended data of a department.

    ``licence`` is the credit code of its licence or certificate; the agreement runs from
    ``agreed_from`` to ``agreed_to``, both included, open where empty. ``inherits`` says whether
    what the department above was granted holds here too; ``coordinates``, whether its staff reach
    every department of the region. Source: proposal 6.4.1.4 (2), 6.4.1.4.2.5.
    """

    name: str
    code: str
    region: str
    parent: str = ""
    established_on: date | None = None
    licence: str = ""
    agreed_from: date | None = None
    agreed_to: date | None = None
    inherits: bool = False
    coordinates: bool = False
    order: int = 0


def department_violations(data: DepartmentData) -> tuple[Violation, ...]:
    """Give everything against ``data`` that shows without looking at other departments."""
    found = [
        Violation(f"identity.department_{name}_missing", name)
        for name in ("name", "code", "region")
        if not getattr(data, name).strip()
    ]
    found += too_long({"name": (data.name, 200), "code": (data.code, 64)})
    found += not_one_line({"name": data.name, "code": data.code, "region": data.region})
    if data.agreed_from and data.agreed_to and data.agreed_from > data.agreed_to:
        found.append(Violation("identity.agreement_reversed", "agreed_to"))
    if data.licence:
        found += (evolve(one, at="licence") for one in check_credit_code(data.licence))
    return tuple(found)


@define(eq=False, kw_only=True)
class Department(Aggregate):
    """组织机构 (Department): a body in the tree, with its administrators.

    Administrators manage it and all below; they need not be members. Deleting is logical.
    Source: proposal 6.4.1.4.2.
    """

    _data: DepartmentData
    _administrators: frozenset[str] = frozenset()
    _enabled: bool = True
    _deleted_at: datetime | None = None

    @classmethod
    def add(cls, data: DepartmentData, *, id: str, at: datetime) -> "Department":
        """Add one without administrators. Raises ``DepartmentInvalid``."""
        refuse_if(DepartmentInvalid, department_violations(data))
        made = cls(id=id, data=data)
        made._record(DepartmentChanged(at=at, department=id))
        return made

    @property
    def data(self) -> DepartmentData:
        """What is known of it."""
        return self._data

    @property
    def administrators(self) -> frozenset[str]:
        """Ids of the users who administer it."""
        return self._administrators

    @property
    def enabled(self) -> bool:
        """Whether it is in use (启用)."""
        return self._enabled

    @property
    def deleted(self) -> bool:
        """Whether it was deleted."""
        return self._deleted_at is not None

    def works_on(self, day: date) -> bool:
        """Tell whether its members may work for it: in use, and its agreement in force."""
        since, until = self._data.agreed_from, self._data.agreed_to
        in_force = (since is None or since <= day) and (until is None or day <= until)
        return self._enabled and not self.deleted and in_force

    def change(self, data: DepartmentData, *, at: datetime) -> None:
        """Describe it anew. Raises ``DepartmentInvalid``, ``DepartmentLocked``."""
        self._require_living()
        refuse_if(DepartmentInvalid, department_violations(data))
        self._data = data
        self._record(DepartmentChanged(at=at, department=self.id))

    def appoint(self, administrators: frozenset[str], *, at: datetime) -> None:
        """Let exactly these users administer it. Raises ``DepartmentLocked``."""
        self._require_living()
        self._administrators = administrators
        self._record(DepartmentChanged(at=at, department=self.id))

    def switch(self, *, enabled: bool, at: datetime) -> None:
        """Take it into use or out of it. Raises ``DepartmentLocked``."""
        self._require_living()
        self._enabled = enabled
        self._record(DepartmentChanged(at=at, department=self.id))

    def delete(self, *, at: datetime) -> None:
        """Delete it, logically. Raises ``DepartmentLocked`` the second time."""
        self._require_living()
        self._deleted_at = at
        self._record(DepartmentChanged(at=at, department=self.id))

    def _require_living(self) -> None:
        if self.deleted:
            raise DepartmentLocked((Violation("identity.department_deleted"),))
