"""Contracts of what log-ins stand on: hashes, captchas, the unified platform, faces.

An adapter's tests subclass a contract and give its fixtures; ``PlainPasswordHashes`` obeys the
first, for tests in which slow hashes would only take time.
"""

from typing import Any

from attrs import define, field

from supervision_core.identity.model import FaceBegun, SignOnProfile, UserKind
from supervision_core.identity.ports import (
    Captchas,
    FaceCertification,
    PasswordHashes,
    SignOnGateway,
)
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.kernel.errors import Refused, Unavailable, Violation

PASSWORDS = ("Correct-horse-7", "中文口令-Aa1", " ", "a" * 128, "")


@define
class PlainPasswordHashes(PasswordHashes):
    """Counts in place of a salt, one round, and tells how often it was asked."""

    made: int = 0
    evaluated: int = 0
    wasted: int = 0

    def hash(self, password: str) -> str:
        """Hash once."""
        self.made += 1
        return f"{self.made}${sm3(f'{self.made}{password}'.encode()).hex()}"

    def matches(self, password: str, hashed: str) -> bool:
        """Hash again."""
        self.evaluated += 1
        salt, _, wanted = hashed.partition("$")
        return bool(salt) and sm3(f"{salt}{password}".encode()).hex() == wanted

    def waste(self, password: str) -> None:
        """Count."""
        del password
        self.wasted += 1


class PasswordHashesContract:
    """Fixture ``hashes``: a ``PasswordHashes``."""

    def test_a_password_matches_its_own_hash_only(self, hashes: PasswordHashes) -> None:
        """Whatever its signs and length; one sign more, less or in other case is another."""
        for password in PASSWORDS:
            hashed = hashes.hash(password)
            assert hashes.matches(password, hashed)
            for other in (password + "x", password[:-1] + "y", password.swapcase() + "1"):
                assert not hashes.matches(other, hashed)

    def test_equal_passwords_have_unequal_hashes(self, hashes: PasswordHashes) -> None:
        """Nobody sees who has the same password, and no table of hashes helps."""
        assert len({hashes.hash("Correct-horse-7") for _ in range(3)}) == 3

    def test_what_is_no_hash_matches_nothing(self, hashes: PasswordHashes) -> None:
        """Empty (who has no password), cut off, or of another kind: never the way in."""
        hashed = hashes.hash("Correct-horse-7")
        for wrong in ("", "x", hashed[:-1], hashed + "0", "Correct-horse-7", f"x{hashed}"):
            assert not hashes.matches("Correct-horse-7", wrong)
            assert not hashes.matches("", wrong)

    def test_a_hash_shows_nothing_of_the_password(self, hashes: PasswordHashes) -> None:
        """The password is no part of its hash, and waste answers nothing."""
        assert "horse" not in hashes.hash("Correct-horse-7")
        hashes.waste("Correct-horse-7")


@define
class Solver:
    """Knows what a captcha asks, since a test cannot read pictures."""

    captchas: Captchas
    clock: Any
    solve: Any = field()


class CaptchasContract:
    """Fixture ``solver``: captchas, their clock (with ``go``), and who solves them."""

    def test_a_right_answer_counts_once(self, solver: Solver) -> None:
        """Picture and words alike; case and blanks around do not count."""
        for in_words in (False, True):
            given = solver.captchas.issue(in_words=in_words)
            assert bool(given.picture) is not in_words
            assert bool(given.question) is in_words
            answer = f"{given.ticket}  {solver.solve(given).lower()} "
            assert solver.captchas.passes(answer)
            assert not solver.captchas.passes(answer)

    def test_a_wrong_answer_uses_the_ticket_up(self, solver: Solver) -> None:
        """Nobody tries answers until one is right."""
        given = solver.captchas.issue()
        right = solver.solve(given)
        assert not solver.captchas.passes(f"{given.ticket} {right}x")
        assert not solver.captchas.passes(f"{given.ticket} {right}")

    def test_a_ticket_is_good_for_minutes(self, solver: Solver) -> None:
        """Tickets are not collected: an old one, and one of the future, is none."""
        for minutes in (6, -1):
            given = solver.captchas.issue()
            solver.clock.go(minutes=minutes)
            assert not solver.captchas.passes(f"{given.ticket} {solver.solve(given)}")

    def test_what_is_no_ticket_passes_nothing(self, solver: Solver) -> None:
        """Empty, made up, changed, or the answer of another one."""
        first, second = solver.captchas.issue(), solver.captchas.issue(in_words=True)
        right = solver.solve(first)
        changed = first.ticket[:-1] + ("A" if first.ticket[-1] != "A" else "E")
        for wrong in ("", " ", right, f" {right}", f"x {right}", f"{changed} {right}",
                      f"{second.ticket} {right}", f"{'x' * 10_000} {right}"):  # fmt: skip
            assert not solver.captchas.passes(wrong)


@define
class Partner:
    """A unified platform as a test moves it: who is there, and what it does wrong."""

    gateway: SignOnGateway
    code_of: Any
    token_of: Any
    break_by: Any


class SignOnGatewayContract:
    """Fixture ``partner``: a gateway and the platform behind it, holding these users.

    ``code_of(name)`` and ``token_of(name)`` let ``citizen``, ``servant``, ``firm`` or ``frozen``
    log in there; ``break_by(fault)`` makes the platform answer wrongly from then on.
    """

    def test_each_kind_of_user_is_told(self, partner: Partner) -> None:
        """Steps 3 to 5: code, token, user; kind, level, document and id as the platform says."""
        expected = {
            "citizen": (UserKind.CITIZEN, 2),
            "servant": (UserKind.STAFF, 2),
            "firm": (UserKind.ENTERPRISE, 1),
        }
        for name, (kind, level) in expected.items():
            by_code = partner.gateway.profile(partner.code_of(name))
            by_token = partner.gateway.profile_of_token(partner.token_of(name))
            assert isinstance(by_code, SignOnProfile)
            assert (by_code.kind, by_code.level) == (kind, level)
            assert by_code.user_code
            assert by_code.document
            assert by_code.name
            assert by_code.updated_at
            assert by_token == by_code

    def test_a_code_works_once(self, partner: Partner) -> None:
        """A code that was exchanged, made up or malformed gives nobody."""
        code = partner.code_of("citizen")
        assert partner.gateway.profile(code) is not None
        for wrong in (code, "made-up", "", "x" * 5000, "a b", "code\r\nX: y"):
            assert partner.gateway.profile(wrong) is None
            assert partner.gateway.profile_of_token(wrong) is None

    def test_a_frozen_account_is_nobody(self, partner: Partner) -> None:
        """用户状态 0 冻结: who is frozen there is not let in here."""
        assert partner.gateway.profile(partner.code_of("frozen")) is None

    def test_a_platform_that_answers_wrongly_is_refused(self, partner: Partner) -> None:
        """Huge, slow, redirected, of another type, not JSON, an error: refused, never believed."""
        for fault in ("huge", "slow_head", "slow_body", "redirect", "html", "nonsense", "list",
                      "deep", "packed", "error", "hang_up"):  # fmt: skip
            partner.break_by("")
            code = partner.code_of("citizen")
            partner.break_by(fault)
            try:
                partner.gateway.profile(code)
            except Refused:
                continue
            raise AssertionError(fault)
        partner.break_by("")
        assert partner.gateway.profile(partner.code_of("citizen")) is not None


@define
class PlayedFaces(FaceCertification):
    """Begins certifications of everybody, and lets pass whom a test says; broken on demand."""

    begun: list[tuple[str, str]] = field(factory=list)
    asked: int = 0
    broken: bool = False
    _passing: set[str] = field(factory=set)

    def begin(self, name: str, number: str) -> FaceBegun | None:
        """Begin; somebody without a number is refused."""
        self._require_whole()
        if not number:
            return None
        self.begun.append((name, number))
        certify_id = f"certify-{len(self.begun)}"
        return FaceBegun(certify_id=certify_id, address=f"https://face.example/{certify_id}")

    def passed(self, certify_id: str) -> bool:
        """Tell what the test decided."""
        self.asked += 1
        self._require_whole()
        return certify_id in self._passing

    def let_pass(self, certify_id: str = "") -> None:
        """Let a face be the right one: the last that was begun, or that of an id."""
        self._passing.add(certify_id or f"certify-{len(self.begun)}")

    def _require_whole(self) -> None:
        if self.broken:
            raise Unavailable((Violation(Unavailable.code),))


@define
class FacePartner:
    """A platform of faces as a test moves it: who passes, and what it does wrong."""

    faces: FaceCertification
    let_pass: Any
    break_by: Any


class FaceCertificationContract:
    """Fixture ``partner``: a certification and the platform behind it.

    ``let_pass(certify_id)`` decides that the right face was shown; ``break_by(fault)`` makes the
    platform answer wrongly from then on, "" rightly again.
    """

    faults: tuple[str, ...] = ("error",)

    def begun(self, partner: FacePartner) -> FaceBegun:
        """Begin one."""
        found = partner.faces.begin("王示例", complete_identity_card("45010319900101001"))
        assert found is not None
        return found

    def test_who_shows_his_face_passes(self, partner: FacePartner) -> None:
        """Not before he has; each certification is one of its own, with an address to open."""
        first, second = self.begun(partner), self.begun(partner)
        assert first.certify_id != second.certify_id
        assert first.address.startswith(("https://", "http://127.0.0.1:"))
        assert not partner.faces.passed(first.certify_id)
        partner.let_pass(first.certify_id)
        assert partner.faces.passed(first.certify_id)
        assert not partner.faces.passed(second.certify_id)

    def test_an_unknown_certification_is_not_passed(self, partner: FacePartner) -> None:
        """Made up, empty or malformed: nobody."""
        for unknown in ("", "made-up", "x" * 128, "a&certifyId=b", "中"):
            assert not partner.faces.passed(unknown)

    def test_a_number_that_is_none_is_refused(self, partner: FacePartner) -> None:
        """Without an identity number nobody is certified."""
        assert partner.faces.begin("王示例", "") is None

    def test_a_platform_that_answers_wrongly_is_unavailable(self, partner: FacePartner) -> None:
        """Whatever it does wrong, nobody has passed, and nothing is begun."""
        begun = self.begun(partner)
        partner.let_pass(begun.certify_id)
        for fault in self.faults:
            partner.break_by(fault)
            for act in (
                lambda: partner.faces.passed(begun.certify_id),
                lambda: self.begun(partner),
            ):
                try:
                    act()
                except Unavailable:
                    continue
                raise AssertionError(fault)
            partner.break_by("")
        assert partner.faces.passed(begun.certify_id)
