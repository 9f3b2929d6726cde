"""The Chinese words of the audit context."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

_RESTORE = "请保留现场，与归档段、见证方的检查点和备份逐条比对，查明是谁在何时改动"
MESSAGES: Mapping[str, Message] = {
    "audit.checkpoint_malformed": Message("不是审计检查点", "请使用平台导出的检查点文件"),
    "audit.log_unanchored": Message(
        "审计日志已有{hours}小时以上没有得到见证，暂停写入",
        "请运行 supervision worker，并检查见证方是否可用",
    ),
    "audit.clock_behind": Message(
        "本机时钟比审计日志最后一条早{minutes}分钟，已过期的会话和验证码会重新有效",
        "请先校准本机时钟再启动；若此前时钟曾被调快，请在日志最后一条的时刻之后再启动",
    ),
    "audit.retention_too_short": Message(
        "审计日志在数据库中至少保留{days}天", "请改用更长的期限（网络安全法第二十一条）"
    ),
    "audit.witness_refused": Message("见证方拒绝签名", "日志可能被截断、改写或分叉，请立即核查"),
    "audit.witness_unavailable": Message(
        "见证方 {address} 暂时不能访问", "请检查网络和见证方服务，稍后重试"
    ),
    "audit.witness_other_log": Message("不是见证方所见的那份日志", "请核对数据库与见证方是否配对"),
    "audit.witness_other_key": Message("见证方的签名不是约定的密钥所签", "请核对见证方的公钥"),
    "audit.witness_log_shrunk": Message(
        "见证方已见过{seen}条，现在只有{size}条：日志被截断或回退", _RESTORE
    ),
    "audit.witness_log_rewritten": Message(
        "前{seen}条与见证方所见不同（现有{size}条）：日志被改写或分叉", _RESTORE
    ),
    "audit.log_tampered": Message("第{row}条与写入时不同，不为它生成检查点", _RESTORE),
    "audit.row_changed": Message("第{rows}条的内容与其哈希值不符：被改动", _RESTORE),
    "audit.row_unreadable": Message("第{rows}条已不能读取：被改动或损坏", _RESTORE),
    "audit.row_out_of_place": Message("第{rows}条不在自己的位置：被重复或移动", _RESTORE),
    "audit.rows_missing": Message("第{rows}条缺失：被删除或截断", _RESTORE),
    "audit.rows_rewritten": Message(
        "第{rows}条与检查点的根不符：其中有的连同哈希值被改写", _RESTORE
    ),
    "audit.checkpoint_not_signed": Message(
        "第{rows}条处的检查点不是可信密钥所签", "请核对公钥；如公钥无误，检查点被伪造"
    ),
    "audit.checkpoint_unreadable": Message("第{rows}条处的检查点已不能读取：被改动", _RESTORE),
    "audit.checkpoint_chain_broken": Message(
        "第{rows}条处的检查点与前一个不相接：有检查点被删除或插入", _RESTORE
    ),
    "audit.checkpoint_out_of_place": Message("第{rows}条处的检查点不在自己的位置", _RESTORE),
    "audit.checkpoint_missing": Message("第{rows}条处缺少检查点，归档之前的部分不能核对", _RESTORE),
    "audit.checkpoint_of_another_log": Message(
        "第{rows}条处的检查点属于另一份日志", "请核对文件是否拿错"
    ),
    "audit.checkpoint_lost": Message(
        "数据库里没有后台任务留存的{rows}条处的检查点：数据库被整个换回旧的，或日志被重做",
        "请保留现场；确是从备份恢复的，按 docs/backup.md 另存留存的检查点后再启动后台任务",
    ),
    "audit.cosignature_wrong": Message("第{rows}条处见证方的签名不成立", _RESTORE),
    "audit.segment_not_due": Message(
        "这一段还没有满{days}天，或没有接着上一段",
        "请用 supervision audit archive 选取可归档的部分",
    ),
    "audit.segment_not_logged": Message(
        "第{rows}条被移出数据库，日志中却没有相应的归档记录", _RESTORE
    ),
    "audit.file_unreadable": Message(
        "不是审计日志文件，或文件头被改动", "请核对文件；应为audit-log/1"
    ),
    "audit.not_provable": Message(
        "第{number}条还没有被检查点覆盖，或不在给出的来源里",
        "请稍后再试，或用 --log 给出它所在的归档段",
    ),
    "audit.proof_wrong": Message("证明不成立", "请核对证明文件和公钥"),
    "audit.proof_malformed": Message("不是审计记录的证明文件", "应为audit-proof/1"),
    "audit.proof_row_wrong": Message("证明中的记录不是所说的那一条", "请核对证明文件"),
    "audit.proof_root_wrong": Message("由记录和路径算不出检查点的根", "记录或证明被改动"),
    "audit.proof_not_witnessed": Message("没有这个见证方的签名", "请核对见证方的公钥"),
    "audit.not_compared": Message(
        "日志有不能读取的记录，没有与现有数据逐一比对", "请先查明不能读取的记录"
    ),
    "audit.object_put_back": Message("比日志中第{rows}条记下的版本旧：被恢复成旧的内容", _RESTORE),
    "audit.object_gone": Message("日志第{rows}条写过，现在不存在：被绕过平台删除", _RESTORE),
    "audit.row_seal_broken": Message("与封印不符：被绕过平台改动", _RESTORE),
    "audit.object_not_logged": Message("现有版本没有审计记录：被绕过平台写入", _RESTORE),
}
