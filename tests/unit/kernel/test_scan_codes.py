"""Codes to scan: what is written is read again; what is forged, altered or outdated is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scan_codes import a_code, codes_of_test

from adapters.guitong_code import GuitongCodes
from supervision_core.kernel.errors import Unavailable, Violation
from supervision_core.kernel.scan_codes import CodeKind, CodeRefused

TODAY = date(2026, 3, 10)
OWN = codes_of_test()
TEXT = OWN.make(a_code())


def _why(text: str, today: date = TODAY) -> str:
    with pytest.raises(CodeRefused) as refusal:
        OWN.read(text, today=today)
    return refusal.value.reasons[0].code


@pytest.mark.parametrize("kind", CodeKind)
@pytest.mark.parametrize("number", ["91450100MA5K000017", "", "登记号甲"])
def test_what_is_written_is_read_again(kind: CodeKind, number: str) -> None:
    """Alone, among blanks, or as the end of a link; a number that is no credit code stays away."""
    code = a_code(kind, number=number)
    text, read = OWN.make(code), a_code(kind, number=number if number.isascii() else "")
    for spelled in (text, f" {text}\n", OWN.link_of(text), f"http://localhost/m/code?code={text}"):
        assert OWN.read(spelled, today=TODAY) == read
    assert len(OWN.link_of(text)) < 270


@given(st.data())
def test_every_altered_sign_is_refused(data: st.DataObject) -> None:
    """None of the signs of a code can be another without its being noticed."""
    text = TEXT
    at = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.sampled_from("0AZaz9-_.").filter(lambda one: one != text[at]))
    reason = _why(text[:at] + sign + text[at + 1 :])
    assert reason in {"scan_codes.malformed", "scan_codes.altered", "scan_codes.foreign"}


def test_a_code_of_another_key_is_foreign() -> None:
    """Also where it says that it is signed by our key: then the signature does not hold."""
    theirs = codes_of_test(b"\x22" * 32).make(a_code())
    assert _why(theirs) == "scan_codes.foreign"
    key = OWN.make(a_code()).split(".")[-2]
    parts = theirs.split(".")
    assert _why(".".join([*parts[:-2], key, parts[-1]])) == "scan_codes.altered"


def test_a_code_holds_until_its_last_day() -> None:
    """That day included."""
    text = OWN.make(a_code())
    assert OWN.read(text, today=date(2029, 3, 2)) == a_code()
    assert _why(text, date(2029, 3, 3)) == "scan_codes.outdated"


@pytest.mark.parametrize(
    "text", ["", "http://localhost/", "SC1", "微信支付", "SC1.F.x.-.1.2.3.4.5"]
)
def test_anything_else_is_no_code(text: str) -> None:
    """What hangs on a wall beside it, say."""
    assert _why(text) == "scan_codes.malformed"


def test_a_code_of_one_kind_is_not_taken_for_another() -> None:
    """A firm that scans its own code has not scanned its officers'."""
    firm, visit = OWN.make(a_code()), OWN.make(a_code(CodeKind.VISIT))
    assert OWN.require(firm, CodeKind.FIRM, today=TODAY).id == "subject-1"
    with pytest.raises(CodeRefused, match=r"not_firm"):
        OWN.require(visit, CodeKind.FIRM, today=TODAY)
    with pytest.raises(CodeRefused, match=r"not_visit"):
        OWN.require(firm, CodeKind.VISIT, today=TODAY)


def test_guitong_code_that_does_not_answer_is_done_without() -> None:
    """Made, it is our own; read, it is refused in words; and it cannot make us trust a forgery."""

    def silent(verb: str, said: object) -> None:
        raise Unavailable((Violation(f"x.{verb}", str(said)),))

    alone = GuitongCodes(OWN, silent)
    assert alone.read(alone.make(a_code()), today=TODAY) == a_code()
    with pytest.raises(CodeRefused, match=r"unavailable"):
        alone.read("GTM1", today=TODAY)
    forged = codes_of_test(b"\x22" * 32).make(a_code())
    with pytest.raises(CodeRefused, match=r"foreign"):
        GuitongCodes(OWN, lambda *_: {"payload": forged}).read("GTM1", today=TODAY)
    with pytest.raises(CodeRefused, match=r"malformed"):
        GuitongCodes(OWN, lambda *_: None).read("GTM1", today=TODAY)
