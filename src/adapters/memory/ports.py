"""Who serves which port of the core in memory."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from adapters.memory.checklists import MemoryChecklists
from adapters.memory.clues import MemoryClues
from adapters.memory.directory_queries import (
    MemoryDepartmentQueries,
    MemoryExportRequestQueries,
    MemoryHolderQueries,
    MemoryRegionQueries,
    MemorySecondPersonQueries,
    MemoryUserQueries,
)
from adapters.memory.draws import MemoryDraws, MemoryPools
from adapters.memory.files import MemoryAttachments, MemoryStagedFiles
from adapters.memory.graded import MemoryCurrentGrades, MemoryGradedSubjects
from adapters.memory.identity import IDENTITY_PORTS, MemoryUsers
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
from adapters.memory.plan_questions import MemoryCheckCounts, MemoryPublishedMatters
from adapters.memory.plans import MemoryPlans
from adapters.memory.references import MemoryAsk
from adapters.memory.scenes import MemoryScenes
from adapters.memory.search import MemorySearchSource
from adapters.memory.subjects import (
    MemorySubjectFacts,
    MemorySubjectQueries,
    MemorySubjects,
    MemoryTags,
)
from adapters.memory.task_queries import (
    MemoryPublicationQueries,
    MemoryRectificationQueries,
    MemoryTaskQueries,
    MemoryVisitQueries,
)
from adapters.memory.tasks import (
    MemoryPublications,
    MemoryRectifications,
    MemoryReviews,
    MemoryServedLetters,
    MemoryTasks,
    MemoryTermWarnings,
    MemoryTransfers,
    MemoryVisits,
)
from adapters.memory.unit import Factory, MemoryStore, MemoryTransactions
from supervision_core.assessment.ports import CreditModels, EvaluationRounds, RiskModels
from supervision_core.checklists.ports import Checklists
from supervision_core.clues.ports import Clues
from supervision_core.draws.ports import Draws, Pools
from supervision_core.files.ports import Attachments, StagedFiles
from supervision_core.grading.ports import CurrentGrades, GradedSubjects, GradingRules
from supervision_core.identity.ports import (
    AccountTies,
    DepartmentQueries,
    ExportRequestQueries,
    HolderQueries,
    PartyNames,
    RegionQueries,
    SecondPersonQueries,
    UserQueries,
)
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
)
from supervision_core.officers.services import OfficerTies
from supervision_core.plans.ports import CheckCounts, Plans, PublishedMatters
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import SubjectFacts, SubjectQueries, Subjects, Tags
from supervision_core.subjects.services import SubjectNames
from supervision_core.tasks.ports import (
    PublicationQueries,
    Publications,
    RectificationQueries,
    Rectifications,
    Reviews,
    ServedLetters,
    TaskQueries,
    Tasks,
    TermWarnings,
    Transfers,
    VisitQueries,
    Visits,
)

PORTS: Mapping[type[Any], Factory] = {
    **IDENTITY_PORTS,
    UserQueries: MemoryUserQueries,
    DepartmentQueries: MemoryDepartmentQueries,
    RegionQueries: MemoryRegionQueries,
    HolderQueries: MemoryHolderQueries,
    ExportRequestQueries: MemoryExportRequestQueries,
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
    Subjects: MemorySubjects,
    Tags: MemoryTags,
    SubjectFacts: MemorySubjectFacts,
    Officers: MemoryOfficers,
    AccountTies: lambda unit: OfficerTies(MemoryOfficers(unit), MemoryUsers(unit)),
    PartyNames: lambda unit: SubjectNames(MemorySubjects(unit)),
    Teams: MemoryTeams,
    Proposals: MemoryProposals,
    Scenes: MemoryScenes,
    RiskModels: MemoryRiskModels,
    CreditModels: MemoryCreditModels,
    EvaluationRounds: MemoryEvaluationRounds,
    GradingRules: MemoryGradingRules,
    Clues: MemoryClues,
    Plans: MemoryPlans,
    Draws: MemoryDraws,
    Pools: MemoryPools,
    GradedSubjects: MemoryGradedSubjects,
    CurrentGrades: MemoryCurrentGrades,
    Tasks: MemoryTasks,
    Visits: MemoryVisits,
    Rectifications: MemoryRectifications,
    Publications: MemoryPublications,
    Transfers: MemoryTransfers,
    TermWarnings: MemoryTermWarnings,
    Reviews: MemoryReviews,
    ServedLetters: MemoryServedLetters,
    SubjectQueries: MemorySubjectQueries,
    OfficerQueries: MemoryOfficerQueries,
    TaskQueries: MemoryTaskQueries,
    VisitQueries: MemoryVisitQueries,
    RectificationQueries: MemoryRectificationQueries,
    PublicationQueries: MemoryPublicationQueries,
    PublishedMatters: MemoryPublishedMatters,
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
