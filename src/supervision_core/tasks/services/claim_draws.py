"""认领时抽取的结果: what departments drew when they claimed, drawn again to be checked."""

from attrs import asdict, evolve, field, frozen

from supervision_core.draws.ports import Sifter
from supervision_core.identity.services import Work, question
from supervision_core.identity.services.lists import ReferredName, names_in
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import (
    Ask,
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
from supervision_core.tasks.services.claiming import places, usable_teams, visits_answered
from supervision_core.tasks.services.tasks import task_in_reach


@frozen(kw_only=True)
class ViewClaimDraws:
    """A task whose departments draw their officers when they claim."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


@frozen(kw_only=True)
class CheckedDrawView(ClaimDrawView):
    """A draw of a department, and whether drawing again gives the same."""

    holds: bool = flag("按种子重新抽取结果相同")


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
    teams: tuple[ClaimTeamView, ...] = rows("本部门可选的执法小组", ClaimTeamView)
    officers: int = integer("本部门在岗执法人员数", required=True)
    names: tuple[ReferredName, ...] = field(default=(), metadata=said("所引用对象的名称"))


@question("tasks.view_claim_draws", "查看认领时抽取的检查人员")
def view_claim_draws(work: Work, about: ViewClaimDraws) -> ClaimDraws:
    """Draw again what departments drew when they claimed, and tell whether it is the same.

    Drawn is from what the task keeps: seed, candidates with certificates, recusals, numbers. Told
    is, too, out of which teams one's own department may draw.
    """
    task = task_in_reach(work, about.task_id)
    draws, sent = list[CheckedDrawView](), list[SentView]()
    for part in task.parts if task.sheet.drawn_at_claim else ():
        visits = {one.sheet.subject: one for one in visits_answered(work, task.id, part.department)}
        for view, (drawn, where) in zip(
            claim_draw_views(part), part.draws_for(places(list(visits.values()))), strict=True
        ):
            holds = drawn.holds(where)
            draws.append(CheckedDrawView(**asdict(view, recurse=False), holds=holds))
            sent.extend(
                SentView(
                    department=part.department, subject=one.id, drawn=one.officers,
                    sent=tuple(
                        each.id for each in visits[one.id].officers
                        if each.department == part.department
                    ),
                )
                for one in drawn.replay(where, work[Sifter]).visits
            )  # fmt: skip
    active = {one.id for one in work[Officers].of_departments([work.actor.department])}
    shown = ClaimDraws(
        id=task.id, number=task.sheet.number, name=task.sheet.name, draws=tuple(draws),
        unstaffed=tuple(each for part in task.parts for each in unstaffed_views(part)),
        sent=tuple(sent),
        teams=tuple(
            ClaimTeamView(team=one.id, officers=len(active & one.members))
            for one in usable_teams(work, task)
        ),
        officers=len(active),
    )  # fmt: skip
    return evolve(shown, names=names_in(work[Ask], [shown]))
