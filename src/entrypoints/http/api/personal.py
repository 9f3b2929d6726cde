"""Personal data in the clear: of officers, subjects, and of who complained."""

from entrypoints.http.api.login import Nothing
from entrypoints.http.api.tables import XLSX
from entrypoints.http.routes import Access, Reply, Route, verb
from entrypoints.officer_tables import officer_table
from supervision_core.clues.services import show_complainant
from supervision_core.officers.services import show_contact
from supervision_core.subjects.services import show_subject_personal_data

_LOGGED = "须说明目的；每次查看、为何查看都记入审计日志。"

PERSONAL_ROUTES: tuple[Route, ...] = (
    verb("GET", "/api/v1/officers/officers/{officer_id}/personal", show_contact,
         "查看执法人员联系信息", answer="", critical=True, text=_LOGGED),
    Route(
        method="GET", path="/api/v1/officers/officer_table_template",
        name="officers_table_template", title="下载执法人员填报模板", access=Access.LOGGED_IN,
        asked=Nothing, answered=bytes, gives=XLSX,
        run=lambda call, _: Reply(
            value=call.platform.tables.template(officer_table(call.platform, call.who)),
            filename="执法人员导入表.xlsx",
        ),
        text="含本部门使用中的执法人员要素。",
    ),
    verb("GET", "/api/v1/subjects/subjects/{subject_id}/personal", show_subject_personal_data,
         "查看监管对象个人信息", answer="", critical=True, text=_LOGGED),
    verb("GET", "/api/v1/clues/clues/{clue_id}/personal", show_complainant,
         "查看投诉举报人", answer="", critical=True,
         text=f"只供线索当前的承办部门查看，其他部门的尝试也记入审计日志。{_LOGGED}"),
)  # fmt: skip
"""Each asks for a permission of its own, a fresh proof of identity and a purpose."""
