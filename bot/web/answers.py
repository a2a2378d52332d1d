"""How the HTTP side answers: JSON, errors of one shape, headers that protect every page."""

import asyncio
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from html import escape
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.channels.web import FrameError, dumps
from bot.live_conversations import UnknownConversation
from storage.errors import StorageError

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; font-src 'self'; "
    "connect-src 'self' ws: wss:; base-uri 'none'; form-action 'self'"
)
"""Content-Security-Policy of our own pages: no inline script, no inline style, nothing from elsewhere but pictures."""

BODY_SECONDS = 10.0
"""How long the body of a request may take to come."""

_STATUS = {
    "bad_frame": 400,
    "too_slow": 408,
    "too_long": 413,
    "too_many": 429,
    "unknown_act": 404,
    "unknown_conversation": 404,
    "unknown_script": 404,
    "unknown_token": 404,
    "foreign_origin": 403,
    "human_check": 403,
    "bad_identity": 403,
    "other_person": 409,
    "not_json": 415,
    "unknown_file": 404,
    "no_file_wanted": 409,
    "too_large": 413,
    "wrong_type": 415,
    "empty_file": 400,
    "half_a_file": 400,
    "no_room": 507,
    "not_saved": 503,
    "server_stopping": 503,
}


def answer(data: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """A JSON answer that no cache keeps."""
    response = web.Response(text=dumps(data), status=status, content_type="application/json", headers=headers)
    response.headers["Cache-Control"] = "no-store"
    return response


def refusal(
    code: str,
    message: str,
    *,
    retry_after: float | None = None,
    status: int | None = None,
    challenge: Mapping[str, Any] | None = None,
) -> web.Response:
    """An error in the one shape that all of them have."""
    headers = {"Retry-After": str(max(1, round(retry_after + 0.5)))} if retry_after is not None else None
    error: dict[str, Any] = {"code": code, "message": message}
    if retry_after is not None:
        error["retry_after"] = round(retry_after, 1)
    if challenge is not None:
        error["challenge"] = challenge
    return answer({"error": error}, status or _STATUS.get(code, 400), headers)


def stopping() -> FrameError:
    """What is answered to whoever wants to be connected while this server stops."""
    return FrameError("server_stopping", "The server restarts; connect again.", retry_after=1)


async def read_json(request: web.Request, *, as_text: bool = False, most: int | None = None) -> dict[str, Any]:
    """The JSON object in a request's body, UTF-8 whatever its headers say (RFC 8259); raises ``FrameError``.

    With ``as_text`` it may call itself text/plain too. ``most`` bounds its bytes, where that is less than any body may
    have; a longer one raises ``HTTPRequestEntityTooLarge`` as soon as that is known.
    """
    if request.content_type != "application/json" and not (as_text and request.content_type == "text/plain"):
        raise FrameError("not_json", "Send the body as application/json.")
    body = await _body(request if most is None else request.clone(client_max_size=most))
    try:
        data = json.loads(body.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise FrameError("bad_frame", "The body must be one JSON object.") from None
    if not isinstance(data, dict):
        raise FrameError("bad_frame", "The body must be one JSON object.")
    return data


async def _body(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await request.read()
    except TimeoutError:
        raise FrameError("too_slow", "The body of the request did not come in time.") from None
    except web.RequestPayloadError:
        raise FrameError("bad_frame", "The body is not encoded as its headers say.") from None


@web.middleware
async def careful(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every error an answer, none a traceback; protective headers on everything."""
    try:
        response = await handler(request)
    except FrameError as error:
        response = refusal(error.code, error.message, retry_after=error.retry_after, challenge=error.challenge)
    except UnknownConversation:
        response = refusal("unknown_conversation", "There is no such conversation, or it is not yours.")
    except StorageError as error:
        log.warning("not saved: %s", error)
        response = refusal("not_saved", "It could not be saved just now. Please try again.", retry_after=2)
    except web.HTTPException as error:
        response = _from_http(error, request)
    except (ConnectionError, TimeoutError):
        raise
    except Exception:
        mark = secrets.token_hex(4)
        log.exception("error %s in %s %s", mark, request.method, request.match_info.route.resource)
        response = refusal("internal", f"Something went wrong on our side (error {mark}).", status=500)
    if not response.prepared:
        headers = response.headers
        headers.setdefault("Server", "Handraiser")  # Without it, versions are told.
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    return response


_ERROR_PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<title>{reason}</title><h1>{reason}</h1><p>Error {status}. <a href="/">Back to the start</a></p></html>\n'
)
"""What a person sees who followed a link that leads nowhere."""


def _from_http(error: web.HTTPException, request: web.Request) -> web.StreamResponse:
    if error.status < 400:
        return error
    response: web.StreamResponse
    if "text/html" in request.headers.get("Accept", "") and request.method == "GET":
        text = _ERROR_PAGE.format(reason=escape(error.reason), status=error.status)
        response = web.Response(text=text, status=error.status, content_type="text/html")
    else:
        code = {404: "not_found", 405: "wrong_method", 413: "too_long"}.get(error.status, "refused")
        response = refusal(code, error.reason, status=error.status)
    if "Allow" in error.headers:
        response.headers["Allow"] = error.headers["Allow"]
    return response


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


class _OnlyOurFaults(logging.Filter):
    """Leaves out that a stranger's request could not be read: it was refused, and there is nothing to do about it."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, HttpProcessingError | web.RequestPayloadError)


SERVER_LOG = logging.getLogger("bot.web.server")
"""What aiohttp's server has to say."""
SERVER_LOG.addFilter(_OnlyOurFaults())
