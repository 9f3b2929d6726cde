"""What a page is, and what pages do with forms: ask, carry out, go on."""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlencode

from attrs import define, field, frozen

from entrypoints.http.routes import Access, Call, Reply
from supervision_core.identity.model import Actor, SceneRole
from supervision_core.identity.services import Expected, Question, UseCase
from supervision_core.identity.services.second_person import (
    ASKABLE,
    RequestSecondPerson,
    SecondPersonAsked,
    request_second_person,
)
from supervision_core.kernel.paging import FIRST_PAGE, PageRequest
from supervision_core.kernel.plain import from_plain, to_plain

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")

_TRAIL: Final = re.compile(r"[0-9]{1,6}(?:~[A-Za-z0-9_-]{1,1000}){0,10}")
_MOST_BEFORE: Final = 10
"""Pages to which an address leads back one by one."""
_SECOND: Final = 2
HTML: Final = "text/html"
HOME: Final = "/gov"
AUDIT: Final = f"{HOME}/audit"
PHONE: Final = "/m"
APPEALS: Final = f"{PHONE}/complaints"
"""Where citizens and firms see what they reported."""
SUBMIT: Final = f"{APPEALS}/submit"
"""Where they report something."""
SCAN: Final = f"{PHONE}/scan"
"""Where anybody scans a code."""
ENT: Final = "/ent"
OPEN: Final = "/open"
SECOND_PERSON: Final = "second_person"
_LONG: Final = 30
"""Signs of a text that stand in one line of a table."""
DONE: Final[Mapping[str, str]] = {
    "left": "已退出登录。",
    "phone_changed": "手机号已更换，其他会话已结束。",
    "renewed": "密码已修改，其他会话已结束。",
    "log_in_anew": "密码已修改，请用数字证书登录。",
    "in_part": "已办理。还有检查对象派不出检查人员，原因和解决办法见“继续抽取检查人员”。",
    "view_kept": "视图已保存。",
    "drafted": "草稿已保存，附件不在内。",
    "draft_dropped": "草稿已放弃。",
    "arranged": "列设置已保存。",
    "added": "新增成功。",
    "changed": "修改成功。",
    "deleted": "删除成功。",
    "enabled": "启用成功。",
    "disabled": "停用成功。",
    "ordered": "排序已保存。",
    "appointed": "管理员设置成功。",
    "ended": "会话已全部结束。",
    "assigned": "角色和群组已保存。",
    "granted": "授权成功。",
    "revoked": "权限已收回。",
    "delegated": "可分配角色已保存。",
    "requested": "同步已发起，由后台任务执行，稍后刷新本页查看结果。",
    "tied": "角色已绑定，从下一次同步起生效。",
    "untied": "角色已解除绑定，从下一次同步起生效。",
    "resent": "已交后台任务重新发送。",
    "dropped": "已放弃该事件。",
    "read": "消息已全部标为已读。",
    "sent": "消息已记录，等待发送。",
    "asked": "申请已提出，请等待审批。",
    "proposed": "变更申请已提交，请等待主管部门办理。",
    "decided": "审批已保存。",
    "second_asked": "双人复核申请已提出，72小时内有另一人同意的，随即办理。",
    "withdrawn": "申请已撤回。",
    "works_for": "已切换任职机构。",
    "handled": "已办理。",
    "job_started": "已交后台执行，本页显示进度和结果。",
    "job_cancelled": "作业已取消，已办理的保留。",
    "job_again": "作业已重新排队。",
}
"""What a page may say was done, by the word in its address; it cannot be made to say more."""

Form = Mapping[str, str]
"""What was filled in, and the parameters in the path, which a form cannot replace."""


@frozen(kw_only=True)
class Shown:
    """What a page answers: a template with its values, or where to go.

    ``session`` is the token for the session's cookie, ``state`` what the browser keeps of a single
    sign-on; empty takes the cookie away. ``middleware`` pages may speak with the certificate
    middleware. A ``file`` is given in place of a document.
    """

    template: str = ""
    values: Mapping[str, Any] = field(factory=dict)
    goes_to: str = ""
    session: str | None = field(default=None, repr=False)
    state: str | None = field(default=None, repr=False)
    status: int = HTTPStatus.OK
    media: str = HTML
    middleware: bool = False
    file: Reply | None = None


@define(eq=False, kw_only=True)
class Page:
    """A page: its address and method, who may see it, and what it shows given a form.

    ``access`` is the permission asked for, or an ``Access``; ``critical`` pages ask for a fresh
    proof of identity. ``again`` gives the page on which a refusal is told; without it, the refusal
    is a page itself. ``menu`` is the way through the menu that leads here, as ``("系统管理",
    "用户")``, ``step`` its place there, counted from 1 (0: behind, in the pages' order), and
    ``icon`` stands before its title; menus leave it out for who acts for a party and has the
    permission that it is ``unlisted_for``. ``file`` is the field of its form that holds a file,
    which comes as the call's ``content``; several are ``files``. Where it takes ``uploads``, any
    field may hold files, which come with their names. ``audited`` pages show what the log keeps
    that somebody looked at; no other site can lead to them. What is asked for by GET and
    ``gives_out`` a file, itself or by where it leads, shows nothing: nobody is led there who did
    not ask for it just now. ``carries`` are the permissions of the
    commands that a form carries out, by default that which the page asks for. A public page that
    ``welcomes`` knows who reads it, where he is logged in.
    """

    method: str
    path: str
    name: str
    access: str | Access
    run: Callable[[Call, Form], Shown]
    again: Callable[[Call, Form], Shown] | None = None
    menu: tuple[str, ...] = ()
    step: int = 0
    icon: str = ""
    unlisted_for: str = ""
    file: str = ""
    files: tuple[str, ...] = ()
    uploads: bool = False
    critical: bool = False
    audited: bool = False
    gives_out: bool = False
    carries: tuple[str, ...] = ()
    welcomes: bool = False

    @property
    def permission(self) -> str | None:
        """The permission that it asks for."""
        return None if isinstance(self.access, Access) else self.access

    @property
    def carried(self) -> tuple[str, ...]:
        """The permissions of the commands that it carries out."""
        if self.method == "GET" or self.permission is None:
            return self.carries
        return self.carries or (self.permission,)


@frozen(kw_only=True)
class Trail:
    """Where in a list a page is, as its address says: how many pages in, and how one came there.

    Keyset pages know only what comes next, so an address remembers the cursors ``before`` its own.
    ``number`` counts from 1; it is 0 where the address does not say.
    """

    cursor: str = ""
    number: int = 1
    before: tuple[str, ...] = ()

    @classmethod
    def of(cls, form: Form) -> "Trail":
        """Read what the address says; what no page of ours wrote leads to the first page alone."""
        cursor, said = form.get("cursor", ""), form.get("trail", "")
        if not cursor:
            return cls()
        if not _TRAIL.fullmatch(said):
            return cls(cursor=cursor, number=0)
        number, *before = said.split("~")
        return cls(cursor=cursor, number=int(number), before=tuple(before))

    @property
    def back(self) -> Mapping[str, str] | None:
        """What the address of the page before holds, ``None`` where none is known."""
        if self.number == _SECOND:
            return {}
        if self.number < _SECOND or not self.before:
            return None
        *earlier, last = self.before
        return {"cursor": last, "trail": "~".join((str(self.number - 1), *earlier))}

    def onward(self, cursor: str) -> Mapping[str, str]:
        """Give what the address of the next page holds."""
        if not self.number:
            return {"cursor": cursor}
        before = (*self.before, self.cursor)[-_MOST_BEFORE:] if self.cursor else ()
        return {"cursor": cursor, "trail": "~".join((str(self.number + 1), *before))}

    def where(self, rows: int, size: int = FIRST_PAGE.size) -> str:
        """Say which rows of the list a page of ``size`` shows, as far as that is known."""
        first = (self.number - 1) * size + 1
        return f"第{first}至{first + rows - 1}条" if rows and self.number else ""


class SecondPersonWaits(Exception):
    """What was filled in waits for a second person, as the request of that id."""


def lies_in(space: str, path: str) -> bool:
    """Tell whether an address lies in a space."""
    return path == space or path.startswith(f"{space}/")


def is_open(path: str) -> bool:
    """Tell whether an address is one of the public pages, which know nobody and keep no cookie."""
    return path == "/" or lies_in(OPEN, path)


def home_of(path: str) -> str:
    """Give the space in whose pages one logs in and keeps one's account: workbench or phone zone.

    The space of firms has none of its own: they do that in the phone zone.
    """
    return PHONE if any(lies_in(one, path) for one in (PHONE, ENT)) else HOME


def is_firm(actor: Actor | None) -> bool:
    """Tell whether somebody acts for a firm, whose place is a space of its own."""
    return actor is not None and actor.scope.role is SceneRole.ENTERPRISE


def log_in_of(home: str) -> str:
    """Give where one logs in to a space."""
    return f"{home}/login"


def name_of(home: str, rest: str) -> str:
    """Give the name of a page that lies in both spaces."""
    return f"page_{rest}" if home == HOME else f"page_phone_{rest}"


def require(call: Call, permission: str, page: str) -> None:
    """Demand the permission of a page; a denial is audited. Raises ``PermissionDenied``."""
    opened: Question[Mapping[str, str], None] = Question(
        permission, page, lambda _work, _about: None
    )
    call.platform.commands.ask(opened, {"page": page}, actor=call.who)


def ask(call: Call, question: Question[Asked, Answered], about: Asked) -> Answered:
    """Ask for what a page shows."""
    return call.platform.commands.ask(question, about, actor=call.who)


def carry_out(
    call: Call, case: UseCase[Asked, Answered], command: Asked, *, changes: tuple[str, str] | None
) -> Answered:
    """Carry out what a form asks for: once under its key, and on the version that it showed.

    ``changes`` are kind and id of what the form is about, ``None`` for something new. Where the
    form holds a reason for a second person, one is asked for. Raises ``SecondPersonWaits``.
    """
    expected = None
    if changes is not None:
        kind, changed = changes
        version = -1 if call.seen is None else call.seen
        expected = Expected(kind=kind, id=changed, version=version)
    if call.second_reason and case in ASKABLE:
        asked = RequestSecondPerson(
            action=case.name, command=to_plain(command), reason=call.second_reason, seen=expected
        )
        return cast("Answered", _asked(call, asked))
    return call.platform.commands.run(
        case, command, actor=call.who, key=call.key, expected=expected
    )


def _asked(call: Call, command: RequestSecondPerson) -> object:
    """Ask for a second person; give what the use case answered where it needs none after all."""
    answer = call.platform.commands.run(
        request_second_person, command, actor=call.who, key=call.key
    )
    told = from_plain(SecondPersonAsked, to_plain(answer))
    if told.request_id:
        raise SecondPersonWaits(told.request_id)
    return told.answer


def page_of_list(form: Form) -> PageRequest:
    """Give the page of a list that the address names. Raises ``UnknownOrder``: pages offer none."""
    found = PageRequest(cursor=form.get("cursor") or None, order=form.get("order", ""))
    found.require_order()
    return found


def wrapped(said: Any) -> Any:
    """Let a long text in a table go over several lines."""
    return {"text": said, "wraps": True} if isinstance(said, str) and len(said) > _LONG else said


def gone_on(path: str, done: str, **more: str) -> Shown:
    """Give the way to the page that says what was ``done``, one of the words of ``DONE``."""
    query = urlencode(({"done": done} if done in DONE else {}) | more)
    return Shown(goes_to=f"{path}?{query}" if query else path)
