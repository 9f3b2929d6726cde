"""人脸认证 by HTTP: the interface and the pages."""

from typing import Any

import pytest
from attrs import evolve

from entrypoints.http.app import make_app

from .browsing import Browser, Document
from .conftest import Surface, client_of
from .province import PASSWORD, SETTINGS

BASE = "/api/v1/identity"
ME = f"{BASE}/me"
FACE = "/gov/login/face"


def begin(surface: Surface, account: str = "clerk", password: str = PASSWORD) -> Any:
    """Send account and password with the right captcha."""
    body = {"account": account, "password": password, "captcha_ticket": "t", "captcha_answer": "7"}
    return surface.call("", "POST", f"{BASE}/face_log_ins", body=body)


def confirm(surface: Surface, token: str) -> Any:
    """Say that the face was shown."""
    body = {"log_in_token": token}
    return surface.call("", "POST", f"{BASE}/face_log_ins/confirmations", body=body)


@pytest.mark.function("F096", surface="api")
def test_password_and_face_make_a_session(surface: Surface) -> None:
    """人脸认证登录: begun with an address to open; 422 until passed, then a session, once."""
    first = begin(surface).json()
    assert first["address"].startswith("https://face.example/")
    early = confirm(surface, first["log_in_token"])
    assert (early.status_code, early.json()["code"]) == (422, "identity.face_refused")
    assert [one["code"] for one in early.json()["reasons"]] == ["identity.face_not_passed"]
    surface.province.faces.let_pass()
    answers = [confirm(surface, first["log_in_token"]) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 401]
    bearer = {"authorization": f"Bearer {answers[0].json()['token']}"}
    assert surface.client.get(ME, headers=bearer).json()["user_id"] == "clerk"


def test_every_failure_looks_the_same(surface: Surface) -> None:
    """Unknown account, wrong password, wrong token: one status, one body."""
    answers = [begin(surface, "unknown"), begin(surface, "clerk", "x"), confirm(surface, "x")]
    assert {one.status_code for one in answers} == {401}
    assert len({one.content for one in answers}) == 1


@pytest.mark.function("F096", surface="api")
def test_a_face_is_a_fresh_proof(surface: Surface) -> None:
    """再次核验: begun and confirmed in the session; nobody else's session can use it."""
    begun = surface.call("clerk", "POST", f"{ME}/face_checks")
    assert begun.json()["address"].startswith("https://face.example/")
    surface.province.faces.let_pass()
    done = f"{ME}/face_checks/confirmations"
    assert surface.call("reader", "POST", done).status_code == 401
    assert surface.call("clerk", "POST", done).json() == {"done": True}
    assert surface.call("clerk", "POST", done).status_code == 401


def test_a_partner_that_does_not_answer_is_told_as_such(surface: Surface) -> None:
    """对接系统不可用: 503 with the time to wait, not a fault of who asked."""
    surface.province.faces.broken = True
    try:
        answer = begin(surface)
    finally:
        surface.province.faces.broken = False
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"] == "30"


def test_an_installation_that_is_not_connected_says_so(bare: Surface) -> None:
    """没有接入统一身份认证: 503 and how to log in instead; no page offers a face either."""
    answer = bare.call("", "POST", f"{BASE}/sign_ons")
    assert (answer.status_code, answer.json()["code"]) == (503, "zhiguitong.unavailable")
    assert [one["code"] for one in answer.json()["reasons"]] == ["zhiguitong.not_set"]
    assert "人脸" not in bare.client.get("/gov/login").text


@pytest.fixture
def bare(surface: Surface, bare_platform: Any) -> Surface:
    """Give the surface of a platform to which nothing is connected."""
    platform = evolve(surface.province.platform, log_ins=bare_platform.log_ins)
    app = make_app(platform, SETTINGS)
    return evolve(surface, app=app, client=client_of(app))


@pytest.fixture
def browser(surface: Surface) -> Browser:
    """Give a browser before anybody has logged in."""
    return Browser(surface)


@pytest.mark.function("F096", surface="page")
def test_password_and_face_lead_inside(browser: Browser) -> None:
    """人脸认证登录: the address is shown, the button asks, and too early it says so."""
    assert f'href="{FACE}"' in browser.go("/gov/login").text
    form = browser.form(FACE) | {"account": "clerk", "password": PASSWORD, "answer": "7"}
    shown = browser.go(FACE, form)
    address = f"https://face.example/certify-{len(browser.surface.province.faces.begun)}"
    assert f'href="{address}"' in shown.text
    ready = Document(shown.text).fields
    early = browser.go(f"{FACE}/confirm", ready)
    assert early.status_code == 422
    assert 'role="alert"' in early.text
    browser.surface.province.faces.let_pass()
    inside = browser.go(f"{FACE}/confirm", Document(early.text).fields)
    assert (inside.status_code, inside.headers["location"]) == (303, "/gov")
    assert "clerk" in browser.go("/gov").text


@pytest.mark.function("F096", surface="page")
def test_a_face_is_a_fresh_proof_on_pages_too(browser: Browser) -> None:
    """再次核验: from the page that asks for it, and back to where one was going."""
    browser.cookies["__Host-session"] = browser.surface.province.tokens["clerk"]
    assert "/gov/step_up/face?next=" in browser.go("/gov/step_up?next=/gov/password").text
    form = browser.form("/gov/step_up/face?next=/gov/password")
    ready = Document(browser.go("/gov/step_up/face", form).text).fields
    browser.surface.province.faces.let_pass()
    done = browser.go("/gov/step_up/face/confirm", ready)
    assert done.status_code == 303, done.text
    assert done.headers["location"] == "/gov/password"


def test_a_refusal_is_told_on_the_form(browser: Browser) -> None:
    """登录失败: a new captcha, in words for who asked so, and nothing of the password."""
    form = browser.form(f"{FACE}?words=1") | {"account": "clerk", "password": "wrong"}
    answer = browser.go(FACE, form)
    assert answer.status_code == 401
    assert Document(answer.text).fields["account"] == "clerk"
    assert "wrong" not in answer.text
