"""What one administrator may not do alone, on pages: asked in one step, looked at, consented to."""

import pytest

from supervision_core.identity.ports import SecondPersonRequests, Users
from supervision_core.testing.identity import full_draft

from . import province
from .browsing import Browser, Document, entered
from .conftest import Surface

LIST = "/gov/second_person"
TARGET = "far_system"
PATH = f"/gov/identity/users/{TARGET}/delete"


@pytest.fixture
def another(surface: Surface, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Give the browser of a second system administrator of the whole province."""
    monkeypatch.setitem(province.HOMES, "third_system", "office")
    monkeypatch.setattr(surface.province, "tokens", dict(surface.province.tokens))
    platform = surface.province.platform
    with platform.transactions.begin() as unit:
        province.enrol(
            unit, "third_system", full_draft("third.system", "office"), platform.clock.now()
        )
        unit.commit()
    surface.province.tokens["third_system"] = surface.province.log_in("third_system")
    return entered(surface, "third_system")


def alive(surface: Surface) -> bool:
    """Tell whether the target is still there."""
    with surface.province.platform.transactions.begin() as unit:
        return not unit[Users].get(TARGET).deleted


def waiting(surface: Surface) -> list[str]:
    """Give the requests of the system administrator that wait, beside the province's own."""
    platform = surface.province.platform
    with platform.transactions.begin() as unit:
        found = unit[SecondPersonRequests].waiting_of("system", at=platform.clock.now())
    return [one.id for one in found if one.id != "second_office"]


def asked(surface: Surface) -> str:
    """Delete as one does, and ask for a second person as the page offers; give where one is led."""
    browser = entered(surface, "system")
    refused = browser.send(PATH)
    assert refused.status_code == 409
    page = Document(refused.text)
    assert "申请双人复核" in page.words
    form = page.forms[PATH] | {"second_reason": "调离岗位"}
    answer = browser.go(PATH, form)
    assert answer.status_code == 303, answer.text
    place: str = answer.headers["location"]
    return place


def test_a_form_for_one_person_becomes_a_request(surface: Surface, another: Browser) -> None:
    """Nothing is lost of what was filled in; the page of the request says what is to come."""
    place = asked(surface)
    assert alive(surface)
    (request,) = waiting(surface)
    assert place == f"{LIST}/{request}?done=second_asked"
    words = entered(surface, "system").see(place).words
    assert {"双人复核申请", "待同意", "删除用户", "调离岗位"} <= set(words)
    assert words[words.index("机构liuzhou或其上级机构的系统管理员") + 1] == "还缺"
    assert f"{LIST}/{request}/decision" not in entered(surface, "system").see(place).links
    listed = another.see(LIST)
    assert f"{LIST}/{request}" in listed.links


def test_a_second_person_consents_on_pages(surface: Surface, another: Browser) -> None:
    """The page shows what would change; consent does it at once."""
    asked(surface)
    (request,) = waiting(surface)
    here = f"{LIST}/{request}"
    assert f"{here}/decision" in another.see(here).links
    answer = another.send(f"{here}/decision", decision="consent")
    assert answer.headers["location"] == f"{here}?done=decided"
    assert not alive(surface)
    assert "已同意并办理" in another.see(here).words


def test_a_refusal_needs_a_reason_on_pages(surface: Surface, another: Browser) -> None:
    """Without one the form comes again with the fault; with it nothing is done."""
    asked(surface)
    (request,) = waiting(surface)
    path = f"{LIST}/{request}/decision"
    again = another.send(path, decision="refuse")
    assert again.status_code == 422
    assert "没有写明理由" in again.text
    another.send(path, decision="refuse", reason="情况不实")
    assert alive(surface)
    assert "已拒绝" in entered(surface, "system").see(f"{LIST}/{request}").words


def test_who_asked_withdraws_on_pages(surface: Surface, another: Browser) -> None:
    """Then nobody decides any more."""
    asked(surface)
    (request,) = waiting(surface)
    here = f"{LIST}/{request}"
    entered(surface, "system").send(here, to=f"{here}/withdraw")
    assert waiting(surface) == []
    assert f"{here}/decision" not in another.see(here).links


def test_deciding_asks_for_a_fresh_proof(surface: Surface, another: Browser) -> None:
    """A session that has not proved itself lately is asked to."""
    asked(surface)
    (request,) = waiting(surface)
    surface.age("third_system", minutes=10)
    answer = another.go(f"{LIST}/{request}/decision")
    assert answer.headers["location"].startswith("/gov/step_up")


def test_deleting_is_asked_for_on_the_version_that_was_seen(surface: Surface) -> None:
    """As through the route of its own. Error: http.version_required, 428."""
    command = {"user_id": TARGET}
    body = {"action": "identity.delete_user", "command": command, "reason": "调离岗位"}
    path = "/api/v1/identity/second_person_requests"
    refused = surface.call("system", "POST", path, body=body)
    assert (refused.status_code, refused.json()["code"]) == (428, "http.version_required")
    seen = {"kind": "user", "id": TARGET, "version": 1}
    asked = surface.call("system", "POST", path, body={**body, "seen": seen})
    assert asked.json()["request_id"]
    assert asked.json()["request_id"] in waiting(surface)
