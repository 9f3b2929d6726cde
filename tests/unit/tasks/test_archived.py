"""档案: what an archive holds of a record, as it was stored when it was archived."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve

from supervision_core.kernel.canonical import canonical_json
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.tasks.model.publication import Publication
from supervision_core.tasks.model.rectification import Rectification
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.review_draw import ReviewDraw
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.transfer import Transfer
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.services.archiving import record_of
from supervision_core.testing.tasks import FARM, MOMENT, claim_draw, task

STORED: Final = Path(__file__).with_name("archived")
"""Records as the version of November 2026 stored them."""
KINDS: Final[dict[str, Any]] = {
    "task": Task, "visit": Visit, "rectification": Rectification, "transfer": Transfer,
    "review": Review, "publication": Publication,
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_of_before_is_archived_as_it_was_stored(kind: str) -> None:
    """A field that a later version adds does not change the digests that were kept."""
    text = (STORED / f"{kind}.json").read_text(encoding="utf-8")
    read = from_plain(KINDS[kind], json.loads(text))
    assert canonical_json(record_of(read)).decode() == text


def test_what_was_drawn_before_leaves_is_archived_as_it_was_stored() -> None:
    """Nothing of a leaf, nor of who reviews, in what had none: digests were kept."""
    made = task("task-1")
    before = evolve(claim_draw(), leaf=None)
    made._put(FARM, drawn=before, drawn_again=())
    made._review_draws = (ReviewDraw(seed="ab", share=50, candidates=("v1",), by="u-1", at=MOMENT),)
    text = canonical_json(record_of(made)).decode()
    assert before.seed in text
    assert not any(f'"{name}":' in text for name in ("leaf", "reviewers"))


def test_what_officers_were_drawn_from_is_archived() -> None:
    """With it, and the visits, anyone who has the archive draws them again."""
    record: Any = record_of(task("task-1"))
    assert [one.get("drawn") for one in record["_parts"]] == [None, to_plain(claim_draw())]
