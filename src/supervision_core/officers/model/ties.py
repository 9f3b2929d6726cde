"""Which officer and which account are one person, and who acts as an officer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import ClassVar

from attrs import define

from supervision_core.identity.model import IDENTITY_CARD, User, UserKind
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.officers.model.officer import Officer, OfficerState


@define(eq=False)
class NotAnOfficer(Refused):
    """The acting account is not that of an officer who may act."""

    code: ClassVar[str] = "officers.not_an_officer"


def same_persons(
    officers: Iterable[Officer], users: Iterable[User]
) -> Iterator[tuple[Officer, User]]:
    """Give each officer with the account of the same person, where exactly one fits either way.

    They have the same number of identity card, and the account is one of staff of the officer's
    department. Tied officers, those who have left, and those whose number was changed after an
    account had been theirs, are left out. ``officers`` and ``users`` are
    all who have one of the numbers in question.
    """
    fitting: dict[str, list[tuple[Officer, User]]] = defaultdict(list)
    known = list(users)
    for officer in officers:
        if officer.user or officer.state in {OfficerState.LEFT, OfficerState.DELETED}:
            continue
        if not officer.tied_by_number:
            continue
        for user in known:
            if _fit(officer, user):
                for one in (officer.id, user.id):
                    fitting[one].append((officer, user))
    for one, pairs in fitting.items():
        officer, user = pairs[0]
        if one == officer.id and len(pairs) == len(fitting[user.id]) == 1:
            yield officer, user


def _fit(officer: Officer, user: User) -> bool:
    person, number = user.person, officer.contact.identity_card.strip()
    same = bool(number) and person.document_number.strip().upper() == number.upper()
    return same and person.document_kind == IDENTITY_CARD and not tie_violations(officer, user)


def tie_violations(officer: Officer, user: User) -> tuple[Violation, ...]:
    """Give what is against an account being that of the officer: it is his department's staff."""
    if user.deleted or user.extended.kind is not UserKind.STAFF:
        return (Violation("officers.account_not_staff", "user_id"),)
    if officer.department not in user.departments:
        return (Violation("officers.account_of_other_department", "user_id"),)
    return ()


def acting_violations(officer: Officer | None, department: str) -> tuple[Violation, ...]:
    """Give what is against acting as ``officer`` (of the account) at work for ``department``."""
    if officer is None:
        return (Violation("officers.account_untied"),)
    if officer.department != department:
        return (Violation("officers.acts_elsewhere"),)
    if officer.state is not OfficerState.ACTIVE:
        return (Violation("officers.not_active"),)
    return ()
