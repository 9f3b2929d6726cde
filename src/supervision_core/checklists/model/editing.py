"""What an editor does with the items of a checklist, and in what two contents differ."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Final

import attrs
from attrs import define, evolve, field, frozen

from supervision_core.checklists.model.content import (
    GRADES,
    ChecklistContent,
    ChecklistHead,
    ChecklistItem,
)
from supervision_core.items.model import CheckContent, changed_fields
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.fields import said

_NUMBERED: Final = re.compile(r"([0-9]{1,6})\.([0-9]{1,6})")


@define(eq=False)
class ChecklistItemsUnfit(Refused):
    """The items that are named, or given, do not fit the checklist."""

    code: ClassVar[str] = "checklists.items_unfit"


@frozen(kw_only=True)
class ItemChange:
    """检查项变更 (ItemChange): an item that two contents say differently, and in which fields.

    ``fields`` are those of the check content, ``domain``, ``grades`` and ``origin``.
    """

    code: str = field(metadata=said("检查单项编码", example="1.1"))
    fields: tuple[str, ...] = field(metadata=said("有差异的字段"))


@frozen(kw_only=True)
class ContentChanges:
    """检查单差异 (ContentChanges): in what a later content differs from an earlier one.

    Items are the same where their codes are. ``moved`` tells that those in both stand in another
    order. Source: proposal 2380.
    """

    head: tuple[str, ...] = field(metadata=said("有差异的基本信息字段"))
    added: tuple[str, ...] = field(metadata=said("新增的检查单项编码"))
    removed: tuple[str, ...] = field(metadata=said("删除的检查单项编码"))
    changed: tuple[ItemChange, ...] = field(metadata=said("修改的检查单项"))
    moved: bool = field(metadata=said("检查项顺序是否调整", example=False))


def changes_between(before: ChecklistContent, after: ChecklistContent) -> ContentChanges:
    """Give in what ``after`` differs from ``before``."""
    earlier = {one.code: one for one in before.items}
    later = {one.code: one for one in after.items}
    both = [one for one in later if one in earlier]
    return ContentChanges(
        head=_unlike(before.head, after.head, (one.name for one in attrs.fields(ChecklistHead))),
        added=tuple(one for one in later if one not in earlier),
        removed=tuple(one for one in earlier if one not in later),
        changed=tuple(
            ItemChange(code=one, fields=found)
            for one in both
            if (found := item_changes(earlier[one], later[one]))
        ),
        moved=both != [one for one in earlier if one in later],
    )


def item_changes(before: ChecklistItem, after: ChecklistItem) -> tuple[str, ...]:
    """Name the fields in which two items of one code differ."""
    own = _unlike(before, after, ("domain", "grades", "origin"))
    return (*own, *changed_fields(before.content, after.content))


def _unlike(before: object, after: object, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for one in names if getattr(before, one) != getattr(after, one))


def with_head(content: ChecklistContent, head: ChecklistHead) -> ChecklistContent:
    """Give ``content`` with another head."""
    values = {one.name: getattr(head, one.name) for one in attrs.fields(ChecklistHead)}
    return evolve(content, **values)


def with_chosen(
    content: ChecklistContent, chosen: Mapping[str, CheckContent], domain: str
) -> ChecklistContent:
    """Give ``content`` with items of the library, by their ids, put into a domain.

    Each stands behind those of its matter, with the next free code there, and is asked of every
    grade. Raises ``ChecklistItemsUnfit`` for such as are there already.
    """
    there = {one.origin for one in content.items}
    refuse_if(ChecklistItemsUnfit, [
        Violation("checklists.item_chosen_twice", f"check_items[{at}]",
                  {"item": said_.sub_item or said_.matter})
        for at, (origin, said_) in enumerate(chosen.items()) if origin in there
    ])  # fmt: skip
    found = content
    for origin, said_ in chosen.items():
        item = ChecklistItem(
            code=next_code(found.items, domain, said_.matter),
            domain=domain, content=said_, grades=GRADES, origin=origin,
        )  # fmt: skip
        found = evolve(found, items=_put(found.items, item))
    return found


def next_code(items: Sequence[ChecklistItem], domain: str, matter: str) -> str:
    """Give the next free code of a matter in a domain: ``2.3`` behind ``2.2``."""
    known = [
        (one, int(found[1]), int(found[2]))
        for one in items
        if (found := _NUMBERED.fullmatch(one.code))
    ]
    own = [
        number for one, number, _ in known if (one.domain, one.content.matter) == (domain, matter)
    ]
    number = own[-1] if own else max((each for _, each, _ in known), default=0) + 1
    last = max((each for _, first, each in known if first == number), default=0)
    return f"{number}.{last + 1}"


def _put(items: Sequence[ChecklistItem], new: ChecklistItem) -> tuple[ChecklistItem, ...]:
    """Put an item behind those of its matter, else of its domain, else of all."""
    beside = [
        at
        for at, one in enumerate(items, 1)
        if (one.domain, one.content.matter) == (new.domain, new.content.matter)
    ] or [at for at, one in enumerate(items, 1) if one.domain == new.domain]
    at = beside[-1] if beside else len(items)
    return (*items[:at], new, *items[at:])


def with_written(content: ChecklistContent, item: ChecklistItem, code: str) -> ChecklistContent:
    """Give ``content`` with ``item`` in the place of the one of ``code``; a new one without.

    A new item without a code gets the next free one; a changed one keeps its origin. Raises
    ``ChecklistItemsUnfit`` for a code that another item has.
    """
    before = next((one for one in content.items if one.code == code), None)
    others = [one.code for one in content.items if one.code != code]
    given = item if before is None else evolve(item, origin=before.origin)
    if not given.code:
        given = evolve(
            given, code=code or next_code(content.items, item.domain, item.content.matter)
        )
    faults = [] if not code else _unknown(content, [code])
    if given.code in others:
        faults.append(Violation("checklists.item_code_unfit", "line.code", {"code": given.code}))
    refuse_if(ChecklistItemsUnfit, faults)
    if not code:
        return evolve(content, items=_put(content.items, given))
    return evolve(content, items=tuple(given if one.code == code else one for one in content.items))


def without_items(content: ChecklistContent, codes: Sequence[str]) -> ChecklistContent:
    """Give ``content`` without the items of these codes. Raises ``ChecklistItemsUnfit``."""
    refuse_if(ChecklistItemsUnfit, _unknown(content, codes))
    return evolve(content, items=tuple(one for one in content.items if one.code not in codes))


def in_order(content: ChecklistContent, codes: Sequence[str]) -> ChecklistContent:
    """Give ``content`` with its items in the order of ``codes``, each named once.

    Items of one domain, and of one matter in it, are kept together: each stands where its first
    does. Raises ``ChecklistItemsUnfit``.
    """
    by_code = {one.code: one for one in content.items}
    if sorted(codes) != sorted(by_code) or len(by_code) != len(content.items):
        raise ChecklistItemsUnfit((Violation("checklists.order_unfit", "items"),))
    domains: dict[str, dict[str, list[ChecklistItem]]] = {}
    for one in (by_code[code] for code in codes):
        domains.setdefault(one.domain, {}).setdefault(one.content.matter, []).append(one)
    return evolve(
        content,
        items=tuple(
            one for matters in domains.values() for found in matters.values() for one in found
        ),
    )


def in_domain(content: ChecklistContent, codes: Sequence[str], domain: str) -> ChecklistContent:
    """Give ``content`` with the items of these codes in a domain.

    Raises ``ChecklistItemsUnfit``.
    """
    refuse_if(ChecklistItemsUnfit, _unknown(content, codes))
    moved = evolve(
        content,
        items=tuple(
            evolve(one, domain=domain) if one.code in codes else one for one in content.items
        ),
    )
    return in_order(moved, [one.code for one in moved.items])


def _unknown(content: ChecklistContent, codes: Sequence[str]) -> list[Violation]:
    known = {one.code for one in content.items}
    return [
        Violation("checklists.item_unknown", f"items[{at}]", {"code": code})
        for at, code in enumerate(codes)
        if code not in known
    ]
