"""How each use case is called on an object: by which field, of which kind of aggregate.

A use case without an entry here fails the matrix: whoever adds one says how its reach is proved.
"""

from collections.abc import Mapping
from typing import Any, Final

from supervision_core.assessment.ports import EvaluationRounds, RiskModels
from supervision_core.checklists.ports import Checklists
from supervision_core.clues.ports import Clues
from supervision_core.draws.ports import Draws
from supervision_core.grading.ports import GradingRules
from supervision_core.identity.ports import (
    Departments,
    ExportRequests,
    Groups,
    Regions,
    Roles,
    SecondPersonRequests,
    Users,
)
from supervision_core.items.ports import CheckItems, DocumentTemplates, Laws, StandardMaterials
from supervision_core.officers.ports import Officers, Proposals, Teams
from supervision_core.plans.ports import Plans
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import Subjects, Tags
from supervision_core.tasks.ports import (
    Publications,
    Rectifications,
    Reviews,
    Tasks,
    TermWarnings,
    Transfers,
    Visits,
)

Named = tuple[str, type[Any]]


def _each(field: str, port: type[Any], *permissions: str) -> dict[str, Named]:
    return dict.fromkeys(permissions, (field, port))


def _of(context: str, *verbs: str) -> tuple[str, ...]:
    return tuple(f"{context}.{verb}" for verb in verbs)


BY_ID: Final[Mapping[str, Named]] = {
    **_each("model_id", RiskModels, *_of(
        "assessment", "appoint_review_group", "delete_model", "disable_model", "enable_model",
        "initiate_round", "redefine_model")),
    **_each("round_id", EvaluationRounds, *_of(
        "assessment", "ask_reviewers", "complete_round", "give_opinion", "publish_round",
        "score_subject")),
    **_each("checklist_id", Checklists, *_of(
        "checklists", "delete", "disable", "enable", "make_default", "publish", "revise")),
    **_each("clue_id", Clues, *_of(
        "clues", "answer", "conclude", "copy", "distribute", "extend", "forward", "link_task",
        "send_back", "show_complainant", "sign_for", "triage")),
    **_each("draw_id", Draws, *_of(
        "draws", "adjust", "assign_inspectors", "clear", "commit_nonce", "complete", "prove",
        "repeat_round", "reveal_nonce")),
    **_each("rule_id", GradingRules, *_of(
        "grading", "delete_rule", "disable_rule", "enable_rule", "explain", "grade_subjects",
        "redefine_rule")),
    **_each("department_id", Departments, *_of(
        "identity", "appoint_administrators", "change_department", "delete_department",
        "export_departments", "export_users", "request_export", "list_members", "list_online",
        "order_departments", "order_users",
        "sort_departments", "sort_users", "view_department")),
    **_each("parent", Departments, "identity.list_managed_departments"),
    **_each("department_line_id", Departments, "identity.change_department_line"),
    **_each("user_id", Users, *_of(
        "identity", "bind_certificate", "unbind_certificate", "list_certificates", "change_user",
        "change_contact", "delegate_roles", "list_assignable_roles", "list_delegable_roles",
        "delete_user", "revoke_sessions",
        "list_notices", "send_notice",
        "list_log_ins", "show_personal_data", "switch_user", "view_access", "view_user")),
    **_each("request_id", ExportRequests, *_of(
        "identity", "decide_export", "view_export_request")),
    **_each("request_id", SecondPersonRequests, *_of(
        "identity", "decide_second_person", "view_second_person", "withdraw_second_person")),
    **_each("id", Roles, "identity.change_role"),
    **_each("role_id", Roles, "identity.list_role_holders"),
    **_each("group_id", Groups, "identity.list_group_holders"),
    **_each("id", Groups, "identity.change_group"),
    **_each("holder_id", Users, *_of(
        "identity", "assign_roles", "grant", "list_grantable", "revoke", "view_grants")),
    **_each("region_id", Regions, *_of("identity", "change_region", "delete_region")),
    **_each("check_item_id", CheckItems, *_of(
        "items", "compare_check_item_revisions", "delete_check_item", "disable_check_item",
        "enable_check_item", "revise_check_item", "tag_check_item")),
    **_each("law_id", Laws, *_of(
        "items", "change_law", "delete_law", "disable_law", "enable_law", "put_law_provision",
        "take_law_provision")),
    **_each("document_template_id", DocumentTemplates, *_of(
        "items", "approve_document_template", "change_document_template",
        "delete_document_template", "disable_document_template", "enable_document_template",
        "replace_template_file", "send_back_document_template", "submit_document_template")),
    **_each("standard_material_id", StandardMaterials, *_of(
        "items", "add_material_files", "change_standard_material", "delete_standard_material",
        "relate_scenes", "take_material_file")),
    **_each("team_id", Teams, *_of(
        "officers", "appoint_leader", "change_team", "delete_team", "join_team",
        "join_team_by_query", "leave_team", "leave_team_by_query")),
    **_each("officer_id", Officers, *_of(
        "officers", "change", "declare_interest", "delete", "resume", "show_contact", "suspend",
        "tie_account", "untie_account")),
    **_each("proposal_id", Proposals, *_of("officers", "accept_proposal", "refuse_proposal")),
    **_each("plan_id", Plans, *_of(
        "plans", "answer_objection", "change", "delete", "display", "object", "settle")),
    **_each("scene_id", Scenes, *_of(
        "scenes", "assess_by", "configure", "delete", "disable", "publish")),
    **_each("subject_id", Subjects, *_of(
        "subjects", "categorise", "change_status", "correct", "delete", "show_personal_data",
        "tag")),
    **_each("subject_id", Subjects, "grading.show_grades", "subjects.list_risks"),
    **_each("subject_ids", Subjects, "subjects.classify"),
    **_each("tag_id", Tags, *_of(
        "subjects", "add_tag_rule", "change_tag", "delete_tag", "disable_tag", "enable_tag",
        "remove_tag_rule")),
    **_each("term_warning_id", TermWarnings, "tasks.answer_supervision", "tasks.supervise"),
    **_each("task_id", Tasks, *_of(
        "tasks", "answer_urging", "approve", "archive", "change", "claim", "claim_assistance",
        "close", "close_part", "consult", "delete", "dispatch", "end_consultation",
        "engage_third_party", "give_opinion", "name_assistants", "open_visits", "publish",
        "skip_consultation", "urge")),
    **_each("visit_id", Visits, *_of(
        "tasks", "allot_assistants", "ask_extension", "assign_review", "check_in",
        "complete_visit", "conclude", "decide_extension", "issue_rectification",
        "note_as_assistant", "record_results", "replace_officer", "report_transfer", "sign",
        "start_offsite", "use_material")),
    **_each("visit_id", Publications, *_of(
        "tasks", "correct_result", "publish_result", "withdraw_result", "withhold_result")),
    **_each("rectification_id", Rectifications, *_of(
        "tasks", "deliver_rectification", "extend_rectification", "finish_rectification",
        "recheck", "report_rectification")),
    **_each("review_id", Reviews, "tasks.record_review"),
    **_each("transfer_id", Transfers, "tasks.step_transfer"),
}  # fmt: skip
"""Acts on one object, named by a field of the command."""

PUBLIC: Final = frozenset(
    {
        "identity.view_region",
        "identity.list_regions",
        "identity.list_permissions",
        "items.request_matter_synchronisation",
        "items.view_matter_synchronisation",
    }
)
"""Public knowledge: nobody's scope narrows it."""

LISTS: Final = frozenset({
    "items.list_material_files",
    "identity.list_departments", "identity.list_export_requests", "identity.list_groups",
    "identity.list_managed_regions", "identity.list_second_person",
    "identity.list_roles", "identity.list_users", "identity.list_users_by_person",
    "identity.export_regions", "audit.search", "audit.export", "officers.list_officers_by_person",
    "identity.list_todos", "identity.view_todo_counts", "jobs.list",
    "subjects.list_by_principal",
})  # fmt: skip
"""What is outside of the reach is not in the answer: proved by ``test_scopes`` list by list."""

WHOLE_PROVINCE: Final = frozenset({
    "identity.list_dead_letters", "identity.resend_dead_letter", "identity.drop_dead_letter",
    "identity.list_told_roles", "identity.list_synchronisations",
    "identity.request_directory_synchronisation", "identity.request_role_synchronisation",
    "identity.synchronise_directory", "identity.synchronise_roles",
    "identity.tie_role", "identity.read_changes", "identity.back_up", "identity.restore",
    "identity.restore_duty", "identity.ship_roles", "items.synchronise_matters",
    "audit.read_proofs", "audit.archive", "audit.repair",
})  # fmt: skip
"""For whoever reaches everything; others are denied."""

PLACED: Final = frozenset({
    "assessment.create_model", "checklists.copy", "checklists.create", "clues.register",
    "draws.freeze", "grading.create_rule",
    "identity.add_department", "identity.add_group", "identity.add_region", "identity.add_role",
    "identity.register_user", "items.add_check_item", "items.add_document_template",
    "items.add_standard_material", "officers.create_team", "officers.register",
    "plans.draft", "scenes.create", "scenes.export",
    "subjects.create_tag", "subjects.export", "subjects.register", "tasks.create",
})  # fmt: skip
"""Makes something new, or gives out what lies, in a place that the command says."""

OWN_PLACE: Final = frozenset({"items.add_law", "items.compile_check_items"})
"""Makes something new in the region and the department at work, wherever those are."""

ROW_BY_ROW: Final = frozenset({
    "identity.import_departments", "identity.import_regions", "identity.import_users",
    "items.import_check_items", "items.import_laws", "items.synchronise_check_items",
    "officers.import", "subjects.import",
})  # fmt: skip
"""Tables: what is out of reach is refused row by row, as the tests of each import prove."""

OWN_PARTY: Final = frozenset({"officers.view_own_institution", "officers.propose_change"})
"""About the institution for which one acts, and nothing else can be named."""

OWN_ACCOUNT: Final = frozenset({"jobs.cancel", "jobs.retry", "jobs.view"})
"""About what one's own account started, wherever it lies: proved by ``tests/integration/jobs``."""

OF_ANOTHER: Final = frozenset({"files.fetch", "jobs.start", "identity.request_second_person"})
"""Asks for another use case, which finds what is foreign absent as if it were called itself; or the
context of the thing on which a file hangs (``supervision_core.testing.files``)."""
