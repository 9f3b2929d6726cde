"""Whether the server can be reached, what it is, and what it calls which word."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter

from sqlalchemy import Connection, text

from adapters.sql.checkup.steps import Needless, Patient, Step, Unmet
from adapters.sql.engine.database import open_engine
from adapters.sql.tables import metadata

SKEW = timedelta(seconds=5)
QUARTER = 15 * 60
_PACKAGES: Mapping[str, tuple[str, ...]] = {
    "postgresql": ("psycopg",),
    "kingbase": ("ksycopg2",),
    "dm": ("dmPython", "dmSQLAlchemy"),
}
_VERSIONS: Mapping[str, str] = {
    "sqlite": "SELECT 'SQLite ' || sqlite_version()",
    "postgresql": "SELECT version()",
    "kingbase": "SELECT version()",
    "dm": "SELECT BANNER FROM V$VERSION",
}
_CLOCKS: Mapping[str, str] = {
    "sqlite": "SELECT CAST(strftime('%s', 'now') AS INTEGER)",
    "postgresql": "SELECT CAST(extract(epoch FROM clock_timestamp()) AS BIGINT)",
    "kingbase": "SELECT CAST(extract(epoch FROM clock_timestamp()) AS BIGINT)",
    "dm": "SELECT SYSDATE",
}
_WORDS: Mapping[str, str] = {
    "postgresql": "SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')",
    "kingbase": "SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')",
    "dm": "SELECT LOWER(KEYWORD) FROM V$RESERVED_WORDS WHERE RESERVED = 'Y'",
}


def _load_driver(patient: Patient) -> str:
    dialect = patient.url.get_dialect()
    dialect.import_dbapi()
    packages = _PACKAGES.get(dialect.name, ())
    return "、".join(f"{name} {_version(name)}" for name in packages) or "Python 自带"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "（版本不明）"


def _connect(patient: Patient) -> str:
    file = patient.url.database or ""
    if patient.url.get_backend_name() == "sqlite" and not Path(file).exists():
        raise Unmet(f"没有文件 {file}，请先 supervision init")
    patient.engine = open_engine(
        patient.url.render_as_string(hide_password=False), pool_size=4, sealing=patient.sealing
    )
    start = perf_counter()
    with patient.reading() as connection:
        opened = perf_counter()
        connection.execute(text("SELECT 1"))
        asked = perf_counter()
    return f"连接 {(opened - start) * 1000:.0f} 毫秒，往返 {(asked - opened) * 1000:.1f} 毫秒"


def _tell_version(patient: Patient) -> str:
    with patient.reading() as connection:
        told = connection.execute(text(_VERSIONS[patient.kind])).scalars().all()
    return str(told[0]).partition(", compiled")[0]


def _compare_clocks(patient: Patient) -> str:
    with patient.reading() as connection:
        before = patient.clock.now()
        told = connection.execute(text(_CLOCKS[patient.kind])).scalar_one()
        after = patient.clock.now()
    middle = before + (after - before) / 2
    skew = _skew(told, middle)
    if abs(skew) > SKEW:
        raise Unmet(f"数据库与本机相差 {skew.total_seconds():.0f} 秒")
    return f"相差 {abs(skew).total_seconds():.1f} 秒以内"


def _skew(told: object, now: datetime) -> timedelta:
    """Compare; a server that tells no zone is compared up to whole quarters of an hour."""
    if isinstance(told, datetime):
        apart = (told.replace(tzinfo=UTC) - now).total_seconds()
        return timedelta(seconds=(apart + QUARTER / 2) % QUARTER - QUARTER / 2)
    return datetime.fromtimestamp(int(str(told)), UTC) - now


def _look_up_words(patient: Patient) -> str:
    if patient.kind not in _WORDS:
        raise Needless("SQLite 不需要")
    with patient.reading() as connection:
        reserved = set(connection.execute(text(_WORDS[patient.kind])).scalars())
    clashes = sorted(name for name in reserved & _names() if not _quoted(connection, name))
    if clashes:
        raise Unmet(f"这些名称是保留字而没有加引号：{'、'.join(clashes)}")
    return f"{len(reserved)} 个保留字，没有冲突"


def _names() -> set[str]:
    tables = metadata.tables.values()
    return {table.name for table in tables} | {c.name for table in tables for c in table.c}


def _quoted(connection: Connection, name: str) -> bool:
    return connection.dialect.identifier_preparer.quote(name) != name


REACHING = (
    Step(
        "driver",
        "驱动程序",
        "安装驱动：PostgreSQL 随平台安装；人大金仓 pip install '.[kingbase]'；达梦 pip install "
        "'.[dm]'；地址以 sqlite、postgresql+psycopg、kingbase 或 dm 开头",
        _load_driver,
        essential=True,
    ),
    Step(
        "connection",
        "连接",
        "核对主机、端口（人大金仓默认 54321，达梦 5236，PostgreSQL 5432，请写明）、库名、用户和口令"
        "（@ / : 写成 %40 %2F %3A），以及服务器的访问控制和防火墙",
        _connect,
        essential=True,
    ),
    Step("version", "版本", "查询版本失败，请把原文告诉开发者", _tell_version),
    Step("clock", "时钟", "用 NTP 对准数据库服务器和本机的时钟", _compare_clocks),
    Step(
        "words",
        "保留字",
        "把这些名称加入 dialects 中该数据库要加引号的名称",
        _look_up_words,
    ),
)
