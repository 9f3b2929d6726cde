"""A small certificate authority for demonstrations and tests: root, intermediate, user, list.

It is no CA for an office: certificates there come from a licensed one.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from adapters.crypto import der
from adapters.crypto.certificates import (
    SM2_KEY,
    SM2_WITH_SM3,
    read_certificate,
    read_revocation_list,
)
from supervision_core.kernel.certificates import Certificate, RevocationList
from supervision_core.kernel.crypto import Signer

_LAST_SHORT_YEAR = 2049
_DIGITAL_SIGNATURE = der.bits(b"\x80", 7)
_CERT_AND_CRL_SIGN = der.bits(b"\x06", 1)


def _name(common: str) -> bytes:
    def part(oid: str, tag: int, text: str) -> bytes:
        return der.wrap(der.SET, der.sequence(der.oid(oid), der.wrap(tag, text.encode())))

    return der.sequence(part("2.5.4.6", 0x13, "CN"), part("2.5.4.3", der.UTF8, common))


def _time(at: datetime) -> bytes:
    if at.year <= _LAST_SHORT_YEAR:
        return der.wrap(der.UTC_TIME, f"{at:%y%m%d%H%M%SZ}".encode())
    return der.wrap(der.TIME, f"{at:%Y%m%d%H%M%SZ}".encode())


def _extensions(*, is_ca: bool, path_length: int | None) -> bytes:
    true = der.wrap(1, b"\xff")
    length = () if path_length is None else (der.integer(path_length),)
    constraints = der.sequence(true, *length) if is_ca else der.sequence()
    usage = _CERT_AND_CRL_SIGN if is_ca else _DIGITAL_SIGNATURE
    return der.sequence(
        der.sequence(der.oid("2.5.29.19"), true, der.octets(constraints)),
        der.sequence(der.oid("2.5.29.15"), true, der.octets(usage)),
    )


class Authority:
    """Issues with one key under one name; ``certificate`` is its own."""

    def __init__(self, certificate: Certificate, signer: Signer) -> None:
        """Issue as ``certificate`` says."""
        self.certificate = certificate
        self._signer = signer

    @classmethod
    def root(cls, name: str, signer: Signer, *, start: datetime, end: datetime) -> Self:
        """Make a root that certifies itself."""
        encoded = _certificate(
            _name(name),
            _name(name),
            signer.public_key,
            signer,
            1,
            start,
            end,
            _extensions(is_ca=True, path_length=None),
        )
        return cls(read_certificate(encoded), signer)

    def issue(  # noqa: PLR0913 - what a certificate says
        self,
        name: str,
        public_key: bytes,
        *,
        serial: int,
        start: datetime,
        end: datetime,
        is_ca: bool = False,
        path_length: int | None = None,
    ) -> Certificate:
        """Issue to a user, or to a lower authority."""
        encoded = _certificate(
            self.certificate.subject,
            _name(name),
            public_key,
            self._signer,
            serial,
            start,
            end,
            _extensions(is_ca=is_ca, path_length=path_length),
        )
        return read_certificate(encoded)

    def revoke(self, serials: Iterable[int], *, at: datetime, until: datetime) -> RevocationList:
        """Give the list of what is taken back, good from ``at`` to ``until``."""
        return read_revocation_list(self.revocation_der(serials, at=at, until=until))

    def revocation_der(self, serials: Iterable[int], *, at: datetime, until: datetime) -> bytes:
        """Give that list as DER."""
        entries = [der.sequence(der.integer(one), _time(at)) for one in sorted(serials)]
        content = der.sequence(
            der.integer(1),
            SM2_WITH_SM3,
            self.certificate.subject,
            _time(at),
            _time(until),
            *([der.sequence(*entries)] if entries else []),
        )
        return der.sequence(content, SM2_WITH_SM3, der.bits(self._signer.sign(content)))


def _certificate(  # noqa: PLR0913, PLR0917 - what a certificate says
    issuer: bytes,
    subject: bytes,
    public_key: bytes,
    signer: Signer,
    serial: int,
    start: datetime,
    end: datetime,
    extensions: bytes,
) -> bytes:
    content = der.sequence(
        der.wrap(0xA0, der.integer(2)),
        der.integer(serial),
        SM2_WITH_SM3,
        issuer,
        der.sequence(_time(start), _time(end)),
        subject,
        der.sequence(SM2_KEY, der.bits(public_key)),
        der.wrap(0xA3, extensions),
    )
    return der.sequence(content, SM2_WITH_SM3, der.bits(signer.sign(content)))
