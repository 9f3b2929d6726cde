"""What a handbook says: basics, a tree of chapters, elements; and what keeps it unpublished."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.items.model import PROVISION, LawArticle
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import (
    Content,
    choice,
    department,
    departments,
    integer,
    link,
    links,
    long_text,
    text,
    values,
    violations_of,
)

MOST_CHAPTERS: Final = 300
MOST_ELEMENTS: Final = 3_000
DEEPEST: Final = 4
"""How many chapters may lie in one another."""


class HandbookPart(StrEnum):
    """手册部分 (HandbookPart): what holds for the whole scene, or for one trade alone.

    Source: proposal 6.4.2.13.1 (4408).
    """

    GENERAL = "general"
    SPECIAL = "special"


PARTS: Final[Mapping[str, str]] = {HandbookPart.GENERAL: "通用", HandbookPart.SPECIAL: "专用"}


@frozen(kw_only=True)
class HandbookBasics(Content):
    """手册基本信息 (HandbookBasics): what a handbook is called, and for whom who made it.

    ``scope`` says in words to which objects it applies. Source: proposal 2407, 2443-2449, 5072.
    """

    name: str = text("手册名称", required=True, example="旅行社合规经营手册")
    trade: str = link("所属业态", "identity.trade", required=True)
    scene: str = link("场景名称", "scene", required=True)
    scope: str = text(
        "监管对象范围", required=True, max_length=200, example="旅行社法人、旅行社公司"
    )
    department: str = department("制定部门", required=True)
    position: int | None = integer("排序值", hint="数值小的排在前面，不填按0")
    batch: str = text("批次号", max_length=40, example="LXS112803")


@frozen(kw_only=True)
class ChapterContent(Content):
    """手册类别内容 (ChapterContent): what a chapter is called, and where among others it stands.

    The part of a chapter within another is that of the other. Source: proposal 2409.
    """

    name: str = text("手册类别", required=True, example="经营资质")
    part: HandbookPart = choice("所属部分", PARTS, default=HandbookPart.GENERAL)
    position: int | None = integer("排序", hint="数值小的排在前面，不填按0")


@frozen(kw_only=True)
class HandbookChapter:
    """手册类别 (HandbookChapter): a chapter of a handbook, in that of id ``parent`` if any."""

    id: str = field(metadata=said("类别编号", example="0123abcd"))
    parent: str = field(default="", metadata=said("上级类别的编号，最上级的为空"))
    content: ChapterContent = field(metadata=said("类别信息"))


@frozen(kw_only=True)
class ElementContent(Content):
    """手册要素内容 (ElementContent): one demand of the law in plain words, and the risk with it.

    ``items`` are the items of checks that ask for it, ``departments`` those that watch over it.
    Source: proposal 2399, 2409, 2459.
    """

    requirement: str = long_text("要素内容", required=True, listed=True)
    risk: str = long_text("风险提示", hint="违反这一要求的法律后果和常见问题")
    basis: tuple[LawArticle, ...] = values(
        "法律法规依据", LawArticle, offers=PROVISION,
        hint="每行一条，如《旅行社条例》（2020-11-29）第六条",
    )  # fmt: skip
    items: tuple[str, ...] = links("对应检查事项", "check_item")
    departments: tuple[str, ...] = departments("监管部门")
    position: int | None = integer("排序", hint="数值小的排在前面，不填按0")


@frozen(kw_only=True)
class HandbookElement:
    """手册要素 (HandbookElement): one demand, in its chapter."""

    id: str = field(metadata=said("要素编号", example="0123abcd"))
    chapter: str = field(metadata=said("所属类别的编号", example="0123abcd"))
    content: ElementContent = field(metadata=said("要素信息"))


@frozen(kw_only=True)
class HandbookFile:
    """手册附件 (HandbookFile): a file of a handbook, by the name under which it was sent."""

    file: str = field(metadata=said("文件编号", example="0123abcd"))
    name: str = field(metadata=said("文件名称", example="旅行社合规经营手册.pdf"))


@frozen(kw_only=True)
class HandbookContent:
    """手册内容 (HandbookContent): all that a version of a handbook says."""

    basics: HandbookBasics = field(metadata=said("手册基本信息"))
    chapters: tuple[HandbookChapter, ...] = field(default=(), metadata=said("手册类别"))
    elements: tuple[HandbookElement, ...] = field(default=(), metadata=said("手册要素"))
    attachments: tuple[HandbookFile, ...] = field(default=(), metadata=said("上传文件"))

    def chapter(self, id: str) -> HandbookChapter | None:
        """Give a chapter, if it has it."""
        return next((one for one in self.chapters if one.id == id), None)

    def element(self, id: str) -> HandbookElement | None:
        """Give an element, if it has it."""
        return next((one for one in self.elements if one.id == id), None)

    def way(self, chapter: str) -> tuple[HandbookChapter, ...]:
        """Give a chapter and those that it lies in, the outermost first."""
        found: list[HandbookChapter] = []
        one = self.chapter(chapter)
        while one is not None and one not in found:
            found.insert(0, one)
            one = self.chapter(one.parent) if one.parent else None
        return tuple(found)

    def below(self, chapter: str) -> frozenset[str]:
        """Give a chapter and all that lie in it, at any depth."""
        found = {chapter}
        while more := {one.id for one in self.chapters if one.parent in found} - found:
            found |= more
        return frozenset(found)


@frozen(kw_only=True)
class Section:
    """手册章节 (Section): a chapter as readers meet it: its number, its depth, its elements."""

    number: str
    depth: int
    chapter: HandbookChapter
    elements: tuple[HandbookElement, ...] = field(default=())


def _placed(position: int | None) -> int:
    return 0 if position is None else position


def outline(content: HandbookContent) -> tuple[Section, ...]:
    """手册目录 (outline): give the chapters with their elements in the order of reading.

    The general part comes first; chapters of one place, and elements, stand by their position,
    equals as they were added. Numbers count on through both parts.
    """
    below: dict[str, list[HandbookChapter]] = {}
    for one in content.chapters:
        below.setdefault(one.parent, []).append(one)
    held: dict[str, list[HandbookElement]] = {}
    for each in content.elements:
        held.setdefault(each.chapter, []).append(each)
    order = list(PARTS)

    def sections(parent: str, prefix: str, depth: int) -> Iterator[Section]:
        here = sorted(
            below.get(parent, ()),
            key=lambda one: (order.index(one.content.part), _placed(one.content.position)),
        )
        for number, one in enumerate(here, 1):
            name = f"{prefix}{number}"
            mine = sorted(held.get(one.id, ()), key=lambda each: _placed(each.content.position))
            yield Section(number=name, depth=depth, chapter=one, elements=tuple(mine))
            yield from sections(one.id, f"{name}.", depth + 1)

    return tuple(sections("", "", 1))


def in_parts_of_parents(chapters: Iterable[HandbookChapter]) -> tuple[HandbookChapter, ...]:
    """Give chapters, each in the part of the one that it lies in."""
    content = {one.id: one for one in chapters}

    def part(one: HandbookChapter) -> HandbookPart:
        while one.parent in content:
            one = content[one.parent]
        return one.content.part

    return tuple(
        evolve(one, content=evolve(one.content, part=part(one))) for one in content.values()
    )


def chapter_violations(content: HandbookContent, put: HandbookChapter) -> Iterator[Violation]:
    """Give every reason why a chapter may not stand so."""
    yield from violations_of(put.content)
    if put.parent and content.chapter(put.parent) is None:
        yield Violation("handbooks.chapter_unknown", "parent_id")
    elif put.parent in content.below(put.id):
        yield Violation("handbooks.chapter_in_itself", "parent_id")
    else:
        above = len(content.way(put.parent)) if put.parent else 0
        if above + _height(content, put.id) > DEEPEST:
            yield Violation("handbooks.chapter_too_deep", "parent_id", {"most": DEEPEST})
    for one in content.chapters:
        same = one.parent == put.parent and one.content.name == put.content.name
        if same and one.id != put.id:
            yield Violation("handbooks.chapter_twice", "name", {"name": put.content.name})
    if content.chapter(put.id) is None and len(content.chapters) >= MOST_CHAPTERS:
        yield Violation("handbooks.chapters_too_many", data={"most": MOST_CHAPTERS})


def _height(content: HandbookContent, chapter: str) -> int:
    below = [one.id for one in content.chapters if one.parent == chapter]
    return 1 + max((_height(content, one) for one in below), default=0)


def element_violations(content: HandbookContent, put: HandbookElement) -> Iterator[Violation]:
    """Give every reason why an element may not stand so."""
    yield from violations_of(put.content)
    if content.chapter(put.chapter) is None:
        yield Violation("handbooks.chapter_unknown", "chapter_id")
    if content.element(put.id) is None and len(content.elements) >= MOST_ELEMENTS:
        yield Violation("handbooks.elements_too_many", data={"most": MOST_ELEMENTS})


_BEGINNING: Final = 20


def beginning(element: HandbookElement) -> str:
    """Give the first words of an element, by which people know it."""
    line = " ".join(element.content.requirement.split())
    return line if len(line) <= _BEGINNING else f"{line[:_BEGINNING]}…"


def publication_violations(content: HandbookContent) -> Iterator[Violation]:
    """Give every reason why ``content`` may not be published.

    Every chapter says something; every element has a legal basis (法定之外无新增) and a risk hint
    (合规内容与违法风险一一对应). Source: proposal 2395-2399.
    """
    yield from violations_of(content.basics)
    if not content.elements:
        yield Violation("handbooks.elements_missing")
    for section in outline(content):
        name = f"{section.number} {section.chapter.content.name}"
        if not section.elements and not any(
            one.parent == section.chapter.id for one in content.chapters
        ):
            yield Violation("handbooks.chapter_empty", data={"chapter": name})
        for one in section.elements:
            data = {"chapter": name, "element": beginning(one)}
            if not one.content.basis:
                yield Violation("handbooks.basis_missing", data=data)
            if not one.content.risk.strip():
                yield Violation("handbooks.risk_missing", data=data)
