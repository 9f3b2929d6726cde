"""What the lightest write costs beside a bare insert: audit and idempotency record included.

``python -m benchmarks.writes [--rounds 100] [--postgres URL]``; one line of JSON a database.

The product creates a tag through the frame, each with a key of its own; then renames it. The peer
is the driver alone on a database of the same tables: it inserts the same row, or updates it, and
commits. Ten each in turns, in the same run; milliseconds a write, wall and processor, medians; the
ratios are medians of the pairs' ratios. ``without_key`` is the product without idempotency record.
"""

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.audit import ACTOR, SERVED, new_files, new_on_a_server
from sqlalchemy import Engine, bindparam, insert, update

from adapters.crypto.keys import FileKeys, MasterKeyVault
from adapters.crypto.providers import open_algorithms
from adapters.sql.sealing import Sealing
from adapters.sql.subjects import tag
from adapters.sql.unit import SqlTransactions
from adapters.system import SystemClock, SystemIds, SystemRandomness
from supervision_core.identity.services import Commands
from supervision_core.kernel.sealing import KEY_NAMES
from supervision_core.subjects.services import ChangeTag, CreateTag, change_tag, create_tag

NAMES = ("bare", "product", "without_key")
BODY = '{"events":[]}'
LIKE = {"region": "450000", "enabled": True, "row_seal": "sm3$v1$" + "0" * 64}
AT_ONCE = 10
WARMING = 10
Act = Callable[[int], object]


def bare(engine: Engine) -> Mapping[str, Act]:
    """Give what inserts a row, and what updates one, by the driver alone, each committed."""
    dialect = engine.dialect
    names = [column.name for column in tag.c]
    adding = str(insert(tag).compile(dialect=dialect))
    changed = {name: bindparam(name) for name in names if name != "id"}
    found = tag.c.id == bindparam("old_id"), tag.c.version == bindparam("old_version")
    changing = update(tag).where(*found).values(changed).compile(dialect=dialect)
    order = changing.positiontup
    raw = engine.raw_connection()
    begin = "BEGIN IMMEDIATE" if order is not None else "BEGIN"
    like = LIKE | {"body": BODY}

    def run(statement: str, values: Any) -> None:
        cursor = raw.cursor()
        if order is not None:
            cursor.execute(begin)
        cursor.execute(statement, values)
        raw.commit()
        cursor.close()

    def add(number: int) -> None:
        values = {**like, "id": f"{number:026}", "name": f"n-{number}", "version": 1}
        run(adding, values if order is None else [values[name] for name in names])

    def change(number: int) -> None:
        values = {**like, "name": f"m-{number}", "version": 2}
        values |= {"old_id": f"{number:026}", "old_version": 1}
        run(str(changing), values if order is None else [values[name] for name in order])

    return {"add": add, "change": change}


def product(engine: Engine, *, keyed: bool) -> Mapping[str, Act]:
    """Give the same through the frame."""
    commands = Commands(SqlTransactions(engine, SERVED), SystemClock(), SystemIds())
    made: dict[int, str] = {}

    def key(what: str, number: int) -> str | None:
        return f"{what}/{number}" if keyed else None

    def add(number: int) -> None:
        command = CreateTag(name=f"n-{number}", region="450000")
        made[number] = commands.run(create_tag, command, actor=ACTOR, key=key("add", number))

    def change(number: int) -> None:
        command = ChangeTag(tag_id=made[number], name=f"m-{number}", rules=(), note="", order=0)
        commands.run(change_tag, command, actor=ACTOR, key=key("change", number))

    return {"add": add, "change": change}


def taken_by(act: Act, first: int) -> tuple[float, float]:
    """Give wall and processor milliseconds of a write."""
    began, busy = time.perf_counter(), time.process_time()
    for number in range(first, first + AT_ONCE):
        act(number)
    wall, processor = time.perf_counter() - began, time.process_time() - busy
    return wall * 1e3 / AT_ONCE, processor * 1e3 / AT_ONCE


def compare(engines: Sequence[Engine], rounds: int) -> dict[str, Any]:
    """Give what each writes, in turns, and the ratios."""
    plain, ours, unkeyed = engines
    ways = {
        "bare": bare(plain),
        "product": product(ours, keyed=True),
        "without_key": product(unkeyed, keyed=False),
    }
    told: dict[str, Any] = {}
    taken = {(way, what): [] for way in ways for what in ("add", "change")}
    for turn in range(rounds + WARMING):
        order = list(ways) if turn % 2 else list(reversed(ways))
        for what in ("add", "change"):
            for way in order:
                taken[way, what].append(taken_by(ways[way][what], turn * AT_ONCE))
    for (way, what), each in taken.items():
        kept, peer = each[WARMING:], taken["bare", what][WARMING:]
        told[f"{what}_{way}_ms"] = [round(median(one[i] for one in kept), 3) for i in (0, 1)]
        if way != "bare":
            pairs = list(zip(kept, peer, strict=True))
            ratios = [round(median(a[i] / b[i] for a, b in pairs), 2) for i in (0, 1)]
            told[f"{what}_{way}_ratio"] = ratios
    return told


def main() -> None:
    """Measure and say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--postgres", default="")
    asked = parser.parse_args()
    with TemporaryDirectory() as name:
        folder, randomness = Path(name), SystemRandomness()
        vault = MasterKeyVault(open_algorithms(randomness), randomness, randomness.token(16))
        keys = FileKeys(folder / "keys", vault)
        for kind in KEY_NAMES:
            keys.rotate(kind)
        sealing = Sealing.under(keys, randomness)
        databases = {"sqlite": new_files(folder, sealing, NAMES)}
        if asked.postgres:
            databases["postgresql"] = new_on_a_server(asked.postgres, sealing, NAMES)
        for database, opened in databases.items():
            with opened as engines:
                told = compare(engines, asked.rounds)
            print(json.dumps({"database": database, **told}))  # noqa: T201 - its output


if __name__ == "__main__":
    main()
