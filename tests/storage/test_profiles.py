from dataclasses import replace

from dialogs.events import Act, ConsentRecord, Profile
from dialogs.stages import Stage
from dialogs.turn import LeadChange
from storage import conversations, leads
from storage.database import Database
from tests.storage.samples import NOON, answering, begun, later, new_turn, said, saved


async def test_a_returning_visitor_is_known_by_what_they_told_us(database: Database) -> None:
    stored = await begun(database)
    consents = {"keep_in_touch": ConsentRecord(True, "v1", NOON)}
    acts = (Act("visit", NOON), Act("guide.opened", later(3)))
    after = replace(
        stored.state,
        answers={"first_name": "Ada", "budget": {"amount": 10, "currency": "EUR"}},
        consents=consents,
        acts=acts,
        tags=("hot",),
        magnets=("guide",),
        stage=Stage.WARM,
        visits=3,
    )
    change = replace(
        answering(after.answers),
        consents=consents,
        acts=acts,
        tags_added=("hot",),
        consent_texts={"keep_in_touch": "?"},
    )
    stored = (await saved(database, stored, new_turn(said("x"), after, lead=change))).conversation
    taken_back = {"keep_in_touch": ConsentRecord(False, "v1", later(9))}
    after = replace(after, consents=taken_back)
    await saved(database, stored, new_turn(said("x"), after, lead=LeadChange(consents=taken_back)))
    assert await database.read(lambda tx: leads.profile_of(tx, "person-1")) == Profile(
        answers=after.answers,
        consents=taken_back,
        tags=("hot",),
        magnets=("guide",),
        acts=acts,
        variants={"opening": "short"},
        stage=Stage.WARM,
        visits=3,
    )


async def test_a_visitor_who_said_nothing_keeps_their_variant(database: Database) -> None:
    await begun(database, person="quiet")
    profile = await database.read(lambda tx: leads.profile_of(tx, "quiet"))
    assert profile == Profile(variants={"opening": "short"})
    assert await database.read(lambda tx: conversations.knows(tx, "quiet"))
    assert not await database.read(lambda tx: conversations.knows(tx, "loud"))
