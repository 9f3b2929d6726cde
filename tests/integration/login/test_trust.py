"""Matrix 7: what an SM2 challenge takes, and every way in which it is refused."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from attrs import define

from adapters.crypto.certificates import read_certificate
from adapters.crypto.key_file import KeyFiles
from adapters.crypto.office import NotIssued, Office, pem, thumbprint
from adapters.crypto.platform_keys import PlatformKeys
from adapters.crypto.sm2 import new_private_key
from adapters.crypto.trust import TrustFolder
from adapters.system import SystemRandomness
from supervision_core.identity.model import LogInRefused
from supervision_core.identity.ports import CredentialsStore
from supervision_core.identity.services.login import ChallengeGiven
from supervision_core.kernel.certificates import Certificate, CertificateRefused
from supervision_core.kernel.crypto import KeyRejected, Signer
from supervision_core.kernel.sealing import FieldCipher
from supervision_core.testing.crypto import flips

from .conftest import HOME, House, Moving

DAY = timedelta(days=1)


@define
class Desk:
    """An authority of one's own, and a user with a certificate of it."""

    house: House
    office: Office
    signer: Signer
    certificate: Certificate

    def answer(self, asked: ChallengeGiven, **changed: bytes) -> str:
        """Answer a challenge, with what is changed; give who is in."""
        given = {
            "certificate": self.certificate.der,
            "signature": self.signer.sign(asked.nonce),
            **changed,
        }
        session = self.house.log_ins.finish_certificate_log_in(asked.token, **given, source=HOME)
        return self.house.log_ins.resume(session.token).user

    def ask(self) -> ChallengeGiven:
        """Ask for a challenge."""
        return self.house.log_ins.begin_certificate_log_in(source=HOME)

    def issue(self, private_key: bytes, name: str = "aaa", days: int = 30) -> Certificate:
        """Issue a certificate."""
        algorithms = self.office.algorithms
        return self.office.issue(name, algorithms.public_key(private_key), days=days)


def bind(house: House, user: str, certificate: Certificate) -> None:
    """Bind a certificate, past every rule."""
    with house.transactions.begin() as unit:
        kept = unit[CredentialsStore].get(user)
        kept.bind(thumbprint(certificate))
        unit[CredentialsStore].save(kept)
        unit.commit()


def office_in(folder: Path, trust: Path, keys: PlatformKeys, clock: Moving) -> Office:
    """Give an authority in a folder."""
    randomness = SystemRandomness()
    fields = FieldCipher(keys.store, randomness)
    made = Office(folder, trust, fields, keys.algorithms, clock, randomness)
    assert made.found()
    return made


@pytest.fixture
def desk(house: House, platform_keys: PlatformKeys, tmp_path: Path) -> Desk:
    """Give an authority, trusted, and a user who has a certificate of it."""
    office = office_in(tmp_path / "authority", tmp_path / "trust", platform_keys, house.clock)
    private_key = new_private_key(SystemRandomness())
    made = office.issue("aaa", platform_keys.algorithms.public_key(private_key), days=30)
    bind(house, "aaa", made)
    return Desk(house, office, platform_keys.algorithms.signer(private_key), made)


def refused(act: Callable[[], object]) -> None:
    """Hold that nobody is let in, and that nothing tells why."""
    with pytest.raises(LogInRefused) as caught:
        act()
    assert [one.code for one in caught.value.reasons] == ["identity.log_in_refused"]


def test_a_certificate_lets_its_user_in_once(desk: Desk) -> None:
    """256 fresh bits are signed; the same answer again is a replay, and refused."""
    asked = desk.ask()
    assert len(asked.nonce) == 32
    assert desk.answer(asked) == "aaa"
    refused(lambda: desk.answer(asked))
    assert desk.answer(desk.ask()) == "aaa"


def test_no_bit_of_an_answer_may_be_another(desk: Desk) -> None:
    """Flipped bits of signature or certificate, another's signature, nothing at all."""
    for signature in (b"", b"\x30", bytes(64), desk.signer.sign(b"other")):
        refused(lambda s=signature: desk.answer(desk.ask(), signature=s))  # type: ignore[misc]
    for wrong in flips(desk.certificate.der, stride=40):
        refused(lambda w=wrong: desk.answer(desk.ask(), certificate=w))  # type: ignore[misc]
    asked = desk.ask()
    for_another = desk.ask()
    refused(lambda: desk.answer(asked, signature=desk.signer.sign(for_another.nonce)))
    for wrong in list(flips(desk.signer.sign(b"x"), stride=9))[:4]:
        refused(lambda w=wrong: desk.answer(desk.ask(), signature=w))  # type: ignore[misc]
    assert desk.answer(desk.ask()) == "aaa"


def test_another_users_certificate_is_not_his(desk: Desk) -> None:
    """A good certificate that is bound to nobody lets nobody in; a bound one only its own user."""
    private_key = new_private_key(SystemRandomness())
    signer = desk.office.algorithms.signer(private_key)
    other = desk.issue(private_key, "bbb")

    def enter() -> str:
        asked = desk.ask()
        return desk.answer(asked, certificate=other.der, signature=signer.sign(asked.nonce))

    refused(enter)
    desk.house.user("bbb")
    bind(desk.house, "bbb", other)
    assert enter() == "bbb"
    refused(lambda: desk.answer(desk.ask(), certificate=other.der))


def test_an_expired_or_revoked_certificate_is_refused(desk: Desk) -> None:
    """Validity ends, revocation counts at once, and without a fresh list nobody is believed."""
    house, office = desk.house, desk.office
    office.revoke(f"{desk.certificate.serial:x}")
    refused(lambda: desk.answer(desk.ask()))
    key = new_private_key(SystemRandomness())
    desk.signer, desk.certificate = office.algorithms.signer(key), desk.issue(key, days=40)
    bind(house, "aaa", desk.certificate)
    assert desk.answer(desk.ask()) == "aaa"
    house.clock.go(days=31)
    refused(lambda: desk.answer(desk.ask()))
    office.publish()
    assert desk.answer(desk.ask()) == "aaa"
    house.clock.go(days=10)
    refused(lambda: desk.answer(desk.ask()))


def test_a_chain_ends_at_a_trusted_root_only(
    desk: Desk, platform_keys: PlatformKeys, tmp_path: Path
) -> None:
    """An authority of the same name that nobody trusts issues nothing that counts."""
    elsewhere = office_in(
        tmp_path / "other", tmp_path / "elsewhere", platform_keys, desk.house.clock
    )
    private_key = new_private_key(SystemRandomness())
    forged = elsewhere.issue("aaa", platform_keys.algorithms.public_key(private_key), days=30)
    bind(desk.house, "aaa", forged)
    signer = platform_keys.algorithms.signer(private_key)
    asked = desk.ask()
    refused(lambda: desk.answer(asked, certificate=forged.der, signature=signer.sign(asked.nonce)))
    with pytest.raises(CertificateRefused):
        desk.house.trust.holder(forged.der, at=desk.house.clock.now())
    trusting = TrustFolder(tmp_path / "elsewhere", platform_keys.algorithms.verifier)
    assert trusting.thumbprint(forged.der, at=desk.house.clock.now()) == thumbprint(forged)


def test_what_cannot_be_read_is_not_believed(desk: Desk, tmp_path: Path) -> None:
    """Rubbish in the folder of trust changes nothing; without its root or list nobody gets in."""
    trust = tmp_path / "trust"
    for name in ("roots", "issuers", "lists"):
        (trust / name).mkdir(exist_ok=True)
        (trust / name / "rubbish").write_bytes(b"no certificate")
    assert desk.answer(desk.ask()) == "aaa"
    (trust / "lists" / "authority.crl").unlink()
    refused(lambda: desk.answer(desk.ask()))
    desk.office.publish()
    (trust / "roots" / "authority.cer").unlink()
    refused(lambda: desk.answer(desk.ask()))
    nobody = TrustFolder(tmp_path / "nowhere", desk.office.algorithms.verifier)
    assert nobody.thumbprint(desk.certificate.der, at=desk.house.clock.now()) is None


def test_an_issuer_between_is_found(
    desk: Desk, platform_keys: PlatformKeys, tmp_path: Path
) -> None:
    """A user's certificate alone is sent: those between it and the root lie in ``issuers``."""
    root = desk.office._authority()
    algorithms, now = platform_keys.algorithms, desk.house.clock.now()
    signer = algorithms.signer(new_private_key(SystemRandomness()))
    middle = type(root)(
        root.issue("中间机构", signer.public_key, serial=9, start=now - DAY, end=now + 9 * DAY,
                   is_ca=True, path_length=0),
        signer,
    )  # fmt: skip
    key = new_private_key(SystemRandomness())
    user = middle.issue("aaa", algorithms.public_key(key), serial=1, start=now - DAY, end=now + DAY)
    bind(desk.house, "aaa", user)

    def enter() -> str:
        asked = desk.ask()
        return desk.answer(
            asked, certificate=user.der, signature=algorithms.signer(key).sign(asked.nonce)
        )

    refused(enter)
    trust = tmp_path / "trust"
    (trust / "issuers").mkdir(exist_ok=True)
    (trust / "issuers" / "middle.cer").write_bytes(pem(middle.certificate.der))
    refused(enter)
    (trust / "lists" / "middle.crl").write_bytes(
        middle.revocation_der([], at=now - DAY, until=now + DAY)
    )
    assert enter() == "aaa"


def test_a_key_file_opens_by_its_passphrase_only(
    platform_keys: PlatformKeys, tmp_path: Path
) -> None:
    """What stands in for a UKey and its PIN: 0600, never written over, every byte bound."""
    files = KeyFiles(platform_keys.algorithms, SystemRandomness())
    path, key = tmp_path / "a.key", new_private_key(SystemRandomness())
    files.write(path, key, "a passphrase")
    assert path.stat().st_mode & 0o777 == 0o600
    assert key.hex() not in path.read_text("ascii")
    signed = files.signer(path, "a passphrase").sign(b"x")
    platform_keys.algorithms.verifier(platform_keys.algorithms.public_key(key)).verify(b"x", signed)
    with pytest.raises(KeyRejected) as caught:
        files.signer(path, "another")
    assert [one.code for one in caught.value.reasons] == ["crypto.passphrase_wrong"]
    with pytest.raises(FileExistsError):
        files.write(path, key, "a passphrase")
    text = path.read_text("ascii")
    for wrong in ("", "{}", "[]", text.replace("sm2-key/1", "sm2-key/2"),
                  text.replace('"rounds": 210000', '"rounds": 99999999999')):  # fmt: skip
        path.write_text(wrong, "ascii")
        with pytest.raises(KeyRejected) as caught:
            files.signer(path, "a passphrase")
        assert [one.code for one in caught.value.reasons] == ["crypto.key_file_unreadable"]


def test_an_authority_is_founded_once(desk: Desk, tmp_path: Path) -> None:
    """Its key lies sealed, what it issued is listed, and what it never issued is not revoked."""
    office = desk.office
    assert not office.found()
    sealed = (tmp_path / "authority" / "root.key").read_text("ascii")
    assert sealed.startswith("sm4$v")
    assert [(row["name"], row["revoked_at"]) for row in office.issued()] == [("aaa", "")]
    with pytest.raises(NotIssued) as caught:
        office.revoke("ff")
    assert [one.code for one in caught.value.reasons] == ["crypto.certificate_not_issued"]
    assert read_certificate(pem(desk.certificate.der)) == desk.certificate


def test_the_list_is_kept_fresh(desk: Desk, platform_keys: PlatformKeys, tmp_path: Path) -> None:
    """A list a week old is replaced, a younger one is left; who is revoked stays so.

    Where there is no authority of one's own, none is made.
    """
    clock, office = desk.house.clock, desk.office
    elsewhere = Office(
        tmp_path / "none", tmp_path / "nowhere", office.fields, office.algorithms, clock,
        SystemRandomness(),
    )  # fmt: skip
    assert elsewhere.keep_fresh() is None
    assert not (tmp_path / "none").exists()
    other = desk.issue(new_private_key(SystemRandomness()), "bbb", days=100)
    office.revoke(f"{desk.certificate.serial:x}")
    assert office.keep_fresh() is None
    for _ in range(6):
        clock.go(days=6)
        assert office.keep_fresh() is None
        clock.go(days=1, hours=1)
        assert office.keep_fresh() is not None
    trust = TrustFolder(tmp_path / "trust", platform_keys.algorithms.verifier)
    assert trust.thumbprint(other.der, at=clock.now()) == thumbprint(other)
    assert trust.thumbprint(desk.certificate.der, at=clock.now()) is None
