"""A handbook as readers have it: its text in order, without a word about who wrote it."""

from datetime import datetime

from attrs import field, frozen

from supervision_core.handbooks.model.content import (
    PARTS,
    HandbookContent,
    HandbookElement,
    HandbookPart,
    outline,
)
from supervision_core.handbooks.model.handbook import Handbook
from supervision_core.items.model import PROVISION, LawArticle
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import (
    choice,
    department,
    departments,
    integer,
    link,
    links,
    long_text,
    moment,
    region,
    rows,
    text,
    values,
)


@frozen(kw_only=True)
class HandbookElementText:
    """A demand as readers have it. Its id is that of the element in every version."""

    id: str = field(metadata=said("要素编号", example="0123abcd"))
    requirement: str = long_text("要素内容", required=True)
    risk: str = long_text("风险提示")
    basis: tuple[LawArticle, ...] = values("法律法规依据", LawArticle, offers=PROVISION)
    items: tuple[str, ...] = links("对应检查事项", "check_item")
    departments: tuple[str, ...] = departments("监管部门")


@frozen(kw_only=True)
class HandbookSectionText:
    """A chapter as readers have it; ``depth`` 1 is the outermost."""

    id: str = field(metadata=said("类别编号", example="0123abcd"))
    number: str = text("章节号", required=True, example="1.2")
    depth: int = integer("层次", required=True)
    part: HandbookPart = choice("所属部分", PARTS, required=True)
    name: str = text("手册类别", required=True)
    elements: tuple[HandbookElementText, ...] = rows("手册要素", HandbookElementText)


@frozen(kw_only=True)
class HandbookText:
    """手册正文 (HandbookText): what a version of a handbook says to readers.

    ``version`` 0 is a draft, which only those who work on handbooks read. Source: proposal
    6.4.1.1.1.2, 6.4.2.1.4.2.
    """

    id: str = field(metadata=said("手册编号", example="0123abcd"))
    version: int = integer("版本号", required=True)
    name: str = text("手册名称", required=True)
    trade: str = link("所属业态", "identity.trade")
    scene: str = link("场景名称", "scene")
    scope: str = text("监管对象范围", max_length=200)
    department: str = department("制定部门")
    region: str = region("行政区划", required=True)
    published_at: datetime | None = moment("发布时间")
    sections: tuple[HandbookSectionText, ...] = rows("章节", HandbookSectionText)


def _element(one: HandbookElement) -> HandbookElementText:
    told = one.content
    return HandbookElementText(
        id=one.id, requirement=told.requirement, risk=told.risk, basis=told.basis,
        items=told.items, departments=told.departments,
    )  # fmt: skip


def text_of(
    one: Handbook, content: HandbookContent, *, version: int, published_at: datetime | None
) -> HandbookText:
    """Give a content of a handbook as readers have it."""
    basics = content.basics
    return HandbookText(
        id=one.id, version=version, name=basics.name, trade=basics.trade, scene=basics.scene,
        scope=basics.scope, department=basics.department, region=one.region,
        published_at=published_at,
        sections=tuple(
            HandbookSectionText(
                id=each.chapter.id, number=each.number, depth=each.depth,
                part=each.chapter.content.part, name=each.chapter.content.name,
                elements=tuple(map(_element, each.elements)),
            )
            for each in outline(content)
        ),
    )  # fmt: skip


def version_text(one: Handbook, number: int) -> HandbookText:
    """Give version ``number`` as readers have it, 0 for the draft. Raises ``HandbookLocked``."""
    content = one.content_of(number)
    at = one.versions[number - 1].published_at if number else None
    return text_of(one, content, version=number, published_at=at)


@frozen(kw_only=True)
class HandbookLine:
    """手册条目 (HandbookLine): what a list says to readers of a handbook that is published.

    Source: proposal 6.4.1.1.1.1.
    """

    id: str = field(metadata=said("手册编号", example="0123abcd"))
    version: int = integer("版本号", required=True)
    name: str = text("手册名称", required=True)
    trade: str = link("所属业态", "identity.trade")
    scene: str = link("场景名称", "scene")
    scope: str = text("监管对象范围", max_length=200)
    department: str = department("制定部门")
    region: str = region("行政区划", required=True)
    published_at: datetime = moment("发布时间", required=True)


def readable_line(one: Handbook) -> HandbookLine | None:
    """Give what a list of published handbooks says of one, ``None`` where it is not published."""
    version = one.readable
    if version is None:
        return None
    basics = version.content.basics
    return HandbookLine(
        id=one.id, version=version.number, name=basics.name, trade=basics.trade,
        scene=basics.scene, scope=basics.scope, department=basics.department, region=one.region,
        published_at=version.published_at,
    )  # fmt: skip


def readable_text(one: Handbook) -> HandbookText | None:
    """Give what everybody may read of a handbook, ``None`` for nothing."""
    version = one.readable
    return None if version is None else version_text(one, version.number)


def mentions(told: HandbookText, wanted: str) -> bool:
    """Tell whether a handbook says a text: in its name, its scope, a chapter or an element."""
    texts = [told.name, told.scope]
    for section in told.sections:
        texts.append(section.name)
        texts += (one.requirement for one in section.elements)
        texts += (one.risk for one in section.elements)
    return any(wanted.casefold() in one.casefold() for one in texts)
