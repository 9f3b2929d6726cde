"""Fifteen-digit registration numbers (GS 15-2006)."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from supervision_core.kernel.codes.registration_number import (
    check_registration_number,
    complete_registration_number,
)

DIGITS = "0123456789"
NUMBERS = st.text(DIGITS, min_size=14, max_size=14).map(complete_registration_number)


def test_the_vectors_hold(vectors: Callable[[str], list[dict[str, str]]]) -> None:
    """Published numbers pass; the wrong ones fail for the reason that stands by them."""
    reasons = {
        "check digit": "kernel.registration_number_check_digit",
        "14 digits": "kernel.registration_number_length",
        "letter": "kernel.registration_number_sign",
    }
    rows = vectors("registration_number_vectors.csv")
    assert len(rows) == 8
    for row in rows:
        found = [violation.code for violation in check_registration_number(row["reg_no"])]
        assert found == ([] if row["valid"] == "1" else [reasons[row["note"]]]), row


@given(NUMBERS, st.integers(0, 14), st.sampled_from(DIGITS))
def test_one_wrong_digit_is_always_caught(number: str, place: int, digit: str) -> None:
    """ISO 7064 MOD 11,10 catches every single change."""
    assert check_registration_number(number) == ()
    assume(number[place] != digit)
    changed = number[:place] + digit + number[place + 1 :]
    (violation,) = check_registration_number(changed)
    assert violation.code == "kernel.registration_number_check_digit"


def test_the_right_digit_is_told() -> None:
    """A typing mistake can be mended where the last digit is the wrong one."""
    (violation,) = check_registration_number("330106000129005")
    assert violation.data == {"expected": "4"}


@pytest.mark.parametrize("text", ["", "1" * 13, "1" * 15, "\uff11" * 14, "A" + "1" * 13])
def test_only_14_digits_can_be_completed(text: str) -> None:
    """Completing something else is a mistake of the programmer."""
    with pytest.raises(ValueError, match=f"^{text}$"):
        complete_registration_number(text)
