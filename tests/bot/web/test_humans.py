"""The check before what costs something: asked where it is due, nothing lost meanwhile, and not asked again."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.app import Application
from bot.channels.web import person_of
from bot.config import HumanCheckSettings
from storage import conversations, human_checks
from storage.erasing import erase_talk
from tests.application import HeardTarget, WireVisitor, config_for, running
from tests.bot.human_checks.test_kinds import solved
from tests.bot.web.test_api import Caller


def checked(database_url: str, folder: Path, **wanted: Any) -> Any:
    check = HumanCheckSettings(kind="puzzle", **wanted)
    return replace(config_for(database_url, folder), human_check=check)


async def say(visitor: WireVisitor, text: str, **more: Any) -> dict[str, Any]:
    """Say something with an id of its own, and wait for the word on it."""
    await visitor.send({"type": "say", "id": text, "text": text, **more})
    frame = await visitor.receive()
    while frame.get("id") != text:
        frame = await visitor.receive()
    return frame


async def turns_of(app: Application, visitor: WireVisitor) -> int:
    standing = await app.manager.find_public(visitor.welcome["conversation"])
    assert standing is not None
    return len(await app.database.read(lambda tx: conversations.history(tx, standing.conversation_id)))


async def test_before_a_gift_a_proof_is_asked_for_and_the_message_is_said_again_with_it(
    database_url: str, folder: Path, session: aiohttp.ClientSession
) -> None:
    async with running(checked(database_url, folder), targets={"terminal": HeardTarget()}) as app:
        visitor = WireVisitor(session, app.base_url, "welcome")
        await visitor.connect()
        assert (await say(visitor, "Ada"))["type"] == "ack"
        refused = await say(visitor, "ada@example.com")
        assert (refused["type"], refused["code"]) == ("error", "human_check")
        assert await turns_of(app, visitor) == 2
        wrong = await say(visitor, "ada@example.com", proof="no.proof.at.all")
        assert wrong["code"] == "human_check" and wrong["challenge"] != refused["challenge"]
        assert (await say(visitor, "ada@example.com", proof=solved(refused["challenge"])))["type"] == "ack"
        while not any("card" in one for one in visitor.messages.values()):
            await visitor.receive()
        assert (await say(visitor, "80"))["type"] == "ack"  # Gives a code: who was checked is not asked again.
        await visitor.close()


async def test_many_talks_from_one_address_are_checked_and_the_first_few_are_not(
    database_url: str, folder: Path, session: aiohttp.ClientSession
) -> None:
    config = checked(database_url, folder, after=2)
    async with running(config, targets={"terminal": HeardTarget()}) as app:
        for _ in range(2):
            await Caller(session, app.base_url).start()
        third = Caller(session, app.base_url)
        status, answer = await third.call("POST", "/conversations", json={"script": "welcome"})
        assert (status, answer["error"]["code"]) == (403, "human_check")
        welcome = await third.start(proof=solved(answer["error"]["challenge"]))
        assert welcome["messages"]
        visitor = WireVisitor(session, app.base_url, "welcome")
        error = await visitor.connect()
        assert error["code"] == "human_check"
        visitor = WireVisitor(session, app.base_url, "welcome")
        assert (await visitor.connect(proof=solved(error["challenge"])))["type"] == "welcome"
        await visitor.close()


async def test_only_what_is_named_is_checked(database_url: str, folder: Path, session: aiohttp.ClientSession) -> None:
    config = checked(database_url, folder, before=("handoff",), after=0)
    async with running(config, targets={"terminal": HeardTarget()}) as app:
        caller = Caller(session, app.base_url)
        await caller.start()
        for number, text in enumerate(("Ada", "ada@example.com", "80")):
            status, _ = await caller.say(str(number), text)
            assert status == 200
        status, answer = await caller.say("3", "a person please")
        assert (status, answer["error"]["code"]) == (403, "human_check")
        status, _ = await caller.say("3", "a person please", proof=solved(answer["error"]["challenge"]))
        assert status == 200


async def test_a_puzzle_of_one_node_is_solved_at_another_once_and_whoever_did_is_cleared_at_both(
    database_url: str, folder: Path, session: aiohttp.ClientSession
) -> None:
    config, target = checked(database_url, folder, before=("handoff",)), HeardTarget()
    async with (
        running(config, targets={"terminal": target}) as one,
        running(config, targets={"terminal": target}) as other,
    ):
        ada, eve = Caller(session, one.base_url), Caller(session, one.base_url)
        await ada.start()
        await eve.start()
        for caller in (ada, eve):
            await caller.say("1", "Ada")
        _, answer = await ada.say("2", "a person please")
        proof = solved(answer["error"]["challenge"])
        there = Caller(session, other.base_url)
        there.token, there.conversation = ada.token, ada.conversation
        status, _ = await there.say("2", "a person please", proof=proof)
        assert status == 200
        # Used: nobody else gets in by it, on neither node.
        for base_url in (one.base_url, other.base_url):
            eve.base_url = base_url
            status, answer = await eve.say("2", "a person please", proof=proof)
            assert (status, answer["error"]["code"]) == (403, "human_check")
        person = person_of(ada.token)
        assert one._visitors._humans is not None
        assert await one._visitors._humans._is_cleared(person)
    async with running(config, targets={"terminal": HeardTarget()}) as again:
        there = Caller(session, again.base_url)
        there.token, there.conversation = ada.token, ada.conversation
        await there.say("3", "restart")
        await there.say("4", "Ada")
        status, _ = await there.say("5", "a person please")
        assert status == 200
        # Whoever is erased is a stranger again.
        standing = await again.manager.find_public(ada.conversation)
        assert standing is not None
        await again.database.write(lambda tx: erase_talk(tx, standing.conversation_id, again.clock()))
        assert await again.database.read(lambda tx: human_checks.cleared_until(tx, person)) is None
        await again.database.write(lambda tx: human_checks.clear(tx, person, again.clock()))
        # An hour later, what was kept of it is of no use, and goes.
        erased = await again.database.write(lambda tx: human_checks.cleared_until(tx, person))
        assert erased is not None
        await again.database.write(lambda tx: human_checks.tidy(tx, erased + timedelta(seconds=1)))
        assert await again.database.read(lambda tx: human_checks.cleared_until(tx, person)) is None
