"""Every button of every form, pressed in a real browser: what it sends and writes, by its words."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote_plus

import pytest
from attrs import define, field
from httpx import Response
from playwright.sync_api import Browser, Locator, Route

from .conftest import Surface
from .furnished import Address
from .test_pages_rendered import ADDRESSES, DESK, Served, opened_tab

LOOKS: Final = re.compile(r"预览|^(下载|查询|检索|查看|查找|返回|更新名单)|^取消$")
"""What buttons say that write nothing; neither do those that give a form rows, or take them."""
OWN: Final = frozenset({"session", "seal"})
"""What is written when somebody merely reads: his session, and what is sealed anew of it."""
DAILY: Final = frozenset({
    "page_visit_ordering", "page_phone_visit_doing_issue_rectification", "page_users_searching",
    "page_tasks_do_form_withdraw_rectification", "page_tasks_do_form_create", "page_list_settings",
    "page_checklists_writing", "page_items_scenes", "page_subjects_subject_purpose",
    "page_firm_code", "page_region_deleting", "page_assessment_credit_model_trial",
    "page_phone_appeal_adding", "page_second_person_deciding",
})  # fmt: skip
"""Pages whose buttons are pressed every day; those of the others by ``nox -s browser``."""
FORMS: Final = "#main form[method=post]:visible, #drawer form[method=post]:visible"
_OPEN: Final = """path => {
  const link = Object.assign(document.createElement("a"), { href: path, textContent: "打开" });
  link.dataset.drawer = "";
  document.getElementById("main").append(link);
  link.click();
}"""
"""Opens a page as a link of a list does: in the drawer."""
_FILL: Final = """form => {
  form.noValidate = true;
  const words = { number: "5", date: "2027-03-01", "datetime-local": "2027-03-01T09:00",
                  tel: "13900000009", email: "firm@example.cn" };
  for (const one of form.elements) {
    if (one.matches("select") && one.required && !one.value)
      one.value = [...one.options].find((each) => each.value)?.value ?? "";
    const typed = one.matches("input, textarea") && !["hidden", "file", "radio"].includes(one.type);
    if (typed && one.required && !one.readOnly && !one.value) one.value = words[one.type] ?? "1";
  }
}"""


@define
class Watched(Served):
    """A tab that notes what its browser sends by forms."""

    sent: list[tuple[str, str]] = field(factory=list)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], content: bytes | None = None
    ) -> Response:
        """Ask the surface, and note what a form sends."""
        if method == "POST":
            self.sent.append((path, (content or b"").decode("utf-8", "replace")))
        return super().ask(method, path, headers, content)

    def written(self) -> set[str]:
        """Give the kinds of what is stored otherwise than it was remembered."""
        kept, now = self.surface._kept, self.surface.store.texts
        return {one for one in {*kept, *now} - OWN if kept.get(one, {}) != now.get(one, {})}


@pytest.fixture(scope="module")
def watched(whole: Surface, chromium: Browser) -> Iterator[Watched]:
    """Give a tab on the province in which there is one of everything."""
    for made in opened_tab(Watched(whole), chromium):
        assert isinstance(made, Watched)
        made.tab.set_viewport_size(DESK)
        made.tab.on("dialog", lambda one: one.accept())
        yield made


def show(watched: Watched, one: Address) -> Locator:
    """Open a page anew, in the drawer where it has one; give the buttons of its forms."""
    watched.user = one.user
    watched.renew()
    if one.path.startswith("/gov/") and one.user:
        watched.open("/gov/notices")
        watched.tab.evaluate(_OPEN, one.path)
        watched.settle()
    else:
        watched.open(one.path)
    forms = watched.tab.locator(FORMS)
    for at in range(forms.count()):
        forms.nth(at).evaluate(_FILL)
    watched.sent.clear()
    return forms.locator("[type=submit]:visible:enabled")


def press(watched: Watched, one: Address, at: int) -> tuple[str, list[str]]:
    """Press a button of a page that is opened anew; give its words, and what is wrong with it."""
    button = show(watched, one).nth(at)
    words = "".join(button.inner_text().split())
    name, value = button.get_attribute("name") or "", button.get_attribute("value") or ""
    action = button.evaluate("one => new URL(one.form.action).pathname")
    button.click()
    watched.tab.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    watched.settle()
    found = [path.partition("?")[0] for path, _ in watched.sent]
    faults = [] if found == [action] else [f"sends {found}"]
    held = f'name="{name}"\r\n\r\n{value}', f"{quote_plus(name)}={quote_plus(value)}"
    if name and not any(each in body for _, body in watched.sent for each in held):
        faults.append(f"{name}={value} is not said")
    if (name == "rows" or LOOKS.search(words)) and (written := watched.written()):
        faults.append(f"writes {sorted(written)}")
    return words, [f"{one.name} {words}: {each}" for each in faults]


def faults_of(watched: Watched, one: Address) -> list[str]:
    """Press every button of a page; give what is wrong with each."""
    count = show(watched, one).count()
    return [each for at in range(count) for each in press(watched, one, at)[1]]


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(one, id=one.name, marks=[] if one.name in DAILY else [pytest.mark.slow])
        for one in ADDRESSES
        if not one.is_file
    ],
)
def test_a_button_does_what_it_says(watched: Watched, one: Address) -> None:
    """预览、下载、查询、取消不改变任何数据: each press is sent once, with the name of its button.

    Every form stands in the drawer as a link of a list opens it, or on its own page elsewhere.
    """
    watched.user = one.user
    watched.renew()
    answer = watched.ask("GET", one.path, {"hx-request": "true"})
    if 'method="post"' in answer.text:
        assert faults_of(watched, one) == []


@pytest.mark.parametrize("answer", ["", "502"])
def test_nothing_is_sent_again_by_itself(watched: Watched, answer: str) -> None:
    """没有收到平台的答复: it is told, what was filled in stays, and one press is one request."""
    (one,) = (each for each in ADDRESSES if each.name == "page_visit_ordering")
    button = show(watched, one).filter(has_text="签发").first
    number = watched.tab.locator("#drawer [name=number]")
    number.fill("南市监责改〔2026〕1号")
    asked: list[str] = []

    def lose(route: Route) -> None:
        asked.append(route.request.method)
        if answer:
            route.fulfill(status=int(answer), content_type="text/plain", body="Bad Gateway")
        else:
            route.abort()

    watched.tab.route(f"**{one.path}", lose)
    button.click()
    told = watched.tab.locator("#drawer").get_by_role("alert")
    told.wait_for()
    watched.settle()
    watched.tab.unroute(f"**{one.path}")
    assert "没有收到平台的答复" in told.inner_text()
    assert asked == ["POST"]
    assert number.input_value() == "南市监责改〔2026〕1号"
    assert watched.sent == []
    assert watched.written() == set()


def test_a_preview_is_a_file(watched: Watched) -> None:
    """下载PDF预览: the browser keeps the file, the drawer stays as it was filled in."""
    (one,) = (each for each in ADDRESSES if each.name == "page_visit_ordering")
    for words, end in (("下载PDF预览", "pdf"), ("下载Word文书", "docx")):
        button = show(watched, one).filter(has_text=words)
        watched.tab.locator("#drawer [name=number]").fill("1号")
        with watched.tab.expect_download() as kept:
            button.click()
        assert kept.value.suggested_filename == f"责令改正通知书.{end}"
        assert Path(kept.value.path()).read_bytes()[:4] in {b"%PDF", b"PK\x03\x04"}
        assert watched.tab.locator("#drawer [name=number]").input_value() == "1号"
        assert watched.written() == set()
