"""Sets the clock back and forth under a running process, and tells by how much time went on.

For each step and each time that passes after it: what the platform's clock says has passed, and
what a naive one says. In whole seconds, as JSON.
"""

import ctypes
import json
import sys
import time

from adapters.system import SystemClock

SHIM = ctypes.CDLL(None)
STEPS = [sign * size for size in (1, 60, 3_600, 86_400, 34_560_000) for sign in (1, -1)]
PASSES = (0, 30, 900)


def main() -> None:
    """Tell."""
    clock, told = SystemClock(), []
    for step in (*STEPS, *reversed(STEPS)):
        for passing in PASSES:
            before, naive = clock.now(), time.time()
            SHIM.clock_step(ctypes.c_long(step))
            SHIM.clock_pass(ctypes.c_long(passing))
            went = round((clock.now() - before).total_seconds())
            told.append({"step": step, "passed": passing, "went": went,
                         "naive": round(time.time() - naive)})  # fmt: skip
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
