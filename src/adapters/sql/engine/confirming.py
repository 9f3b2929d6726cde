"""Commits that a synchronous copy confirms: waited for so long, and not by everybody at once.

A server that waits for its copy lets a COMMIT wait without end, with all that the transaction
has locked: the counter of the audit log, so everybody else's commit too. What is written is then
neither acknowledged nor seen by others, and may still come to pass; whoever asks again under his
key hears which it was.
"""

from threading import Lock
from time import monotonic
from typing import ClassVar

from attrs import define, field

from supervision_core.kernel.errors import Unavailable, Violation

COMMIT_SECONDS = 5.0
LOCK_SECONDS = 10
"""What a statement waits for whoever was first; of many who wait for a row, PostgreSQL lets one
wait for its holder and the others for him: twice this, at most."""
PAUSE_SECONDS = 5.0
TRIAL_SECONDS = 2 * LOCK_SECONDS + COMMIT_SECONDS
"""What whoever tries for all of them may wait."""
CONFIRMING = "supervision_confirming"
OVERDUE = "CommitOverdue"
"""What ``patient`` raises; its driver is not there for everybody."""
LOCKED = "55P03"
"""PostgreSQL's lock_not_available."""


@define(eq=False)
class Unconfirmed(Unavailable):
    """The copy that must have every change does not answer, so nothing can be promised."""

    code: ClassVar[str] = "sql.unconfirmed"


@define(eq=False)
class Confirming:
    """Whether commits on a database are confirmed, as this process last saw it.

    While they are not, writing is refused at once and one at a time tries: threads that wait for
    the copy would be lacking to those who only read.
    """

    _next_trial: float | None = None
    _lock: Lock = field(factory=Lock, init=False, repr=False)

    def require(self) -> None:
        """Let a writer pass. Raises ``Unconfirmed``."""
        if self._next_trial is not None:
            with self._lock:
                self._try(monotonic())

    def _try(self, now: float) -> None:
        until = self._next_trial
        if until is not None:
            if now < until:
                raise unconfirmed()
            self._next_trial = now + TRIAL_SECONDS

    def confirmed(self) -> None:
        """Note that a commit was confirmed."""
        self._next_trial = None

    def overdue(self) -> None:
        """Note that one was waited for in vain."""
        self._next_trial = monotonic() + PAUSE_SECONDS


def unconfirmed() -> Unconfirmed:
    """Give the refusal."""
    return Unconfirmed((Violation(Unconfirmed.code),))


def waited_in_vain(error: BaseException | None) -> bool:
    """Tell whether a commit, or the locks that it takes, were waited for too long."""
    return type(error).__name__ == OVERDUE or getattr(error, "sqlstate", None) == LOCKED
