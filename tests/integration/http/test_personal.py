"""Personal data of officers, subjects and complainants: shown for a purpose, and noted."""

from datetime import UTC, datetime

import pytest

from supervision_core.audit.model import Outcome
from supervision_core.clues.ports import Clues
from supervision_core.identity.ports import DoneCommands

from .browsing import entered
from .conftest import Surface

OFFICERS = "/api/v1/officers/officers"
SUBJECTS = "/api/v1/subjects/subjects"
CLUES = "/api/v1/clues/clues"
SHOWN = {
    f"{OFFICERS}/officer_nanning/personal": ("19900000002", "officers.show_contact"),
    f"{SUBJECTS}/subject_nanning/personal": ("张示例", "subjects.show_personal_data"),
    f"{CLUES}/clue_office/personal": ("19900000003", "clues.show_complainant"),
}
"""What each shows, and the permission that it asks for."""


def distribute(surface: Surface, to: str) -> None:
    """Let the office give its clue to another department."""
    with surface.province.platform.transactions.begin() as unit:
        clue = unit[Clues].get("clue_office")
        clue.distribute(to=to, by="system", at=datetime(2026, 3, 3, tzinfo=UTC))
        unit[Clues].save(clue)
        unit.commit()


@pytest.mark.parametrize("path", SHOWN)
def test_it_is_shown_for_a_purpose_and_noted(surface: Surface, path: str) -> None:
    """个人信息: a permission of its own, and a row that names the purpose and no data."""
    plain, permission = SHOWN[path]
    assert surface.call("reader", "GET", f"{path}?purpose=contact").status_code == 403
    assert surface.call("system", "GET", path).status_code == 400
    shown = surface.call("system", "GET", f"{path}?purpose=contact", idempotency_key="k")
    assert plain in shown.text
    last = surface.audited()[-1]
    assert (last.action, last.actor, last.outcome) == (permission, "system", Outcome.DONE)
    assert last.note == (("purpose", "contact"),)
    assert path.split("/")[-2] in last.targets[0]
    assert plain not in repr(last)
    with surface.province.platform.transactions.begin() as unit:
        assert unit[DoneCommands].find("system", "k") is None  # no answer is kept that shows it


@pytest.mark.parametrize("path", SHOWN)
def test_it_asks_for_a_fresh_proof_of_identity(surface: Surface, path: str) -> None:
    """Whoever finds a session left open sees nothing. Error: identity.step_up_required."""
    surface.age("system", minutes=6)
    refused = surface.call("system", "GET", f"{path}?purpose=contact")
    assert (refused.status_code, refused.json()["code"]) == (403, "identity.step_up_required")


def test_only_who_deals_with_a_clue_learns_who_complained(surface: Surface) -> None:
    """举报人保密: its registrar, who reaches all, is denied once the clue is given away."""
    distribute(surface, "liuzhou")
    path = f"{CLUES}/clue_office/personal?purpose=complaint"
    refused = surface.call("system", "GET", path)
    assert (refused.status_code, refused.json()["code"]) == (403, "clues.complainant_confidential")
    assert "李示例" not in refused.text
    assert surface.audited()[-1].outcome is Outcome.DENIED
    shown = surface.call("far_system", "GET", path)
    assert shown.json()["complainant"]["name"] == "李示例"


@pytest.mark.parametrize(
    ("kind", "view", "name", "plain"),
    [("officers", "officers.view_officer", "王示例", "19900000002"),
     ("subjects", "subjects.view_subject", "南宁示例乳业有限公司", "张示例")],
)  # fmt: skip
def test_to_show_it_is_a_permission_of_its_own(
    surface: Surface, kind: str, view: str, name: str, plain: str
) -> None:
    """Who may show it, and view nothing else, is asked what for, and shown; named is nobody before.

    Who may view is told of whom it is asked.
    """
    here = f"/gov/{kind}/{kind}/{kind.removesuffix('s')}_nanning"
    browser = entered(surface, "system")
    assert name in " ".join(browser.see(f"{here}/personal").words)
    surface.forbid("system", view)
    assert browser.go(here).status_code == 403
    asked = " ".join(browser.see(f"{here}/personal").words)
    assert "的个人信息" in asked or "查看个人信息" in asked
    assert name not in asked
    assert plain in browser.send(f"{here}/personal", purpose="contact").text
