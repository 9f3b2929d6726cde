"""Handbooks as readers have them: those that are published, and drafts as they would look."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from attrs import frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask
from entrypoints.http.web.reading import Field
from entrypoints.list_tables import names_of
from supervision_core.handbooks.lists import HANDBOOKS
from supervision_core.handbooks.model import PARTS, HandbookText, ReadingChannel
from supervision_core.handbooks.services.reading import (
    FindPublished,
    ReadHandbook,
    ReadPublished,
    ReadVersion,
    count_reading,
    list_published,
    read_published,
    read_version,
)
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.days import local_day
from supervision_core.kernel.paging import every_page

BASE: Final = f"{HOME}/handbooks/handbooks"
_READING: Final = f"{HOME}/handbooks/reading"
_LOOKS: Final = {"screen": "屏幕", "paper": "纸面", "phone": "手机"}
"""How a preview shows a handbook: as on a desk, as printed, as on a phone."""
_TRADE: Final = "identity.trade"
_SCENE: Final = "scene"
_TITLES: Final = {"trade": "业态", "scene": "场景"}


def preview_path(id: str) -> str:
    """Give where a handbook is previewed."""
    return f"{BASE}/{id}/preview"


def _at(path: str, query: Mapping[str, str]) -> str:
    told = {name: text for name, text in query.items() if text}
    return f"{path}?{urlencode(told)}" if told else path


@frozen
class _Shelf:
    """The handbooks among which a reader goes from one to another.

    ``lines`` are all there are; each has id, name, trade and scene.
    """

    lines: Sequence[Any]
    names: Mapping[str, Mapping[str, str]]

    def choices(self, path: str, asked: Mapping[str, str]) -> Iterable[Mapping[str, Any]]:
        """Give the trades and scenes of which there are handbooks, each with its way."""
        for name, kind in (("trade", _TRADE), ("scene", _SCENE)):
            known = self.names.get(kind, {})
            ids = dict.fromkeys(getattr(one, name) for one in self.lines)
            links = [
                {"title": known.get(each, each), "current": asked.get(name) == each,
                 "path": _at(path, {name: each})}
                for each in ids if each
            ]  # fmt: skip
            yield {"title": _TITLES[name], "links": links,
                   "all": {"path": path, "current": not asked.get(name)}}  # fmt: skip

    def wanted(self, asked: Mapping[str, str]) -> list[Any]:
        """Give those of the trade and the scene that are asked for."""
        return [
            one
            for one in self.lines
            if all(not asked.get(name) or getattr(one, name) == asked[name] for name in _TITLES)
        ]


def _asked(form: Form, *names: str) -> dict[str, str]:
    return {name: form.get(name, "") for name in names}


def _reading(call: Call, form: Form) -> Shown:
    """Show the handbooks that are published, and one of them; that it was opened is counted."""
    asked = _asked(form, "trade", "scene", "text")
    every = ask(call, list_published, FindPublished())
    shelf = _Shelf(every.items, names_of(every))
    found = ask(call, list_published, FindPublished(**asked)).items
    wanted = form.get("handbook", "")
    chosen = wanted if wanted in {one.id for one in found} else next((one.id for one in found), "")
    values: dict[str, Any] = {"told": None}
    if chosen:
        read = ask(call, read_published, ReadPublished(handbook_id=chosen))
        count_reading(
            call.platform.transactions, chosen, ReadingChannel.STAFF, at=call.platform.clock.now()
        )
        values = text_values(read)
    here = [
        {"title": one.name, "path": _at(_READING, {**asked, "handbook": one.id}),
         "current": one.id == chosen}
        for one in found
    ]  # fmt: skip
    values |= {
        "title": "手册阅览",
        "choices": list(shelf.choices(_READING, asked)), "handbooks": here, "base": _READING,
        "search": [Field(name="text", title="手册内容")], "asked": {"text": asked["text"]},
        "kept": {name: asked[name] for name in _TITLES}, "looks": [], "look": "screen",
        "links": [], "versions": [],
    }  # fmt: skip
    return Shown(template="handbook_read.html", values=values)


def _preview(call: Call, form: Form) -> Shown:
    """Show a draft or a version as readers would have it, on a screen, on paper, on a phone."""
    cases, id_ = cases_of(HANDBOOKS), form["handbook_id"]
    shown = ask(call, cases.view, cases.named(id=id_))
    numbers = [one.number for one in shown.content.versions]
    version = form.get("version", "0")
    number = int(version) if version in map(str, numbers) else 0
    look = form.get("as", "") if form.get("as", "") in _LOOKS else "screen"
    read = ask(call, read_version, ReadVersion(handbook_id=id_, version=number))
    names: dict[str, dict[str, str]] = {}
    lines: list[Any] = []
    for page in every_page(lambda page: ask(call, cases.list, cases.asking(page=page))):
        lines += page.items
        for kind, known in names_of(page).items():
            names.setdefault(kind, {}).update(known)
    shelf = _Shelf(lines, names)
    asked = _asked(form, "trade", "scene")
    others = shelf.wanted(asked)
    if others and id_ not in {one.id for one in others}:
        return Shown(goes_to=_at(preview_path(others[0].id), asked))
    here = [
        {"title": one.name, "path": _at(preview_path(one.id), asked), "current": one.id == id_}
        for one in others
    ]
    kept = {**asked, "version": version if number else "", "as": look if look != "screen" else ""}
    path = preview_path(id_)
    values = text_values(read) | {
        "title": f"预览：{read.content.name}",
        "choices": list(shelf.choices(path, asked)), "handbooks": here, "search": [],
        "looks": [
            {"title": title, "current": each == look, "path": _at(path, {**kept, "as": each})}
            for each, title in _LOOKS.items()
        ],
        "look": look,
        "versions": [
            {"title": f"第{each}版" if each else "正在编制的内容", "current": each == number,
             "path": _at(path, {**kept, "version": str(each)})}
            for each in (0, *reversed(numbers))
        ],
        "links": [{"path": f"{BASE}/{id_}/edit", "title": "类别和要素"},
                  {"path": f"{BASE}/{id_}", "title": "返回手册"}],
    }  # fmt: skip
    return Shown(template="handbook_read.html", values=values)


def text_values(read: ReadHandbook) -> dict[str, Any]:
    """Give what the template shows of a text."""
    told, names = read.content, names_of(read)
    parts = (_part(told, each, names) for each in PARTS)
    return {
        "told": _told(told, names),
        "parts": [one for one in parts if one["sections"]],
    }


def _told(told: HandbookText, names: Mapping[str, Mapping[str, str]]) -> Mapping[str, Any]:
    def called(kind: str, id_: str) -> str:
        return names.get(kind, {}).get(id_, id_)

    said = [
        ("所属业态", called(_TRADE, told.trade)),
        ("场景", called(_SCENE, told.scene)),
        ("监管对象范围", told.scope),
        ("制定部门", called("department", told.department)),
        ("版本", f"第{told.version}版" if told.version else "草稿，发布后成为下一版"),
    ]
    if told.published_at is not None:
        said.append(("发布时间", local_day(told.published_at).isoformat()))
    return {"name": told.name, "said": said}


def _part(
    told: HandbookText, part: str, names: Mapping[str, Mapping[str, str]]
) -> Mapping[str, Any]:
    departments, items = names.get("department", {}), names.get("check_item", {})
    sections = [
        {
            "id": one.id, "number": one.number, "depth": one.depth, "name": one.name,
            "elements": [
                {
                    "requirement": each.requirement, "risk": each.risk,
                    "basis": [(str(law), law.wording) for law in each.basis],
                    "checked": [items.get(id_, id_) for id_ in each.items],
                    "departments": [departments.get(id_, id_) for id_ in each.departments],
                }
                for each in one.elements
            ],
        }
        for one in told.sections
        if one.part.value == part
    ]  # fmt: skip
    return {"id": part, "title": f"{PARTS[part]}部分", "sections": sections}


READING_PAGES: tuple[Page, ...] = (
    Page(
        method="GET", path=_READING, name="page_handbooks_reading",
        access=list_published.permission, run=_reading, menu=("一业一册", "手册阅览"),
        icon="ti-book-2",
    ),
    Page(
        method="GET", path=f"{BASE}/{{handbook_id}}/preview", name="page_handbooks_preview",
        access=read_version.permission, run=_preview,
    ),
)  # fmt: skip
"""Reading and previewing. Source: proposal 1822-1824, 6.4.2.1.4.2."""
