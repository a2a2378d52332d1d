"""Whose pages may talk to the server: scheme, host and port, whole; ``*.`` stands for whole labels."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.web.origins import Origins
from bot.web.strangers import MOST
from tests.application import config_for, running

ALLOWED = ("https://www.example.com", "https://*.shop.example", "http://localhost:3000")
VERDICTS = [
    ("https://www.example.com", True),
    ("https://WWW.Example.com", True),
    ("https://www.example.com:443", True),
    ("https://a.shop.example", True),
    ("https://a.b.shop.example", True),
    ("http://localhost:3000", True),
    ("https://chat.example.net", True),  # Our own.
    (None, True),  # No page of a browser: a token says who it is.
    ("null", False),
    ("", False),
    ("http://www.example.com", False),
    ("https://www.example.com:444", False),
    ("https://example.com", False),
    ("https://evil-www.example.com", False),
    ("https://www.example.com.evil.example", False),
    ("https://www.example.com@evil.example", False),
    ("https://evil.example/https://www.example.com", False),
    ("https://www.example.com?", False),
    ("https://shop.example", False),
    ("https://.shop.example", False),
    ("https://evilshop.example", False),
    ("https://a.shop.example:8443", False),
    ("http://a.shop.example", False),
    ("https://shop.example.evil.example", False),
    ("http://localhost", False),
    ("http://localhost:30000", False),
    ("https://www.example.com https://evil.example", False),
    ("https://www.example.com\0.evil.example", False),
    ("file://", False),
    ("https://www.example.com:port", False),
    ("https://[::1", False),
    ("https://www.example.com:0", False),
    ("https://www.example.com.", False),
    ("https://\u017fhop.shop.example", False),
    ("https://evil.example\\.shop.example", False),
    ("https://evil.example,.shop.example", False),
    ("https://evil.example%00.shop.example", False),
    ("https://a..shop.example", False),
    ("https://*.shop.example", False),
    ("wss://www.example.com", False),
]


@pytest.mark.parametrize(("origin", "allowed"), VERDICTS)
def test_an_origin_is_compared_whole(origin: str | None, allowed: bool) -> None:
    given = [] if origin is None else [origin]
    assert Origins("https://chat.example.net", ALLOWED).allows(given, "chat.example.net") is allowed


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        ("http://127.0.0.1:8080", "127.0.0.1:8080", True),
        ("http://[::1]:8080", "[::1]:8080", True),
        ("http://localhost:8080", "localhost:8080", True),
        ("http://testbox:8080", "testbox:8080", True),
        ("http://testbox.local", "testbox.local", True),
        ("https://testbox.local", "testbox.local:443", True),
        ("http://localhost:8080", "localhost", False),
        ("http://localhost:8080", "127.0.0.1:8080", False),
        # A name that its owner lets lead here after their own page has come from it.
        ("http://evil.example:8080", "evil.example:8080", False),
        ("https://evil.example", "evil.example", False),
        ("http://127.0.0.1.evil.example", "127.0.0.1.evil.example", False),
        ("http://localhost.evil.example", "localhost.evil.example", False),
        ("http://chat.example.net", "chat.example.net", False),
        ("ws://127.0.0.1:8080", "127.0.0.1:8080", False),
        ("null", "null", False),
    ],
)
def test_a_page_of_ours_under_another_name_may_chat_where_nobody_can_buy_that_name(
    origin: str, host: str, allowed: bool
) -> None:
    assert Origins("https://chat.example.net/below", ()).allows([origin], host) is allowed


def test_two_origins_are_none() -> None:
    origins = Origins("https://chat.example.net", ALLOWED)
    assert not origins.allows(["https://www.example.com", "https://evil.example"])
    assert not origins.allows(["https://www.example.com", "https://www.example.com"])


async def test_whoever_reaches_the_server_by_a_name_of_their_own_gets_no_socket_and_no_conversation(
    sqlite_url: str, folder: Path, session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(config_for(sqlite_url, folder), targets={}) as app:
        theirs = {"Host": "evil.example", "Origin": "http://evil.example"}
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"{app.base_url}/ws", headers=theirs)
        assert refused.value.status == 403
        for _ in range(3):
            async with session.post(f"{app.base_url}/api/v1/hello", json={"script": "welcome"}, headers=theirs) as post:
                assert post.status == 403
                assert "public_url" in (await post.json())["error"]["message"]
        assert caplog.text.count("public_url") == 1


async def shaken(session: aiohttp.ClientSession, address: str, origin: str) -> int:
    """The status of a handshake."""
    try:
        socket = await session.ws_connect(address, headers={"Origin": origin})
    except aiohttp.WSServerHandshakeError as refused:
        return refused.status
    await socket.close()
    return 101


async def test_the_socket_goes_by_it_before_the_upgrade(
    sqlite_url: str, folder: Path, session: aiohttp.ClientSession
) -> None:
    async with running(config_for(sqlite_url, folder, allowed_origins=ALLOWED), targets={}) as app:
        for origin, allowed in VERDICTS:
            if origin is None or not origin.isprintable() or "example.net" in origin:
                continue
            assert await shaken(session, f"{app.base_url}/ws", origin) == (101 if allowed else 403), origin


async def test_an_allowed_website_may_read_why_something_was_refused(
    sqlite_url: str, folder: Path, session: aiohttp.ClientSession
) -> None:
    async with running(config_for(sqlite_url, folder, allowed_origins=ALLOWED), targets={}) as app:
        url = f"{app.base_url}/api/v1/conversations"
        bodies: tuple[Any, ...] = ({"script": "nowhere"}, {"script": "welcome", "token": "x" * 43}, [])
        for origin, told in (("https://www.example.com", "https://www.example.com"), ("https://evil.example", None)):
            for body in bodies:
                async with session.post(url, json=body, headers={"Origin": origin}) as refused:
                    assert refused.status in ((400, 404) if told else (403,))
                    assert refused.headers.get("Access-Control-Allow-Origin") == told
                    assert (await refused.json())["error"]["message"]


async def test_the_operator_is_told_once_of_each_website_that_is_refused(
    sqlite_url: str, folder: Path, session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    """Who forgets to allow their own website sees nothing but a chat that does not come."""
    async with running(config_for(sqlite_url, folder, allowed_origins=ALLOWED), targets={}) as app:
        url = f"{app.base_url}/api/v1/scripts/welcome/launcher"
        made_up = [f"https://{number}.example" for number in range(2 * MOST)]
        for origin in ("https://example.com", "https://www.example.com", "https://example.com", *made_up):
            async with session.get(url, headers={"Origin": origin}) as answer:
                assert answer.status == (200 if origin in ALLOWED else 403)
    told = [one.getMessage() for one in caplog.records if "allowed_origins" in one.getMessage()]
    assert len(told) == MOST
    assert [one for one in told if "example.com " in one] == [
        "A page of https://example.com asked for a chat, and is not among the allowed_origins of [web]. "
        "If it is yours, add it there and start Handraiser again."
    ]


async def test_no_cookie_is_set_and_none_counts(sqlite_url: str, folder: Path, session: aiohttp.ClientSession) -> None:
    async with running(config_for(sqlite_url, folder), targets={}) as app:
        async with session.post(f"{app.base_url}/api/v1/conversations", json={"script": "welcome"}) as begun:
            token = (await begun.json())["token"]
            assert "Set-Cookie" not in begun.headers
        body = {"script": "welcome"}
        cookie = {"Cookie": f"token={token}; handraiser={token}"}
        async with session.post(f"{app.base_url}/api/v1/conversations", json=body, headers=cookie) as other:
            assert other.status == 201
            assert (await other.json())["token"] != token
