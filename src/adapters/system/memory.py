"""The memory of a process that runs for months in many threads."""

import ctypes
import sys
from typing import Final

_ARENA_MAX: Final = -8
"""``M_ARENA_MAX`` of ``malloc.h`` of the GNU C library."""


def share_memory_between_threads() -> None:
    """Let all threads take their memory from one place, before any of them is started.

    Otherwise the GNU C library gives threads places of their own, up to eight for each core: what
    one thread gives back the next one does not find, and a process in which many jobs take turns
    grows. Elsewhere nothing is done: no other C library divides memory so.
    """
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):  # musl has none
        library.mallopt(_ARENA_MAX, 1)
