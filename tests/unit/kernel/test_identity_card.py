"""Identity numbers (GB 11643-1999). No number here is anybody's: examples and inventions."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from supervision_core.kernel.codes.data import issuing_regions
from supervision_core.kernel.codes.identity_card import (
    Sex,
    birth_day,
    check_identity_card,
    check_legacy_identity_card,
    complete_identity_card,
    sex,
    upgrade_legacy,
)
from supervision_core.kernel.codes.signs import normalise

DIGITS = "0123456789"
TODAY = date(2026, 11, 24)
NUMBERS = st.builds(
    lambda region, born, sequence: complete_identity_card(f"{region}{born:%Y%m%d}{sequence:03}"),
    st.sampled_from(sorted(issuing_regions())),
    st.dates(date(1880, 1, 1), TODAY),
    st.integers(1, 999),
)


def _codes(text: str) -> list[str]:
    return [violation.code for violation in check_identity_card(text, on=TODAY)]


def test_the_vectors_hold(vectors: Callable[[str], list[dict[str, str]]]) -> None:
    """The standard's examples pass; the wrong ones fail for the reason that stands by them."""
    reasons = {
        "29 Feb of a non-leap year": "kernel.identity_card_birth_day",
        "month 13": "kernel.identity_card_birth_day",
        "31 April": "kernel.identity_card_birth_day",
        "no such province": "kernel.identity_card_region",
        "check digit": "kernel.identity_card_check_digit",
        "length": "kernel.identity_card_length",
        "birth date in the future": "kernel.identity_card_not_yet_born",
    }
    rows = vectors("id_card_vectors.csv")
    assert len(rows) == 15
    for row in rows:
        number = normalise(row["id"])
        check = check_legacy_identity_card if "15-digit" in row["note"] else check_identity_card
        found = [violation.code for violation in check(number, on=TODAY)]
        assert found == ([] if row["valid"] == "1" else [reasons[row["note"]]]), row


@given(NUMBERS)
def test_a_completed_number_passes(number: str) -> None:
    """What the generator makes, the check accepts, on the day of birth and ever after."""
    assert _codes(number) == []
    born = birth_day(number)
    assert check_identity_card(number, on=born) == ()
    (violation,) = check_identity_card(number, on=born - timedelta(days=1))
    assert violation.code == "kernel.identity_card_not_yet_born"


@given(NUMBERS, st.integers(0, 16), st.sampled_from(DIGITS))
def test_one_wrong_digit_is_always_caught(number: str, place: int, digit: str) -> None:
    """ISO 7064 MOD 11-2 catches every single change."""
    assume(number[place] != digit)
    changed = number[:place] + digit + number[place + 1 :]
    assert "kernel.identity_card_check_digit" in _codes(changed)


@given(NUMBERS, st.integers(0, 15))
def test_neighbours_exchanged_are_always_caught(number: str, place: int) -> None:
    """Neighbouring weights differ modulo 11."""
    assume(number[place] != number[place + 1])
    changed = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert "kernel.identity_card_check_digit" in _codes(changed)


@given(NUMBERS, st.text(DIGITS, min_size=18, max_size=18))
def test_no_violation_carries_a_part_of_the_number(number: str, other: str) -> None:
    """Reports and logs learn what is wrong, never whose number it is nor how to mend it."""
    for text in (number[:-1], number[:6] + other[6:], other):
        for violation in check_identity_card(text, on=TODAY):
            assert set(violation.data) <= {"length"}


def test_every_reason_is_given_at_once() -> None:
    """Region, day and check digit can be wrong together."""
    assert _codes("990103199013010011") == [
        "kernel.identity_card_region",
        "kernel.identity_card_birth_day",
        "kernel.identity_card_check_digit",
    ]


@pytest.mark.parametrize(
    "text", ["4501031990O1010016", "45010319900101001Y", "\uff1450103199001010016"]
)
def test_only_digits_and_a_last_x(text: str) -> None:
    """Any other sign: ``kernel.identity_card_sign``."""
    assert _codes(text) == ["kernel.identity_card_sign"]


@pytest.mark.parametrize("region", ["450127", "452122", "440524", "810000", "830000"])
def test_a_number_outlives_its_county(region: str) -> None:
    """Withdrawn counties and prefectures, and permits of Hong Kong, Macao, Taiwan, stay good."""
    assert _codes(complete_identity_card(f"{region}19850615123")) == []


def test_the_number_tells_sex_and_birth_day() -> None:
    """The 17th digit is odd for men; digits 7 to 14 are the day."""
    assert sex("450103199001010016") is Sex.MALE
    assert sex("450403198811120024") is Sex.FEMALE
    assert birth_day("450403198811120024") == date(1988, 11, 12)


def test_a_number_of_the_first_generation_is_judged_apart() -> None:
    """Fifteen digits are no number today, and a known one in old data."""
    assert _codes("450103900101001") == ["kernel.identity_card_length"]
    assert check_legacy_identity_card("450103900101001", on=TODAY) == ()
    assert upgrade_legacy("450103900101001") == "450103199001010016"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("45010390010100", "kernel.identity_card_length"),
        ("45010390010100X", "kernel.identity_card_sign"),
        ("450103901301001", "kernel.identity_card_birth_day"),
        ("990103900101001", "kernel.identity_card_region"),
    ],
)
def test_a_wrong_number_of_the_first_generation_says_why(text: str, code: str) -> None:
    """The same reasons as today's, but for the check digit it never had."""
    assert [violation.code for violation in check_legacy_identity_card(text, on=TODAY)] == [code]


@pytest.mark.parametrize("text", ["", "1" * 16, "1" * 18, "X" + "1" * 16])
def test_only_17_digits_can_be_completed(text: str) -> None:
    """Completing something else is a mistake of the programmer, told without the number."""
    with pytest.raises(ValueError, match=r"^not 17 digits$"):
        complete_identity_card(text)


def test_only_15_digits_can_be_upgraded() -> None:
    """Upgrading something else is a mistake of the programmer."""
    with pytest.raises(ValueError, match=r"^not 15 digits$"):
        upgrade_legacy("4501039001010011")
