"""One conversation, another channel: from the website to a messenger and back, by a link that works once."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest_asyncio
from sqlalchemy import select

from bot.app import Application
from dialogs.desk.acts import Claim, Join, Speak
from dialogs.desk.people import Rep
from dialogs.events import RepDid, VisitorDid
from dialogs.state import Status
from storage import conversations, crossings, identities, leads
from storage.tables import CROSSINGS
from tests.application import HeardTarget, WireVisitor
from tests.bot.messengers.looking import sheet, stored, transcript
from tests.clock import StoppedClock
from tests.messenger import NAME, Carrier

TOO_OLD = (
    "The link you came by worked once, for 15 minutes. To go on where you were, ask for a new one there; or we simply "
    "start here."
)
ANNA = Rep(key="anna", name="Anna Berg")


@pytest_asyncio.fixture
async def web(application: Application) -> AsyncIterator[WireVisitor]:
    async with aiohttp.ClientSession() as session:
        visitor = WireVisitor(session, application.base_url, "welcome")
        await visitor.connect(page="https://example.com/?utm_source=ads")
        yield visitor
        await visitor.close()


def link_in(visitor: WireVisitor) -> str:
    newest = next(one for _, one in sorted(visitor.messages.items(), reverse=True) if one.get("links"))
    url: str = newest["links"][0]["url"]
    return url


def code_in(url: str) -> str:
    query = parse_qs(urlsplit(url).query)
    return (query.get("start") or query["hrc"])[0]


async def ticket(web: WireVisitor) -> str:
    said = await web.says(f"continue on {NAME}", "cross:" + NAME)
    assert said.endswith("Open this to go on in Carrier, right where we are. It works once, for 15 minutes.")
    return code_in(link_in(web))


async def test_from_the_website_to_a_messenger_at_the_very_question(
    application: Application, web: WireVisitor, carrier: Carrier
) -> None:
    await web.says("Ada")
    code = await ticket(web)
    assert len(code) == 22
    ada = carrier.person(4711)
    await ada.starts(code)
    await ada.sees("Where shall it go, Ada?")
    assert ada.texts[0] == "Here we are. Let's go on where we were."
    await ada.says("ada@example.com")
    await ada.sees("How many people?")
    there = await stored(application, 4711)
    assert there.state.answers == {"first_name": "Ada", "email": "ada@example.com"}
    assert there.state.source is not None
    assert there.state.source.first.utm_source == "ads"
    page = await application.database.read(lambda tx: leads.list_leads(tx, leads.LeadFilter()))
    assert len(page.leads) == 1
    known = {(one.kind, one.strength) for one in (await sheet(application, 4711)).identities}
    assert ("visitor", "proven") in known
    # The place that was left says so, and is silent otherwise.
    assert "We go on in Carrier." in await web.says("hello?")


async def test_a_ticket_works_once_and_for_a_quarter_of_an_hour(
    application: Application, web: WireVisitor, carrier: Carrier, clock: StoppedClock
) -> None:
    await web.says("Ada")
    late, good, other = await ticket(web), "", ""
    clock.pass_(minutes=16)
    ada, eve, bob = carrier.person(1), carrier.person(2), carrier.person(3)
    await ada.starts(late)
    await ada.sees("What may I call you?")
    good, other = await ticket(web), await ticket(web)
    await ada.starts(good)
    await ada.sees("Where shall it go, Ada?")
    for person, code in ((eve, good), (bob, other)):
        await person.starts(code)
        await person.sees("What may I call you?")
        assert (await stored(application, person.sender.address)).state.answers == {}
        source = (await stored(application, person.sender.address)).state.source
        assert source is not None
        assert source.first.campaign_code is None
    await ada.starts(good)  # The same link, opened once more by the same person.
    await ada.waits(lambda: ada.texts.count("Where shall it go, Ada?") == 2)


async def test_nothing_of_a_code_can_be_read_in_the_database(application: Application, web: WireVisitor) -> None:
    code = await ticket(web)
    assert await application.database.read(lambda tx: crossings.offered(tx, code, application.clock())) is not None
    rows = await application.database.read(lambda tx: list(tx.connection.execute(select(CROSSINGS.c.hash)).scalars()))
    assert all(code not in row and len(row) == 64 for row in rows)


async def test_coming_back_by_the_button_goes_on_where_the_messenger_was(
    application: Application, web: WireVisitor, carrier: Carrier
) -> None:
    await web.says("Ada")
    ada = carrier.person(5)
    await ada.starts(await ticket(web))
    await ada.sees("Where shall it go, Ada?")
    await ada.says("ada@example.com")
    await ada.sees("How many people?")
    await web.says("hm")
    said = await web.presses("Go on here instead")
    assert said == "Here we are. Let's go on where we were.\nHow many people?"
    await ada.sees("We go on on the website.")
    assert await web.says("20") != ""
    assert await application.database.read(lambda tx: conversations.find(tx, NAME, "5/welcome")) is not None
    await ada.says("80")
    await ada.waits(lambda: ada.texts.count("We go on on the website.") == 2)
    await ada.presses("Go on here instead")
    await ada.waits(lambda: ada.texts[-1] == "When?")
    assert (await stored(application, 5)).state.answers["team_size"] == 20


async def test_from_a_messenger_to_the_website_by_a_wish(
    application: Application, carrier: Carrier, web: WireVisitor
) -> None:
    ada = carrier.person(6)
    await ada.starts()
    await ada.sees("What may I call you?")
    await ada.says("Ada")
    await ada.sees("Where shall it go, Ada?")
    await ada.says("Can we continue on the website please?")
    offer = await ada.sees("Open this to go on on the website")
    text = offer.shown.text + "".join(link.url for link in offer.shown.links)
    url = text[text.index("http") :].split()[0]
    assert urlsplit(url).path == "/chat/welcome"
    async with aiohttp.ClientSession() as session:
        other = WireVisitor(session, application.base_url, "welcome")
        await other.connect(page=url)
        assert [text for _, text in other.transcript] == [
            "Here we are. Let's go on where we were.", "Where shall it go, Ada?",
        ]  # fmt: skip
        assert "How many people?" in await other.says("ada@example.com")
        again = WireVisitor(session, application.base_url, "welcome")
        await again.connect(page=url)
        assert again.transcript == [("bot", TOO_OLD), ("bot", "What may I call you?")]
        await other.close()
        await again.close()


async def test_where_it_cannot_go_on_is_said(application: Application, carrier: Carrier, web: WireVisitor) -> None:
    assert await web.says("continue on whatsapp") == "I'm sorry, we can't go on there."
    ada = carrier.person(7)
    await ada.starts()
    await ada.sees("What may I call you?")
    await ada.says("continue here on telegram")
    await ada.sees("I'm sorry, we can't go on there.")


async def test_a_person_who_talks_goes_along_and_need_not_know(
    application: Application, carrier: Carrier, web: WireVisitor, target: HeardTarget
) -> None:
    await web.says("Ada")
    await web.says("a person please")
    view = await target.wait()
    number = await application.database.read(
        lambda tx: conversations.find_by_public_id(tx, web.welcome["conversation"])
    )
    assert number is not None

    async def does(act: Any) -> None:
        event = RepDid(at=application.clock(), handoff=view.handoff, rep=ANNA, act=act)
        await application.manager.handle(number.id, event, None)

    await does(Claim())
    await does(Join())
    ada = carrier.person(8)
    await ada.starts(await ticket(web))
    await ada.sees("Here we are.")
    await does(Speak(text="Hello Ada", reference="r1"))
    await ada.sees("Anna Berg: Hello Ada")
    await ada.says("Hello Anna")
    there = await stored(application, 8)
    assert there.state.status is Status.TALKING
    while not any(message["text"] == "Hello Anna" for shown in target.shown for message in shown.messages):
        await target.wait_shown()
    assert all(message["text"] != "Hello Anna" for message in web.messages.values())


async def test_a_magnet_that_was_given_before_still_counts_for_the_same_lead(
    application: Application, carrier: Carrier, web: WireVisitor
) -> None:
    await web.says("Ada")
    await web.says("ada@example.com")
    card = next(one["card"] for one in web.messages.values() if "card" in one)
    ada = carrier.person(9)
    await ada.starts(await ticket(web))
    await ada.sees("How many people?")
    async with aiohttp.ClientSession() as session, session.get(card["url"]) as response:
        assert response.status == 200
    assert (await stored(application, 9)).state.engagement == 10


async def test_what_a_crossing_joined_can_be_parted(
    application: Application, carrier: Carrier, web: WireVisitor
) -> None:
    # Somebody who is known on the messenger already has a lead of their own: the two are linked, not merged.
    ada = carrier.person(10)
    await ada.starts()
    await ada.sees("What may I call you?")
    await ada.says("Augusta")
    await ada.sees("Where shall it go, Augusta?")
    await web.says("Ada")
    await ada.starts(await ticket(web))
    await ada.sees("Where shall it go, Ada?")
    one = await stored(application, 10)
    assert one.lead_id is not None
    page = await application.database.read(lambda tx: leads.list_leads(tx, leads.LeadFilter()))
    assert [line.linked for line in page.leads] == [1]
    parted = await application.database.write(lambda tx: identities.part_leads(tx, one.lead_id or 0))
    assert len(parted) == 1
    page = await application.database.read(lambda tx: leads.list_leads(tx, leads.LeadFilter()))
    assert [line.linked for line in page.leads] == [0, 0]


async def test_a_key_that_a_crossing_joined_can_be_parted(
    application: Application, carrier: Carrier, web: WireVisitor
) -> None:
    await web.says("Ada")
    ada = carrier.person(13)
    await ada.starts(await ticket(web))
    await ada.sees("Where shall it go, Ada?")
    lead_id = (await stored(application, 13)).lead_id
    assert lead_id is not None
    part = partial(crossings.part_key, lead_id=lead_id, person=ada.sender.person)
    assert [await application.database.write(part), await application.database.write(part)] == [True, False]
    await ada.starts("help")
    await ada.sees("How can I help?")
    assert (await stored(application, 13, "help")).lead_id is None


async def test_somebody_erased_leaves_no_way_over(
    application: Application, carrier: Carrier, web: WireVisitor, clock: StoppedClock
) -> None:
    await web.says("Ada")
    code = await ticket(web)
    lead = (await application.database.read(lambda tx: leads.list_leads(tx, leads.LeadFilter()))).leads[0]
    await application.database.write(lambda tx: leads.erase_lead(tx, lead.public_id, clock()))
    assert await application.database.read(lambda tx: crossings.offered(tx, code, clock())) is None
    ada = carrier.person(11)
    await ada.starts(code)
    await ada.sees("What may I call you?")


async def test_the_transcripts_tell_where_it_went_on(
    application: Application, carrier: Carrier, web: WireVisitor
) -> None:
    await web.says("Ada")
    ada = carrier.person(12)
    await ada.starts(await ticket(web))
    await ada.sees("Where shall it go, Ada?")
    while web.transcript[-1] != ("bot", "We go on in Carrier."):
        await web.receive()
    await web.says("hm")
    assert [text for who, text in web.transcript if who == "bot"][-2:] == ["We go on in Carrier."] * 2
    assert (await transcript(application, 12))[0] == ("bot", "Here we are. Let's go on where we were.")


async def test_what_was_done_before_or_after_the_crossing_is_not_done_again(
    application: Application, web: WireVisitor, carrier: Carrier, clock: StoppedClock
) -> None:
    manager = application.manager
    left = await manager.find_public(web.welcome["conversation"])
    assert left is not None
    event = VisitorDid(at=clock(), act="page.calculator")
    before = await manager.handle(left.conversation_id, event, "before")
    ada = carrier.person(1)
    await ada.starts(await ticket(web))
    await ada.sees("What may I call you?")
    after = await manager.handle(left.conversation_id, event, "after")
    assert (before.conversation_id, after.repeated) == (left.conversation_id, False)
    assert after.conversation_id == (await stored(application, 1)).id
    for name, first in (("before", before), ("after", after)):
        for again in (
            await manager.handle(left.conversation_id, event, name),
            await manager.recorded(left.conversation_id, name),
        ):
            assert again is not None and again.repeated
            assert (again.conversation_id, again.first_seq) == (first.conversation_id, first.first_seq)
    assert await manager.recorded(left.conversation_id, "never") is None
