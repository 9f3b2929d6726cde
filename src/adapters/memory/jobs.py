"""Jobs in memory."""

from collections.abc import Sequence

from adapters.memory.repository import MemoryRepository
from supervision_core.jobs.model import Job
from supervision_core.jobs.ports import Jobs
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.paging import Page, PageRequest, page_of, position


class MemoryJobs(MemoryRepository[Job], Jobs):
    """Jobs, in memory."""

    cls = Job

    def of(self, author: str, request: PageRequest) -> Page[Job]:
        """Give one page, the newest first."""
        query: Json = {"jobs": author}
        after = position(request, query=query, kinds=[str])
        mine = (one for one in self.every() if one.author == author)
        rest = [one for one in mine if after is None or one.id < str(after[0])]
        newest = sorted(rest, key=lambda one: one.id, reverse=True)
        return page_of(
            newest, request, query=query, key=lambda one: (one.id,), item=lambda one: one
        )

    def open(self, limit: int) -> Sequence[Job]:
        """Give the oldest that wait or run."""
        found = sorted((one for one in self.every() if one.is_open), key=lambda one: one.id)
        return found[:limit]
