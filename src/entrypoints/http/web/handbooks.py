"""Pages by hand of handbooks: chapters and elements written, versions previewed and compared."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

from attrs import evolve, frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.handbook_reading import BASE, READING_PAGES, preview_path
from entrypoints.http.web.pages import Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import Field, Kind
from entrypoints.http.web.registers import filled_in
from entrypoints.http.web.verbs import VerbPage, form_made
from entrypoints.list_tables import names_of
from supervision_core.handbooks.lists import HANDBOOKS
from supervision_core.handbooks.model import (
    DIFFERENCES,
    PARTS,
    ChapterContent,
    ElementContent,
    HandbookChapter,
    HandbookContent,
    HandbookElement,
    Section,
    beginning,
    outline,
)
from supervision_core.handbooks.ports import Handbooks
from supervision_core.handbooks.services.editing import (
    put_chapter,
    put_element,
    take_chapter,
    take_element,
)
from supervision_core.handbooks.services.reading import (
    CompareVersions,
    HandbookDraft,
    ViewDraft,
    view_differences,
    view_draft,
)
from supervision_core.identity.services import UseCase
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.registers import described

_PAGE: Final = 50
"""Elements on one page of the editor."""
_DRAFT: Final = "正在编制的内容"
_HANDBOOK: Final = "handbook_id"
_CHAPTER: Final = "chapter_id"
_PARENT: Final = "parent_id"
_ELEMENT: Final = "element_id"
_COLOURS: Final = {"added": "green", "removed": "red", "changed": "amber", "moved": "blue"}


def _at(path: str, **query: str) -> str:
    told = {name: text for name, text in query.items() if text}
    return f"{path}?{urlencode(told)}" if told else path


def _editor(id: str, **query: str) -> str:
    return _at(f"{BASE}/{id}/edit", **query)


def links_of_one(call: Call, found: Any) -> Iterable[Mapping[str, Any]]:
    """Give the ways from a handbook to what it says: to write, to preview and to compare it."""
    if call.who.may(view_draft.permission):
        writes = any(one.permission == put_element.permission for one in found.allowed)
        title = "编辑类别和要素" if writes else "类别和要素"
        yield {"path": _editor(found.id), "title": title, "kind": "main"}
    yield {"path": preview_path(found.id), "title": "预览"}
    if found.content.versions and call.who.may(view_differences.permission):
        yield {"path": f"{BASE}/{found.id}/compare", "title": "版本比较"}


def links_of_row(call: Call, row: Any) -> Iterable[Mapping[str, Any]]:
    """Give the ways from a row to what its handbook says."""
    if call.who.may(view_draft.permission):
        yield {"path": _editor(row.id), "title": "类别和要素"}
    yield {"path": preview_path(row.id), "title": "预览"}


def _draft(call: Call, form: Form) -> HandbookDraft:
    return ask(call, view_draft, ViewDraft(handbook_id=form[_HANDBOOK]))


def _edit(call: Call, form: Form) -> Shown:
    """Show the chapters of a handbook on the left, the elements of one of them on the right."""
    draft, wanted, text = _draft(call, form), form.get("chapter", ""), form.get("text", "")
    content, id_ = draft.content, draft.id
    cases = cases_of(HANDBOOKS)
    shown = ask(call, cases.view, cases.named(id=id_))
    allowed = {one.permission for one in shown.allowed}
    writes = put_element.permission in allowed
    sections = outline(content)
    chapter = content.chapter(wanted)
    inside = content.below(wanted) if chapter is not None else None
    found = [
        (section, one)
        for section in sections
        if inside is None or section.chapter.id in inside
        if wanted not in PARTS or section.chapter.content.part.value == wanted
        for one in section.elements
        if text.casefold() in one.content.requirement.casefold()
    ]
    start = int(form.get("cursor") or 0) if (form.get("cursor") or "0").isdecimal() else 0
    names = names_of(draft)
    rows = [_element_row(draft, *one, names, writes=writes)
            for one in found[start : start + _PAGE]]  # fmt: skip
    columns = ["要素内容", "风险提示", "法律法规依据", "监管部门", "手册类别", "排序"]
    values = {
        "title": f"{content.basics.name}：类别和要素", "base": f"{BASE}/{id_}/edit",
        "nodes": _nodes(sections), "current": wanted if chapter or wanted in PARTS else "",
        "search": [Field(name="text", title="要素内容")], "asked": {"text": text},
        "kept": {"chapter": wanted},
        "chapter": chapter and _titled(sections, chapter),
        "count": len(found), "writes": writes,
        "links": list(_chapter_links(draft, chapter, wanted)) if writes else [],
        "add": list(_adding_links(draft, chapter)) if writes else [],
        "columns": [*columns, "操作"] if writes else columns, "rows": rows,
        "query": {name: one for name, one in (("chapter", wanted), ("text", text)) if one},
        "next_cursor": str(start + _PAGE) if len(found) > start + _PAGE else None,
        "preview": preview_path(id_), "back": f"{BASE}/{id_}",
    }  # fmt: skip
    return Shown(template="handbook_edit.html", values=values)


def _titled(sections: Sequence[Section], chapter: HandbookChapter) -> str:
    number = next(one.number for one in sections if one.chapter.id == chapter.id)
    return f"{number} {chapter.content.name}"


def _nodes(sections: Sequence[Section]) -> list[Mapping[str, Any]]:
    """Give the tree: the two parts, and the chapters in each."""
    below: dict[str, list[Mapping[str, Any]]] = {}
    for one in sections:
        node = {
            "id": one.chapter.id, "title": f"{one.number} {one.chapter.content.name}",
            "nodes": below.setdefault(one.chapter.id, []),
        }  # fmt: skip
        place = one.chapter.parent or one.chapter.content.part.value
        below.setdefault(place, []).append(node)
    return [
        {"id": part, "title": f"{title}部分", "nodes": below.get(part, [])}
        for part, title in PARTS.items()
    ]


def _element_row(
    draft: HandbookDraft,
    section: Section,
    one: HandbookElement,
    names: Mapping[str, Mapping[str, str]],
    *,
    writes: bool,
) -> Mapping[str, Any]:
    told = one.content
    departments = names.get("department", {})
    cells = [
        told.requirement,
        told.risk,
        "\n".join(map(str, told.basis)),
        "、".join(departments.get(each, each) for each in told.departments),
        f"{section.number} {section.chapter.content.name}",
        str(told.position or 0),
    ]
    place = {_CHAPTER: section.chapter.id, _ELEMENT: one.id}
    about = beginning(one)
    actions = [
        {"path": _at(f"{BASE}/{draft.id}/element", **place), "title": "修改", "about": about},
        {"path": _at(f"{BASE}/{draft.id}/take_element", **place), "title": "删除", "about": about},
    ]
    return {
        "id": one.id,
        "title": about,
        "cells": cells,
        **({"actions": actions} if writes else {}),
    }


def _chapter_links(
    draft: HandbookDraft, chapter: HandbookChapter | None, wanted: str
) -> Iterable[Mapping[str, Any]]:
    here = f"{BASE}/{draft.id}"
    if chapter is None:
        yield {"path": _at(f"{here}/chapter", part=wanted if wanted in PARTS else ""),
               "title": "新增类别", "icon": "ti-plus"}  # fmt: skip
        return
    yield {"path": _at(f"{here}/chapter", parent_id=chapter.id), "title": "新增下级类别",
           "icon": "ti-plus"}  # fmt: skip
    yield {"path": _at(f"{here}/chapter", chapter_id=chapter.id), "title": "修改类别"}
    yield {"path": _at(f"{here}/take_chapter", chapter_id=chapter.id), "title": "删除类别",
           "kind": "danger"}  # fmt: skip


def _adding_links(
    draft: HandbookDraft, chapter: HandbookChapter | None
) -> Iterable[Mapping[str, Any]]:
    if draft.content.chapters:
        named = "" if chapter is None else chapter.id
        path = _at(f"{BASE}/{draft.id}/element", chapter_id=named)
        yield {"path": path, "title": "新增要素", "icon": "ti-plus", "kind": "main"}


@frozen
class _Putting:
    """The form that adds a chapter or an element, or changes one: that of its command.

    The part that is changed is named by ``part`` in the address and the form.
    """

    case: UseCase[Any, Any]
    part: str
    noun: str

    @property
    def _form(self) -> VerbPage:
        return _made(self.case)

    def show(self, call: Call, form: Form) -> Shown:
        """Show it, with what is said of the part now; once it was sent, with what was sent."""
        draft = _draft(call, form)
        now = form if call.key is not None else {**self._now(call, draft, form), **form}
        values = self._form.values(call, now)
        chapters = {
            one.chapter.id: f"{one.number} {one.chapter.content.name}"
            for one in outline(draft.content)
        }
        nodes = [
            {"field": _chosen(one["field"], chapters, now) if "field" in one else one}
            for one in values["nodes"]
            if "field" not in one or now.get(self.part) or one["field"].name != self.part
        ]
        verb = "修改" if now.get(self.part) else "新增"
        back = _editor(draft.id, chapter=now.get(_CHAPTER) or now.get(_PARENT, ""))
        shown = {
            **values, "nodes": nodes, "fields": [one["field"] for one in nodes], "label": "保存",
            "title": f"{verb}{self.noun}：{draft.content.basics.name}", "again": False,
            "action": f"{BASE}/{draft.id}/{self.noun_in_path}", "back": back,
        }  # fmt: skip
        return Shown(template="register_form.html", values=shown)

    @property
    def noun_in_path(self) -> str:
        """The last step of its address."""
        return self.part.removesuffix("_id")

    def _now(self, call: Call, draft: HandbookDraft, form: Form) -> Form:
        """Give what is said now of what is to be changed; of something new, nothing."""
        part, above = _part_of(draft.content, self.part, form.get(self.part, ""))
        said = ElementContent(requirement="") if self.part == _ELEMENT else ChapterContent(name="")
        if part is not None:
            said = part.content
        found = {
            one.name: filled_in(call, one, getattr(said, one.name)) for one in described(type(said))
        }
        return {**found, **above}

    def send(self, call: Call, form: Form) -> Shown:
        """Carry it out, on the version that the form was made of."""
        command = self._form.command(call, form)
        changed = (Handbooks.kind, form[_HANDBOOK])
        made = carry_out(call, self.case, command, changes=changed)
        chapter = command.chapter_id if self.part == _ELEMENT else made
        done = "changed" if form.get(self.part) else "added"
        return gone_on(f"{BASE}/{form[_HANDBOOK]}/edit", done, chapter=str(chapter))


@cache
def _made(case: UseCase[Any, Any]) -> VerbPage:
    """Give the form of a command. Raises ``LookupError`` for one that no form can hold."""
    if (made := form_made(case)) is None:
        raise LookupError(case.name)
    return made


def _part_of(
    content: HandbookContent, part: str, id: str
) -> tuple[HandbookChapter | HandbookElement | None, Form]:
    """Give what is to be changed, and where it stands as a form says it."""
    if part == _ELEMENT:
        element = content.element(id)
        return element, {} if element is None else {_CHAPTER: element.chapter}
    chapter = content.chapter(id)
    return chapter, {} if chapter is None else {_PARENT: chapter.parent}


def _chosen(one: Field, chapters: Mapping[str, str], form: Form) -> Field:
    """Let the chapter in which something stands be chosen from those that there are."""
    if one.name == _PARENT:
        others = {id_: title for id_, title in chapters.items() if id_ != form.get(_CHAPTER)}
        return evolve(one, title="上级类别", kind=Kind.CHOICE, choices=others, fixed=False)
    if one.name == _CHAPTER and not one.title.startswith("要修改"):
        return evolve(one, title="所属类别", kind=Kind.CHOICE, choices=chapters, fixed=False)
    return one


@frozen
class _Taking:
    """The page that asks before a chapter or an element is taken out."""

    case: UseCase[Any, Any]
    part: str
    noun: str

    def show(self, call: Call, form: Form) -> Shown:
        """Ask, and say what is taken."""
        draft = _draft(call, form)
        found, _ = _part_of(draft.content, self.part, form.get(self.part, ""))
        if found is None:
            raise NotFound(self.part, form.get(self.part, ""))
        chapter = found.chapter if isinstance(found, HandbookElement) else found.id
        called = beginning(found) if isinstance(found, HandbookElement) else found.content.name
        id_ = draft.id
        values = {
            "title": f"删除{self.noun}", "label": "确认删除", "kept": {self.part: found.id},
            "says": f"将从正在编制的内容中删除{self.noun}“{called}”，已发布的版本不受影响。",
            "version": str(draft.version), "back": _editor(id_, chapter=chapter),
            "action": f"{BASE}/{id_}/take_{self.part.removesuffix('_id')}",
        }  # fmt: skip
        return Shown(template="confirm.html", values=values)

    def send(self, call: Call, form: Form) -> Shown:
        """Carry it out, on the version that was seen."""
        _, above = _part_of(_draft(call, form).content, self.part, form.get(self.part, ""))
        command = _made(self.case).command(call, form)
        carry_out(call, self.case, command, changes=(Handbooks.kind, form[_HANDBOOK]))
        chapter = above.get(_CHAPTER) or above.get(_PARENT, "")
        return gone_on(f"{BASE}/{form[_HANDBOOK]}/edit", "deleted", chapter=chapter)


def _compare(call: Call, form: Form) -> Shown:
    """Show in words in what two versions differ, or a version and the draft."""
    cases = cases_of(HANDBOOKS)
    shown = ask(call, cases.view, cases.named(id=form[_HANDBOOK]))
    numbers = [one.number for one in shown.content.versions]
    titles = {str(one): f"第{one}版" for one in numbers}
    newest = len(numbers)
    before = form.get("before", "") if form.get("before", "") in titles else str(newest)
    after = form.get("after", "0")
    after = after if after in titles else "0"
    asked = CompareVersions(handbook_id=shown.id, before=int(before), after=int(after))
    found = ask(call, view_differences, asked)
    left = {**titles, "0": _DRAFT}
    rows = [
        {"cells": [
            {"text": DIFFERENCES[one.kind], "colour": _COLOURS[one.kind.value]},
            one.where, one.what, one.before, one.after,
        ]}
        for one in found
    ]  # fmt: skip
    values = {
        "title": f"版本比较：{shown.content.name}", "base": f"{BASE}/{shown.id}/compare",
        "search": [
            Field(name="before", title="比较前", choices=titles, required=True).choosing(titles),
            Field(name="after", title="比较后", choices=left, required=True).choosing(left),
        ],
        "asked": {"before": before, "after": after},
        "columns": ["变化", "位置", "内容", titles.get(before, "—"), left[after]],
        "rows": rows, "back": f"{BASE}/{shown.id}",
        "says": "两个版本的内容相同。" if numbers and not rows else "",
    }  # fmt: skip
    return Shown(template="handbook_compare.html", values=values)


def _pages_of(one: _Putting | _Taking, step: str) -> Iterable[Page]:
    path, name = f"{BASE}/{{handbook_id}}/{step}", f"page_handbooks_{step}"
    access = one.case.permission
    yield Page(method="GET", path=path, name=f"{name}_form", access=access, run=one.show)
    yield Page(method="POST", path=path, name=name, access=access, run=one.send, again=one.show)


HANDBOOK_PAGES: tuple[Page, ...] = (
    *READING_PAGES,
    Page(
        method="GET", path=f"{BASE}/{{handbook_id}}/edit", name="page_handbooks_edit",
        access=view_draft.permission, run=_edit,
    ),
    *_pages_of(_Putting(put_chapter, _CHAPTER, "手册类别"), "chapter"),
    *_pages_of(_Taking(take_chapter, _CHAPTER, "手册类别"), "take_chapter"),
    *_pages_of(_Putting(put_element, _ELEMENT, "手册要素"), "element"),
    *_pages_of(_Taking(take_element, _ELEMENT, "手册要素"), "take_element"),
    Page(
        method="GET", path=f"{BASE}/{{handbook_id}}/compare", name="page_handbooks_compare",
        access=view_differences.permission, run=_compare,
    ),
)  # fmt: skip
"""What lists and forms cannot say."""
