"""What a unit of work still writes when it commits."""

from abc import ABC, abstractmethod
from collections.abc import Sequence


class AtCommit(ABC):
    """Part of a unit of work that writes at the commit, so that its locks are held briefly.

    Units write in the order in which ports are listed: two of them never wait for each other.
    """

    @abstractmethod
    def flush(self) -> Sequence[str]:
        """Write what waits; name what the log is to name beside what the use case wrote."""
