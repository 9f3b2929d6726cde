"""What of a check departs from the plain way, and where everybody reads it."""

from datetime import date
from typing import Final

import pytest
from tests.integration.http.browsing import Browser

from .acting import deposit_of
from .preparing import FARM, FIRMS, MARKET
from .story import PICTURE, Story

_FAR: Final = date(2026, 4, 30)


def _said(lived: Story, path: str) -> str:
    return " ".join(Browser(lived.at).see(path).words)


def test_everybody_reads_how_officers_prove_that_they_came(lived: Story) -> None:
    """到场证明: the page that the home page leads to names the lead and its share."""
    said = _said(lived, "/open/places")
    assert MARKET in said
    assert "没有到场证明的占比" in said


def test_a_result_says_why_the_firm_was_visited(lived: Story) -> None:
    """检查依据: a visit that was drawn says so; one for a clue, unapproved, says that."""
    drawn = lived.visits[lived.clean]["id"]
    assert "检查依据 随机抽中" in _said(lived, f"/open/results/{drawn}")
    visit = _sent_for_a_clue(lived, "450000-2026-RP-D01", urgent_because="可能危及人身安全")
    lived.officers[lived.inspectors(visit)[0]].do(
        "tasks.check_in", visit_id=visit, reason="现场没有张贴码"
    )
    _looked_at(lived, visit)
    lived["局长"].do("tasks.publish_result", visit_id=visit, until="2027-12-31")
    said = _said(lived, f"/open/results/{visit}")
    assert "检查依据 个案检查，不是随机抽中" in said
    assert "因紧急情形先检查" in said


@pytest.fixture(scope="module")
def drawn_all(lived: Story) -> list[str]:
    """Give the visits of a task of which every firm was drawn, with nothing done yet."""
    lived.at.on(lived.today)
    admin, clerk = lived["任务管理员"], lived[f"{FARM}经办"]
    day = lived.today.isoformat()
    sheet = lived.sheet() | {
        "number": "450000-2026-RP-D02", "plan": "", "sub_plan": "", "starts_on": day,
    }  # fmt: skip
    task = admin.do("tasks.create", sheet=sheet)
    admin.do("tasks.consult", task_id=task, due_on=day)
    clerk.do("tasks.give_opinion", task_id=task, participates=True)
    admin.do("tasks.end_consultation", task_id=task)
    _drawn(lived, task)
    admin.do("tasks.staff_draw", task_id=task)
    admin.do("tasks.open_drawn_visits", task_id=task)
    lived["局长"].do("tasks.approve", task_id=task)
    admin.do("tasks.dispatch", task_id=task)
    for department in (MARKET, FARM):
        lived[f"{department}经办"].do("tasks.claim", task_id=task)
    rows = lived["局长"].see("tasks/visits", page_size=200)["items"]
    return [one["id"] for one in rows if one["task"] == task]


def test_what_became_of_those_drawn_is_read_by_everybody(
    lived: Story, drawn_all: list[str]
) -> None:
    """依法未检查、不公开、逾期: each stands with its ground beside the draw, and its count."""
    waived, withheld, alone = drawn_all
    first, second = (lived.officers[one] for one in lived.inspectors(waived))
    photo = first.send("关门.png", PICTURE)
    first.do(
        "tasks.report_unvisited", visit_id=waived, ground="closed", note="已关门", evidence=[photo]
    )
    second.do("tasks.confirm_unvisited", visit_id=waived)
    lived["局长"].do("tasks.decide_unvisited", visit_id=waived, granted=True)
    for visit in (withheld, alone):
        lived.officers[lived.inspectors(visit)[0]].do(
            "tasks.check_in", visit_id=visit, reason="现场没有张贴码"
        )
    _looked_at(lived, withheld)
    lived["局长"].do(
        "tasks.withhold_result", visit_id=withheld, ground="trade_secret", reason="含配方"
    )
    _looked_at(lived, alone, confirmed=False)
    said = _said(lived, "/open/draws")
    assert "依法未检查 停业、歇业：1户" in said
    assert "结果依法不公开 商业秘密：1户" in said
    assert "结果逾期未公开 1户" not in said
    lived.at.on(_FAR)
    try:
        assert "逾期未完成的检查 1户" in _said(lived, "/open/draws")
        second = lived.officers[lived.inspectors(alone)[1]]
        second.do("tasks.confirm_record", visit_id=alone)
        assert "逾期未完成的检查" not in _said(lived, "/open/draws")
        lived.at.on(_FAR.replace(month=7))
        assert "结果逾期未公开 1户" in _said(lived, "/open/draws")
    finally:
        lived.at.on(lived.today)


def _sent_for_a_clue(lived: Story, number: str, **urgent: str) -> str:
    """Give the visit of a task for a clue, which went out unapproved."""
    admin, clerk, day = lived["任务管理员"], lived[f"{FARM}经办"], lived.today.isoformat()
    grounds = lived.hear(lived.firms[lived.clean])
    sheet = lived.sheet() | {
        "number": number, "kind": "case", "reason": "群众反映", "plan": "", "sub_plan": "",
        "starts_on": day, "grading_rule": None,
    }  # fmt: skip
    task = admin.do("tasks.create", sheet=sheet)
    officers = _one_of_each(lived)
    (visit,) = admin.do(
        "tasks.open_visits", task_id=task, orders=[one | {"officers": officers} for one in grounds]
    )
    admin.do("tasks.consult", task_id=task, due_on=day)
    clerk.do("tasks.give_opinion", task_id=task, participates=True)
    admin.do("tasks.end_consultation", task_id=task)
    admin.do("tasks.dispatch", task_id=task, **urgent)
    for department in (MARKET, FARM):
        lived[f"{department}经办"].do("tasks.claim", task_id=task)
    return str(visit)


def _one_of_each(lived: Story) -> list[str]:
    return [next(id_ for id_, at in lived.posts.items() if at == one) for one in (MARKET, FARM)]


def _drawn(lived: Story, task: str) -> list[dict[str, object]]:
    """Draw every firm of the scene for a task; give the orders of their visits."""
    admin, hands = lived["任务管理员"], (lived["任务管理员"], lived[f"{FARM}经办"])
    draw = admin.do(
        "tasks.freeze_draw", task_id=task, due=f"{lived.today}T09:00:00Z",
        quotas=[{"grade": 1, "count": 2}, {"grade": 2, "ratio": "1"}], quotas_because="专项整治",
    )  # fmt: skip
    for department, hand in zip((MARKET, FARM), hands, strict=True):
        made = deposit_of(lived.at, draw, lived.departments[department])
        hand.do("draws.deposit_nonce", draw_id=draw, **made)
    for step in ("close_round", "open_round"):
        admin.do(f"draws.{step}", draw_id=draw)
    drawn, officers = admin.do("draws.complete", draw_id=draw), _one_of_each(lived)
    firms = {FIRMS[name]: id_ for name, id_ in lived.firms.items()}
    return [{"subject": firms[one], "ground": "pick", "officers": officers} for one in drawn]


def _looked_at(lived: Story, visit: str, *, confirmed: bool = True) -> None:
    """Let officers answer, conclude, sign and finish; the second confirms, or does not."""
    ids = lived.inspectors(visit)
    first, second = (lived.officers[one] for one in ids)
    items = first.see(f"tasks/visits/{visit}")["content"]["items"]
    for officer, at in ((one, lived.departments[lived.posts[one]]) for one in ids):
        mine = [
            {"item": one["id"], "outcome": "passed"} for one in items if one["department"] == at
        ]
        lived.officers[officer].do("tasks.record_results", visit_id=visit, answers=mine)
    first.do("tasks.conclude", visit_id=visit, outcomes=["no_problem"])
    party = {"_type": "SignatureRefused", "reason": "负责人外出", "witness": "社区网格员"}
    first.do("tasks.sign", visit_id=visit, party=party)
    if confirmed:
        second.do("tasks.confirm_record", visit_id=visit)
    first.do("tasks.complete_visit", visit_id=visit)
