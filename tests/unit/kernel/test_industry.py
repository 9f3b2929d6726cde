"""Industries (GB/T 4754-2017)."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.kernel.codes.data import industries
from supervision_core.kernel.codes.industry import Industry

TREE = industries()
INDUSTRIES = st.sampled_from(list(TREE))


def test_the_classification_is_whole_but_for_one() -> None:
    """20 sections, 97 divisions, 473 groups, 1,381 of 1,382 classes."""
    assert Counter(industry.level for industry in TREE) == {1: 20, 2: 97, 3: 473, 4: 1381}


@given(INDUSTRIES)
def test_each_level_adds_a_digit(industry: Industry) -> None:
    """The code below a section begins with that of its parent."""
    above = TREE.ancestors(industry.code)
    assert [node.level for node in above] == list(range(industry.level - 1, 0, -1))
    if industry.level > 2:
        assert industry.code[:-1] == industry.parent
    assert len(industry.code) == max(industry.level, 1)


@given(INDUSTRIES)
def test_an_industry_is_found_by_code_and_name(industry: Industry) -> None:
    """A name that stands on several levels means the most special of them."""
    assert TREE.resolve(industry.code) == industry
    by_name = TREE.resolve(f" {industry.name}\u3000")
    assert by_name is not None
    assert by_name.name == industry.name
    assert TREE.contains(industry.code, by_name.code)


@pytest.mark.parametrize(
    ("text", "code"),
    [("1441", "1441"), ("C1441", "1441"), ("c14", "14"), ("C", "C"),
     ("\uff11\uff14\uff14\uff11", "1441"),
     ("液体乳制造", "1441"), ("制糖业", "1340"), ("旅行社及相关服务", "7291"), ("制造业", "C")],
)  # fmt: skip
def test_people_write_industries_in_many_ways(text: str, code: str) -> None:
    """With or without the letter of the section, by name, in full width."""
    found = TREE.resolve(text)
    assert found is not None
    assert found.code == code
    assert TREE.check(text) == ()


@pytest.mark.parametrize("text", ["", "D1441", "9999", "C9999", "液体乳", "14411", "U"])
def test_an_unknown_industry_is_flagged(text: str) -> None:
    """Also where the letter is not that of the code's section: ``kernel.industry_unknown``."""
    assert TREE.resolve(text) is None
    assert [violation.code for violation in TREE.check(text)] == ["kernel.industry_unknown"]
