import asyncio

import pytest
from sqlalchemy import select

from storage import handoffs, inbox, leads, outbox, posts
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
    found = await database.read(lambda tx: handoffs.posts_of(tx, handoff, "slack"))
    assert list(found) == ["card", "offer:anna"]
    assert found["card"] == StoredPost(key="card", reference="C1:17.5", digest="two", at=later(1))
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


async def listed(database: Database, key: str, reference: str, *numbers: int) -> None:
    await database.write(lambda tx: posts.keep_list(tx, "slack", key, reference, numbers, later(1)))


async def renewals(database: Database) -> list[tuple[str, str]]:
    taken = await database.write(lambda tx: outbox.due(tx, later(999), limit=99, owner="me", lease_seconds=60))
    lists = [effect.payload for effect in taken if effect.kind == outbox.RENEW_LIST]
    return [(one["key"], one["reference"]) for one in lists]


async def test_a_list_is_no_post_about_anybody_on_it(database: Database) -> None:
    _, handoff = await routed(database)
    await listed(database, "digest:2027-01-05:anna", "D1:17.5", handoff)
    assert await database.read(lambda tx: handoffs.posts_of(tx, handoff, "slack")) == {}
    assert await database.read(lambda tx: handoffs.find_post(tx, "slack", "D1:17.5")) is None


async def test_lists_that_name_an_erased_lead_are_shown_anew_each_once(database: Database) -> None:
    first, one = await routed(database)
    second, other = await routed(database, "b")
    _, third = await routed(database, "c")
    await listed(database, "home:U0ANNABERG0", "U0ANNABERG0", one, other, third)
    await listed(database, "home:U0BENOKAFOR", "U0BENOKAFOR", one)
    await listed(database, "home:U0BENOKAFOR", "U0BENOKAFOR", third)
    await listed(database, "digest:2027-01-05:anna", "D1:17.5", other)
    for stored in (first, second):
        key = await public_id(database, stored.lead_id)
        await database.write(lambda tx, key=key: leads.erase_lead(tx, key, later(100)))  # type: ignore[misc]
    assert sorted(await renewals(database)) == [
        ("digest:2027-01-05:anna", "D1:17.5"),
        ("home:U0ANNABERG0", "U0ANNABERG0"),
    ]


async def test_a_list_that_was_put_out_while_a_lead_was_erased_is_shown_anew(database: Database) -> None:
    stored, handoff = await routed(database)
    _, other = await routed(database, "b")
    key = await public_id(database, stored.lead_id)
    await database.write(lambda tx: leads.erase_lead(tx, key, later(100)))
    await listed(database, "home:U0ANNABERG0", "U0ANNABERG0", handoff, other)
    assert await renewals(database) == [("home:U0ANNABERG0", "U0ANNABERG0")]


async def test_what_people_do_in_a_list_is_dealt_with_whoever_was_erased(database: Database) -> None:
    stored, handoff = await routed(database)
    await listed(database, "digest:2027-01-05:anna", "D1:1503435956.000247", handoff)
    clicked = '{"message": {"ts": "1503435956.000247", "text": "Ada is hot, and so is Grace"}}'
    for event, reason in (("click", None), ("junk", "who would know")):
        await database.write(
            lambda tx, event=event, why=reason: inbox.take_in(  # type: ignore[misc]
                tx, channel="slack", external_id=event, raw=clicked, at=later(1), reason=why
            )
        )
    key = await public_id(database, stored.lead_id)
    await database.write(lambda tx: leads.erase_lead(tx, key, later(100)))
    assert [one.external_id for one in await database.read(lambda tx: inbox.waiting(tx, "slack"))] == ["click"]
    assert await database.read(inbox.quarantined) == []


@pytest.mark.postgres
async def test_no_post_escapes_an_erasure_at_the_same_moment(postgres_url: str) -> None:
    async with await open_database(postgres_url) as here, await open_database(postgres_url) as there:
        for number in range(25):
            stored, handoff = await handed_off(here, f"{number}")
            key = await public_id(here, stored.lead_id)
            await asyncio.gather(
                kept(here, handoff, "card", f"C1:{number}"),
                listed(here, "home:U0ANNABERG0", "U0ANNABERG0", handoff),
                there.write(lambda tx, key=key: leads.erase_lead(tx, key, later(100))),  # type: ignore[misc]
            )
            assert await here.read(lambda tx, n=handoff: handoffs.find(tx, n)) is None  # type: ignore[misc]
            assert await takedowns(here) == [{"slack": [["card", f"C1:{number}"]]}]
