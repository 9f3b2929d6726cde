from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from supervision_core.identity.model import LogInPolicy, policy_violations

USUAL = LogInPolicy()


def test_the_usual_limits_and_stricter_ones_may_be_set() -> None:
    """口令策略: longer, more varied, sooner changed, sooner locked and ended."""
    strict = evolve(
        USUAL,
        least_length=12,
        least_kinds=4,
        password_age=timedelta(days=30),
        history=12,
        tries=3,
        locked_for=timedelta(hours=1),
        idle=timedelta(minutes=5),
        longest=timedelta(hours=4),
    )
    assert (policy_violations(USUAL), policy_violations(strict)) == ((), ())


@pytest.mark.parametrize(
    ("limit", "value"),
    [
        ("least_length", 7),
        ("least_length", 129),
        ("least_kinds", 2),
        ("least_kinds", 5),
        ("password_age", timedelta(days=91)),
        ("password_age", timedelta()),
        ("history", 4),
        ("tries", 6),
        ("tries", 0),
        ("locked_for", timedelta(minutes=29)),
        ("idle", timedelta(minutes=31)),
        ("idle", timedelta()),
        ("longest", timedelta(hours=9)),
    ],
)
def test_a_laxer_limit_is_refused_by_name(limit: str, value: Any) -> None:
    """等保三级: whoever runs the platform cannot weaken it, nor set what nobody can keep."""
    (found,) = policy_violations(evolve(USUAL, **{limit: value}))
    assert (found.code, found.at) == ("identity.policy_limit", limit)
