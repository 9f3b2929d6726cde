"""What the register of ``synthetic.py`` gets: run by ``test_every_field.py``, which declares it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from entrypoints.cli import main
from entrypoints.http.api import api_routes, describe
from entrypoints.http.api.tables import XLSX
from supervision_core.identity.registers import TRADES
from supervision_core.kernel.registers import FieldType

from .browsing import Browser, Document
from .conftest import ClerkOf, Surface
from .synthetic import SPECIMENS
from .workbooks import read

BASE = "/gov/officers/specimens"
API = "/api/v1/officers/specimens"
FILLED = {
    "name": "一号样本", "code": "S-1", "kind": "liquid", "uses-check": "yes", "aliases": "甲\n乙",
    "size": "3", "weight": "0.25", "since": "2026-01-05", "measured_at": "2026-01-05 09:30",
    "good": "yes", "trade": "餐饮", "trades": "餐饮\n住宿", "region": "南宁市",
    "department": "机构nanning",     "remark": "第一行\n第二行",
}  # fmt: skip
SHOWN = (
    "一号样本", "S-1", "液体", "检查", "甲、乙", "3", "0.25", "2026-01-05", "2026-01-05 09:30",
    "是", "餐饮（CY）", "餐饮（CY）、住宿（ZS）", "南宁市（450100）", "机构nanning（nanning）",
    "第一行\n第二行", "450000001",
)  # fmt: skip
NO_ENTRY = {
    FieldType.ROWS, FieldType.EXTRAS, FieldType.VALUE, FieldType.VALUES, FieldType.FILE,
    FieldType.FILES,
}  # fmt: skip
"""What a register refuses where it is declared."""


@pytest.fixture
def clerk(clerk_of: ClerkOf) -> Browser:
    """Give who maintains specimens and trades, with one specimen that says everything."""
    made = clerk_of(SPECIMENS, TRADES)
    for name, code in (("餐饮", "CY"), ("住宿", "ZS")):
        assert made.send("/gov/identity/trades/add", name=name, code=code).status_code == 303
    answer = made.send(f"{BASE}/add", **FILLED)
    assert answer.status_code == 303, Document(answer.text).words
    return made


def test_it_has_a_field_of_every_type() -> None:
    """What a register can hold is in it, and nothing that it cannot."""
    assert {one.type for one in SPECIMENS.fields} == set(FieldType) - NO_ENTRY


def test_pages_show_find_change_and_delete(clerk: Browser) -> None:
    """Every value is seen as people say it, found by what it is searched by, and stays if kept."""
    listed = clerk.see(BASE)
    one = next(each for each in listed.links if each.endswith("/change")).removesuffix("/change")
    view = clerk.see(one)
    assert [each for each in SHOWN if each not in view.words] == []
    for query in ("name=一号", "kind=liquid", "good=yes", "since_from=2026-01-05", "aliases=乙",
                  "size_from=3&size_to=3", "trade=餐饮"):  # fmt: skip
        assert f"{one}/change" in clerk.see(f"{BASE}?{query}").links, query
    for query in ("kind=solid", "good=no", "since_to=2026-01-04", "size_from=4"):
        assert f"{one}/change" not in clerk.see(f"{BASE}?{query}").links, query
    assert clerk.send(f"{one}/change", name="二号样本").status_code == 303
    again = clerk.see(one)
    assert [each for each in SHOWN[1:] if each not in again.words] == []
    assert "二号样本" in again.words
    assert "修改样本" in " ".join(clerk.see(f"{one}/history").words)
    assert clerk.send(f"{one}/delete").status_code == 303
    assert f"{one}/change" not in clerk.see(BASE).links


def test_the_interface_says_the_same(clerk: Browser, surface: Surface) -> None:
    """Read as JSON, sent back as it came, described with a title for every field."""
    del clerk
    (listed,) = surface.call("system", "GET", API).json()["items"]
    path = f"{API}/{listed['id']}"
    said = surface.call("system", "GET", path)
    content = said.json()["content"]
    assert (content["size"], content["since"], content["good"]) == (3, "2026-01-05", True)
    put = next(
        one for one in api_routes()
        if one.permission == "officers.change_specimen"
    )  # fmt: skip
    answer = surface.call(
        "system", put.method, path, body={"content": content}, if_match=said.headers["etag"]
    )
    assert answer.status_code == 200, answer.text
    assert surface.call("system", "GET", path).json()["content"] == content
    schema = describe(api_routes())["components"]["schemas"]["SpecimenContent"]["properties"]
    assert {one.name: one.title for one in SPECIMENS.fields} == {
        name: one["description"].partition("：")[0] for name, one in schema.items()
    }


def test_a_workbook_goes_out_and_comes_in(clerk: Browser, surface: Surface) -> None:
    """What is given out and taken in again changes nothing; after a deletion it is all there."""
    out = surface.call("system", "GET", f"{API}/table")
    assert out.headers["content-type"] == XLSX
    (row,) = read(out.content)
    assert row["说明"] == FILLED["remark"]
    taken = surface.call("system", "POST", f"{API}/table", body=out.content)
    assert (taken.status_code, taken.json()["refused"], taken.json()["changed"]) == (200, 0, 0), (
        taken.text
    )
    link = next(one for one in clerk.see(BASE).links if one.endswith("/change"))
    assert clerk.send(f"{link.removesuffix('change')}delete").status_code == 303
    taken = surface.call("system", "POST", f"{API}/table", body=out.content)
    assert taken.json()["added"] == 1, taken.text
    (again,) = read(surface.call("system", "GET", f"{API}/table").content)
    assert {**again, "流水号": ""} == {**row, "流水号": ""}


def test_the_command_line_does_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Added and listed, by the names that follow from its own."""
    monkeypatch.chdir(tmp_path)
    for name, place in (("SUPERVISION_KEYS", "keys"), ("SUPERVISION_MASTER_KEY", "master.key")):
        monkeypatch.setenv(name, str(tmp_path / place))

    def run(*words: str, **data: object) -> object:
        (tmp_path / "data.json").write_text(json.dumps(data), encoding="utf-8")
        more = ["--data", "data.json"] if data else []
        done = CliRunner().invoke(main, [*words, "--database", "a.db", "--json", *more])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    run("init")
    run("do", "officers.add_specimen", content={"name": "一号样本"})
    listed = run("ask", "officers.list_specimens")
    assert [one["content"]["name"] for one in listed["answer"]["items"]] == ["一号样本"]  # type: ignore[index]
