"""Calls of a platform that answers in JSON. What is no success is judged by whoever knows the platform.

1. Nothing is tried again here: what may work later is raised as ``TryLater``, and whoever has the message tries again.
2. All of a call, with its answer, keeps to a time limit and a size. Errors never tell the address: it may be a secret.
"""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.channels.contract import AttachedFile
from bot.desk.contract import TryLater, Undeliverable

SECONDS, FILE_SECONDS = 10.0, 60.0
"""How long a call may take, all in all; one with a file."""
UNKNOWN = "it is not known whether it was done"
_LARGEST_ANSWER = 1024 * 1024

Judge = Callable[[int, object, float | None], Exception]
"""What to raise for a status, an answer (None where it is no JSON), and the seconds that it asks us to wait."""


class JsonApi:
    """``platform`` is its name for people; ``url`` what paths begin with; ``headers`` go with every call."""

    def __init__(
        self, platform: str, url: str, headers: Mapping[str, str], session: aiohttp.ClientSession, judge: Judge
    ) -> None:
        self._platform = platform
        self._url = url
        self._headers = headers
        self._session = session
        self._judge = judge

    async def call(self, method: str, path: str, *, seconds: float = SECONDS, **more: Any) -> Mapping[str, Any]:
        """The answer, an object. ``more`` as aiohttp takes it: ``json``, ``params``. Raises as ``judge`` says."""
        status, content, rest = await self._request(method, f"{self._url}/{path}", seconds, _LARGEST_ANSWER, **more)
        try:
            answer = json.loads(content)
        except (ValueError, RecursionError):
            answer = None
        if 200 <= status < 300 and isinstance(answer, dict):
            return answer
        raise self._judge(status, answer, float(rest) if re.fullmatch("[0-9]{1,5}", rest) else None)

    async def upload(self, path: str, file: AttachedFile, fields: Mapping[str, str]) -> Mapping[str, Any]:
        """The answer to a file of ours, as the part ``file`` of a form. Raises as ``call`` does."""
        try:
            content = await asyncio.to_thread(file.path.open, "rb")
        except OSError as error:
            raise Undeliverable(f"{file.name} cannot be read: {error.strerror}") from None
        with content:
            form = aiohttp.FormData(fields)
            form.add_field("file", content, filename=file.name, content_type=file.content_type)
            return await self.call("POST", path, seconds=FILE_SECONDS, data=form)

    async def download(self, url: str, most_bytes: int) -> bytes:
        """What lies at an address that the platform gave us. Raises ``TryLater``; ``ValueError`` if it is larger."""
        if urlsplit(url).scheme != urlsplit(self._url).scheme:
            raise TryLater(f"{self._platform} does not say where the file is")
        status, content, _ = await self._request("GET", url, FILE_SECONDS, most_bytes + 1, allow_redirects=False)
        if status != 200:
            raise TryLater(f"{self._platform} does not hand over the file (status {status})")
        if len(content) > most_bytes:
            raise ValueError(f"the file has more than {most_bytes} bytes")
        return content

    async def _request(
        self, method: str, url: str, seconds: float, most_bytes: int, **more: Any
    ) -> tuple[int, bytes, str]:
        timeout = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.request(method, url, headers=self._headers, timeout=timeout, **more) as response:
                content = bytearray()
                async for part in response.content.iter_any():
                    content += part
                    if len(content) >= most_bytes:
                        break
                return response.status, bytes(content), response.headers.get("Retry-After", "")
        except TimeoutError:
            raise TryLater(f"{self._platform} did not answer within {seconds:g} seconds; {UNKNOWN}") from None
        except (aiohttp.ClientError, OSError) as error:
            raise TryLater(f"{self._platform} could not be reached ({type(error).__name__}); {UNKNOWN}") from None
