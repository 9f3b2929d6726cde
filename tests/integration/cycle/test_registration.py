"""登记变更: who reaches what with the status of a firm, or with its being there at all."""

from typing import Any

from .preparing import MARKET, OFFICE
from .story import PICTURE, Story


def _status(lived: Story, firm: str) -> str:
    found = lived["局长"].see(f"subjects/subjects/{firm}")["content"]
    return str(found["status"])


def test_nobody_hides_a_firm_for_a_minute(lived: Story) -> None:
    """他部门的任务管理员: neither changes a status, nor deletes, nor says it in a correction."""
    firm = lived.firms[lived.clean]
    other = lived.let_in("办公室任务管理员", "任务管理员", department=OFFICE)
    paper = other.send("文书.png", PICTURE)
    why: dict[str, Any] = {"subject_id": firm, "reason": "企业申请", "papers": [paper]}
    for act, more in (
        ("subjects.propose_status", {"status": "suspended"}),
        ("subjects.propose_deletion", {}),
    ):
        answer = other.ask("POST", f"/api/v1/{act.replace('.', '/')}", {**why, **more})
        assert answer.status_code == 422, answer.text
        assert [one["code"] for one in answer.json()["reasons"]] == ["subjects.registrar_other"]
    shown = lived["任务管理员"].see(f"subjects/subjects/{firm}")["content"]
    draft = {
        "kind": "enterprise", "name": shown["name"], "region": shown["region"],
        "identity": {"kind": "credit_code", "code": shown["code"]}, "status": "suspended",
    }  # fmt: skip
    answer = other.ask("POST", "/api/v1/subjects/correct", {"subject_id": firm, "draft": draft})
    assert answer.status_code == 422, answer.text
    assert "subjects.status_proposed" in answer.text
    assert _status(lived, firm) == "active"


def test_a_status_needs_a_paper_and_a_second_person(lived: Story) -> None:
    """登记部门一人申请、另一人确认: the same person with a second role does not confirm."""
    firm = lived.firms[lived.clean]
    both = lived.let_in("兼任领导", "领导", "任务管理员", department=MARKET)
    bare = {"subject_id": firm, "status": "suspended", "reason": "申请停业", "papers": []}
    assert both.ask("POST", "/api/v1/subjects/propose_status", bare).status_code == 422
    paper = both.send("停业文书.png", PICTURE)
    change = both.do("subjects.propose_status", **{**bare, "papers": [paper]})
    assert _status(lived, firm) == "active"
    path = "/api/v1/subjects/confirm_registration_change"
    own = both.ask("POST", path, {"registration_change_id": change})
    assert own.status_code == 422
    assert "subjects.registration_change_own" in own.text
    owed = lived["局长"].see("identity/list_todos")["items"]
    assert any(one["id"] == change for one in owed)
    lived["局长"].do("subjects.confirm_registration_change", registration_change_id=change)
    assert _status(lived, firm) == "suspended"
    told = lived["局长"].see(f"subjects/registration_changes/{change}")["content"]
    assert (told["change"], told["proposed_by"]) == ("停业", both.id)
    back = lived["任务管理员"]
    paper = back.send("复业文书.png", PICTURE)
    change = back.do(
        "subjects.propose_status", subject_id=firm, status="active", reason="恢复营业",
        papers=[paper],
    )  # fmt: skip
    lived["局长"].do("subjects.confirm_registration_change", registration_change_id=change)
    assert _status(lived, firm) == "active"
