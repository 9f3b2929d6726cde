"""认领时抽取的结果: what departments drew when they claimed, drawn again to be checked."""

from collections.abc import Iterator, Sequence

from attrs import asdict, evolve, field, frozen

from supervision_core.draws.ports import Sifter
from supervision_core.draws.services.freezing import is_of_tree
from supervision_core.identity.services import Work, question
from supervision_core.identity.services.insight import require_insight
from supervision_core.identity.services.lists import ReferredName, names_in
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import FIRST_PAGE, PageRequest, page_among
from supervision_core.kernel.registers import (
    department,
    flag,
    integer,
    link,
    links,
    rows,
    text,
)
from supervision_core.officers.ports import Officers
from supervision_core.tasks.lists.tasks import (
    ClaimDrawView,
    UnstaffedView,
    claim_draw_views,
    unstaffed_views,
)
from supervision_core.tasks.model.list_proof import claim_proof
from supervision_core.tasks.model.sheet import DepartmentPart
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.services.claiming import places, usable_teams, visits_of
from supervision_core.tasks.services.tasks import task_in_reach


@frozen(kw_only=True)
class ViewClaimDraws:
    """A task whose departments draw their officers when they claim, and which page of whom."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("派员结果的分页"))


@frozen(kw_only=True)
class CheckedDrawView(ClaimDrawView):
    """A draw of a department, and whether drawing again gives the same."""

    holds: bool = flag("按种子重新抽取结果相同")
    proof: str = text("核对材料，存为文件后用 supervision verify-list-draw 核对")


@frozen(kw_only=True)
class ClaimTeamView:
    """A team of one's department out of which it may draw."""

    team: str = link("执法小组", "team", required=True)
    officers: int = integer("在岗人数", required=True)


@frozen(kw_only=True)
class SentView:
    """Who was drawn for a subject, and whom the department sends there now."""

    department: str = department("部门", required=True)
    subject: str = link("检查对象", "subject", required=True)
    drawn: tuple[str, ...] = links("抽中的检查人员", "officer")
    sent: tuple[str, ...] = links("现在的检查人员", "officer")


@frozen(kw_only=True)
class ClaimDraws:
    """认领时抽取的结果 (ClaimDraws): what departments of a task drew, each drawn again."""

    id: str = field(metadata=said("任务的编号", example="0123abcd"))
    number: str = text("任务编号", required=True)
    name: str = text("任务名称", required=True)
    draws: tuple[CheckedDrawView, ...] = rows("抽取", CheckedDrawView)
    unstaffed: tuple[UnstaffedView, ...] = rows("还没有派到检查人员的对象", UnstaffedView)
    sent: tuple[SentView, ...] = rows("派员结果", SentView)
    next_cursor: str | None = field(
        default=None, metadata=said("派员结果下一页的游标，最后一页为空")
    )
    names: tuple[ReferredName, ...] = field(default=(), metadata=said("所引用对象的名称"))


@frozen(kw_only=True)
class ViewClaimChoices:
    """A task in which one's own department draws its officers when it claims."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


@frozen(kw_only=True)
class ClaimChoices:
    """认领时可选的执法小组 (ClaimChoices): out of whom one's own department may draw, for whom."""

    id: str = field(metadata=said("任务的编号", example="0123abcd"))
    teams: tuple[ClaimTeamView, ...] = rows("本部门可选的执法小组", ClaimTeamView)
    officers: int = integer("本部门在岗执法人员数", required=True)
    unstaffed: tuple[UnstaffedView, ...] = rows("本部门还没有派到检查人员的对象", UnstaffedView)
    names: tuple[ReferredName, ...] = field(default=(), metadata=said("所引用对象的名称"))


@question("tasks.view_claim_choices", "查看认领时可选的执法小组")
def view_claim_choices(work: Work, about: ViewClaimChoices) -> ClaimChoices:
    """Tell out of which teams one's own department may draw, and for whom it still has to."""
    task = task_in_reach(work, about.task_id)
    department = work.actor.department
    part = task.part(department)
    active = {one.id for one in work[Officers].of_departments([department])}
    shown = ClaimChoices(
        id=task.id,
        teams=tuple(
            ClaimTeamView(team=one.id, officers=len(active & one.members))
            for one in usable_teams(work, task)
        ),
        officers=len(active),
        unstaffed=() if part is None else tuple(unstaffed_views(part)),
    )  # fmt: skip
    return evolve(shown, names=names_in(work, [shown]))


@question("tasks.view_claim_draws", "查看认领时抽取的检查人员")
def view_claim_draws(work: Work, about: ViewClaimDraws) -> ClaimDraws:
    """Draw again what departments drew when they claimed, and tell whether it is the same.

    So are the leaves of the platform's tree, whose roots were logged as their years began. Drawn
    is from what the task keeps: seed, candidates with certificates, recusals, numbers.
    """
    task = task_in_reach(work, about.task_id)
    drawn_at_claim = task.sheet.drawn_at_claim and any(part.draws for part in task.parts)
    visits = tuple(visits_of(work, task.id)) if drawn_at_claim else ()
    if task.closed or any(one.closed for one in visits):
        require_insight(work, "task", task.id, task.departments)
    draws, every = list[CheckedDrawView](), list[SentView]()
    for part in task.parts if drawn_at_claim else ():
        for view, sent in _drawn_again(work, part, visits):
            draws.append(view)
            every.extend(sent)
    page = page_among(every, about.page, query={"claim_draws": task.id})
    shown = ClaimDraws(
        id=task.id, number=task.sheet.number, name=task.sheet.name, draws=tuple(draws),
        unstaffed=tuple(each for part in task.parts for each in unstaffed_views(part)),
        sent=page.items, next_cursor=page.next_cursor,
    )  # fmt: skip
    return evolve(shown, names=names_in(work, [shown]))


def _drawn_again(
    work: Work, part: DepartmentPart, visits: Sequence[Visit]
) -> Iterator[tuple[CheckedDrawView, Sequence[SentView]]]:
    """Give each draw of a department, drawn again, with whom that sends, where it can be."""
    answered = {one.sheet.subject: one for one in visits if part.department in one.sheet.answering}
    each_with_places = part.draws_for(places(list(answered.values())))
    for view, (drawn, where) in zip(claim_draw_views(part), each_with_places, strict=True):
        found = drawn.again(where, work[Sifter])
        sent = [
            SentView(
                department=part.department, subject=one.id, drawn=one.officers,
                sent=tuple(
                    each.id for each in answered[one.id].officers
                    if each.department == part.department
                ),
            )
            for one in (() if found is None else found.visits)
        ]  # fmt: skip
        holds = drawn.gave(found, where) and is_of_tree(work.unit, drawn.leaf, drawn.drawn_at)
        proof = claim_proof(drawn, where)
        yield CheckedDrawView(**asdict(view, recurse=False), holds=holds, proof=proof), sent
