import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.effects import CancelTimer, HandOff, SetTimer, dump_effect
from storage import outbox, settings
from storage.conversations import StoredConversation
from storage.database import Database, open_database
from storage.outbox import _TAKE, DueEffect, NewEffect
from tests.storage.samples import NOON, answering, begun, later, new_turn, said, saved


async def due(database: Database, now: datetime, owner: str = "me", limit: int = 10) -> list[DueEffect]:
    return await database.write(lambda tx: outbox.due(tx, now, limit=limit, owner=owner, lease_seconds=60))


async def queued(database: Database, stored: StoredConversation, *names: str) -> StoredConversation:
    queue = tuple(NewEffect(kind="webhook", payload={"name": name}) for name in names)
    return (await saved(database, stored, new_turn(said("x"), stored.state, queue=queue))).conversation


def names(effects: list[DueEffect]) -> list[str]:
    return [effect.payload["name"] for effect in effects]


async def test_effects_of_one_conversation_leave_in_order(database: Database) -> None:
    one = await queued(database, await begun(database, address="1"), "1a", "1b")
    await queued(database, one, "1c")
    await queued(database, await begun(database, address="2"), "2a", "2b")
    first = await due(database, later(1))
    assert names(first) == ["1a", "2a"]
    assert await due(database, later(2)) == []
    assert await database.write(lambda tx: outbox.done(tx, first[0].id, "me"))
    assert names(await due(database, later(3))) == ["1b"]


async def test_a_failing_effect_holds_back_those_behind_it_and_nobody_else(database: Database) -> None:
    await queued(database, await begun(database, address="1"), "1a", "1b")
    (effect,) = await due(database, later(1))
    assert await database.write(lambda tx: outbox.failed(tx, effect.id, "me", next_try=later(100), error="down"))
    await queued(database, await begun(database, address="2"), "2a")
    assert names(await due(database, later(50))) == ["2a"]
    (again,) = await due(database, later(100))
    assert (again.id, again.attempts) == (effect.id, 2)


async def test_what_was_given_up_is_listed_and_can_be_sent_once_more(database: Database) -> None:
    await queued(database, await begun(database), "a", "b")
    (effect,) = await due(database, later(1))
    await database.write(lambda tx: outbox.failed(tx, effect.id, "me", next_try=None, error="gone\x00"))
    assert names(await due(database, later(2))) == ["b"]
    (letter,) = await database.read(outbox.dead_letters)
    assert (letter.id, letter.payload, letter.error, letter.attempts) == (effect.id, {"name": "a"}, "gone\ufffd", 1)
    assert await database.write(lambda tx: outbox.resend(tx, effect.id, later(3)))
    assert names(await due(database, later(3))) == ["a"]
    assert not await database.write(lambda tx: outbox.drop(tx, effect.id))


async def test_when_a_lease_ends_another_process_takes_over_and_the_first_one_cannot_finish(
    database: Database,
) -> None:
    await queued(database, await begun(database), "a")
    (effect,) = await due(database, later(0), owner="dead")
    assert await due(database, later(59), owner="alive") == []
    (taken,) = await due(database, later(60), owner="alive")
    assert taken.id == effect.id
    assert not await database.write(lambda tx: outbox.done(tx, effect.id, "dead"))
    assert not await database.write(lambda tx: outbox.renew(tx, effect.id, "dead", later(500)))
    assert await database.write(lambda tx: outbox.renew(tx, effect.id, "alive", later(500)))
    assert await due(database, later(499)) == []
    assert await database.write(lambda tx: outbox.done(tx, effect.id, "alive"))


async def test_an_effect_given_back_is_due_at_once_as_if_never_tried(database: Database) -> None:
    await queued(database, await begun(database), "a")
    (effect,) = await due(database, later(0))
    assert await database.write(lambda tx: outbox.give_back(tx, effect.id, "me", later(1)))
    (again,) = await due(database, later(1), owner="other")
    assert (again.id, again.attempts) == (effect.id, 1)


async def test_a_timer_is_replaced_cancelled_and_neither_waits_nor_is_waited_for(database: Database) -> None:
    stored = await queued(database, await begun(database), "a")
    set_timers = (SetTimer(name="left", due=later(60)), SetTimer(name="wait", due=later(90)))
    stored = (await saved(database, stored, new_turn(said("x"), stored.state, effects=set_timers))).conversation
    await due(database, later(1), owner="stuck")
    change = (SetTimer(name="left", due=later(30)), CancelTimer(name="wait"))
    stored = (await saved(database, stored, new_turn(said("x"), stored.state, effects=change))).conversation
    (timer,) = await due(database, later(31))
    assert (timer.kind, timer.payload, timer.conversation_id) == ("timer", {"name": "left"}, stored.id)
    # The turn that the timer causes sets it anew: that is another timer, which finishing the first one leaves alone.
    await saved(database, stored, new_turn(said("x"), stored.state, effects=(SetTimer(name="left", due=later(99)),)))
    assert not await database.write(lambda tx: outbox.done(tx, timer.id, "me"))
    (next_timer,) = [effect for effect in await due(database, later(100)) if effect.kind == "timer"]
    assert next_timer.id != timer.id


async def test_the_next_due_moment_leaves_out_what_is_held_back(database: Database) -> None:
    assert await database.read(outbox.next_due) is None
    await queued(database, await begun(database), "a", "b")
    assert await database.read(outbox.next_due) == NOON
    (effect,) = await due(database, later(1))
    assert await database.read(outbox.next_due) == later(61)
    await database.write(lambda tx: outbox.failed(tx, effect.id, "me", next_try=later(500), error="x"))
    assert await database.read(outbox.next_due) == later(500)


async def test_a_handoff_is_queued_with_its_record(database: Database) -> None:
    stored = await begun(database)
    hand_off = HandOff(to="sales", reason="Ready to buy")
    after = replace(stored.state, answers={"name": "Ada"})
    turn = await saved(
        database, stored, new_turn(said("x"), after, lead=answering({"name": "Ada"}), effects=(hand_off,))
    )
    (effect,) = await due(database, later(0))
    assert effect.kind == outbox.HAND_OFF
    assert effect.payload == dump_effect(hand_off) | {"handoff": turn.handoffs[0]}


async def test_many_takers_never_take_the_same_effect(database: Database) -> None:
    for number in range(30):
        await queued(database, await begun(database, address=f"{number}"), f"{number}")
    taken = await asyncio.gather(*(due(database, later(1), owner=f"{number}", limit=4) for number in range(10)))
    ids = [effect.id for effects in taken for effect in effects]
    assert len(ids) == len(set(ids)) == 30


async def test_a_paused_outbox_performs_nothing(database: Database) -> None:
    await queued(database, await begun(database), "a")
    await database.write(lambda tx: settings.put(tx, outbox.PAUSED, "restored", NOON))
    assert await due(database, later(1)) == []
    assert await database.read(outbox.next_due) is None
    assert await database.write(outbox.resume)
    assert names(await due(database, later(1))) == ["a"]


async def test_the_backlog_counts_what_waits(database: Database) -> None:
    stored = await queued(database, await begun(database), "a", "b")
    timers = (SetTimer(name="left", due=NOON + timedelta(days=2)),)
    await saved(database, stored, new_turn(said("x"), stored.state, effects=timers))
    (effect,) = await due(database, later(1))
    await database.write(lambda tx: outbox.failed(tx, effect.id, "me", next_try=None, error="x"))
    backlog = await database.read(lambda tx: outbox.backlog(tx, later(2)))
    assert backlog == outbox.Backlog(waiting=1, failing=0, oldest=NOON, dead=1)


async def test_what_fails_is_listed_with_its_error_and_the_next_try(database: Database) -> None:
    await queued(database, await begun(database, address="1"), "a", "b")
    await queued(database, await begun(database, address="2"), "c")
    first, second = await due(database, later(1))
    assert await database.read(outbox.failing) == []
    await database.write(lambda tx: outbox.failed(tx, first.id, "me", next_try=later(60), error="down"))
    await database.write(lambda tx: outbox.failed(tx, second.id, "me", next_try=later(9), error="busy"))
    (_, again) = await database.read(outbox.failing)
    assert (again.id, again.kind, again.payload, again.attempts, again.error, again.next_try) == (
        second.id, "webhook", {"name": "c"}, 1, "busy", later(9),
    )  # fmt: skip
    await due(database, later(9))
    (one, again) = await database.read(outbox.failing)
    assert (one.next_try, again.next_try, again.attempts) == (later(60), None, 2)
    await database.write(lambda tx: outbox.failed(tx, second.id, "me", next_try=None, error="gone"))
    assert [one.id for one in await database.read(outbox.failing)] == [first.id]
    await database.write(lambda tx: outbox.resend(tx, second.id, later(10)))
    assert [one.id for one in await database.read(outbox.failing)] == [first.id]


async def test_the_backlog_is_counted_by_kind(database: Database) -> None:
    stored = await queued(database, await begun(database), "a", "b")
    effects = (HandOff(to="sales", reason="x"), SetTimer(name="left", due=later(500)))
    after = replace(stored.state, answers={"name": "Ada"})
    await saved(database, stored, new_turn(said("x"), after, lead=answering({"name": "Ada"}), effects=effects))
    (effect,) = await due(database, later(1))
    await database.write(lambda tx: outbox.failed(tx, effect.id, "me", next_try=later(9), error="x"))
    await queued(database, await begun(database, address="dead"), "c")
    (effect,) = await due(database, later(2))
    await database.write(lambda tx: outbox.failed(tx, effect.id, "me", next_try=None, error="x"))
    assert await database.read(lambda tx: outbox.backlog_by_kind(tx, later(3))) == {
        "webhook": outbox.Backlog(waiting=2, failing=1, oldest=NOON, dead=1),
        "hand_off": outbox.Backlog(waiting=1, failing=0, oldest=NOON, dead=0),
    }


async def test_finding_due_effects_uses_its_index(sqlite_url: str) -> None:
    async with await open_database(sqlite_url) as database:
        sql, values = _TAKE.for_sqlite({"now": 1, "most": 5, "until": 9, "taker": "me"})
        plan = await database.read(
            lambda tx: tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
        )
    details = " | ".join(row[3] for row in plan)
    assert "ix_effects_due" in details
    assert "ix_effects_order" in details


async def test_deliveries_wait_for_each_other_and_for_nothing_else(database: Database) -> None:
    stored = await queued(database, await begun(database), "first")
    deliver = NewEffect(kind=outbox.DELIVER, payload={}, once=True)
    for text in ("hello", "again"):
        new = new_turn(said(text), stored.state, queue=(deliver,))
        stored = (await saved(database, stored, new)).conversation
    stored = await queued(database, stored, "second")
    taken = await due(database, later(1))
    assert [(one.kind, one.payload) for one in taken] == [("webhook", {"name": "first"}), (outbox.DELIVER, {})]
    # One that somebody has taken may not have seen what was said since: that is queued, and waits behind it.
    new = new_turn(said("more"), stored.state, queue=(deliver, deliver))
    await saved(database, stored, new)
    assert await due(database, later(2)) == []
    await database.write(lambda tx: outbox.done(tx, taken[1].id, "me"))
    assert [one.kind for one in await due(database, later(2))] == [outbox.DELIVER]
