"""What a citizen finds after a whole cycle, logged in nowhere: a result, its draw, a checklist."""

import json
import re
from datetime import date
from html import unescape

import pytest
from attrs import evolve
from tests.integration.http.browsing import Browser, Document

from supervision_core.draws.model.draw import Round
from supervision_core.draws.model.verification import verify
from supervision_core.draws.ports import Draws
from supervision_core.kernel.canonical import canonical_json, sm3
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.ports import Tasks, Visits

from .preparing import FARM, FIRMS, MARKET
from .story import Story

TASK = "2026年第一批乳品综合检查"


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
    assert not any(each.account in text for each in lived.officers.values())
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

    with transactions.begin_reading() as unit:
        formed = unit[Visits].get(other)._formed_on

    def put(state: VisitState) -> None:
        with transactions.begin() as unit:
            visit = unit[Visits].get(other)
            visit._state = state
            visit._formed_on = formed if state is VisitState.COMPLETED else None
            unit[Visits].save(visit)
            unit.commit()

    put(VisitState.STARTED)
    try:
        said = " ".join(anybody.see(one).words)
        assert "检查全部完成后公布，最迟在任务结束后二十个工作日" in said
        listed = " ".join(anybody.see("/open/draws").words)
        assert "最迟在任务结束后二十个工作日" in listed
        assert TASK not in listed
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


def test_a_citizen_reads_every_draw(lived: Story) -> None:
    """抽取公开: number, chance, corrections, outsider; asked for, alone, as a file with its SM3."""
    anybody = Browser(lived.at)
    assert "/open/draws" in anybody.see("/").links
    page = anybody.see("/open/draws")
    said = " ".join(page.words)
    for words in ("市场监管局", "2026年第1次", "任务已分发", "每户机会", "人工增减", TASK, "演示"):
        assert words in said, words
    lead = lived.departments[MARKET]
    assert "2026年第1次" in " ".join(anybody.see(f"/open/draws?department={lead}").words)
    other = " ".join(anybody.see(f"/open/draws?department={lived.departments[FARM]}").words)
    assert "没有符合条件的抽取" in other
    (one,) = {link for link in page.links if re.fullmatch("/open/draws/[^/]+", link)}
    assert one in anybody.see(f"/open/results/{lived.visits[lived.failed]['id']}").links
    assert TASK in " ".join(anybody.see(one).words)
    assert json.loads(anybody.go(f"{one}/proof").content)["seed"] == lived.proof["seed"]
    assert anybody.go("/open/draws/nothing").status_code == 404
    document = json.loads(anybody.go("/open/draws-file?year=2026").content)
    digest = document.pop("sm3")
    assert sm3(canonical_json(document)).hex() == digest
    assert [each["number"] for each in document["draws"]] == [1]


def test_public_files_are_kept_as_public_pages_are(lived: Story) -> None:
    """公开文件: a proxy may keep it for a minute; whoever has it is not sent it again.

    What is refused is kept by nobody.
    """
    anybody = Browser(lived.at)
    (one,) = {link for link in anybody.see("/open/draws").links
              if re.fullmatch("/open/draws/[^/]+", link)}  # fmt: skip
    for path in ("/open/draws-file?year=2026", f"{one}/proof"):
        shown = anybody.go(path)
        tag = f'"{sm3(shown.content).hex()}"'
        assert (shown.headers["etag"], shown.headers["cache-control"]) == (
            tag, "public, max-age=60"
        )  # fmt: skip
        for told in (tag, f"W/{tag}"):
            again = lived.at.client.get(path, headers={"if-none-match": told})
            assert (again.status_code, again.content) == (304, b"")
    lost = anybody.go("/open/draws/nothing/proof")
    assert (lost.status_code, lost.headers["cache-control"]) == (404, "no-store")


def test_a_result_promises_what_its_draw_keeps(lived: Story) -> None:
    """怎样抽中的: a draw/2 names its outsider; a draw/1 of the lead alone says so."""
    anybody, transactions = Browser(lived.at), lived.at.platform.transactions
    page = f"/open/results/{lived.visits[lived.failed]['id']}"
    said = " ".join(anybody.see(page).words)
    for words in (
        "密封的随机数", "牵头部门以外的来源是", "每抽一次多一次机会", "串通的，算法不能完全防止",
        "人工增减",
    ):  # fmt: skip
        assert words in said, words
    assert "只由牵头部门一方产生" not in said
    with transactions.begin_reading() as unit:
        draw_id = unit[Tasks].get(lived.ids["task"]).sheet.draw
        rounds = unit[Draws].get(draw_id).rounds

    def put(version: str, told: tuple[Round, ...]) -> None:
        with transactions.begin() as unit:
            draw = unit[Draws].get(draw_id)
            object.__setattr__(draw, "format", version)
            draw._rounds = told
            unit[Draws].save(draw)
            unit.commit()

    put("draw/1", (evolve(rounds[0], contributors=(lived.departments[MARKET],)),))
    try:
        said = " ".join(anybody.see(page).words)
        assert "只由牵头部门一方产生" in said
        assert "牵头部门以外的来源是" not in said
        put("draw/1", rounds)
        said = " ".join(anybody.see(page).words)
        assert "最后公开的一方能先于他人知道结果" in said
    finally:
        put("draw/2", rounds)


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
