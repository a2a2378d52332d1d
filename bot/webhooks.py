"""What platforms bring to our server: its body within bounds, who it is from, and when it may be acknowledged."""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Awaitable, Mapping
from contextlib import suppress

from aiohttp import web

log = logging.getLogger(__name__)

BODY_SECONDS = 10.0
"""How long a body may take to come in."""
LARGEST_BODY = 4 * 1024 * 1024
"""Bytes; more than any platform sends."""


async def read_body(request: web.Request) -> bytes:
    """The raw body, whatever the server's limit for others. Raises ``HTTPException``: 413, or 408 for a slow one."""
    body = bytearray()
    with suppress(TimeoutError):
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.content.iter_any():
                body += part
                if len(body) > LARGEST_BODY:
                    raise web.HTTPRequestEntityTooLarge(LARGEST_BODY, len(body))
            return bytes(body)
    raise web.HTTPRequestTimeout


def only_value(headers: Mapping[str, str], name: str) -> str:
    """A header's only value; "" when it is missing, or stands there twice."""
    getall = getattr(headers, "getall", None)
    if getall is None:
        return headers.get(name, "")
    values: list[str] = getall(name, [])
    return values[0] if len(values) == 1 else ""


def is_secret(given: str, secret: str) -> bool:
    """Whether these are the same; how long that takes says nothing of the secret, which is not empty."""
    return bool(secret) and hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())


def is_signed(body: bytes, given: str, secret: str) -> bool:
    """Whether ``given`` is the HMAC-SHA256 (RFC 2104) of these bytes, in hexadecimal as ``sha256=…``."""
    return is_secret(given, f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}")


async def acknowledge(saving: Awaitable[None], platform: str) -> web.Response:
    """200 when what came in is on disk; 503 when it could not be saved, so that the platform brings it again."""
    try:
        await saving
    except Exception as error:
        log.error("%s: what came in could not be saved, it will come again: %s", platform, type(error).__name__)
        return web.Response(status=503, headers={"Retry-After": "1"})
    return web.Response()
