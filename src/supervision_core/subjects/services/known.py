"""What models may read of subjects: the facts that are kept, and what the register itself says."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from supervision_core.kernel.ports import UnitOfWork
from supervision_core.subjects.facts import REGISTRATION_STATUS, FactValue
from supervision_core.subjects.model.content import STATUS_TITLES
from supervision_core.subjects.ports import SubjectFacts, Subjects


def known_facts(
    unit: UnitOfWork, ids: Sequence[str], day: date, asked: Collection[str]
) -> Mapping[str, Mapping[str, FactValue]]:
    """Give what is known of subjects on a day; of the register only what is ``asked`` for."""
    facts = unit[SubjectFacts].facts_on(ids, day)
    if REGISTRATION_STATUS not in asked:
        return facts
    said = {one.id: STATUS_TITLES[one.status] for one in unit[Subjects].find_many(ids)}
    return {
        id_: {**known, **({REGISTRATION_STATUS: said[id_]} if id_ in said else {})}
        for id_, known in facts.items()
    }
