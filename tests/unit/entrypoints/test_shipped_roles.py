"""The roles that come with the product cover the catalogue, and nothing beyond it."""

from collections.abc import Mapping

import pytest
from attrs import evolve

from entrypoints import registered
from entrypoints.catalogue import InstalledPermissions, use_cases
from entrypoints.organising import SECOND_PERSON
from entrypoints.registered import declared, registers, shipped_roles
from supervision_core.identity.model import Duty, UserKind, duties_in, duties_of
from supervision_core.identity.roles import DUTY_ROLES, SHIPPED_ROLES, ShippedRole, to_ship
from supervision_core.kernel.verbs import Responsible, Verb
from supervision_core.tasks.model.sheet import TaskState

TITLES = (
    *("领导", "部门管理员", "任务管理员", "执法人员", "评审人员", "评价分析人员", "场景管理员"),
    *("检查单编制人员", "部门经办人员", "线索研判人员", "内容创作", "内容编辑", "内容发布"),
    *("三方机构负责人", "三方机构人员", "行业协会", "企业", "市民"),
    *("系统管理员", "安全管理员", "审计管理员"),
)
OF_PARTIES = {one.code: one for one in SHIPPED_ROLES if one.kind is not UserKind.STAFF}


def _uncovered(roles: tuple[ShippedRole, ...], catalogue: frozenset[str]) -> list[str]:
    """Give the permissions that no role names and that are part of no duty."""
    named = {permission for one in roles for permission in one.permissions}
    left = {one for one in catalogue - named if not duties_of(one)}
    return sorted(left - {one for one in left if one.startswith("identity.")} - SECOND_PERSON)


def test_every_role_of_the_proposal_is_there() -> None:
    """Each by its own title and code."""
    assert set(TITLES) <= {one.title for one in SHIPPED_ROLES}
    assert len({one.title for one in SHIPPED_ROLES}) == len(SHIPPED_ROLES)
    assert len({one.code for one in SHIPPED_ROLES}) == len(SHIPPED_ROLES)
    assert set(DUTY_ROLES) == set(Duty)
    assert len(to_ship()) == len(SHIPPED_ROLES) - len(Duty)


@pytest.mark.parametrize("role", shipped_roles(), ids=[one.code for one in shipped_roles()])
def test_a_role_names_permissions_that_exist_each_once(role: ShippedRole) -> None:
    """And those of one administrators' duty at most, which it says."""
    assert set(role.permissions) <= InstalledPermissions().permissions()
    assert len(set(role.permissions)) == len(role.permissions)
    assert duties_in(role.permissions) <= {role.duty}


def test_every_permission_stands_in_a_role() -> None:
    """What the three administrators do follows from their duties; all else is somebody's here."""
    catalogue = InstalledPermissions().permissions()
    left = _uncovered(shipped_roles(), catalogue)
    assert not left, f"name a role for them (roles= of the verb, keepers=, roles.py): {left}"
    assert _uncovered((), catalogue | {"tasks.new"})[-1] != ""
    assert _uncovered(shipped_roles(), catalogue | {"tasks.new"}) == ["tasks.new"]


def test_what_is_declared_names_roles_that_exist() -> None:
    """Keepers of registers and roles of verbs: a slip would let nobody do it, without a word."""
    named = {(one.name, code) for one in registers().values() for code in one.keepers}
    named |= {
        (verbs.permission(one), code)
        for verbs in declared().values()
        for one in verbs.verbs
        for code in one.roles
    }
    codes = {one.code for one in SHIPPED_ROLES}
    assert sorted(one for one in named if one[1] not in codes) == []


def test_a_verb_is_done_by_the_roles_that_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing beside its declaration says so; whom it does not name, gets nothing."""
    verb = Verb(name="mend", title="补正", by=Responsible.DEPARTMENT, starts=TaskState.DRAFTED,
                roles=("clerk", "enterprise"))  # fmt: skip
    more = evolve(declared()["task"], verbs=(verb,))
    monkeypatch.setattr(registered, "declared", lambda: {"task": more})
    held = {one.code for one in shipped_roles() if "tasks.mend" in one.permissions}
    assert held == {"clerk", "enterprise"}


def test_outsiders_hold_only_what_is_theirs() -> None:
    """Institutions, associations, firms and citizens hold no act of a department."""
    acts: Mapping[str, frozenset[str]] = {
        code: frozenset(one.permissions) for code, one in OF_PARTIES.items()
    }
    own = {"files.fetch", "identity.list_todos", "identity.view_todo_counts"}
    assert acts == {
        "institution_head": {
            *own,
            "tasks.claim_assistance",
            "tasks.name_assistants",
            "tasks.allot_assistants",
            "officers.view_own_institution",
            "officers.propose_change",
            "officers.list_proposals",
            "officers.view_proposal",
        },
        "institution_member": {*own, "tasks.note_as_assistant"},
        "association": frozenset(),
        "enterprise": {*own, "tasks.report_rectification", "grading.explain"},
        "citizen": frozenset(),
    }
    assert set().union(*acts.values()) <= set(use_cases())
