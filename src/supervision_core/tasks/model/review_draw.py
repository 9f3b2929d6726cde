"""复核抽取: which finished visits are looked at a second time, by lot and verifiable by anyone."""

from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from supervision_core.kernel.canonical import sm3

WHOLE = 100
"""A share is in percent of all."""


@frozen(kw_only=True)
class ReviewDraw:
    """复核抽取 (ReviewDraw): a share, in percent, of finished visits with third-party help.

    ``seed`` was made when the ``candidates``, ids of visits, were fixed; with both anyone finds the
    same ``picks``. Source: proposal 6.4.2.5.2.8.
    """

    seed: str
    share: int
    candidates: tuple[str, ...]
    by: str
    at: datetime

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
