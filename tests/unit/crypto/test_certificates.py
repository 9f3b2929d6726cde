from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from attrs import evolve, frozen

from adapters.crypto.authority import Authority
from adapters.crypto.certificates import read_certificate, read_revocation_list
from supervision_core.kernel.certificates import (
    Certificate,
    CertificateRefused,
    RevocationList,
    check_chain,
)
from supervision_core.kernel.crypto import Algorithms
from supervision_core.testing.crypto import flips

START, NOW, END = (datetime(year, 6, 1, tzinfo=UTC) for year in (2024, 2026, 2034))
DAY = timedelta(days=1)


@frozen
class World:
    """A root, an intermediate, a user, and fresh lists of both authorities."""

    algorithms: Algorithms
    root: Authority
    middle: Authority
    user: Certificate
    lists: tuple[RevocationList, ...]

    def check(self, chain: Sequence[Certificate] | None = None, **changed: object) -> Certificate:
        """Check the whole chain, with what is changed."""
        given: dict[str, object] = {
            "roots": [self.root.certificate],
            "revocations": self.lists,
            "at": NOW,
            "verifiers": self.algorithms.verifier,
            **changed,
        }
        whole = [self.user, self.middle.certificate] if chain is None else chain
        return check_chain(whole, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def world(algorithms: Algorithms) -> World:
    """Give it."""
    root = Authority.root("根", algorithms.signer(b"\x21" * 32), start=START, end=END)
    signer = algorithms.signer(b"\x22" * 32)
    issued = root.issue(
        "中间", signer.public_key, serial=2, start=START, end=END, is_ca=True, path_length=0
    )
    middle = Authority(issued, signer)
    key = algorithms.public_key(b"\x23" * 32)
    user = middle.issue("张三", key, serial=77, start=START, end=END)
    lists = tuple(one.revoke([5], at=NOW - DAY, until=NOW + DAY) for one in (root, middle))
    return World(algorithms, root, middle, user, lists)


def reasons(call: Callable[[], object]) -> set[tuple[str, str]]:
    """Give code and place of every reason."""
    with pytest.raises(CertificateRefused, match=r"certificate\.refused") as refused:
        call()
    return {(one.code.removeprefix("certificate."), one.at) for one in refused.value.violations}


def test_a_whole_chain_holds(world: World) -> None:
    """The holder is given, whether the root is sent along or not; his name and key are read."""
    assert world.check() is world.user
    whole = [world.user, world.middle.certificate, world.root.certificate]
    assert world.check(whole) is world.user
    assert "张三" in world.user.name
    assert world.user.public_key == world.algorithms.public_key(b"\x23" * 32)
    assert (world.user.serial, world.user.not_before, world.user.not_after) == (77, START, END)


@pytest.mark.parametrize(
    ("at", "expected"),
    [(START, None), (END, None), (START - DAY, "not_yet_valid"), (END + DAY, "expired")],
)
def test_validity_holds_at_both_ends(world: World, at: datetime, expected: str | None) -> None:
    """Each certificate of the chain, the root too, is valid at the moment."""
    lists = tuple(one.revoke([], at=at - DAY, until=at + DAY) for one in (world.root, world.middle))
    if expected is None:
        assert world.check(revocations=lists, at=at) is world.user
    else:
        found = reasons(lambda: world.check(revocations=lists, at=at))
        assert found == {(expected, "chain[0]"), (expected, "chain[1]"), (expected, "root")}


def test_every_byte_of_a_certificate_counts(world: World) -> None:
    """A flipped bit is refused: unreadable, or its signature no longer holds."""
    for wrong in flips(world.user.der):
        try:
            read = read_certificate(wrong)
        except CertificateRefused:
            continue
        assert reasons(partial(world.check, [read, world.middle.certificate]))


def test_a_revoked_certificate_is_refused(world: World) -> None:
    """By a fresh list, and by one gone stale too; of the user and of the intermediate."""
    root_list, middle_list = world.lists
    revoked = world.middle.revoke([77], at=NOW - DAY, until=NOW + DAY)
    assert reasons(lambda: world.check(revocations=[root_list, revoked])) == {
        ("revoked", "chain[0]")
    }
    stale = world.middle.revoke([77], at=NOW - 3 * DAY, until=NOW - DAY)
    assert ("revoked", "chain[0]") in reasons(lambda: world.check(revocations=[root_list, stale]))
    revoked = world.root.revoke([2], at=NOW - DAY, until=NOW + DAY)
    assert reasons(lambda: world.check(revocations=[revoked, middle_list])) == {
        ("revoked", "chain[1]")
    }


def test_no_list_is_a_reason_to_refuse(world: World) -> None:
    """Absent, stale, of the future, of another issuer, or signed by another: all unknown."""
    root_list, middle_list = world.lists
    unknown = {("revocation_unknown", "chain[0]")}
    forged = evolve(middle_list, signature=root_list.signature)
    emptied = evolve(world.middle.revoke([77], at=NOW - DAY, until=NOW + DAY), issuer=b"other")
    for given in (
        [root_list],
        [root_list, world.middle.revoke([], at=NOW - 3 * DAY, until=NOW - DAY)],
        [root_list, world.middle.revoke([], at=NOW + DAY, until=NOW + 2 * DAY)],
        [root_list, forged],
        [root_list, emptied],
    ):
        assert reasons(partial(world.check, revocations=given)) == unknown


def test_only_a_trusted_root_ends_a_chain(world: World) -> None:
    """Another root of the same name, no root, no intermediate, no chain at all."""
    twin = Authority.root("根", world.algorithms.signer(b"\x31" * 32), start=START, end=END)
    assert ("signature_wrong", "chain[1]") in reasons(lambda: world.check(roots=[twin.certificate]))
    assert ("untrusted", "chain[1]") in reasons(lambda: world.check(roots=[]))
    assert ("untrusted", "chain[0]") in reasons(lambda: world.check([world.user]))
    assert reasons(lambda: world.check([])) == {("absent", "")}
    own = [world.root.certificate]
    assert reasons(lambda: world.check(own)) == {("not_a_holder", "chain[0]")}


def test_a_user_issues_nothing(world: World) -> None:
    """A user's key signs no certificate, whatever it signs; a CA certificate logs nobody in."""
    rogue = Authority(world.user, world.algorithms.signer(b"\x23" * 32))
    key = world.algorithms.public_key(b"\x24" * 32)
    made = rogue.issue("李四", key, serial=1, start=START, end=END)
    found = reasons(lambda: world.check([made, world.user, world.middle.certificate]))
    assert ("not_an_issuer", "chain[1]") in found
    assert ("revocation_unknown", "chain[0]") in found
    assert ("path_too_long", "chain[2]") in found
    assert ("not_a_holder", "chain[0]") in reasons(lambda: world.check([world.middle.certificate]))


def test_a_path_has_its_length(world: World) -> None:
    """path_length 0 allows users below, and no further authority."""
    signer = world.algorithms.signer(b"\x25" * 32)
    low = world.middle.issue("下级", signer.public_key, serial=3, start=START, end=END, is_ca=True)
    lower = Authority(low, signer)
    user = lower.issue("王五", world.user.public_key, serial=4, start=START, end=END)
    lists = (*world.lists, lower.revoke([], at=NOW - DAY, until=NOW + DAY))
    chain = [user, low, world.middle.certificate]
    assert reasons(lambda: world.check(chain, revocations=lists)) == {("path_too_long", "chain[2]")}


def test_names_and_critical_extensions_bind(world: World) -> None:
    """The issuer's name is the upper one's subject; what is critical and unknown is refused."""
    foreign = evolve(world.user, issuer=world.root.certificate.subject)
    chain = [foreign, world.middle.certificate]
    assert ("issuer_differs", "chain[0]") in reasons(lambda: world.check(chain))
    odd = evolve(world.user, unknown_critical=("1.2.3",))
    assert reasons(lambda: world.check([odd, world.middle.certificate])) == {
        ("unknown_extension", "chain[0]")
    }


@pytest.mark.parametrize("data", [b"", b"0", b"\x30\x00", b"\x30\x80", b"no certificate" * 9])
def test_anything_else_is_malformed(data: bytes) -> None:
    """Neither reader raises anything but its refusal."""
    for read in (read_certificate, read_revocation_list):
        with pytest.raises(CertificateRefused) as refused:
            read(data)
        assert [one.code for one in refused.value.violations] == ["certificate.malformed"]


def test_every_byte_of_a_list_counts(world: World) -> None:
    """A flipped bit of a list is refused, or leaves the certificate's state unknown."""
    whole = world.middle.revocation_der([77], at=NOW - DAY, until=NOW + DAY)
    for wrong in flips(whole):
        try:
            read = read_revocation_list(wrong)
        except CertificateRefused:
            continue
        found = reasons(partial(world.check, revocations=[world.lists[0], read]))
        assert found == {("revocation_unknown", "chain[0]")}
