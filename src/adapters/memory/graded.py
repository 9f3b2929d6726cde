"""Gradings by rule, day and subject."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.grading.current import CurrentGrade
from supervision_core.grading.graded import GradedSubject, LatestGrade
from supervision_core.grading.ports import CurrentGrades, GradedSubjects, UnscheduledRuns
from supervision_core.grading.unscheduled import UnscheduledRun
from supervision_core.kernel.plain import from_plain, to_plain


class MemoryCurrentGrades(MemoryRepository[CurrentGrade], CurrentGrades):
    """Holds current grades."""

    cls = CurrentGrade

    def of_subjects(self, subjects: Collection[str]) -> list[CurrentGrade]:
        """Give those of subjects, by id."""
        return [one for one in self.every() if one.subject in subjects]


class MemoryUnscheduledRuns(MemoryRepository[UnscheduledRun], UnscheduledRuns):
    """Holds who graded whom beside the calendar."""

    cls = UnscheduledRun

    def of_rule(self, rule: str, *, until: date, since: date | None = None) -> list[UnscheduledRun]:
        """Give the runs by a rule as of a day until ``until``, in the order of their making."""
        first = since or date.min
        found = (one for one in self.every() if one.rule == rule and first <= one.as_of <= until)
        return sorted(found, key=lambda one: (one.at, one.id))


class MemoryGradedSubjects(GradedSubjects):
    """Gradings, one text a rule and day."""

    table = "graded_subject"

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``."""
        self._unit = unit

    def _all(self, rule: str, day: date) -> dict[str, GradedSubject]:
        text = self._unit.find(self.table, f"{rule}/{day.isoformat()}")
        found = [] if text is None else json.loads(text)
        return {one["subject"]: from_plain(GradedSubject, one) for one in found}

    def record(self, graded: Sequence[GradedSubject]) -> None:
        """Keep them; one of the same rule, subject and day replaces its predecessor."""
        for rule, day in {(one.rule, one.as_of) for one in graded}:
            kept = self._all(rule, day)
            kept |= {one.subject: one for one in graded if (one.rule, one.as_of) == (rule, day)}
            text = json.dumps([to_plain(kept[each]) for each in sorted(kept)], ensure_ascii=False)
            self._unit.put(self.table, f"{rule}/{day.isoformat()}", text)

    def of_day(self, rule: str, day: date, subjects: Sequence[str]) -> Mapping[str, GradedSubject]:
        """Give the gradings of exactly ``day``, by subject; absent where there is none."""
        wanted = frozenset(subjects)
        return {each: one for each, one in self._all(rule, day).items() if each in wanted}

    def latest(self, subject: str) -> Sequence[GradedSubject]:
        """Give the newest grading of a subject by each rule, the newest first."""
        newest = {one.rule: one for one in self.of_subject(subject)}
        return sorted(newest.values(), key=lambda one: (one.as_of, one.rule), reverse=True)

    def of_subject(self, subject: str) -> Sequence[GradedSubject]:
        """Give every grading of a subject, the oldest first, those of a day by rule."""
        found = (
            from_plain(GradedSubject, plain)
            for _, text in self._unit.scan(self.table)
            for plain in json.loads(text)
            if plain["subject"] == subject
        )
        return sorted(found, key=lambda one: (one.as_of, one.rule))

    def grades_until(self, rule: str, day: date) -> Mapping[str, LatestGrade]:
        """Give of every subject what its newest grading came to that is not beyond ``day``."""
        names = (name.partition("/") for name, _ in self._unit.scan(self.table))
        days = sorted(date.fromisoformat(on) for one, _, on in names if one == rule)
        return {
            each: LatestGrade(on, one.grade)
            for on in days
            if on <= day
            for each, one in self._all(rule, on).items()
        }
