"""The process that reads a large table: ``python -m entrypoints.intake``, started by ``beside``."""

import sys
from contextlib import suppress

from entrypoints.intake.beside import serve

if __name__ == "__main__":
    with suppress(BrokenPipeError):  # the parent is gone
        serve(sys.stdin.buffer, sys.stdout.buffer)
