"""The Chinese words of what the database refuses."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "sql.durability_too_weak": Message(
        "数据库参数 {setting} 当前为“{found}”，断电时可能丢失已确认的数据",
        "SQLite 须为 WAL 且 synchronous=FULL；PostgreSQL 类数据库须开启 fsync、full_page_writes、"
        "synchronous_commit",
    ),
}
