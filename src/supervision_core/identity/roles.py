"""内置角色: the roles of the proposal, with what each may do; they are there after ``init``.

A use case is nobody's until a role names it here, or it says its roles itself: a register by its
``keepers``, a verb by its ``roles``; each is somebody's. What only the three administrators do
follows from the duty that it is part of (``duties_of``) and is not listed; beside it each of them
does what everybody does (``EVERYBODYS``).
"""

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import Duty, UserKind
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class ShippedRole:
    """内置角色 (ShippedRole): a role that every installation has.

    ``code`` names it for good, ``title`` until an administrator renames it. ``kind`` is the kind of
    account that it is meant for. One with a ``duty`` and no permissions holds all of that duty.
    """

    code: str = field(metadata=said("角色代码", example="officer"))
    title: str = field(metadata=said("角色名称", example="执法人员"))
    permissions: tuple[str, ...] = field(default=(), metadata=said("权限"))
    duty: Duty | None = field(default=None, metadata=said("管理职责"))
    kind: UserKind = field(default=UserKind.STAFF, metadata=said("适用的用户类型", example="staff"))


def _of(**verbs: str) -> tuple[str, ...]:
    """Give the permissions of contexts, their verbs separated by blanks."""
    return tuple(f"{context}.{verb}" for context, named in verbs.items() for verb in named.split())


_FILES = _of(files="fetch", identity="list_todos view_todo_counts")
"""Whoever may see a thing fetches the files that hang on it; everybody sees what waits for him."""
EVERYBODYS: Final = _FILES + _of(jobs="start cancel retry view list")
"""What takes long the worker does for whoever may do it, with his rights; each sees his own jobs.

It gives nothing by itself: a job asks for the permission of what it does, a file for that of its
thing.
"""
_APPEALS = _of(clues="submit_appeal list_complaints view_complaint")
"""What citizens and firms report, and see of what they reported."""
_LOOKS = EVERYBODYS + _of(
    identity="list_departments list_regions view_department view_region",
    dashboards="view_counts view_department_ranking",
    grading="show_grades",
    tasks="view_manifest",
    content="list_open",
    handbooks="list_published read_published read_version view_draft view_differences",
    subjects="list_risks view_code",
    checklists="view_sheet view_changes",
)
"""What whoever works with departments and regions has to look up."""
_COMING: Final = _of(
    draws="view_ceremony",
    tasks="list_visits view_visit export_visits list_extensions view_extension export_extensions "
    "view_task_file view_claim_draws view_claim_choices",
)
"""What tells of checks that are to come: who has a part in tasks looks it up."""
_TAGS = (
    "create_tag import_tags change_tag add_tag_rule remove_tag_rule enable_tag disable_tag "
    "delete_tag classify"
)
"""What is done with tags of subjects."""
_TEAMS: Final = (
    "create_team import_teams import_review_groups change_team delete_team join_team "
    "join_team_by_query leave_team leave_team_by_query appoint_leader"
)
_SUBJECTS = (
    "register import correct propose_status propose_deletion show_personal_data list_by_principal "
    "export tag "
    "categorise make_code void_code"
)
"""What is done with subjects."""
_OWN_CASES = _of(
    clues="register",
    draws="prove",
    subjects="make_code void_code show_personal_data",
    tasks="answer_supervision",
)
"""What a department does in cases that it leads or joins."""
_ASSISTED: Final = _of(
    content="list_open",
    tasks="list_tasks view_task list_visits view_visit list_third_party_visits "
    "view_third_party_visit",
)
"""What an institution looks at: the tasks that it assists, and their visits."""

SHIPPED_ROLES: Final = (
    ShippedRole(code="system_administrator", title="系统管理员", duty=Duty.SYSTEM),
    ShippedRole(code="security_administrator", title="安全管理员", duty=Duty.SECURITY),
    ShippedRole(code="audit_administrator", title="审计管理员", duty=Duty.AUDIT),
    ShippedRole(
        code="department_administrator",
        title="部门管理员",
        duty=Duty.SYSTEM,
        permissions=_LOOKS
        + _of(
            identity="register_user change_user switch_user delete_user import_users order_users "
            "sort_users add_department change_department change_department_line "
            "delete_department import_departments "
            "export_departments order_departments sort_departments request_export export_users "
            "view_export_request list_export_requests list_managed_departments "
            "list_managed_regions list_members list_online list_log_ins list_users "
            "list_users_by_person view_user show_personal_data request_second_person "
            "decide_second_person withdraw_second_person list_second_person view_second_person",
            items="synchronise_matters request_matter_synchronisation view_matter_synchronisation "
            "approve_document_template send_back_document_template "
            "enable_document_template disable_document_template compare_check_item_revisions "
            "list_material_files",
            subjects=f"{_SUBJECTS} {_TAGS}",
            officers="register change delete import suspend resume show_contact declare_interest "
            "tie_account untie_account list_officers_by_person accept_proposal "
            "refuse_proposal " + _TEAMS,
            field_records="list_devices retire_lost_device end_department_companion",
        ),
    ),
    ShippedRole(
        code="department_security_administrator",
        title="部门安全管理员",
        duty=Duty.SECURITY,
        permissions=_LOOKS
        + _of(
            identity="assign_roles delegate_roles list_assignable_roles "
            "list_delegable_roles list_roles list_groups view_role view_group list_role_holders "
            "export_roles export_groups "
            "list_group_holders "
            "list_permissions list_grantable view_access view_grants change_contact "
            "reset_password revoke_sessions bind_certificate unbind_certificate list_certificates "
            "decide_export view_export_request list_export_requests list_managed_departments "
            "list_members list_users list_users_by_person view_user request_second_person "
            "decide_second_person withdraw_second_person list_second_person view_second_person"
        ),
    ),
    ShippedRole(
        code="leader",
        title="领导",
        permissions=_LOOKS
        + _COMING
        + _of(
            draws="prove",
            grading="explain",
            tasks="supervise view_approval_list view_pool_changes view_ratings view_place_shares",
        ),
    ),
    ShippedRole(
        code="task_administrator",
        title="任务管理员",
        permissions=_LOOKS
        + _COMING
        + _of(
            plans="draft",
            draws="freeze prove",
            tasks="create gather_pool view_candidates view_pool_changes view_draw_officers "
            "staff_draw view_approval_list open_drawn_visits supervise view_ratings "
            "view_place_shares",
            subjects=f"{_SUBJECTS} classify",
        ),
    ),
    ShippedRole(
        code="officer",
        title="执法人员",
        permissions=_LOOKS
        + _COMING
        + _of(
            officers="declare_interest",
            subjects="show_personal_data",
            tasks="report_transfer show_visit_code",
            clues="register",
            field_records="read_package register_device tell_of_device retire_device "
            "list_own_devices offer_companion agree_companion end_companion list_companions "
            "send report_lost bring",
        ),
    ),
    ShippedRole(code="reviewer", title="评审人员", permissions=_LOOKS),
    ShippedRole(
        code="assessor",
        title="评价分析人员",
        permissions=_LOOKS
        + _of(
            assessment="begin_model create_model copy_model initiate_round try_model "
            "back_test_model",
            grading="begin_rule create_rule grade_subject grade_subjects explain",
        ),
    ),
    ShippedRole(
        code="scene_administrator",
        title="场景管理员",
        permissions=_LOOKS
        + _of(
            handbooks="create",
            scenes="create export",
            subjects=f"{_TAGS} tag categorise",
            officers="list_officers_by_person " + _TEAMS,
        ),
    ),
    ShippedRole(
        code="checklist_editor",
        title="检查单编制人员",
        permissions=_LOOKS
        + _of(
            items="add_check_item revise_check_item enable_check_item disable_check_item "
            "request_matter_synchronisation view_matter_synchronisation tag_check_item "
            "delete_check_item import_check_items synchronise_check_items "
            "compile_check_items compare_check_item_revisions add_law change_law "
            "put_law_provision take_law_provision enable_law disable_law delete_law "
            "import_laws add_document_template change_document_template "
            "import_document_templates replace_template_file submit_document_template "
            "delete_document_template "
            "add_standard_material change_standard_material "
            "import_standard_materials relate_scenes add_material_files take_material_file "
            "delete_standard_material list_material_files",
            checklists="create copy",
            handbooks="create",
        ),
    ),
    ShippedRole(
        code="clerk",
        title="部门经办人员",
        permissions=_LOOKS + _COMING + _OWN_CASES + _of(field_records="bring"),
    ),
    ShippedRole(
        code="clue_analyst",
        title="线索研判人员",
        permissions=_LOOKS + _of(clues="register show_complainant"),
    ),
    ShippedRole(
        code="content_author",
        title="内容创作",
        permissions=_LOOKS + _of(content="create view_figures"),
    ),
    ShippedRole(
        code="content_editor",
        title="内容编辑",
        permissions=_LOOKS + _of(content="create view_figures"),
    ),
    ShippedRole(
        code="content_publisher", title="内容发布", permissions=_LOOKS + _of(content="view_figures")
    ),
    ShippedRole(
        code="institution_head",
        title="三方机构负责人",
        kind=UserKind.THIRD_PARTY,
        permissions=_FILES
        + _of(
            officers="view_own_institution propose_change list_proposals view_proposal",
            tasks="list_own_people",
        )
        + _ASSISTED,
    ),
    ShippedRole(
        code="institution_member",
        title="三方机构人员",
        kind=UserKind.THIRD_PARTY,
        permissions=_FILES
        + _ASSISTED
        + _of(
            tasks="list_own_people",
            field_records="read_package register_device tell_of_device retire_device "
            "list_own_devices list_companions send report_lost",
        ),
    ),
    ShippedRole(
        code="association",
        title="行业协会",
        kind=UserKind.THIRD_PARTY,
        permissions=_FILES
        + _of(
            officers="view_own_association propose_change list_proposals view_proposal",
            scenes="list_own_scenes",
        ),
    ),
    ShippedRole(
        code="enterprise",
        title="企业",
        kind=UserKind.ENTERPRISE,
        permissions=_FILES
        + _APPEALS
        + _of(
            clues="list_own_complaints",
            cogovernance="list_own_conduct export_own_conduct",
            grading="explain show_grades",
            subjects="view_own_subject view_own_code make_own_code propose_data "
            "list_data_changes view_data_change",
            tasks="list_rectifications view_rectification list_own_visits view_own_visit "
            "view_order_withdrawal view_scanned_visit rate_visit",
        ),
    ),
    ShippedRole(code="citizen", title="市民", kind=UserKind.CITIZEN, permissions=_FILES + _APPEALS),
)

DUTY_ROLES: Final[Mapping[Duty, ShippedRole]] = {
    one.duty: one for one in SHIPPED_ROLES if one.duty is not None and not one.permissions
}
"""The three administrators, who hold all of one duty each."""


def to_ship(roles: Iterable[ShippedRole] = SHIPPED_ROLES) -> tuple[ShippedRole, ...]:
    """Give those whose permissions are listed: the others follow from their duties."""
    return tuple(one for one in roles if one not in DUTY_ROLES.values())
