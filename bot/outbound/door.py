"""Connections to the outside, and requests over HTTP.

1. A name is looked up here, and the connection leads to one of the addresses that were found and judged, never to one
   that a second look-up would find.
2. No redirect is followed, no proxy asked, no cookie kept. What an answer says is read only where it is asked
   for, and no further than that.
3. All of it together takes no longer than the time limit. Certificates are always checked.
4. Errors name the host, never the rest of an address: it may be a secret.
"""

import asyncio
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import AddrInfoType
from yarl import URL

from bot.outbound.guard import AddressGuard, AddressRefused, Network
from bot.visible import visible

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Looks a name up: its numeric addresses, the best first. Raises ``OSError`` when there are none."""

SECONDS = 10.0
"""How long one request, or one mail, may take altogether."""
_ADDRESSES_MOST = 8
"""Addresses of one name that are considered."""
_AGENT = "Handraiser"
_HEADER = re.compile(r"(?!proxy-|x-aws-|x-forwarded-|x-google-|metadata)[a-z][a-z0-9-]{0,60}")
_NOT_SETTABLE = frozenset(
    ("connection", "content-length", "cookie", "expect", "forwarded", "host", "keep-alive", "te", "trailer",
     "transfer-encoding", "upgrade", "user-agent", "x-real-ip")
)  # fmt: skip
"""Headers that change how a request is read on its way, or open doors meant for the machine itself."""


class NotReached(OSError):
    """Whoever was to be reached did not answer; the message says who, and why as far as it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: no more than is needed to know whether it worked."""

    status: int
    retry_after: float | None = None
    """Seconds to wait, where the answer asks for it."""
    body: bytes = b""
    """What it says, as far as it was to be read."""


class Outbound:
    """The way out. ``allowed`` are networks of one's own that may be reached as well.

    ``resolve`` looks names up; by default the system does. ``tls`` says whose certificates are believed; by default
    those that the system believes.
    """

    def __init__(
        self,
        *,
        allowed: Iterable[Network] = (),
        seconds: float = SECONDS,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.seconds = seconds
        self._guard = AddressGuard(allowed)
        self._resolve = resolve or _system_resolve
        self._tls = tls

    async def post(self, address: str, body: bytes, headers: Mapping[str, str], *, read: int = 0) -> Answer:
        """Send ``body`` to an http or https address; the answer, whatever its status, with ``read`` bytes at most.

        Raises ``AddressRefused``, ``NotReached``, and ``ValueError`` for headers that may not be set.
        """
        sent = {"User-Agent": _AGENT, **_checked(headers)}
        url = _url(address)
        host, port = url.raw_host or "", url.port or 0
        try:
            async with asyncio.timeout(self.seconds):
                addresses = await self._look_up(host, port)
                return await self._post(url, addresses, body, sent, read)
        except TimeoutError:
            raise NotReached(f"{host} did not answer within {self.seconds:g} seconds") from None
        except aiohttp.ClientConnectorCertificateError as error:
            raise NotReached(f"{host} has no valid certificate: {_certificate_trouble(error)}") from None
        except aiohttp.ClientSSLError:
            raise NotReached(f"{host} does not speak TLS as it should") from None
        except aiohttp.ClientConnectorError as error:
            raise NotReached(f"{host} could not be reached: {_reason(error.os_error)}") from None
        except aiohttp.InvalidURL:
            raise AddressRefused(f"{host} is written in a way that names no public address") from None
        except (aiohttp.ClientError, ConnectionError) as error:
            raise NotReached(f"{host} did not answer as a web server does ({type(error).__name__})") from None

    async def connect(self, host: str, port: int) -> socket.socket:
        """A connection, not blocking, not encrypted yet; within the caller's own time limit.

        Raises ``AddressRefused`` and ``NotReached``.
        """
        loop = asyncio.get_running_loop()
        addresses = await self._look_up(host, port)
        trouble: OSError | None = None
        for address in addresses:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            sock = self._socket((family, socket.SOCK_STREAM, 0, "", (address, port)))
            try:
                sock.setblocking(False)
                async with asyncio.timeout(self.seconds / len(addresses)):
                    await loop.sock_connect(sock, (address, port))
                return sock
            except OSError as error:
                sock.close()
                trouble = error
            except BaseException:
                sock.close()
                raise
        raise NotReached(f"{host}:{port} could not be reached: {_reason(trouble)}")

    async def tls(self) -> ssl.SSLContext:
        """Whose certificates are believed."""
        if self._tls is None:
            self._tls = await asyncio.to_thread(ssl.create_default_context)
        return self._tls

    async def _look_up(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a host to which connections may lead. Raises ``AddressRefused`` when there are none."""
        try:
            found = (await self._resolve(host, port))[:_ADDRESSES_MOST]
        except (OSError, UnicodeError) as error:
            raise NotReached(f"the name {host} could not be looked up: {_reason(error)}") from None
        if not found:
            raise NotReached(f"the name {host} has no address")
        if good := [one for one in found if self._guard.allows(one)]:
            return good
        self._guard.check(found[0], host)
        raise AssertionError("what is not allowed is refused")

    async def _post(
        self, url: URL, addresses: Sequence[str], body: bytes, headers: Mapping[str, str], read: int
    ) -> Answer:
        connector = aiohttp.TCPConnector(
            resolver=_Found(addresses),
            socket_factory=self._socket,
            ssl=await self.tls(),
            use_dns_cache=False,
            force_close=True,
        )
        async with (
            aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=self.seconds),
                skip_auto_headers=("Accept", "Accept-Encoding"),
                trust_env=False,
            ) as session,
            session.post(url, data=body, headers=headers, allow_redirects=False) as response,
        ):
            said = await _beginning(response.content, read) if read else b""
            retry_after = _retry_after(response.headers.get("Retry-After"))
            response.close()  # What it says besides stays unread.
            return Answer(status=response.status, retry_after=retry_after, body=said)

    def _socket(self, found: AddrInfoType) -> socket.socket:
        """A socket for one address, if a connection may lead there: the last look before it does."""
        family, kind, protocol, _, address = found
        self._guard.check(str(address[0]), str(address[0]))
        return socket.socket(family, kind, protocol)


class _Found(AbstractResolver):
    """Says what was found and judged already."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._addresses
        ]

    async def close(self) -> None:
        """Nothing to let go of."""


async def _beginning(content: aiohttp.StreamReader, most: int) -> bytes:
    """The first bytes of an answer."""
    said = b""
    while len(said) < most and (more := await content.read(most - len(said))):
        said += more
    return said


async def _system_resolve(host: str, port: int) -> Sequence[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for _, _, _, _, address in found))


def _url(address: str) -> URL:
    try:
        url = URL(address)
        _ = url.port
    except (ValueError, TypeError):
        raise AddressRefused("this is no address of a website") from None
    if url.scheme not in ("http", "https") or not url.raw_host:
        raise AddressRefused("only addresses that begin with https:// or http:// can be reached")
    if url.user is not None or url.password is not None:
        raise AddressRefused("an address must not hold a user name and a password")
    return url


def _checked(headers: Mapping[str, str]) -> Mapping[str, str]:
    for name, value in headers.items():
        if not _HEADER.fullmatch(name.lower()) or name.lower() in _NOT_SETTABLE:
            raise ValueError(f"the header {visible(name[:60])} may not be set")
        if not value.isprintable():
            raise ValueError(f"the header {name} must be one line")
    return headers


def _retry_after(text: str | None) -> float | None:
    """The seconds of a Retry-After header (RFC 9110), which may be a date; at most an hour, None for anything else."""
    if text is None:
        return None
    try:
        seconds = float(text) if re.fullmatch(r"[0-9]{1,9}", text.strip()) else _until(text)
    except (ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), 3600.0)


def _until(text: str) -> float:
    moment = parsedate_to_datetime(text)
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()


def _reason(error: Any) -> str:
    """Why, in the system's words; nothing of what was sent or received."""
    if isinstance(error, TimeoutError):
        return "no answer"
    if isinstance(error, UnicodeError):
        return "it is no name of a host"
    words = getattr(error, "strerror", None)
    return str(words).lower() if words else type(error).__name__


def _certificate_trouble(error: aiohttp.ClientConnectorCertificateError) -> str:
    inner = error.certificate_error
    return str(getattr(inner, "verify_message", "") or "it could not be checked").rstrip(".")
