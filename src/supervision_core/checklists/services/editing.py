"""What an editor does with the parts of a checklist's draft, one command a part."""

from collections.abc import Iterator
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.checklists.files import ATTACHED
from supervision_core.checklists.model import (
    Checklist,
    ChecklistHead,
    ChecklistItem,
    ChecklistItemsUnfit,
)
from supervision_core.checklists.ports import Checklists
from supervision_core.checklists.reaching import checklist_to_change, editor_of
from supervision_core.files.services.attaching import attach, detach
from supervision_core.identity.model import Reading
from supervision_core.identity.services import Deeds, Work, does
from supervision_core.items.model import CheckContent, ItemState
from supervision_core.items.ports import CheckItems
from supervision_core.items.services.check_items import prepared
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said


def change_attachments(work: Work, checklist: Checklist, before: tuple[str, ...], at: str) -> None:
    """Hang the files of the draft on the checklist; take off what neither it nor a version names.

    ``before`` are those that the draft named, ``at`` is the field that names them now. Raises
    ``AttachmentsRefused``.
    """
    now = checklist.draft.attachments
    published = {one for each in checklist.versions for one in each.content.attachments}
    attach(work, ATTACHED, checklist.id, now, at=at)
    detach(work, ATTACHED, checklist.id,
           [one for one in before if one not in now and one not in published])  # fmt: skip


@frozen(kw_only=True)
class DescribeChecklist:
    """What a checklist shall say beside its items."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))
    head: ChecklistHead = field(metadata=said("检查单基本信息"))


@does(Checklist, "describe")
def describe_checklist(work: Work, cmd: DescribeChecklist) -> str:
    """Change name, trade, departments, note and files of a draft; its items stay."""
    checklist = checklist_to_change(work, cmd.checklist_id)
    before = checklist.draft.attachments
    checklist.describe(cmd.head, by=editor_of(work))
    change_attachments(work, checklist, before, "head.attachments")
    work.save(Checklists, checklist)
    return checklist.id


@frozen(kw_only=True)
class AddChecklistItems:
    """The items of the library to put into a checklist, and their domain."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))
    check_items: tuple[str, ...] = field(metadata=said("检查事项的编号", to="check_item"))
    domain: str = field(default="", metadata=said("检查领域", example="餐饮服务"))


@does(Checklist, "add_items")
def add_items(work: Work, cmd: AddChecklistItems) -> str:
    """Copy enabled items of the library into a draft; later changes there do not change it."""
    checklist = checklist_to_change(work, cmd.checklist_id)
    chosen = dict(_chosen(work, cmd))
    checklist.add_items(chosen, domain=cmd.domain.strip(), by=editor_of(work))
    work.save(Checklists, checklist)
    return checklist.id


def _chosen(work: Work, cmd: AddChecklistItems) -> Iterator[tuple[str, CheckContent]]:
    closed = []
    for at, id_ in enumerate(cmd.check_items):
        item = work[CheckItems].get(id_)
        work.reach_to_read(
            CheckItems.kind, id_, reading=Reading.OWNER_AND_BELOW,
            region=item.region, departments=item.departments,
        )  # fmt: skip
        if item.state is not ItemState.ENABLED:
            data = {"item": item.content.sub_item or item.content.matter}
            closed.append(Violation("checklists.item_not_enabled", f"check_items[{at}]", data))
        yield id_, item.content
    refuse_if(ChecklistItemsUnfit, closed)


@frozen(kw_only=True)
class WriteChecklistItem:
    """One item of a checklist as it shall be; a new one where no ``item`` is named."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))
    item: str = field(
        default="", metadata=said("要修改的检查单项编码，为空则新增一项", example="1.1")
    )
    line: ChecklistItem = field(metadata=said("检查单项"))


@does(Checklist, "write_item")
def write_item(work: Work, cmd: WriteChecklistItem) -> str:
    """Change one item of a draft, or put one of its own in; without a code it gets the next.

    What is cited is pinned with its wording, as in the library. Raises ``CheckItemIncomplete``.
    """
    checklist = checklist_to_change(work, cmd.checklist_id)
    before = next((one.content for one in checklist.draft.items if one.code == cmd.item), None)
    line = evolve(
        cmd.line, domain=cmd.line.domain.strip(), code=cmd.line.code.strip(),
        content=prepared(work, cmd.line.content, before),
    )  # fmt: skip
    checklist.write_item(line, item=cmd.item, by=editor_of(work))
    work.save(Checklists, checklist)
    return checklist.id


@frozen(kw_only=True)
class RemoveChecklistItems:
    """The items to take out of a checklist."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))
    items: tuple[str, ...] = field(metadata=said("检查单项编码"))


_CHECKLIST: Final = Deeds(Checklists, Checklist, told={"by": editor_of})
remove_items = _CHECKLIST.does(
    "remove_items", RemoveChecklistItems,
    "Take items out of a draft; the library and published versions keep them.",
)  # fmt: skip


@frozen(kw_only=True)
class ArrangeChecklistItems:
    """The codes of all items of a checklist, in the order in which they shall stand."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))
    items: tuple[str, ...] = field(metadata=said("全部检查单项编码，按新的顺序"))


arrange_items = _CHECKLIST.does(
    "arrange_items", ArrangeChecklistItems,
    "Put the items of a draft into an order; those of one domain and matter stay together.",
)  # fmt: skip


@frozen(kw_only=True)
class GroupChecklistItems:
    """The items of a checklist that belong to one domain."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))
    items: tuple[str, ...] = field(metadata=said("检查单项编码"))
    domain: str = field(metadata=said("检查领域，为空则不分领域", example="餐饮服务"))


@does(Checklist, "group_items")
def group_items(work: Work, cmd: GroupChecklistItems) -> str:
    """Put items of a draft into a domain, or, without one, into none."""
    checklist = checklist_to_change(work, cmd.checklist_id)
    checklist.group_items(cmd.items, domain=cmd.domain.strip(), by=editor_of(work))
    work.save(Checklists, checklist)
    return checklist.id
