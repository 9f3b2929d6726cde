"""到场证明: how many visits prove that officers were on the spot, by department (design §14)."""

import pytest

from supervision_core.tasks.model.presence import PlaceProof, PlaceShare, place_shares


def test_shares_by_department_the_worst_first() -> None:
    """A reason is no proof; who never proves anything stands first."""
    found = place_shares(
        {
            ("dept-a", PlaceProof.FIRM): 7,
            ("dept-a", PlaceProof.REASON): 1,
            ("dept-b", PlaceProof.NONE): 2,
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
