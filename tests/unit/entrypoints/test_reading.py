from datetime import date

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from entrypoints.http.errors import FormInvalid
from entrypoints.http.web.reading import Field, Kind, fields_of, filled, read
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import Content, choice, day, flag, integer, text, texts


@frozen(kw_only=True)
class Sample(Content):
    """A register with a column of every type."""

    name: str = text("名称", required=True, max_length=9)
    level: str = choice("层级", {"city": "市级", "county": "县级"}, required=True)
    aliases: tuple[str, ...] = texts("别名")
    places: int = integer("数量", required=True)
    good: bool = flag("合格")
    since: date | None = day("日期")


FIELDS = fields_of(Sample)
WORDS = st.text("王a1。", min_size=1)


def test_a_register_says_how_it_is_asked_for() -> None:
    """One description: titles, kinds, choices and lengths come from the columns."""
    assert [(one.title, one.kind) for one in FIELDS] == [
        ("名称", Kind.TEXT), ("层级", Kind.CHOICE), ("别名", Kind.LINES), ("数量", Kind.NUMBER),
        ("合格", Kind.FLAG), ("日期", Kind.DAY),
    ]  # fmt: skip
    assert (FIELDS[0].required, FIELDS[0].most, FIELDS[4].required) == (True, 9, False)


@given(
    st.builds(
        Sample, name=WORDS, level=st.sampled_from(["city", "county"]),
        aliases=st.lists(WORDS).map(tuple), places=st.integers(-999, 10**9 - 1),
        good=st.booleans(), since=st.none() | st.dates(),
    )
)  # fmt: skip
def test_a_form_sent_as_it_was_shown_changes_nothing(sample: Sample) -> None:
    """Whatever is stored, comes back from its form as it was."""
    assert from_plain(Sample, read(FIELDS, filled(FIELDS, sample))) == sample


@pytest.mark.parametrize(
    ("name", "text"),
    [("level", "town"), ("places", ""), ("places", "1.0"), ("places", "1" * 16),
     ("places", "\u0661"), ("good", "maybe"), ("since", "2026-02-30"), ("since", "heute")],
    ids=["choice", "blank", "fraction", "long", "digits", "flag", "day", "word"],
)  # fmt: skip
def test_what_a_field_does_not_take_is_told_at_its_place(name: str, text: str) -> None:
    """Error: http.form_invalid, at the field; what is right is no reason."""
    form = filled(FIELDS, Sample(places=0, name="甲", level="city")) | {name: text}
    with pytest.raises(FormInvalid) as caught:
        read(FIELDS, form)
    assert [one.at for one in caught.value.reasons] == [name]


def test_a_decision_is_made_by_whoever_fills_the_form_in() -> None:
    """A flag that is required says neither yes nor no by itself. Error: http.wrong_form."""
    asked = Field(name="granted", title="审核是否通过", kind=Kind.FLAG, required=True)
    assert [read([asked], {"granted": one})["granted"] for one in ("yes", "no")] == [True, False]
    for form in ({}, {"granted": ""}, {"granted": "好"}):
        with pytest.raises(FormInvalid) as refused:
            read([asked], form)
        assert [(one.code, one.at) for one in refused.value.reasons] == [
            ("http.wrong_form", "granted")
        ]
    assert read([evolve(asked, required=False)], {}) == {"granted": False}
