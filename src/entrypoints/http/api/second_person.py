"""Requests for a second person: ask, look, consent or refuse, withdraw."""

from typing import Final

from entrypoints.http.bodies import checked
from entrypoints.http.errors import VersionRequired
from entrypoints.http.routes import Call, Reply, Route, Versioned, listing, reading, verb
from entrypoints.shape import shape_of
from supervision_core.identity.services.second_person import (
    RequestSecondPerson,
    SecondPersonAsked,
    case_of,
    command_type,
    decide_second_person,
    request_second_person,
    withdraw_second_person,
)
from supervision_core.identity.services.second_person_questions import (
    list_second_person,
    view_second_person,
)
from supervision_core.identity.services.users import delete_user
from supervision_core.kernel.plain import to_plain

_BASE: Final = "/api/v1/identity/second_person_requests"
_REQUEST: Final = f"{_BASE}/{{request_id}}"


def _ask(call: Call, command: RequestSecondPerson) -> Reply:
    """Check what is asked for as its own route would, then ask."""
    wanted = command_type(case_of(command.action))
    plain = checked(shape_of(wanted), command.command, at="command")
    if command.seen is None and _takes_away(command.action, plain):
        raise VersionRequired
    done = call.platform.commands.run(request_second_person, command, actor=call.who, key=call.key)
    return Reply(value=to_plain(done))


def _takes_away(action: str, command: object) -> bool:
    """Tell whether it deletes or disables, which is done only on the version that was seen."""
    disables = isinstance(command, dict) and command.get("enabled") is False
    return disables or action == delete_user.permission


SECOND_PERSON_ROUTES: tuple[Route, ...] = (
    Route(
        method="POST", path=_BASE, name="identity_request_second_person", title="申请双人复核",
        access=request_second_person.permission, asked=RequestSecondPerson,
        answered=SecondPersonAsked, run=_ask, keyed=True, critical=True,
        refusals=(VersionRequired,),
        text="直接办理被答复identity.second_person_required的，以同样的内容在这里申请："
             "action是该操作的权限名，command是其全部字段（含路径中的）。"
             "停用、删除的须在seen中给出所见的版本（ETag）。"
             "其他规则不允许的当即拒绝；其实不需要第二人的当即办理，answer是其答复。",
    ),
    listing(_BASE, list_second_person, "双人复核申请列表",
            text="which为to_decide时是等待本人同意的，own是本人申请的，all是范围内全部的。"
                 "一页可能少于要求的行数。"),
    reading(_REQUEST, view_second_person, "查看双人复核申请", tagged=True,
            text="将要变更的内容；个人信息只对可以同意的人完整显示。"),
    verb("POST", f"{_REQUEST}/decision", decide_second_person, "同意或拒绝双人复核申请",
         critical=True, versioned=Versioned("second_person_request", "request_id"),
         text="同意后以申请人的名义当即办理，此时重新检查全部规则；申请后72小时内有效。"),
    verb("DELETE", _REQUEST, withdraw_second_person, "撤回双人复核申请",
         text="只有申请人可以撤回。"),
)  # fmt: skip
"""What one administrator alone may not do."""
