"""Certifying oneself by face: in place of the code at a log-in, and again for critical acts."""

from attrs import field, frozen

from supervision_core.identity.model import (
    FaceBegun,
    FaceCheck,
    FacePurpose,
    FaceRefused,
    User,
    Way,
    face_violations,
)
from supervision_core.identity.ports import FaceCertification, FaceChecks, Users
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.login.door import STEPPING_UP, Door, SessionGiven
from supervision_core.identity.services.login.stored import digest_of, forgive
from supervision_core.kernel.errors import Conflict, Unavailable, Violation, refuse_if
from supervision_core.kernel.ports import UnitOfWork


@frozen(kw_only=True)
class FaceGiven:
    """A log-in under way: its token, and where the user shows his face."""

    token: str = field(repr=False)
    address: str = field(repr=False)


@frozen(kw_only=True)
class FaceLogIns(Door):
    """Password, then face; and the face alone for who is logged in."""

    @property
    def faces_offered(self) -> bool:
        """Whether anybody can certify himself by face here."""
        return self.faces is not None and bool(self.face_kinds)

    def log_in_with_face(
        self, account: str, password: str, *, source: str, captcha: str
    ) -> FaceGiven:
        """人脸认证登录: check a password, and have the platform certify the user by his face.

        The platform is told the name and number that are stored of him. Raises ``LogInRefused``,
        ``FaceRefused``, ``Unavailable``. Source: proposal 6.4.2.4.2.
        """
        action = "identity.log_in_with_face"
        if not self.captchas.passes(captcha):
            raise self.refused(action, source)
        faces = self._faces()
        known = self.guess(
            lambda unit: unit[Users].find_by_account(account), account, password, source, last=False
        )
        if known is None:
            raise self.refused_for(action, source, account)
        user, token = known[0], self.token()
        try:
            address = self._begun(faces, user, digest_of(token), FacePurpose.LOG_IN, action, source)
        except (FaceRefused, Unavailable):  # no fault of who has the right password
            now = self.clock.now()
            self.committed(lambda unit: forgive(unit, user.id, source, at=now))
            raise
        return FaceGiven(token=token, address=address)

    def confirm_face(self, token: str, *, source: str) -> SessionGiven:
        """Let in whom the platform certified in this log-in.

        Raises ``LogInRefused``, ``FaceRefused`` where he has not passed yet, ``Unavailable``,
        ``CertificateRequired``.
        """
        action = "identity.confirm_face"
        check = self._passed(digest_of(token), FacePurpose.LOG_IN, action, source)

        def used(unit: UnitOfWork) -> bool:
            first = self._used(unit, check)
            if first:
                forgive(unit, check.user, source, at=self.clock.now())
            return first

        if not self.committed(used):
            raise self.refused(action, source, check.user)
        return self.session(check.user, action, source, Way.PASSWORD)

    def begin_face_step_up(self, token: str, *, source: str) -> str:
        """Give where the user of session ``token`` shows his face to prove himself again.

        Raises ``NotLoggedIn``, ``LogInRefused``, ``FaceRefused``, ``Unavailable``.
        """
        (session, _), faces = self.logged_in(token), self._faces()
        with self.transactions.begin_reading() as unit:
            user = unit[Users].get(session.user)
        action = "identity.begin_face_step_up"
        return self._begun(faces, user, session.id, FacePurpose.STEP_UP, action, source)

    def finish_face_step_up(self, token: str, *, source: str) -> None:
        """Let the user of session ``token`` have proved himself again, if he was certified.

        Raises ``NotLoggedIn``, ``LogInRefused``, ``FaceRefused``, ``Unavailable``.
        """
        session, _ = self.logged_in(token)
        check = self._passed(session.id, FacePurpose.STEP_UP, STEPPING_UP, source)

        def used(unit: UnitOfWork) -> bool:
            first = self._used(unit, check)
            if first:
                self.stepped_up(unit, session, source)
            return first

        if not self.committed(used):
            raise self.refused(STEPPING_UP, source, session.user)

    def _faces(self) -> FaceCertification:
        if self.faces is None:
            raise FaceRefused((Violation("identity.face_not_offered"),))
        return self.faces

    def _begun(  # noqa: PLR0913, PLR0917 - one for each part
        self,
        faces: FaceCertification,
        user: User,
        id: str,
        purpose: FacePurpose,
        action: str,
        source: str,
    ) -> str:
        """Note that it is begun, then begin it: who asks side by side is counted all the same."""

        def noted(unit: UnitOfWork) -> None:
            check = find(unit, FaceChecks, id) or FaceCheck(
                id=id, user=user.id, purpose=purpose, source=source
            )
            check.begin(source, at=self.clock.now(), policy=self.policy)
            unit[FaceChecks].save(check)

        try:
            refuse_if(FaceRefused, face_violations(user, self.face_kinds))
            self.committed(noted)
            begun = faces.begin(user.person.name, user.person.document_number)
            if begun is not None:
                self._opened(id, begun, action, source)
        except (FaceRefused, Unavailable):
            self.refused(action, source, user.id)
            raise
        if begun is None:
            raise self.refused(action, source, user.id)
        return begun.address

    def _opened(self, id: str, begun: FaceBegun, action: str, source: str) -> None:
        def opened(unit: UnitOfWork) -> None:
            check = unit[FaceChecks].get(id)
            check.opened(begun.certify_id)
            unit[FaceChecks].save(check)
            self.audit(unit, action, source, check.user)

        try:
            self.committed(opened)
        except Conflict:  # an id that the platform has given before
            raise Unavailable((Violation("identity.face_id_repeated"),)) from None

    def _passed(self, id: str, purpose: FacePurpose, action: str, source: str) -> FaceCheck:
        """Give the certification of that id, if it is good and the platform says he has passed."""

        def reserved(unit: UnitOfWork) -> FaceCheck | None:
            found = find(unit, FaceChecks, id)
            if found is None:
                return None
            good = found.ask(purpose, source, at=self.clock.now(), policy=self.policy)
            unit[FaceChecks].save(found)
            return found if good else None

        faces = self._faces()
        check = self.committed(reserved)
        if check is None:
            raise self.refused(action, source)
        try:
            passed = faces.passed(check.certify_id)
        except Unavailable:
            self.committed(lambda unit: self._given_back(unit, id))
            self.refused(action, source, check.user)
            raise
        if not passed:
            self.refused(action, source, check.user)
            raise FaceRefused((Violation("identity.face_not_passed"),))
        return check

    @staticmethod
    def _used(unit: UnitOfWork, check: FaceCheck) -> bool:
        """Use it up; only the one that was asked about, if it was not meanwhile begun anew."""
        found = unit[FaceChecks].get(check.id)
        first = found.certify_id == check.certify_id and found.use()
        unit[FaceChecks].save(found)
        return first

    @staticmethod
    def _given_back(unit: UnitOfWork, id: str) -> None:
        found = unit[FaceChecks].get(id)
        found.give_back()
        unit[FaceChecks].save(found)
