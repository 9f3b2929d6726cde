"""The pages and routes of every list, as the least privileged clerk of one department sees them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from attrs import evolve

from entrypoints.http.api.lists import base_of
from entrypoints.http.api.tables import XLSX
from entrypoints.list_tables import exported
from entrypoints.registered import lists
from supervision_core.assessment.model import LifeState, RoundState
from supervision_core.checklists.model import ChecklistState
from supervision_core.draws.ports import Draws
from supervision_core.identity.ports import Departments
from supervision_core.identity.services.lists import cases_of
from supervision_core.jobs.services import list_jobs, start_job
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.registers import FieldType, Reading
from supervision_core.officers.model import TeamKind
from supervision_core.plans.ports import Plans
from supervision_core.scenes.model import SceneState
from supervision_core.tasks.ports import Tasks
from supervision_core.testing.cases import CASES

from .browsing import Browser, Document, entered
from .conftest import ClerkOf, Surface
from .workbooks import read

EXAMPLES = {case.port: case.example for case in CASES}
HERE, THERE = ("450100", "nanning"), ("450200", "liuzhou")
OWN, FOREIGN = 23, 2
OFFICES = ("liuzhou", "nanning", "office", "qingxiu")
"""The departments that the province has."""
QUERIES = tuple(lists().values())
Settle = Callable[[Any, int, str, str], None]


def put(root: Any, name: str, value: object) -> None:
    """Set a field, a frozen one too."""
    object.__setattr__(root, name, value)


def settle_task(one: Any, at: int, region: str, department: str) -> None:
    """Let a task be led by a department of a region."""
    one._sheet = evolve(one.sheet, region=region, lead=department, joining=(), number=f"N{at:04}")
    one._parts = tuple(evolve(part, department=department) for part in one.parts[:1])


def settle_sheet(**named: str) -> Settle:
    """Let what has a sheet stand somewhere; ``named`` are the fields of department and number."""

    def settle(one: Any, at: int, region: str, department: str) -> None:
        name = "sheet" if hasattr(type(one), "__attrs_attrs__") and "sheet" in {
            each.name for each in type(one).__attrs_attrs__} else "_sheet"  # fmt: skip
        changes: dict[str, Any] = {"region": region, named.get("department", "lead"): department}
        if number := named.get("number"):
            changes[number] = f"N{at:04}"
        put(one, name, evolve(one.sheet, **changes))

    return settle


def settle_visit(one: Any, at: int, region: str, department: str) -> None:
    """Let a visit be of one department."""
    items = tuple(evolve(item, department=department) for item in one.sheet.items)
    put(one, "sheet", evolve(one.sheet, region=region, lead=department, items=items,
                             number=f"N{at:04}"))  # fmt: skip
    one._officers = tuple(evolve(each, department=department) for each in one.officers)


def settle_extension(one: Any, at: int, region: str, department: str) -> None:
    """Let a visit be of one department, and its newest request be of another day."""
    settle_visit(one, at, region, department)
    *earlier, newest = one.extensions
    due = newest.old_due + timedelta(days=at)
    one._extensions = (*earlier, evolve(newest, department=department, old_due=due))


def settle_department(one: Any, at: int, region: str, _: str) -> None:
    """Let a department, itself the one that it stands for, lie in a region."""
    one._data = evolve(one.data, region=region, order=at - 99, code=f"L{at:05}{region}")
    one._deleted_at = None


def settle_fields(**named: Callable[[int, str, str], Any]) -> Settle:
    """Let fields hold what stands for number, region and department."""

    def settle(one: Any, at: int, region: str, department: str) -> None:
        for name, value in named.items():
            put(one, name, value(at, region, department))

    return settle


def settle_content(place: str) -> Settle:
    """Let what is said of something name the department that it belongs to."""

    def settle(one: Any, at: int, region: str, department: str) -> None:
        del at
        put(one, f"_{place}", region)
        put(one, "_content", evolve(one.content, department=department))

    return settle


def _region(_: int, region: str, __: str) -> str:
    return region


def _department(_: int, __: str, department: str) -> str:
    return department


def _departments(_: int, __: str, department: str) -> frozenset[str]:
    return frozenset({department})


def _number(at: int, *_: str) -> str:
    return f"N{at:04}"


def _no(*_: object) -> bool:
    return False


def _yes(*_: object) -> bool:
    return True


def settle_clue(one: Any, at: int, region: str, department: str) -> None:
    """Let a clue be registered by a department, and by no other."""
    del at
    put(one, "sheet", evolve(one.sheet, region=region, registered_by=department))
    one._handoffs, one._copies = (), ()


def settle_round(one: Any, at: int, region: str, department: str) -> None:
    """Let a round stand with a model of a region, kept beside it."""
    del region
    put(one, "model_id", f"model_{department}")
    put(one, "batch", f"N{at:04}")
    one._state = RoundState.SCORING


def settle_grade(one: Any, at: int, region: str, department: str) -> None:
    """Let a graded subject stand in a region and belong to a department."""
    one._place = evolve(one.place, region=region, departments=(department,))
    one._grade = 1 + at % 4


def settle_draw(one: Any, at: int, region: str, department: str) -> None:
    """Let a draw be of one department."""
    del at
    put(one, "region", region)
    put(one, "lead", department)
    one._rounds = tuple(evolve(each, contributors=(department,)) for each in one.rounds)


SETTLED: Mapping[str, Settle] = {
    "tasks.task": settle_task,
    "tasks.visit": settle_visit,
    "tasks.extension": settle_extension,
    "tasks.rectification": settle_sheet(department="department", number="number"),
    "tasks.served_letter": settle_sheet(department="department", number="number"),
    "tasks.term_warning": settle_fields(region=_region, department=_department, lead=_department),
    "clues.clue": settle_clue,
    "identity.department_line": settle_department,
    "identity.role": settle_fields(_department=_department, _name=_number, _enabled=_yes),
    "identity.group": settle_fields(_department=_department, _name=_number, _enabled=_yes),
    "items.check_item": settle_fields(_region=_region, _code=_number),
    "items.law": settle_fields(_region=_region, _department=_department),
    "items.document_template": settle_content("region"),
    "items.standard_material": settle_content("region"),
    "subjects.tag": settle_fields(
        _region=_region, _department=_department, _name=_number, _deleted=_no
    ),
    "checklists.checklist": settle_fields(
        _region=_region, _code=_number, _state=lambda *_: ChecklistState.ENABLED
    ),
    "scenes.scene": settle_fields(
        _region=_region, _code=_number, _state=lambda *_: SceneState.ENABLED
    ),
    "scenes.cross_department_matter": settle_fields(
        _region=_region, _code=_number, _state=lambda *_: SceneState.ENABLED
    ),
    "officers.proposal": settle_fields(_region=_region, _department=_department),
    "plans.plan": settle_sheet(number="name"),
    "officers.officer": settle_fields(_region=_region, _department=_department),
    "officers.team": settle_fields(
        _region=_region,
        _department=_department,
        _deleted=_no,
        _kind=lambda *_: TeamKind.ENFORCEMENT,
    ),
    "officers.review_group": settle_fields(_region=_region, _department=_department, _deleted=_no),
    "subjects.subject": settle_fields(_region=_region, _departments=_departments),
    "assessment.risk_model": settle_fields(
        region=_region, department=_department, _state=lambda *_: LifeState.ENABLED
    ),
    "assessment.credit_model": settle_fields(
        region=_region, department=_department, _state=lambda *_: LifeState.ENABLED
    ),
    "assessment.round": settle_round,
    "grading.rule": settle_fields(
        region=_region, department=_department, _state=lambda *_: LifeState.ENABLED
    ),
    "grading.graded_subject": settle_grade,
    "draws.draw": settle_draw,
    "tasks.publication": settle_fields(region=_region, departments=_departments),
    "tasks.transfer": settle_sheet(department="department"),
    "tasks.review": settle_fields(region=_region, department=_department),
}
"""How an example comes to stand in a region and to belong to a department."""


@pytest.fixture
def clerk(surface: Surface, clerk_of: ClerkOf) -> Browser:
    """Give the browser of a clerk who may read and export every list, by jobs too, and no more."""
    surface.let("nobody", list_jobs.permission, start_job.permission)
    return clerk_of(*QUERIES, user="nobody")


def fill(surface: Surface, query: ListQuery[Any]) -> None:
    """Store examples of the clerk's own department, and some of another city's."""
    with surface.province.platform.transactions.begin() as unit:
        for at in range(OWN + FOREIGN):
            region, department = HERE if at < OWN else THERE
            root = EXAMPLES[query.port](f"x-{at:03}")
            SETTLED[query.name](root, at, region, department)
            place = None if query.stands_with is None else query.stands_with(root)
            if place is not None and at in {0, OWN} and place[0] is not Departments:
                port, owner = place
                model = EXAMPLES[port](owner)
                put(model, "region", region)
                put(model, "department", department)
                unit[port].save(model)
            unit[query.port].save(root)
        unit.commit()


def ids_of(page: Document, base: str) -> list[str]:
    """Give the ids of the aggregates that a list leads to, in its order."""
    found = (one.removeprefix(f"{base}/") for one in page.links if one.startswith(f"{base}/"))
    return list(
        dict.fromkeys(
            one for one in found if one[:1] == "x" or one.endswith("_nanning") or one in OFFICES
        )
    )


@pytest.fixture(params=QUERIES, ids=[one.name for one in QUERIES])
def query(request: pytest.FixtureRequest, surface: Surface) -> ListQuery[Any]:
    """Give each list, with rows in it."""
    found: ListQuery[Any] = request.param
    fill(surface, found)
    return found


def address(query: ListQuery[Any]) -> str:
    """Give the address of a list's page."""
    return f"/gov/{query.context}/{query.plural}"


OWN_BESIDE = {
    "clues.clue", "officers.officer", "subjects.subject", "identity.role", "identity.group",
}  # fmt: skip
"""Lists with one row of the province itself that the clerk sees too."""


def seen_of(query: ListQuery[Any]) -> int:
    """Give how many rows the clerk sees: the examples, and what the province has of its own."""
    if query.name == "identity.department_line":
        return OWN + FOREIGN + len(OFFICES)
    if query.read is Reading.EVERYONE:
        return OWN + FOREIGN
    return OWN + (query.name in OWN_BESIDE)


def test_a_list_shows_page_after_page_what_lies_in_reach(
    surface: Surface, clerk: Browser, query: ListQuery[Any]
) -> None:
    """20 rows, then the rest: those of the clerk's scope, each once, in the usual order."""
    base = address(query)
    first = clerk.see(base)
    after = next(one for one in first.links if "cursor=" in one)
    second = clerk.see(after)
    shown = [*ids_of(first, base), *ids_of(second, base)]
    assert len(ids_of(first, base)) == 20
    assert len(shown) == len(set(shown)) == seen_of(query)
    rows = surface.call("nobody", "GET", f"{base_of(query)}?page_size=200").json()["items"]
    assert [one["id"] for one in rows] == shown
    assert query.title in " ".join(clerk.see("/gov").words)
    count = " ".join(clerk.see(f"{base}/count").words)
    assert f"共{seen_of(query)}条" in count


def test_a_list_goes_both_ways(clerk: Browser, query: ListQuery[Any]) -> None:
    """Each declared order, and the heading that leads to it; others are refused."""
    base = address(query)
    both = {order.name: ids_of(clerk.see(f"{base}?order={order.name}"), base)
            for order in query.orders}  # fmt: skip
    usual = query.orders[0]
    assert both[usual.name] == ids_of(clerk.see(base), base)
    assert len({tuple(one) for one in both.values()}) > 1
    headed = usual.fields[0] in {one.name for one in query.columns}
    assert any("order=" in one for one in clerk.see(base).links) is headed
    assert clerk.go(f"{base}?order=version").status_code == 422


def test_each_criterion_narrows_or_keeps(clerk: Browser, query: ListQuery[Any]) -> None:
    """A search by what a row shows finds that row; by what none has, it finds none."""
    base = address(query)
    page = clerk.see(base)
    by_forms = {"said"} if query.forms else set()
    wanted = {name for one in query.criteria for name in one.names}
    assert wanted - by_forms <= set(page.fields)
    text = query.by_name[query.criteria[0].field]
    if text.type is not FieldType.TEXT:
        return
    none = clerk.see(f"{base}?{text.name}={quote('没有这个')}")
    assert not ids_of(none, base)
    assert "没有符合条件的记录。" in " ".join(none.words)


def test_one_is_shown_whole_and_a_foreign_one_is_absent(
    surface: Surface, clerk: Browser, query: ListQuery[Any]
) -> None:
    """The view gives every field by its title; what is out of reach answers as what is not."""
    if query.view is None:
        return
    page = clerk.see(f"{address(query)}/x-003")
    told = " ".join(page.words)
    assert query.title in told
    answer = surface.call("nobody", "GET", f"{base_of(query)}/x-003")
    assert answer.json()["id"] == "x-003"
    assert answer.headers["etag"] == '"1"'
    foreign = clerk.go(f"{address(query)}/x-{OWN:03}").status_code
    assert foreign == (200 if query.read is Reading.EVERYONE else 404)
    assert clerk.go(f"{address(query)}/x-none").status_code == 404


def test_a_list_is_given_out_as_it_was_asked_for(
    surface: Surface, clerk: Browser, query: ListQuery[Any]
) -> None:
    """导出: the rows of the search, with titles and names; the log keeps how many and by what."""
    if not query.exported:
        return
    link = next(one for one in clerk.see(address(query)).links if "/export" in one)
    answer = surface.call("nobody", "GET", clerk.go(link).headers["location"])
    assert answer.headers["content-type"] == XLSX
    rows = read(answer.content)
    assert len(rows) == seen_of(query)
    assert list(rows[0]) == [one.title for one in exported(query)]
    entry = surface.audited()[-1]
    assert entry.action == cases_of(query).export.permission
    assert dict(entry.note)["rows"] == str(seen_of(query))


def test_what_stands_above_is_seen_where_it_is_used_below(
    surface: Surface, clerk: Browser, query: ListQuery[Any]
) -> None:
    """Models, rules, checklists, scenes of the region above are read below; tasks are not."""
    if query.stands_with is not None:
        return
    with surface.province.platform.transactions.begin() as unit:
        root = EXAMPLES[query.port]("above")
        SETTLED[query.name](root, 99, "450000", "office")
        unit[query.port].save(root)
        unit.commit()
    seen = clerk.go(f"{address(query)}/above").status_code
    assert seen == (404 if query.read is Reading.OWNER else 200)
    rows = surface.call("nobody", "GET", f"{base_of(query)}?page_size=200").json()["items"]
    assert ("above" in {one["id"] for one in rows}) is (query.read is not Reading.OWNER)


def test_a_task_names_its_draw(surface: Surface, clerk: Browser) -> None:
    """随机抽取: called by the number of its task, and a link to what the draw says."""
    with surface.province.platform.transactions.begin() as unit:
        task, draw = EXAMPLES[Tasks]("x-task"), EXAMPLES[Draws]("x-draw")
        settle_task(task, 7, *HERE)
        settle_draw(draw, 7, *HERE)
        task._sheet = evolve(task.sheet, draw="x-draw")
        put(draw, "task", "x-task")
        unit[Tasks].save(task)
        unit[Draws].save(draw)
        unit.commit()
    page = clerk.see("/gov/tasks/tasks/x-task")
    assert "N0007随机抽取" in page.words
    assert "/gov/draws/draws/x-draw" in page.links


def test_a_plan_counts_its_tasks_and_leads_to_them(surface: Surface, clerk: Browser) -> None:
    """关联任务数: how many tasks came of a plan, a link to exactly these, and in the export."""
    with surface.province.platform.transactions.begin() as unit:
        plan = EXAMPLES[Plans]("x-plan")
        SETTLED["plans.plan"](plan, 1, *HERE)
        unit[Plans].save(plan)
        for at, named in enumerate(("x-plan", "x-plan", "")):
            task = EXAMPLES[Tasks](f"x-{at}")
            settle_task(task, at, *HERE)
            task._sheet = evolve(task.sheet, plan=named)
            unit[Tasks].save(task)
        unit.commit()
    page = clerk.see("/gov/plans/plans")
    assert {plan.number, "2026-04-01"} <= set(page.words)
    tasks = "/gov/tasks/tasks"
    link = next(one for one in page.links if one.startswith(f"{tasks}?plan="))
    assert ids_of(clerk.see(link), tasks) == ["x-0", "x-1"]
    (row,) = read(surface.call("nobody", "GET", "/api/v1/plans/plans/table").content)
    assert (row["计划编号"], row["关联任务数"]) == (plan.number, "2.0")


def test_who_lacks_the_permission_sees_nothing(surface: Surface, query: ListQuery[Any]) -> None:
    """No page, no route, no entry of the menu."""
    user = "far_reader" if query.for_all else "auditor"
    reader = entered(surface, user)
    assert reader.go(address(query)).status_code == 403
    assert surface.call(user, "GET", base_of(query)).status_code == 403
    assert address(query) not in reader.see("/gov").links


def test_every_list_is_proved_here() -> None:
    """Who declares a list says how an example of it stands in a region."""
    assert set(SETTLED) == {one.name for one in QUERIES}


def test_a_long_list_is_left_to_the_worker(
    surface: Surface, clerk: Browser, query: ListQuery[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """导出: more rows than one answer gives out become a job, by the criteria of the search."""
    if not query.exported or seen_of(query) < 2:
        return
    monkeypatch.setattr("supervision_core.identity.services.lists.MOST_EXPORTED", 1)
    path = f"{address(query)}/export"
    assert "由后台导出" in " ".join(clerk.see(path).words)
    answer = clerk.send(path)
    assert answer.headers["location"].endswith("done=job_started"), answer.text
    entry = surface.audited()[-1]
    assert entry.action == "jobs.start"
    assert dict(entry.note) == {"kind": "export", "case": cases_of(query).export.name}
