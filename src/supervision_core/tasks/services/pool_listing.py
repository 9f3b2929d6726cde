"""What of a task's pool is not as it was, subject by subject, and what the log says who did."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import chain
from typing import Any, Final

from attrs import evolve

from supervision_core.assessment.model import LifeState
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.audit.model import AuditEntry, Outcome, read_target, target_of, things_of
from supervision_core.audit.ports import AuditFilter, AuditQueries
from supervision_core.checklists.ports import Checklists
from supervision_core.draws.model.changes import (
    Changed,
    ListedAct,
    ListedChange,
    PoolChange,
    compared,
)
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.series import Fate
from supervision_core.draws.ports import Draws, Pools, SeriesOfDraws
from supervision_core.draws.services.comparing import frozen_at, frozen_place
from supervision_core.grading.ports import GradingRules
from supervision_core.grading.services import CALENDAR, grade_subject, grade_subjects
from supervision_core.grading.unscheduled import UnscheduledRun
from supervision_core.identity.model import region_contains
from supervision_core.identity.services import Work
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.days import day_begun, local_day
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import Repository
from supervision_core.kernel.registers import Entries
from supervision_core.plans.ports import Plans
from supervision_core.scenes.model import Scene
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects, Tags
from supervision_core.subjects.registers import APPROVAL_FILES, CATEGORIES
from supervision_core.subjects.services import (
    categorise_subject,
    classify_subjects,
    correct_subject,
    import_subjects,
    register_subject,
    tag_subject,
)
from supervision_core.subjects.services.changed import (
    fields_changed,
    subjects_changed,
    tags_changed,
)
from supervision_core.subjects.services.data_changes import accept_data_change
from supervision_core.subjects.services.known import by_codes
from supervision_core.tasks.model.sheet import TaskSheet
from supervision_core.tasks.model.task import Task

GRADING: Final = frozenset({grade_subjects.name, grade_subject.name})
_MOVES: Final = frozenset({PoolChange.CAME_IN, PoolChange.WENT_OUT, PoolChange.MOVED})
Beside = Mapping[tuple[str, date], UnscheduledRun]


def last_draw(work: Work, task: Task, pool: Pool) -> Draw | None:
    """Give the draw of the lead with which a task's pool is compared.

    It is the newest for the scene that was dispatched: what was frozen and left open, or cleared,
    narrows nothing. Where none of the scene was, it is that dispatched one of another scene whose
    pool holds most of this one, so that a copied scene is no fresh start; where nothing of the lead
    went out, the oldest of the scene, else that of another scene, as long as it overlaps. Of each
    scene one whose region holds that of the task goes first, then one in a part of it. By what
    stood in its task then, and whatever was written there since.
    """
    scenes = _fates_of(work, task.sheet.lead)
    own = _with_fates(work, scenes.pop(task.sheet.scene, {}))
    if (found := _base(own, task.sheet.region, settled=True)) is not None:
        return found
    others = [_with_fates(work, scenes[scene]) for scene in sorted(scenes)]
    for settled in (True, False):
        if not settled and (found := _base(own, task.sheet.region, settled=False)) is not None:
            return found
        bases = (_base(one, task.sheet.region, settled=settled) for one in others)
        overlapping = _most_overlapping(work, pool, [one for one in bases if one is not None])
        if overlapping is not None:
            return overlapping
    return None


def _fates_of(work: Work, lead: str) -> dict[str, dict[str, Fate]]:
    """Give by scene what became of each draw of a lead, by the draw; none of own pools."""
    store, found = work[SeriesOfDraws], defaultdict[str, dict[str, Fate]](dict)
    for year in store.years():
        for series in store.of_year(year, lead=lead):
            if series.scene:
                found[series.scene] |= {one.draw: one.fate for one in series.numbered}
    return found


def _with_fates(work: Work, fates: Mapping[str, Fate]) -> list[tuple[Draw, Fate]]:
    return [(one, fates[one.id]) for one in work[Draws].find_many(fates)]


def _base(draws: Iterable[tuple[Draw, Fate]], region: str, *, settled: bool) -> Draw | None:
    """Give the newest dispatched draw of a scene, or its oldest other one, that touches a region.

    One that covers the region goes before one of a part of it.
    """
    fitting = [one for one, fate in draws if (fate is Fate.DISPATCHED) is settled]
    fitting.sort(key=frozen_place, reverse=settled)
    covering = (one for one in fitting if region_contains(one.region, region))
    within = (one for one in fitting if region_contains(region, one.region))
    return next(chain(covering, within), None)


def _most_overlapping(work: Work, pool: Pool, draws: Sequence[Draw]) -> Draw | None:
    """Give the draw whose pool holds most of this one, the newest of several; none without any."""
    codes = {code for code, _ in pool.pairs()} if draws else set[str]()
    shared = {
        one.id: sum(code in codes for code, _ in work[Pools].get(one.pool_hash).pairs())
        for one in draws
    }
    fitting = [one for one in draws if shared[one.id]]
    return max(fitting, key=lambda one: (shared[one.id], *frozen_place(one)), default=None)


def evaluated_day(work: Work, scene: Scene, on: date) -> date | None:
    """Give as of which day the calendar evaluates for a scene on a day, if it does."""
    risk = work[RiskModels].find_many([one.model for one in scene.risk_models])
    credit = work[CreditModels].find_many([one.model for one in scene.credit_models])
    return scene.evaluated_as_of({
        one.id: one.cycle.begun(on) for one in (*risk, *credit) if one.state is LifeState.ENABLED
    })  # fmt: skip


def listed(  # noqa: PLR0913 - one for each way in which a pool differs
    work: Work,
    scene: Scene,
    last: Draw | None,
    pool: Pool,
    *,
    sheet: TaskSheet,
    out: Mapping[str, tuple[PoolChange, tuple[str, ...]]],
    beside: Mapping[str, tuple[PoolChange, UnscheduledRun | None]],
    placed: Mapping[str, tuple[ListedAct, ...]],
) -> tuple[ListedChange, ...]:
    """Give what is not as it was since the ``last`` draw, in order; what subjects underwent later.

    Of two regions the narrower one is compared.

    ``out`` are the codes of those left out and the tasks whose checks they are left out for,
    ``beside`` the codes of those whose grade is not that of the calendar's last run, ``placed`` of
    those who were placed anew since the plan was displayed (``placed_since_display``).
    """
    found, region = dict[str, ListedChange](), sheet.region
    if last is not None:
        for one in _comparable(work, compared(work[Pools].get(last.pool_hash), pool), last, region):
            found[one.code] = ListedChange(
                about=one.code, kinds=(one.kind,), was=one.was, now=one.now
            )
        found |= {one.about: one for one in _of_things(work, scene, sheet, frozen_at(last))}
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
    stand = pool.strata_of(placed)
    for about, done in placed.items():
        now = stand.get(about, "")
        known = found.get(about) or ListedChange(
            about=about, kinds=(), was=now if last else "", now=now
        )
        kinds = (*known.kinds, PoolChange.SINCE_DISPLAY)
        found[about] = evolve(known, kinds=kinds, acts=(*known.acts, *done))
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
    firms = by_codes(work.unit, [one.code for one in moved])
    outside = {
        code
        for code, one in firms.items()
        if not any(region_contains(narrower, at) for at in one.regions_since(since))
    }
    yield from (one for one in moved if one.code not in outside)


def _run_as_act(run: UnscheduledRun) -> ListedAct:
    return ListedAct(at=run.at, action=grade_subjects.name, actor=run.by, department=run.department)


def _of_things(
    work: Work, scene: Scene, sheet: TaskSheet, since: datetime
) -> Iterator[ListedChange]:
    """Give what was done since with all that says who is inspected, how often and for what.

    Those are the scene and its inspected tags, the task's checklist, the rule, and the models of
    the scene and of the rule, which crosses its own; and by whom subjects were graded.
    """
    rule = find(work.unit, GradingRules, scene.grading_rule or "")
    crossed = ("", "") if rule is None else (rule.risk_model, rule.credit_model)
    things: list[tuple[type[Repository[Any]], str, PoolChange]] = [
        (Scenes, scene.id, PoolChange.SCENE),
        *((Tags, one, PoolChange.TAG) for one in sorted(scene.resources.inspected_tags)),
        (Checklists, sheet.checklist.id, PoolChange.CHECKLIST),
        (GradingRules, scene.grading_rule or "", PoolChange.RULE),
        *((RiskModels, one.model, PoolChange.MODEL) for one in scene.risk_models),
        (RiskModels, crossed[0], PoolChange.MODEL),
        *((CreditModels, one.model, PoolChange.MODEL) for one in scene.credit_models),
        (CreditModels, crossed[1], PoolChange.MODEL),
    ]
    for port, id_, kind in dict.fromkeys(things):
        thing = target_of(port.kind, id_)
        done = [one for one in _entries_since(work, thing, since) if one.actor != CALENDAR]
        graded = [one for one in done if one.action in GRADING]
        changed = [one for one in done if one.action not in GRADING]
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
        fields=fields_changed(entry, thing), reason=dict(entry.note).get("reason", ""),
    )  # fmt: skip


def moments(
    work: Work,
    scene: Scene,
    last: Draw | None,
    changes: Iterable[ListedChange],
    graded_on: Mapping[str, date],
) -> Mapping[str, datetime]:
    """Give by code since when what was done with subjects explains their strata.

    It is the last draw; what moved a subject may be older, for the calendar grades only at the
    beginning of a cycle: since the day as of which the grades of that draw were. Whose grade is
    older than the calendar's last run was ``graded_on`` a day of his own.
    """
    found = dict[str, datetime]()
    frozen = None if last is None else frozen_at(last)
    day = None if frozen is None else evaluated_day(work, scene, local_day(frozen))
    for one in changes:
        since = [] if frozen is None or _MOVES.isdisjoint(one.kinds) else [frozen]
        if since and day is not None and PoolChange.MOVED in one.kinds:
            since.append(day_begun(day))
        if PoolChange.STALE in one.kinds and one.about in graded_on:
            since.append(day_begun(graded_on[one.about]))
        if since:
            found[one.about] = min(since)
    return found


def with_acts(
    work: Work, changes: Collection[ListedChange], since: Mapping[str, datetime]
) -> tuple[ListedChange, ...]:
    """Say of the subjects that moved what was done with them ``since`` when, and by whom.

    That is what was written of them, of their approval files, deleted ones too, and of their
    category, which puts tags on them; not who looked at them.
    """
    known = by_codes(work.unit, [one.about for one in changes if one.about in since])
    moments_of = dict[str, datetime]()
    for code, firm in known.items():
        moments_of[firm.id] = min(since[code], moments_of.get(firm.id, since[code]))
    firms = {one.id: one for one in known.values()}
    undergone = _undergone(work, firms.values(), moments_of)
    return tuple(
        evolve(one, acts=tuple(dict.fromkeys((*undergone[known[one.about].id], *one.acts))))
        if one.about in known
        else one
        for one in changes
    )


def _undergone(
    work: Work, subjects: Collection[Subject], since: Mapping[str, datetime]
) -> Mapping[str, list[ListedAct]]:
    """Give by subject what was done with each since its moment: the log is asked once for all.

    What concerns approval files and category of theirs comes after what concerns themselves.
    """
    if not subjects:
        return {}
    things = _things_about(work, subjects)
    found = {one.id: (list[ListedAct](), list[ListedAct]()) for one in subjects}
    for row in work[AuditQueries].about_any(things, min(since.values())):
        if row.entry.outcome is not Outcome.DONE:
            continue
        for thing in things.keys() & set(things_of(row.entry.targets)):
            act = _act(row.entry, thing)
            for id_ in things[thing]:
                own = thing == target_of(Subjects.kind, id_)
                counts = not own or act.fields or _wrote(row.entry, thing)
                if counts and row.entry.at > since[id_]:
                    found[id_][not own].append(act)
    return {id_: [*own, *beside] for id_, (own, beside) in found.items()}


def _things_about(work: Work, subjects: Collection[Subject]) -> Mapping[str, set[str]]:
    """Give subjects, their approval files and their categories, each with the subjects meant."""
    things = defaultdict[str, set[str]](set)
    for one in subjects:
        things[target_of(Subjects.kind, one.id)].add(one.id)
        if one.category:
            things[target_of(CATEGORIES.kind, one.category)].add(one.id)
    about = sorted(one.id for one in subjects)
    for file in work[Entries].of(APPROVAL_FILES).naming("subject", about, deleted=True):
        things[target_of(APPROVAL_FILES.kind, file.id)].add(file.content.subject)
    return things


def placed_since_display(
    work: Work, sheet: TaskSheet, scene: Scene, pools: Collection[Pool]
) -> Mapping[str, tuple[ListedAct, ...]]:
    """Give who was placed anew since the task's plan was displayed, and what was done, by code.

    That is whose tags, as far as the scene inspects them, or whose region, as far as the task's
    bounds are crossed, were changed: whoever stands in one of these pools, or would have stood
    there. The log is gone through once. Who has no code that is shown comes as ``kind/id``.
    """
    plan = find(work.unit, Plans, sheet.plan) if sheet.plan else None
    if plan is None or plan.displayed is None:
        return {}
    since, acts = plan.displayed.at, defaultdict[str, list[ListedAct]](list)
    tags = defaultdict[str, set[str]](set)
    unknown = set[str]()
    for entry in _placing_since(work, since):
        retagged = tags_changed(entry)
        for id_, fields in subjects_changed(entry).items():
            if fields & _PLACING_FIELDS:
                acts[id_].append(_act(entry, target_of(Subjects.kind, id_)))
                tags[id_] |= retagged.get(id_, set())
            if "tags" in fields and id_ not in retagged:
                unknown.add(id_)
    firms = work[Subjects].find_many(sorted(acts))
    there = set[str]().union(*(
        pool.strata_of([one.identity.code for one in firms]) for pool in pools
    ))  # fmt: skip
    inspected, found = set(scene.resources.inspected_tags), dict[str, tuple[ListedAct, ...]]()
    for one in firms:
        within = {region_contains(sheet.region, at) for at in one.regions_since(since)}
        retagged_there = bool(tags[one.id] & inspected) or one.id in unknown
        belongs = bool((one.tags | tags[one.id]) & inspected) or (
            one.id in scene.resources.subjects_added
        )
        crossed = within == {True, False} and belongs
        retagged_there &= True in within and (belongs or one.identity.code in there)
        if crossed or retagged_there:
            about = one.identity.shown or target_of(Subjects.kind, one.id)
            found[about] = tuple(acts[one.id])
    return found


_PLACING_FIELDS: Final = frozenset({"tags", "region"})
_PLACING: Final = frozenset(
    one.name
    for one in (
        correct_subject, tag_subject, categorise_subject, import_subjects, classify_subjects,
        register_subject, accept_data_change,
    )
)  # fmt: skip


def _placing_since(work: Work, since: datetime) -> Iterator[AuditEntry]:
    """Give the rows since a moment of whatever may place subjects anew, the newest first."""
    wanted = AuditFilter(since=since, actions=_PLACING, outcome=Outcome.DONE)
    for page in every_page(partial(work[AuditQueries].search, wanted)):
        yield from (row.entry for row in page.items)


def _wrote(entry: AuditEntry, thing: str) -> bool:
    """Tell whether a row says that the thing was stored, not only looked at."""
    found = map(read_target, entry.targets)
    return any(one is not None and target_of(one[0], one[1]) == thing for one in found)
