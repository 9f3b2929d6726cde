"""How each use case is called on an object: by which field, of which kind of aggregate.

That follows where the first field of its command says it by ``to=``. Any other use case without an
entry here fails the matrix: whoever adds one says how its reach is proved.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from entrypoints.catalogue import described_permissions, use_cases
from supervision_core.assessment.ports import RiskModels
from supervision_core.clues.ports import Clues
from supervision_core.identity.ports import (
    Departments,
    ExportRequests,
    Groups,
    Regions,
    Roles,
    SecondPersonRequests,
    Users,
)
from supervision_core.kernel.fields import FIELD
from supervision_core.officers.ports import Officers
from supervision_core.subjects.ports import Subjects
from supervision_core.testing.cases import CASES

from .building import command_of

Named = tuple[str, type[Any]]


def _each(field: str, port: type[Any], *permissions: str) -> dict[str, Named]:
    return dict.fromkeys(permissions, (field, port))


def _of(context: str, *verbs: str) -> tuple[str, ...]:
    return tuple(f"{context}.{verb}" for verb in verbs)


_UNSAID: Final[Mapping[str, Named]] = {
    **_each("model_id", RiskModels, *_of(
        "assessment", "appoint_review_group", "change_model_basics", "delete_model",
        "disable_model", "enable_model", "set_levels", "set_categories", "add_indicator",
        "change_indicator", "arrange_indicators", "copy_model", "try_model", "back_test_model",
        "initiate_round", "redefine_model")),
    **_each("clue_id", Clues, "clues.show_complainant"),
    **_each("department_id", Departments, *_of(
        "identity", "appoint_administrators", "change_department", "delete_department",
        "export_departments", "export_users", "request_export", "list_members", "list_online",
        "order_departments", "order_users", "sort_departments", "sort_users", "view_department")),
    **_each("parent", Departments, "identity.list_managed_departments"),
    **_each("user_id", Users, *_of(
        "identity", "bind_certificate", "unbind_certificate", "list_certificates", "change_user",
        "change_contact", "delegate_roles", "list_assignable_roles", "list_delegable_roles",
        "delete_user", "revoke_sessions", "list_notices", "send_notice", "list_log_ins",
        "show_personal_data", "view_access", "view_user")),
    **_each("request_id", ExportRequests, *_of(
        "identity", "decide_export")),
    **_each("request_id", SecondPersonRequests, *_of(
        "identity", "decide_second_person", "view_second_person", "withdraw_second_person")),
    **_each("id", Roles, "identity.change_role"),
    **_each("role_id", Roles, "identity.list_role_holders"),
    **_each("group_id", Groups, "identity.list_group_holders"),
    **_each("id", Groups, "identity.change_group"),
    **_each("holder_id", Users, *_of(
        "identity", "assign_roles", "change_grants", "grant", "list_grantable", "revoke",
        "view_grants")),
    **_each("region_id", Regions, *_of(
        "identity", "change_region", "delete_region")),
    **_each("officer_id", Officers, *_of("officers", "show_contact")),
    **_each("subject_id", Subjects, *_of(
        "subjects", "show_personal_data", "list_risks")),
}  # fmt: skip
"""Acts on one object, which the command names without saying of what kind it is."""

PUBLIC: Final = frozenset(
    {
        "content.list_open",
        "handbooks.list_published",
        "identity.list_permissions",
        "items.request_matter_synchronisation",
        "items.view_matter_synchronisation",
    }
)
"""Public knowledge: nobody's scope narrows it."""

LISTS: Final = frozenset({
    "content.view_figures",
    "dashboards.view_counts", "dashboards.view_department_ranking",
    "items.list_material_files",
    "identity.list_managed_regions", "identity.list_second_person",
    "identity.list_users_by_person",
    "identity.export_regions", "audit.search", "audit.export", "officers.list_officers_by_person",
    "identity.list_todos", "identity.view_todo_counts", "jobs.list",
    "subjects.list_by_principal", "tasks.view_place_shares", "tasks.view_ratings",
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
    "assessment.begin_model", "assessment.create_model", "checklists.copy",
    "checklists.create", "clues.register", "clues.take_in",
    "content.create", "draws.freeze", "grading.begin_rule", "grading.create_rule",
    "handbooks.create",
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
    "items.import_document_templates", "items.import_standard_materials", "officers.import",
    "officers.import_review_groups",
    "officers.import_teams", "subjects.import", "subjects.import_tags",
})  # fmt: skip
"""Tables: what is out of reach is refused row by row, as the tests of each import prove."""

OWN_PARTY: Final = frozenset({
    "clues.list_own_complaints", "clues.submit_appeal",
    "cogovernance.export_own_conduct", "cogovernance.list_own_conduct",
    "officers.view_own_association", "scenes.list_own_scenes",
    "officers.view_own_institution", "officers.propose_change", "subjects.view_own_subject",
    "subjects.view_own_code", "subjects.make_own_code", "subjects.propose_data",
    "tasks.view_scanned_visit",
    "tasks.list_own_people", "tasks.list_own_visits",
})  # fmt: skip
"""About the institution or firm for which one acts, and nothing else can be named."""

OWN_ACCOUNT: Final = frozenset(
    {
        "jobs.cancel", "jobs.retry", "jobs.view", "field_records.read_package",
        "field_records.register_device", "field_records.bring",
        "field_records.retire_device", "field_records.send", "field_records.tell_of_device",
        "field_records.list_own_devices",
        "field_records.report_lost", "field_records.list_companions",
        "field_records.agree_companion", "field_records.end_companion",
        "field_records.offer_companion", "field_records.list_devices",
        "field_records.retire_lost_device", "field_records.end_department_companion",
    }
)  # fmt: skip
"""About what one's own account started, wherever it lies, and one's own visits and phones.

Proved by ``tests/integration/jobs``, ``tests/integration/tasks/test_field_records.py``, and of
phones by ``test_field_devices.py`` beside it.
"""

OF_ANOTHER: Final = frozenset({"files.fetch", "jobs.start", "identity.request_second_person"})
"""Asks for another use case, which finds what is foreign absent as if it were called itself; or the
context of the thing on which a file hangs (``supervision_core.testing.files``)."""


def _about() -> Iterator[tuple[str, Named]]:
    """Give the acts whose command says first, by ``to=``, on which object it acts."""
    elsewhere = {*LISTS, *WHOLE_PROVINCE, *PLACED, *OWN_PLACE, *ROW_BY_ROW, *OWN_PARTY,
                 *OWN_ACCOUNT, *OF_ANOTHER, *PUBLIC, *described_permissions()}  # fmt: skip
    ports = {one.port.kind: one.port for one in CASES}
    for permission, cases in use_cases().items():
        first = next(iter(attrs.fields(command_of(cases[0]))), None)
        kind = first.metadata[FIELD].to if first is not None and FIELD in first.metadata else None
        if first is not None and kind in ports and permission not in elsewhere:
            yield permission, (first.name, ports[kind])


BY_ID: Final[Mapping[str, Named]] = {**_UNSAID, **dict(_about())}
"""Acts on one object, named by a field of the command."""
