"""The subjects that a scene grades, however many they are."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from entrypoints.container import Platform
from supervision_core.kernel.paging import Page, PageRequest, every_page
from supervision_core.scenes.model import Scene
from supervision_core.subjects.model import SubjectStatus
from supervision_core.subjects.ports import SubjectFilter, SubjectQueries, SubjectRow

AT_ONCE: Final = 1_000


def inspected(scene: Scene) -> SubjectFilter:
    """Give what a scene inspects: subjects of its region with its tags, active ones."""
    return SubjectFilter(
        region=scene.region, tags=scene.resources.inspected_tags, status=SubjectStatus.ACTIVE
    )


def every_subject(platform: Platform, wanted: SubjectFilter) -> Iterator[tuple[str, ...]]:
    """Give the ids of all that are wanted, as many at once as one command grades."""

    def ask(request: PageRequest) -> Page[SubjectRow]:
        with platform.transactions.begin() as work:
            return work[SubjectQueries].page(wanted, request)

    ids = (row.id for page in every_page(ask, order="id") for row in page.items)
    while batch := tuple(islice(ids, AT_ONCE)):
        yield batch
