"""``supervision second-person``: the operator as the second person, where there is no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.cli.console import Exit
from entrypoints.cli.framing import database_option, finish, options, speaking
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import GUANGXI

if TYPE_CHECKING:
    from entrypoints.container import Platform
    from supervision_core.identity.services.second_person_questions import SecondPersonView

_REQUEST = click.argument("request", metavar="编号")
_REASON = click.option("--reason", default="", metavar="意见", help="同意或拒绝的意见。")
_YES = click.option("--yes", is_flag=True, help="不再询问，直接办理。")


@click.group(
    help="双人复核：涉及管理员的变更须由另一人同意。\n\n"
    "只在没有其他管理员可以同意时，由运维人员在这里同意；记入审计日志。",
)
@click.help_option("--help", "-h", help="显示本帮助。")
def second_person() -> None:
    """Give the commands around the second person."""


@second_person.command("list", help="列出等待同意的申请；--all 列出全部。")
@click.option("--all", "every", is_flag=True, help="也列出已办结的。")
@database_option
@options
def list_(url: str, *, every: bool, as_json: bool) -> None:
    """List requests."""
    from entrypoints.actors import operator
    from entrypoints.cli.opening import opened
    from entrypoints.second_person import STATES
    from supervision_core.identity.services.second_person_questions import (
        ListSecondPerson,
        Which,
        list_second_person,
    )
    from supervision_core.kernel.paging import every_page
    from supervision_core.kernel.plain import to_plain

    which = Which.ALL if every else Which.TO_DECIDE
    with speaking(as_json=as_json) as console, opened(url) as platform:
        ask = partial(platform.commands.ask, list_second_person, actor=operator())
        pages = every_page(lambda page: ask(ListSecondPerson(which=which, page=page)))
        found = [one for page in pages for one in page.items]
        lines = [
            f"{one.id}  {STATES[one.state]}  {one.title}  {one.account}  申请人 {one.asked_by}  "
            f"有效期至 {_minute(one.lapses_at)}"
            for one in found
        ]
        rows: list[Json] = [to_plain(one) for one in found]
        console.answer({"requests": rows}, lines or ["· 没有申请"])


@second_person.command(help="查看一份申请：将要变更的全部内容。")
@_REQUEST
@database_option
@options
def show(request: str, url: str, *, as_json: bool) -> None:
    """Show a request."""
    from entrypoints.cli.opening import opened
    from supervision_core.kernel.plain import to_plain

    with speaking(as_json=as_json) as console, opened(url) as platform:
        found = _found(platform, request)
        console.answer({"request": to_plain(found)}, list(_told(found)))


@second_person.command(
    help="同意一份申请，以申请人的名义立即办理。另有管理员可以同意的，不予办理。"
)
@_REQUEST
@_REASON
@_YES
@database_option
@options
def consent(request: str, reason: str, url: str, *, yes: bool, as_json: bool) -> None:
    """Consent to a request."""
    _decide(request, reason, url, consented=True, yes=yes, as_json=as_json)


@second_person.command(help="拒绝一份申请，须用 --reason 写明理由。")
@_REQUEST
@_REASON
@_YES
@database_option
@options
def refuse(request: str, reason: str, url: str, *, yes: bool, as_json: bool) -> None:
    """Refuse a request."""
    _decide(request, reason, url, consented=False, yes=yes, as_json=as_json)


def _decide(  # noqa: PLR0913 - one for each option
    request: str, reason: str, url: str, *, consented: bool, yes: bool, as_json: bool
) -> None:
    from entrypoints.actors import operator
    from entrypoints.cli.opening import opened
    from supervision_core.identity.services.second_person import (
        DecideSecondPerson,
        decide_second_person,
    )

    with speaking(as_json=as_json) as console, opened(url) as platform:
        word = "同意" if consented else "拒绝"
        if not yes:
            for line in _told(_found(platform, request)):
                console.tell(line)
            if not click.confirm(f"{word}这份申请？", err=True):
                finish(Exit.REFUSED)
        command = DecideSecondPerson(request_id=request, consented=consented, reason=reason)
        platform.commands.run(decide_second_person, command, actor=operator())
        console.answer({"request": request, "consented": consented}, [f"✓ 已{word}"])


def _found(platform: Platform, request: str) -> SecondPersonView:
    from entrypoints.actors import operator
    from supervision_core.identity.services.second_person_questions import (
        ViewSecondPerson,
        view_second_person,
    )

    about = ViewSecondPerson(request_id=request)
    return platform.commands.ask(view_second_person, about, actor=operator())


def _minute(at: datetime) -> str:
    return f"{at.astimezone(GUANGXI):%Y-%m-%d %H:%M}"


def _told(found: SecondPersonView) -> Iterator[str]:
    from entrypoints.second_person import STATES, consents_of, differences_of, ways_of

    yield f"{found.title}：{found.account}（{found.name}，{'、'.join(found.departments)}）"
    yield f"  状态 {STATES[found.state]}，有效期至 {_minute(found.lapses_at)}"
    yield f"  申请人 {found.asked_by}（{found.asked_for}），理由：{found.reason}"
    for whose, given in consents_of(found):
        yield f"  须由 {whose} 同意：{given}"
    yield f"  现有登录方式：{'；'.join(ways_of(found)) or '无'}"
    for title, before, after in differences_of(found):
        yield f"  {title}：{before} → {after}"
    if found.decided_by:
        yield f"  办理人 {found.decided_by}，意见：{found.decision_reason or '无'}"
