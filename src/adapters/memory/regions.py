"""Which rows a scope or filter lets through."""

from supervision_core.identity.model import region_contains


def visible(region: str, departments: frozenset[str], *, within: str, of: frozenset[str]) -> bool:
    """Tell whether an object lies within a region and belongs to one of the departments.

    What a filter leaves empty does not narrow it; an object of no department belongs to all.
    """
    if within and not region_contains(within, region):
        return False
    return not of or not departments or bool(departments & of)
