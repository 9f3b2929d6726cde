"""Administrative regions of Guangxi (GB/T 2260)."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.kernel.codes.data import guangxi_regions, issuing_regions
from supervision_core.kernel.codes.hierarchy import Hierarchy
from supervision_core.kernel.codes.region import (
    Region,
    RegionLevel,
    RegionTree,
    Succession,
    short_name,
)

TREE = guangxi_regions()
REGIONS = st.sampled_from(list(TREE))


def test_guangxi_is_whole() -> None:
    """14 cities and 111 counties: 41 districts, 10 cities, 48 counties, 12 autonomous ones."""
    assert Counter(region.level for region in TREE) == {
        RegionLevel.PROVINCE: 1,
        RegionLevel.CITY: 14,
        RegionLevel.COUNTY: 111,
    }
    kinds = Counter(region.kind for region in TREE if region.level is RegionLevel.COUNTY)
    assert kinds == {"市辖区": 41, "县级市": 10, "县": 48, "自治县": 12}
    assert [region.name for region in TREE.children()] == ["广西壮族自治区"]
    assert len(TREE.children("450100")) == 12


def test_every_region_of_the_tree_once_issued_identity_cards() -> None:
    """The two tables agree on codes and names; the national one has 6,820 codes."""
    assert len(issuing_regions()) == 6820
    assert [r for r in TREE if issuing_regions().get(r.code) != r.name] == []


@given(REGIONS)
def test_the_code_shows_the_place_in_the_tree(region: Region) -> None:
    """A county lies in the city, and the city in the region, whose digits it begins with."""
    above = [node.code for node in TREE.ancestors(region.code)]
    digits = [region.code[:4] + "00", region.code[:2] + "0000"]
    assert above == [code for code in digits if code != region.code]


@given(REGIONS, REGIONS)
def test_containing_is_an_order(one: Region, other: Region) -> None:
    """Each region contains itself, its ancestors contain it, and nothing else does."""
    ancestors = [node.code for node in TREE.ancestors(other.code)]
    assert TREE.contains(one.code, other.code) == (one.code in [other.code, *ancestors])


def test_an_unknown_region_lies_nowhere() -> None:
    """Not even in itself."""
    assert not TREE.contains("999999", "999999")
    assert not TREE.contains("450000", "999999")
    assert not TREE.contains("999999", "450103")


@given(REGIONS)
def test_a_region_is_found_by_all_its_names(region: Region) -> None:
    """Code, longer codes below it, full name and short name; names and paths are unique."""
    path = "".join(node.name for node in [*reversed(TREE.ancestors(region.code)), region])
    short = "/".join(
        short_name(node.name) for node in [*reversed(TREE.ancestors(region.code)), region]
    )
    for text in (
        region.code,
        region.code + "001",
        region.code + "001203",
        region.name,
        short_name(region.name),
        f" {region.name}\u3000",
        path,
        short,
    ):
        assert TREE.resolve(text) == region, text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("南宁", "450100"),
        ("广西", "450000"),
        ("三江", "450226"),
        ("龙胜", "450328"),
        ("环江", "451226"),
        ("罗城", "451225"),
        ("容县", "450921"),
        ("防城", "450603"),
        ("防城港", "450600"),
        ("防城港市防城区", "450603"),
        ("广西南宁市青秀区", "450103"),
        ("南宁青秀", "450103"),
        ("南宁市 － 青秀区", "450103"),
        ("广西/青秀", "450103"),
        ("\uff14\uff15\uff10\uff11\uff10\uff13", "450103"),
    ],
)
def test_people_write_regions_in_many_ways(text: str, code: str) -> None:
    """Full, short, as a path, in full width: all mean the same place."""
    found = TREE.resolve(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("old", "new"),
    [("450127", "450181"), ("横县", "450181"), ("451021", "451003"), ("田阳县", "451003"),
     ("451023", "451082"), ("平果县", "451082"), ("450127001", "450181")],
)  # fmt: skip
def test_a_former_region_leads_to_its_successor(old: str, new: str) -> None:
    """Old codes and names stand in every register that is older than the change."""
    found = TREE.resolve(old)
    assert found is not None
    assert found.code == new


def test_only_a_changed_code_changes() -> None:
    """A code that never changed is its own successor, known or not."""
    assert TREE.current_code("450127") == "450181"
    assert TREE.current_code("450103") == "450103"
    assert TREE.current_code("110101") == "110101"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "上海",
        "市",
        "4501",
        "110101",
        "450127x",
        "南宁市柳南区",
        "青秀区南宁市",
        "青秀区民族大道",
    ],
)
def test_what_is_no_region_of_guangxi_is_unknown(text: str) -> None:
    """Neither guessed nor cut short: ``kernel.region_unknown``."""
    assert TREE.find(text) == ()
    assert TREE.resolve(text) is None
    assert [violation.code for violation in TREE.check(text)] == ["kernel.region_unknown"]


def test_a_hint_narrows() -> None:
    """Within a region only what lies in it is found, itself included."""
    assert TREE.resolve("青秀", within="450100") == TREE["450103"]
    assert TREE.resolve("450103", within="450000") == TREE["450103"]
    assert TREE.resolve("南宁市", within="450100") == TREE["450100"]
    assert TREE.resolve("青秀", within="450200") is None
    assert TREE.resolve("青秀", within="999999") is None
    assert TREE.check("青秀", within="450100") == ()


@pytest.fixture
def twins() -> RegionTree:
    """Two cities, each with a district called 城区."""
    return RegionTree(
        [
            Region("990000", "甲省", "", RegionLevel.PROVINCE),
            Region("990100", "乙江市", "990000", RegionLevel.CITY),
            Region("990200", "丙江市", "990000", RegionLevel.CITY),
            Region("990102", "新城区", "990100", RegionLevel.COUNTY),
            Region("990202", "新城区", "990200", RegionLevel.COUNTY),
        ]
    )


def test_a_name_of_two_regions_is_ambiguous(twins: RegionTree) -> None:
    """The candidates are told, and a hint or the path decides."""
    assert [region.code for region in twins.find("新城")] == ["990102", "990202"]
    assert twins.resolve("新城区") is None
    (violation,) = twins.check("新城区")
    assert violation.code == "kernel.region_ambiguous"
    assert violation.data == {"candidates": "新城区(990102)、新城区(990202)"}
    for found in (
        twins.resolve("新城区", within="990200"),
        twins.resolve("丙江新城区"),
        twins.resolve("甲省丙江市新城", within="990200"),
    ):
        assert found == twins["990202"]


def test_a_successor_must_exist() -> None:
    """A history that leads nowhere is refused when it is read."""
    with pytest.raises(ValueError, match=r"^450181$"):
        RegionTree([], [Succession("450127", "横县", "450181", "2021")])


@pytest.mark.parametrize(
    ("places", "reason"),
    [
        ([("1", ""), ("1", "")], "^1$"),
        ([("1", "2")], "2"),
        ([("1", "2"), ("2", "1")], "own ancestor"),
        ([("1", ""), ("2", "2")], "own ancestor"),
    ],
    ids=["twice", "orphan", "ring", "own parent"],
)
def test_a_hierarchy_is_a_forest(places: list[tuple[str, str]], reason: str) -> None:
    """No code twice, no unknown parent, no ring."""
    nodes = [Region(code, code, parent, RegionLevel.COUNTY) for code, parent in places]
    with pytest.raises(ValueError, match=reason):
        Hierarchy(nodes)
