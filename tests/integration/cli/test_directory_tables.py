"""Regions, departments and users in and out at the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from entrypoints.actors import operator
from entrypoints.container import open_platform
from supervision_core.identity.ports import Departments
from supervision_core.identity.services.exporting import DecideExport, decide_export

Run = Callable[..., Any]
REGIONS = "区划代码,区划名称,是否分级管理,排序号\n450100,南宁市,是,2\n450000,广西壮族自治区,是,1\n"
DEPARTMENTS = (
    "机构编码,机构名称,所属区划,上级机构编码,排序号,统筹本级各部门\n"
    "SL-2,示例市局,450100,SL-1,2,\n"
    "SL-1,示例厅,450000,,1,是\n"
    "SL-3,无区划局,459999,SL-1,,\n"
    "SL-2,又一个,450100,SL-1,,\n"
)
USERS = (
    "账号名,姓名,所属组织编码,手机号码\n"
    "wang.example,王示例,SL-2、SL-1,13900000001\n"
    "li.example,李示例,SL-9,13900000002\n"
)


def table(path: Path) -> list[list[Any]]:
    """Read the rows of the first sheet, without its heading."""
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]


def ask(run: Run, tmp_path: Path, code: str) -> str:
    """Ask at the command line for the export of a department's users; give the request's id."""
    (wanted,) = (one for one in departments_at(tmp_path).items() if one[1] == code)
    said = {"department_id": wanted[0], "purpose": "correct"}
    (tmp_path / "ask.json").write_text(json.dumps(said), encoding="utf-8")
    call = ("--data", "ask.json", "--database", "a.db", "--json")
    answered = run("do", "identity.request_export", *call)
    assert answered.code == 0, answered
    return str(answered.data["answer"])


def departments_at(tmp_path: Path) -> dict[str, str]:
    """Give the codes of the departments by their ids."""
    platform = open_platform(f"sqlite:///{tmp_path / 'a.db'}")
    with platform.transactions.begin_reading() as unit:
        found = {one.id: one.data.code for one in unit[Departments].below("")}
    platform.engine.dispose()
    return found


def consent(tmp_path: Path, request: str) -> None:
    """Let the security administrator, another person, allow it."""
    platform = open_platform(f"sqlite:///{tmp_path / 'a.db'}")
    said = DecideExport(request_id=request, allowed=True, reason="核对花名册")
    platform.commands.run(decide_export, said, actor=operator("security"))
    platform.engine.dispose()


@pytest.fixture
def directory(run: Run, tmp_path: Path) -> Run:
    """Give a platform that has taken in regions, departments and users from tables."""
    for name, text in (("r", REGIONS), ("d", DEPARTMENTS), ("u", USERS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    assert run("init", "--database", "a.db").code == 0
    said = run("import", "regions", "r.csv", "--database", "a.db", "--json")
    assert (said.data["added"], said.data["refused"]) == (2, 0)
    return run


@pytest.mark.function("F087", surface="cli")
@pytest.mark.function("F088", surface="cli")
def test_regions_go_out_and_come_back_corrected(directory: Run, tmp_path: Path) -> None:
    """The table given out holds code, name, parent, graded and order; told again it is the same."""
    assert directory("export", "regions", "out.xlsx", "--database", "a.db").code == 0
    assert [[str(cell) for cell in row[:4]] for row in table(tmp_path / "out.xlsx")] == [
        ["450000", "广西壮族自治区", "", "是"],
        ["450100", "南宁市", "450000", "是"],
    ]
    again = directory("import", "regions", "out.xlsx", "--database", "a.db", "--json")
    assert (again.data["same"], again.data["changed"], again.data["added"]) == (2, 0, 0)
    corrected = REGIONS.replace("南宁市,是", "南宁,否")
    (tmp_path / "r.csv").write_text(corrected, encoding="utf-8")
    changed = directory("import", "regions", "r.csv", "--database", "a.db", "--json")
    assert (changed.data["same"], changed.data["changed"]) == (1, 1)


def test_departments_and_users_come_by_tables(directory: Run, tmp_path: Path) -> None:
    """Children may stand before parents; bad rows stay out with reason; twice changes nothing."""
    call = ("--database", "a.db", "--json")
    taken = directory("import", "departments", "d.csv", *call)
    assert (taken.data["added"], taken.data["refused"]) == (2, 2)
    codes = {one["code"] for one in taken.data["reasons"]}
    assert codes == {"identity.region_unknown", "identity.code_repeated"}
    again = directory("import", "departments", "d.csv", *call)
    assert (again.data["added"], again.data["changed"], again.data["same"]) == (0, 0, 2)
    users = directory("import", "users", "u.csv", *call)
    assert (users.data["added"], users.data["refused"]) == (1, 1)
    out = (
        "export",
        "users",
        "u.xlsx",
        "--department",
        "SL-1",
        "--request",
        ask(directory, tmp_path, "SL-1"),
        "--database",
        "a.db",
    )
    assert directory(*out).code == 3
    assert not (tmp_path / "u.xlsx").exists()
    consent(tmp_path, out[6])
    assert directory(*out).code == 0
    ((account, name, departments, phone, *_),) = table(tmp_path / "u.xlsx")
    assert (account, name, departments) == ("wang.example", "王示例", "SL-2、SL-1")
    assert str(phone) == "13900000001"
    assert directory("import", "users", "u.xlsx", *call).data["same"] == 1
    assert directory("export", "departments", "d.xlsx", "--database", "a.db").code == 0
    assert {row[0]: row[4] for row in table(tmp_path / "d.xlsx")} == {"SL-1": "", "SL-2": "SL-1"}


def test_a_foreign_department_code_gives_nothing_out(directory: Run) -> None:
    """An unknown code is refused; no file is written."""
    out = (
        "export",
        "users",
        "none.xlsx",
        "--department",
        "SL-9",
        "--request",
        "none",
        "--database",
        "a.db",
    )
    assert directory(*out).code == 3
    assert not Path("none.xlsx").exists()
