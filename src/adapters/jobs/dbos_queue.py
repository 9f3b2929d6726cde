"""作业队列 on DBOS: durable on SQLite or PostgreSQL, in a database that holds ids alone."""

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from attrs import define, field
from dbos import DBOS, SetWorkflowID
from dbos._serialization import DBOSPortableJSON
from sqlalchemy import URL, Engine, create_engine, inspect, make_url, text

from adapters.jobs.unpickled import refuse_pickle
from supervision_core.jobs.ports import JobQueue, QueueRefused
from supervision_core.kernel.errors import Violation

refuse_pickle()

QUEUE: Final = "jobs"
AT_ONCE: Final = 2
"""Jobs that one worker carries out at the same time."""
_VERSION: Final = "1"
"""Of what is stored: an id. Jobs of an earlier release are taken up by a later one."""
_PLACES: Final = (
    ("workflow_status", "serialization"),
    ("operation_outputs", "serialization"),
    ("notifications", "serialization"),
    ("workflow_events", "serialization"),
    ("workflow_events_history", "serialization"),
    ("streams", "serialization"),
)
_LIVE: Final = ("ENQUEUED", "PENDING", "DELAYED")
_SPLIT: Final = ":"

LOG = logging.getLogger("supervision.worker")


class BrokenOff(Exception):
    """A job was not carried out to its end: it is put into the queue again."""


_running: dict[str, Callable[[str], None]] = {}


@DBOS.workflow(name="job")
def _workflow(id: str) -> None:
    """Hand a job to whoever carries it out: what was done of it already is known by its keys."""
    try:
        _running["run"](id)
    except Exception as error:  # noqa: BLE001 - whatever it is, it goes on later
        LOG.warning("job %s broken off: %s", id, type(error).__name__)
        raise BrokenOff from None  # the store keeps no words of ours


def _driven(address: str) -> URL:
    """Give an address with the driver that DBOS takes too, whatever it says."""
    url = make_url(address)
    of_postgres = url.get_backend_name() == "postgresql"
    return url.set(drivername="postgresql+psycopg") if of_postgres else url


@define(eq=False)
class DbosQueue(JobQueue):
    """A queue in the database at ``url``; ``worker`` names the worker that takes up its own.

    One in a process: DBOS is a part of the process.
    """

    url: str = field(repr=False)
    worker: str
    fresh_id: Callable[[], str]
    wait: int = 30
    """Seconds for which ``stop`` waits for what runs."""
    queue: str = QUEUE
    at_once: int = AT_ONCE
    looks: float = 0.5
    """Seconds after which it looks for more."""
    takes: bool = True
    """Whether it is handed out here, or only put into it."""
    _started: bool = field(default=False, init=False)
    _engine: Engine | None = field(default=None, init=False)

    def start(self, run: Callable[[str], None]) -> None:
        """Hand out what waits, and first what was broken off. Raises ``QueueRefused``."""
        try:
            self._require_ours()
        except QueueRefused:
            self.stop()
            raise
        _running["run"] = run
        for name in ("dbos", "dbos.cli"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        DBOS(
            config={
                "name": "supervision",
                "system_database_url": self.url,
                "serializer": DBOSPortableJSON,
                "application_version": _VERSION,
                "executor_id": self.worker,
                "log_level": "CRITICAL",
                "use_listen_notify": False,
                "max_executor_threads": self.at_once * 2,
            }
        )
        DBOS.listen_queues([self.queue] if self.takes else [])
        DBOS.launch()
        DBOS.register_queue(
            self.queue, worker_concurrency=self.at_once, polling_interval_sec=self.looks
        )
        self._started = True

    def put(self, ids: Iterable[str]) -> Sequence[str]:
        """Take those in that it does not know. Raises ``QueueRefused``."""
        self._require_ours()
        found = DBOS.list_workflows(
            status=list(_LIVE), queue_name=self.queue, load_input=False, load_output=False
        )
        known = {one.workflow_id.partition(_SPLIT)[0] for one in found}
        new = [one for one in ids if one not in known]
        for one in new:
            with SetWorkflowID(f"{one}{_SPLIT}{self.fresh_id()}"):
                DBOS.enqueue_workflow(self.queue, _workflow, one)
        return new

    def stop(self) -> None:
        """Hand out no more, and wait for what runs."""
        if self._started:
            DBOS.destroy(workflow_completion_timeout_sec=self.wait)
            self._started = False
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _require_ours(self) -> None:
        """Demand that every row is as we write them. Raises ``QueueRefused``."""
        if self._engine is None:
            self._engine = create_engine(_driven(self.url))
        ours = DBOSPortableJSON.name()
        schema = None if self._engine.dialect.name == "sqlite" else "dbos"
        looking = inspect(self._engine)
        there = set(looking.get_table_names(schema=schema))
        with self._engine.connect() as connection:
            for table, column in _PLACES:
                if table not in there:
                    continue
                named = f'"{schema}".{table}' if schema else table
                asked = f"SELECT COUNT(*) FROM {named} WHERE {column} <> :ours"  # noqa: S608 - our own words
                if connection.execute(text(asked), {"ours": ours}).scalar_one():
                    raise QueueRefused((Violation(QueueRefused.code),))
