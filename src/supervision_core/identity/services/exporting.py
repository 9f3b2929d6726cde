"""Asking a second person before a table of personal data goes out."""

from collections.abc import Sequence
from datetime import datetime

from attrs import frozen

from supervision_core.identity.model import ExportRequest, ExportState, Purpose
from supervision_core.identity.ports import (
    Departments,
    ExportRequestFilter,
    ExportRequestQueries,
    ExportRequests,
    Users,
)
from supervision_core.identity.services.frame import Work, question, use_case
from supervision_core.identity.services.keeping import is_super, reach_of, require_area
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest


@frozen(kw_only=True)
class RequestExport:
    """The department whose users shall go out, and what for."""

    department_id: str
    purpose: Purpose


@use_case("identity.request_export")
def request_export(work: Work, cmd: RequestExport) -> str:
    """Ask for the consent of a second person to an export; gives the request's id."""
    department = work[Departments].get(cmd.department_id)
    require_area(work, "department", cmd.department_id, [cmd.department_id])
    made = ExportRequest(
        id=work.ids.next_id(),
        about=cmd.department_id,
        region=department.data.region,
        purpose=cmd.purpose,
        asked_by=work.actor.user,
        asked_at=work.now,
    )
    work.save(ExportRequests, made)
    work.note(department=cmd.department_id, purpose=cmd.purpose)
    return made.id


@frozen(kw_only=True)
class DecideExport:
    """A request, whether it is allowed, and why."""

    request_id: str
    allowed: bool
    reason: str


@use_case("identity.decide_export")
def decide_export(work: Work, cmd: DecideExport) -> str:
    """Allow or refuse another's export; a duty of the security administrator, who exports nothing.

    Gives the request's id. Raises ``DecisionInvalid``.
    """
    request = work[ExportRequests].get(cmd.request_id)
    require_area(work, ExportRequests.kind, request.id, [request.about])
    request.decide(allowed=cmd.allowed, reason=cmd.reason, by=work.actor.user, at=work.now)
    work.save(ExportRequests, request)
    work.note(allowed="yes" if cmd.allowed else "no", department=request.about)
    return request.id


@frozen(kw_only=True)
class ExportUsers:
    """The department whose users go out, and the request in which another consented to it."""

    department_id: str
    request_id: str


@use_case("identity.export_users")
def export_users(work: Work, cmd: ExportUsers) -> Sequence[str]:
    """Give the ids of a department's users in order, for a table of them, while a consent holds.

    The log keeps whose, how many they are, and what for. Raises ``ExportNotAllowed``.
    """
    work[Departments].get(cmd.department_id)
    require_area(work, "department", cmd.department_id, [cmd.department_id])
    request = work[ExportRequests].get(cmd.request_id)
    require_area(work, ExportRequests.kind, request.id, [request.about])
    request.require(about=cmd.department_id, by=work.actor.user, at=work.now)
    users = work[Users].of_department(cmd.department_id)
    work.note(department=cmd.department_id, purpose=request.purpose, users=str(len(users)))
    return [one.id for one in users]


@frozen(kw_only=True)
class ViewExportRequest:
    """A request."""

    request_id: str


@frozen(kw_only=True)
class ExportRequestView:
    """A request as it is shown: who asked for what, who decided how."""

    id: str
    version: int
    about: str
    purpose: Purpose
    asked_by: str
    asked_at: datetime
    state: ExportState
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""


@question("identity.view_export_request")
def view_export_request(work: Work, about: ViewExportRequest) -> ExportRequestView:
    """Show a request to who asked, and to whoever reaches the department."""
    request = work[ExportRequests].get(about.request_id)
    if request.asked_by != work.actor.user and not is_super(work):
        work.reach(
            ExportRequests.kind,
            request.id,
            region=request.region,
            departments=frozenset({request.about}),
        )
    return _view(request)


def _view(request: ExportRequest) -> ExportRequestView:
    decision = request.decision
    return ExportRequestView(
        id=request.id,
        version=request.version,
        about=request.about,
        purpose=request.purpose,
        asked_by=request.asked_by,
        asked_at=request.asked_at,
        state=request.state,
        decided_by=decision.by if decision else "",
        decided_at=decision.at if decision else None,
        reason=decision.reason if decision else "",
    )


@frozen(kw_only=True)
class ListExportRequests:
    """Which requests are wanted: those about one department, those in one state, or all."""

    about: str = ""
    state: ExportState | None = None
    page: PageRequest = FIRST_PAGE


@question("identity.list_export_requests")
def list_export_requests(work: Work, about: ListExportRequests) -> Page[ExportRequestView]:
    """List the requests within reach, the oldest first."""
    wanted = ExportRequestFilter(reach=reach_of(work), about=about.about, state=about.state)
    found = work[ExportRequestQueries].page(wanted, about.page)
    return Page(tuple(map(_view, found.items)), found.next_cursor)
