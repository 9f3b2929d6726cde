"""What everybody may read, taken from the things themselves."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property, partial
from typing import Any, Final

from attrs import evolve, field, frozen

from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.checklists.model import Checklist, ChecklistState
from supervision_core.checklists.ports import Checklists
from supervision_core.checklists.services.sheets import ChecklistSheet, sheet_of
from supervision_core.content.lists import ARTICLES
from supervision_core.content.model import (
    ListedDraw,
    OpenAsked,
    OpenChoice,
    OpenColumn,
    OpenDraw,
    OpenDrawPage,
    OpenDrawsAsked,
    OpenFact,
    OpenFile,
    OpenLine,
    OpenPage,
    OpenPart,
    OpenText,
)
from supervision_core.content.model.article import (
    ARTICLE_COLUMNS,
    ARTICLE_KINDS,
    KINDS_OF,
    Article,
    ArticleState,
)
from supervision_core.content.ports import Articles, OpenBytes, PublicReading
from supervision_core.content.registers import DEPARTMENT_CONTACTS
from supervision_core.content.services.officials import officials
from supervision_core.content.services.open_draws import DrawsShelf
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.picking import thresholds
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.proof import Outcome as DrawOutcome
from supervision_core.draws.model.proof import proof_of
from supervision_core.draws.ports import Draws, Pools
from supervision_core.draws.services.numbering import siblings_of
from supervision_core.files.model import Attachment, FileForm
from supervision_core.files.ports import Attachments
from supervision_core.files.sealing import SealedBytes
from supervision_core.handbooks.model import ReadingChannel
from supervision_core.handbooks.ports import PublishedHandbooks
from supervision_core.handbooks.services.reading import ReadHandbook, count_reading
from supervision_core.identity.ports import Regions
from supervision_core.identity.registers import TRADES
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.lists import names_in
from supervision_core.identity.services.narrowing import narrowed
from supervision_core.items.lists import LAWS
from supervision_core.items.model import LAW_KINDS, Law, LawState
from supervision_core.items.ports import Laws
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.listing import ListFilter, ListQuery, Lists
from supervision_core.kernel.paging import Page, PageRequest, every_page, page_among
from supervision_core.kernel.ports import Clock, Repository, Transactions, UnitOfWork
from supervision_core.kernel.registers import DEPARTMENT, REGION, Ask
from supervision_core.kernel.registers.store import Entries, EntryFilter
from supervision_core.scenes.lists import SCENES
from supervision_core.scenes.model import SceneState
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.lists import PUBLICATIONS, REVIEWS, TRANSFERS
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.presence import PlaceShare
from supervision_core.tasks.model.publication import (
    Publication,
    PublicationState,
    WithdrawalGround,
)
from supervision_core.tasks.model.results import ItemOutcome, Outcome, PendingMatter
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.transfer import (
    KEPT,
    UNSENT,
    Transfer,
    TransferKind,
    TransferState,
)
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Publications, Tasks, Visits
from supervision_core.tasks.registers import SUPERIOR_ORDERS
from supervision_core.tasks.services.places import shares_of
from supervision_core.tasks.services.tasks import draw_of
from supervision_core.tasks.words import TITLES, claim_words, title

_CREDIT_CODE: Final = re.compile(r"[0-9A-HJ-NP-RTUWXY]{18}", re.IGNORECASE)
_IDENTITY_CARD: Final = "[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx]"
_SCENE: Final = "scene"
_UNDRAWN: Final = "不是随机抽中"
_GROUNDS: Final[Mapping[VisitGround, str]] = {
    VisitGround.PICK: "随机抽中", VisitGround.ADJUSTMENT: f"人工增加，{_UNDRAWN}",
    VisitGround.PLAN: "计划全查", VisitGround.CLUE: f"个案检查，{_UNDRAWN}",
    VisitGround.ORDER: f"上级部署，{_UNDRAWN}", VisitGround.APPLICATION: f"企业申请，{_UNDRAWN}",
}  # fmt: skip
"""Why a firm was visited, as everybody may know it; nothing that tells of who reported it."""
_MOST_CHOICES: Final = PageRequest(size=200)


def names_persons(pool: Pool) -> bool:
    """Tell whether a code in a pool may be the identity card number of a natural person."""
    return pool.any_id(_IDENTITY_CARD)


def _facts(facts: Mapping[str, str]) -> tuple[OpenFact, ...]:
    return tuple(OpenFact(title=name, text=text) for name, text in facts.items() if text)


def _outcomes(one: Publication) -> str:
    return "、".join(TITLES[Outcome][each] for each in sorted(one.shown.outcomes))


def _unconfirmed(task: Task, today: date) -> Mapping[str, str]:
    """Say of a check that went out before it was approved whether it was confirmed in time."""
    if task.approval_due is None:
        return {}
    due = f"因紧急情形先检查，牵头部门负责人应于{task.approval_due.isoformat()}前补批"
    if task.unconfirmed(today):
        return {"未补批": f"{due}，至今没有补批"}
    if (on := task.confirmed_on) is not None and on > task.approval_due:
        return {"逾期补批": f"{due}，{on.isoformat()}才补批"}
    return {"先检查后批准": due if on is None else f"{due}，已于{on.isoformat()}补批"}


@frozen(slots=False)
class OpenShelf:
    """Finds and gives what is published, within one unit of work, as of a day (Guangxi).

    ``of_persons`` is known of pools, which never change: whether their codes may be of persons.
    ``regions`` are those of one revision of their register, by their codes.
    """

    unit: UnitOfWork
    today: date
    of_persons: dict[bytes, bool] = field(factory=dict)
    regions: dict[int, Mapping[str, str]] = field(factory=dict)
    _called: dict[tuple[str, str], str] = field(factory=dict, init=False)
    """What things are called, as far as somebody asked."""

    def find(self, column: OpenColumn, asked: OpenAsked, page: PageRequest) -> OpenPage:
        """Give lines of a column. Raises ``BadCursor``."""
        found: Mapping[OpenColumn, Callable[[OpenAsked, PageRequest], OpenPage]] = {
            **dict.fromkeys(map(OpenColumn, ARTICLE_COLUMNS), partial(self._articles, column)),
            OpenColumn.RESULTS: self._results,
            OpenColumn.CHECKLISTS: self._checklists,
            OpenColumn.HANDBOOKS: self._handbooks,
            OpenColumn.LAWS: self._laws,
        }
        return found[column](asked, page)

    def _articles(self, column: OpenColumn, asked: OpenAsked, page: PageRequest) -> OpenPage:
        told = {
            "column": column, "state": ArticleState.PUBLISHED, "text": asked.text.strip(),
            "kind": asked.kind, "department": asked.department, "region": asked.region,
            "trade": asked.trade, "on_from": asked.since, "on_to": asked.until,
        }  # fmt: skip
        found = self._page(ARTICLES, told, evolve(page, order="-on"))
        self._names(DEPARTMENT, {one.department for one in found.items})
        self._names(REGION, {one.region for one in found.items})
        lines = [
            OpenLine(
                id=one.id, title=one.title, note=one.summary, kind=ARTICLE_KINDS[one.kind],
                trade=self._name(TRADES.name, one.trade),
                departments=self._names(DEPARTMENT, (one.department,)),
                region=self._name(REGION, one.region), on=one.on,
            )
            for one in found.items
        ]  # fmt: skip
        return self._told(found, lines)

    def _results(self, asked: OpenAsked, page: PageRequest) -> OpenPage:
        text = asked.text.strip()
        code = _CREDIT_CODE.fullmatch(text) is not None
        told = {  # whatever has a day until which it is displayed was shown, perhaps taken back
            "until_from": self.today, "scene": asked.scene,
            "name": "" if code else text, "credit_code": text.upper() if code else "",
            "region": asked.region, "formed_on_from": asked.since, "formed_on_to": asked.until,
        }  # fmt: skip
        found = self._page(PUBLICATIONS, told, evolve(page, order="-formed_on"))
        rows = {one.id: one for one in self.unit[Publications].find_many(
            one.id for one in found.items
        )}  # fmt: skip
        shown = [rows[one.id] for one in found.items]
        self._names(_SCENE, {one.shown.scene for one in shown})
        self._names(DEPARTMENT, {id_ for one in shown for id_ in one.shown.departments})
        self._names(REGION, {one.region for one in shown})
        return self._told(found, map(self._result_line, shown))

    def _result_line(self, one: Publication) -> OpenLine:
        shown = one.shown
        return OpenLine(
            id=one.id, title=shown.subject.name, note=shown.subject.credit_code,
            kind=_outcomes(one) if one.visible(self.today) else TITLES[PublicationState][one.state],
            scene=self._name(_SCENE, shown.scene),
            departments=self._names(DEPARTMENT, shown.departments),
            region=self._name(REGION, one.region), on=one.formed_on,
        )  # fmt: skip

    def _checklists(self, asked: OpenAsked, page: PageRequest) -> OpenPage:
        told = {
            "state": ChecklistState.ENABLED, "trade": asked.trade, "region": asked.region,
            "lead": asked.department,
        }  # fmt: skip

        def line(one: Checklist) -> OpenLine:
            version = one.current
            said = version.content
            return OpenLine(
                id=one.id, title=said.name, note=f"{len(said.items)}项",
                kind=f"第{version.number}版",
                trade=self._name(TRADES.name, said.trade),
                departments=self._names(DEPARTMENT, (said.lead, *said.joining)),
                region=self._name(REGION, one.region), on=local_day(version.published_at),
            )  # fmt: skip

        return self._whole(CHECKLISTS, Checklists, told, line, _says_checklist, asked, page)

    def _handbooks(self, asked: OpenAsked, page: PageRequest) -> OpenPage:
        found = self.unit[PublishedHandbooks].find(
            trade=asked.trade, scene=asked.scene, region=asked.region, text=asked.text
        )
        lines = [
            OpenLine(
                id=one.id, title=one.name, note=one.scope, trade=self._name(TRADES.name, one.trade),
                scene=self._name(_SCENE, one.scene),
                departments=self._names(DEPARTMENT, (one.department,)),
                region=self._name(REGION, one.region), on=local_day(one.published_at),
            )
            for one in found
            if not asked.department or one.department == asked.department
        ]  # fmt: skip
        return _paged([one for one in lines if _within(one.on, asked)], asked, page)

    def _laws(self, asked: OpenAsked, page: PageRequest) -> OpenPage:
        told = {"state": LawState.ENABLED, "kind": asked.kind}

        def line(one: Law) -> OpenLine:
            said = one.content
            return OpenLine(
                id=one.id, title=said.title, note=said.issuer, kind=LAW_KINDS[said.kind],
                region=self._name(REGION, one.region), on=said.promulgated_on,
            )  # fmt: skip

        return self._whole(LAWS, Laws, told, line, _says_law, asked, page)

    def _whole(  # noqa: PLR0913, PLR0917 - one for each thing in which the columns differ
        self,
        query: ListQuery[Any],
        port: type[Repository[Any]],
        told: Mapping[str, Any],
        line: Callable[[Any], OpenLine],
        says: Callable[[Any, str], bool],
        asked: OpenAsked,
        page: PageRequest,
    ) -> OpenPage:
        """Give lines of what is some thousand at most; only words or days let all be loaded."""
        text = asked.text.strip()
        if not text and asked.since is None and asked.until is None:
            found = self._page(query, told, page)
            return self._told(found, [line(self.unit[port].get(one.id)) for one in found.items])
        rows = (row for some in every_page(lambda next_: self._page(query, told, next_))
                for row in some.items)  # fmt: skip
        every = (self.unit[port].get(row.id) for row in rows)
        lines = [line(one) for one in every if not text or says(one, text)]
        return _paged([one for one in lines if _within(one.on, asked)], asked, page)

    def _page(self, query: ListQuery[Any], told: Mapping[str, Any], page: PageRequest) -> Page[Any]:
        wanted = narrowed(self.unit, query, ListFilter(asked=told))
        return self.unit[Lists].page(query, wanted, page)

    def _told(self, found: Page[Any], lines: Iterable[OpenLine]) -> OpenPage:
        return OpenPage(items=tuple(lines), next_cursor=found.next_cursor)

    def choices(self, column: OpenColumn) -> Iterator[OpenChoice]:
        """Give by what a column can be asked."""
        kinds = LAW_KINDS if column is OpenColumn.LAWS else KINDS_OF.get(column, {})
        yield from _choices("kind", kinds)
        if column is OpenColumn.LAWS:
            return
        yield from _choices("region", self._regions())
        if column in ARTICLE_COLUMNS:
            yield from self._departments(column)
        if column is not OpenColumn.RESULTS:
            trades = self.unit[Entries].of(TRADES).labels(EntryFilter(enabled=True))
            yield from _choices("trade", trades)
        if column is OpenColumn.RESULTS:
            rows = self._page(SCENES, {"state": SceneState.ENABLED}, _MOST_CHOICES).items
            yield from _choices("scene", {row.id: row.name for row in rows})
        if column is OpenColumn.HANDBOOKS:
            ids = {one.scene for one in self.unit[PublishedHandbooks].find()}
            found = self.unit[Ask].resolve(_SCENE, sorted(ids))
            yield from _choices("scene", {id_: one.name for id_, one in found.items()})

    def _regions(self) -> Mapping[str, str]:
        """Give the regions by their codes; those within a city stand below it."""
        store = self.unit[Regions]
        revision = store.revision()
        known = self.regions.get(revision)
        if known is None:
            pages = every_page(lambda page: store.page(EntryFilter(enabled=True), page))
            found = sorted((one.content.code, one.content.name) for some in pages
                           for one in some.items)  # fmt: skip
            known = {code: f"{'' if code.endswith('00') else '　'}{name}" for code, name in found}
            self.regions.clear()
            self.regions[revision] = known
        return known

    def _departments(self, column: OpenColumn) -> Iterator[OpenChoice]:
        """Give the departments that have published something in a column, by name."""
        told = {"column": column, "state": ArticleState.PUBLISHED}
        wanted = ListFilter(asked=told)
        ids = [id_ for (id_,) in self.unit[Lists].tally(ARTICLES, wanted, ("department",))]
        found = self.unit[Ask].resolve(DEPARTMENT, ids)
        for one in sorted(found.values(), key=lambda each: each.name):
            yield OpenChoice(field="department", value=one.id, name=one.name)

    def read(self, column: OpenColumn, id: str) -> OpenText:
        """Give a result, a law or an article whole. Raises ``NotFound``."""
        match column:
            case OpenColumn.RESULTS:
                return self._result(id)
            case OpenColumn.LAWS:
                return self._law(id)
            case OpenColumn.CHECKLISTS | OpenColumn.HANDBOOKS:
                raise NotFound(column, id)
            case _:
                return self._article_text(column, id)

    def _article(self, id: str) -> Article:
        found = self.unit[Articles].get(id)
        if not found.open:
            raise NotFound(Articles.kind, id)
        return found

    def _article_text(self, column: OpenColumn, id: str) -> OpenText:
        found = self._article(id)
        said = found.content
        if said.column != column:
            raise NotFound(Articles.kind, id)
        facts = {
            "信息分类": ARTICLE_KINDS[said.kind],
            "发布部门": self._name(DEPARTMENT, said.department),
            "区域": self._name(REGION, said.region),
            "业态": self._name(TRADES.name, said.trade),
            "信息标签": said.tags,
            "发布时间": found.on.isoformat(),
        }
        return OpenText(
            id=id, title=said.title,
            facts=_facts(facts),
            parts=(OpenPart(title="", text=said.body),),
            files=tuple(OpenFile(id=one.file, name=one.name) for one in found.files),
        )  # fmt: skip

    def file(self, article: str, file: str) -> Attachment:
        """Give a file of an article. Raises ``NotFound``."""
        if file not in {one.file for one in self._article(article).files}:
            raise NotFound(Articles.kind, article)
        return self.unit[Attachments].get(file)

    def _shown(self, id: str) -> Publication:
        found = self.unit[Publications].get(id)
        if not found.visible(self.today):
            raise NotFound(Publications.kind, id)
        return found

    def _withdrawn(self, found: Publication) -> OpenText:
        """Say that a result was taken back, when and why, and nothing of what it said."""
        shown, last = found.shown, found.withdrawals[-1]
        facts = {
            "统一社会信用代码": shown.subject.credit_code,
            "检查任务": shown.task,
            "场景": self._name(_SCENE, shown.scene),
            "检查部门": "、".join(self._names(DEPARTMENT, shown.departments)),
            "区域": self._name(REGION, found.region),
            "公示状态": TITLES[PublicationState][found.state],
            "公示日期": "" if found.shown_on is None else found.shown_on.isoformat(),
            "撤回日期": local_day(last.at).isoformat(),
            "撤回事由": "" if last.ground is None else TITLES[WithdrawalGround][last.ground],
            "撤回理由": last.reason,
            "撤回决定人员": self._official(last.by, found.lead),
        }
        return OpenText(id=found.id, title=shown.subject.name, facts=_facts(facts))

    def _official(self, account: str, lead: str) -> str:
        found = officials(self.unit, (account,), lead, lambda id_: self._name(DEPARTMENT, id_))
        return found.get(account, "")

    def _result(self, id: str) -> OpenText:
        found = self.unit[Publications].get(id)
        if not found.open(self.today):
            raise NotFound(Publications.kind, id)
        if not found.visible(self.today):
            return self._withdrawn(found)
        shown = found.shown
        facts = {
            "统一社会信用代码": shown.subject.credit_code,
            "检查任务": shown.task,
            "场景": self._name(_SCENE, shown.scene),
            "检查部门": "、".join(self._names(DEPARTMENT, shown.departments)),
            "区域": self._name(REGION, found.region),
            "结果形成日期": shown.checked_on.isoformat(),
            "检查事项数": str(shown.items),
            "检查结论": _outcomes(found),
            "待后续处理的问题": "、".join(
                TITLES[PendingMatter][one] for one in sorted(shown.pending)
            ),
            **self._conduct(found),
            "公示日期": "" if found.shown_on is None else found.shown_on.isoformat(),
            "公示至": "" if found.until is None else found.until.isoformat(),
            "曾撤回": "；".join(
                f"{local_day(one.at).isoformat()}，由{self._official(one.by, found.lead)}决定："
                f"{one.reason}"
                for one in found.withdrawals
            ),
        }
        draw = self._drawn(found.task)
        open_ = 0 if draw is None else self._draws.unfinished(self.unit[Tasks].get(found.task))
        if withheld := draw is not None and not self._draws.told(found.task):
            facts["抽取证明"] = (
                "本次任务的检查全部完成后公布，最迟在任务结束后二十个工作日，以免泄露尚未检查的对象"
            )
        elif open_:
            facts["未完成"] = f"任务期满，尚有{open_}户没有完成检查"
        visit = find(self.unit, Visits, found.id)
        if visit is not None and visit.sheet.ground is not None:
            facts["检查依据"] = _GROUNDS[visit.sheet.ground]
            facts["上级部署"] = self._order(visit)
            if draw is not None and visit.sheet.ground is VisitGround.ADJUSTMENT:
                facts["人工增加"] = self._addition(draw, visit.sheet.subject)
        if (task := find(self.unit, Tasks, found.task)) is not None:
            facts |= _unconfirmed(task, self.today)
        parts = [OpenPart(title="发现问题的检查事项", text="\n".join(shown.failed_items))]
        return OpenText(
            id=id, title=shown.subject.name,
            facts=_facts(facts),
            parts=tuple(one for one in parts if one.text),
            draw=None if draw is None or withheld else self._draw(found, draw),
        )  # fmt: skip

    def _order(self, visit: Visit) -> str:
        """Say by which document of which department a firm was to be inspected."""
        if visit.sheet.ground is not VisitGround.ORDER:
            return ""
        found = self.unit[Entries].of(SUPERIOR_ORDERS).find_many([visit.sheet.basis])
        return "、".join(
            f"{one.content.number}（{self._name(DEPARTMENT, one.department)}）" for one in found
        )

    def _addition(self, draw: Draw, subject: str) -> str:
        """Say who added a firm to a draw by hand, who approved that, and why."""
        firm = find(self.unit, Subjects, subject)
        one = None if firm is None else self._draws.addition(draw, firm.code_among(draw.selection))
        if one is None:
            return ""
        approved = f"，批准：{one.approver}" if one.approver else ""
        later = "名单中有自然人，不公开" if self._draws.told(draw.task) else "与检查任务同时公开"
        return f"{one.on.isoformat()}，{one.by}{approved}；理由：{one.reason or later}"

    def _conduct(self, of: Publication) -> Mapping[str, str]:
        """Say how a check was done: what proves the place, who stands to it, what was changed.

        And what became of it: reviews, and cases that were kept back or lie.
        """
        found = find(self.unit, Visits, of.id)
        if found is None:
            return {}
        grounds, confirmed = Counter(found.sealed.values()), found.confirmation
        corrected = len({one.item for one in found.superseded})
        task = find(self.unit, Tasks, found.sheet.task)
        drawn = [] if task is None else [
            f"{self._name(DEPARTMENT, part.department)}{claim_words(one)}"
            for part in task.parts if part.department in found.sheet.answering
            for one in part.draws
        ]  # fmt: skip
        changed = found.conclusion_changes
        return {
            "没有检查的事项": _unlooked(found),
            "检查人员的抽取": "；".join(drawn),
            "到场证明": title(found.place_proof) if found.place_proof else "",
            "另一名执法人员的确认": title(confirmed.way) if confirmed else "",
            "更正": "；".join(
                (
                    *([f"{corrected}项检查结果更正过"] if corrected else []),
                    *([f"检查结论更正过{changed}次"] if changed else []),
                )
            ),
            "退回重录": "；".join(
                f"{local_day(one.at).isoformat()}，由{self._official(one.by, of.lead)}退回，"
                "重新签字"
                for one in found.reopenings
            ),
            "任务复核": "；".join(
                f"{_reviewed(one)}{self._picked(one)}" for one in self._those(REVIEWS, of.id)
            ),
            "移交执法": "；".join(
                filter(None, (self._case(one, of) for one in self._those(TRANSFERS, of.id)))
            ),
            "已封存的证据": "；".join(f"{title(one)}，{grounds[one]}份" for one in sorted(grounds)),
        }

    def _those(self, query: ListQuery[Any], visit: str) -> Iterator[Any]:
        """Give what followed from a visit, as a list has it."""
        asked = ListFilter(asked={"visit": visit})
        for page in every_page(partial(self.unit[Lists].page, query, asked)):
            yield from self.unit[query.port].find_many(row.id for row in page.items)

    def _picked(self, one: Review) -> str:
        """Say of a review that nobody drew who chose it and why."""
        if (picked := one.handpicked) is None:
            return ""
        by = self._official(picked.by, one.department)
        return f"（未经抽取，{local_day(picked.at).isoformat()}由{by}指定：{picked.reason}）"

    def _case(self, one: Transfer, of: Publication) -> str:
        """Say of a case for enforcement that it was kept back, lies, or was not taken up outside.

        Of every other nothing, and of a suspected crime nobody is told here.
        """
        if one.sheet.kind is not TransferKind.ENFORCEMENT:
            return ""
        last = one.steps[-1]
        if one.state in KEPT:
            on, by = local_day(last.at).isoformat(), self._official(last.by, one.sheet.department)
            return f"{on}，由{by}决定不移交：{last.note}"
        if one.state is TransferState.REJECTED and one.entered:
            return f"{local_day(last.at).isoformat()}，不予受理（{one.entered}）"
        lies = one.state in UNSENT and self.today > of.due_on
        return "已满公示期限，尚未移交" if lies else ""

    def _drawn(self, task: str) -> Draw | None:
        found = find(self.unit, Tasks, task)
        one = None if found is None else draw_of(self.unit, found)
        return one if one is not None and one.seed is not None else None

    @cached_property
    def _draws(self) -> DrawsShelf:
        return DrawsShelf(
            self.unit, self.today, self._names, lambda pool: not self._names_persons(pool)
        )

    def draws(self, asked: OpenDrawsAsked, page: PageRequest) -> OpenDrawPage:
        """Give draws of a year. Raises ``BadCursor``."""
        return self._draws.find(asked, page)

    def places(self, year: int) -> Iterator[PlaceShare]:
        """Give how the visits formed in a year prove that officers came, by the lead's name."""
        for one in shares_of(self.unit, year):
            yield evolve(one, department=self._name(DEPARTMENT, one.department) or one.department)

    def draw_choices(self, year: int) -> Iterator[OpenChoice]:
        """Give by what draws can be asked."""
        return self._draws.choices(year)

    def draws_file(self, asked: OpenDrawsAsked) -> Mapping[str, Json]:
        """Give all that is asked for as one document."""
        return self._draws.file(asked)

    def draw(self, id: str) -> ListedDraw:
        """Give one draw of the list. Raises ``NotFound``."""
        return self._draws.read(id)

    def draw_proof(self, id: str) -> Mapping[str, Json]:
        """Give the proof of a draw, without officers and accounts. Raises ``NotFound``."""
        draw = self.unit[Draws].get(id)
        if draw.number is None:
            raise NotFound(Draws.kind, id)
        return self._proof(draw)

    def _draw(self, found: Publication, draw: Draw) -> OpenDraw | None:
        code = found.shown.subject.credit_code
        if draw.seed is None or not code or code not in draw.selection:
            return None
        stratum = next((one.stratum for one in draw.picks if one.id == code), "")
        threshold = thresholds(draw.picks).get(stratum)
        sizes = draw.sizes or self.unit[Pools].get(draw.pool_hash).sizes
        return OpenDraw(
            listed=self._draws.of(draw), code=code, stratum=stratum,
            threshold="" if threshold is None else threshold.hex(),
            seed=draw.seed.hex(), pool_hash=draw.pool_hash.hex(), rule_hash=draw.rule.hash.hex(),
            size=sum(sizes.values()), whole=not self._names_persons(draw.pool_hash),
            replaced=not stratum and code in draw.by_chance,
        )  # fmt: skip

    def _names_persons(self, pool_hash: bytes) -> bool:
        if pool_hash not in self.of_persons:
            self.of_persons[pool_hash] = names_persons(self.unit[Pools].get(pool_hash))
        return self.of_persons[pool_hash]

    def proof(self, result: str) -> Mapping[str, Json]:
        """Give the proof of a result's draw, as ``draw_proof``. Raises ``NotFound``."""
        draw = self._drawn(self._shown(result).task)
        if draw is None:
            raise NotFound(Draws.kind, result)
        return self._proof(draw)

    def _proof(self, draw: Draw) -> Mapping[str, Json]:
        pool = self.unit[Pools].get(draw.pool_hash) if self._draws.told(draw.task) else None
        stated = None if pool is None else self._outcome(draw, pool)
        if pool is None or stated is None or self._names_persons(draw.pool_hash):
            raise NotFound(Draws.kind, draw.id)
        adjusted = self._draws.official_corrections(draw)
        return proof_of(stated.of_nobody(adjusted))

    def _outcome(self, draw: Draw, pool: Pool) -> DrawOutcome | None:
        return DrawOutcome.of(draw, pool, siblings_of(self.unit, draw))

    def _law(self, id: str) -> OpenText:
        law = self.unit[Laws].get(id)
        if law.state is not LawState.ENABLED:
            raise NotFound(Laws.kind, id)
        said = law.content
        facts = {
            "类型": LAW_KINDS[said.kind],
            "颁发机关": said.issuer,
            "颁发时间": said.promulgated_on.isoformat(),
            "实施时间": said.in_force_from.isoformat(),
            "失效时间": "" if said.in_force_until is None else said.in_force_until.isoformat(),
        }
        return OpenText(
            id=id, title=said.title,
            facts=tuple(OpenFact(title=name, text=text) for name, text in facts.items() if text),
            parts=tuple(
                OpenPart(title=one.number, text=one.text)
                for one in law.provisions if one.level == "article"
            ),
        )  # fmt: skip

    def checklist(self, id: str) -> ChecklistSheet:
        """Give the version of a checklist that is in use, as a sheet. Raises ``NotFound``."""
        found = self.unit[Checklists].get(id)
        if found.state is not ChecklistState.ENABLED:
            raise NotFound(Checklists.kind, id)
        version = found.current
        return sheet_of(self.unit[Ask], found, version.content, version.number)

    def handbook(self, id: str) -> ReadHandbook:
        """Give a handbook. Raises ``NotFound``."""
        told = self.unit[PublishedHandbooks].read(id)
        return ReadHandbook(content=told, names=names_in(self.unit[Ask], [told]))

    def contacts(self, departments: Iterable[str]) -> Iterator[OpenFact]:
        """Give how the public reaches these departments."""
        wanted = frozenset(departments) - {""}
        if not wanted:
            return
        asked = EntryFilter(among={"department": wanted}, enabled=True)
        store = self.unit[Entries].of(DEPARTMENT_CONTACTS)
        for some in every_page(lambda page: store.page(asked, page)):
            for one in some.items:
                title = self._name(DEPARTMENT, one.content.department)
                yield OpenFact(title=title, text=one.content.contact)

    def _names(self, kind: str, ids: Iterable[str]) -> tuple[str, ...]:
        wanted = [(kind, one) for one in ids if one]
        if anew := [id_ for of, id_ in wanted if (of, id_) not in self._called]:
            found = self.unit[Ask].resolve(kind, anew)
            names = ((one, found[one].name if one in found else "") for one in anew)
            self._called.update({(kind, one): name for one, name in names})
        return tuple(filter(None, map(self._called.__getitem__, wanted)))

    def _name(self, kind: str, id: str) -> str:
        return next(iter(self._names(kind, (id,))), "")


def _unlooked(visit: Visit) -> str:
    """Say of how many items nobody looked whether they are kept."""
    outcomes = Counter(one.outcome for one in visit.results)
    missing = len(visit.sheet.items) - len(visit.results)
    counts = {
        "未检查": outcomes[ItemOutcome.NOT_CHECKED] + missing,
        "不适用": outcomes[ItemOutcome.NOT_APPLICABLE],
    }
    return "，".join(f"{name}{count}项" for name, count in counts.items() if count)


def _reviewed(one: Review) -> str:
    """Say what a second look found of a result."""
    found = one.result
    if found is None:
        return "待复核"
    if found.agrees:
        return "与检查结果一致"
    items = len(found.differing_items)
    return "与检查结果不一致" + (f"，涉及{items}项" if items else "")


def _choices(field: str, names: Mapping[str, str]) -> Iterator[OpenChoice]:
    return (OpenChoice(field=field, value=value, name=name) for value, name in names.items())


def _within(on: date | None, asked: OpenAsked) -> bool:
    return on is None or (
        (asked.since is None or asked.since <= on) and (asked.until is None or on <= asked.until)
    )


def _says_checklist(one: Checklist, text: str) -> bool:
    said, wanted = one.current.content, text.casefold()
    texts = [said.name, said.note]
    for each in said.items:
        texts += (each.content.matter, each.content.sub_item, each.content.content)
    return any(wanted in each.casefold() for each in texts)


def _says_law(one: Law, text: str) -> bool:
    said, wanted = one.content, text.casefold()
    return any(wanted in each.casefold() for each in (said.title, said.issuer, said.whole))


def _paged(lines: Sequence[OpenLine], asked: OpenAsked, page: PageRequest) -> OpenPage:
    found = page_among(lines, page, query={"open": repr(asked)})
    return OpenPage(items=found.items, next_cursor=found.next_cursor)


@frozen
class OpenReading(PublicReading):
    """Reads what is open from the platform's own store, each time in a look of its own."""

    transactions: Transactions
    clock: Clock
    sealed: SealedBytes
    _of_persons: dict[bytes, bool] = field(factory=dict, init=False, eq=False)
    _regions: dict[int, Mapping[str, str]] = field(factory=dict, init=False, eq=False)

    @contextmanager
    def _shelf(self) -> Iterator[OpenShelf]:
        with self.transactions.begin_reading() as unit:
            yield OpenShelf(unit, local_day(self.clock.now()), self._of_persons, self._regions)

    def find(self, column: OpenColumn, asked: OpenAsked, page: PageRequest) -> OpenPage:
        """Give lines of a column. Raises ``BadCursor``."""
        with self._shelf() as shelf:
            return shelf.find(column, asked, page)

    def choices(self, column: OpenColumn) -> Sequence[OpenChoice]:
        """Give by what a column can be asked."""
        with self._shelf() as shelf:
            return tuple(shelf.choices(column))

    def read(self, column: OpenColumn, id: str) -> OpenText:
        """Give a result, a law or an article whole. Raises ``NotFound``."""
        with self._shelf() as shelf:
            return shelf.read(column, id)

    def file(self, article: str, file: str) -> OpenBytes:
        """Give a file of an article that is published. Raises ``NotFound``."""
        with self._shelf() as shelf:
            found = shelf.file(article, file)
        whole = found.content.whole
        chunks = self.sealed.chunks(found.id, FileForm.WHOLE.value, whole)
        return OpenBytes(
            name=found.name,
            media=whole.media.value,
            size=whole.size,
            sm3=found.content.sm3,
            chunks=chunks,
        )

    def checklist(self, id: str) -> ChecklistSheet:
        """Give the version of a checklist that is in use, as a sheet. Raises ``NotFound``."""
        with self._shelf() as shelf:
            return shelf.checklist(id)

    def handbook(self, id: str, channel: ReadingChannel) -> ReadHandbook:
        """Give a handbook and count that it was opened. Raises ``NotFound``."""
        with self._shelf() as shelf:
            found = shelf.handbook(id)
        count_reading(self.transactions, id, channel, at=self.clock.now())
        return found

    def contacts(self, departments: Iterable[str]) -> Sequence[OpenFact]:
        """Give how the public reaches these departments, by their names."""
        with self._shelf() as shelf:
            return tuple(shelf.contacts(departments))

    def draws(self, asked: OpenDrawsAsked, page: PageRequest) -> OpenDrawPage:
        """Give draws of a year. Raises ``BadCursor``."""
        with self._shelf() as shelf:
            return shelf.draws(asked, page)

    def places(self, year: int) -> Sequence[PlaceShare]:
        """Give how the visits formed in a year prove that officers came, by the lead's name."""
        with self._shelf() as shelf:
            return tuple(shelf.places(year))

    def draw_choices(self, year: int) -> Sequence[OpenChoice]:
        """Give by what draws can be asked."""
        with self._shelf() as shelf:
            return tuple(shelf.draw_choices(year))

    def draws_file(self, asked: OpenDrawsAsked) -> Mapping[str, Json]:
        """Give all that is asked for as one document."""
        with self._shelf() as shelf:
            return shelf.draws_file(asked)

    def draw(self, id: str) -> ListedDraw:
        """Give one draw of the list. Raises ``NotFound``."""
        with self._shelf() as shelf:
            return shelf.draw(id)

    def draw_proof(self, id: str) -> Mapping[str, Json]:
        """Give the proof of a draw. Raises ``NotFound``."""
        with self._shelf() as shelf:
            return shelf.draw_proof(id)

    def proof(self, result: str) -> Mapping[str, Json]:
        """Give the proof of the draw of a result. Raises ``NotFound``."""
        with self._shelf() as shelf:
            return shelf.proof(result)
