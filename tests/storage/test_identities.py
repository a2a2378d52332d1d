from storage import identities, leads
from storage.database import Database
from storage.leads import LeadLine
from tests.storage.samples import answering, begun, lead_with, new_turn, said, saved, state


async def people(database: Database) -> list[tuple[int, int]]:
    """Each row of the list: which lead it shows, and how many more the person has."""
    page = await database.read(leads.list_leads)
    return [(line.id, line.linked) for line in page.leads]


async def lead(database: Database, address: str, **answers: str) -> int:
    """A lead of a visitor of their own, by number."""
    stored = await lead_with(database, address, answers)
    assert stored.lead_id is not None
    return stored.lead_id


async def line(database: Database, number: int) -> LeadLine:
    rows = [row async for row in leads.export_leads(database)]
    ids = {row["id"] for row in rows}
    for public_id in ids:
        sheet = await database.read(lambda tx, key=public_id: leads.show_lead(tx, key))  # type: ignore[misc]
        assert sheet is not None
        if sheet.lead.id == number:
            return sheet.lead
    raise LookupError(number)


async def test_a_typed_address_links_and_changes_nothing_else(database: Database) -> None:
    first = await lead(database, "a", email="ada@example.com", first_name="Ada")
    before = await line(database, first)
    second = await lead(database, "b", email="ada@example.com", first_name="Eve")
    assert await people(database) == [(second, 1)]
    after = await line(database, first)
    assert (after.answers, after.updated, after.tags) == (before.answers, before.updated, before.tags)
    assert after.person_id == (await line(database, second)).person_id == first


async def test_nothing_of_the_other_lead_flows_to_who_types_its_address(database: Database) -> None:
    await lead(database, "a", email="ada@example.com", phone="+491", secret="yes")
    await lead(database, "b", email="ada@example.com")
    profile = await database.read(lambda tx: leads.profile_of(tx, "person-b"))
    assert profile is not None
    assert profile.answers == {"email": "ada@example.com"}


async def test_two_strangers_are_not_tied_together_by_a_third(database: Database) -> None:
    ada = await lead(database, "a", email="ada@example.com")
    bob = await lead(database, "b", phone="+492")
    joker = await lead(database, "c", email="ada@example.com", phone="+492")
    assert sorted(await people(database)) == [(bob, 0), (joker, 1)]
    assert (await line(database, joker)).person_id == ada


async def test_three_visits_of_one_person_are_one_group_around_the_oldest(database: Database) -> None:
    first = await lead(database, "a", email="x@example.com")
    second = await lead(database, "b", phone="+493")
    third = await lead(database, "c", phone="+493")
    # The second visitor now types the first one's address: their group joins the older lead.
    stored = await begun(database, address="d", person="person-b")
    await saved(
        database,
        stored,
        new_turn(
            said("x"),
            state(person="person-b"),
            lead=answering({"email": "x@example.com"}, identities=[("email", "x@example.com")]),
        ),
    )
    assert [(await line(database, number)).person_id for number in (first, second, third)] == [first] * 3


async def test_an_older_lead_that_types_the_address_later_gathers_the_newer_one(database: Database) -> None:
    older = await lead_with(database, "a", {"first_name": "Ada"})
    newer = await lead(database, "b", email="x@example.com")
    change = answering({"email": "x@example.com"}, identities=[("email", "x@example.com")])
    await saved(database, older, new_turn(said("x"), older.state, lead=change))
    assert (await line(database, newer)).person_id == older.lead_id


async def test_parted_leads_stay_apart(database: Database) -> None:
    first = await lead(database, "a", email="x@example.com")
    second = await lead_with(database, "b", {"email": "x@example.com"})
    second_id = second.lead_id or 0
    assert await database.write(lambda tx: leads.part_leads(tx, second_id)) == (first,)
    assert sorted(await people(database)) == [(first, 0), (second_id, 0)]
    change = answering({"phone": "+49"}, identities=[("phone", "+49")])
    await saved(database, second, new_turn(said("x"), second.state, lead=change))
    stored = await begun(database, address="a2", person="person-a")
    await saved(database, stored, new_turn(said("x"), state(person="person-a"), lead=change))
    assert sorted(await people(database)) == [(first, 0), (second_id, 0)]


async def test_when_the_oldest_is_parted_the_others_stay_together(database: Database) -> None:
    numbers = [await lead(database, name, email="x@example.com") for name in "abc"]
    await database.write(lambda tx: leads.part_leads(tx, numbers[0]))
    assert [(await line(database, number)).person_id for number in numbers] == [numbers[0], numbers[1], numbers[1]]


async def test_a_signed_id_brings_the_same_lead_on_any_device(database: Database) -> None:
    proven = (("external", "customer-42"),)
    stored = await begun(database, address="phone", person="phone", proven=proven)
    assert stored.lead_id is None
    change = answering({"first_name": "Ada"})
    one = await saved(database, stored, new_turn(said("x"), state(person="phone"), lead=change, proven=proven))
    elsewhere = await begun(database, address="laptop", person="laptop", proven=proven)
    assert elsewhere.lead_id == one.conversation.lead_id
    profile = await database.read(lambda tx: leads.profile_of(tx, "laptop", proven))
    assert profile is not None
    assert profile.answers == {"first_name": "Ada"}


async def test_two_leads_that_prove_to_be_one_person_are_linked(database: Database) -> None:
    proven = (("external", "customer-42"),)
    ids = []
    for name in ("phone", "laptop"):
        stored = await lead_with(database, name, {"first_name": name})
        await saved(database, stored, new_turn(said("x"), stored.state, proven=proven))
        ids.append(stored.lead_id)
    assert await people(database) == [(ids[1], 1)]


async def test_a_claimed_address_that_is_proven_later_becomes_proof(database: Database) -> None:
    stored = await lead_with(database, "a", {"email": "ada@example.com"})
    assert await database.read(lambda tx: identities.recognised(tx, "", (("email", "ada@example.com"),))) is None
    await saved(database, stored, new_turn(said("x"), stored.state, proven=(("email", "ada@example.com"),)))
    found = await database.read(lambda tx: identities.recognised(tx, "", (("email", "ada@example.com"),)))
    assert found == stored.lead_id


async def test_a_stranger_has_no_profile(database: Database) -> None:
    await lead(database, "a", first_name="Ada")
    assert await database.read(lambda tx: leads.profile_of(tx, "nobody")) is None
    assert await database.read(lambda tx: leads.profile_of(tx, "")) is None
