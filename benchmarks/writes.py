"""What the lightest write costs beside a bare insert: audit and idempotency record included.

    python -m benchmarks.writes [--sizes 100 1000 10000] [--postgres URL]

Sizes count the tags that are there already. The product creates a tag through the frame, each with
a key of its own; then renames it. The peer is the driver alone on a database of the same tables: it
inserts the same row, or updates it, and commits. ``without key`` is the product without idempotency
record.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count
from typing import Any

from benchmarks._databases import databases
from benchmarks._measuring import Asked, Case, measure
from benchmarks.audit import ACTOR, SERVED
from sqlalchemy import Engine, bindparam, insert, update

from adapters.sql.frame.unit import SqlTransactions
from adapters.sql.ports import sql_transactions
from adapters.sql.subjects import tag
from adapters.system import SystemClock, SystemIds
from supervision_core.identity.services import Commands
from supervision_core.subjects.services import ChangeTag, CreateTag, change_tag, create_tag
from supervision_core.testing.offices import keep_directory

BODY = '{"events":[]}'
LIKE = {"region": "450000", "enabled": True, "row_seal": "sm3$v1$" + "0" * 64}
AT_ONCE = 10
WARMING = 5
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
        command = ChangeTag(tag_id=made[number], name=f"m-{number}")
        commands.run(change_tag, command, actor=ACTOR, key=key("change", number))

    return {"add": add, "change": change}


def in_turn(act: Act, numbers: Iterator[int]) -> None:
    """Write the next ones."""
    for _ in range(AT_ONCE):
        act(next(numbers))


def filled(engine: Engine, many: int) -> None:
    """Let tags be there."""
    rows = [
        {**LIKE, "body": BODY, "id": f"f{at:025}", "name": f"f-{at}", "version": 1}
        for at in range(many)
    ]
    with engine.begin() as connection:
        connection.execute(insert(tag), rows)
    with sql_transactions(engine).begin() as unit:
        keep_directory(unit, ())
        unit.commit()


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give adding and changing on each kind of database."""
    for kind, engines in databases(asked.postgres, 3):
        for engine in engines:
            filled(engine, size)
        plain, ours, unkeyed = engines
        ways = {
            "裸插入": bare(plain),
            "产品": product(ours, keyed=True),
            "不带幂等记录": product(unkeyed, keyed=False),
        }
        for what, title in (("add", "新建"), ("change", "修改")):
            acts = {way: partial(in_turn, done[what], count()) for way, done in ways.items()}
            yield Case(f"{kind}，{title}", acts, "裸插入", times=AT_ONCE, warm=WARMING)


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(100, 1_000, 10_000), small=(2, 4), rounds=25)
