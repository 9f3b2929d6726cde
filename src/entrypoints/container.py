"""What is put together from what. Nothing else imports the adapters."""

from attrs import frozen
from dependency_injector import containers, providers
from sqlalchemy import Engine

from adapters.analytics.duckdb_files import DuckDbFiles
from adapters.analytics.results import known_of, result_rows, write_csv
from adapters.calendar import ChineseCalendars
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
from adapters.sql.engine import open_engine
from adapters.sql.migrations import migrate
from adapters.sql.ports import sql_transactions
from adapters.sql.requirements import check_requirements
from adapters.system import FixedClock, SystemClock, SystemIds, SystemRandomness
from entrypoints.words import all_messages
from supervision_core.identity.services import Commands
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.documents import Letters, TableFiles
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.ports import Clock, Ids, Randomness, Transactions

__all__ = [
    "PILOTS",
    "Container",
    "DrawnFiles",
    "DuckDbFiles",
    "FixedClock",
    "Letters",
    "Platform",
    "ScenePackage",
    "SystemClock",
    "SystemRandomness",
    "TemplateLetters",
    "WorkbookTables",
    "diff_packages",
    "draw_files",
    "generate_firms",
    "generate_officers",
    "items_of",
    "known_of",
    "open_platform",
    "pilot_package",
    "read_package",
    "result_rows",
    "rows_of",
    "verify_files",
    "write_csv",
    "write_package",
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
