"""What a ``draw/2`` rests on beside pool and rule: number, chain link, outsider, opening."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import frozen

from supervision_core.kernel.canonical import sm3

DRAW_1: Final = "draw/1"
DRAW_2: Final = "draw/2"
LONGEST_CHAIN: Final = 1_000_000
"""Links of a hash chain: a verifier hashes no more often, whatever a proof says."""


class Mark(StrEnum):
    """抽取标记 (Mark): what about a draw departs from chance or plan, and is shown with it."""

    ADJUSTED = "adjusted"
    UNPLANNED = "unplanned"
    GIVEN = "given"


@frozen(kw_only=True)
class DrawNumber:
    """抽取序号 (DrawNumber): the place of a draw among those of its lead, scene and year, from 1.

    Given at freezing and kept, also when the draw is cleared or its task deleted. A draw of one's
    own pool has a number among those of its department: its scene is ``""``.
    """

    lead: str
    scene: str
    year: int
    number: int


@frozen(kw_only=True)
class ChainLink:
    """散列链环节 (ChainLink): the link of the platform's hash chain of a year that a draw uses.

    ``link`` hashed ``index`` times gives ``anchor``, which was made public as the chain began; it
    is none until the round is opened.
    """

    anchor: bytes
    index: int
    link: bytes | None = None

    @property
    def holds(self) -> bool:
        """Whether the link is known and leads to the anchor."""
        if self.link is None or not 1 <= self.index <= LONGEST_CHAIN:
            return False
        reached = self.link
        for _ in range(self.index):
            reached = sm3(reached)
        return reached == self.anchor


class OutsiderKind(StrEnum):
    """外部来源 (OutsiderKind): who outside the lead's line takes part in the seed."""

    DEPARTMENT = "department"
    SUPERVISION = "supervision"
    PUBLIC_VALUE = "public_value"


@frozen(kw_only=True)
class Outsider:
    """外部参与方 (Outsider): what of the seed lies outside the lead's line.

    ``contributor`` is the department or the supervising one, empty where it is a public value.
    """

    kind: OutsiderKind
    contributor: str = ""


@frozen(kw_only=True)
class PublicValue:
    """公开数值 (PublicValue): a public value of a day after the deadline, fixed at freezing.

    ``value`` is its text, none until it was entered by two departments.
    """

    name: str
    issue: str
    value: str | None = None
    entered_by: tuple[str, ...] = ()


class OpenedBy(StrEnum):
    """开启方 (OpenedBy): whose key the deposits of a round were sealed to."""

    WITNESS = "witness"
    PLATFORM = "platform"


@frozen(kw_only=True)
class Opening:
    """随机数开启 (Opening): when a round was closed and its deposits opened, and by whom.

    ``demo`` where the witness was played by a demonstration.
    """

    closed_at: datetime
    opened_at: datetime
    by: OpenedBy
    demo: bool = False
