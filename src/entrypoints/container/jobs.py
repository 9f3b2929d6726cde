"""The queue of jobs, with a store of its own."""

import os
from socket import gethostname

from sqlalchemy import URL

from adapters.jobs.dbos_queue import DbosQueue
from entrypoints.container.files import folder_beside
from entrypoints.container.platform import Platform
from entrypoints.settings import Settings
from supervision_core.jobs.ports import JobQueue


def open_queue(platform: Platform) -> JobQueue:
    """Give the queue that belongs to a database; nothing runs before it is started."""
    address = Settings.from_environment(os.environ).jobs_database
    if not address:
        folder = folder_beside(platform.engine.url.render_as_string(), "jobs")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = URL.create("sqlite", database=str(folder / "queue.db"))
        address = made.render_as_string(hide_password=False)
    return DbosQueue(url=address, worker=gethostname(), fresh_id=platform.ids.next_id)
