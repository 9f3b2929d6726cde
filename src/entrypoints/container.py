"""What is put together from what. Nothing else imports the adapters."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from attrs import frozen
from dependency_injector import containers, providers
from sqlalchemy import Engine

from adapters.analytics.duckdb_files import DuckDbFiles
from adapters.analytics.results import known_of, result_rows, write_csv
from adapters.calendar import ChineseCalendars
from adapters.crypto.platform_keys import KeySettings, PlatformKeys
from adapters.crypto.public_keys import read_public_key, write_public_key
from adapters.documents.letters import TemplateLetters
from adapters.documents.package_diff import diff_packages
from adapters.documents.package_table import items_of, rows_of
from adapters.documents.packages import (
    PILOTS,
    ScenePackage,
    pilot_package,
    read_package,
    write_package,
)
from adapters.documents.samples import generate_firms, generate_officers
from adapters.documents.workbooks import WorkbookTables
from adapters.ranking.files import DrawnFiles, draw_files, verify_files
from adapters.sql.audit import SqlAuditQueries, SqlCheckpoints
from adapters.sql.engine import open_engine
from adapters.sql.frame import SqlAuditLog
from adapters.sql.migrations import migrate
from adapters.sql.ports import sql_transactions, stored_versions
from adapters.sql.requirements import check_requirements
from adapters.system import FixedClock, SystemClock, SystemIds, SystemRandomness
from adapters.witness.ledger import FileWitness, read_ledger
from adapters.witness.remote import HttpWitness
from entrypoints.words import all_messages
from supervision_core.audit.model import AnchorPolicy
from supervision_core.audit.ports import (
    AuditLog,
    AuditQueries,
    Checkpoints,
    StoredVersions,
    Witness,
)
from supervision_core.audit.services import Anchoring
from supervision_core.identity.services import Commands
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.crypto import Verifier
from supervision_core.kernel.documents import Letters, TableFiles
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.ports import Clock, Ids, Randomness, Transactions
from supervision_core.kernel.signing import key_id, verifiers

__all__ = [
    "PILOTS",
    "Auditing",
    "Container",
    "DrawnFiles",
    "DuckDbFiles",
    "FileWitness",
    "FixedClock",
    "KeySettings",
    "Letters",
    "LogStore",
    "Platform",
    "PlatformKeys",
    "ScenePackage",
    "SystemClock",
    "SystemRandomness",
    "TemplateLetters",
    "WorkbookTables",
    "auditing_of",
    "diff_packages",
    "draw_files",
    "generate_firms",
    "generate_officers",
    "items_of",
    "known_of",
    "open_log",
    "open_platform",
    "open_witness",
    "pilot_package",
    "read_ledger",
    "read_package",
    "read_public_key",
    "result_rows",
    "rows_of",
    "verify_files",
    "write_csv",
    "write_package",
    "write_public_key",
]


@frozen(kw_only=True)
class Platform:
    """The parts of a running platform over one database."""

    engine: Engine
    transactions: Transactions
    commands: Commands
    clock: Clock
    ids: Ids
    randomness: Randomness
    calendars: Calendars
    tables: TableFiles
    letters: Letters
    messages: Messages


def _ready_engine(url: str) -> Engine:
    engine = open_engine(url)
    check_requirements(engine)
    migrate(engine)
    return engine


def _transactions(engine: Engine, calendars: Calendars) -> Transactions:
    return sql_transactions(engine, beside={Calendars: lambda _connection: calendars})


class Container(containers.DeclarativeContainer):
    """One provider a part, each made once and when first asked for; ``url`` names the database."""

    url = providers.Dependency(instance_of=str)
    clock = providers.Singleton(SystemClock)
    ids = providers.Singleton(SystemIds)
    randomness = providers.Singleton(SystemRandomness)
    messages = providers.Singleton(all_messages)
    calendars = providers.Singleton(ChineseCalendars)
    tables = providers.Singleton(WorkbookTables, messages)
    letters = providers.Singleton(TemplateLetters)
    engine = providers.Singleton(_ready_engine, url)
    transactions = providers.Singleton(_transactions, engine, calendars)
    commands = providers.Singleton(Commands, transactions, clock, ids)
    platform = providers.Singleton(
        Platform,
        engine=engine,
        transactions=transactions,
        commands=commands,
        clock=clock,
        ids=ids,
        randomness=randomness,
        calendars=calendars,
        tables=tables,
        letters=letters,
        messages=messages,
    )


def open_platform(url: str, *, clock: Clock | None = None) -> Platform:
    """Open the database at ``url``, brought up to date, with everything that works on it.

    Raises what ``check_requirements`` does for one that might forget or garble what it took.
    ``clock`` takes the place of the machine's own: for rehearsals and replays.
    """
    container = Container(url=url)
    if clock is not None:
        container.clock.override(providers.Object(clock))
    platform: Platform = container.platform()
    return platform


@frozen(kw_only=True)
class LogStore:
    """The audit log of a database, as it can be read without any key."""

    engine: Engine
    log: AuditLog
    checkpoints: Checkpoints
    queries: AuditQueries
    versions: StoredVersions


def log_store(engine: Engine) -> LogStore:
    """Give the audit log of a database that is open."""
    return LogStore(
        engine=engine,
        log=SqlAuditLog(engine),
        checkpoints=SqlCheckpoints(engine),
        queries=SqlAuditQueries(engine),
        versions=stored_versions(engine),
    )


def open_log(url: str) -> LogStore:
    """Open a database only to read its audit log: nothing is migrated, no key is needed."""
    return log_store(open_engine(url))


@frozen(kw_only=True)
class Auditing:
    """What keeps the audit log honest: its store, the anchoring, the keys to verify with."""

    store: LogStore
    anchoring: Anchoring
    trusted: Mapping[str, Verifier]
    witnesses: Mapping[str, Verifier]


def auditing_of(  # noqa: PLR0913 - one for each part
    engine: Engine,
    keys: PlatformKeys,
    places: Sequence[str],
    *,
    clock: Clock,
    ids: Ids,
    unanchored: timedelta,
) -> Auditing:
    """Put together what anchors the log of ``engine`` at the witnesses of ``places``.

    A place is a folder, or a web address and, behind ``#``, the witness's public key in hex.
    """
    store = log_store(engine)
    known = [_witness(place, keys, clock) for place in places]
    witnesses = verifiers(*(verifier for _, verifier in known))
    anchoring = Anchoring(
        checkpoints=store.checkpoints,
        signer=keys.signer,
        witnesses=[witness for witness, _ in known],
        trusted=witnesses,
        clock=clock,
        ids=ids,
        policy=AnchorPolicy(unanchored=unanchored),
    )
    return Auditing(store=store, anchoring=anchoring, trusted=keys.trusted, witnesses=witnesses)


def open_witness(
    folder: Path, trusted: Mapping[str, Verifier], clock: Clock
) -> tuple[FileWitness, Verifier]:
    """Open a witness's folder with a key of its own, made when there is none."""
    settings = KeySettings(folder=folder / "keys", master=folder / "master.key")
    randomness = SystemRandomness()
    if not settings.there():
        settings.make(randomness)
    keys = settings.open(randomness)
    witness = FileWitness(folder / "seen", keys.signer, trusted, clock)
    return witness, keys.algorithms.verifier(keys.signer.public_key)


def _witness(place: str, keys: PlatformKeys, clock: Clock) -> tuple[Witness, Verifier]:
    if not place.startswith(("http://", "https://")):
        return open_witness(Path(place).expanduser(), keys.trusted, clock)
    address, _, text = place.partition("#")
    public_key = read_public_key(text)
    return HttpWitness(address, key_id(public_key)), keys.algorithms.verifier(public_key)
