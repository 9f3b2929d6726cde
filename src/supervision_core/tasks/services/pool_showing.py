"""Who is in a task's pool otherwise than at the last draw, and by whom, as pages show it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

from attrs import field, frozen

from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.audit.model import target_of
from supervision_core.checklists.ports import Checklists
from supervision_core.draws.model.changes import (
    CHANGE_TITLES,
    COMPARED,
    ListedAct,
    ListedChange,
    PoolChange,
    compared,
    listed_changes,
)
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.ports import Draws, Pools
from supervision_core.draws.services.comparing import frozen_at
from supervision_core.grading.ports import GradingRules
from supervision_core.grading.services import AFTER_NEWS, CALENDAR
from supervision_core.identity.ports import PermissionCatalogue
from supervision_core.identity.services import Work, question
from supervision_core.identity.services.own_acts import OWN_ACTS
from supervision_core.kernel.fields import said
from supervision_core.kernel.ports import Repository
from supervision_core.kernel.registers import DEPARTMENT, Ask
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.facts import FACT_CATALOGUE
from supervision_core.subjects.ports import Subjects, Tags
from supervision_core.subjects.services.changed import FACT, FIELD_TITLES
from supervision_core.subjects.services.known import by_codes
from supervision_core.tasks.model.drawing import levels_of
from supervision_core.tasks.model.task import Task, TaskRefused
from supervision_core.tasks.services.capping import grading_of
from supervision_core.tasks.services.pool_listing import with_acts
from supervision_core.tasks.services.pooling import gathered
from supervision_core.tasks.services.tasks import standing_draw, task_in_reach

SHOWN_AT_ONCE: Final = 50
"""Changes on a page."""


@frozen(kw_only=True)
class ViewPoolChanges:
    """A task, and from which change on, counted from 0, they are shown."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    uninspected: bool = field(
        default=False, metadata=said("是否排除任务年度内已检查或已安排检查的对象", example=True)
    )
    first: int = field(default=0, metadata=said("从第几项开始显示，从0数起", example=0))


@frozen(kw_only=True)
class PoolAct:
    """What was done that may have changed a pool: when, what, by whom, of which fields, and why."""

    at: datetime = field(metadata=said("时间", example="2026-01-31T08:00:00+00:00"))
    act: str = field(metadata=said("操作", example="导入监管对象"))
    by: str = field(metadata=said("操作人的账号，系统自动办理的为其名称", example="wang.shili"))
    department: str = field(metadata=said("操作人所在机构", example="南宁市市场监督管理局"))
    fields: tuple[str, ...] = field(metadata=said("改动的内容", example=["所属区划"]))
    reason: str = field(metadata=said("写明的理由，没有的为空", example="现场核实不属于该类"))


@frozen(kw_only=True)
class ChangeShown:
    """What of a pool is not as it was: a subject, or scene, rule or model; and what was done."""

    code: str = field(
        metadata=said("主体身份代码，不是监管对象的为空", example="91450100MA5K000017")
    )
    subject: str = field(metadata=said("监管对象的编号，不在库中的为空", to="subject"))
    name: str = field(metadata=said("名称", example="南宁示例乳业有限公司"))
    kinds: tuple[PoolChange, ...] = field(
        metadata=said("情形", codes={one.value: CHANGE_TITLES[one] for one in PoolChange})
    )
    was: str = field(metadata=said("上次的等级，不在名单中的为空", example="一级"))
    now: str = field(metadata=said("这次的等级，不在名单中的为空", example="二级"))
    tasks: tuple[str, ...] = field(metadata=said("因哪些任务的检查而排除", to="task"))
    acts: tuple[PoolAct, ...] = field(metadata=said("上次抽取以来的操作，首次抽取的为分级的操作"))


@frozen(kw_only=True)
class PoolChangesShown:
    """What of a pool is not as it was, a page of it."""

    since: str = field(metadata=said("与哪一次抽取比较，首次抽取为空", to="draw"))
    count: int = field(metadata=said("变化的项数", example=3))
    listed: tuple[ChangeShown, ...] = field(metadata=said("变化明细"))


@question("tasks.view_pool_changes", "查看抽取名单的变化", refuses=(TaskRefused,))
def view_pool_changes(work: Work, about: ViewPoolChanges) -> PoolChangesShown:
    """Show what of a task's pool is not as it was at the last draw, and who did it.

    Of the pool that was frozen, else of that which would be: who came in, left it or changed grade;
    whose grade is not the calendar's, also at the first draw; who is left out for which checks;
    what was done with scene, rule and models. What was done with a subject is what the log says, by
    field: status, deletion, region, tags, category, facts.
    """
    task = task_in_reach(work, about.task_id)
    draw = standing_draw(work.unit, task)
    if draw is None:
        now = gathered(work, task, about)
        last, changes = now.last, now.listed
        shown = with_acts(work, _page(changes, about.first), now.since)
        since = "" if last is None else last.id
    else:
        since, changes = draw.since, tuple(_of_draw(work, draw))
        shown = _page(changes, about.first)
        if draw.changes_hash is None and since:
            moment = frozen_at(work[Draws].get(since))
            shown = with_acts(work, shown, {one.about: moment for one in shown})
    return PoolChangesShown(
        since=since, count=len(changes), listed=tuple(_shown(work, task, shown))
    )


def _page(changes: Sequence[ListedChange], first: int) -> tuple[ListedChange, ...]:
    first = max(first, 0)
    return tuple(islice(changes, first, first + SHOWN_AT_ONCE))


def _of_draw(work: Work, draw: Draw) -> Iterator[ListedChange]:
    """Give what was listed when a draw was frozen; of older ones, whose place is another."""
    if draw.changes_hash is not None:
        for one in listed_changes(work[Pools].get(draw.changes_hash)):
            if not one.about.startswith(COMPARED):
                yield one
    elif draw.since:
        last = work[Draws].get(draw.since)
        pools = work[Pools].get(last.pool_hash), work[Pools].get(draw.pool_hash)
        for change in compared(*pools):
            yield ListedChange(
                about=change.code, kinds=(change.kind,), was=change.was, now=change.now
            )


_PROGRAMS: Final = {CALENDAR: "按周期自动评价", AFTER_NEWS: "检查、审批后自动重新分级"}
_SUBJECT: Final = target_of(Subjects.kind, "")
"""Begins what a change is about that concerns a subject whose code nobody may see."""
_THINGS: Final[tuple[type[Repository[Any]], ...]] = (
    Scenes, Tags, Checklists, GradingRules, RiskModels, CreditModels,
)  # fmt: skip


def _shown(work: Work, task: Task, changes: tuple[ListedChange, ...]) -> Iterator[ChangeShown]:
    levels = levels_of(grading_of(work, task.sheet))
    about = sorted(one.about for one in changes)
    known = {**by_codes(work.unit, about)}
    ids = [one.removeprefix(_SUBJECT) for one in about if one.startswith(_SUBJECT)]
    known |= {f"{_SUBJECT}{one.id}": one for one in work[Subjects].find_many(ids)}
    acts = _in_words(work, [act for one in changes for act in one.acts])
    for one in changes:
        subject, kind, _, id_ = known.get(one.about), *one.about.partition("/")
        thing = next((port for port in _THINGS if port.kind == kind), None)
        name = one.about if subject is None else subject.shown_name
        if thing is not None:
            name = work[thing].get(id_.partition("/")[0]).name
        yield ChangeShown(
            code="" if thing or one.about.startswith(_SUBJECT) else one.about,
            subject="" if subject is None else subject.id, name=name, kinds=one.kinds,
            was=levels.get(one.was, one.was),
            now=levels.get(one.now, one.now), tasks=one.tasks,
            acts=tuple(acts[act] for act in one.acts),
        )  # fmt: skip


def _in_words(work: Work, acts: Sequence[ListedAct]) -> dict[ListedAct, PoolAct]:
    ask, titles = work[Ask], {**OWN_ACTS, **work[PermissionCatalogue].titles()}
    users = ask.resolve("user", {one.actor for one in acts})
    departments = ask.resolve(DEPARTMENT, {one.department for one in acts} - {""})
    return {
        one: PoolAct(
            at=one.at, act=titles.get(one.action, "其他操作"),
            by=users[one.actor].name if one.actor in users else _PROGRAMS.get(one.actor, one.actor),
            department=departments[one.department].name if one.department in departments else "",
            fields=tuple(map(_field, one.fields)), reason=one.reason,
        )
        for one in acts
    }  # fmt: skip


def _field(name: str) -> str:
    if not name.startswith(FACT):
        return FIELD_TITLES.get(name, name)
    fact = name.removeprefix(FACT)
    return FACT_CATALOGUE[fact].title if fact in FACT_CATALOGUE else fact
