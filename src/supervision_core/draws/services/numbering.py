"""Which number a draw has, and what became of those before it."""

from collections.abc import Iterator

from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.series import DrawSeries, Fate, Sibling, series_id
from supervision_core.draws.ports import SeriesOfDraws
from supervision_core.identity.services import Work
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import UnitOfWork


def series_of(work: Work, *, lead: str, scene: str) -> DrawSeries:
    """Give the series of this year into which a draw that is being frozen enters.

    It is stored with the draw: of two that enter at once, one is refused as ``Conflict``.
    """
    year = local_day(work.now).year
    known = find(work.unit, SeriesOfDraws, series_id(lead, scene, year))
    return known or DrawSeries.begin(lead=lead, scene=scene, year=year)


def keep_cleared(work: Work, draw: Draw, *, reason: str) -> None:
    """Keep with the number of a draw that it was cleared, and why."""
    if (series := _own(work.unit, draw)) is not None and draw.number is not None:
        series.clear(draw.number.number, reason=reason)
        work.save(SeriesOfDraws, series)


def keep_dispatched(work: Work, draw: Draw) -> None:
    """Keep with the number of a draw that its task was dispatched."""
    if (series := _own(work.unit, draw)) is not None and draw.number is not None:
        series.dispatch(draw.number.number)
        work.save(SeriesOfDraws, series)


def against_changing(work: Work, draw: Draw) -> Iterator[Violation]:
    """Say that the task of a draw went out: what it drew then stands, and is proved."""
    series, given = _own(work.unit, draw), draw.number
    if series is not None and given is not None and series.fate(given.number) is Fate.DISPATCHED:
        yield Violation("draws.sent_out", "draw_id")


def siblings_of(unit: UnitOfWork, draw: Draw) -> tuple[Sibling, ...]:
    """Give the draws of its lead and scene before it, since the last that was dispatched.

    Where none of its year was, those of the year before come first.
    """
    given = draw.number
    if given is None:
        return ()
    return _since_dispatched(unit, given.lead, given.scene, given.year, given.number)


def siblings_to_be(unit: UnitOfWork, lead: str, scene: str, year: int) -> tuple[Sibling, ...]:
    """Give what would be the siblings of a draw that is frozen now."""
    own = find(unit, SeriesOfDraws, series_id(lead, scene, year))
    number = 1 if own is None else len(own.numbered) + 1
    return _since_dispatched(unit, lead, scene, year, number)


def _since_dispatched(
    unit: UnitOfWork, lead: str, scene: str, year: int, number: int
) -> tuple[Sibling, ...]:
    own = find(unit, SeriesOfDraws, series_id(lead, scene, year))
    found = () if own is None else own.before(number)
    before = find(unit, SeriesOfDraws, series_id(lead, scene, year - 1))
    if before is None or (own is not None and own.any_dispatched(number)):
        return found
    return (*before.left, *found)


def _own(unit: UnitOfWork, draw: Draw) -> DrawSeries | None:
    given = draw.number
    if given is None:
        return None
    return unit[SeriesOfDraws].get(series_id(given.lead, given.scene, given.year))
