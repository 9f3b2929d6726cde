from hypothesis import given, settings
from hypothesis import strategies as st

from supervision_core.identity.model import DataScope, Placement, Reading, SceneRole, admits

REGIONS = st.sampled_from(["450000", "450100", "450103", "450200", "440100"])
DEPARTMENTS = st.frozensets(st.sampled_from(["d1", "d2", "d3"]))
PARTIES = st.frozensets(st.sampled_from(["f1", "f2", ""]))
SCOPES = st.builds(
    DataScope,
    region=REGIONS,
    departments=DEPARTMENTS,
    role=st.none() | st.sampled_from(SceneRole),
    party=st.sampled_from(["", "f1", "f2"]),
)
PLACEMENTS = st.builds(
    Placement,
    region=REGIONS,
    departments=DEPARTMENTS,
    lead=st.sampled_from(["", "d1", "d2"]),
    parties=PARTIES,
)


def _expected(scope: DataScope, place: Placement) -> bool:
    """Say the rule a second time, as a reader of the proposal would."""
    if scope.role in {SceneRole.THIRD_PARTY, SceneRole.ENTERPRISE, SceneRole.CITIZEN}:
        return scope.party != "" and scope.party in place.parties
    prefix = scope.region
    while prefix.endswith("00"):
        prefix = prefix[:-2]
    if not place.region.startswith(prefix):
        return False
    if scope.role is SceneRole.LEAD:
        return place.lead != "" and (scope.departments == set() or place.lead in scope.departments)
    if scope.role is SceneRole.JOINING:
        joining = {one for one in place.departments if one != place.lead}
        return any(one in scope.departments or not scope.departments for one in joining)
    return (
        not scope.departments
        or not place.departments
        or any(one in place.departments for one in scope.departments)
    )


@settings(max_examples=700, deadline=None)
@given(SCOPES, PLACEMENTS)
def test_covers_is_region_department_and_role(scope: DataScope, place: Placement) -> None:
    """Model = app: region subtree × department × scene role, whatever the combination."""
    covered = scope.covers(
        region=place.region,
        departments=place.departments,
        lead=place.lead,
        parties=place.parties,
    )
    assert covered is _expected(scope, place) is admits(scope.predicate(), place)


def test_a_firm_reaches_nothing_that_is_not_told_to_concern_it() -> None:
    """Where a use case forgets to say whom an object concerns, firms are kept out."""
    firm = DataScope(region="450000", role=SceneRole.ENTERPRISE, party="f1")
    assert not firm.covers(region="450100", departments=frozenset())
    assert firm.covers(region="440100", departments=frozenset(), parties=frozenset({"f1"}))


def _looked_at(scope: DataScope, place: Placement, reading: Reading) -> bool:
    """Say who reads what a second time."""
    outside = scope.role in {SceneRole.THIRD_PARTY, SceneRole.ENTERPRISE, SceneRole.CITIZEN}
    if reading is Reading.EVERYONE:
        return True
    if reading is Reading.OWNER and outside:
        return False
    if reading is Reading.OWNER_AND_BELOW and not outside:
        mine, its = scope.region, place.region
        while mine.endswith("00"):
            mine = mine[:-2]
        while its.endswith("00"):
            its = its[:-2]
        return mine.startswith(its) or its.startswith(mine)
    return _expected(scope, place)


@settings(max_examples=700, deadline=None)
@given(SCOPES, PLACEMENTS, st.sampled_from(Reading))
def test_reading_is_said_apart_from_writing(
    scope: DataScope, place: Placement, reading: Reading
) -> None:
    """Who may look: everyone, those in line with the owner's region, the owner, a party."""
    assert admits(scope.readable(reading), place) is _looked_at(scope, place, reading)


def test_a_county_reads_what_the_region_owns_and_changes_none_of_it() -> None:
    """The region's law is read in every county below it; its neighbour's is not."""
    county = DataScope(region="450103", departments=frozenset({"d1"}))
    law = Placement(region="450000", departments=frozenset({"d9"}))
    assert admits(county.readable(Reading.OWNER_AND_BELOW), law)
    assert not admits(county.predicate(), law)
    neighbour = Placement(region="450200")
    assert not admits(county.readable(Reading.OWNER_AND_BELOW), neighbour)
