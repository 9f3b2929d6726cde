"""The page of a law: each provision with the check items that cite it. Source: proposal 2248."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from attrs import evolve, frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.lists import ListPages
from entrypoints.http.web.pages import Form, Shown, ask
from supervision_core.items.lists import CHECK_ITEMS
from supervision_core.items.model import LawArticle, citations
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.kernel.registers import described

_ITEMS: Final = ListPages(CHECK_ITEMS)
_AT_ONCE: Final = PageRequest(size=200)
_PROVISIONS: Final = "provisions"


@frozen
class LawPages(ListPages):
    """The pages of laws: of one, how many check items within reach cite it, and where."""

    def view(self, call: Call, form: Form) -> Shown:
        """Show what a law says; what check items cite leads to them."""
        whole = ListPages.view(self, call, form)
        if not call.who.may(_ITEMS.cases.list.permission):
            return whole
        law = ask(call, self.cases.view, self.cases.named(id=form["law_id"])).content
        times = _cited(call, law.title)
        title = next(one.title for one in described(type(law)) if one.name == _PROVISIONS)

        def told(number: str, cells: list[Any]) -> Mapping[str, Any]:
            said = str(LawArticle(document=law.title, article=number, version=law.promulgated_on))
            link = {"text": f"{times[said]}项", "path": _at(provision=said)} if times[said] else ""
            return {"cells": [*cells, link]}

        parts = [
            {
                **part, "columns": [*part["columns"], "引用的检查事项"],
                "rows": [
                    told(one.number, row["cells"])
                    for one, row in zip(law.provisions, part["rows"], strict=True)
                ],
            }
            if part["title"] == title else part
            for part in whole.values["parts"]
        ]  # fmt: skip
        link = {"path": _at(law=law.title), "title": "引用本法规的检查事项"}
        links = [link, *whole.values["links"]] if times else whole.values["links"]
        return evolve(whole, values={**whole.values, "parts": parts, "links": links})


def _cited(call: Call, title: str) -> Counter[str]:
    """Count the check items within reach that cite each provision of the laws of that title."""
    asking, cases = _ITEMS.cases.asking, _ITEMS.cases
    pages = every_page(
        lambda page: ask(call, cases.list, asking(law=title, page=evolve(page, size=_AT_ONCE.size)))
    )
    return Counter(
        said
        for page in pages
        for one in page.items
        for said in citations(filter(None, (*one.basis, one.penalty)))
    )


def _at(**asked: str) -> str:
    return f"{_ITEMS.base}?{urlencode(asked)}"
