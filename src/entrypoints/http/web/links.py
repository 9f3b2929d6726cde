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


def links_above(call: Call, query: str) -> Iterable[Link]:
    """Give the links above the rows of a list."""
    return _ABOVE[query](call) if query in _ABOVE else ()


def links_of_one(call: Call, query: str, found: Any) -> Iterable[Link]:
    """Give the links beside what one aggregate of a list says."""
    return _OF_ONE[query](call, found) if query in _OF_ONE else ()


def links_of_row(call: Call, query: str, row: Any) -> Iterable[Link]:
    """Give the links beside a row of a list."""
    return _OF_ROW[query](call, row) if query in _OF_ROW else ()
