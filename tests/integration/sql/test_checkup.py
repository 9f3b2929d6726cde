"""The check-up finds what is wrong, on every engine at hand, and leaves nothing behind."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, inspect, make_url, text, update

from adapters.sql.checkup import Result, State, examine, examine_copy
from adapters.sql.engine.schema import audit_row, counter
from adapters.sql.sealing.protection import Sealing
from adapters.system import FixedClock, SystemClock
from entrypoints.words import all_messages
from supervision_core.kernel.ports import Clock

KINDS = ["sqlite", "postgres", "kingbase"]
SUFFIX = "probe"


def examined(
    url: URL | str, sealing: Sealing, *, clock: Clock | None = None, until: str = ""
) -> dict[str, Result]:
    """Give what the check-up says, by the names of its steps, broken off behind ``until``."""
    found = examine(
        make_url(url),
        sealing=sealing,
        clock=clock or SystemClock(),
        suffix=SUFFIX,
        messages=all_messages(),
    )
    results = {}
    for result in found:
        results[result.name] = result
        if result.name == until:
            break
    found.close()  # type: ignore[attr-defined]  # it is a generator
    return results


def bad(results: dict[str, Result]) -> list[str]:
    """Give the names of what is wrong."""
    return [name for name, result in results.items() if result.state is State.BAD]


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give a migrated database of each kind."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found


def traces(engine: Engine) -> tuple[list[str], list[str], list[str]]:
    """Give tables, schemas and neighbouring files: what a check-up could leave behind."""
    seen = inspect(engine)
    file = Path(engine.url.database or "")
    beside = file.parent.glob(f"{file.name}.*") if engine.dialect.name == "sqlite" else ()
    return sorted(seen.get_table_names()), sorted(seen.get_schema_names()), sorted(map(str, beside))


def test_a_good_database_is_found_good(engine: Engine, sealing: Sealing) -> None:
    """Every step passes where everything is right, and the database is as it was before."""
    before = traces(engine)
    results = examined(engine.url, sealing)
    assert bad(results) == []
    assert {"chinese", "rare", "counter", "migrations", "clean"} <= results.keys()
    assert traces(engine) == before


def test_wrong_clocks_are_told(engine: Engine, sealing: Sealing) -> None:
    """A server whose clock is elsewhere than ours is found, by the clock alone."""
    late = FixedClock(SystemClock().now() - timedelta(minutes=3))
    results = examined(engine.url, sealing, clock=late, until="clock")
    assert bad(results) == ["clock"]
    assert re.search("1(79|80|81) 秒", results["clock"].found)


@pytest.mark.parametrize(
    ("url", "step"),
    [
        ("sqlite:////nowhere/at/all.db", "connection"),
        ("postgresql+psycopg://nobody@127.0.0.1:1/none", "connection"),
        ("kingbase://nobody@127.0.0.1:1/none", "connection"),
        ("dm://nobody:secret@127.0.0.1:1", "connection"),
        ("cassandra://host/base", "driver"),
    ],
)
def test_what_cannot_be_reached_is_told_at_once(url: str, step: str, sealing: Sealing) -> None:
    """Without driver or server one step fails, with a remedy, and the rest is not tried."""
    results = examined(url, sealing)
    assert bad(results) == [step]
    assert results[step].remedy
    assert results["version"].state is State.SKIPPED
    assert not any("secret" in result.found for result in results.values())


@pytest.mark.parametrize(
    ("option", "setting"),
    [
        ("synchronous_commit=off", "synchronous_commit"),
        ("default_transaction_isolation=serializable", "default_transaction_isolation"),
    ],
)
@pytest.mark.parametrize("kind", ["postgres", "kingbase"])
def test_a_weak_setting_is_told(
    kind: str, option: str, setting: str, sealing: Sealing, request: pytest.FixtureRequest
) -> None:
    """A setting that would lose or garble data fails with the values that will do."""
    url = make_url(request.getfixturevalue(f"{kind}_dsn"))
    weak = url.update_query_dict({"options": f"-c {option}"})
    results = examined(weak, sealing, until="create")
    assert f"setting.{setting}" in bad(results)
    assert "可用" in results[f"setting.{setting}"].remedy


@pytest.fixture
def powerless(postgres_dsn: str) -> Iterator[URL]:
    """Give the address of a user who may create nothing."""
    url = make_url(postgres_dsn)
    name = f"{url.database}_reader"
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE ROLE {name} LOGIN PASSWORD 'x'"))
        connection.execute(text("REVOKE CREATE ON SCHEMA public FROM public"))
    yield url.set(username=name, password="x")  # noqa: S106 - of nobody
    with admin.connect() as connection:
        connection.execute(text(f"DROP ROLE {name}"))
    admin.dispose()


def test_a_user_without_rights_is_told(powerless: URL, sealing: Sealing) -> None:
    """Who may not create tables learns which right is missing; nothing else is tried."""
    results = examined(powerless, sealing)
    assert "create" in bad(results)
    assert "GRANT" in results["create"].remedy
    assert results["counter"].state is State.SKIPPED


def test_a_database_that_breaks_off_is_cleaned_up(engine: Engine, sealing: Sealing) -> None:
    """Who stops the check-up in its middle leaves nothing either."""
    before = traces(engine)
    assert examined(engine.url, sealing, until="many")["many"].state is State.GOOD
    assert traces(engine) == before


def copy_results(primary: Engine, copy: URL) -> dict[str, Result]:
    """Give what is said of a copy."""
    return {result.name: result for result in examine_copy(primary.url, copy)}


def test_a_primary_is_no_copy(postgres_engine: Engine) -> None:
    """What accepts writes is not taken for a replica; otherwise it has all that the primary has."""
    results = copy_results(postgres_engine, postgres_engine.url)
    assert bad(results) == ["replica.read_only"]


def test_a_copy_of_something_else_is_told(postgres_engine: Engine, kingbase_engine: Engine) -> None:
    """A copy without what the primary committed is behind; one that is down is told as such."""
    with postgres_engine.begin() as connection:
        mine = counter.c.name == audit_row.name
        connection.execute(update(counter).where(mine).values(upto=7))
    read_only = kingbase_engine.url.update_query_dict(
        {"options": "-c default_transaction_read_only=on"}
    )
    results = copy_results(postgres_engine, read_only)
    assert bad(results) == ["replica.lag"]
    assert "7" in results["replica.lag"].found
    down = postgres_engine.url.set(database="none_of_that_name")
    assert bad(copy_results(postgres_engine, down)) == ["replica.connection"]


@pytest.mark.parametrize("kind", ["postgres", "kingbase"])
def test_a_server_without_sums_over_its_pages_is_warned_of(
    kind: str, request: pytest.FixtureRequest, sealing: Sealing
) -> None:
    """It may give damaged rows for good ones: advice, no refusal; on SQLite there is no such."""
    engine: Engine = request.getfixturevalue(f"{kind}_engine")
    with engine.connect() as connection:
        on = connection.exec_driver_sql("SHOW data_checksums").scalar_one() == "on"
    name = "setting.data_checksums"
    found = examined(engine.url, sealing, until=name)[name]
    assert (found.state, bool(found.remedy)) == (State.GOOD if on else State.WARNED, not on)
