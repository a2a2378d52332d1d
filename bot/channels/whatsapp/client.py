"""Calls of the Cloud API; every failure is "try later", "gone", "not now" or "put this right"."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.channels.contract import AttachedFile
from bot.channels.looking import mapping, sequence, text
from bot.channels.whatsapp.refusals import UNKNOWN, judge
from bot.channels.whatsapp.settings import WhatsAppSettings
from bot.desk.contract import TryLater, Undeliverable

SECONDS, FILE_SECONDS = 10.0, 60.0
"""How long a call may take, all in all; one with a file."""
_LARGEST_ANSWER = 1024 * 1024


class WhatsAppClient:
    """The Cloud API. ``session`` is open. Everything raises as ``judge`` says."""

    def __init__(self, settings: WhatsAppSettings, session: aiohttp.ClientSession, *, seconds: float = SECONDS) -> None:
        self._settings = settings
        self._session = session
        self._seconds = seconds
        self._headers = {"Authorization": f"Bearer {settings.token}"}

    async def send(self, to: Mapping[str, str], message: Mapping[str, Any], name: str) -> str:
        """Say something; its id. ``name``: ours for it, which comes back with what becomes of it."""
        whole = {"recipient_type": "individual", **to, **message, "biz_opaque_callback_data": name}
        answer = await self._post(whole)
        return text(mapping(next(iter(sequence(answer.get("messages"))), {})).get("id"))

    async def show_typing(self, message: str) -> None:
        """Mark a person's message, and those before it, as read, and show that somebody answers."""
        await self._post({"status": "read", "message_id": message, "typing_indicator": {"type": "text"}})

    async def upload(self, file: AttachedFile) -> str:
        """What a file is called at Meta's, for 30 days."""
        try:
            content = await asyncio.to_thread(file.path.open, "rb")
        except OSError as error:
            raise Undeliverable(f"{file.name} cannot be read: {error.strerror}") from None
        with content:
            form = aiohttp.FormData({"messaging_product": "whatsapp", "type": file.content_type})
            form.add_field("file", content, filename=file.name, content_type=file.content_type)
            path = f"{self._settings.phone_number_id}/media"
            answer = await self._call("POST", path, FILE_SECONDS, data=form)
        if not (media := text(answer.get("id"))):
            raise TryLater(f"WhatsApp did not say what it calls {file.name}")
        return media

    async def download(self, media: str, most_bytes: int) -> bytes:
        """A file that somebody sent. Raises ``ValueError`` when it is larger than ``most_bytes``."""
        about = await self._call("GET", media, self._seconds)
        url, size = text(about.get("url")), about.get("file_size")
        if urlsplit(url).scheme != urlsplit(self._settings.api_url).scheme:
            raise TryLater("WhatsApp does not say where the file is")
        if isinstance(size, int) and size > most_bytes:
            raise ValueError(f"the file has {size} bytes")
        status, content, _ = await self._request("GET", url, FILE_SECONDS, most_bytes + 1, allow_redirects=False)
        if status != 200:
            raise TryLater(f"WhatsApp does not hand over the file (status {status})")
        if len(content) > most_bytes:
            raise ValueError(f"the file has more than {most_bytes} bytes")
        return content

    async def number(self) -> Mapping[str, Any]:
        """Who we are: ``display_phone_number``, ``verified_name``, ``quality_rating``."""
        fields = {"fields": "display_phone_number,verified_name,quality_rating"}
        return await self._call("GET", self._settings.phone_number_id, self._seconds, params=fields)

    async def _post(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        whole = {"messaging_product": "whatsapp", **body}
        return await self._call("POST", f"{self._settings.phone_number_id}/messages", self._seconds, json=whole)

    async def _call(self, method: str, path: str, seconds: float, **more: Any) -> Mapping[str, Any]:
        url = f"{self._settings.api_url}/{path}"
        status, content, rest = await self._request(method, url, seconds, _LARGEST_ANSWER, **more)
        try:
            answer = json.loads(content)
        except (ValueError, RecursionError):
            answer = None
        if status == 200 and isinstance(answer, dict):
            return answer
        raise judge(status, answer, rest)

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
            raise TryLater(f"WhatsApp did not answer within {seconds:g} seconds; {UNKNOWN}") from None
        except (aiohttp.ClientError, OSError) as error:
            raise TryLater(f"WhatsApp could not be reached ({type(error).__name__}); {UNKNOWN}") from None
