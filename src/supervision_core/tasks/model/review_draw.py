"""复核抽取: which finished visits are looked at a second time, by lot and verifiable by anyone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Self

from attrs import evolve, frozen

from supervision_core.draws.model.leaves import Leaf
from supervision_core.kernel.canonical import canonical_json, sm3

LISTED: Final = "review-list/1"
"""The format of what is fixed before reviews are drawn."""
WHOLE = 100
"""A share is in percent of all."""


@frozen(kw_only=True)
class ReviewDraw:
    """复核抽取 (ReviewDraw): a share, in percent, of finished visits with third-party help.

    The ``candidates``, ids of visits, the share and the ``reviewers`` were fixed, as
    ``listed`` tells, before the platform's ``leaf`` was known, from whose value and the list the
    ``seed`` follows; older draws have no leaf. With seed and candidates anyone finds the same
    ``picks``. Source: proposal 6.4.2.5.2.8.
    """

    seed: str = ""
    share: int
    candidates: tuple[str, ...]
    by: str
    at: datetime
    reviewers: tuple[str, ...] = ()
    leaf: Leaf | None = None

    @property
    def listed(self) -> bytes:
        """The SM3 of the list: what may be picked, how much of it, and for whom."""
        return sm3(
            canonical_json(
                {
                    "format": LISTED,
                    "share": self.share,
                    "candidates": list[str](self.candidates),
                    "reviewers": list[str](self.reviewers),
                }
            )
        )

    def seeded(self, leaf: Leaf) -> Self:
        """Give the same with the leaf, its value known, that draws."""
        return evolve(self, leaf=leaf, seed=leaf.seed(self.listed).hex())

    @property
    def holds(self) -> bool:
        """Whether the seed follows from leaf and list; nothing says so of what has no leaf."""
        return self.leaf is not None and self.leaf.gives(bytes.fromhex(self.seed), self.listed)

    @property
    def picks(self) -> tuple[str, ...]:
        """The visits that were drawn, in the order of their lots."""
        return drawn(self.candidates, seed=self.seed, share=self.share)


def drawn(candidates: Iterable[str], *, seed: str, share: int) -> tuple[str, ...]:
    """Draw ``share`` percent of the candidates, rounded up, by the SM3 of seed and id.

    Those of the lowest lots are drawn; the order in which candidates are given changes nothing.
    """
    ranked = sorted({one: _lot(seed, one) for one in candidates}.items(), key=lambda it: it[1])
    most = -(-len(ranked) * share // WHOLE)
    return tuple(one for one, _ in ranked[:most])


def _lot(seed: str, candidate: str) -> str:
    return sm3(f"{seed}/{candidate}".encode()).hex()
