"""Events written and relayed until somebody kills it; the event at the head is poisoned.

An event says its own number, so that whatever was handed on can be held against it. One receiver
writes messages inside, one tells a file outside. An event is acknowledged when it is committed.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import select

from adapters.sql.engine.schema import counter
from entrypoints.container import Platform, open_platform
from supervision_core.identity.model import StationMessage
from supervision_core.identity.ports import StationMessages
from supervision_core.identity.services.relaying import Relay
from supervision_core.kernel.events import Thing
from supervision_core.kernel.outbox import Envelope, Receiver, Receiving
from supervision_core.testing.units import Noticed

THINGS = 7
TOLD = "kept"
_NAMES = frozenset({"testing.Noticed"})


def _keep(receiving: Receiving, events: Sequence[Envelope]) -> None:
    for one in events:
        if one.thing.id == f"t-{one.facts['what']}-0":
            raise KeyError(one.number)
    receiving.unit[StationMessages].add_all(
        [
            StationMessage(
                id=receiving.ids.next_id(), user=TOLD, title="测试", words="{what}", kind="thing",
                thing=one.thing.id, made_at=one.at, facts={"what": one.facts["what"]},
            )
            for one in events
        ]
    )  # fmt: skip


def receivers(outside: Path) -> tuple[Receiver, ...]:
    """Give one inside, and one that tells ``outside``."""

    def tell(_: Receiving, events: Sequence[Envelope]) -> None:
        with outside.open("a", encoding="utf-8") as line:
            line.write("".join(f"{one.facts['what']}\n" for one in events))

    return (
        Receiver(name="kept", title="写消息", receive=_keep, names=_NAMES),
        Receiver(name="told", title="外部", receive=tell, names=_NAMES, outside=True),
    )


def relay_of(platform: Platform, outside: Path) -> Relay:
    """Give the relay to both."""
    return Relay(
        transactions=platform.transactions,
        outbox=platform.outbox,
        receivers=receivers(outside),
        clock=platform.clock,
        ids=platform.ids,
    )


def written(platform: Platform) -> int:
    """Tell how many events were ever committed."""
    with platform.engine.connect() as connection:
        asked = select(counter.c.upto).where(counter.c.name == "outbox")
        return int(connection.execute(asked).scalar() or 0)


def work(asked: dict[str, Any], line: TextIO) -> None:
    """Write events, relay them, and acknowledge each that is committed.

    The first is poisoned: it says a number that is that of its thing.
    """
    platform = open_platform(asked["url"])
    relay = relay_of(platform, Path(f"{asked['line']}.told"))
    first = written(platform)
    line.write(f"first {first}\n")
    for number in range(first, first + asked["count"]):
        with platform.transactions.begin() as unit:
            event = Noticed(at=platform.clock.now(), what=str(number))
            unit.emit(event, Thing("thing", f"t-{first}-{(number - first) % THINGS}", number))
            unit.commit()
        line.write(f"{number} committed\n")
        if number % 3 == asked["seed"] % 3:
            relay.run()
    relay.run()
