"""The job that makes checkpoints: every 60 s or 1,000 rows, shown to every witness."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NoReturn

from attrs import define

from entrypoints.container import Auditing, Platform
from entrypoints.worker.loop import Alarmed, Job
from supervision_core.audit.model import Finding
from supervision_core.audit.services import LogTampered, raise_alarm
from supervision_core.kernel.canonical import Json

POLL = timedelta(seconds=1)
BY = "worker"


@define(eq=False)
class AnchorJob:
    """Anchors when it is due; a witness that refuses is an alarm, told once.

    While a witness is away the job fails, and its state tells since when rows wait for it: once
    that is longer ago than the policy allows, nothing is written any more.
    """

    _platform: Platform
    _auditing: Auditing
    _told: str = ""
    _waiting_since: datetime | None = None

    def job(self) -> Job:
        """Give the job."""
        return Job(
            name="checkpoint",
            title="审计检查点（满60秒或1000条即签名）",
            every=POLL,
            run=self.run,
            state=self._state,
        )

    def run(self) -> None:
        """Anchor if it is due. Raises ``Alarmed``, ``WitnessUnavailable``."""
        try:
            done = self._auditing.anchoring.anchor_if_due()
        except LogTampered as error:
            row = int(str(error.reasons[0].data["row"]))
            self._alarm(Finding(LogTampered.code, row, row))
        if done is None:
            return
        for refused in done.refused:
            size = done.signed.checkpoint.size if done.signed else 0
            self._alarm(Finding(refused.reasons[0].code, size, size))
        self._told, self._waiting_since = "", None
        if done.unavailable:
            self._waiting_since = self._auditing.anchoring.oldest_unanchored()
            raise done.unavailable[0]

    def _state(self) -> Mapping[str, Json]:
        since = self._waiting_since
        return {} if since is None else {"unwitnessed_since": since.isoformat()}

    def _alarm(self, finding: Finding) -> NoReturn:
        if self._told != finding.code:
            raise_alarm(self._platform.transactions, self._platform.clock, [finding], by=BY)
            self._told = finding.code
        raise Alarmed(f"{finding.code} at {finding.first}")
