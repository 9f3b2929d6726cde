"""A province in memory, with its administrators."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, TypeVar

import pytest
from attrs import field, frozen

from adapters.memory.directory_queries import (
    MemoryHolderQueries,
)
from adapters.memory.identity import IDENTITY_PORTS, FixedCatalogue
from adapters.memory.lists import MemoryLists
from adapters.memory.references import MemoryAsk
from adapters.memory.unit import MemoryStore, MemoryTransactions
from supervision_core.audit.model import AuditEntry, Outcome, target_of
from supervision_core.audit.ports import AuditLog
from supervision_core.identity.model import (
    Access,
    Actor,
    DataScope,
    Department,
    DepartmentData,
    GrantSheet,
    HolderKind,
    RegionContent,
    User,
    access_of,
    sheet_id,
)
from supervision_core.identity.ports import (
    Departments,
    DirectoryChange,
    DirectoryChanges,
    GrantSheets,
    HolderQueries,
    PermissionCatalogue,
    Users,
)
from supervision_core.identity.services import Commands, UseCase
from supervision_core.identity.services.access import picture_of
from supervision_core.identity.services.departments import AddDepartment, AddRegion
from supervision_core.identity.services.departments import add_department as add_department_case
from supervision_core.identity.services.departments import add_region as add_region_case
from supervision_core.kernel.listing import Lists
from supervision_core.kernel.ports import Clock, Ids, UnitOfWork
from supervision_core.kernel.registers import Ask
from supervision_core.testing.identity import NOON, full_draft

Cmd = TypeVar("Cmd")
Answer = TypeVar("Answer")
NAMES = frozenset({"tasks.close", "tasks.claim", "plans.publish", "audit.search"}) | {
    f"identity.{verb}" for verb in ("grant", "register_user", "add_department")
}
ROOT = Actor(
    user="root",
    department="",
    scope=DataScope(region="450000"),
    permissions=frozenset({"identity.*"}),
)


@frozen
class Still(Clock):
    """Stands still."""

    def now(self) -> Any:
        """Give noon."""
        return NOON


@frozen
class Numbered(Ids):
    """Counts."""

    numbers: Iterator[int] = field(factory=lambda: count(1))

    def next_id(self) -> str:
        """Give the next number."""
        return f"id-{next(self.numbers):04}"


class World:
    """The directory of one installation, as a test uses it."""

    def __init__(self) -> None:
        """Start empty."""
        self.store = MemoryStore()
        self.root = ROOT
        self.transactions = MemoryTransactions(
            self.store,
            {
                **IDENTITY_PORTS,
                HolderQueries: MemoryHolderQueries,
                Lists: MemoryLists,
                Ask: MemoryAsk,
                PermissionCatalogue: lambda _: FixedCatalogue(NAMES),
            },
        )
        self.commands = Commands(self.transactions, Still(), Numbered())

    def run(self, case: UseCase[Cmd, Answer], cmd: Cmd, actor: Actor = ROOT) -> Answer:
        """Carry out a command."""
        return self.commands.run(case, cmd, actor=actor)

    def region(self, code: str, name: str, parent: str) -> str:
        """Add a region."""
        level = "province" if not parent else "city" if code.endswith("00") else "county"
        content = RegionContent(code=code, name=name, level=level, parent=parent)
        return self.run(add_region_case, AddRegion(content=content))

    def department(self, code: str, parent: str = "", *, inherits: bool = False) -> str:
        """Add a department of Nanning."""
        data = DepartmentData(
            name=f"机构{code}", code=code, region="450100", parent=parent, inherits=inherits
        )
        return self.run(add_department_case, AddDepartment(data=data))

    def change(self, kind: type[Any], id: str, verb: Callable[[Any], object]) -> None:
        """Change an aggregate past every rule of the use cases."""
        with self.transactions.begin() as unit:
            root = unit[kind].get(id)
            verb(root)
            self._save(unit, kind, root)

    def user(self, account: str, *departments: str) -> str:
        """Add a user."""
        with self.transactions.begin() as unit:
            user = User.register(full_draft(account, *departments), id=account, at=NOON)
            self._save(unit, Users, user)
        return account

    def give(self, kind: HolderKind, id: str, *permissions: str, passable: bool = True) -> None:
        """Grant past every rule of the use cases."""
        with self.transactions.begin() as unit:
            found = unit[GrantSheets].find_many([sheet_id(kind, id)])
            sheet = found[0] if found else GrantSheet.empty(kind, id)
            for one in permissions:
                sheet.grant(one, passable=passable, by="root", at=NOON)
            self._save(unit, GrantSheets, sheet)

    def _save(self, unit: UnitOfWork, kind: type[Any], root: Any) -> None:
        unit[kind].save(root)
        entry = AuditEntry(
            at=NOON,
            actor="root",
            department="",
            action="testing.save",
            outcome=Outcome.DONE,
            request="0" * 64,
            targets=(target_of(kind.kind, root.id, root.version),),
        )
        unit[AuditLog].append(entry)
        unit.commit()

    def administrator(self, account: str, department: str, *permissions: str) -> Actor:
        """Add a user who administers a department and holds permissions he may pass on."""
        self.user(account, department)
        if permissions:
            self.give(HolderKind.USER, account, *permissions)

        def appoint(found: Department) -> None:
            found.appoint(found.administrators | {account}, at=NOON)

        self.change(Departments, department, appoint)
        return Actor(
            user=account,
            department=department,
            scope=DataScope(region="450100"),
            permissions=frozenset(f"identity.{one}" for one in _VERBS),
        )

    def access(self, user: str) -> Access:
        """Give what a user may do now."""
        with self.transactions.begin() as unit:
            found = unit[Users].get(user)
            return access_of(found, picture_of(unit, found), on=NOON.date())

    def feed(self, after: int = 0, limit: int = 1000) -> list[DirectoryChange]:
        """Read the change feed."""
        with self.transactions.begin() as unit:
            return unit[DirectoryChanges].after(after, limit)


_VERBS = (
    "add_department", "change_department", "delete_department", "appoint_administrators",
    "add_region", "change_region", "delete_region", "register_user", "change_user",
    "switch_user", "delete_user", "order_users", "grant", "revoke", "assign_roles", "add_role",
    "add_group", "change_role", "change_group",
)  # fmt: skip


@pytest.fixture
def world() -> World:
    """Give a province with one city and one county."""
    made = World()
    made.region("450000", "广西壮族自治区", "")
    made.region("450100", "南宁市", "450000")
    made.region("450103", "青秀区", "450100")
    return made
