"""Certification by face: in place of the code at a log-in, and as a fresh proof of identity."""

from typing import Final

from attrs import field, frozen

from entrypoints.http.api.login import Done, LogInByPassword, Nothing, SessionView, session_reply
from entrypoints.http.routes import Access, Call, Reply, Route
from supervision_core.identity.model import LogInRefused
from supervision_core.kernel.fields import said

_BASE: Final = "/api/v1/identity"


@frozen(kw_only=True)
class FaceLogInView:
    """A log-in under way: its token, and the address at which the user shows his face."""

    log_in_token: str = field(repr=False, metadata=said("本次登录的令牌", example="0123abcd"))
    address: str = field(
        repr=False,
        metadata=said("请用户打开的人脸认证网址", example="https://face.example.cn/certify"),
    )


@frozen(kw_only=True)
class ConfirmFace:
    """The log-in in which the user has shown his face."""

    log_in_token: str = field(repr=False, metadata=said("本次登录的令牌", example="0123abcd"))


@frozen(kw_only=True)
class FaceCheckView:
    """The address at which the user shows his face."""

    address: str = field(
        repr=False,
        metadata=said("请用户打开的人脸认证网址", example="https://face.example.cn/certify"),
    )


def _by_face(call: Call, asked: LogInByPassword) -> Reply:
    given = call.platform.log_ins.log_in_with_face(
        asked.account,
        asked.password,
        source=call.source,
        captcha=f"{asked.captcha_ticket} {asked.captcha_answer}",
    )
    return Reply(value={"log_in_token": given.token, "address": given.address})


def _confirm(call: Call, asked: ConfirmFace) -> Reply:
    log_ins = call.platform.log_ins
    return session_reply(log_ins.confirm_face(asked.log_in_token, source=call.source))


def _begin(call: Call, _: Nothing) -> Reply:
    address = call.platform.log_ins.begin_face_step_up(call.token, source=call.source)
    return Reply(value={"address": address})


def _finish(call: Call, _: Nothing) -> Reply:
    call.platform.log_ins.finish_face_step_up(call.token, source=call.source)
    return Reply(value={"done": True})


FACE_ROUTES: tuple[Route, ...] = (
    Route(
        method="POST", path=f"{_BASE}/face_log_ins", name="log_in_by_face",
        title="用账号密码和人脸认证登录（第一步）", access=Access.PUBLIC, asked=LogInByPassword,
        answered=FaceLogInView, run=_by_face, refusals=(LogInRefused,),
        text="密码正确则发起人脸认证：请用户打开address完成认证（也可将它显示为二维码），10分钟内有效。",
    ),
    Route(
        method="POST", path=f"{_BASE}/face_log_ins/confirmations", name="confirm_face",
        title="用账号密码和人脸认证登录（第二步）", access=Access.PUBLIC, asked=ConfirmFace,
        answered=SessionView, run=_confirm, status=201, refusals=(LogInRefused,),
        text="还没有通过时答复422（identity.face_not_passed），至多询问5次。",
    ),
    Route(
        method="POST", path=f"{_BASE}/me/face_checks", name="begin_face_step_up",
        title="发起人脸认证以再次核验身份", access=Access.LOGGED_IN, asked=Nothing,
        answered=FaceCheckView, run=_begin, refusals=(LogInRefused,),
    ),
    Route(
        method="POST", path=f"{_BASE}/me/face_checks/confirmations", name="step_up_by_face",
        title="完成人脸认证，再次核验身份", access=Access.LOGGED_IN, asked=Nothing,
        answered=Done, run=_finish, refusals=(LogInRefused,),
    ),
)  # fmt: skip
"""The routes of certification by face."""
