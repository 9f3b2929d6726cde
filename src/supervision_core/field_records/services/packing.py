"""离线包: what an officer or an assistant takes along to visits; never who complained."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.handbooks.ports import PublishedHandbooks
from supervision_core.identity.model import Actor, SceneRole
from supervision_core.identity.ports import Users
from supervision_core.identity.services import Work, question
from supervision_core.identity.services.lists import ReferredName, names_in, reach_of
from supervision_core.kernel.canonical import canonical_json
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import day, flag, link, links, moment, text, texts
from supervision_core.officers.model import NotAnOfficer
from supervision_core.officers.services import acting_officer
from supervision_core.subjects.lists import addressed
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.checked import checked_items
from supervision_core.tasks.lists import THIRD_PARTY_VISITS, VISITS
from supervision_core.tasks.lists.visits import ThirdPartyVisitRow, VisitView
from supervision_core.tasks.model.drawing import chosen_items
from supervision_core.tasks.model.sheet import TaskSheet
from supervision_core.tasks.model.visit import Visit, VisitState
from supervision_core.tasks.ports import Rectifications, Tasks, Visits

MOST_PACKED: Final = 30
"""Visits of a package: those that are due first by number."""
MOST_SHARED: Final = 400 * 1024
"""Bytes of what the visits of a package share: wordings of the law, and handbooks."""


@frozen(kw_only=True)
class ReadPackage:
    """The visits of whoever asks."""


@frozen(kw_only=True)
class PackedTask:
    """The task of a visit, and who allowed its checks."""

    name: str = text("任务名称", required=True)
    number: str = text("任务编号", required=True)
    starts_on: date = day("任务开始日期", required=True)
    ends_on: date = day("任务结束日期", required=True)
    scene: str = link("场景", "scene")
    checklist: str = field(metadata=said("检查单的编号和版本", example="0123abcd@3"))
    approved_by: str = link("审批人", "user")
    approved_at: datetime | None = moment("审批时间")
    withheld: bool = flag("尚不能开始检查")


@frozen(kw_only=True)
class PackedAdvice:
    """What a handbook says of an item: the demand in plain words, and the risk with it."""

    handbook: str = text("手册名称", required=True)
    requirement: str = text("要素内容", required=True)
    risk: str = text("风险提示")


@frozen(kw_only=True)
class PackedGuide:
    """What helps to check one item of a checklist: how, by which law in its wording, handbooks.

    A visit's item that says the same leaves it out: it comes along once for all visits.
    """

    checklist: str = field(metadata=said("检查单的编号和版本", example="0123abcd@3"))
    item: str = field(metadata=said("检查单项的编号", example="1.1"))
    topic: str = text("检查事项")
    method: str = text("检查方法")
    basis: tuple[str, ...] = texts("检查依据")
    law: tuple[str, ...] = field(metadata=said("检查依据和处罚依据的条款内容"))
    advice: tuple[PackedAdvice, ...] = field(metadata=said("经营手册的要素"))


@frozen(kw_only=True)
class PackedFirm:
    """The subject of a visit, and what the last check before found."""

    name: str = text("检查对象", required=True)
    number: str = text("对象标识")
    addressee: str = text("文书写明的检查对象", required=True)
    domicile: str = text("住所")
    premises: str = text("经营场所")
    checked_on: date | None = day("上次检查日期")
    findings: tuple[str, ...] = texts("上次检查发现的问题")


@frozen(kw_only=True)
class PackedVisit:
    """A visit as it is stored, in a ``version``, with its task and firm."""

    id: str = field(metadata=said("检查对象任务的编号", example="0123abcd"))
    version: int = field(metadata=said("版本", example=3))
    content: VisitView = field(metadata=said("检查的内容"))
    task: PackedTask = field(metadata=said("检查任务"))
    firm: PackedFirm = field(metadata=said("检查对象"))
    successors: tuple[str, ...] = links("可以移交给的本机构人员", "user")
    ordered: tuple[str, ...] = field(metadata=said("本部门已经责令改正的检查项的编号"))


@frozen(kw_only=True)
class Package:
    """离线包 (Package): somebody's open visits at one moment, for a phone without signal.

    ``assisting`` says that they are assisted for a third party; there is no ``officer`` then.
    """

    made_at: datetime = field(metadata=said("生成时间"))
    assisting: bool = flag("为第三方机构协助")
    officer: str = field(metadata=said("执法人员的编号，协助人员的为空", example="0123abcd"))
    department: str = field(metadata=said("部门的编号", example="nanning"))
    visits: tuple[PackedVisit, ...] = field(metadata=said("待反馈的检查，含可认领的"))
    names: tuple[ReferredName, ...] = field(metadata=said("所引用对象的名称"))
    guides: tuple[PackedGuide, ...] = field(metadata=said("各检查项的法律条款和经营手册"))
    shortened: bool = field(metadata=said("是否因容量没有带全条款和手册"))


def open_visits(work: Work) -> list[Visit]:
    """Give the open visits of whoever acts, those that are due first by number.

    Raises ``NotAnOfficer``.
    """
    asked = ListFilter(
        asked={"open": True, "officers": acting_officer(work).id}, reach=reach_of(work, VISITS)
    )  # fmt: skip
    rows = work[Lists].page(VISITS, asked, PageRequest(size=MOST_PACKED)).items
    return [work[Visits].get(one.id) for one in rows]


def assists(actor: Actor) -> bool:
    """Tell whether somebody acts for a third party, and not as an officer."""
    return actor.scope.role is SceneRole.THIRD_PARTY


def _assisted_visits(work: Work) -> Iterator[Visit]:
    """Give the open visits that whoever acts assists, then those that he may claim, by number."""
    for row in _open_to_institution(work, assisted=True):
        visit = work[Visits].get(row.id)
        if work.actor.user in visit.assistants:
            yield visit
    me, named = work.actor.user, dict[str, frozenset[str]]()
    for row in _open_to_institution(work):
        if row.task not in named:
            named[row.task] = _named_for(work, row.task)
        if me in named[row.task]:
            visit = work[Visits].get(row.id)
            if visit.is_open_to(me, named=named[row.task]):
                yield visit


def _open_to_institution(work: Work, **asked_too: bool) -> Iterator[ThirdPartyVisitRow]:
    reach = reach_of(work, THIRD_PARTY_VISITS)
    asked = ListFilter(asked={"open": True, **asked_too}, reach=reach)
    for page in every_page(lambda one: work[Lists].page(THIRD_PARTY_VISITS, asked, one)):
        yield from page.items


def _named_for(work: Work, task: str) -> frozenset[str]:
    """Give the people whom one's own institution named for a task."""
    return work[Tasks].get(task).assistants_of(work.actor.scope.party)


@question("field_records.read_package", "下载离线包", refuses=(NotAnOfficer,))
def read_package(work: Work, about: ReadPackage) -> Package:
    """Give the open visits of whoever asks, each with its task, firm and last findings.

    Who acts for a third party gets those that he assists or may claim, and of a firm what he sees
    online.
    """
    del about
    assisting = assists(work.actor)
    officer = "" if assisting else acting_officer(work).id
    found = list(islice(_assisted_visits(work), MOST_PACKED)) if assisting else open_visits(work)
    guides, shortened = guides_of(work, found)
    known = {(one.checklist, one.item): one for one in guides}
    colleagues = _colleagues(work)
    visits = tuple(_packed(work, one, known, colleagues) for one in found)
    told = [part for one in visits for part in (one, one.content, one.task, one.firm)]
    return Package(
        made_at=work.now, assisting=assisting, officer=officer,
        department=work.actor.department, visits=visits, names=names_in(work, told),
        guides=guides, shortened=shortened,
    )  # fmt: skip


def checklist_of(sheet: TaskSheet) -> str:
    """Name the version of the checklist that a task fixes."""
    return f"{sheet.checklist.id}@{sheet.checklist.version}"


def guides_of(work: Work, visits: list[Visit]) -> tuple[tuple[PackedGuide, ...], bool]:
    """Give what helps to check the items of visits, and whether some of it had no room."""
    sheets = {one.sheet.task: work[Tasks].get(one.sheet.task).sheet for one in visits}
    made = {
        (one.checklist, one.item): one for sheet in sheets.values() for one in _guides(work, sheet)
    }
    kept, room = list[PackedGuide](), MOST_SHARED
    for one in made.values():
        room -= len(canonical_json(to_plain(one)))
        if room < 0:
            return tuple(kept), True
        kept.append(one)
    return tuple(kept), False


def _guides(work: Work, sheet: TaskSheet) -> Iterator[PackedGuide]:
    handbooks = [
        work[PublishedHandbooks].read(one.id)
        for one in work[PublishedHandbooks].find(scene=sheet.scene, region=sheet.region)
    ]
    items = checked_items(work.unit, sheet)
    for item, asked in zip(items, chosen_items(items, ()), strict=True):
        cited = (*item.content.basis, *filter(None, (item.content.penalty,)))
        yield PackedGuide(
            checklist=checklist_of(sheet), item=item.code,
            topic=asked.topic, method=asked.method, basis=asked.basis,
            law=tuple(f"{one}：{one.wording}" for one in cited if one.wording),
            advice=tuple(
                PackedAdvice(handbook=book.name, requirement=one.requirement, risk=one.risk)
                for book in handbooks
                for section in book.sections
                for one in section.elements
                if item.origin and item.origin in one.items
            ),
        )  # fmt: skip


def lightened(
    content: VisitView, checklist: str, guides: Mapping[tuple[str, str], PackedGuide]
) -> VisitView:
    """Leave out of a visit's items what the guides of its checklist say alike."""
    items = tuple(
        evolve(one, topic="", method="", basis=())
        if (guide := guides.get((checklist, one.id))) is not None
        and (one.topic, one.method, one.basis) == (guide.topic, guide.method, guide.basis)
        else one
        for one in content.items
    )
    return evolve(content, items=items)


def _packed(
    work: Work, visit: Visit, guides: Mapping[tuple[str, str], PackedGuide],
    colleagues: frozenset[str],
) -> PackedVisit:  # fmt: skip
    task = work[Tasks].get(visit.sheet.task)
    subject = work[Subjects].get(visit.sheet.subject)
    last = next(_before(work, visit), None)
    allowed = task.approval
    return PackedVisit(
        id=visit.id, version=visit.version,
        content=lightened(VISITS.viewed(visit), checklist_of(task.sheet), guides),
        task=PackedTask(
            name=task.sheet.name, number=task.sheet.number, starts_on=task.sheet.starts_on,
            ends_on=task.sheet.ends_on, scene=task.sheet.scene,
            checklist=checklist_of(task.sheet),
            approved_by=allowed.by if allowed else "", approved_at=allowed.at if allowed else None,
            withheld=any(task.withholds_visits()),
        ),
        firm=PackedFirm(
            name=subject.shown_name, number=subject.identity.shown,
            addressee=addressed(
                subject.shown_name, subject.identity.kind, subject.identity.shown
            ),
            domicile=subject.basic.domicile,
            premises="" if assists(work.actor) else subject.basic.premises,
            checked_on=last.formed_on if last else None,
            findings=tuple(one.title for one in last.findings) if last else (),
        ),
        successors=_successors(work, visit, colleagues),
        ordered=tuple(
            each.item
            for one in work[Rectifications].after(visit, work.actor.department)
            if one.stands
            for each in one.sheet.findings
        ),
    )  # fmt: skip


def _colleagues(work: Work) -> frozenset[str]:
    """Give who else acts for the institution of whoever asks; nobody for an officer."""
    if not assists(work.actor):
        return frozenset()
    people = work[Users].find_by_party(work.actor.scope.party)
    return frozenset(one.id for one in people if one.active) - {work.actor.user}


def _successors(work: Work, visit: Visit, colleagues: frozenset[str]) -> tuple[str, ...]:
    """Give to whom of them the visit may be handed over."""
    if not colleagues:
        return ()
    return tuple(sorted(colleagues & _named_for(work, visit.sheet.task) - visit.assistants))


def _before(work: Work, visit: Visit) -> Iterator[Visit]:
    """Give the last formed check of the same subject, as far as the actor reads it."""
    wanted = ListFilter(
        asked={"subject": visit.sheet.subject, "state": VisitState.COMPLETED, "open": False},
        reach=reach_of(work, VISITS),
    )
    rows = work[Lists].page(VISITS, wanted, PageRequest(size=1, order="-number")).items
    for one in rows:
        yield work[Visits].get(one.id)
