"""What granian runs in tests: the surface over a province in memory, with seeded faults to find."""

import os

from attrs import evolve

from adapters.memory.identity import FixedCatalogue
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from entrypoints.container import open_platform
from entrypoints.http.app import HttpApp, make_app
from supervision_core.identity.ports import PermissionCatalogue

from .province import SETTINGS, populate


def application() -> HttpApp:
    """Give the surface; ``HTTP_TEST_BODY_SECONDS`` moves the deadline of bodies."""
    platform = open_platform(os.environ["SUPERVISION_DATABASE"])
    catalogue = FixedCatalogue(frozenset({"tasks.close"}))
    transactions = memory_transactions(MemoryStore(), {PermissionCatalogue: lambda _: catalogue})
    seconds = float(os.environ.get("HTTP_TEST_BODY_SECONDS", "20"))
    province = populate(platform, transactions=transactions)
    return make_app(province.platform, evolve(SETTINGS, body_seconds=seconds))
