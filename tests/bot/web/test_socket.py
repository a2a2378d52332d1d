"""The visitor's socket: saved before it is acknowledged, shown once, resumed from the watermark, safe from rubbish."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from bot.app import Application
from storage import conversations
from tests.application import HeardTarget, WireVisitor


async def another(app: Application, session: aiohttp.ClientSession, token: str | None = None) -> WireVisitor:
    visitor = WireVisitor(session, app.base_url, "welcome")
    visitor.token = token
    await visitor.connect()
    return visitor


async def test_a_conversation_from_hello_to_a_hot_lead(visitor: WireVisitor, target: HeardTarget) -> None:
    assert visitor.transcript == [("bot", "What may I call you?")]
    assert await visitor.says("I'm Ada") == "Where shall it go, Ada?"
    answer = await visitor.says("ada@example.com")
    assert answer.endswith("How many people?")
    await visitor.says("80")
    assert "Thank you, Ada!" in await visitor.presses("This month")
    assert visitor.status == "ended"
    assert [one["seq"] for one in visitor.messages.values()] == list(range(1, len(visitor.messages) + 1))
    handoff = await target.wait()
    assert handoff.desk.reasons == ("Ready to buy",)
    assert ("email", "ada@example.com") in handoff.lead.contacts
    assert ("Team size", "80") in handoff.lead.answers
    assert handoff.lead.stage == "mql"


async def test_an_acknowledged_message_is_on_disk(app: Application, visitor: WireVisitor) -> None:
    await visitor.says("Ada")
    standing = await app.manager.find_public(visitor.welcome["conversation"])
    assert standing is not None
    stored = await app.database.read(lambda tx: conversations.find_by_id(tx, standing.conversation_id))
    assert stored is not None
    assert stored.state.answers == {"first_name": "Ada"}
    messages = await app.database.read(lambda tx: conversations.messages_after(tx, stored.id, 0))
    assert [one["text"] for one in messages] == ["What may I call you?", "Ada", "Where shall it go, Ada?"]


async def test_a_repeat_is_answered_from_the_record(visitor: WireVisitor) -> None:
    await visitor.says("Ada", client_id="one")
    seen = dict(visitor.messages)
    await visitor.send({"type": "say", "id": "one", "text": "Ada"})
    frame = await visitor.receive()
    assert (frame["type"], frame["seq"]) == ("ack", 2)
    assert await visitor.says("ada@example.com") != ""
    assert {seq: visitor.messages[seq] for seq in seen} == seen


async def test_two_quick_messages_are_two_turns_in_order(visitor: WireVisitor) -> None:
    await visitor.send({"type": "say", "id": "1", "text": "Ada"})
    await visitor.send({"type": "say", "id": "2", "text": "ada@example.com"})
    acks: list[str] = []
    while len(acks) < 2:
        frame = await visitor.receive()
        acks += [frame["id"]] if frame["type"] == "ack" else []
    while not visitor.transcript[-1][1].startswith("How many"):
        await visitor.receive()
    assert acks == ["1", "2"]


async def test_after_a_break_the_visitor_gets_what_came_after_the_watermark(
    app: Application, session: aiohttp.ClientSession, visitor: WireVisitor
) -> None:
    await visitor.says("Ada")
    await visitor.close()
    again = WireVisitor(session, app.base_url, "welcome")
    again.token = visitor.token
    welcome = await again.connect(after=2)
    assert [one["seq"] for one in welcome["messages"]] == [3]
    assert welcome["conversation"] == visitor.welcome["conversation"]
    await again.close()


async def test_two_tabs_show_the_same_transcript(
    app: Application, session: aiohttp.ClientSession, visitor: WireVisitor
) -> None:
    tab = await another(app, session, visitor.token)
    await visitor.says("Ada")
    while len(tab.messages) < 3:
        await tab.receive()
    assert tab.transcript == visitor.transcript
    await tab.close()


async def test_a_returning_visitor_is_not_asked_again_and_a_stranger_learns_nothing(
    app: Application, session: aiohttp.ClientSession, visitor: WireVisitor, folder: Any
) -> None:
    await visitor.says("Ada")
    await visitor.says("ada@example.com")
    text = (folder / "welcome.yaml").read_text("utf-8").replace("dialog: welcome", "dialog: second")
    (folder / "second.yaml").write_text(text, "utf-8")
    from bot.folder import ScriptFolder
    from bot.magnets import MAGNET_OPTIONS

    await ScriptFolder(folder, app.database, app.scripts, MAGNET_OPTIONS, app.clock).scan()
    same = WireVisitor(session, app.base_url, "second")
    same.token = visitor.token
    await same.connect()
    assert same.transcript[-1][1] == "How many people?"
    stranger = WireVisitor(session, app.base_url, "second")
    await stranger.connect()
    await stranger.says("Eve")
    await stranger.says("ada@example.com")
    assert "Ada" not in json.dumps(stranger.frames)
    for one in (same, stranger):
        await one.close()


async def test_restart_begins_anew(visitor: WireVisitor) -> None:
    await visitor.says("Ada")
    await visitor.send({"type": "restart"})
    await visitor.receive()
    assert visitor.transcript[-1] == ("bot", "What may I call you?")


RUBBISH = [
    ("", "bad_frame"),
    ("no json", "bad_frame"),
    ("[]", "bad_frame"),
    ("null", "bad_frame"),
    ('{"type": "say"}', "bad_frame"),
    ('{"type": "say", "id": 7, "text": "x"}', "bad_frame"),
    ('{"type": "say", "id": "a", "text": ["x"]}', "bad_frame"),
    ('{"type": "say", "id": "a", "text": "   "}', "bad_frame"),
    ('{"type": "say", "id": "a", "text": "' + "x" * 20_000 + '"}', "too_long"),
    ('{"type": "catch_up", "after": -1}', "bad_frame"),
    ('{"type": "catch_up", "after": NaN}', "bad_frame"),
    ('{"type": "catch_up", "after": 1e999}', "bad_frame"),
    ('{"type": "nonsense"}', "bad_frame"),
    ('{"type": ' + "[" * 20_000 + "}", "bad_frame"),
]


@pytest.mark.parametrize(("frame", "code"), RUBBISH)
async def test_rubbish_gets_a_clear_error_and_the_talk_goes_on(visitor: WireVisitor, frame: str, code: str) -> None:
    await visitor.send(frame)
    error = await visitor.receive()
    assert (error["type"], error["code"]) == ("error", code)
    assert error["message"]
    assert await visitor.says("Ada") == "Where shall it go, Ada?"


async def test_a_frame_too_large_closes_the_socket_and_nothing_is_lost(
    app: Application, session: aiohttp.ClientSession, visitor: WireVisitor
) -> None:
    await visitor.says("Ada")
    await visitor.send({"type": "say", "id": "big", "text": "x" * 1_000_000})
    frame = await visitor.receive()
    assert frame["type"] == "closed" and (frame["code"] == 1009 or frame["data"] == 1009)
    again = await another(app, session, visitor.token)
    assert again.transcript[-1][1] == "Where shall it go, Ada?"
    await again.close()


async def test_without_hello_nothing_is_said(app: Application, session: aiohttp.ClientSession) -> None:
    async with session.ws_connect(f"{app.base_url}/ws") as socket:
        await socket.send_json({"type": "say", "id": "x", "text": "hi"})
        assert (await socket.receive_json())["code"] == "hello_first"


@pytest.mark.parametrize("token", ["x" * 43, "short", 7, {"$ne": None}, "' OR 1=1 --" + "x" * 30])
async def test_an_unknown_token_is_refused_clearly(
    app: Application, session: aiohttp.ClientSession, visitor: WireVisitor, token: Any
) -> None:
    stranger = WireVisitor(session, app.base_url, "welcome")
    stranger.token = token
    error = await stranger.connect()
    assert (error["type"], error["code"]) == ("error", "unknown_token")
    await stranger.close()


async def test_an_unknown_script_is_refused_clearly(app: Application, session: aiohttp.ClientSession) -> None:
    stranger = WireVisitor(session, app.base_url, "nowhere")
    assert (await stranger.connect())["code"] == "unknown_script"
    await stranger.close()


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example", "http://127.0.0.1:1"]
)
async def test_a_foreign_website_is_refused_before_the_upgrade(
    app: Application, session: aiohttp.ClientSession, origin: str
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await session.ws_connect(f"{app.base_url}/ws", headers={"Origin": origin})
    assert refused.value.status == 403


async def test_hostile_texts_come_back_as_they_were_sent(visitor: WireVisitor) -> None:
    for text in (
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "a\u0000b",
        "\ud83d",
        "\u202eevil",
        "'; DROP TABLE leads;--",
    ):
        await visitor.says(text)
    said = [text for who, text in visitor.transcript if who == "visitor"]
    assert said[:2] == ["<script>alert(1)</script>", "{{ 7*7 }}"]
    assert "49" not in "".join(text for who, text in visitor.transcript if who == "bot")


async def test_a_flood_is_told_to_slow_down_and_nothing_acknowledged_is_lost(
    database_url: str, folder: Any, session: aiohttp.ClientSession
) -> None:
    from tests.application import config_for, running

    async with running(config_for(database_url, folder, messages_a_minute=5), targets={}) as app:
        visitor = await another(app, session)
        answers = [await visitor.says(f"n{n}") for n in range(8)]
        assert answers[-1] == "error: too_many"
        refused = next(frame for frame in visitor.frames if frame["type"] == "error")
        assert refused["retry_after"] > 0
        acked = [frame["id"] for frame in visitor.frames if frame["type"] == "ack"]
        assert len(acked) == 5
        await visitor.close()


async def test_fifty_visitors_at_once_each_get_their_own_talk(app: Application, session: aiohttp.ClientSession) -> None:
    async def talk(number: int) -> str:
        visitor = await another(app, session)
        await visitor.says(f"Visitor {'abcdefghijklmnopqrstuvwxyz'[number % 26]}")
        answer = await visitor.says(f"v{number}@example.com")
        await visitor.close()
        return answer

    answers = await asyncio.gather(*(talk(number) for number in range(50)))
    assert all("How many people?" in answer for answer in answers)


async def test_somebody_who_was_erased_while_talking_is_told_to_begin_anew(
    app: Application, session: aiohttp.ClientSession, visitor: WireVisitor
) -> None:
    from storage import leads

    await visitor.says("Ada")
    await visitor.says("ada@example.com")
    (lead,) = (await app.database.read(lambda tx: leads.list_leads(tx, leads.LeadFilter()))).leads
    await app.database.write(lambda tx: leads.erase_lead(tx, lead.public_id, app.clock()))
    await visitor.send({"type": "say", "id": "late", "text": "80"})
    assert (await visitor.receive())["code"] == "unknown_token"
    fresh = WireVisitor(session, app.base_url, "welcome")
    await fresh.connect()
    assert fresh.transcript == [("bot", "What may I call you?")]
    await fresh.close()
