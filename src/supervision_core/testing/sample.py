"""An aggregate with a field of every kind, to try the base of an adapter with."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from attrs import define, evolve, frozen

from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.ports import Repository
from supervision_core.testing.units import RepositoryCase


class ParcelState(StrEnum):
    """Where a parcel is."""

    PACKED = "packed"
    SENT = "sent"


@frozen(kw_only=True)
class Content:
    """One thing in a parcel."""

    name: str
    hundredths: int
    packed_on: date
    seal: bytes
    tags: frozenset[str] = frozenset()


@define(eq=False, kw_only=True)
class Parcel(Aggregate):
    """Something with private state, of every kind that a domain uses."""

    title: str
    note: str = ""
    sender: str | None = None
    weight: int = 0
    fragile: bool = False
    due: date | None = None
    _state: ParcelState = ParcelState.PACKED
    _sent_at: datetime | None = None
    _contents: tuple[Content, ...] = ()
    _counts: dict[str, int]
    _marks: frozenset[str] = frozenset()

    def send(self) -> None:
        """Send it, a day later than the last time."""
        self._state = ParcelState.SENT
        self._sent_at = (self._sent_at or datetime(2026, 1, 1, tzinfo=UTC)) + timedelta(days=1)
        first, *rest = self._contents
        self._contents = (evolve(first, hundredths=first.hundredths + 1), *rest)
        self._counts["sent"] = self._counts.get("sent", 0) + 1
        self._marks |= {"已寄"}


class Parcels(Repository[Parcel]):
    """Holds parcels."""

    kind = "parcel"


def parcel(id: str) -> Parcel:
    """Give a parcel with every field filled."""
    cheese = Content(
        name="水牛奶酪",
        hundredths=12_345,
        packed_on=date(2026, 2, 13),
        seal=b"\x00\xff",
        tags=frozenset({"乳品", "冷链"}),
    )
    return Parcel(
        id=id,
        title="样品",
        note="第一行\n“第二行” ’",
        sender="u-1",
        weight=2**52,
        fragile=True,
        due=date(2024, 2, 29),
        state=ParcelState.PACKED,
        sent_at=datetime(2026, 11, 24, 4, 0, 0, 123456, tzinfo=UTC),
        contents=(cheese, evolve(cheese, name="空", tags=frozenset())),
        counts={"a": 1, "乙": 2},
        marks=frozenset({"急"}),
    )


PARCELS = RepositoryCase(port=Parcels, example=parcel, change=Parcel.send)
