"""名单比较: with which earlier draw the pool of a draw is compared, in words."""

from typing import Final

from supervision_core.draws.lists import number_words
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.ports import Draws
from supervision_core.identity.model import region_contains
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import REGION, Ask

FIRST: Final = "首次抽取，无从比较"


def comparison_words(unit: UnitOfWork, last: Draw | None, region: str) -> str:
    """Say with which draw the pool of a draw in ``region`` is compared, or that there is none."""
    if last is None:
        return FIRST
    ask, number = unit[Ask], last.number
    found = ask.resolve(REGION, {last.region} - {""})
    place = found[last.region].name if last.region in found else ""
    words = f"{place}（{last.region}）{number_words(number) if number else ''}抽取相比"
    if number is not None and number.scene:
        scenes = ask.resolve("scene", {number.scene})
        name = scenes[number.scene].name if number.scene in scenes else number.scene
        words = f"场景“{name}”在{words}"
    whole = region_contains(last.region, region)
    return f"与{words}" + ("" if whole else "，该区划以外的对象首次抽取，无从比较")


def compared_with(unit: UnitOfWork, draw: Draw) -> str:
    """Say with which draw the pool of a draw was compared; empty for one of before lists were."""
    if draw.changes_hash is None:
        return ""
    last = unit[Draws].get(draw.since) if draw.since else None
    return comparison_words(unit, last, draw.region)
