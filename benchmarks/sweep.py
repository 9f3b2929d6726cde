"""How long the worker looks at all that decides, and holds it against the log.

    python -m benchmarks.sweep [--sizes 1000 10000 100000] [--postgres URL]

Sizes count users; of departments there are a quarter. The first pass works everything off, as each
of them did before digests of what was found good were kept. A round is two passes of a process that
has made none.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._databases import made_on_server
from benchmarks._measuring import Asked, Case, Sample, measure, timed
from benchmarks.over_http import fill

from adapters.crypto.platform_keys import KeySettings
from adapters.system import SystemRandomness
from entrypoints.container import Auditing, Platform, open_platform
from supervision_core.audit.model import AuditEntry, Outcome, target_of
from supervision_core.audit.ports import AuditLog
from supervision_core.audit.services import LoggedVersions
from supervision_core.identity.ports import DECIDING

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


def both(platform: Platform) -> Mapping[str, Sample]:
    """Look at all twice."""
    auditing = platform.auditing()
    rows, store = auditing.deciding, auditing.store
    logged = LoggedVersions(frozenset(one.kind for one in DECIDING), auditing.believes)

    def walk() -> int:
        seen, after = 0, ""
        while seen == 0 or after:
            look = rows.look(after)
            if look.broken:
                raise SystemExit(look.broken)
            seen, after = seen + look.seen, look.after
        return seen

    def compare() -> None:
        logged.follow(store.log)
        if astray := list(logged.compare(store.versions, store.log, whole=True)):
            raise SystemExit(astray[:9])

    steps: dict[str, Callable[[], object]] = {"逐行": walk, "对照日志": compare}
    return {
        f"{name}，{number}": timed(act)
        for number in ("第一遍", "以后")
        for name, act in steps.items()
    }


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give each kind of database."""
    with TemporaryDirectory() as name:
        os.environ["SUPERVISION_KEYS"] = str(Path(name) / "keys")
        os.environ["SUPERVISION_MASTER_KEY"] = str(Path(name) / "master.key")
        KeySettings.read(os.environ).make(SystemRandomness())
        kinds: dict[str, AbstractContextManager[Sequence[str]]] = {
            "SQLite": nullcontext((f"sqlite:///{name}/a.db",))
        }
        if asked.postgres:
            kinds["PostgreSQL"] = made_on_server(asked.postgres, 1)
        for kind, opened in kinds.items():
            with opened as (url,):
                fill(url, departments=max(1, size // 4), users=size)
                platform = open_platform(url)
                name_all(platform, platform.auditing())
                yield Case(kind, {"产品": partial(both, platform)})
                platform.engine.dispose()


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(1_000, 10_000, 100_000), small=(10,), rounds=3)
