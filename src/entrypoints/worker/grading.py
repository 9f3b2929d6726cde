"""The job that starts what scenes evaluate by themselves, when a cycle of their models begins."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from attrs import define, field

from entrypoints.actors import operator
from entrypoints.container import Platform
from entrypoints.grading import AT_ONCE, every_subject, inspected
from entrypoints.worker.loop import LOG, Job
from supervision_core.assessment.model import LifeState
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.grading.ports import GradedSubjects
from supervision_core.grading.services import (
    CALENDAR,
    GradeSubjects,
    beside_the_calendar,
    grade_subjects,
)
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound, Refused
from supervision_core.kernel.plain import digest
from supervision_core.kernel.ports import Repository, UnitOfWork
from supervision_core.scenes.model import Scene
from supervision_core.scenes.ports import Scenes

EVERY: Final = timedelta(minutes=10)


@define(eq=False)
class GradingJob:
    """Grades as of the first day of a cycle whoever has no grade of that day from here yet.

    What somebody else graded as of that day is graded anew. Begun anew it looks again at who has
    one: nobody is graded twice, and nobody is left out.
    """

    _platform: Platform
    _done: dict[str, date] = field(factory=dict)

    def job(self) -> Job:
        """Give the job."""
        return Job(name="evaluations", title="按周期自动评价", every=EVERY, run=self.run)

    def run(self) -> None:
        """Evaluate for every scene that is due; one that cannot be is told in the log."""
        today = local_day(self._platform.clock.now())
        for scene, day in self._due(today):
            if self._done.get(scene.id) == day:
                continue
            try:
                graded = self._evaluate(scene, day)
            except (NotFound, Refused) as refusal:
                LOG.warning("evaluation of %s: %s", scene.id, refusal.code)
            else:
                if graded is None:
                    LOG.warning("evaluation of %s as of %s: nobody is inspected", scene.id, day)
                    continue
                LOG.info("evaluation of %s as of %s: %d", scene.id, day, graded)
                self._done[scene.id] = day

    def _due(self, today: date) -> list[tuple[Scene, date]]:
        with self._platform.transactions.begin_reading() as unit:
            begun = dict(_begun(unit, today))
            due = ((scene, scene.evaluated_as_of(begun)) for scene in _scenes(unit))
            return [(scene, day) for scene, day in due if day is not None]

    def _evaluate(self, scene: Scene, day: date) -> int | None:
        """Grade who has no grade of the day; give how many they were, ``None`` of nobody at all."""
        graded: int | None = None
        rule = scene.grading_rule or ""
        actor = operator(CALENDAR, region=scene.region)
        for ids in every_subject(self._platform, inspected(scene)):
            with self._platform.transactions.begin_reading() as unit:
                known = unit[GradedSubjects].of_day(rule, day, ids)
                beside = beside_the_calendar(unit, rule, until=day, since=day)
            missing = tuple(one for one in ids if one not in known or (one, day) in beside)
            graded = graded or 0
            if missing:
                command = GradeSubjects(rule_id=rule, subject_ids=missing, as_of=day)
                key = f"evaluation/{scene.id}/{day}/{digest(list(missing))}"
                self._platform.commands.run(grade_subjects, command, actor=actor, key=key)
                graded += len(missing)
        return graded


def _scenes(unit: UnitOfWork) -> Iterator[Scene]:
    after = ""
    while found := unit[Scenes].walk(after, AT_ONCE):
        yield from found
        after = found[-1].id


def _begun(unit: UnitOfWork, today: date) -> Iterator[tuple[str, date]]:
    """Give when the cycle of each model in force began."""
    ports: tuple[type[Repository[Any]], ...] = (RiskModels, CreditModels)
    for port in ports:
        after = ""
        while found := unit[port].walk(after, AT_ONCE):
            for model in found:
                if model.state is LifeState.ENABLED:
                    yield model.id, model.cycle.begun(today)
            after = found[-1].id
