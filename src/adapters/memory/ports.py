"""Who serves which port of the core in memory."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from adapters.memory.checklists import MemoryChecklists
from adapters.memory.clues import MemoryClues
from adapters.memory.content import MemoryArticles
from adapters.memory.counts import MemoryCounts
from adapters.memory.directory_queries import (
    MemoryHolderQueries,
    MemorySecondPersonQueries,
)
from adapters.memory.draws import (
    MemoryDraws,
    MemoryLeafTrees,
    MemoryPools,
    MemorySeriesOfDraws,
)
from adapters.memory.field_records import MemoryFieldDevices, MemoryFieldRecords
from adapters.memory.files import MemoryAttachments, MemoryStagedFiles
from adapters.memory.graded import MemoryCurrentGrades, MemoryGradedSubjects, MemoryUnscheduledRuns
from adapters.memory.handbooks import MemoryHandbookReadings, MemoryHandbooks
from adapters.memory.identity import IDENTITY_PORTS, MemoryDepartments, MemoryRegions, MemoryUsers
from adapters.memory.items import (
    MemoryCheckItems,
    MemoryDocumentTemplates,
    MemoryLaws,
    MemoryPapers,
    MemoryStandardMaterials,
)
from adapters.memory.jobs import MemoryJobs
from adapters.memory.lists import MemoryLists
from adapters.memory.models import (
    MemoryCreditModels,
    MemoryEvaluationRounds,
    MemoryGradingRules,
    MemoryRiskModels,
)
from adapters.memory.officers import (
    MemoryOfficerQueries,
    MemoryOfficers,
    MemoryProposals,
    MemoryTeams,
)
from adapters.memory.plan_questions import (
    MemoryCheckCounts,
    MemoryPublishedMatters,
    MemoryTasksOfPlans,
)
from adapters.memory.plans import MemoryPlans
from adapters.memory.references import MemoryAsk
from adapters.memory.scenes import MemoryScenes
from adapters.memory.search import MemorySearchSource
from adapters.memory.subjects import (
    MemoryDataChanges,
    MemoryRegistrationChanges,
    MemorySubjectFacts,
    MemorySubjectQueries,
    MemorySubjects,
    MemoryTags,
)
from adapters.memory.task_queries import (
    MemoryPublicationQueries,
    MemoryRectificationQueries,
    MemoryVisitQueries,
    MemoryVisitsOfOfficers,
)
from adapters.memory.tasks import (
    MemoryPublications,
    MemoryRectifications,
    MemoryReviews,
    MemoryServedLetters,
    MemoryTasks,
    MemoryTasksOfScenes,
    MemoryTermWarnings,
    MemoryTransfers,
    MemoryVisitRatings,
    MemoryVisits,
)
from adapters.memory.unit import Factory, MemoryStore, MemoryTransactions
from supervision_core.assessment.ports import (
    CreditModels,
    EvaluationRounds,
    ModelsOfScenes,
    RiskModels,
)
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
    AccountTies,
    HolderQueries,
    PartyNames,
    SecondPersonQueries,
)
from supervision_core.identity.services.registers import EntryFiles, EntryReliance
from supervision_core.items.ports import (
    CheckItems,
    DocumentTemplates,
    Laws,
    PaperTemplates,
    StandardMaterials,
)
from supervision_core.jobs.ports import Jobs
from supervision_core.kernel.listing import Lists
from supervision_core.kernel.registers import Ask
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
    **IDENTITY_PORTS,
    HolderQueries: MemoryHolderQueries,
    SecondPersonQueries: MemorySecondPersonQueries,
    StagedFiles: MemoryStagedFiles,
    Attachments: MemoryAttachments,
    Jobs: MemoryJobs,
    CheckItems: MemoryCheckItems,
    Laws: MemoryLaws,
    DocumentTemplates: MemoryDocumentTemplates,
    StandardMaterials: MemoryStandardMaterials,
    PaperTemplates: lambda _unit: MemoryPapers(),
    Checklists: MemoryChecklists,
    Articles: MemoryArticles,
    Handbooks: MemoryHandbooks,
    HandbookReadings: MemoryHandbookReadings,
    PublishedHandbooks: lambda unit: ReadableHandbooks(MemoryHandbooks(unit)),
    Subjects: MemorySubjects,
    Tags: MemoryTags,
    DataChanges: MemoryDataChanges,
    RegistrationChanges: MemoryRegistrationChanges,
    SubjectFacts: MemorySubjectFacts,
    Officers: MemoryOfficers,
    EntryFiles: lambda _unit: AttachedFiles(),
    EntryReliance: lambda _unit: VisitsRelying(),
    VisitsOfOfficers: MemoryVisitsOfOfficers,
    AccountTies: lambda unit: OfficerTies(
        MemoryOfficers(unit), MemoryUsers(unit), MemoryVisitsOfOfficers(unit)
    ),
    PartyNames: lambda unit: SubjectNames(MemorySubjects(unit)),
    Teams: MemoryTeams,
    Proposals: MemoryProposals,
    Scenes: MemoryScenes,
    RulesOfScenes: lambda unit: SceneRules(MemoryScenes(unit)),
    ModelsOfScenes: lambda unit: SceneModels(MemoryScenes(unit)),
    ChecklistsOfScenes: lambda unit: SceneChecklists(MemoryScenes(unit)),
    RiskModels: MemoryRiskModels,
    CreditModels: MemoryCreditModels,
    EvaluationRounds: MemoryEvaluationRounds,
    GradingRules: MemoryGradingRules,
    Clues: MemoryClues,
    Plans: MemoryPlans,
    Draws: MemoryDraws,
    Pools: MemoryPools,
    LeafTrees: MemoryLeafTrees,
    Lines: lambda unit: DirectoryLines(
        MemoryDepartments(unit), MemoryRegions(unit), MemoryUsers(unit)
    ),
    SeriesOfDraws: MemorySeriesOfDraws,
    Sifter: lambda _unit: PlainSifter(),
    GradedSubjects: MemoryGradedSubjects,
    CurrentGrades: MemoryCurrentGrades,
    UnscheduledRuns: MemoryUnscheduledRuns,
    Counts: MemoryCounts,
    Tasks: MemoryTasks,
    Visits: MemoryVisits,
    Rectifications: MemoryRectifications,
    Publications: MemoryPublications,
    Transfers: MemoryTransfers,
    TermWarnings: MemoryTermWarnings,
    Reviews: MemoryReviews,
    VisitRatings: MemoryVisitRatings,
    ServedLetters: MemoryServedLetters,
    FieldRecords: MemoryFieldRecords,
    FieldDevices: MemoryFieldDevices,
    SubjectQueries: MemorySubjectQueries,
    OfficerQueries: MemoryOfficerQueries,
    VisitQueries: MemoryVisitQueries,
    RectificationQueries: MemoryRectificationQueries,
    PublicationQueries: MemoryPublicationQueries,
    PublishedMatters: MemoryPublishedMatters,
    TasksOfPlans: MemoryTasksOfPlans,
    JudgedClues: lambda unit: ReadJudgedClues(MemoryClues(unit)),
    TasksOfScenes: MemoryTasksOfScenes,
    CheckCounts: MemoryCheckCounts,
    Lists: MemoryLists,
    Ask: MemoryAsk,
    SearchSource: MemorySearchSource,
}


def memory_transactions(
    store: MemoryStore, beside: Mapping[type[Any], Factory] = MappingProxyType({})
) -> MemoryTransactions:
    """Give transactions on ``store`` that serve every port kept in it.

    ``beside`` serves the ports of other technologies that use cases ask for (``Calendars``).
    """
    return MemoryTransactions(store, {**PORTS, **beside})
