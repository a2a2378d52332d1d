"""A stand-in for the server: real HTTP and WebSockets, the protocol of docs/chat-protocol.md, canned answers.

It can be told to misbehave the way networks and servers do, and remembers what it was told. To look at the widget
by hand: ``python -m tests.browser.standin`` serves it at http://127.0.0.1:8090 with humanly slow answers.
"""

import asyncio
import html
import json
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.browser.dialogs import ALL, Dialog, Message
from tests.browser.pages import HOST_PAGES, LOUD_STYLE
from tests.ports import kept_port

STATIC = Path(__file__).parents[2] / "bot" / "web" / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; "
    "connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types handraiser"
)
NONCED = re.compile("script-src [^;]*;")
FLAVOURS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}


@dataclass(eq=False)
class Talk:
    """One conversation."""

    dialog: Dialog
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    messages: list[Message] = field(default_factory=list)
    acknowledged: dict[str, int] = field(default_factory=dict)
    turn: int = 0
    status: str = "asking"
    sockets: set[web.WebSocketResponse] = field(default_factory=set)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, **message: Any) -> Message:
        """The next message of the conversation."""
        added = {
            "seq": len(self.messages) + 1,
            "from": "bot",
            "at": datetime.now(UTC).isoformat(),
            **message,
        }
        self.messages.append(added)
        return added

    def bot_speaks(self) -> list[Message]:
        """What the bot says next."""
        if self.turn >= len(self.dialog.turns):
            return [self.add(text="That is all I know.")]
        self.turn += 1
        return [self.add(**message) for message in self.dialog.turns[self.turn - 1]]

    def after(self, seq: int) -> list[Message]:
        return self.messages[seq:]

    @property
    def welcome(self) -> dict[str, Any]:
        return {
            "token": self.token,
            "conversation": self.name,
            "seq": len(self.messages),
            "script": self.dialog.script,
            "status": self.status,
        }


class StandIn:
    """The server. ``start`` and ``stop`` may be called in turns: what was saved stays saved."""

    def __init__(self, dialogs: Sequence[Dialog] = ALL, *, pace: float = 0.0) -> None:
        self.dialogs = {dialog.name: dialog for dialog in dialogs}
        self.talks: list[Talk] = []
        self.pace = pace
        self.port = kept_port()
        self.hellos: list[dict[str, Any]] = []
        self.said: list[dict[str, Any]] = []
        """Every ``say`` that arrived, repeats included."""
        self.requests: list[str] = []
        self.sockets_blocked = False
        self.acks_lost = 0
        """So many next acknowledgements never leave, and the connection breaks instead."""
        self.refusals: list[dict[str, Any]] = []
        """Errors to answer the next messages with."""
        self.hidden: set[int] = set()
        """Numbers that are saved, but not pushed: a client must notice the gap."""
        self.cards: dict[str, dict[str, Any]] = {}
        """What launchers are told, by script."""
        self.counted: list[dict[str, dict[str, int]]] = []
        """What browsers have counted of teasers."""
        self.acts: list[dict[str, str]] = []
        """What pages have reported of their visitors."""
        self.hellos_lost = 0
        """So many next hellos in plain requests are not answered."""
        self.deaf = False
        """Nothing that arrives on a socket is answered, as on a line that is half open."""
        self.pings = 0
        """How many were answered on sockets."""
        self._overheard: list[str] = []
        """Kinds of the frames that arrived meanwhile."""
        self._news = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._transports: set[asyncio.BaseTransport] = set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Listen, on the same port as before."""
        app = web.Application(middlewares=[self._middleware])
        app.add_routes(
            [
                web.get("/ws", self._socket),
                web.get(r"/{name:[a-z-]+\.(?:js|css|svg)}", self._file),
                web.get("/", self._demo),
                web.get("/chat/{script}", self._chat),
                web.get("/page/{name}", self._host_page),
                web.get("/api/v1/scripts", self._scripts),
                web.get("/api/v1/scripts/{script}/launcher", self._launcher),
                web.get("/api/v1/dialling-codes", self._dialling_codes),
                web.post("/api/v1/scripts/{script}/attract", self._count),
                web.post("/api/v1/hello", self._enter),
                web.post("/api/v1/frames", self._frame),
                web.options("/{path:.*}", self._preflight),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()

    async def asked(self, path: str) -> None:
        """Wait until somebody has asked for a path."""
        await self._until(lambda: path in self.requests)

    async def overhears(self, kind: str) -> None:
        """Wait until a frame of this kind has arrived that is not answered, as the server is deaf."""
        await self._until(lambda: kind in self._overheard)

    async def counts(self, times: int = 1) -> list[dict[str, dict[str, int]]]:
        """What browsers have counted of teasers, once they have so often."""
        await self._until(lambda: len(self.counted) >= times)
        return self.counted

    async def _until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(15):
            while not is_so():
                self._news.clear()
                await self._news.wait()

    async def pinged(self, times: int) -> None:
        """Wait until so many pings were answered."""
        await self._until(lambda: self.pings >= times)

    async def stop(self) -> None:
        """Gone, as after a power cut: no farewell on any connection."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        for transport in self._transports:
            if isinstance(transport, asyncio.Transport):
                transport.abort()
        self._transports.clear()
        for talk in self.talks:
            talk.sockets.clear()
        await runner.cleanup()

    async def farewell(self) -> None:
        """Close every socket the way a server that is being stopped does."""
        for talk in self.talks:
            for socket in tuple(talk.sockets):
                await socket.close(code=WSCloseCode.GOING_AWAY)

    async def push(self, talk: Talk, *messages: Message) -> None:
        """Tell everyone who is connected."""
        shown = [message for message in messages if message["seq"] not in self.hidden]
        for socket in tuple(talk.sockets):
            await _send(socket, {"type": "messages", "messages": shown, "status": talk.status})
        talk.news.set()
        talk.news = asyncio.Event()

    def forget(self) -> None:
        """Know no visitor any more."""
        self.talks.clear()

    # ------------------------------------------------------------------ what both ways in share

    def _talk(self, script: str | None, token: str | None) -> Talk | None:
        dialog = self.dialogs.get(script) if script else next(iter(self.dialogs.values()))
        theirs = [talk for talk in self.talks if talk.token == token]
        if token is not None:
            if not theirs:
                return None
            if found := next((talk for talk in theirs if talk.dialog is dialog), None):
                return found
        if dialog is None:
            return None
        talk = Talk(dialog) if token is None else Talk(dialog, token=token)
        talk.bot_speaks()
        self.talks.append(talk)
        return talk

    def _take(self, talk: Talk, said: dict[str, Any]) -> tuple[int, list[Message]]:
        """Save something said; of a repeat, the first answer."""
        self.said.append(said)
        key = said["id"]
        if key not in talk.acknowledged:
            fields = {name: said[name] for name in ("id", "text", "choice") if said.get(name) is not None}
            talk.acknowledged[key] = talk.add(**{"from": "visitor", **fields})["seq"]
            if said.get("choice") == "restart":
                talk.turn, talk.status = 0, "asking"
            talk.bot_speaks()
        seq = talk.acknowledged[key]
        return seq, talk.messages[seq - 1 :]

    # ------------------------------------------------------------------ the socket

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if self.sockets_blocked:
            raise web.HTTPForbidden(text="no upgrades here")
        socket = web.WebSocketResponse(max_msg_size=65536, compress=False)
        await socket.prepare(request)
        talk: Talk | None = None
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT and self.deaf:
                    self._overheard.append(json.loads(message.data)["type"])
                    self._news.set()
                elif message.type is WSMsgType.TEXT:
                    talk = await self._deal(request, socket, talk, json.loads(message.data))
        finally:
            if talk is not None:
                talk.sockets.discard(socket)
        return socket

    async def _deal(
        self, request: web.Request, socket: web.WebSocketResponse, talk: Talk | None, frame: dict[str, Any]
    ) -> Talk | None:
        kind = frame["type"]
        if kind == "hello":
            return await self._hello(socket, frame)
        assert talk is not None
        if kind == "ping":
            await _send(socket, {"type": "pong"})
            self.pings += 1
            self._news.set()
        elif kind == "catch_up":
            await _send(socket, {"type": "messages", "messages": talk.after(frame["after"]), "status": talk.status})
        elif kind == "say":
            await self._say(request, socket, talk, frame)
        return talk

    async def _hello(self, socket: web.WebSocketResponse, frame: dict[str, Any]) -> Talk | None:
        self.hellos.append(frame)
        talk = self._talk(frame.get("script"), frame["token"])
        if talk is None:
            code = "unknown_token" if frame["token"] else "unknown_script"
            await _send(socket, _error(code))
            return None
        talk.sockets.add(socket)
        await _send(socket, {"type": "welcome", **talk.welcome, "messages": talk.after(frame["after"])})
        return talk

    async def _say(
        self, request: web.Request, socket: web.WebSocketResponse, talk: Talk, frame: dict[str, Any]
    ) -> None:
        if self.refusals:
            await _send(socket, {"type": "error", "message": "Refused.", **self.refusals.pop(0), "id": frame["id"]})
            return
        seq, messages = self._take(talk, frame)
        if self.acks_lost:
            self.acks_lost -= 1
            assert request.transport is not None
            request.transport.abort()
            return
        await _send(socket, {"type": "ack", "id": frame["id"], "seq": seq})
        if self.pace:
            await _send(socket, {"type": "typing", "seconds": self.pace})
            await asyncio.sleep(self.pace)
        await self.push(talk, *messages)

    # ------------------------------------------------------------------ plain HTTP

    async def _enter(self, request: web.Request) -> web.Response:
        """Hello in a request that needs no preflight: it has neither a content type of its own nor a token header."""
        assert request.content_type == "text/plain"
        assert "Authorization" not in request.headers
        if self.hellos_lost:
            self.hellos_lost -= 1
            raise web.HTTPServiceUnavailable
        self.hellos.append(frame := json.loads(await request.text()))
        talk = self._talk(frame.get("script"), frame["token"])
        if talk is None:
            return _refusal(404, "unknown_token" if frame["token"] else "unknown_script")
        return web.json_response({"type": "welcome", **talk.welcome, "messages": talk.after(frame["after"])})

    async def _launcher(self, request: web.Request) -> web.Response:
        card = self.cards.get(request.match_info["script"])
        return web.json_response(card) if card else _refusal(404, "unknown_script")

    async def _dialling_codes(self, request: web.Request) -> web.Response:
        return web.json_response({"codes": {"AT": 43, "CA": 1, "DE": 49, "GB": 44, "US": 1}, "here": "GB"})

    async def _count(self, request: web.Request) -> web.Response:
        assert request.content_type == "text/plain"
        self.counted.append(json.loads(await request.text()))
        self._news.set()
        return web.Response(status=204)

    async def _frame(self, request: web.Request) -> web.Response:
        """A frame of the socket's in a request that needs no preflight; answered with those that come of it."""
        assert request.content_type == "text/plain"
        assert "Authorization" not in request.headers
        frame = json.loads(await request.text())
        return web.json_response({"frames": await self._frames(request, frame)})

    async def _frames(self, request: web.Request, frame: dict[str, Any]) -> list[dict[str, Any]]:
        kind = frame["type"]
        if kind == "hello":
            self.hellos.append(frame)
            talk = self._talk(frame.get("script"), frame["token"])
            if talk is None:
                return [_error("unknown_token" if frame["token"] else "unknown_script")]
            return [{"type": "welcome", **talk.welcome, "messages": talk.after(frame["after"])}]
        talk = next((talk for talk in self.talks if talk.name == frame["conversation"]), None)
        if talk is None or talk.token != frame["token"]:
            return [_error("unknown_token")]
        if kind == "ping":
            return [{"type": "pong"}]
        if kind == "did":
            self.acts.append({key: frame[key] for key in ("id", "act")})
            return [{"type": "ack", "id": frame["id"], "seq": 1}]
        if kind == "say":
            return await self._said_plainly(request, talk, frame)
        assert kind == "catch_up"
        if not talk.after(frame["after"]) and frame.get("wait"):
            news = talk.news
            try:
                async with asyncio.timeout(frame["wait"]):
                    await news.wait()
            except TimeoutError:
                pass
        return [{"type": "messages", "messages": talk.after(frame["after"]), "status": talk.status}]

    async def _said_plainly(self, request: web.Request, talk: Talk, frame: dict[str, Any]) -> list[dict[str, Any]]:
        if self.refusals:
            return [{"type": "error", "message": "Refused.", **self.refusals.pop(0), "id": frame["id"]}]
        seq, messages = self._take(talk, frame)
        if self.acks_lost:
            self.acks_lost -= 1
            assert request.transport is not None
            request.transport.close()
        await self.push(talk, *messages)
        ack = {"type": "ack", "id": frame["id"], "seq": seq}
        return [ack, {"type": "messages", "messages": messages, "status": talk.status}]

    async def _scripts(self, request: web.Request) -> web.Response:
        scripts = [
            {
                "name": dialog.name,
                "title": dialog.title,
                "description": dialog.description,
                "language": dialog.language,
                "languages": [dialog.language],
            }
            for dialog in self.dialogs.values()
        ]
        return web.json_response({"scripts": scripts})

    async def _preflight(self, request: web.Request) -> web.Response:
        return web.Response(status=204)

    @web.middleware
    async def _middleware(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.requests.append(request.path)
        self._news.set()
        if request.transport is not None:
            self._transports.add(request.transport)
        response: web.StreamResponse = await handler(request)
        if not response.prepared and (origin := request.headers.get("Origin")):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        return response

    # ------------------------------------------------------------------ pages and files

    async def _file(self, request: web.Request) -> web.Response:
        path = STATIC / request.match_info["name"]
        if not path.is_file():
            raise web.HTTPNotFound
        return web.Response(body=path.read_bytes(), content_type=FLAVOURS[path.suffix], charset="utf-8")

    async def _demo(self, request: web.Request) -> web.Response:
        return self._page((STATIC / "demo.html").read_text(), next(iter(self.dialogs.values())))

    async def _chat(self, request: web.Request) -> web.Response:
        return self._page((STATIC / "chat.html").read_text(), self.dialogs[request.match_info["script"]])

    async def _host_page(self, request: web.Request) -> web.Response:
        if request.match_info["name"] == "loud.css":
            return web.Response(text=LOUD_STYLE, content_type="text/css")
        page = self._page(HOST_PAGES[request.match_info["name"]], next(iter(self.dialogs.values())))
        if request.match_info["name"] == "nonce":
            policy = page.headers["Content-Security-Policy"]
            page.headers["Content-Security-Policy"] = NONCED.sub("script-src 'nonce-r4nd0m';", policy)
        return page

    def _page(self, text: str, dialog: Dialog) -> web.Response:
        fillings = {
            "title": dialog.title,
            "description": dialog.description,
            "script": dialog.name,
            "language": dialog.language,
            "public_url": self.address,
            "picture": "",
            "preview": "summary",
            "robots": "noindex",
        }
        for name, value in fillings.items():
            text = text.replace("{{" + name + "}}", html.escape(value))
        # Pages of other origins list the server, as an owner with a policy has to.
        policy = POLICY.replace("'self'", f"'self' {self.address}")
        return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": policy})


async def _send(socket: web.WebSocketResponse, frame: dict[str, Any]) -> None:
    if not socket.closed:
        await socket.send_str(json.dumps(frame))


def _error(code: str) -> dict[str, Any]:
    return {"type": "error", "code": code, "message": "Unknown."}


def _refusal(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": "Refused."}}, status=status)


async def _main() -> None:
    standin = StandIn(pace=0.7)
    standin.port = 8090
    await standin.start()
    print(f"{standin.address}/ and {standin.address}/page/shop  (Ctrl+C ends it)")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main())
