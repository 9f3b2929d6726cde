from datetime import date
from functools import partial

import pytest
from attrs import evolve

from supervision_core.kernel.listing import DaysUnfit, as_of, asked_fields, both_ways, partial_of
from supervision_core.kernel.registers.store import Between
from supervision_core.subjects.lists import TAGS, TagRow
from supervision_core.subjects.model import TagNature
from supervision_core.tasks.lists import RECTIFICATIONS, TASKS, VISITS

TODAY = date(2026, 12, 30)


def test_days_from_today_are_put_for_how_many() -> None:
    """Today and the last of them are both in; what is not asked stays as it is."""
    asked = as_of(RECTIFICATIONS, {"due_on_within": 7, "number": "1"}, TODAY)
    assert asked == {"due_on_within": Between(TODAY, date(2027, 1, 6)), "number": "1"}
    between = as_of(RECTIFICATIONS, {"due_on_within": 0}, TODAY)["due_on_within"]
    found = [between.holds(TODAY.replace(day=day)) for day in (29, 30, 31)]
    assert found == [False, True, False]
    assert as_of(RECTIFICATIONS, {"due_on_within": None}, TODAY) == {"due_on_within": None}


@pytest.mark.parametrize("days", [-1, 10**12])
def test_what_is_no_term_is_refused(days: int) -> None:
    """Days before today, and days that no calendar has, are named with their field."""
    with pytest.raises(DaysUnfit) as refused:
        as_of(RECTIFICATIONS, {"due_on_within": days}, TODAY)
    (reason,) = refused.value.reasons
    assert (reason.at, reason.data["title"]) == ("due_on_within", "整改期限在今后几日内")


def test_both_ends_of_a_range_are_called_by_what_it_holds() -> None:
    """A day is not earlier or not later than one, a number not less or not more."""
    titles = {name: one.title for name, _, one in asked_fields(VISITS)}
    assert titles["formed_on_from"] == "结果形成日期不早于"
    assert (titles["findings_from"], titles["findings_to"]) == (
        "发现问题数不少于",
        "发现问题数不多于",
    )


def test_what_is_done_again_and_again_begins_with_the_newest() -> None:
    """Pages of tasks, checks and rectifications; no list begins with an order that it lacks."""
    begun = {one.name: one.begins for one in (TASKS, VISITS, RECTIFICATIONS)}
    assert begun == {
        "tasks.task": "-number", "tasks.visit": "-number", "tasks.rectification": "-due_on",
    }  # fmt: skip
    with pytest.raises(TypeError, match="begins with no order of its own: -name"):
        evolve(TASKS, begins="-name")


def test_a_part_with_orders_of_its_own_begins_with_them() -> None:
    """Without any, it begins as the whole does."""
    part = partial(partial_of, TASKS, name="tasks.part", plural="parts", title="部分任务")
    assert part(where={"year": 2026}).begins == TASKS.begins
    assert not part(where={"year": 2026}, orders=both_ways("name")).begins


@pytest.mark.parametrize(("enabled", "offered"), [(True, "disable_tag"), (False, "enable_tag")])
def test_of_two_acts_that_undo_each_other_one_is_offered(offered: str, *, enabled: bool) -> None:
    """Nobody is offered to enable what is enabled, nor to disable what is not."""
    row = TagRow(
        id="t", name="乳品", nature=TagNature.SUBJECT, region="450000", department="", subjects=0,
        rules=0, order=0, enabled=enabled,
    )  # fmt: skip
    found = {one.verb for one in TAGS.acts if one.fits(row)}
    assert found == {"change_tag", "delete_tag", offered}
