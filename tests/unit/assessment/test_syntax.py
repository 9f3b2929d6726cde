import pytest

from supervision_core.assessment.model import (
    ExpressionNotUnderstood,
    parse_criterion,
    parse_formula,
)
from supervision_core.assessment.model.expressions import ExpressionTooLarge, MixedUnits

KNOWN: dict[str, int | str | None] = {"a": 7, "b": -3, "yes": 1, "no": 0, "code": "甲"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("-a - -b", -10),
        ("10 - 4 - 3", 3),
        ("min(a, b, 0)", -3),
        ("max(a, b, 0)", 7),
        ("max(a)", 7),
        ("a if yes else b", 7),
        ("a if no else b", -3),
        ("yes * 5", 5),
    ],
)
def test_a_formula_means_what_it_says(text: str, value: int) -> None:
    """Operators bind as in arithmetic."""
    assert parse_formula(text).meaning.value(KNOWN) == value


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("a < 7", False),
        ("a <= 7", True),
        ("a == 7", True),
        ("a != 7", False),
        ("a >= 7", True),
        ("a > 7", False),
        ("a < 8", True),
        ("a > 6", True),
        ("yes and not no", True),
        ("no and yes", False),
        ("no or yes", True),
        ("no or no", False),
        ('code == "甲"', True),
        ('code != "甲"', False),
        ('code == "乙"', False),
        ("ratio_at_least(a, 10, 7, 10)", True),
        ("ratio_at_least(a, 11, 7, 10)", False),
        ("ratio_at_least(a, b, 1, 10)", False),
        ("ratio_at_least(a, no, 1, 10)", False),
    ],
)
def test_a_condition_means_what_it_says(text: str, holds: bool) -> None:  # noqa: FBT001
    """Comparisons, logic, flags, codes and ratios."""
    assert parse_criterion(text).meaning.holds(KNOWN) is holds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 / 2",
        "a // 2",
        "a % 2",
        "a ** 2",
        "1e5",
        "1_0.5",
        "0.12345678901",
        "1.00000000000000000001",
        "True",
        "'a'",
        "a if yes",
        "f(a)",
        "a.b",
        "a[0]",
        "__import__('os')",
        "(lambda: 1)()",
        "[a for a in b]",
        "min()",
        "min(a, key=b)",
        "a; b",
        "a = 1",
        "not a",
        "ratio_at_least(a, b, 1, 2)",
        "((((" * 60,
        "-" * 500 + "a",
        "a" + " + a" * 400,
    ],
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    """Nothing outside the grammar passes, and nothing of it is executed."""
    with pytest.raises(ExpressionNotUnderstood) as refusal:
        parse_formula(text)
    assert {v.code for v in refusal.value.violations} == {"assessment.expression_not_understood"}


@pytest.mark.parametrize(
    "text",
    [
        "a + 1",
        "1 < a < 9",
        "a in b",
        'code < "甲"',
        'code == ""',
        r'code == "\x41"',
        '"甲" == code',
        "ratio_at_least(a, b, 1)",
        "ratio_at_least(a, b, 1, 0)",
        "ratio_at_least(a, b, 1, c)",
        "a is b",
    ],
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    """A number is no condition; chains, membership and order of codes do not exist."""
    with pytest.raises(ExpressionNotUnderstood):
        parse_criterion(text)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("a + b", (-12, 15)),
        ("a - b", (-15, 12)),
        ("a * b", (-50, 50)),
        ("min(a, b)", (-10, 5)),
        ("max(a, b)", (-2, 10)),
        ("a if b > 0 else 99", (-10, 99)),
    ],
)
def test_bounds_hold_every_value(text: str, bounds: tuple[int, int]) -> None:
    """The static bounds are those of the corners."""
    assert parse_formula(text).meaning.bounds({"a": (-10, 10), "b": (-2, 5)}) == bounds


@pytest.mark.parametrize("text", ["a * a", "a + a", "1 if a * a > 0 else 0", "max(1, a * a)"])
def test_what_could_leave_64_bits_is_refused(text: str) -> None:
    """No part of an expression may overflow, not even inside a condition."""
    with pytest.raises(ExpressionTooLarge):
        parse_formula(text).meaning.bounds({"a": (0, 2**62)})


def test_units_are_powers_of_points() -> None:
    """A product of points counts their powers; a sum or comparison of unlike units is refused."""
    degrees = {"a": 1, "b": 1}
    assert parse_formula("a * b").meaning.degree(degrees) == 2
    assert parse_formula("2 * a + b").meaning.degree(degrees) == 1
    for text in ("a + 1", "a * b + a", "a if n > b else a", "max(a, n)"):
        with pytest.raises(MixedUnits):
            parse_formula(text).meaning.degree(degrees)
