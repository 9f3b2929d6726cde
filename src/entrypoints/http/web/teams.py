"""The transfer panels of teams: 未关联 and 已关联 officers. Proposal 6.4.2.2.2.3, 6.4.2.2.2.4."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import evolve

from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call
from entrypoints.http.web.pages import HOME, Form, Page, ask, carry_out
from entrypoints.http.web.reading import Field
from entrypoints.http.web.transfer import Act, Found, Panel, Side
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.plain import from_plain
from supervision_core.officers.lists import REVIEW_GROUPS, TEAMS
from supervision_core.officers.model import TeamKind
from supervision_core.officers.ports import OfficerFilter
from supervision_core.officers.services import (
    AppointLeader,
    JoinTeam,
    JoinTeamByQuery,
    LeaveTeam,
    LeaveTeamByQuery,
    ListOfficersByPerson,
    appoint_leader,
    create_team,
    join_team,
    join_team_by_query,
    leave_team,
    leave_team_by_query,
    list_officers_by_person,
)

_NAME: Final = Field(name="name", title="姓名", most=60)
_PHONE: Final = Field(name="phone", title="联系电话", most=20, hint="须填写完整")
_CERTIFICATE: Final = Field(name="certificate", title="执法证号", most=64)
_COLUMNS: Final = ("姓名", "联系电话", "所属主体（受委托组织）", "性别", "执法证号")
_JOIN: Final = Act(name="join", title="保存关联", case=join_team.permission)
_JOIN_ALL: Final = Act(
    name="join_all", title="关联所有查询结果", case=join_team_by_query.permission, every=True
)
_APPOINT: Final = Act(name="appoint", title="委派组长", case=appoint_leader.permission)
_LEAVE: Final = Act(name="leave", title="删除关联", case=leave_team.permission, dangerous=True)
_LEAVE_ALL: Final = Act(
    name="leave_all",
    title="删除所有查询结果",
    case=leave_team_by_query.permission,
    every=True,
    dangerous=True,
)


def _base(plural: str) -> str:
    return f"{HOME}/officers/{plural}"


def links_above(call: Call) -> Iterable[Mapping[str, Any]]:
    """Give the way to the form of a new group that reviews."""
    if call.who.may(create_team.permission):
        path = f"{HOME}/officers/do/create_team?kind={TeamKind.RISK.value}"
        yield {"path": path, "title": f"新增{REVIEW_GROUPS.title}", "icon": "ti-plus",
               "kind": "main", "drawer": True}  # fmt: skip


def link_of(call: Call, plural: str, id: str) -> Iterable[Mapping[str, Any]]:
    """Give the way to the panel of a team."""
    if call.who.may(list_officers_by_person.permission):
        yield {"path": f"{_base(plural)}/{id}/members", "title": "关联执法人员", "kind": "main"}


def _panel(query: ListQuery[Any]) -> Panel:
    cases, parameter = cases_of(query), f"{query.noun}_id"

    def team_of(call: Call, form: Form) -> Any:
        return ask(call, cases.view, cases.named(id=form[parameter]))

    def about(call: Call, form: Form) -> tuple[str, str]:
        found = team_of(call, form).content
        return f"{found.name}：关联执法人员", _base(query.plural)

    def finding(*, linked: bool) -> Any:
        def find(call: Call, form: Form, asked: Mapping[str, str], cursor: str | None) -> Found:
            team = team_of(call, form)
            wanted = evolve(_filter(asked), team=team.id, linked=linked)
            page = PageRequest(cursor=cursor)
            found = ask(
                call, list_officers_by_person, ListOfficersByPerson(filter=wanted, page=page)
            )
            rows = [_row(call, one, team.content.leader, linked=linked) for one in found.items]
            count = f"共{len(team.content.members)}人" if linked and not asked else ""
            return Found(rows=rows, next_cursor=found.next_cursor, count=count)

        return find

    def act(
        call: Call, form: Form, one: Act, ids: tuple[str, ...], asked: Mapping[str, str]
    ) -> str:
        team, wanted = form[parameter], _filter(asked)
        match one.name:
            case _JOIN.name:
                command: Any = JoinTeam(team_id=team, officer_ids=frozenset(ids))
                count = carry_out(call, join_team, command, changes=None)
                return f"关联成功：{count}人。"
            case _JOIN_ALL.name:
                command = JoinTeamByQuery(team_id=team, filter=wanted)
                count = carry_out(call, join_team_by_query, command, changes=None)
                return f"关联成功：{count}人。"
            case _APPOINT.name:
                refuse_if(FormInvalid, [] if len(ids) == 1 else [Violation("http.tick_one")])
                command = AppointLeader(team_id=team, officer_id=ids[0])
                carry_out(call, appoint_leader, command, changes=None)
                return "委派组长成功。"
            case _LEAVE.name:
                command = LeaveTeam(team_id=team, officer_ids=frozenset(ids))
                count = carry_out(call, leave_team, command, changes=None)
            case _:
                command = LeaveTeamByQuery(team_id=team, filter=wanted)
                count = carry_out(call, leave_team_by_query, command, changes=None)
        return f"删除关联成功：{count}人。"

    return Panel(
        path=f"{_base(query.plural)}/{{{parameter}}}/members",
        name=f"page_{query.noun}_members",
        access=cases.view.permission,
        left=Side(
            name="free", title="未关联", search=(_NAME, _PHONE), columns=_COLUMNS,
            acts=(_JOIN, _JOIN_ALL), find=finding(linked=False),
        ),
        right=Side(
            name="linked", title="已关联", search=(_NAME, _PHONE, _CERTIFICATE),
            columns=(*_COLUMNS, "委派组长"), acts=(_APPOINT, _LEAVE, _LEAVE_ALL),
            find=finding(linked=True),
        ),
        about=about,
        act=act,
    )  # fmt: skip


def _filter(asked: Mapping[str, str]) -> OfficerFilter:
    return from_plain(OfficerFilter, dict(asked))


def _row(call: Call, one: Any, leader: str, *, linked: bool) -> Mapping[str, Any]:
    del call
    name = {"text": one.name, "path": f"{_base('officers')}/{one.id}", "drawer": True}
    cells = [name, one.phone, one.employer, one.sex, one.certificate]
    if linked:
        cells.append({"text": "组长", "colour": "green"} if one.id == leader else "")
    return {"id": one.id, "title": one.name, "cells": cells}


TEAM_PAGES: tuple[Page, ...] = (*_panel(TEAMS).pages(), *_panel(REVIEW_GROUPS).pages())
"""Members of teams that inspect, and of groups that review."""
