"""What of a task's pool is not as it was, subject by subject, and what the log says who did."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from attrs import evolve

from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.audit.model import AuditEntry, Outcome, read_target, target_of
from supervision_core.audit.ports import AuditQueries
from supervision_core.draws.model.changes import (
    Changed,
    ListedAct,
    ListedChange,
    PoolChange,
    compared,
)
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.ports import Draws, Pools, SeriesOfDraws
from supervision_core.grading.ports import GradingRules
from supervision_core.grading.services import CALENDAR, grade_subject, grade_subjects
from supervision_core.grading.unscheduled import UnscheduledRun
from supervision_core.identity.model import region_contains
from supervision_core.identity.services import Work
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import Repository
from supervision_core.kernel.registers import Entries
from supervision_core.scenes.model import Scene
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.registers import APPROVAL_FILES
from supervision_core.subjects.services.changed import fields_changed
from supervision_core.tasks.model.task import Task

_GRADING = frozenset({grade_subjects.name, grade_subject.name})
_MOVES = frozenset({PoolChange.CAME_IN, PoolChange.WENT_OUT, PoolChange.MOVED})
Beside = Mapping[tuple[str, date], UnscheduledRun]


def last_draw(work: Work, task: Task) -> Draw | None:
    """Give the draw of the lead with which a task's pool is compared, whatever became of it.

    It is the newest for the scene whose region holds that of the task; where there is none, the
    newest in a part of it; where nobody drew for the scene there, the like of any other scene. By
    what stood in its task then, and whatever was written there since. That of the task itself,
    which the next one replaces, is one of them.
    """
    sheet = task.sheet
    return _last_of(work, sheet.lead, sheet.scene, sheet.region) or _last_of(
        work, sheet.lead, "", sheet.region
    )


def _last_of(work: Work, lead: str, scene: str, region: str) -> Draw | None:
    """Give the newest draw for a scene, or any, that covers a region, else one of a part of it."""
    store, part = work[SeriesOfDraws], None
    for year in store.years():
        series = [one for one in store.of_year(year, lead=lead, scene=scene) if one.scene]
        draws = work[Draws].find_many(kept.draw for one in series for kept in one.numbered)
        for draw in sorted(draws, key=_place, reverse=True):
            if region_contains(draw.region, region):
                return draw
            if part is None and region_contains(region, draw.region):
                part = draw
    return part


def _place(draw: Draw) -> tuple[datetime, int]:
    return frozen_at(draw), draw.number.number if draw.number else 0


def frozen_at(draw: Draw) -> datetime:
    """Give when a draw was frozen; of older ones, until when its first commitments were awaited."""
    return draw.frozen_at or draw.rounds[0].due


def listed(  # noqa: PLR0913 - one for each way in which a pool differs
    work: Work,
    scene: Scene,
    last: Draw | None,
    pool: Pool,
    *,
    region: str,
    out: Mapping[str, tuple[PoolChange, tuple[str, ...]]],
    beside: Mapping[str, tuple[PoolChange, UnscheduledRun | None]],
) -> tuple[ListedChange, ...]:
    """Give what is not as it was since the ``last`` draw, in order; what subjects underwent later.

    Of two regions the narrower one is compared.

    ``out`` are the codes of those left out and the tasks whose checks they are left out for,
    ``beside`` the codes of those whose grade is not the calendar's.
    """
    found = dict[str, ListedChange]()
    if last is not None:
        for one in _comparable(work, compared(work[Pools].get(last.pool_hash), pool), last, region):
            found[one.code] = ListedChange(
                about=one.code, kinds=(one.kind,), was=one.was, now=one.now
            )
        found |= {one.about: one for one in _of_things(work, scene, frozen_at(last))}
    strata = pool.strata_of(beside)
    for code, (kind, run) in beside.items():
        known = found.get(code) or ListedChange(
            about=code, kinds=(), was=strata[code] if last else "", now=strata[code]
        )
        acts = () if run is None else (_run_as_act(run),)
        found[code] = evolve(known, kinds=(*known.kinds, kind), acts=acts)
    for code, (kind, tasks) in out.items():
        known = found.get(code) or ListedChange(about=code, kinds=())
        found[code] = evolve(known, kinds=(*known.kinds, kind), tasks=tasks)
    return tuple(found[about] for about in sorted(found))


def _comparable(
    work: Work, changes: Iterable[Changed], last: Draw, region: str
) -> Iterator[Changed]:
    """Leave out who stood outside the narrower of two regions at the last draw, and does so now."""
    narrower = region if region_contains(last.region, region) else last.region
    if last.region == region:
        yield from changes
        return
    moved, since = list(changes), frozen_at(last)
    firms = work[Subjects].find_by_codes([one.code for one in moved])
    outside = {
        one.identity.code
        for one in firms
        if not any(region_contains(narrower, at) for at in one.regions_since(since))
    }
    yield from (one for one in moved if one.code not in outside)


def _run_as_act(run: UnscheduledRun) -> ListedAct:
    return ListedAct(at=run.at, action=grade_subjects.name, actor=run.by, department=run.department)


def _of_things(work: Work, scene: Scene, since: datetime) -> Iterator[ListedChange]:
    """Give what was done since with scene, rule and models, and by whom subjects were graded."""
    things: list[tuple[type[Repository[Any]], str, PoolChange]] = [
        (Scenes, scene.id, PoolChange.SCENE),
        (GradingRules, scene.grading_rule or "", PoolChange.RULE),
        *((RiskModels, one.model, PoolChange.MODEL) for one in scene.risk_models),
        *((CreditModels, one.model, PoolChange.MODEL) for one in scene.credit_models),
    ]
    for port, id_, kind in dict.fromkeys(things):
        thing = target_of(port.kind, id_)
        done = [one for one in _entries_since(work, thing, since) if one.actor != CALENDAR]
        graded = [one for one in done if one.action in _GRADING]
        changed = [one for one in done if one.action not in _GRADING]
        if changed:
            acts = tuple(_act(one, thing) for one in changed)
            yield ListedChange(about=thing, kinds=(kind,), acts=acts)
        if graded:
            yield ListedChange(
                about=f"{thing}/graded", kinds=(PoolChange.GRADED_BY_HAND,),
                acts=tuple(_act(one, thing) for one in graded),
            )  # fmt: skip


def _entries_since(work: Work, thing: str, since: datetime) -> Iterator[AuditEntry]:
    """Give the rows about a thing since a moment, the newest first; nothing that was denied."""
    for page in every_page(lambda request: work[AuditQueries].about(thing, request)):
        for row in page.items:
            if row.entry.at <= since:
                return
            if row.entry.outcome is Outcome.DONE:
                yield row.entry


def _act(entry: AuditEntry, thing: str) -> ListedAct:
    return ListedAct(
        at=entry.at, action=entry.action, actor=entry.actor, department=entry.department,
        fields=fields_changed(entry, thing),
    )  # fmt: skip


def with_acts(
    work: Work, changes: Collection[ListedChange], since: Draw | None
) -> tuple[ListedChange, ...]:
    """Say of the subjects that moved what was done with them since the last draw, and by whom.

    That is what was written of them, and of their approval files; not who looked at them.
    """
    if since is None:
        return tuple(changes)
    moved = sorted(one.about for one in changes if not _MOVES.isdisjoint(one.kinds))
    ids = {one.identity.code: one.id for one in work[Subjects].find_by_codes(moved)}
    files = defaultdict[str, list[str]](list)
    for file in work[Entries].of(APPROVAL_FILES).naming("subject", sorted(ids.values())):
        files[file.content.subject].append(file.id)
    moment = frozen_at(since)
    return tuple(
        evolve(one, acts=(*_undergone(work, ids[one.about], files, moment), *one.acts))
        if one.about in ids
        else one
        for one in changes
    )


def _undergone(
    work: Work, subject: str, files: Mapping[str, list[str]], since: datetime
) -> Iterator[ListedAct]:
    own = target_of(Subjects.kind, subject)
    for entry in _entries_since(work, own, since):
        act = _act(entry, own)
        if act.fields or _wrote(entry, own):
            yield act
    for file in files.get(subject, ()):
        thing = target_of(APPROVAL_FILES.kind, file)
        yield from (_act(entry, thing) for entry in _entries_since(work, thing, since))


def _wrote(entry: AuditEntry, thing: str) -> bool:
    """Tell whether a row says that the thing was stored, not only looked at."""
    found = map(read_target, entry.targets)
    return any(one is not None and target_of(one[0], one[1]) == thing for one in found)
