"""A server that takes mail, in this process: says what it is told to say, and remembers what it took."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as MAIL
from pathlib import Path
from typing import Any, cast

import aiosmtpd
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.changes import Changes

_CERTIFICATES = Path(aiosmtpd.__file__).parent / "tests" / "certs"
CERTIFICATE = _CERTIFICATES / "server.crt"
"""Nobody's but the tests': it names no host."""


def trusting() -> ssl.SSLContext:
    """Believes the server's certificate, although it names no host."""
    context = ssl.create_default_context(cafile=str(CERTIFICATE))
    context.check_hostname = False
    return context


def serving() -> ssl.SSLContext:
    """What a server has to show."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, _CERTIFICATES / "server.key")
    return context


class MailBox:
    """What came in, and what is to be answered."""

    def __init__(self) -> None:
        self.port = 0
        self.taken: list[tuple[str, list[str], EmailMessage]] = []
        """(sender, recipients, mail) of everything that was taken."""
        self.recipient_reply = "250 OK"
        self.refused: set[str] = set()
        """Addresses that do not exist."""
        self.data_reply = "250 OK"
        self.drop_after_data = False
        """Whether the connection ends before the mail is acknowledged, which was taken all the same."""
        self.password = "correct-horse"
        self.encrypted: list[bool] = []
        """For each mail, whether it came encrypted."""
        self.changes = Changes()

    @property
    def mails(self) -> list[EmailMessage]:
        return [mail for _, _, mail in self.taken]

    def to(self, address: str) -> list[EmailMessage]:
        """What was sent to somebody."""
        return [mail for _, recipients, mail in self.taken if address in recipients]

    async def handle_RCPT(  # noqa: N802  # The library's name.
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 No such mailbox"
        if self.recipient_reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.recipient_reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data_reply.startswith("2"):
            assert isinstance(envelope.content, bytes)
            mail = cast(EmailMessage, message_from_bytes(envelope.content, policy=cast(Any, MAIL)))
            self.taken.append((str(envelope.mail_from), [str(one) for one in envelope.rcpt_tos], mail))
            assert server.transport is not None
            self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
            self.changes.tell()
        if self.drop_after_data:
            self.drop_after_data = False
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return self.data_reply

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.password == self.password.encode()
        return AuthResult(success=good, handled=good)


@contextlib.asynccontextmanager
async def mail_server(*, tls: bool = False, starttls: bool = False, login: bool = False) -> AsyncIterator[MailBox]:
    """A server on 127.0.0.1, until the block ends."""
    box, loop = MailBox(), asyncio.get_running_loop()
    context = serving() if tls or starttls else None

    def protocol() -> SMTP:
        return SMTP(
            box,
            hostname="mail.test",
            loop=loop,
            enable_SMTPUTF8=True,
            tls_context=context if starttls else None,
            require_starttls=starttls,
            authenticator=box.authenticate if login else None,
            auth_required=login,
            auth_require_tls=starttls,
        )

    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=context if tls else None)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
        await server.wait_closed()
