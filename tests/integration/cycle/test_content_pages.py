"""内容信息: written, reviewed and published by three people, read by everybody and by staff."""

from collections.abc import Iterator
from typing import Final

import pytest
from attrs import define, field
from tests.integration.http.browsing import Browser, Document

from .acting import first_started
from .desks import Desk
from .preparing import FARM, FIRST_DAY, MARKET, ORGANISATION, Preparation

NOTICE: Final = "关于开展乳制品专项检查的通知"
OTHERS: Final = {
    "news": ("自治区部署乳品安全综合监管", "meeting", "监管动态"),
    "exposures": ("关于某市环境污染企业的通报", "breach", "监管曝光台"),
}


@define
class Desks(Preparation):
    """Three who work on contents, somebody else, and somebody of another department."""

    desks: dict[str, Desk] = field(factory=dict)

    def desk(self, name: str) -> Desk:
        """Give somebody's desk."""
        return self.desks.setdefault(name, Desk(self[name]))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """Give an office with an author, two editors and a publisher."""
    with first_started(tmp_path_factory.mktemp("content"), ORGANISATION, FIRST_DAY) as place:
        made = Desks(place)
        made.found()
        for name, role in (
            ("创作", "内容创作"), ("编辑", "内容编辑"), ("发布", "内容发布"),
        ):  # fmt: skip
            made.let_in(name, role, department=MARKET)
        made.let_in("外部门", "执法人员", department=FARM)
        yield made


def _written(office: Desks) -> None:
    """信息录入、分类、标签、附件、提交; 自己不能审核."""
    author = office.desk("创作")
    file = office["创作"].send("通知附件.txt", "检查安排".encode())
    filled = {
        "column": "notices", "title": NOTICE, "kind": "inspection",
        "tags": "乳制品", "department": MARKET, "region": "450000",
        "trade": "乳品", "summary": "自三月起检查生鲜乳收购站",
        "body": "各生鲜乳收购站请备好收购台账。", "attachments-kept": file,
    }  # fmt: skip
    refused = author.fails("content/do/create", **{**filled, "kind": "meeting"})
    assert "信息分类不属于栏目“通知公告”" in refused
    author.does("content/do/create", **filled)
    for column, (title, kind, _) in OTHERS.items():
        author.does("content/do/create", **filled | {
            "column": column, "title": title, "kind": kind,
            "summary": "", "attachments-kept": "",
        })  # fmt: skip
    listed = author.reads("content/articles")
    for words in (
        NOTICE,
        "通知公告",
        "检查通知",
        "草稿",
        MARKET,
        *(one[0] for one in OTHERS.values()),
    ):
        assert words in listed, words


def _id(office: Desks, title: str) -> str:
    found = office["创作"].see("content/articles", text=title)["items"]
    return str(next(one["id"] for one in found if one["title"] == title))


def _reviewed_and_published(office: Desks) -> None:
    """提交、退回、修改、审核通过、发布; 谁改的谁不审; 待办到人."""
    author, editor, publisher = (office.desk(one) for one in ("创作", "编辑", "发布"))
    for title in (NOTICE, *(one[0] for one in OTHERS.values())):
        about = f"?article_id={_id(office, title)}"
        author.does(f"content/do/submit{about}")
        assert title in editor.reads("/gov/todos")
        if title == NOTICE:
            editor.does(f"content/do/send_back{about}", opinion="请写明检查时间")
            assert "退回" in author.reads("content/articles?state=returned")
            author.does(f"content/do/change{about}", tags="乳制品、专项检查")
            author.does(f"content/do/submit{about}")
        editor.does(f"content/do/approve{about}", opinion="同意")
        assert title not in " ".join(Browser(office.at).see("/open/notices").words)
        publisher.does(f"content/do/publish{about}")
    own = editor.does("content/do/create", column="news", title="编辑自己写的",
                      kind="event", department=MARKET, region="450000",
                      body="内容")  # fmt: skip
    assert own
    about = f"?article_id={_id(office, '编辑自己写的')}"
    editor.does(f"content/do/submit{about}")
    assert "提出的人不能自己决定" in editor.fails(f"content/do/approve{about}")


def _read(office: Desks) -> None:
    """公众和部门人员: 列表, 按部门、区域、业态、时间、关键词、分类筛选, 详情, 附件."""
    anybody, staff = Browser(office.at), office.desk("外部门")
    for see, at in ((anybody.see, "/open"), (staff.see, "/gov/open")):
        for asked, found in (
            ("text=专项", True), ("text=不曾写过", False), (f"text={NOTICE}", True),
            (f"department={office.departments[MARKET]}", True), ("region=450000", True),
            ("region=450100", False), (f"trade={office.ids['trade']}", True),
            ("kind=inspection", True), ("kind=result", False), ("since=2026-03-02", True),
            ("until=2026-03-01", False),
        ):  # fmt: skip
            told = " ".join(see(f"{at}/notices?{asked}").words)
            assert (NOTICE in told) is found, asked
        links = see(f"{at}/notices").links
        (one,) = {link for link in links if link.startswith(f"{at}/notices/")}
        page = see(one)
        told = " ".join(page.words)
        for words in (
            NOTICE,
            "检查通知",
            MARKET,
            "乳制品、专项检查",
            "请备好收购台账",
            "2026-03-02",
        ):
            assert words in told, words
        (file,) = {link for link in page.links if link.startswith(f"{one}/files/")}
        answer = anybody.go(file) if at == "/open" else staff.browser.go(file)
        assert answer.content == "检查安排".encode()
        for column, (title, _, _) in OTHERS.items():
            (one,) = {
                link for link in see(f"{at}/{column}").links if link.startswith(f"{at}/{column}/")
            }
            assert title in " ".join(see(one).words)


def _exposed(office: Desks) -> None:
    """监管曝光台: 各部门按场景的业态、标题、发布者筛选, 看详情."""
    staff, (title, _, _) = office.desk("外部门"), OTHERS["exposures"]
    at = "/gov/open/exposures"
    for asked, found in (
        (f"text={title[2:6]}", True), ("text=不曾写过", False),
        (f"department={office.departments[MARKET]}", True),
        (f"trade={office.ids['trade']}", True), ("kind=case", False),
    ):  # fmt: skip
        assert (title in " ".join(staff.see(f"{at}?{asked}").words)) is found, asked
    (one,) = {link for link in staff.see(at).links if link.startswith(f"{at}/")}
    told = " ".join(staff.see(one).words)
    for words in (title, "违法违规行为", MARKET, "请备好收购台账"):
        assert words in told, words


def _on_a_phone(office: Desks) -> None:
    """信息公开: 手机上的通知列表和内容; 首页有最新的通知."""
    staff = office.desk("外部门")
    assert NOTICE in staff.reads("/m")
    links = staff.see("/m/open/notices").links
    (one,) = {link for link in links if link.startswith("/m/open/notices/")}
    assert "请备好收购台账" in staff.reads(one)


def _taken_back(office: Desks) -> None:
    """统计、撤回、删除: 撤回之后谁也看不到."""
    publisher, author = office.desk("发布"), office.desk("创作")
    told = publisher.reads("content/figures")
    for words in ("通知公告", "监管动态", "监管曝光台", "50%", "100%"):
        assert words in told, words
    id_ = _id(office, NOTICE)
    publisher.does(f"content/do/withdraw?article_id={id_}", reason="日期有误")
    anybody = Browser(office.at)
    assert NOTICE not in " ".join(anybody.see("/open/notices").words)
    assert anybody.go(f"/open/notices/{id_}").status_code == 404
    author.does(f"content/do/delete?article_id={id_}")
    assert NOTICE not in author.reads("content/articles")


@pytest.mark.function("F003", surface="page", complete=True)
@pytest.mark.function("F004", surface="page")
@pytest.mark.function("F005", surface="page", complete=True)
@pytest.mark.function("F018", surface="page", complete=True)
@pytest.mark.function("F019", surface="page", complete=True)
@pytest.mark.function("F024", surface="page", complete=True)
@pytest.mark.function("F141", surface="page", complete=True)
@pytest.mark.function("F206", surface="page", complete=True)
def test_contents_are_written_reviewed_published_and_read(office: Desks) -> None:
    """内容创作、编辑、发布人员各办各的; 公众、部门人员和手机上看到发布的内容.

    定制化推送 by domains and words that a citizen follows is not there: F004 部分.
    """
    _written(office)
    _reviewed_and_published(office)
    _read(office)
    _exposed(office)
    _on_a_phone(office)
    _taken_back(office)


def test_what_somebody_attaches_meanwhile_stays(office: Desks) -> None:
    """后提交的一方看到已被修改, 再次提交保留别人新加的附件, 也不说没有改过的内容改了."""
    author, title = office.desk("创作"), "附件不丢失的通知"
    first = office["创作"].send("甲.txt", "甲".encode())
    author.does("content/do/create", column="notices", title=title, kind="inspection",
                department=MARKET, region="450000", body="内容",
                **{"attachments-kept": first})  # fmt: skip
    path = f"/gov/content/do/change?article_id={_id(office, title)}"
    at = path.partition("?")[0]
    form = author.see(path).forms[at]
    second = office["创作"].send("乙.txt", "乙".encode())
    author.does(path, **{"attachments-kept": f"{form['attachments-kept']} {second}"})
    stale = author.browser.go(at, {**form, "summary": "后改的摘要"})
    shown = Document(stale.text)
    assert stale.status_code == 412
    assert len(shown.forms[at]["attachments-kept"].split()) == 2
    assert "栏目（现在的内容）" not in " ".join(shown.words)
    again = author.browser.go(at, shown.forms[at])
    assert again.status_code == 303, " ".join(Document(again.text).words)
    kept = author.see(path).forms[at]
    assert (len(kept["attachments-kept"].split()), kept["summary"]) == (2, "后改的摘要")
