from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dialogs.facts import Fact, FactKind
from dialogs.source import Source, Touch
from storage import links, tallies
from storage.database import Database
from storage.links import Link
from tests.storage.samples import answering, begun, new_turn, saved, state

NOW = datetime(2027, 1, 5, 23, 59, tzinfo=UTC)
SPRING = Link(
    code="k7m2p9qx",
    name="Poster \x00 spring",
    script="crm-guide",
    step="pricing",
    page="https://shop.example.com/prices",
    source={"utm_source": "poster"},
    created=NOW,
    expires=NOW + timedelta(days=1),
)


async def test_a_link_comes_out_as_it_went_in_once(database: Database) -> None:
    assert await database.write(lambda tx: links.add(tx, SPRING))
    assert not await database.write(lambda tx: links.add(tx, replace(SPRING, name="Another")))
    found = await database.read(lambda tx: links.find(tx, SPRING.code))
    assert found == replace(SPRING, name="Poster \ufffd spring")
    assert found.is_valid(NOW)
    assert not found.is_valid(NOW + timedelta(days=1))
    assert await database.read(links.every) == [found]
    assert await database.read(lambda tx: links.find(tx, "k7m2p9q\x00")) is None


async def test_a_link_that_is_removed_takes_its_count_with_it(database: Database) -> None:
    await database.write(lambda tx: links.add(tx, SPRING))
    await database.write(lambda tx: tallies.add(tx, tallies.LINK_OPENED, SPRING.code, NOW))
    assert await database.write(lambda tx: links.remove(tx, SPRING.code))
    assert not await database.write(lambda tx: links.remove(tx, SPRING.code))
    assert await database.read(lambda tx: links.count(tx, SPRING.code)) == links.LinkCount(opened=0, talks=0, leads=0)


async def test_days_are_counted_one_row_each(database: Database) -> None:
    for _ in range(3):
        await database.write(lambda tx: tallies.add(tx, tallies.TEASER_SHOWN, "crm-guide/prices", NOW))
    tomorrow = NOW + timedelta(hours=1)
    await database.write(lambda tx: tallies.add(tx, tallies.TEASER_SHOWN, "crm-guide/prices", tomorrow, 2))
    await database.write(lambda tx: tallies.add(tx, tallies.TEASER_CLOSED, "crm-guide/prices", tomorrow))
    await database.write(lambda tx: tallies.add(tx, tallies.TEASER_SHOWN, "crm-guide-2/prices", NOW))
    assert await database.read(lambda tx: tallies.total(tx, tallies.TEASER_SHOWN, "crm-guide/prices")) == 5
    since = await database.read(lambda tx: tallies.teasers(tx, "crm-guide", tomorrow))
    assert since == {"prices": {"attract.shown": 2, "attract.closed": 1, "attract.engaged": 0}}


async def test_a_link_counts_talks_and_people_who_can_be_reached(database: Database) -> None:
    came = Touch(at=NOW, campaign_code=SPRING.code)
    by_link = state(source=Source(first=came, last=came))
    for address in ("a", "b"):
        stored = await begun(database, address=address, person=address)
        started = new_turn(None, by_link, facts=(Fact(FactKind.STARTED), Fact(FactKind.RETURNED)))
        stored = (await saved(database, stored, started)).conversation
    change = answering({"email": "ada@example.com"}, identities=[("email", "ada@example.com")])
    await saved(database, stored, new_turn(None, by_link, lead=change))
    await begun(database, address="c", person="c", facts=(Fact(FactKind.STARTED),))
    assert await database.read(lambda tx: links.count(tx, SPRING.code)) == links.LinkCount(opened=0, talks=2, leads=1)
