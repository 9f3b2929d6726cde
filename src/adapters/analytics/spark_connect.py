"""A session with Spark, or with Sail, by the protocol Spark Connect; no call waits for ever.

The library's own session knows no deadline and tries again by itself, so the protocol's stubs are
called: each call with what is left of the time that its caller has.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import grpc
import pyarrow as pa
from attrs import define, field

from adapters.analytics.engines import ClusterNotUsable
from adapters.analytics.spark_stubs import base_pb2, base_pb2_grpc
from supervision_core.kernel.errors import Violation

PORT = 15002
"""Of Spark Connect, where an address names none."""
GREETING_SECONDS = 10.0
SETTINGS = {"spark.sql.codegen.hugeMethodLimit": "8000"}
"""Above it Spark builds one method that the JIT never compiles, and takes six times as long."""
_SILENT = frozenset({grpc.StatusCode.DEADLINE_EXCEEDED})
_AWAY = frozenset({grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED})
_SHOWN = 200
_STUBS: Any = base_pb2_grpc


@define(eq=False)
class SparkConnect:
    """One session at ``address`` (sc://host[:port]); whatever is asked ends within ``seconds``.

    Every method raises ``ClusterNotUsable``.
    """

    address: str
    session: str
    seconds: float = 600.0
    _channel: Any = field(default=None, init=False)

    @property
    def _stub(self) -> Any:
        if self._channel is None:
            self._channel = grpc.insecure_channel(
                target(self.address),
                options=[
                    ("grpc.max_receive_message_length", -1),
                    ("grpc.max_send_message_length", -1),
                ],
            )
        return _STUBS.SparkConnectServiceStub(self._channel)

    def greet(self) -> None:
        """Learn within seconds whether anybody answers, and set what we rely on."""
        request = self._request(base_pb2.ConfigRequest)
        for key, value in SETTINGS.items():
            request.operation.set.pairs.add(key=key, value=value)
        seconds = min(GREETING_SECONDS, self.seconds)
        with _telling(seconds):
            self._stub.Config(request, timeout=seconds)

    def batches(self, query: str) -> Iterator[pa.RecordBatch]:
        """Run one query; give its rows as they come."""
        request = self._request(base_pb2.ExecutePlanRequest)
        request.plan.root.sql.query = query
        ends = time.monotonic() + self.seconds
        with _telling(self.seconds):
            for answer in self._stub.ExecutePlan(request, timeout=ends - time.monotonic()):
                if answer.HasField("arrow_batch"):
                    yield from pa.ipc.open_stream(answer.arrow_batch.data)

    def schema(self, query: str) -> pa.Schema:
        """Give names and types of the columns of a query."""
        request = self._request(base_pb2.ExecutePlanRequest)
        request.plan.root.sql.query = f"SELECT * FROM ({query}) AS asked LIMIT 0"  # noqa: S608 - a query of ours
        with _telling(self.seconds):
            for answer in self._stub.ExecutePlan(request, timeout=self.seconds):
                if answer.HasField("arrow_batch"):
                    return pa.ipc.open_stream(answer.arrow_batch.data).schema
        return pa.schema([])

    def close(self) -> None:
        """End the session; where the server is gone, nothing is to be ended."""
        if self._channel is not None:
            request = self._request(base_pb2.ReleaseSessionRequest)
            try:
                self._stub.ReleaseSession(request, timeout=1.0)
            except grpc.RpcError:
                pass
            finally:
                self._channel.close()
                self._channel = None

    def _request(self, kind: Any) -> Any:
        request = kind(session_id=self.session, client_type="supervision")
        request.user_context.user_id = "supervision"
        return request


def target(address: str) -> str:
    """Give host and port; a parameter, such as a token, is never left out unsaid."""
    host, *parameters = re.split("[/;?&]+", address.removeprefix("sc://").rstrip("/"))
    if parameters:
        names = "、".join(one.partition("=")[0] for one in parameters)
        raise _not_usable("cluster_parameters", names=names)
    return host if re.search(r":\d+$", host) else f"{host}:{PORT}"


@contextmanager
def _telling(seconds: float) -> Iterator[None]:
    try:
        yield
    except grpc.RpcError as error:
        status = error.code() if isinstance(error, grpc.Call) else None
        if status in _SILENT:
            raise _not_usable("cluster_silent", seconds=int(seconds)) from error
        if status in _AWAY or status is None:
            raise _not_usable("cluster_away") from error
        said = str(error.details() if isinstance(error, grpc.Call) else error)
        raise _not_usable("cluster_refused", said=said.partition("\n")[0][:_SHOWN]) from error


def _not_usable(code: str, **data: str | int) -> ClusterNotUsable:
    return ClusterNotUsable((Violation(f"analytics.{code}", data=data),))
