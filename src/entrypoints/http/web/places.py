"""到场证明: how the visits of each department prove that officers were on the spot."""

from datetime import date
from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web.lists import cell
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask
from entrypoints.http.web.reading import Field, Kind, read
from entrypoints.http.web.statistics import opens
from entrypoints.list_tables import names_of
from supervision_core.kernel.days import local_day
from supervision_core.kernel.registers import described
from supervision_core.tasks.lists import VISITS
from supervision_core.tasks.model.presence import PlaceProof
from supervision_core.tasks.services.places import PlaceRow, ViewPlaceShares, view_place_shares

_BASE: Final = f"{HOME}/tasks/places"
YEARS: Final = 3
"""Years that pages offer, this one first."""


def years(call: Call) -> dict[str, str]:
    """Give the years that can be asked for, with their names."""
    this = local_day(call.platform.clock.now()).year
    return {str(one): f"{one}年" for one in range(this, this - YEARS, -1)}


def _places(call: Call, form: Form) -> Shown:
    """Show the shares of a year, this one where none is asked for; numbers open their visits."""
    offered = years(call)
    search = (Field(name="year", title="年度", kind=Kind.CHOICE, required=True, choices=offered),)
    asked: Any = read(search, form)
    year = int(asked["year"] or next(iter(offered)))
    found = ask(call, view_place_shares, ViewPlaceShares(year=year))
    fields, names = described(PlaceRow), names_of(found)
    made = {"formed_on_from": date(year, 1, 1), "formed_on_to": date(year, 12, 31)}
    proofs = {one.value for one in PlaceProof}

    def shown(row: PlaceRow, one: Any) -> Any:
        said = cell(call, one, getattr(row, one.name), names)
        if one.name not in proofs:
            return said
        path = opens(call, VISITS, lead=row.department, place_proof=one.name, **made)
        return {"text": said, "path": path} if path else said

    rows = [
        {"id": one.department, "title": one.department, "cells": [shown(one, f) for f in fields]}
        for one in found.items
    ]  # fmt: skip
    values = {
        "title": "到场证明", "base": _BASE, "search": search, "rows": rows,
        "asked": {"year": str(year)}, "columns": [one.title for one in fields],
    }  # fmt: skip
    return Shown(template="places.html", values=values)


PLACE_PAGES: Final = (
    Page(method="GET", path=_BASE, name="page_places", access=view_place_shares.permission,
         run=_places, menu=("一业一查", "到场证明"), step=12, icon="ti-scan"),
)  # fmt: skip
