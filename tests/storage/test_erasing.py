from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from dialogs.desk.acts import Note
from dialogs.desk.standing import Phase
from dialogs.effects import HandOff, SetTimer
from storage import conversations, handoffs, inbox, leads, magnets, outbox
from storage.conversations import NewGrant, StoredConversation
from storage.database import Database, open_database
from storage.errors import Conflict
from storage.tables import FACTS, TABLES
from storage.transaction import Transaction
from tests.storage.desk_samples import ANNA, did, line, on_desk, route
from tests.storage.samples import NOON, answering, begun, later, lead_with, new_turn, said, saved, visitor

CANARY = "canary-7f3a"
CARD, OFFER, MAIL = "C024BE91L:1503435956.000247", "D024BE91L:1503435957.000100", "<17.alert@example.com>"


async def somebody(database: Database) -> StoredConversation:
    """A lead with everything that a lead may have."""
    stored = await begun(database, address=f"address-{CANARY}", person=f"person-{CANARY}")
    await database.write(lambda tx: magnets.load_codes(tx, "codes", ["C1", "C2"]))
    code = await database.write(lambda tx: magnets.take_code(tx, "codes", magnet="discount", token="t1", at=NOON))
    answers = {"email": f"{CANARY}@example.com", "first_name": CANARY}
    after = replace(stored.state, answers=answers, acts=())
    new = new_turn(
        said(CANARY),
        after,
        [visitor(CANARY)],
        lead=answering(answers, identities=[("email", f"{CANARY}@example.com")], tags_added=(CANARY,)),
        effects=(HandOff(to="sales", reason=CANARY), SetTimer(name="left", due=later(9))),
        grants=(NewGrant(token="t1", magnet="discount", kind="code", payload={"code": code, "for": CANARY}),),
        external_id=CANARY,
    )
    turn = await saved(database, stored, new)
    await database.write(
        lambda tx: inbox.take_in(
            tx, channel="web", external_id="e1", raw=CANARY, at=NOON, address=f"address-{CANARY}", reason="junk"
        )
    )
    return await worked_on(database, turn.conversation, turn.handoffs[0])


async def worked_on(database: Database, stored: StoredConversation, handoff: int) -> StoredConversation:
    """The lead after people have dealt with it."""
    stored = await route(database, stored, handoff, entries=(line("asked_again", text=CANARY),))
    note = did(handoff, Note(text=CANARY))
    stored = await on_desk(
        database, stored, note, line("note", "Anna", CANARY), phase=Phase.CLOSED, verdict_reason=CANARY, rep=ANNA
    )
    await database.write(lambda tx: handoffs.keep_post(tx, handoff, "slack", "card", CARD, "digest", later(1)))
    await database.write(lambda tx: handoffs.keep_post(tx, handoff, "email", "card", MAIL, "digest", later(1)))
    await database.write(lambda tx: handoffs.keep_post(tx, handoff, "slack", "offer:anna", OFFER, "digest", later(1)))
    await database.write(lambda tx: handoffs.relayed(tx, handoff, "slack", 3))
    clicked = f'{{"message": {{"ts": "1503435956.000247", "text": "{CANARY} is hot"}}}}'
    for number, reason in enumerate((None, "who would know")):
        await database.write(
            lambda tx, n=number, why=reason: inbox.take_in(  # type: ignore[misc]
                tx, channel="slack", external_id=f"click {n}", raw=clicked, at=NOON, reason=why
            )
        )
    await database.write(
        lambda tx: inbox.take_in(tx, channel="slack", external_id="other", raw='{"ts": "1503435999.1"}', at=NOON)
    )
    return stored


async def public_id(database: Database, lead_id: int | None) -> str:
    page = await database.read(leads.list_leads)
    return next(line.public_id for line in page.leads if line.id == lead_id)


async def everything_stored(database: Database) -> str:
    """All rows of all tables, as text."""

    def unit(tx):  # type: ignore[no-untyped-def]
        return "\n".join(repr(row) for table in TABLES for row in tx.connection.execute(text(f"SELECT * FROM {table}")))

    stored: str = await database.read(unit)
    return stored


async def test_everything_of_an_erased_person_goes(database: Database) -> None:
    stored = await somebody(database)
    assert CANARY in await everything_stored(database)
    key = await public_id(database, stored.lead_id)
    erasure = await database.write(lambda tx: leads.erase_lead(tx, key, later(100)))
    assert erasure is not None
    assert (erasure.leads, erasure.conversations) == (1, (stored.id,))
    assert erasure.references == (("slack", "card", CARD), ("email", "card", MAIL), ("slack", "offer:anna", OFFER))
    assert CANARY not in await everything_stored(database)
    assert await database.write(lambda tx: leads.erase_lead(tx, key, later(101))) is None


async def test_others_and_what_is_counted_stay(database: Database) -> None:
    stored = await somebody(database)
    other = await lead_with(database, "other", {"first_name": "Other"})
    facts = await database.read(lambda tx: tx.connection.execute(select(func.count()).select_from(FACTS)).scalar())
    key = await public_id(database, stored.lead_id)
    await database.write(lambda tx: leads.erase_lead(tx, key, later(100)))
    assert facts == await database.read(
        lambda tx: tx.connection.execute(select(func.count()).select_from(FACTS)).scalar()
    )
    assert await database.read(lambda tx: conversations.find(tx, "web", "other")) == other
    (pool,) = await database.read(magnets.pools)
    assert (pool.left, pool.taken) == (1, 1)


async def test_nothing_waits_to_be_done_for_an_erased_person(database: Database) -> None:
    stored = await somebody(database)
    (effect,) = await database.write(lambda tx: outbox.due(tx, later(1), limit=9, owner="me", lease_seconds=60))
    key = await public_id(database, stored.lead_id)
    await database.write(lambda tx: leads.erase_lead(tx, key, later(100)))
    assert not await database.write(lambda tx: outbox.done(tx, effect.id, "me"))
    left = await database.write(lambda tx: outbox.due(tx, later(999), limit=9, owner="me", lease_seconds=60))
    assert [one.kind for one in left] == [outbox.FORGET_POSTS, outbox.FORGET_POSTS]


async def test_what_was_put_out_about_an_erased_person_is_queued_to_be_taken_down(database: Database) -> None:
    stored = await somebody(database)
    key = await public_id(database, stored.lead_id)
    await database.write(lambda tx: leads.erase_lead(tx, key, later(100)))
    left = await database.write(lambda tx: outbox.due(tx, later(100), limit=9, owner="me", lease_seconds=60))
    assert [(one.conversation_id, one.payload) for one in left] == [
        (None, {"slack": [["card", CARD], ["offer:anna", OFFER]]}),
        (None, {"email": [["card", MAIL]]}),
    ]
    assert await database.read(lambda tx: handoffs.find_post(tx, "slack", CARD)) is None
    (waiting,) = await database.read(lambda tx: inbox.waiting(tx, "slack"))
    assert waiting.external_id == "other"


async def test_a_conversation_that_is_going_on_notices_that_it_was_erased(database: Database) -> None:
    stored = await somebody(database)
    key = await public_id(database, stored.lead_id)
    await database.write(lambda tx: leads.erase_lead(tx, key, later(100)))
    with pytest.raises(Conflict):
        await saved(database, stored, new_turn(said("still there?"), stored.state, [visitor("still there?")]))
    assert await database.read(lambda tx: conversations.find_by_id(tx, stored.id)) is None


async def test_an_erased_number_is_never_given_again(database: Database) -> None:
    stored = await somebody(database)
    key = await public_id(database, stored.lead_id)
    await database.write(lambda tx: leads.erase_lead(tx, key, later(100)))
    assert (await begun(database, address="new")).id > stored.id


async def test_it_can_be_told_that_somebody_was_erased(database: Database) -> None:
    stored = await somebody(database)
    key = await public_id(database, stored.lead_id)
    assert not await database.read(lambda tx: leads.was_erased(tx, "email", f"{CANARY}@example.com"))
    await database.write(lambda tx: leads.erase_lead(tx, key, later(100)))
    assert await database.read(lambda tx: leads.was_erased(tx, "email", f"{CANARY}@example.com"))
    assert not await database.read(lambda tx: leads.was_erased(tx, "email", "somebody@example.com"))


async def test_a_person_may_be_erased_with_all_their_visits(database: Database) -> None:
    one = await lead_with(database, "a", {"email": "x@example.com"})
    two = await lead_with(database, "b", {"email": "x@example.com"})
    three = await lead_with(database, "c", {"email": "x@example.com"})
    key = await public_id(database, three.lead_id)
    sheet = await database.read(lambda tx: leads.show_lead(tx, key))
    assert sheet is not None
    alone = next(line.public_id for line in sheet.linked)
    erasure = await database.write(lambda tx: leads.erase_lead(tx, alone, later(1)))
    assert erasure is not None
    assert erasure.conversations == (one.id,)
    erasure = await database.write(lambda tx: leads.erase_lead(tx, key, later(1), linked=True))
    assert erasure is not None
    assert erasure.conversations == (two.id, three.id)


async def test_what_the_visitor_said_before_they_were_a_lead_goes_too(database: Database) -> None:
    quiet = await begun(database, address="quiet", person="same")
    stored = await lead_with(database, "loud", {"first_name": "A"}, person="same")
    key = await public_id(database, stored.lead_id)
    await database.write(lambda tx: leads.erase_lead(tx, key, later(1)))
    assert await database.read(lambda tx: conversations.find_by_id(tx, quiet.id)) is None


async def test_no_byte_of_an_erased_person_is_left_in_the_files(sqlite_url: str, tmp_path: Path) -> None:
    async with await open_database(sqlite_url) as database:
        stored = await somebody(database)
        key = await public_id(database, stored.lead_id)
        await database.write(lambda tx: leads.erase_lead(tx, key, later(100)))
        await database.scrub()
        files = [path for path in tmp_path.iterdir() if path.is_file()]
        assert len(files) >= 2
        assert [path.name for path in files if CANARY.encode() in path.read_bytes()] == []
    assert [path.name for path in tmp_path.iterdir() if path.is_file() and CANARY.encode() in path.read_bytes()] == []


@pytest.mark.postgres
async def test_postgres_clears_its_tables(postgres_url: str) -> None:
    async with await open_database(postgres_url) as database:
        stored = await somebody(database)
        key = await public_id(database, stored.lead_id)

        def erase(tx: Transaction) -> None:
            leads.erase_lead(tx, key, later(100))
            # Else the server may count what was deleted only after it has cleared it away.
            tx.connection.execute(text("SELECT pg_stat_force_next_flush()"))

        await database.write(erase)
        await database.scrub()
        dead = "SELECT coalesce(sum(n_dead_tup), 0) FROM pg_stat_user_tables WHERE relname = 'turns'"
        assert await database.read(lambda tx: tx.connection.execute(text(dead)).scalar()) == 0
