"""首页 of the phone zone: scene, figures, today's visits, to-dos, and everything that can be done.

Source: proposal 3160-3164.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.opened import ON_PHONE
from entrypoints.http.web.pages import PHONE, Form, Page, Shown, ask
from entrypoints.http.web.phone.assisting import (
    ASSISTED_ZONE,
    INVITED_ZONE,
    assisted_scenes,
    assists,
)
from entrypoints.http.web.phone.following import FOLLOWING_ZONES, RECTIFICATION_ZONE, REVIEW_ZONE
from entrypoints.http.web.phone.reading import scenes_of
from entrypoints.http.web.phone.visits import VISIT_ZONE
from entrypoints.http.web.phone.zone import Zone, own_officer
from entrypoints.http.web.todos import counted, told
from entrypoints.http.web.verbs import form_of
from supervision_core.content.model import OpenColumn
from supervision_core.content.services.reading import list_open
from supervision_core.identity.lists import KINDS
from supervision_core.identity.services.todos import ListTodos, list_todos
from supervision_core.kernel.paging import PageRequest

_MOST: Final = 8
_SCENES: Final = f"{PHONE}/scenes"


def _home(call: Call, form: Form) -> Shown:
    """Show the work of an officer; others find who they are, and what they may do."""
    profile = {"profile": call.platform.log_ins.own_profile(call.token), "kinds": KINDS}
    if not call.who.may(VISIT_ZONE.cases.list.permission):
        return Shown(template="home.html", values={**profile, "panels": ()})
    scene, zone = _scene(call, form), ASSISTED_ZONE if assists(call) else VISIT_ZONE
    cards, open_ = zone.first(call, scene.get("id", ""))
    counts = counted(call)
    values = {
        **profile, "scene": scene, "scenes": _SCENES, "cards": cards, "open": open_,
        "all": zone.base, "chooses": bool(_scenes(call, own=False)),
        "figures": list(_figures(call)), "todos": list(_todos(call)),
        "waiting": "" if counts is None else told(counts),
        "notices": list(_notices(call)), "all_notices": ON_PHONE.path(OpenColumn.NOTICES),
    }  # fmt: skip
    return Shown(template="phone/home.html", values=values)


def _notices(call: Call) -> Iterator[Mapping[str, Any]]:
    """Give the newest notices that are published."""
    if call.who.may(list_open.permission):
        yield from ON_PHONE.newest(call, OpenColumn.NOTICES)


def _scene(call: Call, form: Form) -> Mapping[str, str]:
    """Give the scene that was chosen, by id and name."""
    wanted = form.get("scene", "")
    found = [one for one in _scenes(call, own=False) if one["id"] == wanted] if wanted else []
    return found[0] if found else {}


def _scenes(call: Call, *, own: bool) -> list[Mapping[str, str]]:
    """Give the scenes in which somebody may choose to work."""
    if assists(call):
        found = assisted_scenes(call)
        return [{"id": one, "name": name, "code": ""} for one, name in found.items()]
    return [{"id": one.id, "name": one.name, "code": one.code} for one in scenes_of(call, own=own)]


def _figures(call: Call) -> Iterator[Mapping[str, Any]]:
    """Count what is open and what is done. Each figure leads to its list."""
    zones = (VISIT_ZONE, RECTIFICATION_ZONE, REVIEW_ZONE)
    for zone in (ASSISTED_ZONE,) if assists(call) else zones:
        if call.who.may(zone.cases.list.permission):
            for place, tab in enumerate(zone.tabs):
                yield {"title": tab.title, "path": f"{zone.base}?tab={place}",
                       "count": _count(call, zone, place)}  # fmt: skip


def _count(call: Call, zone: Zone, place: int) -> int:
    asked = dict(zone.tabs[place].asked)
    if zone.own and (me := own_officer(call)):
        asked[zone.own] = me
    return int(ask(call, zone.cases.count, zone.cases.asking(**asked)).count)


def _todos(call: Call) -> Iterator[Mapping[str, Any]]:
    """Give what waits for whoever asks, each with where it is done on a phone."""
    if not call.who.may(list_todos.permission):
        return
    helps = assists(call)
    those = (ASSISTED_ZONE, INVITED_ZONE) if helps else (VISIT_ZONE, *FOLLOWING_ZONES)
    zones: Mapping[str, Zone] = {one.query.port.kind: one for one in those}
    for one in ask(call, list_todos, ListTodos(page=PageRequest(size=_MOST))).items:
        zone, form = zones.get(one.kind), form_of(one.permission)
        if zone is not None and form is not None:
            path = f"{zone.base}/{one.id}"
            if helps:
                path = zone.place(form, one.id, one.part_noun, one.part)
            late = {"text": f"逾期 {one.overdue} 天", "colour": "red"} if one.overdue else None
            yield {
                "path": path, "title": one.title,
                "about": one.subject_name or one.label, "due_on": one.due_on, "late": late,
            }  # fmt: skip


def _choose(call: Call, form: Form) -> Shown:
    """Let somebody choose the scene in which he works now."""
    values = {
        "title": "切换场景", "back": PHONE, "chosen": form.get("scene", ""), "home_path": PHONE,
        "found": _scenes(call, own=True) or _scenes(call, own=False),
    }  # fmt: skip
    return Shown(template="phone/scenes.html", values=values)


HOME_PAGES: Final = (
    Page(method="GET", path=PHONE, name="page_phone_home", access=Access.LOGGED_IN, run=_home),
    Page(method="GET", path=_SCENES, name="page_phone_scenes",
         access=VISIT_ZONE.cases.list.permission, run=_choose),
)  # fmt: skip
