"""The page on the matters of the platform above: how they were taken in, and a run at once."""

import os
from collections.abc import Mapping
from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.matter_synchronising import WHAT
from entrypoints.settings import Settings
from entrypoints.synchronising import OUTCOMES
from supervision_core.items.synchronising import (
    SYNC_STATES,
    RequestMatterSynchronisation,
    ViewMatterSynchronisation,
    request_matter_synchronisation,
    view_matter_synchronisation,
)
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.registers import Ask

_HERE: Final = f"{HOME}/items/synchronisation"
_BY: Final = {"worker": "定时同步", "cli": "命令行"}


def _show(call: Call, _: Form) -> Shown:
    found = ask(call, view_matter_synchronisation, ViewMatterSynchronisation())
    with call.platform.transactions.begin_looking() as unit:
        who = unit[Ask].resolve("user", [found.by]).get(found.by)
    values = {
        "found": found,
        "state": SYNC_STATES[found.state.value],
        "by": _BY.get(found.by) or ("" if who is None else who.name),
        "failure": _explained(call, found.failure) if found.failure else None,
        "what": WHAT,
        "outcomes": OUTCOMES,
        "conflicts": [
            {"what": one.what, "id": one.id, "said": _explained(call, one.reason)}
            for one in found.conflicts
        ],
        "connected": bool(Settings.from_environment(os.environ).matters_url),
        "permission": request_matter_synchronisation.permission,
        "here": _HERE,
    }
    return Shown(template="matter_synchronisation.html", values=values)


def _explained(call: Call, reason: Mapping[str, Any]) -> Any:
    violation = Violation(reason["code"], reason["at"], reason["data"])
    return call.platform.messages.explain(violation)


def _run(call: Call, _: Form) -> Shown:
    carry_out(call, request_matter_synchronisation, RequestMatterSynchronisation(), changes=None)
    return gone_on(_HERE, "requested")


MATTER_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=_HERE, name="page_matter_synchronisation",
         access=view_matter_synchronisation.permission, run=_show,
         menu=("监管事项", "监管事项同步"), icon="ti-refresh"),
    Page(method="POST", path=_HERE, name="page_synchronise_matters",
         access=request_matter_synchronisation.permission, run=_run, again=_show),
)  # fmt: skip
"""How they were taken in, and a run at once."""
