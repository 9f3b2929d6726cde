"""Every table, for migrations and for whoever creates a database at once."""

from adapters.sql import (
    checklists,
    clues,
    draws,
    graded,
    items,
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
)
metadata = schema.metadata
