"""回避和替换的累计: how often officers kept away from firms, or were replaced there, by the log.

Whoever has it decided often, of one officer or for one firm, chooses who inspects. Rows of releases
before this was noted say neither officer nor firm, and count for their department alone.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from attrs import frozen

from supervision_core.audit.model import Outcome
from supervision_core.audit.ports import AuditFilter, AuditQueries
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.services import recuse_inspector
from supervision_core.draws.services.departures import Departure
from supervision_core.identity.services import Work
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import Ask
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.services.replacing import replace_officer

MOST: Final = 2
"""Times in a year up to which nothing is said of an officer or firm."""
YEAR: Final = timedelta(days=365)
RECUSED, REPLACED = recuse_inspector.name, replace_officer.name


@frozen(kw_only=True)
class KeptAway:
    """更换人员 (KeptAway): an officer who did not go to a firm to which he was to go.

    ``action`` is ``RECUSED`` or ``REPLACED``; officer and subject are empty of rows of before.
    """

    action: str
    department: str
    officer: str
    subject: str


def kept_away(
    unit: UnitOfWork, *, since: datetime, until: datetime | None = None
) -> Iterator[KeptAway]:
    """Give everything of that kind that was done from ``since`` to ``until``, newest first."""
    wanted = AuditFilter(
        since=since, until=until, actions=frozenset({RECUSED, REPLACED}), outcome=Outcome.DONE
    )
    for page in every_page(partial(unit[AuditQueries].search, wanted)):
        for row in page.items:
            noted = dict(row.entry.note)
            yield KeptAway(
                action=row.entry.action, department=row.entry.department,
                officer=noted.get("officer", ""), subject=noted.get("subject", ""),
            )  # fmt: skip


def often_kept_away(
    work: Work, draw: Draw | None, *, officers: Collection[str], subjects: Collection[str]
) -> Iterator[Departure]:
    """Name which of these were replaced or recused more than twice in the year up to now.

    Officers of the draw's roster count among them.
    """
    rostered = () if draw is None or draw.roster is None else draw.roster.inspectors
    known = {*officers, *(one.id for one in rostered)}
    found = list(kept_away(work.unit, since=work.now - YEAR))
    people = _often((one.officer for one in found), known)
    if people:
        names = work[Ask].resolve("officer", people)
        said = {one: names[one].name if one in names else one for one in people}
        yield Departure(title="一年内多次被替换、回避的执法人员", text=_words(people, said))
    firms = _often((one.subject for one in found), set(subjects))
    if firms:
        known_firms = {one.id: one.shown_name for one in work[Subjects].find_many(sorted(firms))}
        yield Departure(
            title="一年内检查人员多次被替换、回避的对象", text=_words(firms, known_firms)
        )


def _often(every: Iterator[str], among: set[str]) -> dict[str, int]:
    counts = Counter(one for one in every if one in among)
    return {one: times for one, times in sorted(counts.items()) if times > MOST}


def _words(often: dict[str, int], names: dict[str, str]) -> str:
    return "、".join(f"{names.get(one, one)}（{times}次）" for one, times in often.items())
