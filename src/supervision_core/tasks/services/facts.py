"""Results become facts of their subject, for the next assessment."""

from supervision_core.identity.services import Work
from supervision_core.kernel.days import local_day
from supervision_core.kernel.events import Thing
from supervision_core.subjects.facts import SubjectFact
from supervision_core.subjects.model.subject import SubjectFactsRecorded
from supervision_core.subjects.ports import SubjectFacts, Subjects
from supervision_core.tasks.model.facts import formed_result, order_record, result_facts
from supervision_core.tasks.model.rectification import Rectification
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import RectificationQueries, VisitQueries


def record_facts(
    work: Work,
    subject: str,
    *,
    source: str,
    visit: Visit | None = None,
    rectification: Rectification | None = None,
) -> None:
    """Record what all results and orders say of ``subject`` today.

    ``visit`` and ``rectification`` are those just saved: they count whatever the lists still show.
    """
    today = local_day(work.now)
    results = {each.visit: each for each in work[VisitQueries].formed_results(subject, until=today)}
    orders = {
        each.rectification: each
        for each in work[RectificationQueries].order_records(subject, today=today)
    }
    if visit is not None and (formed := formed_result(visit)) is not None:
        results[visit.id] = formed
    if rectification is not None:
        orders[rectification.id] = order_record(rectification, today=today)
    facts = result_facts(results.values(), orders.values(), on=today)
    work[SubjectFacts].record(
        [
            SubjectFact(subject=subject, name=name, value=value, known_on=today, source=source)
            for name, value in facts
        ]
    )
    work.wrote("subject_facts", subject)
    work.unit.emit(
        SubjectFactsRecorded(at=work.now, subject=subject), Thing(Subjects.kind, subject, 0)
    )
