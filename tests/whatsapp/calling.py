"""One call of the Cloud API, from the request to the answer."""

import json
import re
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.stand_ins.meeting import meet
from tests.whatsapp import media, sending
from tests.whatsapp.core import Call, Core
from tests.whatsapp.limits import Limits
from tests.whatsapp.refusals import Json, Malformed, Refusal

OLDEST_VERSION = 20

Deed = Callable[[], Awaitable[Json]]


class Gateway:
    """Answers calls."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._limits = Limits(core)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One request below ``/v23.0/``."""
        call = Call(method="", at=self._core.now())
        self._core.calls.append(call)
        try:
            deed = await self._understood(request, call)
        except Refusal as refusal:
            return self._refused(call, refusal)
        return await self._meet(request, call, deed)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file, at the address that was given for it."""
        call = Call(method="download", arguments={"id": request.match_info["media"]}, at=self._core.now())
        self._core.calls.append(call)

        async def do() -> web.StreamResponse:
            try:
                self._allowed(request)
            except Refusal as refusal:
                return self._refused(call, refusal)
            response = media.downloaded(self._core, request)
            call.status = response.status
            return response

        return await self._meet_with(request, call, do)

    async def _meet(self, request: web.Request, call: Call, deed: Deed) -> web.StreamResponse:
        async def do() -> web.StreamResponse:
            try:
                self._allowed(request)
                answer = await deed()
            except Refusal as refusal:
                return self._refused(call, refusal)
            call.answer, call.status = answer, 200
            self._core.news()
            return web.json_response(answer)

        return await self._meet_with(request, call, do)

    async def _meet_with(
        self, request: web.Request, call: Call, do: Callable[[], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        to = call.arguments.get("to")
        call.fault = self._core.faults.for_call(call.method, None if to is None else str(to))
        self._core.news()

        def too_many(seconds: int) -> web.Response:
            # Graph says nothing of how long to wait; the seconds are for other messengers.
            return self._refused(call, Refusal(130429))

        return await meet(request, call.fault, do=do, too_many=too_many, released=self._core.released)

    def _allowed(self, request: web.Request) -> None:
        given = request.headers.get("Authorization", "")
        if not given.startswith("Bearer "):
            self._core.violation("a call without a token")
            raise Refusal(190, status=401, message="An access token is required to request this resource.")
        if given.removeprefix("Bearer ") != self._core.token:
            self._core.violation("a call with another token")
            raise Refusal(190, message="Invalid OAuth access token - Cannot parse access token")
        if self._core.refused_with is not None:
            message = "Error validating access token: Session has expired"
            raise Refusal(190, message=message, subcode=self._core.refused_with)

    async def _understood(self, request: web.Request, call: Call) -> Deed:
        """What is called, as something to do."""
        core = self._core
        version, path = request.match_info["version"], request.match_info["path"].strip("/")
        if not re.fullmatch(r"\d+\.\d", version) or int(version.partition(".")[0]) < OLDEST_VERSION:
            raise Malformed(2635, message=f"(#2635) You are calling a deprecated version of the API: v{version}")
        match request.method, path.split("/"):
            case "POST", [core.phone_number_id, "messages"]:
                call.arguments = await self._json(request)
                call.method = "read" if "status" in call.arguments else "messages"
                if call.method == "read":
                    return _soon(lambda: sending.mark_as_read(core, call.arguments))
                return lambda: sending.send(core, self._limits, call.arguments)
            case "POST", [core.phone_number_id, "media"]:
                call.method = "media"
                return lambda: media.upload(core, request)
            case "GET", [core.phone_number_id]:
                call.method = "number"
                return _soon(lambda: _number(core))
            case "GET", [core.business_account_id, "message_templates"]:
                call.method = "templates"
                return _soon(lambda: {"data": [one.payload() for one in core.templates]})
            case "GET", [identity] if identity.isdecimal():
                call.method, call.arguments = "media", {"id": identity}
                return _soon(lambda: media.described(core, identity))
            case "DELETE", [identity]:
                call.method, call.arguments = "media", {"id": identity}
                return _soon(lambda: {"success": core.files.pop(media.find(core, identity).id) is not None})
        call.method = path
        how = request.method.lower()
        message = (
            f"Unsupported {how} request. Object with ID '{path.partition('/')[0]}' does not exist, cannot be loaded "
            "due to missing permissions, or does not support this operation"
        )
        raise Malformed(100, message=message, subcode=33)

    async def _json(self, request: web.Request) -> Json:
        if request.content_type != "application/json":
            raise Malformed(100, f"send JSON, not {request.content_type}")
        try:
            body = json.loads(await request.read())
        except ValueError:
            raise Malformed(100, "the body is no JSON") from None
        if not isinstance(body, dict):
            raise Malformed(100, "the body must be a JSON object")
        return body

    def _refused(self, call: Call, refusal: Refusal) -> web.Response:
        if isinstance(refusal, Malformed):
            self._core.violation(f"{call.method}: {refusal}")
        call.answer, call.status = refusal.body(), refusal.status
        self._core.news()
        return web.json_response(call.answer, status=refusal.status)


def _soon(do: Callable[[], Json]) -> Deed:
    async def deed() -> Json:
        return do()

    return deed


def _number(core: Core) -> Json:
    return {
        "verified_name": core.verified_name,
        "display_phone_number": f"+{core.display_phone_number}",
        "quality_rating": "GREEN",
        "code_verification_status": "VERIFIED",
        "id": core.phone_number_id,
    }
