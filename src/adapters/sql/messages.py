"""The Chinese words of what the database refuses."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "sql.driver_missing": Message(
        "不认识或没有安装 {name} 数据库的驱动",
        "地址以 sqlite、postgresql+psycopg、kingbase 或 dm 开头；人大金仓须 pip "
        "install '.[kingbase]'，达梦须 pip install '.[dm]'",
    ),
    "sql.durability_too_weak": Message(
        "数据库参数 {setting} 当前为“{found}”，断电时可能丢失已确认的数据",
        "SQLite 须为 WAL 且 synchronous=FULL；PostgreSQL 类数据库须开启 fsync、full_page_writes、"
        "synchronous_commit",
    ),
    "sql.durability_unknown": Message(
        "没有人证明过这个数据库断电后不丢失已确认的数据",
        "请按 docs/databases.md 在这台服务器上做断电试验；没有丢失时，在数据库地址末尾加 "
        "?durability=proved",
    ),
    "sql.database_unfit": Message(
        "数据库参数 {setting} 当前为“{found}”，平台的语句或文字会被当成别的意思",
        "可用的取值见 docs/databases.md；有的参数只能在初始化实例时指定",
    ),
    "sql.unconfirmed": Message(
        "数据库没有在期限内确认这次修改：同步副本没有应答，或排在前面的修改太久",
        "查看不受影响。请稍后按原样再提交一次：已经保存的不会重复，也不会丢失；"
        "持续不恢复的，请运维人员查看副本（docs/deploy.md）",
    ),
    "sql.keys_foreign": Message(
        "数据库中的数据是用另一套密钥保护的（密钥“{name}”第{version}版）",
        "请从密钥备份恢复原来的密钥文件夹和主密钥，或指明它们的位置；不要生成新密钥",
    ),
    "sql.sealing_missing": Message(
        "打开数据库时没有提供密钥，受保护的数据不能读写", "请指定密钥文件夹和主密钥后重新打开"
    ),
}
