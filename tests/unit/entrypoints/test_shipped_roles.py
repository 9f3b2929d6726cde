"""The roles that come with the product cover the catalogue, and nothing beyond it."""

from collections import Counter
from collections.abc import Mapping

import pytest
from attrs import evolve

from entrypoints import registered
from entrypoints.catalogue import InstalledPermissions, use_cases
from entrypoints.organising import SECOND_PERSON
from entrypoints.registered import declared, registers, shipped_roles
from supervision_core.clues.services.intake import take_in
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
OF_PARTIES = {one.code: one for one in shipped_roles() if one.kind is not UserKind.STAFF}


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
    unknown = set(role.permissions) - InstalledPermissions().permissions()
    assert not unknown, f"no use case is called so: {sorted(unknown)}"
    twice = sorted(one for one, times in Counter(role.permissions).items() if times > 1)
    assert not twice, f"follow from a declaration, or from what it begins with: {twice}"
    assert duties_in(role.permissions) <= {role.duty}


def test_every_permission_stands_in_a_role() -> None:
    """What the three administrators do follows from their duties; all else is somebody's here.

    What a channel outside reports is entered by the program that receives it, by no person.
    """
    catalogue = InstalledPermissions().permissions() - {take_in.name}
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
        for code in verbs.roles_of(one)
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


def test_whoever_works_on_a_list_exports_it() -> None:
    """By what it makes or does there; who only looks does not.

    Administrators of departments and tasks and leaders export all, and stand aside here.
    """
    every = {"department_administrator", "leader", "task_administrator"}
    held = {one.code: set(one.permissions) for one in shipped_roles()}
    who = {
        name: {code for code, held_by in held.items() if name in held_by} - every
        for name in ("tasks.export_visits", "scenes.export_scenes", "clues.export_clues",
                     "assessment.export_rounds", "items.export_laws", "draws.export_draws")
    }  # fmt: skip
    assert who == {
        "tasks.export_visits": {"officer", "clerk"},
        "scenes.export_scenes": {"scene_administrator"},
        "clues.export_clues": {"clue_analyst", "clerk", "officer"},
        "assessment.export_rounds": {"assessor", "reviewer"},
        "items.export_laws": {"checklist_editor"},
        "draws.export_draws": {"clerk"},
    }


def test_outsiders_hold_only_what_is_theirs() -> None:
    """Institutions, associations, firms and citizens hold no act of a department."""
    acts: Mapping[str, frozenset[str]] = {
        code: frozenset(one.permissions) for code, one in OF_PARTIES.items()
    }
    own = {"files.fetch", "identity.list_todos", "identity.view_todo_counts"}
    appeals = {f"clues.{one}" for one in ("submit_appeal", "list_complaints", "view_complaint")}
    assisted = {
        f"tasks.{one}"
        for one in ("list_tasks", "view_task", "list_visits", "view_visit",
                    "list_third_party_visits", "view_third_party_visit")
    }  # fmt: skip
    offline = {
        f"field_records.{one}"
        for one in ("read_package", "register_device", "tell_of_device", "retire_device",
                    "list_own_devices", "list_companions", "send", "report_lost")
    }  # fmt: skip
    assert acts == {
        "institution_head": {
            *own,
            *assisted,
            "content.list_open",
            "tasks.claim_assistance",
            "tasks.name_assistants",
            "tasks.allot_assistants",
            "tasks.list_own_people",
            "officers.view_own_institution",
            "officers.propose_change",
            "officers.list_proposals",
            "officers.view_proposal",
        },
        "institution_member": {
            *own,
            *assisted,
            "content.list_open",
            "tasks.note_as_assistant",
            "tasks.claim_visit",
            "tasks.arrive_to_assist",
            "tasks.hand_over_assistance",
            "tasks.report_problem",
            "tasks.list_own_people",
            *offline,
        },
        "association": {
            *own,
            "officers.view_own_association",
            "officers.propose_change",
            "officers.list_proposals",
            "officers.view_proposal",
            "scenes.list_own_scenes",
        },
        "enterprise": {
            *own,
            "tasks.list_rectifications",
            "tasks.view_rectification",
            "tasks.report_rectification",
            "tasks.ask_rectification_term",
            "tasks.confirm_visit",
            "tasks.view_scanned_visit",
            "tasks.rate_visit",
            "tasks.list_own_visits",
            "tasks.view_own_visit",
            "tasks.view_order_withdrawal",
            "subjects.view_own_subject",
            "subjects.view_own_code",
            "subjects.propose_data",
            "subjects.list_data_changes",
            "subjects.view_data_change",
            "subjects.make_own_code",
            "grading.explain",
            "grading.show_grades",
            "clues.list_own_complaints",
            "cogovernance.list_own_conduct",
            "cogovernance.export_own_conduct",
            *appeals,
        },
        "citizen": {*own, *appeals},
    }
    assert set().union(*acts.values()) <= set(use_cases())
