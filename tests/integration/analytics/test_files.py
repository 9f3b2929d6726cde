"""Files of facts as people send them, and the documented examples."""

from collections.abc import Mapping
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter
import yaml
from attrs import evolve

from adapters.analytics import files
from adapters.analytics.duckdb_files import DuckDbFiles
from adapters.analytics.files import FactFileNotUsable
from adapters.analytics.messages import MESSAGES
from adapters.analytics.results import known_of
from supervision_core.assessment.document import read_model
from supervision_core.assessment.model import (
    REFUSED,
    AssessmentModel,
    Band,
    Bands,
    Category,
    FactDefinition,
    FactType,
    FactValue,
    Indicator,
    Kind,
    Level,
    evaluate,
    total_scale,
)
from supervision_core.grading.document import read_grading
from supervision_core.grading.model import Grade, GradingDefinition
from supervision_core.kernel.messages import Messages

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "formats" / "examples"
AS_OF = date(2026, 11, 24)
FACTS: dict[str, FactValue] = {
    "incidents": 1,
    "trained_on": date(2026, 1, 5),
    "guarded": False,
    "stored_tonnes": 40,
    "hazard_class": "易燃液体",
    "residents": None,
}


def example(name: str) -> AssessmentModel:
    """Read one of the documented examples."""
    return read_model(yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")))


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Read a Parquet file."""
    with duckdb.connect() as connection:
        relation = connection.read_parquet(str(path))
        return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda p: p.stem)
def test_every_documented_example_is_usable(path: Path) -> None:
    """What the documentation shows can be read and used."""
    if path.stem.startswith("grading"):
        rule = read_grading(yaml.safe_load(path.read_text(encoding="utf-8")))
        assert rule.grade("D", "D") == len(rule.grades)
    else:
        assert example(path.stem).enabled


@pytest.mark.parametrize(
    ("points", "level"),
    [
        ((5, 5, 5), "R5"),
        ((10, 0, 0), "R4"),
        ((15, 0, 0), "R2"),
        ((5, 20, 0), "R1"),
        ((0, 0, 30), "R0"),
    ],
)
def test_a_hygiene_rating_takes_total_and_worst_single_score(
    points: tuple[int, int, int], level: str
) -> None:
    """A single bad score lowers the rating that the total alone would give."""
    names = ("hygiene_points", "structure_points", "confidence_points")
    facts: Mapping[str, FactValue] = dict(zip(names, points, strict=True))
    assert evaluate(example("food_hygiene"), facts, AS_OF).level == level


CSV = """编号,近三年事故次数,最近一次安全培训日期,是否有联锁保护,储存量,危险类别,周边500米居民人数
x1,1,2026/1/5,否,40,易燃液体,
x2,,,,,,
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_may_be_headed_by_titles(tmp_path: Path, encoding: str) -> None:
    """Chinese headings, either encoding, slashes in dates, 是 and 否."""
    facts, results = tmp_path / "事实.csv", tmp_path / "results.parquet"
    facts.write_text(CSV, encoding=encoding)
    model = example("probability_severity")
    summary = DuckDbFiles(facts, results).assess(model, AS_OF)
    first, second = rows_of(results)
    wanted = dict(zip(model.columns(), evaluate(model, FACTS, AS_OF).row(), strict=True))
    assert first == {"subject_id": "x1", **wanted}
    assert (second["level"], second["faults"]) == (None, 2)
    assert (summary.subjects, summary.faulty) == (2, 1)


def test_a_workbook_is_read_as_it_looks(tmp_path: Path) -> None:
    """Excel keeps integers as floats and days as moments; neither is lost or guessed."""
    facts, results = tmp_path / "facts.xlsx", tmp_path / "results.parquet"
    book = xlsxwriter.Workbook(str(facts))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", *FACTS])
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, value in enumerate(["x1", *FACTS.values()]):
        if isinstance(value, date):
            sheet.write_datetime(1, column, value, day)
        elif value is not None:
            sheet.write(1, column, value)
    book.close()
    model = example("probability_severity")
    DuckDbFiles(facts, results).assess(model, AS_OF)
    (found,) = rows_of(results)
    assert tuple(found.values())[1:] == evaluate(model, FACTS, AS_OF).row()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("x1,1,", "x1,1.5,", "analytics.cell_not_integer"),
        ("x1,1,", "x1,99999999999999999999,", "analytics.cell_not_integer"),
        ("2026/1/5", "2026-02-30", "analytics.cell_not_day"),
        (",否,", ",也许,", "analytics.cell_not_flag"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_cell_that_does_not_fit_costs_its_row(
    tmp_path: Path, kind: str, old: str, new: str, code: str
) -> None:
    """Nothing is rounded or guessed: the row is told with its place, and the others assessed."""
    facts, results = tmp_path / f"facts.{kind}", tmp_path / "results.parquet"
    lines = CSV.replace(old, new).replace("\n", "\n\n", 1)  # a blank line counts as Excel counts it
    if kind == "csv":
        facts.write_text(lines, encoding="utf-8")
    else:
        with xlsxwriter.Workbook(str(facts)) as book:
            sheet = book.add_worksheet()
            for at, line in enumerate(lines.splitlines()):
                sheet.write_row(at, 0, line.split(","))
    summary = DuckDbFiles(facts, results).assess(example("probability_severity"), AS_OF)
    assert [row["subject_id"] for row in rows_of(results)] == ["x2"]
    assert (summary.subjects, len(summary.rejected)) == (1, 1)
    (fault,) = summary.rejected[0].faults
    assert (fault.row, fault.violation.code) == (3, code)
    assert fault.violation.data["subject"] == "x1"
    assert "“x1”" in Messages(MESSAGES).explain(fault.violation).reason


def test_full_width_signs_are_read(tmp_path: Path) -> None:
    """Digits, dashes and spaces of a Chinese keyboard mean what they look like."""
    facts, results = tmp_path / "facts.csv", tmp_path / "results.parquet"
    wide = CSV.replace(
        "x1,1,2026/1/5,否,40",
        "x1,\u3000\uff11,\uff12\uff10\uff12\uff16\uff0d\uff11\uff0d\uff15,否,\uff14\uff10",
    )
    facts.write_text(wide, encoding="utf-8")
    model = example("probability_severity")
    summary = DuckDbFiles(facts, results).assess(model, AS_OF)
    wanted = dict(zip(model.columns(), evaluate(model, FACTS, AS_OF).row(), strict=True))
    assert (summary.rejected, rows_of(results)[0]) == ((), {"subject_id": "x1", **wanted})


def test_a_column_that_is_wrong_as_a_whole_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where very many rows cannot be read, the worst column is named instead, with no results."""
    monkeypatch.setattr(files, "MOST_REJECTED", 0)
    facts, results = tmp_path / "facts.csv", tmp_path / "results.parquet"
    facts.write_text(CSV.replace("x1,1,", "x1,1.5,"), encoding="utf-8")
    with pytest.raises(FactFileNotUsable) as refusal:
        DuckDbFiles(facts, results).assess(example("probability_severity"), AS_OF)
    (violation,) = refusal.value.violations
    assert (violation.code, violation.at) == ("analytics.too_many_rows_unfit", "近三年事故次数")
    assert not results.exists()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("储存量", "存量", "analytics.column_missing"),
        ("储存量", "编号", "analytics.column_twice"),
    ],
)
def test_a_column_that_does_not_fit_is_refused(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    """Nothing is guessed, and no results appear."""
    facts, results = tmp_path / "facts.csv", tmp_path / "results.parquet"
    facts.write_text(CSV.replace(old, new), encoding="utf-8")
    with pytest.raises(FactFileNotUsable) as refusal:
        DuckDbFiles(facts, results).assess(example("probability_severity"), AS_OF)
    assert [v.code for v in refusal.value.violations] == [code]
    assert Messages(MESSAGES).explain(refusal.value.violations[0]).reason
    assert not results.exists()


def test_a_fraction_in_a_parquet_file_is_refused(tmp_path: Path) -> None:
    """A column of floats is no column of integers, even where its values look like them."""
    facts = tmp_path / "facts.parquet"
    columns = "1.0::DOUBLE AS hygiene_points, 1 AS structure_points, 1 AS confidence_points"
    duckdb.execute(f"COPY (SELECT 1 AS id, {columns}) TO '{facts}' (FORMAT parquet)")
    with pytest.raises(FactFileNotUsable) as refusal:
        DuckDbFiles(facts, tmp_path / "r.parquet").assess(example("food_hygiene"), AS_OF)
    assert [v.code for v in refusal.value.violations] == ["analytics.column_type_unfit"]


DEPTH = AssessmentModel(
    kind=Kind.RISK,
    code="pit",
    name="基坑",
    facts=(FactDefinition("depth", "深度", FactType.DECIMAL, "米", scale=2),),
    categories=(Category("c", "全部"),),
    indicators=(
        Indicator(
            "i", "深度", "c", Bands("depth", (Band(None, 325, 0), Band(325, None, 5)), REFUSED)
        ),
    ),
    levels=(Level("A", "低"), Level("B", "高")),
    grader=total_scale((Band(None, 1, "A"), Band(1, None, "B"))),
)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_decimals_of_a_table_are_read_exactly(tmp_path: Path, kind: str) -> None:
    """The text decides; a place too many costs its row, with a fault of its own."""
    facts, results = tmp_path / f"facts.{kind}", tmp_path / "results.parquet"
    cells = ["3.24", "3.25", "3.250", "-3", "3.249", "约3", "99999999999999999999", ""]
    if kind == "csv":
        rows = "".join(f"x{n},{cell}\n" for n, cell in enumerate(cells))
        facts.write_text(f"编号,深度\n{rows}", encoding="utf-8")
    else:
        with xlsxwriter.Workbook(str(facts)) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["编号", "深度"])
            for n, cell in enumerate(cells):
                numeric = cell[:1] in {"3", "-"}
                sheet.write_row(n + 1, 0, [f"x{n}", float(cell) if numeric else cell])
    summary = DuckDbFiles(facts, results).assess(DEPTH, AS_OF)
    levels = {row["subject_id"]: row["level"] for row in rows_of(results)}
    assert levels == {"x0": "A", "x1": "B", "x2": "B", "x3": "A", "x7": None}
    faults = [fault for each in summary.rejected for fault in each.faults]
    assert [fault.row for fault in faults] == [6, 7, 8]
    assert {fault.violation.code for fault in faults} == {"analytics.cell_not_decimal"}
    assert "至多2位小数" in Messages(MESSAGES).explain(faults[0].violation).reason
    asked = DEPTH.facts
    assert known_of("x2", facts, asked, tmp_path) == {"depth": "3.25"}
    assert known_of("x3", facts, asked, tmp_path) == {"depth": "-3"}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("3.25::DECIMAL(5,2)", None),
        ("3.250::DECIMAL(9,4)", None),
        ("4", None),
        ("'3.25'", None),
        ("3.251::DECIMAL(9,4)", "analytics.column_not_decimal"),
        ("9223372036854775807", "analytics.column_not_decimal"),
        ("3.25::DOUBLE", "analytics.column_type_unfit"),
    ],
    ids=["exact", "finer", "whole", "text", "too-fine", "too-large", "float"],
)
def test_decimals_of_a_parquet_file_are_never_rounded(
    tmp_path: Path, value: str, code: str | None
) -> None:
    """Decimals, integers and texts are read exactly; floats and lost places are refused."""
    facts, results = tmp_path / "facts.parquet", tmp_path / "results.parquet"
    duckdb.execute(f"COPY (SELECT 'x' AS id, {value} AS depth) TO '{facts}' (FORMAT parquet)")
    if code is None:
        DuckDbFiles(facts, results).assess(DEPTH, AS_OF)
        assert rows_of(results)[0]["level"] == "B"
        return
    with pytest.raises(FactFileNotUsable) as refusal:
        DuckDbFiles(facts, results).assess(DEPTH, AS_OF)
    assert [v.code for v in refusal.value.violations] == [code]
    assert Messages(MESSAGES).explain(refusal.value.violations[0]).reason


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("facts.txt", b"x", "analytics.file_kind_unknown"),
        ("facts.parquet", b"x", "analytics.file_unreadable"),
        ("facts.xlsx", b"x", "analytics.file_unreadable"),
        ("facts.csv", None, "analytics.file_unreadable"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    """A wrong, damaged or absent file is refused with its reason."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FactFileNotUsable) as refusal:
        DuckDbFiles(path, tmp_path / "r.parquet").assess(example("food_hygiene"), AS_OF)
    assert [v.code for v in refusal.value.violations] == [code]


@pytest.mark.function("F193")
def test_risk_credit_and_grade_come_in_one_pass(tmp_path: Path) -> None:
    """Each subject gets both levels and the grade of the matrix; a fault leaves no grade."""
    model = example("food_hygiene")
    levels = model.level_codes
    matrix = tuple(tuple(1 + (r + c) // 4 for c in range(6)) for r in range(6))
    grades = tuple(Grade(number=n, name=str(n), measure="", object_ratio="1") for n in (1, 2, 3))
    rule = GradingDefinition(risk_levels=levels, credit_levels=levels, matrix=matrix, grades=grades)
    rule.require_usable()
    points = list(product((0, 10, 25, 7, None), (0, 15, 20), (0, 10, 30)))
    lines = ["id,hygiene_points,structure_points,confidence_points"]
    lines += [f"{n:03},{'' if a is None else a},{b},{c}" for n, (a, b, c) in enumerate(points)]
    facts, results = tmp_path / "facts.csv", tmp_path / "results.parquet"
    facts.write_text("\n".join(lines), encoding="utf-8")
    summary = DuckDbFiles(facts, results).grade(model, model, rule, AS_OF)
    for (a, b, c), row in zip(points, rows_of(results), strict=True):
        known: Mapping[str, FactValue] = {
            "hygiene_points": a,
            "structure_points": b,
            "confidence_points": c,
        }
        level = evaluate(model, known, AS_OF).level
        wanted = None if level is None else rule.grade(level, level)
        assert (row["r_level"], row["c_level"], row["grade"]) == (level, level, wanted)
    assert (summary.subjects, summary.faulty) == (45, 18)
    assert sum(summary.grades.values()) == 27
    treated = DuckDbFiles(facts, results).grade(model, model, evolve(rule, insufficient=2), AS_OF)
    assert (treated.faulty, treated.grades[2]) == (0, summary.grades.get(2, 0) + 18)


def _written(value: FactValue) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def test_a_file_may_hold_decimals_and_what_does_not_apply(tmp_path: Path) -> None:
    """A table in Chinese through DuckDB gives, row by row, what the definition says."""
    model = example("food_risk")
    known: dict[str, FactValue] = {
        "area": "300.1",
        "sort": "高",
        "people": "一般",
        "site": "不符合",
        "cold_room": "符合",
        "delivery": "合理缺项",
        "staff": "符合",
        "failed_samples": 1,
        "incident": None,
        "clean_years": 0,
        "certified": False,
    }
    nothing = dict.fromkeys(("site", "cold_room", "delivery", "staff"), "合理缺项")
    cases = {"x1": known, "x2": known | {"area": "50.5", "site": "合理缺项"}, "x3": known | nothing}
    facts, results = tmp_path / "facts.csv", tmp_path / "results.parquet"
    lines = [",".join(["编号", *(fact.title for fact in model.facts)])]
    for subject, given in cases.items():
        cells = (_written(given[fact.name]) for fact in model.facts)
        lines.append(",".join([subject, *cells]))
    facts.write_text("\n".join(lines), encoding="utf-8")
    summary = DuckDbFiles(facts, results).assess(model, AS_OF)
    found = {row.pop("subject_id"): tuple(row.values()) for row in rows_of(results)}
    assert found == {name: evaluate(model, one, AS_OF).row() for name, one in cases.items()}
    assert [row[0] for row in found.values()] == ["D", "B", None]
    assert (summary.subjects, summary.faulty) == (3, 1)
