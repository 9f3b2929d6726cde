"""What a ``draw/2`` rests on beside pool and rule: number, outsider, public value, opening."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import frozen

DRAW_1: Final = "draw/1"
DRAW_2: Final = "draw/2"


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
