"""A task's whole file: looked at in order, drawn from for reviews, fixed by its manifest."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, cast

from attrs import evolve, field, frozen

from supervision_core.draws.ports import Draws, Pools
from supervision_core.draws.services.freezing import leaf_for
from supervision_core.files.ports import Attachments
from supervision_core.identity.model import PermissionDenied
from supervision_core.identity.services import Work, does, question
from supervision_core.identity.services.insight import require_insight
from supervision_core.identity.services.lists import ReferredName, names_in
from supervision_core.kernel.canonical import Json, canonical_json
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, ListQuery, Lists
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import (
    department,
    flag,
    integer,
    link,
    moment,
    rows,
    text,
)
from supervision_core.tasks.lists import PUBLICATIONS, RECTIFICATIONS, REVIEWS, TRANSFERS, VISITS
from supervision_core.tasks.model.archive import (
    FORMAT,
    ArchiveEntry,
    Manifest,
    make_manifest,
    pool_entry,
)
from supervision_core.tasks.model.chronicle import TaskFile
from supervision_core.tasks.model.publication import PublicationState, WithholdingGround
from supervision_core.tasks.model.review import Review, ReviewRefused
from supervision_core.tasks.model.review_draw import ReviewDraw
from supervision_core.tasks.model.sheet import StaffedAt, TaskState
from supervision_core.tasks.model.task import Task, TaskRefused
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.ports import Publications, Reviews, Tasks, Visits
from supervision_core.tasks.registers import shown_at_least_until
from supervision_core.tasks.services.grounds import judging, withdrawing
from supervision_core.tasks.services.publications import withhold_result
from supervision_core.tasks.services.tasks import task_in_reach
from supervision_core.tasks.words import TITLES


def _ids(work: Work, query: ListQuery[Any], **asked: object) -> Iterator[str]:
    """Give the ids of what a list shows where it is asked so, whoever asks."""
    lists, wanted = work[Lists], ListFilter(asked=asked)
    for page in every_page(lambda request: lists.page(query, wanted, request)):
        yield from (row.id for row in page.items)


def whole_file(work: Work, task: Task) -> TaskFile:
    """Give a task with everything that followed from it."""

    def those(query: ListQuery[Any]) -> tuple[Any, ...]:
        found = work[query.port]
        return tuple(found.get(one) for one in _ids(work, query, task=task.id))

    return TaskFile(
        task=task, visits=those(VISITS), rectifications=those(RECTIFICATIONS),
        transfers=those(TRANSFERS), reviews=those(REVIEWS), publications=those(PUBLICATIONS),
    )  # fmt: skip


def manifest_of(work: Work, found: TaskFile) -> Manifest:
    """List every record of a task's file with its SM3, as it is stored at this moment.

    Of an archived task as it was before: so the digest is the one that was kept, as long as nothing
    else has changed. Of whom was drawn, cleared draws too, the whole pool and the list of what was
    not as it was at the draw before: by it the numbers of a proof are explained.
    """
    those = (
        *(("visit", one) for one in found.visits),
        *(("rectification", one) for one in found.rectifications),
        *(("transfer", one) for one in found.transfers),
        *(("review", one) for one in found.reviews),
        *(("publication", one) for one in found.publications),
    )
    pieces = {f"{kind}/{one.id}.json": canonical_json(record_of(one)) for kind, one in those}
    task = {"task.json": canonical_json(_before_archiving(found.task))}
    return make_manifest(found.task.id, {**task, **pieces}, _pools(work, found.task))


def _pools(work: Work, task: Task) -> Iterator[ArchiveEntry]:
    """Give pools and lists of the task's draws; older draws have none, nor have their archives."""
    for draw in work[Draws].of_task(task.id):
        if draw.changes_hash is not None:
            pool, changes = work[Pools].get(draw.pool_hash), work[Pools].get(draw.changes_hash)
            yield pool_entry(f"draw/{draw.id}/pool.txt", pool)
            yield pool_entry(f"draw/{draw.id}/pool_changes.txt", changes)


_SINCE_ARCHIVED: Final = {TaskState.ARCHIVED: 1, TaskState.PUBLISHED: 2}
"""How many times a task was written since it was closed, by its state."""


_BESIDE: Final = frozenset({"_touched", "_visited", "lead", "_manifest_elsewhere"})
"""What tasks and visits keep for their own commands, what a publication repeats of its visit, what
is typed in of a file that was made elsewhere: no part of the record.
"""


_NEWER: Final[Mapping[str, Json]] = {
    "staffed": StaffedAt.BEFORE.value, "drawn": None, "drawn_at_claim": False,
    "drawn_again": [], "_drawn_at": None, "alone": [], "unstaffed": [], "drawn_at": None,
    "_withholding": None, "_withheld_on_ground": None, "_proposals": [], "ground": None,
    "_withdrawal": None,
    "_approval_due": None, "_proposers": [], "_sent_back": [], "selection": "", "late": False,
    "_superseded": [], "_former_conclusions": [], "_reopenings": [], "_confirm_due": None,
    "_leader_called": False, "_waivers": [], "corrected_because": "",
    "photo": "", "_grounds": [], "_judges": [], "basis": "", "beyond": False,
    "_sealings": [], "photo_sm3": "", "by": "", "leaf": None, "reviewers": [], "entered_by": "",
    "_repeated": [], "_awaited": None, "kept_by": "", "second": "", "second_at": None,
    "_delivered_again": [], "entered_for": "", "handpicked": None,
    "roster": [], "staff": 0, "changes": {}, "metres": None,
}  # fmt: skip
"""Fields that records of before have not: a record that makes no use of one goes without it."""


def _as_before(plain: Json) -> Json:
    if isinstance(plain, Mapping):
        return {
            name: _as_before(one)
            for name, one in plain.items()
            if name not in _NEWER or one != _NEWER[name]
        }
    return [_as_before(one) for one in plain] if isinstance(plain, list) else plain


def record_of(thing: Any) -> Mapping[str, Json]:
    """Give what an archive holds of a record.

    A field that is new must not appear in records of before: their digests were kept, and signed.
    """
    plain = cast("Mapping[str, Json]", to_plain(thing))
    kept = {name: one for name, one in plain.items() if name not in _BESIDE}
    return cast("Mapping[str, Json]", _as_before(kept))


def _before_archiving(task: Task) -> Json:
    """Give the record of a task without what archiving, and publishing, wrote into it."""
    plain = record_of(task)
    if task.state not in _SINCE_ARCHIVED:
        return plain
    before: Mapping[str, Json] = {
        "_state": TaskState.CLOSED.value, "_manifest": "", "_archived_at": None,
        "version": task.version - _SINCE_ARCHIVED[task.state],
    }  # fmt: skip
    return {**plain, **before}


@frozen(kw_only=True)
class ShowTaskFile:
    """The task whose file is wanted."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


@frozen(kw_only=True)
class StepView:
    """A step of a task."""

    at: datetime = moment("时间", required=True)
    step: str = text("环节", required=True)
    subject: str = link("检查对象", "subject")
    department: str = department("部门")
    by: str = link("办理人", "user")
    officer: str = link("执法人员", "officer")
    note: str = text("说明")


@frozen(kw_only=True)
class TaskFileView:
    """The whole of a task, step by step."""

    id: str = field(metadata=said("任务的编号", example="0123abcd"))
    number: str = text("任务编号", required=True)
    name: str = text("任务名称", required=True)
    archived: bool = flag("是否已归档")
    steps: tuple[StepView, ...] = rows("全流程", StepView)
    names: tuple[ReferredName, ...] = field(default=(), metadata=said("所引用对象的名称"))


@question("tasks.view_task_file", "查看任务全流程档案")
def view_task_file(work: Work, about: ShowTaskFile) -> TaskFileView:
    """Show what happened in a task that one's department leads or joins, oldest first."""
    task = task_in_reach(work, about.task_id)
    file = whole_file(work, task)
    if any(one.closed for one in file.visits):
        require_insight(work, "task", task.id, task.departments)
    shown = TaskFileView(
        id=task.id, number=task.sheet.number, name=task.sheet.name,
        archived=task.archived_at is not None,
        steps=tuple(
            StepView(
                at=one.at, step=one.step, subject=one.subject, department=one.department,
                by=one.by, officer=one.officer, note=one.note,
            )
            for one in file.chronicle
        ),
    )  # fmt: skip
    return evolve(shown, names=names_in(work, [shown]))


@frozen(kw_only=True)
class ArchiveTask:
    """A closed task; the SM3 of a file that was made elsewhere, where there is one."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    manifest: str = field(
        default="",
        metadata=said(
            "另行制作的档案的清单SM3，64位小写十六进制",
            example="00" * 32,
            hint="系统自行计算本平台所存档案的SM3；这里填写的只作记录，标明未经核对",
        ),
    )


@does(Task, "archive")
def archive_task(work: Work, cmd: ArchiveTask) -> None:
    """Fix a closed task's whole file by its manifest's SM3, which the audit log notes too.

    It follows from what is stored; that of a file which was made elsewhere is kept beside.
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    manifest = manifest_of(work, whole_file(work, task)).digest
    elsewhere = cmd.manifest.strip()
    task.archive(manifest=manifest, elsewhere=elsewhere, at=work.now)
    work.note(manifest=manifest, **({"elsewhere": elsewhere} if elsewhere else {}))
    work.save(Tasks, task)


@frozen(kw_only=True)
class PieceView:
    """A piece of a task's archive: a record, or a file that hangs on one."""

    name: str = text("名称", required=True, example="visit/0123abcd.json")
    of: str = text("附于", example="visit/0123abcd.json")
    sm3: str = text("SM3摘要", required=True, example="00ff")
    size: int = integer("大小（字节）", required=True)


@frozen(kw_only=True)
class ArchiveManifestView:
    """What the archive of a task consists of; ``kept`` is the digest that archiving fixed."""

    id: str = field(metadata=said("任务的编号", example="0123abcd"))
    number: str = text("任务编号", required=True)
    name: str = text("任务名称", required=True)
    format: str = text("清单格式", required=True, example=FORMAT)
    archived_at: datetime | None = moment("归档时间")
    kept: str = text("归档时所存的清单摘要（SM3）", required=True, example="00ff")
    digest: str = text("现在的清单摘要（SM3）", required=True, example="00ff")
    unchanged: bool = flag("与归档时一致")
    elsewhere: str = text("另行制作的档案的清单摘要（SM3），未经核对")
    records: tuple[PieceView, ...] = rows("记录", PieceView)
    files: tuple[PieceView, ...] = rows("文书和附件", PieceView)


@question("tasks.view_manifest", "查看档案清单", refuses=(TaskRefused,))
def view_manifest(work: Work, about: ShowTaskFile) -> ArchiveManifestView:
    """List the archive of a task that one's department leads or joins: records and files by SM3.

    Of records the digest is compared with the one that archiving kept; files are told beside, as
    they hang on these now. Raises ``TaskRefused`` for a task that is not archived.
    """
    task = task_in_reach(work, about.task_id)
    if task.archived_at is None:
        raise TaskRefused((Violation("tasks.not_archived", "task_id"),))
    found = whole_file(work, task)
    manifest = manifest_of(work, found)
    return ArchiveManifestView(
        id=task.id, number=task.sheet.number, name=task.sheet.name, format=manifest.format,
        archived_at=task.archived_at, kept=task.manifest, digest=manifest.digest,
        unchanged=manifest.digest == task.manifest, elsewhere=task.manifest_elsewhere,
        records=tuple(
            PieceView(name=one.name, sm3=one.sm3, size=one.size) for one in manifest.entries
        ),
        files=tuple(_hanging(work, found)),
    )  # fmt: skip


def _hanging(work: Work, found: TaskFile) -> Iterator[PieceView]:
    """Give the files that hang on the records of a task, in the order of these."""
    things: tuple[tuple[str, Any], ...] = (
        ("task", found.task),
        *(("visit", one) for one in found.visits),
        *(("rectification", one) for one in found.rectifications),
        *(("transfer", one) for one in found.transfers),
        *(("review", one) for one in found.reviews),
        *(("publication", one) for one in found.publications),
    )
    for kind, thing in things:
        for one in work[Attachments].of(kind, thing.id):
            if one.gone_at is None:
                yield PieceView(
                    name=one.name, of="task.json" if kind == "task" else f"{kind}/{thing.id}.json",
                    sm3=one.content.sm3, size=one.content.whole.size,
                )  # fmt: skip


@frozen(kw_only=True)
class DrawReviews:
    """Of which task how large a share of the finished visits is looked at again, and by whom."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    share: int = field(metadata=said("抽取比例，百分之几", example=10))
    officers: tuple[str, ...] = field(metadata=said("参加任务复核的执法人员", to="officer"))


@does(Task, "draw_reviews", answers="新指派的任务复核的编号")
def draw_reviews(work: Work, cmd: DrawReviews) -> list[str]:
    """Draw a share of a task's finished visits with third-party help, and give them to officers.

    Drawn is among those that nobody was given yet and that stood in no list before. Candidates and
    officers are fixed first, then the next leaf of the platform's tree gives the seed; all of it
    stands in the task. Nobody reviews what he inspected, or for what he judged a clue: where only
    such officers are named for a candidate, nothing is drawn.
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    given = {work[Reviews].get(one).visit for one in _ids(work, REVIEWS, task=task.id)}
    ready = _ids(work, VISITS, task=task.id, state=VisitState.COMPLETED, open=False, assisted=True)
    listed = ReviewDraw(
        share=cmd.share,
        candidates=tuple(sorted(set(ready) - given - task.listed_for_review)),
        reviewers=cmd.officers,
        by=work.actor.user,
        at=work.now,
    )
    assignable = dict[str, Review]()

    def draw(listed: ReviewDraw) -> ReviewDraw:
        assignable.update((one, _assigned(work, one, cmd.officers)) for one in listed.candidates)
        return listed.seeded(leaf_for(work, listed.listed))

    task.draw_reviews(listed, draw)
    made = [assignable[one] for one in task.review_draws[-1].picks]
    work.save(Tasks, task)
    work.save_all(Reviews, made)
    return [one.id for one in made]


def _assigned(work: Work, visit_id: str, officers: tuple[str, ...]) -> Review:
    visit = work[Visits].get(visit_id)
    kept_out = {one.id for one in visit.officers}.union(
        judging(work, visit, officers), withdrawing(work, visit, officers)
    )
    others = tuple(one for one in officers if one not in kept_out)
    if officers and not others:
        raise ReviewRefused((
            Violation("tasks.reviewer_inspected", "officers", {"visit": visit.sheet.number}),
        ))  # fmt: skip
    return Review.assign(id=work.ids.next_id(), visit=visit, officers=others)


@frozen(kw_only=True)
class DecideResults:
    """Whether the results of a task are shown: until when, or on which ground not and why."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    shown: bool = field(metadata=said("是否公开公示"))
    until: date | None = field(
        default=None, metadata=said("公示截止日期，公开的必填", example="2027-09-30")
    )
    ground: WithholdingGround | None = field(
        default=None,
        metadata=said(
            "不予公开的法定事由，不公开的必填", codes=TITLES[WithholdingGround],
            example="trade_secret",
        ),
    )  # fmt: skip
    reason: str = field(
        default="", metadata=said("不公开的理由，不公开的必填", example="含企业配方", long=True)
    )


@does(Task, "decide_results", answers="所决定的检查结果的编号")
def decide_results(work: Work, cmd: DecideResults) -> list[str]:
    """Show all results of a task on which nothing is decided yet, or none of them on a ground.

    Only the head of the lead, who may withhold one, withholds all.
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    due = list(_ids(work, PUBLICATIONS, task=task.id, state=PublicationState.DUE))
    task.decide_results(results_due=len(due))
    refuse_if(TaskRefused, _undecided(cmd))
    if not cmd.shown and not work.actor.may(withhold_result.permission):
        raise PermissionDenied(withhold_result.permission)
    found = [work[Publications].get(one) for one in due]
    today, by = local_day(work.now), work.actor.user
    for one in found:
        if cmd.until is not None and cmd.shown:
            least = shown_at_least_until(work.unit, one.region, today)
            one.show(until=cmd.until, least=least, at=work.now)
        elif cmd.ground is not None:
            one.withhold(ground=cmd.ground, reason=cmd.reason, by=by, at=work.now)
    work.save_all(Publications, found)
    return due


def _undecided(cmd: DecideResults) -> Iterator[Violation]:
    if cmd.shown and cmd.until is None:
        yield Violation("tasks.field_empty", "until")
    if not cmd.shown and cmd.ground is None:
        yield Violation("tasks.field_empty", "ground")
    if not cmd.shown and not cmd.reason.strip():
        yield Violation("tasks.field_empty", "reason")
