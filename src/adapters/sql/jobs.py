"""Jobs, in a table; the queue that hands them out has a store of its own."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Index, Table, select

from adapters.sql.engine.mapper import Mapper
from adapters.sql.engine.paging import Listing, read_page
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import ID_LENGTH, body, key, part, required, row_seal, version
from supervision_core.jobs.model import OPEN_STATES, Job
from supervision_core.jobs.ports import Jobs
from supervision_core.kernel.paging import Page, PageRequest

job = Table(
    "job",
    metadata,
    key(),
    version(),
    required("author", ID_LENGTH),
    required("state", 10),
    part("sealed"),
    row_seal(),
    body(),
    Index("ix_job_author", "author", "id"),
    Index("ix_job_state", "state", "id"),
)
_OPEN: Final = sorted(one.value for one in OPEN_STATES)


class SqlJobs(SqlRepository[Job], Jobs):
    """Jobs in table ``job``; what their tables hold may stand in the log, which is sealed."""

    mapper = Mapper(Job, job, sealed=("source", "_lines"))

    def of(self, author: str, request: PageRequest) -> Page[Job]:
        """Give one page, the newest first."""
        mapper = self.mapper
        sealing = mapper.sealing_on(self._connection)
        return read_page(
            self._reader,
            Listing(select(job).where(job.c.author == author), (("id", job.c.id),), down=True),
            request,
            query={"jobs": author},
            item=lambda row: mapper.root(row, sealing),
        )

    def open(self, limit: int) -> Sequence[Job]:
        """Give the oldest that wait or run."""
        asked = select(job).where(job.c.state.in_(_OPEN))
        return self._read(asked.order_by(job.c.id).limit(limit))
