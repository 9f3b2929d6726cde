"""The pages and routes of every list, as the least privileged clerk of one department sees them."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Any
from urllib.parse import quote

import pytest
from attrs import evolve

from entrypoints.http.api.lists import base_of
from entrypoints.http.api.tables import XLSX
from entrypoints.http.web.answering import WANTED_COOKIE
from entrypoints.list_tables import exported
from entrypoints.registered import lists
from supervision_core.assessment.model import LifeState, RoundState
from supervision_core.checklists.model import ChecklistState
from supervision_core.draws.ports import Draws
from supervision_core.identity.ports import AccessEpoch, Departments
from supervision_core.identity.services.lists import cases_of
from supervision_core.jobs.services import list_jobs, start_job
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.listing import ListQuery, asked_fields, partial_of
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import FieldType, Reading
from supervision_core.officers.lists import PROPOSALS
from supervision_core.officers.model import TeamKind
from supervision_core.officers.model.proposal import ProposalState
from supervision_core.plans.ports import Plans
from supervision_core.scenes.model import SceneState
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.testing.cases import CASES

from .browsing import Browser, Document, entered
from .conftest import ClerkOf, Surface
from .workbooks import read

EXAMPLES = {case.port: case.example for case in CASES}
HERE, THERE = ("450100", "nanning"), ("450200", "liuzhou")
OWN, FOREIGN = 23, 2
REGIONS = ("r450000", "r450100", "r450103", "r450200", "r450500")
"""The regions that the province has."""
PEOPLE = ("clerk", "nobody", "reader")
"""Who works for the clerk's department."""
OFFICES = ("liuzhou", "nanning", "office", "qingxiu")
"""The departments that the province has."""
QUERIES = tuple(lists().values())
WHOLE = tuple(one for one in QUERIES if not one.partial)
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
                             number=f"N{at:04}", task=f"task-{department}"))  # fmt: skip
    one._officers = tuple(evolve(each, department=department) for each in one.officers)


def settle_extension(one: Any, at: int, region: str, department: str) -> None:
    """Let a visit be of one department, and its newest request be of another day."""
    settle_visit(one, at, region, department)
    *earlier, newest = one.extensions
    due = newest.old_due + timedelta(days=at)
    one._extensions = (*earlier, evolve(newest, department=department, old_due=due))


def settle_department(one: Any, at: int, region: str, department: str) -> None:
    """Let a department, itself the one that it stands for, lie in a region below another."""
    code = f"L{at:05}{region}"
    one._data = evolve(one.data, region=region, parent=department, order=at - 99, code=code)
    one._deleted_at = None


def settle_user(one: Any, at: int, region: str, department: str) -> None:
    """Let a user work for a department."""
    del region
    one._memberships = (evolve(one.memberships[0], department=department),)
    one._account = evolve(one.account, account=f"x.user{at:03}")
    one._deleted_at = None


def settle_region(one: Any, at: int, region: str, department: str) -> None:
    """Let a region be in use; it stands where it is, for everybody."""
    del region, department
    content = evolve(one.content, code=f"4590{at:02}", name=f"示例{at}", parent="450000")
    one._content, one._position, one._deleted_at = content, 900 + at, None


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
    put(one, "model_id", f"model_{department}")
    put(one, "region", region)
    put(one, "department", department)
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


def settle_handbook(one: Any, at: int, region: str, department: str) -> None:
    """Let a handbook be of one department."""
    basics = evolve(one.basics, department=department, position=at)
    one._draft, one._region = evolve(one.draft, basics=basics), region


def settle_article(one: Any, at: int, region: str, department: str) -> None:
    """Let an article be of one department."""
    said = evolve(one.content, region=region, department=department, title=f"通知{at}")
    one._content = said


SETTLED: Mapping[str, Settle] = {
    "tasks.task": settle_task,
    "tasks.visit": settle_visit,
    "tasks.third_party_visit": settle_visit,
    "tasks.extension": settle_extension,
    "tasks.rectification": settle_sheet(department="department", number="number"),
    "tasks.served_letter": settle_sheet(department="department", number="number"),
    "tasks.term_warning": settle_fields(region=_region, department=_department, lead=_department),
    "clues.clue": settle_clue,
    "clues.complaint": settle_clue,
    "identity.department": settle_department,
    "identity.user": settle_user,
    "identity.department_line": settle_department,
    "identity.role": settle_fields(_department=_department, _name=_number, _enabled=_yes),
    "identity.group": settle_fields(_department=_department, _name=_number, _enabled=_yes),
    "identity.region": settle_region,
    "identity.export_request": settle_fields(region=_region, about=_department),
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
    "handbooks.handbook": settle_handbook,
    "content.article": settle_article,
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
    "subjects.data_change": settle_fields(region=_region, departments=_departments),
    "subjects.registration_change": settle_fields(region=_region, department=_department),
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
    """Give the browser of a clerk who may read and export every list, by jobs too, and no more.

    He has a part in tasks, as officers have: what is to come is not closed to him.
    """
    surface.let("nobody", list_jobs.permission, start_job.permission, "tasks.check_in")
    return clerk_of(*QUERIES, user="nobody")


def settle(query: ListQuery[Any], root: Any, at: int, region: str, department: str) -> None:
    """Let an example stand in a region, and be one of those that the list shows."""
    whole = query if query.of is None else query.of
    SETTLED.get(query.name, SETTLED[whole.name])(root, at, region, department)
    for name, value in query.where.items():
        if isinstance(kept := getattr(root, f"_{name}", None), StrEnum | bool):
            put(root, f"_{name}", type(kept)(value))
    assert query.listed(root), (
        f"{query.name} does not show its example: say in SETTLED how one comes to be as the list "
        f"wants it{f', {dict(query.where)}' if query.where else ''}"
    )


def stand(unit: UnitOfWork, query: ListQuery[Any], root: Any, region: str, department: str) -> None:
    """Store, once, what a thing stands with: the example of a department."""
    place = None if query.stands_with is None else query.stands_with(root)
    if place is None or place[0] is Departments:
        return
    port, owner_id = place
    with suppress(NotFound):
        unit[port].get(owner_id)
        return
    owner: Any = EXAMPLES[port](owner_id)
    if port is Tasks:
        settle_task(owner, int(region), region, department)
    else:
        put(owner, "region", region)
        put(owner, "department", department)
    unit[port].save(owner)


def fill(surface: Surface, query: ListQuery[Any]) -> None:
    """Store examples of the clerk's own department, and some of another city's."""
    with surface.province.platform.transactions.begin() as unit:
        for at in range(OWN + FOREIGN):
            region, department = HERE if at < OWN else THERE
            root = EXAMPLES[query.port](f"x-{at:03}")
            settle(query, root, at, region, department)
            stand(unit, query, root, region, department)
            unit[query.port].save(root)
        unit[AccessEpoch].advance()  # departments: whose they are, changes what is reached
        unit.commit()


def ids_of(page: Document, base: str) -> list[str]:
    """Give the ids of the aggregates that a list leads to, in its order."""
    below = (one.removeprefix(f"{base}/") for one in page.links if one.startswith(f"{base}/"))
    found = (one for one in below if "/" not in one)
    return list(
        dict.fromkeys(
            one
            for one in found
            if one[:1] == "x" or one.endswith("_nanning") or one in (*OFFICES, *REGIONS, *PEOPLE)
        )
    )


@pytest.fixture(params=QUERIES, ids=[one.name for one in QUERIES])
def described(request: pytest.FixtureRequest) -> ListQuery[Any]:
    """Give each list."""
    found: ListQuery[Any] = request.param
    return found


@pytest.fixture
def before(surface: Surface, clerk: Browser, described: ListQuery[Any]) -> int:
    """Count what the clerk sees of the province: what is his department's, or everybody's."""
    del clerk  # who may look
    answer = surface.call("nobody", "GET", f"{base_of(described)}?page_size=200")
    rows = answer.json()["items"]
    if not everybodys(described):
        below = (HERE[1], "qingxiu", *PEOPLE)  # what lies below his department too
        assert [one["id"] for one in rows if not one["id"].endswith(below)] == []
    return len(rows)


@pytest.fixture
def query(surface: Surface, described: ListQuery[Any], before: int) -> ListQuery[Any]:
    """Give each list, with rows in it."""
    del before  # counted first
    fill(surface, described)
    return described


@pytest.fixture
def seen(described: ListQuery[Any], before: int) -> int:
    """Give how many rows the clerk sees: the examples, and what the province has of its own."""
    return before + OWN + (FOREIGN if everybodys(described) else 0)


def everybodys(query: ListQuery[Any]) -> bool:
    """Tell whether whoever may look at a list sees all of it."""
    return query.public or query.read is Reading.EVERYONE


def address(query: ListQuery[Any]) -> str:
    """Give the address of a list's page."""
    return f"/gov/{query.context}/{query.plural}"


def test_a_list_shows_page_after_page_what_lies_in_reach(
    surface: Surface, clerk: Browser, query: ListQuery[Any], seen: int
) -> None:
    """20 rows, then the rest: those of the clerk's scope, each once, as pages begin."""
    base = address(query)
    first = clerk.see(base)
    after = next(one for one in first.links if "cursor=" in one)
    second = clerk.see(after)
    above = {"nanning", "office"} if query.name == "identity.department" else set()
    pages = [[one for one in ids_of(page, base) if one not in above] for page in (first, second)]
    shown = [*pages[0], *pages[1]]
    assert len(pages[0]) == 20
    asked = f"{base_of(query)}?page_size=200" + (f"&order={query.begins}" if query.begins else "")
    rows = surface.call("nobody", "GET", asked).json()["items"]
    assert len(rows) == len({one["id"] for one in rows}) == seen
    assert [one["id"] for one in rows if one["id"] not in above] == shown
    assert query.title in " ".join(clerk.see("/gov").words)
    count = " ".join(clerk.see(f"{base}/count").words)
    assert f"共{seen}条" in count


def test_a_list_goes_both_ways(clerk: Browser, query: ListQuery[Any]) -> None:
    """Each declared order, and the heading that leads to it; others are refused."""
    base = address(query)
    both = {order.name: ids_of(clerk.see(f"{base}?order={order.name}"), base)
            for order in query.orders if not order.within}  # fmt: skip
    usual = query.orders[0]
    assert both[query.begins or usual.name] == ids_of(clerk.see(base), base)
    assert len({tuple(one) for one in both.values()}) > 1
    headed = usual.fields[0] in {one.name for one in query.columns}
    assert any("order=" in one for one in clerk.see(base).links) is headed
    assert clerk.go(f"{base}?order=version").status_code == 422


def test_each_criterion_narrows_or_keeps(clerk: Browser, query: ListQuery[Any]) -> None:
    """A search by what a row shows finds that row; by what none has, it finds none."""
    base = address(query)
    page = clerk.see(base)
    by_forms = {"said"} if query.forms else set()
    wanted = {name for name, _, _ in asked_fields(query)}
    assert wanted - by_forms <= set(page.fields)
    text = query.by_name[query.criteria[0].field]
    if text.type is not FieldType.TEXT:
        return
    none = clerk.see(f"{base}?{query.criteria[0].names[0]}={quote('没有这个')}")
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
    assert foreign == (200 if query.read is Reading.EVERYONE or query.public else 404)
    assert clerk.go(f"{address(query)}/x-none").status_code == 404


def test_a_list_is_given_out_as_it_was_asked_for(
    surface: Surface, clerk: Browser, query: ListQuery[Any], seen: int
) -> None:
    """导出: the rows of the search, with titles and names; the log keeps how many and by what.

    In the order that was chosen, too.
    """
    if not query.exported:
        return
    path, order = f"{address(query)}/export", query.orders[0].name
    assert f"order={order}" in clerk.go(f"{path}?order={order}").headers["location"]
    link = next(one for one in clerk.see(address(query)).links if one.partition("?")[0] == path)
    answer = surface.call("nobody", "GET", clerk.go(link).headers["location"])
    assert answer.headers["content-type"] == XLSX
    rows = read(answer.content)
    assert len(rows) == seen
    assert list(rows[0]) == [one.title for one in exported(query)]
    entry = surface.audited()[-1]
    assert entry.action == cases_of(query).export.permission
    assert dict(entry.note)["rows"] == str(seen)
    clerk.cookies[WANTED_COOKIE] = urlsafe_b64encode(path.encode()).decode().rstrip("=")
    assert clerk.go("/gov").status_code == 200, "a log-in gives something out"


def test_what_is_ticked_is_given_out_with_the_columns_that_are_shown(
    surface: Surface, clerk: Browser, query: ListQuery[Any], seen: int
) -> None:
    """批量导出: those rows and no others; 列设置: those columns in that order, all by a link."""
    if not query.exported:
        return
    base, columns = address(query), query.columns[-1:] + query.columns[:1]
    fields = {"dense": "no", "size": "20", "place-" + columns[0].name: "1"}
    fields["place-" + columns[1].name] = "2"
    assert clerk.send(f"/gov/list_settings?list={query.name}", **fields).status_code == 303
    page, several = clerk.see(base), f"{base}/several"
    names = [str(one["name"]) for tag, one in page.shown if tag == "input" and "name" in one]
    ticked = [one for one in names if one.startswith("row-")][:2]
    assert ticked
    given_out = dict.fromkeys(ticked, "yes") | {"act": "export"}
    answer = clerk.send(base, to=several, **given_out)
    rows = read(surface.call("nobody", "GET", answer.headers["location"]).content)
    assert len(rows) == len(ticked)
    ids = [one.removeprefix("row-") for one in ticked]
    said = dict(surface.audited()[-1].note)["criteria"]
    assert said.endswith(f"勾选{len(ids)}条，编号：{'、'.join(ids)}")
    titles = re.findall("<th [^>]*>(.*?)</th>", clerk.go(base).text)
    shown = [re.sub("<.*?>", "", one).rstrip(" ↑↓") for one in titles[1:] if one != "操作"]
    assert list(rows[0]) == shown
    links = [one for one in page.links if one.partition("?")[0] == f"{base}/export"]
    given = [surface.call("nobody", "GET", clerk.go(one).headers["location"]) for one in links]
    assert [list(read(one.content)[0]) for one in given] == [
        shown, [one.title for one in exported(query)],
    ]  # fmt: skip
    assert len(read(given[0].content)) == seen
    assert clerk.send(base, to=several, act="export").status_code == 422


def test_what_stands_above_is_seen_where_it_is_used_below(
    surface: Surface, clerk: Browser, query: ListQuery[Any]
) -> None:
    """Models, rules, checklists, scenes of the region above are read below; tasks are not."""
    if query.stands_with is not None:
        return
    with surface.province.platform.transactions.begin() as unit:
        root = EXAMPLES[query.port]("above")
        settle(query, root, 99, "450000", "office")
        unit[query.port].save(root)
        unit.commit()
    seen = clerk.go(f"{address(query)}/above").status_code
    assert seen == (404 if query.read is Reading.OWNER and not query.public else 200)
    rows = surface.call("nobody", "GET", f"{base_of(query)}?page_size=200").json()["items"]
    assert ("above" in {one["id"] for one in rows}) is (seen == 200)


@pytest.mark.parametrize("treed", [one for one in QUERIES if one.tree], ids=lambda one: one.name)
def test_beside_a_list_stand_the_few_departments_of_its_rows(
    surface: Surface, clerk: Browser, treed: ListQuery[Any]
) -> None:
    """左树右表: those in reach and what is above them; whichever is chosen narrows the list."""
    fill(surface, treed)
    base = address(treed)
    links = clerk.see(base).links
    of = {one: f"{base}?{treed.tree}={one}" for one in ("office", HERE[1], THERE[1])}
    assert [one for one, link in of.items() if link in links] == ["office", HERE[1]]
    assert ids_of(clerk.see(of[HERE[1]]), base) != []
    assert ids_of(clerk.see(of["office"]), base) == []


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
    assert "N0007随机抽取" in page.words, "|".join(page.words)
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
    assert ids_of(clerk.see(link), tasks) == ["x-1", "x-0"]
    (row,) = read(surface.call("nobody", "GET", "/api/v1/plans/plans/table").content)
    assert (row["计划编号"], row["关联任务数"]) == (plan.number, "2.0")


def test_a_state_is_coloured_by_its_meaning_and_what_is_overdue_is_told(
    surface: Surface, clerk: Browser
) -> None:
    """Amber waits, green is done; past its term, what is still owed says 已逾期 in words."""
    today = local_day(surface.province.platform.clock.now())
    before = today - timedelta(days=1)
    waiting = VisitState.ASSIGNED
    states = ((waiting, before), (waiting, today), (VisitState.COMPLETED, before))
    with surface.province.platform.transactions.begin() as unit:
        for at, (state, due) in enumerate(states):
            visit = EXAMPLES[Visits](f"x-{at}")
            settle_visit(visit, at, *HERE)
            if not at:
                stand(unit, lists()["tasks.visit"], visit, *HERE)
            visit._state = state
            visit._due_on = due
            unit[Visits].save(visit)
        unit.commit()
    text = clerk.go("/gov/tasks/visits").text
    assert text.count("已逾期") == 1
    assert f'<span class="chip red">{before} 已逾期</span>' in text
    assert text.count('<span class="chip amber">待检查</span>') == 2
    assert text.count('<span class="chip green">已反馈</span>') == 1


def test_who_lacks_the_permission_sees_nothing(surface: Surface, query: ListQuery[Any]) -> None:
    """No page, no route, no entry of the menu."""
    user = "far_reader" if query.for_all else "auditor"
    reader = entered(surface, user)
    assert reader.go(address(query)).status_code == 403
    assert surface.call(user, "GET", base_of(query)).status_code == 403
    assert address(query) not in reader.see("/gov").links


def test_every_list_is_proved_here() -> None:
    """Who declares a list says how an example stands in a region; of a part he need not."""
    names = {one.name for one in QUERIES}
    assert {one.name for one in QUERIES if one.of is None} <= set(SETTLED) <= names


@pytest.mark.parametrize("query", WHOLE, ids=[one.name for one in WHOLE])
def test_what_one_list_shows_no_other_does(query: ListQuery[Any]) -> None:
    """To-dos lead to, and are counted at, the one list that is not ``partial``."""
    root = EXAMPLES[query.port]("x-1")
    settle(query, root, 1, *HERE)
    others = [one.name for one in WHOLE if one.port is query.port and one.listed(root)]
    assert others == [query.name], f"partial=True of all but one: {others}"


def test_an_example_of_a_part_is_what_the_part_shows() -> None:
    """It stands where those of the whole do, in the state that is asked; else the test tells it."""
    part_where = partial(
        partial_of, PROPOSALS, name="officers.waiting", plural="waiting_ones", title="待办理的变更"
    )
    part = part_where(where={"state": ProposalState.WAITING.value})
    root = EXAMPLES[part.port]("x-1")
    assert not part.listed(root)
    settle(part, root, 1, *HERE)
    assert part.listed(root)
    elsewhere = part_where(where={"institution": "nowhere"})
    with pytest.raises(AssertionError, match=r"officers.waiting .* say in SETTLED .* 'nowhere'"):
        settle(elsewhere, root, 1, *HERE)


def test_a_long_list_is_left_to_the_worker(
    surface: Surface,
    clerk: Browser,
    query: ListQuery[Any],
    seen: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """导出: more rows than one answer gives out become a job, by the criteria of the search."""
    if not query.exported or seen < 2:
        return
    monkeypatch.setattr("supervision_core.identity.services.lists.MOST_EXPORTED", 1)
    path = f"{address(query)}/export"
    assert "由后台导出" in " ".join(clerk.see(path).words)
    answer = clerk.send(path)
    assert answer.headers["location"].endswith("done=job_started"), answer.text
    entry = surface.audited()[-1]
    assert entry.action == "jobs.start"
    assert dict(entry.note) == {"kind": "export", "case": cases_of(query).export.name}


def test_a_deletion_says_what_uses_the_thing(surface: Surface, clerk: Browser) -> None:
    """Counted by the lists that can be asked by it, within reach. Control: a plan of no task."""
    with surface.province.platform.transactions.begin() as unit:
        for at in range(2):
            plan = EXAMPLES[Plans](f"x-plan-{at}")
            SETTLED["plans.plan"](plan, at, *HERE)
            unit[Plans].save(plan)
        for at, place in enumerate((HERE, HERE, THERE)):
            task = EXAMPLES[Tasks](f"x-{at}")
            settle_task(task, at, *place)
            task._sheet = evolve(task.sheet, plan="x-plan-0")
            unit[Tasks].save(task)
        unit.commit()
    surface.let("nobody", "plans.delete")
    said = [
        next(
            word
            for word in clerk.see(f"/gov/plans/do/delete?plan_id={one}").words
            if "将删除" in word
        )
        for one in ("x-plan-0", "x-plan-1")
    ]
    assert "现有引用：检查任务2条。" in said[0]
    assert "没有查到引用它的记录。" in said[1]
