"""Opening the platform: one provider a part, and all of them put together."""

import os

from dependency_injector import containers, providers

from adapters.crypto.platform_keys import PlatformKeys
from adapters.documents.letters import TemplateLetters
from adapters.documents.sheets import PrintedSheets
from adapters.documents.workbooks import WorkbookTables
from adapters.media.previews import ProcessPreviews
from adapters.sql.frame.commit import SqlOutbox
from adapters.system import SystemClock, SystemIds, SystemRandomness
from entrypoints.container.calendars import calendars_of
from entrypoints.container.ceremonies import leaves_of
from entrypoints.container.codes import open_codes
from entrypoints.container.databases import fit_engine, ready_engine, transactions_on
from entrypoints.container.entrance import log_ins_of
from entrypoints.container.files import file_bytes, open_reading, posting_of, staging_of
from entrypoints.container.logs import auditing_of, deposits_of, guard_of
from entrypoints.container.platform import Platform
from entrypoints.container.protection import keys_for
from entrypoints.container.searching import search_index
from entrypoints.registered import lists_of
from entrypoints.settings import Settings
from entrypoints.words import all_messages
from supervision_core.draws.ports import Deposits
from supervision_core.identity.services import Commands
from supervision_core.kernel.ports import Clock


class Container(containers.DeclarativeContainer):
    """One provider a part, each made once and when first asked for; ``url`` names the database."""

    url = providers.Dependency(instance_of=str)
    clock = providers.Singleton(SystemClock)
    ids = providers.Singleton(SystemIds)
    randomness = providers.Singleton(SystemRandomness)
    messages = providers.Singleton(all_messages)
    tables = providers.Singleton(WorkbookTables, messages)
    letters = providers.Singleton(TemplateLetters)
    papers = providers.Singleton(PrintedSheets)
    previews = providers.Singleton(ProcessPreviews)
    make_keys = providers.Dependency(instance_of=bool, default=False)
    fit_engine = providers.Singleton(fit_engine, url)
    keys = providers.Singleton(keys_for, fit_engine, randomness, make=make_keys)
    engine = providers.Singleton(ready_engine, fit_engine, keys, randomness)
    settings = providers.Singleton(Settings.from_environment, os.environ)
    calendars = providers.Singleton(calendars_of, settings)
    search = providers.Singleton(search_index, url, settings)
    file_bytes = providers.Singleton(file_bytes, url, settings)
    codes = providers.Singleton(open_codes, settings, keys, clock, randomness)
    leaves = providers.Singleton(leaves_of, keys)
    auditing = providers.Singleton(auditing_of, engine, keys, settings, clock, ids)
    deposits = providers.Singleton(deposits_of, keys, settings, auditing.provider)
    transactions = providers.Singleton(
        transactions_on,
        engine, calendars, settings, keys, randomness, search, file_bytes, letters, codes,
        leaves, deposits,
    )  # fmt: skip
    outbox = providers.Singleton(SqlOutbox, engine)
    guard = providers.Singleton(guard_of, auditing.provider)
    commands = providers.Singleton(Commands, transactions, clock, ids, guard, lists_of=lists_of)
    log_ins = providers.Singleton(log_ins_of, settings, keys, transactions, clock, ids, randomness)
    staging = providers.Singleton(
        staging_of, file_bytes, settings, keys, transactions, clock, ids, randomness
    )
    posting = providers.Singleton(posting_of, commands, keys, staging)
    open_reading = providers.Singleton(open_reading, transactions, clock, staging)
    platform = providers.Singleton(
        Platform,
        engine=engine,
        keys=keys,
        transactions=transactions,
        outbox=outbox,
        commands=commands,
        log_ins=log_ins,
        files=staging,
        posting=posting,
        search=search,
        auditing=auditing.provider,
        clock=clock,
        ids=ids,
        randomness=randomness,
        calendars=calendars,
        tables=tables,
        letters=letters,
        papers=papers,
        previews=previews,
        codes=codes,
        messages=messages,
        open_reading=open_reading,
    )


def open_platform(
    url: str,
    *,
    clock: Clock | None = None,
    keys: PlatformKeys | None = None,
    make_keys: bool = False,
    deposits: Deposits | None = None,
) -> Platform:
    """Open the database at ``url``, brought up to date, with everything that works on it.

    Raises what ``check_requirements`` does for one that might forget or garble what it took.
    ``clock`` takes the place of the machine's own: for rehearsals and replays, in which hours pass
    at once and nothing stops for want of a witness; ``deposits`` that of whoever keeps the deposits
    of draws, for demonstrations. Without ``keys``,
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
    if deposits is not None:
        container.deposits.override(providers.Object(deposits))
    platform: Platform = container.platform()
    return platform
