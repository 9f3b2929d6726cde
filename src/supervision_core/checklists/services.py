"""What is done with checklists."""

from collections.abc import Mapping

from attrs import field, frozen

from supervision_core.checklists.model import (
    Checklist,
    ChecklistContent,
    ChecklistLocked,
    Editor,
)
from supervision_core.checklists.ports import Checklists
from supervision_core.identity.model import Reading
from supervision_core.identity.services import Work, does, use_case
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said


def _editor(work: Work) -> Editor:
    return Editor(person=work.actor.user, department=work.actor.department, at=work.now)


def _checklist(work: Work, id: str) -> Checklist:
    checklist = work[Checklists].get(id)
    work.reach(
        "checklist", checklist.id, region=checklist.region, departments=checklist.departments
    )
    return checklist


def _refuse_taken(work: Work, region: str, code: str) -> None:
    if work[Checklists].find_by_code(region, code):
        raise ChecklistLocked((Violation("checklists.code_taken", "code", {"code": code}),))


@frozen(kw_only=True)
class CreateChecklist:
    """A new checklist's code, region and content."""

    code: str = field(metadata=said("检查单编码", example="DAIRY-01"))
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    content: ChecklistContent = field(metadata=said("检查单内容"))


@use_case("checklists.create", "新增检查单")
def create_checklist(work: Work, cmd: CreateChecklist) -> str:
    """Begin a checklist as a draft; its code is unique in its region."""
    work.reach("region", cmd.region, region=cmd.region, departments=cmd.content.departments)
    _refuse_taken(work, cmd.region, cmd.code)
    checklist = Checklist.create(
        cmd.content, id=work.ids.next_id(), code=cmd.code, region=cmd.region, by=_editor(work)
    )
    work.save(Checklists, checklist)
    return checklist.id


@frozen(kw_only=True)
class CopyChecklist:
    """The pilot's checklist, and what it becomes here."""

    checklist_id: str = field(
        metadata=said("被复用的试点检查单的编号", example="0123abcd", to="checklist")
    )
    code: str = field(metadata=said("新检查单的编码", example="DAIRY-NN-01"))
    region: str = field(metadata=said("新检查单的区划代码", example="450100", to="region"))
    departments: Mapping[str, str] = field(metadata=said("部门对应：原部门编号对应本地部门编号"))


@use_case("checklists.copy", "复制检查单")
def copy_checklist(work: Work, cmd: CopyChecklist) -> str:
    """Begin a checklist with the content of another region's published one.

    Pilots are shared across regions once they are published: then only the copy must lie in the
    actor's scope.
    """
    source = work[Checklists].get(cmd.checklist_id)
    work.reach_to_read(
        Checklists.kind,
        source.id,
        reading=Reading.EVERYONE if source.versions else Reading.OWNER,
        region=source.region,
        departments=source.departments,
    )
    copied = source.copy(
        id=work.ids.next_id(),
        code=cmd.code,
        region=cmd.region,
        departments=cmd.departments,
        by=_editor(work),
    )
    work.reach("region", cmd.region, region=copied.region, departments=copied.departments)
    _refuse_taken(work, cmd.region, cmd.code)
    work.save(Checklists, copied)
    return copied.id


@frozen(kw_only=True)
class ReviseChecklist:
    """A new draft for a checklist."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))
    content: ChecklistContent = field(metadata=said("修订后的检查单内容"))
    note: str = field(default="", metadata=said("修订说明", example="增加冷链运输检查项"))


@does(Checklist, "revise")
def revise_checklist(work: Work, cmd: ReviseChecklist) -> str:
    """Change a checklist's draft; published versions stay as they are."""
    checklist = _checklist(work, cmd.checklist_id)
    checklist.revise(cmd.content, by=_editor(work), note=cmd.note)
    work.save(Checklists, checklist)
    return checklist.id


@frozen(kw_only=True)
class PublishChecklist:
    """The checklist whose draft is to be published."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))


@does(Checklist, "publish", answers="发布的版本号")
def publish_checklist(work: Work, cmd: PublishChecklist) -> int:
    """Publish the draft as a new, immutable version and give its number."""
    checklist = _checklist(work, cmd.checklist_id)
    number = checklist.publish(by=_editor(work))
    work.save(Checklists, checklist)
    return number


@frozen(kw_only=True)
class EnableChecklist:
    """The checklist to take into use again."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))


@does(Checklist, "enable")
def enable_checklist(work: Work, cmd: EnableChecklist) -> str:
    """Take a disabled checklist into use again."""
    checklist = _checklist(work, cmd.checklist_id)
    checklist.enable(by=_editor(work))
    work.save(Checklists, checklist)
    return checklist.id


@frozen(kw_only=True)
class DisableChecklist:
    """The checklist to take out of use."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))


@does(Checklist, "disable")
def disable_checklist(work: Work, cmd: DisableChecklist) -> str:
    """Take a checklist out of use; tasks under way keep their version."""
    checklist = _checklist(work, cmd.checklist_id)
    checklist.disable(by=_editor(work))
    work.save(Checklists, checklist)
    return checklist.id


@frozen(kw_only=True)
class MakeChecklistDefault:
    """The checklist to offer first for its trade."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))


@does(Checklist, "make_default")
def make_checklist_default(work: Work, cmd: MakeChecklistDefault) -> str:
    """Offer a checklist first for its trade, in place of the one that was."""
    checklist = _checklist(work, cmd.checklist_id)
    before = work[Checklists].default_of(checklist.region, checklist.draft.trade)
    if before and before.id != checklist.id:
        before.make_ordinary(by=_editor(work))
        work.save(Checklists, before)
    checklist.make_default(by=_editor(work))
    work.save(Checklists, checklist)
    return checklist.id


@frozen(kw_only=True)
class DeleteChecklist:
    """The checklist to take off every list."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))


@does(Checklist, "delete")
def delete_checklist(work: Work, cmd: DeleteChecklist) -> str:
    """Take a checklist off every list; what was published stays readable for its tasks."""
    checklist = _checklist(work, cmd.checklist_id)
    checklist.delete(by=_editor(work))
    work.save(Checklists, checklist)
    return checklist.id
