"""One call of the Bot API, from the request to the answer."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.stand_ins.meeting import meet
from tests.telegram.bot_api import METHODS
from tests.telegram.chats import Json
from tests.telegram.core import Call, Core
from tests.telegram.limits import Limits
from tests.telegram.parameters import carried, read
from tests.telegram.refusals import Malformed, Refusal, too_many

Handler = Callable[[Core, Json], Awaitable[Any]]


class Gateway:
    """Answers calls."""

    def __init__(self, core: Core, handlers: dict[str, Handler]) -> None:
        self._core = core
        self._handlers = {name.lower(): handler for name, handler in handlers.items()}
        self._names = {name.lower(): name for name in handlers}
        self._limits = Limits(core)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One request to ``/bot<token>/<method>``."""
        name = request.match_info["method"]
        call = Call(method=self._names.get(name.lower(), name), at=self._core.now())
        self._core.calls.append(call)
        try:
            self._known(request.match_info["token"], call)
            call.arguments = await carried(request)
        except Refusal as refusal:
            return self._answer(call, self._refused(call, refusal))
        chat = call.arguments.get("chat_id")
        self._limits.note_impatience(call)
        call.fault = self._core.faults.for_call(call.method, None if chat is None else str(chat))
        self._core.news()

        async def do() -> web.StreamResponse:
            return self._answer(call, await self.perform(call))

        def refuse(seconds: int) -> web.Response:
            self._limits.closed(call, seconds)
            return self._answer(call, too_many(seconds).body())

        return await meet(request, call.fault, do=do, too_many=refuse, released=self._core.released)

    def _known(self, token: str, call: Call) -> None:
        if token != self._core.token:
            self._core.violation(f"{call.method}: wrong token")
            malformed = ":" not in token or not token.partition(":")[0].isdecimal() or token.startswith("0")
            if malformed:
                raise Refusal(401, "invalid token specified")
            unauthorized = Refusal(401, "")
            unauthorized.description = "Unauthorized"
            raise unauthorized
        if call.method.lower() not in self._handlers:
            self._core.violation(f"there is no method {call.method}")
            raise Refusal(404, "method not found")

    async def perform(self, call: Call) -> Json:
        """Do what is asked for; the answer."""
        try:
            given = read(call.method, METHODS[call.method], call.arguments, self._core.violation)
            if (wait := self._limits.too_fast(call)) is not None:
                raise too_many(wait)
            answer: Json = {"ok": True, "result": await self._handlers[call.method.lower()](self._core, given)}
        except Refusal as refusal:
            answer = self._refused(call, refusal)
        self._core.news()
        return answer

    async def in_answer(self, arguments: Json) -> None:
        """A call that came as the answer of a webhook; nobody hears what becomes of it."""
        given = dict(arguments)
        name = str(given.pop("method", ""))
        forbidden = {"setwebhook", "deletewebhook", "close", "logout"}
        if not name or name.lower() in forbidden or name.lower().startswith("get"):
            return
        call = Call(method=self._names.get(name.lower(), name), arguments=given, at=self._core.now())
        self._core.calls.append(call)
        if call.method not in METHODS:
            self._core.violation(f"there is no method {name}")
            return
        call.answer = await self.perform(call)
        call.status = call.answer.get("error_code", 200)
        self._core.news()

    def _refused(self, call: Call, refusal: Refusal) -> Json:
        if isinstance(refusal, Malformed):
            self._core.violation(f"{call.method}: {refusal.description}")
        if refusal.code == 429:
            self._limits.closed(call, refusal.parameters["retry_after"])
        return refusal.body()

    def _answer(self, call: Call, answer: Json) -> web.Response:
        call.answer, call.status = answer, answer.get("error_code", 200)
        self._core.news()
        response = web.json_response(answer, status=call.status)
        if call.status == 429:
            response.headers["Retry-After"] = str(answer["parameters"]["retry_after"])
        return response
