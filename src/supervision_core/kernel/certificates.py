"""SM2 certificates (GM/T 0015, X.509): whether a chain holds on a day, and every reason if not."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from attrs import field, frozen

from supervision_core.kernel.crypto import KeyRejected, SignatureInvalid, Verifier
from supervision_core.kernel.errors import Refused, Violation, refuse_if

Verifiers = Callable[[bytes], Verifier]
"""Gives the verifier of a public key; the default user id holds for certificates."""


class CertificateRefused(Refused):
    """The certificate does not prove who holds it."""

    code: ClassVar[str] = "certificate.refused"


@frozen(kw_only=True)
class Certificate:
    """数字证书 (certificate): a name bound to an SM2 key by the signature of an issuer.

    ``subject`` and ``issuer`` are the DER bytes of the names, compared as they stand; times are
    aware, both included; ``path_length`` counts the CAs that may follow, ``None`` for any number.
    ``signs``, ``issues`` and ``revokes`` tell the key usages digitalSignature, keyCertSign and
    cRLSign. ``unknown_critical`` names critical extensions nobody here understands.
    """

    subject: bytes
    issuer: bytes
    name: str
    serial: int
    not_before: datetime
    not_after: datetime
    public_key: bytes
    is_ca: bool
    path_length: int | None
    signs: bool
    issues: bool
    revokes: bool
    unknown_critical: tuple[str, ...]
    content: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    der: bytes = field(repr=False)


@frozen(kw_only=True)
class RevocationList:
    """证书吊销列表 (revocation list): the serials an issuer has taken back, good until its next."""

    issuer: bytes
    this_update: datetime
    next_update: datetime
    serials: frozenset[int] = field(repr=False)
    content: bytes = field(repr=False)
    signature: bytes = field(repr=False)


def check_chain(
    chain: Sequence[Certificate],
    *,
    roots: Sequence[Certificate],
    revocations: Sequence[RevocationList],
    at: datetime,
    verifiers: Verifiers,
) -> Certificate:
    """Give the holder's certificate, ``chain[0]``; each one is issued by the next.

    The last is issued by, or is, one of ``roots``, which are trusted as they are, but must be
    valid. Every certificate below the root needs a revocation list of its issuer that is signed
    and fresh at ``at``: an absent list is a reason to refuse, not to believe. Raises
    ``CertificateRefused`` with every reason.
    """
    refuse_if(CertificateRefused, _reasons(chain, roots, revocations, at, verifiers))
    return chain[0]


def _reasons(
    chain: Sequence[Certificate],
    roots: Sequence[Certificate],
    revocations: Sequence[RevocationList],
    at: datetime,
    verifiers: Verifiers,
) -> Iterator[Violation]:
    if not chain:
        yield Violation("certificate.absent")
        return
    below = chain[:-1] if any(chain[-1].der == root.der for root in roots) else chain
    if not below:
        yield Violation("certificate.not_a_holder", at="chain[0]")
        return
    top = below[-1]
    root = next((one for one in roots if one.subject == top.issuer), None)
    if root is None:
        yield Violation("certificate.untrusted", at=f"chain[{len(below) - 1}]")
    path = [*below, root] if root else [*below]
    if below[0].is_ca or not below[0].signs:
        yield Violation("certificate.not_a_holder", at="chain[0]")
    for depth, one in enumerate(path):
        where = f"chain[{depth}]" if one is not root else "root"
        yield from _own(one, depth, at, where)
        if depth + 1 < len(path):
            yield from _issued(one, path[depth + 1], where, verifiers)
            yield from _revoked(one, path[depth + 1], revocations, at, where, verifiers)


def _own(one: Certificate, depth: int, at: datetime, where: str) -> Iterator[Violation]:
    if at < one.not_before:
        yield Violation("certificate.not_yet_valid", at=where)
    if at > one.not_after:
        yield Violation("certificate.expired", at=where)
    if one.unknown_critical:
        yield Violation("certificate.unknown_extension", at=where)
    if depth and not (one.is_ca and one.issues):
        yield Violation("certificate.not_an_issuer", at=where)
    if depth and one.path_length is not None and depth - 1 > one.path_length:
        yield Violation("certificate.path_too_long", at=where)


def _signed_by(issuer: Certificate, content: bytes, signature: bytes, verifiers: Verifiers) -> bool:
    try:
        verifiers(issuer.public_key).verify(content, signature)
    except (SignatureInvalid, KeyRejected):
        return False
    return True


def _issued(
    one: Certificate, issuer: Certificate, where: str, verifiers: Verifiers
) -> Iterator[Violation]:
    if one.issuer != issuer.subject:
        yield Violation("certificate.issuer_differs", at=where)
    if not _signed_by(issuer, one.content, one.signature, verifiers):
        yield Violation("certificate.signature_wrong", at=where)


def _revoked(  # noqa: PLR0913, PLR0917 - the inputs of one rule, all of them
    one: Certificate,
    issuer: Certificate,
    revocations: Sequence[RevocationList],
    at: datetime,
    where: str,
    verifiers: Verifiers,
) -> Iterator[Violation]:
    lists = [
        each
        for each in revocations
        if each.issuer == issuer.subject
        and issuer.revokes
        and _signed_by(issuer, each.content, each.signature, verifiers)
    ]
    if any(one.serial in each.serials for each in lists):  # also in one gone stale
        yield Violation("certificate.revoked", at=where)
    if not any(each.this_update <= at <= each.next_update for each in lists):
        yield Violation("certificate.revocation_unknown", at=where)
