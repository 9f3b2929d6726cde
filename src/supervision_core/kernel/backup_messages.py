"""The Chinese words for what can be wrong with a backup."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

BACKUP_MESSAGES: Mapping[str, Message] = {
    "kernel.backup_damaged": Message(
        "备份文件“{file}”缺失，或与备份时不同",
        "请不要使用这份备份，改用同一周期的其他备份或异地副本",
    ),
    "kernel.backup_absent": Message(
        "没有这样的备份", "请用 supervision backup list 核对编号和时间"
    ),
    "kernel.backup_locked": Message(
        "这份备份只有保险柜密钥能打开", "请取出保险柜密钥，用 --safe-key 指明它的文件"
    ),
    "kernel.backup_other_safe": Message(
        "这份备份不是封装给这把保险柜密钥的", "请换用备份当时设置的保险柜密钥（指纹{recipient}）"
    ),
    "kernel.backup_without_safe": Message(
        "这份备份没有封装给保险柜密钥", "请在有平台密钥的机器上恢复，不填 --safe-key"
    ),
    "kernel.backup_unfit": Message("备份不能恢复到这个数据库", "请按所列原因处理"),
    "kernel.backup_not_empty": Message(
        "目标数据库不是空的", "请指定一个新的空数据库；恢复从不覆盖已有数据"
    ),
    "kernel.backup_other_schema": Message(
        "备份的数据结构版本是{found}，本程序是{wanted}", "请用备份时的程序版本恢复，再用本程序升级"
    ),
    "kernel.backup_rows_differ": Message(
        "恢复后表“{table}”的内容与备份不一致", "没有恢复任何数据；请核对目标数据库后重试"
    ),
}
