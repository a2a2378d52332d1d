"""A person who takes over, as clients of the protocol hear of it: over the socket and over plain HTTP."""

import asyncio
from typing import Any

import aiohttp

from bot.app import Application
from tests.application import HeardTarget, WireVisitor
from tests.bot.web.test_api import Caller, undescribed
from tests.colleagues import anna, ben

ANNA = {"name": "Anna Berg"}


def shown(message: dict[str, Any]) -> dict[str, Any]:
    """A message without its number and time, and people without their pictures."""
    changed = {key: value for key, value in message.items() if key not in ("seq", "at")}
    people = {key: {"name": changed[key]["name"]} for key in ("persona", "joined") if key in changed}
    return changed | people


async def test_a_takeover_over_the_socket(app: Application, visitor: WireVisitor, target: HeardTarget) -> None:
    await visitor.says("a person, please")
    rep = anna(app)
    await rep.alerted(target)
    before = len(visitor.messages)
    reference = await rep.says("It costs 80.")
    frame = await visitor.receive()
    while len(visitor.messages) < before + 2:
        frame = await visitor.receive()
    joined, said = [shown(one) for _, one in sorted(visitor.messages.items())][-2:]
    assert (joined["from"], joined["joined"]) == ("bot", ANNA)
    assert joined["choices"] == [{"key": "leave_person", "label": "Back to the bot"}]
    came = {"event": "handoff", "detail": {"state": "came", "name": "Anna Berg"}}
    assert said == {"from": "rep", "text": "It costs 80.", "persona": ANNA, "id": reference, "happened": [came]}
    assert frame["status"] == "talking"

    await rep.revises(reference, "It costs 90.")
    await rep.revises(reference, None)
    while len(visitor.messages) < before + 4:
        await visitor.receive()
    revised = [shown(one) for _, one in sorted(visitor.messages.items())][-2:]
    assert [(one["id"], one["text"], one["revises"]) for one in revised] == [
        (reference, "It costs 90.", True),
        (reference, "", True),
    ]

    assert await visitor.says("Thank you") == ""
    assert visitor.status == "talking"
    assert "What may I call you?" in await visitor.says("Back to the bot", "leave_person")
    assert visitor.status == "asking"


async def test_a_picture_comes_with_the_name_where_there_is_one(
    app: Application, visitor: WireVisitor, target: HeardTarget
) -> None:
    await visitor.says("a person, please")
    rep, other = anna(app), ben(app)
    await rep.alerted(target)
    other.handoff = rep.handoff
    await rep.says("Anna here.")
    await rep.passes_on(other)
    await other.says("Ben here.")
    while visitor.transcript[-1] != ("rep", "Ben here."):
        await visitor.receive()
    people = [one["persona"] for _, one in sorted(visitor.messages.items()) if one["from"] == "rep"]
    joined = [one["joined"] for _, one in sorted(visitor.messages.items()) if "joined" in one]
    assert people == joined == [{**ANNA, "picture": rep.person.picture}, {"name": "Ben Hart"}]


async def test_typing_is_shown_in_every_window(
    app: Application, visitor: WireVisitor, session: aiohttp.ClientSession, target: HeardTarget
) -> None:
    other = WireVisitor(session, app.base_url, "welcome")
    other.token = visitor.token
    await other.connect()
    await visitor.says("a person, please")
    rep = anna(app)
    await rep.alerted(target)
    await rep.types()
    for window in (visitor, other):
        frame = await window.receive()
        while frame["type"] != "typing":
            frame = await window.receive()
        assert frame == {"type": "typing", "seconds": 6, "who": "rep", "name": "Anna Berg"}
    await other.close()


async def test_a_takeover_over_plain_http_as_it_is_described(
    app: Application, session: aiohttp.ClientSession, target: HeardTarget
) -> None:
    caller = Caller(session, app.base_url)
    await caller.start()
    _, answer = await caller.say("1", "a person, please")
    rep = anna(app)
    await rep.alerted(target)
    path = f"/conversations/{caller.conversation}/messages?after={answer['messages'][-1]['seq']}&wait=25"
    waiting = asyncio.create_task(caller.call("GET", path))
    while not app.channel.conversations():
        await asyncio.sleep(0)
    reference = await rep.says("Hello!")
    _, caught_up = await waiting
    await rep.revises(reference, None)
    _, said = await caller.say("2", "Good day")
    assert (caught_up["status"], said["status"], said["messages"]) == ("talking", "talking", [])
    _, everything = await caller.call("GET", f"/conversations/{caller.conversation}/messages?after=0")
    assert [one["text"] for one in everything["messages"] if one["from"] == "rep"] == ["Hello!", ""]
    schemas = (await caller.call("GET", "/openapi.json"))[1]["components"]["schemas"]
    for name, one in (("CaughtUp", caught_up), ("Said", said), ("CaughtUp", everything)):
        assert undescribed(one, schemas[name], schemas, name) == []
