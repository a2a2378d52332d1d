"""Laws 3 and 4: an event is processed once, and of two who decided on the same state one has lost."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from storage import conversations
from storage.conversations import AlreadySaved, SavedTurn, StoredConversation
from storage.database import Database, open_database
from storage.errors import Conflict
from tests.storage.samples import begun, bot, new_turn, said, saved, visitor


@pytest_asyncio.fixture(loop_scope="session")
async def elsewhere(database_url: str) -> AsyncIterator[Database]:
    """The same database, as another process has it."""
    async with await open_database(database_url) as opened:
        yield opened


async def outcome(database: Database, stored: StoredConversation, text: str, external_id: str | None) -> Any:
    new = new_turn(said(text), stored.state, [visitor(text), bot(f"re {text}")], external_id=external_id)
    try:
        return await saved(database, stored, new)
    except (AlreadySaved, Conflict) as lost:
        return lost


async def test_a_redelivered_event_makes_one_turn_wherever_it_arrives(database: Database, elsewhere: Database) -> None:
    stored = await begun(database)
    for round_number in range(8):
        event = f"m{round_number}"
        outcomes = await asyncio.gather(
            *(outcome((database, elsewhere)[n % 2], stored, "hello", event) for n in range(6))
        )
        (won,) = [one for one in outcomes if isinstance(one, SavedTurn)]
        for lost in outcomes:
            if isinstance(lost, AlreadySaved):
                assert (lost.record.number, lost.record.messages) == (won.number, won.messages)
        assert sum(isinstance(lost, AlreadySaved | Conflict) for lost in outcomes) == 5
        again = await outcome(elsewhere, won.conversation, "hello", event)
        assert isinstance(again, AlreadySaved)
        assert again.record.messages == won.messages
        stored = won.conversation
    history = await database.read(lambda tx: conversations.history(tx, stored.id))
    assert [turn.external_id for turn in history] == [None, *(f"m{number}" for number in range(8))]


async def test_of_two_who_decided_on_the_same_state_one_wins(database: Database, elsewhere: Database) -> None:
    stored = await begun(database)
    for round_number in range(10):
        outcomes = await asyncio.gather(
            outcome(database, stored, f"here {round_number}", None),
            outcome(elsewhere, stored, f"there {round_number}", None),
        )
        (won,) = [one for one in outcomes if isinstance(one, SavedTurn)]
        (lost,) = [one for one in outcomes if one is not won]
        assert isinstance(lost, Conflict)
        assert won.number == round_number + 2
        stored = won.conversation
    assert await elsewhere.read(lambda tx: conversations.find_by_id(tx, stored.id)) == stored


async def test_everybody_gets_through_by_deciding_again(database: Database, elsewhere: Database) -> None:
    first = await begun(database)

    async def speak(node: Database, text: str) -> None:
        while True:
            stored = await node.read(lambda tx: conversations.find_by_id(tx, first.id))
            assert stored is not None
            if isinstance(await outcome(node, stored, text, text), SavedTurn):
                return

    texts = [f"{number}" for number in range(12)]
    await asyncio.gather(*(speak((database, elsewhere)[n % 2], text) for n, text in enumerate(texts)))
    history = await database.read(lambda tx: conversations.history(tx, first.id))
    messages = [message for turn in history for message in turn.messages]
    assert [turn.number for turn in history] == list(range(1, 14))
    assert [message["seq"] for message in messages] == list(range(1, 26))
    assert sorted(message["text"] for message in messages if message["from"] == "visitor") == sorted(texts)


async def test_two_who_begin_at_the_same_moment_end_up_in_one_conversation(
    database: Database, elsewhere: Database
) -> None:
    outcomes = await asyncio.gather(
        *(begun((database, elsewhere)[n % 2], address="a") for n in range(6)), return_exceptions=True
    )
    assert sum(isinstance(one, StoredConversation) for one in outcomes) == 1
    assert sum(isinstance(one, Conflict) for one in outcomes) == 5
