from typing import Any

import pytest
from attrs import evolve

from supervision_core.identity.model import Purpose
from supervision_core.identity.ports import Departments, Users
from supervision_core.identity.services.exporting import (
    DecideExport,
    ExportUsers,
    RequestExport,
    decide_export,
    export_users,
    request_export,
)
from supervision_core.identity.services.intake import ImportUsers, import_users
from supervision_core.identity.table import (
    USER_TABLE,
    UserEntry,
    UserIntake,
    take_in_users,
    user_cells,
)
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.tables import RawRow, match_headers, read_row
from supervision_core.testing.identity import NOON, full_draft


def _read(rows: list[dict[str, Any]], departments: dict[str, str]) -> UserIntake:
    match = match_headers(USER_TABLE, list(rows[0]))
    assert match.violations == ()
    raw = [RawRow(number=number, cells=row) for number, row in enumerate(rows, 2)]
    read = [read_row(USER_TABLE, row, match) for row in raw]
    return take_in_users(read, departments, today=NOON.date())


def consent(world: Any, department: str) -> str:
    """Ask for an export as the root, and consent to it as another; give the request's id."""
    wanted = RequestExport(department_id=department, purpose=Purpose.CORRECT)
    asked: str = world.run(request_export, wanted)
    second = evolve(world.root, user="second")
    world.run(decide_export, DecideExport(request_id=asked, allowed=True, reason="核对"), second)
    return asked


@pytest.mark.function("F025")
def test_users_go_out_and_come_in_the_same(world: Any) -> None:
    """用户导入、用户导出: what is exported is imported without a change, twice as well."""
    one, two = world.department("1"), world.department("2")
    codes = {one: "1", two: "2"}
    for account in ("aaa", "bbb"):
        world.user(account, one, two)
    ids = world.run(export_users, ExportUsers(department_id=one, request_id=consent(world, one)))
    assert world.store.audit[-1].entry.note == (
        ("department", one),
        ("purpose", "correct"),
        ("users", "2"),
    )
    with world.transactions.begin() as unit:
        rows = [user_cells(unit[Users].get(one_id), codes) for one_id in ids]
    intake = _read(rows, {code: known for known, code in codes.items()})
    assert intake.faults == ()
    command = ImportUsers(entries=intake.entries)
    assert world.run(import_users, command) == {"added": 0, "changed": 0, "same": 2, "refused": []}
    rows[0]["姓名"] = "改名"
    rows.append({"账号名": "ccc", "姓名": "新来", "所属组织编码": "2"})
    intake = _read(rows, {code: known for known, code in codes.items()})
    answer = world.run(import_users, ImportUsers(entries=intake.entries))
    assert answer == {"added": 1, "changed": 1, "same": 1, "refused": []}
    again = world.run(import_users, ImportUsers(entries=intake.entries))
    assert again == {"added": 0, "changed": 0, "same": 3, "refused": []}
    with world.transactions.begin() as unit:
        found = unit[Users].get("aaa")
        assert found.person.name == "改名"
        assert [(m.order, m.post) for m in found.memberships] == [(1, "科员"), (2, "科员")]


def test_bad_rows_are_told_with_row_and_column() -> None:
    """Every fault of every row, by its column's title; good rows go in."""
    good = {"账号": "ok1", "姓名": "甲", "机构编码": "1", "手机": "13900000001"}
    intake = _read(
        [good, {**good, "账号": "OK1"}, {**good, "账号": "x", "机构编码": "1，9", "手机": "12"}],
        {"1": "d-1"},
    )
    assert [entry.row for entry in intake.entries] == [2]
    assert [(f.row, f.column, f.violation.code) for f in intake.faults] == [
        (3, "账号名", "identity.account_repeated"),
        (4, "所属组织编码", "identity.department_unknown"),
        (4, "账号名", "identity.account_form"),
        (4, "手机号码", "identity.phone_form"),
    ]


def test_an_import_reaches_only_the_own_area(world: Any) -> None:
    """Rows for departments of others, or for users of others, are refused; the rest go in."""
    one, two = world.department("1"), world.department("2")
    admin = world.administrator("admin", one)
    world.user("far", two)
    admin = _with(admin, "identity.import_users", "identity.export_users")
    rows = [
        {"账号名": "new1", "姓名": "甲", "所属组织编码": "1"},
        {"账号名": "new2", "姓名": "乙", "所属组织编码": "2"},
        {"账号名": "far", "姓名": "丙", "所属组织编码": "1"},
    ]
    entries = _read(rows, {"1": one, "2": two}).entries
    answer = world.run(import_users, ImportUsers(entries=entries), admin)
    assert answer == {
        "added": 1,
        "changed": 0,
        "same": 0,
        "refused": [
            {
                "row": 3,
                "code": "identity.department_unknown",
                "at": "memberships",
                "data": {"id": two},
            },
            {"row": 4, "code": "identity.account_taken", "at": "account", "data": {}},
        ],
    }
    with pytest.raises(NotFound) as caught:
        world.run(
            export_users, ExportUsers(department_id=two, request_id=consent(world, two)), admin
        )
    assert caught.value.code == "not_found"
    with world.transactions.begin() as unit:
        assert unit[Departments].get(two).id == two


def _with(actor: Any, *permissions: str) -> Any:
    return evolve(actor, permissions=actor.permissions | set(permissions))


def test_an_account_that_a_table_names_twice_is_one_user(world: Any) -> None:
    """The later line corrects the earlier one, whatever the case of its letters."""
    home = world.department("1")
    drafts = [full_draft("aaa", home), full_draft("AAA", home)]
    drafts[1] = evolve(drafts[1], person=evolve(drafts[1].person, name="后一行"))
    entries = tuple(UserEntry(row=row, draft=draft) for row, draft in enumerate(drafts, 2))
    answer = world.run(import_users, ImportUsers(entries=entries))
    assert answer == {"added": 1, "changed": 1, "same": 0, "refused": []}
    with world.transactions.begin() as unit:
        (found,) = unit[Users].find_by_accounts(["aaa"])
        assert (found.person.name, found.version) == ("后一行", 1)
