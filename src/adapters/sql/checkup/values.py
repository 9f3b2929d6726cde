"""Whether values come back as they went in."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
    true,
)
from sqlalchemy.schema import CreateTable

from adapters.sql.checkup.steps import Patient, Step, Unmet
from adapters.sql.engine.bulk import insert_rows
from adapters.sql.engine.schema import NAMING
from adapters.sql.engine.types import Moment, Sorted, Words
from supervision_core.kernel.sealing import Place

CHINESE = "广西壮族自治区综合监"
SHOWN = 60
RARE = "𠮷龘😀"
LARGE = "监管" * 300_000
BYTES = bytes(range(256)) * 8_000
BIG = 2**62 + 1
DAY = date(2026, 4, 7)
MOMENT = datetime(2026, 4, 7, 23, 59, 59, 987_654, tzinfo=UTC)
BLANK: Mapping[str, Any] = {
    "name": "-",
    "note": "",
    "day": DAY,
    "moment": MOMENT,
    "fragile": False,
    "total": 0,
    "body": "-",
    "content": b"-",
}


def scratch_table(suffix: str) -> Table:
    """Give a table of every type that the platform uses, under a name of its own."""
    name = f"doctor_{suffix}"
    return Table(
        name,
        MetaData(naming_convention=NAMING),
        Column("id", String(36), primary_key=True),
        Column("name", Sorted(10), nullable=False),
        Column("note", Words(10)),
        Column("day", Date, nullable=False),
        Column("moment", Moment, nullable=False),
        Column("fragile", Boolean, nullable=False),
        Column("total", BigInteger, nullable=False),
        Column("body", Text, nullable=False),
        Column("content", LargeBinary, nullable=False),
        UniqueConstraint("name"),
    )


def kept(patient: Patient, id: str, **values: Any) -> Any:
    """Store a row, read it back through another transaction, and give it."""
    table = patient.scratch
    with patient.engine.begin() as connection:
        connection.execute(insert(table), {**BLANK, "id": id, "name": id, **values})
    with patient.reading() as connection:
        return connection.execute(select(table).where(table.c.id == id)).one()


def same(found: object, given: object) -> None:
    """Demand that what came back is what was given, of the same type."""
    if found != given or type(found) is not type(given):
        raise Unmet(f"存入 {_short(given)}，读出 {_short(found)}")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…（{len(text)} 字）"


def _make_table(patient: Patient) -> str:
    patient.scratch = scratch_table(patient.suffix)
    with patient.engine.begin() as connection:
        connection.execute(CreateTable(patient.scratch))
    return f"临时表 {patient.scratch.name}，检查后删除"


def _keep_chinese(patient: Patient) -> str:
    row = kept(patient, "chinese", name=CHINESE, note=CHINESE)
    same(row.name, CHINESE)
    same(row.note, CHINESE)
    return "长度 10 的列存得下 10 个汉字"


def _keep_rare(patient: Patient) -> str:
    same(kept(patient, "rare", note=RARE).note, RARE)
    return "四字节的字和表情符号原样读出"


def _keep_nothing(patient: Patient) -> str:
    row = kept(patient, "nothing", note="")
    same(row.note, "")
    table = patient.scratch
    asked = select(table.c.id).where(table.c.id == "nothing", table.c.note.is_(None))
    with patient.reading() as connection:
        same(connection.execute(asked).scalars().all(), ["nothing"])
    return "空文字存为 NULL，读作空"


def _keep_day(patient: Patient) -> str:
    row = kept(patient, "day", day=DAY)
    same(row.day, DAY)
    return "日期不带时刻"


def _keep_moment(patient: Patient) -> str:
    same(kept(patient, "moment", moment=MOMENT).moment, MOMENT)
    return "时刻精确到微秒，按世界时存放"


def _keep_numbers(patient: Patient) -> str:
    given = {"total": BIG, "fragile": True}
    row = kept(patient, "numbers", **given)
    same([row.total, row.fragile], list(given.values()))
    table = patient.scratch
    asked = select(table.c.id).where(table.c.id == "numbers", table.c.fragile == true())
    with patient.reading() as connection:
        same(connection.execute(asked).scalars().all(), ["numbers"])
    return "64 位整数和真假值可存可查"


def _keep_large(patient: Patient) -> str:
    same(kept(patient, "large", body=LARGE).body, LARGE)
    return f"{len(LARGE.encode()) / 1024 / 1024:.1f} MiB 的文字原样读出"


def _keep_bytes(patient: Patient) -> str:
    same(bytes(kept(patient, "bytes", content=BYTES).content), BYTES)
    return f"{len(BYTES) / 1024 / 1024:.1f} MiB 的字节原样读出"


def _keep_sealed(patient: Patient) -> str:
    fields = patient.sealing.fields
    place = Place(patient.scratch.name, "body", "sealed")
    body = kept(patient, "sealed", body=fields.seal(CHINESE, place)).body
    same(fields.open(body, place), CHINESE)
    if CHINESE in body:
        raise Unmet("存入的是明文")
    return "国密 SM4 加密的文字读出后可以解开"


def _keep_many(patient: Patient) -> str:
    table = patient.scratch
    rows = [
        [{**BLANK, "id": f"many-{at:04d}", "name": f"m{at:04d}"}[column.name] for column in table.c]
        for at in range(1_000)
    ]
    with patient.engine.begin() as connection:
        insert_rows(connection, table, rows)
    asked = select(table.c.id).where(table.c.id.startswith("many-", autoescape=True))
    with patient.reading() as connection:
        same(len(connection.execute(asked).all()), 1_000)
    return "一次写入 1000 行"


VALUES = (
    Step(
        "create",
        "建表",
        "给平台的用户建表的权限：GRANT CREATE ON SCHEMA …（达梦：GRANT CREATE TABLE TO …）",
        _make_table,
        essential=True,
    ),
    Step(
        "chinese",
        "汉字",
        "建库时选 UTF-8；人大金仓 char_default_type 须为 char；达梦 LENGTH_IN_CHAR 建议为 1",
        _keep_chinese,
    ),
    Step("rare", "生僻字", "建库时选 UTF-8（GB18030 或三字节 UTF-8 存不下这些字）", _keep_rare),
    Step("nothing", "空文字", "请把原文告诉开发者：engine/types.py 的 Words", _keep_nothing),
    Step("day", "日期", "请把原文告诉开发者：dialects 的 OnlyDay", _keep_day),
    Step("moment", "时刻", "请把原文告诉开发者：engine/types.py 的 Moment", _keep_moment),
    Step("numbers", "数字与真假", "请把原文告诉开发者：类型 BigInteger、Boolean", _keep_numbers),
    Step("large", "大段文字", "请把原文告诉开发者：类型 Text 与驱动的大对象", _keep_large),
    Step("bytes", "字节", "请把原文告诉开发者：类型 LargeBinary 与驱动的大对象", _keep_bytes),
    Step("sealed", "加密字段", "请把原文告诉开发者：sealing/protection.py", _keep_sealed),
    Step("many", "批量写入", "请把原文告诉开发者：engine/bulk.py", _keep_many),
)
