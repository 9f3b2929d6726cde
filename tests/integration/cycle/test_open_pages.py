"""What a citizen finds after a whole cycle, logged in nowhere: a result, its draw, a checklist."""

import json
import re
from datetime import date
from html import unescape

import pytest
from tests.integration.http.browsing import Browser, Document

from supervision_core.draws.model.verification import verify
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.ports import Visits

from .preparing import FIRMS
from .story import Story


def test_a_citizen_checks_how_a_firm_was_drawn(lived: Story) -> None:
    """检查结果: 种子、入选线和整份证明; the proof holds, and names no officer and no account."""
    anybody, firm = Browser(lived.at), lived.failed
    links = anybody.see(f"/open/results?text={FIRMS[firm]}").links
    (one,) = {link for link in links if link.startswith("/open/results/")}
    shown = anybody.see(one)
    said = " ".join(shown.words)
    for words in (lived.proof["seed"], lived.proof["pool_hash"], FIRMS[firm], "verify-draw"):
        assert words in said, words
    proof = json.loads(anybody.go(f"{one}/proof").content)
    assert verify(proof).ok
    assert (proof["officers"], proof["assignment"]) == ({}, [])
    text = json.dumps(proof)
    assert not any(each in text for each in lived.officers)
    (check,) = {link for link in shown.links if link.startswith("/open/draw-check?")}
    page = anybody.go(unescape(check)).text
    assert re.search(rf'id="own-seed" value="{lived.proof["seed"]}"', page)


def test_no_draw_is_told_while_somebody_is_yet_to_be_checked(lived: Story) -> None:
    """Seed and codes would tell who: neither seed nor proof is public, and it is said why.

    Finding 6: a visit put off kept a proof unpublished for ever. Twenty working days after the end
    of the task it is public, with what is open.
    """
    anybody, transactions = Browser(lived.at), lived.at.platform.transactions
    links = anybody.see(f"/open/results?text={FIRMS[lived.failed]}").links
    (one,) = {link for link in links if link.startswith("/open/results/")}
    other = next(visit["id"] for firm, visit in lived.visits.items() if firm != lived.failed)

    def put(state: VisitState) -> None:
        with transactions.begin() as unit:
            visit = unit[Visits].get(other)
            visit._state = state
            unit[Visits].save(visit)
            unit.commit()

    put(VisitState.STARTED)
    try:
        said = " ".join(anybody.see(one).words)
        assert "检查全部完成后公布" in said
        assert lived.proof["seed"] not in said
        assert anybody.go(f"{one}/proof").status_code == 404
        lived.at.on(date(2026, 5, 20))
        said = " ".join(anybody.see(one).words)
        assert "任务期满，尚有1户没有完成检查" in said
        assert verify(json.loads(anybody.go(f"{one}/proof").content)).ok
    finally:
        lived.at.on(lived.today)
        put(VisitState.COMPLETED)
    assert anybody.go(f"{one}/proof").status_code == 200


def test_a_citizen_is_led_on_where_nothing_is_found(lived: Story) -> None:
    """查不到: how names and codes are written; 扫一扫 is at the door, and leads back to it."""
    anybody = Browser(lived.at)
    for text in ("乳", FIRMS[lived.failed][:12]):
        said = " ".join(anybody.see(f"/open/results?text={text}").words)
        assert "没有符合条件的内容。企业名称请写连续的两个字以上" in said
    said = " ".join(anybody.see("/open/results?since=2999-01-01").words)
    assert "没有符合条件的内容。" in said
    assert "企业名称请写" not in said
    assert "还没有公开的内容" in " ".join(anybody.see("/open/news").words)
    assert "/m/scan" in anybody.see("/").links
    assert "/" in anybody.see("/m/scan").links


@pytest.mark.function("F002", surface="page")
def test_a_citizen_reads_the_checklist_that_was_used(lived: Story) -> None:
    """综合检查单: 按业态和检查内容查找, 逐项查看, 下载打印; 反馈在 test_appeal_pages.py."""
    anybody = Browser(lived.at)
    for asked in ("text=生鲜乳收购记录", f"trade={lived.ids['trade']}"):
        links = anybody.see(f"/open/checklists?{asked}").links
        assert f"/open/checklists/{lived.ids['checklist']}" in links
    assert "没有符合条件" in " ".join(anybody.see("/open/checklists?text=不曾写过").words)
    path = f"/open/checklists/{lived.ids['checklist']}"
    said = " ".join(Document(anybody.go(path).text).words)
    for words in ("食品经营许可证是否在有效期内", "乳品", "市场监管局", "农业农村局"):
        assert words in said, words
    assert anybody.go(f"{path}/pdf").content.startswith(b"%PDF")
