"""A visitor's connection: as the standard has it, patient with the slow, and never at anybody else's expense."""

import asyncio
import json
from pathlib import Path

import aiohttp
import pytest

from bot.app import Application
from bot.web import connection, rounds
from bot.web.rounds import Rounds
from tests.application import WireVisitor, config_for, running
from tests.bot.web.raw_frames import HANDSHAKE, RawSocket, client_frame, raw_socket
from tests.corpora.raw import exchange

TALKATIVE = """
dialog: welcome
title: Talkative
persona: {name: Mia}
fields:
  note: {type: text, label: Note, max_length: 4096, long: true}
steps:
  - step: begin
    ask: note
    again: true
    text: What is on your mind?
  - say: "{{ note }}"
  - when: note == "the end"
    go: bye
    else: begin
  - step: bye
    end: Bye
"""
"""Says everything again, so that a visitor's window is sent twice of what was said."""
LONG = "a long story " * 300


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What a connection does is the same over any database."""
    return sqlite_url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dialogs"
    folder.mkdir()
    (folder / "welcome.yaml").write_text(TALKATIVE, "utf-8")
    return folder


async def test_pings_are_answered_also_between_the_pieces_of_a_message(app: Application) -> None:
    async with raw_socket(app.base_url) as raw:
        hello = json.dumps({"type": "hello"}).encode()
        raw.writer.write(client_frame(hello[:5], first=0x01) + client_frame(b"there?", first=0x89))
        assert await raw.receive() == (0x8A, b"there?")
        raw.writer.write(client_frame(b"", first=0x00) + client_frame(hello[5:], first=0x80))
        assert (await raw.hears())["type"] == "welcome"


async def test_a_goodbye_is_answered_with_its_own_code_and_then_all_is_over(app: Application) -> None:
    async with raw_socket(app.base_url) as raw:
        raw.writer.write(client_frame(b"\x0f\xa0so long", first=0x88))
        assert await raw.receive() == (0x88, b"\x0f\xa0")
        assert await raw.ends() == b""


async def test_a_message_that_is_no_text_gets_a_clear_error_and_the_talk_goes_on(app: Application) -> None:
    async with raw_socket(app.base_url) as raw:
        raw.writer.write(client_frame(b"\x00\x01", first=0x82))
        assert (await raw.hears())["code"] == "bad_frame"
        raw.say(type="hello")
        assert (await raw.hears())["type"] == "welcome"


@pytest.mark.parametrize(
    ("data", "code"), [(b"\x81\x05Hello", 1002), (client_frame(b"\xff\xfe"), 1007), (client_frame(bytes(70_000)), 1009)]
)
async def test_what_breaks_the_protocol_is_told_and_ends(app: Application, data: bytes, code: int) -> None:
    async with raw_socket(app.base_url) as raw:
        raw.writer.write(data)
        assert await raw.hears_goodbye() == code
        assert await raw.ends() == b""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Upgrade: websocket\r\n", b""),
        (b"Upgrade: websocket", b"Upgrade: chat"),
        (b"Connection: keep-alive, Upgrade", b"Connection: keep-alive"),
        (b"Version: 13", b"Version: 12"),
        (b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", b""),
        (b"dGhlIHNhbXBsZSBub25jZQ==", b"dGhlIHNhbXBsZQ=="),
        (b"dGhlIHNhbXBsZSBub25jZQ==", b"dGhlIHNhbXBsZSB?b25jZQ=="),
    ],
)
async def test_a_handshake_that_is_none_is_refused(app: Application, before: bytes, after: bytes) -> None:
    request = HANDSHAKE.replace(before, after)
    assert request != HANDSHAKE
    answer = await exchange(app.base_url, request.replace(b"Host:", b"Connection: close\r\nHost:"))
    assert answer.status == 426
    assert b"bad_frame" in answer.body


async def test_what_is_sent_before_the_handshake_is_over_is_not_lost(app: Application) -> None:
    async with raw_socket(app.base_url) as raw:
        pass
    reader, writer = await asyncio.open_connection(*app.base_url.removeprefix("http://").split(":"))
    writer.write(HANDSHAKE + client_frame(b'{"type": "hello"}'))
    await reader.readuntil(b"\r\n\r\n")
    raw = RawSocket(reader, writer)
    assert (await raw.hears())["type"] == "welcome"
    writer.close()


async def test_a_slow_reader_holds_up_nobody_is_let_go_and_catches_up(
    app: Application, session: aiohttp.ClientSession, visitor: WireVisitor
) -> None:
    async with raw_socket(app.base_url, buffer=4096) as slow:
        slow.say(type="hello", token=visitor.token, after=0)
        seen = [one["seq"] for one in (await slow.hears())["messages"]]
        for number in range(160):  # Twice 4 KB each: more than may wait, wherever it waits.
            assert "a long story" in await visitor.says(f"{number} {LONG}")
        received = 0
        while True:
            first, payload = await slow.receive()
            received += len(payload)
            if first == 0x88:
                break
            seen += [one["seq"] for one in json.loads(payload)["messages"]]
    assert int.from_bytes(payload[:2]) == 1013
    assert received < connection.UNREAD_MOST + 4 * connection._KERNEL_MOST
    assert seen == list(range(1, len(seen) + 1))
    again = WireVisitor(session, app.base_url)
    again.token = visitor.token
    await again.connect(after=seen[-1])
    while max(again.messages) < max(visitor.messages):
        await again.receive()
    assert sorted(again.messages) == list(range(seen[-1] + 1, max(visitor.messages) + 1))
    await again.close()


async def test_who_is_let_go_and_still_does_not_read_is_forgotten(
    app: Application, visitor: WireVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "SLOW_GOODBYE_SECONDS", 0.01)
    left = asyncio.Event()
    app.channel.on_empty = lambda _: left.set()
    async with raw_socket(app.base_url, buffer=4096) as slow:
        slow.say(type="hello", token=visitor.token, after=0)
        await slow.hears()
        for number in range(160):
            await visitor.says(f"{number} {LONG}")
        await visitor.close()
        async with asyncio.timeout(60):
            await left.wait()  # Nobody has a window of this conversation any more, the slow one included.


async def test_a_long_transcript_comes_in_pieces_and_in_order_to_whom_reads_slowly_too(
    app: Application, visitor: WireVisitor
) -> None:
    for number in range(80):
        await visitor.says(f"{number} {LONG}")
    last = max(visitor.messages)
    async with raw_socket(app.base_url, buffer=4096) as slow:
        slow.say(type="hello", token=visitor.token, after=0)
        welcome = await slow.hears()
        assert welcome["type"] == "welcome"
        seen, sizes = [one["seq"] for one in welcome["messages"]], []
        assert welcome["seq"] == seen[-1] < last
        while seen[-1] < last:
            first, payload = await slow.receive()
            assert first == 0x81, payload
            sizes.append(len(payload))
            seen += [one["seq"] for one in json.loads(payload)["messages"]]
        assert seen == list(range(1, last + 1))
        assert max(sizes) < 128 * 1024


async def test_who_floods_without_reading_is_not_taken_from_without_end(app: Application, visitor: WireVisitor) -> None:
    """Requests whose answers nobody reads: the server stops taking them, and has room for everybody else."""
    for number in range(60):
        await visitor.says(f"{number} {LONG}")
    async with raw_socket(app.base_url, buffer=4096) as flood:
        flood.say(type="hello", token=visitor.token, after=0)
        await flood.hears()
        request = client_frame(b'{"type": "catch_up", "after": 0}')
        flood.writer.transport.set_write_buffer_limits(high=0)
        taken = 0
        while taken < 64 * 1024 * 1024:
            flood.writer.write(request * 1000)
            taken += len(request) * 1000
            try:
                async with asyncio.timeout(1):
                    await flood.writer.drain()
            except TimeoutError:
                break  # The server takes no more: everything on the way is full.
        assert taken < 64 * 1024 * 1024
        assert "still here" in await visitor.says("still here")


class Silent(connection.Connection):
    """A connection that hears nothing, on a transport that is none."""

    def __init__(self) -> None:
        super().__init__(100)
        self.looks = 0
        self.looked = asyncio.Event()

    async def heard(self, text: str | None) -> None: ...

    def begun(self, work: "asyncio.Task[None]") -> None: ...

    def ended(self) -> None: ...

    def look_after(self) -> None:
        self.looks += 1
        self.looked.set()


async def test_everybody_is_looked_after_again_and_again_but_not_who_has_left() -> None:
    going = Rounds(seconds=0.01)
    here, gone = [Silent() for _ in range(3 * rounds._AT_ONCE)], Silent()
    watch = asyncio.create_task(going.run())
    for one in (*here, gone):
        going.take_in(one)
    going.let_out(gone)
    async with asyncio.timeout(60):
        while any(one.looks < 3 for one in here):
            await here[-1].looked.wait()
            here[-1].looked.clear()
    assert gone.looks == 0
    watch.cancel()
    await asyncio.wait([watch])


async def test_silence_is_a_ping_and_more_silence_is_the_end(
    app: Application, monkeypatch: pytest.MonkeyPatch, database_url: str, folder: Path
) -> None:
    monkeypatch.setattr(rounds, "LOOK_SECONDS", 0.2)
    async with running(config_for(database_url, folder), targets={}) as quick, raw_socket(quick.base_url) as raw:
        raw.say(type="hello")
        await raw.hears()
        for _ in range(3):
            assert await raw.receive() == (0x89, b"")
            raw.writer.write(client_frame(b"", first=0x8A))  # Who answers may stay.
        assert await raw.receive() == (0x89, b"")
        assert await raw.ends() == b""


async def test_a_hundred_come_back_at_once_after_a_restart_and_nothing_is_lost(database_url: str, folder: Path) -> None:
    config = config_for(database_url, folder)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        async with running(config, targets={}) as before:
            visitors = [WireVisitor(session, before.base_url) for _ in range(100)]
            await asyncio.gather(*(one.connect() for one in visitors))
            await asyncio.gather(*(one.says(f"first of {n}") for n, one in enumerate(visitors)))
            for number, one in enumerate(visitors):  # On its way when the server stops: acknowledged or not.
                await one.send({"type": "say", "id": f"second-{number}", "text": f"second of {number}"})
        async with running(config, targets={}) as after:
            back = []
            for one in visitors:
                again = WireVisitor(session, after.base_url)
                again.token, again.messages = one.token, one.messages
                back.append(again)
            welcomes = await asyncio.gather(*(one.connect() for one in back))
            assert {frame["type"] for frame in welcomes} == {"welcome"}
            said = await asyncio.gather(
                *(one.says(f"second of {n}", client_id=f"second-{n}") for n, one in enumerate(back))
            )
            assert not [answer for answer in said if answer.startswith("error")]
            for number, one in enumerate(back):
                words = [text for who, text in one.transcript if who == "visitor"]
                assert words == [f"first of {number}", f"second of {number}"]
                assert sorted(one.messages) == list(range(1, max(one.messages) + 1))
            await asyncio.gather(*(one.close() for one in (*visitors, *back)))
