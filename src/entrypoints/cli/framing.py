"""What all commands share: Chinese help, ``--json``, and an exit code for every end."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, ClassVar

import rich_click as click
from attrs import define
from click.exceptions import Exit as ClickExit
from sqlalchemy.exc import OperationalError

from entrypoints.cli.console import Console, Exit
from entrypoints.words import all_messages
from supervision_core.kernel.errors import Conflict, DomainError, Refused

click.rich_click.OPTIONS_PANEL_TITLE = "选项"
click.rich_click.ARGUMENTS_PANEL_TITLE = "参数"
click.rich_click.COMMANDS_PANEL_TITLE = "命令"
click.rich_click.ERRORS_PANEL_TITLE = "用法有误"
click.rich_click.DEFAULT_STRING = "[默认：{}]"
click.rich_click.REQUIRED_LONG_STRING = "[必填]"

Callback = Callable[..., None]


@define(eq=False)
class DocumentUnreadable(Refused):
    """A file given on the command line is not what it should be."""

    code: ClassVar[str] = "cli.document_unreadable"


class LazyGroup(click.RichGroup):
    """Commands that are imported when somebody asks for them: the others need not load."""

    def __init__(self, *args: Any, lazy: Mapping[str, str] | None = None, **settings: Any) -> None:
        """Take ``lazy``: where each command is, as ``module:attribute``."""
        super().__init__(*args, **settings)
        self._lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which they are given."""
        return [*self._lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command and give it."""
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        module, _, name = self._lazy[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found


def options(function: Callback) -> Callback:
    """Add ``--json`` and a Chinese ``--help``."""
    function = click.option(
        "--json", "as_json", is_flag=True, help="以 JSON 输出结果，供脚本使用。"
    )(function)
    return click.help_option("--help", "-h", help="显示本帮助。")(function)


def database_option(function: Callback) -> Callback:
    """Add ``--database``, which also takes the path of an SQLite file."""
    return click.option(
        "--database",
        "url",
        required=True,
        envvar="SUPERVISION_DATABASE",
        metavar="URL",
        callback=lambda _context, _option, value: _url(value),
        help="数据库：SQLite 文件路径，或 postgresql+psycopg://…、kingbase://…、dm://… 形式的地址；"
        "也可用环境变量 SUPERVISION_DATABASE 指定。",
    )(function)


def _url(text: str) -> str:
    return text if "://" in text else f"sqlite:///{text}"


@contextmanager
def speaking(*, as_json: bool) -> Iterator[Console]:
    """Give the console; turn what is refused inside into words and an exit code."""
    console = Console(all_messages(), as_json)
    try:
        yield console
    except Conflict as error:
        console.refuse(error)
        raise ClickExit(Exit.BUSY) from error
    except DomainError as error:
        raise ClickExit(console.refuse(error)) from error
    except OperationalError as error:
        text = str(error.orig)
        console.tell(f"✗ 数据库不能使用：{text}")
        code = Exit.BUSY if "locked" in text else Exit.FAILED
        raise ClickExit(code) from error
    except OSError as error:
        console.tell(f"✗ 文件不能读写：{error.filename or error}（{error.strerror}）")
        raise ClickExit(Exit.FAILED) from error


def finish(code: Exit) -> None:
    """End the command with ``code``."""
    raise ClickExit(code)
