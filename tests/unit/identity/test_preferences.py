"""What one person keeps about lists: views, columns, and what he opened lately."""

import pytest

from supervision_core.identity.model import (
    ListOffer,
    ListSetting,
    Preferences,
    SavedView,
    ViewInvalid,
    ViewUnfit,
    require_fit,
)
from supervision_core.identity.model.preferences import MOST_OPENED, MOST_VIEWS

OFFER = ListOffer(
    place="tasks.task",
    criteria=frozenset({"state", "name"}),
    orders=frozenset({"-ends_on"}),
    columns=frozenset({"name", "state"}),
)


def a_view(name: str = "执行中", **more: object) -> SavedView:
    """Give a view of tasks under way."""
    said: dict[str, object] = {"asked": {"state": "in_progress"}, "order": "-ends_on", **more}
    return SavedView(id=f"id of {name}", place=OFFER.place, name=name, **said)  # type: ignore[arg-type]


def reasons(refused: pytest.ExceptionInfo[ViewInvalid]) -> list[tuple[str, str]]:
    """Give code and place of each reason."""
    return [(one.code, one.at) for one in refused.value.reasons]


def test_a_view_of_the_same_name_is_replaced() -> None:
    """Keeping it twice keeps one, under the id it had; what is not asked is not kept."""
    kept = Preferences(id="u-1")
    first = kept.keep(a_view(), OFFER)
    again = kept.keep(a_view(asked={"name": "乳品", "state": ""}), OFFER)
    assert kept.views == (again,)
    assert (again.id, again.asked) == (first.id, {"name": "乳品"})


def test_a_view_that_the_list_does_not_offer_is_refused_with_every_reason() -> None:
    """Neither an unknown criterion nor order, nor a name that is none, nor too long a text."""
    kept = Preferences(id="u-1")
    with pytest.raises(ViewInvalid) as refused:
        kept.keep(a_view(" ", asked={"phone": "1", "name": "长" * 201}, order="phone"), OFFER)
    assert reasons(refused) == [
        ("identity.view_unnamed", "name"), ("identity.view_criterion", "phone"),
        ("identity.view_order", "order"), ("identity.text_long", "name"),
    ]  # fmt: skip
    with pytest.raises(ViewInvalid) as refused:
        kept.keep(a_view("行\n行"), OFFER)
    assert reasons(refused) == [("kernel.not_one_line", "name")]
    assert kept.views == ()


def test_one_person_keeps_so_many_views_of_a_list() -> None:
    """Then one of them is replaced, and no other is added; other lists have room of their own."""
    kept = Preferences(id="u-1")
    for number in range(MOST_VIEWS):
        kept.keep(a_view(f"第{number}"), OFFER)
    with pytest.raises(ViewInvalid) as refused:
        kept.keep(a_view("多一个"), OFFER)
    assert reasons(refused) == [("identity.views_full", "name")]
    kept.keep(a_view("第0"), OFFER)
    other = ListOffer(place="clues.clue", criteria=frozenset())
    kept.keep(a_view("多一个", asked={}, order=""), other)
    assert len(kept.views) == MOST_VIEWS + 1


def test_one_view_of_a_list_is_the_one_it_opens_with() -> None:
    """The last that is said to be takes that from the others of its list."""
    kept = Preferences(id="u-1")
    first, second = (kept.keep(a_view(name, usual=True), OFFER) for name in ("甲", "乙"))
    assert [one.usual for one in kept.views] == [False, True]
    kept.rename(first.id, "丙", usual=True)
    assert [(one.name, one.usual) for one in kept.views] == [("丙", True), ("乙", False)]
    with pytest.raises(ViewInvalid) as refused:
        kept.rename(first.id, "乙", usual=False)
    assert reasons(refused) == [("identity.view_twice", "name")]
    kept.drop(first.id)
    assert [one.id for one in kept.views] == [second.id]


def test_a_view_does_not_fit_once_its_list_has_no_such_criterion() -> None:
    """The refusal names what the list does not know any more."""
    require_fit(a_view(), OFFER)
    with pytest.raises(ViewUnfit) as refused:
        require_fit(a_view(), ListOffer(place=OFFER.place, criteria=frozenset({"name"})))
    assert [one.at for one in refused.value.reasons] == ["state", "order"]


def test_columns_are_those_of_the_list_each_once() -> None:
    """Their order is kept; nothing chosen is how the list is shown anyway."""
    kept = Preferences(id="u-1")
    setting = ListSetting(place=OFFER.place, columns=("state", "name"), dense=True)
    kept.arrange(setting, OFFER)
    assert kept.setting_of(OFFER.place) == setting
    with pytest.raises(ViewInvalid) as refused:
        kept.arrange(ListSetting(place=OFFER.place, columns=("phone", "name", "name")), OFFER)
    assert reasons(refused) == [
        ("identity.view_column", "columns"), ("identity.view_column_twice", "columns"),
    ]  # fmt: skip
    kept.arrange(ListSetting(place=OFFER.place), OFFER)
    assert kept.settings == ()


def test_what_was_opened_last_stands_first_each_once() -> None:
    """The oldest go; the one that is open already is nothing new."""
    kept = Preferences(id="u-1")
    for number in range(MOST_OPENED + 2):
        kept.open("tasks.task", f"t-{number}")
    assert kept.open("tasks.task", "t-5")
    assert not kept.open("tasks.task", "t-5")
    things = [one.thing for one in kept.opened]
    assert (things[0], things.count("t-5"), len(things)) == ("t-5", 1, MOST_OPENED)
    assert "t-0" not in things
