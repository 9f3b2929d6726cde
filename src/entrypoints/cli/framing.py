"""What all commands share: Chinese help, ``--json``, and an exit code for every end."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, ClassVar, NoReturn

import rich_click as click
from attrs import define
from click.exceptions import Exit as ClickExit

from entrypoints.cli.chinese import speak_chinese
from entrypoints.cli.console import Console, Exit
from entrypoints.failures import failure_of
from entrypoints.words import all_messages
from supervision_core.kernel.errors import Conflict, DomainError, Refused, Violation
from supervision_core.kernel.messages import Message, Messages

speak_chinese()

Callback = Callable[..., None]


@define(eq=False)
class DocumentUnreadable(Refused):
    """A file given on the command line is not what it should be."""

    code: ClassVar[str] = "cli.document_unreadable"


def pairs_in(
    remedy: str,
) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """Give what parts words like 表头=列 at their last sign of equality, or says ``remedy``."""

    def parted(
        context: click.Context, option: click.Parameter, said: tuple[str, ...]
    ) -> tuple[tuple[str, str], ...]:
        del context, option
        pairs = tuple(one.replace("＝", "=").rpartition("=") for one in said)  # noqa: RUF001
        if any(not left.strip() or not right.strip() for left, _, right in pairs):
            raise click.BadParameter(remedy)
        return tuple((left.strip(), right.strip()) for left, _, right in pairs)

    return parted


class LazyGroup(click.RichGroup):
    """Commands that are imported when somebody asks for one: the others need not load."""

    def __init__(
        self, *args: Any, lazy: Mapping[str, tuple[str, str]] | None = None, **settings: Any
    ) -> None:
        """Take ``lazy``: where each command is, as ``module:attribute``, and its help's start."""
        super().__init__(*args, **settings)
        self._lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which they are given."""
        return [*self._lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give the command as the list of commands shows it: its name and what it does."""
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        return click.RichCommand(name=cmd_name, help=self._lazy[cmd_name][1])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Import the command that is called."""
        name, shown, rest = super().resolve_command(ctx, args)
        return name, self.loaded(name) if name in self._lazy else shown, rest

    def loaded(self, name: str) -> click.Command:
        """Import a command and give it."""
        module, _, attribute = self._lazy[name][0].partition(":")
        found: click.Command = getattr(import_module(module), attribute)
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


class _LateMessages(Messages):
    """All words, gathered when the first is asked for: work begins without them."""

    def explain(self, violation: Violation) -> Message:
        return all_messages().explain(violation)

    def codes(self) -> Iterable[str]:
        return all_messages().codes()


@contextmanager
def speaking(*, as_json: bool) -> Iterator[Console]:
    """Give the console; turn what is refused inside into words and an exit code."""
    console = Console(_LateMessages(), as_json)
    try:
        yield console
    except Conflict as error:
        console.refuse(error)
        raise ClickExit(Exit.BUSY) from error
    except DomainError as error:
        raise ClickExit(console.refuse(error)) from error
    except BrokenPipeError:  # whoever read the output went away: that is no failure
        raise
    except Exception as error:
        failure = failure_of(error)
        if failure is None:
            raise
        console.tell(f"✗ {failure.said}")
        raise ClickExit(Exit.BUSY if failure.passing else Exit.FAILED) from error


def finish(code: Exit) -> NoReturn:
    """End the command with ``code``."""
    raise ClickExit(code)
