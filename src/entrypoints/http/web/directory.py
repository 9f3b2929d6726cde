"""Lists of the directory: a page by hand below the address of the list, regions in their tree."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import evolve, frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.lists import ListPages
from entrypoints.http.web.pages import Form, Page, ask
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.registers.elements import NO_ELEMENTS, ElementSet
from supervision_core.kernel.registers.references import written

_AT_ONCE: Final = 200
"""Regions that one question asks for: Guangxi has some 130."""


@frozen
class DirectoryPages(ListPages):
    """The pages of a list, that of one thing aside: each row leads to the one by hand, whole."""

    def pages(self) -> Iterable[Page]:
        """Give the pages."""
        one = f"{self.base}/{{{self.query.noun}_id}}"
        return [page for page in super().pages() if page.path != one]

    def row(
        self, call: Call, row: Any, names: Mapping[str, Any], elements: ElementSet = NO_ELEMENTS
    ) -> Mapping[str, Any]:
        """Give a row as the list shows it."""
        shown = super().row(call, row, names, elements)
        return {**shown, "cells": [self._whole(one, row.id) for one in shown["cells"]]}

    def _whole(self, cell: Any, id: str) -> Any:
        if isinstance(cell, Mapping) and cell.get("path") == f"{self.base}/{id}":
            return {**cell, "drawer": False}
        return cell


@frozen
class RegionPages(ListPages):
    """The list of regions, beside the tree of all of them: one is chosen, those in it are shown."""

    def _tree(self, call: Call, form: Form) -> Mapping[str, Any] | None:
        asking = self.cases.asking
        pages = every_page(
            lambda page: ask(call, self.cases.list, asking(page=evolve(page, size=_AT_ONCE)))
        )
        made: dict[str, dict[str, Any]] = {
            one.code: {"id": one.code, "title": one.name, "nodes": [], "above": one.parent}
            for page in pages
            for one in page.items
        }
        tops: list[dict[str, Any]] = []
        for one in made.values():
            above = made.get(one["above"])
            (tops if above is None else above["nodes"]).append(one)
        current = form.get("parent", "")
        at = current if current in made else next(
            (code for code, one in made.items() if one["title"] == written(current)), ""
        )  # fmt: skip
        return {"nodes": tops, "current": at, "param": "parent", "title": "选择区划"}
