"""Who serves which port of the core."""

from collections.abc import Mapping
from inspect import isclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Engine

from adapters.sql.access import (
    SqlAccessEpoch,
    SqlGrantSheets,
    SqlGroups,
    SqlRoles,
)
from adapters.sql.audit_questions import SqlStoredVersions
from adapters.sql.batches import SqlBatches
from adapters.sql.checklists import SqlChecklists
from adapters.sql.clues import SqlClueQueries, SqlClues
from adapters.sql.counterparts import SqlCounterparts
from adapters.sql.deciding import DECIDING, SqlRepairs
from adapters.sql.directory import SqlDepartments, SqlDirectoryChanges, SqlRegions, SqlUsers
from adapters.sql.directory_queries import (
    SqlDepartmentQueries,
    SqlGroupQueries,
    SqlHolderQueries,
    SqlRegionQueries,
    SqlRoleQueries,
    SqlUserQueries,
)
from adapters.sql.draws import SqlDraws, SqlPools
from adapters.sql.export_requests import SqlExportRequestQueries, SqlExportRequests
from adapters.sql.graded import GRADINGS, SqlGradedSubjects
from adapters.sql.items import (
    SqlCheckItems,
    SqlDocumentTemplates,
    SqlLaws,
    SqlStandardMaterials,
)
from adapters.sql.known import SqlKnownVersions
from adapters.sql.logins import (
    SqlChallenges,
    SqlCredentials,
    SqlFaceChecks,
    SqlGuessLimits,
    SqlLogIns,
    SqlLogInTraces,
    SqlPhoneChanges,
    SqlPhoneNotices,
    SqlSessions,
    SqlSourceLimits,
)
from adapters.sql.models import (
    SqlCreditModels,
    SqlEvaluationRounds,
    SqlGradingRules,
    SqlRiskModels,
)
from adapters.sql.notices import SqlNotices
from adapters.sql.officers import (
    SqlAssociations,
    SqlInstitutions,
    SqlOfficers,
    SqlTeams,
)
from adapters.sql.plan_questions import SqlCheckCounts, SqlPublishedMatters
from adapters.sql.plans import SqlPlans
from adapters.sql.registry_queries import (
    SqlChecklistQueries,
    SqlOfficerQueries,
    SqlSceneQueries,
)
from adapters.sql.replica import Replica, ReplicatedTransactions
from adapters.sql.repository import SqlRepository
from adapters.sql.scenes import SqlScenes
from adapters.sql.sealed_rows import (
    AggregateWalk,
    BatchWalk,
    SqlSealedRows,
    TableWalk,
    Walk,
)
from adapters.sql.second_person import SqlSecondPersonQueries, SqlSecondPersonRequests
from adapters.sql.subject_facts import FACTS, STATEMENTS, SqlSubjectFacts
from adapters.sql.subject_queries import SqlSubjectQueries
from adapters.sql.subjects import (
    SqlCategories,
    SqlSubjects,
    SqlTags,
)
from adapters.sql.synchronisations import SqlSynchronisations
from adapters.sql.task_queries import (
    SqlPublicationQueries,
    SqlRectificationQueries,
    SqlTaskQueries,
    SqlVisitQueries,
)
from adapters.sql.tasks import (
    SqlPublications,
    SqlRectifications,
    SqlReviews,
    SqlTasks,
    SqlTransfers,
    SqlVisits,
)
from adapters.sql.unit import Factory, SqlTransactions
from supervision_core.assessment.ports import CreditModels, EvaluationRounds, RiskModels
from supervision_core.audit.ports import SealedRows
from supervision_core.checklists.ports import ChecklistQueries, Checklists
from supervision_core.clues.ports import ClueQueries, Clues
from supervision_core.draws.ports import Draws, Pools
from supervision_core.grading.ports import GradedSubjects, GradingRules
from supervision_core.identity.ports import (
    AccessEpoch,
    Challenges,
    Counterparts,
    CredentialsStore,
    DepartmentQueries,
    Departments,
    DirectoryChanges,
    ExportRequestQueries,
    ExportRequests,
    FaceChecks,
    GrantSheets,
    GroupQueries,
    Groups,
    GuessLimits,
    HolderQueries,
    KnownVersions,
    LogInStore,
    LogInTraces,
    Notices,
    PhoneChanges,
    PhoneNotices,
    RegionQueries,
    Regions,
    Repairs,
    RoleQueries,
    Roles,
    SecondPersonQueries,
    SecondPersonRequests,
    Sessions,
    SourceLimits,
    Synchronisations,
    UserQueries,
    Users,
)
from supervision_core.items.ports import CheckItems, DocumentTemplates, Laws, StandardMaterials
from supervision_core.officers.ports import (
    Associations,
    Institutions,
    OfficerQueries,
    Officers,
    Teams,
)
from supervision_core.plans.ports import CheckCounts, Plans, PublishedMatters
from supervision_core.scenes.ports import SceneQueries, Scenes
from supervision_core.subjects.ports import Categories, SubjectFacts, SubjectQueries, Subjects, Tags
from supervision_core.tasks.ports import (
    PublicationQueries,
    Publications,
    RectificationQueries,
    Rectifications,
    Reviews,
    TaskQueries,
    Tasks,
    Transfers,
    VisitQueries,
    Visits,
)

PORTS: Mapping[type[Any], Factory] = {
    Departments: SqlDepartments,
    Users: SqlUsers,
    Regions: SqlRegions,
    Roles: SqlRoles,
    ExportRequests: SqlExportRequests,
    SecondPersonRequests: SqlSecondPersonRequests,
    Groups: SqlGroups,
    GrantSheets: SqlGrantSheets,
    KnownVersions: SqlKnownVersions,
    Repairs: SqlRepairs,
    CredentialsStore: SqlCredentials,
    GuessLimits: SqlGuessLimits,
    SourceLimits: SqlSourceLimits,
    LogInStore: SqlLogIns,
    PhoneChanges: SqlPhoneChanges,
    PhoneNotices: SqlPhoneNotices,
    Challenges: SqlChallenges,
    Counterparts: SqlCounterparts,
    Notices: SqlNotices,
    Synchronisations: SqlSynchronisations,
    FaceChecks: SqlFaceChecks,
    Sessions: SqlSessions,
    LogInTraces: SqlLogInTraces,
    AccessEpoch: SqlAccessEpoch,
    DirectoryChanges: SqlDirectoryChanges,
    UserQueries: SqlUserQueries,
    DepartmentQueries: SqlDepartmentQueries,
    RegionQueries: SqlRegionQueries,
    RoleQueries: SqlRoleQueries,
    ExportRequestQueries: SqlExportRequestQueries,
    SecondPersonQueries: SqlSecondPersonQueries,
    GroupQueries: SqlGroupQueries,
    HolderQueries: SqlHolderQueries,
    CheckItems: SqlCheckItems,
    Laws: SqlLaws,
    DocumentTemplates: SqlDocumentTemplates,
    StandardMaterials: SqlStandardMaterials,
    Checklists: SqlChecklists,
    Subjects: SqlSubjects,
    Tags: SqlTags,
    Categories: SqlCategories,
    SubjectFacts: SqlSubjectFacts,
    Officers: SqlOfficers,
    Teams: SqlTeams,
    Institutions: SqlInstitutions,
    Associations: SqlAssociations,
    Scenes: SqlScenes,
    RiskModels: SqlRiskModels,
    CreditModels: SqlCreditModels,
    EvaluationRounds: SqlEvaluationRounds,
    GradingRules: SqlGradingRules,
    Clues: SqlClues,
    ClueQueries: SqlClueQueries,
    Plans: SqlPlans,
    Draws: SqlDraws,
    Pools: SqlPools,
    GradedSubjects: SqlGradedSubjects,
    Tasks: SqlTasks,
    Visits: SqlVisits,
    Rectifications: SqlRectifications,
    Publications: SqlPublications,
    Transfers: SqlTransfers,
    Reviews: SqlReviews,
    SubjectQueries: SqlSubjectQueries,
    OfficerQueries: SqlOfficerQueries,
    ChecklistQueries: SqlChecklistQueries,
    SceneQueries: SqlSceneQueries,
    TaskQueries: SqlTaskQueries,
    VisitQueries: SqlVisitQueries,
    RectificationQueries: SqlRectificationQueries,
    PublicationQueries: SqlPublicationQueries,
    PublishedMatters: SqlPublishedMatters,
    CheckCounts: SqlCheckCounts,
}


LISTED: frozenset[type[Any]] = frozenset(
    {
        SubjectQueries,
        OfficerQueries,
        ChecklistQueries,
        SceneQueries,
        ClueQueries,
        TaskQueries,
        VisitQueries,
        RectificationQueries,
        PublicationQueries,
    }
)
"""What a copy may answer: lists. Never who may do what, nor what a decision rests on."""


def sql_transactions(
    engine: Engine,
    beside: Mapping[type[Any], Factory] = MappingProxyType({}),
    *,
    replica: Replica | None = None,
) -> SqlTransactions:
    """Give transactions on ``engine`` that serve every port kept in it.

    ``beside`` serves the ports of other technologies that use cases ask for (``Calendars``);
    ``replica`` answers the lists of units that only read.
    """
    ports = {**PORTS, **beside}
    if replica is None:
        return SqlTransactions(engine, ports)
    return ReplicatedTransactions(engine, ports, replica, LISTED)


def stored_versions(engine: Engine) -> SqlStoredVersions:
    """Give the versions of all aggregates that a repository of ours keeps."""
    return SqlStoredVersions(engine, {one.kind: one.mapper.table for one in kept_here()})


def kept_here() -> list[type[SqlRepository[Any]]]:
    """Give every repository of ours, that of batches among them."""
    served = [one for one in PORTS.values() if isclass(one) and issubclass(one, SqlRepository)]
    return [*served, SqlBatches]


BATCHED: Final = (GRADINGS, FACTS, STATEMENTS)
"""Tables of rows that are no aggregates: batches alone seal them."""


def other_rows(engine: Engine) -> SealedRows:
    """Give all other sealed rows, and what finds them."""
    apart = (*DECIDING, SqlBatches)
    kept = {one.mapper.table.name: one.mapper for one in kept_here() if one not in apart}
    walks: list[Walk] = [AggregateWalk(kept[name]) for name in sorted(kept)]
    batches = BatchWalk(one.table for one in BATCHED)
    return SqlSealedRows(engine, [*walks, batches, *map(TableWalk, BATCHED)])
