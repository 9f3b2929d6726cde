"""Which rows a scope or filter lets through."""

from supervision_core.identity.model import Placement, Predicate, admits, region_contains


def visible(
    placement: Placement, *, reach: Predicate | None, within: str, of: frozenset[str]
) -> bool:
    """Tell whether an object is reached, lies within a region and belongs to a department.

    What a filter leaves empty does not narrow it; an object of no department belongs to all.
    """
    region, departments = placement.region, placement.departments
    if reach is not None and not admits(reach, placement):
        return False
    if within and not region_contains(within, region):
        return False
    return not of or not departments or bool(departments & of)
