"""A running platform as its entrypoints hold it."""

from collections.abc import Callable, Sequence

from attrs import frozen
from sqlalchemy import Engine

from adapters.crypto.platform_keys import PlatformKeys
from adapters.sql.ports import kept_here
from adapters.sql.sealing.key_marks import write_marks
from adapters.sql.sealing.protected import protected_rows
from entrypoints.container.logs import Auditing
from supervision_core.content.ports import PublicReading
from supervision_core.field_records.services.posting import Posting
from supervision_core.files.ports import Previews
from supervision_core.files.services import Staging
from supervision_core.identity.services import Commands
from supervision_core.identity.services.login import LogIns
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.documents import Letters, PaperSheets, TableFiles
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.outbox import Outbox
from supervision_core.kernel.ports import Clock, Ids, Randomness, Transactions
from supervision_core.kernel.scan_codes import ScanCodes
from supervision_core.kernel.sealing import ProtectedRows
from supervision_core.kernel.search import SearchIndex


@frozen(kw_only=True)
class Platform:
    """The parts of a running platform over one database.

    ``open_reading`` is all that public pages ask; where they stand in a zone of their own it is an
    adapter that asks across.
    """

    engine: Engine
    keys: PlatformKeys
    transactions: Transactions
    outbox: Outbox
    commands: Commands
    log_ins: LogIns
    files: Staging
    posting: Posting
    search: SearchIndex
    auditing: Callable[[], Auditing]
    clock: Clock
    ids: Ids
    randomness: Randomness
    calendars: Calendars
    tables: TableFiles
    letters: Letters
    papers: PaperSheets
    previews: Previews
    codes: ScanCodes
    messages: Messages
    open_reading: PublicReading


def protected_tables(platform: Platform) -> Sequence[ProtectedRows]:
    """Give every table whose rows are to be protected anew when keys change."""
    return protected_rows(platform.engine, kept_here())


def note_keys(platform: Platform) -> None:
    """Note in the database which keys now protect it."""
    write_marks(platform.engine, platform.keys.store)
