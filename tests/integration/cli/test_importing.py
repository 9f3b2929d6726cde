import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from attrs import evolve
from python_calamine import CalamineWorkbook

from entrypoints.container import generate_firms, generate_officers, open_platform
from supervision_core.kernel.codes.credit_code import (
    complete_credit_code,
    complete_organisation_code,
)
from supervision_core.officers.ports import Officers

Run = Callable[..., Any]

GOOD = complete_credit_code("91450100" + complete_organisation_code("MA5KA000"))
HEADINGS = ("企业名称", "统一社会信用代码", "成立时间", "所在区县")


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    """Write sheets of plain cells."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def cells(path: Path) -> list[list[Any]]:
    """Read the first sheet."""
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


@pytest.mark.function("F061", surface="cli")
def test_good_rows_go_in_and_bad_ones_come_back(run: Run, tmp_path: Path) -> None:
    """Every bad row is reported with row, column, reason and remedy; the others are registered."""
    rows = [
        ("企业名单",),
        HEADINGS,
        ("甲公司", GOOD, "2020年1月2日", "南宁市"),
        ("乙公司", "", "2020-01-02", "横县"),
        ("丙公司", "91450100MA5KA00103", "二〇二〇年春", "南宁市"),
    ]
    workbook(tmp_path / "firms.xlsx", {"名单": rows})
    said = run("import", "subjects", "firms.xlsx", "--database", "a.db", "--errors", "e.xlsx")
    assert said.code == 0
    assert "未导入 2" in said.out
    heading, *faulty = cells(tmp_path / "e.xlsx")
    assert heading[:4] == ["原文件行号", "有误的列", "错误原因", "处理办法"]
    assert [row[0] for row in faulty] == [4, 5]
    assert all(cell for row in faulty for cell in row[:4])


@pytest.mark.function("F061", surface="cli")
def test_a_corrected_error_workbook_is_taken_in(run: Run, tmp_path: Path) -> None:
    """What came back is mended where it is and sent again, without moving it to another form."""
    rows = [HEADINGS, ("乙公司", "", "2020-01-02", "南宁市")]
    workbook(tmp_path / "firms.xlsx", {"名单": rows})
    first = run("import", "subjects", "firms.xlsx", "--database", "a.db", "--errors", "e.xlsx")
    assert first.code == 3
    heading, row = cells(tmp_path / "e.xlsx")
    place = next(at for at, title in enumerate(heading) if "统一社会信用代码" in str(title))
    row[place] = GOOD
    workbook(tmp_path / "mended.xlsx", {"名单": [tuple(heading), tuple(row)]})
    said = run("import", "subjects", "mended.xlsx", "--database", "a.db", "--json")
    assert (said.data["added"], said.data["refused"]) == (1, 0)


def test_the_same_file_again_changes_nothing(run: Run, tmp_path: Path) -> None:
    """Nothing is imported twice, and the second report says so."""
    generate_firms(tmp_path / "firms.xlsx", 300, 7)
    first = run("import", "subjects", "firms.xlsx", "--database", "a.db", "--json").data
    again = run("import", "subjects", "firms.xlsx", "--database", "a.db", "--json").data
    assert first["added"] > 250
    assert (again["added"], again["changed"], again["same"]) == (0, 0, first["added"])
    assert again["refused"] == first["refused"]
    assert first["rows"] == first["added"] + first["refused"] + first["repeated"]


def test_rows_of_different_sheets_are_told_apart(run: Run, tmp_path: Path) -> None:
    """A contradiction across sheets names the other row with its sheet; none of both goes in."""
    one = [HEADINGS, ("甲公司", GOOD, "2020-01-02", "南宁市")]
    other = [HEADINGS, ("另一公司", GOOD, "2020-01-02", "南宁市")]
    workbook(tmp_path / "firms.xlsx", {"市场监管": one, "农业": other})
    said = run(
        "import", "subjects", "firms.xlsx", "--database", "a.db", "--errors", "e.xlsx", "--json"
    )
    (reason,) = said.data["reasons"]
    assert (said.code, said.data["refused"]) == (3, 2)
    assert reason["code"] == "subjects.row_contradicted"
    assert reason["first"] == ["市场监管!2", "农业!2"]
    heading, first, second = cells(tmp_path / "e.xlsx")
    place = heading.index("工作表")
    assert (first[place], second[place]) == ("市场监管", "农业")
    assert "农业!2" in first[2]


def test_a_sheet_without_its_headings_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    """A summary beside the list is named as not imported; a file of such alone is refused."""
    summary = [("所在区县", "登记状态", "户数"), ("南宁市", "存续", 12)]
    rows = [HEADINGS, ("甲公司", GOOD, "2020-01-02", "南宁市")]
    workbook(tmp_path / "both.xlsx", {"名单": rows, "汇总": summary})
    workbook(tmp_path / "summary.xlsx", {"汇总": summary})
    said = run("import", "subjects", "both.xlsx", "--database", "a.db", "--json")
    assert (said.code, said.data["added"], said.data["unread_sheets"]) == (0, 1, ["汇总"])
    refused = run("import", "subjects", "summary.xlsx", "--database", "a.db", "--json")
    assert (refused.code, refused.data["error"]) == (3, "intake.table_unfit")
    assert refused.data["reasons"][0]["code"] == "kernel.table_column_missing"


@pytest.mark.function("F064", surface="cli")
def test_officers_are_taken_in(run: Run, tmp_path: Path) -> None:
    """A list of officers goes in once, for the department that is named where rows name none."""
    directory(run, tmp_path)
    generate_officers(tmp_path / "officers.xlsx", 60, 7)
    names = {row[3] for row in cells(tmp_path / "officers.xlsx")} - {"", "所属部门"}
    called = [part for name in sorted(names) for part in ("--called", f"{name}=SCJG")]
    taking = ("import", "officers", "officers.xlsx", "--database", "a.db", "--json", *called)
    first, again = run(*taking).data, run(*taking).data
    assert first["added"] > 0
    assert (again["added"], again["same"]) == (0, first["added"])


def directory(run: Run, folder: Path) -> None:
    """Bring two departments into the database."""
    csv_of(folder / "r.csv", ("区划代码", "区划名称"), ("450000", "广西壮族自治区"))
    csv_of(
        folder / "d.csv", ("机构编码", "机构名称", "所属区划"),
        ("SCJG", "南宁市市场监督管理局", "450000"), ("YJ", "南宁市应急管理局", "450000"),
    )  # fmt: skip
    for what, name in (("regions", "r.csv"), ("departments", "d.csv")):
        assert run("import", what, name, "--database", "a.db").code == 0


def stored(folder: Path) -> dict[str, str]:
    """Give the name of the department in which each officer stands, as the list says it."""
    with sqlite3.connect(folder / "a.db") as database:
        return dict(
            database.execute(
                "SELECT officer.name, department.name FROM officer"
                " LEFT JOIN department ON department.id = officer.department"
            )
        )


ROLL = (
    ("姓名", "执法证号", "所属部门"), ("王示例", "45010000001", "南宁市市场监督管理局"),
    ("李示例", "45010000002", "YJ"), ("张示例", "45010000003", "南宁市监局"),
    ("赵示例", "45010000004", ""),
)  # fmt: skip


@pytest.mark.function("F064", surface="cli")
def test_an_officer_stands_in_a_department_or_stays_out(run: Run, tmp_path: Path) -> None:
    """By name or code; another word, or none, is refused with what is called nearly so.

    Whoever stood in a department that is a word could never be drawn.
    """
    directory(run, tmp_path)
    csv_of(tmp_path / "o.csv", *ROLL)
    taking = ("import", "officers", "o.csv", "--database", "a.db", "--region", "南宁市", "--json")
    said = run(*taking)
    assert (said.code, said.data["added"], said.data["refused"]) == (0, 2, 2)
    told = {one["code"]: one for one in said.data["reasons"]}
    assert set(told) == {"kernel.register_nearly_called", "officers.department_missing"}
    assert {one["column"] for one in told.values()} == {"所属部门"}
    near = told["kernel.register_nearly_called"]["reason"]
    assert "“所属部门”中没有名为“南宁市监局”的记录" in near
    assert "南宁市市场监督管理局（SCJG）" in near
    assert stored(tmp_path) == {"王示例": "南宁市市场监督管理局", "李示例": "南宁市应急管理局"}
    more = ("--called", "南宁市监局=SCJG", "--department", "南宁市应急管理局")
    assert run(*taking, *more).data["added"] == 2
    assert stored(tmp_path) == {
        "王示例": "南宁市市场监督管理局", "李示例": "南宁市应急管理局",
        "张示例": "南宁市市场监督管理局", "赵示例": "南宁市应急管理局",
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [("--department", "市监局"), ("--called", "甲=市监局"), ("--region", "南宁州")],
    ids=lambda words: words[0],
)
def test_an_option_that_means_nothing_here_takes_nothing_in(
    run: Run, tmp_path: Path, words: tuple[str, str]
) -> None:
    """A department or region is there, or the command is refused before a row is read."""
    directory(run, tmp_path)
    csv_of(tmp_path / "o.csv", *ROLL)
    said = run("import", "officers", "o.csv", "--database", "a.db", "--json", *words)
    assert said.code == 3
    (reason,) = said.data["reasons"]
    assert reason["code"] in {"kernel.register_nearly_called", "kernel.register_not_called"}
    assert words[1].rpartition("=")[2] in reason["reason"]
    assert stored(tmp_path) == {}


def test_officers_whose_department_is_a_word_are_told_and_mended(run: Run, tmp_path: Path) -> None:
    """By the doctor with what to do, which is done: the same list is imported again."""
    directory(run, tmp_path)
    csv_of(tmp_path / "o.csv", *ROLL[:2])
    taking = ("import", "officers", "o.csv", "--database", "a.db", "--json")
    assert run(*taking).data["added"] == 1
    platform = open_platform(f"sqlite:///{tmp_path}/a.db")
    with platform.transactions.begin() as unit:
        (one,) = unit[Officers].find_by_certificates(["45010000001"])
        one.correct(evolve(one.draft, department="南宁市监局"))
        unit[Officers].save(one)
        unit.commit()
    platform.engine.dispose()
    told = look(run)
    assert told["state"] == "bad"
    assert "1 人" in told["found"]
    assert "“南宁市监局”1 人（相近的有“南宁市市场监督管理局”" in told["found"]
    assert "import officers" in told["remedy"]
    assert run(*taking).data["changed"] == 1
    assert look(run)["state"] == "good"


def look(run: Run) -> dict[str, str]:
    """Give what the doctor says of officers."""
    checks = run("doctor", "--database", "a.db", "--json").data["checks"]
    (found,) = (one for one in checks if one["name"] == "platform.officers")
    return dict(found)


@pytest.mark.function("F061", surface="cli")
def test_the_filled_template_is_taken_in(run: Run, tmp_path: Path) -> None:
    """The template's own headings are understood, and its example is no data."""
    assert run("export", "template", "subjects", "t.xlsx").code == 0
    heading, example, *_ = cells(tmp_path / "t.xlsx")
    row = [""] * len(heading)
    row[0] = "甲公司"
    place = next(at for at, title in enumerate(heading) if "统一社会信用代码" in str(title))
    row[place] = GOOD
    workbook(tmp_path / "f.xlsx", {"表": [tuple(heading), tuple(example), tuple(row)]})
    said = run("import", "subjects", "f.xlsx", "--database", "a.db", "--json")
    assert (said.code, said.data["rows"], said.data["added"]) == (0, 1, 1)


@pytest.mark.function("F061", surface="cli")
def test_what_is_registered_can_be_exported_and_read_again(run: Run, tmp_path: Path) -> None:
    """The exported list has every subject, and is itself a table that can be imported."""
    generate_firms(tmp_path / "firms.xlsx", 300, 7)
    first = run("import", "subjects", "firms.xlsx", "--database", "a.db", "--json").data
    added = first["added"]
    assert (
        run("export", "subjects", "o.xlsx", "--database", "a.db", "--json").data["count"] == added
    )
    assert len(cells(tmp_path / "o.xlsx")) == added + 1
    again = run("import", "subjects", "o.xlsx", "--database", "b.db", "--json").data
    assert again["added"] == added


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "documents.file_empty"), (b"PK\x03\x04broken", "documents.file_damaged")],
    ids=["empty", "damaged"],
)
def test_a_file_that_is_no_table_is_refused(
    run: Run, tmp_path: Path, content: bytes, code: str
) -> None:
    """The reason and a remedy, never a trace."""
    (tmp_path / "firms.xlsx").write_bytes(content)
    said = run("import", "subjects", "firms.xlsx", "--database", "a.db", "--json")
    assert said.code == 3
    assert [one["code"] for one in said.data["reasons"]] == [code]
    assert said.data["reasons"][0]["remedy"] in said.err


def csv_of(path: Path, *rows: Sequence[object], encoding: str = "gb18030") -> None:
    """Write a table as an office's system exports it."""
    path.write_bytes("\r\n".join(",".join(map(str, row)) for row in rows).encode(encoding))


def _codes(count: int) -> list[str]:
    return [
        complete_credit_code("91450100" + complete_organisation_code(f"MA5KA{number:03}"))
        for number in range(count)
    ]


def test_a_heading_that_is_not_understood_is_named(run: Run, tmp_path: Path) -> None:
    """Named on screen, in the document and in the error workbook, with what it may be."""
    rows = [
        ("序号", "企业名称", "注册号", "证照代码", "登记机关名字", "心情", "备注"),
        *((n, f"甲{n}公司", f"45010000000{n}", code, "某局", "好", "")
          for n, code in enumerate(_codes(3), 1)),
    ]  # fmt: skip
    csv_of(tmp_path / "a.csv", *rows)
    words = ("import", "subjects", "a.csv", "--database", "a.db", "--errors", "e.xlsx")
    said = run(*words, "--json")
    told = {one["column"]: one for one in said.data["reasons"] if "heading" in one["code"]}
    assert {name: one["code"] for name, one in told.items()} == {
        "证照代码": "kernel.table_heading_valued",
        "登记机关名字": "kernel.table_heading_near",
        "心情": "kernel.table_heading_unknown",
    }
    assert "统一社会信用代码" in told["证照代码"]["reason"]
    assert "登记机关" in told["登记机关名字"]["remedy"]
    assert "--map 证照代码=统一社会信用代码" in run(*words).out
    listed = CalamineWorkbook.from_path(tmp_path / "e.xlsx").get_sheet_by_name("全部问题")
    assert {"证照代码", "登记机关名字", "心情"} <= {row[2] for row in listed.to_python()}


def test_a_column_is_mapped_only_when_asked(run: Run, tmp_path: Path) -> None:
    """What values suggest is never applied by itself; --map applies it, also over an alias."""
    (code,) = _codes(1)
    csv_of(tmp_path / "a.csv", ("户名", "证照代码", "所在地"), ("甲商店", code, "青秀区"))
    refused = run("import", "subjects", "a.csv", "--database", "a.db", "--json")
    assert (refused.code, refused.data["reasons"][0]["code"]) == (3, "documents.no_table")
    mapped = ("--map", "户名=企业名称", "--map", "证照代码=信用代码")
    said = run("import", "subjects", "a.csv", "--database", "a.db", *mapped, "--json")
    assert (said.code, said.data["added"], said.data["reasons"]) == (0, 1, [])


def test_a_file_without_its_required_heading_says_what_may_be_it(run: Run, tmp_path: Path) -> None:
    """A refusal of the whole file names the headings that were not understood."""
    (code,) = _codes(1)
    csv_of(tmp_path / "a.csv", ("户名", "信用代码", "区县"), ("甲超市", code, "青秀区"))
    said = run("import", "subjects", "a.csv", "--database", "a.db", "--json")
    assert (said.code, said.data["error"]) == (3, "intake.table_unfit")
    assert [one["code"] for one in said.data["reasons"]] == [
        "kernel.table_column_missing",
        "kernel.table_heading_valued",
    ]


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        ("企业名称=天气", 3, "kernel.table_map_unfit"),
        ("没有=企业名称", 3, "kernel.table_map_unfit"),
        ("企业名称", 2, ""),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(
    run: Run, tmp_path: Path, words: str, code: int, error: str
) -> None:
    """An unknown column is answered with the list of all, a heading that is not there by name."""
    csv_of(tmp_path / "a.csv", HEADINGS, ("甲公司", GOOD, "2020-01-02", "南宁市"))
    said = run("import", "subjects", "a.csv", "--database", "a.db", "--map", words, "--json")
    assert said.code == code
    if error:
        assert said.data["error"] == error
    if "天气" in words:
        assert "统一社会信用代码" in said.data["reasons"][0]["remedy"]


def test_a_table_without_rows_is_refused(run: Run, tmp_path: Path) -> None:
    """Nothing went in: exit 3 as the guide says, whether rows were wrong or there are none."""
    csv_of(tmp_path / "a.csv", HEADINGS)
    said = run("import", "subjects", "a.csv", "--database", "a.db")
    assert said.code == 3
    assert "✗ 没有导入任何一行：表头下面没有数据行" in said.out
    assert "✓" not in said.out


def test_what_is_told_of_many_rows_has_no_detail_of_one(run: Run, tmp_path: Path) -> None:
    """A few details are told each with its rows; many are told by what they share."""
    olds = ("横县", "蝶山区", "450127", "450404", "梧州市蝶山区")
    rows = [(f"甲{n}公司", code, "2020-01-02", olds[n % 5]) for n, code in enumerate(_codes(10))]
    csv_of(tmp_path / "few.csv", HEADINGS, *(row for row in rows if row[3] in olds[:2]))
    csv_of(tmp_path / "many.csv", HEADINGS, *rows)
    few = run("import", "subjects", "few.csv", "--database", "a.db", "--json").data["reasons"]
    assert sorted((one["count"], "横县" in one["reason"]) for one in few) == [(2, False), (2, True)]
    words = ("import", "subjects", "many.csv", "--database", "b.db", "--errors", "e.xlsx", "--json")
    (one,) = run(*words).data["reasons"]
    assert one["count"] == 10
    assert not any(old in one["reason"] for old in olds)
    listed = CalamineWorkbook.from_path(tmp_path / "e.xlsx").get_sheet_by_name("全部问题")
    assert [row[1] for row in listed.to_python()[1:]] == list(range(2, 12))
