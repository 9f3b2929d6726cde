"""A draft of a form: what it keeps, for how long, and what is too much."""

from datetime import UTC, datetime, timedelta

import pytest

from supervision_core.identity.model import DraftTooLarge, FormDraft, LogInPolicy
from supervision_core.identity.model.drafts import KEPT_FOR, LONGEST_DRAFT, PICKING_FOR

NOON = datetime(2026, 11, 28, 4, tzinfo=UTC)
MOMENT = timedelta(seconds=1)
TEXTS = {"name": "节前检查"}


@pytest.fixture
def draft() -> FormDraft:
    """Give one that is empty."""
    return FormDraft(id="d-1", owner="u-1", place="/gov/tasks/do/create", saved_at=NOON)


def test_what_is_filled_in_lasts_as_long_as_was_said(draft: FormDraft) -> None:
    """And is to be swept after that, not before."""
    assert not draft.lasts_at(NOON)
    draft.fill(TEXTS, lasts=PICKING_FOR, at=NOON)
    end = NOON + PICKING_FOR
    for at, lasts in ((end - MOMENT, True), (end, False)):
        assert draft.lasts_at(at) is lasts
        assert draft.is_over(at=at, policy=LogInPolicy()) is not lasts
    assert draft.fields == TEXTS


def test_choosing_from_a_list_shortens_nothing(draft: FormDraft) -> None:
    """What was kept for days stays for days."""
    draft.fill(TEXTS, lasts=KEPT_FOR, at=NOON)
    draft.fill({"name": "节后检查"}, lasts=PICKING_FOR, at=NOON + timedelta(hours=1))
    assert draft.lasts_at(NOON + KEPT_FOR - MOMENT)
    assert not draft.lasts_at(NOON + KEPT_FOR)


def test_the_same_again_is_nothing_new(draft: FormDraft) -> None:
    """So that nothing is written; what has lapsed meanwhile is new."""
    assert draft.fill(TEXTS, lasts=KEPT_FOR, at=NOON)
    assert not draft.fill(dict(TEXTS), lasts=KEPT_FOR, at=NOON + MOMENT)
    assert draft.fill({}, lasts=KEPT_FOR, at=NOON + MOMENT)
    assert draft.fill({}, lasts=KEPT_FOR, at=NOON + 2 * KEPT_FOR)


def test_more_than_it_keeps_is_refused_and_what_was_kept_stays(draft: FormDraft) -> None:
    """identity.draft_large."""
    draft.fill(TEXTS, lasts=KEPT_FOR, at=NOON)
    with pytest.raises(DraftTooLarge) as refused:
        draft.fill({"name": "字" * LONGEST_DRAFT}, lasts=KEPT_FOR, at=NOON)
    assert [one.code for one in refused.value.reasons] == ["identity.draft_large"]
    assert draft.fields == TEXTS
    draft.fill({"name": "字" * (LONGEST_DRAFT - 4)}, lasts=KEPT_FOR, at=NOON)


def test_it_shows_nothing_of_what_is_filled_in(draft: FormDraft) -> None:
    """A log or an error holds no personal data."""
    draft.fill({"person": "王示例"}, lasts=KEPT_FOR, at=NOON)
    assert "王示例" not in repr(draft)
