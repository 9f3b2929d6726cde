from supervision_core.kernel.codes.data import guangxi_regions
from supervision_core.subjects.reading import Places

PLACES = Places(guangxi_regions())


def test_a_credit_code_of_a_former_county_leads_to_todays() -> None:
    """武鸣县 (450122) has been 武鸣区 (450110) since 2015; its firms keep their codes."""
    assert PLACES.of_credit_code("91450122MA500001XX") == "450110"


def test_a_credit_code_of_a_citys_own_office_leads_to_the_city() -> None:
    """An office without a county of its own counts as its city's; outside Guangxi as nowhere's."""
    assert PLACES.of_credit_code("91450199MA500001XX") == "450100"
    assert PLACES.of_credit_code("91440300MA500001XX") == ""


def test_an_address_leads_to_the_only_county_it_names() -> None:
    """The county's full name must stand in it, and no other's."""
    assert PLACES.of_address("南宁市武鸣区城厢镇示例路1号") == "450110"
    assert PLACES.of_address("南宁市示例路1号") == ""
    assert PLACES.of_address("武鸣区与青秀区交界处") == ""
