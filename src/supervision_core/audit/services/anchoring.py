"""Anchoring the log at its witnesses, and stopping what writes when that fails too long."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.audit.model import (
    AnchorPolicy,
    Checkpoint,
    Frontier,
    SignedCheckpoint,
    WitnessRefused,
    WitnessUnavailable,
    consistency_proof,
    cosignature_content,
    is_due,
    require_anchored,
    require_clock,
)
from supervision_core.audit.ports import Checkpoints, Witness
from supervision_core.kernel.crypto import SignatureInvalid, Signer, Verifier
from supervision_core.kernel.errors import Conflict, Refused, Violation
from supervision_core.kernel.ports import Clock, Ids
from supervision_core.kernel.signing import verify_document


@define(eq=False)
class LogTampered(Refused):
    """The log is not what it was: no checkpoint is made of it."""

    code: ClassVar[str] = "audit.log_tampered"


@frozen(kw_only=True)
class Anchored:
    """What anchoring came to: the newest checkpoint, if any, and who did not co-sign it and why."""

    signed: SignedCheckpoint | None
    refused: tuple[WitnessRefused, ...] = ()
    unavailable: tuple[WitnessUnavailable, ...] = ()


@frozen(kw_only=True)
class Anchoring:
    """Makes checkpoints of the log and shows them to the witnesses.

    ``trusted`` holds the verifiers of the witnesses' keys by key id. Several processes may do it
    at once: of two checkpoints that follow the same one, one is kept.
    """

    checkpoints: Checkpoints
    signer: Signer
    witnesses: Sequence[Witness] = ()
    trusted: Mapping[str, Verifier] = field(factory=dict)
    clock: Clock
    ids: Ids
    policy: AnchorPolicy = field(factory=AnchorPolicy)

    def anchor_if_due(self) -> Anchored | None:
        """Anchor if a row waited long enough, or enough rows wait; ``None`` when not."""
        done = self.anchored_size()
        end = self.checkpoints.end(done)
        waiting = end.size - done
        if not is_due(self.policy, waiting=waiting, oldest=end.oldest, now=self.clock.now()):
            return None
        return self.anchor()

    def anchor(self) -> Anchored:
        """Make a checkpoint of whatever is new and have it co-signed.

        Raises ``LogTampered`` when the rows since the last checkpoint are not as they were
        written.
        """
        signed = self._advanced()
        if signed is None:
            return Anchored(signed=None)
        refused, unavailable = [], []
        for witness in self.witnesses:
            try:
                self._show(signed, witness)
            except WitnessRefused as error:
                refused.append(error)
            except WitnessUnavailable as error:
                unavailable.append(error)
        return Anchored(signed=signed, refused=tuple(refused), unavailable=tuple(unavailable))

    def require_clock(self) -> None:
        """Demand that the clock is not before the log's end. Raises ``ClockBehind``."""
        size = self.checkpoints.end(0).size
        last = self.checkpoints.end(size - 1).oldest if size else None
        require_clock(last, self.clock.now())

    def oldest_unanchored(self) -> datetime | None:
        """Give the moment of the oldest row that not every witness has seen, if there is one."""
        return self.checkpoints.end(self.anchored_size()).oldest

    def anchored_size(self) -> int:
        """Give how many rows every witness has seen; without any, how many a checkpoint covers."""
        if self.witnesses:
            return min(self.checkpoints.cosigned(witness.name) for witness in self.witnesses)
        last = self.checkpoints.last()
        return last.checkpoint.size if last else 0

    def _advanced(self) -> SignedCheckpoint | None:
        last = self.checkpoints.last()
        frontier = (last.frontier if last else Frontier()).extended(
            self._leaves(last.frontier.size if last else 0)
        )
        if frontier.size == (last.frontier.size if last else 0):
            return last
        checkpoint = Checkpoint(
            log=last.checkpoint.log if last else self.ids.next_id(),
            size=frontier.size,
            root=frontier.root(),
            at=self.clock.now(),
            previous=last.checkpoint.digest() if last else "",
        )
        signed = SignedCheckpoint.make(checkpoint, frontier, self.signer)
        try:
            self.checkpoints.add(signed)
        except Conflict:
            return self.checkpoints.last()
        return signed

    def _leaves(self, start: int, stop: int | None = None) -> Iterator[bytes]:
        expected = start
        for number, stored, computed in self.checkpoints.leaves(start, stop):
            if number != expected or computed != stored:
                raise LogTampered((Violation(LogTampered.code, data={"row": expected}),))
            expected += 1
            yield stored

    def _show(self, signed: SignedCheckpoint, witness: Witness) -> None:
        new = signed.checkpoint
        seen = witness.seen(new.log)
        if seen == new.size and self.checkpoints.cosigned(witness.name) == seen:
            return
        known = self.checkpoints.between(seen, seen) if seen else []
        if seen > new.size or (seen and not known):
            lost = {"seen": seen, "size": new.size}
            raise WitnessRefused((Violation("audit.witness_log_shrunk", "size", lost),))
        start = known[0].frontier if known else Frontier()
        leaves = list(self._leaves(seen, new.size)) if seen else []
        given = witness.cosign(signed, consistency_proof(start, leaves))
        content = cosignature_content(new, given.witness, given.at)
        try:
            signer = verify_document(given.signature, content, self.trusted)
        except SignatureInvalid:
            signer = ""
        if signer != witness.name:
            raise WitnessRefused((Violation("audit.witness_other_key"),))
        self.checkpoints.cosign(new.size, given)


@define(eq=False)
class WriteGuard:
    """Stops writing while the log has gone without its witnesses for too long.

    What was found good once holds until the row then oldest would be too old: a command costs
    nothing. Before it refuses, it tries to anchor. The anchoring is made when first asked for.
    """

    _made: Callable[[], Anchoring]
    _good_until: datetime | None = None

    def require(self, now: datetime) -> None:
        """Raise ``LogUnanchored`` when nothing may be written now."""
        if self._good_until is not None and now <= self._good_until:
            return
        anchoring = self._made()
        policy = anchoring.policy
        oldest = anchoring.oldest_unanchored()
        if oldest is not None and now - oldest > policy.unanchored:
            anchoring.anchor()
            oldest = anchoring.oldest_unanchored()
        require_anchored(policy, oldest=oldest, now=now)
        self._good_until = (oldest or now) + policy.unanchored
