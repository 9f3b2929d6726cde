"""Registers: simple tables that staff maintain, each described once.

A register is a frozen attrs class made with ``column(…)`` fields. From this one description come
the checks (``violations_of``), the search (``matches``) and, by ``describe``, whatever a surface
needs to show a form, a list or a workbook. One row with its life is an ``Entry``; where entries
are kept is a ``RegisterStore``.
"""

from supervision_core.kernel.registers.description import (
    Column,
    ColumnType,
    Content,
    Holder,
    RegisterDescription,
    batch_violations,
    column,
    describe,
    matches,
    taken_violations,
    violations_of,
)
from supervision_core.kernel.registers.entries import (
    Entry,
    EntryAdded,
    EntryChanged,
    EntryDeleted,
    EntryDisabled,
    EntryEnabled,
    EntryEvent,
    EntryInvalid,
    EntryMoved,
    EntryRemoved,
    OrderIncomplete,
    reorder,
)
from supervision_core.kernel.registers.store import EntryFilter, RegisterStore

__all__ = [
    "Column",
    "ColumnType",
    "Content",
    "Entry",
    "EntryAdded",
    "EntryChanged",
    "EntryDeleted",
    "EntryDisabled",
    "EntryEnabled",
    "EntryEvent",
    "EntryFilter",
    "EntryInvalid",
    "EntryMoved",
    "EntryRemoved",
    "Holder",
    "OrderIncomplete",
    "RegisterDescription",
    "RegisterStore",
    "batch_violations",
    "column",
    "describe",
    "matches",
    "reorder",
    "taken_violations",
    "violations_of",
]
