from dialogs.desk.people import Availability, Rep
from storage import colleagues
from storage.colleagues import StoredColleague
from storage.database import Database
from tests.storage.desk_samples import ANNA, BEN
from tests.storage.samples import later


async def says(
    database: Database,
    availability: Availability,
    at: float,
    *,
    target: str = "slack",
    person: str = "U1",
    rep: Rep = ANNA,
) -> None:
    await database.write(lambda tx: colleagues.set_availability(tx, target, person, rep, availability, later(at)))


async def available(database: Database, key: str) -> Availability:
    return await database.read(lambda tx: colleagues.availability(tx, key))


async def test_who_never_said_anything_takes_leads(database: Database) -> None:
    assert await available(database, "anna") is Availability.TAKING
    await database.write(lambda tx: colleagues.remember(tx, "slack", "U1", ANNA))
    assert await available(database, "anna") is Availability.TAKING


async def test_what_somebody_said_last_holds_wherever_they_said_it(database: Database) -> None:
    await says(database, Availability.BUSY, 1)
    await says(database, Availability.AWAY, 3, target="email", person="anna@example.com")
    await says(database, Availability.TAKING, 2, person="U2", rep=BEN)
    assert await available(database, "anna") is Availability.AWAY
    assert await available(database, "ben") is Availability.TAKING
    await says(database, Availability.TAKING, 4)
    assert await available(database, "anna") is Availability.TAKING
    said = await database.read(lambda tx: colleagues.availabilities(tx, ["anna", "ben", "zoe"]))
    assert said == {"anna": Availability.TAKING, "ben": Availability.TAKING}


async def test_somebody_seen_again_is_known_by_what_they_are_called_now(database: Database) -> None:
    stranger = Rep(key="slack:U1", name="anna.b", picture="https://example.com/1.png")
    await says(database, Availability.BUSY, 1, rep=stranger)
    await database.write(lambda tx: colleagues.remember(tx, "slack", "U1", Rep(key="anna", name="Anna Berg")))
    await database.write(lambda tx: colleagues.remember(tx, "slack", "U2", BEN))
    found = await database.read(colleagues.everybody)
    named = Rep(key="anna", name="Anna Berg", picture="https://example.com/1.png")
    assert found == [
        StoredColleague(target="slack", person_id="U1", rep=named, availability=Availability.BUSY, at=later(1)),
        StoredColleague(target="slack", person_id="U2", rep=BEN, availability=Availability.TAKING, at=None),
    ]
    assert await database.read(lambda tx: colleagues.find(tx, "slack", "U1")) == found[0]
    assert await database.read(lambda tx: colleagues.find(tx, "email", "U1")) is None
    assert await available(database, "anna") is Availability.BUSY
    assert await available(database, "slack:U1") is Availability.TAKING
