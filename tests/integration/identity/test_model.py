"""S2: who may do and reach what, after any sequence of changes, as a model of thirty lines says.

The application is the use cases on SQLite, asked by two processes that keep what they read; the
model recomputes everything from sets at each step. ``nox -s identity-model`` walks 20,000 steps.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from adapters.memory.identity import FixedCatalogue
from adapters.sql.engine import open_engine
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing import Sealing
from adapters.system import SystemIds
from supervision_core.identity.model import (
    Actor,
    DataScope,
    GrantForbidden,
    Group,
    HolderKind,
    Membership,
    Role,
)
from supervision_core.identity.ports import (
    Departments,
    Groups,
    PermissionCatalogue,
    Roles,
    Users,
)
from supervision_core.identity.services import Commands, Work, use_case
from supervision_core.identity.services.access import (
    AssignRoles,
    ChangeRole,
    GrantPermission,
    RevokePermission,
    assign_roles,
    change_role,
    grant,
    revoke,
)
from supervision_core.identity.services.actors import Actors
from supervision_core.identity.services.keeping import keep
from supervision_core.identity.services.users import (
    ChangeUser,
    SwitchUser,
    change_user,
    switch_user,
)
from supervision_core.kernel.ports import Clock
from supervision_core.testing.directory import a_department, a_user
from supervision_core.testing.identity import NOON

STEPS = int(os.environ.get("SUPERVISION_MODEL_STEPS", "100"))
EACH = 50
TREE = {"d-0": "", "d-1": "d-0", "d-2": "d-1", "d-3": "d-0"}
PEOPLE = ("u-1a", "u-2a", "u-3a")
ROLES, GROUPS = ("r-1", "r-2"), ("g-1", "g-2")
REGIONS = ("450000", "450100", "450103")
DUTY = {"identity.grant": "security", "audit.search": "audit"}
NAMES = ("tasks.close", "plans.publish", "clues.triage", *DUTY)
HOLDERS = st.one_of(
    st.tuples(st.just(HolderKind.USER), st.sampled_from(PEOPLE)),
    st.tuples(st.just(HolderKind.ROLE), st.sampled_from(ROLES)),
    st.tuples(st.just(HolderKind.GROUP), st.sampled_from(GROUPS)),
    st.tuples(st.just(HolderKind.DEPARTMENT), st.sampled_from(sorted(TREE))),
)
ROOT = Actor(
    user="root",
    department="",
    scope=DataScope(region="450000"),
    permissions=frozenset({"identity.*", "testing.*"}),
)


class Still(Clock):
    """Stands still."""

    def now(self) -> Any:
        """Give noon."""
        return NOON


@use_case("testing.set_up")
def set_up(work: Work, cmd: str) -> str:
    """Keep the departments, people, roles and groups of the model."""
    kept: list[tuple[type[Any], Any]] = [
        (Departments, a_department(one, parent)) for one, parent in TREE.items()
    ]
    kept += [(Users, a_user(one, "d-2")) for one in PEOPLE]
    kept += [(Roles, Role.add(id=one, name=one, department="")) for one in ROLES]
    kept += [(Groups, Group.add(id=one, name=one, department="")) for one in GROUPS]
    for port, root in kept:
        keep(work, port, root)
    return cmd


def duties(permissions: set[str]) -> set[str]:
    """Give the duties of administration among them."""
    return {DUTY[one] for one in permissions if one in DUTY}


class Model:
    """The rules of access, said a second time over plain sets."""

    def __init__(self) -> None:
        """Begin with nothing granted, everybody in d-2."""
        self.granted: dict[tuple[str, str], set[str]] = {}
        self.roles: dict[tuple[str, str], frozenset[str]] = {}
        self.groups: dict[str, frozenset[str]] = {}
        self.used = dict.fromkeys(ROLES, True)
        self.active = dict.fromkeys(PEOPLE, True)
        self.members: dict[str, tuple[str, ...]] = dict.fromkeys(PEOPLE, ("d-2",))

        self.inherits, self.coordinates = dict.fromkeys(TREE, False), dict.fromkeys(TREE, False)
        self.region = dict.fromkeys(TREE, "450100")

    def sources(self, user: str) -> Iterator[tuple[str, str]]:
        """Give every holder whose grants count for ``user``."""
        yield "user", user
        groups = self.groups.get(user, frozenset())
        yield from (("group", one) for one in groups)
        for holder in (("user", user), *(("group", one) for one in groups)):
            yield from (("role", one) for one in self.roles.get(holder, ()) if self.used[one])
        for department in self.members[user]:
            at = department
            while at:
                yield "department", at
                at = TREE[at] if self.inherits[at] else ""

    def permissions(self, user: str) -> set[str]:
        """Give what ``user`` may do."""
        found = {name for one in set(self.sources(user)) for name in self.granted.get(one, ())}
        return {one for one in found if one not in DUTY} if len(duties(found)) > 1 else found

    def scope(self, department: str) -> DataScope:
        """Give what whoever works for ``department`` reaches."""
        below = {department}
        for _ in TREE:
            below |= {one for one, parent in TREE.items() if parent in below}
        owners = frozenset() if self.coordinates[department] else frozenset(below)
        return DataScope(region=self.region[department], departments=owners)


class Access(RuleBasedStateMachine):
    """Any sequence of changes; after each, both processes say what the model says."""

    template: Path
    sealing: Sealing

    def __init__(self) -> None:
        """Open a database of its own."""
        super().__init__()
        self.folder = TemporaryDirectory()
        path = Path(self.folder.name, "model.db")
        shutil.copy(self.template, path)
        self.engine = open_engine(f"sqlite:///{path}", sealing=self.sealing)
        catalogue = FixedCatalogue(frozenset(NAMES))
        self.transactions = sql_transactions(
            self.engine, {PermissionCatalogue: lambda _connection: catalogue}
        )
        self.commands = Commands(self.transactions, Still(), SystemIds())
        self.commands.run(set_up, "", actor=ROOT)
        self.model = Model()
        self.processes = (Actors(), Actors())

    def teardown(self) -> None:
        """Close it."""
        self.engine.dispose()
        self.folder.cleanup()

    def _run(self, case: Any, command: Any) -> None:
        self.commands.run(case, command, actor=ROOT)

    @rule(holder=HOLDERS, permission=st.sampled_from(NAMES))
    def grant(self, holder: tuple[HolderKind, str], permission: str) -> None:
        """Grant; two duties never meet in a sheet, nor in a person by his own sheet."""
        kind, name = holder
        command = GrantPermission(holder=kind, holder_id=name, permission=permission)
        own = self.model.granted.setdefault((kind.value, name), set())
        mixed = permission in DUTY and len(duties(own | {permission})) > 1
        if kind is HolderKind.USER:
            mixed |= len(duties(self.model.permissions(name) | {permission})) > 1
        if mixed:
            with pytest.raises(GrantForbidden):
                self._run(grant, command)
        else:
            self._run(grant, command)
            own.add(permission)

    @rule(holder=HOLDERS, permission=st.sampled_from(NAMES))
    def revoke(self, holder: tuple[HolderKind, str], permission: str) -> None:
        """Withdraw."""
        kind, name = holder
        self._run(revoke, RevokePermission(holder=kind, holder_id=name, permission=permission))
        self.model.granted.get((kind.value, name), set()).discard(permission)

    @rule(
        user=st.sampled_from(PEOPLE),
        roles=st.frozensets(st.sampled_from(ROLES)),
        groups=st.frozensets(st.sampled_from(GROUPS)),
    )
    def assign_user(self, user: str, roles: frozenset[str], groups: frozenset[str]) -> None:
        """Give a user exactly these roles and groups, unless duties would meet in him."""
        command = AssignRoles(holder=HolderKind.USER, holder_id=user, roles=roles, groups=groups)
        new_groups = groups - self.model.groups.get(user, frozenset())
        through = roles - self.model.roles.get(("user", user), frozenset())
        for one in new_groups:
            through |= self.model.roles.get(("group", one), frozenset())
        holders = [("group", one) for one in new_groups] + [("role", one) for one in through]
        given = {name for one in holders for name in self.model.granted.get(one, ())}
        if len(duties(self.model.permissions(user) | given)) > 1:
            with pytest.raises(GrantForbidden):
                self._run(assign_roles, command)
        else:
            self._run(assign_roles, command)
            self.model.roles["user", user], self.model.groups[user] = roles, groups

    @rule(group=st.sampled_from(GROUPS), roles=st.frozensets(st.sampled_from(ROLES)))
    def assign_group(self, group: str, roles: frozenset[str]) -> None:
        """Give a group exactly these roles."""
        command = AssignRoles(holder=HolderKind.GROUP, holder_id=group, roles=roles)
        self._run(assign_roles, command)
        self.model.roles["group", group] = roles

    @rule(role=st.sampled_from(ROLES), enabled=st.booleans())
    def use_role(self, role: str, *, enabled: bool) -> None:
        """Take a role into use or out of it."""
        self._run(change_role, ChangeRole(id=role, name=role, enabled=enabled))
        self.model.used[role] = enabled

    @rule(user=st.sampled_from(PEOPLE), enabled=st.booleans())
    def switch(self, user: str, *, enabled: bool) -> None:
        """Disable or enable a user."""
        self._run(switch_user, SwitchUser(user_id=user, enabled=enabled))
        self.model.active[user] = enabled

    @rule(
        user=st.sampled_from(PEOPLE),
        departments=st.lists(st.sampled_from(sorted(TREE)), min_size=1, max_size=3, unique=True),
    )
    def move(self, user: str, departments: list[str]) -> None:
        """Put a user into other departments."""
        with self.transactions.begin() as unit:
            draft = unit[Users].get(user).draft
        members = tuple(Membership(department=one) for one in departments)
        self._run(change_user, ChangeUser(user_id=user, draft=evolve(draft, memberships=members)))
        self.model.members[user] = tuple(departments)

    @rule(
        department=st.sampled_from(sorted(TREE)),
        inherits=st.booleans(),
        coordinates=st.booleans(),
    )
    def change(self, department: str, *, inherits: bool, coordinates: bool) -> None:
        """Let a department inherit or not, coordinate or not."""
        with self.transactions.begin() as unit:
            data = unit[Departments].get(department).data
        self._change(department, evolve(data, inherits=inherits, coordinates=coordinates))
        self.model.inherits[department] = inherits
        self.model.coordinates[department] = coordinates

    def _change(self, department: str, data: Any) -> None:
        with self.transactions.begin() as unit:
            root = unit[Departments].get(department)
            root.change(data, at=NOON)
            keep(Work(ROOT, NOON, SystemIds(), unit), Departments, root)
            unit.commit()

    @rule(department=st.sampled_from(sorted(TREE)), region=st.sampled_from(REGIONS))
    def settle(self, department: str, region: str) -> None:
        """Move a department to another region."""
        with self.transactions.begin() as unit:
            data = unit[Departments].get(department).data
        self._change(department, evolve(data, region=region))
        self.model.region[department] = region

    @invariant()
    def both_processes_say_what_the_model_says(self) -> None:
        """Permissions, region and departments; nobody where the user is disabled or no member."""
        for user in PEOPLE:
            for department in TREE:
                there = self.model.active[user] and department in self.model.members[user]
                for process in self.processes:
                    with self.transactions.begin_reading() as unit:
                        actor = process.of(unit, user, department, now=NOON)
                    if not there:
                        assert actor is None
                        continue
                    assert actor is not None
                    assert actor.permissions == self.model.permissions(user)
                    assert actor.scope == self.model.scope(department)


def test_access_is_what_the_model_says(migrated_sqlite_file: Path, sealing: Sealing) -> None:
    """Grants, roles, groups, departments, scopes and disabling, in any order."""
    Access.template, Access.sealing = migrated_sqlite_file, sealing
    run_state_machine_as_test(
        Access,
        settings=settings(
            max_examples=max(1, STEPS // EACH),
            stateful_step_count=EACH,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_model_catches_a_process_that_goes_on_with_what_it_knew(
    migrated_sqlite_file: Path, sealing: Sealing
) -> None:
    """Negative control: a change that begins no epoch is seen within one step."""
    Access.template, Access.sealing = migrated_sqlite_file, sealing
    walk = Access()
    try:
        walk.grant((HolderKind.USER, "u-1a"), "tasks.close")
        walk.both_processes_say_what_the_model_says()
        with walk.transactions.begin() as unit:
            user = unit[Users].get("u-1a")
            user.switch(enabled=False, at=NOON)
            unit[Users].save(user)
            unit.commit()
        walk.model.active["u-1a"] = False
        with pytest.raises(AssertionError):
            walk.both_processes_say_what_the_model_says()
    finally:
        walk.teardown()
