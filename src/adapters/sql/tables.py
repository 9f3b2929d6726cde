"""Every table, for migrations and for whoever creates a database at once."""

from adapters.sql import (
    access,
    checklists,
    clues,
    directory,
    draws,
    export_requests,
    graded,
    items,
    key_marks,
    logins,
    models,
    officers,
    plans,
    scenes,
    schema,
    subject_facts,
    subjects,
    tasks,
)

TABLES_OF = (
    graded,
    schema,
    directory,
    access,
    key_marks,
    logins,
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
    export_requests,
)
metadata = schema.metadata
