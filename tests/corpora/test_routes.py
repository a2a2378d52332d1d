"""Every address the server has, taken from its router: nobody gets what is another's, and no method breaks it."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.app import Application
from tests.application import config_for, running
from tests.bot.web.conftest import SCRIPT
from tests.corpora.raw import RawAnswer, exchange, request_bytes
from tests.corpora.visiting import HttpVisitor

SECRET = "Clementine"
"""What one of the visitors is called."""
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get", "X" * 200)
WEBSITES = ("https://www.example.com", "https://*.shop.example")
FRAMED_BY = "'self' https://www.example.com https://*.shop.example"
NOBODY = "'none'"
EVERYBODYS = {
    "/", "/ws", "/chat/{script}", "/pictures/{name}", "/favicon.ico", "/healthz", "/readyz", "/metrics",
    "/api/v1/openapi.json", "/api/v1/scripts", "/api/v1/conversations", "/api/v1/hello", "/api/v1/dialling-codes",
    "/api/v1/scripts/{script}/launcher", "/api/v1/scripts/{script}/attract",
}  # fmt: skip
"""Addresses that know no visitors. Files of the widget are everybody's, too."""
LINKS = {"/m/{token}", "/m/{token}/{part}"}
"""Addresses that whoever has the link may open."""
FRAMES = "/api/v1/frames"
"""Where conversation and token are in the body."""


@dataclass
class House:
    """The application with two visitors in it, one of them with secrets."""

    app: Application
    routes: list[web.AbstractResource]
    secretive: HttpVisitor
    other: HttpVisitor

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Every route, and its address with the secretive visitor's names in it."""
        names = {
            "conversation": self.secretive.conversation,
            "token": self.secretive.cards[0]["url"].rpartition("/")[2],
            "part": "calendar.ics",
            "script": "welcome",
            "name": "a.png",
        }
        for route in dict.fromkeys(one.canonical for one in self.routes):
            yield route, re.sub(r"{(\w+)}", lambda name: names.get(name[1], "1"), route)

    async def asks(self, method: str, address: str, token: str | None = None, body: bytes = b"") -> RawAnswer:
        """What somebody with this token gets."""
        headers = (f"Authorization: Bearer {token}".encode(),) if token else ()
        kind = (b"Content-Type: application/json",) if body else ()
        data = request_bytes(address.encode(), method=method, headers=(*headers, *kind), body=body)
        return await exchange(self.app.base_url, data)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Who may do what does not depend on the kind of database."""
    return sqlite_url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dialogs"
    for name in ("files", "pictures"):
        (folder / name).mkdir(parents=True)
    (folder / "welcome.yaml").write_text(SCRIPT, "utf-8")
    (folder / "files" / "guide.pdf").write_bytes(b"%PDF-1.4")
    (folder / "files" / "codes.txt").write_text("ALPHA\n", "utf-8")
    (folder / "pictures" / "a.png").write_bytes(b"a picture")
    return folder


@pytest.fixture
async def house(
    database_url: str, folder: Path, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    """The application, its router, and two visitors."""
    routers: list[web.UrlDispatcher] = []
    set_up = web.AppRunner.setup

    async def remember(runner: web.AppRunner) -> None:
        routers.append(runner.app.router)
        await set_up(runner)

    monkeypatch.setattr(web.AppRunner, "setup", remember)
    async with running(config_for(database_url, folder, allowed_origins=WEBSITES), targets={}) as app:
        visitors = [HttpVisitor(session, app.base_url, "welcome") for _ in range(2)]
        for visitor, name in zip(visitors, (SECRET, "Eve"), strict=True):
            await visitor.arrives()
            await visitor.says(f"My name is {name}")
            await visitor.says(f"{name}@example.com")
        assert visitors[0].cards
        yield House(app, list(routers[0].resources()), *visitors)


async def test_no_method_breaks_any_address(house: House) -> None:
    for _, address in house.addresses():
        for method in METHODS:
            for token in (None, house.secretive.token):
                answer = await house.asks(method, address, token)
                assert 200 <= answer.status < 500, (method, address)
                if method not in ("GET", "HEAD", "POST", "OPTIONS"):
                    assert answer.status in (400, 404, 405), (method, address)


async def test_another_visitors_name_opens_nothing(house: House) -> None:
    """With no token, with one's own, with one that is made up: as if it did not exist."""
    for route, address in house.addresses():
        if route in EVERYBODYS | LINKS | {FRAMES} or is_a_file(address):
            continue
        for method in ("GET", "POST"):
            body = b'{"id": "a", "text": "hello"}' if method == "POST" else b""
            for token in (None, house.other.token, "x" * 43, house.secretive.token[:-1], house.secretive.conversation):
                answer = await house.asks(method, address, token, body=body)
                assert is_refused(answer), (method, address)
                unknown = await house.asks(method, address.replace(house.secretive.conversation, "x"), token, body=body)
                assert (answer.status, answer.body) == (unknown.status, unknown.body)
    transcript = await house.secretive.transcript()
    assert "hello" not in [text for _, text in transcript]


async def test_another_visitors_name_in_a_frame_opens_nothing(house: House) -> None:
    kinds: dict[str, Any] = {
        "say": {"id": "a", "text": "hello"}, "catch_up": {"after": 0}, "catch_up ": {"after": 0, "wait": 0.01},
        "did": {"id": "b", "act": "prices"}, "tell": {"id": "c", "start": "prices"}, "restart": {}, "ping": {}, "": {},
    }  # fmt: skip
    before = await house.secretive.transcript()
    for kind, more in kinds.items():
        for token in (None, "", house.other.token, "x" * 43, house.secretive.token[:-1], [house.secretive.token]):
            told = []
            for conversation in (house.secretive.conversation, "x", "a\0b", None, [house.secretive.conversation]):
                frame = {"type": kind.strip(), "token": token, "conversation": conversation, **more}
                answer = await house.asks("POST", FRAMES, body=json.dumps(frame).encode())
                [refused] = json.loads(answer.body)["frames"]
                assert (refused["type"], refused["code"]) == ("error", "unknown_token"), frame
                told.append(answer.body)
            assert len(set(told)) == 1, kind
    assert await house.secretive.transcript() == before


async def test_what_is_everybodys_tells_nothing_of_anybody(house: House) -> None:
    for route, address in house.addresses():
        if route in LINKS:
            continue
        for token in (None, house.other.token):
            answer = await house.asks("GET", address, token)
            assert SECRET.encode().lower() not in answer.body.lower(), address
            assert house.secretive.token.encode() not in answer.body
            assert house.secretive.conversation.encode() not in answer.body


async def test_a_link_that_is_changed_opens_nothing(house: House) -> None:
    token = str(house.secretive.cards[0]["url"].rpartition("/")[2])
    assert (await house.asks("GET", f"/m/{token}")).status == 200
    for changed in (token[:-1], token + "A", token.swapcase(), f"%20{token}", f"{token}%00", f"{token}/", "", "%25"):
        assert (await house.asks("GET", f"/m/{changed}")).status == 404, changed
    for number, letter in enumerate(token):
        other = "A" if letter != "A" else "B"
        assert (await house.asks("GET", f"/m/{token[:number]}{other}{token[number + 1 :]}")).status == 404


async def test_a_token_is_not_to_be_guessed_from_another(house: House, session: aiohttp.ClientSession) -> None:
    tokens, names = set(), set()
    for _ in range(20):
        visitor = HttpVisitor(session, house.app.base_url, "welcome")
        await visitor.arrives()
        tokens.add(visitor.token)
        names.add(visitor.conversation)
    assert len(tokens) == len(names) == 20
    assert all(len(token) >= 40 for token in tokens)
    assert all(len(name) >= 16 and not name.isdigit() for name in names)


async def test_somebody_elses_token_given_for_a_name_begins_nothing(house: House) -> None:
    """The socket and the start of a conversation take the token alone; what else a frame names has no authority."""
    stolen = f'{{"script": "welcome", "conversation": "{house.secretive.conversation}", "after": 0}}'.encode()
    for door in ("/api/v1/conversations", "/api/v1/hello"):
        answer = await house.asks("POST", door, house.other.token, body=stolen)
        assert answer.status == 200
        assert SECRET.encode().lower() not in answer.body.lower()
    for token in ('["x"]', '{"$ne": null}', "true", "0", '"' + house.secretive.conversation + '"'):
        body = f'{{"script": "welcome", "token": {token}}}'.encode()
        for door in ("/api/v1/conversations", "/api/v1/hello"):
            assert (await house.asks("POST", door, None, body=body)).status == 404


async def test_only_allowed_websites_may_show_our_pages_in_a_frame(house: House) -> None:
    for _, address in house.addresses():
        policy = (await house.asks("GET", address)).header("content-security-policy") or ""
        own_page = address in ("/", "/chat/welcome")
        assert f"frame-ancestors {FRAMED_BY if own_page else NOBODY}" in policy, address
        assert "unsafe" not in policy or "sandbox" in policy
        assert "script-src 'self'" in policy or "default-src 'none'" in policy


def is_refused(answer: RawAnswer) -> bool:
    """Whether nothing was given: at most the way to a door of ours."""
    if answer.status in (302, 303):
        return (answer.header("location") or "").startswith("/") and answer.body == b""
    return answer.status in (401, 403, 404, 405)


def is_a_file(address: str) -> bool:
    """Whether this is a file of the widget or the demo page."""
    static = Path(__file__).parents[2] / "bot" / "web" / "static"
    return (static / address.removeprefix("/")).is_file()
