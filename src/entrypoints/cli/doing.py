"""``supervision do`` and ``supervision ask``: every use case and question, one at a time."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, cast

import rich_click as click
from attrs import define

from entrypoints.cli.framing import database_option, options, speaking
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import DomainError, Refused, Violation

if TYPE_CHECKING:
    from entrypoints.schema import Document
    from supervision_core.identity.model import Actor
    from supervision_core.identity.services import Question, UseCase

    Case = UseCase[Any, Any]


@define(eq=False)
class DataInvalid(Refused):
    """The data is not what the use case asks for."""

    code: ClassVar[str] = "cli.data_invalid"


@define(eq=False)
class Unconfirmed(DomainError):
    """Something would be deleted or disabled, and nobody has said yes."""

    code: ClassVar[str] = "cli.unconfirmed"


class Cases(click.RichGroup):
    """The use cases, or the questions, as commands by their names."""

    questions: bool = False

    @property
    def cases(self) -> Mapping[str, Case]:
        """Give them by their names."""
        from entrypoints.catalogue import ELSEWHERE, use_cases
        from supervision_core.identity.services import Question

        return {
            one.name: one
            for those in use_cases().values()
            for one in those
            if isinstance(one, Question) is self.questions and one.name not in ELSEWHERE
        }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name none: to know them all, every context is loaded, which ``--list`` does."""
        del ctx
        return []

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Make the command of one."""
        from entrypoints.catalogue import ELSEWHERE, case_named
        from supervision_core.identity.services import Question

        if cmd_name in ELSEWHERE:
            ctx.fail(f"“{cmd_name}”另有专门的命令：supervision {ELSEWHERE[cmd_name]}")
        case = case_named(cmd_name)
        if case is None or isinstance(case, Question) is not self.questions:
            ctx.fail(f"没有名为“{cmd_name}”的操作；--list 列出全部。")
        return _asking(case) if isinstance(case, Question) else _doing(case)


class Questions(Cases):
    """The questions as commands."""

    questions = True


def _group(function: Callable[..., None]) -> Callable[..., None]:
    function = click.option("--describe", metavar="NAME", help="说明要填的内容（JSON Schema）。")(
        function
    )
    listing = click.option("--list", "listed", is_flag=True, help="列出名称和中文名。")
    return listing(options(function))


@click.group(
    cls=Cases,
    invoke_without_command=True,
    subcommand_metavar="[NAME] [选项]",
    help="办理一件事：新增、修改、删除等，名称即权限名。要填的内容是 JSON，来自文件或标准输入。\n\n"
    "--list 列出全部名称。与接口同样检查，记入审计日志。",
)
@_group
@click.pass_context
def do(ctx: click.Context, describe: str | None, *, listed: bool, as_json: bool) -> None:
    """Carry out a use case."""
    _tell(ctx, describe, listed=listed, as_json=as_json)


@click.group(
    cls=Questions,
    invoke_without_command=True,
    subcommand_metavar="[NAME] [选项]",
    help="查询：查看、列表等，名称即权限名。条件是 JSON，来自文件或标准输入。\n\n"
    "--list 列出全部名称。",
)
@_group
@click.pass_context
def ask(ctx: click.Context, describe: str | None, *, listed: bool, as_json: bool) -> None:
    """Ask a question."""
    _tell(ctx, describe, listed=listed, as_json=as_json)


def _tell(ctx: click.Context, describe: str | None, *, listed: bool, as_json: bool) -> None:
    """List what there is, or describe what one asks for; without either, show the help."""
    if ctx.invoked_subcommand is not None:
        return
    cases = ctx.command.cases if isinstance(ctx.command, Cases) else {}
    with speaking(as_json=as_json or describe is not None) as console:
        if describe is not None:
            if describe not in cases:
                ctx.fail(f"没有名为“{describe}”的操作；--list 列出全部。")
            console.answer(_described(cases[describe]), [])
        elif listed:
            names = sorted(cases)
            rows: list[Json] = [
                {"name": name, "title": cases[name].title, "permission": cases[name].permission}
                for name in names
            ]
            console.answer({"items": rows}, [f"{name}  {cases[name].title}" for name in names])
        else:
            click.echo(ctx.get_help())


def _described(case: Case) -> Document:
    """Give the JSON Schema of what is asked, with the words of its fields."""
    from entrypoints.catalogue import asked_type
    from entrypoints.http.words import Words
    from entrypoints.schema import Schemas
    from entrypoints.shape import shape_of

    words = Words()

    schemas = Schemas("#/$defs/", words.of)
    asked = schemas.of(shape_of(asked_type(case)))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": case.title,
        **asked,
        "$defs": schemas.kept,
    }


def _opened(context: click.Context, _option: click.Parameter, path: str | None) -> Any:
    """Open the file for as long as the command runs."""
    return context.with_resource(click.open_file(path, "rb")) if path else None


def _data(function: Callable[..., None]) -> Callable[..., None]:
    data = click.option(
        "--data",
        type=click.Path(exists=True, dir_okay=False, allow_dash=True),
        callback=_opened,
        help="JSON 文件，- 为标准输入；没有要填的内容则不用给出。",
    )
    return data(database_option(options(function)))


def _doing(case: Case) -> click.Command:
    from entrypoints.cli.opening import opened
    from supervision_core.kernel.plain import to_plain

    @click.command(case.name, help=f"{case.title}。")
    @_data
    @click.option("--key", help="幂等键：以同一键重复执行，只办理一次，回答相同。")
    @click.option("--yes", is_flag=True, help="删除、停用时不再询问，供脚本使用。")
    def doing(
        url: str, data: BinaryIO | None, key: str | None, *, yes: bool, as_json: bool
    ) -> None:
        with speaking(as_json=as_json) as console:
            command = _command(case, data)
            if not yes and _takes_away(case, command):
                _confirm(case, command)
            with opened(url) as platform:
                done = to_plain(platform.commands.run(case, command, actor=_actor(case), key=key))
            said = f"：{done}" if isinstance(done, (str, int)) else ""
            more = [] if said or done is None else [_text(done)]
            console.answer({"answer": done}, [f"✓ {case.title}{said}", *more])

    return doing


def _takes_away(case: Case, command: object) -> bool:
    """Tell whether it deletes something or takes it out of use."""
    deletes = case.name.partition(".")[2].startswith("delete_")
    return deletes or getattr(command, "enabled", True) is False


def _confirm(case: Case, command: object) -> None:
    """Ask whoever sits there. Raises ``Unconfirmed`` where nobody does, or he says no."""
    from supervision_core.kernel.plain import to_plain

    about = cast("Mapping[str, Json]", to_plain(command))
    ids = [f"{name}={one}" for name, one in about.items() if name == "id" or name.endswith("_id")]
    disables = "（停用）" if about.get("enabled") is False else ""
    asked = f"{case.title}{disables} {'，'.join(ids)}：确定吗？"
    if not sys.stdin.isatty() or not click.confirm(asked, err=True):
        raise Unconfirmed


def _asking(case: Question[Any, Any]) -> click.Command:
    from entrypoints.cli.opening import opened
    from supervision_core.kernel.plain import to_plain

    @click.command(case.name, help=f"{case.title}。")
    @_data
    def asking(url: str, data: BinaryIO | None, *, as_json: bool) -> None:
        with speaking(as_json=as_json) as console:
            about = _command(case, data)
            with opened(url) as platform:
                found = to_plain(platform.commands.ask(case, about, actor=_actor(case)))
            console.answer({"answer": found}, [_text(found)])

    return asking


def _text(answer: Json) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _actor(case: Case) -> Actor:
    """Give who acts: nobody administers and audits at once."""
    from entrypoints.actors import auditor, operator

    return auditor() if case.permission.startswith("audit.") else operator()


def _command(case: Case, data: BinaryIO | None) -> Any:
    """Read what is asked. Raises ``DataInvalid``, and what its values refuse."""
    from entrypoints.catalogue import asked_type
    from entrypoints.http.bodies import checked, read_json
    from entrypoints.shape import shape_of
    from supervision_core.kernel.plain import from_plain

    plain = {} if data is None else read_json(data.read(), error=DataInvalid)
    checked(shape_of(asked_type(case)), plain, error=DataInvalid)
    try:
        return from_plain(asked_type(case), plain)
    except ExceptionGroup as broken:
        refusal = next(_refusals(broken), DataInvalid((Violation("cli.value_unfit"),)))
        raise refusal from None


def _refusals(broken: ExceptionGroup[Exception]) -> Iterator[DomainError]:
    for one in broken.exceptions:
        match one:
            case DomainError():
                yield one
            case ExceptionGroup():
                yield from _refusals(one)
