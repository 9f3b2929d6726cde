"""企业空间: the firm's own pages after a whole cycle, read without script as a phone without it."""

import re

import pytest

from .acting import Person
from .preparing import FIRMS
from .story import Story


def _opened(person: Person, path: str) -> str:
    """Give what a page says to somebody who is logged in in a browser."""
    answer = person.opened(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return str(answer.text)


@pytest.mark.function("F008", surface="page")
@pytest.mark.function("F011", surface="page")
@pytest.mark.function("F152", surface="page")
@pytest.mark.function("F161", surface="page")
def test_a_firm_sees_what_is_its_own(lived: Story) -> None:
    """企业空间: 首页, 责令改正和整改报告, 接受的检查及公示的结果, 企业信息, 等级的原因和改进."""
    firm, order = lived["企业经办"], lived.ids["order"]
    visit = lived.visits[lived.failed]["id"]
    for path in ("/gov", "/m"):
        assert firm.opened(path).headers["location"] == "/ent"
    home = _opened(firm, "/ent")
    for words in (lived.failed, "没有未办结的责令改正", "接受的检查", "乳品分级", "二级"):
        assert words in home, words
    assert order in _opened(firm, "/ent/orders")
    shown = _opened(firm, f"/ent/orders/{order}")
    for words in (
        "南农改〔2026〕1号",
        "整改已办结，不需要再办理",
        "收购台账缺近三个月内容",
        "台账已补齐",
    ):
        assert words in shown, words
    links = re.findall(r"href=\"(/ent[^\"]*)\"", firm.opened(f"/ent/orders/{order}").text)
    assert {f"/ent/visits/{visit}", "/ent/data"} <= set(links)
    assert 404 not in {firm.opened(one).status_code for one in links}
    assert visit in _opened(firm, "/ent/visits")
    shown = _opened(firm, f"/ent/visits/{visit}")
    for words in ("2026年第一批乳品综合检查", "执法证号", "检查结果已公示", "南农改〔2026〕1号"):
        assert words in shown, words
    assert "已抽样" not in shown
    shown = _opened(firm, "/ent/data")
    for words in (lived.failed, FIRMS[lived.failed], "法定代表人", "注册资本", "成立日期"):
        assert words in shown, words
    shown = _opened(firm, "/ent/grades")
    for words in (
        "为什么是这个等级",
        "怎样可以改进",
        "近一年检查发现的问题数1，现计10分，最好可计0分",
    ):
        assert words in shown, words


def test_a_firm_sees_its_own_rank_in_the_draw(lived: Story) -> None:
    """本企业是怎样抽中的: its rank and place; no seed or threshold, which would tell of others.

    The rank is the one that the proof states; seed and threshold stand where results are public.
    """
    firm, visit = lived["企业经办"], lived.visits[lived.failed]["id"]
    told = firm.see("tasks/view_own_visit", visit_id=visit)
    (own,) = told["content"]["draws"]
    picks = [one for one in lived.proof["picks"] if one["id"] == FIRMS[lived.failed]]
    (pick,) = picks
    ranks = sorted(one["rank"] for one in lived.proof["picks"] if one["stratum"] == pick["stratum"])
    assert (own["rank"], own["place"]) == (pick["rank"], ranks.index(pick["rank"]) + 1)
    assert (own["size"], own["drawn"]) == (len(lived.proof["pool"]), len(ranks))
    thresholds = set(lived.proof["thresholds"].values()) - {pick["rank"]}
    shown = _opened(firm, f"/ent/visits/{visit}")
    assert pick["rank"] in shown
    assert not any(one in shown for one in (lived.proof["seed"], *thresholds))
    assert f"/open/results/{visit}" in shown
    assert lived.proof["seed"] in _opened(firm, f"/open/results/{visit}")


def test_nothing_of_another_firm_is_there(lived: Story) -> None:
    """别的企业的检查不存在; 部门人员打开企业空间, 回到工作台."""
    firm, other = lived["企业经办"], lived.visits[lived.clean]["id"]
    assert firm.opened(f"/ent/visits/{other}").status_code == 404
    assert other not in _opened(firm, "/ent/visits")
    assert lived["局长"].opened("/ent").headers["location"] == "/gov"
