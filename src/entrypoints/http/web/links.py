"""What pages by hand add to the pages of a list: links above its rows, and beside one aggregate."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web import (
    ceremony,
    checklists,
    complainants,
    handbooks,
    items,
    materials,
    officers,
    papers,
    regions,
    scene_checklists,
    task_files,
    teams,
)
from supervision_core.kernel.listing import ListQuery

Link = Mapping[str, Any]

_ABOVE: Final[Mapping[str, Callable[[Call], Iterable[Link]]]] = {
    "identity.region": regions.links_above,
    "officers.officer": officers.links_above,
    "officers.review_group": teams.links_above,
}
_OF_ONE: Final[Mapping[str, Callable[[Call, Any], Iterable[Link]]]] = {
    "checklists.checklist": checklists.links_of_one,
    "clues.clue": complainants.links_of_one,
    "identity.region": lambda call, one: regions.links_of(call, one.id, one.content.code),
    "handbooks.handbook": handbooks.links_of_one,
    "draws.draw": ceremony.link_of,
    "items.check_item": items.revisions_link,
    "items.document_template": items.preview_link,
    "items.standard_material": items.material_links,
    "officers.officer": lambda call, one: officers.links_of_one(call, one.id),
    "tasks.task": task_files.links_of_one,
    "tasks.visit": lambda call, one: (
        *materials.links_of_visit(call, one),
        *papers.links_of_visit(call, one),
    ),
    "tasks.rectification": papers.links_of_order,
    "officers.team": lambda call, one: teams.link_of(call, "teams", one.id),
    "scenes.scene": scene_checklists.links_of_one,
    "officers.review_group": lambda call, one: teams.link_of(call, "review_groups", one.id),
}

_OF_ROW: Final[Mapping[str, Callable[[Call, Any], Iterable[Link]]]] = {
    "handbooks.handbook": handbooks.links_of_row,
    "checklists.checklist": checklists.links_of_row,
    "checklists.pilot_checklist": checklists.links_of_pilot,
    "identity.region": lambda call, row: regions.links_of(call, row.id, row.code),
    "tasks.task": task_files.link_of_row,
}


def links_above(call: Call, query: ListQuery[Any]) -> Iterable[Link]:
    """Give the links above the rows of a list: of these a part of it has its own alone."""
    return _ABOVE[query.name](call) if query.name in _ABOVE else ()


def links_of_one(call: Call, query: ListQuery[Any], found: Any) -> Iterable[Link]:
    """Give the links beside what one aggregate of a list says, in a part of it those of all."""
    made = _of(_OF_ONE, query)
    return made(call, found) if made else ()


def links_of_row(call: Call, query: ListQuery[Any], row: Any) -> Iterable[Link]:
    """Give the links beside a row of a list, in a part of it those of all unless it has its own."""
    made = _of(_OF_ROW, query)
    return made(call, row) if made else ()


def _of(
    table: Mapping[str, Callable[[Call, Any], Iterable[Link]]], query: ListQuery[Any]
) -> Callable[[Call, Any], Iterable[Link]] | None:
    whole = query if query.of is None else query.of
    return table.get(query.name) or table.get(whole.name)
