"""Whether the process lives, and whether it can answer: for balancers and watchers."""

from attrs import frozen

from entrypoints.http.api.login import Nothing
from entrypoints.http.routes import Access, Call, Reply, Route


@frozen(kw_only=True)
class Live:
    """The process answers."""

    live: bool


@frozen(kw_only=True)
class Ready:
    """Requests can be answered: each part with whether it works."""

    ready: bool
    database: bool


def _live(_call: Call, _: Nothing) -> Reply:
    return Reply(value={"live": True})


def _ready(call: Call, _: Nothing) -> Reply:
    with call.platform.transactions.begin_reading():
        pass
    return Reply(value={"ready": True, "database": True})


HEALTH_ROUTES: tuple[Route, ...] = (
    Route(
        method="GET", path="/health/live", name="live", title="进程是否存活",
        access=Access.PUBLIC, asked=Nothing, answered=Live, run=_live,
    ),
    Route(
        method="GET", path="/health/ready", name="ready", title="是否可以提供服务",
        access=Access.PUBLIC, asked=Nothing, answered=Ready, run=_ready,
        text="数据库不可用时答复503。",
    ),
)  # fmt: skip
"""The probes."""
