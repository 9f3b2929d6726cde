"""企业评价: what firms gave the bodies that one's own supervises."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web.lists import cell
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask
from entrypoints.http.web.reading import Field, Kind, read
from entrypoints.list_tables import names_of
from supervision_core.kernel.days import local_day
from supervision_core.kernel.registers import described
from supervision_core.tasks.model.rating import Quarter
from supervision_core.tasks.services.rating import RatingRow, ViewRatings, view_ratings

_BASE: Final = f"{HOME}/tasks/ratings"
_OFFERED: Final = 12
"""Quarters that the page offers: three years."""


def _ratings(call: Call, form: Form) -> Shown:
    """Show sums of what firms gave in a quarter, the last that is over where none is asked for."""
    over = list(_over(call))
    days = {one.first.isoformat(): f"{one.year}年第{one.number}季度" for one in over}
    search = (Field(name="on", title="季度", kind=Kind.CHOICE, required=True, choices=days),)
    asked: Any = read(search, form)
    day = date.fromisoformat(asked["on"]) if asked["on"] else over[0].first
    found = ask(call, view_ratings, ViewRatings(on=day))
    fields, names = described(RatingRow), names_of(found)
    rows = [
        {"id": one.department, "title": one.department,
         "cells": [cell(call, each, getattr(one, each.name), names) for each in fields]}
        for one in found.items
    ]  # fmt: skip
    values = {
        "title": "企业评价", "base": _BASE, "search": search, "fewest": found.fewest, "rows": rows,
        "asked": {"on": found.since.isoformat()},
        "columns": [one.title for one in fields],
    }  # fmt: skip
    return Shown(template="ratings.html", values=values)


def _over(call: Call) -> Iterator[Quarter]:
    quarter = Quarter.of(local_day(call.platform.clock.now()))
    for _ in range(_OFFERED):
        quarter = quarter.before
        yield quarter


RATING_PAGES: Final = (
    Page(method="GET", path=_BASE, name="page_ratings", access=view_ratings.permission,
         run=_ratings, menu=("一业一查", "企业评价"), step=11, icon="ti-star"),
)  # fmt: skip
