"""The widget's files as they travel: kept, packed, and several in one."""

import gzip
import re
from collections.abc import Callable

import aiohttp
import brotli
import pytest

from bot.app import Application

UNPACKED: dict[str | None, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


async def test_parts_of_the_widget_are_kept_for_good_under_the_address_that_names_their_content(
    app: Application, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{app.base_url}/widget.js") as answer:
        assert answer.headers["Cache-Control"] == "no-cache" and answer.headers["ETag"]
        (version,) = set(re.findall(r"\?v=([0-9a-f]+)", await answer.text()))
    for query, kept in ((f"?v={version}", True), ("?v=0123456789", False), ("", False)):
        async with session.get(f"{app.base_url}/widget-talk.js{query}") as answer:
            assert answer.status == 200
            assert ("immutable" in answer.headers["Cache-Control"]) is kept


@pytest.mark.parametrize(
    ("taken", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, BR;q=0.5", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip; q=0.000, deflate", None),
        ("identity", None),
        ("", None),
        ("zebra, not-gzip", None),
    ],
)
async def test_files_travel_as_small_as_the_browser_can_take_them(
    app: Application, taken: str, coding: str | None
) -> None:
    headers = {"Accept-Encoding": taken}
    async with (
        aiohttp.ClientSession(auto_decompress=False) as session,
        session.get(f"{app.base_url}/widget-talk.js", headers=headers) as answer,
    ):
        assert answer.headers.get("Content-Encoding") == coding
        assert answer.headers["Vary"] == "Accept-Encoding"
        body, tag = await answer.read(), answer.headers["ETag"]
        assert b"Handraiser.define(" in UNPACKED[coding](body)
    async with aiohttp.ClientSession() as session:
        for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
            headers = {"Accept-Encoding": taken, "If-None-Match": known}
            async with session.get(f"{app.base_url}/widget-talk.js", headers=headers) as answer:
                assert (answer.status, await answer.read()) == (304, b"")


async def test_the_talk_brings_along_what_it_is_asked_for(app: Application, session: aiohttp.ClientSession) -> None:
    async def asked_for(name: str) -> tuple[int, set[str], str]:
        async with session.get(f"{app.base_url}/{name}") as answer:
            parts = set(re.findall(r'Handraiser\.define\("(\w+)"', await answer.text()))
            return answer.status, parts, answer.headers.get("ETag", "")

    _, talk, tag = await asked_for("widget-talk.js")
    status, parts, _ = await asked_for("widget-talk.phone.upload.js")
    assert (status, parts) == (200, talk | {"phone", "upload"})
    status, parts, other_tag = await asked_for("widget-talk.page.js")
    assert (status, parts) == (200, talk | {"page", "check"})
    assert other_tag not in ("", tag)
    for along in (".upload.phone", ".phone.phone", ".popup", ".core-en", ".", "..phone", ".phone."):
        assert (await asked_for(f"widget-talk{along}.js"))[0] == 404
