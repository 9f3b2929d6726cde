"""Which subjects a scene inspects: the one rule for grading them and for drawing them."""

from collections.abc import Iterator, Sequence
from functools import partial

from attrs import frozen

from supervision_core.identity.model import region_contains
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.scenes.model import SceneResources
from supervision_core.subjects.model import Subject, SubjectStatus
from supervision_core.subjects.ports import SubjectFilter, SubjectQueries, SubjectRow, Subjects


@frozen(kw_only=True)
class InspectedSubjects:
    """受检对象 (InspectedSubjects): the active subjects of a region that a scene inspects.

    They are those with its inspected tags and those added by hand, without those removed by hand.
    Source: proposal 4514.
    """

    resources: SceneResources
    region: str

    @property
    def tagged(self) -> SubjectFilter | None:
        """What the list of subjects is asked for, ``None`` where no tag is inspected."""
        if not (tags := self.resources.inspected_tags):
            return None
        return SubjectFilter(region=self.region, tags=tags, status=SubjectStatus.ACTIVE)

    def added(self, unit: UnitOfWork) -> Iterator[tuple[str, str]]:
        """Give id and shown code of those that were added by hand; people by card have none."""
        wanted = sorted(self.resources.subjects_added - self.resources.subjects_removed)
        for one in unit[Subjects].find_many(wanted):
            if self._inspectable(one):
                yield one.id, one.identity.shown

    def _inspectable(self, subject: Subject) -> bool:
        there = subject.status is SubjectStatus.ACTIVE and not subject.deleted
        return there and region_contains(self.region, subject.region)

    def holds(self, subject: Subject) -> bool:
        """Tell whether it is one of them."""
        if not self._inspectable(subject):
            return False
        if subject.id in self.resources.subjects_removed:
            return False
        tagged = subject.tags & frozenset(self.resources.inspected_tags)
        return bool(tagged) or subject.id in self.resources.subjects_added

    def every(self, unit: UnitOfWork) -> Iterator[str]:
        """Give the id of each of them."""
        yield from (id_ for id_, _ in self.added(unit))
        if (wanted := self.tagged) is not None:
            for page in every_page(partial(unit[SubjectQueries].page, wanted), order="id"):
                yield from (id_ for id_, _ in self.of_page(page.items))

    def of_page(self, rows: Sequence[SubjectRow]) -> Iterator[tuple[str, str]]:
        """Give id and shown code of tagged ones that nobody removed, or added, by hand."""
        by_hand = self.resources.subjects_added | self.resources.subjects_removed
        return ((row.id, row.code) for row in rows if row.id not in by_hand)
