"""What a firm sees of the visits made to it: what the law lets it know, once the officers came.

It scans the code that they show, or finds the visit in its list once they have checked in.
Source: proposal 3332; 国办发〔2024〕54号; 深府规〔2025〕6号.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from attrs import field, frozen

from supervision_core.identity.services import Work, does, question
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.lists import ReferredName, names_read
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, ListQuery, Lists
from supervision_core.kernel.paging import FIRST_PAGE, PageRequest, every_page
from supervision_core.kernel.registers import (
    DEPARTMENT,
    Ask,
    choice,
    choices,
    day,
    department,
    flag,
    integer,
    link,
    moment,
    rows,
    text,
    texts,
)
from supervision_core.kernel.scan_codes import CodeKind, CodeRefused, ScanCodes
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.services import own_subject, parties_of
from supervision_core.tasks.lists import RECTIFICATIONS, TRANSFERS, VISITS
from supervision_core.tasks.model.presence import PartyScan
from supervision_core.tasks.model.publication import Publication, PublicationState
from supervision_core.tasks.model.rectification import RectificationState
from supervision_core.tasks.model.results import Outcome, PendingMatter
from supervision_core.tasks.model.sealing import SealingGround, SealingState
from supervision_core.tasks.model.sheet import TaskKind
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.transfer import VERBS as TRANSFER
from supervision_core.tasks.model.transfer import TransferKind, TransferState
from supervision_core.tasks.model.visit import Visit, VisitNotStarted, VisitState
from supervision_core.tasks.ports import (
    Publications,
    Rectifications,
    Tasks,
    Transfers,
    VisitRatings,
    Visits,
)
from supervision_core.tasks.services.tasks import draw_of
from supervision_core.tasks.services.visits import visit_in_reach
from supervision_core.tasks.words import TITLES

_NEWEST: Final = "-number"


@frozen(kw_only=True)
class ListOwnVisits:
    """Which page of the visits of one's own firm."""

    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页：每页行数和游标"))


@frozen(kw_only=True)
class OwnVisitRow:
    """A visit as the firm sees it in a list."""

    id: str = field(metadata=said("现场检查的编号", example="0123abcd"))
    number: str = text("检查编号", required=True, example="RW20260407001-0001")
    task: str = link("检查任务", "task", required=True)
    state: VisitState = choice("状态", TITLES[VisitState], required=True)
    begun_at: datetime | None = moment("开始时间")
    formed_on: date | None = day("结果形成日期")


@frozen(kw_only=True)
class OwnVisits:
    """A page of the visits of one's own firm, the newest first."""

    items: tuple[OwnVisitRow, ...] = field(metadata=said("各次检查"))
    names: tuple[ReferredName, ...] = field(metadata=said("所引用对象的名称"))
    next_cursor: str | None = field(
        default=None, metadata=said("取下一页时作为cursor送回，最后一页为空")
    )


@question("tasks.list_own_visits", "查看本企业接受的检查")
def list_own_visits(work: Work, about: ListOwnVisits) -> OwnVisits:
    """List the visits to the firm for which one acts, from the moment when the officers came.

    A visit that has not begun is not there: nobody learns of a check beforehand. Pages may
    therefore be shorter than was asked.
    """
    wanted = ListFilter(asked={"subject": own_subject(work).id})
    page = work[Lists].page(
        VISITS, wanted, PageRequest(size=about.page.size, cursor=about.page.cursor, order=_NEWEST)
    )
    known = [work[Visits].get(one.id) for one in page.items]
    begun = [one for one in known if known_to_party(one)]
    items = tuple(
        OwnVisitRow(
            id=one.id, number=one.sheet.number, task=one.sheet.task, state=one.state,
            begun_at=_begun_at(one), formed_on=one.formed_on,
        )
        for one in begun
    )  # fmt: skip
    return OwnVisits(items=items, names=names_read(work, items), next_cursor=page.next_cursor)


@frozen(kw_only=True)
class ViewOwnVisit:
    """The visit that is asked for."""

    visit_id: str = field(metadata=said("现场检查的编号", example="0123abcd", to="visit"))


@frozen(kw_only=True)
class OwnVisitOfficer:
    """An officer who came, with the certificate that he shows."""

    officer: str = link("执法人员", "officer", required=True)
    department: str = department("部门", required=True)
    certificate: str = text("执法证号", required=True)


@frozen(kw_only=True)
class OwnVisitItem:
    """An item that is checked."""

    title: str = text("检查事项", required=True)
    department: str = department("部门", required=True)
    method: str = text("检查方法")
    basis: tuple[str, ...] = texts("检查依据")


@frozen(kw_only=True)
class OwnProblem:
    """A problem that a delivered order says is to be put right."""

    title: str = text("存在的问题", required=True)
    note: str = text("情况")
    number: str = text("责令改正文号", required=True)
    due_on: date = day("整改期限", required=True)
    state: RectificationState = choice("整改状态", TITLES[RectificationState], required=True)


@frozen(kw_only=True)
class OwnSealing:
    """Evidence of the visit that is closed from view; what it is stays known by its digest."""

    title: str = text("所证明的内容", required=True)
    ground: SealingGround = choice("封存事由", TITLES[SealingGround], required=True)
    sealed_on: date = day("封存日期", required=True)
    sm3: str = text("文件的SM3", required=True)


@frozen(kw_only=True)
class OwnTransfer:
    """A case that left for enforcement; one suspected to be a crime is not told here."""

    to: str = text("接收单位", required=True)
    reason: str = text("移交事由", required=True)
    sent_on: date = day("移交日期", required=True)
    state: TransferState = choice("进展", TRANSFER.states, required=True)
    entered: str = text("录入方式")


@frozen(kw_only=True)
class OwnDraw:
    """How the firm came to be drawn: its own rank alone, from which none of another is learnt.

    Seed and threshold would tell who else is to be visited: they are told once results are public.
    """

    size: int | None = integer("抽取名单户数")
    peers: int | None = integer("其中与本企业同等级")
    drawn: int | None = integer("同等级抽中户数")
    place: int | None = integer("本企业排位")
    rank: str = text("本企业排序值")
    by_hand: bool = flag("由人工加入名单")
    replaced: bool = flag("抽中对象被人工剔除后按排序递补")


@frozen(kw_only=True)
class OwnVisitView:
    """What a visit says to the firm; of its result what is public, once it is."""

    number: str = text("检查编号", required=True)
    task: str = link("检查任务", "task", required=True)
    state: VisitState = choice("状态", TITLES[VisitState], required=True)
    lead: str = department("牵头部门", required=True)
    kind: TaskKind = choice("检查性质", TITLES[TaskKind], required=True)
    approved_on: date | None = day("负责人批准日期")
    urgent_because: str = text("未经批准先行检查的理由")
    confirmed_at: datetime | None = moment("本企业扫码核对时间")
    begun_at: datetime | None = moment("开始时间")
    formed_on: date | None = day("结果形成日期")
    outcomes: tuple[str, ...] = choices("检查结论", TITLES[Outcome])
    pending: tuple[str, ...] = choices("待后续处理的问题", TITLES[PendingMatter])
    failed_items: tuple[str, ...] = texts("发现问题的检查事项")
    officers: tuple[OwnVisitOfficer, ...] = rows("执法人员", OwnVisitOfficer)
    items: tuple[OwnVisitItem, ...] = rows("检查事项", OwnVisitItem)
    problems: tuple[OwnProblem, ...] = rows("存在的问题", OwnProblem)
    transfers: tuple[OwnTransfer, ...] = rows("移交执法", OwnTransfer)
    sealings: tuple[OwnSealing, ...] = rows("已封存的证据", OwnSealing)
    draws: tuple[OwnDraw, ...] = rows("本企业是怎样抽中的", OwnDraw)


@frozen(kw_only=True)
class OwnVisit:
    """One visit to one's own firm."""

    id: str = field(metadata=said("现场检查的编号", example="0123abcd"))
    public: bool = field(metadata=said("结果是否已公示", example=True))
    displayed: bool = field(metadata=said("结果是否正在公示", example=True))
    may_rate: bool = field(metadata=said("是否可以评价", example=False))
    content: OwnVisitView = field(metadata=said("检查的内容"))
    names: tuple[ReferredName, ...] = field(metadata=said("所引用对象的名称"))


@question("tasks.view_own_visit", "查看本企业接受的一次检查")
def view_own_visit(work: Work, about: ViewOwnVisit) -> OwnVisit:
    """Show a visit to the firm for which one acts: who came, what for, and what came out.

    The result is told once it is before the public; until then the letters say what there is.
    """
    visit = work[Visits].get(about.visit_id)
    if not _is_party(work, visit) or not known_to_party(visit):
        raise work.foreign(Visits.kind, visit.id)
    return _own_visit(work, visit)


@frozen(kw_only=True)
class ViewOrderWithdrawal:
    """An order to one's own firm of which an older message told."""

    rectification_id: str = field(
        metadata=said("责令改正的编号", example="0123abcd", to="rectification")
    )


@frozen(kw_only=True)
class OwnOrderWithdrawal:
    """Whether an order was taken back, when and why; nothing else of it."""

    number: str = field(metadata=said("责令改正文号", example="南市监责改〔2026〕1号"))
    department: str = field(metadata=said("责令部门", example="南宁市市场监督管理局"))
    ordered_at: datetime = field(metadata=said("责令时间", example="2026-03-09T01:00:00Z"))
    withdrawn_at: datetime | None = field(
        metadata=said("撤回时间，没有撤回的为空", example="2026-03-10T01:00:00Z")
    )
    reason: str = field(metadata=said("撤回理由，没有写给企业的为空", example="整改期限填写有误"))


@question("tasks.view_order_withdrawal", "查看本企业的责令改正是否已撤回")
def view_order_withdrawal(work: Work, about: ViewOrderWithdrawal) -> OwnOrderWithdrawal:
    """Tell the firm for which one acts whether an order was taken back, when and why."""
    found = work[Rectifications].get(about.rectification_id)
    sheet, withdrawal = found.sheet, found.withdrawal
    if work.actor.scope.party not in parties_of(work, sheet.subject):
        raise work.foreign(Rectifications.kind, found.id)
    named = work[Ask].resolve(DEPARTMENT, (sheet.department,)).get(sheet.department)
    return OwnOrderWithdrawal(
        number=sheet.number,
        department="" if named is None else named.name,
        ordered_at=found.ordered_at,
        withdrawn_at=None if withdrawal is None else withdrawal.at,
        reason="" if withdrawal is None else withdrawal.told,
    )


@frozen(kw_only=True)
class ViewScannedVisit:
    """What was scanned from an officer's phone."""

    code: str = field(metadata=said("扫描到的检查码"))


@question("tasks.view_scanned_visit", "扫码查看正在进行的检查", refuses=(CodeRefused,))
def view_scanned_visit(work: Work, about: ViewScannedVisit) -> OwnVisit:
    """Show the firm, before anything begins, who stands before it, what for and by what right.

    Raises ``CodeRefused`` for a code that is forged or of another day.
    """
    code = work[ScanCodes].require(about.code, CodeKind.VISIT, today=local_day(work.now))
    visit = work[Visits].get(code.id)
    if not _is_party(work, visit):
        raise CodeRefused((Violation("tasks.visit_of_other_firm", "code"),))
    return _own_visit(work, visit)


@frozen(kw_only=True)
class ConfirmVisit:
    """The visit, and the code that was scanned."""

    visit_id: str = field(metadata=said("现场检查的编号", example="0123abcd", to="visit"))
    code: str = field(metadata=said("扫描到的检查码"))


@does(Visit, "confirm_scan")
def confirm_visit(work: Work, cmd: ConfirmVisit) -> None:
    """Note that the firm scanned the officers' code and saw who inspects, and by what right."""
    visit = work[Visits].get(cmd.visit_id)
    if not _is_party(work, visit):
        raise work.foreign(Visits.kind, visit.id)
    code = work[ScanCodes].require(cmd.code, CodeKind.VISIT, today=local_day(work.now))
    visit.confirm_scan(code, PartyScan(by=work.actor.user, at=work.now))
    work.save(Visits, visit)


@frozen(kw_only=True)
class ShowVisitCode:
    """The visit whose code is to be shown."""

    visit_id: str = field(metadata=said("现场检查的编号", example="0123abcd", to="visit"))


@frozen(kw_only=True)
class VisitCode:
    """The code that officers show to the firm."""

    text: str = field(metadata=said("码值"))
    link: str = field(metadata=said("二维码的内容"))
    until: date = field(metadata=said("有效期至", example="2026-07-01"))


@question("tasks.show_visit_code", "出示检查码", refuses=(VisitNotStarted,))
def show_visit_code(work: Work, about: ShowVisitCode) -> VisitCode:
    """Give officers the code of a visit, good for today: whoever scans it stands before them.

    Only once the visit may begin: by it the firm learns who comes, and what for.
    """
    visit = visit_in_reach(work, about.visit_id)
    task = work[Tasks].get(visit.sheet.task)
    refuse_if(VisitNotStarted, task.withholds_visits(local_day(work.now)))
    code, codes = visit.show_code(at=work.now), work[ScanCodes]
    text = codes.make(code)
    return VisitCode(text=text, link=codes.link_of(text), until=code.until)


def _is_party(work: Work, visit: Visit) -> bool:
    return work.actor.scope.party in parties_of(work, visit.sheet.subject)


def known_to_party(visit: Visit) -> bool:
    """Tell whether the firm may know of a visit: the officers came, or it scanned their code."""
    return visit.state is not VisitState.ASSIGNED or visit.party_scan is not None


def _own_visit(work: Work, visit: Visit) -> OwnVisit:
    publication, task = _publication(work, visit), work[Tasks].get(visit.sheet.task)
    shown = publication.shown if publication else None
    content = OwnVisitView(
        number=visit.sheet.number, task=visit.sheet.task, state=visit.state,
        lead=visit.sheet.lead, kind=task.sheet.kind,
        approved_on=local_day(task.approval.at) if task.approval else None,
        urgent_because=task.urgent_because,
        confirmed_at=visit.party_scan.at if visit.party_scan else None,
        begun_at=_begun_at(visit), formed_on=visit.formed_on,
        outcomes=tuple(sorted(shown.outcomes)) if shown else (),
        pending=tuple(sorted(shown.pending)) if shown else (),
        failed_items=shown.failed_items if shown else (),
        officers=tuple(
            OwnVisitOfficer(
                officer=one.id, department=one.department, certificate=one.certificate
            )
            for one in visit.officers
        ),
        items=tuple(
            OwnVisitItem(
                title=one.title, department=one.department, method=one.method, basis=one.basis
            )
            for one in visit.sheet.items
        ),
        problems=tuple(_problems(work, visit)),
        transfers=tuple(_transfers(work, visit)),
        sealings=tuple(_sealings(visit)),
        draws=tuple(_drawn(work, task, visit)),
    )  # fmt: skip
    return OwnVisit(
        id=visit.id, public=shown is not None, content=content,
        displayed=publication is not None and publication.visible(local_day(work.now)),
        may_rate=visit.formed and find(work.unit, VisitRatings, visit.id) is None,
        names=names_read(work, [content]),
    )  # fmt: skip


def _of_visit(work: Work, query: ListQuery[Any], visit: Visit) -> Iterator[str]:
    """Give the ids of what followed a visit."""
    wanted = ListFilter(asked={"subject": visit.sheet.subject, "task": visit.sheet.task})
    for page in every_page(partial(work[Lists].page, query, wanted)):
        yield from (one.id for one in page.items if one.visit == visit.id)


def _problems(work: Work, visit: Visit) -> Iterator[OwnProblem]:
    for id_ in _of_visit(work, RECTIFICATIONS, visit):
        order = work[Rectifications].get(id_)
        if order.delivery is not None:
            for one in order.sheet.findings:
                yield OwnProblem(
                    title=one.title, note=one.note, number=order.sheet.number,
                    due_on=order.due_on, state=order.state,
                )  # fmt: skip


def _transfers(work: Work, visit: Visit) -> Iterator[OwnTransfer]:
    for id_ in _of_visit(work, TRANSFERS, visit):
        found = work[Transfers].get(id_)
        if (sent := found.sending) is not None and found.sheet.kind is TransferKind.ENFORCEMENT:
            yield OwnTransfer(
                to=found.sheet.to, reason=found.sheet.reason, sent_on=local_day(sent.at),
                state=found.state, entered=found.entered,
            )  # fmt: skip


def _sealings(visit: Visit) -> Iterator[OwnSealing]:
    told = {"sign", "result", "superseded"}
    titles = {one.file: one.title for one in VISITS.viewed(visit).files if one.part in told}
    for one in visit.sealings:
        if one.state is SealingState.SEALED and one.decided_at is not None:
            yield OwnSealing(
                title=titles.get(one.file, "其他材料"), ground=one.ground,
                sealed_on=local_day(one.decided_at), sm3=one.sm3,
            )  # fmt: skip


def _begun_at(visit: Visit) -> datetime | None:
    return visit.started.at if visit.started else None


def _publication(work: Work, visit: Visit) -> Publication | None:
    """Give what the public sees, or saw, of a visit, nothing where it does not."""
    found = find(work.unit, Publications, visit.id)
    return found if found is not None and found.state is PublicationState.SHOWN else None


def _drawn(work: Work, task: Task, visit: Visit) -> Iterator[OwnDraw]:
    """Give where the firm stood in the draw of its task; nothing where no draw selected it."""
    draw = draw_of(work.unit, task)
    if draw is None:
        return
    code = work[Subjects].get(visit.sheet.subject).code_among(draw.selection)
    if code not in draw.selection:
        return
    size, picks = sum(draw.sizes.values()) or None, draw.picks
    own = next((one for one in picks if one.id == code), None)
    if own is None:
        replaced = code in draw.by_chance
        yield OwnDraw(size=size, by_hand=not replaced, replaced=replaced)
        return
    ranks = sorted(one.rank for one in picks if one.stratum == own.stratum)
    yield OwnDraw(
        size=size, peers=draw.sizes.get(own.stratum), drawn=len(ranks),
        place=ranks.index(own.rank) + 1, rank=own.rank.hex(),
    )  # fmt: skip
