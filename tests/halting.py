"""A child process that stands still: not only sent the signal, but seen to have stopped."""

import os
import signal


def halt(process: int) -> None:
    """Stop a child, and wait until all its threads stand, or it has ended.

    The signal alone is no stop: on a full machine the other threads go on until the one that
    takes it has had its turn.
    """
    os.kill(process, signal.SIGSTOP)
    os.waitid(os.P_PID, process, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
