"""A quarter of a small city's year: what must hold holds, and each check finds what it is for."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from attrs import evolve
from benchmarks._year.checks import CHECKS, Check
from benchmarks._year.city import City
from benchmarks._year.found import Found, look
from benchmarks._year.living import Size, lived
from benchmarks._year.telling import faults_of, told
from sqlalchemy import delete, update

from adapters.sql.counts import count_cell
from adapters.sql.engine.schema import audit_row
from adapters.sql.frame.todos import todo
from supervision_core.plans.services import DraftPlan, draft_plan

SMALL = Size(firms=300, officers=120, rounds=1, share=4, clues=24, trouble=12)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Live the quarter once."""
    with lived(tmp_path_factory.mktemp("year"), SMALL) as made:
        yield made


@pytest.fixture(scope="module")
def found(city: City) -> Found:
    """Give what is left of it."""
    return look(city)


def test_a_quarter_leaves_nothing_against_the_law(city: City, found: Found) -> None:
    """Rounds, clues, orders, extensions, transfers: each has come to its end, and all agrees."""
    assert {title: some for title, some in faults_of(found).items() if some} == {}
    report = "\n".join(told(city, found))
    for said in ("跨部门综合监管年度报告", "撤销任务", "线索并案", "移交执法", "再次责令改正"):
        assert said in report, report
    assert "✗" not in report
    assert len(city.refused) >= len("abcd")


@pytest.mark.parametrize("check", CHECKS, ids=lambda one: one.title)
def test_a_check_finds_what_it_is_for(check: Check, found: Found) -> None:
    """Negative control: what is put into a copy of the year is found."""
    spoiled = deepcopy(found)
    check.spoil(spoiled)
    assert list(check.faults(spoiled))
    assert list(check.faults(found)) == []


def test_what_the_platform_compares_by_itself_is_asked(city: City, found: Found) -> None:
    """Negative control, the last: no to-do of a plan, a sum too high, a changed row of the log."""
    sheet = evolve(next(iter(found.plans.values())).sheet, name="待办被删除的计划")
    city.do(draft_plan, DraftPlan(sheet=sheet), by=sheet.lead, key="without to-do")
    with city.platform.engine.begin() as connection:
        connection.execute(delete(todo))
        connection.execute(update(count_cell).values(many=count_cell.c.many + 1))
        first = audit_row.c.position == 0
        connection.execute(update(audit_row).where(first).values(action="tasks.create"))
    wrong = look(city)
    assert wrong.todos
    assert wrong.miscounts
    assert wrong.log
