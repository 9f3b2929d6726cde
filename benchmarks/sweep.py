"""How long the worker looks at all that decides about permissions: afresh, and again.

``python -m benchmarks.sweep [--users 20000] [--departments 5166] [--postgres EMPTY]``; a line of
JSON for each pass. The first pass works everything off, as each of them did before digests of what
was found good were kept.
"""

import argparse
import json
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.over_http import fill

from adapters.crypto.platform_keys import KeySettings
from adapters.system import SystemRandomness
from entrypoints.container import open_platform

PASSES = 4


def main() -> None:
    """Measure and say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--users", type=int, default=20_000)
    parser.add_argument("--departments", type=int, default=5_166)
    parser.add_argument("--postgres", default="")
    asked = parser.parse_args()
    with TemporaryDirectory() as name:
        os.environ["SUPERVISION_KEYS"] = str(Path(name) / "keys")
        os.environ["SUPERVISION_MASTER_KEY"] = str(Path(name) / "master.key")
        KeySettings.read(os.environ).make(SystemRandomness())
        url = asked.postgres or f"sqlite:///{name}/a.db"
        fill(url, departments=asked.departments, users=asked.users)
        rows = open_platform(url).auditing().deciding
        for number in range(PASSES):
            processor, wall, seen, after = time.process_time(), time.perf_counter(), 0, ""
            while seen == 0 or after:
                look = rows.look(after)
                if look.broken:
                    raise SystemExit(look.broken)
                seen, after = seen + look.seen, look.after
            found = {
                "database": url.partition(":")[0],
                "pass": number + 1,
                "rows": seen,
                "wall": round(time.perf_counter() - wall, 2),
                "processor": round(time.process_time() - processor, 2),
            }
            print(json.dumps(found), flush=True)  # noqa: T201 - what the program is for


if __name__ == "__main__":
    main()
