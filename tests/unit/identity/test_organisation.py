"""统一组织架构接入: what is taken in of the existing platform, and what never is."""

from typing import Any

import pytest
from attrs import evolve

from supervision_core.identity.model import (
    SUPER,
    Actor,
    DataScope,
    GrantForbidden,
    HolderKind,
    PermissionDenied,
    ToldDepartment,
    ToldPost,
    ToldRole,
    ToldUser,
    User,
    downwards,
    duties_of,
)
from supervision_core.identity.ports import CredentialsStore, Departments, GrantSheets, Users
from supervision_core.identity.services.departments import DeleteDepartment, delete_department
from supervision_core.identity.services.granting import (
    AddRole,
    AssignRoles,
    GrantPermission,
    add_role,
    assign_roles,
    grant,
)
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.organisation import (
    SynchroniseDirectory,
    synchronise_directory,
)
from supervision_core.identity.services.told_roles import (
    ListToldRoles,
    SynchroniseRoles,
    TieRole,
    list_told_roles,
    synchronise_roles,
    tie_role,
)
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.kernel.errors import NotFound
from supervision_core.testing.identity import NOON, full_draft

from .conftest import ROOT, World

NUMBER = complete_identity_card("45010319880101004")
TOP = ToldDepartment(id="1", name="示例局", code="A", region="450000")
CITY = ToldDepartment(id="2", name="南宁示例局", code="A-1", region="450100", parent="1")
LI = ToldUser(
    id="7", account="li.moni", name="李模拟", phone="13900000021", document_number=NUMBER,
    posts=(ToldPost(department="2", post="科长"), ToldPost(department="1")), roles=("r1", "r2"),
)  # fmt: skip


def sync(world: World, *told: ToldDepartment | ToldUser, actor: Actor = ROOT) -> dict[str, Any]:
    """Take in departments and users; give the counts that are not 0 and what was refused."""
    command = SynchroniseDirectory(
        departments=tuple(one for one in told if isinstance(one, ToldDepartment)),
        users=tuple(one for one in told if isinstance(one, ToldUser)),
    )
    return _said(world.run(synchronise_directory, command, actor))


def sync_roles(world: World, *told: ToldRole | ToldUser, actor: Actor = ROOT) -> dict[str, Any]:
    """Take in roles and who has them."""
    command = SynchroniseRoles(
        roles=tuple(one for one in told if isinstance(one, ToldRole)),
        users=tuple(one for one in told if isinstance(one, ToldUser)),
    )
    return _said(world.run(synchronise_roles, command, actor))


def _said(answer: Any) -> dict[str, Any]:
    counts = {name: count for name, count in answer.items() if name != "refused" and count}
    refused = [(one["id"], one["code"]) for one in answer["refused"]]
    return {**counts, "refused": refused} if refused else counts


def user(world: World, account: str = "li.moni") -> User:
    """Give a user by his account."""
    with world.transactions.begin() as unit:
        found = unit[Users].find_by_account(account)
    assert found is not None
    return found


def code_of(world: World, department: str) -> str:
    """Give a department's code."""
    with world.transactions.begin() as unit:
        return unit[Departments].get(department).data.code


@pytest.mark.function("F218", surface="library")
def test_departments_and_users_are_taken_in_once(world: World) -> None:
    """同步机构、用户、兼职: in any order; told again nothing changes; changes are followed."""
    assert sync(world, CITY, TOP, LI) == {"added": 3}
    found = user(world)
    assert [code_of(world, one.department) for one in found.memberships] == ["A-1", "A"]
    assert found.memberships[0].post == "科长"
    assert found.person.document_number == NUMBER
    assert sync(world, CITY, TOP, LI) == {"same": 3}
    moved = evolve(LI, account="li.moni2", phone="", posts=(ToldPost(department="1"),))
    assert sync(world, evolve(CITY, name="改名局"), moved) == {"changed": 2}
    changed = user(world, "li.moni2")
    assert (changed.id, changed.account.phone) == (found.id, "13900000021")
    assert [code_of(world, one.department) for one in changed.memberships] == ["A"]
    assert sync(world, evolve(moved, enabled=False)) == {"changed": 1}
    assert not user(world, "li.moni2").active


def test_no_credential_and_no_permission_comes_with_a_user(world: World) -> None:
    """Who is told can do nothing here until somebody here says so."""
    sync(world, TOP, CITY, LI)
    found = user(world)
    assert world.access(found.id).permissions == frozenset()
    with world.transactions.begin() as unit:
        assert find(unit, CredentialsStore, found.id) is None


@pytest.mark.function("F218", surface="library")
def test_deletions_are_logical(world: World) -> None:
    """删除: the row stays, what is personal goes; a department only once it is empty."""
    sync(world, TOP, CITY, LI)
    found = user(world)
    gone = (evolve(TOP, deleted=True), evolve(CITY, deleted=True))
    not_empty = sync(world, *gone)
    assert not_empty == {
        "refused": [("2", "identity.department_not_empty"), ("1", "identity.department_not_empty")]
    }
    assert sync(world, evolve(LI, deleted=True)) == {"deleted": 1}
    with world.transactions.begin() as unit:
        kept = unit[Users].get(found.id)
    assert kept.deleted
    assert kept.person.document_number == ""
    assert sync(world, *gone) == {"deleted": 2}
    assert sync(world, *gone, evolve(LI, deleted=True)) == {"same": 3}
    assert sync(world, evolve(LI, id="8", deleted=True)) == {"same": 1}


@pytest.mark.function("F218", surface="library")
def test_conflicts_are_told_and_the_rest_goes_in(world: World) -> None:
    """冲突逐条说明: unknown parents, regions and departments, accounts of others, bad numbers."""
    world.department("B")
    world.user("taken", "id-0004")
    bad = (
        evolve(CITY, id="3", code="A-2", parent="99"),
        evolve(CITY, id="4", code="A-3", region="999999"),
        evolve(LI, id="8", account="taken"),
        evolve(LI, id="9", account="ok1", posts=(ToldPost(department="99"),)),
        evolve(LI, id="10", account="ok2", document_number="1"),
        evolve(LI, id="11", account="?"),
    )
    said = sync(world, TOP, *bad, CITY, LI)
    assert said["added"] == 3
    assert said["refused"] == [
        ("3", "identity.told_department_unknown"),
        ("4", "identity.region_unknown"),
        ("8", "identity.told_account_taken"),
        ("9", "identity.told_department_unknown"),
        ("10", "kernel.identity_card_length"),
        ("11", "identity.account_form"),
    ]


def test_what_is_here_already_is_bound_and_not_doubled(world: World) -> None:
    """A department by its code, a user by account and number both: never by the account alone."""
    here = world.department("A-1")
    draft = full_draft("li.moni", here)
    person = evolve(draft.person, document_number=NUMBER)
    with world.transactions.begin() as unit:
        unit[Users].save(User.register(evolve(draft, person=person), id="li", at=NOON))
        unit.commit()
    impostor = evolve(LI, document_number="")
    assert sync(world, TOP, CITY, impostor)["refused"] == [("7", "identity.told_account_taken")]
    world.change(Users, "li", lambda _: None)
    assert sync(world, CITY, LI) == {"changed": 1, "same": 1}
    assert user(world).id == "li"
    assert user(world).account.mail == draft.account.mail
    assert code_of(world, here) == "A-1"


def test_an_administrator_is_not_touched(world: World) -> None:
    """三员: neither phone nor state of an administrator changes by what the platform tells."""
    sync(world, TOP, CITY, LI)
    world.give(HolderKind.USER, user(world).id, "identity.grant")
    for told in (evolve(LI, phone="13900000099"), evolve(LI, enabled=False),
                 evolve(LI, deleted=True)):  # fmt: skip
        assert sync(world, told) == {"refused": [("7", "identity.told_administrator")]}
    assert sync(world, LI) == {"same": 1}


def test_what_was_deleted_here_is_not_brought_back(world: World) -> None:
    """A department that an administrator deleted stays so, and is told every time."""
    sync(world, TOP, CITY)
    with world.transactions.begin() as unit:
        city = unit[Departments].find_by_code("A-1")
    assert city is not None
    world.run(delete_department, DeleteDepartment(department_id=city.id))
    said = sync(world, evolve(CITY, name="改名局"))
    assert said == {"refused": [("2", "identity.department_deleted")]}


def role(world: World, *permissions: str) -> str:
    """Add a role that holds these."""
    made = world.run(add_role, AddRole(name="检查员"))
    for one in permissions:
        command = GrantPermission(holder=HolderKind.ROLE, holder_id=made, permission=one)
        world.run(grant, command)
    return made


@pytest.mark.function("F218", surface="library")
def test_a_role_gives_what_an_administrator_tied_it_to(world: World) -> None:
    """用户角色关系: untied it gives nothing; tied, what is held here; taken there, taken here."""
    sync(world, TOP, CITY, LI)
    ours, by_hand = role(world, "tasks.close"), role(world, "tasks.claim")
    roles = (ToldRole(id="r1", name="检查人员"), ToldRole(id="r2", name="统计人员"))
    assert sync_roles(world, *roles, LI) == {"added": 2, "same": 1}
    assert world.access(user(world).id).permissions == frozenset()
    told = world.commands.ask(list_told_roles, ListToldRoles(), actor=ROOT)
    assert [(one.told_role, one.name, one.role_id) for one in told] == [
        ("r1", "检查人员", ""), ("r2", "统计人员", ""),
    ]  # fmt: skip
    world.run(tie_role, TieRole(told_role="r1", role_id=ours))
    assert world.access(user(world).id).permissions == frozenset()
    assert sync_roles(world, *roles, LI) == {"changed": 1, "same": 2}
    assert world.access(user(world).id).permissions == {"tasks.close"}
    command = AssignRoles(
        holder=HolderKind.USER, holder_id=user(world).id, roles=frozenset({ours, by_hand})
    )
    world.run(assign_roles, command)
    assert sync_roles(world, evolve(LI, roles=())) == {"changed": 1}
    assert world.access(user(world).id).permissions == {"tasks.claim"}
    world.run(tie_role, TieRole(told_role="r2", role_id=by_hand))
    assert sync_roles(world, LI) == {"changed": 1}
    world.run(tie_role, TieRole(told_role="r1"))
    assert sync_roles(world, LI) == {"changed": 1}
    assert sync_roles(world, evolve(roles[1], deleted=True), LI) == {"deleted": 1, "same": 1}
    assert world.access(user(world).id).permissions == {"tasks.claim"}


def test_the_platform_makes_no_administrator(world: World) -> None:
    """A role of an administrator's duty is never tied, nor given where it got the duty later."""
    sync(world, TOP, CITY, LI)
    sync_roles(world, ToldRole(id="r1", name="检查人员"))
    duty, later = role(world, "identity.register_user"), role(world)
    with pytest.raises(GrantForbidden) as refused:
        world.run(tie_role, TieRole(told_role="r1", role_id=duty))
    assert [one.code for one in refused.value.reasons] == ["identity.tied_role_of_duty"]
    world.run(tie_role, TieRole(told_role="r1", role_id=later))
    world.give(HolderKind.ROLE, later, "identity.grant")
    assert sync_roles(world, LI) == {"refused": [("7", "identity.tied_role_of_duty")]}
    with world.transactions.begin() as unit:
        assert unit[GrantSheets].find_many([f"user/{user(world).id}"]) == []
    with pytest.raises(NotFound):
        world.run(tie_role, TieRole(told_role="unknown", role_id=later))
    assert sync_roles(world, evolve(LI, id="99")) == {
        "refused": [("99", "identity.told_user_unknown")]
    }


def test_two_duties_synchronise_apart(world: World) -> None:
    """三员分立: who maintains users ties no role and gives none, and the other way round."""
    names = ("synchronise_directory", "synchronise_roles", "tie_role", "list_told_roles")
    found = [sorted(duties_of(f"identity.{one}")) for one in names]
    assert found == [["system"], ["security"], ["security"], []]
    system = evolve(ROOT, permissions=frozenset({"identity.synchronise_directory", SUPER}))
    assert sync(world, TOP, CITY, LI, actor=system) == {"added": 3}
    with pytest.raises(PermissionDenied):
        sync_roles(world, LI, actor=system)


def test_only_who_reaches_everything_synchronises(world: World) -> None:
    """A city's administrator takes nothing in for the whole region."""
    city = evolve(ROOT, scope=DataScope(region="450100", departments=frozenset({"d"})))
    with pytest.raises(PermissionDenied):
        sync(world, TOP, actor=city)
    with pytest.raises(PermissionDenied):
        sync_roles(world, LI, actor=city)
    with pytest.raises(PermissionDenied):
        world.commands.ask(list_told_roles, ListToldRoles(), actor=city)


def test_departments_stand_behind_those_above_them() -> None:
    """Parents first, deleted ones last and from below; a ring is left for the rule to refuse."""
    ring = (evolve(TOP, id="8", parent="9"), evolve(TOP, id="9", parent="8"))
    gone = (evolve(TOP, id="5", deleted=True), evolve(TOP, id="6", parent="5", deleted=True))
    ordered = [one.id for one in downwards((CITY, *gone, TOP, *ring))]
    assert ordered.index("1") < ordered.index("2")
    assert ordered[-2:] == ["6", "5"]
    assert len(ordered) == 6
