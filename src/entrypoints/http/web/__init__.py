"""Web pages, rendered here and usable without JavaScript. Adding one: CONTRIBUTING.md."""

from entrypoints.http.web.administrators import ADMINISTRATOR_PAGES
from entrypoints.http.web.audit import AUDIT_PAGES
from entrypoints.http.web.contact import CONTACT_PAGES
from entrypoints.http.web.departments import DEPARTMENT_PAGES
from entrypoints.http.web.export_requests import EXPORT_REQUEST_PAGES
from entrypoints.http.web.faces import FACE_PAGES
from entrypoints.http.web.grants import GRANT_PAGES
from entrypoints.http.web.notices import NOTICE_PAGES
from entrypoints.http.web.orders import ORDER_PAGES
from entrypoints.http.web.organisation import ORGANISATION_PAGES
from entrypoints.http.web.pages import Page
from entrypoints.http.web.regions import REGION_PAGES
from entrypoints.http.web.roles import ROLE_PAGES
from entrypoints.http.web.second_person import SECOND_PERSON_PAGES
from entrypoints.http.web.signing_in import LOG_IN_PAGES
from entrypoints.http.web.stepping_up import STEP_UP_PAGES
from entrypoints.http.web.tables import TABLE_PAGES
from entrypoints.http.web.user_access import USER_ACCESS_PAGES
from entrypoints.http.web.users import USER_PAGES

__all__ = ["Page", "web_pages"]


def web_pages() -> tuple[Page, ...]:
    """Give every page there is; the navigation leads to them in this order."""
    return (
        *LOG_IN_PAGES,
        *FACE_PAGES,
        *STEP_UP_PAGES,
        *DEPARTMENT_PAGES,
        *ADMINISTRATOR_PAGES,
        *ORDER_PAGES,
        *USER_PAGES,
        *CONTACT_PAGES,
        *USER_ACCESS_PAGES,
        *NOTICE_PAGES,
        *ROLE_PAGES,
        *GRANT_PAGES,
        *ORGANISATION_PAGES,
        *TABLE_PAGES,
        *EXPORT_REQUEST_PAGES,
        *SECOND_PERSON_PAGES,
        *REGION_PAGES,
        *AUDIT_PAGES,
    )
