"""What requests for a second person are told in: the words of states, fields and values."""

from collections.abc import Iterator, Mapping
from typing import Final

from entrypoints.organising import TITLES
from supervision_core.identity.model import SecondPersonState, UserKind
from supervision_core.identity.services.second_person_questions import (
    ConsentShown,
    SecondPersonView,
)

STATES: Final = {
    SecondPersonState.WAITING: "待同意",
    SecondPersonState.CONSENTED: "已同意并办理",
    SecondPersonState.REFUSED: "已拒绝",
    SecondPersonState.WITHDRAWN: "已撤回",
    SecondPersonState.LAPSED: "已过期",
}
_WHAT: Final[Mapping[str, str]] = {
    "account": "账号",
    "phone": "手机号码",
    "mail": "邮箱",
    "name": "姓名",
    "sex": "性别",
    "birthday": "出生日期",
    "nationality": "国籍",
    "document_kind": "证件类型",
    "document_number": "证件号码",
    "address": "家庭住址",
    "kind": "用户类型",
    "party": "所代表的主体",
    "description": "描述信息",
    "valid_until": "账号有效期至",
    "memberships": "所属组织",
    "extras": "扩展属性",
    "thumbprint": "数字证书",
    "permission": "权限",
    "role": "授予角色",
    "group": "授予群组",
    "department": "授予机构",
    "roles": "角色",
    "groups": "群组",
    "enabled": "启用",
    "deleted": "删除",
}
_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "enabled": {"yes": "启用", "no": "停用"},
    "deleted": {"yes": "已删除", "no": "未删除"},
    "kind": {
        UserKind.STAFF.value: "工作人员",
        UserKind.THIRD_PARTY.value: "第三方机构人员",
        UserKind.ENTERPRISE.value: "企业用户",
        UserKind.CITIZEN.value: "群众",
    },
}


def differences_of(view: SecondPersonView) -> Iterator[tuple[str, str, str]]:
    """Give what would change: its title, what stands there, and what would."""
    for one in view.differences:
        values = _VALUES.get(one.what, {})
        before, after = (values.get(text, text) or "无" for text in (one.before, one.after))
        yield _WHAT[one.what], before, after


def ways_of(view: SecondPersonView) -> Iterator[str]:
    """Say what lets the user in, and who gave it."""
    for one in view.ways:
        what = "密码" if one.what == "password" else f"数字证书 {one.what}"
        yield f"{what}（{one.given_by}给予）" if one.given_by else what


def consents_of(view: SecondPersonView) -> Iterator[tuple[str, str]]:
    """Name each consent that it takes: whose, and who gave it or that it is missing."""
    waits = view.state is SecondPersonState.WAITING
    for one in view.consents:
        given = f"{one.given_by}已同意" if one.given_by else "还缺" if waits else "没有给出"
        yield _whose(one), given


def _whose(one: ConsentShown) -> str:
    title = "能办理同一操作的管理员" if one.duty is None else TITLES[one.duty]
    if one.everywhere:
        return f"管理全部机构的{title}"
    return f"{one.department}或其上级机构的{title}" if one.department else title
