"""A mail server, played: shows what was sent, and fails in the ways that mail servers do."""

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Final

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from attrs import define, field, frozen

from entrypoints.simulators.faults import MailFault
from entrypoints.simulators.serving import HOST

_SLOW: Final = 60.0
_CLOSING: Final = 0.05
"""Seconds in which connections come to their end."""


class _Refusing(SMTP):
    """Offers STARTTLS and does not keep to it."""

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802 - as aiosmtpd calls it
        """Refuse."""
        del arg
        await self.push("454 4.7.0 TLS not available")


@frozen(kw_only=True)
class Mail:
    """A letter that would have been delivered."""

    id: str
    to: str = field(repr=False)
    title: str = field(repr=False)
    text: str = field(repr=False)


@define
class SimulatedMail:
    """Takes letters to everybody but ``unknown@…``; ``show`` is told of each.

    With a ``tls`` context STARTTLS is offered and asked for; with a ``password`` only whom it
    proves may send, by whatever name.
    """

    show: Callable[[Mail], None]
    tls: ssl.SSLContext | None = None
    password: str = field(default="", repr=False)
    fault: MailFault | None = None

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        """Take a receiver."""
        del session, rcpt_options
        if self.fault is MailFault.BUSY:
            return "451 4.3.2 try again later"
        if self.fault is MailFault.HANGS_UP and server.transport is not None:
            server.transport.close()
        if address.startswith("unknown@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a letter."""
        del server, session
        if self.fault is MailFault.SLOW:
            await asyncio.sleep(_SLOW)
        read = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        self.show(
            Mail(
                id=read["Message-ID"].strip("<>").partition("@")[0],
                to=read["To"],
                title=read["Subject"],
                text=read.get_content().strip(),
            )
        )
        return "250 OK"

    def admits(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object
    ) -> AuthResult:
        """Tell whether the password is right."""
        del server, session, envelope, mechanism
        right = isinstance(given, LoginPassword) and given.password == self.password.encode()
        return AuthResult(success=right, handled=right)

    def session(self, loop: asyncio.AbstractEventLoop) -> SMTP:
        """Give what talks with one client."""
        tls = None if self.fault is MailFault.NO_STARTTLS else self.tls
        made = _Refusing if self.fault is MailFault.STARTTLS_REFUSED else SMTP
        return made(
            self,
            hostname="mail.simulated",
            loop=loop,
            tls_context=tls,
            require_starttls=tls is not None,
            authenticator=self.admits,
            auth_required=bool(self.password),
        )


@contextmanager
def simulated_mail(simulated: SimulatedMail, port: int = 0) -> Iterator[str]:
    """Serve it on the loopback address; give its address as ``SUPERVISION_MAIL_URL`` wants it."""
    loop, sessions = asyncio.new_event_loop(), list[SMTP]()

    def session() -> SMTP:
        sessions.append(simulated.session(loop))
        return sessions[-1]

    async def opened() -> asyncio.Server:
        return await loop.create_server(session, HOST, port)

    async def close() -> None:
        server.close()
        for one in sessions:
            if one.transport is not None:
                one.transport.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await asyncio.sleep(_CLOSING)

    running = threading.Thread(target=loop.run_forever, daemon=True)
    running.start()
    server = asyncio.run_coroutine_threadsafe(opened(), loop).result()
    try:
        yield f"smtp://{HOST}:{server.sockets[0].getsockname()[1]}"
    finally:
        asyncio.run_coroutine_threadsafe(close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        running.join()
        loop.close()
