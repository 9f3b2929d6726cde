"""A draw at the claim, or of reviews, is replayed from its document alone."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from entrypoints.cli.drawing import verify_list_draw
from supervision_core.tasks.model.list_proof import STEPS, claim_proof, replayed, review_proof
from supervision_core.testing.draws import leaf_at

from .test_claim_draw import PLACES, drawn
from .test_task import review_draw

CLAIMED = claim_proof(drawn(), PLACES)
REVIEWED = review_proof(review_draw().seeded(leaf_at(3)))


@pytest.mark.parametrize("text", [CLAIMED, REVIEWED])
def test_a_stored_list_and_leaf_give_the_same_again(text: str) -> None:
    """List, leaf, seed and result belong together: anybody draws again, without the platform."""
    steps = replayed(json.loads(text))
    assert [one.step for one in steps] == list(STEPS)
    assert all(one.ok for one in steps)


@pytest.mark.parametrize(
    ("text", "change", "failed"),
    [
        (CLAIMED, lambda it: it["draw"]["candidates"].pop(), ["seed", "result"]),
        (CLAIMED, lambda it: it["draw"].update(result="00" * 32), ["result"]),
        (CLAIMED, lambda it: it["draw"]["leaf"].update(index=8), ["leaf", "seed"]),
        (CLAIMED, lambda it: it["draw"].update(leaf=None), ["leaf", "seed"]),
        (REVIEWED, lambda it: it["picks"].pop(), ["result"]),
        (REVIEWED, lambda it: it["draw"].update(share=51), ["seed", "result"]),
        (REVIEWED, lambda it: it.update(format="other"), ["format"]),
    ],
)
def test_what_was_changed_is_seen(text: str, change: Any, failed: list[str]) -> None:
    """Another list, leaf or result does not hold; what is no document is none."""
    document = json.loads(text)
    change(document)
    found = [one.step for one in replayed(document) if not one.ok]
    assert found[0] == failed[0]
    assert set(found) <= {*failed, "result"}


def test_the_command_says_what_it_did_not_check(tmp_path: Path) -> None:
    """It ends by what a replay cannot show: that nobody computed the leaf beforehand."""
    material = tmp_path / "material.json"
    material.write_text(CLAIMED, encoding="utf-8")
    done = CliRunner().invoke(verify_list_draw, [str(material)])
    assert done.exit_code == 0
    assert "可以事先算出预定数" in done.output
    material.write_text(CLAIMED.replace('"cap":null', '"cap":9'), encoding="utf-8")
    failed = 4
    assert CliRunner().invoke(verify_list_draw, [str(material)]).exit_code == failed
    material.write_text("no json", encoding="utf-8")
    assert CliRunner().invoke(verify_list_draw, [str(material)]).exit_code == failed
