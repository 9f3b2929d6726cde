"""Refusals carry every reason as data; aggregates hand over their events once."""

from datetime import UTC, datetime
from typing import ClassVar

import pytest
from attrs import define, frozen
from attrs.exceptions import FrozenAttributeError

from supervision_core.kernel.errors import (
    Conflict,
    DomainError,
    KeyReused,
    NotFound,
    Refused,
    Violation,
    refuse_if,
)
from supervision_core.kernel.events import Aggregate, Event


class LampBroken(Refused):
    code: ClassVar[str] = "lamps.broken"


@frozen(kw_only=True)
class LampLit(Event):
    lamp: str


@define(eq=False, kw_only=True)
class Lamp(Aggregate):
    def light(self, at: datetime) -> None:
        """Record that the lamp was lit."""
        self._record(LampLit(at=at, lamp=self.id))


NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_all_reasons_are_given_at_once() -> None:
    """Whoever is refused can mend everything before trying again."""
    reasons = (Violation("lamps.no_bulb"), Violation("lamps.no_power", at="plug", data={"volt": 0}))
    with pytest.raises(LampBroken) as caught:
        refuse_if(LampBroken, iter(reasons))
    assert caught.value.reasons == reasons
    assert str(caught.value) == "lamps.broken: lamps.no_bulb, lamps.no_power"


def test_nothing_is_refused_without_a_reason() -> None:
    """No violation, no refusal."""
    refuse_if(LampBroken, ())


@pytest.mark.parametrize(
    ("error", "reasons"),
    [
        (DomainError(), (Violation("domain_error"),)),
        (NotFound("lamp", "1"), (Violation("not_found", data={"kind": "lamp", "id": "1"}),)),
        (Conflict("lamp", "1"), (Violation("conflict", data={"kind": "lamp", "id": "1"}),)),
        (KeyReused("k"), (Violation("key_reused"),)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_general_refusals_name_what_they_concern(
    error: DomainError, reasons: tuple[Violation, ...]
) -> None:
    """A caller learns the kind and id without parsing a sentence."""
    assert error.reasons == reasons


def test_a_violation_keeps_its_own_data() -> None:
    """Changing the mapping afterwards does not change the reason."""
    data: dict[str, str | int | bool | None] = {"volt": 0}
    violation = Violation("lamps.no_power", data=data)
    data["volt"] = 230
    assert violation.data == {"volt": 0}


def test_violations_can_be_counted() -> None:
    """Violations are hashable: reports count them by code."""
    assert len({Violation("a", data={"x": 1}), Violation("a", data={"x": 1})}) == 1


def test_the_id_of_an_aggregate_is_frozen() -> None:
    """Identity is for life."""
    lamp = Lamp(id="l1")
    with pytest.raises(FrozenAttributeError):
        lamp.id = "l2"


def test_aggregates_are_told_apart_by_identity() -> None:
    """Two copies of one aggregate are never equal by accident."""
    assert Lamp(id="l1") != Lamp(id="l1")


def test_events_are_handed_over_once_in_order() -> None:
    """What was taken is not taken again."""
    lamp = Lamp(id="l1")
    lamp.light(NOON)
    lamp.light(NOON.replace(hour=13))
    assert [event.at.hour for event in lamp.take_events()] == [12, 13]
    assert lamp.take_events() == ()
