"""Every use case at the command line: checked, carried out and noted as over HTTP."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from click.testing import CliRunner

from entrypoints.catalogue import ELSEWHERE, case_named, use_cases
from entrypoints.cli import main

Run = Callable[..., Any]
CONTENT = {"code": "450100", "name": "南宁市", "level": "city", "parent": "450000"}


@pytest.fixture
def told(run: Run, tmp_path: Path) -> Run:
    """Give a way to do or ask something over a new database, with data from a file."""
    assert run("init", "--database", "a.db").code == 0

    def tell(how: str, name: str, data: object = None, *more: str) -> Any:
        words = [how, name, "--database", "a.db", "--json", *more]
        if data is not None:
            (tmp_path / "data.json").write_text(json.dumps(data), encoding="utf-8")
            words += ["--data", "data.json"]
        return run(*words)

    province = {"content": {"code": "450000", "name": "广西壮族自治区", "level": "province"}}
    assert tell("do", "identity.add_region", province).code == 0
    return tell


def add_city(told: Run, **changes: Any) -> str:
    """Add a city, and give its id."""
    added = told("do", "identity.add_region", {"content": {**CONTENT, **changes}, "position": 7})
    assert added.code == 0, added.err
    made: str = added.data["answer"]
    return made


def actions(told: Run) -> list[tuple[str, str]]:
    """Give what was done by whom, as the audit log has it, oldest first."""
    rows = told("do", "audit.search", {"order": "oldest"}).data["answer"]["rows"]
    return [(row["action"], row["actor"]) for row in rows]


@pytest.mark.function("F087", surface="cli")
@pytest.mark.function("F089", surface="cli")
def test_regions_are_listed_and_looked_at(told: Run) -> None:
    """Name, level, code, parent and place stand in the list; one shows whether it is graded too."""
    city = add_city(told)
    listed = told("ask", "identity.list_regions").data["answer"]["items"]
    assert [one["name"] for one in listed] == ["广西壮族自治区", "南宁市"]
    seen = told("ask", "identity.view_region", {"id": city}).data["answer"]["content"]
    wanted = {**CONTENT, "graded": False, "position": 7}
    assert {name: seen[name] for name in wanted} == wanted


@pytest.mark.function("F088", surface="cli")
def test_a_region_is_changed(told: Run) -> None:
    """What is changed is stored; the answer says so."""
    city = add_city(told)
    changed = {"region_id": city, "content": {**CONTENT, "graded": True}, "position": 2}
    assert told("do", "identity.change_region", changed).data == {"answer": city}
    seen = told("ask", "identity.view_region", {"id": city}).data["answer"]["content"]
    assert (seen["position"], seen["graded"]) == (2, True)


@pytest.mark.function("F090", surface="cli")
@pytest.mark.parametrize("text", ["南宁", "4501"])
def test_a_region_is_found_by_part_of_name_or_code(told: Run, text: str) -> None:
    """模糊检索: in name and code, and nothing else comes."""
    city = add_city(told)
    found = told("ask", "identity.list_regions", {"text": text}).data["answer"]["items"]
    assert [one["id"] for one in found] == [city]


@pytest.mark.function("F091", surface="cli")
def test_a_region_is_deleted(told: Run) -> None:
    """逻辑删除: it is on no list and nowhere to be seen; one with regions below stays, with why."""
    city = add_city(told)
    county = {"code": "450103", "name": "青秀区", "level": "county", "parent": "450100"}
    below = add_city(told, **county)
    refused = told("do", "identity.delete_region", {"region_id": city}, "--yes")
    assert (refused.code, refused.data["reasons"][0]["code"]) == (3, "identity.region_in_use")
    for one in (below, city):
        assert told("do", "identity.delete_region", {"region_id": one}, "--yes").code == 0
        gone = told("ask", "identity.view_region", {"id": one})
        assert (gone.code, gone.data["error"]) == (3, "not_found")
    assert actions(told).count(("identity.delete_region", "cli")) == 2


@pytest.mark.function("F025", surface="cli")
def test_departments_users_and_roles_are_done_one_at_a_time(told: Run) -> None:
    """Added, changed, looked at and deleted, as over HTTP; each stands in the log."""
    data = {"name": "示例厅", "code": "SL-1", "region": "450000", "coordinates": True}
    office = told("do", "identity.add_department", {"data": data}).data["answer"]
    role = told("do", "identity.add_role", {"name": "检查员", "department": office}).data["answer"]
    draft = {
        "account": {"account": "wang.example", "phone": "13900000001"},
        "person": {"name": "王示例"},
        "memberships": [{"department": office}],
    }
    user = told("do", "identity.register_user", {"draft": draft}).data["answer"]
    granted = {"holder": "user", "holder_id": user, "roles": [role], "groups": []}
    assert told("do", "identity.assign_roles", granted).code == 0
    seen = told("ask", "identity.view_user", {"user_id": user})
    assert seen.data["answer"]["draft"]["account"]["account"] == "wang.example"
    assert "13900000001" not in seen.out
    assert told("do", "identity.delete_user", {"user_id": user}, "--yes").code == 0
    assert [name for name, _ in actions(told)][-5:] == [
        "identity.add_department", "identity.add_role", "identity.register_user",
        "identity.assign_roles", "identity.delete_user",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        ({"content": {**CONTENT, "nme": 1, "name": 2}}, ["http.unknown_field", "http.wrong_type"]),
        ({}, ["http.missing"]),
        ([], ["http.wrong_type"]),
    ],
    ids=["fields", "nothing", "list"],
)
def test_every_fault_is_told_and_nothing_is_done(told: Run, data: Any, codes: list[str]) -> None:
    """As over HTTP: each fault with its place and remedy in Chinese. Error: cli.data_invalid."""
    refused = told("do", "identity.add_region", data)
    assert (refused.code, refused.data["error"]) == (3, "cli.data_invalid")
    assert [one["code"] for one in refused.data["reasons"]] == codes
    assert len(told("ask", "identity.list_regions").data["answer"]["items"]) == 1


def test_what_is_no_json_is_refused(run: Run, tmp_path: Path) -> None:
    """One reading only: a name that stands twice is a fault, over HTTP and here."""
    run("init", "--database", "a.db")
    (tmp_path / "data.json").write_text('{"text": "a", "text": "b"}', encoding="utf-8")
    call = ("ask", "identity.list_regions", "--database", "a.db", "--data", "data.json", "--json")
    refused = run(*call)
    assert refused.data["reasons"][0]["code"] == "http.not_json"


def test_a_value_out_of_range_is_refused_by_its_own_rule(told: Run) -> None:
    """What a value refuses of itself comes as it is, not as a fault of the program."""
    refused = told("ask", "identity.list_regions", {"page": {"size": 201}})
    assert (refused.code, refused.data["error"]) == (3, "kernel.bad_page")


def test_a_key_does_it_once(told: Run) -> None:
    """幂等键: told twice, it is done once and answered alike; other data under it is refused."""
    first = told("do", "identity.add_region", {"content": CONTENT}, "--key", "k")
    assert told("do", "identity.add_region", {"content": CONTENT}, "--key", "k").data == first.data
    other = {"content": {**CONTENT, "name": "北海市"}}
    assert told("do", "identity.add_region", other, "--key", "k").data["error"] == "key_reused"


def test_data_comes_from_standard_input(told: Run) -> None:
    """Personal data stands in no command line, and in no file that somebody forgets."""
    city = add_city(told)
    sent = BytesIO(json.dumps({"id": city}).encode())
    words = ["ask", "identity.view_region", "--database", "a.db", "--data", "-"]
    found = CliRunner().invoke(main, words, input=sent)
    assert json.loads(found.stdout)["id"] == city


def test_who_complained_is_not_shown_to_the_operator(told: Run) -> None:
    """举报人保密 holds for whoever runs the machine too. Error: clues.complainant_confidential."""
    add_city(told)
    clue = {
        "sheet": {
            "title": "牛奶变质", "content": "有异味", "channel": "hotline_12345", "kind": "report",
            "region": "450100",
        },
        "complainant": {"name": "李示例", "phone": "13900000002"},
    }  # fmt: skip
    made = told("do", "clues.register", clue).data["answer"]
    department = {"name": "农业农村厅", "code": "farm", "region": "450100"}
    added = told("do", "identity.add_department", {"data": department})
    assert added.code == 0, added.out + added.err
    farm = added.data["answer"]
    given = told("do", "clues.distribute", {"clue_id": made, "to": farm})
    assert given.code == 0
    refused = told("do", "clues.show_complainant", {"clue_id": made, "purpose": "complaint"})
    assert (refused.code, refused.data["error"]) == (3, "clues.complainant_confidential")
    assert "李示例" not in refused.out + refused.err


def test_every_use_case_is_there_and_described(run: Run) -> None:
    """By its Chinese title, with a schema that is one; what only notes another command is not."""
    listed: list[str] = []
    for how in ("do", "ask"):
        items = run(how, "--list", "--json").data["items"]
        listed += [one["name"] for one in items]
        assert all(one["title"] != one["name"] for one in items)
        for one in items:
            schema = run(how, "--describe", one["name"])
            jsonschema_rs.meta.validate(schema.data)
    assert {*listed, *ELSEWHERE} == set(use_cases())


def test_the_schema_tells_what_is_taken(run: Run) -> None:
    """What the schema lets through is taken, and what it does not is refused: they are one."""
    schema = run("do", "--describe", "assessment.create_model").data
    assert "anyOf" in json.dumps(schema["$defs"])
    checked = jsonschema_rs.validator_for(run("do", "--describe", "identity.add_region").data)
    assert checked.is_valid({"content": CONTENT})
    assert not checked.is_valid({"content": {**CONTENT, "nme": ""}})


@pytest.mark.parametrize("name", ["identity.back_up", "audit.archive", "nothing.there"])
def test_what_has_a_command_of_its_own_is_not_done_here(run: Run, name: str) -> None:
    """Nobody notes a back-up that was not made, or archives rows into no file."""
    assert run("do", name, "--database", "a.db").code == 2


def _at_a_terminal(folder: Path, answer: bytes) -> tuple[int, str]:
    """Delete the region of data.json with a terminal as standard input, answering once."""
    main_end, end = pty.openpty()
    words = ("do", "identity.delete_region", "--database", "a.db", "--data", "data.json")
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", "from entrypoints.cli import main; main()", *words],
        stdin=end, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder,
    ) as process:  # fmt: skip
        os.write(main_end, answer)
        said = process.communicate()[0].decode()
    os.close(end)
    os.close(main_end)
    return process.returncode, said


def test_deleting_is_asked_about(told: Run, tmp_path: Path) -> None:
    """y/N at a terminal; without one only by ``--yes``. Error: cli.unconfirmed."""
    city = add_city(told)
    refused = told("do", "identity.delete_region", {"region_id": city})
    assert (refused.code, refused.data["error"]) == (3, "cli.unconfirmed")
    code, said = _at_a_terminal(tmp_path, b"\n")
    assert (code, city in said, "[y/N]" in said) == (3, True, True)
    assert told("ask", "identity.view_region", {"id": city}).code == 0
    (tmp_path / "data.json").write_text(json.dumps({"region_id": city}), encoding="utf-8")
    assert _at_a_terminal(tmp_path, b"y\n")[0] == 0
    assert told("ask", "identity.view_region", {"id": city}).data["error"] == "not_found"


def test_disabling_is_asked_about(told: Run) -> None:
    """Taking out of use asks as deleting does; taking into use does not."""
    data = {"name": "示例厅", "code": "SL-1", "region": "450000"}
    office = told("do", "identity.add_department", {"data": data}).data["answer"]
    role = told("do", "identity.add_role", {"name": "检查员", "department": office}).data["answer"]
    off = {"id": role, "name": "检查员", "enabled": False}
    assert told("do", "identity.change_role", off).data["error"] == "cli.unconfirmed"
    assert told("do", "identity.change_role", off, "--yes").code == 0
    assert told("do", "identity.change_role", {**off, "enabled": True}).code == 0


def test_each_case_is_found_by_its_name_alone() -> None:
    """The command line loads no more contexts than hold it, and finds what the catalogue holds."""
    cases = {one.name: one for those in use_cases().values() for one in those}
    assert {name: case_named(name) for name in cases} == cases
    assert set(cases) <= set(use_cases())
    assert case_named("no.such") is None


FIRM = {
    "kind": "enterprise", "name": "南宁示例乳业有限公司", "region": "450000",
    "identity": {"kind": "credit_code", "code": "91450100MA5K000017"}, "status": "active",
}  # fmt: skip


def test_doubts_are_what_the_platform_finds(told: Run) -> None:
    """Whoever registers says none: an invalid code is flagged, whatever a client says."""
    assert "doubts" not in told("do", "--describe", "subjects.register").out
    unknown = told("do", "subjects.register", {"draft": {**FIRM, "doubts": []}})
    assert unknown.code == 3
    made = told("do", "subjects.register", {"draft": FIRM})
    assert made.code == 0, made.err
    shown = told("ask", "subjects.view_subject", {"id": made.data["answer"]}).data["answer"]
    assert [one["code"] for one in shown["content"]["doubts"]] == [
        "kernel.credit_code_organisation_check_digit", "kernel.credit_code_check_digit"
    ]  # fmt: skip


def test_a_change_to_the_present_status_is_refused_in_words(told: Run) -> None:
    """It says which status that is, and that nothing is to be done."""
    firm = told("do", "subjects.register", {"draft": FIRM}).data["answer"]
    asked = {"subject_id": firm, "status": "active", "reason": "照旧", "papers": ["paper"]}
    again = told("do", "subjects.propose_status", asked)
    assert (again.code, again.data["error"]) == (3, "subjects.status_already")
    assert "已经是“存续”" in again.data["reasons"][0]["reason"]
