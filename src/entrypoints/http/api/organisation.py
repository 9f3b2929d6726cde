"""The existing platform's organisation: how it was taken in, a run at once, and tied roles."""

import os
from datetime import datetime
from typing import Any, Final

from attrs import evolve, field, frozen

from entrypoints.container import require_organisation
from entrypoints.http.api.login import Nothing
from entrypoints.http.problems import Reason, reason_of
from entrypoints.http.routes import Call, Reply, Route, verb
from entrypoints.settings import Settings
from supervision_core.identity.model import SyncConflict, SyncCount, SyncPart, SyncState
from supervision_core.identity.services import UseCase
from supervision_core.identity.services.synchronisations import (
    ListSynchronisations,
    RequestSynchronisation,
    SynchronisationView,
    list_synchronisations,
    request_directory_synchronisation,
    request_role_synchronisation,
)
from supervision_core.identity.services.told_roles import (
    ListToldRoles,
    ToldRoleView,
    list_told_roles,
    tie_role,
)
from supervision_core.kernel.fields import said
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.plain import to_plain

_BASE: Final = "/api/v1/identity"


@frozen(kw_only=True)
class ConflictShown:
    """What stays out, by its id there, and why."""

    what: str = field(
        metadata=said("类别：department机构，user用户，role角色，holder用户角色", example="user")
    )
    id: str = field(metadata=said("现有平台的编号", example="4001"))
    code: str = field(metadata=said("稳定的原因编码", example="identity.region_unknown"))
    reason: str = field(metadata=said("原因", example="手机号码不是11位有效号码"))
    remedy: str = field(metadata=said("处理办法", example="请更正后重新提交"))


@frozen(kw_only=True)
class SynchronisationShown:
    """How the last run of a part went; ``refused`` counts all conflicts, also those not listed."""

    part: SyncPart = field(
        metadata=said("同步的内容：directory机构和用户，roles用户角色", example="directory")
    )
    state: SyncState = field(
        metadata=said(
            "never从未同步，running正在进行或中途停止，done已完成，failed没有做完", example="done"
        )
    )
    asked_at: datetime | None = field(metadata=said("已发起、还没有执行完的，发起的时间"))
    by: str = field(metadata=said("发起人的用户编号；worker为定时，cli为命令行", example="clerk"))
    started_at: datetime | None = field(
        metadata=said("开始的时间", example="2026-01-31T08:00:00+00:00")
    )
    ended_at: datetime | None = field(
        metadata=said("结束的时间", example="2026-01-31T08:01:00+00:00")
    )
    failure: Reason | None = field(metadata=said("中途停止的原因，没有则为空"))
    counts: tuple[SyncCount, ...] = field(metadata=said("各类的条数"))
    conflicts: tuple[ConflictShown, ...] = field(metadata=said("未能同步的，逐条，至多200条"))
    refused: int = field(metadata=said("未能同步的共多少条", example=1))


@frozen(kw_only=True)
class SynchronisationsShown:
    """Both parts."""

    items: tuple[SynchronisationShown, ...] = field(metadata=said("本页各行"))


@frozen(kw_only=True)
class ToldRolesShown:
    """All roles that the platform has told."""

    items: tuple[ToldRoleView, ...] = field(metadata=said("本页各行"))


def shown(one: SynchronisationView, messages: Messages) -> SynchronisationShown:
    """Put how a part went into words."""
    return SynchronisationShown(
        part=one.part,
        state=one.state,
        asked_at=one.asked_at,
        by=one.by,
        started_at=one.started_at,
        ended_at=one.ended_at,
        failure=None if one.failure is None else reason_of(one.failure, messages),
        counts=one.counts,
        conflicts=tuple(_conflict(each, messages) for each in one.conflicts),
        refused=one.refused,
    )


def _conflict(one: SyncConflict, messages: Messages) -> ConflictShown:
    said = reason_of(one.violation, messages)
    return ConflictShown(
        what=one.what, id=one.id, code=said.code, reason=said.reason, remedy=said.remedy
    )


def synchronisations(call: Call) -> tuple[SynchronisationShown, ...]:
    """Tell how both parts went."""
    found = call.platform.commands.ask(
        list_synchronisations, ListSynchronisations(), actor=call.who
    )
    return tuple(shown(one, call.platform.messages) for one in found)


def ask_to_run(call: Call, case: UseCase[RequestSynchronisation, str]) -> str:
    """Ask the worker to run a part. Raises ``Unavailable`` where no platform is set."""
    if call.who.may(case.permission):
        require_organisation(Settings.from_environment(os.environ))
    command = RequestSynchronisation()
    return call.platform.commands.run(case, command, actor=call.who, key=call.key)


def _asking(path: str, case: UseCase[RequestSynchronisation, str], title: str) -> Route:
    def run(call: Call, _: Any) -> Reply:
        return Reply(value={"part": ask_to_run(call, case)})

    made = verb("POST", path, case, title, answer="part", text="由后台任务执行，通常30秒内开始；"
                "尚未开始时重复发起只执行一次。没有接入统一组织架构的答复503。")  # fmt: skip
    return evolve(made, run=run)


def _list(call: Call, _: Nothing) -> Reply:
    return Reply(value=to_plain(SynchronisationsShown(items=synchronisations(call))))


def _told_roles(call: Call, _: Nothing) -> Reply:
    found = call.platform.commands.ask(list_told_roles, ListToldRoles(), actor=call.who)
    return Reply(value=to_plain(ToldRolesShown(items=found)))


ORGANISATION_ROUTES: tuple[Route, ...] = (
    Route(
        method="GET", path=f"{_BASE}/synchronisations", name="identity_list_synchronisations",
        title="现有平台同步的结果", access=list_synchronisations.permission, asked=Nothing,
        answered=SynchronisationsShown, run=_list,
        text="机构和用户、用户角色各一项：最近一次何时、由谁、结果，及未能同步的逐条原因（至多200条）。",
    ),
    _asking(f"{_BASE}/synchronisations/directory", request_directory_synchronisation,
            "立即同步现有平台的机构和用户"),
    _asking(f"{_BASE}/synchronisations/roles", request_role_synchronisation,
            "立即同步现有平台的用户角色"),
    Route(
        method="GET", path=f"{_BASE}/told_roles", name="identity_list_told_roles",
        title="现有平台的角色", access=list_told_roles.permission, asked=Nothing,
        answered=ToldRolesShown, run=_told_roles, text="以及各绑定到本系统的哪个角色。",
    ),
    verb("PUT", f"{_BASE}/told_roles", tie_role, "绑定现有平台的角色", critical=True,
         text="从下一次同步起，在现有平台持有该角色的用户持有本系统的角色；role_id为空则解除绑定。"),
)  # fmt: skip
"""What administrators see and do of it."""
