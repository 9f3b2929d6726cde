"""What granian runs in tests: the surface over a province, with faults built in on demand.

``HTTP_TEST_BODY_SECONDS`` moves the deadline of bodies; ``HTTP_TEST_FAULT`` names a fault that a
test must find: ``broken`` (a value that nobody foresaw is a 500), ``drifted`` (an answer has a
field that its description lacks), ``keyless`` (idempotency keys are forgotten).
"""

import os
from typing import Any

from attrs import evolve

from adapters.calendar import ChineseCalendars
from adapters.collation import HanCollation
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from entrypoints.catalogue import InstalledPermissions
from entrypoints.container import Platform, open_platform
from entrypoints.http.app import HttpApp, make_app
from entrypoints.http.routes import Call, Reply, Route
from entrypoints.http.serving import log_to_stderr
from supervision_core.identity.ports import Collation, PermissionCatalogue
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.scan_codes import ScanCodes

from .province import SETTINGS, populate


def application() -> HttpApp:
    """Give the surface over SQL, or over memory where no transactions are to be kept."""
    log_to_stderr()
    platform = open_platform(os.environ["SUPERVISION_DATABASE"])
    transactions = platform.transactions
    if os.environ.get("HTTP_TEST_MEMORY"):
        ports: Any = {
            PermissionCatalogue: lambda _: InstalledPermissions(),
            Calendars: lambda _: ChineseCalendars(),
            Collation: lambda _: HanCollation(),
            ScanCodes: lambda _: platform.codes,
        }
        transactions = memory_transactions(MemoryStore(), ports)
    seconds = float(os.environ.get("HTTP_TEST_BODY_SECONDS", "20"))
    province = populate(platform, transactions=transactions)
    app = make_app(province.platform, evolve(SETTINGS, body_seconds=seconds))
    for route in app.table.routes:
        _break(route, os.environ.get("HTTP_TEST_FAULT", ""))
    return app


def _break(route: Route, fault: str) -> None:
    whole = route.run

    def broken(call: Call, asked: Any) -> Reply:
        if asked.text.strip():
            raise ZeroDivisionError
        return whole(call, asked)

    def drifted(call: Call, asked: Any) -> Reply:
        answer = whole(call, asked)
        value: Any = answer.value
        return evolve(answer, value={**value, "total": 1})

    def keyless(call: Call, asked: Any) -> Reply:
        return whole(evolve(call, key=None), asked)

    if route.name == "identity_list_regions":
        route.run = {"broken": broken, "drifted": drifted}.get(fault, whole)
    if fault == "keyless":
        route.run = keyless


__all__ = ["Platform", "application"]
