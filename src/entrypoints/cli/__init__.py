"""The command line ``supervision``: one module a group of commands, one ``Console`` for all."""

import rich_click as click

from entrypoints.cli.framing import LazyGroup

__all__ = ["main"]


@click.group(
    cls=LazyGroup,
    help="广西跨部门综合监管平台。\n\n退出码：0 完成，1 出错，2 用法有误，"
    "3 被拒绝（原因逐条列出），4 校验不通过，5 正被占用（可重试）。",
    context_settings={"help_option_names": []},
    lazy={
        "demo": "entrypoints.cli.demo:demo",
        "init": "entrypoints.cli.databases:init",
        "migrate": "entrypoints.cli.databases:migrate",
        "settings": "entrypoints.cli.setting:settings",
        "doctor": "entrypoints.cli.doctoring:doctor",
        "keys": "entrypoints.cli.keys:keys",
        "certificate": "entrypoints.cli.certificates:certificate",
        "login-sign": "entrypoints.cli.certificates:login_sign",
        "simulate": "entrypoints.cli.simulating:simulate",
        "serve": "entrypoints.cli.serving:serve",
        "do": "entrypoints.cli.doing:do",
        "ask": "entrypoints.cli.doing:ask",
        "import": "entrypoints.cli.importing:import_",
        "export": "entrypoints.cli.exporting:export",
        "second-person": "entrypoints.cli.second_person:second_person",
        "organisation": "entrypoints.cli.organisations:organisation",
        "scene": "entrypoints.cli.scenes:scene",
        "assess": "entrypoints.cli.assessing:assess",
        "grade": "entrypoints.cli.grading:grade",
        "backup": "entrypoints.cli.backing:backup",
        "restore": "entrypoints.cli.backing:restore",
        "draw": "entrypoints.cli.drawing:draw",
        "verify-draw": "entrypoints.cli.drawing:verify_draw",
        "verify-archive": "entrypoints.cli.archiving:verify_archive_",
        "worker": "entrypoints.cli.working:worker",
        "audit": "entrypoints.cli.auditing:audit",
    },
)
@click.help_option("--help", "-h", help="显示本帮助。")
def main() -> None:
    """Give the whole command line; its commands are found by name."""
