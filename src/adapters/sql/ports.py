"""Who serves which port of the core."""

from collections.abc import Mapping
from inspect import isclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Engine

from adapters.sql.checklists import SqlChecklists
from adapters.sql.clues import SqlClues
from adapters.sql.content import SqlArticles
from adapters.sql.counts import SqlCounts
from adapters.sql.draws import PoolWalk, SqlDraws, SqlLeafTrees, SqlPools, SqlSeriesOfDraws
from adapters.sql.engine.replica import Replica, ReplicatedTransactions
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.entries import ENTRIES, TABLES, EntryWalk, SqlEntries
from adapters.sql.field_records import SqlFieldDevices, SqlFieldRecords
from adapters.sql.files import SqlAttachments, SqlStagedFiles
from adapters.sql.frame.audit_questions import SqlStoredVersions
from adapters.sql.frame.known import SqlKnownVersions
from adapters.sql.frame.unit import Factory, SqlTransactions
from adapters.sql.graded import GRADINGS, SqlCurrentGrades, SqlGradedSubjects, SqlUnscheduledRuns
from adapters.sql.handbooks import SqlHandbookReadings, SqlHandbooks
from adapters.sql.identity.access import (
    SqlAccessEpoch,
    SqlGrantSheets,
    SqlGroups,
    SqlRoles,
)
from adapters.sql.identity.counterparts import SqlCounterparts
from adapters.sql.identity.dead_letters import SqlDeadLetters
from adapters.sql.identity.deciding import DECIDING, SqlRepairs
from adapters.sql.identity.directory import (
    SqlDepartments,
    SqlDirectoryChanges,
    SqlRegions,
    SqlUsers,
)
from adapters.sql.identity.directory_lists import (
    SqlHolderQueries,
)
from adapters.sql.identity.drafts import SqlFormDrafts
from adapters.sql.identity.export_requests import SqlExportRequests
from adapters.sql.identity.logins import (
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
from adapters.sql.identity.notices import SqlNotices
from adapters.sql.identity.preferences import SqlPreferences
from adapters.sql.identity.second_person import SqlSecondPersonQueries, SqlSecondPersonRequests
from adapters.sql.identity.station_messages import SqlStationMessages
from adapters.sql.identity.synchronisations import SqlSynchronisations
from adapters.sql.items import (
    SqlCheckItems,
    SqlDocumentTemplates,
    SqlLaws,
    SqlStandardMaterials,
)
from adapters.sql.jobs import SqlJobs
from adapters.sql.lists import SqlLists
from adapters.sql.models import (
    SqlCreditModels,
    SqlEvaluationRounds,
    SqlGradingRules,
    SqlRiskModels,
)
from adapters.sql.officers import (
    SqlOfficers,
    SqlProposals,
    SqlTeams,
)
from adapters.sql.plan_questions import (
    SqlCheckCounts,
    SqlPublishedMatters,
    SqlTasksOfPlans,
)
from adapters.sql.plans import SqlPlans
from adapters.sql.references import SqlAsk
from adapters.sql.registry_queries import SqlOfficerQueries
from adapters.sql.scenes import SqlScenes
from adapters.sql.sealing.batches import SqlBatches
from adapters.sql.sealing.sealed_rows import (
    AggregateWalk,
    BatchWalk,
    SqlSealedRows,
    TableWalk,
    Walk,
)
from adapters.sql.search import SqlSearchSource
from adapters.sql.subject_facts import FACTS, STATEMENTS, SqlSubjectFacts
from adapters.sql.subject_queries import SqlSubjectQueries
from adapters.sql.subjects import (
    SqlDataChanges,
    SqlRegistrationChanges,
    SqlSubjects,
    SqlTags,
)
from adapters.sql.task_queries import (
    SqlPublicationQueries,
    SqlRectificationQueries,
    SqlVisitQueries,
    SqlVisitsOfOfficers,
)
from adapters.sql.tasks import (
    SqlPublications,
    SqlRectifications,
    SqlReviews,
    SqlServedLetters,
    SqlTasks,
    SqlTasksOfScenes,
    SqlTermWarnings,
    SqlTransfers,
    SqlVisitRatings,
    SqlVisits,
)
from supervision_core.assessment.ports import (
    CreditModels,
    EvaluationRounds,
    ModelsOfScenes,
    RiskModels,
)
from supervision_core.audit.ports import SealedRows
from supervision_core.checklists.ports import Checklists, ChecklistsOfScenes
from supervision_core.clues.grounds import ReadJudgedClues
from supervision_core.clues.ports import Clues
from supervision_core.content.ports import Articles
from supervision_core.dashboards.ports import Counts
from supervision_core.draws.ports import (
    Draws,
    LeafTrees,
    Lines,
    PlainSifter,
    Pools,
    SeriesOfDraws,
    Sifter,
)
from supervision_core.draws.services.lines import DirectoryLines
from supervision_core.field_records.ports import FieldDevices, FieldRecords
from supervision_core.files.ports import Attachments, StagedFiles
from supervision_core.files.services.entries import AttachedFiles
from supervision_core.grading.ports import (
    CurrentGrades,
    GradedSubjects,
    GradingRules,
    RulesOfScenes,
    UnscheduledRuns,
)
from supervision_core.handbooks.ports import HandbookReadings, Handbooks, PublishedHandbooks
from supervision_core.handbooks.services.reading import ReadableHandbooks
from supervision_core.identity.ports import (
    AccessEpoch,
    AccountTies,
    Challenges,
    Counterparts,
    CredentialsStore,
    DeadLetters,
    Departments,
    DirectoryChanges,
    ExportRequests,
    FaceChecks,
    FormDrafts,
    GrantSheets,
    Groups,
    GuessLimits,
    HolderQueries,
    KnownVersions,
    LogInStore,
    LogInTraces,
    Notices,
    PartyNames,
    PhoneChanges,
    PhoneNotices,
    PreferencesStore,
    Regions,
    Repairs,
    Roles,
    SecondPersonQueries,
    SecondPersonRequests,
    Sessions,
    SourceLimits,
    StationMessages,
    Synchronisations,
    Users,
)
from supervision_core.identity.services.registers import EntryFiles, EntryReliance
from supervision_core.items.ports import CheckItems, DocumentTemplates, Laws, StandardMaterials
from supervision_core.jobs.ports import Jobs
from supervision_core.kernel.listing import Lists
from supervision_core.kernel.registers import Ask, Entries
from supervision_core.kernel.search import SearchSource
from supervision_core.officers.ports import (
    OfficerQueries,
    Officers,
    Proposals,
    Teams,
    VisitsOfOfficers,
)
from supervision_core.officers.services import OfficerTies
from supervision_core.plans.ports import CheckCounts, Plans, PublishedMatters, TasksOfPlans
from supervision_core.scenes.ports import Scenes
from supervision_core.scenes.services import SceneChecklists, SceneModels, SceneRules
from supervision_core.subjects.ports import (
    DataChanges,
    RegistrationChanges,
    SubjectFacts,
    SubjectQueries,
    Subjects,
    Tags,
)
from supervision_core.subjects.services import SubjectNames
from supervision_core.tasks.ports import (
    JudgedClues,
    PublicationQueries,
    Publications,
    RectificationQueries,
    Rectifications,
    Reviews,
    ServedLetters,
    Tasks,
    TasksOfScenes,
    TermWarnings,
    Transfers,
    VisitQueries,
    VisitRatings,
    Visits,
)
from supervision_core.tasks.services.relying import VisitsRelying

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
    DeadLetters: SqlDeadLetters,
    PreferencesStore: SqlPreferences,
    StationMessages: SqlStationMessages,
    Counts: SqlCounts,
    Synchronisations: SqlSynchronisations,
    FaceChecks: SqlFaceChecks,
    FormDrafts: SqlFormDrafts,
    Sessions: SqlSessions,
    LogInTraces: SqlLogInTraces,
    AccessEpoch: SqlAccessEpoch,
    DirectoryChanges: SqlDirectoryChanges,
    SecondPersonQueries: SqlSecondPersonQueries,
    HolderQueries: SqlHolderQueries,
    StagedFiles: SqlStagedFiles,
    Attachments: SqlAttachments,
    Jobs: SqlJobs,
    CheckItems: SqlCheckItems,
    Laws: SqlLaws,
    DocumentTemplates: SqlDocumentTemplates,
    StandardMaterials: SqlStandardMaterials,
    Checklists: SqlChecklists,
    Articles: SqlArticles,
    Handbooks: SqlHandbooks,
    HandbookReadings: SqlHandbookReadings,
    PublishedHandbooks: lambda source: ReadableHandbooks(SqlHandbooks(source)),
    Subjects: SqlSubjects,
    Tags: SqlTags,
    DataChanges: SqlDataChanges,
    RegistrationChanges: SqlRegistrationChanges,
    SubjectFacts: SqlSubjectFacts,
    Officers: SqlOfficers,
    EntryFiles: lambda _source: AttachedFiles(),
    EntryReliance: lambda _source: VisitsRelying(),
    VisitsOfOfficers: SqlVisitsOfOfficers,
    AccountTies: lambda source: OfficerTies(
        SqlOfficers(source), SqlUsers(source), SqlVisitsOfOfficers(source)
    ),
    PartyNames: lambda source: SubjectNames(SqlSubjects(source)),
    Teams: SqlTeams,
    Proposals: SqlProposals,
    Scenes: SqlScenes,
    RulesOfScenes: lambda source: SceneRules(SqlScenes(source)),
    ModelsOfScenes: lambda source: SceneModels(SqlScenes(source)),
    ChecklistsOfScenes: lambda source: SceneChecklists(SqlScenes(source)),
    RiskModels: SqlRiskModels,
    CreditModels: SqlCreditModels,
    EvaluationRounds: SqlEvaluationRounds,
    GradingRules: SqlGradingRules,
    Clues: SqlClues,
    Plans: SqlPlans,
    Draws: SqlDraws,
    Pools: SqlPools,
    LeafTrees: SqlLeafTrees,
    Lines: lambda source: DirectoryLines(
        SqlDepartments(source), SqlRegions(source), SqlUsers(source)
    ),
    SeriesOfDraws: SqlSeriesOfDraws,
    Sifter: lambda _connection: PlainSifter(),
    GradedSubjects: SqlGradedSubjects,
    CurrentGrades: SqlCurrentGrades,
    UnscheduledRuns: SqlUnscheduledRuns,
    Tasks: SqlTasks,
    Visits: SqlVisits,
    Rectifications: SqlRectifications,
    Publications: SqlPublications,
    Transfers: SqlTransfers,
    TermWarnings: SqlTermWarnings,
    Reviews: SqlReviews,
    VisitRatings: SqlVisitRatings,
    ServedLetters: SqlServedLetters,
    FieldRecords: SqlFieldRecords,
    FieldDevices: SqlFieldDevices,
    SubjectQueries: SqlSubjectQueries,
    OfficerQueries: SqlOfficerQueries,
    VisitQueries: SqlVisitQueries,
    RectificationQueries: SqlRectificationQueries,
    PublicationQueries: SqlPublicationQueries,
    PublishedMatters: SqlPublishedMatters,
    TasksOfPlans: SqlTasksOfPlans,
    JudgedClues: lambda connection: ReadJudgedClues(SqlClues(connection)),
    TasksOfScenes: SqlTasksOfScenes,
    CheckCounts: SqlCheckCounts,
    Entries: SqlEntries,
    Lists: SqlLists,
    Ask: SqlAsk,
    SearchSource: SqlSearchSource,
}


LISTED: frozenset[type[Any]] = frozenset(
    {
        SubjectQueries,
        OfficerQueries,
        VisitQueries,
        RectificationQueries,
        PublicationQueries,
        Lists,
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
    return [*served, SqlBatches, *ENTRIES.values()]


BATCHED: Final = (GRADINGS, FACTS, STATEMENTS)
"""Tables of rows that are no aggregates: batches alone seal them."""


def other_rows(engine: Engine) -> SealedRows:
    """Give all other sealed rows, and what finds them."""
    apart = (*DECIDING, SqlBatches, *ENTRIES.values())
    kept = {one.mapper.table.name: one.mapper for one in kept_here() if one not in apart}
    walks: list[Walk] = [AggregateWalk(kept[name]) for name in sorted(kept)]
    batches = BatchWalk(one.table for one in BATCHED)
    return SqlSealedRows(
        engine, [*walks, *map(EntryWalk, TABLES), batches, *map(TableWalk, BATCHED), PoolWalk()]
    )
