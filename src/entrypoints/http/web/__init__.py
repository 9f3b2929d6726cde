"""Web pages, rendered here and usable without JavaScript. Adding one: CONTRIBUTING.md."""

from functools import cache
from typing import Final

from entrypoints.http.web.administrators import ADMINISTRATOR_PAGES
from entrypoints.http.web.audit import AUDIT_PAGES
from entrypoints.http.web.ceremony import CEREMONY_PAGES
from entrypoints.http.web.checklist_sheets import SHEET_PAGES, ChecklistPages
from entrypoints.http.web.checklists import CHECKLIST_PAGES
from entrypoints.http.web.codes import CODE_PAGES
from entrypoints.http.web.complainants import COMPLAINANT_PAGES
from entrypoints.http.web.contact import CONTACT_PAGES
from entrypoints.http.web.corrections import CORRECTION_PAGES
from entrypoints.http.web.dead_letters import DEAD_LETTER_PAGES
from entrypoints.http.web.departments import DEPARTMENT_PAGES, DepartmentPages
from entrypoints.http.web.directory import RegionPages
from entrypoints.http.web.drafts import DRAFT_PAGES
from entrypoints.http.web.draw_officers import DRAW_OFFICER_PAGES
from entrypoints.http.web.evaluations import EVALUATION_PAGES
from entrypoints.http.web.export_requests import EXPORT_REQUEST_PAGES, ExportRequestPages
from entrypoints.http.web.faces import FACE_PAGES
from entrypoints.http.web.field_devices import FIELD_DEVICE_PAGES
from entrypoints.http.web.field_records import FIELD_RECORD_PAGES
from entrypoints.http.web.firm import FIRM_PAGES
from entrypoints.http.web.grants import GRANT_PAGES
from entrypoints.http.web.handbooks import HANDBOOK_PAGES
from entrypoints.http.web.items import ITEM_PAGES
from entrypoints.http.web.jobs import JOB_PAGES
from entrypoints.http.web.kept import KEPT_PAGES
from entrypoints.http.web.laws import LawPages
from entrypoints.http.web.letters import LETTER_PAGES
from entrypoints.http.web.lists import list_pages
from entrypoints.http.web.materials import MATERIAL_PAGES
from entrypoints.http.web.matters import MATTER_PAGES
from entrypoints.http.web.models import ModelPages
from entrypoints.http.web.notices import NOTICE_PAGES
from entrypoints.http.web.officers import OFFICER_PAGES
from entrypoints.http.web.opened import OPEN_PAGES
from entrypoints.http.web.orders import ORDER_PAGES
from entrypoints.http.web.organisation import ORGANISATION_PAGES
from entrypoints.http.web.own_party import OWN_PARTY_PAGES
from entrypoints.http.web.pages import Page
from entrypoints.http.web.papers import PAPER_PAGES
from entrypoints.http.web.phone import phone_pages
from entrypoints.http.web.phone.scanning import SCANNING_PAGES
from entrypoints.http.web.places import PLACE_PAGES
from entrypoints.http.web.ratings import RATING_PAGES
from entrypoints.http.web.regions import REGION_PAGES
from entrypoints.http.web.registers import register_pages
from entrypoints.http.web.roles import ROLE_PAGES, RolePages
from entrypoints.http.web.rounds import RoundPages
from entrypoints.http.web.rules import RulePages
from entrypoints.http.web.scene_checklists import SCENE_CHECKLIST_PAGES
from entrypoints.http.web.scene_profiles import PROFILE_PAGES
from entrypoints.http.web.scenes import ScenePages
from entrypoints.http.web.searching import SEARCH_PAGES
from entrypoints.http.web.second_person import SECOND_PERSON_PAGES
from entrypoints.http.web.signing_in import LOG_IN_PAGES
from entrypoints.http.web.stepping_up import STEP_UP_PAGES
from entrypoints.http.web.subjects import SubjectPages
from entrypoints.http.web.tables import TABLE_PAGES
from entrypoints.http.web.task_files import TASK_FILE_PAGES
from entrypoints.http.web.teams import TEAM_PAGES
from entrypoints.http.web.todos import TODO_PAGES
from entrypoints.http.web.user_access import USER_ACCESS_PAGES
from entrypoints.http.web.users import USER_PAGES, UserPages
from entrypoints.http.web.verbs import verb_pages
from supervision_core.assessment.lists import CREDIT_MODELS, RISK_MODELS, ROUNDS
from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.grading.lists import GRADING_RULES
from supervision_core.identity.lists import (
    DEPARTMENTS,
    EXPORT_REQUESTS,
    GROUPS,
    REGIONS,
    ROLES,
    USERS,
)
from supervision_core.items.lists import LAWS
from supervision_core.scenes.lists import SCENES
from supervision_core.subjects.lists import SUBJECTS

__all__ = ["Page", "listed_pages", "web_pages", "written_pages"]


_FIRST: Final = (
    *LOG_IN_PAGES,
    *OPEN_PAGES,
    *LETTER_PAGES,
    *TODO_PAGES,
    *JOB_PAGES,
    *FACE_PAGES,
    *STEP_UP_PAGES,
    *DEPARTMENT_PAGES,
    *ADMINISTRATOR_PAGES,
    *ORDER_PAGES,
    *USER_PAGES,
    *CONTACT_PAGES,
    *USER_ACCESS_PAGES,
    *SEARCH_PAGES,
    *KEPT_PAGES,
    *DRAFT_PAGES,
    *NOTICE_PAGES,
    *ROLE_PAGES,
    *GRANT_PAGES,
    *ORGANISATION_PAGES,
    *DEAD_LETTER_PAGES,
    *TABLE_PAGES,
    *EXPORT_REQUEST_PAGES,
    *SECOND_PERSON_PAGES,
    *REGION_PAGES,
    *OWN_PARTY_PAGES,
    *FIRM_PAGES,
    *CODE_PAGES,
    *SCANNING_PAGES,
    *RATING_PAGES,
    *PLACE_PAGES,
    *ITEM_PAGES,
    *HANDBOOK_PAGES,
    *CHECKLIST_PAGES,
    *SHEET_PAGES,
    *SCENE_CHECKLIST_PAGES,
    *PROFILE_PAGES,
    *CEREMONY_PAGES,
    *DRAW_OFFICER_PAGES,
    *TASK_FILE_PAGES,
    *FIELD_RECORD_PAGES,
    *FIELD_DEVICE_PAGES,
    *CORRECTION_PAGES,
    *PAPER_PAGES,
    *MATERIAL_PAGES,
    *COMPLAINANT_PAGES,
    *EVALUATION_PAGES,
)
_MEMBERS: Final = (*OFFICER_PAGES, *TEAM_PAGES)


def written_pages() -> tuple[Page, ...]:
    """Give the pages that are written by hand: they follow from no description."""
    return (*_FIRST, *_MEMBERS, *MATTER_PAGES, *AUDIT_PAGES)


def listed_pages() -> tuple[Page, ...]:
    """Give the pages of every list."""
    return list_pages(
        {
            SUBJECTS: SubjectPages,
            CHECKLISTS: ChecklistPages,
            SCENES: ScenePages,
            GRADING_RULES: RulePages,
            ROUNDS: RoundPages,
            RISK_MODELS: ModelPages,
            CREDIT_MODELS: ModelPages,
            ROLES: RolePages,
            GROUPS: RolePages,
            EXPORT_REQUESTS: ExportRequestPages,
            DEPARTMENTS: DepartmentPages,
            REGIONS: RegionPages,
            LAWS: LawPages,
            USERS: UserPages,
        }
    )


@cache
def web_pages() -> tuple[Page, ...]:
    """Give every page there is; the navigation leads to them in this order."""
    return (
        *_FIRST,
        *listed_pages(),
        *_MEMBERS,
        *register_pages(),
        *MATTER_PAGES,
        *verb_pages(),
        *AUDIT_PAGES,
        *phone_pages(),
    )
