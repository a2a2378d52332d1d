"""Whose request it is, as limits count: by the wire, or by what proxies say who are trusted."""

from collections.abc import AsyncIterator
from ipaddress import ip_network

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from bot.web.addresses import NetworkAddresses
from bot.web.listening import listen

PROXIES = (ip_network("127.0.0.0/8"), ip_network("10.0.0.0/8"))


@pytest_asyncio.fixture(params=["127.0.0.1", "::"])
async def door(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """A server of IPv4 alone, or of both kinds, that says whose request it takes: at ``/`` behind proxies on this
    machine, at ``/open`` behind none."""
    behind, alone = NetworkAddresses(PROXIES), NetworkAddresses(())

    async def tell(asked: web.Request) -> web.Response:
        return web.Response(text=(alone if asked.path == "/open" else behind).of(asked))

    app = web.Application()
    app.add_routes([web.get("/", tell), web.get("/open", tell)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        listening = listen(request.param, 0)
    except OSError:
        pytest.skip("this machine has no IPv6")
    await web.SockSite(runner, listening).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    await runner.cleanup()


@pytest.mark.parametrize(
    ("forwarded", "told"),
    [
        (None, "127.0.0.1"),
        ("192.0.2.7", "192.0.2.7"),
        ("203.0.113.9, 192.0.2.7", "192.0.2.7"),
        ("192.0.2.7, 10.1.2.3", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("10.9.9.9, 10.1.2.3", "10.9.9.9"),
        ("somebody", "somebody"),
        (f"{'x' * 500}", "x" * 64),
        ("", "127.0.0.1"),
    ],
)
async def test_the_last_one_that_a_trusted_proxy_vouches_for(door: str, forwarded: str | None, told: str) -> None:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    async with aiohttp.ClientSession() as session, session.get(door, headers=headers) as response:
        assert await response.text() == told


async def test_a_stranger_vouches_for_nobody(door: str) -> None:
    headers = {"X-Forwarded-For": "192.0.2.7"}
    async with aiohttp.ClientSession() as session, session.get(f"{door}/open", headers=headers) as response:
        assert await response.text() == "127.0.0.1"
