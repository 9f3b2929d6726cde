"""What a long use looks at: processes come and go meanwhile."""

import os
import subprocess
import sys
from array import array

from attrs import evolve
from benchmarks.long_run import SAMPLES, TENTHS, Held, Use, Watch, tenths
from sqlalchemy import Engine


def test_a_process_that_has_ended_holds_nothing(sqlite_engine: Engine) -> None:
    """What a process started for a moment may end while it is looked at, and be waited for later.

    The worker starts such a one in its first seconds.
    """
    watch = Watch(sqlite_engine, (os.getpid(),))
    with subprocess.Popen((sys.executable, "-c", "")) as brief:
        os.waitid(os.P_PID, brief.pid, os.WEXITED | os.WNOWAIT)
        assert brief.pid in watch.processes()
        found = watch.held(0.0)
    assert brief.pid not in found.memory
    assert found.memory[os.getpid()] > 0 < found.descriptors
    assert found.total == sum(found.memory.values())


def test_a_tenth_tells_of_those_that_were_there_throughout(sqlite_engine: Engine) -> None:
    """One process more at one look changes no figure of a tenth."""
    use = Use(0, sqlite_engine, Watch(sqlite_engine, ()), 1_000)
    use.seconds = array("d", [0.1] * use.requests)
    usual = Held({7: 100.0, 8: 50.0}, mapped=9.0, descriptors=20, threads=4, log=3.0)
    use.held = [usual] * (TENTHS * SAMPLES)
    use.held[3] = evolve(usual, memory={**usual.memory, 9: 30.0}, descriptors=23, threads=5)
    first, *others = tenths(use)
    assert (first.memory, first.each, first.descriptors, first.threads) == (150, [100, 50], 20, 4)
    assert others == [first] * (TENTHS - 1)
