"""How fast visitors may go: a repeat is no message, and reading has bounds that no honest widget meets."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.web import rates
from tests.application import WireVisitor, config_for, running
from tests.bot.human_checks.test_kinds import solved
from tests.bot.web.test_api import Caller
from tests.bot.web.test_humans import checked
from tests.bot.web.test_plain import PlainVisitor

FRAMES: dict[str, dict[str, Any]] = {
    "say": {"type": "say", "text": "Ada"},
    "did": {"type": "did", "act": "calculator"},
    "tell": {"type": "tell", "data": {"plan": "pro"}},
}
Sends = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


@pytest.fixture
def folder(folder: Path) -> Path:
    script = folder / "welcome.yaml"
    text = script.read_text("utf-8").replace("steps:\n", "page_acts: [calculator]\npage: {plan: text}\nsteps:\n", 1)
    script.write_text(text.replace("warm: engagement > 0", 'warm: engagement > 0 or plan == "pro"', 1), "utf-8")
    return folder


async def by_socket(session: aiohttp.ClientSession, base_url: str) -> Sends:
    visitor = WireVisitor(session, base_url, "welcome")
    assert (await visitor.connect())["type"] == "welcome"

    async def send(frame: dict[str, Any]) -> dict[str, Any]:
        await visitor.send(frame)
        answer = await visitor.receive()
        while answer.get("id") != frame["id"]:
            answer = await visitor.receive()
        return answer

    return send


async def by_frames(session: aiohttp.ClientSession, base_url: str) -> Sends:
    visitor = PlainVisitor(session, base_url)
    await visitor.enter()

    async def send(frame: dict[str, Any]) -> dict[str, Any]:
        return (await visitor.send(frame["type"], **{key: frame[key] for key in frame if key != "type"}))[0]

    return send


async def by_api(session: aiohttp.ClientSession, base_url: str) -> Sends:
    caller = Caller(session, base_url)
    await caller.start()
    places = {"say": "messages", "did": "acts", "tell": "page"}

    async def send(frame: dict[str, Any]) -> dict[str, Any]:
        path = f"/conversations/{caller.conversation}/{places[frame['type']]}"
        status, answer = await caller.call("POST", path, json=frame)
        assert (status == 429) == ("error" in answer)
        return {"type": "error", **answer["error"]} if "error" in answer else {"type": "ack", **answer["ack"]}

    return send


WAYS = pytest.mark.parametrize("way", [by_socket, by_frames, by_api])


@WAYS
@pytest.mark.parametrize("kind", FRAMES)
async def test_a_repeat_is_answered_from_the_record_where_nothing_new_is_heard(
    database_url: str, folder: Path, session: aiohttp.ClientSession, way: Any, kind: str
) -> None:
    async with running(config_for(database_url, folder, messages_a_minute=1), targets={}) as app:
        send = await way(session, app.base_url)
        first = await send({**FRAMES[kind], "id": "first"})
        assert first["type"] == "ack"
        for _ in range(3):
            refused = await send({"type": "say", "text": "Grace", "id": "second"})
            assert (refused["code"], refused["retry_after"] > 0) == ("too_many", True)
            assert await send({**FRAMES[kind], "id": "first"}) == first


@WAYS
async def test_a_repeat_counts_for_nothing_and_gives_nothing(
    database_url: str, folder: Path, session: aiohttp.ClientSession, way: Any
) -> None:
    async with running(config_for(database_url, folder, messages_a_minute=2), targets={}) as app:
        send = await way(session, app.base_url)
        first = await send({**FRAMES["say"], "id": "first"})
        for _ in range(4):
            assert await send({**FRAMES["say"], "id": "first"}) == first
        assert (await send({**FRAMES["say"], "id": "second"}))["type"] == "ack"
        for _ in range(4):
            assert await send({**FRAMES["say"], "id": "first"}) == first
        assert (await send({**FRAMES["say"], "id": "third"}))["code"] == "too_many"


async def test_a_repeat_is_answered_where_the_address_may_say_no_more(
    database_url: str, folder: Path, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "ADDRESS_TIMES", 2)
    async with running(config_for(database_url, folder, messages_a_minute=1), targets={}) as app:
        visitors = [await by_socket(session, app.base_url) for _ in range(3)]
        one, other, third = visitors
        first = await one({**FRAMES["say"], "id": "first"})
        assert (await other({**FRAMES["say"], "id": "first"}))["type"] == "ack"
        assert (await third({**FRAMES["say"], "id": "first"}))["code"] == "too_many"
        assert await one({**FRAMES["say"], "id": "first"}) == first


async def test_a_proof_that_was_used_up_is_no_reason_not_to_answer_a_repeat(
    database_url: str, folder: Path, session: aiohttp.ClientSession
) -> None:
    async with running(checked(database_url, folder), targets={}) as app:
        caller = Caller(session, app.base_url)
        await caller.start()
        await caller.say("1", "Ada")
        _, answer = await caller.say("2", "ada@example.com")
        proof = solved(answer["error"]["challenge"])
        first = await caller.say("2", "ada@example.com", proof=proof)
        assert first[0] == 200
        assert await caller.say("2", "ada@example.com", proof=proof) == first


async def test_a_flood_of_repeats_is_a_flood_of_readings(
    database_url: str, folder: Path, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch)
    async with running(config_for(database_url, folder, messages_a_minute=1), targets={}) as app:
        send = await by_socket(session, app.base_url)
        answers = [(await send({**FRAMES["say"], "id": "first"}))["type"] for _ in range(READINGS + 5)]
        assert answers[:READINGS] == ["ack"] * READINGS
        assert answers[-1] == "error"


READINGS = 6


def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a few readings for a conversation, a little more for an address."""
    monkeypatch.setattr(rates, "READINGS_LEAST", READINGS)
    monkeypatch.setattr(rates, "READINGS_A_MESSAGE", 1)
    monkeypatch.setattr(rates, "ADDRESS_TIMES", 3)


async def test_reading_too_fast_is_refused_and_who_speaks_is_heard_all_the_same(
    database_url: str, folder: Path, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch)
    async with running(config_for(database_url, folder, messages_a_minute=4), targets={}) as app:
        visitor = WireVisitor(session, app.base_url, "welcome")
        await visitor.connect()
        for _ in range(READINGS + 1):
            await visitor.send({"type": "catch_up", "after": 0})
        while (refused := await visitor.receive())["type"] != "error":
            pass
        assert refused["code"] == "too_many" and 0 < refused["retry_after"] <= 60 / READINGS
        assert refused["message"].startswith("That was a little fast.")
        assert await visitor.says("Ada") == "Where shall it go, Ada?"

        caller = Caller(session, app.base_url)
        caller.token, caller.conversation = visitor.welcome["token"], visitor.welcome["conversation"]
        headers = {"Authorization": f"Bearer {caller.token}"}
        address = f"{app.base_url}/api/v1/conversations/{caller.conversation}/messages"
        async with session.get(address, headers=headers) as answer:
            assert (answer.status, (await answer.json())["error"]["code"]) == (429, "too_many")
            assert int(answer.headers["Retry-After"]) > 0
        # Who polls is refused by a status: a frame would look like news.
        body = {"type": "catch_up", "after": 0, "token": caller.token, "conversation": caller.conversation}
        async with session.post(f"{app.base_url}/api/v1/frames", json=body) as answer:
            assert (answer.status, int(answer.headers["Retry-After"]) > 0) == (429, True)
        # Coming back is reading, too.
        again = WireVisitor(session, app.base_url, "welcome")
        again.token = caller.token
        refused = await again.connect()
        assert (refused["type"], refused["code"], refused["retry_after"] > 0) == ("error", "too_many", True)
        # Others are not held up by it.
        assert (await WireVisitor(session, app.base_url, "welcome").connect())["type"] == "welcome"


async def test_whoever_tries_tokens_and_conversations_that_are_not_theirs_is_bounded_by_their_address(
    database_url: str, folder: Path, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch)
    async with running(config_for(database_url, folder, messages_a_minute=1), targets={}) as app:
        caller, statuses = Caller(session, app.base_url), []
        for number in range(READINGS * 3 + 1):
            caller.token = f"{number:043d}"
            guesses = [("GET", f"/conversations/{number}/messages", None), ("POST", "/hello", {"token": caller.token})]
            method, path, body = guesses[number % 2]
            statuses.append((await caller.call(method, path, **({"json": body} if body else {})))[0])
        assert set(statuses[:-1]) == {404}
        assert statuses[-1] == 429


async def test_no_honest_widget_meets_the_bound_of_reading(
    database_url: str, folder: Path, session: aiohttp.ClientSession
) -> None:
    """As many messages as may be said, heard in ten tabs that poll, each of which came back ten times."""
    async with running(config_for(database_url, folder, messages_a_minute=60), targets={}) as app:
        first = PlainVisitor(session, app.base_url)
        await first.enter()
        tabs = [PlainVisitor(session, app.base_url) for _ in range(10)]

        async def live(tab: PlainVisitor) -> None:
            tab.talk = first.talk
            for _ in range(10):
                [welcome] = await tab.send("hello", script="welcome", after=1)
                assert welcome["type"] == "welcome"
            for _ in range(60):
                assert "error" not in [frame["type"] for frame in await tab.send("catch_up", after=1)]

        await asyncio.gather(*map(live, tabs))
        assert (await first.send("say", id="a", text="Ada"))[0]["type"] == "ack"
