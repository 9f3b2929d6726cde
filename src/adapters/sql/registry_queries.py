"""Lists of officers, checklists and scenes."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, false, select, true

from adapters.sql.checklists import checklist, checklist_department
from adapters.sql.id_sets import among
from adapters.sql.officers import PHONE_INDEX, officer, officer_certificate, team, team_member
from adapters.sql.paging import Listing, listed, read_page, remembered
from adapters.sql.reading import Reader
from adapters.sql.regions import within
from adapters.sql.scenes import scene, scene_department
from adapters.sql.scopes import asked_with, contains, standing, visible, within_reach
from adapters.sql.sealing import sealing_of
from supervision_core.checklists.model import ChecklistState
from supervision_core.checklists.ports import ChecklistFilter, ChecklistQueries, ChecklistRow
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.officers.model import OfficerState
from supervision_core.officers.ports import OfficerFilter, OfficerQueries, OfficerRow
from supervision_core.scenes.model import SceneState
from supervision_core.scenes.ports import SceneFilter, SceneQueries, SceneRow

MOST_IDS = 10_000

_OFFICERS = standing(officer, department=officer.c.department)
_CHECKLISTS = standing(checklist, checklist_department)
_SCENES = standing(scene, scene_department)


class SqlOfficerQueries(OfficerQueries):
    """Reads table ``officer`` and the tables of certificates and teams."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._source = source
        self._reader = Reader(source)

    def page(self, filter: OfficerFilter, request: PageRequest) -> Page[OfficerRow]:
        """Give one page, ordered by name then id."""
        leads = select(1).where(team.c.leader == officer.c.id, team.c.deleted == false())
        asked: Select[Any] = select(*listed(officer), leads.exists().label("leads"))
        return read_page(
            self._reader,
            Listing(
                asked.where(*_officers(filter, self._source)),
                (("name", officer.c.name), ("id", officer.c.id)),
            ),
            request,
            query={"officers": asked_with(filter)},
            item=_officer_row,
        )

    def ids(self, filter: OfficerFilter) -> list[str]:
        """Give the ids of all that ``filter`` lets through, at most 10,000, by id."""
        asked = select(officer.c.id).where(*_officers(filter, self._source)).order_by(officer.c.id)
        return [row.id for row in self._reader.rows(asked.limit(MOST_IDS))]


def _officers(filter: OfficerFilter, source: Engine | Connection) -> Iterator[ColumnElement[bool]]:
    columns = officer.c
    yield from within_reach(filter.reach, _OFFICERS)
    if filter.region:
        yield within(columns.region, filter.region)
    if filter.departments:
        yield among(columns.department, filter.departments)
    if filter.name:
        yield contains(columns.name, filter.name)
    if filter.phone:
        found = PHONE_INDEX.candidates(officer, filter.phone, sealing_of(source))
        yield columns.phone_index.in_(found)
    if filter.certificate:
        held = officer_certificate.c
        holds = and_(held.officer_id == columns.id, held.code == filter.certificate)
        yield select(1).where(holds).exists()
    if filter.state:
        yield columns.state == filter.state.value
    if filter.team:
        joined = and_(team_member.c.team_id == filter.team, team_member.c.officer_id == columns.id)
        member = select(1).where(joined).exists()
        yield member if filter.linked else ~member


def _officer_row(row: Row[Any]) -> OfficerRow:
    return OfficerRow(
        id=row.id,
        name=row.name,
        department=row.department,
        body=row.employer,
        certificate=row.certificate,
        state=OfficerState(row.state),
        leads=bool(row.leads),
    )


class SqlChecklistQueries(ChecklistQueries):
    """Reads table ``checklist``."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._reader = Reader(source)

    def page(self, filter: ChecklistFilter, request: PageRequest) -> Page[ChecklistRow]:
        """Give one page, ordered by code then id."""
        return read_page(
            self._reader,
            _checklists_listing(filter),
            request,
            query={"checklists": asked_with(filter)},
            item=_checklist_row,
        )


@remembered
def _checklists_listing(filter: ChecklistFilter) -> Listing:
    asked = select(*listed(checklist)).where(*_checklists(filter))
    return Listing(asked, (("code", checklist.c.code), ("id", checklist.c.id)))


def _checklists(filter: ChecklistFilter) -> Iterator[ColumnElement[bool]]:
    columns = checklist.c
    yield columns.state != ChecklistState.DELETED.value
    yield from within_reach(filter.reach, _CHECKLISTS)
    yield from visible(checklist, checklist_department, region=filter.region, of=filter.departments)
    if filter.name:
        yield contains(columns.name, filter.name)
    if filter.code:
        yield columns.code == filter.code
    if filter.trade:
        yield columns.trade == filter.trade
    if filter.state:
        yield columns.state == filter.state.value
    if filter.default is not None:
        yield columns.is_default == (true() if filter.default else false())


def _checklist_row(row: Row[Any]) -> ChecklistRow:
    return ChecklistRow(
        id=row.id,
        code=row.code,
        name=row.name,
        trade=row.trade,
        lead=row.lead_department,
        joining=tuple(json.loads(row.joining)),
        state=ChecklistState(row.state),
        default=row.is_default,
        version=row.published,
        items=row.item_count,
    )


class SqlSceneQueries(SceneQueries):
    """Reads table ``scene``."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._reader = Reader(source)

    def page(self, filter: SceneFilter, request: PageRequest) -> Page[SceneRow]:
        """Give one page, ordered by code then id."""
        return read_page(
            self._reader,
            _scenes_listing(filter),
            request,
            query={"scenes": asked_with(filter)},
            item=_scene_row,
        )


@remembered
def _scenes_listing(filter: SceneFilter) -> Listing:
    asked = select(*listed(scene)).where(*_scenes(filter))
    return Listing(asked, (("code", scene.c.code), ("id", scene.c.id)))


def _scenes(filter: SceneFilter) -> Iterator[ColumnElement[bool]]:
    columns = scene.c
    yield columns.state != SceneState.DELETED.value
    yield from within_reach(filter.reach, _SCENES)
    yield from visible(scene, scene_department, region=filter.region, of=filter.departments)
    if filter.name:
        yield contains(columns.name, filter.name)
    if filter.sort:
        yield columns.sort == filter.sort
    if filter.state:
        yield columns.state == filter.state.value


def _scene_row(row: Row[Any]) -> SceneRow:
    return SceneRow(
        id=row.id,
        code=row.code,
        name=row.name,
        sort=row.sort,
        lead=row.lead_department,
        joining=tuple(json.loads(row.joining)),
        region=row.region,
        state=SceneState(row.state),
        published_at=row.published_at,
    )
