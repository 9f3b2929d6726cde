"""R7: a reply that gets lost makes nothing happen twice."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from entrypoints.actors import operator
from entrypoints.container import Platform, open_platform
from supervision_core.identity.services import UseCase
from supervision_core.kernel.errors import KeyReused
from supervision_core.kernel.plain import digest
from supervision_core.subjects.services import CreateTag, create_tag

from .oracle import faults
from .proxy import losing
from .workload import ACTOR, REGION, STEPS

COMMANDS = int(os.environ.get("SUPERVISION_LOST_REPLIES", "400"))
SEED = 7
TRIES = 40

pytestmark = pytest.mark.slow


@pytest.fixture
def database(postgres_server: str) -> Iterator[str]:
    """Give a database of PostgreSQL of its own."""
    url = make_url(postgres_server).set(drivername="postgresql+psycopg")
    name = f"supervision_replies_{os.getpid()}"
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def insist(platform: Platform, case: UseCase[Any, Any], command: Any, key: str | None) -> Any:
    """Tell a command until it answers, as clients do that lost the reply."""
    for _ in range(TRIES):
        try:
            return platform.commands.run(case, command, actor=operator(ACTOR), key=key)
        except OperationalError:
            continue
    raise AssertionError(key)


def test_told_again_under_its_key_a_command_happens_once(database: str) -> None:
    """A quarter of all replies is lost; effects, audit rows and answers are those of each key."""
    open_platform(database).engine.dispose()
    acknowledged: dict[int, str] = {}
    with losing(make_url(database), chance=0.25, seed=SEED) as network:
        platform = open_platform(network.url.render_as_string(hide_password=False))

        def run(case: UseCase[Any, Any], command: Any) -> Any:
            number = len(acknowledged)
            answer = insist(platform, case, command, f"{SEED}/{number}")
            acknowledged[number] = digest(answer)
            again = insist(platform, case, command, f"{SEED}/{number}")
            assert digest(again) == acknowledged[number]
            return answer

        at = 0
        while len(acknowledged) < COMMANDS:
            STEPS[at % len(STEPS)](run, f"r{at}")
            at += 1
        other = CreateTag(name="另一个", region=REGION)
        with pytest.raises(KeyReused):
            insist(platform, create_tag, other, f"{SEED}/0")
        platform.engine.dispose()
    assert network.lost > COMMANDS / 5
    platform = open_platform(database)
    assert faults(platform.engine, ACTOR, SEED, acknowledged) == []
    platform.engine.dispose()


def test_without_a_key_a_lost_reply_doubles_the_effect(database: str) -> None:
    """The same network, no keys: there are doubles, so the network does lose what it should."""
    open_platform(database).engine.dispose()
    with losing(make_url(database), chance=0.25, seed=SEED) as network:
        platform = open_platform(network.url.render_as_string(hide_password=False))
        step: Callable[..., Any] = STEPS[4]
        for at in range(40):
            step(lambda case, command: insist(platform, case, command, None), f"n{at}")
        platform.engine.dispose()
        engine = create_engine(database)
        with engine.connect() as connection:
            clues = connection.execute(text("SELECT count(*) FROM clue")).scalar_one()
        engine.dispose()
    assert clues > 40
