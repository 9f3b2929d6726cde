"""Scenes in memory."""

import json
from collections.abc import Iterator

from adapters.memory.paging import list_page
from adapters.memory.regions import visible
from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.identity.model import Placement
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.plain import to_plain
from supervision_core.scenes.model import Scene, SceneState
from supervision_core.scenes.ports import SceneFilter, SceneQueries, SceneRow, Scenes


class MemoryScenes(MemoryRepository[Scene], Scenes):
    """The scenes of all regions."""

    cls = Scene

    def every(self) -> Iterator[Scene]:
        """Give every scene, by id."""
        return self._all()

    def uniques(self, root: Scene) -> frozenset[str]:
        """Say that a code stands once in a region."""
        return frozenset({json.dumps([root.region, root.code])})

    def find_by_code(self, region: str, code: str) -> Scene | None:
        """Give the scene of that code in exactly that region, a deleted one too."""
        return next(iter(self._with_unique([json.dumps([region, code])])), None)


class MemorySceneQueries(SceneQueries):
    """Lists of scenes, by looking at every one."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._scenes = MemoryScenes(unit)

    def page(self, filter: SceneFilter, request: PageRequest) -> Page[SceneRow]:
        """Give one page, ordered by code then id."""
        return list_page(
            [_row(one) for one in self._scenes.every() if _passes(one, filter)],
            request,
            key=lambda row: (row.code, row.id),
            query={"scenes": to_plain(filter)},
        )


def _passes(one: Scene, filter: SceneFilter) -> bool:
    return (
        one.state is not SceneState.DELETED
        and visible(
            Placement(region=one.region, departments=one.departments),
            reach=filter.reach,
            within=filter.region,
            of=filter.departments,
        )
        and filter.name.lower() in one.basics.name.lower()
        and filter.sort in ("", one.basics.sort)
        and filter.state in (None, one.state)
    )


def _row(one: Scene) -> SceneRow:
    return SceneRow(
        id=one.id,
        code=one.code,
        name=one.basics.name,
        sort=one.basics.sort,
        lead=one.basics.lead,
        joining=one.basics.joining,
        region=one.region,
        state=one.state,
        published_at=one.published_at,
    )
