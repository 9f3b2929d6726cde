"""What the assignment of inspectors is made from, out of the registers."""

from collections.abc import Iterable, Mapping
from datetime import date

from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.shortage import Shortage
from supervision_core.draws.model.staffing import (
    LEAST_OFFICERS,
    Certificate,
    Demand,
    Ground,
    Inspector,
    Recusal,
    Staffing,
    Visit,
)
from supervision_core.officers.model import Officer, Party
from supervision_core.subjects.model import Subject
from supervision_core.tasks.model.results import VisitItem

_GROUNDS = {
    "officers.interest_declared": Ground.INTEREST,
    "officers.legal_person_linked": Ground.LEGAL_PERSON,
    "officers.address_shared": Ground.ADDRESS,
}


def staffing_for(  # noqa: PLR0913 -- what a staffing is made of
    draw: Draw,
    subjects: Mapping[str, Subject],
    items: Mapping[str, tuple[VisitItem, ...]],
    officers: Iterable[Officer],
    *,
    day: date,
    cap: int,
) -> Staffing:
    """Demand one officer of each department that answers an item, two in all at least.

    ``subjects`` and ``items`` are by the code under which a subject was drawn.
    """
    people = list(officers)
    return Staffing(
        day=day,
        visits=tuple(
            Visit(
                subject=code,
                region=subjects[code].region,
                demands=_demands({item.department for item in items[code]}),
            )
            for code in draw.selection
        ),
        inspectors=tuple(_inspector(officer) for officer in people),
        recusals=tuple(
            Recusal(officer.id, code, _GROUNDS[reason.code])
            for officer in people
            for code in draw.selection
            for reason in officer.must_withdraw(_party(subjects[code]))
        ),
        cap=cap,
    )


def _demands(departments: Iterable[str]) -> tuple[Demand, ...]:
    names = sorted(departments)
    count = LEAST_OFFICERS if len(names) == 1 else 1
    return tuple(Demand((name,), count, name) for name in names)


def _inspector(officer: Officer) -> Inspector:
    own = officer.department
    return Inspector(
        id=officer.id,
        department=own,
        certificates=tuple(
            Certificate(
                matters=one.matters or frozenset({own}),
                regions=one.regions,
                valid_from=one.valid_from or date.min,
                valid_until=one.valid_to or date.max,
            )
            for one in officer.certificates
        ),
    )


def _party(subject: Subject) -> Party:
    basic, business = subject.basic, subject.business
    addresses = {basic.domicile, basic.premises, business.trading_address} - {""}
    return Party(
        code=subject.identity.code,
        principal=subject.personal.principal,
        addresses=frozenset(addresses),
    )


def ungrantable(shortage: Shortage) -> tuple[str, ...]:
    """Give as many of the blocked visits as must go for the others to be staffed."""
    missing = max(1, shortage.needed - shortage.available)
    return shortage.visits[-missing:]
