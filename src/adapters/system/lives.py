"""Processes that end with the one that started them, whatever ended it."""

import ctypes
import os
import signal
import sys
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
"""Of Linux's ``prctl.h``: which signal a process is sent when its parent dies."""


def end_with_parent() -> None:
    """Let this process, started by ``multiprocessing``, live no longer than its parent.

    Killed by -9, a parent stops nothing itself: what it started would go on answering, and hold
    its port. On Linux the system kills, whatever the process is busy with; elsewhere a thread
    watches. Nothing is done where this process has no such parent.
    """
    parent = parent_process()
    if parent is None:
        return
    if sys.platform == "linux" and not ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL):
        if os.getppid() != parent.pid:  # it had died before anybody was asked
            os._exit(1)
        return
    Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
