"""Who outside the lead's line takes part in a round: chosen by rule, not by the lead."""

from collections.abc import Collection, Mapping

from supervision_core.draws.model.sources import Outsider, OutsiderKind


def is_apart(one: str, lead: str, above: Mapping[str, Collection[str]]) -> bool:
    """Tell whether a department is neither the lead, nor above or below it."""
    return one != lead and one not in above.get(lead, ()) and lead not in above.get(one, ())


def outsider_of(
    lead: str,
    contributors: Collection[str],
    *,
    above: Mapping[str, Collection[str]],
    supervision: str,
) -> Outsider:
    """Give the outsider of a round.

    That is the first contributor, by the bytes of its id, outside the lead's line: neither the
    lead, nor above or below it; else the supervising department that the region names; else a
    public value. ``above`` gives those above each of them, whom nobody knows none.
    """
    for one in sorted(set(contributors), key=str.encode):
        if is_apart(one, lead, above):
            return Outsider(kind=OutsiderKind.DEPARTMENT, contributor=one)
    if supervision and is_apart(supervision, lead, above):
        return Outsider(kind=OutsiderKind.SUPERVISION, contributor=supervision)
    return Outsider(kind=OutsiderKind.PUBLIC_VALUE)
