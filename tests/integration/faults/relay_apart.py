"""The relay with a fault built in: what a receiver writes commits before its position."""

import time
from collections.abc import Sequence

from relay_workload import serve  # type: ignore[import-not-found]  # lies beside this program

from supervision_core.identity.services.relaying import Relay
from supervision_core.kernel.outbox import Envelope, Positions, Receiver

receive = Relay._receive


def _receive(self: Relay, receiver: Receiver, start: int, waiting: Sequence[Envelope]) -> None:
    if receiver.outside:
        receive(self, receiver, start, waiting)
        return
    wanted = [one for one in waiting if one.thing.id != "t-0"]
    with self.transactions.begin() as unit:
        receiver.receive(self._receiving(unit), wanted)
        unit.commit()
    time.sleep(0.004)
    with self.transactions.begin() as unit:
        unit[Positions].move(receiver.name, before=start, to=waiting[-1].number + 1)
        unit.commit()


if __name__ == "__main__":
    setattr(Relay, "_receive", _receive)  # noqa: B010 - the fault
    serve()
