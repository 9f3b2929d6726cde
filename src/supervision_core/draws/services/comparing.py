"""名单比较: with which earlier draw the pool of a draw is compared, in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from supervision_core.draws.lists import change_words, number_words
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.series import Fate, series_id
from supervision_core.draws.model.sources import DrawNumber
from supervision_core.draws.ports import Draws, SeriesOfDraws
from supervision_core.identity.model import region_contains
from supervision_core.kernel.days import local_day
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import REGION, Ask

FIRST: Final = "首次抽取，无从比较"
_FATES: Final[Mapping[Fate, str]] = {Fate.OPEN: "没有分发", Fate.CLEARED: "已清空"}


def frozen_at(draw: Draw) -> datetime:
    """Give when a draw was frozen; of older ones, until when its first commitments were awaited."""
    return draw.frozen_at or draw.rounds[0].due


def frozen_place(draw: Draw) -> tuple[datetime, int]:
    """Give where a draw stands among those frozen, also of one moment."""
    return frozen_at(draw), draw.number.number if draw.number else 0


def comparison_words(unit: UnitOfWork, last: Draw | None, *, region: str, scene: str) -> str:
    """Say with which draw the pool of a draw is compared that is frozen now, or that none is.

    Draws of its scene, ``scene``, that were frozen since then and came to nothing are named beside.
    """
    if last is None:
        return FIRST
    return _words(unit, last, region, scene) + _passed_over(unit, last, scene, before=None)


def compared_with(unit: UnitOfWork, draw: Draw) -> str:
    """Say with which draw the pool of a draw was compared; empty for one of before lists were."""
    if draw.changes_hash is None:
        return ""
    last = unit[Draws].get(draw.since) if draw.since else None
    if last is None:
        return FIRST
    scene = draw.number.scene if draw.number else ""
    return _words(unit, last, draw.region, scene) + _passed_over(unit, last, scene, before=draw)


def _words(unit: UnitOfWork, last: Draw, region: str, scene: str) -> str:
    ask, number = unit[Ask], last.number
    found = ask.resolve(REGION, {last.region} - {""})
    place = found[last.region].name if last.region in found else ""
    words = f"{place}（{last.region}）{number_words(number) if number else ''}抽取相比"
    if number is not None and number.scene:
        scenes = ask.resolve("scene", {number.scene})
        name = scenes[number.scene].name if number.scene in scenes else number.scene
        words = f"{'另一' if number.scene != scene else ''}场景“{name}”在{words}"
        if (fate := _fate_of(unit, number)) in _FATES:
            words += f"（该次抽取{_FATES[fate]}）"
    whole = region_contains(last.region, region)
    return f"与{words}" + ("" if whole else "，该区划以外的对象首次抽取，无从比较")


def _fate_of(unit: UnitOfWork, number: DrawNumber) -> Fate:
    series = unit[SeriesOfDraws].get(series_id(number.lead, number.scene, number.year))
    return series.fate(number.number)


def _passed_over(unit: UnitOfWork, last: Draw, scene: str, *, before: Draw | None) -> str:
    """Name the draws of a scene that were frozen after ``last`` and not dispatched.

    Each with what of its own pool was not as it was. ``before`` is the draw up to which is asked.
    """
    if not scene:
        return ""
    fates = dict[str, Fate]()
    for year in unit[SeriesOfDraws].years():
        if year >= local_day(frozen_at(last)).year:
            for series in unit[SeriesOfDraws].of_year(year, lead=last.lead, scene=scene):
                fates |= {one.draw: one.fate for one in series.numbered if one.fate in _FATES}
    draws = sorted(unit[Draws].find_many(fates), key=frozen_place)
    upto = None if before is None else frozen_place(before)
    between = [
        one
        for one in draws
        if frozen_place(last) < frozen_place(one) and (upto is None or frozen_place(one) < upto)
    ]
    if not between:
        return ""
    named = "；".join(_came_to_nothing(one, _FATES[fates[one.id]]) for one in between)
    return f"。其间冻结而没有分发的抽取不作为比较的依据：{named}"


def _came_to_nothing(draw: Draw, fate: str) -> str:
    parts = [fate, *change_words(draw.pool_changes)]
    return f"{number_words(draw.number) if draw.number else draw.id}（{'，'.join(parts)}）"


def open_twins(unit: UnitOfWork, *, lead: str, pool_hash: bytes, but_of: str) -> tuple[Draw, ...]:
    """Give the lead's open draws from the same pool for other tasks than one, oldest first.

    Whoever holds several chooses among their seeds which goes out.
    """
    fates = [
        one.draw
        for year in unit[SeriesOfDraws].years()
        for series in unit[SeriesOfDraws].of_year(year, lead=lead)
        for one in series.numbered
        if series.scene and one.fate is Fate.OPEN
    ]
    found = (one for one in unit[Draws].find_many(fates) if one.task != but_of)
    return tuple(sorted((one for one in found if one.pool_hash == pool_hash), key=frozen_place))


def twins_words(draws: Sequence[Draw]) -> str:
    """Name draws from the same pool that are open beside another one."""
    named = (number_words(one.number) if one.number else one.id for one in draws)
    return f"{'、'.join(named)}，分发任务时只选用其一的，种子就有得挑选"
