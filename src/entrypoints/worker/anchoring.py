"""The job that makes checkpoints: every 60 s or 1,000 rows, shown to every witness."""

from datetime import timedelta
from typing import NoReturn

from attrs import define

from entrypoints.container import Auditing, Platform
from entrypoints.worker.loop import LOG, Alarmed, Job
from supervision_core.audit.model import Finding
from supervision_core.audit.services import LogTampered, raise_alarm

POLL = timedelta(seconds=1)
BY = "worker"


@define(eq=False)
class AnchorJob:
    """Anchors when it is due; a witness that refuses is an alarm, told once."""

    _platform: Platform
    _auditing: Auditing
    _told: str = ""

    def job(self) -> Job:
        """Give the job."""
        return Job(name="checkpoint", every=POLL, run=self.run)

    def run(self) -> None:
        """Anchor if it is due. Raises ``Alarmed``."""
        try:
            done = self._auditing.anchoring.anchor_if_due()
        except LogTampered as error:
            row = int(str(error.reasons[0].data["row"]))
            self._alarm(Finding(LogTampered.code, row, row))
        if done is None:
            return
        for unavailable in done.unavailable:
            LOG.warning("checkpoint: %s", unavailable)
        for refused in done.refused:
            size = done.signed.checkpoint.size if done.signed else 0
            self._alarm(Finding(refused.reasons[0].code, size, size))
        self._told = ""

    def _alarm(self, finding: Finding) -> NoReturn:
        if self._told != finding.code:
            raise_alarm(self._platform.transactions, self._platform.clock, [finding], by=BY)
            self._told = finding.code
        raise Alarmed(f"{finding.code} at {finding.first}")
