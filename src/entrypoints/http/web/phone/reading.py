"""What inspectors look up on a phone: 监管对象 by scene and tag, 检查单 and 手册 by scene.

Source: proposal 3165-3187.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve

from entrypoints.http.routes import Call
from entrypoints.http.web.handbook_reading import text_values
from entrypoints.http.web.lists import ListPages, tag_of
from entrypoints.http.web.looking import seen
from entrypoints.http.web.pages import PHONE, Form, Page, Shown, Trail, ask
from entrypoints.http.web.phone.zone import CARDS, Card, lines_of
from entrypoints.http.web.reading import Field
from entrypoints.list_tables import names_of
from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.handbooks.model import ReadingChannel
from supervision_core.handbooks.services.reading import (
    FindPublished,
    ReadPublished,
    count_reading,
    list_published,
    read_published,
)
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.paging import PageRequest
from supervision_core.scenes.lists import SCENES
from supervision_core.subjects.lists import SUBJECTS

_OBJECTS: Final = f"{PHONE}/objects"
_CHECKLISTS: Final = f"{PHONE}/checklists"
_HANDBOOKS: Final = f"{PHONE}/handbooks"
_MOST_SCENES: Final = 100
_SEARCH: Final = (
    Field(name="name", title="监管对象名称", most=100),
    Field(name="code", title="对象标识（统一社会信用代码）", most=64),
)
_ITEMS: Final = (Field(name="text", title="检查领域、检查事项或检查内容", most=100),)


def scenes_of(call: Call, *, own: bool) -> Sequence[Any]:
    """Give the scenes of the region, or those that the own department leads or joins."""
    cases = cases_of(SCENES)
    if not call.who.may(cases.list.permission):
        return ()
    asked: dict[str, Any] = {"page": PageRequest(size=_MOST_SCENES)}
    if own and call.who.department:
        asked["departments"] = call.who.department
    found: Sequence[Any] = ask(call, cases.list, cases.asking(**asked)).items
    return found


def _tabs(base: str, scenes: Sequence[Any], chosen: str) -> list[Mapping[str, Any]]:
    return [
        {"title": one.name, "path": f"{base}?scene={one.id}", "current": one.id == chosen}
        for one in scenes
    ]


def _chosen(scenes: Sequence[Any], form: Form) -> str:
    """Give the scene that the address says, else the first."""
    known = [one.id for one in scenes]
    wanted = form.get("scene", "")
    return wanted if wanted in known else next(iter(known), "")


def _objects(call: Call, form: Form) -> Shown:
    """Show the subjects below a tag of a scene, as far as they are searched for."""
    scenes = scenes_of(call, own=True)
    scene = _chosen(scenes, form)
    view = seen(call, SCENES, scene)
    names = {} if view is None else names_of(view).get("tag", {})
    tags = [] if view is None else [*view.content.tags, *view.content.looked_at]
    tag = form.get("tag", "") if form.get("tag", "") in tags else ""
    found, cards = None, []
    if tags:
        asked = ListPages(SUBJECTS).asked(call, _searched(form), CARDS)
        page = evolve(CARDS, cursor=form.get("cursor") or None)
        asked = evolve(asked, tags=(tag,) if tag else tuple(tags), page=page)
        found = ask(call, cases_of(SUBJECTS).list, asked)
        cards = list(_subjects(call, found))
    kept = {"scene": scene, "tag": tag}
    branches = [{"title": "全部标签", "path": f"{_OBJECTS}?scene={scene}", "current": not tag}]
    branches += [
        {"title": names.get(one, one), "path": f"{_OBJECTS}?scene={scene}&tag={one}",
         "current": one == tag}
        for one in tags
    ]  # fmt: skip
    values = {
        "title": "监管对象", "base": _OBJECTS, "scenes": _tabs(_OBJECTS, scenes, scene),
        "branches": branches if tags else [], "search": _SEARCH, "asked": _searched(form),
        "cards": cards, "next_cursor": None if found is None else found.next_cursor,
        "trail": Trail.of(form), "kept": {name: text for name, text in kept.items() if text},
        "query": {name: text for name, text in {**_searched(form), **kept}.items() if text},
        "nothing": "没有符合条件的监管对象。" if tags else "本部门没有场景，或场景没有关联标签。",
    }  # fmt: skip
    return Shown(template="phone/look_up.html", values=values)


def _searched(form: Form) -> Form:
    return {one.name: form.get(one.name, "") for one in _SEARCH}


def _subjects(call: Call, found: Any) -> Iterator[Card]:
    names, place = names_of(found), ListPages(SUBJECTS).base
    viewed = call.who.may(cases_of(SUBJECTS).view.permission)
    for row in found.items:
        yield Card(
            path=f"{place}/{row.id}" if viewed else "", title=row.name,
            chips=[tag_of(SUBJECTS.by_name["status"], row.status)],
            lines=[one for one in lines_of(row, names) if one[1] != row.name],
        )  # fmt: skip


def _checklists(call: Call, form: Form) -> Shown:
    """Show the items of a checklist of a scene of the region."""
    scenes = scenes_of(call, own=False)
    scene = _chosen(scenes, form)
    view = seen(call, SCENES, scene)
    names = {} if view is None else names_of(view).get("checklist", {})
    known = [] if view is None else [one.checklist for one in view.content.checklists]
    chosen = form.get("checklist", "")
    chosen = chosen if chosen in known else next(iter(known), "")
    found = seen(call, CHECKLISTS, chosen)
    asked = {one.name: form.get(one.name, "").strip() for one in _ITEMS}
    cards = [] if found is None else [
        Card(
            path="", title=one.content,
            lines=[line for line in lines_of(one, names_of(found)) if line[1] != one.content],
        )
        for one in found.content.items
        if _says(one, asked["text"])
    ]  # fmt: skip
    kept = {name: text for name, text in (("scene", scene), ("checklist", chosen)) if text}
    values: dict[str, Any] = {
        "title": "综合检查单", "base": _CHECKLISTS,
        "scenes": _tabs(_CHECKLISTS, scenes, scene),
        "branches": [
            {"title": names.get(one, one), "current": one == chosen,
             "path": f"{_CHECKLISTS}?scene={scene}&checklist={one}"}
            for one in known
        ],
        "search": _ITEMS if known else (), "asked": asked, "cards": cards, "next_cursor": None,
        "trail": Trail.of(form), "kept": kept, "query": {},
        "nothing": _no_items(scenes, known),
    }  # fmt: skip
    return Shown(template="phone/look_up.html", values=values)


def _says(item: Any, text: str) -> bool:
    """Tell whether an item of a checklist says a text: in its domain, matter or content."""
    wanted = text.casefold()
    texts = (item.domain, item.matter, item.sub_item, item.content)
    return any(wanted in one.casefold() for one in texts)


def _no_items(scenes: Sequence[Any], checklists: Sequence[str]) -> str:
    if not scenes:
        return "本地区还没有场景。"
    return "没有符合条件的检查项。" if checklists else "这个场景没有检查单。"


def _handbooks(call: Call, form: Form) -> Shown:
    """Show the handbooks of a scene of the region, and one of them; that it is read is counted."""
    scenes = scenes_of(call, own=False)
    scene = _chosen(scenes, form)
    found = ask(call, list_published, FindPublished(scene=scene)).items if scene else ()
    ids = [one.id for one in found]
    wanted = form.get("handbook", "")
    chosen = wanted if wanted in ids else next(iter(ids), "")
    told: Mapping[str, Any] = {"told": None, "parts": []}
    if chosen:
        told = text_values(ask(call, read_published, ReadPublished(handbook_id=chosen)))
        count_reading(
            call.platform.transactions, chosen, ReadingChannel.STAFF, at=call.platform.clock.now()
        )
    values = {
        **told, "title": "合规经营手册", "scenes": _tabs(_HANDBOOKS, scenes, scene),
        "branches": [
            {"title": one.name, "current": one.id == chosen,
             "path": f"{_HANDBOOKS}?scene={scene}&handbook={one.id}"}
            for one in found
        ],
        "nothing": "这个场景还没有发布的手册。" if scenes else "本地区还没有场景。",
    }  # fmt: skip
    return Shown(template="phone/handbook.html", values=values)


READING_PAGES: Final = (
    Page(method="GET", path=_OBJECTS, name="page_phone_objects",
         access=cases_of(SUBJECTS).list.permission, run=_objects,
         menu=("监管对象", "监管对象"), icon="ti-building-store"),
    Page(method="GET", path=_CHECKLISTS, name="page_phone_checklists",
         access=cases_of(CHECKLISTS).list.permission, run=_checklists,
         menu=("一业一单", "综合检查单"), icon="ti-checklist"),
    Page(method="GET", path=_HANDBOOKS, name="page_phone_handbooks",
         access=list_published.permission, run=_handbooks,
         menu=("一业一册", "合规经营手册"), icon="ti-book-2"),
)  # fmt: skip
