"""The public list of draws, of random draws: it is what is stored, and gives nobody away."""

import json
from datetime import date
from typing import cast

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from supervision_core.content.model import ListedDraw, OpenColumn, OpenDrawsAsked
from supervision_core.content.services.opening import OpenShelf
from supervision_core.draws.model.series import DrawSeries
from supervision_core.draws.model.sources import DrawNumber
from supervision_core.draws.ports import Draws, SeriesOfDraws
from supervision_core.identity.model import Membership, PersonData
from supervision_core.identity.ports import Users
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.ports import Transactions
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.publication import PublicationState
from supervision_core.tasks.model.sheet import OpinionAnswer, TaskState
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.ports import Publications, Tasks, Visits
from supervision_core.testing.draws import beside_draws, drawn_2, frozen_draw, keep_pool
from supervision_core.testing.identity import full_user
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.subjects import full_subject
from supervision_core.testing.tasks import FARM, LEAD, MOMENT, publication, task, visit

TODAY = date(2026, 5, 4)
ENDS = {"coming": date(2026, 5, 29), "over": date(2026, 5, 1), "long over": date(2026, 4, 3)}
"""Of which the last alone is twenty working days ago."""


@frozen
class Made:
    """A draw, its fate, and the task that it is of: when that ends, and how far its visits came."""

    series: tuple[str, str, int]
    drawn: bool
    fate: str
    ends: str
    deleted: bool
    visits: tuple[bool, ...]

    @property
    def gives_away(self) -> bool:
        """Whether somebody is yet to be visited, and not for too long."""
        return not (self.deleted or self.ends == "long over" or (self.visits and all(self.visits)))


MADE = st.builds(
    Made,
    series=st.tuples(st.sampled_from(["甲", "乙"]), st.sampled_from(["s-1", ""]),
                     st.sampled_from([2025, 2026])),
    drawn=st.booleans(),
    fate=st.sampled_from(["open", "cleared", "dispatched"]),
    ends=st.sampled_from(sorted(ENDS)),
    deleted=st.booleans(),
    visits=st.lists(st.booleans(), max_size=2).map(tuple),
)  # fmt: skip


def _store(every: list[Made]) -> Transactions:
    transactions = memory_transactions(MemoryStore(), beside_draws())
    series: dict[tuple[str, str, int], DrawSeries] = {}
    with transactions.begin() as unit:
        keep_directory(unit, ("甲", "乙", "dept-market", "dept-farm", "dept-late"))
        keep_pool(unit)
        for at, one in enumerate(every):
            lead, scene, year = one.series
            of = series.setdefault(one.series, DrawSeries.begin(lead=lead, scene=scene, year=year))
            number = of.enter(f"draw-{at}")
            assert isinstance(number, DrawNumber)
            make = drawn_2 if one.drawn else frozen_draw
            draw = make(f"draw-{at}", lead=lead, task=f"task-{at}", number=number)
            if one.fate == "cleared":
                draw.clear(by="u-1", reason=f"店{at}停业", at=draw.round.due)
                of.clear(number.number, reason=f"店{at}停业")
            elif one.fate == "dispatched":
                of.dispatch(number.number)
            of_task = task(f"task-{at}")
            of_task._sheet = evolve(of_task.sheet, ends_on=ENDS[one.ends], name=f"查店{at}")
            of_task._state = TaskState.DELETED if one.deleted else TaskState.IN_PROGRESS
            for place, completed in enumerate(one.visits):
                made = visit(f"visit-{at}-{place}")
                sheet = evolve(made.sheet, task=f"task-{at}", subject=f"店{at}")
                object.__setattr__(made, "sheet", sheet)
                made._state = VisitState.COMPLETED if completed else VisitState.STARTED
                unit[Visits].save(made)
            unit[Tasks].save(of_task)
            unit[Draws].save(draw)
        for of in series.values():
            unit[SeriesOfDraws].save(of)
        unit.commit()
    return transactions


@given(st.lists(MADE, max_size=6), st.integers(min_value=1, max_value=4))
def test_the_list_is_what_is_stored_and_gives_nobody_away(every: list[Made], size: int) -> None:
    """Each number of each series stands once; no word of a task with a visit to come is in it."""
    with _store(every).begin_reading() as unit:
        shelf = OpenShelf(unit, TODAY)
        for year in (2025, 2026):
            asked, lines = OpenDrawsAsked(year=year), list[ListedDraw]()
            some = shelf.draws(asked, PageRequest(size=size))
            lines += some.items
            while some.next_cursor is not None:
                some = shelf.draws(asked, PageRequest(size=size, cursor=some.next_cursor))
                lines += some.items
            here = {f"draw-{at}": one for at, one in enumerate(every) if one.series[2] == year}
            assert sorted(one.id for one in lines) == sorted(here)
            numbers: dict[tuple[str, str], list[int]] = {}
            for line in reversed(lines):
                lead, scene, _ = here[line.id].series
                numbers.setdefault((lead, scene), []).append(line.number)
            assert all(told == [*range(1, len(told) + 1)] for told in numbers.values())
            text = json.dumps(shelf.draws_file(asked), ensure_ascii=False)
            for at, one in enumerate(every):
                named = one.series[2] == year and not one.gives_away
                assert (f'"查店{at}"' in text) is named
                assert (f'"店{at}停业"' in text) is (named and one.fate == "cleared")
                if not named:
                    assert f"店{at}" not in text + repr(lines)


def _undrawn(draw: str) -> OpenShelf:
    """Give the public list beside a task with a result kept back, one late, a firm not visited."""
    transactions = memory_transactions(MemoryStore(), beside_draws())
    with transactions.begin() as unit:
        keep_directory(unit, (LEAD, FARM))
        of_task = task("task-1")
        of_task._sheet = evolve(of_task.sheet, draw=draw)
        gone = visit("visit-gone")
        object.__setattr__(gone, "sheet", evolve(gone.sheet, task="task-1", lead=LEAD))
        gone._state, gone._due_on = VisitState.NOT_VISITED, date(2026, 4, 10)
        kept, late = publication("visit-kept"), publication("visit-late")
        kept._state, late._state = PublicationState.WITHHELD, PublicationState.DUE
        for one in (kept, late):
            object.__setattr__(one, "due_on", date(2026, 4, 20))
        unit[Tasks].save(of_task)
        unit[Visits].save(gone)
        unit[Publications].save_all([kept, late])
        unit.commit()
    return OpenShelf(transactions.begin_reading().__enter__(), TODAY)


@pytest.mark.parametrize("draw", ["", "draw-of-none"])
def test_what_tasks_without_a_draw_do_not_show_is_counted(draw: str) -> None:
    """Kept back, late or not visited: by the lead and year, on the page and in its file."""
    shelf = _undrawn(draw)
    (page,) = shelf.draws(OpenDrawsAsked(year=2026), PageRequest()).departments
    assert page.unvisited == ("停业、歇业：1户",)
    assert page.not_shown == ("商业秘密：1户",)
    assert page.overdue == 1
    (file,) = cast(
        "list[dict[str, object]]", shelf.draws_file(OpenDrawsAsked(year=2026))["departments"]
    )
    assert (file["not_shown"], file["overdue"]) == (["商业秘密：1户"], 1)
    assert shelf.draws(OpenDrawsAsked(year=2025), PageRequest()).departments == ()


CODES = {f"subject-{at}": f"91450100MA5K00{at}017" for at in (7, 8, 9)}


def _added(subjects: tuple[str, ...], *, adopted: bool = True, ends: str = "over") -> OpenShelf:
    """Give the public list with a draw to which another department adds, and one result."""
    transactions = memory_transactions(MemoryStore(), beside_draws())
    of_task, made, series = task("task-1"), visit("visit-1"), DrawSeries.begin(
        lead=LEAD, scene="scene-1", year=2026
    )  # fmt: skip
    number = series.enter("draw-1")
    assert isinstance(number, DrawNumber)
    series.dispatch(1)
    answer = OpinionAnswer(adopted=adopted, by="u-1", at=MOMENT)
    of_task._sheet = evolve(of_task.sheet, draw="draw-1", ends_on=ENDS[ends])
    of_task._parts = tuple(
        one if one.opinion is None
        else evolve(one, opinion=evolve(one.opinion, subjects_to_add=subjects, answer=answer))
        for one in of_task.parts
    )  # fmt: skip
    sheet = evolve(made.sheet, task="task-1", subject="subject-9", ground=VisitGround.ADJUSTMENT)
    object.__setattr__(made, "sheet", sheet)
    with transactions.begin() as unit:
        keep_directory(unit, (LEAD, FARM, "dept-late"))
        keep_pool(unit)
        for id_, department, name in (("u-1", LEAD, "王示例"), ("u-2", FARM, "李示例")):
            official = full_user(id_)
            official._memberships = (Membership(department=department, post="科长"),)
            official._person = PersonData(name=name)
            official.take_events()
            unit[Users].save(official)
        for id_, code in CODES.items():
            unit[Subjects].save(full_subject(id_, code))
        unit[Tasks].save(of_task)
        unit[Visits].save(made)
        unit[Publications].save(publication("visit-1"))
        unit[Draws].save(drawn_2("draw-1", lead=LEAD, task="task-1", number=number, marked=()))
        unit[SeriesOfDraws].save(series)
        unit.commit()
    return OpenShelf(transactions.begin_reading().__enter__(), TODAY)


@pytest.mark.parametrize("count", [1, 3])
def test_whom_an_adopted_opinion_adds_is_added_by_hand(count: int) -> None:
    """List, file and mark count it as they do what the lead adds to the draw itself."""
    shelf = _added(tuple(sorted(CODES))[-count:])
    line = shelf.draw("draw-1")
    assert (line.added, line.removed, line.marks) == (count, 0, ("含非随机对象",))
    assert {(one.action, one.by, one.approver, one.reason) for one in line.corrections} == {
        ("增加", "dept-farm 科长 李示例", "dept-market 科长 王示例", "采纳会商意见：增加一个事项")
    }
    draws = cast("list[dict[str, object]]", shelf.draws_file(OpenDrawsAsked(year=2026))["draws"])
    (file,) = draws
    assert (file["added"], file["marks"]) == (count, ["含非随机对象"])


def test_what_is_not_adopted_adds_nobody() -> None:
    """Nor is anything marked."""
    line = _added(("subject-9",), adopted=False).draw("draw-1")
    assert (line.added, line.marks, line.corrections) == (0, (), ())


def test_a_result_names_who_added_the_firm_and_why() -> None:
    """The department that asked for it, who adopted that, and its reason."""
    text = _added(("subject-9",)).read(OpenColumn.RESULTS, "visit-1")
    facts = {one.title: one.text for one in text.facts}
    assert facts["人工增加"].endswith(
        "，dept-farm 科长 李示例，批准：dept-market 科长 王示例；理由：采纳会商意见：增加一个事项"
    )
