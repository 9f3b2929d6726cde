from hypothesis import given, settings
from hypothesis import strategies as st

from supervision_core.identity.model import DataScope, Placement, SceneRole, admits

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
