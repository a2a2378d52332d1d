"""Law 1: state, transcript, lead, receipts and pending effects are saved together or not at all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from dialogs.desk.acts import Judge, Verdict
from dialogs.desk.standing import Phase
from dialogs.effects import HandOff, SetTimer, ShowDesk
from dialogs.events import Act, ConsentRecord
from dialogs.facts import Fact, FactKind
from dialogs.stages import Stage
from dialogs.state import Receipt, Status
from storage import magnets
from storage.conversations import NewEffect, NewGrant, NewTurn, SavedTurn, StoredConversation, begin, save_turn
from storage.database import Database
from storage.postgres import PostgresTransaction
from storage.sqlite_connection import SQLiteTransaction
from storage.tables import TABLES
from storage.transaction import Transaction
from tests.storage.desk_samples import ANNA, did, line, route
from tests.storage.samples import NOON, answering, arrived, begun, bot, later, new_turn, said, saved, state, visitor


class Crash(Exception):
    """Something broke in the middle."""


@contextmanager
def crash_at(statement: int, *, after: bool) -> Iterator[list[int]]:
    """Break before or after the n-th statement of every transaction; yields how many were run."""
    count = [0]

    def breaking(original: Any) -> Any:
        def run(self: Transaction, *arguments: Any) -> Any:
            count[0] += 1
            number = count[0]
            if number == statement and not after:
                raise Crash
            outcome = original(self, *arguments)
            if number == statement:
                raise Crash
            return outcome

        return run

    with pytest.MonkeyPatch.context() as patch:
        for kind in (SQLiteTransaction, PostgresTransaction):
            for name in ("rows", "run", "run_many"):
                patch.setattr(kind, name, breaking(getattr(kind, name)))
        yield count


async def everything(database: Database) -> dict[str, list[Sequence[Any]]]:
    """All rows of all tables."""

    def unit(tx: Transaction) -> dict[str, list[Sequence[Any]]]:
        return {
            table: sorted((tuple(row) for row in tx.connection.execute(text(f"SELECT * FROM {table}"))), key=repr)
            for table in TABLES
        }

    return await database.read(unit)


def full_turn(stored: StoredConversation) -> NewTurn:
    """A turn that leaves something everywhere: a person of ours talks, the visitor becomes hot once more."""
    desk = stored.state.desk
    assert desk is not None
    desk = replace(desk, phase=Phase.TALKING, rep=ANNA, claimed_at=NOON, entries=(line("claimed", "Anna Berg"),))
    receipt = Receipt(
        rule="fit.2", axis="fit", points=5, because="b", evidence="e", at=NOON, version=stored.state.version
    )
    consents = {"answer_me": ConsentRecord(True, "v1", NOON)}
    answers = {**stored.state.answers, "email": "ada@example.com", "team_size": 80}
    scored = replace(stored.state, answers=answers, receipts=(receipt,), consents=consents, fit=5, tags=("hot",))
    after = replace(scored, desk=desk, status=Status.TALKING, stage=Stage.SALES_ACCEPTED)
    change = replace(
        answering(
            {"email": "ada@example.com", "team_size": 80},
            identities=[("email", "ada@example.com"), ("phone", "+49301234")],
        ),
        forgotten=("role",),
        consents=consents,
        consent_texts={"answer_me": "May we?"},
        tags_added=("hot",),
        acts=(Act("visit", NOON),),
        receipts_added=(receipt,),
        receipts_withdrawn=("fit.1",),
    )
    return new_turn(
        did(desk.handoff, Judge(verdict=Verdict.ACCEPTED), at=later(9)),
        after,
        [visitor("everything"), bot("thanks")],
        lead=change,
        effects=(HandOff(to="sales", reason="ready"), SetTimer(name="left", due=later(60)), ShowDesk(handoff=1)),
        facts=(Fact(FactKind.ANSWERED, "ask.email"), Fact(FactKind.REACHED, "ask.size")),
        external_id="m1",
        queue=(NewEffect(kind="deliver", payload={"n": 1}),),
        grants=(NewGrant(token="t1", magnet="guide", kind="file", payload={}),),
        proven=(("external", "customer-42"),),
    )


async def prepared(database: Database) -> StoredConversation:
    """A lead that has something to lose, and another one with the same address."""
    other = await begun(database, address="other", person="other")
    change = answering({"email": "ada@example.com"}, identities=[("email", "ada@example.com")])
    await saved(database, other, new_turn(said("x"), state(person="other"), lead=change))
    stored = await begun(database)
    receipt = Receipt(rule="fit.1", axis="fit", points=5, because="b", evidence="e", at=NOON, version="v")
    after = replace(stored.state, answers={"role": "boss"}, receipts=(receipt,))
    change = replace(answering({"role": "boss"}), receipts_added=(receipt,))
    await database.write(lambda tx: magnets.load_codes(tx, "codes", ["A"]))
    effects = (SetTimer(name="left", due=later(30)), HandOff(to="sales", reason="asked"))
    turn = await saved(database, stored, new_turn(said("boss"), after, lead=change, effects=effects))
    return await route(database, turn.conversation, turn.handoffs[0], entries=())


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_crash_at_any_statement_of_a_turn_leaves_nothing_of_it(database: Database, after: bool) -> None:
    stored = await prepared(database)
    new = full_turn(stored)

    def unit(tx: Transaction) -> SavedTurn:
        magnets.take_code(tx, "codes", magnet="discount", token="t1", at=NOON)
        return save_turn(tx, stored, new)

    before = await everything(database)
    statement = 0
    while True:
        statement += 1
        with crash_at(statement, after=after) as count:
            try:
                turn = await database.write(unit)
            except Crash:
                pass
            else:
                break
        assert count[0] == statement
        assert await everything(database) == before
    assert statement > 20
    changed = {table for table, rows in (await everything(database)).items() if rows != before[table]}
    assert changed == {
        "conversations", "turns", "facts", "leads", "identities", "answers", "consents", "receipts", "acts", "handoffs",
        "grants", "codes", "effects", "desk_entries",
    }  # fmt: skip
    assert turn.number == stored.turns + 1


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_crash_while_a_conversation_begins_leaves_nothing_of_it(database: Database, after: bool) -> None:
    new = new_turn(
        arrived(),
        replace(state(), answers={"first_name": "Ada"}),
        [bot("Hello!")],
        lead=answering({"first_name": "Ada"}),
        effects=(SetTimer(name="left", due=later(60)),),
        proven=(("external", "customer-42"),),
    )
    before = await everything(database)
    statement = 0
    while True:
        statement += 1
        with crash_at(statement, after=after):
            try:
                await database.write(lambda tx: begin(tx, channel="web", address="a", public_id="p", new=new))
            except Crash:
                assert await everything(database) == before
            else:
                break
    assert statement > 8


async def test_an_empty_pool_leaves_nothing_of_the_turn(database: Database) -> None:
    stored = await prepared(database)

    def unit(tx: Transaction) -> SavedTurn:
        magnets.take_code(tx, "codes", magnet="discount", token="t1", at=NOON)
        turn = save_turn(tx, stored, full_turn(stored))
        magnets.take_code(tx, "codes", magnet="second", token="t2", at=NOON)
        return turn

    before = await everything(database)
    with pytest.raises(magnets.PoolEmpty) as caught:
        await database.write(unit)
    assert caught.value.magnet == "second"
    assert await everything(database) == before
