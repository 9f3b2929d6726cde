"""The process that reads a large table: ``python -m entrypoints.intake``, started by ``beside``."""

import gc
import sys
from contextlib import suppress

from entrypoints.intake.beside import serve

if __name__ == "__main__":
    gc.disable()  # entries hold no cycles, and this process is soon gone
    with suppress(BrokenPipeError):  # the parent is gone
        serve(sys.stdin.buffer, sys.stdout.buffer)
