"""A list that is asked for a fragment: an index says where to look, and never what is there."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from sqlalchemy import Engine, event
from tests.integration.search.test_feed import World, _actor, world

from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.search import IndexPlace, SearchIndex
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.subjects.services import CorrectSubject, correct_subject
from supervision_core.testing.subjects import full_subject_draft

__all__ = ["world"]

CASES = cases_of(SUBJECTS)


def listed(world: World, text: str, region: str = "450000") -> list[str]:
    """Give the names of a list, which counts as many."""
    asked, actor = CASES.asking(name=text), _actor(region)
    names = [one.name for one in world.commands.ask(CASES.list, asked, actor=actor).items]
    assert world.commands.ask(CASES.count, asked, actor=actor).count == len(names)
    return names


def filled(world: World) -> None:
    """Let there be firms of two cities."""
    for number, name in enumerate(("南宁示例一店", "南宁示例二店", "新南宁店", "南宁（示例）店")):
        world.add(name, number)
    world.add("柳州示例店", 9, "450200")


@pytest.mark.parametrize("state", ["absent", "new", "behind", "foreign", "full", "long"])
def test_a_list_finds_any_fragment_whatever_the_index_knows(
    world: World, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same rows and counts: without an index, just written, far behind, another's, too many."""
    filled(world)
    module = "supervision_core.identity.services.narrowing"
    match state:
        case "absent":
            del world.transactions._ports[SearchIndex]  # type: ignore[attr-defined]
        case "behind":
            world.clock.at += timedelta(hours=1)
        case "foreign":
            world.index.change([], [], IndexPlace(2, "00"))
        case "full":
            world.feed.keep()
            monkeypatch.setattr(f"{module}.MOST_NARROWED", 1)
        case "long":
            monkeypatch.setattr(f"{module}.MOST_ROWS", 1)
    assert listed(world, "示例", "450100") == ["南宁示例一店", "南宁示例二店", "南宁（示例）店"]
    assert listed(world, "南宁店") == ["新南宁店"]
    assert listed(world, "（示") == ["南宁（示例）店"]
    assert listed(world, "新") == ["新南宁店"], "a single sign finds beginnings"
    assert listed(world, "宁") == []
    assert listed(world, "没有") == []
    renamed = evolve(full_subject_draft("91450100MA5TE0000"), name="新样板店", region="450103")
    asked = CASES.asking(name="例一")
    (one,) = world.commands.ask(CASES.list, asked, actor=_actor("450000")).items
    correct = CorrectSubject(subject_id=one.id, draft=renamed)
    world.commands.run(correct_subject, correct, actor=_actor("450000"))
    assert listed(world, "例一") == []
    assert listed(world, "样板") == ["新样板店"]


def test_the_index_says_where_to_look(world: World, sqlite_engine: Engine) -> None:
    """Once it has followed, rows are found by the ids that it names; control: by the region."""
    filled(world)
    sent: list[str] = []

    def keep(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        if "FROM subject" in statement and "subject.name) LIKE" in statement:
            sent.append(statement)

    event.listen(sqlite_engine, "before_cursor_execute", keep)
    world.feed.keep()
    listed(world, "示例一", "450103")
    assert [one.count("json_each") for one in sent] == [1, 1]
    world.index.change([], [], IndexPlace(2, "00"))
    listed(world, "示例一", "450103")
    event.remove(sqlite_engine, "before_cursor_execute", keep)
    assert [one.count("json_each") for one in sent[2:]] == [0, 0]
