"""``supervision audit``: anchor, verify, prove, search, export and archive the log; repair."""

import rich_click as click

from entrypoints.cli.framing import LazyGroup


@click.group(
    cls=LazyGroup,
    help="审计日志：检查点与见证、核对、证明、查询、导出、归档、修复。",
    lazy={
        "verify": "entrypoints.cli.auditing.verifying:verify",
        "prove": "entrypoints.cli.auditing.verifying:prove",
        "search": "entrypoints.cli.auditing.looking:search",
        "export": "entrypoints.cli.auditing.looking:export",
        "checkpoint": "entrypoints.cli.auditing.anchoring:checkpoint",
        "paper": "entrypoints.cli.auditing.anchoring:paper",
        "key": "entrypoints.cli.auditing.anchoring:key",
        "archive": "entrypoints.cli.auditing.anchoring:archive_",
        "repair": "entrypoints.cli.auditing.repairing:repair",
        "witness": "entrypoints.cli.auditing.witnessing:witness",
    },
)
@click.help_option("--help", "-h", help="显示本帮助。")
def audit() -> None:
    """Give the commands around the audit log."""
