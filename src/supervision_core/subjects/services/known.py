"""What models may read of subjects: facts that are kept, and what register and approvals say."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import Entries
from supervision_core.kernel.registers.store import significant
from supervision_core.subjects.approvals import approval_facts
from supervision_core.subjects.facts import APPROVAL_FACTS, REGISTRATION_STATUS, FactValue
from supervision_core.subjects.model import Subject
from supervision_core.subjects.model.content import STATUS_TITLES
from supervision_core.subjects.ports import SubjectFacts, Subjects
from supervision_core.subjects.registers import APPROVAL_FILES, ApprovalFileContent


def by_codes(unit: UnitOfWork, codes: Collection[str]) -> Mapping[str, Subject]:
    """Give subjects by the codes that they have, or had: nobody is lost by another number."""
    found = {one.identity.code: one for one in unit[Subjects].find_by_codes(sorted(codes))}
    had = unit[Subjects].had(sorted(set(codes) - found.keys()))
    known = {
        one.id: one
        for one in unit[Subjects].find_many({id_ for ids in had.values() for id_ in ids})
    }
    for code, ids in had.items():
        for id_ in sorted(ids & known.keys()):
            found.setdefault(code, known[id_])
    return found


Known = Mapping[str, Mapping[str, FactValue]]


def known_facts(unit: UnitOfWork, ids: Sequence[str], day: date, asked: Collection[str]) -> Known:
    """Give what is known of subjects on a day; of the register and of approval files, ``asked``."""
    facts = unit[SubjectFacts].facts_on(ids, day)
    said: dict[str, Mapping[str, FactValue]] = {}
    if REGISTRATION_STATUS in asked:
        said = {
            one.id: {REGISTRATION_STATUS: STATUS_TITLES[one.status]}
            for one in unit[Subjects].find_many(ids)
        }
    approved = approved_facts(unit, ids, day, asked)
    return {
        id_: {**known, **said.get(id_, {}), **approved.get(id_, {})} for id_, known in facts.items()
    }


def approved_facts(
    unit: UnitOfWork, ids: Sequence[str], day: date, asked: Collection[str]
) -> Known:
    """Give what approval files say of subjects on a day, where any of it is ``asked`` for.

    Those count that whoever supervises the subject can read: of its own region and above.
    """
    if APPROVAL_FACTS.isdisjoint(asked):
        return {}
    files: dict[str, list[ApprovalFileContent]] = {}
    found = unit[Entries].of(APPROVAL_FILES).naming("subject", ids)
    named = unit[Subjects].find_many({one.content.subject for one in found})
    regions = {one.id: one.region for one in named}
    for one in found:
        if regions.get(one.content.subject, "").startswith(significant(one.region)):
            files.setdefault(one.content.subject, []).append(one.content)
    return {subject: approval_facts(those, day) for subject, those in files.items()}
