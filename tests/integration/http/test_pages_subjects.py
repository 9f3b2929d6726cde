"""One page of a subject: what is known of it, and what happened with it, part by part."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from attrs import evolve

from entrypoints.http.web.subjects import ABOUT, SubjectPages
from supervision_core.identity.model import HolderKind
from supervision_core.identity.model.access import sheet_id
from supervision_core.identity.ports import AccessEpoch, GrantSheets
from supervision_core.identity.services.lists import cases_of
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.lists import VISITS
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.ports import Visits

from .browsing import Browser, entered
from .conftest import Surface
from .test_pages_lists import EXAMPLES, HERE, SETTLED, THERE, put, stand
from .test_pages_matrix import unreadable
from .workbooks import read

STORED = frozenset({"visits", "rectifications", "clues"})
"""Parts of which there are rows."""
ONE = "/gov/subjects/subjects/subject_nanning"


def about_subject(root: Any, subject: str) -> None:
    """Let a thing be about a subject."""
    put(root, "sheet", evolve(root.sheet, subject=subject))


@pytest.fixture
def world(surface: Surface) -> Surface:
    """Store two of each thing about a subject: one of its own department, one of another city's."""
    for part, query in ABOUT.items():
        if part not in STORED:
            continue
        for at, (region, department) in enumerate((HERE, THERE)):
            root = EXAMPLES[query.port](f"{part}-{at}")
            SETTLED[query.name](root, at, region, department)
            about_subject(root, "subject_nanning")
            with surface.province.platform.transactions.begin() as unit:
                stand(unit, query, root, region, department)
                unit[query.port].save(root)
                unit.commit()
    return surface


def let(surface: Surface, *permissions: str) -> Browser:
    """Give the browser of a clerk who holds these permissions, and nothing else."""
    province = surface.province
    with province.platform.transactions.begin() as unit:
        sheets, now = unit[GrantSheets], province.platform.clock.now()
        held = sheets.get(sheet_id(HolderKind.USER, "nobody"))
        for one in permissions:
            held.grant(one, passable=False, by="test", at=now)
        sheets.save(held)
        unit[AccessEpoch].advance()
        unit.commit()
    province.platform.log_ins.actors._kept.clear()
    return entered(surface, "nobody")


def test_each_part_shows_what_lies_in_reach(world: Surface) -> None:
    """Visits, rectifications, clues: those of the own department, by links to each."""
    permissions = [
        case.permission for query in (SUBJECTS, *ABOUT.values()) for case in cases_of(query).all
    ]
    clerk = let(world, *permissions)
    page = clerk.see(ONE)
    for part, query in ABOUT.items():
        assert f"{ONE}/{part}" in page.links
        links = clerk.see(f"{ONE}/{part}").links
        base = f"/gov/{query.context}/{query.plural}"
        shown = [one for one in links if one.startswith(f"{base}/{part}")]
        assert shown == ([f"{base}/{part}-0"] if part in STORED else []), part


def test_a_part_needs_its_own_permission(world: Surface) -> None:
    """Who may see subjects only is not told of visits, and cannot open them."""
    clerk = let(world, *(case.permission for case in cases_of(SUBJECTS).all))
    page = clerk.see(ONE)
    for part in (*ABOUT, "next", "findings", "grades"):
        assert f"{ONE}/{part}" not in page.links
        assert clerk.go(f"{ONE}/{part}").status_code == 403


def test_a_foreign_subject_has_no_grade_and_no_page(world: Surface) -> None:
    """What lies out of reach answers as what is not."""
    clerk = let(world, "grading.show_grades", *(one.permission for one in cases_of(SUBJECTS).all))
    assert "尚未分级" in " ".join(clerk.see(f"{ONE}/grades").words)
    for end in ("", "/grades"):
        there = clerk.go(f"/gov/subjects/subjects/subject_liuzhou{end}").status_code
        none = clerk.go(f"/gov/subjects/subjects/none{end}").status_code
        assert there == none == 404


def test_every_page_of_a_subject_can_be_read_by_everybody(world: Surface) -> None:
    """无障碍: one heading, a label for each field, a caption for each table, only our scripts."""
    found = (one for one in SubjectPages(SUBJECTS).pages() if one.method == "GET")
    pages = [one for one in found if not one.path.endswith("/export")]  # a file, where it is short
    clerk = let(world, *(one.permission for one in pages if one.permission))
    for page in pages:
        answer = clerk.go(page.path.replace("{subject_id}", "subject_nanning"))
        assert answer.status_code == 200, page.path
        assert unreadable(answer.text) == [], page.path


def test_the_visit_that_is_due_first_comes_next(world: Surface) -> None:
    """Of those that are not over, the one with the earliest term."""
    with world.province.platform.transactions.begin() as unit:
        soon = EXAMPLES[Visits]("soon")
        SETTLED["tasks.visit"](soon, 7, *HERE)
        about_subject(soon, "subject_nanning")
        first = unit[Visits].get("visits-0").due_on
        soon._state = VisitState.ASSIGNED
        soon._waivers, soon._formed_on = (), None
        soon._due_on = first - timedelta(days=30)
        unit[Visits].save(soon)
        unit.commit()
    clerk = let(world, *(case.permission for case in cases_of(VISITS).all), "tasks.supervise")
    assert "/gov/tasks/visits/soon" in clerk.see(f"{ONE}/next").links


def test_an_industry_is_told_and_asked_for_by_its_title(world: Surface) -> None:
    """行业: list, page and workbook say what GB/T 4754 calls it; a section means all below it."""
    with world.province.platform.transactions.begin() as unit:
        one = unit[Subjects].get("subject_nanning")
        one._basic = evolve(one.basic, industry="1441")
        unit[Subjects].save(one)
        unit.commit()
    clerk = let(world, *(case.permission for case in cases_of(SUBJECTS).all))
    title = "液体乳制造"
    assert title in clerk.see(ONE).words
    base = "/gov/subjects/subjects"
    for asked in ("1441", title, "乳制品制造", "14", "C", "制造业"):
        page = clerk.see(f"{base}?industry={quote(asked)}")
        assert title in page.words, asked
        link = next(each for each in page.links if "/export" in each)
        table = clerk.go(link).headers["location"]
        (row,) = read(world.call("nobody", "GET", table).content)
        assert row["行业"] == title
    for other in ("A", "住宿业"):
        assert ONE not in clerk.see(f"{base}?industry={quote(other)}").links


def test_an_industry_is_written_by_title_or_code(world: Surface) -> None:
    """The form takes either, shows both, and refuses what is no industry at its field."""
    doer = entered(world, "doer")
    change = f"{ONE}/change"
    form = doer.see(change).forms[change]
    assert doer.go(change, {**form, "industry": "造梦业"}).status_code == 422
    for written, code in (("液体乳制造", "1441"), ("1442", "1442")):
        form = doer.see(change).forms[change]
        answer = doer.go(change, {**form, "industry": written})
        assert answer.status_code == 303, answer.text
        assert f"（{code}）" in doer.see(change).forms[change]["industry"]
