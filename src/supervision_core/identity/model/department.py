"""The tree of departments."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import ClassVar, Final

from attrs import define, evolve, field, frozen

from supervision_core.identity.model.lengths import too_long
from supervision_core.kernel.codes.credit_code import check_credit_code
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.fields import said
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
    every department of the region; ``line`` is the business line that it belongs to (部门条线).
    Source: proposal 6.4.1.4 (2), 6.4.1.4.2.5, 6.4.2.3.4.
    """

    name: str = field(metadata=said("机构名称", example="南宁市市场监督管理局"))
    code: str = field(metadata=said("机构编码", example="450100-01"))
    region: str = field(metadata=said("行政区划代码", example="450100"))
    parent: str = field(default="", metadata=said("上级机构的编号，最上级为空", example="gx"))
    established_on: date | None = field(
        default=None, metadata=said("成立日期", example="2019-01-02")
    )
    licence: str = field(
        default="", metadata=said("证照的统一社会信用代码", example="91350100M000100Y43")
    )
    agreed_from: date | None = field(
        default=None, metadata=said("协议生效日期", example="2026-01-01")
    )
    agreed_to: date | None = field(
        default=None, metadata=said("协议失效日期", example="2028-12-31")
    )
    inherits: bool = field(default=False, metadata=said("是否沿用上级机构的授权", example=False))
    coordinates: bool = field(default=False, metadata=said("是否统筹本区划全部机构", example=False))
    order: int = field(default=0, metadata=said("排序号", example=1))
    short_name: str = field(default="", metadata=said("部门简称", example="南宁市监局"))
    line: str = field(default="", metadata=said("所属业务条线的编号", example="0123abcd"))


def department_violations(data: DepartmentData) -> tuple[Violation, ...]:
    """Give everything against ``data`` that shows without looking at other departments."""
    found = [
        Violation(f"identity.department_{name}_missing", name)
        for name in ("name", "code", "region")
        if not getattr(data, name).strip()
    ]
    found += too_long(
        {"name": (data.name, 200), "code": (data.code, 64), "short_name": (data.short_name, 40)}
    )
    found += not_one_line(
        {"name": data.name, "code": data.code, "region": data.region, "short_name": data.short_name}
    )
    if data.agreed_from and data.agreed_to and data.agreed_from > data.agreed_to:
        found.append(Violation("identity.agreement_reversed", "agreed_to"))
    if data.licence:
        found += (evolve(one, at="licence") for one in check_credit_code(data.licence))
    return tuple(found)


MOVES_LINGER: Final = timedelta(hours=72)
"""So long a move of a department gives nobody anything to say for who made it."""


@frozen(kw_only=True)
class FormerPlace:
    """Below what a department hung (``parent``) until somebody (``by``) moved it."""

    parent: str
    by: str
    at: datetime


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
    _former_places: tuple[FormerPlace, ...] = ()

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

    def alike_until(self, day: date) -> date:
        """Give the last day on which its members work if they do on ``day``, unchanged as it is."""
        since, until = self._data.agreed_from, self._data.agreed_to
        if since is not None and day < since:
            return since - timedelta(days=1)
        return date.max if until is None or until < day else until

    def parent_before(self, movers: Collection[str], *, at: datetime) -> str:
        """Give below what it hung before ``movers`` moved it within ``MOVES_LINGER``."""
        former = (
            one.parent
            for one in self._former_places
            if one.by in movers and at < one.at + MOVES_LINGER
        )
        return next(former, self._data.parent)

    def change(self, data: DepartmentData, *, at: datetime, by: str) -> None:
        """Describe it anew. Raises ``DepartmentInvalid``, ``DepartmentLocked``."""
        self._require_living()
        refuse_if(DepartmentInvalid, department_violations(data))
        if data.parent != self._data.parent:
            known = (one for one in self._former_places if at < one.at + MOVES_LINGER)
            left = FormerPlace(parent=self._data.parent, by=by, at=at)
            self._former_places = (*known, left)
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
