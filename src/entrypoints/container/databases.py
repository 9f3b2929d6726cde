"""Databases: opened fit for use, protected, brought up to date, copied, examined."""

from collections.abc import Iterator

from sqlalchemy import URL, Engine

from adapters.collation import HanCollation
from adapters.crypto.platform_keys import KeySettings, PlatformKeys
from adapters.ranking.sifting import FastSifter
from adapters.sql.backups import SqlDatabase
from adapters.sql.checkup import Result as CheckResult
from adapters.sql.checkup import examine
from adapters.sql.engine.database import open_engine
from adapters.sql.engine.replica import Replica
from adapters.sql.engine.requirements import check_requirements
from adapters.sql.files import SqlStagedFiles
from adapters.sql.frame.known import follower_of
from adapters.sql.migrations import migrate
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing.key_marks import check_marks, is_marked, write_marks
from adapters.sql.sealing.protection import Sealing, protect
from adapters.storage.scratch import scratch_folder
from adapters.system import SystemRandomness
from entrypoints.catalogue import InstalledPermissions
from entrypoints.container.channels import SetChannels
from entrypoints.container.files import INSTALLED_KINDS
from entrypoints.container.papers import StagedPapers
from entrypoints.settings import Settings
from entrypoints.words import all_messages
from supervision_core.draws.ports import Deposits, Leaves, Sifter
from supervision_core.files.ports import FileBytes, VisibleKinds
from supervision_core.identity.ports import (
    Collation,
    OpenChannels,
    PermissionCatalogue,
)
from supervision_core.items.ports import PaperTemplates
from supervision_core.kernel.backups import StoredDatabase
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.documents import Letters
from supervision_core.kernel.ports import Clock, Randomness, Transactions
from supervision_core.kernel.scan_codes import ScanCodes
from supervision_core.kernel.search import SearchIndex


def fit_engine(url: str) -> Engine:
    """Open a database that keeps what it acknowledges. Raises what ``check_requirements`` does."""
    engine = open_engine(url)
    check_requirements(engine)
    return engine


def ready_engine(engine: Engine, keys: PlatformKeys, randomness: Randomness) -> Engine:
    """Protect a database with its own keys, and bring it up to date. Raises ``KeysForeign``."""
    protect(engine, Sealing.under(keys.store, randomness))
    follower_of(engine).trusted = keys.trusted
    if is_marked(engine):
        check_marks(engine, keys.store)
    migrate(engine)
    write_marks(engine, keys.store)
    return engine


def _replica(address: str, keys: PlatformKeys, randomness: Randomness) -> Replica | None:
    if not address:
        return None
    return Replica(open_engine(address, sealing=Sealing.under(keys.store, randomness)))


def transactions_on(  # noqa: PLR0913, PLR0917 - one for each part
    engine: Engine,
    calendars: Calendars,
    settings: Settings,
    keys: PlatformKeys,
    randomness: Randomness,
    search: SearchIndex,
    store: FileBytes,
    letters: Letters,
    codes: ScanCodes,
    leaves: Leaves,
    deposits: Deposits,
) -> Transactions:
    """Give transactions on a database, with everything that use cases ask for beside it."""
    permissions, collation = InstalledPermissions(), HanCollation()
    channels = SetChannels(settings)
    beside = {
        Calendars: lambda _connection: calendars,
        PermissionCatalogue: lambda _connection: permissions,
        Collation: lambda _connection: collation,
        VisibleKinds: lambda _connection: INSTALLED_KINDS,
        SearchIndex: lambda _connection: search,
        Randomness: lambda _connection: randomness,
        OpenChannels: lambda _connection: channels,
        Sifter: lambda _connection: FastSifter(),
        ScanCodes: lambda _connection: codes,
        Leaves: lambda _connection: leaves,
        Deposits: lambda _connection: deposits,
        PaperTemplates: lambda connection: StagedPapers(
            SqlStagedFiles(connection), letters, store, keys.store, randomness
        ),
    }
    replica = _replica(settings.replica, keys, randomness)
    return sql_transactions(engine, beside=beside, replica=replica)


def stored_database(engine: Engine) -> StoredDatabase:
    """Give the database of ``engine`` as backups see it."""
    return SqlDatabase(engine)


def fresh_database(url: str) -> Engine:
    """Open a database in which there may be nothing yet, and leave it so."""
    return fit_engine(url)


def examine_database(url: URL, *, clock: Clock) -> Iterator[CheckResult]:
    """Try a database in every way that the platform uses it, under keys made for that alone."""
    randomness = SystemRandomness()
    with scratch_folder("doctor") as folder:
        settings = KeySettings(folder=folder / "keys", master=folder / "master.key")
        settings.make(randomness)
        yield from examine(
            url,
            sealing=Sealing.under(settings.open(randomness).store, randomness),
            clock=clock,
            suffix=randomness.token(4).hex(),
            messages=all_messages(),
        )
