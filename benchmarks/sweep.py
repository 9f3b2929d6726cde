"""How long the worker looks at all that decides, and holds it against the log.

``python -m benchmarks.sweep [--users 20000] [--departments 5166] [--postgres EMPTY]``; a line of
JSON for each pass. The first pass works everything off, as each of them did before digests of what
was found good were kept; ``compared`` is the part that the log takes.
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
from entrypoints.container import Auditing, Platform, open_platform
from supervision_core.audit.model import AuditEntry, Outcome, target_of
from supervision_core.audit.ports import AuditLog
from supervision_core.audit.services import LoggedVersions
from supervision_core.identity.ports import DECIDING

PASSES = 4
AT_ONCE = 100


def name_all(platform: Platform, auditing: Auditing) -> None:
    """Let the log name every row, as the commands that wrote them would have."""
    for one in DECIDING:
        named = [target_of(one.kind, *row) for row in auditing.store.versions.of(one.kind)]
        for at in range(0, len(named), AT_ONCE):
            with platform.transactions.begin() as unit:
                entry = AuditEntry(
                    at=platform.clock.now(),
                    actor="bench",
                    department="",
                    action="testing.fill",
                    outcome=Outcome.DONE,
                    request="0" * 64,
                    targets=tuple(named[at : at + AT_ONCE]),
                )
                unit[AuditLog].append(entry)
                unit.commit()


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
        platform = open_platform(url)
        auditing = platform.auditing()
        name_all(platform, auditing)
        rows, store = auditing.deciding, auditing.store
        logged = LoggedVersions(frozenset(one.kind for one in DECIDING), auditing.believes)
        for number in range(PASSES):
            processor, wall, seen, after = time.process_time(), time.perf_counter(), 0, ""
            while seen == 0 or after:
                look = rows.look(after)
                if look.broken:
                    raise SystemExit(look.broken)
                seen, after = seen + look.seen, look.after
            walked = time.perf_counter() - wall
            logged.follow(store.log)
            if astray := list(logged.compare(store.versions, whole=True)):
                raise SystemExit(astray[:9])
            found = {
                "database": url.partition(":")[0],
                "pass": number + 1,
                "rows": seen,
                "compared": round(time.perf_counter() - wall - walked, 2),
                "wall": round(time.perf_counter() - wall, 2),
                "processor": round(time.process_time() - processor, 2),
            }
            print(json.dumps(found), flush=True)  # noqa: T201 - what the program is for


if __name__ == "__main__":
    main()
