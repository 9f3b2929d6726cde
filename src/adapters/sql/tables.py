"""Every table, for migrations and for whoever creates a database at once."""

from adapters.sql import (
    checklists,
    clues,
    draws,
    entries,
    files,
    graded,
    items,
    jobs,
    models,
    officers,
    plans,
    scenes,
    subject_facts,
    subjects,
    tasks,
)
from adapters.sql.engine import schema
from adapters.sql.identity import (
    access,
    counterparts,
    directory,
    export_requests,
    logins,
    notices,
    preferences,
    second_person,
    synchronisations,
)
from adapters.sql.sealing import batches, key_marks

TABLES_OF = (
    graded,
    schema,
    directory,
    access,
    key_marks,
    logins,
    counterparts,
    notices,
    preferences,
    synchronisations,
    items,
    checklists,
    subjects,
    subject_facts,
    officers,
    scenes,
    plans,
    tasks,
    models,
    clues,
    draws,
    files,
    jobs,
    export_requests,
    second_person,
    batches,
    entries,
)
metadata = schema.metadata
