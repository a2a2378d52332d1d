from dataclasses import replace

import pytest

from storage import conversations
from storage.conversations import AlreadySaved
from storage.database import Database
from storage.errors import Conflict
from tests.storage.samples import answering, arrived, begun, bot, later, new_turn, said, saved, visitor


async def test_a_conversation_is_found_as_it_was_saved(database: Database) -> None:
    stored = await begun(database)
    assert await database.read(lambda tx: conversations.find(tx, "web", "a")) == stored
    assert await database.read(lambda tx: conversations.find_by_public_id(tx, "public-a")) == stored
    assert await database.read(lambda tx: conversations.find(tx, "telegram", "a")) is None


async def test_a_saved_turn_is_how_the_conversation_stands(database: Database) -> None:
    stored = await begun(database)
    after = replace(stored.state, answers={"first_name": "Ada"}, step="ask.email")
    new = new_turn(
        said("Ada", later(5)),
        after,
        [visitor("Ada"), bot("And your e-mail?")],
        lead=answering({"first_name": "Ada"}),
        external_id="one",
    )
    turn = await saved(database, stored, new)
    assert (turn.number, turn.first_seq, turn.last_seq, turn.lead_created) == (2, 2, 3, True)
    assert [message["seq"] for message in turn.messages] == [2, 3]
    found = await database.read(lambda tx: conversations.find(tx, "web", "a"))
    assert found == turn.conversation
    assert found.state == after
    assert found.visited == later(5)


async def test_messages_after_a_number_come_in_order(database: Database) -> None:
    stored = await begun(database)
    for number in range(5):
        new = new_turn(said(f"{number}"), stored.state, [visitor(f"{number}"), bot(f"re {number}")])
        stored = (await saved(database, stored, new)).conversation
    messages = await database.read(lambda tx: conversations.messages_after(tx, stored.id, 4))
    assert [(one["seq"], one["text"]) for one in messages] == [
        (5, "re 1"), (6, "2"), (7, "re 2"), (8, "3"), (9, "re 3"), (10, "4"), (11, "re 4"),
    ]  # fmt: skip
    assert len(await database.read(lambda tx: conversations.messages_after(tx, stored.id, 0, limit=3))) == 3


async def test_who_decided_on_an_older_state_has_lost(database: Database) -> None:
    stored = await begun(database)
    await saved(database, stored, new_turn(said("first"), stored.state, [visitor("first")]))
    with pytest.raises(Conflict):
        await saved(database, stored, new_turn(said("second"), stored.state, [visitor("second")]))
    history = await database.read(lambda tx: conversations.history(tx, stored.id))
    assert [turn.event for turn in history] == [arrived(), said("first")]


async def test_a_repeated_event_is_answered_from_the_record(database: Database) -> None:
    stored = await begun(database)
    new = new_turn(said("Ada"), stored.state, [visitor("Ada"), bot("Hi Ada")], external_id="m1")
    first = await saved(database, stored, new)
    for basis in (stored, first.conversation):
        with pytest.raises(AlreadySaved) as caught:
            await saved(database, basis, new)
        assert caught.value.record.messages == first.messages
    assert (await database.read(lambda tx: conversations.find(tx, "web", "a"))) == first.conversation


async def test_two_who_begin_the_same_conversation_cannot_both(database: Database) -> None:
    await begun(database)
    with pytest.raises(Conflict):
        await begun(database)


async def test_any_text_survives(database: Database) -> None:
    stored = await begun(database)
    text = "nul \x00 lone \ud800 emoji 🦊 עברית 'quote\" \\ \u2028"
    new = new_turn(
        said(text),
        replace(stored.state, answers={"note": text}),
        [visitor(text)],
        lead=answering({"note": text}, identities=[("email", text)]),
        external_id="id \x00\ud800",
    )
    turn = await saved(database, stored, new)
    found = await database.read(lambda tx: conversations.find(tx, "web", "a"))
    assert found is not None
    assert found.state.answers["note"] == text
    (_, message) = await database.read(lambda tx: conversations.messages_after(tx, stored.id, 0))
    assert message["text"] == text
    assert await database.read(lambda tx: conversations.events_of(tx, stored.id)) == [arrived(), said(text)]
    assert turn.lead_created
