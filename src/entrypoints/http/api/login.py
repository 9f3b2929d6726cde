"""Log-in in every way, log-out, and what somebody does about his own sessions and password."""

import base64
from datetime import datetime
from typing import Final

from attrs import field, frozen

from entrypoints.http.answering import COOKIE, csrf_token
from entrypoints.http.routes import Access, Call, Reply, Route
from supervision_core.identity.model import LogInRefused, PhoneStep, UserKind
from supervision_core.identity.services.history import LogInRecord
from supervision_core.identity.services.login import SessionGiven, Workplace
from supervision_core.identity.services.station_messages import MessageView
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import MAX_PAGE_SIZE, Page, PageRequest
from supervision_core.kernel.plain import to_plain

_BASE: Final = "/api/v1/identity"
_COOKIE_END: Final = "; Path=/; Secure; HttpOnly; SameSite=Lax"


@frozen(kw_only=True)
class Nothing:
    """Nothing is asked."""


@frozen(kw_only=True)
class Done:
    """It is done."""

    done: bool = field(default=True, metadata=said("已完成", example=True))


@frozen(kw_only=True)
class AskCaptcha:
    """A picture, or a question in words for who does not see one."""

    in_words: bool = field(default=False, metadata=said("是否用文字提问", example=True))


@frozen(kw_only=True)
class CaptchaView:
    """A question for people, with the ticket to send back beside the answer."""

    ticket: str = field(metadata=said("票据，与答案一同送回", example="0123abcd"))
    picture: str = field(metadata=said("PNG图片，Base64"))
    question: str = field(metadata=said("文字问题", example="三加四等于几"))


@frozen(kw_only=True)
class LogInByPassword:
    """Account and password, and the answer to a captcha."""

    account: str = field(metadata=said("登录账号", example="wang.shili"))
    password: str = field(repr=False, metadata=said("密码", example="Correct-horse-6"))
    captcha_ticket: str = field(default="", metadata=said("图形验证码的票据", example="0123abcd"))
    captcha_answer: str = field(default="", metadata=said("图形验证码的答案", example="7"))


@frozen(kw_only=True)
class LogInView:
    """A log-in under way: the token under which to send the code."""

    log_in_token: str = field(repr=False, metadata=said("本次登录的令牌", example="0123abcd"))


@frozen(kw_only=True)
class ConfirmCode:
    """The code that was sent to the phone."""

    log_in_token: str = field(repr=False, metadata=said("本次登录的令牌", example="0123abcd"))
    code: str = field(repr=False, metadata=said("短信验证码", example="1234567"))


@frozen(kw_only=True)
class ResendCode:
    """The log-in for which another code is wanted."""

    log_in_token: str = field(repr=False, metadata=said("本次登录的令牌", example="0123abcd"))


@frozen(kw_only=True)
class SessionView:
    """A session: ``token`` for systems (Bearer), the cookie and ``csrf_token`` for browsers."""

    token: str = field(repr=False, metadata=said("会话令牌", example="0123abcd"))
    csrf_token: str = field(repr=False, metadata=said("防跨站令牌", example="0123abcd"))
    must_change: bool = field(metadata=said("是否必须先修改密码", example=False))


@frozen(kw_only=True)
class ChallengeView:
    """Bytes to sign, in hex, and the token under which to answer."""

    challenge_token: str = field(repr=False, metadata=said("挑战的令牌", example="0123abcd"))
    nonce: bytes = field(metadata=said("需要签名的字节，十六进制", example="00ff"))


@frozen(kw_only=True)
class AnswerChallenge:
    """The certificate (DER) and its signature of the challenge's bytes (DER), both in hex."""

    challenge_token: str = field(repr=False, metadata=said("挑战的令牌", example="0123abcd"))
    certificate: bytes = field(metadata=said("DER编码的证书，十六进制", example="3082"))
    signature: bytes = field(metadata=said("DER编码的签名，十六进制", example="3044"))


@frozen(kw_only=True)
class SignOnStart:
    """Where to send the browser, and the state that it brings back."""

    address: str = field(
        metadata=said("浏览器应转到的地址", example="https://sso.example.cn/authorize")
    )
    state: str = field(repr=False, metadata=said("随浏览器送回的随机值", example="0123abcd"))


@frozen(kw_only=True)
class SignOn:
    """What the unified platform sent back with the browser."""

    code: str = field(repr=False, metadata=said("统一身份认证返回的授权码", example="0123abcd"))
    state: str = field(repr=False, metadata=said("随浏览器送回的随机值", example="0123abcd"))


@frozen(kw_only=True)
class SignOnWithToken:
    """The token that the platform's own app handed over."""

    token: str = field(repr=False, metadata=said("应用给出的访问令牌", example="0123abcd"))


@frozen(kw_only=True)
class SignOff:
    """What the unified platform tells of a log-out there: its JSON text, and HMAC-SM3 in hex."""

    notice: str = field(
        repr=False,
        metadata=said("通知的JSON原文", example='{"useridcode": "c-1", "timestamp": "1769846400"}'),
    )
    signature: str = field(metadata=said("通知的HMAC-SM3，十六进制", example="00ff"))


@frozen(kw_only=True)
class ProveByPassword:
    """The password, once more."""

    password: str = field(repr=False, metadata=said("密码", example="Correct-horse-6"))


@frozen(kw_only=True)
class ChangePassword:
    """The old password and the new one."""

    old: str = field(repr=False, metadata=said("原密码", example="Correct-horse-6"))
    new: str = field(repr=False, metadata=said("新密码", example="Correct-horse-8"))


@frozen(kw_only=True)
class ChangePhone:
    """The password, once more, and the new phone."""

    password: str = field(repr=False, metadata=said("密码", example="Correct-horse-6"))
    phone: str = field(repr=False, metadata=said("手机号", example="13900000001"))


@frozen(kw_only=True)
class PhoneChangeView:
    """A change of one's own phone under way: which phone must show its code next."""

    next: PhoneStep = field(
        metadata=said(
            "下一步核对哪个手机号：old为原手机号，new为新手机号，done为已更换", example="old"
        )
    )


@frozen(kw_only=True)
class ConfirmPhone:
    """The code that was sent to a phone."""

    code: str = field(repr=False, metadata=said("短信验证码", example="1234567"))


@frozen(kw_only=True)
class Me:
    """Who is logged in, and what he may do at this moment."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))
    account: str = field(metadata=said("账号", example="wang.shili"))
    name: str = field(repr=False, metadata=said("姓名", example="王示例"))
    kind: UserKind = field(metadata=said("用户类型", example="staff"))
    department: str = field(metadata=said("所属机构的名称", example="南宁市市场监督管理局"))
    password_set: bool = field(metadata=said("是否设有密码", example=True))
    department_id: str = field(metadata=said("组织机构编号", example="nanning"))
    region: str = field(metadata=said("行政区划代码", example="450100"))
    permissions: frozenset[str] = field(metadata=said("持有的权限"))
    csrf_token: str = field(repr=False, metadata=said("防跨站令牌", example="0123abcd"))


@frozen(kw_only=True)
class LoggedOut:
    """It is done here; ``address`` is where who came by the unified platform leaves that too."""

    done: bool = field(default=True, metadata=said("已完成", example=True))
    address: str = field(default="", metadata=said("在统一身份认证一并退出的地址，无须退出则为空"))


@frozen(kw_only=True)
class OwnSessionView:
    """A session of whoever asks; ``current`` is the one he asks with."""

    id: str = field(metadata=said("编号", example="n000001"))
    started_at: datetime = field(metadata=said("登录的时间", example="2026-01-31T08:00:00+00:00"))
    seen_at: datetime = field(metadata=said("最近使用的时间", example="2026-01-31T08:30:00+00:00"))
    department: str = field(metadata=said("组织机构编号", example="nanning"))
    current: bool = field(metadata=said("是否当前会话", example=True))


@frozen(kw_only=True)
class OwnSessions:
    """All sessions of whoever asks, oldest first."""

    items: tuple[OwnSessionView, ...] = field(metadata=said("本页各行"))


@frozen(kw_only=True)
class OwnDepartments:
    """All departments for which whoever asks can work, the main one first."""

    items: tuple[Workplace, ...] = field(metadata=said("本页各行"))


@frozen(kw_only=True)
class WorkFor:
    """One of his own departments."""

    department_id: str = field(metadata=said("组织机构编号", example="nanning"))


@frozen(kw_only=True)
class OwnLogIns:
    """Which page of his own log-ins somebody wants."""

    page_size: int = field(default=20, metadata=said("每页行数", example=20))
    cursor: str | None = field(default=None, metadata=said("上一页答复中的next_cursor"))


@frozen(kw_only=True)
class OwnMessages:
    """Which page of his own messages somebody wants."""

    unread: bool = field(default=False, metadata=said("是否只要未读的", example=False))
    page_size: int = field(default=20, metadata=said("每页行数", example=20))
    cursor: str | None = field(default=None, metadata=said("上一页答复中的next_cursor"))


@frozen(kw_only=True)
class ReadMessages:
    """Messages that somebody has read."""

    ids: tuple[str, ...] = field(
        default=(), metadata=said("已读消息的编号，至多200条；不填则全部", example=["0123abcd"])
    )


@frozen(kw_only=True)
class Unread:
    """How many messages are not read, 1,000 at most."""

    unread: int = field(metadata=said("未读消息数，至多1000", example=3))


@frozen(kw_only=True)
class EndOwnSession:
    """The session to end."""

    session_id: str = field(metadata=said("会话编号", example="00ff"))


@frozen(kw_only=True)
class Ended:
    """How many sessions were ended."""

    ended: int = field(metadata=said("结束的会话数", example=1))


def _own_sessions(call: Call, _: Nothing) -> Reply:
    mine, found = call.platform.log_ins.own_sessions(call.token)
    items = tuple(
        OwnSessionView(
            id=one.id,
            started_at=one.started_at,
            seen_at=one.seen_at,
            department=one.department,
            current=one.id == mine.id,
        )
        for one in found
    )
    return Reply(value=to_plain(OwnSessions(items=items)))


def _own_departments(call: Call, _: Nothing) -> Reply:
    found = call.platform.log_ins.own_profile(call.token).workplaces
    return Reply(value=to_plain(OwnDepartments(items=found)))


def _work_for(call: Call, asked: WorkFor) -> Reply:
    call.platform.log_ins.work_for(call.token, asked.department_id, source=call.source)
    return Reply(value={"done": True})


def _own_log_ins(call: Call, asked: OwnLogIns) -> Reply:
    page = PageRequest(size=asked.page_size, cursor=asked.cursor)
    return Reply(value=to_plain(call.platform.log_ins.own_log_ins(call.token, page)))


def _own_messages(call: Call, asked: OwnMessages) -> Reply:
    page = PageRequest(size=asked.page_size, cursor=asked.cursor)
    found = call.platform.log_ins.own_messages(call.token, page, unread=asked.unread)
    return Reply(value=to_plain(found))


def _unread_messages(call: Call, _: Nothing) -> Reply:
    return Reply(value={"unread": call.platform.log_ins.unread_messages(call.token)})


def _read_messages(call: Call, asked: ReadMessages) -> Reply:
    call.platform.log_ins.read_messages(call.token, asked.ids[:MAX_PAGE_SIZE])
    return _unread_messages(call, Nothing())


def _end_own(call: Call, asked: EndOwnSession) -> Reply:
    log_ins = call.platform.log_ins
    ended = log_ins.end_own(call.token, asked.session_id, source=call.source)
    return Reply(value={"ended": ended})


def _end_all_own(call: Call, _: Nothing) -> Reply:
    ended = call.platform.log_ins.end_own(call.token, None, source=call.source)
    return Reply(value={"ended": ended}, cookie=f"{COOKIE}=; Max-Age=0{_COOKIE_END}")


def session_reply(given: SessionGiven) -> Reply:
    """Give the session, for systems and for browsers."""
    view = {
        "token": given.token,
        "csrf_token": csrf_token(given.token),
        "must_change": given.must_change,
    }
    return Reply(value=view, cookie=f"{COOKIE}={given.token}{_COOKIE_END}")


def _captcha(call: Call, asked: AskCaptcha) -> Reply:
    given = call.platform.log_ins.captchas.issue(in_words=asked.in_words)
    picture = base64.b64encode(given.picture).decode()
    return Reply(value={"ticket": given.ticket, "picture": picture, "question": given.question})


def _by_password(call: Call, asked: LogInByPassword) -> Reply:
    token = call.platform.log_ins.log_in_with_password(
        asked.account,
        asked.password,
        source=call.source,
        captcha=f"{asked.captcha_ticket} {asked.captcha_answer}",
    )
    return Reply(value={"log_in_token": token})


def _resend(call: Call, asked: ResendCode) -> Reply:
    call.platform.log_ins.resend_code(asked.log_in_token, source=call.source)
    return Reply(value={"done": True})


def _confirm(call: Call, asked: ConfirmCode) -> Reply:
    return session_reply(
        call.platform.log_ins.confirm_sms_code(asked.log_in_token, asked.code, source=call.source)
    )


def _challenge(call: Call, _: Nothing) -> Reply:
    given = call.platform.log_ins.begin_certificate_log_in(source=call.source)
    return Reply(value={"challenge_token": given.token, "nonce": given.nonce.hex()})


def _by_certificate(call: Call, asked: AnswerChallenge) -> Reply:
    return session_reply(
        call.platform.log_ins.finish_certificate_log_in(
            asked.challenge_token, asked.certificate, asked.signature, source=call.source
        )
    )


def _start_sign_on(call: Call, _: Nothing) -> Reply:
    log_ins = call.platform.log_ins
    state = log_ins.begin_sign_on(source=call.source)
    return Reply(value={"address": log_ins.sign_on_address(state), "state": state})


def _sign_on(call: Call, asked: SignOn) -> Reply:
    return session_reply(call.platform.log_ins.sign_on(asked.code, asked.state, source=call.source))


def _sign_on_with_token(call: Call, asked: SignOnWithToken) -> Reply:
    return session_reply(call.platform.log_ins.sign_on_with_token(asked.token, source=call.source))


def _sign_off(call: Call, asked: SignOff) -> Reply:
    ended = call.platform.log_ins.sign_off(
        asked.notice.encode(), asked.signature, source=call.source
    )
    return Reply(value={"ended": ended})


def _me(call: Call, _: Nothing) -> Reply:
    actor, profile = call.who, call.platform.log_ins.own_profile(call.token)
    view = {
        "account": profile.account,
        "name": profile.name,
        "kind": profile.kind,
        "department": profile.department,
        "password_set": profile.password_set,
        "user_id": actor.user,
        "department_id": actor.department,
        "region": actor.scope.region,
        "permissions": sorted(actor.permissions),
        "csrf_token": csrf_token(call.token),
    }
    return Reply(value=view)


def _log_out(call: Call, _: Nothing) -> Reply:
    there = call.platform.log_ins.log_out(call.token, source=call.source)
    return Reply(
        value={"done": True, "address": there}, cookie=f"{COOKIE}=; Max-Age=0{_COOKIE_END}"
    )


def _step_up_challenge(call: Call, _: Nothing) -> Reply:
    given = call.platform.log_ins.begin_step_up(source=call.source)
    return Reply(value={"challenge_token": given.token, "nonce": given.nonce.hex()})


def _step_up_by_certificate(call: Call, asked: AnswerChallenge) -> Reply:
    call.platform.log_ins.finish_step_up(
        call.token, asked.challenge_token, asked.certificate, asked.signature, source=call.source
    )
    return Reply(value={"done": True})


def _step_up(call: Call, asked: ProveByPassword) -> Reply:
    call.platform.log_ins.step_up(call.token, asked.password, source=call.source)
    return Reply(value={"done": True})


def _change_password(call: Call, asked: ChangePassword) -> Reply:
    call.platform.log_ins.change_password(call.token, asked.old, asked.new, source=call.source)
    return Reply(value={"done": True}, cookie=f"{COOKIE}=; Max-Age=0{_COOKIE_END}")


def _begin_phone_change(call: Call, asked: ChangePhone) -> Reply:
    first = call.platform.log_ins.begin_phone_change(
        call.token, asked.password, asked.phone, source=call.source
    )
    return Reply(value={"next": first})


def _confirm_old_phone(call: Call, asked: ConfirmPhone) -> Reply:
    call.platform.log_ins.confirm_old_phone(call.token, asked.code, source=call.source)
    return Reply(value={"next": PhoneStep.NEW})


def _confirm_new_phone(call: Call, asked: ConfirmPhone) -> Reply:
    call.platform.log_ins.confirm_new_phone(call.token, asked.code, source=call.source)
    return Reply(value={"next": PhoneStep.DONE})


LOG_IN_ROUTES: tuple[Route, ...] = (
    Route(
        method="POST", path=f"{_BASE}/captchas", name="ask_captcha", title="获取图形验证码",
        access=Access.PUBLIC, asked=AskCaptcha, answered=CaptchaView, run=_captcha,
        text="picture为Base64编码的PNG；in_words为true时改为文字问题，供读屏软件使用。",
    ),
    Route(
        method="POST", path=f"{_BASE}/log_ins", name="log_in_by_password",
        title="用账号密码登录（第一步）", access=Access.PUBLIC, asked=LogInByPassword,
        answered=LogInView, run=_by_password, refusals=(LogInRefused,),
        text="密码正确则向登记的手机号发送验证码。失败时不说明原因。",
    ),
    Route(
        method="POST", path=f"{_BASE}/log_ins/codes", name="resend_code",
        title="重新发送短信验证码", access=Access.PUBLIC, asked=ResendCode, answered=Done,
        run=_resend, refusals=(LogInRefused,),
    ),
    Route(
        method="POST", path=f"{_BASE}/log_ins/confirmations", name="confirm_code",
        title="用短信验证码登录（第二步）", access=Access.PUBLIC, asked=ConfirmCode,
        answered=SessionView, run=_confirm, status=201, refusals=(LogInRefused,),
    ),
    Route(
        method="POST", path=f"{_BASE}/challenges", name="begin_certificate_log_in",
        title="获取数字证书登录的挑战", access=Access.PUBLIC, asked=Nothing,
        answered=ChallengeView, run=_challenge,
    ),
    Route(
        method="POST", path=f"{_BASE}/challenges/answers", name="log_in_by_certificate",
        title="用SM2数字证书登录", access=Access.PUBLIC, asked=AnswerChallenge,
        answered=SessionView, run=_by_certificate, status=201, refusals=(LogInRefused,),
    ),
    Route(
        method="POST", path=f"{_BASE}/sign_ons", name="begin_sign_on",
        title="开始统一身份认证登录", access=Access.PUBLIC, asked=Nothing,
        answered=SignOnStart, run=_start_sign_on,
    ),
    Route(
        method="POST", path=f"{_BASE}/sign_ons/returns", name="sign_on",
        title="完成统一身份认证登录", access=Access.PUBLIC, asked=SignOn, answered=SessionView,
        run=_sign_on, status=201, refusals=(LogInRefused,),
    ),
    Route(
        method="POST", path=f"{_BASE}/sign_ons/tokens", name="sign_on_with_token",
        title="从智桂通应用内登录", access=Access.PUBLIC, asked=SignOnWithToken,
        answered=SessionView, run=_sign_on_with_token, status=201, refusals=(LogInRefused,),
    ),
    Route(
        method="POST", path=f"{_BASE}/sign_offs", name="sign_off",
        title="统一身份认证通知退出", access=Access.PUBLIC, asked=SignOff, answered=Ended,
        run=_sign_off, refusals=(LogInRefused,),
        text="平台签名的通知；该用户在本系统的全部会话随即结束。",
    ),
    Route(
        method="GET", path=f"{_BASE}/me", name="me", title="当前登录用户及其权限",
        access=Access.LOGGED_IN, asked=Nothing, answered=Me, run=_me,
    ),
    Route(
        method="DELETE", path=f"{_BASE}/me/session", name="log_out", title="退出登录",
        access=Access.LOGGED_IN, asked=Nothing, answered=LoggedOut, run=_log_out,
        text="经统一身份认证登录的，浏览器应再转到address，一并退出统一身份认证。",
    ),
    Route(
        method="GET", path=f"{_BASE}/me/sessions", name="own_sessions", title="本人的全部会话",
        access=Access.LOGGED_IN, asked=Nothing, answered=OwnSessions, run=_own_sessions,
    ),
    Route(
        method="GET", path=f"{_BASE}/me/departments", name="own_departments",
        title="本人任职的机构", access=Access.LOGGED_IN, asked=Nothing, answered=OwnDepartments,
        run=_own_departments, text="所属机构在先；current是当前会话所在的机构。",
    ),
    Route(
        method="PUT", path=f"{_BASE}/me/department", name="work_for", title="切换任职机构",
        access=Access.LOGGED_IN, asked=WorkFor, answered=Done, run=_work_for,
        refusals=(NotFound,),
        text="本会话的数据范围自下一次请求起改为该机构的；不是本人任职的机构答复404。",
    ),
    Route(
        method="GET", path=f"{_BASE}/me/log_ins", name="own_log_ins", title="本人的登录记录",
        access=Access.LOGGED_IN, asked=OwnLogIns, answered=Page[LogInRecord], run=_own_log_ins,
        text="从新到旧，包括失败的；不认识的请立即修改密码并告知安全管理员。",
    ),
    Route(
        method="GET", path=f"{_BASE}/me/messages", name="own_messages", title="本人的消息",
        access=Access.LOGGED_IN, asked=OwnMessages, answered=Page[MessageView], run=_own_messages,
        text="站内消息，从新到旧；kind和thing是所说的对象。",
    ),
    Route(
        method="GET", path=f"{_BASE}/me/messages/unread", name="unread_messages",
        title="本人的未读消息数", access=Access.LOGGED_IN, asked=Nothing, answered=Unread,
        run=_unread_messages,
    ),
    Route(
        method="POST", path=f"{_BASE}/me/messages/read", name="read_messages",
        title="把本人的消息标为已读", access=Access.LOGGED_IN, asked=ReadMessages, answered=Unread,
        run=_read_messages, text="不填编号则全部标为已读；他人的消息不受影响。",
    ),
    Route(
        method="DELETE", path=f"{_BASE}/me/sessions", name="end_own_sessions",
        title="结束本人的全部会话", access=Access.LOGGED_IN, asked=Nothing, answered=Ended,
        run=_end_all_own,
    ),
    Route(
        method="DELETE", path=f"{_BASE}/me/sessions/{{session_id}}", name="end_own_session",
        title="结束本人的一个会话", access=Access.LOGGED_IN, asked=EndOwnSession,
        answered=Ended, run=_end_own,
    ),
    Route(
        method="POST", path=f"{_BASE}/me/challenges", name="begin_step_up",
        title="获取再次核验的挑战", access=Access.LOGGED_IN, asked=Nothing,
        answered=ChallengeView, run=_step_up_challenge,
    ),
    Route(
        method="POST", path=f"{_BASE}/me/challenges/answers", name="step_up_by_certificate",
        title="用数字证书再次核验身份", access=Access.LOGGED_IN, asked=AnswerChallenge,
        answered=Done, run=_step_up_by_certificate, refusals=(LogInRefused,),
    ),
    Route(
        method="POST", path=f"{_BASE}/me/step_ups", name="step_up_by_password",
        title="用密码再次核验身份", access=Access.LOGGED_IN, asked=ProveByPassword,
        answered=Done, run=_step_up, refusals=(LogInRefused,),
    ),
    Route(
        method="PUT", path=f"{_BASE}/me/password", name="change_password", title="修改本人密码",
        access=Access.LOGGED_IN, asked=ChangePassword, answered=Done, run=_change_password,
        refusals=(LogInRefused,), text="修改后本人的全部会话结束，请重新登录。",
    ),
    Route(
        method="POST", path=f"{_BASE}/me/phone_changes", name="begin_phone_change",
        title="更换本人手机号（第一步）", access=Access.LOGGED_IN, asked=ChangePhone,
        answered=PhoneChangeView, run=_begin_phone_change, refusals=(LogInRefused,),
        text="密码正确则向原手机号发送验证码；没有原手机号的，直接向新手机号发送。",
    ),
    Route(
        method="POST", path=f"{_BASE}/me/phone_changes/old", name="confirm_old_phone",
        title="更换本人手机号：核对原手机号的验证码", access=Access.LOGGED_IN, asked=ConfirmPhone,
        answered=PhoneChangeView, run=_confirm_old_phone, refusals=(LogInRefused,),
        text="验证码正确则向新手机号发送验证码。",
    ),
    Route(
        method="POST", path=f"{_BASE}/me/phone_changes/new", name="confirm_new_phone",
        title="更换本人手机号：核对新手机号的验证码", access=Access.LOGGED_IN, asked=ConfirmPhone,
        answered=PhoneChangeView, run=_confirm_new_phone, refusals=(LogInRefused,),
        text="自此生效：本人的其他会话结束，并向原手机号发送提醒。",
    ),
)  # fmt: skip
"""The ways in and out."""
