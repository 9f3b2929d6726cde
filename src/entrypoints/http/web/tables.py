"""The pages on which regions, departments and users go out and come in as workbooks."""

from typing import Final

from entrypoints.directory_intake import IMPORTS
from entrypoints.http.api.tables import take_in
from entrypoints.http.routes import Call
from entrypoints.http.web.departments import DEPARTMENTS, ONE
from entrypoints.http.web.pages import Form, Page, Shown
from entrypoints.http.web.reading import Field, Kind
from entrypoints.http.web.regions import REGIONS
from entrypoints.http.web.users import USERS
from supervision_core.identity.model import Purpose
from supervision_core.identity.services.intake import export_users
from supervision_core.identity.services.questions import ViewDepartment, view_department

PURPOSES: Final = {
    Purpose.CONTACT.value: "联系本人",
    Purpose.IDENTIFY.value: "核实身份",
    Purpose.CORRECT.value: "更正信息",
    Purpose.COMPLAINT.value: "处理投诉",
    Purpose.INSPECTION.value: "审计检查",
}
_FILE: Final = Field(
    name="workbook",
    title="表格文件（.xlsx）",
    kind=Kind.FILE,
    required=True,
    hint="有错的行逐条说明，其余照常导入；同一文件重复导入不产生变化",
)
_TITLES: Final = {"regions": "行政区划", "departments": "组织机构", "users": "用户"}
_BASES: Final = {"regions": REGIONS, "departments": DEPARTMENTS, "users": USERS}


def _upload_pages(what: str) -> tuple[Page, ...]:
    base, title = _BASES[what], _TITLES[what]
    path, (case, _) = f"{base}/import", IMPORTS[what]

    def asked(_call: Call, _form: Form) -> Shown:
        values = {"title": f"导入{title}", "what": what, "action": path, "back": base}
        return Shown(
            template="import.html",
            values={**values, "fields": (_FILE,), "values": {}, "report": None},
        )

    def taken(call: Call, form: Form) -> Shown:
        report = take_in(call, what, call.content)
        return Shown(template="import.html", values={**asked(call, form).values, "report": report})

    name = f"page_{what}_import"
    return (
        Page(method="GET", path=path, name=f"{name}ing", access=case.permission, run=asked),
        Page(method="POST", path=path, name=name, access=case.permission, run=taken, again=asked,
             file=_FILE.name),
    )  # fmt: skip


def _export_form(call: Call, form: Form) -> Shown:
    """Ask what for; the answer to this form is the file."""
    department = form["department_id"]
    values = {"here": f"{DEPARTMENTS}/{department}", "purposes": PURPOSES, "name": department}
    if call.who.may(view_department.permission):
        found = call.platform.commands.ask(
            view_department, ViewDepartment(department_id=department), actor=call.who
        )
        values["name"] = found.data.name
    action = f"/api/v1/identity/departments/{department}/user_table"
    return Shown(template="export.html", values={**values, "action": action})


TABLE_PAGES: tuple[Page, ...] = (
    *(page for what in _TITLES for page in _upload_pages(what)),
    Page(method="GET", path=f"{ONE}/export", name="page_users_exporting",
         access=export_users.permission, run=_export_form, critical=True),
)  # fmt: skip
"""Import for all three; the export of users, which asks what for."""
