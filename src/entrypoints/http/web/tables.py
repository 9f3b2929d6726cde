"""The pages on which regions, departments and users come in as workbooks."""

from typing import Final

from entrypoints.directory_intake import IMPORTS
from entrypoints.http.routes import Call
from entrypoints.http.web.departments import DEPARTMENTS
from entrypoints.http.web.jobs import WORKBOOK, table_asked, workbook_taken
from entrypoints.http.web.pages import Form, Page, Shown
from entrypoints.http.web.regions import REGIONS
from entrypoints.http.web.users import USERS

_TITLES: Final = {"regions": "行政区划", "departments": "组织机构", "users": "用户"}
_BASES: Final = {"regions": REGIONS, "departments": DEPARTMENTS, "users": USERS}


def _upload_pages(what: str) -> tuple[Page, ...]:
    base, title = _BASES[what], _TITLES[what]
    path, (case, _) = f"{base}/import", IMPORTS[what]

    def asked(_call: Call, _form: Form) -> Shown:
        return table_asked(title, base, f"/api/v1/identity/table_templates/{what}")

    def taken(call: Call, form: Form) -> Shown:
        return workbook_taken(call, case, asked(call, form))

    name = f"page_{what}_import"
    return (
        Page(method="GET", path=path, name=f"{name}ing", access=case.permission, run=asked),
        Page(method="POST", path=path, name=name, access=case.permission, run=taken, again=asked,
             file=WORKBOOK.name),
    )  # fmt: skip


TABLE_PAGES: tuple[Page, ...] = tuple(page for what in _TITLES for page in _upload_pages(what))
"""Import for all three; users go out by ``export_requests``."""
