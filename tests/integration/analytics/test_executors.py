"""Every engine gives what the definition gives, subject by subject."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    MetaData,
    SmallInteger,
    String,
    Table,
    create_engine,
)

from adapters.analytics.database import SqlAssessment, results_table
from adapters.analytics.duckdb_files import DuckDbFiles
from supervision_core.assessment.model import (
    AssessmentModel,
    FactDefinition,
    FactType,
    Row,
    evaluate,
    raw_facts,
)
from supervision_core.testing.assessment import (
    AS_OF,
    ExecutorContract,
    Facts,
    awkward_facts,
    awkward_model,
)

SEEDS = st.integers(min_value=0, max_value=2**64)
TYPES: dict[FactType, Any] = {
    FactType.INTEGER: BigInteger(),
    FactType.DAY: BigInteger(),
    FactType.FLAG: SmallInteger(),
    FactType.CODE: String(200),
    FactType.DECIMAL: BigInteger(),
}
DUCKDB_TYPES = {
    "integer": "BIGINT",
    "day": "DATE",
    "flag": "BOOLEAN",
    "code": "VARCHAR",
    "decimal": "VARCHAR",
}


def in_database(
    connection: Connection, model: AssessmentModel, as_of: date, facts: Sequence[Facts]
) -> list[Row]:
    """Assess inside the database of ``connection``, leaving nothing behind."""
    metadata = MetaData()
    columns = (Column(fact.name, TYPES[fact.type]) for fact in model.facts)
    source = Table("assessed_facts", metadata, Column("id", String(64)), *columns)
    results = results_table("assessed_results", metadata, model)
    transaction = connection.begin()
    metadata.drop_all(connection)
    metadata.create_all(connection)
    if facts:
        rows = [{"id": f"{n:06}", **raw_facts(model.facts, f)} for n, f in enumerate(facts)]
        connection.execute(source.insert(), rows)
    batch = SqlAssessment(connection, source, "id", results)
    summary = batch.assess(model, as_of)
    found = [row for _, row in batch.rows()]
    transaction.rollback()
    assert summary.subjects == len(facts)
    assert summary.faulty == sum(row[0] is None for row in found)
    return found


def write_parquet(
    path: Path, definitions: Sequence[FactDefinition], facts: Sequence[Facts]
) -> None:
    """Write facts as another system would: dates and booleans as such."""
    columns = "".join(f", {fact.name} {DUCKDB_TYPES[fact.type]}" for fact in definitions)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE facts (id VARCHAR{columns})")
        marks = ", ".join("?" * (len(definitions) + 1))
        rows = [[f"{n:06}", *(f[d.name] for d in definitions)] for n, f in enumerate(facts)]
        if rows:
            connection.executemany(f"INSERT INTO facts VALUES ({marks})", rows)  # noqa: S608 - our own words
        connection.table("facts").write_parquet(str(path))


def in_duckdb(
    folder: Path, model: AssessmentModel, as_of: date, facts: Sequence[Facts]
) -> list[Row]:
    """Assess a Parquet file."""
    source, results = folder / "facts [1]'s.parquet", folder / "results.parquet"
    write_parquet(folder / "plain.parquet", model.facts, facts)
    (folder / "plain.parquet").replace(source)
    summary = DuckDbFiles(source, results).assess(model, as_of)
    with duckdb.connect() as connection:
        rows = connection.read_parquet(str(results)).order("subject_id").fetchall()
    assert summary.subjects == len(rows)
    return [tuple(row[1:]) for row in rows]


class TestDuckDb(ExecutorContract):
    """DuckDB over Parquet."""

    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path) -> None:
        """Give each test an empty folder."""
        self.path = tmp_path

    def execute(self, model: AssessmentModel, as_of: date, facts: Sequence[Facts]) -> list[Row]:
        """Assess a Parquet file."""
        return in_duckdb(self.path, model, as_of, facts)


class TestSqlite(ExecutorContract):
    """SQLite, in memory."""

    @pytest.fixture(autouse=True)
    def database(self) -> Iterator[None]:
        """Open a database."""
        engine = create_engine("sqlite://")
        with engine.connect() as self.connection:
            yield
        engine.dispose()

    def execute(self, model: AssessmentModel, as_of: date, facts: Sequence[Facts]) -> list[Row]:
        """Assess inside the database."""
        return in_database(self.connection, model, as_of, facts)


class TestPostgres(ExecutorContract):
    """PostgreSQL."""

    @pytest.fixture(autouse=True)
    def database(self, postgres_dsn: str) -> Iterator[None]:
        """Connect to the empty database of this test process."""
        engine = create_engine(postgres_dsn)
        with engine.connect() as self.connection:
            yield
        engine.dispose()

    def execute(self, model: AssessmentModel, as_of: date, facts: Sequence[Facts]) -> list[Row]:
        """Assess inside the database."""
        return in_database(self.connection, model, as_of, facts)


@pytest.fixture(scope="module")
def engines(postgres_dsn: str) -> Iterator[list[Engine]]:
    """Open SQLite and PostgreSQL."""
    opened = [create_engine("sqlite://"), create_engine(postgres_dsn)]
    yield opened
    for engine in opened:
        engine.dispose()


@pytest.mark.function("F172")
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(SEEDS)
def test_all_engines_agree_with_the_definition(
    engines: list[Engine], tmp_path: Path, seed: int
) -> None:
    """Whatever model and facts: DuckDB, SQLite and PostgreSQL give the rows of evaluate."""
    model = awkward_model(seed)
    facts = awkward_facts(seed, model, 15)
    wanted = [evaluate(model, known, AS_OF).row() for known in facts]
    for engine in engines:
        with engine.connect() as connection:
            assert in_database(connection, model, AS_OF, facts) == wanted, engine.dialect.name
    assert in_duckdb(tmp_path, model, AS_OF, facts) == wanted
