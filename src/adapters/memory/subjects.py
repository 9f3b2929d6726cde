"""Subjects, tags and facts in memory."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from adapters.memory.paging import list_page
from adapters.memory.regions import visible
from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.identity.model import Placement, region_contains
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.subjects.facts import FactValue, SubjectFact
from supervision_core.subjects.model import Subject, Tag
from supervision_core.subjects.model.data_change import DataChange
from supervision_core.subjects.model.registration_change import RegistrationChange
from supervision_core.subjects.ports import (
    DataChanges,
    RegistrationChanges,
    SubjectFacts,
    SubjectFilter,
    SubjectQueries,
    SubjectRow,
    Subjects,
    Tags,
)


class MemorySubjects(MemoryRepository[Subject], Subjects):
    """The register of subjects."""

    cls = Subject

    def uniques(self, root: Subject) -> frozenset[str]:
        """Say that an identity code stands once."""
        return frozenset({root.identity.code})

    def find_by_codes(self, codes: Sequence[str]) -> list[Subject]:
        """Give the subjects whose identity code is among ``codes``."""
        return self._with_unique(codes)

    def had(self, codes: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Give for each former one of ``codes`` the ids of the subjects that had it."""
        found = dict[str, frozenset[str]]()
        for one in self.every():
            for code in one.former_codes.intersection(codes):
                found[code] = found.get(code, frozenset()) | {one.id}
        return found

    def places_of(self, ids: Sequence[str]) -> Mapping[str, Placement]:
        """Give where each of ``ids`` stands that exists."""
        return {
            one.id: Placement(region=one.region, departments=one.departments)
            for one in self.find_many(ids)
        }

    def hold(self, ids: Sequence[str]) -> None:
        """Do nothing: units of work here come one after the other."""


class MemoryDataChanges(MemoryRepository[DataChange], DataChanges):
    """Holds what firms would have changed."""

    cls = DataChange


class MemoryRegistrationChanges(MemoryRepository[RegistrationChange], RegistrationChanges):
    """Holds what is proposed of statuses and deletions."""

    cls = RegistrationChange


class MemoryTags(MemoryRepository[Tag], Tags):
    """The tags of all regions."""

    cls = Tag

    def uniques(self, root: Tag) -> frozenset[str]:
        """Say that a name stands once in a region."""
        return frozenset({json.dumps([root.region, root.name])})

    def of_regions(self, regions: Collection[str]) -> Mapping[str, list[Tag]]:
        """Give the enabled tags owned by each region or one above it, by order then name."""
        enabled = sorted(
            (one for one in self.every() if one.enabled), key=lambda one: (one.order, one.name)
        )
        return {
            region: [one for one in enabled if region_contains(one.region, region)]
            for region in regions
        }

    def find_by_name(self, region: str, name: str) -> Tag | None:
        """Give the tag of that name in exactly that region."""
        return next(iter(self._with_unique([json.dumps([region, name])])), None)


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

    def record_table(
        self, facts: Mapping[str, Mapping[str, FactValue]], *, known_on: date, source: str
    ) -> None:
        """Add what a table says of each subject."""
        self.record(
            [
                SubjectFact(subject=one, name=name, value=value, known_on=known_on, source=source)
                for one, said in facts.items()
                for name, value in said.items()
            ]
        )

    def facts_on(self, subjects: Sequence[str], day: date) -> Mapping[str, Mapping[str, FactValue]]:
        """Give the latest value of each name for each of ``subjects``."""
        found: dict[str, dict[str, FactValue]] = {}
        for subject in subjects:
            dated = sorted(self._of(subject), key=lambda one: one.known_on)
            found[subject] = {one.name: one.value for one in dated if one.known_on <= day}
        return found


class MemorySubjectQueries(SubjectQueries):
    """Lists of subjects, by looking at every one."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._subjects = MemorySubjects(unit)

    def page(self, filter: SubjectFilter, request: PageRequest) -> Page[SubjectRow]:
        """Give one page, ordered by name then id, or by id alone (``order`` "id")."""
        by_id = request.order == "id"
        return list_page(
            [_row(one) for one in self._found(filter)],
            request,
            key=lambda row: (row.id,) if by_id else (row.name, row.id),
            query={"subjects": to_plain(filter), "order": request.order},
        )

    def count(self, filter: SubjectFilter) -> int:
        """Count the subjects that ``filter`` lets through."""
        return len(list(self._found(filter)))

    def _found(self, filter: SubjectFilter) -> Iterator[Subject]:
        return (one for one in self._subjects.every() if _passes(one, filter))


def _passes(one: Subject, filter: SubjectFilter) -> bool:
    return (
        not one.deleted
        and filter.principal in ("", one.principal)
        and visible(
            Placement(region=one.region, departments=one.departments, parties=one.parties),
            reach=filter.reach,
            within=filter.region,
            of=filter.departments,
        )
        and filter.kind in (None, one.kind)
        and filter.status in (None, one.status)
        and (not filter.tags or bool(filter.tags & one.tags))
        and filter.category in ("", one.category)
        and one.shown_name.startswith(filter.name_prefix)
        and filter.code in ("", one.identity.code)
        and filter.doubtful in (None, bool(one.doubts))
    )


def _row(one: Subject) -> SubjectRow:
    return SubjectRow(
        id=one.id,
        kind=one.kind,
        name=one.shown_name,
        code=one.identity.shown,
        region=one.region,
        status=one.status,
        industry=one.basic.industry,
        tags=tuple(sorted(one.tags)),
        doubtful=bool(one.doubts),
    )
