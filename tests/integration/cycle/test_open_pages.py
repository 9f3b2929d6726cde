"""What a citizen finds after a whole cycle, logged in nowhere: a result, its draw, a checklist."""

import json
import re
from html import unescape

import pytest
from tests.integration.http.browsing import Browser, Document

from supervision_core.draws.model.verification import verify

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
