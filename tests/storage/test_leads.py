from dataclasses import replace
from typing import Any

import pytest

from dialogs.effects import HandOff
from dialogs.events import Act, ConsentRecord
from dialogs.source import Source, Touch
from dialogs.stages import Stage
from dialogs.state import Receipt
from dialogs.turn import LeadChange
from storage import leads
from storage.conversations import NewGrant, StoredConversation
from storage.database import Database
from storage.leads import AmbiguousLead, LeadFilter, LeadLine, LeadSheet
from tests.storage.samples import NOON, answering, begun, bot, later, lead_with, new_turn, said, saved, state, visitor


def receipt(rule: str, points: float = 10, **further: Any) -> Receipt:
    return Receipt(
        rule=rule, axis="fit", points=points, because="Large team", evidence="team_size = 80", at=NOON,
        version="aaaa000011112222", **further,
    )  # fmt: skip


async def listed(database: Database, **filters: Any) -> list[LeadLine]:
    return list((await database.read(lambda tx: leads.list_leads(tx, LeadFilter(**filters)))).leads)


async def shown(database: Database, key: str) -> LeadSheet:
    sheet = await database.read(lambda tx: leads.show_lead(tx, key))
    assert sheet is not None
    return sheet


async def only_lead(database: Database) -> LeadSheet:
    (line,) = await listed(database)
    return await shown(database, line.public_id)


async def test_a_visitor_becomes_a_lead_with_the_first_answer(database: Database) -> None:
    stored = await begun(database)
    act = replace(stored.state, acts=(Act("visit", NOON),), tags=("curious",), receipts=(receipt("engagement.1"),))
    change = LeadChange(acts=act.acts, tags_added=act.tags, receipts_added=act.receipts)
    stored = (await saved(database, stored, new_turn(said("hm"), act, lead=change))).conversation
    assert stored.lead_id is None
    assert await listed(database) == []
    after = replace(act, answers={"first_name": "Ada"}, fit=10)
    turn = await saved(database, stored, new_turn(said("Ada"), after, lead=answering({"first_name": "Ada"})))
    assert turn.lead_created
    sheet = await only_lead(database)
    assert sheet.lead.tags == ("curious",)
    assert sheet.acts == act.acts
    assert [one.receipt for one in sheet.receipts] == [receipt("engagement.1")]
    assert sheet.lead.fit == 10


@pytest.mark.parametrize(
    ("change", "effects"),
    [
        (LeadChange(identities=(("email", "ada@example.com"),)), ()),
        (LeadChange(consents={"answer_me": ConsentRecord(False, "v1", NOON)}), ()),
        (None, (HandOff(to="sales", reason="asked"),)),
    ],
    ids=["identity", "consent", "handoff"],
)
async def test_other_things_make_a_lead_too(database: Database, change: Any, effects: Any) -> None:
    stored = await begun(database)
    turn = await saved(database, stored, new_turn(said("x"), stored.state, lead=change, effects=effects))
    assert turn.lead_created
    assert len(await listed(database)) == 1


async def test_a_correction_keeps_what_was_said_before(database: Database) -> None:
    stored = await lead_with(database, "a", {"team_size": 8, "role": "boss"})
    after = replace(stored.state, answers={"team_size": 80})
    change = replace(answering({"team_size": 80}), forgotten=("role",))
    await saved(database, stored, new_turn(said("no, 80", later(5)), after, lead=change))
    sheet = await only_lead(database)
    assert [(one.field, one.label, one.shown, one.value) for one in sheet.lead.answers] == [
        ("team_size", "Team size", "80", 80)
    ]
    assert [(one.field, one.value, one.forgotten) for one in sheet.history] == [
        ("team_size", 8, False), ("role", "boss", False), ("team_size", 80, False), ("role", None, True),
    ]  # fmt: skip


async def test_a_withdrawn_receipt_stays_visible(database: Database) -> None:
    stored = await lead_with(database, "a", {"team_size": 80})
    after = replace(stored.state, receipts=(receipt("fit.1"), receipt("fit.2", half_life=60.0)))
    change = LeadChange(receipts_added=after.receipts)
    stored = (await saved(database, stored, new_turn(said("x"), after, lead=change))).conversation
    after = replace(stored.state, receipts=after.receipts[1:])
    await saved(database, stored, new_turn(said("x", later(9)), after, lead=LeadChange(receipts_withdrawn=("fit.1",))))
    sheet = await only_lead(database)
    assert [(one.receipt, one.withdrawn_at, one.counted) for one in sheet.receipts] == [
        (receipt("fit.1"), later(9), False), (receipt("fit.2", half_life=60.0), None, True),
    ]  # fmt: skip


async def test_consents_are_a_ledger(database: Database) -> None:
    stored = await begun(database)
    for given, wording in ((True, "May we write?"), (False, "May we write?")):
        record = ConsentRecord(given, "v1", NOON)
        after = replace(stored.state, consents={"keep_in_touch": record})
        change = LeadChange(consents=after.consents, consent_texts={"keep_in_touch": wording})
        stored = (await saved(database, stored, new_turn(said("x"), after, lead=change))).conversation
    sheet = await only_lead(database)
    assert [(one.purpose, one.given, one.wording, one.version) for one in sheet.consents] == [
        ("keep_in_touch", True, "May we write?", "v1"), ("keep_in_touch", False, "May we write?", "v1"),
    ]  # fmt: skip


async def test_a_handoff_makes_a_lead_hot(database: Database) -> None:
    cold = await lead_with(database, "cold", {"first_name": "Cold"})
    hot = await lead_with(database, "hot", {"first_name": "Hot"})
    effects = (HandOff(to="sales", reason="Ready"),)
    hot = (await saved(database, hot, new_turn(said("now", later(7)), hot.state, effects=effects))).conversation
    assert [line.id for line in await listed(database, hot=True)] == [hot.lead_id]
    assert [line.id for line in await listed(database, hot=False)] == [cold.lead_id]
    sheet = await shown(database, (await listed(database, hot=True))[0].public_id)
    assert sheet.lead.hot_at == later(7)
    assert [(one.target, one.reason) for one in sheet.handoffs] == [("sales", "Ready")]


async def test_the_sheet_has_every_word_and_gift(database: Database) -> None:
    stored = await lead_with(database, "a", {"email": "ada@example.com"})
    grant = NewGrant(token="t1", magnet="guide", kind="file", payload={"file": "g.pdf"}, expires=later(99))
    new = new_turn(said("guide?"), stored.state, [visitor("guide?"), bot("Here it is")], grants=(grant,))
    await saved(database, stored, new)
    sheet = await shown(database, "ada@example.com")
    (talk,) = sheet.conversations
    assert [message["text"] for message in talk.messages] == ["Hello!", "…", "guide?", "Here it is"]
    assert [(one.magnet, one.payload, one.expires, one.opened) for one in sheet.grants] == [
        ("guide", {"file": "g.pdf"}, later(99), 0)
    ]
    assert [(one.kind, one.value, one.strength) for one in sheet.identities] == [
        ("visitor", "person-a", "proven"), ("email", "ada@example.com", "claimed"),
    ]  # fmt: skip


async def test_a_lead_is_found_by_the_beginning_of_its_id(database: Database) -> None:
    one, other = [await lead_with(database, name, {"first_name": name}) for name in "ab"]
    (line, _) = await listed(database)
    assert (await shown(database, line.public_id[:8])).lead == line
    assert await database.read(lambda tx: leads.show_lead(tx, line.public_id[:3])) is None
    assert await database.read(lambda tx: leads.show_lead(tx, "%%%%")) is None
    assert await database.read(lambda tx: leads.show_lead(tx, "nobody@example.com")) is None
    assert one.lead_id != other.lead_id


async def test_a_lead_is_found_by_the_beginning_of_its_address_if_no_other_begins_so(database: Database) -> None:
    await lead_with(database, "a", {"email": "ada_1@example.com"})
    await lead_with(database, "b", {"email": "bob@example.com"})
    await lead_with(database, "c", {"email": "adam@example.com"})
    assert ("email", "bob@example.com") in (await shown(database, "Bo")).lead.identities
    assert ("email", "ada_1@example.com") in (await shown(database, "ada_")).lead.identities
    with pytest.raises(AmbiguousLead) as caught:
        await shown(database, "ada")
    assert len(caught.value.public_ids) == 2
    for nobody in ("", "%", "example.com"):
        assert await database.read(lambda tx, key=nobody: leads.show_lead(tx, key)) is None  # type: ignore[misc]


async def test_an_address_that_two_people_share_is_asked_about(database: Database) -> None:
    await lead_with(database, "a", {"email": "x@example.com"})
    second = await lead_with(database, "b", {"email": "x@example.com"})
    assert second.lead_id is not None
    await database.write(lambda tx: leads.part_leads(tx, second.lead_id or 0))
    with pytest.raises(AmbiguousLead) as caught:
        await shown(database, "x@example.com")
    assert len(caught.value.public_ids) == 2


async def test_leads_are_searched_by_words_however_written(database: Database) -> None:
    ada = await lead_with(database, "a", {"first_name": "Ada Lovelace", "company": "Müller & Söhne 100%"})
    await lead_with(database, "b", {"first_name": "Bob", "company": "Other_100x"})
    for search in ("ada", "LOVELACE müller", "söhne", "100%", "ada lovelace"):
        assert [line.id for line in await listed(database, search=search)] == [ada.lead_id], search
    for search in ("ada bob", "' OR 1=1 --", "%", "\x00", "\ud800"):
        expected = [ada.lead_id] if search == "%" else []
        assert [line.id for line in await listed(database, search=search)] == expected, search


async def test_leads_are_filtered(database: Database) -> None:
    one = await lead_with(database, "a", {"first_name": "A"}, tags_added=("hot",))
    two = await lead_with(database, "b", {"first_name": "B"}, tags_added=("hotter", 'q"t'))
    after = replace(two.state, stage=Stage.MQL, fit=40)
    await saved(database, two, new_turn(said("x", later(60)), after))
    assert [line.id for line in await listed(database, tag="hot")] == [one.lead_id]
    assert [line.id for line in await listed(database, tag='q"t')] == [two.lead_id]
    assert [line.id for line in await listed(database, stage=Stage.MQL)] == [two.lead_id]
    assert [line.id for line in await listed(database, since=later(30))] == [two.lead_id]
    assert await listed(database, script="other") == []
    assert len(await listed(database, script="guide")) == 2


async def test_pages_of_a_list_leave_nobody_out(database: Database) -> None:
    made = [(await lead_with(database, f"{number}", {"first_name": f"{number}"})).lead_id for number in range(7)]
    seen: list[int] = []
    after: str | None = None
    while True:
        page = await database.read(lambda tx, after=after: leads.list_leads(tx, limit=3, after=after))  # type: ignore[misc]
        seen += [line.id for line in page.leads]
        after = page.next
        if after is None:
            break
    assert seen == sorted((number or 0 for number in made), reverse=True)
    for bad in ("x", "1", "1.x", "9" * 40 + ".1", ""):
        with pytest.raises(ValueError, match="place in the list"):
            await database.read(lambda tx, bad=bad: leads.list_leads(tx, after=bad))  # type: ignore[misc]


async def test_the_first_touch_stays_and_the_last_one_moves(database: Database) -> None:
    await lead_with(database, "a", {"first_name": "A"}, person="same")
    second = await begun(database, address="b", person="same")
    touch = Touch(at=later(99), utm_source="mail")
    after = replace(second.state, source=Source(first=touch, last=touch), answers={"role": "boss"})
    await saved(database, second, new_turn(said("x"), after, lead=answering({"role": "boss"})))
    (line,) = await listed(database)
    assert line.source is not None
    assert (line.source.first.utm_source, line.source.last.utm_source) == ("news", "mail")
    assert {answer.field for answer in line.answers} == {"first_name", "role"}


async def test_an_export_has_a_row_for_each_lead(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leads, "EXPORTED_AT_ONCE", 2)
    for number in range(5):
        await lead_with(database, f"{number}", {"email": f"{number}@example.com", f"field_{number}": "=1+1"})
    rows = [row async for row in leads.export_leads(database)]
    assert [row["email"] for row in rows] == [f"{number}@example.com" for number in (4, 3, 2, 1, 0)]
    assert rows[0]["answer.field_4"] == "=1+1"
    assert rows[0]["first_utm_source"] == "news"
    assert rows[0]["score"] == 0
    fields = await database.read(leads.answered_fields)
    assert fields == ["email", "field_0", "field_1", "field_2", "field_3", "field_4"]
    some = [row async for row in leads.export_leads(database, LeadFilter(search="3@"))]
    assert [row["email"] for row in some] == ["3@example.com"]


async def test_two_conversations_of_one_visitor_share_a_lead(database: Database) -> None:
    first = await lead_with(database, "a", {"first_name": "Ada"}, person="same")
    second = await begun(database, address="b", person="same")
    assert second.lead_id == first.lead_id
    sheet = await only_lead(database)
    assert len(sheet.conversations) == 2


async def test_a_lead_made_elsewhere_meanwhile_is_used(database: Database) -> None:
    async def opened(address: str) -> StoredConversation:
        return await begun(database, address=address, person="same")

    one, two = await opened("a"), await opened("b")
    change = answering({"first_name": "Ada"})
    after = replace(state(person="same"), answers={"first_name": "Ada"})
    first = await saved(database, one, new_turn(said("x"), after, lead=change))
    second = await saved(database, two, new_turn(said("x"), after, lead=answering({"role": "boss"})))
    assert first.conversation.lead_id == second.conversation.lead_id
    assert {answer.field for answer in (await only_lead(database)).lead.answers} == {"first_name", "role"}


async def test_a_talk_that_has_earned_nothing_yet_leaves_the_points_of_another_as_they_are(database: Database) -> None:
    stored = await lead_with(database, "a", {"team_size": 80}, person="ada")
    scored = replace(stored.state, fit=30, engagement=10, stage=Stage.MQL, receipts=(receipt("fit.1", 30),))
    change = LeadChange(receipts_added=scored.receipts)
    stored = (await saved(database, stored, new_turn(said("80", later(1)), scored, lead=change))).conversation
    other = await lead_with(database, "b", {"topic": "prices"}, person="ada")
    assert other.lead_id == stored.lead_id
    sheet = await only_lead(database)
    assert (sheet.lead.fit, sheet.lead.engagement) == (30, 10)
    assert [(one.receipt.rule, one.counted) for one in sheet.receipts] == [("fit.1", True)]
    earned = replace(other.state, fit=5, receipts=(receipt("fit.9", 5),))
    change = LeadChange(receipts_added=earned.receipts)
    other = (await saved(database, other, new_turn(said("x", later(5)), earned, lead=change))).conversation
    sheet = await only_lead(database)
    assert (sheet.lead.fit, sheet.lead.engagement) == (5, 0)
    assert [(one.receipt.rule, one.counted) for one in sheet.receipts] == [("fit.1", False), ("fit.9", True)]
    corrected = replace(other.state, fit=0, receipts=())
    change = LeadChange(receipts_withdrawn=("fit.9",))
    await saved(database, other, new_turn(said("no", later(9)), corrected, lead=change))
    assert (await only_lead(database)).lead.fit == 0
