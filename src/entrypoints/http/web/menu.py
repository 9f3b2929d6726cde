"""The menu of a space: a tree made of the pages that have a place in it, and the way to a page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from attrs import field, frozen

from entrypoints.http.web.pages import Page

GROUPS: Final[Mapping[str, str]] = {
    "我的企业": "ti-building",
    "我的工作台": "ti-layout-dashboard",
    "场景": "ti-category",
    "监管对象": "ti-building-store",
    "执法力量": "ti-users-group",
    "监管事项": "ti-gavel",
    "一业一单": "ti-checklist",
    "一业一册": "ti-book",
    "一业一评": "ti-scale",
    "一业一查": "ti-clipboard-check",
    "一码检查": "ti-scan",
    "联合惩戒": "ti-ban",
    "线索": "ti-flag",
    "信息查询": "ti-info-circle",
    "信息公开": "ti-eye",
    "统计分析": "ti-chart-bar",
    "内容管理": "ti-files",
    "预警": "ti-alert-triangle",
    "协同共治": "ti-affiliate",
    "数据": "ti-database",
    "基础信息": "ti-info-circle",
    "要素配置": "ti-adjustments",
    "业务配置": "ti-tool",
    "系统管理": "ti-settings",
}
"""The groups of the menu in their order, with their icons; others follow in the pages' order."""
_OTHER: Final = "ti-folder"
_LAST: Final = 1_000


@frozen(kw_only=True)
class Entry:
    """One line of the menu: a page with its ``path``, or a group with ``entries`` below it.

    ``name`` is the page's, by which badges are given; ``leads`` tells that the page shown is this
    one or lies below it.
    """

    title: str
    icon: str = ""
    name: str = ""
    path: str = ""
    leads: bool = False
    entries: tuple["Entry", ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all pages in it."""
        below = tuple(name for one in self.entries for name in one.names)
        return (self.name, *below) if self.name else below


def tree_of(pages: Iterable[Page], path: str) -> tuple[Entry, ...]:
    """Give the menu over ``pages`` as somebody sees it who is at ``path``."""
    listed = [one for one in pages if one.menu]
    nearest = max((one.path for one in listed if _above(one.path, path)), key=len, default="")
    return _entries(listed, 0, nearest)


def _above(page: str, path: str) -> bool:
    return path == page or path.startswith(f"{page}/")


def _entries(pages: Sequence[Page], depth: int, nearest: str) -> tuple[Entry, ...]:
    titles = dict.fromkeys(one.menu[depth] for one in pages)
    found = []
    for title in sorted(titles, key=partial(_place, pages, depth)):
        below = [one for one in pages if one.menu[depth] == title]
        deeper = [one for one in below if len(one.menu) > depth + 1]
        entries = _entries(deeper, depth + 1, nearest)
        own = next((one for one in below if len(one.menu) == depth + 1), None)
        found.append(
            Entry(
                title=title,
                icon=(own.icon if own else "") or (GROUPS.get(title, _OTHER) if depth == 0 else ""),
                name=own.name if own else "",
                path=own.path if own else "",
                leads=any(one.leads for one in entries)
                or (own is not None and own.path == nearest),
                entries=entries,
            )
        )
    return tuple(found)


def _place(pages: Iterable[Page], depth: int, title: str) -> int:
    """Give where a title stands: groups as they are listed, pages by their step, others behind."""
    if depth == 0:
        return list(GROUPS).index(title) if title in GROUPS else _LAST
    return min(one.step or _LAST for one in pages if one.menu[depth] == title)


def way_of(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Give the entries that lead to the page shown, from the outermost inwards."""
    for one in entries:
        if one.leads:
            yield one
            yield from way_of(one.entries)
            return
