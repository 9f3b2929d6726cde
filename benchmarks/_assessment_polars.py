"""The rules of the benchmark as somebody at home in Polars would write them, streamed.

    POLARS_MAX_THREADS=2 python -m benchmarks._assessment_polars FACTS RESULTS

Points are 16 bits wide; the file is written without statistics and with the fastest compression.
"""

import sys
from datetime import date
from functools import reduce
from operator import add

import polars as pl
from polars import Expr, col, when

POINTS = pl.Int16


def points(number: int | None) -> Expr:
    """Write a literal as narrow as points are."""
    return pl.lit(number, dtype=POINTS)


def steps(of: Expr, missing: int, *values_and_cuts: int) -> Expr:
    """Read value, cut, value, cut, …, value."""
    found = when(of.is_null()).then(points(missing))
    for value, cut in zip(values_and_cuts[::2], values_and_cuts[1::2], strict=False):
        found = found.when(of < cut).then(points(value))
    return found.otherwise(points(values_and_cuts[-1]))


def codes(of: Expr, missing: int, other: int, **listed: int) -> Expr:
    """Look a code up."""
    found = when(of.is_null()).then(points(missing))
    for code, value in listed.items():
        found = found.when(of == code).then(points(value))
    return found.otherwise(points(other))


def age(of: Expr, *values_and_days: tuple[int, date]) -> Expr:
    """Give the value of the first day that the fact lies after."""
    found = when(of.is_null()).then(points(None))
    for value, day in values_and_days:
        found = found.when(of > pl.lit(day)).then(points(value))
    return found.otherwise(points(0))


def risk() -> dict[str, Expr]:
    """Give the contributions of the risk model."""
    rules = {
        f"b{i}": steps(col(f"n{i}"), 50, 0, 10, 100, 30, 200, 60, 300, 90, 500) for i in range(12)
    }
    listed = {"A": 0, "B": 100, "C": 200, "D": 300, "E": 400}
    rules |= {f"l{i}": codes(col(f"c{i}"), 50, 150, **listed) for i in range(5)}
    for i in range(4):
        flag = col(f"g{i}")
        rules[f"f{i}"] = when(flag).then(points(300)).when(~flag).then(points(0))
    rules |= {f"o{i}": _times(f"o{i}", 5, 100) for i in range(5)}
    days = ((400, date(2025, 11, 24)), (200, date(2023, 11, 25)), (100, date(2016, 11, 26)))
    rules |= {f"a{i}": age(col(f"d{i}"), *days) for i in range(2)}
    enough = (col("n1") > 0) & (col("n0") * 10 >= col("n1") * 3)
    return rules | {"ratio": when(enough).then(points(250)).otherwise(points(0))}


def credit() -> dict[str, Expr]:
    """Give the contributions of the credit model."""
    rules = {f"b{i}": steps(col(f"k{i}"), 50, 0, 100, 100, 400, 200, 800, 400) for i in range(8)}
    for i, name in enumerate(("c0", "c1", "e0")):
        rules[f"l{i}"] = codes(col(name), 0, 100, A=0, B=50, C=150)
    rules |= {f"f{i}": when(col(f"h{i}")).then(points(400)).otherwise(points(0)) for i in range(4)}
    rules |= {f"o{i}": _times(f"q{i}", 3, 150) for i in range(3)}
    rules["age"] = age(col("d0"), (300, date(2024, 11, 24)), (100, date(2016, 11, 26)))
    left = (col("q0") + col("q1") - col("q2")).clip(0, 10) * 50
    return rules | {"sum": left.fill_null(0).cast(POINTS)}


def _times(name: str, most: int, each: int) -> Expr:
    return col(name).fill_null(0).clip(0, most).cast(POINTS) * points(each)


def _total(prefix: str, rules: dict[str, Expr]) -> Expr:
    return reduce(add, (col(f"{prefix}{name}").fill_null(points(0)) for name in rules))


def _level(total: str, second: int, third: int, fourth: int) -> Expr:
    found = when(col(total) < second).then(pl.lit("A")).when(col(total) < third).then(pl.lit("B"))
    return found.when(col(total) < fourth).then(pl.lit("C")).otherwise(pl.lit("D"))


def grade() -> Expr:
    """Cross the levels."""
    rows = {"A": (1, 1, 2, 3), "B": (1, 2, 2, 3), "C": (2, 2, 3, 4), "D": (3, 3, 4, 4)}
    crossed = pl.lit(None, dtype=POINTS)
    for risk_level, row in rows.items():
        of = col("c_level")
        inside = points(row[3])
        for credit_level, number in zip("ABC", row, strict=False):
            inside = when(of == credit_level).then(points(number)).otherwise(inside)
        crossed = when(col("r_level") == risk_level).then(inside).otherwise(crossed)
    return crossed


def run(facts: str, results: str) -> None:
    """Assess and grade a file, streamed."""
    risks, credits_ = risk(), credit()
    veto = col("g0") & col("g1") & ~col("g2") & (col("o0") > 3)  # noqa: PLR2004 - the rule
    scored = [expression.alias(f"r_{name}") for name, expression in risks.items()]
    scored += [expression.alias(f"c_{name}") for name, expression in credits_.items()]
    frame = pl.scan_parquet(facts).select(
        "subject_id", when(veto).then(points(1)).otherwise(points(0)).alias("r_veto"), *scored
    )
    frame = frame.with_columns(
        _total("r_", risks).alias("r_total"), _total("c_", credits_).alias("c_total")
    )
    level = (
        when(col("r_veto") == 1).then(pl.lit("D")).otherwise(_level("r_total", 4200, 5200, 6200))
    )
    frame = frame.with_columns(
        level.alias("r_level"), _level("c_total", 2300, 2900, 3500).alias("c_level")
    )
    frame.with_columns(grade().alias("grade")).sink_parquet(
        results, compression="lz4", statistics=False, maintain_order=False, engine="streaming"
    )


if __name__ == "__main__":
    run(*sys.argv[1:])
