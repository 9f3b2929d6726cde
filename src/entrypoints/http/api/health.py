"""Whether the process lives, and whether it can answer: for balancers and watchers."""

from collections.abc import Iterator
from typing import Final

from attrs import field, frozen
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from entrypoints.container import Platform, followed_log
from entrypoints.http.api.login import Nothing
from entrypoints.http.errors import NotReady
from entrypoints.http.routes import Access, Call, Reply, Route
from entrypoints.searching import FAULTS, index_fault
from supervision_core.audit.model import LogUnanchored
from supervision_core.kernel.crypto import KeyMissing
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said

MOST_TOLD: Final = 100


@frozen(kw_only=True)
class Live:
    """The process answers."""

    live: bool = field(metadata=said("进程存活", example=True))


@frozen(kw_only=True)
class Ready:
    """Requests can be answered: database, keys and log are as they should be.

    ``alarms`` names rows that are refused until they are repaired, by kind and id: whom they
    concern gets no answer, all others do. Without its index the search finds less, and says so.
    """

    ready: bool = field(metadata=said("可以提供服务", example=True))
    alarms: tuple[str, ...] = field(
        default=(), metadata=said("被告警点名、修复之前拒用的对象，种类/编号")
    )
    search: str = field(
        default="", metadata=said("企业智搜的索引有何问题，没有则为空", example="索引没有跟上数据")
    )


def _live(_call: Call, _: Nothing) -> Reply:
    return Reply(value={"live": True})


def _ready(call: Call, _: Nothing) -> Reply:
    refuse_if(NotReady, _faults(call.platform))
    refused = followed_log(call.platform.engine).refused
    search = FAULTS.get(index_fault(call.platform), "")
    return Reply(value={"ready": True, "alarms": refused[:MOST_TOLD], "search": search})


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
        "alarms是与审计日志不一致、修复之前被拒用的数据，其余照常；"
        "search是检索索引的问题：检索变窄，其余照常。", refusals=(NotReady,),
    ),
)  # fmt: skip
"""The probes."""
