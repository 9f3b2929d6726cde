"""Our own program in processes that begin with all of it imported: what tests start often.

Each is forked from one that has imported everything, and then is as a command that was typed: it
has its own environment, folder and output.
"""

import asyncio
import multiprocessing
import os
import sys
import warnings
from collections.abc import Mapping
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from attrs import frozen
from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server

from entrypoints.cli import main
from entrypoints.container import FixedClock, SystemClock, open_platform
from entrypoints.http.app import HttpApp, make_app
from entrypoints.http.serving import DATABASE, application
from entrypoints.http.settings import HttpSettings
from entrypoints.settings import Settings

_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(
    [
        __name__,
        "entrypoints.cli.working",
        "entrypoints.cli.databases",
        f"{__name__.rpartition('.')[0]}.warmed",
    ]
)


@frozen
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


def run(words: tuple[str, ...], environment: Mapping[str, str], folder: Path) -> Ran:
    """Run a command of ``supervision`` to its end."""
    process = begin(words, environment, folder)
    process.join()
    out, err = _told(words, folder)
    return Ran(process.exitcode or 0, out.read_text("utf-8"), err.read_text("utf-8"))


def begin(
    words: tuple[str, ...], environment: Mapping[str, str], folder: Path
) -> ForkServerProcess:
    """Begin a command of ``supervision``; whoever asks for it ends it."""
    told = _told(words, folder)
    process = _FORKED.Process(target=_command, args=(words, dict(environment), folder, *told))
    process.start()
    return process


def _told(words: tuple[str, ...], folder: Path) -> tuple[Path, Path]:
    """Give the files that take what a command says: its answer, and its complaints."""
    return folder / f"{words[0]}.out", folder / f"{words[0]}.err"


def play(program: str, environment: Mapping[str, str], folder: Path) -> Ran:
    """Run a program of Python to its end, in which a warning is an error."""
    out, err = folder / "program.out", folder / "program.err"
    process = _FORKED.Process(target=_program, args=(program, dict(environment), folder, out, err))
    process.start()
    process.join()
    return Ran(process.exitcode or 0, out.read_text("utf-8"), err.read_text("utf-8"))


def serve(
    port: int, environment: Mapping[str, str], folder: Path, log: Path, days: int = 0
) -> ForkServerProcess:
    """Begin to serve the database that the environment names; whoever asks for it ends it.

    With ``days`` its clock stands so many days from now.
    """
    process = _FORKED.Process(target=_server, args=(port, dict(environment), folder, log, days))
    process.start()
    return process


def _command(
    words: tuple[str, ...], environment: dict[str, str], folder: Path, out: Path, err: Path
) -> None:
    _begin(environment, folder, out, err)
    main(words)


def _program(program: str, environment: dict[str, str], folder: Path, out: Path, err: Path) -> None:
    _begin(environment, folder, out, err)
    warnings.simplefilter("error")
    exec(compile(program, "<program>", "exec"), {"__name__": "__main__"})  # noqa: S102 - our own


def _server(port: int, environment: dict[str, str], folder: Path, log: Path, days: int) -> None:
    _begin(environment, folder, log, log)
    main(("migrate", "--database", environment[DATABASE]), standalone_mode=False)
    asyncio.run(_served(port, days))


async def _served(port: int, days: int) -> None:
    app = _later(days) if days else application()
    await Server(app, port=port, interface=Interfaces.ASGI, http=HTTPModes.http1).serve()


def _later(days: int) -> HttpApp:
    clock = FixedClock(SystemClock().now() + timedelta(days=days))
    platform = open_platform(os.environ[DATABASE], clock=clock)
    return make_app(platform, HttpSettings.of(Settings.from_environment(os.environ)))


def _begin(environment: dict[str, str], folder: Path, out: Path, err: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for path, stream in ((out, sys.stdout), (err, sys.stderr)):
        with path.open("ab") as file:
            os.dup2(file.fileno(), stream.fileno())
