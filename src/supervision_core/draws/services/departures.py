"""偏离抽取的事项: what of a draw departs from chance, plan or the list before, told at one glance.

Whoever freezes, approves or dispatches sees it beside what was drawn. Source: design §14.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from attrs import field, frozen

from supervision_core.draws.lists import MARKS, change_words, number_words
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.selection import Action, Adjustment
from supervision_core.draws.model.series import Fate, Sibling
from supervision_core.draws.ports import Draws
from supervision_core.draws.services.comparing import compared_with, open_twins, twins_words
from supervision_core.draws.services.numbering import siblings_of
from supervision_core.identity.services import Work
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import DEPARTMENT, Ask
from supervision_core.officers.model import Officer
from supervision_core.officers.ports import Officers
from supervision_core.subjects.services.known import by_codes

_YEAR: Final = timedelta(days=365)
_ACTIONS: Final[Mapping[Action, str]] = {Action.ADD: "增加", Action.REMOVE: "剔除"}


@frozen(kw_only=True)
class Departure:
    """One thing in which a draw departs: what it is, and how, by whom and why."""

    title: str = field(metadata=said("偏离的事项", example="人工剔除"))
    text: str = field(metadata=said("情况、办理人和理由", example="南宁示例乳业有限公司"))


def departures_of(
    work: Work, draw: Draw, added: tuple[Adjustment, ...] = ()
) -> Iterator[Departure]:
    """Give all in which a draw departs, those that touch single firms last.

    ``added`` are the firms that its task visits besides those whom it selects.
    """
    yield from numbered(work, draw, added)
    if changes := change_words(draw.pool_changes):
        yield Departure(title="名单与上次抽取相比", text="，".join(changes))
    if draw.quotas_because:
        yield Departure(title="抽取比例与规则不同", text=f"理由：{draw.quotas_because}")
    if (moved := draw.round.moved) is not None:
        people = _people(work, {moved.by})
        text = f"{people.get(moved.by, moved.by)}，理由：{moved.reason}"
        yield Departure(title="截止时间顺延", text=text)
    if late := sorted({name for one in draw.rounds for name in one.late}):
        called = work[Ask].resolve(DEPARTMENT, late)
        names = "、".join(called[one].name if one in called else one for one in late)
        yield Departure(title="逾期未提交随机数", text=names)
    if draw.roster is not None and draw.frozen_at is not None:
        officers = work[Officers].find_many(one.id for one in draw.roster.inspectors)
        yield from interests_of_others(
            work, officers, until=draw.frozen_at, selected=draw.selection
        )
    yield from _by_hand(work, (*draw.adjustments, *added))


def interests_of_others(
    work: Work, officers: Iterable[Officer], *, until: datetime, selected: Iterable[str] = ()
) -> Iterator[Departure]:
    """Count what others than these officers declared for them in the year up to ``until``.

    Whoever keeps many of them away from firms steers who is left to inspect these. ``selected`` are
    the codes of the firms that were drawn.
    """
    since = until - _YEAR
    found = {one.id: one.interests_of_others(since=since, until=until) for one in officers}
    entered = [each for those in found.values() for each in those]
    if not entered:
        return
    people = _people(work, {one.entered_by for one in entered})
    firms = {one.subject_code for one in entered}
    texts = [f"{sum(map(bool, found.values()))}名执法人员", f"{len(firms)}个对象"]
    if drawn := len(firms.intersection(selected)):
        texts.append(f"其中抽中{drawn}个")
    names = "、".join(sorted(people.get(one, one) for one in {each.entered_by for each in entered}))
    yield Departure(
        title="他人代为申报的利害关系", text=f"{'，'.join(texts)}，近一年内由{names}申报"
    )


def numbered(work: Work, draw: Draw, added: tuple[Adjustment, ...] = ()) -> Iterator[Departure]:
    """Give which draw it is, how it is marked, with which it is compared, and those before it."""
    if draw.number is not None:
        yield Departure(title="抽取序号", text=number_words(draw.number))
    if marks := draw.marks_with(added):
        yield Departure(title="标记", text="、".join(MARKS[one] for one in marks))
    if words := compared_with(work.unit, draw):
        yield Departure(title="名单比较", text=words)
    if draw.task and (twins := open_twins(
        work.unit, lead=draw.lead, pool_hash=draw.pool_hash, but_of=draw.task
    )):  # fmt: skip
        yield Departure(title="同一名单上还没有分发的其他抽取", text=twins_words(twins))
    yield from earlier(work, siblings_of(work.unit, draw))


def earlier(work: Work, siblings: tuple[Sibling, ...]) -> Iterator[Departure]:
    """Say of draws that were not dispatched what became of them, and what their pools differed in.

    The next draw is compared with them: what they differed in is not counted again.
    """
    for one in siblings:
        cleared = one.state is Fate.CLEARED
        fate = f"已清空，理由：{one.reason or '未记载'}" if cleared else "没有分发"
        draw = find(work.unit, Draws, one.draw_id)
        if draw is not None and (changes := change_words(draw.pool_changes)):
            fate += f"；其名单与再前一次相比：{'，'.join(changes)}"
        yield Departure(title=f"此前{one.year}年第{one.number}次抽取", text=fate)


def _by_hand(work: Work, adjustments: tuple[Adjustment, ...]) -> Iterator[Departure]:
    codes = {code for one in adjustments for code in (one.id, one.replacement or "")} - {""}
    firms = {code: one.name for code, one in by_codes(work.unit, codes).items()}
    people = _people(work, {who for one in adjustments for who in (one.by, one.approver)} - {""})
    for one in adjustments:
        proposed = f"{people.get(one.by, one.by)}{local_day(one.at).isoformat()}提出"
        approved = f"{people.get(one.approver, one.approver)}批准" if one.approver else "待批准"
        parts = [firms.get(one.id, one.id), proposed, approved, f"理由：{one.reason}"]
        if one.replacement:
            parts.insert(1, f"由{firms.get(one.replacement, one.replacement)}递补")
        yield Departure(title=f"人工{_ACTIONS[one.action]}", text="，".join(parts))


def _people(work: Work, accounts: set[str]) -> Mapping[str, str]:
    return {id_: one.name for id_, one in work[Ask].resolve("user", accounts).items()}
