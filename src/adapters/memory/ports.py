"""Who serves which port of the core in memory."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from adapters.memory.checklists import MemoryChecklistQueries, MemoryChecklists
from adapters.memory.clues import MemoryClueQueries, MemoryClues
from adapters.memory.directory_queries import (
    MemoryDepartmentQueries,
    MemoryExportRequestQueries,
    MemoryGroupQueries,
    MemoryHolderQueries,
    MemoryRegionQueries,
    MemoryRoleQueries,
    MemorySecondPersonQueries,
    MemoryUserQueries,
)
from adapters.memory.draws import MemoryDraws, MemoryPools
from adapters.memory.graded import MemoryGradedSubjects
from adapters.memory.identity import IDENTITY_PORTS
from adapters.memory.items import (
    MemoryCheckItems,
    MemoryDocumentTemplates,
    MemoryLaws,
    MemoryStandardMaterials,
)
from adapters.memory.models import (
    MemoryCreditModels,
    MemoryEvaluationRounds,
    MemoryGradingRules,
    MemoryRiskModels,
)
from adapters.memory.officers import (
    MemoryAssociations,
    MemoryInstitutions,
    MemoryOfficerQueries,
    MemoryOfficers,
    MemoryTeams,
)
from adapters.memory.plan_questions import MemoryCheckCounts, MemoryPublishedMatters
from adapters.memory.plans import MemoryPlans
from adapters.memory.scenes import MemorySceneQueries, MemoryScenes
from adapters.memory.subjects import (
    MemoryCategories,
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
    MemoryTasks,
    MemoryTransfers,
    MemoryVisits,
)
from adapters.memory.unit import Factory, MemoryStore, MemoryTransactions
from supervision_core.assessment.ports import CreditModels, EvaluationRounds, RiskModels
from supervision_core.checklists.ports import ChecklistQueries, Checklists
from supervision_core.clues.ports import ClueQueries, Clues
from supervision_core.draws.ports import Draws, Pools
from supervision_core.grading.ports import GradedSubjects, GradingRules
from supervision_core.identity.ports import (
    DepartmentQueries,
    ExportRequestQueries,
    GroupQueries,
    HolderQueries,
    RegionQueries,
    RoleQueries,
    SecondPersonQueries,
    UserQueries,
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
    **IDENTITY_PORTS,
    UserQueries: MemoryUserQueries,
    DepartmentQueries: MemoryDepartmentQueries,
    RegionQueries: MemoryRegionQueries,
    RoleQueries: MemoryRoleQueries,
    GroupQueries: MemoryGroupQueries,
    HolderQueries: MemoryHolderQueries,
    ExportRequestQueries: MemoryExportRequestQueries,
    SecondPersonQueries: MemorySecondPersonQueries,
    CheckItems: MemoryCheckItems,
    Laws: MemoryLaws,
    DocumentTemplates: MemoryDocumentTemplates,
    StandardMaterials: MemoryStandardMaterials,
    Checklists: MemoryChecklists,
    Subjects: MemorySubjects,
    Tags: MemoryTags,
    Categories: MemoryCategories,
    SubjectFacts: MemorySubjectFacts,
    Officers: MemoryOfficers,
    Teams: MemoryTeams,
    Institutions: MemoryInstitutions,
    Associations: MemoryAssociations,
    Scenes: MemoryScenes,
    RiskModels: MemoryRiskModels,
    CreditModels: MemoryCreditModels,
    EvaluationRounds: MemoryEvaluationRounds,
    GradingRules: MemoryGradingRules,
    Clues: MemoryClues,
    ClueQueries: MemoryClueQueries,
    Plans: MemoryPlans,
    Draws: MemoryDraws,
    Pools: MemoryPools,
    GradedSubjects: MemoryGradedSubjects,
    Tasks: MemoryTasks,
    Visits: MemoryVisits,
    Rectifications: MemoryRectifications,
    Publications: MemoryPublications,
    Transfers: MemoryTransfers,
    Reviews: MemoryReviews,
    SubjectQueries: MemorySubjectQueries,
    OfficerQueries: MemoryOfficerQueries,
    ChecklistQueries: MemoryChecklistQueries,
    SceneQueries: MemorySceneQueries,
    TaskQueries: MemoryTaskQueries,
    VisitQueries: MemoryVisitQueries,
    RectificationQueries: MemoryRectificationQueries,
    PublicationQueries: MemoryPublicationQueries,
    PublishedMatters: MemoryPublishedMatters,
    CheckCounts: MemoryCheckCounts,
}


def memory_transactions(
    store: MemoryStore, beside: Mapping[type[Any], Factory] = MappingProxyType({})
) -> MemoryTransactions:
    """Give transactions on ``store`` that serve every port kept in it.

    ``beside`` serves the ports of other technologies that use cases ask for (``Calendars``).
    """
    return MemoryTransactions(store, {**PORTS, **beside})
