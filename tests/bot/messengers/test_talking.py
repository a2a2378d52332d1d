"""Talking on a messenger with the real application: the same scripts, the same guarantees."""

from pathlib import Path

import aiohttp
import pytest

from bot.app import Application
from bot.channels.contract import Capabilities, Said, SharedContact, Wished
from storage import conversations, leads
from tests.application import HeardTarget
from tests.bot.messengers.conftest import Run
from tests.bot.messengers.looking import sheet, stored, transcript
from tests.messenger import NAME, Carrier


async def test_a_talk_from_hello_to_a_hot_lead(application: Application, carrier: Carrier, target: HeardTarget) -> None:
    ada = carrier.person(4711)
    await ada.starts()
    await ada.sees("What may I call you?")
    await ada.says("Ada")
    await ada.sees("Where shall it go, Ada?")
    await ada.says("ada@example.com")
    guide = await ada.sees("The guide")
    assert guide.shown.file is not None
    assert guide.shown.file.path.read_bytes() == b"%PDF-1.4 the guide"
    await ada.says("80")
    code = await ada.sees("ALPHA")
    assert code.shown.code == "ALPHA"
    await ada.sees("When?")
    await ada.presses("This month")
    await ada.sees("Thank you, Ada!")
    view = await target.wait()
    assert (view.lead.channel, view.lead.name) == (NAME, "Ada")
    assert carrier.typing


async def test_a_guide_whose_opening_counts_comes_as_a_link(run: Run, folder: Path, carrier: Carrier) -> None:
    script = folder / "a-welcome.yaml"
    script.write_text(script.read_text("utf-8").replace("file: guide.pdf", "file: guide.pdf, in_messengers: link"))
    async with run() as application, aiohttp.ClientSession() as session:
        ada = carrier.person(1)
        await ada.starts()
        await ada.says("Ada")
        await ada.says("ada@example.com")
        guide = await ada.sees("The guide")
        assert guide.shown.file is None
        (link,) = guide.shown.links
        token = link.url.rpartition("/m/")[2]
        for _ in range(2):
            async with session.get(f"{application.listens_at}/m/{token}") as answer:
                assert await answer.read() == b"%PDF-1.4 the guide"
        acts = [one.name for one in (await stored(application, 1)).state.acts]
        assert acts.count("guide.opened") == 1
        assert (await sheet(application, 1)).lead.engagement == 10


async def test_the_first_words_are_heard_where_they_mean_something(application: Application, carrier: Carrier) -> None:
    greeting, asking, answering = carrier.person(1), carrier.person(2), carrier.person(3)
    await greeting.says("hi there")
    await greeting.sees("What may I call you?")
    assert len(greeting.screen) == 1
    assert ("visitor", "hi there") in await transcript(application, 1)
    await asking.says("I would like to talk to a person")
    await asking.sees("What may I call you?")
    await asking.waits(lambda: len(asking.screen) > 1)
    assert (await stored(application, 2)).state.handoffs == ("asked",)
    await answering.says("Grace")
    await answering.sees("Where shall it go, Grace?")


async def test_buttons_numbers_and_words_answer_alike(run: Run, carrier: Carrier) -> None:
    async with run(BARE_CARRIER, script="help") as application:
        ada = carrier.person(5)
        await ada.starts()
        menu = await ada.sees("How can I help?")
        assert menu.shown.text == "How can I help?\n\n1. Prices\n2. A question\n\nA number is enough."
        assert menu.shown.buttons == ()
        await ada.says("1")
        await ada.sees("What is your number?")
        assert (await transcript(application, 5, "help"))[1] == ("visitor", "Prices")
        await ada.says("+49 171 1234567")
        await ada.sees("4. Grey")
        await ada.says("3.")
        await ada.sees("Somebody will be with you.")
        assert (await stored(application, 5, "help")).state.answers["colour"] == "blue"


BARE_CARRIER = Capabilities(
    name=NAME, title="Carrier", buttons=0, label_characters=0, text_characters=300, files=False, pictures=False,
    link_buttons=False,
)  # fmt: skip


async def test_a_stale_button_corrects_or_says_where_we_are(run: Run, carrier: Carrier) -> None:
    async with run(script="help") as application:
        ada = carrier.person(6)
        await ada.starts()
        await ada.sees("How can I help?")
        await ada.presses("Prices")
        await ada.sees("What is your number?")
        await ada.says("+49 171 1234567")
        await ada.sees("Which colour?")
        await ada.presses("Prices")  # Pressed twice is no news.
        await ada.presses("Red")
        await ada.sees("Somebody will be with you.")
        await ada.presses("Green")
        await ada.waits(lambda: [text for text in ada.texts if "Green" in text])
        assert (await stored(application, 6, "help")).state.answers["colour"] == "green"
        await ada.starts("welcome")
        await ada.sees("What may I call you?")
        await ada.presses("Blue")  # A button of the other talk belongs to that talk.
        assert (await stored(application, 6, "help")).state.answers["colour"] == "blue"
        assert (await stored(application, 6)).state.answers == {}


async def test_a_forged_button_opens_nobodys_talk(application: Application, carrier: Carrier) -> None:
    ada, eve = carrier.person(7), carrier.person(8)
    await ada.starts("help")
    menu = await ada.sees("How can I help?")
    await eve.starts("help")
    await eve.sees("How can I help?")
    for key in (menu.shown.buttons[0].key, "b:1:1:99", "b:99999:1:0", "nonsense"):
        await eve.does(Said(text="", button=key))
    assert (await transcript(application, 7, "help")) == [("bot", "How can I help?")]
    assert (await stored(application, 8, "help")).state.picks == {}


async def test_a_shared_number_answers_and_proves(run: Run, carrier: Carrier) -> None:
    async with run(script="help") as application:
        ada = carrier.person(9)
        await ada.starts()
        await ada.sees("How can I help?")
        await ada.presses("Prices")
        asked = await ada.sees("What is your number?")
        assert asked.shown.ask_contact == "Share my phone number"
        await ada.does(SharedContact(phone="491711234567", own=True))
        await ada.sees("Which colour?")
        known = (await sheet(application, 9, "help")).identities
        assert ("phone", "+491711234567", "proven") in [(one.kind, one.value, one.strength) for one in known]


@pytest.mark.parametrize(("code", "script", "campaign"), [
    ("help", "help", None), ("help_spring", "help", "spring"), ("spring", "welcome", "spring"), ("", "welcome", None),
])  # fmt: skip
async def test_a_link_chooses_the_script_and_tells_the_source(
    application: Application, carrier: Carrier, code: str, script: str, campaign: str | None
) -> None:
    ada = carrier.person(10)
    await ada.starts(code)
    await ada.waits(lambda: ada.screen)
    source = (await stored(application, 10, script)).state.source
    assert source is not None
    assert (source.first.utm_source, source.first.campaign_code) == (NAME, campaign)


async def test_opening_the_chat_again_puts_the_question_again(application: Application, carrier: Carrier) -> None:
    ada = carrier.person(11)
    await ada.starts()
    await ada.sees("What may I call you?")
    await ada.says("Ada")
    await ada.sees("Where shall it go, Ada?")
    await ada.starts("autumn")
    await ada.waits(lambda: ada.texts.count("Where shall it go, Ada?") == 2)
    source = (await stored(application, 11)).state.source
    assert source is not None
    assert (source.first.campaign_code, source.last.campaign_code) == (None, "autumn")


async def test_commands_do_what_they_say(application: Application, carrier: Carrier) -> None:
    ada = carrier.person(12, language="de-AT")
    await ada.starts()
    await ada.sees("Wie darf ich Sie nennen?")
    await ada.does(Wished(command="language", words="English"))
    await ada.sees("What may I call you?")
    await ada.says("Ada")
    await ada.sees("Where shall it go, Ada?")
    await ada.does(Wished(command="mydata"))
    await ada.sees("First name: Ada")
    await ada.does(Wished(command="help"))
    await ada.does(Wished(command="human"))
    await ada.does(Wished(command="restart"))
    await ada.waits(lambda: ada.texts[-1] == "What may I call you?")
    await ada.does(Wished(command="frobnicate", words="me"))
    await ada.waits(lambda: ada.texts[-1] == "What may I call you?" and "back" in ada.texts[-2])
    state = (await stored(application, 12)).state
    assert ("asked" in state.handoffs, state.answers) == (True, {})


async def test_somebody_who_wants_to_be_forgotten_is(application: Application, carrier: Carrier) -> None:
    ada = carrier.person(471_112)
    await ada.starts()
    await ada.sees("What may I call you?")
    await ada.says("Ada")
    await ada.says("ada@example.com")
    await ada.sees("How many people?")
    await ada.does(Wished(command="forgetme"))
    await ada.sees("Shall I erase everything we have about you")
    await ada.presses("Yes, erase it all")
    await ada.sees("Done: everything we had about you is erased.")
    page = await application.database.read(lambda tx: leads.list_leads(tx, leads.LeadFilter()))
    assert not page.leads
    assert await application.database.read(lambda tx: conversations.find(tx, NAME, "471112/welcome")) is None
    await ada.says("hello")
    await ada.waits(lambda: ada.texts[-1] == "What may I call you?")
