"""The contract of what everybody may read: only what is published crosses, nobody's account in it.

Fixture: ``world``, transactions over an empty store (memory, tables, or those behind an adapter).
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from attrs import evolve

from supervision_core.checklists.model import ChecklistState
from supervision_core.checklists.ports import Checklists
from supervision_core.clues.model import Clue, ClueChannel, ClueState, told_id
from supervision_core.clues.ports import Clues
from supervision_core.content.model import (
    Article,
    ArticleContent,
    ArticleFile,
    ListedDepartment,
    ListedDraw,
    OpenAsked,
    OpenColumn,
    OpenDrawsAsked,
)
from supervision_core.content.ports import Articles, PublicReading
from supervision_core.draws.model.selection import Action
from supervision_core.draws.model.series import DrawSeries
from supervision_core.draws.model.sources import DrawNumber
from supervision_core.draws.ports import Draws, SeriesOfDraws
from supervision_core.handbooks.model import ReadingChannel
from supervision_core.handbooks.ports import HandbookReadings, Handbooks
from supervision_core.identity.model import Membership, PersonData
from supervision_core.identity.ports import Regions, Users
from supervision_core.items.ports import Laws
from supervision_core.kernel.canonical import canonical_json, sm3
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.ports import Clock, Transactions
from supervision_core.tasks.model.publication import (
    Publication,
    PublicationState,
    PublicSubject,
    WithdrawalGround,
)
from supervision_core.tasks.model.sheet import Approval
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import Visit, VisitState
from supervision_core.tasks.ports import Publications, Tasks, Visits
from supervision_core.testing.checklists import EDITOR, full_checklist
from supervision_core.testing.clues import clue
from supervision_core.testing.draws import POOL, drawn_2, frozen_draw, keep_pool
from supervision_core.testing.handbooks import AT, BY, full_handbook
from supervision_core.testing.identity import full_user
from supervision_core.testing.items import full_law
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.tasks import publication, task, visit
from supervision_core.testing.units import refuses

NOON: Final = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)
FIRM, CODE = "南宁某乳业有限公司", "91450100MA00000000"


class AtNoon(Clock):
    """The clock of this contract."""

    def now(self) -> datetime:
        """Give one noon in May."""
        return NOON


def full_article(id: str = "article-1") -> Article:
    """Give a published article with every field filled, sent back once and approved then."""
    content = ArticleContent(
        column=OpenColumn.NOTICES, title="关于开展乳制品专项检查的通知", kind="inspection",
        tags="乳制品、专项检查", department="market", region="450100", trade="trade-1",
        summary="自5月起检查生鲜乳收购站", body="各生鲜乳收购站：\n请备好收购台账。",
    )  # fmt: skip
    made = Article.create(content, id=id, at=NOON, by="user-1")
    made.change(content, (ArticleFile(file="file-1", name="附件.pdf"),), at=NOON, by="user-1")
    made.submit(at=NOON)
    made.send_back(opinion="标题不全", at=NOON, by="user-2")
    made.submit(at=NOON)
    made.approve(opinion="同意", at=NOON, by="user-2")
    made.publish(at=NOON)
    made.take_events()
    return made


def _put(root: Any, **changes: Any) -> None:
    """Let an example say something else."""
    for name, value in changes.items():
        object.__setattr__(root, name, value)


def _publications() -> list[Publication]:
    due, gone, over, person, other = (
        publication(one) for one in ("due", "gone", "over", "person", "other")
    )
    firm = PublicSubject.firm(id="subject-2", name="柳州示例奶吧", credit_code="91450200MA00000001")
    someone = PublicSubject.natural_person(id="subject-9", name="欧阳小明")
    gone.withdraw(ground=WithdrawalGround.MISTAKEN, reason="名称有误", by="user-1", at=NOON)
    _put(due, _state=PublicationState.DUE, _shown_on=None, _until=None)
    _put(over, _until=date(2026, 5, 3))
    _put(person, _shown=evolve(person.shown, subject=someone))
    _put(other, _shown=evolve(other.shown, subject=firm, scene="scene-2"), region="450200",
         formed_on=date(2026, 4, 20))  # fmt: skip
    return [publication("shown"), due, gone, over, person, other]


def fill(transactions: Transactions) -> None:
    """Store what is published beside what is not."""
    draft, stopped = full_checklist("draft"), full_checklist("stopped")
    _put(draft, _state=ChecklistState.DRAFT, _versions=(), _default=False, _code="CL-2")
    _put(stopped, _code="CL-3")
    stopped.make_ordinary(by=EDITOR)
    stopped.disable(by=EDITOR)
    withdrawn = full_handbook("withdrawn")
    withdrawn.withdraw(at=AT, by=BY)
    law, old = full_law("law"), full_law("old")
    _put(old, _content=evolve(old.content, title="旧的条例"))
    old.disable(at=NOON)
    taken, news = full_article("taken"), full_article("news")
    taken.withdraw(reason="日期有误", at=NOON)
    told = evolve(news.content, column=OpenColumn.NEWS, kind="meeting", title="部署会",
                  summary="", tags="", department="farm", region="450200")  # fmt: skip
    _put(news, _content=told)
    rows: list[tuple[type[Any], Any]] = [
        (Articles, full_article("notice")), (Articles, taken), (Articles, news),
        *((Publications, one) for one in _publications()),
        (Checklists, full_checklist("used")), (Checklists, draft), (Checklists, stopped),
        (Handbooks, full_handbook("read")), (Handbooks, withdrawn), (Laws, law), (Laws, old),
    ]  # fmt: skip
    with transactions.begin() as unit:
        for port, root in rows:
            root.take_events()
            unit[port].save(root)
        unit.commit()


SHIELDED: Final = "南宁示例冷饮店"
"""A firm that is drawn and yet to be visited, which the lead names in what it writes."""


def _task(id: str, *, ends_on: date, draw: str) -> Task:
    made = task(id)
    _put(made, _sheet=evolve(made.sheet, ends_on=ends_on, draw=draw, name=f"检查{SHIELDED}"))
    return made


def _visit(id: str, of: str, state: VisitState) -> Visit:
    made = visit(id)
    formed = date(2026, 5, 29) if state is VisitState.COMPLETED else None
    _put(made, sheet=evolve(made.sheet, task=of), _state=state, _formed_on=formed)
    return made


def _urgent(id: str, *, due: date, confirmed: date | None) -> Task:
    """Give a check that went out before it was approved."""
    made = task(id)
    approval = (
        None
        if confirmed is None
        else Approval(by="user-1", at=datetime.combine(confirmed, NOON.time(), UTC))
    )
    _put(made, _sheet=evolve(made.sheet, number=id), _approval_due=due, _approval=approval)
    return made


def _clue(id: str, **changes: Any) -> Clue:
    made = clue(id)
    own = ("reporter", "_triage", "_state", "_due_on")
    more = {name: changes.pop(name) for name in own if name in changes}
    _put(made, sheet=evolve(made.sheet, **changes), registered_at=NOON, **more)
    return made


_NOW: Final = NOON.date()
URGENT: Final[Mapping[str, tuple[date, date | None]]] = {
    "in-time": (_NOW, _NOW), "late": (date(2026, 4, 7), date(2026, 4, 8)), "open": (_NOW, None),
    "unconfirmed": (date(2026, 4, 30), None), "last-year": (date(2025, 12, 31), None),
}  # fmt: skip
"""Checks that went out before they were approved: when they were to be confirmed, and were."""


def fill_conduct(transactions: Transactions) -> None:
    """Store what departments do without a draw: urgent checks, and clues to be inspected."""
    told = told_id(ClueChannel.HOTLINE_12345, "DH1")
    clues = [
        _clue("reported", _state=ClueState.ANSWERED),
        _clue("by-hand", reporter="", reference="", _due_on=date(2026, 5, 4)),
        _clue("as-hotline", reporter="", reference="DH2"),
        _clue(told, reporter="", reference="DH1"),
        _clue("dropped", reporter="", _triage=None, registered_by="dept-farm"),
    ]  # fmt: skip
    with transactions.begin() as unit:
        keep_directory(unit, ("dept-market", "dept-farm", "dept-office"))
        for name, (due, confirmed) in URGENT.items():
            unit[Tasks].save(_urgent(f"urgent-{name}", due=due, confirmed=confirmed))
        for one in clues:
            unit[Clues].save(one)
        unit.commit()


def fill_draws(transactions: Transactions) -> None:
    """Store three draws of one task whose visits are to come, and one each of two that are over.

    Of the first the pool was named wrongly; one of the last two ended long ago, a visit open.
    """
    scenes = {"scene-1": ("cleared", "coming", "begun"), "scene-2": ("visited", "late")}
    tasks = dict.fromkeys(scenes["scene-1"], "to-come") | {"visited": "visited", "late": "late"}
    numbers = {
        one: DrawNumber(lead="dept-market", scene=scene, year=2026, number=number)
        for scene, ids in scenes.items()
        for number, one in enumerate(ids, start=1)
    }
    made = {
        one: drawn_2(one, task=tasks[one], number=numbers[one], called=SHIELDED)
        for one in ("cleared", "coming", "visited", "late")
    }
    made["begun"] = frozen_draw("begun", task="to-come", number=numbers["begun"])
    for each in made["coming"], made["visited"]:
        for one in each.selection[:3]:
            reason = f"因{SHIELDED}投诉"
            each.adjust(Action.REMOVE, one, by="user-1", reason=reason, at=NOON, pool=POOL)
    made["cleared"].clear(by="user-1", reason=f"{SHIELDED}已停业", at=NOON)
    series = [DrawSeries.begin(lead="dept-market", scene=one, year=2026) for one in scenes]
    for of, ids in zip(series, scenes.values(), strict=True):
        for id_ in ids:
            of.enter(id_)
    series[0].clear(1, reason=f"{SHIELDED}已停业")
    series[0].dispatch(2)
    series[1].dispatch(1)
    series[1].dispatch(2)
    done, begun = VisitState.COMPLETED, VisitState.STARTED
    rows: list[tuple[type[Any], Any]] = [
        (Tasks, _task("to-come", ends_on=date(2026, 5, 29), draw="coming")),
        (Tasks, _task("visited", ends_on=date(2026, 5, 29), draw="visited")),
        (Tasks, _task("late", ends_on=date(2026, 4, 3), draw="late")),
        (Visits, _visit("v-1", "to-come", done)), (Visits, _visit("v-2", "to-come", begun)),
        (Visits, _visit("v-3", "visited", done)), (Visits, _visit("v-4", "late", begun)),
        *((Draws, one) for one in made.values()), *((SeriesOfDraws, one) for one in series),
    ]  # fmt: skip
    official = full_user("user-1")
    member = Membership(department="dept-market", post="科长")
    _put(official, _memberships=(member,), _person=PersonData(name="王示例"))
    rows.append((Users, official))
    with transactions.begin() as unit:
        keep_directory(unit, ("dept-market", "dept-farm", "dept-late"))
        keep_pool(unit)
        for port, root in rows:
            root.take_events()
            unit[port].save(root)
        unit.commit()


class PublicReadingContract:
    """What an adapter of ``PublicReading`` is held to; ``reading`` makes one of transactions."""

    def _filled(self, world: Transactions, reading: Callable[[Transactions], Any]) -> PublicReading:
        fill(world)
        found: PublicReading = reading(world)
        return found

    def _ids(self, found: PublicReading, column: OpenColumn, **asked: Any) -> list[str]:
        lines, page = list[str](), PageRequest(size=1)
        while True:
            some = found.find(column, OpenAsked(**asked), page)
            lines += [one.id for one in some.items]
            if some.next_cursor is None:
                return lines
            page = evolve(page, cursor=some.next_cursor)

    def test_only_what_is_published_is_found(
        self, world: Transactions, reading: Callable[[Transactions], Any]
    ) -> None:
        """Results shown or taken back and not over, newest first; what is in use; by pages."""
        found = self._filled(world, reading)
        assert self._ids(found, OpenColumn.RESULTS) == ["other", "shown", "person", "gone"]
        assert self._ids(found, OpenColumn.CHECKLISTS) == ["used"]
        assert self._ids(found, OpenColumn.HANDBOOKS) == ["read"]
        assert self._ids(found, OpenColumn.LAWS) == ["law"]
        assert self._ids(found, OpenColumn.NOTICES) == ["notice"]
        assert self._ids(found, OpenColumn.NEWS) == ["news"]
        assert self._ids(found, OpenColumn.EXPOSURES) == []

    def test_what_is_asked_narrows(
        self, world: Transactions, reading: Callable[[Transactions], Any]
    ) -> None:
        """A fragment of a name, a whole code, scene, region, days; words of a text."""
        found = self._filled(world, reading)
        results: list[tuple[dict[str, Any], list[str]]] = [
            ({"text": "某乳业"}, ["shown", "gone"]), ({"text": "柳州"}, ["other"]),
            ({"text": CODE.lower()}, ["shown", "gone"]), ({"text": "小明"}, []),
            ({"scene": "scene-2"}, ["other"]), ({"region": "450200"}, ["other"]),
            ({"since": date(2026, 4, 10)}, ["other"]),
            ({"until": date(2026, 4, 10)}, ["shown", "person", "gone"]),
        ]  # fmt: skip
        for asked, wanted in results:
            assert self._ids(found, OpenColumn.RESULTS, **asked) == wanted, asked
        articles: list[tuple[dict[str, Any], int]] = [
            ({"text": "专项"}, 1), ({"text": "收购站"}, 1), ({"text": "不曾写过"}, 0),
            ({"kind": "inspection", "department": "market", "region": "450100"}, 1),
            ({"kind": "result"}, 0), ({"department": "farm"}, 0), ({"trade": "trade-2"}, 0),
            ({"since": date(2026, 5, 4), "until": date(2026, 5, 4)}, 1),
            ({"since": date(2026, 5, 5)}, 0),
        ]  # fmt: skip
        for asked, count in articles:
            assert len(self._ids(found, OpenColumn.NOTICES, **asked)) == count, asked
        for column, text in (
            (OpenColumn.CHECKLISTS, "进货查验"), (OpenColumn.HANDBOOKS, "书面旅游合同"),
            (OpenColumn.LAWS, found.read(OpenColumn.LAWS, "law").parts[0].text[:6]),
        ):  # fmt: skip
            assert len(self._ids(found, column, text=text)) == 1, column
            assert self._ids(found, column, text="不曾写过的话") == [], column

    def test_regions_are_chosen_as_they_are_called_now(
        self, world: Transactions, reading: Callable[[Transactions], Any]
    ) -> None:
        """Those within a city stand below it; one that is renamed, or disabled, is so at once."""
        with world.begin() as unit:
            keep_directory(unit, ())
            unit.commit()
        found: PublicReading = reading(world)

        def named() -> dict[str, str]:
            every = found.choices(OpenColumn.RESULTS)
            return {one.value: one.name for one in every if one.field == "region"}

        before = named()
        assert before["450100"] == "南宁市"
        assert before["450103"] == "　青秀区"
        assert named() == before
        with world.begin() as unit:
            county = unit[Regions].get("region-450103")
            county.change(evolve(county.content, name="青秀新区"), at=NOON)
            city = unit[Regions].get("region-450200")
            city.disable(at=NOON)
            for one in (county, city):
                unit[Regions].save(one)
            unit.commit()
        assert named() == {
            **{code: name for code, name in before.items() if code != "450200"},
            "450103": "　青秀新区",
        }

    def test_what_was_taken_back_says_so(
        self, world: Transactions, reading: Callable[[Transactions], Any]
    ) -> None:
        """The page stays: when it was taken back and why, and nothing of what it said."""
        found = self._filled(world, reading)
        told = found.read(OpenColumn.RESULTS, "gone")
        facts = {one.title: one.text for one in told.facts}
        assert facts["公示状态"] == "已撤回"
        assert facts["撤回日期"] == NOON.date().isoformat()
        assert (facts["撤回事由"], facts["撤回理由"]) == ("公示内容有误", "名称有误")
        assert facts["撤回决定人员"].endswith("工作人员")
        assert told.parts == ()
        assert told.draw is None
        assert "检查结论" not in facts
        lines = found.find(OpenColumn.RESULTS, OpenAsked(), PageRequest()).items
        assert {one.id: one.kind for one in lines}["gone"] == "已撤回"

    def test_what_is_not_published_is_absent(
        self, world: Transactions, reading: Callable[[Transactions], Any]
    ) -> None:
        """One refusal for what is withheld, over, withdrawn, disabled, or never was."""
        found = self._filled(world, reading)
        for one in ("due", "over", "nothing"):
            with refuses(NotFound):
                found.read(OpenColumn.RESULTS, one)
        for one in ("due", "gone", "over", "nothing"):
            with refuses(NotFound):
                found.proof(one)
        for one in ("draft", "stopped", "nothing"):
            with refuses(NotFound):
                found.checklist(one)
        with refuses(NotFound):
            found.read(OpenColumn.LAWS, "old")
        for column, one in ((OpenColumn.NOTICES, "taken"), (OpenColumn.NOTICES, "news")):
            with refuses(NotFound):
                found.read(column, one)
        for article, file in (("taken", "file-1"), ("notice", "file-2")):
            with refuses(NotFound):
                found.file(article, file)
        with refuses(NotFound):
            found.handbook("withdrawn", ReadingChannel.PUBLIC)

    def test_a_person_is_not_named(
        self, world: Transactions, reading: Callable[[Transactions], Any]
    ) -> None:
        """A natural person has neither whole name nor number; nobody's account is in anything."""
        found = self._filled(world, reading)
        told = found.read(OpenColumn.RESULTS, "person")
        assert (told.title, told.draw) == ("欧***", None)
        assert CODE in repr(found.read(OpenColumn.RESULTS, "shown"))
        everything = [
            told, found.read(OpenColumn.RESULTS, "shown"), found.checklist("used"),
            found.handbook("read", ReadingChannel.PUBLIC), found.read(OpenColumn.LAWS, "law"),
            found.read(OpenColumn.NOTICES, "notice"),
        ]  # fmt: skip
        assert "user-" not in repr(everything)

    def test_the_version_in_use_is_read_and_counted(
        self, world: Transactions, reading: Callable[[Transactions], Any]
    ) -> None:
        """Never a draft; a handbook counts each time it was opened, by its channel."""
        found = self._filled(world, reading)
        assert found.checklist("used").note != "待发布"
        assert found.checklist("used").sheet.number == 2
        found.handbook("read", ReadingChannel.PUBLIC)
        with world.begin_reading() as unit:
            assert unit[HandbookReadings].of(["read"])["read"].public == 1

    def _draws(self, found: PublicReading, **asked: Any) -> list[ListedDraw]:
        lines, page = list[ListedDraw](), PageRequest(size=1)
        while True:
            some = found.draws(OpenDrawsAsked(**asked), page)
            lines += some.items
            if some.next_cursor is None:
                return lines
            page = evolve(page, cursor=some.next_cursor)

    def test_every_draw_is_listed(
        self, world: Transactions, reading: Callable[[Transactions], Any]
    ) -> None:
        """抽取公开: by number, whatever became of it; by year, lead department and scene."""
        fill_draws(world)
        found: PublicReading = reading(world)
        lines = self._draws(found)
        assert [(one.id, one.number, one.state) for one in lines] == [
            ("begun", 3, "正在抽取"), ("coming", 2, "任务已分发"), ("cleared", 1, "已清空"),
            ("late", 2, "任务已分发"), ("visited", 1, "任务已分发"),
        ]  # fmt: skip
        assert self._draws(found, year=2026, department="dept-market") == lines
        assert [one.id for one in self._draws(found, scene="scene-2")] == ["late", "visited"]
        assert self._draws(found, department="dept-farm") == []
        assert self._draws(found, year=2025) == []
        choices = {(one.field, one.value) for one in found.draw_choices(0)}
        assert choices == {
            ("year", "2026"), ("department", "dept-market"), ("scene", "scene-1"),
            ("scene", "scene-2"),
        }  # fmt: skip
        assert [found.draw(one.id) for one in lines] == lines
        with refuses(NotFound):
            found.draw("nothing")

    def test_a_listed_draw_says_what_it_departs_from(
        self, world: Transactions, reading: Callable[[Transactions], Any]
    ) -> None:
        """Chances, corrections, marks, outsider, who was late, what was not finished in time."""
        fill_draws(world)
        found: PublicReading = reading(world)
        late, visited = found.draw("late"), found.draw("visited")
        of_a, of_d = visited.strata
        assert (of_a.name, of_a.size, of_a.numerator, of_a.denominator) == ("一级", 12, 1, 4)
        assert (of_a.drawn, of_a.kind, of_d.drawn, of_d.kind) == (3, "随机", 2, "随机")
        assert (visited.added, visited.removed) == (0, 3)
        assert visited.marks == ("含非随机对象", "计划外")
        assert late.marks == ("计划外",)
        assert (visited.outsider, visited.late) == ("配合部门：dept-farm", ("dept-late",))
        assert (late.unfinished, visited.unfinished) == (1, 0)
        begun = found.draw("begun")
        assert [one.drawn for one in begun.strata] == [None, None]

    def test_a_list_of_draws_names_nobody_who_is_yet_to_be_visited(
        self, world: Transactions, reading: Callable[[Transactions], Any]
    ) -> None:
        """What is written by hand waits as the proof does: at most twenty working days."""
        fill_draws(world)
        found: PublicReading = reading(world)
        for one in ("begun", "coming", "cleared"):
            line = found.draw(one)
            assert (line.withheld, line.task, line.reason, line.proof) == (True, "", "", False)
            assert SHIELDED not in repr(line)
            with refuses(NotFound):
                found.draw_proof(one)
        for one in ("visited", "late"):
            assert found.draw(one).task == f"检查{SHIELDED}"
            assert found.draw(one).proof
            proof = found.draw_proof(one)
            assert (proof["draw_id"], proof["officers"], proof["assignment"]) == (one, {}, [])
            assert "user-" not in repr(proof)

    def test_officials_are_named_for_what_they_correct_by_hand(
        self, world: Transactions, reading: Callable[[Transactions], Any]
    ) -> None:
        """人工增减: actor and reason stand where the public reads: list, file and proof agree.

        While the draw is withheld the actor is named, and the reason is not. An account that
        nobody holds any more is the department's.
        """
        fill_draws(world)
        found: PublicReading = reading(world)
        why, who = f"因{SHIELDED}投诉", "dept-market 科长 王示例"
        told, coming = found.draw("visited").corrections, found.draw("coming").corrections
        assert {(one.action, one.by, one.reason) for one in told} == {("剔除", who, why)}
        assert {(one.action, one.by, one.reason) for one in coming} == {("剔除", who, "")}
        manual = found.draw_proof("visited")["manual"]
        assert isinstance(manual, list)
        assert [(one["by"], one["reason"], one["approver"]) for one in manual] == [
            (one.by, one.reason, one.approver) for one in told
        ]
        with world.begin() as unit:
            gone = unit[Users].get("user-1")
            _put(gone, _memberships=())
            unit[Users].save(gone)
            unit.commit()
        assert {one.by for one in found.draw("visited").corrections} == {"dept-market 王示例"}

    def test_departments_say_what_they_did_without_a_draw(
        self, world: Transactions, reading: Callable[[Transactions], Any]
    ) -> None:
        """未补批 and clues by own staff, by department and year: on the first page, in the file.

        Who registers by hand names any channel: only an own account, or a number that the channel
        itself told, makes a clue somebody else's. One that is to be inspected, was not, and whose
        term is over, counts for the department that holds it.
        """
        fill_conduct(world)
        found: PublicReading = reading(world)
        page = found.draws(OpenDrawsAsked(year=2026), PageRequest(size=1))
        market = ListedDepartment(
            department="dept-market", urgent=4, late=1, unconfirmed=1, clues_overdue=2
        )
        office = ListedDepartment(department="dept-office", clues=4, by_staff=2)
        assert page.departments == (market, office)
        assert (office.share, market.share) == ("50%", "")
        file = found.draws_file(OpenDrawsAsked(year=2026))
        assert file["departments"] == [to_plain(one) for one in page.departments]
        alone = found.draws(OpenDrawsAsked(year=2025, department="dept-market"), PageRequest())
        assert alone.departments == (
            ListedDepartment(department="dept-market", urgent=1, unconfirmed=1),
        )
        assert found.draws(OpenDrawsAsked(year=2024), PageRequest()).departments == ()

    def test_an_open_file_states_its_day_and_digest(
        self, world: Transactions, reading: Callable[[Transactions], Any]
    ) -> None:
        """公开文件: every line of the list, the day, and the SM3 of all else in it."""
        fill_draws(world)
        found: PublicReading = reading(world)
        document = dict(found.draws_file(OpenDrawsAsked()))
        digest = document.pop("sm3")
        assert sm3(canonical_json(document)).hex() == digest
        assert (document["format"], document["as_of"]) == ("open-draws/1", "2026-05-04")
        assert document["draws"] == [to_plain(one) for one in self._draws(found)]
