"""Web pages, rendered here and usable without JavaScript. Adding one: CONTRIBUTING.md."""

from entrypoints.http.web.administrators import ADMINISTRATOR_PAGES
from entrypoints.http.web.audit import AUDIT_PAGES
from entrypoints.http.web.contact import CONTACT_PAGES
from entrypoints.http.web.dead_letters import DEAD_LETTER_PAGES
from entrypoints.http.web.departments import DEPARTMENT_PAGES
from entrypoints.http.web.export_requests import EXPORT_REQUEST_PAGES
from entrypoints.http.web.faces import FACE_PAGES
from entrypoints.http.web.grants import GRANT_PAGES
from entrypoints.http.web.items import ITEM_PAGES
from entrypoints.http.web.jobs import JOB_PAGES
from entrypoints.http.web.kept import KEPT_PAGES
from entrypoints.http.web.letters import LETTER_PAGES
from entrypoints.http.web.lists import list_pages
from entrypoints.http.web.matters import MATTER_PAGES
from entrypoints.http.web.notices import NOTICE_PAGES
from entrypoints.http.web.officers import OFFICER_PAGES
from entrypoints.http.web.orders import ORDER_PAGES
from entrypoints.http.web.organisation import ORGANISATION_PAGES
from entrypoints.http.web.own_institution import OWN_INSTITUTION_PAGES
from entrypoints.http.web.pages import Page
from entrypoints.http.web.regions import REGION_PAGES
from entrypoints.http.web.registers import register_pages
from entrypoints.http.web.roles import ROLE_PAGES, RolePages
from entrypoints.http.web.searching import SEARCH_PAGES
from entrypoints.http.web.second_person import SECOND_PERSON_PAGES
from entrypoints.http.web.signing_in import LOG_IN_PAGES
from entrypoints.http.web.stepping_up import STEP_UP_PAGES
from entrypoints.http.web.subjects import SubjectPages
from entrypoints.http.web.tables import TABLE_PAGES
from entrypoints.http.web.teams import TEAM_PAGES
from entrypoints.http.web.todos import TODO_PAGES
from entrypoints.http.web.user_access import USER_ACCESS_PAGES
from entrypoints.http.web.users import USER_PAGES
from entrypoints.http.web.verbs import verb_pages
from supervision_core.identity.lists import GROUPS, ROLES
from supervision_core.subjects.lists import SUBJECTS

__all__ = ["Page", "web_pages"]


def web_pages() -> tuple[Page, ...]:
    """Give every page there is; the navigation leads to them in this order."""
    return (
        *LOG_IN_PAGES,
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
        *NOTICE_PAGES,
        *ROLE_PAGES,
        *GRANT_PAGES,
        *ORGANISATION_PAGES,
        *DEAD_LETTER_PAGES,
        *TABLE_PAGES,
        *EXPORT_REQUEST_PAGES,
        *SECOND_PERSON_PAGES,
        *REGION_PAGES,
        *OWN_INSTITUTION_PAGES,
        *ITEM_PAGES,
        *list_pages({SUBJECTS: SubjectPages, ROLES: RolePages, GROUPS: RolePages}),
        *OFFICER_PAGES,
        *TEAM_PAGES,
        *register_pages(),
        *MATTER_PAGES,
        *verb_pages(),
        *AUDIT_PAGES,
    )
