"""Texts of one line."""

import pytest

from supervision_core.kernel.one_line import is_one_line, not_one_line

UNFIT = (
    "\r\n\t\0\x1b\x7f\x85\u061c\u200e\u200f\u2028\u2029"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


@pytest.mark.parametrize("sign", UNFIT, ids=lambda one: f"U+{ord(one):04X}")
def test_what_forges_lines_or_turns_signs_around_is_found(sign: str) -> None:
    """Line ends, controls and bidirectional controls, wherever they stand: their field is named."""
    for text in (sign, f"{sign}a", f"a{sign}b", f"a{sign}"):
        (fault,) = not_one_line({"name": text, "code": "9"})
        assert (fault.code, fault.at) == ("kernel.not_one_line", "name")


def test_names_as_they_are_pass() -> None:
    """Chinese, Zhuang, Latin and rare signs, brackets and spaces are what names consist of."""
    for text in (
        "",
        "南宁市",
        "Gvangjsih",
        "示例（集团） 有限公司",
        "\U00020bb7\u3000é",
        "a\u00a0b",
    ):
        assert is_one_line(text)
