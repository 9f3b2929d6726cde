"""Regions, departments and users as workbooks over HTTP: out, mended, and in again."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from adapters.documents import opening
from entrypoints.directory_tables import FORMATS
from entrypoints.http.api import api_routes, describe
from entrypoints.http.api.tables import XLSX
from supervision_core.audit.model import Outcome
from supervision_core.identity.ports import Departments, Users
from supervision_core.identity.registers import BUSINESS_LINES, BusinessLineContent
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import Entries, Entry
from supervision_core.testing.identity import NOON

from .conftest import Surface, without_ids
from .test_directory import kept
from .workbooks import read, workbook

BASE = "/api/v1/identity"
USERS = f"{BASE}/user_table"
GOOD = {"account": "new.one", "name": "王示例", "departments": "nanning", "phone": "13900000001"}


def table_of(surface: Surface, department: str, user: str, second: str) -> str:
    """Give the address of a department's table, once ``second`` has consented to ``user``'s."""
    path = f"{BASE}/departments/{department}"
    body = {"purpose": "correct"}
    asked = surface.call(user, "POST", f"{path}/export_requests", body=body).json()["id"]
    said = {"allowed": True, "reason": "核对花名册"}
    request = f"{BASE}/export_requests/{asked}"
    decided = surface.call(second, "PUT", f"{request}/decision", body=said)
    assert decided.status_code == 200, decided.text
    return f"{path}/user_table?request_id={asked}"


def upload(surface: Surface, content: bytes, **headers: str) -> Any:
    """Send a table of users as the administrator of the whole province."""
    return surface.call("system", "POST", USERS, body=content, **headers)


def accounts(surface: Surface, department: str = "nanning") -> set[str]:
    """Give who is in a department."""
    with surface.province.platform.transactions.begin() as unit:
        return {one.account.account for one in unit[Users].of_department(department)}


@pytest.mark.function("F025", surface="api")
def test_users_go_out_are_mended_and_come_in(surface: Surface) -> None:
    """用户导出、用户导入: what goes out can come in; the log keeps who, whose and what for."""
    given = surface.call("system", "GET", table_of(surface, "nanning", "system", "security"))
    assert given.headers["content-type"] == XLSX
    assert given.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert given.headers["cache-control"] == "no-store"
    assert dict(surface.audited()[-1].note)["purpose"] == "correct"
    same = upload(surface, given.content).json()
    assert (same["same"], same["changed"], same["refused"]) == (3, 0, 0)
    rows = read(given.content)
    assert {row["账号名"] for row in rows} == accounts(surface)
    assert all("密码" not in title for title in rows[0])
    mended = {"account": rows[0]["账号名"], "name": "改名", "departments": "nanning"}
    done = upload(surface, workbook("users", mended, GOOD)).json()
    assert (done["added"], done["changed"], done["faults"]) == (1, 1, [])
    assert "new.one" in accounts(surface)
    assert surface.audited()[-1].action == "identity.import_users"


@pytest.mark.function("F025", surface="api")
@pytest.mark.function("F087", surface="api")
@pytest.mark.parametrize(
    ("name", "path"),
    [("regions", f"{BASE}/region_table"),
     ("departments", f"{BASE}/departments/nanning/department_table")],
    ids=["regions", "departments"],
)  # fmt: skip
def test_regions_and_departments_go_out_and_come_in(surface: Surface, name: str, path: str) -> None:
    """What is given out of one's area is taken in again without a change."""
    given = surface.call("system", "GET", path)
    assert given.status_code == 200
    found = surface.call("system", "POST", f"{BASE}/{name[:-1]}_table", body=given.content).json()
    assert (found["added"], found["changed"]) == (0, 0)
    assert found["same"] + found["refused"] == found["rows"] == len(read(given.content))


def test_a_table_of_departments_says_their_business_lines(surface: Surface) -> None:
    """部门条线: by name or code, as they are given out; what is called so by none or two is told.

    Without one a department keeps that which it has. Errors: kernel.register_not_called,
    kernel.register_called_twice, identity.department_line_unknown.
    """
    path, table = f"{BASE}/departments/nanning/department_table", f"{BASE}/department_table"
    with surface.province.platform.transactions.begin() as unit:
        store = unit[Entries].of(BUSINESS_LINES)
        for code, name in (("L1", "食品安全"), ("L2", "特种设备"), ("L3", "特种设备")):
            content = BusinessLineContent(code=code, name=name)
            store.save(
                Entry.add(id=code.lower(), content=content, position=1, at=NOON,
                          register=BUSINESS_LINES.name, region="450000", department="office")
            )  # fmt: skip
        unit.commit()
    names = {one.title: one.name for one in FORMATS["departments"].columns}

    def rows() -> list[dict[str, str]]:
        given = read(surface.call("system", "GET", path).content)
        return [{names[title]: text for title, text in one.items()} for one in given]

    def sent(*lines: str) -> dict[str, Any]:
        told = [{**row, "line": line} for row, line in zip(rows(), lines, strict=True)]
        body = workbook("departments", *told)
        found: dict[str, Any] = surface.call("system", "POST", table, body=body).json()
        return found

    assert [one["line"] for one in rows()] == ["", ""]
    assert sent("食品安全", "L2")["changed"] == 2
    written = [one["line"] for one in rows()]
    assert written == ["食品安全（L1）", "特种设备（L2）"]
    assert sent(*written)["same"] == 2
    assert sent("", "")["same"] == 2
    assert [one["line"] for one in rows()] == written
    report = sent("特种设备", "没有的条线")
    assert [(one["row"], one["column"], one["code"]) for one in report["faults"]] == [
        (2, "所属条线", "kernel.register_called_twice"),
        (3, "所属条线", "kernel.register_not_called"),
    ]
    assert "没有的条线" in report["faults"][1]["reason"]
    assert all(one["remedy"] for one in report["faults"])
    with surface.province.platform.transactions.begin() as unit:
        data = unit[Departments].get("nanning").data
    change = {"data": to_plain(evolve(data, line="made-up")), "enabled": True}
    refused = surface.call("system", "PUT", f"{BASE}/departments/nanning", body=change,
                           if_match="*")  # fmt: skip
    assert "identity.department_line_unknown" in refused.text


@pytest.mark.function("F025", surface="api")
def test_bad_rows_are_told_and_good_ones_go_in(surface: Surface) -> None:
    """逐条说明: sheet, row, column, reason and remedy of each fault; the rest is not lost."""
    bad = {"account": "x", "name": "李示例", "departments": "nowhere", "phone": "12"}
    taken = {"account": "far.reader", "name": "张示例", "departments": "nanning"}
    said = surface.call("far_system", "POST", USERS, body=workbook("users", bad, taken)).json()
    assert (said["added"], said["refused"]) == (0, 2)
    assert said["nothing"].startswith("没有导入任何一行：原因和办法见下")
    found = upload(surface, workbook("users", bad, GOOD))
    report = found.json()
    assert (found.status_code, report["added"], report["refused"]) == (200, 1, 1)
    assert report["nothing"] == ""
    assert [(one["row"], one["column"], one["code"]) for one in report["faults"]] == [
        (2, "所属组织编码", "identity.department_unknown"),
        (2, "账号名", "identity.account_form"),
        (2, "手机号码", "identity.phone_form"),
    ]
    assert all(one["reason"] and one["remedy"] and one["kept_out"] for one in report["faults"])
    assert "李示例" not in found.text


def test_a_table_can_be_sent_again(surface: Surface) -> None:
    """Under its key it is answered byte for byte and done once, however many parts it has."""
    many = workbook("users", *({**GOOD, "account": f"user.{n:04}"} for n in range(1001)))
    key = "k" * 255
    first = upload(surface, many, idempotency_key=key)
    assert first.json()["added"] == 1001
    rows = len(surface.audited())
    again = upload(surface, many, idempotency_key=key)
    assert without_ids(again) == without_ids(first)
    assert len(surface.audited()) == rows == 2
    other = upload(surface, workbook("users", GOOD), idempotency_key=key)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def bomb() -> bytes:
    """Give a small file that unpacks to 64 MB."""
    return packed(("xl/worksheets/sheet1.xml", b"\0" * 2**26))


def packed(*parts: tuple[str, bytes], into: bytes = b"") -> bytes:
    """Give a zip of these parts, added to those of ``into``."""
    target = io.BytesIO(into)
    with zipfile.ZipFile(target, "a" if into else "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return target.getvalue()


def entities() -> bytes:
    """Give a workbook whose XML grows a thousand million times (billion laughs)."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    laughing = f'<?xml version="1.0"?><!DOCTYPE x [{lines}]><x>&l9;</x>'.encode()
    return packed(("xl/more.xml", laughing), into=workbook("users", GOOD))


HOSTILE: dict[str, tuple[Callable[[], bytes], int, str]] = {
    "not_a_zip": (lambda: b"account,name\n", 415, "http.media_type_unfit"),
    "web_page": (lambda: b"<html><table>", 415, "http.media_type_unfit"),
    "torn": (lambda: workbook("users", GOOD)[:2000], 422, "documents.file_damaged"),
    "no_workbook": (lambda: packed(("a.txt", b"x")), 422, "documents.file_not_a_table"),
    "bomb": (bomb, 422, "documents.file_swells"),
    "entities": (entities, 422, "documents.file_hostile"),
    "macros": (
        lambda: packed(("xl/vbaProject.bin", b"x"), into=workbook("users", GOOD)),
        422, "documents.file_hostile",
    ),
    "other_table": (lambda: workbook("regions", code="450100"), 422, "documents.no_table"),
    "too_large": (lambda: b"PK\3\4" + b"\0" * 2**24, 413, "http.body_too_large"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_files_are_refused(
    surface: Surface, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is no table is refused with its reason, at once, and nothing of it goes in."""
    monkeypatch.setattr(opening, "MOST_UNPACKED", 2**25)
    make, status, code = HOSTILE[name]
    before = accounts(surface)
    answer = upload(surface, make())
    said = answer.json()
    assert answer.status_code == status
    assert code in {said["code"], *(one["code"] for one in said["reasons"])}
    assert accounts(surface) == before
    assert surface.audited() == []


@pytest.mark.parametrize("media", ["application/json", "text/csv"])
def test_a_table_says_what_it_is(surface: Surface, media: str) -> None:
    """Another media type is not guessed at; the refusal names the right one."""
    answer = upload(surface, workbook("users", GOOD), content_type=media)
    assert (answer.status_code, answer.json()["code"]) == (415, "http.media_type_unfit")
    assert XLSX in answer.json()["detail"]


def test_who_may_not_import_is_denied_before_his_file_is_read(surface: Surface) -> None:
    """A good table and a hostile one get one answer, and each attempt is audited."""
    answers = [
        surface.call("reader", "POST", USERS, body=content)
        for content in (workbook("users", GOOD), entities())
    ]
    assert [one.status_code for one in answers] == [403, 403]
    assert without_ids(answers[0]) == without_ids(answers[1])
    assert [(one.action, one.outcome) for one in surface.audited()] == [
        ("identity.import_users", Outcome.DENIED)
    ] * 2


@pytest.mark.function("F025", surface="api")
@pytest.mark.parametrize("what", ["user_table", "users"])
def test_an_export_with_anothers_consent_is_refused_as_described(
    surface: Surface, what: str
) -> None:
    """A request of somebody else, or one undecided: 422 with every reason, which is described."""
    path = f"{BASE}/departments/nanning/{what}"
    answer = surface.call("system", "GET", f"{path}?request_id=export_office")
    assert (answer.status_code, answer.json()["code"]) == (422, "identity.export_not_allowed")
    operation = describe(api_routes())["paths"][f"{BASE}/departments/{{department_id}}/{what}"]
    assert "identity.export_not_allowed" in operation["get"]["responses"]["422"]["description"]


def test_a_table_speaks_of_the_own_departments_only(surface: Surface) -> None:
    """Others are absent from it both ways: no code of theirs, and nobody is taken out of them."""
    with surface.province.platform.transactions.begin() as unit:
        clerk = unit[Users].get("clerk")
    sample = clerk.memberships[0]
    both = [evolve(sample, department=one) for one in ("nanning", "liuzhou", "qingxiu")]
    clerk.change(evolve(clerk.draft, memberships=tuple(both)), at=NOON)
    kept(surface, Users, clerk)
    path = table_of(surface, "liuzhou", "far_system", "far_security")
    rows = read(surface.call("far_system", "GET", path).content)
    (row,) = (one for one in rows if one["账号名"] == "clerk")
    assert row["所属组织编码"] == "liuzhou"
    known = {"phone": clerk.account.phone, "document_number": clerk.person.document_number}
    given = {"account": "clerk", "name": "改名", "departments": "liuzhou", **known}
    done = surface.call("far_system", "POST", USERS, body=workbook("users", given)).json()
    assert done["changed"] == 1
    with surface.province.platform.transactions.begin() as unit:
        found = unit[Users].get("clerk")
    assert [one.department for one in found.memberships] == ["nanning", "liuzhou", "qingxiu"]
    answers = [
        surface.call(
            "far_system", "POST", USERS, body=workbook("users", {**given, "departments": code})
        ).text.replace(code, "*")
        for code in ("nanning", "nowhere")
    ]
    assert answers[0] == answers[1]


def test_the_description_tells_of_files() -> None:
    """Request and answer of a table are described by their media type."""
    paths = describe(api_routes())["paths"]
    taken = paths[USERS]["post"]
    assert list(taken["requestBody"]["content"]) == [XLSX, "application/octet-stream"]
    assert list(taken["responses"]["200"]["content"]) == ["application/json"]
    given = paths[f"{BASE}/region_table"]["get"]
    assert list(given["responses"]["200"]["content"]) == [XLSX]


def test_templates_are_for_who_has_logged_in(surface: Surface) -> None:
    """填报模板: headings to fill in, for every table; an unknown one is refused."""
    for table, title in (("users", "账号名"), ("regions", "区划代码"), ("departments", "机构编码")):
        path = f"{BASE}/table_templates/{table}"
        assert f"*{title}" in read(surface.call("nobody", "GET", path).content)[0]
        assert surface.call("", "GET", path).status_code == 401
    answer = surface.call("nobody", "GET", f"{BASE}/table_templates/secrets")
    assert (answer.status_code, answer.json()["code"]) == (400, "http.parameters_invalid")
