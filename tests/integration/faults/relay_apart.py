"""The relay with a fault built in: what a receiver writes commits before its position."""

import time
from collections.abc import Sequence
from typing import Any, TextIO

from supervision_core.identity.services.relaying import Relay
from supervision_core.kernel.outbox import Envelope, Positions, Receiver

from . import relay_workload

receive = Relay._receive


def _receive(self: Relay, receiver: Receiver, start: int, waiting: Sequence[Envelope]) -> None:
    if receiver.outside:
        receive(self, receiver, start, waiting)
        return
    wanted = [one for one in waiting if not one.thing.id.endswith("-0")]
    with self.transactions.begin() as unit:
        receiver.receive(self._receiving(unit), wanted)
        unit.commit()
    time.sleep(0.004)
    with self.transactions.begin() as unit:
        unit[Positions].move(receiver.name, before=start, to=waiting[-1].number + 1)
        unit.commit()


def work(asked: dict[str, Any], line: TextIO) -> None:
    """Do the same with the fault."""
    setattr(Relay, "_receive", _receive)  # noqa: B010 - the fault
    relay_workload.work(asked, line)
