"""What is done with the library of check items."""

from attrs import frozen

from supervision_core.identity.services import Work, use_case
from supervision_core.items.model import CheckContent, CheckItem, CheckItemIncomplete
from supervision_core.items.ports import CheckItems
from supervision_core.kernel.errors import Violation


@frozen(kw_only=True)
class AddCheckItem:
    """A new item of the library."""

    code: str
    region: str
    content: CheckContent


@use_case("items.add_check_item")
def add_check_item(work: Work, cmd: AddCheckItem) -> str:
    """Add a check item, as a draft, to the library of a region; its code is unique there."""
    work.reach(
        "region",
        cmd.region,
        region=cmd.region,
        departments=cmd.content.joining | {cmd.content.department},
    )
    if work[CheckItems].find_by_code(cmd.region, cmd.code):
        raise CheckItemIncomplete((Violation("items.code_taken", "code", {"item": cmd.code}),))
    item = CheckItem(id=work.ids.next_id(), code=cmd.code, region=cmd.region, content=cmd.content)
    work.save(CheckItems, item)
    return item.id


def _item(work: Work, id: str) -> CheckItem:
    item = work[CheckItems].get(id)
    work.reach("check_item", item.id, region=item.region, departments=item.departments)
    return item


@frozen(kw_only=True)
class ReviseCheckItem:
    """A new content for an item."""

    item_id: str
    content: CheckContent


@use_case("items.revise_check_item")
def revise_check_item(work: Work, cmd: ReviseCheckItem) -> int:
    """Change what an item asks and give its revision; published checklists keep their copy."""
    item = _item(work, cmd.item_id)
    item.revise(cmd.content)
    work.save(CheckItems, item)
    return item.revision


@frozen(kw_only=True)
class EnableCheckItem:
    """The item to take into use."""

    item_id: str


@use_case("items.enable_check_item")
def enable_check_item(work: Work, cmd: EnableCheckItem) -> str:
    """Take an item into use; one without a legal basis is refused."""
    item = _item(work, cmd.item_id)
    item.enable(at=work.now)
    work.save(CheckItems, item)
    return item.id


@frozen(kw_only=True)
class DisableCheckItem:
    """The item to take out of use, and why."""

    item_id: str
    reason: str


@use_case("items.disable_check_item")
def disable_check_item(work: Work, cmd: DisableCheckItem) -> str:
    """Take an item out of use when the law or policy behind it changes."""
    item = _item(work, cmd.item_id)
    item.disable(cmd.reason, at=work.now)
    work.save(CheckItems, item)
    return item.id
