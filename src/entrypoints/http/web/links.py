"""What pages by hand add to the pages of a list: links above its rows, and beside one aggregate."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web import items, officers, teams

Link = Mapping[str, Any]

_ABOVE: Final[Mapping[str, Callable[[Call], Iterable[Link]]]] = {
    "officers.officer": officers.links_above,
    "officers.review_group": teams.links_above,
}
_OF_ONE: Final[Mapping[str, Callable[[Call, Any], Iterable[Link]]]] = {
    "items.check_item": items.revisions_link,
    "items.document_template": items.preview_link,
    "items.standard_material": items.material_links,
    "officers.officer": lambda call, one: officers.links_of_one(call, one.id),
    "officers.team": lambda call, one: teams.link_of(call, "teams", one.id),
    "officers.review_group": lambda call, one: teams.link_of(call, "review_groups", one.id),
}


def links_above(call: Call, query: str) -> Iterable[Link]:
    """Give the links above the rows of a list."""
    return _ABOVE[query](call) if query in _ABOVE else ()


def links_of_one(call: Call, query: str, found: Any) -> Iterable[Link]:
    """Give the links beside what one aggregate of a list says."""
    return _OF_ONE[query](call, found) if query in _OF_ONE else ()
