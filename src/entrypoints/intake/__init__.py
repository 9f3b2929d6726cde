"""Tables that departments send, from file to register: good rows go in, bad rows come back.

A row goes in once no other row of its file can contradict it: the codes of all rows are known
before the first is stored. Rows are stored in chunks, each in one transaction; after a break the
same file is sent again: what is in already is counted as the same. Without ``key`` no idempotency
keys: they would answer from memory where the register has been changed since.

Each part is imported when somebody first asks for it: the process that reads starts in a third of
a second, not in one.
"""

from typing import TYPE_CHECKING

from entrypoints.container.lazily import imported_when_used

if TYPE_CHECKING:
    from entrypoints.intake.opening import open_officers, open_subjects
    from entrypoints.intake.reading import Chunk, Reading, WholeReading, batch
    from entrypoints.intake.reports import (
        ImportReport,
        PlacedFault,
        Reason,
        UnreadSheet,
        reasons_of,
    )
    from entrypoints.intake.sheets import Sheets, TableUnfit, open_sheets, sheets_of
    from entrypoints.intake.storing import (
        Advance,
        ignored,
        store_in_chunks,
        store_officers,
        store_subjects,
    )

__getattr__ = imported_when_used(__name__)

__all__ = [
    "Advance",
    "Chunk",
    "ImportReport",
    "PlacedFault",
    "Reading",
    "Reason",
    "Sheets",
    "TableUnfit",
    "UnreadSheet",
    "WholeReading",
    "batch",
    "ignored",
    "open_officers",
    "open_sheets",
    "open_subjects",
    "reasons_of",
    "sheets_of",
    "store_in_chunks",
    "store_officers",
    "store_subjects",
]
