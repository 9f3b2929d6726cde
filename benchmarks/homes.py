"""A leader's home of the whole region, with the figures of so many visits.

    python -m benchmarks.homes [--sizes 10000 100000 1000000] [--postgres URL]

Sizes count the visits of a year, ten for each task: on 365 days, in every county, in 20 scenes, by
two of the 41 departments of the county. Counts stand as the relay leaves them.
Figures are those of one home page over HTTP, asked for one after another.
"""

import http.client
import os
import random  # noqa: TID251 - the same visits each time
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from attrs import evolve
from benchmarks._databases import served
from benchmarks._measuring import Asked, Case, Sample, measure
from benchmarks._people import keep_regions, let_in
from benchmarks.over_http import SETTINGS, Server, free_port, processor_seconds, serving
from sqlalchemy import Engine, text

from adapters.sql.counts import SqlCounts
from adapters.sql.ports import sql_transactions
from adapters.system import SystemClock
from entrypoints.container import open_platform
from entrypoints.http.answering import COOKIE
from entrypoints.http.app import HttpApp, make_app
from entrypoints.http.serving import DATABASE, Place, log_to_stderr, run, settled
from entrypoints.http.web.homes import LEADS
from entrypoints.organising import regions_of
from supervision_core.clues.lists import CLUES
from supervision_core.dashboards.model import CLEAN, TROUBLED, Cell, Group, Measure
from supervision_core.dashboards.services import view_counts
from supervision_core.identity.ports import Departments, Users
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.todos import list_todos, view_todo_counts
from supervision_core.kernel.days import local_day
from supervision_core.scenes.lists import SCENES
from supervision_core.scenes.ports import Scenes
from supervision_core.tasks.lists import RECTIFICATIONS, TASKS, VISITS
from supervision_core.tasks.model.visit import VisitState
from supervision_core.testing.directory import a_department, a_user
from supervision_core.testing.scenes import full_scene

TOKEN: Final = "bench-leader-" + "0" * 32
SCENE_COUNT, DEPARTMENTS, OF_TASK, DAYS, PAGES = 20, 41, 10, 15, 20
REGION: Final = "450000"
DONE, TROUBLE = 0.8, 0.2
"""Of the visits whose day is past, how many are done; of these, how many found something."""


def paged() -> HttpApp:
    """Give the surface with its pages: what each worker runs."""
    log_to_stderr()
    return settled(make_app(open_platform(os.environ[DATABASE]), SETTINGS))


def counties() -> Sequence[str]:
    """Give the codes of the counties."""
    return sorted(one.code for one in regions_of(REGION) if not one.code.endswith("00"))


def cells_of(size: int, today: date) -> Counter[Cell]:
    """Give the cells in which so many visits count: the ten of a task are owed on one day."""
    chance, found, places = random.Random(size), Counter[Cell](), counties()  # noqa: S311 - no secret
    for _ in range(0, size, OF_TASK):
        region = chance.choice(places)
        lead, other = chance.sample(range(DEPARTMENTS), 2)
        departments = (f"d-{region}-{lead}", f"d-{region}-{other}")
        group = Group(tuple(sorted(departments)), departments[0])
        due = date(today.year, 1, 1) + timedelta(days=chance.randrange(365))
        about = f"scene-{chance.randrange(SCENE_COUNT)}"
        owed = Cell(
            measure=Measure.VISIT_DUE, value=VisitState.ASSIGNED, day=due, region=region,
            group=group, about=about,
        )  # fmt: skip
        for _ in range(OF_TASK):
            if due >= today or chance.random() >= DONE:
                found[owed] += 1
                continue
            found[evolve(owed, value=VisitState.COMPLETED)] += 1
            formed = due - timedelta(days=chance.randrange(DAYS))
            value = TROUBLED if chance.random() < TROUBLE else CLEAN
            found[evolve(owed, measure=Measure.VISIT_FORMED, value=value, day=formed)] += 1
    return found


def fill(engine: Engine, size: int) -> None:
    """Let a leader of the whole region be in, and the counts stand."""
    now = SystemClock().now()
    looks = {
        cases_of(one).list.permission for one in (TASKS, VISITS, RECTIFICATIONS, CLUES, SCENES)
    }
    permissions = looks | {
        view_counts.permission, list_todos.permission, view_todo_counts.permission, LEADS,
    }  # fmt: skip
    with sql_transactions(engine).begin() as unit:
        keep_regions(unit, REGION)
        unit[Departments].save(a_department("d-leader", region=REGION))
        for region in counties():
            for at in range(DEPARTMENTS):
                unit[Departments].save(a_department(f"d-{region}-{at}", region=region))
        for at in range(SCENE_COUNT):
            scene = full_scene(f"scene-{at}")
            basics = evolve(scene.basics, name=f"场景{at:02}")
            unit[Scenes].save(evolve(scene, code=f"S{at:02}", basics=basics))
        unit[Users].save(a_user("u-leader", "d-leader"))
        let_in(unit, "u-leader", "d-leader", permissions, TOKEN)
        unit.commit()
    with engine.begin() as connection:
        SqlCounts(connection)._add(cells_of(size, local_day(now)))  # noqa: SLF001 - as relayed
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            connection.execute(text("ANALYZE"))  # as the server does by itself before long


def open_homes(server: Server) -> Sample:
    """Open the home so many times, one after another."""
    asked = http.client.HTTPConnection("127.0.0.1", server.port)
    used, each = processor_seconds(server.pid), list[float]()
    for _ in range(PAGES):
        began = time.perf_counter()
        asked.request("GET", "/gov", headers={"Cookie": f"{COOKIE}={TOKEN}"})
        answer = asked.getresponse()
        page = answer.read().decode()
        each.append(time.perf_counter() - began)
        if answer.status != http.HTTPStatus.OK or "部门协同分析" not in page:
            raise SystemExit(page)
    served = processor_seconds(server.pid) - used
    more = {"最慢，毫秒": max(each) * 1e3}
    return Sample(statistics.mean(each), served / PAGES, more)


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give the home on each kind of database."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, url, engine in served(folder, asked.postgres):
            fill(engine, size)
            engine.dispose()
            port = free_port()
            words = (sys.executable, "-m", "benchmarks.homes", "--serve", str(port))
            with serving(words, port, **{DATABASE: url}) as server:
                yield Case(f"{kind}，领导首页", {"产品": partial(open_homes, server)}, warm=1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        run(Place(port=int(sys.argv[2])), SETTINGS, "benchmarks.homes:paged")
    else:
        measure(__doc__, cases, sizes=(10_000, 100_000, 1_000_000), small=(200,), rounds=3)
