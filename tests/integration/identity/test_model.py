"""S2: who may do and reach what, after any sequence of changes, as a model of thirty lines says.

The application is the use cases over memory, SQLite and PostgreSQL, asked by two processes that
keep what they read; the model recomputes everything from sets at each step. ``nox -s
identity-model`` walks 500,000 steps.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from itertools import product
from math import ceil
from typing import Any, ClassVar

import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine

from adapters.memory.identity import FixedCatalogue
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.ports import sql_transactions
from adapters.system import SystemIds
from supervision_core.identity.model import (
    Actor,
    Credentials,
    DataScope,
    GrantForbidden,
    GrantSheet,
    Group,
    HolderKind,
    Membership,
    Role,
)
from supervision_core.identity.ports import (
    CredentialsStore,
    Departments,
    GrantSheets,
    Groups,
    PermissionCatalogue,
    Roles,
    Users,
)
from supervision_core.identity.services import Commands, Work, use_case
from supervision_core.identity.services.actors import Actors
from supervision_core.identity.services.granting import (
    AssignRoles,
    ChangeRole,
    GrantPermission,
    RevokePermission,
    assign_roles,
    change_role,
    grant,
    revoke,
)
from supervision_core.identity.services.keeping import keep
from supervision_core.identity.services.users import (
    ChangeUser,
    SwitchUser,
    change_user,
    switch_user,
)
from supervision_core.kernel.ports import Clock, Transactions
from supervision_core.testing.directory import a_department, a_user
from supervision_core.testing.identity import NOON

STEPS = int(os.environ.get("SUPERVISION_MODEL_STEPS", "400"))
SHARES = {"postgres": 3, "sqlite": 7, "memory": 90}
"""Of a hundred changes, how many go to each store: all three obey the same contract suites."""
PART, EACH = 5000, 100
"""The most changes of one search, and of one history that begins with nothing granted."""
WHOLE = 25
"""After so many changes everybody is compared, whoever was concerned."""
TREE = {"d-0": "", "d-1": "d-0", "d-2": "d-1", "d-3": "d-0"}
PEOPLE = ("u-1a", "u-2a", "u-3a")
ROLES, GROUPS = ("r-1", "r-2"), ("g-1", "g-2")
REGIONS = ("450000", "450100", "450103")
ABOUT_DUTIES = {"identity.duties_not_separate", "identity.last_of_duty"}
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


def catalogue(_unit: object) -> PermissionCatalogue:
    """Give the permissions that the walk grants."""
    return FixedCatalogue(frozenset(NAMES))


class Still(Clock):
    """Stands still."""

    def now(self) -> Any:
        """Give noon."""
        return NOON


@use_case("testing.set_up", "准备")
def set_up(work: Work, cmd: str) -> str:
    """Keep the departments, people, roles and groups of the model, and who keeps each duty."""
    kept: list[tuple[type[Any], Any]] = [
        (Departments, a_department(one, parent)) for one, parent in TREE.items()
    ]
    kept += [(Users, a_user(one, "d-2")) for one in PEOPLE]
    kept += [(Roles, Role.add(id=one, name=one, department="")) for one in ROLES]
    kept += [(Groups, Group.add(id=one, name=one, department="")) for one in GROUPS]
    for duty, name in DUTY.items():
        sheet = GrantSheet.empty(HolderKind.USER, f"k-{name}")
        sheet.grant(duty, passable=False, by="root", at=NOON)
        user = a_user(f"k-{name}", "d-0")
        credentials = Credentials(id=user.id, password="hash", changed_at=NOON)  # noqa: S106 - a hash
        kept += [(Users, user), (GrantSheets, sheet), (CredentialsStore, credentials)]
    for port, root in kept:
        keep(work, port, root)
    return cmd


def duties(permissions: frozenset[str] | set[str]) -> set[str]:
    """Give the duties of administration among them."""
    return {DUTY[one] for one in permissions if one in DUTY}


@frozen
class Answer:
    """What somebody at work for a department may do and reach."""

    permissions: frozenset[str]
    scope: DataScope


Pair = tuple[str, str]
PAIRS: tuple[Pair, ...] = tuple(product(PEOPLE, TREE))
"""Everybody at every department."""


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

    def duties(
        self,
        user: str,
        *,
        own: frozenset[str] = frozenset(),
        roles: frozenset[str] | None = None,
        groups: frozenset[str] | None = None,
    ) -> set[str]:
        """Give the duties that come to ``user`` from anywhere, in use or not, once changed so."""
        in_groups = self.groups.get(user, frozenset()) if groups is None else groups
        held = set(self.roles.get(("user", user), frozenset()) if roles is None else roles)
        held |= {role for one in in_groups for role in self.roles.get(("group", one), ())}
        places = [one for one in self.sources(user) if one[0] == "department"]
        holders = [("user", user), *(("group", one) for one in in_groups)]
        holders += [*(("role", one) for one in held), *places]
        return duties(own.union(*(self.granted.get(one, set()) for one in holders)))

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

    def answers(self) -> Mapping[Pair, Answer | None]:
        """Give what each is to be told at each department, ``None`` where he does not work."""
        may = {user: frozenset(self.permissions(user)) for user in PEOPLE}
        reach = {department: self.scope(department) for department in TREE}
        return {
            (user, at): Answer(may[user], reach[at])
            if self.active[user] and at in self.members[user]
            else None
            for user, at in PAIRS
        }


class Access(RuleBasedStateMachine):
    """Any sequence of changes; after each, both processes say what the model says."""

    store: ClassVar[Callable[[], AbstractContextManager[Transactions]]]
    walked: ClassVar[Counter[str]]

    def __init__(self) -> None:
        """Begin with a store of its own."""
        super().__init__()
        self.stack = ExitStack()
        self.transactions = self.stack.enter_context(type(self).store())
        self.commands = Commands(self.transactions, Still(), SystemIds())
        self.commands.run(set_up, "", actor=ROOT)
        self.model = Model()
        self.known: Mapping[Pair, Answer | None] = {}
        self.steps = 0
        self.processes = (Actors(), Actors())

    def teardown(self) -> None:
        """Leave the store."""
        self.stack.close()

    def _run(self, case: Any, command: Any) -> None:
        self.commands.run(case, command, actor=ROOT)

    def _done(self, case: Any, command: Any) -> bool:
        """Tell whether it was done: the rules on duties, proved elsewhere, may be against it."""
        against: set[str] = set()
        try:
            self._run(case, command)
        except GrantForbidden as refusal:
            against = {one.code for one in refusal.reasons}
        assert against <= ABOUT_DUTIES
        return not against

    @rule(holder=HOLDERS, permission=st.sampled_from(NAMES))
    def grant(self, holder: tuple[HolderKind, str], permission: str) -> None:
        """Grant; two duties never meet in a sheet, nor in a person by his own sheet."""
        kind, name = holder
        command = GrantPermission(holder=kind, holder_id=name, permission=permission)
        own = self.model.granted.setdefault((kind.value, name), set())
        mixed = permission in DUTY and len(duties(own | {permission})) > 1
        if kind is HolderKind.USER:
            after = self.model.duties(name, own=frozenset({permission}))
            mixed |= len(after) > 1 and after != self.model.duties(name)
        if mixed:
            with pytest.raises(GrantForbidden):
                self._run(grant, command)
        elif self._done(grant, command):
            own.add(permission)

    @rule(holder=HOLDERS, permission=st.sampled_from(NAMES))
    def revoke(self, holder: tuple[HolderKind, str], permission: str) -> None:
        """Withdraw."""
        kind, name = holder
        command = RevokePermission(holder=kind, holder_id=name, permission=permission)
        if self._done(revoke, command):
            self.model.granted.get((kind.value, name), set()).discard(permission)

    @rule(
        user=st.sampled_from(PEOPLE),
        roles=st.frozensets(st.sampled_from(ROLES)),
        groups=st.frozensets(st.sampled_from(GROUPS)),
    )
    def assign_user(self, user: str, roles: frozenset[str], groups: frozenset[str]) -> None:
        """Give a user exactly these roles and groups, unless duties would meet in him."""
        command = AssignRoles(holder=HolderKind.USER, holder_id=user, roles=roles, groups=groups)
        after = self.model.duties(user, roles=roles, groups=groups)
        if len(after) > 1 and after != self.model.duties(user):
            with pytest.raises(GrantForbidden):
                self._run(assign_roles, command)
        elif self._done(assign_roles, command):
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
        if self._done(switch_user, SwitchUser(user_id=user, enabled=enabled)):
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
            root.change(data, at=NOON, by="cli")
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
        """Permissions, region and departments; nobody where the user is disabled or no member.

        Both are asked about whoever's answer the step has changed by the model, one of them about
        somebody more, taken in turn, and both about everybody every ``WHOLE`` steps.
        """
        said = self.model.answers()
        changed = [one for one in PAIRS if self.known.get(one) != said[one]]
        whole = self.steps % WHOLE == 0
        for number, process in enumerate(self.processes):
            more = [PAIRS[self.steps // 2 % len(PAIRS)]] if self.steps % 2 == number else []
            with self.transactions.begin_reading() as unit:
                for user, department in PAIRS if whole else changed + more:
                    actor = process.of(unit, user, department, now=NOON)
                    found = actor and Answer(actor.permissions, actor.scope)
                    assert found == said[user, department], (user, department)
        self.walked["changes"] += self.steps > 0
        self.known, self.steps = said, self.steps + 1

    def stand_still(self, steps: int) -> None:
        """Compare as if so many changes had changed nothing."""
        for _ in range(steps):
            self.both_processes_say_what_the_model_says()


@contextmanager
def in_memory() -> Iterator[Transactions]:
    """Give an empty store in memory."""
    yield memory_transactions(MemoryStore(), {PermissionCatalogue: catalogue})


@contextmanager
def emptied(engine: Engine, empty: Callable[[Engine], None]) -> Iterator[Transactions]:
    """Give a database of which nothing is left but its tables."""
    empty(engine)
    yield sql_transactions(engine, {PermissionCatalogue: catalogue})


def use(kind: str, request: pytest.FixtureRequest) -> None:
    """Let walks go over memory, SQLite or PostgreSQL; count anew."""
    Access.store, Access.walked = in_memory, Counter()
    if kind != "memory":
        engine, empty = map(request.getfixturevalue, (f"{kind}_engine", "empty"))
        Access.store = partial(emptied, engine, empty)


def parts() -> Iterator[Any]:
    """Give walks of at most ``PART`` changes that make up the share of each store."""
    for kind, share in SHARES.items():
        changes = max(1, STEPS * share // 100)
        for number in range(ceil(changes / PART)):
            yield pytest.param(kind, min(PART, changes), id=f"{kind}-{number}")


@pytest.mark.parametrize(("kind", "changes"), [*parts()])
def test_access_is_what_the_model_says(
    kind: str, changes: int, request: pytest.FixtureRequest
) -> None:
    """Grants, roles, groups, departments, scopes and disabling, in any order."""
    use(kind, request)
    each = min(changes, EACH)
    while (left := changes - Access.walked["changes"]) > 0:  # a search may end some steps early
        run_state_machine_as_test(
            Access,
            settings=settings(
                max_examples=ceil(left / each),
                stateful_step_count=each,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                derandomize=STEPS <= PART,
            ),
        )
    sys.stdout.write(f"\n{Access.walked['changes']} changes on {kind}\n")


@pytest.mark.parametrize("kind", [*SHARES])
def test_the_model_catches_a_process_that_goes_on_with_what_it_knew(
    kind: str, request: pytest.FixtureRequest
) -> None:
    """Negative control: a change that begins no epoch is seen within one step."""
    use(kind, request)
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


@pytest.mark.parametrize("kind", [*SHARES])
def test_the_model_catches_more_than_was_granted(kind: str, request: pytest.FixtureRequest) -> None:
    """Negative control: what changes though the model sees no change is seen by ``WHOLE`` steps."""
    use(kind, request)
    walk = Access()
    try:
        walk.stand_still(3)
        command = GrantPermission(
            holder=HolderKind.USER, holder_id="u-3a", permission="tasks.close"
        )
        walk.commands.run(grant, command, actor=ROOT)
        with pytest.raises(AssertionError):
            walk.stand_still(WHOLE)
    finally:
        walk.teardown()
