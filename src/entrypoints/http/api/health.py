"""Whether the process lives, and whether it can answer: for balancers and watchers."""

from collections.abc import Iterator
from typing import Final

from attrs import frozen
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from entrypoints.container import Platform, followed_log
from entrypoints.http.api.login import Nothing
from entrypoints.http.errors import NotReady
from entrypoints.http.routes import Access, Call, Reply, Route
from supervision_core.audit.model import LogUnanchored
from supervision_core.kernel.crypto import KeyMissing
from supervision_core.kernel.errors import Violation, refuse_if

MOST_TOLD: Final = 100


@frozen(kw_only=True)
class Live:
    """The process answers."""

    live: bool


@frozen(kw_only=True)
class Ready:
    """Requests can be answered: database, keys and log are as they should be.

    ``alarms`` names rows that are refused until they are repaired, by kind and id: whom they
    concern gets no answer, all others do.
    """

    ready: bool
    alarms: tuple[str, ...] = ()


def _live(_call: Call, _: Nothing) -> Reply:
    return Reply(value={"live": True})


def _ready(call: Call, _: Nothing) -> Reply:
    refuse_if(NotReady, _faults(call.platform))
    refused = followed_log(call.platform.engine).refused
    return Reply(value={"ready": True, "alarms": refused[:MOST_TOLD]})


def _faults(platform: Platform) -> Iterator[Violation]:
    """Give what keeps the platform from answering; the platform was migrated when it opened."""
    try:
        with platform.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        yield Violation("http.database_down")
        return
    try:
        platform.keys.store.current("fields")
    except (KeyMissing, OSError):
        yield Violation("http.keys_absent")
    try:
        if platform.commands.guard is not None:
            platform.commands.guard.require(platform.clock.now())
    except LogUnanchored:
        yield Violation("http.log_unanchored")
    if not followed_log(platform.engine).sound:
        yield Violation("http.log_unsound")


HEALTH_ROUTES: tuple[Route, ...] = (
    Route(
        method="GET", path="/health/live", name="live", title="进程是否存活",
        access=Access.PUBLIC, asked=Nothing, answered=Live, run=_live,
    ),
    Route(
        method="GET", path="/health/ready", name="ready", title="是否可以提供服务",
        access=Access.PUBLIC, asked=Nothing, answered=Ready, run=_ready,
        text="数据库、密钥或审计见证不可用，或审计日志变短、被改写时答复503，逐条列出；"
        "alarms是与审计日志不一致、修复之前被拒用的数据，其余照常。", refusals=(NotReady,),
    ),
)  # fmt: skip
"""The probes."""
