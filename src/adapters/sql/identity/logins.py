"""Credentials, log-ins under way, challenges, sessions and limits of addresses in tables."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    Index,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    select,
)

from adapters.sql.engine import direct
from adapters.sql.engine.mapper import Lookup, Mapper
from adapters.sql.engine.paging import next_by_id
from adapters.sql.engine.repository import SqlRepository, chunks
from adapters.sql.engine.schema import counter, metadata, several_of
from adapters.sql.engine.types import (
    ID_LENGTH,
    body,
    key,
    moment,
    part,
    required,
    row_seal,
    version,
    words,
)
from adapters.sql.frame.known import DecidingRepository
from adapters.sql.identity.access import EPOCH
from adapters.sql.identity.drafts import SqlFormDrafts
from supervision_core.identity.model import (
    Challenge,
    Credentials,
    FaceCheck,
    GuessLimit,
    LogIn,
    PhoneChange,
    PhoneNotice,
    Session,
    SourceLimit,
)
from supervision_core.identity.model.phone import GIVEN_UP_AFTER
from supervision_core.identity.ports import (
    Challenges,
    CredentialsStore,
    FaceChecks,
    FormDrafts,
    GuessLimits,
    LogInStore,
    LogInTraces,
    PhoneChanges,
    PhoneNotices,
    Sessions,
    SourceLimits,
)
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.ports import Repository

DIGEST_LENGTH = 64


def _by_digest(name: str, *columns: Any) -> Table:
    """Make a table whose ids are digests of what only the user's side knows.

    Its rows are sealed: who writes to the database makes no session and no code of his own.
    """
    own_id = Column("id", String(DIGEST_LENGTH), primary_key=True)
    return Table(name, metadata, own_id, version(), *columns, row_seal(), body())


credentials = Table("credentials", metadata, key(), version(), row_seal(), body())

credentials_certificate = several_of(
    "credentials_certificate",
    credentials,
    required("thumbprint", 128),
    UniqueConstraint("thumbprint", name="uq_credentials_cert_thumb"),
    key_name="pk_credentials_cert",
)

guess_limit = _by_digest("guess_limit")
source_limit = _by_digest("source_limit")
log_in = _by_digest("log_in")
challenge = _by_digest("challenge")
face_check = _by_digest(
    "face_check",
    words("certify_id", 128),
    UniqueConstraint("certify_id", name="uq_face_check_certify_id"),
)
phone_change = _by_digest("phone_change", part("sealed"))
phone_notice = Table(
    "phone_notice",
    metadata,
    key(),
    version(),
    moment("made_at"),
    moment("sent_at", nullable=True),
    part("sealed"),
    row_seal(),
    body(),
    Index("ix_phone_notice_sent", "sent_at", "made_at", "id"),
)
log_in_session = _by_digest(
    "log_in_session",
    required("owner", ID_LENGTH),
    moment("ended_at", nullable=True),
    Index("ix_log_in_session_owner", "owner"),
)


SESSION_WITH_EPOCH: Final = select(
    log_in_session,
    select(counter.c.upto)
    .where(counter.c.name == bindparam("counted"))
    .scalar_subquery()
    .label("epoch"),
).where(log_in_session.c.id == bindparam("token"))


class SqlCredentials(DecidingRepository[Credentials], CredentialsStore):
    """What users prove themselves with, in table ``credentials``."""

    mapper = Mapper(
        Credentials,
        credentials,
        lookups=(Lookup.of(credentials_certificate, lambda root: root.certificates),),
    )

    def find_by_certificate(self, thumbprint: str) -> Credentials | None:
        """Give the credentials to which that certificate is bound, by what they say themselves."""
        bound = credentials_certificate.c
        owner = select(bound.credentials_id).where(bound.thumbprint == thumbprint)
        found = self._one(credentials.c.id.in_(owner.scalar_subquery()))
        return found if found is not None and thumbprint in found.certificates else None


class SqlGuessLimits(SqlRepository[GuessLimit], GuessLimits):
    """How often passwords were guessed, in table ``guess_limit``."""

    mapper = Mapper(GuessLimit, guess_limit)


class SqlSourceLimits(SqlRepository[SourceLimit], SourceLimits):
    """How often addresses have tried, in table ``source_limit``."""

    mapper = Mapper(SourceLimit, source_limit)

    def get(self, id: str) -> SourceLimit:
        """Give the limit, and hold its row until the end of the transaction.

        Everybody of a department may come from one address at once: they wait for one another here
        instead of being refused one by one for a version that has gone on. Raises ``NotFound``.
        """
        found = self._held(id)
        if found is None:
            raise NotFound(self.kind, id)
        return found


class SqlLogIns(SqlRepository[LogIn], LogInStore):
    """Log-ins under way, in table ``log_in``."""

    mapper = Mapper(LogIn, log_in)


class SqlChallenges(SqlRepository[Challenge], Challenges):
    """Challenges, in table ``challenge``."""

    mapper = Mapper(Challenge, challenge)


class SqlFaceChecks(SqlRepository[FaceCheck], FaceChecks):
    """Certifications by face, in table ``face_check``."""

    mapper = Mapper(FaceCheck, face_check)


class SqlPhoneChanges(SqlRepository[PhoneChange], PhoneChanges):
    """Changes of one's own phone, in table ``phone_change``; the new one is sealed."""

    mapper = Mapper(PhoneChange, phone_change, sealed=("_phone",))


class SqlPhoneNotices(SqlRepository[PhoneNotice], PhoneNotices):
    """What phones are told, in table ``phone_notice``; the phones are sealed."""

    mapper = Mapper(PhoneNotice, phone_notice, sealed=("_phone",))

    def waiting(self, now: datetime, limit: int) -> list[PhoneNotice]:
        """Give the oldest that are not sent and not given up."""
        columns = phone_notice.c
        unsent = select(phone_notice).where(
            columns.sent_at.is_(None), columns.made_at > now - GIVEN_UP_AFTER
        )
        asked = unsent.order_by(columns.made_at, columns.id).limit(limit)
        return self._roots(self._reader.rows(asked))


class SqlSessions(DecidingRepository[Session], Sessions):
    """Sessions, in table ``log_in_session``."""

    mapper = Mapper(Session, log_in_session, renamed={"_user": "owner"})

    def with_epoch(self, id: str) -> tuple[Session, int]:
        """Give the session and the epoch, in one round trip. Raises ``NotFound``."""
        asked = {"token": id, "counted": EPOCH}
        found = direct.row(self._connection, SESSION_WITH_EPOCH, asked)
        if found is None:
            raise NotFound(self.kind, id)
        epoch = found.pop("epoch")
        return self._root(found), epoch

    def of_user(self, user: str) -> list[Session]:
        """Give the sessions of a user that have not ended, by id."""
        return self.of_users([user])

    def of_users(self, users: Iterable[str]) -> list[Session]:
        """Give the sessions of all these users that have not ended, by id."""
        columns = log_in_session.c
        found: list[Session] = []
        for some in chunks(sorted(set(users))):
            living = columns.owner.in_(some), columns.ended_at.is_(None)
            asked = select(log_in_session).where(*living)
            found += self._left(self._reader.rows(asked))
        return sorted(found, key=lambda one: one.id)


_KEPT: Mapping[type[Any], type[SqlRepository[Any]]] = MappingProxyType(
    {
        Challenges: SqlChallenges,
        FaceChecks: SqlFaceChecks,
        FormDrafts: SqlFormDrafts,
        GuessLimits: SqlGuessLimits,
        LogInStore: SqlLogIns,
        PhoneChanges: SqlPhoneChanges,
        PhoneNotices: SqlPhoneNotices,
        SourceLimits: SqlSourceLimits,
        Sessions: SqlSessions,
    }
)


class SqlLogInTraces(LogInTraces):
    """Walks the tables of log-ins by id, and deletes what is over."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection

    def forget(
        self,
        port: type[Repository[Any]],
        is_over: Callable[[Any], bool],
        *,
        after: str,
        limit: int,
    ) -> tuple[str, int]:
        """Look at the next and delete those over; what was tampered with stays for the alarm."""
        mapper = _KEPT[port].mapper
        table = mapper.table
        sealing = mapper.sealing_on(self._connection)
        page = next_by_id(select(table), table.c.id, after, limit)
        rows = self._connection.execute(page).all()
        over = []
        for row in rows:
            with suppress(Tampered):
                root = mapper.root(row, sealing)
                over += [root.id] if is_over(root) else []
        if over:
            self._connection.execute(delete(table).where(table.c.id.in_(over)))
        return rows[-1].id if len(rows) == limit else "", len(over)
