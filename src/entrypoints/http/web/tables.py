"""The pages on which regions, departments and users come in as workbooks."""

from typing import Final

from entrypoints.directory_intake import IMPORTS
from entrypoints.http.api.tables import take_in
from entrypoints.http.routes import Call
from entrypoints.http.web.departments import DEPARTMENTS
from entrypoints.http.web.jobs import taken_in
from entrypoints.http.web.pages import Form, Page, Shown
from entrypoints.http.web.reading import Field, Kind
from entrypoints.http.web.regions import REGIONS
from entrypoints.http.web.users import USERS

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
        values = {
            "title": f"导入{title}",
            "template": f"/api/v1/identity/table_templates/{what}",
            "action": path,
            "back": base,
        }
        return Shown(
            template="import.html",
            values={**values, "fields": (_FILE,), "values": {}, "report": None},
        )

    def taken(call: Call, form: Form) -> Shown:
        report = taken_in(call, case, lambda expect: take_in(call, what, call.content, expect))
        if isinstance(report, Shown):
            return report
        return Shown(template="import.html", values={**asked(call, form).values, "report": report})

    name = f"page_{what}_import"
    return (
        Page(method="GET", path=path, name=f"{name}ing", access=case.permission, run=asked),
        Page(method="POST", path=path, name=name, access=case.permission, run=taken, again=asked,
             file=_FILE.name),
    )  # fmt: skip


TABLE_PAGES: tuple[Page, ...] = tuple(page for what in _TITLES for page in _upload_pages(what))
"""Import for all three; users go out by ``export_requests``."""
