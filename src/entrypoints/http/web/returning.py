"""Coming back to a list as it was left: its address goes through view and form, as ``next=``."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from attrs import evolve

from entrypoints.http.web.forms import read_query
from entrypoints.http.web.pages import Form, Shown

NEXT: Final = "next"
_LONGEST: Final = 3000
_QUERY: Final = re.compile(r"[A-Za-z0-9_.~%&=+*-]+")


def left_at(form: Form, lists: Collection[str]) -> str:
    """Give the address of the list that one came from, empty for what is none of ``lists``.

    The list itself checks what is asked of it.
    """
    wanted = form.get(NEXT, "")
    path, asks, query = wanted.partition("?")
    fits = len(wanted) <= _LONGEST and path in lists and (not asks or _QUERY.fullmatch(query))
    return wanted if fits else ""


def leading(shown: Shown, path: str, query: bytes) -> Shown:
    """Let what a list leads to know where it was left.

    Of a list that was asked for nothing, what stands below it knows that by its own address.
    """
    asked = {name: text for name, text in read_query(query).items() if name != "done"}
    rows = shown.values.get("rows")
    if not isinstance(rows, list):
        return shown
    here = f"{path}?{urlencode(asked)}" if asked else path

    def all_told(links: Iterable[Any]) -> list[Any]:
        return [
            one if not asked and _below(one, path) else _told(one, here) for one in links
        ]  # fmt: skip

    told = [
        {**row, "cells": all_told(row["cells"]), "actions": all_told(row.get("actions", ()))}
        if "cells" in row else row
        for row in rows
    ]  # fmt: skip
    links = all_told(shown.values.get("links", ()))
    batched = here if asked else ""
    return evolve(shown, values={**shown.values, "rows": told, "links": links, "batched": batched})


def going_on(path: str) -> Shown:
    """Give the way to what is no list that one came from: a file, a job."""
    return Shown(goes_to=path, values={NEXT: ""})


def returning(shown: Shown, left: str, lists: Collection[str]) -> Shown:
    """Lead back to a list as it was ``left``; what leads further knows of it too.

    It takes the place of whichever list the thing is shown in otherwise.
    """
    if not left:
        return shown
    if shown.goes_to:
        goes = urlsplit(shown.goes_to)
        if goes.path in lists:
            return evolve(shown, goes_to=_with(left, goes.query))
        return evolve(shown, goes_to=_with(shown.goes_to, urlencode({NEXT: left})))
    values = dict(shown.values)
    if values.get("back") in lists:
        values["back"] = left
    if isinstance(values.get("links"), (list, tuple)):
        values["links"] = [
            {**one, "path": left} if one["path"] in lists else _told(one, left)
            for one in values["links"]
        ]
    return evolve(shown, values=values)


def _below(one: Any, path: str) -> bool:
    return isinstance(one, Mapping) and str(one.get("path")).startswith(f"{path}/")


def _told(one: Any, left: str) -> Any:
    """Add to a link that opens beside the list where that was left."""
    if not isinstance(one, Mapping) or not one.get("drawer") or not one.get("path"):
        return one
    return {**one, "path": _with(str(one["path"]), urlencode({NEXT: left}))}


def _with(address: str, query: str) -> str:
    """Add more to the question of an address."""
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address
