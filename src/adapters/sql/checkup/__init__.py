"""What a database really does, tried step by step; in the end it is as it was before.

Whoever has the first KingbaseES or DM server sees here, in Chinese, which of the adapter's
assumptions does not hold there and what to do about it.
"""

from adapters.sql.checkup.examining import examine
from adapters.sql.checkup.replicas import examine_copy
from adapters.sql.checkup.steps import Result, State

__all__ = ["Result", "State", "examine", "examine_copy"]
