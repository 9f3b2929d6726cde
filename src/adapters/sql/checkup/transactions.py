"""Whether transactions, locks, errors and pages are what the platform takes them for."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import insert, literal, select, text, tuple_, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from adapters.sql.checkup.steps import Needless, Patient, Step, Unmet, first_line
from adapters.sql.checkup.values import BLANK, kept, same
from adapters.sql.engine.faults import broken_unique
from adapters.sql.engine.scopes import contains

WRITERS = 4
TURNS = 25
IN_ORDER = ("A", "a", "z", "中", "国", "\uff21")
_SESSIONS: Mapping[str, tuple[str, str]] = {
    "postgresql": ("SELECT pg_backend_pid()", "SELECT pg_terminate_backend({})"),
    "kingbase": ("SELECT pg_backend_pid()", "SELECT pg_terminate_backend({})"),
    "dm": ("SELECT SESSID()", "SP_CLOSE_SESSION({})"),
}


def _break_key(patient: Patient) -> str:
    kept(patient, "twice", name="first")
    names = [_broken(patient, "twice", "second"), _broken(patient, "other", "first")]
    same(names, [f"pk_{patient.scratch.name}", f"uq_{patient.scratch.name}_name"])
    return f"认得出 {'、'.join(names)}"


def _broken(patient: Patient, id: str, name: str) -> str:
    try:
        kept(patient, id, name=name)
    except IntegrityError as error:
        found = broken_unique(error, patient.scratch.metadata)
        if found is None:
            raise Unmet(f"认不出是哪个约束：{first_line(error.orig)}") from error
        return found
    raise Unmet("须唯一的值存入了两次")


def _roll_back(patient: Patient) -> str:
    table = patient.scratch
    with patient.engine.connect() as connection:
        with connection.begin() as transaction:
            connection.execute(insert(table), {**BLANK, "id": "undone", "name": "undone"})
            transaction.rollback()
        found = connection.execute(select(table.c.id).where(table.c.id == "undone")).all()
    same(found, [])
    return "撤销后没有留下"


def _save_point(patient: Patient) -> str:
    table = patient.scratch
    with patient.engine.begin() as connection:
        connection.execute(insert(table), {**BLANK, "id": "outer", "name": "outer"})
        inner = connection.begin_nested()
        connection.execute(insert(table), {**BLANK, "id": "inner", "name": "inner"})
        inner.rollback()
    asked = select(table.c.id).where(table.c.id.in_(["outer", "inner"]))
    with patient.reading() as connection:
        same(connection.execute(asked).scalars().all(), ["outer"])
    return "撤销到保存点，之前的保留"


def _hide_uncommitted(patient: Patient) -> str:
    table = patient.scratch
    asked = select(table.c.id).where(table.c.id == "unseen")
    with patient.engine.connect() as writer, patient.reading() as reader:
        writer.execute(insert(table), {**BLANK, "id": "unseen", "name": "unseen"})
        same(reader.execute(asked).all(), [])
        writer.rollback()
    return "未提交的修改别人看不到，读不等写"


def _count_rows(patient: Patient) -> str:
    table = patient.scratch
    kept(patient, "version")
    changed = update(table).where(table.c.id == "version").values(total=1)
    with patient.engine.begin() as connection:
        same(connection.execute(changed.where(table.c.total == 0)).rowcount, 1)
        same(connection.execute(changed.where(table.c.total == 0)).rowcount, 0)
    return "改了几行说得准，防止互相覆盖"


def _count_together(patient: Patient) -> str:
    table = patient.scratch
    kept(patient, "counter")
    mine = table.c.id == "counter"

    def take() -> list[int]:
        taken = []
        for _ in range(TURNS):
            with patient.engine.begin() as connection:
                asked = select(table.c.total).where(mine).with_for_update()
                at = connection.execute(asked).scalar_one()
                connection.execute(update(table).where(mine).values(total=at + 1))
                taken.append(at)
        return taken

    with ThreadPoolExecutor(WRITERS) as pool:
        parts = [pool.submit(take) for _ in range(WRITERS)]
        numbers = sorted(number for part in parts for number in part.result())
    same(numbers, list(range(WRITERS * TURNS)))
    return f"{WRITERS} 个写入者取号 {WRITERS * TURNS} 次，不重不漏"


def _page(patient: Patient) -> str:
    table = patient.scratch
    with patient.engine.begin() as connection:
        connection.execute(
            insert(table),
            [{**BLANK, "id": f"page-{one}", "name": one, "note": "page"} for one in IN_ORDER],
        )
    found: list[str] = []
    last = (" ", " ")  # before every name, and not empty
    while True:
        after = tuple_(literal(last[0], table.c.name.type), literal(last[1], table.c.id.type))
        asked = (
            select(table.c.name, table.c.id)
            .where(table.c.note == "page", tuple_(table.c.name, table.c.id) > after)
            .order_by(table.c.name, table.c.id)
            .limit(2)
        )
        with patient.reading() as connection:
            rows = connection.execute(asked).all()
        found += [row.name for row in rows]
        if len(rows) < 2:  # noqa: PLR2004 - the size of a page
            break
        last = (rows[-1].name, rows[-1].id)
    same(found, sorted(IN_ORDER))
    return "逐页不重不漏，按字符编码排序"


def _search(patient: Patient) -> str:
    kept(patient, "percent", note="a100%b")
    kept(patient, "letters", note="a100Xb")
    table = patient.scratch
    with patient.reading() as connection:
        for words in ("100%", "A100%"):
            asked = select(table.c.id).where(contains(table.c.note, words))
            same(connection.execute(asked).scalars().all(), ["percent"])
    return "查找时 % 和 _ 就是它们自己，不分大小写"


def _lose_connection(patient: Patient) -> str:
    if patient.kind not in _SESSIONS:
        raise Needless("SQLite 没有连接可断")
    which, end = _SESSIONS[patient.kind]
    with patient.engine.connect() as broken:
        session = broken.execute(text(which)).scalar_one()
        broken.rollback()
        with patient.engine.begin() as other:
            other.execute(text(end.format(int(session))))
        if not _fails(lambda: broken.execute(text("SELECT 1"))):
            raise Unmet("会话被关闭后仍能执行语句")
    with patient.reading() as connection:
        connection.execute(text("SELECT 1"))
    return "断开后自动重新连接"


def _fails(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise Unmet(f"认不出连接已断：{first_line(error.orig)}") from error
        return True
    return False


TRANSACTIONS = (
    Step(
        "unique",
        "唯一约束",
        "请把原文告诉开发者：engine/faults.py 按约束名识别重复",
        _break_key,
    ),
    Step("rollback", "撤销", "表须支持事务；请核对服务器是否自动提交", _roll_back),
    Step("savepoint", "保存点", "请把原文告诉开发者：SAVEPOINT", _save_point),
    Step(
        "isolation",
        "隔离",
        "隔离级别须为读已提交（read committed）；达梦须保持多版本（MVCC）读",
        _hide_uncommitted,
    ),
    Step("rowcount", "行数", "请把原文告诉开发者：UPDATE 的行数（rowcount）", _count_rows),
    Step("counter", "并发取号", "SELECT … FOR UPDATE 须锁住所选的行", _count_together),
    Step(
        "page",
        "分页与排序",
        "比较须区分大小写、按编码排序：人大金仓 enable_ci=off；达梦 CASE_SENSITIVE=1",
        _page,
    ),
    Step("search", "模糊查找", "请把原文告诉开发者：LIKE … ESCAPE", _search),
    Step(
        "lost",
        "断线重连",
        "请把原文告诉开发者：dialects 的 is_disconnect；或给用户结束自己会话的权限",
        _lose_connection,
    ),
)
