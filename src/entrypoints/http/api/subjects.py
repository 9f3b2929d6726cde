"""The workbook that departments fill in with subjects; no secret."""

from entrypoints.http.api.login import Nothing
from entrypoints.http.api.tables import XLSX
from entrypoints.http.routes import Access, Call, Reply, Route
from supervision_core.subjects.table import SUBJECT_TABLE


def _template(call: Call, _: object) -> Reply:
    file = call.platform.tables.template(SUBJECT_TABLE)
    return Reply(value=file, filename=f"{SUBJECT_TABLE.title}.xlsx")


SUBJECT_ROUTES: tuple[Route, ...] = (
    Route(
        method="GET", path="/api/v1/subjects/subjects/table_template", access=Access.LOGGED_IN,
        asked=Nothing, name="subjects_import_template", title="下载监管对象填报模板",
        answered=bytes, run=_template, gives=XLSX,
    ),
)  # fmt: skip
