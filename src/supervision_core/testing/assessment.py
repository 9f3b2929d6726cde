"""For whoever writes an executor: awkward models, awkward facts, and the contract to hold.

Everything is derived from a seed by hashing, so a failing seed is a complete bug report.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from attrs import evolve

from supervision_core.assessment.model import (
    EXCLUDED,
    REFUSED,
    AssessmentModel,
    Band,
    Bands,
    Category,
    Choice,
    Computed,
    FactDefinition,
    FactType,
    FactValue,
    FlagPoints,
    Grader,
    Indicator,
    Kind,
    Level,
    LookUp,
    Manual,
    Matrix,
    Missing,
    Occurrences,
    RateScale,
    Row,
    Rule,
    Scale,
    Shift,
    Veto,
    Worst,
    evaluate,
    parse_criterion,
    parse_formula,
)
from supervision_core.assessment.model.decimals import decimal_text

Chosen = TypeVar("Chosen")
Facts = Mapping[str, FactValue]

AS_OF = date(2024, 2, 29)
CODES = (
    "个体工商户",
    "有限责任公司",
    "A",
    "a",
    "A ",
    "Ａ",  # noqa: RUF001 -- full-width on purpose
    "o'clock",
    '"',
    "%s",
    ":x",
    "𠮷",
    "null",
)
FACTS = (
    *(FactDefinition(f"n{i}", f"数{i}", FactType.INTEGER) for i in range(4)),
    FactDefinition("small", "小数", FactType.INTEGER, least=-50, most=1000),
    FactDefinition("kind", "类型", FactType.CODE),
    FactDefinition("state", "状态", FactType.CODE),
    FactDefinition("listed", "列异", FactType.FLAG),
    FactDefinition("repaired", "修复", FactType.FLAG),
    FactDefinition("since", "成立日期", FactType.DAY),
    FactDefinition("until", "有效期至", FactType.DAY),
    FactDefinition("depth", "深度", FactType.DECIMAL, "米", -5_000, 10**6, scale=2),
    FactDefinition("share", "占比", FactType.DECIMAL, scale=9),
)
FORMULAS = (
    "min(max(n0 - n1, -100), 100)",
    "max(0, min(small * 3, 120)) + listed * 7",
    "10 if ratio_at_least(n0, n1, 3, 10) else 0 - 4",
    "min(20, max(since - until, 0 - 20))",
    "(5 if small > 10 else 2) * (3 if listed and not repaired else 1)",
    "small * small - 17 if small != 0 else 1",
)
DECIMAL_FORMULAS = (
    "max(0, min(depth - 2.5, 30))",
    "min(max(n0 * 0.25, depth), 12.75) + listed",
    "1.5 if ratio_at_least(depth, small, 0.35, 1) else 0 - 0.5",
)
TESTS = (
    "listed and not repaired",
    "n0 >= 10 or n1 < 0",
    'state == "个体工商户" or state == "o\'clock"',
    'kind != "A" and n2 > 1',
    "ratio_at_least(n2, n3, 1, 3)",
    "until > 0 and since > 365",
    "depth >= 3.25 and not small * 0.5 > depth",
    "share < 0.000000001 or ratio_at_least(depth, small, 1.5, 2.5)",
)

MEASURES = (
    "total",
    "worst",
    "category_a",
    "category_b - category_a",
    "item_i0 if vetoes > 0 else total",
    "missing",
    "vetoes",
    "category_a * category_b",
    "max(total, 2 * category_b)",
    "applicable - total",
    "full_category_a - applicable_category_a",
)
RATES = (
    ("total", "applicable"),
    ("category_a", "applicable_category_a"),
    ("category_b * full_category_b + total * applicable_category_b", "applicable_category_b"),
    ("vetoes + missing", "missing"),
    ("total", "category_b - category_a"),
)


class Choices:
    """A stream of choices that depends on the seed alone."""

    def __init__(self, seed: int) -> None:
        """Start the stream."""
        self._state = f"assessment/{seed}".encode()

    def number(self, below: int) -> int:
        """Give a number from 0 up to ``below``, exclusive."""
        self._state = hashlib.sha256(self._state).digest()
        return int.from_bytes(self._state[:16], "big") % below

    def between(self, least: int, most: int) -> int:
        """Give a number from ``least`` to ``most``, both inclusive."""
        return least + self.number(most - least + 1)

    def one_of(self, things: Sequence[Chosen]) -> Chosen:
        """Give one of the things."""
        return things[self.number(len(things))]


def _missing(choices: Choices) -> Missing:
    scored = Missing.scores(choices.between(-500, 500))
    often = (scored, EXCLUDED) * 6
    return choices.one_of((*often, REFUSED))


def _bounds(choices: Choices) -> list[int]:
    scale = choices.one_of((10, 1000, 2**62))
    return sorted({choices.between(-scale, scale) for _ in range(choices.number(5))})


def _bands(choices: Choices) -> tuple[Band[int], ...]:
    ends = [None, *_bounds(choices), None]
    points = choices.one_of((1000, 10**9))
    return tuple(Band(low, high, choices.between(-points, points)) for low, high in pairwise(ends))


def _numbers(choices: Choices) -> str:
    return choices.one_of(("n0", "n1", "n2", "n3", "small", "since", "until", "depth", "share"))


def _manual(choices: Choices) -> Rule:
    grades = tuple(Choice(str(n), n * 100) for n in range(-3, 4) if choices.number(2))
    each = choices.one_of((1, 50, 100))
    return Manual("small", -300, 300, _missing(choices), grades, each)


def _codes(choices: Choices) -> dict[str, int]:
    listed = {code: choices.between(-900, 900) for code in CODES if choices.number(3)}
    return listed or {"A": 100}


def _lookup(choices: Choices) -> Rule:
    points = choices.between(-900, 900)
    otherwise = choices.one_of((None, points, points, points))
    return LookUp(choices.one_of(("kind", "state")), _codes(choices), otherwise, _missing(choices))


def _occurrences(choices: Choices) -> Rule:
    fact = choices.one_of(("n0", "n1", "small"))
    each, cap = choices.between(-999, 999), choices.one_of((1, 7, 10**6))
    return Occurrences(fact, each, cap, _missing(choices))


def _computed(choices: Choices) -> Rule:
    if choices.number(3) == 0:
        formula = parse_formula(choices.one_of(DECIMAL_FORMULAS))
        return Computed(formula, 100 * choices.between(-9, 9), _missing(choices))
    formula = parse_formula(choices.one_of(FORMULAS))
    return Computed(formula, choices.between(-99, 99), _missing(choices))


def _flag(choices: Choices) -> Rule:
    return FlagPoints(choices.one_of(("listed", "repaired")), 300, -20, _missing(choices))


def _stepped(choices: Choices) -> Rule:
    return Bands(_numbers(choices), _bands(choices), _missing(choices))


def _rule(choices: Choices, levels: tuple[str, ...]) -> Rule:
    if choices.number(8) == 0:
        missing = choices.one_of((EXCLUDED, EXCLUDED, EXCLUDED, REFUSED))
        return Veto(parse_criterion(choices.one_of(TESTS)), choices.one_of(levels), missing)
    if choices.number(8) == 0:
        missing = choices.one_of((EXCLUDED, EXCLUDED, EXCLUDED, REFUSED))
        steps = choices.one_of((-3, -2, -1, 1, 1, 2))
        return Shift(parse_criterion(choices.one_of(TESTS)), steps, missing)
    kinds = (_lookup, _flag, _occurrences, _computed, _manual, _stepped, _stepped)
    return choices.one_of(kinds)(choices)


def _scale(choices: Choices, labels: tuple[str, ...]) -> Scale:
    measure = choices.one_of(MEASURES)
    small = measure in ("missing", "vetoes")
    spread = 4 if small else 3000
    cuts = sorted({choices.between(-spread, spread) for _ in range(choices.number(6))})
    ends = [None, *cuts, None]
    bands = tuple(Band(low, high, choices.one_of(labels)) for low, high in pairwise(ends))
    return Scale(parse_formula(measure), bands)


def _rate(choices: Choices, labels: tuple[str, ...]) -> RateScale:
    measure, over = choices.one_of(RATES)
    cuts = sorted({choices.between(-8_000, 24_000) for _ in range(choices.number(6))})
    ends = [None, *cuts, None]
    bands = tuple(Band(low, high, choices.one_of(labels)) for low, high in pairwise(ends))
    return RateScale(parse_formula(measure), parse_formula(over), bands)


def _grader(choices: Choices, labels: tuple[str, ...], depth: int = 2) -> Grader:
    kind = choices.number(4) if depth else 0
    if kind == 1:
        return Worst(
            tuple(_grader(choices, labels, depth - 1) for _ in range(choices.between(1, 3)))
        )
    if kind == 2:
        rows, columns = ("低", "中", "高"), ("轻", "重")
        cells = tuple(tuple(choices.one_of(labels) for _ in columns) for _ in rows)
        return Matrix(
            _grader(choices, rows, depth - 1),
            rows,
            _grader(choices, columns, depth - 1),
            columns,
            cells,
        )
    return _rate(choices, labels) if choices.number(3) == 0 else _scale(choices, labels)


def _indicator(choices: Choices, number: int, levels: tuple[str, ...]) -> Indicator:
    rule = _rule(choices, levels)
    return Indicator(
        f"i{number}",
        f"指标{number}",
        choices.one_of(("a", "b")),
        rule,
        enabled=choices.number(8) > 0,
        applies=parse_criterion(choices.one_of(TESTS)) if choices.number(4) == 0 else None,
        full=choices.between(0, 2000) if rule.gives_points and choices.number(4) == 0 else None,
    )


def awkward_model(seed: int) -> AssessmentModel:
    """Give a usable model, different for each seed."""
    choices = Choices(seed)
    model = _model(choices)
    while any(model.violations()):  # now and then a formula is too large
        model = _model(choices)
    return model


def _model(choices: Choices) -> AssessmentModel:
    levels = ("A", "B", "C", "D")[: choices.between(1, 4)]
    first = Indicator("i0", "指标0", "a", Bands("n0", _bands(choices), _missing(choices)))
    rest = (_indicator(choices, n, levels) for n in range(1, choices.between(2, 12)))
    model = AssessmentModel(
        kind=Kind.RISK,
        code="awkward",
        name="测试模型",
        facts=FACTS,
        categories=(Category("a", "甲"), Category("b", "乙")),
        indicators=(first, *rest),
        levels=tuple(Level(code, code) for code in levels),
        grader=_grader(choices, levels),
    )
    few = choices.number(len(model.asked) + 1)
    return evolve(model, least_known=few) if choices.number(3) == 0 else model


def _cuts(model: AssessmentModel, fact: str) -> list[int]:
    found: list[int] = []
    for indicator in model.indicators:
        if isinstance(indicator.rule, Bands) and indicator.rule.fact == fact:
            found += [band.lower for band in indicator.rule.bands if band.lower is not None]
    return found


def _fact(choices: Choices, model: AssessmentModel, fact: FactDefinition) -> FactValue:
    if choices.number(9) == 0:
        return None
    if fact.type is FactType.CODE:
        return choices.one_of((*CODES, "", "没有这个代码"))
    if fact.type is FactType.FLAG:
        return choices.number(2) == 1
    cuts = _cuts(model, fact.name)
    if fact.type is FactType.DAY:
        near = [AS_OF - timedelta(days=c) for c in cuts if abs(c) < 10**5]
        days = (AS_OF, date.min, date.max, date(1969, 12, 31), date(2023, 2, 28), *near)
        return choices.one_of(days)
    edges = [n for c in cuts for n in (c - 1, c, c + 1)]
    small = choices.between(-12, 40)
    usual = (small,) * 12
    number = choices.one_of((*usual, 100, -300, 2**63 - 1, -(2**63), 10**15, *edges))
    return decimal_text(number, fact.scale) if fact.type is FactType.DECIMAL else number


def awkward_facts(seed: int, model: AssessmentModel, count: int) -> list[dict[str, FactValue]]:
    """Give the facts of ``count`` subjects: missing, negative, huge, on every boundary."""
    choices = Choices(seed)
    return [{f.name: _fact(choices, model, f) for f in model.facts} for _ in range(count)]


class ExecutorContract(ABC):
    """What an executor owes: the same row as the definition, for each subject.

    Subclass it in a test, give ``execute``, and let pytest collect it.
    """

    seeds: range = range(60)
    subjects: int = 40

    @abstractmethod
    def execute(self, model: AssessmentModel, as_of: date, facts: Sequence[Facts]) -> list[Row]:
        """Assess every subject, in order, by the executor under test."""

    def test_every_row_equals_the_definition(self) -> None:
        """An executor gives level, total, faults and contributions as ``evaluate`` does."""
        for seed in self.seeds:
            model = awkward_model(seed)
            facts = awkward_facts(seed, model, self.subjects)
            wanted = [evaluate(model, known, AS_OF).row() for known in facts]
            given = self.execute(model, AS_OF, facts)
            assert given == wanted, f"seed {seed}"

    def test_no_subject_gives_no_row(self) -> None:
        """An executor over nothing answers with nothing."""
        assert self.execute(awkward_model(0), AS_OF, []) == []
