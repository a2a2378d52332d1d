"""Sending a mail: to one recipient, over a connection of its own, with the server's certificate always checked."""

import asyncio
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage

import aiosmtplib

from bot.outbound.door import NotReached, Outbound
from bot.visible import visible

_LONGEST_REPLY = 200
"""Characters of what a server says that are told."""


class MailRefused(Exception):
    """The server said no. The message holds its words, which may hold an address, never a password of ours."""

    def __init__(self, message: str, *, for_good: bool) -> None:
        super().__init__(message)
        self.for_good = for_good
        """Whether it would say so again (RFC 5321: 5xx), or asks to be tried later (4xx)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The server that takes our mail."""

    host: str
    port: int
    security: str = "starttls"
    """``tls`` from the first byte, ``starttls`` before anything is said, or ``none``."""
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    greets_as: str = "localhost"
    """How we introduce ourselves."""

    async def send(self, door: Outbound, message: EmailMessage, sender: str, recipient: str) -> None:
        """Hand a mail over to the server.

        Raises ``AddressRefused``, ``NotReached`` (it may have been taken nevertheless), and ``MailRefused``.
        """
        try:
            async with asyncio.timeout(door.seconds):
                await self._send(door, message, sender, recipient)
        except aiosmtplib.SMTPNotSupported as error:
            raise MailRefused(f"{self.host}: {_shown(str(error))}", for_good=True) from None
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise self._refused(error.recipients[0]) from None
        except aiosmtplib.SMTPResponseException as error:
            raise self._refused(error) from None
        except TimeoutError:
            raise NotReached(f"{self.host} did not take the mail within {door.seconds:g} seconds") from None
        except ssl.SSLCertVerificationError as error:
            raise NotReached(f"{self.host} has no valid certificate: {error.verify_message.rstrip('.')}") from None
        except (aiosmtplib.SMTPException, ConnectionError, ssl.SSLError) as error:
            if type(error) is aiosmtplib.SMTPException:  # It cannot do what we ask: encrypt, or let us log in.
                raise MailRefused(f"{self.host}: {_shown(str(error))}", for_good=True) from None
            raise NotReached(self._cut_short(error)) from None

    async def _send(self, door: Outbound, message: EmailMessage, sender: str, recipient: str) -> None:
        context = await door.tls()
        sock = await door.connect(self.host, self.port)
        client = aiosmtplib.SMTP(
            hostname=self.host,
            sock=sock,
            local_hostname=self.greets_as,
            username=self.username,
            password=self.password,
            use_tls=self.security == "tls",
            start_tls=self.security == "starttls",
            tls_context=context,
            timeout=door.seconds,
        )
        try:
            await client.connect()
            await client.send_message(message, sender=sender, recipients=[recipient])
        except BaseException:
            client.close()  # And with it the socket.
            raise
        try:
            await client.quit()
        except (aiosmtplib.SMTPException, OSError):  # It has taken the mail.
            client.close()

    def _refused(self, error: aiosmtplib.SMTPResponseException) -> MailRefused:
        told = f"{self.host} says: {error.code} {_shown(error.message)}"
        # 421 closes the connection and means: later.
        return MailRefused(told.rstrip(), for_good=500 <= error.code < 600)

    def _cut_short(self, error: Exception) -> str:
        cause: BaseException | None = error
        while cause is not None:  # The library wraps what TLS has to say.
            if isinstance(cause, ssl.SSLCertVerificationError):
                return f"{self.host} has no valid certificate: {cause.verify_message.rstrip('.')}"
            if isinstance(cause, ssl.SSLError):
                return f"{self.host}:{self.port} does not speak TLS in this way; see [email] security"
            cause = cause.__cause__
        return f"{self.host} broke off ({type(error).__name__})"


def _shown(reply: str) -> str:
    return visible(" ".join(reply.split())[:_LONGEST_REPLY])
