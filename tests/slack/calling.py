"""One call of the Web API, from the request to the answer: faults, token, scopes, arguments, then the deed."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import web

from tests.slack.arguments import Argument, Malformed, Refusal, given, read_arguments
from tests.slack.core import Call, Core
from tests.slack.tokens import Token
from tests.slack.workspace import Json
from tests.stand_ins.faults import Refused, Status
from tests.stand_ins.meeting import meet

Handler = Callable[[Core, Json, Token], Awaitable[Json]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method of the Web API."""

    name: str
    handler: Handler
    takes: dict[str, Argument]
    scopes: tuple[str, ...] = ()
    """All of these must be granted; handlers ask for more where it depends on the channel."""
    takes_json: bool = True
    token: str = "bot"


class Gateway:
    """Answers calls."""

    def __init__(self, core: Core, methods: dict[str, Method]) -> None:
        self._core = core
        self._methods = methods
        self._open_again: dict[tuple[str, str | None], float] = {}
        self._last_posts: dict[str, float] = {}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One request to ``/api/{method}``."""
        name = request.match_info["method"]
        call = Call(method=name, arguments={}, token=None, at=time.monotonic())
        self._core.calls.append(call)
        method = self._methods.get(name)
        try:
            if method is None:
                raise Malformed("unknown_method", f"[ERROR] there is no method {name}")
            call.arguments, call.token = await given(request, takes_json=method.takes_json)
        except Refusal as refusal:
            return self._answer(call, method, self._refused(call, refusal))
        return await self._meet(request, call, method)

    async def _meet(self, request: web.Request, call: Call, method: Method) -> web.StreamResponse:
        """Answer, or fail as it was planned."""
        channel = call.arguments.get("channel")
        self._note_impatience(call, channel)
        call.fault = self._core.faults.for_call(call.method, channel)
        self._core.news()
        if isinstance(call.fault, Refused):
            return self._answer(call, method, call.fault.body)
        if isinstance(call.fault, Status):
            call.status = call.fault.status

        async def do() -> web.StreamResponse:
            wait = self._too_fast(call, channel) if call.fault is None else None
            if wait is not None:
                return self._too_many(call, method, channel, wait)
            return self._answer(call, method, await self._do(call, method))

        too_many = partial(self._too_many, call, method, channel)
        return await meet(request, call.fault, do=do, too_many=too_many, released=self._core.released)

    async def _do(self, call: Call, method: Method) -> Json:
        try:
            token = self._allowed(call, method)
            read = read_arguments(method.name, method.takes, call.arguments)
            answer: Json = {"ok": True, **await method.handler(self._core, read, token)}
        except Refusal as refusal:
            answer = self._refused(call, refusal)
        self._core.news()
        return answer

    def _allowed(self, call: Call, method: Method) -> Token:
        if not call.token:
            raise Malformed("not_authed")
        token = self._core.tokens.get(call.token)
        if token is None:
            raise Refusal("invalid_auth")
        if token.refused_with is not None:
            raise Refusal(token.refused_with)
        if method.token not in {"any", token.kind}:
            raise Malformed("not_allowed_token_type", f"[ERROR] {method.name} takes no {token.kind} token")
        need(token, *method.scopes)
        return token

    def _refused(self, call: Call, refusal: Refusal) -> Json:
        if isinstance(refusal, Malformed):
            self._core.violation(f"{call.method}: {refusal.error} {' '.join(refusal.messages)}".rstrip())
        return {"ok": False, "error": refusal.error, **refusal.more}

    def _answer(self, call: Call, method: Method | None, answer: Json) -> web.Response:
        call.answer, call.status = answer, call.status or 200
        headers = {"x-slack-req-id": f"{id(call):x}"}
        token = self._core.tokens.get(call.token or "")
        if token is not None and token.refused_with is None:
            headers["x-oauth-scopes"] = ",".join(sorted(token.scopes))
            headers["x-accepted-oauth-scopes"] = ",".join(method.scopes if method else ())
        self._core.news()
        return web.json_response(answer, headers=headers)

    def _too_many(self, call: Call, method: Method | None, channel: str | None, seconds: int) -> web.Response:
        self._open_again[call.method, channel] = time.monotonic() + seconds
        call.status = 429
        answer = self._answer(call, method, {"ok": False, "error": "ratelimited"})
        answer.set_status(429)
        answer.headers["Retry-After"] = str(seconds)
        return answer

    def _note_impatience(self, call: Call, channel: str | None) -> None:
        if call.at < self._open_again.get((call.method, channel), 0.0):
            self._core.impatient.append(call)

    def _too_fast(self, call: Call, channel: str | None) -> int | None:
        """Seconds to wait where this is more than one message a second into one channel."""
        if not self._core.rate_limits or call.method != "chat.postMessage" or channel is None:
            return None
        now = self._core.now()
        last = self._last_posts.get(channel)
        if last is not None and now - last < 0.95:
            return 1
        self._last_posts[channel] = now
        return None


def need(token: Token, *scopes: str) -> None:
    """Refuse where one of these scopes was not granted."""
    if missing := [one for one in scopes if one not in token.scopes]:
        raise Refusal("missing_scope", needed=",".join(missing), provided=",".join(sorted(token.scopes)))


def page(found: list[Any], arguments: Json, most: int = 1000) -> tuple[list[Any], Json]:
    """One page of a list, and the ``response_metadata`` that leads to the next."""
    limit = arguments.get("limit", 100)
    if not 1 <= limit <= most:
        raise Malformed("invalid_limit")
    cursor = arguments.get("cursor", "")
    if cursor and not cursor.removeprefix("next:").isdecimal():
        raise Malformed("invalid_cursor")
    begin = int(cursor.removeprefix("next:")) if cursor else 0
    end = begin + limit
    return found[begin:end], {"next_cursor": f"next:{end}" if end < len(found) else ""}
