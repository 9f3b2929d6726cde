"""到场证明: how many visits prove that officers were on the spot, by department (design §14)."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.tasks.model.presence import (
    NEAR_METRES,
    CheckIn,
    PlaceProof,
    PlaceShare,
    Position,
    place_shares,
)

NANNING = Position(22.817002, 108.366543)
LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)
POSITIONS = st.builds(Position, LATITUDES, LONGITUDES)


@pytest.mark.parametrize(
    ("place", "position"),
    [
        ("22.81,108.36（误差9米）", Position(22.81, 108.36)),
        (" -22.81,-108.36", Position(-22.81, -108.36)),
        ("南宁市青秀区示例路1号", None),
        ("", None),
    ],
)
def test_a_place_that_begins_with_coordinates_has_a_position(
    place: str, position: Position | None
) -> None:
    """Latitude first, as phones give them; an address in words has none."""
    assert Position.at_start_of(place) == position


@pytest.mark.parametrize(
    ("other", "metres"),
    [
        (NANNING, 0),
        (Position(22.817002, 108.376543), 1025),  # a hundredth of a degree to the east
        (Position(22.827002, 108.366543), 1112),  # and to the north
        (Position(23.129110, 113.264385), 503_250),  # Guangzhou
    ],
)
def test_metres_from_nanning(other: Position, metres: int) -> None:
    """Within 0.6 % of the distance on the ellipsoid."""
    assert NANNING.metres_to(other) == pytest.approx(metres, rel=0.006)


@given(POSITIONS, POSITIONS)
def test_the_way_back_is_as_long(one: Position, other: Position) -> None:
    """The same both ways, and nowhere longer than half way round."""
    there = one.metres_to(other)
    assert there == pytest.approx(other.metres_to(one), abs=1)
    assert 0 <= there <= 20_016_000


@pytest.mark.parametrize(
    ("metres", "proof"),
    [
        (0, PlaceProof.POSTED),
        (NEAR_METRES, PlaceProof.POSTED),
        (NEAR_METRES + 1, PlaceProof.FAR),
        (None, PlaceProof.POSTED),
    ],
)
def test_a_posted_code_proves_nothing_far_from_the_firm(
    metres: int | None, proof: PlaceProof
) -> None:
    """A code can be photographed and scanned elsewhere; a reason for it makes it no proof."""
    came = CheckIn(
        by="officer-1", at=datetime(2026, 6, 1, 2, tzinfo=UTC), code="SC1", photo="f-1",
        place="22.81,108.36（误差9米）", metres=metres, reason="搬迁",
    )  # fmt: skip
    assert came.proof is proof


def test_shares_by_department_the_worst_first() -> None:
    """A reason is no proof; who never proves anything stands first."""
    found = place_shares(
        {
            ("dept-a", PlaceProof.FIRM): 7,
            ("dept-a", PlaceProof.REASON): 1,
            ("dept-b", PlaceProof.NONE): 1,
            ("dept-b", PlaceProof.FAR): 1,
            ("dept-c", PlaceProof.POSTED): 3,
        }
    )
    assert [(one.department, one.visits, one.unproved, one.share) for one in found] == [
        ("dept-b", 2, 2, "100.0%"),
        ("dept-a", 8, 1, "12.5%"),
        ("dept-c", 3, 0, "0.0%"),
    ]


@pytest.mark.parametrize(
    ("proved", "unproved", "share"), [(2, 1, "33.3%"), (1, 2, "66.7%"), (0, 0, "0.0%")]
)
def test_a_share_is_rounded_to_a_tenth(proved: int, unproved: int, share: str) -> None:
    """Per cent with one decimal, halves up; of nothing it is nought."""
    assert PlaceShare(department="d", firm=proved, none=unproved).share == share
