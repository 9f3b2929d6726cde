"""Where the lists of aggregates come from, and the one adapter that reads them."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve, field, frozen
from sqlalchemy import Connection, Select, and_, case, false, func, or_, select

from adapters.sql.checklists import checklist, checklist_department
from adapters.sql.clues import clue, clue_department
from adapters.sql.draws import SqlDraws
from adapters.sql.engine.id_sets import looked_at
from adapters.sql.engine.lists import (
    ListSource,
    conditions_of,
    decoded,
    item_of,
    listing_of,
)
from adapters.sql.engine.paging import Listing, read_page
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.scopes import Standing, standing
from adapters.sql.graded import current_grade, current_grade_department
from adapters.sql.identity.access import (
    GROUPS_STAND,
    ROLES_STAND,
    SqlGroups,
    SqlRoles,
    access_group,
    access_role,
)
from adapters.sql.identity.directory import department
from adapters.sql.items import SqlCheckItems, SqlDocumentTemplates, SqlStandardMaterials, law
from adapters.sql.models import SqlCreditModels, SqlEvaluationRounds, SqlGradingRules, SqlRiskModels
from adapters.sql.officers import (
    SqlProposals,
    SqlTeams,
    officer,
    officer_certificate,
)
from adapters.sql.plans import plan, plan_department
from adapters.sql.scenes import SqlScenes, scene, scene_department
from adapters.sql.subject_queries import SUBJECTS_STAND
from adapters.sql.subjects import SqlTags, is_subject, subject, subject_said, subject_tag
from adapters.sql.tasks import (
    publication,
    rectification,
    review,
    served_letter,
    task,
    task_department,
    task_party,
    term_warning,
    term_warning_department,
    transfer,
    visit,
    visit_department,
    visit_extension,
    visit_officer,
)
from supervision_core.assessment.lists import CREDIT_MODELS, RISK_MODELS, ROUNDS
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.checklists.model import ChecklistState
from supervision_core.clues.lists import CLUES
from supervision_core.draws.lists import DRAWS
from supervision_core.grading.lists import GRADED_SUBJECTS, GRADING_RULES
from supervision_core.identity.lists import DEPARTMENT_LINES, GROUPS, ROLES
from supervision_core.identity.model import reached_by
from supervision_core.items.lists import CHECK_ITEMS, DOCUMENT_TEMPLATES, LAWS, STANDARD_MATERIALS
from supervision_core.items.model import LawState
from supervision_core.kernel.listing import (
    MOST_COUNTED,
    ListFilter,
    ListQuery,
    Lists,
    Order,
    R,
    Reaches,
    page_of_roots,
    reaching,
    selected,
    tally_of_roots,
)
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.ports import Repository
from supervision_core.officers.lists import OFFICERS, PROPOSALS, REVIEW_GROUPS, TEAMS
from supervision_core.officers.model import OfficerState
from supervision_core.plans.lists import PLANS
from supervision_core.scenes.lists import CROSS_DEPARTMENT_MATTERS, SCENES
from supervision_core.scenes.model import SceneState
from supervision_core.subjects.lists import SUBJECTS, TAGS
from supervision_core.tasks.lists import (
    EXTENSIONS,
    PUBLICATIONS,
    RECTIFICATIONS,
    REVIEWS,
    SERVED_LETTERS,
    TASKS,
    TERM_WARNINGS,
    TRANSFERS,
    VISITS,
)

_REMEMBERED: Final = 500


@frozen
class Whole:
    """A table without columns for what is asked, read whole: of some thousand rows, no more."""

    repository: type[SqlRepository[Any]]
    others: Mapping[type[Repository[Any]], type[SqlRepository[Any]]] = field(factory=dict)


def _assisted(party: str) -> Select[Any]:
    """Give the tasks in which a party assists."""
    return select(task_party.c.task_id).where(task_party.c.party == party)


def _of_lead_too(placed: Standing) -> Standing:
    """Let a visit's requests belong to who leads its task beside whom the visit concerns."""
    lead = looked_at(visit_extension.c.lead)
    return evolve(placed, owner=lambda fulfils: or_(placed.owner(fulfils), fulfils(lead)))


SOURCES: Final[Mapping[ListQuery[Any], ListSource | Whole]] = MappingProxyType(
    {
        TASKS: ListSource(
            table=task,
            standing=standing(
                task, task_department, concerns=lambda party: task.c.id.in_(_assisted(party))
            ),
            columns={
                "number": task.c.code,
                "lead": task.c.lead_department,
                "departments": task_department.c.department,
            },
        ),
        VISITS: ListSource(
            table=visit,
            standing=standing(
                visit, visit_department, concerns=lambda party: visit.c.task.in_(_assisted(party))
            ),
            columns={
                "number": visit.c.code,
                "open": visit.c.is_open,
                "departments": visit_department.c.department,
                "officers": visit_officer.c.officer,
            },
            ordered={"officers": {"number": visit_officer.c.code, "id": visit_officer.c.visit_id}},
        ),
        EXTENSIONS: ListSource(
            table=visit_extension,
            standing=_of_lead_too(standing(visit_extension, visit_department)),
            columns={"number": visit_extension.c.code},
        ),
        RECTIFICATIONS: ListSource(
            table=rectification,
            standing=standing(
                rectification,
                department=rectification.c.department,
                concerns=lambda party: is_subject(rectification.c.subject, party),
            ),
            columns={"number": rectification.c.code, "open": rectification.c.is_open},
        ),
        SERVED_LETTERS: ListSource(
            table=served_letter,
            standing=standing(served_letter, department=served_letter.c.department),
            columns={"number": served_letter.c.code},
        ),
        PUBLICATIONS: ListSource(
            table=publication,
            # A publication has the id of its visit, and belongs to the departments of that.
            standing=standing(publication, visit_department),
        ),
        TERM_WARNINGS: ListSource(
            table=term_warning,
            standing=standing(term_warning, term_warning_department),
        ),
        TRANSFERS: ListSource(
            table=transfer,
            standing=standing(transfer, department=transfer.c.department),
            columns={"to": transfer.c.receiver},
        ),
        REVIEWS: ListSource(
            table=review, standing=standing(review, department=review.c.department)
        ),
        PLANS: ListSource(
            table=plan,
            standing=standing(plan, plan_department),
            columns={
                "number": plan.c.code,
                "year": plan.c.plan_year,
                "departments": plan_department.c.department,
                "lead": plan.c.lead_department,
                "sub_plans": plan.c.sub_plan_count,
            },
        ),
        CLUES: ListSource(
            table=clue,
            standing=standing(clue, clue_department),
            columns={"departments": clue_department.c.department},
        ),
        OFFICERS: ListSource(
            table=officer,
            standing=standing(officer, department=officer.c.department),
            columns={"certificates": officer_certificate.c.code},
            listed=officer.c.state != OfficerState.DELETED.value,
        ),
        CHECKLISTS: ListSource(
            table=checklist,
            standing=standing(checklist, checklist_department),
            columns={
                "lead": checklist.c.lead_department,
                "default": checklist.c.is_default,
                "items": checklist.c.item_count,
            },
            listed=checklist.c.state != ChecklistState.DELETED.value,
        ),
        SCENES: ListSource(
            table=scene,
            standing=standing(scene, scene_department),
            columns={
                "lead": scene.c.lead_department,
                "departments": scene_department.c.department,
            },
            listed=scene.c.state != SceneState.DELETED.value,
        ),
        SUBJECTS: ListSource(
            table=subject,
            standing=SUBJECTS_STAND,
            columns={"code": case((subject.c.code.startswith("#"), ""), else_=subject.c.code)},
            criteria={
                "code": subject.c.code,
                "tags": subject_tag.c.tag,
                "said": subject_said.c.said,
            },
            ordered={"tags": {"name": subject_tag.c.name, "id": subject_tag.c.subject_id}},
            listed=subject.c.deleted == false(),
        ),
        DEPARTMENT_LINES: ListSource(
            table=department,
            standing=standing(department, department=department.c.id),
            columns={"order": department.c.place},
            listed=department.c.deleted_at.is_(None),
        ),
        ROLES: ListSource(table=access_role, standing=ROLES_STAND, sealed=SqlRoles.mapper),
        GROUPS: ListSource(table=access_group, standing=GROUPS_STAND, sealed=SqlGroups.mapper),
        CROSS_DEPARTMENT_MATTERS: Whole(SqlScenes),
        CHECK_ITEMS: Whole(SqlCheckItems),
        LAWS: ListSource(
            table=law,
            standing=standing(law, department=law.c.department),
            listed=law.c.state != LawState.DELETED.value,
        ),
        DOCUMENT_TEMPLATES: Whole(SqlDocumentTemplates),
        STANDARD_MATERIALS: Whole(SqlStandardMaterials),
        TAGS: Whole(SqlTags),
        TEAMS: Whole(SqlTeams),
        REVIEW_GROUPS: Whole(SqlTeams),
        PROPOSALS: Whole(SqlProposals),
        RISK_MODELS: Whole(SqlRiskModels),
        CREDIT_MODELS: Whole(SqlCreditModels),
        ROUNDS: Whole(
            SqlEvaluationRounds, {RiskModels: SqlRiskModels, CreditModels: SqlCreditModels}
        ),
        GRADING_RULES: Whole(SqlGradingRules),
        GRADED_SUBJECTS: ListSource(
            table=current_grade,
            standing=standing(
                current_grade,
                current_grade_department,
                concerns=lambda party: is_subject(current_grade.c.subject, party),
            ),
        ),
        DRAWS: Whole(SqlDraws),
    }
)


def source_of(query: ListQuery[Any]) -> ListSource | Whole:
    """Give where the rows of a list come from, those of a part from where the whole's do."""
    if query.of is None:
        return SOURCES[query]
    whole = source_of(query.of)
    if isinstance(whole, Whole):
        return whole
    wanted = ListFilter(asked=query.where)
    return evolve(whole, listed=and_(*conditions_of(query.of, whole, wanted)))


class SqlLists(Lists):
    """Lists read from the tables that ``SOURCES`` names."""

    def __init__(self, connection: Connection) -> None:
        """Read on the connection of a unit of work."""
        self._connection = connection
        self._reader = Reader(connection)

    def page(self, query: ListQuery[R], wanted: ListFilter, request: PageRequest) -> Page[R]:
        """Give one page. Raises ``BadCursor``."""
        place = source_of(query)
        if isinstance(place, Whole):
            reaches = self._reaches(query, place, wanted)
            return page_of_roots(query, self._roots(place), wanted, request, reaches)
        order = query.order(request.order)
        make = _listing if not wanted.told else _listing.__wrapped__
        return read_page(
            self._reader,
            make(query, wanted, order),
            request,
            query=wanted.query(query.name, order),
            item=item_of(query, place, self._connection),
        )

    def count(self, query: ListQuery[Any], wanted: ListFilter) -> int:
        """Count the rows, no further than ``MOST_COUNTED`` + 1."""
        place = source_of(query)
        if isinstance(place, Whole):
            reaches = self._reaches(query, place, wanted)
            found = selected(query, self._roots(place), wanted, reaches)
            return min(len(found), MOST_COUNTED + 1)
        mine = select(place.table.c.id).where(*conditions_of(query, place, wanted))
        asked = select(func.count()).select_from(mine.limit(MOST_COUNTED + 1).subquery())
        return int(self._reader.rows(asked)[0][0])

    def tally(
        self, query: ListQuery[Any], wanted: ListFilter, by: tuple[str, ...]
    ) -> Mapping[tuple[Any, ...], int]:
        """Count the rows by the values of fields."""
        place = source_of(query)
        if isinstance(place, Whole):
            reaches = self._reaches(query, place, wanted)
            return tally_of_roots(query, self._roots(place), wanted, by, reaches)
        columns = [place.column(name) for name in by]
        asked = select(*columns, func.count(place.table.c.id))
        asked = asked.where(*conditions_of(query, place, wanted)).group_by(*columns)
        asked = asked.having(func.count(place.table.c.id) > 0)
        found: dict[tuple[Any, ...], int] = {}
        for row in self._reader.rows(asked):
            key = tuple(
                decoded(query, name, value) for name, value in zip(by, row[:-1], strict=True)
            )
            if row[-1]:  # without fields to count by there is one row, of nothing too
                found[key] = row[-1]
        return found

    def _reaches(self, query: ListQuery[Any], place: Whole, wanted: ListFilter) -> Reaches:
        def get(port: type[Repository[Any]], id_: str) -> Any:
            return place.others[port](self._connection).get(id_)

        return reaching(query, reached_by(wanted.reach), get)

    def _roots(self, place: Whole) -> list[Any]:
        return place.repository(self._connection).every()


@lru_cache(_REMEMBERED)
def _listing(query: ListQuery[Any], wanted: ListFilter, order: Order) -> Listing:
    """Make a listing once for all who ask for everything in the same reach.

    What else is asked may be personal, and does not outlive the request.
    """
    source = source_of(query)
    if isinstance(source, Whole):
        raise TypeError(query.name)
    return listing_of(query, source, wanted, order)
