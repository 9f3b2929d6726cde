"""How departments deal with checks that go out before they are approved."""

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import evolve, frozen


@frozen(kw_only=True)
class UrgentChecks:
    """紧急检查 (UrgentChecks): how many checks of a lead went out before they were approved.

    ``late`` were confirmed after their day, ``unconfirmed`` (未补批) not at all though it is over.
    Source: design §14; 国办发〔2024〕54号.
    """

    count: int = 0
    late: int = 0
    unconfirmed: int = 0


def urgent_by_lead(
    checks: Iterable[tuple[str, date, date | None]], *, today: date
) -> Mapping[str, UrgentChecks]:
    """Count checks, each with its lead, when it was to be confirmed, and when it was."""
    found: dict[str, UrgentChecks] = {}
    for lead, due, confirmed in checks:
        one = found.get(lead, UrgentChecks())
        found[lead] = evolve(
            one,
            count=one.count + 1,
            late=one.late + (confirmed is not None and confirmed > due),
            unconfirmed=one.unconfirmed + (confirmed is None and today > due),
        )
    return found
