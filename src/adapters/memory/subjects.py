"""Subjects, tags, categories and facts in memory."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.identity.model import region_contains
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.subjects.facts import FactValue, SubjectFact
from supervision_core.subjects.model import Category, Subject, Tag
from supervision_core.subjects.ports import Categories, SubjectFacts, Subjects, Tags


class MemorySubjects(MemoryRepository[Subject], Subjects):
    """The register of subjects."""

    cls = Subject

    def uniques(self, root: Subject) -> frozenset[str]:
        """Say that an identity code stands once."""
        return frozenset({root.identity.code})

    def find_by_codes(self, codes: Sequence[str]) -> list[Subject]:
        """Give the subjects whose identity code is among ``codes``."""
        return self._with_unique(codes)

    def find_many(self, ids: Sequence[str]) -> list[Subject]:
        """Give the subjects of ``ids`` that exist."""
        return self._many(ids)


class MemoryTags(MemoryRepository[Tag], Tags):
    """The tags of all regions."""

    cls = Tag

    def uniques(self, root: Tag) -> frozenset[str]:
        """Say that a name stands once in a region."""
        return frozenset({json.dumps([root.region, root.name])})

    def of_region(self, region: str) -> list[Tag]:
        """Give the enabled tags owned by ``region`` or a region above it, by order then name."""
        found = (one for one in self._all() if one.enabled and region_contains(one.region, region))
        return sorted(found, key=lambda one: (one.order, one.name))

    def find_by_name(self, region: str, name: str) -> Tag | None:
        """Give the tag of that name in exactly that region."""
        return next(iter(self._with_unique([json.dumps([region, name])])), None)


class MemoryCategories(MemoryRepository[Category], Categories):
    """The categories of subjects."""

    cls = Category

    def count_uses(self, category: str) -> int:
        """Count the subjects in it and the undeleted categories right below it."""
        below = sum(one.parent == category and not one.deleted for one in self._all())
        subjects = MemorySubjects(self._unit)._all()  # noqa: SLF001 - within the same store
        return below + sum(one.category == category for one in subjects)


class MemorySubjectFacts(SubjectFacts):
    """Facts by subject, in the order in which they were recorded."""

    table = "subject_fact"

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``."""
        self._unit = unit

    def _of(self, subject: str) -> list[SubjectFact]:
        text = self._unit.find(self.table, subject)
        return [] if text is None else [from_plain(SubjectFact, one) for one in json.loads(text)]

    def record(self, facts: Sequence[SubjectFact]) -> None:
        """Add facts; one equal in subject, name, day and source replaces its predecessor."""
        by_subject: dict[str, list[SubjectFact]] = {}
        for fact in facts:
            by_subject.setdefault(fact.subject, []).append(fact)
        for subject, new in by_subject.items():
            kept = {(one.name, one.known_on, one.source): one for one in self._of(subject)}
            for one in new:
                kept.pop((one.name, one.known_on, one.source), None)
                kept[one.name, one.known_on, one.source] = one
            text = json.dumps([to_plain(one) for one in kept.values()], ensure_ascii=False)
            self._unit.put(self.table, subject, text)

    def facts_on(self, subjects: Sequence[str], day: date) -> Mapping[str, Mapping[str, FactValue]]:
        """Give the latest value of each name for each of ``subjects``."""
        found: dict[str, dict[str, FactValue]] = {}
        for subject in subjects:
            dated = sorted(self._of(subject), key=lambda one: one.known_on)
            found[subject] = {one.name: one.value for one in dated if one.known_on <= day}
        return found
