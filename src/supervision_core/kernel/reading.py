"""Who may read a thing, in four words; who may change it is always its owner's scope."""

from enum import StrEnum


class Reading(StrEnum):
    """阅读范围 (Reading): who may look at a thing; only its owner's scope changes it.

    Everyone; whoever works in the owner's region or below, or above it; only whom the owner's scope
    holds; those, and the party that the thing concerns.
    """

    EVERYONE = "everyone"
    OWNER_AND_BELOW = "owner_and_below"
    OWNER = "owner"
    PARTY = "party"
