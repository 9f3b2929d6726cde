"""The platform's hash chain of a year: which link a draw uses follows from its place alone."""

from typing import ClassVar, Final, Self

from attrs import define, field, setters

from supervision_core.draws.model.sources import ChainLink
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate

LENGTH: Final = 65_536
"""Links of a chain: draws of an installation in a year."""


@define(eq=False)
class ChainUsedUp(Refused):
    """Every link of the year's chain is used."""

    code: ClassVar[str] = "draws.chain_used_up"


def hashed(start: bytes, times: int) -> bytes:
    """Give what hashing so many times leads to."""
    for _ in range(times):
        start = sm3(start)
    return start


@define(eq=False, kw_only=True)
class Chain(Aggregate):
    """散列链 (Chain): the platform's hash chain of one year, which is its id.

    ``anchor`` was written into the audit log as the chain began; the i-th draw of the year uses the
    link that leads to it by hashing i times. Links are taken one by one and none twice: restarted,
    copied or rolled back, an installation takes the same link for the same place.
    """

    anchor: bytes = field(on_setattr=setters.frozen)
    _taken: int = 0

    @classmethod
    def begin(cls, *, year: int, anchor: bytes) -> Self:
        """Begin the chain of a year."""
        return cls(id=str(year), anchor=anchor)

    @property
    def taken(self) -> int:
        """How many links draws use."""
        return self._taken

    def take(self) -> ChainLink:
        """Give the place of the next link; the link itself stays unknown.

        Raises ``ChainUsedUp``.
        """
        used_up = Violation("draws.chain_used_up", data={"year": self.id, "length": LENGTH})
        refuse_if(ChainUsedUp, [used_up] if self._taken >= LENGTH else [])
        self._taken += 1
        return ChainLink(anchor=self.anchor, index=self._taken)
