"""Every way in and out, by HTTP."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from entrypoints.http.answering import COOKIE
from supervision_core.identity.model import HolderKind, LogInRefused, Membership, sheet_id
from supervision_core.identity.ports import AccessEpoch, GrantSheets, Users

from .conftest import Surface
from .province import PASSWORD

BASE = "/api/v1/identity"
ME = f"{BASE}/me"


def begin(surface: Surface, account: str = "clerk", password: str = PASSWORD) -> Any:
    """Send account and password with the right captcha."""
    body = {"account": account, "password": password, "captcha_ticket": "t", "captcha_answer": "7"}
    return surface.call("", "POST", f"{BASE}/log_ins", body=body)


def confirm(surface: Surface, token: str, code: str) -> Any:
    """Send a code."""
    body = {"log_in_token": token, "code": code}
    return surface.call("", "POST", f"{BASE}/log_ins/confirmations", body=body)


def who(surface: Surface, token: str) -> Any:
    """Ask who is behind a token."""
    return surface.client.get(ME, headers={"authorization": f"Bearer {token}"})


@pytest.mark.function("F121", surface="api")
def test_password_and_code_make_a_session(surface: Surface) -> None:
    """账号密码登录: two steps; the session comes as token, and as cookie for this host only."""
    first = begin(surface)
    given = confirm(surface, first.json()["log_in_token"], surface.province.phones.sent[-1])
    assert given.status_code == 201
    token = given.json()["token"]
    assert len(bytes.fromhex(token)) * 8 >= 128
    cookie = given.headers["set-cookie"]
    assert cookie == f"{COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Lax"
    assert who(surface, token).json()["user_id"] == "clerk"
    assert surface.client.get(ME, headers={"cookie": f"{COOKIE}={token}"}).status_code == 200


def test_every_failure_looks_the_same(surface: Surface) -> None:
    """Unknown account, wrong password, wrong code, used code: one status, one body."""
    first = begin(surface).json()["log_in_token"]
    code = surface.province.phones.sent[-1]
    answers = [
        begin(surface, "unknown"),
        begin(surface, "clerk", "wrong"),
        confirm(surface, first, "x"),
        confirm(surface, "unknown", code),
    ]
    assert confirm(surface, first, code).status_code == 201
    answers.append(confirm(surface, first, code))
    assert {one.status_code for one in answers} == {401}
    assert len({one.content for one in answers}) == 1
    assert answers[0].json()["code"] == "identity.log_in_refused"


def test_neither_factor_lets_in_alone(surface: Surface) -> None:
    """After the password there is no session yet, and its token is none."""
    token = begin(surface).json()["log_in_token"]
    assert "set-cookie" not in begin(surface).headers
    assert who(surface, token).status_code == 401


@pytest.mark.function("F095", surface="api")
def test_a_certificate_answers_a_challenge_once(surface: Surface) -> None:
    """数字证书登录: the signed challenge lets in whom the certificate is bound to, one time."""
    asked = surface.call("", "POST", f"{BASE}/challenges").json()
    paper = b"good:paper-clerk"
    signature = b"paper-clerk" + bytes.fromhex(asked["nonce"])
    body = {"challenge_token": asked["challenge_token"], "certificate": paper.hex(),
            "signature": signature.hex()}  # fmt: skip
    answers = [surface.call("", "POST", f"{BASE}/challenges/answers", body=body) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 401]
    assert who(surface, answers[0].json()["token"]).json()["user_id"] == "clerk"


@pytest.mark.function("F218", surface="api")
def test_the_unified_platform_lets_in_and_creates(surface: Surface) -> None:
    """单点登录: the browser goes with a state, comes back with a code, and is somebody here."""
    start = surface.call("", "POST", f"{BASE}/sign_ons").json()
    assert start["address"].endswith(start["state"])
    back = {"code": "code", "state": start["state"]}
    answers = [surface.call("", "POST", f"{BASE}/sign_ons/returns", body=back) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 401], answers[0].text
    assert who(surface, answers[0].json()["token"]).json()["permissions"] == []


def test_a_log_out_counts_at_once(surface: Surface) -> None:
    """退出: the token serves nothing from then on, and the cookie is taken away."""
    out = surface.call("clerk", "DELETE", f"{ME}/session")
    assert out.status_code == 200
    assert "Max-Age=0" in out.headers["set-cookie"]
    assert surface.call("clerk", "GET", ME).status_code == 401


def test_a_new_password_ends_every_session(surface: Surface) -> None:
    """修改密码: by the old one; all sessions end; weak ones are refused with every reason."""
    weak = surface.call("clerk", "PUT", f"{ME}/password", body={"old": PASSWORD, "new": "clerk"})
    assert weak.status_code == 422
    assert {one["code"] for one in weak.json()["reasons"]} >= {
        "identity.password_short", "identity.password_simple", "identity.password_holds_account",
    }  # fmt: skip
    body = {"old": PASSWORD, "new": "Another-horse-8"}
    assert surface.call("clerk", "PUT", f"{ME}/password", body=body).status_code == 200
    assert surface.call("clerk", "GET", ME).status_code == 401


def test_a_new_phone_counts_once_both_have_shown_their_codes(surface: Surface) -> None:
    """更换本人手机号: password, old phone, new phone; a code is of this change alone."""

    def send(path: str, **body: str) -> Any:
        return surface.call("clerk", "POST", f"{ME}/phone_changes{path}", body=body)

    sent = surface.province.phones.sent
    assert send("", password=PASSWORD[1:], phone="13900000008").status_code == 401
    assert send("", password=PASSWORD, phone="139").status_code == 422
    assert send("", password=PASSWORD, phone="13900000008").json() == {"next": "old"}
    assert send("/new", code=sent[-1]).status_code == 401
    assert send("/old", code=sent[-1]).json() == {"next": "new"}
    assert send("/old", code=sent[-1]).status_code == 401
    assert send("/new", code=sent[-1]).json() == {"next": "done"}
    assert send("", password=PASSWORD, phone="13900000009").status_code == 422


@pytest.mark.parametrize("back", [{"minutes": 31}, {"hours": 9}])
def test_an_old_session_is_over(surface: Surface, back: dict[str, float]) -> None:
    """Idle for half an hour, or open for eight, a session ends and never lives again."""
    surface.age("clerk", **back)
    assert surface.call("clerk", "GET", ME).status_code == 401
    assert surface.call("clerk", "GET", ME).status_code == 401


def test_critical_acts_ask_for_a_fresh_proof(surface: Surface) -> None:
    """再次核验: five minutes after the last proof a grant is refused until the next one."""
    surface.age("security", minutes=6)
    body = {"holder": "user", "holder_id": "clerk", "permission": "tasks.close"}
    refused = surface.call("security", "POST", f"{BASE}/grants", body=body)
    assert (refused.status_code, refused.json()["code"]) == (403, "identity.step_up_required")
    for password, status in (("wrong", 401), (PASSWORD, 200)):
        proof = surface.call("security", "POST", f"{ME}/step_ups", body={"password": password})
        assert proof.status_code == status
    granted = surface.call("security", "POST", f"{BASE}/grants", body=body)
    surface.age("system", minutes=6)
    looked = surface.call("system", "GET", f"{BASE}/users/clerk/personal?purpose=contact")
    assert (looked.status_code, looked.json()["code"]) == (403, "identity.step_up_required")
    assert granted.status_code != 403 or granted.json()["code"] != "identity.step_up_required"


def test_a_revocation_counts_from_the_next_request_on(surface: Surface) -> None:
    """Disabled, moved or stripped of a permission: the very next request is refused."""
    path = f"{BASE}/users/clerk"
    assert surface.call("reader", "GET", path).status_code == 200
    taken = f"{BASE}/grants/user/reader/identity.view_user"
    assert surface.call("security", "DELETE", taken).json() == {"was_granted": True}
    assert surface.call("reader", "GET", path).status_code == 403
    assert surface.call("clerk", "GET", ME).status_code == 200
    off = surface.call("system", "PUT", f"{path}/enabled", body={"enabled": False}, if_match="*")
    assert off.status_code == 200
    assert surface.call("clerk", "GET", ME).status_code == 401


def test_a_tampered_permission_denies_and_alarms(surface: Surface) -> None:
    """权限完整性: a grant written past the platform gives nothing, and stands in the log."""
    transactions, seals = surface.province.platform.transactions, surface.store.texts["seal"]
    seal = seals["grant_sheet/user/nobody"]
    with transactions.begin() as unit:
        (sheet,) = unit[GrantSheets].find_many([sheet_id(HolderKind.USER, "nobody")])
        sheet.grant("identity.view_user", passable=True, by="x",
                    at=surface.province.platform.clock.now())  # fmt: skip
        unit[GrantSheets].save(sheet)
        unit.commit()
    seals["grant_sheet/user/nobody"] = seal
    refused = surface.call("nobody", "GET", f"{BASE}/users/clerk")
    assert (refused.status_code, refused.json()["code"]) == (503, "http.under_review")
    assert surface.audited()[-1].action == "identity.seal_broken"


def test_who_moves_to_another_department_works_there_no_more(surface: Surface) -> None:
    """A session is for one department: it ends when its user leaves that."""
    transactions = surface.province.platform.transactions
    with transactions.begin() as unit:
        user = unit[Users].get("clerk")
        user._memberships = ()
        unit[Users].save(user)
        unit.commit()
    assert surface.call("clerk", "GET", ME).status_code == 401


def belong(surface: Surface, user: str, *departments: str) -> None:
    """Put a user into departments, the main one first."""
    with surface.province.platform.transactions.begin() as unit:
        found = unit[Users].get(user)
        found._memberships = tuple(Membership(department=one) for one in departments)
        unit[Users].save(found)
        unit[AccessEpoch].advance()
        unit.commit()


def test_a_session_goes_on_for_another_own_department(surface: Surface) -> None:
    """切换任职机构: reach follows the department; one that is not his is absent."""
    belong(surface, "reader", "nanning", "liuzhou")
    own = surface.call("reader", "GET", f"{ME}/departments").json()["items"]
    assert [(one["id"], one["current"]) for one in own] == [("nanning", True), ("liuzhou", False)]
    far, near = f"{BASE}/users/far_reader", f"{BASE}/users/clerk"
    assert [surface.call("reader", "GET", one).status_code for one in (near, far)] == [200, 404]
    for place, status in (("office", 404), ("absent", 404), ("liuzhou", 200)):
        body = {"department_id": place}
        assert surface.call("reader", "PUT", f"{ME}/department", body=body).status_code == status
    assert surface.call("reader", "GET", ME).json()["department_id"] == "liuzhou"
    assert [surface.call("reader", "GET", one).status_code for one in (near, far)] == [404, 200]


def test_each_log_in_has_one_row(surface: Surface) -> None:
    """Every try, good or bad, stands in the log once; nothing of it names account or password."""
    before = len(surface.audited())
    first = begin(surface).json()["log_in_token"]
    begin(surface, "clerk", "wrong")
    confirm(surface, first, surface.province.phones.sent[-1])
    rows = [(one.action, one.outcome.value) for one in surface.audited()[before:]]
    assert rows == [
        ("identity.log_in_with_password", "done"),
        ("identity.log_in_with_password", "denied"),
        ("identity.confirm_sms_code", "done"),
    ]


def test_everybody_sees_and_ends_his_own_sessions(surface: Surface) -> None:
    """本人会话: each with its times; one can be ended, or all; another's is absent."""
    first = begin(surface).json()["log_in_token"]
    second = confirm(surface, first, surface.province.phones.sent[-1]).json()["token"]
    found = surface.call("clerk", "GET", f"{ME}/sessions").json()["items"]
    assert [one["current"] for one in found] == [True, False]
    foreign = surface.call("reader", "DELETE", f"{ME}/sessions/{found[1]['id']}")
    assert foreign.status_code == 404
    ended = surface.call("clerk", "DELETE", f"{ME}/sessions/{found[1]['id']}")
    assert ended.json() == {"ended": 1}
    assert who(surface, second).status_code == 401
    assert surface.call("clerk", "DELETE", f"{ME}/sessions").json() == {"ended": 1}
    assert surface.call("clerk", "GET", ME).status_code == 401


def test_requests_side_by_side_do_not_disturb_each_other(surface: Surface) -> None:
    """A page sends many requests at once: none of them is refused for the sake of another."""
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: surface.call("clerk", "GET", ME), range(64)))
    assert {one.status_code for one in answers} == {200}


@pytest.mark.function("F218", surface="api")
def test_the_platform_hands_tokens_over_and_tells_of_log_outs(surface: Surface) -> None:
    """应用内登录与统一退出: a token of the app lets in; a signed notice ends every session."""
    given = surface.call("", "POST", f"{BASE}/sign_ons/tokens", body={"token": "code"})
    assert given.status_code == 201
    token = given.json()["token"]
    assert who(surface, token).status_code == 200
    for signature, status in (("bad", 401), ("good", 200)):
        body = {"notice": "c-1", "signature": signature}
        assert surface.call("", "POST", f"{BASE}/sign_offs", body=body).status_code == status
    assert who(surface, token).status_code == 401


def test_everybody_sees_his_own_log_ins(surface: Surface) -> None:
    """登录记录: the newest first, with wrong passwords and codes; from where, and what let in."""
    begin(surface, password="wrong")  # noqa: S106 - what is typed in vain
    token = begin(surface).json()["log_in_token"]
    for code in ("0000000", surface.province.phones.sent[-1]):
        confirm(surface, token, code)
    path = f"{ME}/log_ins?page_size=3"
    first = surface.call("clerk", "GET", path).json()
    second = surface.call("clerk", "GET", f"{path}&cursor={first['next_cursor']}").json()
    found = [*first["items"], *second["items"]]
    assert [(one["step"], one["outcome"], one["let_in"]) for one in found] == [
        ("code", "done", True),
        ("code", "denied", False),
        ("password", "done", False),
        ("password", "denied", False),
    ]
    assert {one["source"] for one in found} == {"testclient"}
    assert surface.call("reader", "GET", f"{ME}/log_ins").json()["items"] == []


def test_who_manages_a_user_sees_his_log_ins_by_network(surface: Surface) -> None:
    """The security administrator of his area: failures too, and of an address its network."""
    log_ins = surface.province.platform.log_ins
    for source in ("192.0.2.77", "2001:db8:1:2::9", "unknown"):
        with pytest.raises(LogInRefused):
            log_ins.log_in_with_password("clerk", "wrong", source=source, captcha="t 7")
    path = f"{BASE}/users/clerk/log_ins"
    shown = surface.call("security", "GET", path).json()["items"]
    assert [one["source"] for one in shown] == ["", "2001:db8:1::/48", "192.0.2.0/24"]
    assert surface.call("far_security", "GET", path).status_code == 404
    assert surface.call("reader", "GET", path).status_code == 403


def test_a_wrong_account_is_nobodys_log_in(surface: Surface) -> None:
    """A name that nobody has stands in the log as nobody's, and in no history."""
    begin(surface, account="none")
    assert surface.audited()[-1].actor == "-"
