import pytest

from supervision_core.kernel.headings import is_harmless, unknown_heading
from supervision_core.kernel.tables import (
    Cell,
    Column,
    MappingUnfit,
    TableFormat,
    match_headers,
    with_headings,
)

FIRMS = TableFormat(
    name="firms",
    title="企业",
    columns=(
        Column(name="name", title="企业名称", aliases=("单位名称",), required=True),
        Column(name="credit_code", title="统一社会信用代码", aliases=("信用代码",)),
        Column(name="contact_phone", title="联系电话"),
        Column(name="region", title="所属区划"),
    ),
)
CODE = "91350100M000100Y43"


@pytest.mark.parametrize(
    ("heading", "values", "code", "title"),
    [
        ("证照", [CODE] * 9 + ["无"], "kernel.table_heading_valued", "统一社会信用代码"),
        ("证照", [CODE, "1", "2"], "kernel.table_heading_unknown", None),
        ("找谁", ["13800000000", 13900000000], "kernel.table_heading_valued", "联系电话"),
        ("在哪", ["青秀区", "南宁市横县"], "kernel.table_heading_valued", "所属区划"),
        ("联系用电话", [], "kernel.table_heading_near", "联系电话"),
        ("天气", ["晴"], "kernel.table_heading_unknown", None),
    ],
)
def test_an_unknown_heading_says_what_it_may_be(
    heading: str, values: list[Cell], code: str, title: str | None
) -> None:
    """By its values where nearly all are such, else by its words, else not at all."""
    match = match_headers(FIRMS, ["企业名称", heading])
    said = unknown_heading(FIRMS, match, heading, values)
    assert (said.code, said.data.get("title")) == (code, title)
    assert match.extra == (heading,)


def test_a_column_that_is_there_already_is_not_offered() -> None:
    """A second column of codes is no second credit code."""
    match = match_headers(FIRMS, ["企业名称", "信用代码", "旧证照"])
    assert unknown_heading(FIRMS, match, "旧证照", [CODE]).code == "kernel.table_heading_unknown"


def test_running_numbers_and_remarks_are_understood() -> None:
    """序号 and 备注 stand in every table and are wanted by none."""
    assert all(map(is_harmless, ("序号", "序 号", "备注", "备注（盖章）")))
    assert not is_harmless("证照")


def test_what_is_mapped_wins_over_titles_and_aliases() -> None:
    """A heading goes where it is told to, even where another column has that name."""
    table = with_headings(FIRMS, [("单位名称", "所属区划"), ("户名", "name")])
    match = match_headers(table, ["户名", "单位名称", "企业名称"])
    assert match.columns == {"region": "单位名称", "name": "户名"}
    assert match.extra == ("企业名称",)


def test_a_mapping_to_no_column_or_twice_to_one_is_refused() -> None:
    """The refusal lists the columns there are."""
    with pytest.raises(MappingUnfit) as refusal:
        with_headings(FIRMS, [("户名", "天气"), ("a", "企业名称"), ("b", "单位名称")])
    first, second = refusal.value.reasons
    assert (first.code, second.code) == ("kernel.table_map_column", "kernel.table_map_twice")
    assert first.data["titles"] == "企业名称、统一社会信用代码、联系电话、所属区划"
