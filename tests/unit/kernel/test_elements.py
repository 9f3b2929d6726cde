"""Elements: fields that users define, and what a thing says in them."""

from collections.abc import Mapping

import pytest

from supervision_core.kernel.errors import Scalar
from supervision_core.kernel.registers import Extras
from supervision_core.kernel.registers.elements import (
    ElementContent,
    ElementSet,
    element_rules,
    extras_in,
    together,
)
from supervision_core.kernel.registers.references import Ask

SET = ElementSet(
    7,
    (
        ElementContent(title="称谓", key="ys0001", type="text", mandatory=True),
        ElementContent(title="年限", key="ys0002", type="integer"),
        ElementContent(title="入职日", key="ys0003", type="day"),
        ElementContent(title="等级", key="ys0004", type="choice", choices=("甲", "乙")),
        ElementContent(title="党员", key="ys0005", type="flag"),
    ),
)
GOOD: Mapping[str, Scalar] = {
    "ys0001": "队长", "ys0002": 3, "ys0003": "2026-01-31", "ys0004": "甲", "ys0005": True,
}  # fmt: skip


def test_what_fits_is_kept_under_the_number_of_the_set() -> None:
    """Every type has its values; what is blank is not kept."""
    assert not list(SET.violations(GOOD))
    assert SET.taken({**GOOD, "ys0004": ""}) == Extras(
        number=7, values={key: value for key, value in GOOD.items() if key != "ys0004"}
    )


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("ys0001", "", "kernel.register_required"),
        ("ys0001", "两\n行", "kernel.extra_form"),
        ("ys0001", "长" * 201, "kernel.extra_form"),
        ("ys0002", "3", "kernel.extra_form"),
        ("ys0002", True, "kernel.extra_form"),
        ("ys0003", "昨天", "kernel.extra_form"),
        ("ys0004", "丙", "kernel.register_unknown_code"),
        ("ys0005", "是", "kernel.extra_form"),
        ("ys0099", "甲", "kernel.extra_unknown"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_code(key: str, value: Scalar, code: str) -> None:
    """A value of another type, an unknown choice, an unknown key: each with its own code."""
    found = list(SET.violations({**GOOD, key: value}))
    assert [one.code for one in found] == [code]


def test_what_was_said_in_an_element_that_holds_no_more_may_stay() -> None:
    """禁用: the old value stays as it is, another one is refused."""
    before: Mapping[str, Scalar] = {"ys0099": "甲"}
    assert not list(SET.violations({**GOOD, **before}, before))
    found = list(SET.violations({**GOOD, "ys0099": "乙"}, before))
    assert [one.code for one in found] == ["kernel.extra_unknown"]


def test_forms_and_tables_have_the_same_fields() -> None:
    """The names of fields and columns lead back to the keys."""
    names = [one.name for one in SET.fields]
    assert names == [one.name for one in SET.columns] == [f"extras.{key}" for key in GOOD]
    assert extras_in(dict(zip(names, GOOD.values(), strict=True))) == GOOD


def test_the_type_of_an_element_is_what_it_was() -> None:
    """What was filled in would mean nothing any more."""
    before = ElementContent(title="年限", key="ys0002", type="integer")
    after = ElementContent(title="年限", key="ys0002", type="text")
    ask: Ask = None  # type: ignore[assignment] # asked for nothing
    assert [one.code for one in element_rules(after, before, ask)] == ["kernel.element_type_fixed"]


def test_sets_of_several_registers_are_one() -> None:
    """What a thing says in elements of two registers is held against both; their numbers add up."""
    other = ElementSet(4, (ElementContent(title="频次", key="nr0001", type="integer"),))
    both = together([SET, other])
    assert not list(both.violations({**GOOD, "nr0001": 2}))
    assert [one.code for one in both.violations({**GOOD, "nr0001": "2"})] == ["kernel.extra_form"]
    assert both.number == 11
    assert not together([]).elements
