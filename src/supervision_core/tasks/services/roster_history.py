"""名册变动: who took officers in, or changed who may go, before a draw froze its roster.

An administrator takes an officer in, and ties his account, alone: whoever approves sees it.
Source: design §14.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from attrs import frozen

from supervision_core.audit.model import AuditEntry, Outcome, read_target, target_of
from supervision_core.audit.ports import AuditFilter, AuditQueries
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.services.departures import Departure
from supervision_core.identity.ports import Users
from supervision_core.identity.services import Work
from supervision_core.kernel.days import local_day
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.kernel.registers import Ask
from supervision_core.officers.model import Officer
from supervision_core.officers.ports import Officers
from supervision_core.officers.services import (
    change_officer,
    delete_officer,
    import_officers,
    register_officer,
    resume_officer,
    suspend_officer,
    tie_account,
    untie_account,
)
from supervision_core.plans.ports import Plans
from supervision_core.plans.services import settle_plan
from supervision_core.tasks.model.task import Task

_TITLES: Final[Mapping[str, str]] = {
    one.name: one.title
    for one in (
        register_officer, import_officers, change_officer, suspend_officer, resume_officer,
        delete_officer, tie_account, untie_account,
    )
}  # fmt: skip
_MOST_NAMED: Final = 20
"""Officers who are named; the others are counted."""


@frozen
class _Act:
    """What somebody did with an officer, whose first version it made or not."""

    officer: str
    entry: AuditEntry
    first: bool


def roster_departures(work: Work, task: Task, draw: Draw) -> Iterator[Departure]:
    """Give who came into the register of a draw's departments before it, and what else was done.

    That is since the plan was settled; of a task without one since it was drafted.
    """
    since, words = _beginning(work, task)
    if draw.roster is None or draw.frozen_at is None or since is None:
        return
    acts = defaultdict[str, list[_Act]](list)
    for one in reversed(list(_acts(work, since, draw.frozen_at))):
        acts[one.officer].append(one)
    there, known = {one.id for one in draw.roster.inspectors}, work[Officers].find_many(acts)
    taking_part = frozenset(task.taking_part)
    added, moved = list[Officer](), list[Officer]()
    for officer in sorted(known, key=lambda one: list(acts).index(one.id)):
        done, own = acts[officer.id], officer.id in there or officer.department in taking_part
        if own and any(one.first for one in done):
            added.append(officer)
        elif own or any(one.entry.department in taking_part for one in done):
            moved.append(officer)
    if added:
        told = _named(work, added, acts, accounts=True)
        yield Departure(title=f"{words}以来新增的执法人员", text=told)
    if moved:
        yield Departure(title=f"{words}以来名册的变动", text=_named(work, moved, acts))


def _beginning(work: Work, task: Task) -> tuple[datetime | None, str]:
    if task.sheet.plan:
        settled = _newest(work, target_of(Plans.kind, task.sheet.plan), settle_plan.name)
        if settled is not None:
            return settled.at, "计划确定"
    return task.created_at, "任务起草"


def _newest(work: Work, thing: str, action: str) -> AuditEntry | None:
    for page in every_page(lambda request: work[AuditQueries].about(thing, request)):
        for row in page.items:
            if row.entry.action == action and row.entry.outcome is Outcome.DONE:
                return row.entry
    return None


def _acts(work: Work, since: datetime, until: datetime) -> Iterator[_Act]:
    wanted = AuditFilter(since=since, until=until, actions=frozenset(_TITLES), outcome=Outcome.DONE)
    for page in every_page(partial(work[AuditQueries].search, wanted)):
        for row in page.items:
            for kind, id_, version in filter(None, map(read_target, row.entry.targets)):
                if kind == Officers.kind:
                    yield _Act(id_, row.entry, first=version == 1)


def _named(
    work: Work,
    officers: Sequence[Officer],
    acts: Mapping[str, Sequence[_Act]],
    *,
    accounts: bool = False,
) -> str:
    """Name officers with what was done with each, by whom; of ``accounts`` who made them."""
    shown = officers[:_MOST_NAMED]
    makers = {one.user: _maker(work, one.user) for one in shown if accounts and one.user}
    actors = {each.entry.actor for one in shown for each in acts[one.id]}
    found = work[Ask].resolve("user", actors.union(makers.values()) - {""})

    def called(account: str) -> str:
        return found[account].name if account in found else account

    def told(one: Officer) -> str:
        parts = [
            f"{called(each.entry.actor)}{local_day(each.entry.at)}{_TITLES[each.entry.action]}"
            for each in acts[one.id]
        ]
        if accounts:
            maker = called(makers.get(one.user, ""))
            parts.append(f"账号由{maker}建立" if maker else "没有关联账号")
        return f"{one.name}（{'，'.join(parts)}）"

    rest = f"；另有{len(officers) - len(shown)}人" if len(officers) > len(shown) else ""
    return f"{len(officers)}人：{'；'.join(map(told, shown))}{rest}"


def _maker(work: Work, account: str) -> str:
    """Give who made an account: the first row of the log about it."""
    wanted = AuditFilter(target=target_of(Users.kind, account), outcome=Outcome.DONE)
    rows = work[AuditQueries].search(wanted, PageRequest(size=1, order="oldest")).items
    return rows[0].entry.actor if rows else "未知的人员"
