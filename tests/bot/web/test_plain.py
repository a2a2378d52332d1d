"""The socket's frames over plain HTTP: what comes of each is in the answer, and nobody hears what is not theirs."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import Application
from tests.application import WireVisitor, config_for, running

GREETING = "What may I call you?"


class Refused(Exception):
    """An answer without frames: its status, and the error's code."""


class PlainVisitor:
    """A visitor whose WebSockets are blocked."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str) -> None:
        self._session = session
        self._address = f"{base_url}/api/v1/frames"
        self.talk: dict[str, Any] = {}

    async def send(self, kind: str, **more: Any) -> list[dict[str, Any]]:
        """A frame as a browser sends it without asking first; the frames that come of it."""
        body = json.dumps({"type": kind, **self.talk, **more})
        headers = {"Content-Type": "text/plain;charset=UTF-8"}
        async with self._session.post(self._address, data=body, headers=headers) as answer:
            if answer.status != 200:
                raise Refused(answer.status, (await answer.json())["error"]["code"])
            frames = (await answer.json())["frames"]
        assert isinstance(frames, list)
        return frames

    async def enter(self, **more: Any) -> dict[str, Any]:
        [welcome] = await self.send("hello", script="welcome", token=None, **more)
        assert welcome["type"] == "welcome"
        self.talk = {"token": welcome["token"], "conversation": welcome["conversation"]}
        return welcome


@pytest.fixture
async def plain(app: Application, session: aiohttp.ClientSession) -> PlainVisitor:
    visitor = PlainVisitor(session, app.base_url)
    await visitor.enter()
    return visitor


def texts(frame: dict[str, Any]) -> list[str]:
    return [one["text"] for one in frame["messages"]]


async def test_a_talk_goes_on_as_over_the_socket(plain: PlainVisitor) -> None:
    ack, said = await plain.send("say", id="a", text="Ada")
    assert ack == {"type": "ack", "id": "a", "seq": 2}
    assert texts(said) == ["Ada", "Where shall it go, Ada?"]
    assert said["messages"][0]["id"] == "a" and said["status"] == "asking"
    assert await plain.send("say", id="a", text="Ada") == [ack, said], "a repeat is answered from the record"
    [missed] = await plain.send("catch_up", after=1)
    assert missed == said
    assert await plain.send("catch_up", after=3) == []
    assert await plain.send("ping") == [{"type": "pong"}]


async def test_who_waits_hears_what_is_said_meanwhile(plain: PlainVisitor) -> None:
    waiting = asyncio.create_task(plain.send("catch_up", after=1, wait=20))
    await asyncio.sleep(0)
    await plain.send("say", id="a", text="Ada")
    async with asyncio.timeout(60):
        [heard] = await waiting
    assert texts(heard) == ["Ada", "Where shall it go, Ada?"]


async def test_who_waits_is_sent_away_when_the_server_stops(plain: PlainVisitor, app: Application) -> None:
    standing = await app.manager.find_public(plain.talk["conversation"])
    assert standing is not None
    waiting = asyncio.create_task(plain.send("catch_up", after=1, wait=25))
    async with asyncio.timeout(20):
        while not app.channel.is_here(standing.conversation_id):
            await asyncio.sleep(0.01)
    await app.stop()
    with pytest.raises(Refused) as refused:
        await waiting
    assert refused.value.args == (503, "server_stopping")


async def test_a_socket_of_the_same_talk_hears_it_too(
    app: Application, session: aiohttp.ClientSession, plain: PlainVisitor
) -> None:
    other = WireVisitor(session, app.base_url, "welcome")
    other.token = plain.talk["token"]
    await other.connect()
    await plain.send("say", id="a", text="Ada")
    while len(other.messages) < 3:
        await other.receive()
    assert [text for _, text in other.transcript] == [GREETING, "Ada", "Where shall it go, Ada?"]


async def test_coming_back_brings_what_came_after_the_watermark(plain: PlainVisitor) -> None:
    await plain.send("say", id="a", text="Ada")
    [welcome] = await plain.send("hello", script="welcome", after=2)
    assert welcome["conversation"] == plain.talk["conversation"]
    assert texts(welcome) == ["Where shall it go, Ada?"]


async def test_beginning_anew_and_what_the_page_tells(plain: PlainVisitor) -> None:
    [ack] = await plain.send("tell", id="t", data={"nobody": 1})
    assert (ack["type"], ack["id"]) == ("ack", "t") and ack["problems"]
    assert await plain.send("restart") == []
    [heard] = await plain.send("catch_up", after=1)
    assert texts(heard)[-1] == GREETING


@pytest.mark.parametrize(
    "talk", [{"token": "x" * 43}, {"conversation": "nobodys"}, {"token": None}, {"conversation": 4}]
)
async def test_nobody_speaks_in_somebody_elses_talk(plain: PlainVisitor, talk: dict[str, Any]) -> None:
    for kind in ("say", "catch_up", "tell", "restart"):
        [error] = await plain.send(kind, id="a", text="Ada", **talk)
        assert (error["type"], error["code"]) == ("error", "unknown_token")
    assert await plain.send("catch_up", after=1) == []


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"kind": "dance"}, "bad_frame"),
        ({"kind": "say", "id": "a"}, "bad_frame"),
        ({"kind": "say", "id": "a", "text": "x" * 20_000}, "too_long"),
        ({"kind": "catch_up", "after": -1}, "bad_frame"),
        ({"kind": "catch_up", "after": 1, "wait": 31}, "bad_frame"),
        ({"kind": "catch_up", "after": 1, "wait": True}, "bad_frame"),
        ({"kind": "hello", "script": "nobody"}, "unknown_script"),
    ],
)
async def test_what_is_wrong_with_a_frame_is_a_frame(plain: PlainVisitor, frame: dict[str, Any], code: str) -> None:
    [error] = await plain.send(**frame)
    assert (error["type"], error["code"], error.get("id")) == ("error", code, frame.get("id"))
    assert error["message"]


async def test_what_is_said_too_fast_is_to_be_said_again_later(
    database_url: str, folder: Path, session: aiohttp.ClientSession
) -> None:
    async with running(config_for(database_url, folder, messages_a_minute=2), targets={}) as app:
        visitor = PlainVisitor(session, app.base_url)
        await visitor.enter()
        answers = [(await visitor.send("say", id=str(number), text="Ada"))[0] for number in range(3)]
    assert [one["type"] for one in answers] == ["ack", "ack", "error"]
    refused = answers[-1]
    assert (refused["code"], refused["id"]) == ("too_many", "2") and refused["retry_after"] > 0
