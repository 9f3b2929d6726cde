"""When a broken seal is believed."""

from collections.abc import Callable
from typing import Final, TypeVar

from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import Violation

Done = TypeVar("Done")

MOST_TRIES: Final = 10


def believed(act: Callable[[], Done]) -> Done:
    """Act, in a transaction of its own each time, until done or surely tampered with.

    A row and its seal are two reads, and somebody may change both in between. Whoever looks again
    then finds the row in a later version: what shows in the same version twice is no coincidence.
    Raises ``Tampered`` for that, and where every try finds something else.
    """
    seen: tuple[Violation, ...] = ()
    for _ in range(MOST_TRIES):
        try:
            return act()
        except Tampered as broken:
            if broken.reasons == seen:
                raise
            seen = broken.reasons
    return act()
