"""名单抽取证明: a draw at the claim, or of reviews, as a document that is replayed without us.

It holds what the task keeps: list, leaf with its path, seed and result. Source: design §14.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, cast

from attrs import frozen

from supervision_core.kernel.canonical import Json, canonical_json
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.tasks.model.claim_draw import ClaimDraw
from supervision_core.tasks.model.review_draw import ReviewDraw

CLAIM: Final = "claim-proof/1"
REVIEW: Final = "review-proof/1"
STEPS: Final[Mapping[str, str]] = {
    "format": "格式", "leaf": "预定数在预定数表中的位置", "seed": "种子由预定数和名单得出",
    "result": "按种子重新抽取的结果",
}  # fmt: skip


@frozen
class ReplayedStep:
    """重放步骤 (ReplayedStep): a step of ``STEPS``, and whether it holds."""

    step: str
    ok: bool


def claim_proof(draw: ClaimDraw, places: Mapping[str, str]) -> str:
    """Give the document of a draw at the claim, for subjects in their regions."""
    return _text({"format": CLAIM, "draw": to_plain(draw), "places": dict(places)})


def review_proof(draw: ReviewDraw) -> str:
    """Give the document of a draw of reviews."""
    picks = list[str](draw.picks)
    return _text({"format": REVIEW, "draw": to_plain(draw), "picks": cast("Json", picks)})


def _text(document: Mapping[str, Json]) -> str:
    return canonical_json(document).decode()


def replayed(document: object) -> tuple[ReplayedStep, ...]:
    """Draw again from a document, step by step; never raises, whatever it holds.

    Whether the root of the leaf was logged as its year began, and the list before the leaf was
    taken, the document cannot say; nor that its list is whole.
    """
    try:
        return tuple(ReplayedStep(*one) for one in _steps(document))
    except Exception:  # noqa: BLE001 - hostile input, whatever it makes of it
        return (ReplayedStep("format", ok=False),)


def _steps(document: object) -> Iterator[tuple[str, bool]]:
    read: dict[str, Callable[[Mapping[str, object]], Iterator[tuple[str, bool]]]] = {
        CLAIM: _claimed, REVIEW: _reviewed,
    }  # fmt: skip
    if not isinstance(document, Mapping):
        raise TypeError
    yield "format", True
    yield from read[document["format"]](document)


def _claimed(document: Mapping[str, object]) -> Iterator[tuple[str, bool]]:
    draw = from_plain(ClaimDraw, document["draw"])
    places = cast("Mapping[str, str]", document["places"])
    leaf = draw.leaf
    yield "leaf", leaf is not None and leaf.holds
    yield "seed", leaf is not None and leaf.gives(bytes.fromhex(draw.seed), draw.listed(places))
    found = draw.again(places)
    yield "result", found is not None and draw.finished(found, places) == draw


def _reviewed(document: Mapping[str, object]) -> Iterator[tuple[str, bool]]:
    draw = from_plain(ReviewDraw, document["draw"])
    yield "leaf", draw.leaf is not None and draw.leaf.holds
    yield "seed", draw.holds
    yield "result", document["picks"] == list[str](draw.picks)
