"""Who serves which port of the core."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine

from adapters.sql.checklists import SqlChecklists
from adapters.sql.items import (
    SqlCheckItems,
    SqlDocumentTemplates,
    SqlLaws,
    SqlStandardMaterials,
)
from adapters.sql.officers import (
    SqlAssociations,
    SqlInstitutions,
    SqlOfficers,
    SqlTeams,
)
from adapters.sql.plans import SqlPlans
from adapters.sql.scenes import SqlScenes
from adapters.sql.subject_facts import SqlSubjectFacts
from adapters.sql.subjects import (
    SqlCategories,
    SqlSubjects,
    SqlTags,
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
    Plans: SqlPlans,
    Tasks: SqlTasks,
    Visits: SqlVisits,
    Rectifications: SqlRectifications,
    Publications: SqlPublications,
    Transfers: SqlTransfers,
    Reviews: SqlReviews,
}


def sql_transactions(engine: Engine) -> SqlTransactions:
    """Give transactions on ``engine`` that serve every port of the core."""
    return SqlTransactions(engine, PORTS)
