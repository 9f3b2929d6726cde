"""电子邮件 over a mail server that may be slow, broken or taken over."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import ClassVar, Final, Self
from urllib.parse import urlsplit

from attrs import define, field, frozen

from supervision_core.identity.model import MessageRefused, OutgoingMessage, is_email
from supervision_core.identity.ports import MessageChannel
from supervision_core.kernel.errors import Refused, Unavailable, Violation
from supervision_core.kernel.ports import Clock

_LOOPBACK: Final = {"127.0.0.1", "::1", "localhost"}
_FOR_GOOD: Final = 500
"""Replies from here on say that the same will be refused again (RFC 5321 4.2.1)."""


@define(eq=False)
class MailUnavailable(Unavailable):
    """The mail server did not answer, or not as it must."""

    code: ClassVar[str] = "notify.unavailable"


@define(eq=False)
class MailAddressUnfit(Refused):
    """The address of the mail server, or whom it sends as, cannot be used."""

    code: ClassVar[str] = "notify.address_unfit"


def _unavailable(code: str) -> MailUnavailable:
    return MailUnavailable((Violation(code),))


@frozen(kw_only=True)
class MailServer:
    """Where the mail server is; ``tls`` from the first byte on, otherwise by STARTTLS."""

    host: str
    port: int
    tls: bool

    @classmethod
    def at(cls, address: str) -> Self:
        """Read ``smtps://host:port`` or ``smtp://host:port``. Raises ``MailAddressUnfit``."""
        with suppress(ValueError):  # of a port that is none
            parts = urlsplit(address)
            extra = parts.path.strip("/") or parts.query or parts.fragment or parts.username
            if parts.scheme in {"smtp", "smtps"} and parts.hostname and parts.port and not extra:
                return cls(host=parts.hostname, port=parts.port, tls=parts.scheme == "smtps")
        raise MailAddressUnfit((Violation(MailAddressUnfit.code),))

    @property
    def local(self) -> bool:
        """Whether what goes there stays on this machine."""
        return self.host in _LOOPBACK


def _sender(_: object, __: object, address: str) -> None:
    if not is_email(address):
        raise MailAddressUnfit((Violation(MailAddressUnfit.code),))


@frozen(kw_only=True)
class SmtpMessages(MessageChannel):
    """One connection a message; all of it ends after ``seconds``, however slowly the server drips.

    Certificates are checked (against ``authorities``, a file, where given); without TLS nothing is
    said, but to this machine. Sent twice, a message has the same Message-ID.
    """

    server: MailServer
    sender: str = field(validator=_sender)
    clock: Clock
    user: str = ""
    password: str = field(default="", repr=False)
    authorities: str = ""
    seconds: float = 20.0

    def send(self, message: OutgoingMessage) -> None:
        """Hand it on. Raises ``MessageRefused``, ``MailUnavailable``."""
        if not is_email(message.to):
            raise MessageRefused((Violation(MessageRefused.code),))
        with self._session() as session:
            session.send_message(self._letter(message))

    def try_out(self) -> None:
        """Greet the server and log in, and send nothing. Raises ``MailUnavailable``."""
        with self._session() as session:
            session.noop()

    def _letter(self, message: OutgoingMessage) -> EmailMessage:
        made = EmailMessage(policy=SMTP)
        made["From"], made["To"] = self.sender, message.to
        made["Subject"] = message.title
        made["Date"] = format_datetime(self.clock.now())
        made["Message-ID"] = f"<{message.id}@{self._domain}>"
        made["Auto-Submitted"] = "auto-generated"
        made.set_content(message.text)
        return made

    @property
    def _domain(self) -> str:
        return self.sender.rpartition("@")[2]

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        """Open a session; whatever goes wrong is said without a word of what was sent."""
        try:
            context = ssl.create_default_context(cafile=self.authorities or None)
            session = self._made(context)
            with _cut_after(session, self.seconds):
                session.connect(self.server.host, self.server.port)
                self._protect(session, context)
                if self.user:
                    session.login(self.user, self.password)
                yield session
                with suppress(smtplib.SMTPException, OSError):  # what was taken is taken
                    session.quit()
        except smtplib.SMTPAuthenticationError:
            raise _unavailable("notify.log_in_refused") from None
        except (smtplib.SMTPNotSupportedError, ssl.SSLError):
            raise _unavailable("notify.not_protected") from None
        except smtplib.SMTPRecipientsRefused as refused:
            raise _refusal(*(code for code, _ in refused.recipients.values())) from None
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
            raise _refusal(refused.smtp_code) from None
        except (smtplib.SMTPException, OSError, ValueError):
            raise _unavailable("notify.unreachable") from None

    def _made(self, context: ssl.SSLContext) -> smtplib.SMTP:
        name = self._domain
        made = (
            smtplib.SMTP_SSL(context=context, timeout=self.seconds, local_hostname=name)
            if self.server.tls
            else smtplib.SMTP(timeout=self.seconds, local_hostname=name)
        )
        made._host = self.server.host  # type: ignore[attr-defined]  # noqa: SLF001 - whose certificate it must be; the constructor takes it only where it connects at once
        return made

    def _protect(self, session: smtplib.SMTP, context: ssl.SSLContext) -> None:
        session.ehlo_or_helo_if_needed()
        if self.server.tls or (self.server.local and not session.has_extn("starttls")):
            return
        try:
            session.starttls(context=context)
        except smtplib.SMTPResponseException:
            raise smtplib.SMTPNotSupportedError from None


def _refusal(*codes: int) -> Refused | MailUnavailable:
    if codes and min(codes) >= _FOR_GOOD:
        return MessageRefused((Violation(MessageRefused.code),))
    return _unavailable("notify.unreachable")


@contextmanager
def _cut_after(session: smtplib.SMTP, seconds: float) -> Iterator[None]:
    def cut() -> None:
        connected = session.sock
        if connected is not None:
            with suppress(OSError):  # closed already
                socket.socket.shutdown(connected, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        session.close()
