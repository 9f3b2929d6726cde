"""The log-in pages, as a browser without JavaScript uses them."""

import base64
from typing import Any

import pytest

from entrypoints.container import Platform
from entrypoints.http.answering import COOKIE
from entrypoints.http.limits import Rate
from entrypoints.http.settings import HttpSettings, MiddlewareElsewhere
from entrypoints.http.web.answering import FORM_COOKIE, WANTED_COOKIE
from entrypoints.http.web.assets import edition
from entrypoints.http.web.forms import unmasked
from supervision_core.identity.ports import Sessions

from .browsing import LOG_IN, Browser, Document, enter, entered, proof_from
from .conftest import Surface, client_of, opened
from .province import PASSWORD
from .test_log_in import belong

WRONG = "wrong"


@pytest.mark.function("F121", surface="page")
def test_password_and_code_lead_inside(browser: Browser) -> None:
    """账号密码登录: three forms, no script; then the home page knows who it is."""
    assert browser.go("/gov").headers["location"] == LOG_IN
    inside = enter(browser)
    assert (inside.status_code, inside.headers["location"]) == (303, "/gov")
    assert COOKIE in browser.cookies
    assert "clerk" in browser.go("/gov").text


def test_the_home_page_leads_from_one_department_to_another(browser: Browser) -> None:
    """首页: by account, name and department; who has several departments chooses on it."""
    enter(browser)
    home = browser.see("/gov")
    assert {"clerk", "王示例", "机构nanning"} <= set(home.words)
    assert "/gov/department" not in home.forms
    belong(browser.surface, "clerk", "nanning", "liuzhou")
    chosen = browser.send("/gov", to="/gov/department", department="liuzhou")
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/gov?done=works_for")
    after = browser.see("/gov?done=works_for")
    assert "已切换任职机构。" in after.words
    assert after.forms["/gov/department"]["department"] == "liuzhou"
    foreign = browser.send("/gov", to="/gov/department", department="office")
    assert foreign.status_code == 404


def test_the_bare_address_is_open_to_everybody(browser: Browser) -> None:
    """平台的网址: who types no more than its name finds what is public, and the way in.

    Public pages keep no cookie, and a proxy may keep them for a minute.
    """
    shown = browser.go("/")
    assert (shown.status_code, "set-cookie" in shown.headers) == (200, False)
    assert shown.headers["cache-control"] == "public, max-age=60"
    assert "connect-src" not in shown.headers["content-security-policy"]
    again = browser.surface.client.get("/", headers={"if-none-match": shown.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    links = Document(shown.text).links
    assert {"/open/results", "/open/checklists", "/open/handbooks", "/open/laws", "/gov"} <= {
        *links
    }
    for path in ("/open/results/nothing", "/open/checklists/nothing/pdf", "/open/nowhere"):
        lost = browser.go(path)
        assert lost.status_code == 404, path
        assert "set-cookie" not in lost.headers, path
        assert "public" not in lost.headers["cache-control"], path


@pytest.mark.parametrize("path", ["/gov/nowhere", "/gov/identity/users/a/b/c"])
def test_where_pages_are_refusals_are_pages(browser: Browser, path: str) -> None:
    """找不到的网址: people get a page that leads back, programs a problem."""
    lost = browser.go(path)
    assert lost.status_code == 404
    assert lost.headers["content-type"] == "text/html; charset=utf-8"
    page = Document(lost.text)
    assert ("没有找到" in page.words, page.links[-1]) == (True, "/gov")


@pytest.mark.parametrize(
    ("path", "home"),
    [("/nowhere", "/"), ("/screen/x", "/"), ("/open/nowhere", "/"), ("/m/nowhere", "/m"),
     ("/ent/nowhere", "/m"), ("/gov/nowhere", "/gov")],
)  # fmt: skip
def test_who_goes_astray_with_a_browser_reads_a_page(
    browser: Browser, path: str, home: str
) -> None:
    """找不到的网址: in every space and outside of all; it looks as its space does and leads on."""
    accepts = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    lost = browser.surface.client.get(path, headers=accepts)
    assert (lost.status_code, "set-cookie" in lost.headers) == (404, False)
    assert lost.headers["content-type"] == "text/html; charset=utf-8"
    assert "style-src 'self'" in lost.headers["content-security-policy"]
    page = Document(lost.text)
    assert {"没有这个页面", "没有找到", "返回首页"} <= set(page.words)
    assert page.links[-1] == home


@pytest.mark.parametrize(
    ("path", "accepts"),
    [("/api/v1/nowhere", "text/html"), ("/assets/nothing.css", "text/html"), ("/nowhere", "*/*")],
)
def test_programs_that_go_astray_get_a_problem(browser: Browser, path: str, accepts: str) -> None:
    """Where programs call, whatever they accept, and wherever nobody asks for a page."""
    lost = browser.surface.client.get(path, headers={"accept": accepts})
    assert (lost.status_code, lost.headers["content-type"]) == (404, "application/problem+json")
    assert "style-src" not in lost.headers["content-security-policy"]
    assert browser.go("/nowhere").headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", [LOG_IN, "/open/draws", "/open/draws-file"])
def test_who_asks_too_often_gets_a_page(bare_platform: Platform, path: str) -> None:
    """限流: the gate speaks to people too, and bounds public pages and files as any other."""
    app, _, _ = opened(bare_platform, per_source=Rate(0.001, 1))
    with client_of(app) as client:
        client.get(path)
        refused = client.get(path)
    assert (refused.status_code, "请求过于频繁" in Document(refused.text).words) == (429, True)
    assert refused.headers["content-type"] == "text/html; charset=utf-8"


def test_a_refusal_is_told_on_the_form(browser: Browser) -> None:
    """登录失败: the form comes again with a new captcha, the account, and one sentence for all."""
    form = browser.form(LOG_IN) | {"account": "clerk", "password": WRONG, "answer": "7"}
    answer = browser.go(LOG_IN, form)
    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    assert "登录失败" in answer.text
    assert Document(answer.text).fields["account"] == "clerk"
    assert WRONG not in answer.text


def test_what_users_write_is_no_markup(browser: Browser) -> None:
    """An account that is a tag comes back as text."""
    form = browser.form(LOG_IN) | {"account": "<script>x</script>", "password": WRONG}
    answer = browser.go(LOG_IN, form)
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_a_form_of_another_site_is_refused(browser: Browser) -> None:
    """CSRF: before the log-in too, a form carries the token of this browser's cookie."""
    form = browser.form(LOG_IN) | {"account": "clerk", "password": PASSWORD, "answer": "7"}
    sent = len(browser.surface.province.phones.sent)
    for changed in ({"form_token": ""}, {"form_token": "x" * 64}):
        assert browser.go(LOG_IN, {**form, **changed}).status_code == 403
    del browser.cookies[FORM_COOKIE]
    assert browser.go(LOG_IN, form).status_code == 403
    assert len(browser.surface.province.phones.sent) == sent


def test_a_log_out_needs_the_token_of_the_session(browser: Browser) -> None:
    """退出: by a form that only our page has; then the door is closed."""
    enter(browser)
    form = browser.form("/gov")
    assert browser.go("/gov/log_out", {**form, "csrf_token": "x"}).status_code == 403
    assert browser.go("/gov/log_out", form).headers["location"] == f"{LOG_IN}?done=left"
    assert COOKIE not in browser.cookies
    assert browser.go("/gov").headers["location"] == LOG_IN


@pytest.mark.parametrize("written", [bytes, bytes.hex, base64.encodebytes], ids=["a", "b", "c"])
def test_a_certificate_leads_inside(browser: Browser, written: Any) -> None:
    """数字证书登录: the challenge goes out as a file, certificate and signature come as files."""
    page = browser.see(f"{LOG_IN}/certificate")
    files = {name: written(one) for name, one in proof_from(page, "paper-clerk").items()}
    fields = {name: text for name, text in page.fields.items() if name not in files}
    assert browser.go(f"{LOG_IN}/certificate", fields, files).headers["location"] == "/gov"
    assert browser.go(f"{LOG_IN}/certificate", fields, files).status_code == 401


@pytest.mark.parametrize("wrong", [{}, {"signature": b"zz"}, {"certificate": b""},
                                   {"certificate": b"-----BEGIN PRIVATE KEY-----"}],
                         ids=["again", "signature", "none", "key"])  # fmt: skip
def test_a_wrong_proof_is_refused(browser: Browser, wrong: dict[str, bytes]) -> None:
    """A used challenge, another signature, no certificate or a private key let nobody in."""
    page = browser.see(f"{LOG_IN}/certificate")
    files = proof_from(page, "paper-clerk")
    fields = {name: text for name, text in page.fields.items() if name not in files}
    if not wrong:
        browser.go(f"{LOG_IN}/certificate", fields, files)
    refused = browser.go(f"{LOG_IN}/certificate", fields, {**files, **wrong})
    assert refused.status_code == 401
    assert "登录失败" in refused.text


def test_only_the_page_of_the_proof_may_speak_with_the_middleware(bare_platform: Platform) -> None:
    """证书助手: one address on the user's own machine, on no page but this; others are refused."""
    address = "http://127.0.0.1:9000/sign"
    app, _, _ = opened(bare_platform, middleware=address)
    with client_of(app) as client:
        proving, other = client.get(f"{LOG_IN}/certificate"), client.get(LOG_IN)
    assert f"connect-src 'self' {address};" in proving.headers["content-security-policy"]
    assert f'data-middleware="{address}"' in proving.text
    assert "127.0.0.1" not in other.headers["content-security-policy"]
    for elsewhere in ("http://10.0.0.1:9000", "http://127.0.0.1:9000; script-src *"):
        with pytest.raises(MiddlewareElsewhere):
            HttpSettings(middleware=elsewhere)


def test_the_first_password_leads_on(browser: Browser) -> None:
    """首次登录: who changes the password goes on inside; the sessions before are over."""
    enter(browser)
    before = browser.cookies[COOKIE]
    form = browser.form("/gov/password") | {"old": PASSWORD, "new": "Another-horse-8"}
    assert browser.go("/gov/password", form).headers["location"] == "/gov?done=renewed"
    assert browser.cookies[COOKIE] != before
    assert "密码已修改" in browser.go("/gov?done=renewed").text
    browser.cookies[COOKIE] = before
    assert browser.go("/gov").headers["location"] == LOG_IN


def test_a_new_password_is_taken_on_its_page(browser: Browser) -> None:
    """修改密码: reasons stand on the form; a good one leads back to the log-in."""
    enter(browser)
    form = browser.form("/gov/password") | {"old": PASSWORD, "new": "short"}
    weak = browser.go("/gov/password", form)
    assert weak.status_code == 422
    assert "密码少于8位" in weak.text
    good = browser.go("/gov/password", {**form, "new": "Another-horse-8"})
    assert good.headers["location"] == "/gov?done=renewed"


def test_only_whose_password_must_be_changed_is_told_so(surface: Surface) -> None:
    """改用自己的密码: said in a session that serves only that, not to whoever may do nothing."""
    nobody, must = entered(surface, "nobody"), "请先换成自己的密码"
    assert must not in nobody.go("/gov/password").text
    with surface.province.platform.transactions.begin() as unit:
        for session in unit[Sessions].of_user("nobody"):
            session._limited = True
            unit[Sessions].save(session)
        unit.commit()
    assert must in nobody.go("/gov/password").text


def test_a_new_phone_is_taken_on_its_pages(browser: Browser) -> None:
    """更换手机号: password and phone, then the code of the old one, then that of the new one."""
    enter(browser)
    sent = browser.surface.province.phones.sent
    form = browser.form("/gov/phone") | {"password": "wrong", "phone": "13900000008"}
    assert browser.go("/gov/phone", form).status_code == 401
    asked = browser.go("/gov/phone", {**form, "password": PASSWORD})
    assert "原手机号" in asked.text
    code = Document(asked.text).fields | {"code": "x"}
    assert browser.go("/gov/phone/old", code).status_code == 401
    asked = browser.go("/gov/phone/old", {**code, "code": sent[-1]})
    assert "新手机号" in asked.text
    code = Document(asked.text).fields | {"code": sent[-1]}
    done = browser.go("/gov/phone/new", code)
    assert done.headers["location"] == "/gov?done=phone_changed"
    assert "手机号已更换" in browser.go("/gov?done=phone_changed").text


@pytest.mark.parametrize(
    "path",
    [
        LOG_IN,
        f"{LOG_IN}/words",
        f"{LOG_IN}/certificate",
        "/gov",
        "/gov/password",
        "/gov/phone",
        "/gov/notices",
        "/m",
        "/m/login",
        "/m/login/words",
        "/m/login/face",
        "/m/login/left",
        "/m/password",
        "/m/phone",
        "/m/notices",
    ],
)
def test_pages_can_be_read_by_everybody(browser: Browser, path: str) -> None:
    """无障碍: language, title, one heading, a label for each field, a text for each picture."""
    enter(browser)
    answer = browser.go(path)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    page = Document(answer.text)
    tags = [tag for tag, _ in page.shown]
    assert tags.count("h1") == tags.count("title") == tags.count("main") == 1
    assert ("html", {"lang": "zh-CN"}) in page.shown
    fields = [
        found for tag, found in page.shown
        if tag in {"input", "textarea"} and found.get("type") != "hidden"
    ]  # fmt: skip
    assert all(found.get("id") in page.labels for found in fields)
    assert all(found.get("alt") for tag, found in page.shown if tag == "img")
    scripts = [found for tag, found in page.shown if tag == "script"]
    assert all(str(found.get("src")).startswith("/assets/") for found in scripts)
    assert not [found for _, found in page.shown if "style" in found or "onclick" in found]


def test_what_pages_load_is_kept_for_good(browser: Browser) -> None:
    """静态文件: from here alone, compressed, with its type, immutable; of no other edition."""
    page = browser.see(LOG_IN)
    loaded = [str(one.get("href") or one.get("src")) for tag, one in page.shown
              if tag in {"link", "script"}]  # fmt: skip
    assert loaded
    for path in loaded:
        asset = browser.go(path)
        assert asset.status_code == 200
        assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert asset.headers["content-encoding"] == "gzip"
        assert asset.headers["x-content-type-options"] == "nosniff"
    style = browser.go(f"/assets/{edition()}/platform.css")
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    for path in (f"/assets/{'0' * 16}/platform.css", f"/assets/{edition()}/build.py"):
        assert browser.go(path).status_code == 404


def test_a_page_is_compressed_and_its_tokens_are_masked(browser: Browser) -> None:
    """BREACH: what a page repeats of a secret looks different each time, and is known again."""
    forms = [browser.form(LOG_IN) for _ in range(2)]
    assert browser.go(LOG_IN).headers["content-encoding"] == "gzip"
    first, second = (one["form_token"] for one in forms)
    assert first != second
    secret = browser.cookies[FORM_COOKIE]
    assert {unmasked(first), unmasked(second)} == {secret}
    assert secret not in browser.go(LOG_IN).text
    plain = browser.surface.client.get(LOG_IN, headers={"accept-encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize("text", ["", "x", "zz.zz", "ff.", "ab.abcd", "ff.ff.ff", "é.é"])
def test_what_is_no_masked_token_stays_as_it_is(text: str) -> None:
    """A token that somebody made up is compared as it came, and is wrong."""
    assert unmasked(text) == text


@pytest.mark.function("F218", surface="page")
def test_the_unified_platform_sends_back_who_went_there(browser: Browser) -> None:
    """单点登录: the browser that began comes back and is in; with another's link nobody is."""
    away = browser.go(f"{LOG_IN}/sign_on")
    state = away.headers["location"].partition("state=")[2]
    assert (away.status_code, len(state)) == (303, 64)
    back = f"{LOG_IN}/sign_on/return?code=code&state={state}"
    other = Browser(browser.surface)
    assert other.go(back).status_code == 401
    assert COOKIE not in other.cookies
    assert browser.go(back).headers["location"] == "/gov"
    assert COOKIE in browser.cookies
    assert browser.go(back).status_code == 401


@pytest.mark.parametrize("query", ["", "?code=code", "?state=", "?state=a&state=a&code=code"])
def test_a_return_without_state_is_none(browser: Browser, query: str) -> None:
    """Whoever did not begin here is not let in, whatever the address says."""
    assert browser.go(f"{LOG_IN}/sign_on/return{query}").status_code == 401


PHONE = "/m"


@pytest.mark.function("F121", surface="page")
def test_the_phone_has_an_entrance_of_its_own(browser: Browser) -> None:
    """手机登录页: each form leads on within the phone zone, to who one is, and out again."""
    assert browser.go(PHONE).headers["location"] == f"{PHONE}/login"
    page = browser.see(f"{PHONE}/login")
    assert {one for one in page.links if one.startswith("/gov/")} == set()
    form = page.fields | {"account": "clerk", "password": PASSWORD, "answer": "7"}
    code = Document(browser.go(f"{PHONE}/login", form).text)
    assert set(code.forms) == {f"{PHONE}/login/code", f"{PHONE}/login/resend"}
    sent = browser.surface.province.phones.sent[-1]
    inside = browser.go(f"{PHONE}/login/code", {**code.fields, "code": sent})
    assert inside.headers["location"] == PHONE
    home = browser.see(PHONE)
    assert {"王示例", "clerk", "工作人员", "机构nanning"} <= set(home.words)
    assert f"{PHONE}/notices" in home.links
    out = browser.go(f"{PHONE}/log_out", home.forms[f"{PHONE}/log_out"])
    assert out.headers["location"] == f"{PHONE}/login?done=left"
    assert COOKIE not in browser.cookies


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [("/gov/notices?text=%E7%A4%BA", "/gov/notices"), ("/m/notices", "/m/notices"),
     ("/gov/identity/users?account=cl", None), ("/ent/nothing", None)],
)  # fmt: skip
def test_who_had_to_log_in_first_comes_to_where_he_wanted_to_go(
    browser: Browser, wanted: str, leads: str | None
) -> None:
    """登录后回到原来要看的页面: once, within what he may see; a password is changed before that."""
    home = "/m" if wanted.startswith("/m") else "/gov"
    browser.go(wanted)
    kept = browser.cookies.get(WANTED_COOKIE)
    said = base64.urlsafe_b64decode(f"{kept or ''}==").decode()
    assert said in {"", wanted.partition("?")[0]}, "what was searched for may name a person"
    enter(browser)
    led = browser.go(f"{home}?done=renewed")
    told = leads and f"{leads}?done=renewed"
    assert led.headers.get("location") == told
    assert kept is None or led.status_code in {200, 303}
    assert browser.go(home).status_code == 200
    browser.cookies[WANTED_COOKIE] = kept or ""
    assert browser.go(home).headers.get("location") == leads


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/", "//example.org", "/gov/nowhere", "/gov/../x", "", "/api/v1"],
)
def test_nobody_is_led_elsewhere_after_the_log_in(browser: Browser, elsewhere: str) -> None:
    """Whatever the cookie says: no other site, no address that is no page of ours, no form."""
    enter(browser)
    said = base64.urlsafe_b64encode(elsewhere.encode()).decode().rstrip("=")
    for kept in (said, elsewhere, "!"):
        browser.cookies[WANTED_COOKIE] = kept
        assert browser.go("/gov").status_code == 200


def test_what_a_script_fetches_is_no_place_to_go_to(browser: Browser) -> None:
    """Nor is a form that was sent."""
    headers = {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}
    answer = browser.surface.client.get("/gov/todos", headers=headers, follow_redirects=False)
    assert WANTED_COOKIE not in str(answer.headers.get_list("set-cookie"))
    browser.go("/gov/department", {"department": "office"})
    assert WANTED_COOKIE not in browser.cookies


def test_where_one_wanted_to_go_is_nothing_to_whoever_comes_next(browser: Browser) -> None:
    """It goes with the session, and at the first page after a log-in, may he go there or not."""
    for wanted in ("/gov/notices", "/gov/identity/users"):
        browser.go(wanted)
        assert WANTED_COOKIE in browser.cookies
        enter(browser)
        browser.go("/gov")
        assert WANTED_COOKIE not in browser.cookies
        leaving = browser.see("/gov").forms["/gov/log_out"]
        browser.cookies[WANTED_COOKIE] = "kept"
        browser.go("/gov/log_out", leaving)
        assert WANTED_COOKIE not in browser.cookies


@pytest.mark.parametrize(
    ("path", "site"),
    [("/gov/subjects/subjects/export", "none"), ("/gov/tasks/tasks/one/manifest", "none"),
     ("/gov/subjects/subjects/one/code/picture", "none"), ("/ent/code/picture", "none"),
     ("/gov/notices", "cross-site")],
)  # fmt: skip
def test_neither_what_is_given_out_nor_where_another_site_leads_is_kept(
    browser: Browser, path: str, site: str
) -> None:
    """Nobody gives anything out, or goes anywhere, that he did not ask for himself."""
    browser.site = site
    assert browser.go(path).status_code == 303
    assert WANTED_COOKIE not in browser.cookies


@pytest.mark.function("F121", surface="page")
def test_a_single_sign_on_leads_back_to_where_it_began(browser: Browser) -> None:
    """单点登录: one registered address for both entrances; refused, it shows that entrance."""
    for home in (PHONE, "/gov"):
        state = browser.go(f"{home}/login/sign_on").headers["location"].partition("state=")[2]
        wrong = browser.go(f"{LOG_IN}/sign_on/return?code=wrong&state={state}")
        assert wrong.status_code == 401
        assert f"{home}/login" in Document(wrong.text).forms
        state = browser.go(f"{home}/login/sign_on").headers["location"].partition("state=")[2]
        back = browser.go(f"{LOG_IN}/sign_on/return?code=code&state={state}")
        assert back.headers["location"] == home


@pytest.mark.function("F121", surface="page")
def test_who_is_no_staff_has_his_place_in_the_phone_zone(browser: Browser) -> None:
    """企业、群众、第三方: the workbench is not theirs; it leads on to where they are."""
    state = browser.go(f"{LOG_IN}/sign_on").headers["location"].partition("state=")[2]
    browser.go(f"{LOG_IN}/sign_on/return?code=code&state={state}")
    assert browser.go("/gov").headers["location"] == PHONE
    assert {"李示例", "群众"} <= set(browser.see("/gov").words)
    assert "/gov" not in browser.see("/gov").links
