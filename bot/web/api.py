"""The plain HTTP chat API at ``/api/v1``: the socket's guarantees for clients without one."""

from typing import Any

from aiohttp import web

from bot.channels.web import FrameError, read_act, read_after, read_tell_id
from bot.web.answers import answer, read_json, refusal, stopping
from bot.web.languages import preferred_language, speak
from bot.web.openapi import document
from bot.web.regions import region_of_zone
from bot.web.strangers import Strangers
from bot.web.telling import problems_of
from bot.web.visitors import Visitors, bearer
from dialogs.language.phone_numbers import DIALLING_CODES
from dialogs.script import Script

WAIT_MOST = 30.0
"""Longest wait for something new, in seconds."""


class ChatApi:
    """Serves ``/api/v1``."""

    def __init__(self, visitors: Visitors, public_url: str) -> None:
        self._visitors = visitors
        self._document = document(public_url)

    def routes(self) -> list[web.RouteDef]:
        """Its routes."""
        return [
            web.get("/api/v1/openapi.json", self.openapi),
            web.get("/api/v1/scripts", self.scripts),
            web.get("/api/v1/dialling-codes", self.dialling_codes),
            web.post("/api/v1/hello", self.hello),
            web.post("/api/v1/conversations", self.start),
            web.post("/api/v1/conversations/{conversation}/messages", self.say),
            web.get("/api/v1/conversations/{conversation}/messages", self.catch_up),
            web.post("/api/v1/conversations/{conversation}/acts", self.did),
            web.post("/api/v1/conversations/{conversation}/page", self.tell),
        ]

    async def openapi(self, request: web.Request) -> web.Response:
        """The description of this API."""
        return answer(self._document)

    async def scripts(self, request: web.Request) -> web.Response:
        """The chats that visitors can begin, called as in the language that is asked for, or accepted."""
        wished = request.query.get("language", "") or request.headers.get("Accept-Language", "")
        return answer({"scripts": [_named(one, wished) for one in await self._visitors.manager.scripts.live()]})

    async def dialling_codes(self, request: web.Request) -> web.Response:
        """Country codes of phone numbers, and the country that the visitor is probably in, by their time zone."""
        here = region_of_zone(request.query.get("time_zone"))
        response = answer({"codes": DIALLING_CODES, "here": here})
        response.headers["Cache-Control"] = "public, max-age=86400"
        return response

    async def hello(self, request: web.Request) -> web.Response:
        """Let a visitor in, as the socket's first frame does: token and watermark are in the body.

        The body may call itself text/plain, for then a browser asks at once, without a preflight request. That is safe:
        foreign origins were refused before, and what a visitor may see hangs on the token, never on a cookie.
        """
        data = await read_json(request, as_text=True)
        speak(request, data.get("language"))
        after = read_after(data)
        welcome = await self._visitors.hello(self._visitors.address(request), data)
        messages = await self._visitors.manager.messages_after(welcome.standing.conversation_id, after)
        seq = messages[-1]["seq"] if messages else after
        return answer({"type": "welcome", **welcome.dump(), "seq": seq, "messages": messages})

    async def start(self, request: web.Request) -> web.Response:
        """Begin a conversation, or come back to one with its token."""
        data = await read_json(request)
        speak(request, data.get("language"))
        token = bearer(request)
        if token is not None:
            data = {**data, "token": token}
        welcome = await self._visitors.hello(self._visitors.address(request), data)
        messages = await self._visitors.manager.messages_after(welcome.standing.conversation_id, 0)
        seq = messages[-1]["seq"] if messages else 0
        return answer({**welcome.dump(), "seq": seq, "messages": messages}, 201 if token is None else 200)

    async def say(self, request: web.Request) -> web.Response:
        """Say something; answered after it is saved, and always with the same answer for the same id."""
        visitors = self._visitors
        standing = await visitors.owned(request)
        data = await read_json(request)
        client_id, handled = await visitors.say(standing.conversation_id, data, visitors.address(request))
        await visitors.show(standing.conversation_id, handled)
        return answer(
            {
                "ack": {"id": client_id, "seq": handled.first_seq},
                "messages": [one for one in handled.messages if one["seq"] > handled.first_seq],
                "status": handled.status,
            }
        )

    async def did(self, request: web.Request) -> web.Response:
        """Take note of an act of the visitor's that their page reports."""
        standing = await self._visitors.owned(request)
        act_id, act = read_act(await read_json(request))
        handled = await self._visitors.did(self._visitors.address(request), standing.conversation_id, act_id, act)
        return answer({"ack": {"id": act_id, "seq": handled.first_seq}})

    async def tell(self, request: web.Request) -> web.Response:
        """What the page around the chat tells; answered after it is saved."""
        standing = await self._visitors.owned(request)
        visitors, data = self._visitors, await read_json(request)
        client_id = read_tell_id(data)
        handled = await visitors.tell(standing.conversation_id, data, visitors.address(request), client_id)
        await visitors.show(standing.conversation_id, handled)
        return answer(
            {
                "ack": {"id": client_id, "seq": handled.first_seq - 1},
                "messages": list(handled.messages),
                "status": handled.status,
                "problems": problems_of(handled.notes),
            }
        )

    async def catch_up(self, request: web.Request) -> web.Response:
        """What came after a message number; waits for something new if asked to."""
        standing = await self._visitors.owned(request)
        after = int(_number(request, "after", 2**53, whole=True))
        wait = _number(request, "wait", WAIT_MOST)
        manager, channel = self._visitors.manager, self._visitors.channel
        messages = await manager.messages_after(standing.conversation_id, after)
        if not messages and wait:
            if not channel.closing:
                await channel.wait(standing.conversation_id, wait)
                messages = await manager.messages_after(standing.conversation_id, after)
            if not messages and channel.closing:
                raise stopping()
        seq = messages[-1]["seq"] if messages else after
        status = await manager.status(standing.conversation_id)
        return answer({"messages": messages, "seq": seq, "status": status})


def cors(visitors: Visitors) -> Any:
    """The middleware that lets pages of allowed origins use the API, and answers their preflight requests."""
    strangers = Strangers()

    @web.middleware
    async def middleware(request: web.Request, handler: Any) -> web.StreamResponse:
        if not request.path.startswith("/api/"):
            return await handler(request)  # type: ignore[no-any-return]
        origin = request.headers.get("Origin")
        if not visitors.admits(request):
            strangers.note(origin)
            return refusal("foreign_origin", "This website may not use this chat; see allowed_origins and public_url.")
        response: web.StreamResponse
        if request.method == "OPTIONS" and origin is not None:
            response = web.Response(status=204)
            response.headers["Access-Control-Allow-Methods"] = "GET, POST"
            response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
            response.headers["Access-Control-Max-Age"] = "600"
        else:
            response = await handler(request)
        if origin is not None and not response.prepared:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
            response.headers.add("Vary", "Origin")
        return response

    return middleware


def _number(request: web.Request, name: str, most: float, *, whole: bool = False) -> float:
    text = request.query.get(name)
    if text is None:
        return 0
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= most:
        raise FrameError("bad_frame", f'"{name}" must be a {"whole " if whole else ""}number from 0 to {most:,.0f}.')
    return number


def _named(script: Script, wished: str) -> dict[str, Any]:
    """A chat that visitors can begin, as JSON, in the language of their wish (as of an Accept-Language header)."""
    language = preferred_language(wished, script.languages)
    return {
        "name": script.name,
        "title": script.title.render(language, {}),
        "description": script.description.render(language, {}) if script.description else "",
        "language": script.language,
        "languages": list(script.languages),
    }
