"""The models of the benchmark, the facts they need, and the same rules as SQL written by hand."""

from datetime import date

from supervision_core.assessment.model import (
    EXCLUDED,
    AssessmentModel,
    Band,
    Bands,
    Category,
    Computed,
    FactDefinition,
    FactType,
    FlagPoints,
    Indicator,
    Kind,
    Level,
    LookUp,
    Missing,
    Occurrences,
    Rule,
    Veto,
    parse_criterion,
    parse_formula,
    total_scale,
)
from supervision_core.grading.model import Grade, GradingDefinition

AS_OF = date(2026, 11, 24)
NOUGHT = Missing.scores(0)
HALF = Missing.scores(50)

# name, low, high of the synthetic values
NUMBERS = [(f"n{i}", 0, 100) for i in range(12)] + [(f"k{i}", 0, 1000) for i in range(8)]
COUNTS = [(f"o{i}", 0, 8) for i in range(5)] + [(f"q{i}", 0, 5) for i in range(3)]
CODES = [f"c{i}" for i in range(5)] + ["e0"]
FLAGS = [f"g{i}" for i in range(4)] + [f"h{i}" for i in range(4)]
DAYS = ["d0", "d1"]


def _fact(name: str) -> FactDefinition:
    kind = FactType.INTEGER
    if name in CODES:
        kind = FactType.CODE
    elif name in FLAGS:
        kind = FactType.FLAG
    elif name in DAYS:
        kind = FactType.DAY
    return FactDefinition(name, name, kind, least=0, most=10**6)


def _steps(*cuts_and_points: int) -> tuple[Band[int], ...]:
    """Read points, cut, points, cut, …, points."""
    cuts = [None, *cuts_and_points[1::2], None]
    points = cuts_and_points[::2]
    return tuple(Band(cuts[i], cuts[i + 1], p) for i, p in enumerate(points))


def _model(kind: Kind, rules: dict[str, Rule], cuts: tuple[int, int, int]) -> AssessmentModel:
    names = sorted({name for rule in rules.values() for name in rule.facts()})
    first, second, third = cuts
    bands = (
        Band(None, first, "A"),
        Band(first, second, "B"),
        Band(second, third, "C"),
        Band(third, None, "D"),
    )
    model = AssessmentModel(
        kind=kind,
        code=kind.value,
        name=kind.value,
        facts=tuple(_fact(name) for name in names),
        categories=(Category("all", "全部"),),
        indicators=tuple(Indicator(code, code, "all", rule) for code, rule in rules.items()),
        levels=tuple(Level(code, code) for code in "ABCD"),
        grader=total_scale(bands),
    )
    model.require_usable()
    return model


def risk_model() -> AssessmentModel:
    """Give a risk model of 30 indicators."""
    rules: dict[str, Rule] = {}
    for i in range(12):
        rules[f"b{i}"] = Bands(f"n{i}", _steps(0, 10, 100, 30, 200, 60, 300, 90, 500), HALF)
    for i in range(5):
        codes = {"A": 0, "B": 100, "C": 200, "D": 300, "E": 400}
        rules[f"l{i}"] = LookUp(f"c{i}", codes, 150, HALF)
    for i in range(4):
        rules[f"f{i}"] = FlagPoints(f"g{i}", 300, 0, EXCLUDED)
    for i in range(5):
        rules[f"o{i}"] = Occurrences(f"o{i}", 100, 5, NOUGHT)
    for i in range(2):
        rules[f"a{i}"] = Bands(f"d{i}", _steps(400, 365, 200, 1095, 100, 3650, 0), EXCLUDED)
    rules["ratio"] = Computed(
        parse_formula("1 if ratio_at_least(n0, n1, 3, 10) else 0"), 250, NOUGHT
    )
    rules["veto"] = Veto(parse_criterion("g0 and g1 and not g2 and o0 > 3"), "D", EXCLUDED)
    return _model(Kind.RISK, rules, (4200, 5200, 6200))


def credit_model() -> AssessmentModel:
    """Give a credit model of 20 indicators."""
    rules: dict[str, Rule] = {}
    for i in range(8):
        rules[f"b{i}"] = Bands(f"k{i}", _steps(0, 100, 100, 400, 200, 800, 400), HALF)
    for i, name in enumerate(("c0", "c1", "e0")):
        rules[f"l{i}"] = LookUp(name, {"A": 0, "B": 50, "C": 150}, 100, NOUGHT)
    for i in range(4):
        rules[f"f{i}"] = FlagPoints(f"h{i}", 400, 0, NOUGHT)
    for i in range(3):
        rules[f"o{i}"] = Occurrences(f"q{i}", 150, 3, NOUGHT)
    rules["age"] = Bands("d0", _steps(300, 730, 100, 3650, 0), EXCLUDED)
    rules["sum"] = Computed(parse_formula("min(10, max(0, q0 + q1 - q2))"), 50, NOUGHT)
    return _model(Kind.CREDIT, rules, (2300, 2900, 3500))


def grading() -> GradingDefinition:
    """Give the matrix that crosses them."""
    rule = GradingDefinition(
        risk_levels=("A", "B", "C", "D"),
        credit_levels=("A", "B", "C", "D"),
        matrix=((1, 1, 2, 3), (1, 2, 2, 3), (2, 2, 3, 4), (3, 3, 4, 4)),
        grades=tuple(
            Grade(number=n, name=str(n), measure="", object_ratio=ratio)
            for n, ratio in enumerate(("0.01", "0.05", "0.2", "1"), 1)
        ),
    )
    rule.require_usable()
    return rule


def facts_sql(rows: int) -> str:
    """Give a DuckDB query for ``rows`` subjects, the same each time: about 3 % unknown, skewed."""
    parts = ["lpad(i::VARCHAR, 12, '0') AS subject_id"]

    def random(name: str) -> str:
        return f"(hash(i, '{name}') % 1000003)::BIGINT"

    def known(name: str, value: str) -> str:
        return (
            f"CASE WHEN hash(i, '{name}', 'known') % 100 < 3 THEN NULL ELSE {value} END AS {name}"
        )

    for name, low, high in NUMBERS + COUNTS:
        spread = f"({random(name)} * {random(name + 'x')} // 1000003)"  # small values are commoner
        parts.append(known(name, f"{low} + {spread} % {high - low}"))
    parts += [known(name, f"substr('ABCDEFG', 1 + ({random(name)} % 7)::INT, 1)") for name in CODES]
    parts += [known(name, f"{random(name)} % 5 = 0") for name in FLAGS]
    parts += [known(name, f"DATE '2026-11-01' - ({random(name)} % 9000)::INT") for name in DAYS]
    return f"SELECT {', '.join(parts)} FROM range({rows}) t(i)"  # noqa: S608 -- constants


_BAND_RISK = (
    "CASE WHEN {x} IS NULL THEN 50 WHEN {x} < 10 THEN 0 WHEN {x} < 30 THEN 100 "
    "WHEN {x} < 60 THEN 200 WHEN {x} < 90 THEN 300 ELSE 500 END"
)
_CODE_RISK = (
    "CASE {x} WHEN 'A' THEN 0 WHEN 'B' THEN 100 WHEN 'C' THEN 200 WHEN 'D' THEN 300 "
    "WHEN 'E' THEN 400 ELSE CASE WHEN {x} IS NULL THEN 50 ELSE 150 END END"
)
_AGE_RISK = (
    "CASE WHEN {x} IS NULL THEN NULL WHEN {x} > DATE '2025-11-24' THEN 400 "
    "WHEN {x} > DATE '2023-11-25' THEN 200 WHEN {x} > DATE '2016-11-26' THEN 100 ELSE 0 END"
)
_BAND_CREDIT = (
    "CASE WHEN {x} IS NULL THEN 50 WHEN {x} < 100 THEN 0 WHEN {x} < 400 THEN 100 "
    "WHEN {x} < 800 THEN 200 ELSE 400 END"
)
_CODE_CREDIT = (
    "CASE {x} WHEN 'A' THEN 0 WHEN 'B' THEN 50 WHEN 'C' THEN 150 "
    "ELSE CASE WHEN {x} IS NULL THEN 0 ELSE 100 END END"
)
_AGE_CREDIT = (
    "CASE WHEN d0 IS NULL THEN NULL WHEN d0 > DATE '2024-11-24' THEN 300 "
    "WHEN d0 > DATE '2016-11-26' THEN 100 ELSE 0 END"
)


def hand_written_sql(facts: str, results: str) -> str:
    """Give the same rules as somebody at home in DuckDB would write them, one statement.

    Three steps that he would take too: contributions, totals, then levels and grade.
    """
    risk = {f"b{i}": _BAND_RISK.format(x=f"n{i}") for i in range(12)}
    risk |= {f"l{i}": _CODE_RISK.format(x=f"c{i}") for i in range(5)}
    risk |= {f"f{i}": f"CASE WHEN g{i} THEN 300 WHEN NOT g{i} THEN 0 END" for i in range(4)}
    risk |= {f"o{i}": f"least(coalesce(o{i}, 0), 5) * 100" for i in range(5)}
    risk |= {f"a{i}": _AGE_RISK.format(x=f"d{i}") for i in range(2)}
    risk["ratio"] = "CASE WHEN n1 > 0 AND n0 * 10 >= n1 * 3 THEN 250 ELSE 0 END"
    credit = {f"b{i}": _BAND_CREDIT.format(x=f"k{i}") for i in range(8)}
    credit |= {f"l{i}": _CODE_CREDIT.format(x=x) for i, x in enumerate(("c0", "c1", "e0"))}
    credit |= {f"f{i}": f"CASE WHEN h{i} THEN 400 ELSE 0 END" for i in range(4)}
    credit |= {f"o{i}": f"least(coalesce(q{i}, 0), 3) * 150" for i in range(3)}
    credit["age"] = _AGE_CREDIT
    credit["sum"] = "coalesce(least(10, greatest(0, q0 + q1 - q2)) * 50, 0)"
    veto = "CASE WHEN g0 AND g1 AND NOT g2 AND o0 > 3 THEN 1 ELSE 0 END"
    nullable = {"f0", "f1", "f2", "f3", "a0", "a1", "age"}

    def total(prefix: str, rules: dict[str, str]) -> str:
        terms = (
            f"coalesce({prefix}{n}, 0)"
            if n in nullable and (prefix, n[0]) != ("c_", "f")
            else f"{prefix}{n}"
            for n in rules
        )
        return " + ".join(terms)

    scored = [f"{sql} AS r_{name}" for name, sql in risk.items()]
    scored += [f"{sql} AS c_{name}" for name, sql in credit.items()]
    return f"""
COPY (
  WITH scored AS (
    SELECT subject_id, {veto} AS r_veto, {", ".join(scored)} FROM read_parquet('{facts}')
  ), totalled AS (
    SELECT *, {total("r_", risk)} AS r_total, {total("c_", credit)} AS c_total FROM scored
  ), levelled AS (
    SELECT *,
      CASE WHEN r_veto = 1 OR r_total >= 6200 THEN 'D' WHEN r_total >= 5200 THEN 'C'
           WHEN r_total >= 4200 THEN 'B' ELSE 'A' END AS r_level,
      CASE WHEN c_total < 2300 THEN 'A' WHEN c_total < 2900 THEN 'B'
           WHEN c_total < 3500 THEN 'C' ELSE 'D' END AS c_level
    FROM totalled
  )
  SELECT *, CASE
      WHEN r_level = 'A' THEN CASE c_level WHEN 'C' THEN 2 WHEN 'D' THEN 3 ELSE 1 END
      WHEN r_level = 'B' THEN CASE c_level WHEN 'A' THEN 1 WHEN 'D' THEN 3 ELSE 2 END
      WHEN r_level = 'C' THEN CASE c_level WHEN 'C' THEN 3 WHEN 'D' THEN 4 ELSE 2 END
      ELSE CASE WHEN c_level IN ('C', 'D') THEN 4 ELSE 3 END END AS grade
  FROM levelled
) TO '{results}' (FORMAT parquet)
"""  # noqa: S608 -- constants and paths of our own


def zen_expression() -> str:
    """Give the risk model as zen-engine's expression language puts it, to be compiled once.

    Facts of type day are day numbers. Names of the answer are those of the product's columns.
    """
    today = (AS_OF - date(1970, 1, 1)).days
    band = (
        "{x} == null ? 50 : {x} < 10 ? 0 : {x} < 30 ? 100 : {x} < 60 ? 200 : {x} < 90 ? 300 : 500"
    )
    code = (
        "{x} == null ? 50 : {x} == 'A' ? 0 : {x} == 'B' ? 100 : {x} == 'C' ? 200 : "
        "{x} == 'D' ? 300 : {x} == 'E' ? 400 : 150"
    )
    age = (
        f"{{x}} == null ? null : {today} - {{x}} < 365 ? 400 : {today} - {{x}} < 1095 ? 200 : "
        f"{today} - {{x}} < 3650 ? 100 : 0"
    )
    points = {f"p_b{i}": band.format(x=f"n{i}") for i in range(12)}
    points |= {f"p_l{i}": code.format(x=f"c{i}") for i in range(5)}
    points |= {f"p_f{i}": f"g{i} == null ? null : g{i} ? 300 : 0" for i in range(4)}
    points |= {f"p_o{i}": f"o{i} == null ? 0 : o{i} > 5 ? 500 : o{i} * 100" for i in range(5)}
    points |= {f"p_a{i}": age.format(x=f"d{i}") for i in range(2)}
    points["p_ratio"] = "n0 != null and n1 != null and n1 > 0 and n0 * 10 >= n1 * 3 ? 250 : 0"
    veto = "g0 == true and g1 == true and g2 == false and o0 != null and o0 > 3"
    excluded = {"p_f0", "p_f1", "p_f2", "p_f3", "p_a0", "p_a1"}
    terms = (f"({name} == null ? 0 : {name})" if name in excluded else name for name in points)
    steps = [f"{name} = {value}" for name, value in points.items()]
    steps.append(f"total = {' + '.join(terms)}")
    steps.append(
        f"level = {veto} ? 'D' : total < 4200 ? 'A' : total < 5200 ? 'B' : total < 6200 ? 'C' : 'D'"
    )
    answer = ", ".join(f"{name}: {name}" for name in ("level", "total", *points))
    return "; ".join((*steps, f"{{{answer}}}"))
