"""``supervision audit``: anchor, verify, prove, search, export and archive the log; repair."""

import rich_click as click

from entrypoints.cli.framing import LazyGroup


@click.group(
    cls=LazyGroup,
    help="审计日志：检查点与见证、核对、证明、查询、导出、归档、修复。",
    lazy={
        "verify": (
            "entrypoints.cli.auditing.verifying:verify",
            "核对审计日志：日志文件（.jsonl）或数据库，只需公钥，不需要平台的其他密钥。",
        ),
        "prove": (
            "entrypoints.cli.auditing.verifying:prove",
            "为一条记录写出证明；凭公钥即可核对，不需要日志的其他部分。",
        ),
        "search": (
            "entrypoints.cli.auditing.looking:search",
            "查询审计日志，最近的在前；查询本身也记入日志。",
        ),
        "export": (
            "entrypoints.cli.auditing.looking:export",
            (
                "导出审计日志：.xlsx、.csv 按条件导出；"
                ".jsonl 导出全部记录和检查点，可用 audit verify 核对。"
            ),
        ),
        "checkpoint": (
            "entrypoints.cli.auditing.anchoring:checkpoint",
            "立即生成检查点，并请各见证方签名。",
        ),
        "paper": (
            "entrypoints.cli.auditing.anchoring:paper",
            "打印纸质检查点（.pdf 或 .txt）：每天一页，签名后存入保险柜，是最后的依据。",
        ),
        "key": (
            "entrypoints.cli.auditing.anchoring:key",
            "写出平台的审计公钥（PEM），交给审计人员保存。",
        ),
        "archive": (
            "entrypoints.cli.auditing.anchoring:archive_",
            "把满期（至少183天）且已得到见证的审计记录移出数据库，写成归档段文件。",
        ),
        "repair": (
            "entrypoints.cli.auditing.repairing:repair",
            (
                "核查后恢复使用告警点名的对象（如 user/编号）："
                "以高于日志所记的版本重写，各进程随即采信。"
            ),
        ),
        "witness": (
            "entrypoints.cli.auditing.witnessing:witness",
            "在另一个部门的机器上运行见证服务：只有日志确实只增不改，才为它的检查点签名。",
        ),
    },
)
@click.help_option("--help", "-h", help="显示本帮助。")
def audit() -> None:
    """Give the commands around the audit log."""
