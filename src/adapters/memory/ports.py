"""Who serves which port of the core in memory."""

from collections.abc import Mapping
from typing import Any

from adapters.memory.checklists import MemoryChecklists
from adapters.memory.items import (
    MemoryCheckItems,
    MemoryDocumentTemplates,
    MemoryLaws,
    MemoryStandardMaterials,
)
from adapters.memory.officers import (
    MemoryAssociations,
    MemoryInstitutions,
    MemoryOfficers,
    MemoryTeams,
)
from adapters.memory.plans import MemoryPlans
from adapters.memory.scenes import MemoryScenes
from adapters.memory.subjects import (
    MemoryCategories,
    MemorySubjectFacts,
    MemorySubjects,
    MemoryTags,
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
from supervision_core.checklists.ports import Checklists
from supervision_core.items.ports import CheckItems, DocumentTemplates, Laws, StandardMaterials
from supervision_core.officers.ports import Associations, Institutions, Officers, Teams
from supervision_core.plans.ports import Plans
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import Categories, SubjectFacts, Subjects, Tags
from supervision_core.tasks.ports import (
    Publications,
    Rectifications,
    Reviews,
    Tasks,
    Transfers,
    Visits,
)

PORTS: Mapping[type[Any], Factory] = {
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
    Plans: MemoryPlans,
    Tasks: MemoryTasks,
    Visits: MemoryVisits,
    Rectifications: MemoryRectifications,
    Publications: MemoryPublications,
    Transfers: MemoryTransfers,
    Reviews: MemoryReviews,
}


def memory_transactions(store: MemoryStore) -> MemoryTransactions:
    """Give transactions on ``store`` that serve every port of the core."""
    return MemoryTransactions(store, PORTS)
