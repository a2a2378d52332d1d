"""How the HTTP side answers: JSON, errors of one shape, headers that protect every page."""

import asyncio
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from html import escape
from typing import Any

from aiohttp import web, web_response
from aiohttp.http_exceptions import HttpProcessingError

from bot.channels.web import FrameError, dumps
from bot.live_conversations import UnknownConversation
from bot.refusals import Wording, wording
from bot.web.languages import language_of
from storage.errors import StorageError

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_PAGE_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' https: data:",
    "font-src": "'self'",
    "connect-src": "'self' ws: wss:",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def page_policy(more: Mapping[str, str], framed_by: Iterable[str]) -> str:
    """Content-Security-Policy of our own pages: no inline script, no inline style, nothing from elsewhere but pictures.

    ``more`` are sources to be allowed as well, by directive; ``framed_by`` the websites, beside our own, that may show
    our pages in a frame of theirs.
    """
    policy = _PAGE_POLICY | {
        directive: f"{_PAGE_POLICY[directive]} {sources}" if directive in _PAGE_POLICY else sources
        for directive, sources in more.items()
    }
    policy["frame-ancestors"] = " ".join(("'self'", *framed_by))
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


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
    "not_found": 404,
    "link_expired": 410,
    "withheld": 403,
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


class NotHere(Exception):
    """What somebody followed a link for is not to be had; ``code`` says why, in the words of the chat protocol."""

    def __init__(self, wording: Wording, code: str = "not_found", *, retry_after: float | None = None) -> None:
        super().__init__(wording.said("en"))
        self.wording = wording
        self.code = code
        self.retry_after = retry_after


@web.middleware
async def careful(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every error an answer, none a traceback; protective headers on everything."""
    try:
        response = await handler(request)
    except FrameError as error:
        said = error.said(language_of(request))
        response = refusal(error.code, said, retry_after=error.retry_after, challenge=error.challenge)
    except NotHere as error:
        response = _not_here(error, request)
    except UnknownConversation:
        response = refusal("unknown_conversation", wording("unknown_conversation").said(language_of(request)))
    except StorageError as error:
        log.warning("not saved: %s", error)
        response = refusal("not_saved", wording("not_saved").said(language_of(request)), retry_after=2)
    except web.HTTPException as error:
        response = _from_http(error, request)
    except (ConnectionError, TimeoutError):
        raise
    except Exception:
        mark = secrets.token_hex(4)
        log.exception("error %s in %s %s", mark, request.method, request.match_info.route.resource)
        response = refusal("internal", wording("internal", mark=mark).said(language_of(request)), status=500)
    if not response.prepared:
        headers = response.headers
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    return response


_ERROR_PAGE = (
    '<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{reason}</title><h1>{reason}</h1>'
    '<p>{error}. <a href="/">{start}</a></p></html>\n'
)
"""What a person sees who followed a link that leads nowhere."""


_NOT_FOUND = web.HTTPNotFound().reason


def _from_http(error: web.HTTPException, request: web.Request) -> web.StreamResponse:
    if error.status < 400:
        return error
    response: web.StreamResponse
    if _wants_page(request):
        reason = wording("page_unknown") if error.status == 404 and error.reason == _NOT_FOUND else error.reason
        response = _error_page(reason, error.status, request)
    else:
        code = {404: "not_found", 405: "wrong_method", 413: "too_long"}.get(error.status, "refused")
        response = refusal(code, error.reason, status=error.status)
    if "Allow" in error.headers:
        response.headers["Allow"] = error.headers["Allow"]
    return response


def _not_here(error: NotHere, request: web.Request) -> web.StreamResponse:
    status = _STATUS[error.code]
    answered = refusal(error.code, error.wording.said(language_of(request)), retry_after=error.retry_after)
    if not _wants_page(request):
        return answered
    page = _error_page(error.wording, status, request)
    if "Retry-After" in answered.headers:
        page.headers["Retry-After"] = answered.headers["Retry-After"]
    return page


def _wants_page(request: web.Request) -> bool:
    return "text/html" in request.headers.get("Accept", "") and request.method == "GET"


def _error_page(reason: Wording | str, status: int, request: web.Request) -> web.Response:
    """A page for a person who followed a link; a reason without translations is in English, and so is all of it."""
    language = language_of(request) if isinstance(reason, Wording) else "en"
    text = _ERROR_PAGE.format(
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        reason=escape(reason.said(language) if isinstance(reason, Wording) else reason),
        error=escape(wording("error", status=status).said(language)),
        start=escape(wording("to_the_start").said(language)),
    )
    headers = {"Vary": "Accept, Accept-Language", "Cache-Control": "no-store"}
    return web.Response(text=text, status=status, content_type="text/html", headers=headers)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


vars(web_response)["SERVER_SOFTWARE"] = "Handraiser"  # Also where aiohttp answers itself; otherwise, versions are told.


class _OnlyOurFaults(logging.Filter):
    """Leaves out that a stranger's request could not be read, or that they left: there is nothing to do about it."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(
            error, HttpProcessingError | web.RequestPayloadError | ConnectionResetError | BrokenPipeError
        )


SERVER_LOG = logging.getLogger("bot.web.server")
"""What aiohttp's server has to say."""
SERVER_LOG.addFilter(_OnlyOurFaults())
