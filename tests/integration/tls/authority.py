"""A certification authority of tests, and the certificates of servers."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from attrs import define
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = (x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1")))
ELSEWHERE = (x509.DNSName("partner.example"),)


@define
class Authority:
    """A certification authority of this test, with its certificate in a file."""

    name: x509.Name
    key: ec.EllipticCurvePrivateKey
    file: Path

    @classmethod
    def found(cls, name: str, folder: Path) -> "Authority":
        """Found it."""
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = cls(subject, ec.generate_private_key(ec.SECP256R1()), folder / f"{name}.pem")
        own = made.certificate(subject, made.key, is_authority=True)
        made.file.write_bytes(own.public_bytes(serialization.Encoding.PEM))
        return made

    def certificate(  # noqa: PLR0913 - what a certificate says
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        *,
        names: tuple[x509.GeneralName, ...] = HERE,
        is_authority: bool = False,
        since: timedelta = timedelta(days=1),
        until: timedelta = timedelta(days=1),
    ) -> x509.Certificate:
        """Certify a key: from ``since`` ago until ``until`` from now."""
        now = datetime.now(UTC)  # noqa: TID251 - TLS looks at the machine's own clock
        usage = x509.KeyUsage(
            digital_signature=True, key_cert_sign=is_authority, crl_sign=is_authority,
            content_commitment=False, key_encipherment=False, data_encipherment=False,
            key_agreement=False, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        own, issuer = key.public_key(), self.key.public_key()
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(own)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - since)
            .not_valid_after(now + until)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(own), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False
            )
            .add_extension(usage, critical=True)
            .sign(self.key, hashes.SHA256())
        )

    def server_file(self, folder: Path, **changed: Any) -> Path:
        """Write key and certificate of a server."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        made = self.certificate(subject, key, **changed)
        file = folder / "server.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + made.public_bytes(serialization.Encoding.PEM)
        )
        return file
