from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from attrs import evolve

from supervision_core.identity.model import (
    NOWHERE,
    SUPER,
    DataScope,
    Duty,
    GrantForbidden,
    HolderKind,
    SceneRole,
    SealBroken,
    region_contains,
)
from supervision_core.identity.ports import Users
from supervision_core.identity.services.access import actor_of
from supervision_core.identity.services.granting import (
    AddRole,
    AssignRoles,
    ChangeRole,
    GrantPermission,
    RevokePermission,
    add_group,
    add_role,
    assign_roles,
    change_role,
    grant,
    revoke,
)
from supervision_core.identity.services.users import SwitchUser, switch_user
from supervision_core.kernel.errors import DomainError, NotFound
from supervision_core.testing.identity import NOON

USER, ROLE, GROUP, DEPARTMENT = HolderKind


def _codes(kind: type[DomainError], act: Callable[[], object]) -> list[str]:
    with pytest.raises(kind) as caught:
        act()
    return [one.code for one in caught.value.reasons]


def _give(id: str, permission: str, kind: HolderKind = USER, **more: bool) -> GrantPermission:
    return GrantPermission(holder=kind, holder_id=id, permission=permission, **more)


@pytest.mark.function("F025")
def test_rights_come_from_roles_groups_departments_and_directly(world: Any) -> None:
    """角色授权、个人直接授权和组织授权的权限并集; below, by choice of the department."""
    top = world.department("1")
    below, apart = world.department("11", top, inherits=True), world.department("12", top)
    world.user("aaa", below)
    world.user("bbb", apart)
    role = world.run(add_role, AddRole(name="检查员"))
    group = world.run(add_group, AddRole(name="专班"))
    world.run(grant, _give(role, "tasks.claim", ROLE))
    world.run(grant, _give(top, "plans.publish", DEPARTMENT))
    world.run(grant, _give("aaa", "audit.search"))
    world.run(assign_roles, AssignRoles(holder=GROUP, holder_id=group, roles=frozenset({role})))
    world.run(assign_roles, AssignRoles(holder=USER, holder_id="aaa", groups=frozenset({group})))
    assert world.access("aaa").permissions == {"tasks.claim", "plans.publish", "audit.search"}
    assert world.access("aaa").duties == {Duty.AUDIT}
    assert world.access("bbb").permissions == set()


def test_an_administrator_grants_what_he_holds_and_may_pass_on(world: Any) -> None:
    """管理员只能将自己拥有的，并且允许再次分配的权限分配给管辖的组织."""
    one = world.department("1")
    admin = world.administrator("admin", one, "tasks.close")
    world.give(USER, "admin", "tasks.claim", passable=False)
    world.user("aaa", one)
    world.run(grant, _give("aaa", "tasks.close"), admin)
    world.run(grant, _give(one, "tasks.close", DEPARTMENT), admin)
    for permission, code in [
        ("tasks.claim", "identity.not_passable"),
        ("plans.publish", "identity.not_held"),
        ("tasks.*", "identity.not_held"),
    ]:
        act = _give("aaa", permission)
        assert _codes(GrantForbidden, partial(world.run, grant, act, admin)) == [code]
    assert world.access("aaa").permissions == {"tasks.close"}
    assert world.access("aaa").passable == set()


def test_nobody_grants_outside_his_area_or_to_himself(world: Any) -> None:
    """Foreign means absent; and no own change is ever one's own decision, by whatever way."""
    one, two = world.department("1"), world.department("2")
    admin = world.administrator("admin", one, "tasks.close")
    world.user("far", two)
    foreign_role = world.run(add_role, AddRole(name="他", department=two))
    for act in (
        _give("far", "tasks.close"),
        _give(two, "tasks.close", DEPARTMENT),
        _give(foreign_role, "tasks.close", ROLE),
    ):
        assert _codes(NotFound, partial(world.run, grant, act, admin)) == ["not_found"]
    role = world.run(add_role, AddRole(name="己", department=one), admin)
    world.run(assign_roles, AssignRoles(holder=USER, holder_id="admin", roles=frozenset({role})))
    for act in (
        _give("admin", "tasks.close"),
        _give(role, "tasks.close", ROLE),
    ):
        assert _codes(GrantForbidden, partial(world.run, grant, act, admin)) == [
            "identity.own_access"
        ]
    own = AssignRoles(holder=USER, holder_id="admin")
    assert _codes(GrantForbidden, lambda: world.run(assign_roles, own, admin)) == [
        "identity.own_access"
    ]


def test_assigning_a_role_hands_on_all_it_holds(world: Any) -> None:
    """A role is no way round the rule: every permission in it must be the assigner's to pass on."""
    one = world.department("1")
    admin = world.administrator("admin", one, "tasks.close")
    world.user("aaa", one)
    role = world.run(add_role, AddRole(name="强", department=one))
    world.give(ROLE, role, "tasks.close", "plans.publish")
    group = world.run(add_group, AddRole(name="组", department=one))
    world.run(assign_roles, AssignRoles(holder=GROUP, holder_id=group, roles=frozenset({role})))
    for act in (
        AssignRoles(holder=USER, holder_id="aaa", roles=frozenset({role})),
        AssignRoles(holder=USER, holder_id="aaa", groups=frozenset({group})),
    ):
        assert _codes(GrantForbidden, partial(world.run, assign_roles, act, admin)) == [
            "identity.not_held"
        ]
    wrong = AssignRoles(holder=DEPARTMENT, holder_id=one, roles=frozenset({role}))
    assert _codes(GrantForbidden, lambda: world.run(assign_roles, wrong)) == [
        "identity.holder_takes_no_roles"
    ]


def test_whoever_is_disabled_gets_no_second_duty_either(world: Any) -> None:
    """三员分立: what a disabled user holds counts, for he may be enabled again."""
    world.user("aaa", world.department("1"))
    world.run(grant, _give("aaa", "identity.grant"))
    world.change(Users, "aaa", lambda one: one.switch(enabled=False, at=NOON))
    role = world.run(add_role, AddRole(name="审计"))
    world.run(grant, _give(role, "audit.search", ROLE))
    assign = AssignRoles(holder=USER, holder_id="aaa", roles=frozenset({role}))
    for act in (
        partial(world.run, grant, _give("aaa", "audit.search")),
        partial(world.run, assign_roles, assign),
    ):
        assert _codes(GrantForbidden, act) == ["identity.duties_not_separate"]


def test_no_one_gets_a_second_duty(world: Any) -> None:
    """三员分立: refused when granted or assigned; should rows say so all the same, he has none."""
    one = world.department("1")
    world.user("aaa", one)
    world.run(grant, _give("aaa", "identity.grant"))
    world.run(grant, _give("aaa", "tasks.close"))
    assert _codes(GrantForbidden, lambda: world.run(grant, _give("aaa", "audit.search"))) == [
        "identity.duties_not_separate"
    ]
    role = world.run(add_role, AddRole(name="审计"))
    world.run(grant, _give(role, "audit.search", ROLE))
    assign = AssignRoles(holder=USER, holder_id="aaa", roles=frozenset({role}))
    assert _codes(GrantForbidden, lambda: world.run(assign_roles, assign)) == [
        "identity.duties_not_separate"
    ]
    world.give(DEPARTMENT, one, "audit.search")
    assert world.access("aaa").permissions == {"tasks.close"}


def test_a_super_administrator_grants_everything_everywhere_but_has_one_duty(world: Any) -> None:
    """超级管理员: all departments, all permissions, yet no second duty, and nothing to himself."""
    home, far = world.department("1"), world.department("2")
    world.user("chief", home)
    world.user("aaa", far)
    world.run(grant, _give("chief", "identity.grant"))
    world.run(grant, _give("chief", SUPER))
    access = world.access("chief")
    assert access.duties == {Duty.SECURITY}
    chief = evolve(world.root, user="chief", permissions=access.permissions)
    world.run(grant, _give("aaa", "plans.publish"), chief)
    assert world.access("aaa").permissions == {"plans.publish"}
    for act in (_give("chief", "plans.publish"), _give(home, "plans.publish", DEPARTMENT)):
        assert _codes(GrantForbidden, partial(world.run, grant, act, chief)) == [
            "identity.own_access"
        ]


def test_what_no_use_case_is_called_cannot_be_granted(world: Any) -> None:
    """The catalogue is the names of the use cases, and their contexts."""
    world.user("aaa", world.department("1"))
    world.run(grant, _give("aaa", "tasks.*"))
    for unknown in ("tasks.fly", "nothing.*", "*"):
        act = _give("aaa", unknown)
        assert _codes(GrantForbidden, partial(world.run, grant, act)) == [
            "identity.permission_unknown"
        ]


def test_revocation_takes_effect_on_the_next_request(world: Any) -> None:
    """Withdrawn, role out of use, user disabled: what is asked next sees it."""
    world.user("aaa", world.department("1"))
    role = world.run(add_role, AddRole(name="检查员"))
    world.run(grant, _give(role, "tasks.claim", ROLE))
    world.run(grant, _give("aaa", "tasks.close"))
    world.run(assign_roles, AssignRoles(holder=USER, holder_id="aaa", roles=frozenset({role})))
    assert world.access("aaa").permissions == {"tasks.claim", "tasks.close"}
    withdraw = RevokePermission(holder=USER, holder_id="aaa", permission="tasks.close")
    assert world.run(revoke, withdraw) is True
    assert world.run(revoke, withdraw) is False
    assert world.access("aaa").permissions == {"tasks.claim"}
    world.run(change_role, ChangeRole(id=role, name="检查员", enabled=False))
    assert world.access("aaa").permissions == set()
    world.run(change_role, ChangeRole(id=role, name="检查员"))
    world.run(switch_user, SwitchUser(user_id="aaa", enabled=False))
    assert world.access("aaa").permissions == set()


@pytest.mark.parametrize(
    ("table", "key", "old", "new"),
    [
        ("grant_sheet", "user/aaa", "tasks.claim", "plans.publish"),
        ("grant_sheet", "user/aaa", '"passable": false', '"passable": true'),
        ("user", "aaa", '"_deleted_at": null', '"_deleted_at": "2026-11-24T04:00:00+00:00"'),
        ("department", "{one}", '"inherits": false', '"inherits": true'),
        ("department", "{one}", '"version": 1', '"version": 2'),
    ],
)
def test_a_row_changed_behind_the_seal_denies(
    world: Any, table: str, key: str, old: str, new: str
) -> None:
    """Whoever writes permissions into the database without the key gets nothing but an alarm."""
    one = world.department("1")
    world.user("aaa", one)
    world.run(grant, _give("aaa", "tasks.claim"))
    rows, key = world.store.texts[table], key.format(one=one)
    assert old in rows[key]
    rows[key] = rows[key].replace(old, new)
    assert _codes(SealBroken, lambda: world.access("aaa")) == ["identity.seal_broken"]


def test_a_sheet_moved_to_another_holder_denies(world: Any) -> None:
    """A seal holds for one row: transplanted grants and seals are no grants."""
    one = world.department("1")
    for account in ("aaa", "bbb"):
        world.user(account, one)
    world.run(grant, _give("aaa", "tasks.claim"))
    texts = world.store.texts
    moved = texts["grant_sheet"]["user/aaa"].replace("user/aaa", "user/bbb")
    texts["grant_sheet"]["user/bbb"] = moved
    texts["seal"]["grant_sheet/user/bbb"] = texts["seal"]["grant_sheet/user/aaa"]
    assert _codes(SealBroken, lambda: world.access("bbb")) == ["identity.seal_broken"]


def test_an_actor_reaches_his_department_and_below(world: Any) -> None:
    """Staff: the department's region and subtree; firms: what concerns them, and no region."""
    top = world.department("1")
    below = world.department("11", top)
    world.user("aaa", top)
    with world.transactions.begin() as unit:
        user = unit[Users].get("aaa")
        scope = actor_of(unit, user, top, world.access("aaa")).scope
        assert (scope.region, scope.departments) == ("450100", frozenset({top, below}))
        user._extended = evolve(user.extended, kind="enterprise", party="f-1")
        scope = actor_of(unit, user, top, world.access("aaa")).scope
        assert scope == DataScope(region=NOWHERE, role=SceneRole.ENTERPRISE, party="f-1")
        assert not region_contains(scope.region, "450100")
