"""What is doubtful in what is said of a subject, whoever says it, and is kept as given."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve

from supervision_core.kernel.codes.credit_code import check_credit_code
from supervision_core.kernel.codes.identity_card import check_identity_card
from supervision_core.kernel.codes.registration_number import check_registration_number
from supervision_core.kernel.errors import Violation
from supervision_core.subjects.model.content import (
    Identity,
    IdentityKind,
    SubjectDraft,
    SubjectKind,
)

# GB 32100-2015: registering authority and class of body, the first two signs.
_KIND_OF_PREFIX: Mapping[str, SubjectKind] = {
    "11": SubjectKind.AUTHORITY,
    "12": SubjectKind.PUBLIC_INSTITUTION,
    "13": SubjectKind.ASSOCIATION,
    "51": SubjectKind.ASSOCIATION,
    "52": SubjectKind.ASSOCIATION,
    "53": SubjectKind.ASSOCIATION,
    "81": SubjectKind.ASSOCIATION,
    "91": SubjectKind.ENTERPRISE,
    "92": SubjectKind.SOLE_TRADER,
    "93": SubjectKind.ENTERPRISE,
}

_PHONE = re.compile(
    r"(?:\+?86)?1[3-9]\d{9}|(?:0\d{2,3})?[2-9]\d{6,7}(?:\d{1,6})?|[48]00\d{7}|\d{5}"
)


def doubts_of(said: SubjectDraft, *, today: date) -> Iterator[Violation]:
    """Give the checks that codes and values fail; each names its field by ``at``."""
    against = _against(said.identity, today)
    yield from (evolve(one, at="identity.code") for one in against)
    coded = kind_by_code(said.identity)
    if coded and said.kind is not coded and not against:
        yield Violation("subjects.kind_doubtful", "kind")
    established_on = said.extended.established_on
    if established_on and established_on > today:
        yield Violation("subjects.established_later", "extended.established_on")
    if said.personal.contact_phone and _odd(said.personal.contact_phone):
        yield Violation("subjects.phone_doubtful", "personal.contact_phone")


def kind_by_code(identity: Identity) -> SubjectKind | None:
    """Give the kind that an identity shows of itself, if any."""
    if identity.kind is IdentityKind.IDENTITY_CARD:
        return SubjectKind.PERSON
    if identity.kind is IdentityKind.OWN_NUMBER:
        return SubjectKind.THING
    if identity.kind is IdentityKind.CREDIT_CODE:
        return _KIND_OF_PREFIX.get(identity.code[:2])
    return None


def _against(identity: Identity, today: date) -> tuple[Violation, ...]:
    if identity.kind is IdentityKind.CREDIT_CODE:
        return check_credit_code(identity.code)
    if identity.kind is IdentityKind.REGISTRATION_NUMBER:
        return check_registration_number(identity.code)
    if identity.kind is IdentityKind.IDENTITY_CARD:
        return check_identity_card(identity.code, on=today)
    return ()


def _odd(text: str) -> bool:
    if _PHONE.fullmatch(text):
        return False
    numbers = re.split(r"[、,，;；/\s]+", text)
    plain = (re.sub(r"[-－—()（）转]", "", number) for number in numbers if number)
    return not any(_PHONE.fullmatch(number) for number in plain)
