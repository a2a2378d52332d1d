"""Our own files as they travel: packed once each, by what the browser can unpack (RFC 9110, section 12.5.3)."""

import asyncio
import gzip
from functools import cache

import brotli
from aiohttp import web

CODINGS = ("br", "gzip")
"""What we can pack with, the smallest first. Browsers take Brotli (RFC 7932) where nobody can listen in."""


def coding_for(request: web.Request) -> str | None:
    """The best coding that the browser takes; None where it takes the file only as it is."""
    wishes = {}
    for part in request.headers.get("Accept-Encoding", "")[:500].lower().split(","):
        name, _, weight = part.partition(";")
        # Whatever is not refused by "q=0" is taken; by how much one is liked more nobody says in earnest.
        wishes[name.strip()] = weight.replace(" ", "").removeprefix("q=").strip("0.") != "" or not weight
    return next((coding for coding in CODINGS if wishes.get(coding, False)), None)


async def packed(body: bytes, coding: str) -> bytes:
    """The body in one of ``CODINGS``. The first time takes some hundredths of a second, on another thread."""
    return await asyncio.to_thread(_pack, body, coding)


@cache
def _pack(body: bytes, coding: str) -> bytes:
    return bytes(brotli.compress(body)) if coding == "br" else gzip.compress(body, 9, mtime=0)
