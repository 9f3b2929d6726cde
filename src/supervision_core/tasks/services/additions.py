"""会商增加: the firms that a task visits besides its draw because it adopted an opinion."""

from collections.abc import Iterator

from attrs import frozen

from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.selection import Action, Adjustment
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.sheet import Opinion, OpinionAnswer, OpinionState
from supervision_core.tasks.model.task import Task


@frozen(kw_only=True)
class Addition:
    """An addition by hand that ``department`` asked for.

    Its actor is who gave the opinion, its approver who adopted it for the lead.
    """

    department: str
    adjustment: Adjustment


def additions_of(unit: UnitOfWork, task: Task, draw: Draw) -> tuple[Addition, ...]:
    """Give what adopted opinions add to the draw on which a task rests, each firm once.

    Whom the draw selects anyway is not added; a draw on which the task does not rest has none.
    Source: proposal 3055-3058, design §14.
    """
    if task.sheet.draw != draw.id or not task.wanted_subjects:
        return ()
    wanted = unit[Subjects].find_many(task.wanted_subjects)
    codes = {one.id: one.code_among(draw.selection) for one in wanted}
    found: dict[str, Addition] = {}
    for department, opinion, answer in _adopted(task):
        for subject in opinion.subjects_to_add:
            code = codes.get(subject, subject)
            if code not in draw.selection:
                found.setdefault(code, _addition(code, department, opinion, answer))
    return tuple(found.values())


def _adopted(task: Task) -> Iterator[tuple[str, Opinion, OpinionAnswer]]:
    for part in task.parts:
        opinion = part.opinion
        if opinion is None or opinion.answer is None or opinion.state is not OpinionState.ADOPTED:
            continue
        yield part.department, opinion, opinion.answer


def _addition(code: str, department: str, opinion: Opinion, answer: OpinionAnswer) -> Addition:
    words = opinion.changes.strip() or answer.text.strip()
    return Addition(
        department=department,
        adjustment=Adjustment(
            action=Action.ADD, id=code, by=opinion.by, at=answer.at, approver=answer.by,
            reason=f"采纳会商意见：{words or '未写明理由'}",
        ),
    )  # fmt: skip
