"""``supervision organisation`` from the platform to the directory, as an operator uses it."""

import json
from threading import Event
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from entrypoints.actors import operator
from entrypoints.cli import main
from entrypoints.container import Platform, open_platform
from entrypoints.simulators.organisation import SimulatedOrganisation
from entrypoints.worker.loop import Stopped
from entrypoints.worker.synchronising import synchronising
from supervision_core.identity.model import RegionContent, SyncState
from supervision_core.identity.ports import Users
from supervision_core.identity.services.departments import AddRegion, add_region
from supervision_core.identity.services.granting import AddRole, add_role
from supervision_core.identity.services.synchronisations import (
    ListSynchronisations,
    RequestSynchronisation,
    SynchronisationView,
    list_synchronisations,
    request_directory_synchronisation,
)
from supervision_core.kernel.errors import Violation

REGIONS = (("450000", "广西壮族自治区", "province", ""), ("450100", "南宁市", "city", "450000"))


def said(*words: str, code: int = 0) -> Any:
    """Run a command; give its JSON."""
    done = CliRunner().invoke(main, [*words, "--json"])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """Give a database with two regions."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    address = engine.url.render_as_string(hide_password=False)
    platform = open_platform(address, make_keys=True)
    for code, name, level, parent in REGIONS:
        content = RegionContent(code=code, name=name, level=level, parent=parent)
        platform.commands.run(add_region, AddRegion(content=content), actor=operator())
    platform.engine.dispose()
    return address


@pytest.mark.function("F218", surface="cli")
@pytest.mark.usefixtures("connected")
def test_an_operator_takes_the_organisation_in(
    database: str, simulated: SimulatedOrganisation
) -> None:
    """组织同步: taken in, once; conflicts by row; roles as tied; deletions followed."""
    first = said("organisation", "sync", "--database", database)
    assert [first[one]["added"] for one in ("department", "user", "role")] == [3, 2, 2]
    again = said("organisation", "sync", "--database", database)
    assert [again[one]["same"] for one in ("department", "user", "role", "holder")] == [3, 2, 2, 2]
    roles = said("organisation", "roles", "--database", database)["roles"]
    assert [(one["told_role"], one["role_id"]) for one in roles] == [("5001", ""), ("5002", "")]
    platform = open_platform(database)
    ours = platform.commands.run(add_role, AddRole(name="检查员"), actor=operator())
    platform.engine.dispose()
    said("organisation", "tie", "5001", ours, "--database", database)
    simulated.told["users"][1]["deleted"] = True
    simulated.told["departments"][2]["region"] = "999999"
    third = said("organisation", "sync", "--database", database, code=3)
    assert third["user"]["deleted"] == 1
    assert third["holder"]["changed"] == 1
    (refused,) = third["refused"]
    assert (refused["what"], refused["id"]) == ("department", "3003")
    assert (refused["code"], refused["remedy"]) == (
        "identity.region_unknown", "请先新增该区划或改选其他区划",
    )  # fmt: skip


@pytest.mark.usefixtures("connected")
def test_words_for_people_name_nobody(database: str, simulated: SimulatedOrganisation) -> None:
    """Without ``--json``: counts and reasons in Chinese, the platform's ids and no names."""
    simulated.told["users"][0]["idCard"] = "1"
    done = CliRunner().invoke(main, ["organisation", "sync", "--database", database])
    assert done.exit_code == 3
    assert "机构：新增 3" in done.output
    assert "用户 4001：" in done.output
    assert "李模拟" not in done.output


def test_without_a_platform_the_operator_is_told(database: str) -> None:
    """没有接入: refused in words."""
    done = CliRunner().invoke(main, ["organisation", "sync", "--database", database])
    assert done.exit_code == 3
    assert "统一组织架构" in done.output


@pytest.mark.function("F218")
@pytest.mark.usefixtures("connected")
def test_the_worker_synchronises_by_schedule_and_when_asked(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """定时同步、立即同步: without a schedule only what was asked for; each request runs once."""
    platform = open_platform(database)
    (job,) = synchronising(platform, Event())
    job.run()
    assert [one.state for one in listed(platform)] == [SyncState.NEVER, SyncState.NEVER]
    for _ in range(2):
        platform.commands.run(
            request_directory_synchronisation, RequestSynchronisation(), actor=operator("asker")
        )
    job.run()
    directory, roles = listed(platform)
    assert (directory.state, directory.by, directory.asked_at) == (SyncState.DONE, "asker", None)
    assert roles.state is SyncState.NEVER
    began = directory.started_at
    job.run()
    assert listed(platform)[0].started_at == began
    monkeypatch.setenv("SUPERVISION_ORGANISATION_HOURS", "6")
    (job,) = synchronising(platform, Event())
    job.run()
    directory, roles = listed(platform)
    assert (directory.started_at, roles.by) == (began, "worker")
    with platform.transactions.begin() as unit:
        assert unit[Users].find_by_account("moni.li") is not None
    platform.engine.dispose()


@pytest.mark.usefixtures("connected")
def test_a_run_that_breaks_off_says_so(database: str) -> None:
    """中途停止: kept as failed, and never shown as running."""
    platform, stop = open_platform(database), Event()
    (job,) = synchronising(platform, stop)
    platform.commands.run(
        request_directory_synchronisation, RequestSynchronisation(), actor=operator()
    )
    stop.set()
    with pytest.raises(Stopped):
        job.run()
    directory, _ = listed(platform)
    assert directory.failure == Violation("identity.synchronisation_broken_off")
    assert directory.state is SyncState.FAILED
    platform.engine.dispose()


def listed(platform: Platform) -> tuple[SynchronisationView, ...]:
    """Give how both parts stand."""
    return platform.commands.ask(list_synchronisations, ListSynchronisations(), actor=operator())


def test_without_a_platform_there_is_no_job(database: str) -> None:
    """没有接入: nothing to do."""
    platform = open_platform(database)
    assert synchronising(platform, Event()) == ()
    platform.engine.dispose()
