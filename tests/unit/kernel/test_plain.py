"""Values become plain JSON and come back the same."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import get_type_hints

import pytest
from attrs import define, field, frozen
from cattrs.errors import ForbiddenExtraKeysError
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.kernel.canonical import Json
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.plain import converter, digest, from_plain, tagged_union, to_plain


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@frozen(kw_only=True)
class Circle:
    radius: int


@frozen(kw_only=True)
class Square:
    side: int


Shape = Circle | Square
tagged_union(Shape, converter)


@frozen(kw_only=True)
class Everything:
    """One field of every kind that commands and aggregates hold."""

    text: str
    number: int
    flag: bool
    nothing: str | None
    day: date
    moment: datetime
    raw: bytes
    colour: Colour
    shape: Shape
    some: tuple[Circle, ...]
    names: frozenset[str]
    colours: frozenset[Colour]
    by_day: Mapping[str, date]


@define(eq=False, kw_only=True)
class Thing(Aggregate):
    """An aggregate with private state."""

    _name: str
    _shapes: tuple[Shape, ...] = ()
    _days: dict[str, date] = field(factory=dict)


EVERYTHING = Everything(
    text="桂",
    number=-1,
    flag=True,
    nothing=None,
    day=date(2026, 2, 13),
    moment=datetime(2026, 2, 13, 1, 2, 3, 4, tzinfo=UTC),
    raw=b"\x00\xff",
    colour=Colour.BLUE,
    shape=Square(side=2),
    some=(Circle(radius=1),),
    names=frozenset({"b", "a", "c"}),
    colours=frozenset({Colour.RED, Colour.BLUE}),
    by_day={"x": date(2026, 1, 1)},
)


def test_every_kind_of_field_comes_back() -> None:
    """Nothing is lost and nothing changes its type on the way to JSON and back."""
    assert from_plain(Everything, to_plain(EVERYTHING)) == EVERYTHING


def test_the_plain_form_is_json_without_surprises() -> None:
    """Days and moments as ISO text, bytes as hex, sets sorted, enums by value, unions tagged."""
    assert to_plain(EVERYTHING) == {
        "text": "桂",
        "number": -1,
        "flag": True,
        "nothing": None,
        "day": "2026-02-13",
        "moment": "2026-02-13T01:02:03.000004+00:00",
        "raw": "00ff",
        "colour": "blue",
        "shape": {"side": 2, "_type": "Square"},
        "some": [{"radius": 1}],
        "names": ["a", "b", "c"],
        "colours": ["blue", "red"],
        "by_day": {"x": "2026-01-01"},
    }


def test_an_aggregate_comes_back_field_by_field() -> None:
    """Private state travels; events do not: they were handed over when it was saved."""
    thing = Thing(id="t1", version=3, name="x", shapes=(Circle(radius=1), Square(side=2)))
    back = from_plain(Thing, to_plain(thing))
    assert to_plain(back) == to_plain(thing)
    assert (back.id, back.version, back.take_events()) == ("t1", 3, ())


def test_an_unknown_key_is_refused() -> None:
    """A field that nobody reads would be lost in silence."""
    with pytest.raises(ForbiddenExtraKeysError):
        from_plain(Circle, {"radius": 1, "colour": "red"})


@pytest.mark.parametrize("plain", [{}, {"radius": "one"}, [], {"radius": None}])
def test_what_does_not_fit_is_refused(plain: object) -> None:
    """A missing field or one of another type raises; nothing is guessed."""
    with pytest.raises(Exception, match=r".") as caught:
        from_plain(Circle, plain)
    assert type(caught.value).__module__.startswith(("cattrs", "builtins"))


@given(st.permutations(["a", "b", "c", "d"]))
def test_equal_values_have_equal_digests(names: list[str]) -> None:
    """The digest sees the value, not the order in which a set was filled."""
    assert digest({"names": frozenset(names)}) == digest({"names": frozenset("abcd")})


def test_different_values_have_different_digests() -> None:
    """One changed field changes the digest."""
    assert digest(Circle(radius=1)) != digest(Circle(radius=2))


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_keep_their_instant(moment: datetime) -> None:
    """A moment comes back to the microsecond."""
    assert from_plain(datetime, to_plain(moment)) == moment


def test_a_moment_of_another_zone_keeps_its_instant() -> None:
    """A zone is kept as its offset."""
    there = datetime(2026, 1, 1, 8, tzinfo=timezone(timedelta(hours=8)))
    assert from_plain(datetime, to_plain(there)) == datetime(2026, 1, 1, tzinfo=UTC)


@frozen
class Kept:
    """Something kept as it came."""

    command: Json


def test_what_is_kept_as_json_comes_back_whoever_looked_at_its_type() -> None:
    """Its type names itself: looking it up makes another of it, which is rebuilt alike."""
    whole = {"ids": ["a", 1, None, {"deep": [True]}], "name": "x"}
    assert from_plain(Kept, {"command": whole}).command == whole
    looked_up = get_type_hints(Kept)["command"]
    assert converter.structure(whole, looked_up) == whole
