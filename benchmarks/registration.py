"""What the protection of its rows costs a registration, through ``Commands`` as the API does it.

    python -m benchmarks.registration [--sizes 100 1000 10000] [--postgres URL]

Sizes count the users who are registered already. Two ways take turns: protected, and without row
seals, without looking into the log and without versions in it.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from itertools import count
from unittest import mock

from benchmarks._databases import databases
from benchmarks._measuring import Asked, Case, measure
from sqlalchemy import Engine

from adapters.sql.engine import mapper
from adapters.sql.frame.known import SqlKnownVersions
from adapters.sql.ports import sql_transactions
from adapters.system import SystemClock, SystemIds
from entrypoints.actors import operator
from supervision_core.identity.model import User
from supervision_core.identity.ports import Departments, Users
from supervision_core.identity.services import Commands, Work, frame
from supervision_core.identity.services.frame import use_case
from supervision_core.identity.services.keeping import keep, keep_all
from supervision_core.identity.services.users import RegisterUser, register_user
from supervision_core.testing.directory import a_department, a_user
from supervision_core.testing.identity import full_draft

AT_ONCE = 10
NO_SEAL = f"sm3$v1${'0' * 64}"


@use_case("identity.add_department", "新增组织机构")
def one_department(work: Work, id: str) -> str:
    """Keep the department in which all are registered."""
    keep(work, Departments, a_department(id))
    return id


@contextmanager
def unprotected() -> Iterator[None]:
    """Seal nothing, check nothing, name no version."""

    def unsealed(*_: object) -> str:
        return NO_SEAL

    def unversioned(kind: str, id: str, _version: int = 0) -> str:
        return f"{kind}/{id}"

    with (
        mock.patch.object(mapper, "seal_of_row", unsealed),
        mock.patch.object(mapper, "check_row", unsealed),
        mock.patch.object(SqlKnownVersions, "require", unsealed),
        mock.patch.object(frame, "target_of", unversioned),
    ):
        yield


@use_case("identity.register_user", "新增用户")
def fill(work: Work, count: int) -> int:
    """Keep users in a department of their own."""
    keep(work, Departments, a_department("d-filled"))
    users: list[User] = [a_user(f"filled-{at:06}", "d-filled") for at in range(count)]
    keep_all(work, Users, users)
    return count


def ways_of(engine: Engine) -> dict[str, Callable[[], object]]:
    """Give both ways to register the next users."""
    commands = Commands(sql_transactions(engine), SystemClock(), SystemIds())
    made: dict[str, Callable[[], AbstractContextManager[None]]] = {
        "没有保护": unprotected,
        "产品": nullcontext,
    }
    numbers = count()

    def register(way: str, place: str) -> None:
        drafts = [full_draft(f"user.{next(numbers)}", place) for _ in range(AT_ONCE)]
        with made[way]():
            for draft in drafts:
                commands.run(register_user, RegisterUser(draft=draft), actor=operator())

    found = {}
    for at, (way, protection) in enumerate(made.items()):
        with protection():
            place = commands.run(one_department, f"d-{at}", actor=operator())
        found[way] = partial(register, way, place)
    return found


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give each kind of database."""
    for kind, (engine,) in databases(asked.postgres):
        Commands(sql_transactions(engine), SystemClock(), SystemIds()).run(
            fill, size, actor=operator()
        )
        yield Case(kind, ways_of(engine), "没有保护", times=AT_ONCE, warm=2)


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(100, 1_000, 10_000), small=(2, 4), rounds=40)
