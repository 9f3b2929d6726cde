"""The subjects that a scene grades, however many they are."""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Final

from entrypoints.container import Platform
from supervision_core.kernel.paging import Page, PageRequest, every_page
from supervision_core.scenes.inspected import InspectedSubjects
from supervision_core.scenes.model import Scene
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import SubjectFilter, SubjectQueries, SubjectRow

AT_ONCE: Final = 1_000


def inspected(scene: Scene) -> InspectedSubjects:
    """Give what a scene inspects in its region."""
    return InspectedSubjects(resources=scene.resources, region=scene.region)


def inspected_by(platform: Platform, scene: str) -> int:
    """Give how many subjects a scene inspects at most."""
    with platform.transactions.begin() as work:
        wanted = inspected(work[Scenes].get(scene))
    return most_subjects(platform, wanted)


def most_subjects(platform: Platform, wanted: InspectedSubjects) -> int:
    """Give how many subjects are wanted at most: those removed by hand are counted in."""
    with platform.transactions.begin() as work:
        tagged = 0 if wanted.tagged is None else work[SubjectQueries].count(wanted.tagged)
    return tagged + len(wanted.resources.subjects_added)


def every_subject(platform: Platform, wanted: InspectedSubjects) -> Iterator[tuple[str, ...]]:
    """Give the ids of all that are wanted, as many at once as one command grades."""
    ids = _ids(platform, wanted)
    while batch := tuple(islice(ids, AT_ONCE)):
        yield batch


def _ids(platform: Platform, wanted: InspectedSubjects) -> Iterator[str]:
    with platform.transactions.begin() as work:
        added = tuple(wanted.added(work))
    yield from (id_ for id_, _ in added)
    if (tagged := wanted.tagged) is not None:
        for page in every_page(partial(_page, platform, tagged), order="id"):
            yield from (id_ for id_, _ in wanted.of_page(page.items))


def _page(platform: Platform, tagged: SubjectFilter, request: PageRequest) -> Page[SubjectRow]:
    with platform.transactions.begin() as work:
        return work[SubjectQueries].page(tagged, request)
