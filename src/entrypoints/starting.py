"""The program ``supervision``: says in Chinese what to install where the core stands alone."""

import sys

_OURS = ("adapters", "entrypoints", "supervision_core")


def main() -> None:
    """Run the command line; exit 1 where a package that it needs is not installed."""
    try:
        from entrypoints.cli import main as command_line  # noqa: PLC0415 - it may be missing

        command_line()
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if not missing or missing in _OURS or missing in sys.stdlib_module_names:
            raise
        sys.stderr.write(
            f"命令行要用的 {missing} 没有安装。请在本项目目录执行：pip install '.[all]'\n"
        )
        sys.exit(1)
