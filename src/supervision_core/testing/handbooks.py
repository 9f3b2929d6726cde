"""Fully filled examples of the handbooks context."""

from datetime import UTC, datetime, timedelta
from typing import Final

from attrs import evolve

from supervision_core.handbooks.model import (
    ChapterContent,
    ElementContent,
    Handbook,
    HandbookBasics,
    HandbookChapter,
    HandbookElement,
    HandbookFile,
    HandbookPart,
)
from supervision_core.items.model import LawArticle

AT: Final = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
BY: Final = "user-1"
ARTICLE: Final = LawArticle(document="旅行社条例", article="第六条")


def full_basics() -> HandbookBasics:
    """Give basics that say everything."""
    return HandbookBasics(
        name="旅行社合规经营手册", trade="trade-1", scene="scene-1", scope="旅行社法人、旅行社公司",
        department="文旅", position=3, batch="LXS112803",
    )  # fmt: skip


def full_element(id: str, chapter: str, requirement: str) -> HandbookElement:
    """Give an element that says everything."""
    content = ElementContent(
        requirement=requirement, risk="未经许可经营的，没收违法所得并处罚款", basis=(ARTICLE,),
        items=("item-1",), departments=("文旅", "市场监管"), position=1,
    )  # fmt: skip
    return HandbookElement(id=id, chapter=chapter, content=content)


def full_handbook(id: str = "handbook-1") -> Handbook:
    """Give a published handbook with two versions, a changed draft, two parts and a file."""
    made = Handbook.create(full_basics(), id=id, region="450000", at=AT, by=BY)
    files = (HandbookFile(file="file-1", name="旅行社合规经营手册.pdf"),)
    made.revise(full_basics(), files, at=AT, by=BY)
    chapters = (
        ("c-1", "", "经营资质", HandbookPart.GENERAL),
        ("c-2", "c-1", "许可证", HandbookPart.GENERAL),
        ("c-3", "", "旅游合同", HandbookPart.SPECIAL),
    )
    for number, (key, parent, name, part) in enumerate(chapters):
        content = ChapterContent(name=name, part=part, position=number)
        made.put_chapter(HandbookChapter(id=key, parent=parent, content=content), at=AT, by=BY)
    made.put_element(full_element("e-1", "c-2", "经营旅行社业务须取得许可证"), at=AT, by=BY)
    made.put_element(full_element("e-2", "c-3", "须与旅游者订立书面合同"), at=AT, by=BY)
    made.publish(at=AT, by=BY)
    changed = full_element("e-2", "c-3", "须与旅游者订立书面旅游合同")
    made.put_element(changed, at=AT, by=BY)
    made.publish(at=AT + timedelta(days=30), by=BY)
    draft = evolve(changed, content=evolve(changed.content, risk="", position=None))
    made.put_element(draft, at=AT + timedelta(days=31), by="user-2")
    made.take_events()
    return made
