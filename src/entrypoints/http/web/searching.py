"""The pages of the search everywhere: what is typed comes by POST and goes on sealed.

It may be somebody's name, which stands in no address. What is sealed is good for an hour, and for
whoever typed it.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.kept import recent_links
from entrypoints.http.web.lists import address_of
from entrypoints.http.web.pages import HOME, Form, Page, Shown
from entrypoints.http.web.users import USERS
from entrypoints.searching import (
    FoundEverywhere,
    FoundGroup,
    search_everywhere,
    search_in,
    searched_lists,
)
from supervision_core.identity.services.questions import view_user
from supervision_core.kernel.crypto import KeyMissing, Tampered
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.sealing import FieldCipher, Place

SEARCH: Final = f"{HOME}/search"
AGE: Final = timedelta(hours=1)
_LONGEST: Final = 200
_PEEKED: Final = 5
_SHOWN: Final = 20


def _cipher(call: Call) -> FieldCipher:
    return FieldCipher(call.platform.keys.store, call.platform.randomness)


def _sealed(call: Call, text: str) -> str:
    said = {"text": text, "at": call.platform.clock.now().isoformat()}
    return _cipher(call).seal(json.dumps(said), Place("search", "text", call.who.user))


def _opened(call: Call, sealed: str) -> str:
    """Give what was typed, nothing where it was too long ago or by somebody else."""
    try:
        said = json.loads(_cipher(call).open(sealed, Place("search", "text", call.who.user)))
    except (Tampered, KeyMissing):
        return ""
    fresh = datetime.fromisoformat(said["at"]) + AGE > call.platform.clock.now()
    return str(said["text"]) if fresh else ""


def _search(call: Call, form: Form) -> Shown:
    """Go on to what is found, or show the first of it below the box.

    Below an empty box stands what was opened lately.
    """
    text = form.get("find", "").strip()[:_LONGEST]
    if "peek" not in form:
        return Shown(goes_to=f"{SEARCH}?asked={_sealed(call, text)}" if text else SEARCH)
    if not text:
        return Shown(template="search_recent.html", values={"recent": list(recent_links(call))})
    found = search_everywhere(call.platform, call.who, text, most=_PEEKED)
    values = {**_values(call, found), "asked": _sealed(call, text), "text": text}
    return Shown(template="search_peek.html", values=values)


def _box(_call: Call, form: Form) -> Shown:
    """Show the box once more, with what was typed and why nothing was looked for."""
    return Shown(template="search.html", values={**_EMPTY, "text": form.get("find", "")})


_EMPTY: Final[Mapping[str, Any]] = {
    "groups": (), "people": (), "asked": "", "by_index": True, "looked": False,
}  # fmt: skip


def _results(call: Call, form: Form) -> Shown:
    """Show what is found: of every kind, or one page of one."""
    asked = form.get("asked", "")
    text = _opened(call, asked) if asked else ""
    if not text:
        return Shown(template="search.html", values={**_EMPTY, "text": ""})
    kind, cursor = form.get("kind", ""), form.get("cursor") or None
    if kind:
        page = PageRequest(size=_SHOWN, cursor=cursor)
        found = FoundEverywhere(groups=(_group(call, kind, text, page),), people=())
    else:
        found = search_everywhere(call.platform, call.who, text, most=_SHOWN)
    values = {**_values(call, found), "asked": asked, "text": text, "looked": True}
    return Shown(template="search.html", values=values)


def _group(call: Call, kind: str, text: str, page: PageRequest) -> FoundGroup:
    for query in searched_lists():
        if query.port.kind == kind:
            found = search_in(call.platform, call.who, query, text, page)
            return FoundGroup(kind=kind, title=query.title, found=found)
    raise NotFound("kind", kind)


def _values(call: Call, found: FoundEverywhere) -> Mapping[str, Any]:
    return {
        "groups": [_shown(call, one) for one in found.groups if one.found.items],
        "people": [
            {
                "name": one.name,
                "account": one.account,
                "path": f"{USERS}/{one.id}" if call.who.may(view_user.permission) else "",
            }
            for one in found.people
        ],
        "by_index": all(one.found.by_index for one in found.groups),
    }


def _shown(call: Call, group: FoundGroup) -> Mapping[str, Any]:
    found = group.found
    more = found.count >= found.most
    rows: Sequence[Mapping[str, Any]] = [
        {
            "id": one.id,
            "title": one.name,
            "name": one.name,
            "code": one.code,
            "region": one.region_name,
            "path": address_of(call, group.kind, one.id),
        }
        for one in found.items
    ]
    counted = f"{found.most}条以上" if more else f"共{found.count}条"
    return {
        "kind": group.kind, "title": group.title, "rows": rows, "next_cursor": found.next_cursor,
        "says": counted if found.by_index else "",
    }  # fmt: skip


SEARCH_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=SEARCH, name="page_search", access=Access.LOGGED_IN, run=_results,
         menu=("我的工作台", "企业智搜"), icon="ti-search"),
    Page(method="POST", path=SEARCH, name="page_search_for", access=Access.LOGGED_IN, run=_search,
         again=_box),
)  # fmt: skip
"""The results, and what leads to them."""
