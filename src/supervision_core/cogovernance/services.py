"""行为信息: what was done and found about one's own firm, read from the things themselves.

Nothing is told here that the firm does not see on the page of the thing: no visit before the
officers came, no result that is not before the public, no suspected crime, no complainant, no
opinion. Penalties are decided outside of the platform; what it holds of them is the transfer.
Source: proposal 1783-1791; docs/adr/0114.
"""

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, Final

from attrs import evolve, field, frozen

from supervision_core.clues.lists import DISPOSALS
from supervision_core.clues.model import KINDS
from supervision_core.clues.services.appeals import complaints_about
from supervision_core.cogovernance.model import (
    CONDUCT_KINDS,
    ConductKind,
    ConductRow,
    newest_first,
)
from supervision_core.grading.graded import changes_among
from supervision_core.grading.ports import GradedSubjects, GradingRules
from supervision_core.grading.services import level_names
from supervision_core.identity.services import Work, question, use_case
from supervision_core.identity.services.criteria import criteria_told
from supervision_core.identity.services.lists import ReferredName, names_read
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, ListQuery, Lists
from supervision_core.kernel.paging import FIRST_PAGE, PageRequest, every_page, page_among
from supervision_core.kernel.registers import Ask, choice, day, described
from supervision_core.subjects.services import own_subject
from supervision_core.tasks.lists import PUBLICATIONS, RECTIFICATIONS, TRANSFERS, VISITS
from supervision_core.tasks.model.publication import PublicationState
from supervision_core.tasks.model.transfer import VERBS as TRANSFER
from supervision_core.tasks.model.transfer import TransferKind
from supervision_core.tasks.ports import Publications, Rectifications, Tasks, Transfers, Visits
from supervision_core.tasks.services.own import known_to_party
from supervision_core.tasks.words import title

_K: Final = ConductKind


@frozen(kw_only=True)
class AskConduct:
    """Which of what was done and found about the own firm is wanted; blank asks nothing."""

    kind: ConductKind | None = choice("类型", CONDUCT_KINDS, default=None)
    since: date | None = day("起始日期")
    until: date | None = day("截止日期")


@frozen(kw_only=True)
class ListOwnConduct(AskConduct):
    """Which of what was done and found about the own firm is wanted, and which page of it."""

    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页：每页行数和游标"))


@frozen(kw_only=True)
class OwnConduct:
    """What was done and found about the own firm, the newest first."""

    items: tuple[ConductRow, ...] = field(metadata=said("各条行为信息"))
    names: tuple[ReferredName, ...] = field(metadata=said("所引用对象的名称"))
    next_cursor: str | None = field(
        default=None, metadata=said("取下一页时作为cursor送回，最后一页为空")
    )


@question("cogovernance.list_own_conduct", "查看本企业行为信息")
def list_own_conduct(work: Work, about: ListOwnConduct) -> OwnConduct:
    """List what was done and found about the firm for which one acts, the newest first.

    Checks and their published results, orders and rechecks, cases that left for enforcement,
    changes of grade, complaints (the newest fifty). Raises ``BadCursor`` and ``UnknownOrder``.
    """
    about.page.require_order()
    rows = _asked_for(work, about)
    told = repr((about.kind and about.kind.value, about.since, about.until))
    page = page_among(rows, about.page, query={"own_conduct": told})
    return OwnConduct(
        items=page.items, names=names_read(work, page.items), next_cursor=page.next_cursor
    )


@use_case("cogovernance.export_own_conduct", "导出本企业行为信息")
def export_own_conduct(work: Work, cmd: AskConduct) -> OwnConduct:
    """Give out what was done and found about one's own firm; the log keeps how much of what."""
    rows = tuple(_asked_for(work, cmd))
    own = own_subject(work)
    work.wrote("subject", own.id)
    work.note(rows=str(len(rows)), criteria=_criteria(work, cmd))
    return OwnConduct(items=rows, names=names_read(work, rows))


def _criteria(work: Work, cmd: AskConduct) -> str:
    asked = ((one, getattr(cmd, one.name)) for one in described(AskConduct))
    return criteria_told(work[Ask], asked)


def _asked_for(work: Work, about: AskConduct) -> list[ConductRow]:
    subject = own_subject(work).id
    found = [
        row
        for kinds, rows in _SOURCES
        if not about.kind or about.kind in kinds
        for row in rows(work, subject)
        if (not about.kind or row.kind == about.kind)
        and (about.since is None or about.since <= row.on)
        and (about.until is None or row.on <= about.until)
    ]
    return newest_first(found)


def _ids(work: Work, query: ListQuery[Any], **asked: Any) -> Iterator[str]:
    wanted = ListFilter(asked=asked)
    for page in every_page(partial(work[Lists].page, query, wanted)):
        yield from (one.id for one in page.items)


def _titled(value: StrEnum) -> str:
    """Give the plain words of a value, without the tone in which a list shows a state."""
    return str(title(value))


def _visits(work: Work, subject: str) -> Iterator[ConductRow]:
    known = work[Visits].find_many(_ids(work, VISITS, subject=subject))
    tasks = work[Ask].resolve(Tasks.kind, {one.sheet.task for one in known})
    for visit in filter(known_to_party, known):
        came = visit.started or visit.party_scan
        if came is not None:
            yield ConductRow(
                on=local_day(came.at), kind=_K.VISIT, title=tasks[visit.sheet.task].name,
                outcome=_titled(visit.state), departments=tuple(sorted(visit.sheet.departments)),
                about=visit.id,
            )  # fmt: skip


def _results(work: Work, subject: str) -> Iterator[ConductRow]:
    ids = _ids(work, PUBLICATIONS, subject=subject, state=PublicationState.SHOWN)
    for one in work[Publications].find_many(ids):
        shown = one.shown
        outcomes = (_titled(each) for each in (*sorted(shown.outcomes), *sorted(shown.pending)))
        if one.shown_on is not None:
            yield ConductRow(
                on=one.shown_on, kind=_K.RESULT, title=shown.task, outcome="、".join(outcomes),
                departments=shown.departments, about=one.id,
            )  # fmt: skip


def _orders(work: Work, subject: str) -> Iterator[ConductRow]:
    for one in work[Rectifications].find_many(_ids(work, RECTIFICATIONS, subject=subject)):
        base = ConductRow(
            on=local_day(one.ordered_at), kind=_K.ORDER, title=one.sheet.number,
            outcome=_titled(one.state), departments=(one.sheet.department,), about=one.id,
        )  # fmt: skip
        yield base
        for each in one.rechecks:
            yield evolve(
                base, on=local_day(each.at), kind=_K.RECHECK, outcome=_titled(each.result)
            )  # fmt: skip


def _transfers(work: Work, subject: str) -> Iterator[ConductRow]:
    ids = _ids(work, TRANSFERS, subject=subject, kind=TransferKind.ENFORCEMENT)
    for one in work[Transfers].find_many(ids):
        if (sent := one.sending) is not None:
            mark = f"（{one.entered}）" if one.entered else ""
            yield ConductRow(
                on=local_day(sent.at), kind=_K.TRANSFER, title=f"移交{one.sheet.to}",
                outcome=f"{TRANSFER.states[one.state]}{mark}", departments=(one.sheet.department,),
                about=one.sheet.visit,
            )  # fmt: skip


def _grades(work: Work, subject: str) -> Iterator[ConductRow]:
    for one in changes_among(work[GradedSubjects].of_subject(subject)):
        rule = work[GradingRules].get(one.rule)
        named = rule.version_numbered(one.rule_version)
        grade = "数据不足" if one.grade is None else named.grade_numbered(one.grade).name
        risk, credit = level_names(work, rule, one)
        levels = f"风险：{risk or '数据不足'}，信用：{credit or '数据不足'}"
        yield ConductRow(
            on=one.as_of, kind=_K.GRADE, title=rule.name, outcome=f"{grade}（{levels}）"
        )


def _complaints(work: Work, subject: str) -> Iterator[ConductRow]:
    for one in reversed(complaints_about(work.unit, subject).content.complaints):
        service = f"：{one.service}" if one.service else ""
        yield ConductRow(
            on=one.registered_on, kind=_K.COMPLAINT, title=f"{KINDS[one.kind]}{service}",
            outcome=str(DISPOSALS[one.disposal]),
        )  # fmt: skip


_SOURCES: Final[tuple[tuple[frozenset[str], Callable[[Work, str], Iterator[ConductRow]]], ...]] = (
    (frozenset({_K.VISIT}), _visits),
    (frozenset({_K.RESULT}), _results),
    (frozenset({_K.ORDER, _K.RECHECK}), _orders),
    (frozenset({_K.TRANSFER}), _transfers),
    (frozenset({_K.GRADE}), _grades),
    (frozenset({_K.COMPLAINT}), _complaints),
)
"""Whence each kind is read."""
