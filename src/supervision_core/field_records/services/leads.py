"""A clue that an officer comes upon at a visit, noted without signal."""

from attrs import field, frozen

from supervision_core.clues.model import KINDS, ClueChannel, ClueKind, ClueSheet
from supervision_core.clues.services import RegisterClue, register_clue
from supervision_core.identity.services import Work
from supervision_core.kernel.fields import said
from supervision_core.tasks.ports import Tasks
from supervision_core.tasks.services.visits import visit_in_reach


@frozen(kw_only=True)
class ClueOfVisit:
    """What was come upon at a visit."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    title: str = field(metadata=said("线索标题", example="反映某乳制品厂生产环境脏乱"))
    content: str = field(metadata=said("线索内容", example="厂区排水沟积水，原料露天堆放"))
    kind: ClueKind = field(metadata=said("线索类型", codes=KINDS, example="report"))


def clue_of_visit(work: Work, cmd: ClueOfVisit) -> str:
    """Take in for one's own department what was come upon at a visit, about the firm visited."""
    visit = visit_in_reach(work, cmd.visit_id)
    sheet = ClueSheet(
        title=cmd.title, content=cmd.content, channel=ClueChannel.VISIT, kind=cmd.kind,
        region=visit.sheet.region, registered_by=work.actor.department,
        subject=visit.sheet.subject, scene=work[Tasks].get(visit.sheet.task).sheet.scene,
    )  # fmt: skip
    return register_clue.body(work, RegisterClue(sheet=sheet))
