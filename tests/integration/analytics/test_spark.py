"""Spark, as Sail plays it: the rows of the definition, and no call that waits for ever."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.halting import halt

from adapters.analytics.city_batch import begin, documents_of
from adapters.analytics.city_store import CityStore
from adapters.analytics.engines import Asked, ClusterNotUsable, DuckDbEngine
from adapters.analytics.files import FactFileNotUsable
from adapters.analytics.sail_server import CLUSTER, LOCAL, Served, sail
from adapters.analytics.spark_connect import SparkConnect, target
from adapters.analytics.spark_engine import SparkEngine
from adapters.analytics.spark_sql import quoted, text_literal
from supervision_core.assessment.model import (
    AssessmentModel,
    FactDefinition,
    FactType,
    Row,
    evaluate,
)
from supervision_core.testing.assessment import (
    AS_OF,
    CODES,
    ExecutorContract,
    Facts,
    awkward_facts,
    awkward_model,
)

from .engine_facts import assessed, session, small_model

SEEDS = st.integers(min_value=0, max_value=2**64)


@pytest.fixture(scope="module")
def local() -> Iterator[Served]:
    """Give Sail in one process."""
    with sail(LOCAL) as served:
        yield served


@pytest.fixture(scope="module")
def cluster() -> Iterator[Served]:
    """Give Sail with a driver and workers that talk over the network."""
    with sail(CLUSTER) as served:
        yield served


@pytest.fixture
def spark(local: Served) -> Iterator[SparkConnect]:
    """Give a session."""
    with session(local) as connect:
        yield connect


class TestSail(ExecutorContract):
    """Sail in one process."""

    seeds = range(int(os.environ.get("SUPERVISION_SAIL_SEEDS", "6")))

    @pytest.fixture(autouse=True)
    def engine(self, spark: SparkConnect, tmp_path: Path) -> None:
        """Give each test a session and an empty folder."""
        self.spark, self.path = SparkEngine(spark), tmp_path

    def execute(self, model: AssessmentModel, as_of: date, facts: Sequence[Facts]) -> list[Row]:
        """Assess a Parquet file."""
        return assessed(self.spark, self.path, model, as_of, facts)


@pytest.mark.slow
class TestSailCluster(ExecutorContract):
    """Sail's cluster on one machine."""

    seeds = range(6)

    @pytest.fixture(autouse=True)
    def engine(self, cluster: Served, tmp_path: Path) -> Iterator[None]:
        """Give each test a session and an empty folder."""
        with session(cluster) as connect:
            self.spark, self.path = SparkEngine(connect), tmp_path
            yield

    def execute(self, model: AssessmentModel, as_of: date, facts: Sequence[Facts]) -> list[Row]:
        """Assess a Parquet file."""
        return assessed(self.spark, self.path, model, as_of, facts)


@pytest.mark.slow
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(SEEDS)
def test_spark_agrees_with_the_definition_and_with_duckdb(
    spark: SparkConnect, tmp_path: Path, seed: int
) -> None:
    """Whatever model and facts: the same file gives the same rows by either engine."""
    model = awkward_model(seed)
    facts = awkward_facts(seed, model, 15)
    wanted = [evaluate(model, known, AS_OF).row() for known in facts]
    for engine in (SparkEngine(spark), DuckDbEngine()):
        assert assessed(engine, tmp_path, model, AS_OF, facts) == wanted, engine.name


def test_a_program_without_a_file_may_ask_spark() -> None:
    """As one given as text: pyspark would take it for its own doctests, and end it."""
    asking = (
        "import sys; import adapters.analytics.spark_connect; "
        "print(hasattr(sys.modules['__main__'], '__file__'))"
    )
    words = [sys.executable, "-c", asking]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - Python
    assert (done.returncode, done.stdout) == (0, "False\n")


def test_texts_are_written_as_spark_reads_them(spark: SparkConnect) -> None:
    """Quotes and backslashes; written as others write them they would be other codes."""
    for code in (*CODES, "a\\b", "\\'", "a''b", "行\n", "`"):
        (batch,) = spark.batches(f"SELECT {text_literal(code)} AS {quoted(code)}")
        assert batch.to_pylist() == [{code: code}]
    (batch,) = spark.batches("SELECT 'a''b' AS standard")
    assert batch.to_pylist() == [{"standard": "ab"}]


def _decimals(path: Path, kind: str, value: str) -> None:
    asked = f"SELECT 'a' AS id, '{value}'::{kind} AS depth"
    duckdb.execute(f"COPY ({asked}) TO '{path}' (FORMAT parquet)")


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("VARCHAR", "1.50", "analytics.column_type_unfit"),
        ("DOUBLE", "1.5", "analytics.column_type_unfit"),
        ("DECIMAL(18,3)", "1.500", "analytics.column_type_unfit"),
        ("DECIMAL(38,2)", "1.50", "analytics.column_type_unfit"),
        ("DECIMAL(20,0)", "12345678901234567890", "analytics.column_not_decimal"),
    ],
)
def test_no_decimal_is_rounded_or_cut(
    spark: SparkConnect, tmp_path: Path, kind: str, value: str, code: str
) -> None:
    """What Spark cannot read exactly is refused, with the column."""
    facts = (FactDefinition("depth", "深度", FactType.DECIMAL, scale=2),)
    model = small_model(facts[0])
    _decimals(tmp_path / "f.parquet", kind, value)
    with pytest.raises(FactFileNotUsable) as refused:
        SparkEngine(spark).query(f"file://{tmp_path}/f.parquet", Asked.of(model, AS_OF))
    assert [one.code for one in refused.value.reasons] == [code]


def test_a_file_that_the_cluster_cannot_see_is_no_empty_answer(
    spark: SparkConnect, tmp_path: Path
) -> None:
    """Sail answers with nothing where there is no file: that is said."""
    asked = Asked.of(awkward_model(0), AS_OF)
    with pytest.raises(ClusterNotUsable) as refused:
        SparkEngine(spark).query(f"file://{tmp_path}/none.parquet", asked)
    assert refused.value.reasons[0].code == "analytics.cluster_sees_no_file"


@pytest.mark.parametrize("ids", [(None, None, "a"), ("", "a", "b")])
def test_a_subject_without_an_id_is_refused_as_by_duckdb(
    spark: SparkConnect, tmp_path: Path, ids: tuple[str | None, ...]
) -> None:
    """Spark puts them first, DuckDB last: the words are the same."""
    (tmp_path / "facts").mkdir()
    table = pa.table({"id": pa.array(ids, pa.string()), "n": pa.array([1, 2, 3], pa.int64())})
    pq.write_table(table, tmp_path / "facts" / "450100.parquet")
    documents = documents_of(small_model(FactDefinition("n", "数", FactType.INTEGER)))
    facts, out = (CityStore(str(tmp_path / one), lambda: "new") for one in ("facts", "out"))
    batch = begin(facts, out, documents, AS_OF, None)
    for engine in (SparkEngine(spark), DuckDbEngine()):
        with pytest.raises(FactFileNotUsable) as refused:
            batch.assess("450100", engine, tmp_path)
        assert [one.code for one in refused.value.reasons] == ["analytics.subject_empty"]


@pytest.mark.parametrize("address", ["sc://h:1/;use_ssl=true;token=秘密", "sc://h;token=秘密"])
def test_a_parameter_of_an_address_is_not_dropped(address: str) -> None:
    """Whoever asks for a token or for encryption is not served without, and no secret is told."""
    with pytest.raises(ClusterNotUsable) as refused:
        SparkConnect(address, "0" * 32, 1).greet()
    (reason,) = refused.value.reasons
    assert reason.code == "analytics.cluster_parameters"
    assert "token" in str(reason.data["names"])
    assert "秘密" not in str(reason)


def test_an_address_without_a_port_is_of_spark_connect() -> None:
    """15002, not what the library takes."""
    assert [target(f"sc://{one}") for one in ("h", "h/", "h:1", "[::1]", "[::1]:2")] == [
        "h:15002",
        "h:15002",
        "h:1",
        "[::1]:15002",
        "[::1]:2",
    ]


def _refused(connect: SparkConnect, query: str) -> str:
    with pytest.raises(ClusterNotUsable) as refused:
        list(connect.batches(query))
    return refused.value.reasons[0].code


def test_a_server_that_hangs_is_given_up() -> None:
    """Stopped in the middle it answers nothing more: the deadline ends the call; and nobody."""
    with sail(LOCAL) as served, session(served) as connect:
        assert [len(one) for one in connect.batches("SELECT 1 AS one")] == [1]
        connect.seconds = 2
        halt(served.process)
        assert _refused(connect, "SELECT 1 AS one") == "analytics.cluster_silent"
        os.kill(served.process, signal.SIGCONT)
        connect.seconds = 60
        assert [len(one) for one in connect.batches("SELECT 1 AS one")] == [1]
        assert _refused(connect, "SELEC") == "analytics.cluster_refused"


def test_nobody_there_and_somebody_who_never_speaks() -> None:
    """Neither is waited for: an address without a server, a port that takes and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        connect = SparkConnect(f"sc://127.0.0.1:{port}", "0" * 32, 1)
        assert _refused(connect, "SELECT 1") in {
            "analytics.cluster_silent",
            "analytics.cluster_away",
        }
        connect.close()
    connect = SparkConnect(f"sc://127.0.0.1:{port}", "0" * 32, 1)
    with pytest.raises(ClusterNotUsable):
        connect.greet()
    connect.close()
