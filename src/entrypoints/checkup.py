"""The check-up of an installation: its database tried in every way, and what it needs beside."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, make_url, text

from entrypoints.cities.advising import PATIENCE, advice, machine_pace
from entrypoints.container import (
    CheckResult,
    CheckState,
    KeySettings,
    LogStore,
    SystemClock,
    SystemRandomness,
    calendars_of,
    check_marks,
    examine_copy,
    examine_database,
    open_log,
    revisions,
)
from entrypoints.settings import Settings
from entrypoints.upkeep import Check, Doubtful, Unwell, upkeep_checks
from entrypoints.words import all_messages
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import DomainError
from supervision_core.kernel.registers import nearest

ROOM = 1024**3
PART = 20
"""Of the disk: a twentieth should be free."""
TEN_THOUSAND = 10_000
MOST_TOLD = 5
YEAR_END = 11
"""The notice of next year's holidays comes in November."""


def check_up(address: str) -> Iterator[CheckResult]:
    """Examine the database at ``address``, its replica if one is set, and the installation.

    Nothing stays behind, nothing of the platform's is changed.
    """
    url, clock = make_url(address), SystemClock()
    reached = True
    for result in examine_database(url, clock=clock):
        reached = reached and not (
            result.name in {"driver", "connection"} and result.state is CheckState.BAD
        )
        yield result
    for check in _installation(url, reached=reached):
        yield _done(check)
    if reached and (replica := os.environ.get("SUPERVISION_REPLICA", "")):
        yield from examine_copy(url, make_url(replica))


def _done(check: Check) -> CheckResult:
    try:
        return CheckResult(check.name, check.title, CheckState.GOOD, check.run())
    except DomainError as error:
        said = [all_messages().explain(one) for one in error.reasons]
        found = "；".join(one.reason for one in said)
        remedy = "；".join(dict.fromkeys(one.remedy for one in said))
        return CheckResult(check.name, check.title, CheckState.BAD, found, remedy)
    except Doubtful as reason:
        return CheckResult(check.name, check.title, CheckState.WARNED, str(reason), check.remedy)
    except Unwell as reason:
        return CheckResult(check.name, check.title, CheckState.BAD, str(reason), check.remedy)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is what is looked for
        found = f"{type(error).__name__}：{str(error).partition(chr(10))[0]}"
        return CheckResult(check.name, check.title, CheckState.BAD, found, check.remedy)


def _installation(url: URL, *, reached: bool) -> Iterator[Check]:
    yield Check(
        name="platform.settings",
        title="环境变量",
        remedy="按提示改正，见 docs/deploy.md",
        run=_settings,
    )
    yield Check(
        name="platform.keys",
        title="密钥",
        remedy="SUPERVISION_KEYS、SUPERVISION_MASTER_KEY 指向 supervision init 建立的密钥",
        run=lambda: _keys(url if reached else None),
    )
    yield Check(
        name="platform.disk",
        title="磁盘空间",
        remedy="清理或扩充磁盘",
        run=lambda: _disk(url),
    )
    yield Check(
        name="platform.calendar",
        title="工作日历",
        remedy="升级 chinesecalendar，或在日历表（SUPERVISION_CALENDAR）中补上该年的放假安排",
        run=_calendar,
    )
    if reached:
        yield Check(
            name="platform.tables",
            title="数据库版本",
            remedy="先备份，再运行 supervision migrate；尚未建立则运行 supervision init",
            run=lambda: _tables(url),
        )
        yield Check(
            name="platform.officers",
            title="执法人员所属部门",
            remedy="再次导入其名册：supervision import officers 名册.xlsx，写法不同的加 "
            "--called 写法=机构；或在执法人员页面改其所属部门。没有该机构的，先新增",
            run=lambda: _officers(url),
        )
        yield Check(
            name="platform.audit",
            title="审计日志",
            remedy="运行 supervision worker，它每分钟为审计日志签名并送见证方",
            run=lambda: _audit(url),
        )
        yield Check(
            name="platform.scale",
            title="批量评价",
            remedy="加一台机器分市评价，见 docs/scale.md",
            run=lambda: _scale(url),
        )
    yield from upkeep_checks()


def _settings() -> str:
    Settings.from_environment(os.environ)
    return "都能读懂"


def _keys(url: URL | None) -> str:
    settings = KeySettings.read(os.environ)
    keys = settings.open(SystemRandomness())
    if settings.master.exists() and settings.master.stat().st_mode & 0o077:
        raise Unwell(f"{settings.master} 别人也能读，请 chmod 600")
    if url is None:
        return f"{settings.folder}，数据库连不上，没有核对"
    with _opened(url) as store:
        if not revisions(store.engine)[0]:
            return f"{settings.folder}，数据库尚未建立"
        check_marks(store.engine, keys.store)
    return f"{settings.folder}，正是保护这个数据库的"


def _disk(url: URL) -> str:
    places = {Path("~/.supervision").expanduser(), Path.cwd()}
    if url.get_backend_name() == "sqlite":
        places.add(Path(url.database or ".").absolute().parent)
    told = []
    for place in sorted(place for place in places if place.exists()):
        usage = shutil.disk_usage(place)
        free = f"{place} 剩余 {usage.free / ROOM:.1f} GiB"
        if usage.free < ROOM or usage.free * PART < usage.total:
            raise Unwell(free)
        told.append(free)
    return "，".join(told)


def _calendar() -> str:
    today = local_day(SystemClock().now())
    calendar = calendars_of(Settings.from_environment(os.environ)).working_calendar()
    calendar.is_working(today)
    shown = [today.year, today.year + 1] if today.month >= YEAR_END else [today.year]
    provisional = "、".join(f"{year}年" for year in shown if year in calendar.provisional)
    if provisional:
        raise Doubtful(f"{provisional}的放假安排没有查全，按法定节假日暂算")
    return f"有 {'、'.join(map(str, shown))} 年"


def _tables(url: URL) -> str:
    with _opened(url) as store:
        now, last = revisions(store.engine)
    if not now:
        raise Unwell("还没有平台的表")
    if now != last:
        raise Unwell(f"在第 {now} 步，程序需要第 {last} 步")
    return f"第 {now} 步，已是最新"


def _officers(url: URL) -> str:
    """Look whether every officer stands in a department that there is: no other can be drawn."""
    with _opened(url) as store:
        if not revisions(store.engine)[0]:
            return "数据库尚未建立"
        with store.engine.connect() as connection:
            astray = connection.execute(text(_ASTRAY)).all()
            names = connection.execute(text(_DEPARTMENTS)).scalars().all()
    if not astray:
        return "都是组织机构中有的"
    told = [f"“{name}”{count} 人{_near(name, names)}" for name, count in astray[:MOST_TOLD]]
    more = f"等 {len(astray)} 个" if len(astray) > MOST_TOLD else ""
    people = sum(count for _, count in astray)
    raise Unwell(f"{people} 人所属的部门组织机构中没有，抽不到他们：{'、'.join(told)}{more}")


_ASTRAY = (
    "SELECT officer.department, count(*) AS people FROM officer LEFT JOIN department "
    "ON department.id = officer.department AND department.deleted_at IS NULL "
    "WHERE officer.state <> 'deleted' AND department.id IS NULL "
    "GROUP BY officer.department ORDER BY people DESC, officer.department"
)
_DEPARTMENTS = "SELECT name FROM department WHERE deleted_at IS NULL ORDER BY name"


def _near(name: str, names: Sequence[str]) -> str:
    found = nearest(name, names)
    return f"（相近的有“{'”“'.join(found)}”）" if found else ""


def _audit(url: URL) -> str:
    with _opened(url) as store:
        if not revisions(store.engine)[0]:
            return "数据库尚未建立"
        last = store.checkpoints.last()
        covered = last.checkpoint.size if last is not None else 0
        end = store.checkpoints.end(covered)
    hours = Settings.from_environment(os.environ).audit_unanchored_hours
    waiting = end.size - covered
    if end.oldest is not None and waiting:
        waited = (SystemClock().now() - end.oldest).total_seconds() / 3600
        if waited > hours:
            raise Unwell(f"{waiting} 行等签名已 {waited:.0f} 小时，超过 {hours} 小时即暂停写入")
    return f"{end.size} 行，其中 {covered} 行已签名"


def _scale(url: URL) -> str:
    """Measure this machine, and say whether a second one would pay for what is registered."""
    with _opened(url) as store:
        if not revisions(store.engine)[0]:
            return "数据库尚未建立"
        with store.engine.connect() as connection:
            subjects = connection.execute(text("SELECT count(*) FROM subject")).scalar_one()
    pace = machine_pace()
    found = advice(pace, subjects)
    told = (
        f"本机 {pace.cores} 个核心，每百万个对象约 {pace.million / pace.cores:.1f} 秒；"
        f"库中 {subjects:,} 个，约 {max(1, round(found.seconds)):,} 秒"
    )
    if found.pays:
        raise Doubtful(f"{told}，第二台约省 {round(found.saved):,} 秒")
    most = found.pays_from // TEN_THOUSAND
    return f"{told}；超过 {most:,} 万个（{PATIENCE // 60} 分钟）才值得加一台"


@contextmanager
def _opened(url: URL) -> Iterator[LogStore]:
    """Give the database, only to be looked at."""
    store = open_log(url.render_as_string(hide_password=False))
    try:
        yield store
    finally:
        store.engine.dispose()
