"""What is done with the library of check items."""

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.identity.services import Deeds, Work, question, use_case
from supervision_core.identity.services.contents import broken_references, taken_in, with_ids
from supervision_core.identity.services.elements import Elements
from supervision_core.identity.services.lists import ReferredName, names_in
from supervision_core.identity.services.registers import reach_of
from supervision_core.items.model import (
    CheckContent,
    CheckItem,
    CheckItemIncomplete,
    ItemState,
    LawArticle,
    changed_fields,
    cited,
)
from supervision_core.items.ports import CheckItems, Laws
from supervision_core.items.registers import (
    CATALOGUE,
    CHECK_CONTENT_ELEMENTS,
    CHECK_ITEM_ELEMENTS,
    IMPLEMENTATION_ITEMS,
    IMPLEMENTATION_LISTS,
    MATTER,
)
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import Ask, Entries, Extras, Reading, link, violations_of
from supervision_core.kernel.registers import text as line

_REQUIRED = "kernel.register_required"


@frozen(kw_only=True)
class AddCheckItem:
    """A new item of the library; without a region it is one of the own region."""

    code: str = field(metadata=said("检查事项编码", example="FOOD-001"))
    content: CheckContent = field(metadata=said("检查内容"))
    region: str = field(
        default="",
        metadata=said("所属区划代码", example="450100", to="region", hint="不填为本级区划"),
    )


@use_case("items.add_check_item", "新增检查事项")
def add_check_item(work: Work, cmd: AddCheckItem) -> str:
    """Add a check item, as a draft, to the library of a region; its code is unique there."""
    return _added(work, cmd, _elements(work)).id


def _added(work: Work, cmd: AddCheckItem, elements: Elements) -> CheckItem:
    region = cmd.region or work.actor.scope.region
    departments = cmd.content.joining | {cmd.content.department}
    work.reach("region", region, region=region, departments=departments)
    if work[CheckItems].find_by_code(region, cmd.code):
        raise CheckItemIncomplete((Violation("items.code_taken", "code", {"item": cmd.code}),))
    item = CheckItem(
        id=work.ids.next_id(),
        code=cmd.code,
        region=region,
        content=_held(elements, region, prepared(work, cmd.content)),
        revised_at=work.now,
        revised_by=work.actor.user,
    )
    work.save(CheckItems, item)
    return item


def _elements(work: Work) -> Elements:
    return Elements(work, (CHECK_ITEM_ELEMENTS, CHECK_CONTENT_ELEMENTS))


def _held(
    elements: Elements, region: str, content: CheckContent, before: CheckContent | None = None
) -> CheckContent:
    """Give a content whose extras are held against the elements; what is not said stays.

    A draft may leave out what only the use of an item requires. Raises ``CheckItemIncomplete``.
    """
    extras = Extras() if before is None else before.extras
    kept, faults = elements.held(
        content.extras, extras, region=region, department=content.department
    )
    refuse_if(CheckItemIncomplete, [one for one in faults if one.code != _REQUIRED])
    return evolve(content, extras=kept)


def _gaps(elements: Elements, region: str, content: CheckContent) -> Iterator[Violation]:
    """Find what the use of an item requires and its content does not say."""
    values = content.extras.values
    found = elements.at(region=region, department=content.department)
    return (one for one in found.violations(values, values) if one.code == _REQUIRED)


def prepared(work: Work, content: CheckContent, before: CheckContent | None = None) -> CheckContent:
    """Pin the wording of what is cited; find references that are none.

    A draft may leave out what only the use of an item requires. Raises ``CheckItemIncomplete``.
    """
    faults = [one for one in violations_of(content) if one.code != _REQUIRED]
    faults += map(_said_of_matter, broken_references(work[Ask], content, before))
    known = set() if before is None else {*before.basis, before.penalty}
    basis = tuple(_pinned(work, one, "basis", known, faults) for one in content.basis)
    penalty = content.penalty and _pinned(work, content.penalty, "penalty", known, faults)
    refuse_if(CheckItemIncomplete, faults)
    return evolve(content, basis=basis, penalty=penalty)


def _said_of_matter(fault: Violation) -> Violation:
    """Say of a matter that is not in the catalogue what is to be done about it."""
    if fault.at != "matter_code":
        return fault
    matter = {"matter": fault.data["value"]}
    return Violation("items.matter_unknown", "content.matter_code", matter)


def _pinned(
    work: Work,
    article: LawArticle,
    at: str,
    known: set[LawArticle | None],
    faults: list[Violation],
) -> LawArticle:
    """Give a citation with its wording; one that stood there before stays as it was."""
    for one in known:
        if one is not None and str(one) == str(article):
            return one
    found, fault = cited(article, work[Laws].versions(article.document))
    if fault is not None:
        faults.append(evolve(fault, at=at))
    return found


def _item(work: Work, id: str) -> CheckItem:
    return work.reached(CheckItems, id)


@frozen(kw_only=True)
class ReviseCheckItem:
    """A new content for an item."""

    check_item_id: str = field(metadata=said("检查事项的编号", example="0123abcd", to="check_item"))
    content: CheckContent = field(metadata=said("修订后的检查内容"))


@use_case("items.revise_check_item", "修订检查事项", answers="修订后的版次")
def revise_check_item(work: Work, cmd: ReviseCheckItem) -> int:
    """Change what an item asks and give its revision; published checklists keep their copy.

    Every content that the item had stays, with who changed it and when.
    """
    item = _item(work, cmd.check_item_id)
    elements = _elements(work)
    content = _held(elements, item.region, prepared(work, cmd.content, item.content), item.content)
    if item.state is ItemState.ENABLED:
        refuse_if(CheckItemIncomplete, _gaps(elements, item.region, content))
    item.revise(content, at=work.now, by=work.actor.user)
    work.save(CheckItems, item)
    return item.revision


@frozen(kw_only=True)
class TagCheckItem:
    """The tags of the subjects that an item concerns."""

    check_item_id: str = field(metadata=said("检查事项的编号", example="0123abcd", to="check_item"))
    tags: tuple[str, ...] = field(metadata=said("监管对象标签", to="tag"))


@use_case("items.tag_check_item", "关联监管对象标签", answers="修订后的版次")
def tag_check_item(work: Work, cmd: TagCheckItem) -> int:
    """Say which subjects an item concerns, by their tags; what was said before goes."""
    item = _item(work, cmd.check_item_id)
    content = evolve(item.content, tags=frozenset(cmd.tags))
    refuse_if(CheckItemIncomplete, broken_references(work[Ask], content, item.content))
    item.tag(frozenset(cmd.tags), at=work.now, by=work.actor.user)
    work.save(CheckItems, item)
    return item.revision


@frozen(kw_only=True)
class EnableCheckItem:
    """The item to take into use."""

    check_item_id: str = field(metadata=said("检查事项的编号", example="0123abcd", to="check_item"))


@use_case("items.enable_check_item", "启用检查事项")
def enable_check_item(work: Work, cmd: EnableCheckItem) -> str:
    """Take an item into use; one without a legal basis that may be cited now is refused.

    So is one that says nothing in an element (拓展要素) that must be filled in.
    """
    item = _item(work, cmd.check_item_id)
    gaps = _gaps(_elements(work), item.region, item.content)
    refuse_if(CheckItemIncomplete, [*_no_longer_citable(work, item.content), *gaps])
    item.enable(at=work.now)
    work.save(CheckItems, item)
    return item.id


def _no_longer_citable(work: Work, content: CheckContent) -> Iterator[Violation]:
    for article in content.basis:
        _, fault = cited(article, work[Laws].versions(article.document))
        if fault is not None:
            yield evolve(fault, at="basis")


@frozen(kw_only=True)
class DisableCheckItem:
    """The item to take out of use, and why."""

    check_item_id: str = field(metadata=said("检查事项的编号", example="0123abcd", to="check_item"))
    reason: str = field(metadata=said("停用理由", example="依据的条款已废止", long=True))


_ITEM: Final = Deeds(CheckItems, CheckItem)
disable_check_item = _ITEM.act(
    "items.disable_check_item", "停用检查事项", "disable", DisableCheckItem,
    "Take an item out of use when the law or policy behind it changes.",
)  # fmt: skip


@frozen(kw_only=True)
class DeleteCheckItem:
    """The item to delete."""

    check_item_id: str = field(metadata=said("检查事项的编号", example="0123abcd", to="check_item"))


delete_check_item = _ITEM.act(
    "items.delete_check_item", "删除检查事项", "delete", DeleteCheckItem,
    "Delete an item that is not in use; checklists and tasks keep their copies.",
)  # fmt: skip


@frozen(kw_only=True)
class CheckItemLine:
    """A row of a table of check items; what it refers to is named, not numbered."""

    row: int = field(metadata=said("在表格中的行号", example=2))
    code: str = line("检查事项编码", required=True, max_length=60, example="FOOD-001")
    content: CheckContent = field(metadata=said("检查内容"))


@frozen(kw_only=True)
class ImportCheckItems:
    """Rows of a table of check items."""

    entries: tuple[CheckItemLine, ...] = field(metadata=said("各行"))


@use_case("items.import_check_items", "导入检查事项")
def import_check_items(work: Work, cmd: ImportCheckItems) -> Mapping[str, Json]:
    """Take check items of a table in: unknown codes are added as drafts, others revised."""
    elements = _elements(work)

    def take(row: CheckItemLine) -> str:
        content = with_ids(work[Ask], row.content)
        known = work[CheckItems].find_by_code(work.actor.scope.region, row.code)
        if known is None:
            _added(work, AddCheckItem(code=row.code, content=content), elements)
            return "added"
        item, before = _item(work, known.id), known.revision
        content = prepared(work, content, item.content)
        content = _held(elements, item.region, content, item.content)
        if item.state is ItemState.ENABLED:
            refuse_if(CheckItemIncomplete, _gaps(elements, item.region, content))
        item.revise(content, at=work.now, by=work.actor.user)
        if item.revision == before:
            return "same"
        work.save(CheckItems, item)
        return "changed"

    return taken_in(cmd.entries, take)


@frozen(kw_only=True)
class SynchronisedItem:
    """A check item as the system of the region's matters gives it, its references by name."""

    row: int = field(metadata=said("序号", example=1))
    guid: str = line("事项唯一标识", required=True, max_length=64, example="guid-0001")
    code: str = line("检查事项编码", required=True, max_length=60, example="FOOD-001")
    content: CheckContent = field(metadata=said("检查内容"))


@frozen(kw_only=True)
class SynchroniseCheckItems:
    """Check items as the system of the region's matters gives them."""

    entries: tuple[SynchronisedItem, ...] = field(metadata=said("各事项"))


@use_case("items.synchronise_check_items", "同步检查事项", by_programs="由上级平台的接口送来")
def synchronise_check_items(work: Work, cmd: SynchroniseCheckItems) -> Mapping[str, Json]:
    """Take in what the region's system says of check items; what was changed here stays.

    A field that nobody changed here follows the source; where both changed, the own value stays
    and the item shows the difference.
    """
    elements = _elements(work)

    def take(row: SynchronisedItem) -> str:
        content = with_ids(work[Ask], row.content)
        return _told(work, elements, row.code, row.guid, content)

    return taken_in(cmd.entries, take)


def _told(work: Work, elements: Elements, code: str, guid: str, said: CheckContent) -> str:
    """Take what the region's system says of an item into the own region's library."""
    content = prepared(work, said)
    known = work[CheckItems].find_by_code(work.actor.scope.region, code)
    if known is None:
        added = _added(work, AddCheckItem(code=code, content=content), elements)
        item = work[CheckItems].get(added.id)
    else:
        item = _item(work, known.id)
    source = item.source
    item.synchronise(content, guid=guid, at=work.now)
    if source is not None and source.content == content:
        return "same"
    work.save(CheckItems, item)
    return "added" if known is None else "changed"


@frozen(kw_only=True)
class CompileCheckItems:
    """The implementation list of whose items check items of the own department are made."""

    implementation_list: str = link("检查实施清单", IMPLEMENTATION_LISTS.name, required=True)


@use_case("items.compile_check_items", "从检查实施清单编制")
def compile_check_items(work: Work, cmd: CompileCheckItems) -> Mapping[str, Json]:
    """Make check items of an implementation list: unknown ones are drafts of the own department.

    What the region's system told of an item that is known goes into the fields that nobody changed
    here; one of an own list stays as it is. Answers how many were ``added``, ``changed`` and the
    ``same``. Source: proposal 2170, 2181.
    """
    stores = work[Entries]
    found = stores.of(IMPLEMENTATION_LISTS).get(cmd.implementation_list)
    reach = reach_of(work, IMPLEMENTATION_LISTS)
    if reach is not None and not reach.covers(found.region, found.department):
        raise work.foreign(IMPLEMENTATION_LISTS.kind, found.id)
    usable = found.enabled and not found.deleted and found.content.items
    refuse_if(CheckItemIncomplete, [] if usable else [Violation("items.list_empty", _LIST)])
    elements, kept = _elements(work), stores.of(IMPLEMENTATION_ITEMS)
    matter = _matter_of(work, found.content.catalogue)
    counts = {"added": 0, "changed": 0, "same": 0}
    for one in map(kept.get, found.content.items):
        if one.deleted:
            continue
        said = CheckContent(
            matter=one.content.name, content=one.content.content or one.content.name,
            method=one.content.method, department=work.actor.department,
            levels=found.content.levels, matter_code=matter,
        )  # fmt: skip
        code = one.content.code
        if one.synchronised:
            counts[_told(work, elements, code, code, said)] += 1
        elif work[CheckItems].find_by_code(work.actor.scope.region, code) is None:
            _added(work, AddCheckItem(code=code, content=said), elements)
            counts["added"] += 1
        else:
            counts["same"] += 1
    return {**counts}


_LIST: Final = "implementation_list"


def _matter_of(work: Work, catalogue: str) -> str:
    """Give the code of a matter of the catalogue, empty for one that is not in use."""
    if not catalogue:
        return ""
    code = work[Entries].of(CATALOGUE).get(catalogue).content.code
    found = work[Ask].resolve(MATTER, [code]).get(code)
    return code if found is not None and found.usable else ""


@frozen(kw_only=True)
class CompareRevisions:
    """Two revisions of an item; ``before`` 0 is what the region's system said last."""

    check_item_id: str = field(metadata=said("检查事项的编号", example="0123abcd", to="check_item"))
    before: int = field(metadata=said("较早的版本号，0为同步来源", example=1))
    after: int = field(metadata=said("较晚的版本号", example=2))


@frozen(kw_only=True)
class Comparison:
    """Two contents of an item, and the fields in which they differ."""

    before: CheckContent = field(metadata=said("较早的内容"))
    after: CheckContent = field(metadata=said("较晚的内容"))
    changed: tuple[str, ...] = field(metadata=said("有差异的字段"))
    names: tuple[ReferredName, ...] = field(metadata=said("所引用对象的名称"))


@question("items.compare_check_item_revisions", "对比检查事项版本")
def compare_revisions(work: Work, about: CompareRevisions) -> Comparison:
    """Show in which fields two revisions of an item differ, or an item and its source."""
    item = work[CheckItems].get(about.check_item_id)
    if item.state is ItemState.DELETED:
        raise work.foreign("check_item", item.id)
    work.reach_to_read(
        "check_item",
        item.id,
        reading=Reading.OWNER_AND_BELOW,
        region=item.region,
        departments=item.departments,
    )
    if about.before == 0 and item.source is not None:
        before = item.source.content
    else:
        before = item.revision_of(about.before).content
    after = item.revision_of(about.after).content
    return Comparison(
        before=before,
        after=after,
        changed=changed_fields(before, after),
        names=names_in(work, [before, after]),
    )
