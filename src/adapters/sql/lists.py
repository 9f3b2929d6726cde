"""Where the lists of aggregates come from, and the one adapter that reads them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve
from sqlalchemy import Connection, Select, and_, case, false, or_, select

from adapters.sql.checklists import checklist, checklist_department
from adapters.sql.clues import REPORTER_INDEX, clue, clue_department
from adapters.sql.content import article
from adapters.sql.draws import SqlDraws
from adapters.sql.engine.id_sets import looked_at
from adapters.sql.engine.list_reader import ListReader, Whole
from adapters.sql.engine.lists import (
    ListSource,
    conditions_of,
    index_orders,
)
from adapters.sql.engine.scopes import Standing, each_time, standing
from adapters.sql.graded import current_grade, current_grade_department
from adapters.sql.handbooks import handbook
from adapters.sql.identity.access import (
    GROUPS_STAND,
    ROLES_STAND,
    SqlGroups,
    SqlRoles,
    access_group,
    access_role,
)
from adapters.sql.identity.directory import (
    USERS_STAND,
    SqlDepartments,
    SqlRegions,
    SqlUsers,
    app_user,
    department,
    department_administrator,
    user_department,
)
from adapters.sql.identity.export_requests import SqlExportRequests, export_request
from adapters.sql.items import SqlCheckItems, SqlDocumentTemplates, SqlStandardMaterials, law
from adapters.sql.models import SqlCreditModels, SqlEvaluationRounds, SqlGradingRules, SqlRiskModels
from adapters.sql.officers import (
    SqlProposals,
    SqlTeams,
    officer,
    officer_certificate,
)
from adapters.sql.plans import plan, plan_department
from adapters.sql.scenes import (
    SqlScenes,
    scene,
    scene_association,
    scene_checklist,
    scene_department,
)
from adapters.sql.subject_queries import SUBJECTS_STAND
from adapters.sql.subjects import (
    SqlDataChanges,
    SqlRegistrationChanges,
    SqlTags,
    is_subject,
    subject,
    subject_said,
    subject_tag,
)
from adapters.sql.tasks import (
    SqlReviews,
    SqlTransfers,
    publication,
    rectification,
    rectification_department,
    review,
    served_letter,
    task,
    task_department,
    task_party,
    term_warning,
    term_warning_department,
    transfer,
    transfer_department,
    visit,
    visit_department,
    visit_extension,
    visit_officer,
)
from supervision_core.assessment.lists import CREDIT_MODELS, RISK_MODELS, ROUNDS
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.checklists.model import ChecklistState
from supervision_core.clues.lists import CLUES, COMPLAINTS
from supervision_core.clues.model import ClueKind
from supervision_core.content.lists import ARTICLES
from supervision_core.content.model import ArticleState
from supervision_core.draws.lists import DRAWS
from supervision_core.grading.lists import GRADED_SUBJECTS, GRADING_RULES
from supervision_core.handbooks.lists import HANDBOOKS
from supervision_core.handbooks.model import HandbookState
from supervision_core.identity.lists import (
    DEPARTMENT_LINES,
    DEPARTMENTS,
    EXPORT_REQUESTS,
    GROUPS,
    REGIONS,
    ROLES,
    USERS,
)
from supervision_core.items.lists import CHECK_ITEMS, DOCUMENT_TEMPLATES, LAWS, STANDARD_MATERIALS
from supervision_core.items.model import LawState
from supervision_core.kernel.listing import (
    ListFilter,
    ListQuery,
)
from supervision_core.officers.lists import OFFICERS, PROPOSALS, REVIEW_GROUPS, TEAMS
from supervision_core.officers.model import OfficerState
from supervision_core.plans.lists import PLANS
from supervision_core.scenes.lists import CROSS_DEPARTMENT_MATTERS, SCENES
from supervision_core.scenes.model import SceneState
from supervision_core.subjects.lists import DATA_CHANGES, REGISTRATION_CHANGES, SUBJECTS, TAGS
from supervision_core.tasks.lists import (
    EXTENSIONS,
    PUBLICATIONS,
    RECTIFICATIONS,
    REVIEWS,
    SERVED_LETTERS,
    TASKS,
    TERM_WARNINGS,
    THIRD_PARTY_VISITS,
    TRANSFERS,
    VISITS,
)
from supervision_core.tasks.model.rectification import RectificationState
from supervision_core.tasks.model.visit import VisitState


def _assisted(party: str) -> Select[Any]:
    """Give the tasks in which a party assists."""
    return select(task_party.c.task_id).where(task_party.c.party == party)


def _of_lead_too(placed: Standing) -> Standing:
    """Let a visit's requests belong to who leads its task beside whom the visit concerns."""
    lead = looked_at(visit_extension.c.lead)
    return evolve(placed, owner=lambda fulfils: or_(placed.owner(fulfils), fulfils(lead)))


_VISITS: Final = ListSource(
    table=visit,
    standing=standing(
        visit,
        visit_department,
        concerns=lambda party: visit.c.task.in_(_assisted(party)),
        owned=True,
    ),
    columns={
        "number": visit.c.code,
        "open": visit.c.is_open,
        "departments": visit_department.c.department,
        "officers": visit_officer.c.officer,
    },
    ordered={
        "officers": {"number": visit_officer.c.code, "id": visit_officer.c.visit_id},
        "departments": {"number": visit_department.c.code, "id": visit_department.c.visit_id},
    },
    few=frozenset({"subject"}),
    closed=visit.c.state == VisitState.ASSIGNED.value,
)

SOURCES: Final[Mapping[ListQuery[Any], ListSource | Whole]] = MappingProxyType(
    {
        TASKS: ListSource(
            table=task,
            standing=standing(
                task,
                task_department,
                parties=task_party,
                concerns=lambda party: task.c.id.in_(_assisted(party)),
                owned=True,
            ),
            columns={
                "number": task.c.code,
                "lead": task.c.lead_department,
                "year": task.c.task_year,
                "departments": task_department.c.department,
            },
            ordered={
                "departments": {"number": task_department.c.code, "id": task_department.c.task_id}
            },
        ),
        VISITS: _VISITS,
        THIRD_PARTY_VISITS: evolve(_VISITS, ordered={}),
        EXTENSIONS: ListSource(
            table=visit_extension,
            standing=_of_lead_too(standing(visit_extension, visit_department)),
            columns={"number": visit_extension.c.code},
            closed=each_time(
                select(1).where(
                    visit.c.id == visit_extension.c.id,
                    visit.c.state == VisitState.ASSIGNED.value,
                )
            ),
        ),
        RECTIFICATIONS: ListSource(
            table=rectification,
            standing=standing(
                rectification,
                rectification_department,
                concerns=lambda party: and_(
                    rectification.c.state != RectificationState.WITHDRAWN,
                    is_subject(rectification.c.subject, party),
                ),
                owned=True,
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
            standing=standing(publication, visit_department, owned=True),
        ),
        TERM_WARNINGS: ListSource(
            table=term_warning,
            standing=standing(term_warning, term_warning_department),
        ),
        TRANSFERS: ListSource(
            table=transfer,
            standing=standing(transfer, transfer_department),
            columns={"to": transfer.c.receiver},
            sealed=SqlTransfers.mapper,
        ),
        REVIEWS: ListSource(
            table=review,
            standing=standing(review, department=review.c.department),
            sealed=SqlReviews.mapper,
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
        COMPLAINTS: ListSource(
            table=clue,
            standing=standing(clue, clue_department),
            party=REPORTER_INDEX,
            listed=clue.c.kind != ClueKind.OTHER.value,
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
        ARTICLES: ListSource(
            table=article,
            standing=standing(article, department=article.c.department),
            columns={"column": article.c.portal_column, "on": article.c.told_on},
            listed=article.c.state != ArticleState.DELETED.value,
        ),
        HANDBOOKS: ListSource(
            table=handbook,
            standing=standing(handbook, department=handbook.c.department),
            listed=handbook.c.state != HandbookState.DELETED.value,
        ),
        SCENES: ListSource(
            table=scene,
            standing=standing(scene, scene_department),
            columns={
                "lead": scene.c.lead_department,
                "departments": scene_department.c.department,
                "checklists": scene_checklist.c.checklist,
                "associations": scene_association.c.association,
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
        DEPARTMENTS: ListSource(
            table=department,
            standing=standing(department, department=department.c.id),
            columns={"order": department.c.place},
            criteria={
                "administrators": department_administrator.c.user_id,
                "under": department.c.id,
            },
            listed=department.c.deleted_at.is_(None),
            sealed=SqlDepartments.mapper,
        ),
        USERS: ListSource(
            table=app_user,
            standing=USERS_STAND,
            columns={"account": app_user.c.login},
            criteria={
                "department": user_department.c.department,
                "under": user_department.c.department,
                "full_name": app_user.c.name_index,
                "full_phone": app_user.c.phone_index,
                "full_document": app_user.c.document_index,
            },
            ordered={
                "department": {"place": user_department.c.place, "id": user_department.c.user_id}
            },
            listed=app_user.c.deleted_at.is_(None),
            sealed=SqlUsers.mapper,
        ),
        DEPARTMENT_LINES: ListSource(
            table=department,
            standing=standing(department, department=department.c.id),
            columns={"order": department.c.place},
            listed=department.c.deleted_at.is_(None),
        ),
        ROLES: ListSource(table=access_role, standing=ROLES_STAND, sealed=SqlRoles.mapper),
        GROUPS: ListSource(table=access_group, standing=GROUPS_STAND, sealed=SqlGroups.mapper),
        REGIONS: Whole(SqlRegions),
        EXPORT_REQUESTS: ListSource(
            table=export_request,
            standing=standing(export_request, department=export_request.c.about),
            sealed=SqlExportRequests.mapper,
        ),
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
        DATA_CHANGES: Whole(SqlDataChanges),
        REGISTRATION_CHANGES: Whole(SqlRegistrationChanges),
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

for _query, _source in SOURCES.items():
    if isinstance(_source, ListSource):
        if (_query.author is None) != (_source.author is None):
            raise TypeError(f"{_query.name}: whose its drafts are, both say or neither")
        index_orders(_query, _source)


def source_of(query: ListQuery[Any]) -> ListSource | Whole:
    """Give where the rows of a list come from, those of a part from where the whole's do."""
    if query.of is None:
        return SOURCES[query]
    whole = source_of(query.of)
    if isinstance(whole, Whole):
        return whole
    wanted = ListFilter(asked=query.where)
    return evolve(whole, listed=and_(*conditions_of(query.of, whole, wanted)))


class SqlLists(ListReader):
    """Lists read from the tables that ``SOURCES`` names."""

    def __init__(self, connection: Connection) -> None:
        """Read on the connection of a unit of work."""
        super().__init__(connection, source_of)
