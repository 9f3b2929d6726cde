"""What two contents of a handbook differ in, told in words."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from attrs import frozen

from supervision_core.handbooks.model.content import (
    PARTS,
    HandbookChapter,
    HandbookContent,
    HandbookElement,
    beginning,
)
from supervision_core.kernel.registers import Content, FieldType, choice, described, long_text, text
from supervision_core.kernel.registers import Field as Described

Called = Callable[[str, str], str]
"""Says what a thing of a kind is called, by its id."""
_JOINT: Final = " / "


class DifferenceKind(StrEnum):
    """差异类型 (DifferenceKind): what became of a chapter, an element or a field."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


DIFFERENCES: Final[Mapping[str, str]] = {
    DifferenceKind.ADDED: "新增", DifferenceKind.REMOVED: "删除",
    DifferenceKind.CHANGED: "修改", DifferenceKind.MOVED: "移动",
}  # fmt: skip


@frozen(kw_only=True)
class HandbookDifference:
    """版本差异 (HandbookDifference): one thing in which two contents differ.

    ``where`` is the way to it through the chapters, ``what`` its field, empty where the whole came,
    went or moved.
    """

    kind: DifferenceKind = choice("变化", DIFFERENCES, required=True)
    where: str = text("位置", required=True, max_length=600, example="通用 / 经营资质")
    what: str = text("内容", example="风险提示")
    before: str = long_text("比较前", max_length=20_000)
    after: str = long_text("比较后", max_length=20_000)


def differences(
    before: HandbookContent, after: HandbookContent, called: Called
) -> Iterator[HandbookDifference]:
    """版本比较 (differences): tell in what ``after`` differs from ``before``.

    Basics first, then chapters, then elements: what went, what is left changed, what came. Things
    are called by their names. Source: proposal 6.4.2.1.4.1.5.
    """
    yield from _fields("基本信息", before.basics, after.basics, called)
    if before.attachments != after.attachments:
        old, new = ("、".join(one.name for one in each.attachments) for each in (before, after))
        yield HandbookDifference(
            kind=DifferenceKind.CHANGED, where="基本信息", what="上传文件", before=old, after=new,
        )  # fmt: skip
    known: dict[str, HandbookChapter] = {one.id: one for one in before.chapters}
    for one in before.chapters:
        if after.chapter(one.id) is None:
            yield _whole(DifferenceKind.REMOVED, _way(before, one.id), before=one.content.name)
    for one in after.chapters:
        was, way = known.get(one.id), _way(after, one.id)
        if was is None:
            yield _whole(DifferenceKind.ADDED, way, after=one.content.name)
            continue
        if was.parent != one.parent:
            yield _whole(DifferenceKind.MOVED, way, before=_way(before, one.id), after=way)
        yield from _fields(way, was.content, one.content, called)
    yield from _elements(before, after, called)


def _elements(
    before: HandbookContent, after: HandbookContent, called: Called
) -> Iterator[HandbookDifference]:
    known: dict[str, HandbookElement] = {one.id: one for one in before.elements}
    for one in before.elements:
        if after.element(one.id) is None:
            way = _way(before, one.chapter)
            yield _whole(DifferenceKind.REMOVED, way, before=one.content.requirement)
    for one in after.elements:
        old, way = known.get(one.id), _way(after, one.chapter)
        if old is None:
            yield _whole(DifferenceKind.ADDED, way, after=one.content.requirement)
            continue
        if old.chapter != one.chapter:
            yield _whole(
                DifferenceKind.MOVED, f"{way}{_JOINT}{beginning(one)}",
                before=_way(before, old.chapter), after=way,
            )  # fmt: skip
        yield from _fields(f"{way}{_JOINT}{beginning(one)}", old.content, one.content, called)


def _whole(
    kind: DifferenceKind, where: str, *, before: str = "", after: str = ""
) -> HandbookDifference:
    return HandbookDifference(kind=kind, where=where, before=before, after=after)


def _way(content: HandbookContent, chapter: str) -> str:
    way = content.way(chapter)
    part = [PARTS[way[0].content.part]] if way else []
    return _JOINT.join([*part, *(one.content.name for one in way)])


def _fields(
    where: str, before: Content, after: Content, called: Called
) -> Iterator[HandbookDifference]:
    for one in described(type(after)):
        old, new = (getattr(each, one.name) for each in (before, after))
        if old != new:
            yield HandbookDifference(
                kind=DifferenceKind.CHANGED, where=where, what=one.title,
                before=_words(one, old, called), after=_words(one, new, called),
            )  # fmt: skip


def _words(one: Described, value: Any, called: Called) -> str:
    if value is None:
        return ""
    parts = value if isinstance(value, tuple) else (value,)
    if one.to is not None:
        parts = tuple(called(one.to, each) for each in parts if each)
    elif one.codes:
        parts = tuple(one.codes[each] for each in parts)
    joint = "\n" if one.type is FieldType.VALUES else "、"
    return joint.join(str(each) for each in parts)
