"""Roles that come with the product, handed out and kept up to date."""

from collections.abc import Mapping
from typing import Any

import pytest
from attrs import evolve

from supervision_core.identity.lists import ROLES
from supervision_core.identity.model import (
    Actor,
    Delegation,
    GrantForbidden,
    HolderKind,
    PermissionDenied,
)
from supervision_core.identity.ports import Roles
from supervision_core.identity.roles import ShippedRole
from supervision_core.identity.services import UseCase
from supervision_core.identity.services.access import sheet_of
from supervision_core.identity.services.granting import (
    AddRole,
    ChangeRole,
    DelegateRoles,
    RevokePermission,
    ShipRoles,
    add_role,
    change_role,
    delegate_roles,
    revoke,
    ship_roles,
)
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest

CLERK = ShippedRole(code="clerk", title="经办", permissions=("tasks.claim", "tasks.close"))
HEAD = ShippedRole(code="head", title="管理", permissions=("identity.register_user",))


def _roles(world: Any) -> Mapping[str, tuple[str, frozenset[str]]]:
    """Give name and permissions of each role, by its code."""
    with world.transactions.begin() as unit:
        page = unit[Lists].page(ROLES, ListFilter(), PageRequest(size=100))
        roles = unit[Roles].find_many(one.id for one in page.items)
        return {
            one.code: (one.id, sheet_of(unit, HolderKind.ROLE, one.id).permissions) for one in roles
        }


def _holding(actor: Actor, case: UseCase[Any, Any]) -> Actor:
    return evolve(actor, permissions=actor.permissions | {case.permission})


def test_a_later_version_adds_and_takes_nothing_back(world: Any) -> None:
    """What was renamed, disabled or withdrawn stays; what is new comes, once, and is told."""
    assert world.run(ship_roles, ShipRoles(roles=(CLERK,))) == {}
    role, held = _roles(world)["clerk"]
    assert held == {"tasks.claim", "tasks.close"}
    world.run(change_role, ChangeRole(id=role, name="本地名称", enabled=False))
    withdrawn = RevokePermission(holder=HolderKind.ROLE, holder_id=role, permission="tasks.close")
    world.run(revoke, withdrawn)
    assert world.run(ship_roles, ShipRoles(roles=(CLERK,))) == {}
    newer = evolve(CLERK, permissions=(*CLERK.permissions, "plans.publish"))
    assert world.run(ship_roles, ShipRoles(roles=(newer, HEAD))) == {"clerk": ("plans.publish",)}
    assert world.run(ship_roles, ShipRoles(roles=(newer, HEAD))) == {}
    found = _roles(world)
    assert found["clerk"] == (role, frozenset({"tasks.claim", "plans.publish"}))
    assert set(found) == {"clerk", "head"}
    with world.transactions.begin() as unit:
        kept = unit[Roles].get(role)
    assert (kept.name, kept.enabled) == ("本地名称", False)


def test_roles_are_shipped_by_who_may_give_anything(world: Any) -> None:
    """An administrator of a department ships none, and none ships what there is not."""
    admin = _holding(world.administrator("admin", world.department("1")), ship_roles)
    with pytest.raises(PermissionDenied):
        world.run(ship_roles, ShipRoles(roles=(CLERK,)), admin)
    unknown = evolve(CLERK, permissions=("tasks.unheard_of",))
    with pytest.raises(GrantForbidden) as refusal:
        world.run(ship_roles, ShipRoles(roles=(unknown,)))
    assert [one.code for one in refusal.value.reasons] == ["identity.permission_unknown"]
    assert _roles(world) == {}


def test_all_roles_are_handed_on_in_one_step(world: Any) -> None:
    """可分配角色: every shared role in use, none of a duty, a department or disabled; not held."""
    top = world.department("1")
    world.user("aaa", top)
    world.run(ship_roles, ShipRoles(roles=(CLERK, HEAD)))
    own = world.run(add_role, AddRole(name="本机构", department=top))
    off = world.run(add_role, AddRole(name="停用"))
    world.run(change_role, ChangeRole(id=off, name="停用", enabled=False))
    other = world.run(add_role, AddRole(name="通用"))
    named = Delegation(role=own, department=top)
    command = DelegateRoles(user_id="aaa", delegations=(named,), every_role_in=frozenset({top}))
    world.run(delegate_roles, command)
    clerk, _ = _roles(world)["clerk"]
    with world.transactions.begin() as unit:
        sheet = sheet_of(unit, HolderKind.USER, "aaa")
    assert {one.role for one in sheet.delegations} == {clerk, other, own}
    assert world.access("aaa").permissions == set()
    admin = _holding(world.administrator("admin", top), delegate_roles)
    far = world.department("2")
    world.user("bbb", top)
    for where in (top, far):
        ask = DelegateRoles(user_id="bbb", every_role_in=frozenset({where}))
        with pytest.raises(GrantForbidden):
            world.run(delegate_roles, ask, admin)
