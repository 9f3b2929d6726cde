"""Asking a second person before a table of personal data goes out."""

from collections.abc import Sequence

from attrs import field, frozen

from supervision_core.identity.model import ExportRequest, Purpose
from supervision_core.identity.ports import Departments, ExportRequests, Users
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import require_area
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class RequestExport:
    """The department whose users shall go out, and what for."""

    department_id: str = field(metadata=said("组织机构编号", example="nanning"))
    purpose: Purpose = field(
        metadata=said(
            "使用目的：contact联系、identify核实、correct更正、complaint投诉、inspection检查",
            example="contact",
        )
    )


@use_case("identity.request_export", "申请导出用户")
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

    request_id: str = field(
        metadata=said("申请编号", example="0199c0de-0000-7000-8000-000000000001")
    )
    allowed: bool = field(metadata=said("是否同意", example=True))
    reason: str = field(metadata=said("审批意见", example="核对花名册，同意导出"))


@use_case("identity.decide_export", "审批导出申请")
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

    department_id: str = field(metadata=said("组织机构编号", example="nanning"))
    request_id: str = field(
        metadata=said("申请编号", example="0199c0de-0000-7000-8000-000000000001")
    )


@use_case("identity.export_users", "导出用户", answers="用户编号，按排序")
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
