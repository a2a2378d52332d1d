"""Addresses that are given to us to be called never lead to this machine or its network."""

import asyncio
import re
from collections.abc import Iterable, Sequence

import pytest

from bot.outbound import AddressRefused, NotReached, Outbound
from tests.corpora.reading import Corpora

INWARD = (
    "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://127.1:{port}/", "http://0x7f000001:{port}/",
    "http://2130706433:{port}/", "http://0177.0.0.1:{port}/", "http://[::1]:{port}/", "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/", "http://0.0.0.0:{port}/", "http://inner.example:{port}/",
    "http://169.254.169.254/latest/meta-data/", "http://metadata.google.internal/", "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127.0.0.1:{port}\\@example.com/", "http://example.com@127.0.0.1:{port}/", "gopher://127.0.0.1:{port}/_x",
)  # fmt: skip


async def everything_is_here(host: str, port: int) -> Sequence[str]:
    """Every name leads to this machine, whatever it was before."""
    return ["127.0.0.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "0.0.0.0", "169.254.169.254"]


async def assert_nothing_comes_in(addresses: Iterable[str]) -> None:
    """Refused, or not reached; and whoever listens on this machine hears nothing."""
    heard: list[str] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(str(writer.get_extra_info("peername")))
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        for address in addresses:
            for written in dict.fromkeys(
                (address.replace("{port}", str(port)), re.sub(r":(80|22|443)\b", f":{port}", address))
            ):
                with pytest.raises((AddressRefused, NotReached)) as refused:
                    await Outbound(resolve=everything_is_here, seconds=5).post(written, b"{}", {})
                assert "did not answer" not in str(refused.value), written
    assert heard == []


async def test_our_addresses_lead_nowhere() -> None:
    await assert_nothing_comes_in(INWARD)


async def test_other_peoples_addresses_lead_nowhere(corpora: Corpora) -> None:
    await assert_nothing_comes_in([*corpora.inward(), *corpora.redirects()])
