"""Handbooks on pages without scripts: chapters and elements put and taken, previews, readings."""

from typing import Any

import pytest
from attrs import evolve

from supervision_core.handbooks.lists import HANDBOOKS
from supervision_core.handbooks.ports import HandbookReadings, Handbooks
from supervision_core.testing.handbooks import full_handbook

from .browsing import Browser, Document
from .conftest import ClerkOf, Surface
from .test_pages_lists import settle_handbook

BASE = "/gov/handbooks/handbooks/one"
WRITES = ("put_chapter", "take_chapter", "put_element", "take_element", "publish", "withdraw")
READS = ("list_published", "read_published", "read_version", "view_draft", "view_differences")


@pytest.fixture
def writer(surface: Surface, clerk_of: ClerkOf) -> Browser:
    """Give the browser of who writes a handbook of his department, which is published."""
    with surface.province.platform.transactions.begin() as unit:
        one: Any = full_handbook("one")
        settle_handbook(one, 1, "450100", "nanning")
        alone = [
            evolve(each, content=evolve(each.content, items=(), departments=()))
            for each in one.draft.elements
        ]
        one._draft = evolve(one.draft, elements=tuple(alone))
        unit[Handbooks].save(one)
        unit.commit()
    surface.let("system", *(f"handbooks.{one}" for one in (*WRITES, *READS)))
    return clerk_of(HANDBOOKS)


def sent(writer: Browser, path: str, **filled: str) -> Document:
    """Send a form and give the page to which it leads."""
    answer = writer.send(path, **filled)
    assert answer.status_code == 303, Document(answer.text).words
    return writer.see(answer.headers["location"])


@pytest.mark.function("F059", surface="page")
def test_chapters_and_elements_are_put_and_taken(writer: Browser) -> None:
    """新增、修改、删除: a form about something new is blank, else it says what there is."""
    page = sent(writer, f"{BASE}/chapter?parent_id=c-3", name="电子合同")
    assert "2.1 电子合同" in page.words
    page = writer.see(f"{BASE}/element?element_id=e-2&chapter_id=c-3")
    assert page.fields["requirement"] == "须与旅游者订立书面旅游合同"
    assert page.fields["basis"] == "《旅行社条例》第六条"
    page = sent(writer, f"{BASE}/element?element_id=e-2&chapter_id=c-3", risk="责令改正")
    assert "责令改正" in page.words
    page = sent(writer, f"{BASE}/element?chapter_id=c-3", requirement="新的要求")
    assert "新的要求" in page.words
    found = writer.see(f"{BASE}/edit?text=新的")
    assert "责令改正" not in found.words
    page = sent(writer, f"{BASE}/take_element?element_id=e-2&chapter_id=c-3")
    assert "责令改正" not in page.words
    refused = writer.send(f"{BASE}/take_chapter?chapter_id=c-3")
    assert refused.status_code == 422
    assert "还有下级类别或要素" in refused.text


def test_a_form_of_an_older_version_changes_nothing(writer: Browser) -> None:
    """Two editors at once: who sends later is told, and loses nothing that he typed."""
    stale = writer.see(f"{BASE}/element?chapter_id=c-3").forms[f"{BASE}/element"]
    sent(writer, f"{BASE}/chapter", name="先存的类别")
    answer = writer.go(f"{BASE}/element", {**stale, "requirement": "后存的要素"})
    assert answer.status_code == 412
    assert "后存的要素" in answer.text


@pytest.mark.function("F060", surface="page")
def test_versions_are_previewed_and_compared(writer: Browser) -> None:
    """The draft and each version as readers would have it; in words what they differ in."""
    assert "须与旅游者订立书面合同" in writer.see(f"{BASE}/preview?version=1&as=phone").words
    assert "须与旅游者订立书面旅游合同" in writer.see(f"{BASE}/preview").words
    words = writer.see(f"{BASE}/compare?before=1&after=2").words
    assert {"修改", "要素内容", "须与旅游者订立书面合同", "须与旅游者订立书面旅游合同"} <= set(
        words
    )


@pytest.mark.function("F016", surface="page")
def test_reading_is_counted_and_shows_what_is_published(surface: Surface, writer: Browser) -> None:
    """Staff read the newest version, not the draft; each opening counts once for them."""
    page = writer.see("/gov/handbooks/reading")
    assert "未经许可经营的，没收违法所得并处罚款" in page.words
    writer.see("/gov/handbooks/reading?handbook=one&text=书面")
    with surface.province.platform.transactions.begin() as unit:
        counts = unit[HandbookReadings].of(["one"])["one"]
    assert (counts.staff, counts.public) == (2, 0)
    sent(writer, "/gov/handbooks/do/withdraw?handbook_id=one")
    assert "没有符合条件的手册。" in writer.see("/gov/handbooks/reading").words
