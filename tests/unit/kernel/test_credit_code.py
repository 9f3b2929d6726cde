"""Unified social credit codes (GB 32100-2015, GB 11714-1997)."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from supervision_core.kernel.codes.credit_code import (
    ALPHABET,
    REGISTRATION_DEPARTMENTS,
    check_credit_code,
    complete_credit_code,
    complete_organisation_code,
)
from supervision_core.kernel.codes.signs import normalise

DIGITS = "0123456789"
VALID = "91350100M000100Y43"

CODES = st.builds(
    lambda department, kind, region, body: complete_credit_code(
        department + kind + region + complete_organisation_code(body)
    ),
    st.sampled_from(sorted(REGISTRATION_DEPARTMENTS)),
    st.sampled_from(ALPHABET),
    st.text(DIGITS, min_size=6, max_size=6),
    st.text(ALPHABET, min_size=8, max_size=8),
)


def _codes(text: str) -> list[str]:
    return [violation.code for violation in check_credit_code(text)]


def test_the_vectors_hold(vectors: Callable[[str], list[dict[str, str]]]) -> None:
    """Published codes pass both checks; the wrong ones fail for the reason that stands by them."""
    rows = vectors("credit_code_vectors.csv")
    assert len(rows) == 13
    for row in rows:
        found = check_credit_code(row["code"])
        assert (found == ()) == (row["valid"] == "1"), row
        if "alphabet" in row["reason"]:
            assert found[0].code == "kernel.credit_code_sign"
        if "(right: " in row["reason"]:
            right = row["reason"].split("(right: ")[1][0]
            assert found[-1].code == "kernel.credit_code_check_digit"
            assert found[-1].data == {"expected": right}
        if "organisation" in row["reason"]:
            assert found[0].code == "kernel.credit_code_organisation_check_digit"


@given(CODES)
def test_a_completed_code_passes(code: str) -> None:
    """What the generator makes, the check accepts: also codes whose department is a letter."""
    assert check_credit_code(code) == ()


@given(CODES, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_caught(code: str, place: int, sign: str) -> None:
    """31 is a prime above every difference of values: no single change leaves the check intact."""
    assume(code[place] != sign)
    assert "kernel.credit_code_check_digit" in _codes(code[:place] + sign + code[place + 1 :])


@given(CODES, st.data())
def test_two_signs_exchanged_are_always_caught(code: str, data: st.DataObject) -> None:
    """All 17 weights differ modulo 31; only the first one equals that of the check digit."""
    first, second = data.draw(st.lists(st.integers(0, 17), min_size=2, max_size=2, unique=True))
    assume(code[first] != code[second])
    assume({first, second} != {0, 17})
    signs = list(code)
    signs[first], signs[second] = signs[second], signs[first]
    assert "kernel.credit_code_check_digit" in _codes("".join(signs))


@pytest.mark.parametrize("prefix", ["N2450100", "A1100000", "Y1450100"])
def test_a_department_may_be_a_letter(prefix: str) -> None:
    """Village collectives (N2) and the army (A1) have codes like anybody."""
    assert _codes(complete_credit_code(prefix + complete_organisation_code("MF0A1B2C"))) == []


def test_every_reason_is_given_at_once() -> None:
    """Department, region and both check digits can be wrong together."""
    assert _codes("B1A50100M000100X40") == [
        "kernel.credit_code_department",
        "kernel.credit_code_region",
        "kernel.credit_code_organisation_check_digit",
        "kernel.credit_code_check_digit",
    ]


@pytest.mark.parametrize(
    ("text", "code", "data"),
    [
        ("", "kernel.credit_code_length", {"length": 0}),
        (VALID[:-1], "kernel.credit_code_length", {"length": 17}),
        (VALID + "3", "kernel.credit_code_length", {"length": 19}),
        (VALID.lower(), "kernel.credit_code_sign", {"places": "9, 16"}),
        ("O" + VALID[1:-1] + "I", "kernel.credit_code_sign", {"places": "1, 18"}),
        ("\uff19" + VALID[1:], "kernel.credit_code_sign", {"places": "1"}),
    ],
    ids=["empty", "short", "long", "lower", "letters", "full-width"],
)
def test_what_is_no_code_says_why(text: str, code: str, data: dict[str, object]) -> None:
    """A code is judged as it is written; the remedy needs the length or the places."""
    (violation,) = check_credit_code(text)
    assert (violation.code, violation.data) == (code, data)


def test_remainder_0_gives_0() -> None:
    """A sum divisible by 31 has the check digit 0, not the 32nd sign."""
    assert complete_credit_code("0" * 17) == "0" * 18


@pytest.mark.parametrize("text", ["", "1" * 16, "1" * 18, "I" + "1" * 16])
def test_only_17_signs_can_be_completed(text: str) -> None:
    """Completing something else is a mistake of the programmer."""
    with pytest.raises(ValueError, match=rf"^{text}$"):
        complete_credit_code(text)


@pytest.mark.parametrize("text", ["", "1" * 7, "1" * 9, "a" + "1" * 7])
def test_only_8_signs_make_an_organisation_code(text: str) -> None:
    """Completing something else is a mistake of the programmer."""
    with pytest.raises(ValueError, match=rf"^{text}$"):
        complete_organisation_code(text)


@pytest.mark.parametrize(
    ("body", "check"), [("M000100Y", "4"), ("60003734", "1"), ("71526726", "X"), ("00000000", "0")]
)
def test_the_organisation_check_runs_over_11(body: str, check: str) -> None:
    """GB 11714: 10 is written X, 11 is written 0."""
    assert complete_organisation_code(body) == body + check


@given(st.text(ALPHABET, max_size=18))
def test_normalising_mends_what_a_spreadsheet_does(code: str) -> None:
    """Full-width signs, lower case, blanks of any kind and invisible marks go; the code stays."""
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code.lower())
    spaced = "\u3000\ufeff" + " ".join(wide) + "\u200b\t\n"
    assert normalise(spaced) == code
    assert normalise(normalise(spaced)) == normalise(spaced)
