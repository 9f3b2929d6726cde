"""年度检查频次上限: what may stand in it."""

import pytest

from supervision_core.kernel.registers.description import violations_of
from supervision_core.plans.registers import CheckCapContent


@pytest.mark.parametrize(
    ("year", "most", "refused"),
    [
        (2000, 0, []),
        (2100, 1, []),
        (1999, 2, [("year", "kernel.register_least")]),
        (2101, -1, [("year", "kernel.register_greatest"), ("most", "kernel.register_least")]),
    ],
)
def test_years_are_of_our_time_and_no_cap_is_below_nothing(
    year: int, most: int, refused: list[tuple[str, str]]
) -> None:
    """kernel.register_least, kernel.register_greatest: both bounds are allowed themselves."""
    content = CheckCapContent(basis="南市监发〔2026〕1号", department="d-1", year=year, most=most)
    assert [(one.at, one.code) for one in violations_of(content)] == refused
