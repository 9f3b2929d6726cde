"""What is put together from what. Nothing else imports the adapters."""

import os

from dependency_injector import containers, providers

from adapters.analytics.duckdb_files import DuckDbFiles
from adapters.analytics.results import known_of, result_rows, write_csv
from adapters.calendar import ChineseCalendars
from adapters.crypto.office import pem, thumbprint
from adapters.crypto.platform_keys import KeySettings, PlatformKeys
from adapters.crypto.providers import open_algorithms
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
from adapters.documents.page import print_page
from adapters.documents.samples import generate_firms, generate_officers
from adapters.documents.workbooks import WorkbookTables
from adapters.ranking.files import DrawnFiles, draw_files, verify_files
from adapters.sql.checkup import Result as CheckResult
from adapters.sql.checkup import State as CheckState
from adapters.sql.checkup import examine_copy
from adapters.sql.key_marks import check_marks
from adapters.sql.migrations import revisions
from adapters.storage.archives import verify_archive
from adapters.storage.scratch import scratch_folder
from adapters.system import FixedClock, SystemClock, SystemIds, SystemRandomness
from adapters.witness.ledger import FileWitness, read_ledger
from entrypoints.container.databases import (
    examine_database,
    fit_engine,
    fresh_database,
    ready_engine,
    stored_database,
    transactions_on,
)
from entrypoints.container.entrance import log_ins_of
from entrypoints.container.logs import (
    Auditing,
    LogStore,
    auditing_of,
    followed_log,
    guard_of,
    log_store,
    open_log,
    open_witness,
    witness_answers,
)
from entrypoints.container.partners import open_notices, open_organisation, require_organisation
from entrypoints.container.platform import Platform, note_keys, protected_tables
from entrypoints.container.protection import (
    CertificateDesk,
    certificate_desk,
    keys_for,
    open_keys,
    open_signing_keys,
    revocation_lists,
    rewrap_keys,
    verifiers_of,
)
from entrypoints.container.safekeeping import (
    backups_in,
    listed_backups,
    make_safe_key,
    open_safe_key,
    take_keyring,
)
from entrypoints.settings import Settings
from entrypoints.words import all_messages
from supervision_core.identity.services import Commands
from supervision_core.kernel.documents import Letters
from supervision_core.kernel.ports import Clock

__all__ = [
    "PILOTS",
    "Auditing",
    "CertificateDesk",
    "CheckResult",
    "CheckState",
    "ChineseCalendars",
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
    "SystemIds",
    "SystemRandomness",
    "TemplateLetters",
    "WorkbookTables",
    "backups_in",
    "certificate_desk",
    "check_marks",
    "diff_packages",
    "draw_files",
    "examine_copy",
    "examine_database",
    "followed_log",
    "fresh_database",
    "generate_firms",
    "generate_officers",
    "items_of",
    "known_of",
    "listed_backups",
    "log_store",
    "make_safe_key",
    "note_keys",
    "open_algorithms",
    "open_keys",
    "open_log",
    "open_notices",
    "open_organisation",
    "open_platform",
    "open_safe_key",
    "open_signing_keys",
    "open_witness",
    "pem",
    "pilot_package",
    "print_page",
    "protected_tables",
    "read_ledger",
    "read_package",
    "read_public_key",
    "require_organisation",
    "result_rows",
    "revisions",
    "revocation_lists",
    "rewrap_keys",
    "rows_of",
    "scratch_folder",
    "stored_database",
    "take_keyring",
    "thumbprint",
    "verifiers_of",
    "verify_archive",
    "verify_files",
    "witness_answers",
    "write_csv",
    "write_package",
    "write_public_key",
]


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
    make_keys = providers.Dependency(instance_of=bool, default=False)
    fit_engine = providers.Singleton(fit_engine, url)
    keys = providers.Singleton(keys_for, fit_engine, randomness, make=make_keys)
    engine = providers.Singleton(ready_engine, fit_engine, keys, randomness)
    settings = providers.Singleton(Settings.from_environment, os.environ)
    transactions = providers.Singleton(
        transactions_on, engine, calendars, settings, keys, randomness
    )
    auditing = providers.Singleton(auditing_of, engine, keys, settings, clock, ids)
    guard = providers.Singleton(guard_of, auditing.provider)
    commands = providers.Singleton(Commands, transactions, clock, ids, guard)
    log_ins = providers.Singleton(log_ins_of, settings, keys, transactions, clock, ids, randomness)
    platform = providers.Singleton(
        Platform,
        engine=engine,
        keys=keys,
        transactions=transactions,
        commands=commands,
        log_ins=log_ins,
        auditing=auditing.provider,
        clock=clock,
        ids=ids,
        randomness=randomness,
        calendars=calendars,
        tables=tables,
        letters=letters,
        messages=messages,
    )


def open_platform(
    url: str,
    *,
    clock: Clock | None = None,
    keys: PlatformKeys | None = None,
    make_keys: bool = False,
) -> Platform:
    """Open the database at ``url``, brought up to date, with everything that works on it.

    Raises what ``check_requirements`` does for one that might forget or garble what it took.
    ``clock`` takes the place of the machine's own: for rehearsals and replays, in which hours pass
    at once and nothing stops for want of a witness. Without ``keys``,
    those that the environment names are opened (``KeySettings``); with ``make_keys`` they are made
    where there are none. Raises ``KeysAbsent``, and ``KeysForeign`` for keys that are not the ones
    which protect the database.
    """
    container = Container(url=url, make_keys=make_keys)
    if clock is not None:
        container.clock.override(providers.Object(clock))
        container.guard.override(providers.Object(None))
    if keys is not None:
        container.keys.override(providers.Object(keys))
    platform: Platform = container.platform()
    return platform
