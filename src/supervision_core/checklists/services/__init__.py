"""What is done with checklists."""

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from supervision_core.checklists.model import (
    Checklist,
    ChecklistContent,
    ChecklistLocked,
)
from supervision_core.checklists.ports import Checklists
from supervision_core.checklists.reaching import checklist_to_change, editor_of
from supervision_core.checklists.services.editing import change_attachments
from supervision_core.identity.model import Reading
from supervision_core.identity.services import Deeds, Work, does, use_case
from supervision_core.identity.services.contents import require_references
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said


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
        cmd.content, id=work.ids.next_id(), code=cmd.code, region=cmd.region, by=editor_of(work)
    )
    change_attachments(work, checklist, (), "content.attachments")
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
        by=editor_of(work),
    )
    work.reach("region", cmd.region, region=copied.region, departments=copied.departments)
    _refuse_taken(work, cmd.region, cmd.code)
    require_references(work.unit, copied.draft, (source.draft, source.versions))
    work.save(Checklists, copied)
    return copied.id


@frozen(kw_only=True)
class ReviseChecklist:
    """A new draft for a checklist."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))
    content: ChecklistContent = field(metadata=said("修订后的检查单内容"))
    note: str = field(default="", metadata=said("修订说明", example="增加冷链运输检查项"))


@does(
    Checklist, "revise", by_programs="整份检查单由程序送来，在页面上分部分编制"
)  # fmt: skip
def revise_checklist(work: Work, cmd: ReviseChecklist) -> str:
    """Change a checklist's draft; published versions stay as they are."""
    checklist = checklist_to_change(work, cmd.checklist_id)
    before = checklist.draft.attachments
    checklist.revise(cmd.content, by=editor_of(work), note=cmd.note)
    change_attachments(work, checklist, before, "content.attachments")
    work.save(Checklists, checklist)
    return checklist.id


@frozen(kw_only=True)
class NameChecklist:
    """A checklist."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))


_CHECKLIST: Final = Deeds(Checklists, Checklist, told={"by": editor_of})
publish_checklist = _CHECKLIST.does(
    "publish", NameChecklist,
    "Publish the draft as a new, immutable version and give its number.",
    answer=int, answers="发布的版本号",
)  # fmt: skip


enable_checklist = _CHECKLIST.does(
    "enable", NameChecklist, "Take a disabled checklist into use again."
)


disable_checklist = _CHECKLIST.does(
    "disable", NameChecklist, "Take a checklist out of use; tasks under way keep their version."
)


@does(Checklist, "make_default")
def make_checklist_default(work: Work, cmd: NameChecklist) -> str:
    """Offer a checklist first for its trade, in place of the one that was."""
    checklist = checklist_to_change(work, cmd.checklist_id)
    before = work[Checklists].default_of(checklist.region, checklist.draft.trade)
    if before and before.id != checklist.id:
        before.make_ordinary(by=editor_of(work))
        work.save(Checklists, before)
    checklist.make_default(by=editor_of(work))
    work.save(Checklists, checklist)
    return checklist.id


share_checklist = _CHECKLIST.does(
    "share", NameChecklist,
    "Let the staff of all regions look at a checklist as a pilot's, and copy it.",
)  # fmt: skip


unshare_checklist = _CHECKLIST.does(
    "unshare", NameChecklist,
    "Show a checklist to other regions no longer; what they copied stays theirs.",
)  # fmt: skip


delete_checklist = _CHECKLIST.does(
    "delete", NameChecklist,
    "Take a checklist off every list; what was published stays readable for its tasks.",
)  # fmt: skip
