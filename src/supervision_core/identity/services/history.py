"""Who logged in when, by what and from where: for himself, and for who manages him."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.audit.model import AuditRow, Outcome
from supervision_core.audit.ports import AuditFilter, AuditQueries
from supervision_core.identity.model import masked_source
from supervision_core.identity.services.frame import Work, question
from supervision_core.identity.services.keeping import managed_user
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest
from supervision_core.kernel.ports import UnitOfWork


class LogInStep(StrEnum):
    """With what somebody proved who he is; after a password comes a code or a face."""

    PASSWORD = "password"  # noqa: S105 - a step
    CODE = "code"
    FACE = "face"
    CERTIFICATE = "certificate"
    SIGN_ON = "sign_on"


STEPS: Final[Mapping[str, LogInStep]] = {
    "identity.log_in_with_password": LogInStep.PASSWORD,
    "identity.confirm_sms_code": LogInStep.CODE,
    "identity.log_in_with_face": LogInStep.PASSWORD,
    "identity.confirm_face": LogInStep.FACE,
    "identity.log_in_with_certificate": LogInStep.CERTIFICATE,
    "identity.sign_on": LogInStep.SIGN_ON,
    "identity.sign_on_with_token": LogInStep.SIGN_ON,
}
"""What each action of the log that is a step of a log-in proves."""


@frozen(kw_only=True)
class LogInRecord:
    """One step of a log-in: when, by what, from which address, and whether it held.

    ``let_in`` tells that a session began with it.
    """

    at: datetime = field(metadata=said("时间", example="2026-01-31T08:00:00+00:00"))
    step: LogInStep = field(
        metadata=said(
            "步骤：password密码，code短信验证码，face人脸认证，certificate数字证书，sign_on统一身份认证",
            example="code",
        )
    )
    source: str = field(metadata=said("来源地址，查看他人时只给出网段", example="192.0.2.0/24"))
    outcome: Outcome = field(metadata=said("结果：done为完成，denied为拒绝", example="done"))
    let_in: bool = field(metadata=said("会话由此开始", example=True))


@frozen(kw_only=True)
class ListLogIns:
    """The user whose log-ins are wanted."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页：每页行数、游标和排序"))


@question("identity.list_log_ins", "用户的登录记录")
def list_log_ins(work: Work, about: ListLogIns) -> Page[LogInRecord]:
    """List the log-ins of a managed user, the newest first, failed ones too.

    Of an address only the network is shown: the whole stands in the audit log (GB/T 35273: 去标识化
    展示). Source: GB/T 22239-2019 8.1.4.3, 8.1.10.6.
    """
    managed_user(work, about.user_id)
    found = log_ins_of(work.unit, about.user_id, about.page)
    masked = (evolve(one, source=masked_source(one.source)) for one in found.items)
    return Page(tuple(masked), found.next_cursor)


def log_ins_of(unit: UnitOfWork, user: str, page: PageRequest) -> Page[LogInRecord]:
    """Give a page of a user's log-ins as the log has them, the newest first."""
    wanted = AuditFilter(actor=user, actions=frozenset(STEPS))
    found = unit[AuditQueries].search(wanted, evolve(page, order=""))
    return Page(tuple(map(_view, found.items)), found.next_cursor)


def _view(row: AuditRow) -> LogInRecord:
    entry = row.entry
    step = STEPS[entry.action]
    return LogInRecord(
        at=entry.at,
        step=step,
        source=dict(entry.note).get("source", ""),
        outcome=entry.outcome,
        let_in=entry.outcome is Outcome.DONE and step is not LogInStep.PASSWORD,
    )
