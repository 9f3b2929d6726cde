"""What pages by hand add to lists stands in the parts of these, too."""

from types import SimpleNamespace
from typing import Any, cast

from entrypoints.http.routes import Call
from entrypoints.http.web.links import links_above, links_of_one, links_of_row
from entrypoints.registered import lists
from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.kernel.listing import partial_of

CALL = cast("Call", SimpleNamespace(who=SimpleNamespace(may=lambda _: True)))


def test_a_part_of_a_list_has_the_links_of_the_whole() -> None:
    """Beside one thing, and beside a row where it has none of its own; above, none."""
    one: Any = SimpleNamespace(id="x", allowed=(), content=SimpleNamespace(published=True))
    pilots = lists()["checklists.pilot_checklist"]
    titles = [link["title"] for link in links_of_one(CALL, pilots, one)]
    assert titles == ["预览与下载", "版本对比"]
    assert [*links_of_one(CALL, CHECKLISTS, one)] == [*links_of_one(CALL, pilots, one)]
    assert "复制复用" in [link["title"] for link in links_of_row(CALL, pilots, one)]
    part = partial_of(CHECKLISTS, name="checklists.little", plural="few", title="部分", where={})
    assert [link["title"] for link in links_of_row(CALL, part, one)] == ["预览"]
    officers = lists()["officers.officer"]
    few = partial_of(officers, name="officers.little", plural="few", title="部分", where={})
    assert list(links_above(CALL, officers)) != list(links_above(CALL, few)) == []
