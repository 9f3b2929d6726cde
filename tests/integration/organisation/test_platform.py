"""The adapter of 统一组织架构, over real HTTP, and what it believes."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from attrs import evolve
from tests.eventually import PATIENCE

from adapters.crypto.providers import OpensslAlgorithms
from adapters.system import SystemClock, SystemRandomness
from adapters.zhiguitong.calling import Caller, PartnerUnavailable
from adapters.zhiguitong.organisation import PlatformOrganisation
from adapters.zhiguitong.signing import Signing
from entrypoints.simulators.organisation import SimulatedOrganisation
from entrypoints.simulators.serving import Asked, Told, served
from supervision_core.testing.organisation import (
    OrganisationPartner,
    OrganisationSourceContract,
)

from .conftest import SECRET


def source_at(address: str, secret: str = SECRET) -> PlatformOrganisation:
    """Give the adapter for a platform at that address."""
    return PlatformOrganisation(
        address=address,
        signing=Signing(
            application="supervision",
            mac=OpensslAlgorithms().mac(secret.encode()),
            clock=SystemClock(),
            randomness=SystemRandomness(),
        ),
        caller=Caller(seconds=PATIENCE),
    )


def _changed(told: Told, change: Callable[[dict[str, Any]], object]) -> Told:
    answer = json.loads(told.body)
    change(answer)
    return Told.json(answer)


FAULTS: dict[str, Callable[[Told], Told]] = {
    "huge": lambda _: Told.json({"flag": "1", "data": {"items": ["x" * 5_000_000]}}),
    "redirect": lambda _: Told.redirect("/elsewhere"),
    "html": lambda told: evolve(told, kind="text/html"),
    "nonsense": lambda told: evolve(told, body=b"{"),
    "error": lambda told: evolve(told, status=500),
    "refusal": lambda told: _changed(told, lambda one: one.update(flag="0")),
    "no_data": lambda told: _changed(told, lambda one: one.update(data=None)),
    "no_items": lambda told: _changed(told, lambda one: one["data"].pop("items")),
    "items": lambda told: _changed(told, lambda one: one["data"].update(items={})),
    "row": lambda told: _changed(told, lambda one: one["data"].update(items=[7])),
    "no_id": lambda told: _changed(told, lambda one: one["data"].update(items=[{}])),
    "long": lambda told: _changed(
        told, lambda one: one["data"].update(items=[{"id": "1", "name": "x" * 201}])
    ),
    "truth": lambda told: _changed(
        told, lambda one: one["data"].update(items=[{"id": "1", "deleted": "perhaps"}])
    ),
    "many": lambda told: _changed(told, lambda one: one["data"].update(items=[{"id": "1"}] * 501)),
    "circle": lambda told: _changed(told, lambda one: one["data"].update(next="0")),
}


@pytest.mark.function("F218")
class TestPlatformOrganisation(OrganisationSourceContract):
    """The adapter keeps the contract of the port."""

    faults = tuple(FAULTS)

    @pytest.fixture
    def partner(self, simulated: SimulatedOrganisation) -> Iterator[OrganisationPartner]:
        """Give adapter and platform; its pages hold one row."""
        simulated.size = 1
        fault = [""]

        def answer(asked: Asked) -> Told:
            told = simulated.answer(asked)
            return FAULTS[fault[0]](told) if fault[0] else told

        def break_by(name: str) -> None:
            fault[0] = name

        with served(answer) as address:
            yield OrganisationPartner(
                source_at(address + SimulatedOrganisation.BASE), simulated.told, break_by
            )


def test_nothing_personal_is_asked_for_in_an_address(simulated: SimulatedOrganisation) -> None:
    """Addresses hold what, how many and from where; a stranger is told nothing."""
    asked: list[Asked] = []

    def answer(request: Asked) -> Told:
        asked.append(request)
        return simulated.answer(request)

    with served(answer) as address:
        list(source_at(address + SimulatedOrganisation.BASE).users())
        assert [one.target for one in asked] == [f"{SimulatedOrganisation.BASE}/users?limit=500"]
        with pytest.raises(PartnerUnavailable):
            list(source_at(address + SimulatedOrganisation.BASE, "another").users())
