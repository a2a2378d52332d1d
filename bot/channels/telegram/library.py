"""python-telegram-bot, as we use it: its client and types, over aiohttp, and without its own polling.

Its own HTTP client costs several times the processor time of a call. Imported only when Telegram is configured.
"""

import io
import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.refusals import Answer

LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes; a hundred updates are a few hundred thousand at most."""
# At lower levels it writes down what people say, and the token.
logging.getLogger("telegram").setLevel(logging.WARNING)


class Refused(TelegramError):
    """The Bot API's answer, where it did not do what was asked."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.description or f"status {answer.status}")
        self.answer = answer


class Unreadable(TelegramError):
    """An answer that is no JSON as the Bot API writes it."""


class AiohttpRequest(BaseRequest):
    """The library's calls over one aiohttp session, through the proxy that the environment names for ``api_url``.

    ``seconds``: how long a call may take, all in all.
    """

    def __init__(self, api_url: str, seconds: float) -> None:
        self._seconds = seconds
        # Once, and not by the session's trust_env, which looks for a file of passwords with every call.
        self.proxy = _proxy_for(api_url)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds."""
        return self._seconds

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session; open between ``initialize`` and ``shutdown``."""
        if self._session is None:
            raise RuntimeError("the client is not open")
        return self._session

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None:
            self._session = aiohttp.ClientSession()

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. Raises ``Refused`` where the status is none of success, ``TimedOut``, ``NetworkError``."""
        seconds = self._seconds if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        try:
            async with self.session.request(
                method,
                url,
                data=_body(request_data),
                timeout=aiohttp.ClientTimeout(total=seconds),
                allow_redirects=False,
                proxy=self.proxy,
            ) as response:
                body = await _read(response)
                status = response.status
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            # Said without the address, which holds the token.
            raise NetworkError(_broken(error)) from None
        if not 200 <= status < 300:
            raise Refused(_answer(status, body))
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer's JSON. Raises ``Unreadable``; writes nothing of it down."""
        try:
            data = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise Unreadable("the answer is no JSON") from None
        if not isinstance(data, dict) or "result" not in data:
            raise Unreadable("the answer has no result")
        return data


class RawBot(Bot):
    """The library's client, which also gives updates as they came: the library itself cannot read all of them."""

    __slots__ = ()

    async def get_raw_updates(
        self, *, offset: int | None, seconds: float, most: int, kinds: Sequence[str], patience: float
    ) -> Sequence[object]:
        """Updates that were not confirmed, as JSON. Waits up to ``seconds`` for one; ``patience`` for the answer."""
        data = {"offset": offset, "timeout": int(seconds), "limit": most, "allowed_updates": list(kinds)}
        found = await self._post("getUpdates", data, read_timeout=patience)
        return found if isinstance(found, list) else []


def make_bot(token: str, api_url: str, seconds: float) -> tuple[RawBot, AiohttpRequest]:
    """The library's client and what it sends with. Both requests are to be opened by ``initialize``."""
    request = AiohttpRequest(api_url, seconds)
    bot = RawBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=request,
        get_updates_request=request,
    )
    return bot, request


def _proxy_for(url: str) -> str | None:
    """The proxy that ``HTTPS_PROXY``, ``NO_PROXY`` and their like name for an address."""
    parts = urlsplit(url)
    if parts.hostname is None or proxy_bypass(parts.hostname):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")


def _body(request_data: RequestData | None) -> aiohttp.FormData | Mapping[str, str] | None:
    if not request_data:
        return None
    parameters = {name: _storable(value) for name, value in request_data.json_parameters.items()}
    if not request_data.contains_files:
        return parameters
    form = aiohttp.FormData(quote_fields=False)  # Names of files stand there as they are, in UTF-8.
    for name, value in parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, content_type) in request_data.multipart_data.items():
        # A file of bytes is sent in pieces, and lets others have their turn between.
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=file_name, content_type=content_type)
    return form


def _storable(value: str) -> str:
    """Without halves of characters, which no request can carry."""
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


async def _read(response: aiohttp.ClientResponse) -> bytes:
    parts = bytearray()
    async for part in response.content.iter_any():
        parts += part
        if len(parts) > LARGEST_ANSWER:
            raise aiohttp.ClientPayloadError("the answer is too large")
    return bytes(parts)


def _answer(status: int, body: bytes) -> Answer:
    try:
        data = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return Answer(status)
    if not isinstance(data, dict):
        return Answer(status)
    described, parameters = data.get("description"), data.get("parameters")
    return Answer(
        status,
        described[:500] if isinstance(described, str) else "",
        parameters if isinstance(parameters, dict) else None,
    )


def _broken(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"cannot be reached ({error.strerror or type(error.os_error).__name__})"
    return f"the connection broke ({type(error).__name__})"
