"""X.509 certificates and revocation lists with SM2 keys (GM/T 0015), read into the core's values.

`cryptography` reads names, times and extensions; it knows no SM2, so the key and the parts that
are signed are taken from the DER here.
"""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtensionOID

from adapters.crypto import der
from adapters.crypto.sm2 import public_point
from supervision_core.kernel.certificates import Certificate, CertificateRefused, RevocationList
from supervision_core.kernel.crypto import KeyRejected
from supervision_core.kernel.errors import Violation

SM2_WITH_SM3 = der.sequence(der.oid("1.2.156.10197.1.501"))
_SM2_WITH_SM3_NULL = der.sequence(der.oid("1.2.156.10197.1.501"), der.wrap(der.NULL, b""))
SM2_KEY = der.sequence(der.oid("1.2.840.10045.2.1"), der.oid("1.2.156.10197.1.301"))
_VERSION_3 = der.wrap(0xA0, der.integer(2))
_UNREADABLE = (
    ValueError,
    IndexError,
    KeyRejected,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
_UNDERSTOOD = {ExtensionOID.BASIC_CONSTRAINTS, ExtensionOID.KEY_USAGE}


def _refused() -> CertificateRefused:
    return CertificateRefused((Violation("certificate.malformed"),))


def _der(data: bytes) -> bytes:
    if b"-----BEGIN CERTIFICATE-----" in data:
        return x509.load_pem_x509_certificate(data).public_bytes(Encoding.DER)
    if b"-----BEGIN X509 CRL-----" in data:
        return x509.load_pem_x509_crl(data).public_bytes(Encoding.DER)
    return data


def _signed(data: bytes, algorithm_at: int) -> tuple[der.Node, tuple[der.Node, ...], bytes]:
    """Split what is signed from its signature; both algorithm fields must name SM2 with SM3."""
    content, algorithm, signature = der.read_sequence(data, 3)
    parts = content.children()
    known = (SM2_WITH_SM3, _SM2_WITH_SM3_NULL)
    if parts[algorithm_at].encoded != algorithm.encoded or algorithm.encoded not in known:
        raise der.NotDer(algorithm.tag)
    if signature.tag != der.BITS or signature.content[:1] != b"\0":
        raise der.NotDer(signature.tag)
    return content, parts, signature.content[1:]


def read_certificate(data: bytes) -> Certificate:
    """Read DER or PEM. Raises ``CertificateRefused`` for all but version 3 with an SM2 key."""
    try:
        return _certificate(_der(data))
    except _UNREADABLE:  # names and times are read late: the whole reading stands in the try
        raise _refused() from None


def _certificate(encoded: bytes) -> Certificate:
    content, parts, signature = _signed(encoded, 2)
    key_kind, key = parts[6].children()
    if parts[0].encoded != _VERSION_3 or key_kind.encoded != SM2_KEY or key.content[:1] != b"\0":
        raise _refused()
    public_point(key.content[1:])
    found = x509.load_der_x509_certificate(encoded)
    extensions = found.extensions
    constraints = usage = None
    for one in extensions:
        if isinstance(one.value, x509.BasicConstraints):
            constraints = one.value
        elif isinstance(one.value, x509.KeyUsage):
            usage = one.value
    return Certificate(
        subject=parts[5].encoded,
        issuer=parts[3].encoded,
        name=found.subject.rfc4514_string(),
        serial=found.serial_number,
        not_before=found.not_valid_before_utc,
        not_after=found.not_valid_after_utc,
        public_key=key.content[1:],
        is_ca=bool(constraints and constraints.ca),
        path_length=constraints.path_length if constraints else None,
        signs=bool(usage and usage.digital_signature),
        issues=bool(usage and usage.key_cert_sign),
        revokes=bool(usage and usage.crl_sign),
        unknown_critical=tuple(
            one.oid.dotted_string
            for one in extensions
            if one.critical and one.oid not in _UNDERSTOOD
        ),
        content=content.encoded,
        signature=signature,
        der=encoded,
    )


def read_revocation_list(data: bytes) -> RevocationList:
    """Read DER or PEM. Raises ``CertificateRefused`` for anything but a complete SM2 CRL.

    A list that says nothing of its successor, or has a critical extension (a partial list), is
    refused.
    """
    try:
        return _revocation_list(_der(data))
    except _UNREADABLE:
        raise _refused() from None


def _revocation_list(encoded: bytes) -> RevocationList:
    content, parts, signature = _signed(encoded, 1)
    found = x509.load_der_x509_crl(encoded)
    ends = found.next_update_utc
    if ends is None or any(one.critical for one in found.extensions):
        raise _refused()
    return RevocationList(
        issuer=parts[2].encoded,
        this_update=found.last_update_utc,
        next_update=ends,
        serials=frozenset(one.serial_number for one in found),
        content=content.encoded,
        signature=signature,
    )
