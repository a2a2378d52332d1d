"""What a turn changes about the sales desk, as it can be searched afterwards."""

import asyncio
from dataclasses import replace

import pytest

from dialogs.desk.acts import Claim, Fill, GiveBack, Judge, Look, Note, Release, Speak, Verdict
from dialogs.desk.people import Rep
from dialogs.desk.standing import ENTRIES_MOST, Phase
from dialogs.effects import RepSay, ShowDesk, Whisper
from dialogs.events import TimerElapsed, VisitorLeft
from dialogs.stages import Stage
from dialogs.state import Status
from storage import conversations, handoffs, leads, outbox
from storage.conversations import StoredConversation
from storage.database import Database, open_database
from storage.errors import Conflict
from storage.handoffs import StoredHandoff
from storage.lead_lines import LeadLine
from tests.storage.desk_samples import (
    ANNA,
    BEN,
    PLAN,
    READY,
    claimed,
    did,
    handed_off,
    line,
    minutes,
    on_desk,
    route,
    routed,
)
from tests.storage.samples import NOON, answering, later, lead_with, new_turn, said, saved, visitor


async def found(database: Database, handoff: int) -> StoredHandoff:
    stored = await database.read(lambda tx: handoffs.find(tx, handoff))
    assert stored is not None
    return stored


async def lead_of(database: Database, stored: StoredConversation) -> LeadLine:
    page = await database.read(leads.list_leads)
    return next(one for one in page.leads if one.id == stored.lead_id)


async def reloaded(database: Database, stored: StoredConversation) -> StoredConversation:
    again = await database.read(lambda tx: conversations.find_by_id(tx, stored.id))
    assert again is not None
    return again


async def test_a_handoff_is_told_apart_before_it_is_routed(database: Database) -> None:
    _, handoff = await handed_off(database)
    stored = await found(database, handoff)
    assert (stored.phase, stored.rep, stored.route, stored.trace, stored.moved_at) == (None, None, "", (), NOON)


async def test_where_a_handoff_stands_can_be_searched(database: Database) -> None:
    stored, handoff = await routed(
        database, phase=Phase.OFFERED, offered_to=ANNA, until=later(30), entries=(line("offered", "Anna Berg"),)
    )
    one = await found(database, handoff)
    assert (one.phase, one.offered_to, one.until, one.rep) == (Phase.OFFERED, "anna", later(30), None)
    assert (one.route, one.trace) == ("enterprise", PLAN.trace)
    stored = await on_desk(database, stored, did(handoff, Look(), at=later(4)), offered_to=ANNA, seen_at=later(4))
    stored = await on_desk(
        database, stored, did(handoff, Claim(), at=later(9)), line("claimed", "Anna Berg", at=later(9)),
        phase=Phase.CLAIMED, offered_to=None, until=later(600), rep=ANNA, claimed_at=later(9),
    )  # fmt: skip
    stored = await on_desk(
        database, stored, did(handoff, Judge(verdict=Verdict.WON), at=later(99)),
        line("verdict", "Anna Berg", "won", at=later(99)), line("closed", at=later(99)),
        phase=Phase.CLOSED, until=None, spoken_at=later(50), verdict=Verdict.WON, verdict_reason="Ten seats\x00",
        amount="1200.50", currency="EUR",
    )  # fmt: skip
    one = await found(database, handoff)
    assert one.rep == Rep(key="anna", name="Anna Berg")
    assert (one.phase, one.offered_to, one.until) == (Phase.CLOSED, None, None)
    assert (one.seen_at, one.claimed_at, one.spoken_at, one.closed_at) == (later(4), later(9), later(50), later(99))
    assert (one.verdict, one.verdict_reason, one.amount, one.currency) == (
        Verdict.WON, "Ten seats\ufffd", "1200.50", "EUR",
    )  # fmt: skip
    assert [entry.what for entry in await database.read(lambda tx: handoffs.entries_of(tx, handoff))] == [
        "offered", "claimed", "verdict", "closed",
    ]  # fmt: skip
    assert await database.read(lambda tx: handoffs.conversation_of(tx, handoff)) == stored.id
    later_on = await on_desk(database, stored, did(handoff, Note(text="x"), at=later(500)), line("note", text="x"))
    assert (await found(database, handoff)).closed_at == later(99)
    assert (await reloaded(database, stored)).state == later_on.state


async def test_every_line_of_the_history_is_kept_though_the_state_keeps_the_newest(database: Database) -> None:
    stored, handoff = await routed(database)
    notes = [line("note", "Anna Berg", f"{number}") for number in range(ENTRIES_MOST + 5)]
    for note in notes:
        desk = stored.state.desk
        assert desk is not None
        entries = (*desk.entries, note)[-ENTRIES_MOST:]
        stored = await on_desk(database, stored, did(handoff, Note(text=note.text)), entries=entries)
        if note.text == "20":
            stored = await reloaded(database, stored)
    history = await database.read(lambda tx: handoffs.entries_of(tx, handoff))
    assert history == [line("routed"), *notes]


async def test_a_lead_belongs_to_whoever_has_it(database: Database) -> None:
    stored, handoff = await claimed(database, at=later(9))
    lead = await lead_of(database, stored)
    assert (lead.owner, lead.owned_at) == ("anna", later(9))
    stored = await on_desk(database, stored, did(handoff, Release(), at=later(20)), phase=Phase.OPEN, rep=None)
    assert (await lead_of(database, stored)).owner is None
    stored = await on_desk(
        database, stored, did(handoff, Claim(), BEN, later(30)), phase=Phase.CLAIMED, rep=BEN, claimed_at=later(30)
    )
    stored = await on_desk(
        database, stored, did(handoff, Judge(verdict=Verdict.LOST), BEN, later(40)), phase=Phase.CLOSED
    )
    lead = await lead_of(database, stored)
    assert (lead.owner, lead.owned_at) == ("ben", later(30))


async def test_a_lead_that_becomes_hot_again_keeps_its_owner_until_somebody_takes_it(database: Database) -> None:
    stored, first = await claimed(database)
    stored = await on_desk(database, stored, did(first, Judge(verdict=Verdict.LOST)), phase=Phase.CLOSED)
    turn = await saved(database, stored, new_turn(said("again"), stored.state, effects=(READY,)))
    second = turn.handoffs[0]
    stored = await route(database, turn.conversation, second)
    assert (await lead_of(database, stored)).owner == "anna"
    stored = await on_desk(database, stored, did(second, Claim(), BEN), phase=Phase.CLAIMED, rep=BEN)
    assert (await lead_of(database, stored)).owner == "ben"
    old = await found(database, first)
    assert (old.phase, old.rep) == (Phase.CLOSED, Rep(key="anna", name="Anna Berg"))


@pytest.mark.parametrize(
    ("verdict", "stage"),
    [
        (Verdict.ACCEPTED, Stage.SALES_ACCEPTED),
        (Verdict.SALES_QUALIFIED, Stage.SALES_QUALIFIED),
        (Verdict.WON, Stage.CUSTOMER),
        (Verdict.NOT_A_FIT, Stage.DISQUALIFIED),
    ],
)
async def test_a_stage_that_people_give_is_written_over_any_other(
    database: Database, verdict: Verdict, stage: Stage
) -> None:
    stored, handoff = await claimed(database)
    accept, qualified = did(handoff, Judge(verdict=Verdict.SALES_QUALIFIED)), {"stage": Stage.SALES_QUALIFIED}
    stored = await on_desk(database, stored, accept, line("verdict"), state=qualified)
    judged = did(handoff, Judge(verdict=verdict, reason="Because"))
    why = "Because" if verdict is Verdict.NOT_A_FIT else None
    stored = await on_desk(
        database, stored, judged, line("verdict"), state={"stage": stage, "disqualified": why}, verdict=verdict
    )
    lead = await lead_of(database, stored)
    assert (lead.stage, lead.disqualified) == (stage, why)


async def test_what_a_bot_or_a_filled_in_answer_makes_of_a_lead_changes_no_stage_that_people_gave(
    database: Database,
) -> None:
    stored, handoff = await claimed(database)
    judged = did(handoff, Judge(verdict=Verdict.ACCEPTED))
    accepted = {"stage": Stage.SALES_ACCEPTED}
    stored = await on_desk(database, stored, judged, state=accepted, verdict=Verdict.ACCEPTED)
    other = await lead_with(database, "b", {"role": "boss"}, person="person-a")
    assert other.lead_id == stored.lead_id
    await saved(database, other, new_turn(said("x"), replace(other.state, stage=Stage.WARM, fit=5)))
    assert (await lead_of(database, stored)).stage is Stage.SALES_ACCEPTED
    # The other conversation knows less, and closes without a word about the stage.
    for act in (Fill(field="role", text="boss"), Judge(verdict=Verdict.LOST)):
        stored = await on_desk(database, stored, did(handoff, act), state={"stage": Stage.MQL, "fit": 9})
    lead = await lead_of(database, stored)
    assert (lead.stage, lead.fit) == (Stage.SALES_ACCEPTED, 9)


async def test_the_conversation_tells_who_talks_there(database: Database) -> None:
    stored, handoff = await claimed(database)
    assert (stored.rep, stored.visited) == (None, NOON)
    words = RepSay(rep=ANNA, text="Hello!", reference="C1:2")
    stored = await on_desk(
        database, stored, did(handoff, Speak(text="Hello!", reference="C1:2"), at=later(60)),
        status=Status.TALKING, phase=Phase.TALKING, effects=(words, ShowDesk(handoff=handoff)),
    )  # fmt: skip
    assert stored.rep == "anna"
    assert (await reloaded(database, stored)).rep == "anna"
    assert stored.visited == NOON
    new = new_turn(said("hi", later(70)), stored.state, [visitor("hi")], effects=(ShowDesk(handoff=handoff),))
    stored = (await saved(database, stored, new)).conversation
    assert (stored.rep, stored.visited) == ("anna", later(70))
    stored = await on_desk(database, stored, did(handoff, GiveBack()), status=Status.ASKING, phase=Phase.CLAIMED)
    assert stored.rep is None
    assert (await reloaded(database, stored)).rep is None


async def test_a_handoff_moves_when_the_visitor_or_a_person_does_something(database: Database) -> None:
    stored, handoff = await claimed(database, at=minutes(1))
    assert (await found(database, handoff)).moved_at == minutes(1)
    for event, moved in (
        (did(handoff, Look(), at=minutes(2)), minutes(1)),
        (TimerElapsed(at=minutes(3), name="desk"), minutes(1)),
        (VisitorLeft(at=minutes(4)), minutes(1)),
        (did(handoff, Note(text="x"), at=minutes(5)), minutes(5)),
    ):
        stored = await on_desk(database, stored, event, until=event.at)
        assert (await found(database, handoff)).moved_at == moved
    new = new_turn(said("what of the price?", minutes(6)), stored.state, [visitor("what of the price?")])
    stored = (await saved(database, stored, new)).conversation
    assert (await found(database, handoff)).moved_at == minutes(6)


async def shows(database: Database) -> list[int]:
    """Numbers of the handoffs that are to be shown."""
    waiting = await database.write(lambda tx: outbox.due(tx, later(9999), limit=9, owner="me", lease_seconds=60))
    for effect in waiting:
        await database.write(lambda tx, n=effect.id: outbox.done(tx, n, "me"))  # type: ignore[misc]
    return [effect.payload["handoff"] for effect in waiting if effect.kind == outbox.SHOW_DESK]


async def drained(database: Database) -> None:
    while await database.read(outbox.next_due) is not None:
        await shows(database)


async def test_what_people_see_is_brought_up_to_date_once_for_each_turn(database: Database) -> None:
    stored, handoff = await routed(database)
    await drained(database)
    again = (ShowDesk(handoff=handoff), Whisper(text="Nothing to see."), ShowDesk(handoff=handoff))
    stored = await on_desk(database, stored, did(handoff, Note(text="x")), effects=again)
    assert await shows(database) == [handoff]
    assert await shows(database) == []


async def test_what_waits_to_be_shown_shows_later_turns_too(database: Database) -> None:
    stored, handoff = await routed(database)
    await drained(database)
    for _ in range(3):
        stored = await on_desk(database, stored, did(handoff, Note(text="x")), line("note", text="x"))
    assert await shows(database) == [handoff]
    assert await shows(database) == []


async def test_what_is_being_shown_does_not_stand_for_a_later_turn(database: Database) -> None:
    stored, handoff = await routed(database)
    await drained(database)
    stored = await on_desk(database, stored, did(handoff, Note(text="x")))
    (taken,) = await database.write(lambda tx: outbox.due(tx, later(1), limit=9, owner="busy", lease_seconds=60))
    stored = await on_desk(database, stored, did(handoff, Note(text="y")))
    assert await database.write(lambda tx: outbox.done(tx, taken.id, "busy"))
    assert await shows(database) == [handoff]
    # Nor does what was given up.
    stored = await on_desk(database, stored, did(handoff, Note(text="z")))
    (dead,) = await database.write(lambda tx: outbox.due(tx, later(1), limit=9, owner="me", lease_seconds=60))
    await database.write(lambda tx: outbox.failed(tx, dead.id, "me", next_try=None, error="token revoked"))
    await on_desk(database, stored, did(handoff, Note(text="!")))
    assert await shows(database) == [handoff]


async def test_one_that_failed_and_is_tried_again_shows_later_turns_too(database: Database) -> None:
    stored, handoff = await routed(database)
    await drained(database)
    stored = await on_desk(database, stored, did(handoff, Note(text="x")))
    (effect,) = await database.write(lambda tx: outbox.due(tx, later(1), limit=9, owner="me", lease_seconds=60))
    await database.write(lambda tx: outbox.failed(tx, effect.id, "me", next_try=later(50), error="down"))
    for _ in range(50):
        stored = await on_desk(database, stored, did(handoff, Note(text="y")))
    assert (await database.read(lambda tx: outbox.backlog(tx, later(1)))).waiting == 1
    assert await shows(database) == [handoff]


@pytest.mark.postgres
async def test_an_effect_that_is_taken_while_a_turn_is_saved_is_queued_once_more(postgres_url: str) -> None:
    async with await open_database(postgres_url) as here, await open_database(postgres_url) as there:
        stored, handoff = await routed(here)
        for number in range(60):
            await drained(here)
            stored = await on_desk(here, stored, did(handoff, Note(text="x")))
            note = did(handoff, Note(text=f"{number}"))
            first, stored = await asyncio.gather(_perform(there, stored.id), on_desk(here, stored, note))
            assert stored.turns in (first, await _perform(there, stored.id), await _perform(there, stored.id))


async def _perform(database: Database, conversation: int) -> int | None:
    """Show what is to be shown: the turns that had been saved when it was; None where there was nothing to do."""
    taken = await database.write(lambda tx: outbox.due(tx, later(9), limit=9, owner="there", lease_seconds=60))
    seen = await database.read(lambda tx: conversations.find_by_id(tx, conversation))
    assert seen is not None
    for effect in taken:
        assert await database.write(lambda tx, n=effect.id: outbox.done(tx, n, "there"))  # type: ignore[misc]
    return seen.turns if taken else None


async def test_of_two_who_claim_at_once_one_wins_and_the_other_sees_who(database_url: str) -> None:
    async with await open_database(database_url) as here, await open_database(database_url) as there:
        for number in range(25):
            stored, handoff = await routed(here, f"{number}")
            copy = await reloaded(there, stored)

            async def claim(database: Database, seen: StoredConversation, by: Rep, handoff: int = handoff) -> bool:
                event, entry = did(handoff, Claim(), by), line("claimed", by.name)
                try:
                    await on_desk(database, seen, event, entry, phase=Phase.CLAIMED, rep=by, claimed_at=NOON)
                except Conflict:
                    return False
                return True

            won = await asyncio.gather(claim(here, stored, ANNA), claim(there, copy, BEN))
            assert sorted(won) == [False, True]
            winner = ANNA if won[0] else BEN
            for database in (here, there):
                after = await reloaded(database, stored)
                assert after.state.desk is not None
                assert after.state.desk.rep == winner
                assert (await found(database, handoff)).rep == Rep(key=winner.key, name=winner.name)
            history = await here.read(lambda tx, n=handoff: handoffs.entries_of(tx, n))  # type: ignore[misc]
            assert [entry.by for entry in history if entry.what == "claimed"] == [winner.name]
            assert (await lead_of(here, stored)).owner == winner.key


async def test_a_turn_without_a_desk_asks_nothing_about_it(sqlite_url: str) -> None:
    async with await open_database(sqlite_url) as database:
        stored = await lead_with(database, "a", {"first_name": "Ada"})
        statements: list[str] = []

        def unit(tx):  # type: ignore[no-untyped-def]
            tx.raw.set_trace_callback(statements.append)
            try:
                after = replace(stored.state, answers={"first_name": "Eve"})
                return conversations.save_turn(
                    tx, stored, new_turn(said("Eve"), after, lead=answering({"first_name": "Eve"}))
                )
            finally:
                tx.raw.set_trace_callback(None)

        await database.write(unit)
        assert len(statements) > 3
        assert [one for one in statements if "handoffs" in one or "desk" in one or "rep" in one.split("SET")[0]] == []
