"""``supervision organisation`` from the platform to the directory, as an operator uses it."""

import json
from threading import Event
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from entrypoints.actors import operator
from entrypoints.cli import main
from entrypoints.container import open_platform
from entrypoints.simulators.organisation import SimulatedOrganisation
from entrypoints.worker.synchronising import synchronising
from supervision_core.identity.model import RegionContent
from supervision_core.identity.ports import Users
from supervision_core.identity.services.access import AddRole, add_role
from supervision_core.identity.services.departments import AddRegion, add_region

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


@pytest.mark.usefixtures("connected")
def test_the_worker_synchronises_where_a_schedule_is_set(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """定时同步: no schedule, no job; with one it takes everything in."""
    platform = open_platform(database)
    assert synchronising(platform, Event()) == ()
    monkeypatch.setenv("SUPERVISION_ORGANISATION_HOURS", "6")
    (job,) = synchronising(platform, Event())
    job.run()
    with platform.transactions.begin() as unit:
        assert unit[Users].find_by_account("moni.li") is not None
    platform.engine.dispose()
