"""Polars over plain Parquet files: the same rows, and DuckDB wherever it cannot read exactly."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.analytics import fact_files, polars_files, polars_printing
from adapters.analytics.duckdb_files import DuckDbFiles
from adapters.analytics.files import FactFileNotUsable
from adapters.analytics.polars_files import PolarsFiles
from adapters.analytics.polars_printing import Sized, quantity
from supervision_core.assessment.model import (
    AssessmentModel,
    Band,
    Bands,
    Category,
    FactDefinition,
    FactType,
    Indicator,
    Kind,
    Level,
    Missing,
    Row,
    evaluate,
    total_scale,
)
from supervision_core.assessment.model.expressions import (
    Arithmetic,
    Clamp,
    Extreme,
    Number,
    Operation,
    OrElse,
    Quantity,
    Ref,
)
from supervision_core.testing.assessment import (
    AS_OF,
    ExecutorContract,
    Facts,
    awkward_facts,
    awkward_model,
)

from .damaging import damage

TYPES = {"integer": "BIGINT", "day": "DATE", "flag": "BOOLEAN", "code": "VARCHAR"}
MOST = 2**63 - 1


def write(
    path: Path, definitions: Sequence[FactDefinition], facts: Sequence[Facts], **types: str
) -> None:
    """Write a Parquet file, its decimals as such."""
    columns = "".join(
        f", {d.name} {types.get(d.name) or TYPES.get(d.type, f'DECIMAL(38, {d.scale})')}"
        for d in definitions
    )
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE facts (id VARCHAR{columns})")
        marks = ", ".join("?" * (len(definitions) + 1))
        rows = [[f"{n:06}", *(f[d.name] for d in definitions)] for n, f in enumerate(facts)]
        if rows:
            connection.executemany(f"INSERT INTO facts VALUES ({marks})", rows)  # noqa: S608 - our own words
        connection.table("facts").write_parquet(str(path))


def writer_of(path: Path) -> str:
    """Tell who wrote a Parquet file."""
    with duckdb.connect() as connection:
        asked = "SELECT lower(created_by) FROM parquet_file_metadata(?)"
        (found,) = connection.execute(asked, [str(path)]).fetchone() or ("",)
    return "polars" if "polars" in found else "duckdb"


def rows(path: Path) -> list[Row]:
    """Give the results without their ids, in the order of the file."""
    with duckdb.connect() as connection:
        return [tuple(row[1:]) for row in connection.read_parquet(str(path)).fetchall()]


def in_polars(
    folder: Path, model: AssessmentModel, as_of: date, facts: Sequence[Facts]
) -> list[Row]:
    """Assess a Parquet file."""
    source, results = folder / "facts [1]'s.parquet", folder / "results.parquet"
    write(folder / "plain.parquet", model.facts, facts)
    (folder / "plain.parquet").replace(source)
    summary = PolarsFiles(source, results).assess(model, as_of)
    found = rows(results)
    assert writer_of(results) == "polars"
    assert (summary.subjects, summary.faulty) == (len(found), sum(r[0] is None for r in found))
    return found


class TestPolars(ExecutorContract):
    """Polars over Parquet."""

    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path) -> None:
        """Give each test an empty folder."""
        self.path = tmp_path

    def execute(self, model: AssessmentModel, as_of: date, facts: Sequence[Facts]) -> list[Row]:
        """Assess a Parquet file."""
        return in_polars(self.path, model, as_of, facts)


@pytest.mark.function("F172")
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(min_value=0, max_value=2**64))
def test_polars_agrees_with_the_definition(tmp_path: Path, seed: int) -> None:
    """Whatever model and facts: the rows of evaluate."""
    model = awkward_model(seed)
    facts = awkward_facts(seed, model, 15)
    wanted = [evaluate(model, known, AS_OF).row() for known in facts]
    assert in_polars(tmp_path, model, AS_OF, facts) == wanted


def simple(count: int = 1, *, decimal: bool = False) -> AssessmentModel:
    """Give a model that adds up ``count`` step functions of one number."""
    kind = FactType.DECIMAL if decimal else FactType.INTEGER
    fact = FactDefinition("n", "数", kind, scale=2 if decimal else 0)
    steps = (Band(None, 10, 0), Band(10, None, 20_000))
    bands = (Band(None, 20_000, "A"), Band(20_000, None, "B"))
    model = AssessmentModel(
        kind=Kind.RISK,
        code="simple",
        name="简单",
        facts=(fact,),
        categories=(Category("all", "全部"),),
        indicators=tuple(
            Indicator(f"i{n}", f"指标{n}", "all", Bands("n", steps, Missing.scores(-1)))
            for n in range(count)
        ),
        levels=(Level("A", "A"), Level("B", "B")),
        grader=total_scale(bands),
    )
    model.require_usable()
    return model


def test_a_sum_of_many_is_as_wide_as_it_needs_to_be(tmp_path: Path) -> None:
    """300 contributions of 16 bits add up to more than 16 bits hold."""
    found = in_polars(tmp_path, simple(300), AS_OF, [{"n": 9}, {"n": 10}, {"n": None}])
    assert [row[:2] for row in found] == [("A", 0), ("B", 300 * 20_000), ("A", -300)]


@pytest.mark.parametrize("rows_of_group", [2_048, 8_192])
def test_rows_keep_their_order_over_all_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows_of_group: int
) -> None:
    """A file is read some rows at a time; none is lost, doubled or moved."""
    monkeypatch.setattr(polars_files, "ROWS_AT_ONCE", 5_000)
    facts, results = tmp_path / "f.parquet", tmp_path / "r.parquet"
    duckdb.execute(
        f"COPY (SELECT lpad((i * 7919 % 20011)::VARCHAR, 6, '0') AS id, i % 20 AS n "  # noqa: S608 - our own words
        f"FROM range(20011) t(i)) TO '{facts}' (FORMAT parquet, ROW_GROUP_SIZE {rows_of_group})"
    )
    assert PolarsFiles(facts, results).assess(simple(), AS_OF).levels == {"A": 10_010, "B": 10_001}
    assert writer_of(results) == "polars"
    read = "SELECT subject_id, total FROM read_parquet(?)"
    wanted = [(f"{i * 7919 % 20011:06}", 20_000 if i % 20 >= 10 else 0) for i in range(20_011)]
    assert duckdb.execute(read, [str(results)]).fetchall() == wanted


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("BIGINT", (MOST, -MOST - 1, None)),
        ("UINTEGER", (2**32 - 1, 0, None)),
        ("TINYINT", (127, -128, None)),
    ],
)
def test_integers_of_any_width_are_read(
    tmp_path: Path, kind: str, values: tuple[int | None, ...]
) -> None:
    """What the file holds is compared as it is, however narrow its column."""
    facts, results = tmp_path / "f.parquet", tmp_path / "r.parquet"
    model = simple()
    write(facts, model.facts, [{"n": value} for value in values], n=kind)
    PolarsFiles(facts, results).assess(model, AS_OF)
    assert writer_of(results) == "polars"
    assert rows(results) == [evaluate(model, {"n": value}, AS_OF).row() for value in values]


NARROW, WIDE = Ref("narrow"), Ref("wide")
SQUARE = Arithmetic(Operation.MULTIPLY, NARROW, NARROW)


@pytest.mark.parametrize(
    "node",
    [
        SQUARE,
        Arithmetic(Operation.MULTIPLY, SQUARE, SQUARE),
        Arithmetic(Operation.SUBTRACT, NARROW, Number(10**6)),
        Arithmetic(Operation.ADD, Number(30_000), Number(30_000)),
        Clamp(NARROW, 40_000, 50_000),
        Clamp(WIDE, -5, 5),
        Extreme(most=False, among=(WIDE, Number(7))),
        Extreme(most=True, among=(SQUARE, Number(-(10**12)))),
        OrElse("narrow", 10**10),
    ],
)
def test_nothing_wraps_around(node: Quantity) -> None:
    """Whatever leaves the width of its parts is computed in a wider one."""
    columns = {"narrow": [-30_000, 0, 30_000], "wide": [-MOST - 1, 0, MOST]}
    frame = pl.DataFrame(columns, schema={"narrow": pl.Int16, "wide": pl.Int64})
    names = {"narrow": Sized(pl.col("narrow"), 16, -30_000, 30_000), "wide": Sized(pl.col("wide"))}
    printed = quantity(node, names)
    found = frame.with_columns(found=printed.expression)["found"]
    known = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    assert found.to_list() == [node.value(one) for one in known]
    assert found.dtype == {16: pl.Int16, 32: pl.Int32, 64: pl.Int64}[printed.bits]


@pytest.mark.parametrize(
    ("kind", "writer"),
    [
        ("DECIMAL(18, 2)", "polars"),
        ("DECIMAL(9, 1)", "polars"),
        ("INTEGER", "polars"),
        ("DECIMAL(18, 4)", "duckdb"),
        ("VARCHAR", "duckdb"),
    ],
)
def test_decimals_are_read_exactly_by_one_or_the_other(
    tmp_path: Path, kind: str, writer: str
) -> None:
    """A column that Polars would have to round is left to DuckDB."""
    facts, results = tmp_path / "f.parquet", tmp_path / "r.parquet"
    model = simple(decimal=True)
    values = ("-3", "0", "1", None) if kind == "INTEGER" else ("-3.1", "0", "0.1", "9.9", None)
    known: list[Facts] = [{"n": value} for value in values]
    write(facts, model.facts, known, n=kind)
    PolarsFiles(facts, results).assess(model, AS_OF)
    assert writer_of(results) == writer
    assert rows(results) == [evaluate(model, one, AS_OF).row() for one in known]


@pytest.mark.parametrize("change", [None, "csv", "damaged"])
def test_what_polars_cannot_read_duckdb_does(tmp_path: Path, change: str | None) -> None:
    """Tables and damaged files: the same results, or the same refusal."""
    model, facts, results = simple(), tmp_path / "f.parquet", tmp_path / "r.parquet"
    known: list[Facts] = [{"n": n} for n in range(20)]
    write(facts, model.facts, known)
    if change == "csv":
        table = tmp_path / "f.csv"
        duckdb.execute(f"COPY (FROM read_parquet('{facts}')) TO '{table}' (HEADER)")
        facts = table
    if change == "damaged":
        damage(facts)
        with pytest.raises(FactFileNotUsable) as refusal:
            PolarsFiles(facts, results).assess(model, AS_OF)
        assert [v.code for v in refusal.value.violations] == ["analytics.file_unreadable"]
        assert not results.exists()
        return
    PolarsFiles(facts, results).assess(model, AS_OF)
    assert rows(results) == [evaluate(model, one, AS_OF).row() for one in known]
    assert writer_of(results) == ("duckdb" if change else "polars")


def test_a_model_of_very_many_codes_duckdb_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Polars would need time and memory by the square of their number."""
    model, facts, results = simple(), tmp_path / "f.parquet", tmp_path / "r.parquet"
    known: list[Facts] = [{"n": n} for n in range(20)]
    write(facts, model.facts, known)
    written = {}
    for most in (200, 0):
        monkeypatch.setattr(polars_printing, "MOST_CHOICES", most)
        PolarsFiles(facts, results).assess(model, AS_OF)
        written[most] = writer_of(results), rows(results)
    wanted = [evaluate(model, one, AS_OF).row() for one in known]
    assert written == {200: ("polars", wanted), 0: ("duckdb", wanted)}


def test_without_the_extra_duckdb_does_it_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Polars is not installed, results are the same and DuckDB's."""
    model, facts, results = simple(), tmp_path / "f.parquet", tmp_path / "r.parquet"
    write(facts, model.facts, [{"n": 9}, {"n": 10}])
    found = {}
    for installed in (True, False):
        monkeypatch.setattr(fact_files, "find_spec", lambda _, there=installed: there or None)
        fact_files.fact_files(facts, results).assess(model, AS_OF)
        found[writer_of(results)] = rows(results)
    wanted = [("A", 0, 0, 0), ("B", 20_000, 0, 20_000)]
    assert found == {"polars": wanted, "duckdb": wanted}
    assert type(fact_files.fact_files(facts, results)) is DuckDbFiles
