"""Every table, for migrations and for whoever creates a database at once."""

from adapters.sql import (
    checklists,
    clues,
    draws,
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
