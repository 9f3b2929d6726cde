"""The job that keeps the index of fragments up to date, and mends it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from attrs import define

from entrypoints.container import Platform
from entrypoints.searching import search_feed
from entrypoints.worker.loop import LOG, Job
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.search import IndexBusy, IndexUnusable

EVERY: Final = timedelta(seconds=0.5)
CHECKED_EVERY: Final = timedelta(minutes=10)


@define(eq=False)
class SearchJob:
    """Follows the log; an index that cannot be used is built anew, and that is said."""

    _platform: Platform
    _checked: datetime | None = None
    _mended: int = 0

    def job(self) -> Job:
        """Give the job."""
        return Job(
            name="search", title="企业智搜的索引跟随数据更新，损坏或缺失时重建", every=EVERY,
            run=self.run, state=self._state,
        )  # fmt: skip

    def run(self) -> None:
        """Take in what was written since."""
        feed, index, now = search_feed(self._platform), self._platform.search, self._platform.clock
        try:
            try:
                if self._checked is None or now.now() - self._checked > CHECKED_EVERY:
                    index.check()
                    self._checked = now.now()
                feed.follow()
            except IndexUnusable as found:
                LOG.warning("search: the index is %s; it is built anew", found.args[0])
                LOG.info("search: %d things in the new index", feed.rebuild())
                self._mended += 1
        except IndexBusy:
            return  # another process keeps this copy

    def _state(self) -> Mapping[str, Json]:
        return {"rebuilt": self._mended} if self._mended else {}
