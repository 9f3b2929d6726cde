"""What a unit of work still writes when it commits."""

from abc import ABC, abstractmethod


class AtCommit(ABC):
    """Part of a unit of work that writes at the commit, so that its locks are held briefly.

    Units write in the order in which ports are listed: two of them never wait for each other.
    """

    @abstractmethod
    def flush(self) -> None:
        """Write what waits."""
