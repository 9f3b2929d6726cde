"""What the law demands and the platform holds people to: a table that can be read."""

from attrs import frozen


@frozen(kw_only=True)
class LegalRule:
    """法定要求 (LegalRule): what is demanded, by which article, and how it is held to.

    ``refusals`` are the codes of the reasons by which the platform refuses what is against it;
    ``term`` is the period that it counts, in words made of the constant itself. A rule without
    refusals is one that the platform carries out by itself.
    """

    demand: str
    sources: tuple[str, ...]
    refusals: tuple[str, ...] = ()
    term: str = ""
