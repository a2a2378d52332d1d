import asyncio

import pytest
from sqlalchemy import select

from storage import handoffs, leads, outbox
from storage.database import Database, open_database
from storage.handoffs import StoredPost
from storage.tables import FACTS
from tests.storage.desk_samples import handed_off, routed
from tests.storage.samples import later
from tests.storage.test_erasing import public_id


async def kept(
    database: Database,
    handoff: int,
    key: str,
    reference: str,
    digest: str = "1",
    *,
    target: str = "slack",
    at: float = 1,
) -> bool:
    return await database.write(lambda tx: handoffs.keep_post(tx, handoff, target, key, reference, digest, later(at)))


async def alerts(database: Database) -> list[tuple[object, ...]]:
    columns = (FACTS.c[name] for name in ("detail", "at", "conversation_id", "script", "first_source"))
    query = select(*columns).where(FACTS.c.kind == "alerted")
    return [tuple(row) for row in await database.read(lambda tx: tx.connection.execute(query).all())]


async def test_what_was_put_out_is_found_again(database: Database) -> None:
    _, handoff = await routed(database)
    _, other = await routed(database, "b")
    assert await kept(database, handoff, "card", "C1:17.5", "one", at=1)
    assert await kept(database, handoff, "offer:anna", "D1:18.0", at=2)
    assert await kept(database, other, "card", "C1:19.5", at=3)
    assert await kept(database, handoff, "card", "C1:17.5", "two", at=4)
    posts = await database.read(lambda tx: handoffs.posts_of(tx, handoff, "slack"))
    assert list(posts) == ["card", "offer:anna"]
    assert posts["card"] == StoredPost(key="card", reference="C1:17.5", digest="two", at=later(1))
    assert await database.read(lambda tx: handoffs.posts_of(tx, handoff, "email")) == {}
    for reference, owner in (("C1:17.5", handoff), ("D1:18.0", handoff), ("C1:19.5", other), ("C1:1", None)):
        assert await database.read(lambda tx, r=reference: handoffs.find_post(tx, "slack", r)) == owner  # type: ignore[misc]
    assert await database.read(lambda tx: handoffs.find_post(tx, "email", "C1:17.5")) is None


async def test_the_first_card_of_any_target_is_the_alert_and_is_counted_once(database: Database) -> None:
    stored, handoff = await routed(database)
    await kept(database, handoff, "offer:anna", "D1:1", at=2)
    assert await alerts(database) == []
    await kept(database, handoff, "card", "C1:1", at=3)
    await kept(database, handoff, "card", "C1:2", at=4)
    await kept(database, handoff, "card", "<1@example.com>", target="email", at=5)
    assert await alerts(database) == [("slack", later(3), stored.id, "guide", "news")]
    one = await database.read(lambda tx: handoffs.find(tx, handoff))
    assert one is not None
    assert one.sent_at == later(3)


async def test_two_targets_that_alert_at_once_are_counted_once(database_url: str) -> None:
    async with await open_database(database_url) as here, await open_database(database_url) as there:
        for number in range(10):
            _, handoff = await routed(here, f"{number}")
            await asyncio.gather(
                kept(here, handoff, "card", f"C1:{number}"),
                kept(there, handoff, "card", f"<{number}@example.com>", target="email"),
            )
            assert len(await alerts(here)) == number + 1


async def test_how_far_a_talk_was_passed_on_never_goes_back(database: Database) -> None:
    _, handoff = await routed(database)
    seqs = []
    for seq in (3, 7, 5):
        assert await database.write(lambda tx, n=seq: handoffs.relayed(tx, handoff, "slack", n))  # type: ignore[misc]
        seqs.append(await database.read(lambda tx: handoffs.relayed_to(tx, handoff, "slack")))
    assert seqs == [3, 7, 7]
    assert await database.read(lambda tx: handoffs.relayed_to(tx, handoff, "email")) == 0
    assert not await database.write(lambda tx: handoffs.relayed(tx, 999, "slack", 1))


async def takedowns(database: Database) -> list[object]:
    taken = await database.write(lambda tx: outbox.due(tx, later(999), limit=99, owner="me", lease_seconds=60))
    return [effect.payload for effect in taken if effect.kind == outbox.FORGET_POSTS]


async def test_what_was_put_out_while_the_lead_was_erased_is_taken_down(database: Database) -> None:
    stored, handoff = await routed(database)
    key = await public_id(database, stored.lead_id)
    await database.write(lambda tx: leads.erase_lead(tx, key, later(100)))
    assert not await kept(database, handoff, "card", "C1:17.5")
    assert await takedowns(database) == [{"slack": [["card", "C1:17.5"]]}]


@pytest.mark.postgres
async def test_no_post_escapes_an_erasure_at_the_same_moment(postgres_url: str) -> None:
    async with await open_database(postgres_url) as here, await open_database(postgres_url) as there:
        for number in range(25):
            stored, handoff = await handed_off(here, f"{number}")
            key = await public_id(here, stored.lead_id)
            await asyncio.gather(
                kept(here, handoff, "card", f"C1:{number}"),
                there.write(lambda tx, key=key: leads.erase_lead(tx, key, later(100))),  # type: ignore[misc]
            )
            assert await here.read(lambda tx, n=handoff: handoffs.find(tx, n)) is None  # type: ignore[misc]
            assert await takedowns(here) == [{"slack": [["card", f"C1:{number}"]]}]
