"""A step of the check-up, and how it ends."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from attrs import define, field, frozen
from sqlalchemy import URL, Connection, Engine, Table
from sqlalchemy.exc import DBAPIError

from adapters.sql.engine.database import READING
from adapters.sql.sealing.protection import Sealing
from supervision_core.kernel.ports import Clock


class State(StrEnum):
    """How a step ended."""

    GOOD = "good"
    WARNED = "warned"
    BAD = "bad"
    SKIPPED = "skipped"


@frozen
class Result:
    """What a step found; ``remedy`` says what to do where that is bad."""

    name: str
    title: str
    state: State
    found: str
    remedy: str = ""


class Unmet(Exception):
    """A step found what may not be; its text says what."""


class Needless(Exception):
    """A step has no meaning for this database; its text says why."""


@define(eq=False)
class Patient:
    """The database under examination; ``scratch`` is the table made for it, ``suffix`` its own."""

    url: URL
    sealing: Sealing
    clock: Clock
    suffix: str
    engine: Engine = field(init=False)
    scratch: Table = field(init=False)

    @property
    def kind(self) -> str:
        """Give the dialect's name."""
        return self.engine.dialect.name

    def reading(self) -> Connection:
        """Give a connection that only reads."""
        return self.engine.connect().execution_options(**{READING: True})


@frozen
class Step:
    """One thing to try. Where an ``essential`` one fails, those after it are not tried."""

    name: str
    title: str
    remedy: str
    run: Callable[[Patient], str]
    essential: bool = False


def walk(steps: Iterable[Step], patient: Patient) -> Iterator[Result]:
    """Try each step in turn, and say how it ended."""
    blocked = ""
    for step in steps:
        if blocked:
            yield Result(step.name, step.title, State.SKIPPED, f"“{blocked}”未通过，没有检查")
            continue
        result = _tried(step, patient)
        yield result
        if step.essential and result.state is State.BAD:
            blocked = step.title


def _tried(step: Step, patient: Patient) -> Result:
    try:
        return Result(step.name, step.title, State.GOOD, step.run(patient))
    except Needless as reason:
        return Result(step.name, step.title, State.SKIPPED, str(reason))
    except Unmet as reason:
        found = str(reason)
    except DBAPIError as error:
        found = first_line(error.orig)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is what is looked for
        found = first_line(error)
    return Result(step.name, step.title, State.BAD, found, step.remedy)


def first_line(error: BaseException | None) -> str:
    """Give what an error says, without the statement and its values."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}：{lines[0] if lines else ''}"
