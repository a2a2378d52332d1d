"""Campaign links into a messenger: the script, the step and the source go along; an old ticket is told of."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.app import Application
from bot.campaigns import PLACEHOLDER, along, new_code, way_key
from storage import links, settings
from storage.links import Link
from tests.bot.messengers.conftest import HELP
from tests.bot.messengers.looking import stored
from tests.clock import StoppedClock
from tests.messenger import NAME, Carrier


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "help.yaml").write_text(HELP.replace("steps:\n", "doors: [asked, colours]\nsteps:\n", 1).replace(
        "  - ask: colour\n", "  - step: colours\n    ask: colour\n"), "utf-8")  # fmt: skip
    return folder


async def made(application: Application, **more: Any) -> str:
    values = {"script": "help", "source": {"utm_source": "fair"}} | more
    link = Link(code=new_code(), name="Poster", created=application.clock(), **values)
    assert await application.database.write(lambda tx: links.add(tx, link))
    return link.code


async def test_a_link_begins_its_script_at_its_step(application: Application, carrier: Carrier) -> None:
    code = await made(application, step="colours")
    ada = carrier.person(1)
    await ada.starts(code)
    await ada.sees("Which colour?")
    state = (await stored(application, "1", "help")).state
    assert state.source is not None
    first = state.source.first
    assert (first.utm_source, first.utm_medium, first.campaign_code) == ("fair", "chat", code)
    counted = await application.database.read(lambda tx: links.count(tx, code))
    assert (counted.talks, counted.leads) == (1, 0)


async def test_a_step_that_is_gone_or_no_door_begins_at_the_start(application: Application, carrier: Carrier) -> None:
    for number, step in ((1, "nowhere"), (2, "ask.phone")):
        person = carrier.person(number)
        await person.starts(await made(application, step=step))
        await person.sees("How can I help?")


async def test_a_link_opened_in_the_middle_of_a_talk_leads_to_its_step(
    application: Application, carrier: Carrier
) -> None:
    ada = carrier.person(1)
    await ada.starts(await made(application))
    await ada.sees("How can I help?")
    await ada.starts(await made(application, step="colours", source={"utm_source": "mail"}))
    await ada.sees("Which colour?")
    source = (await stored(application, "1", "help")).state.source
    assert source is not None
    assert (source.first.utm_source, source.last.utm_source) == ("fair", "mail")


async def test_a_link_that_is_over_begins_its_script_and_counts_no_more(
    application: Application, carrier: Carrier, clock: StoppedClock
) -> None:
    code = await made(application, step="colours", expires=clock())
    ada = carrier.person(1)
    await ada.starts(code)
    await ada.sees("How can I help?")
    assert (await application.database.read(lambda tx: links.count(tx, code))).talks == 0


async def test_the_way_to_a_messenger_is_remembered_for_links(application: Application, carrier: Carrier) -> None:
    async with asyncio.timeout(60):
        while (way := await application.database.read(lambda tx: settings.get(tx, way_key(NAME)))) is None:
            await asyncio.sleep(0.02)
    messenger = application.messengers.by_name[NAME]
    assert PLACEHOLDER in way
    assert along(way, "k7m2p9qxwd") == messenger.link("k7m2p9qxwd")


@pytest.mark.parametrize("is_new", [True, False])
async def test_who_comes_by_a_ticket_that_is_too_old_is_told(
    application: Application, carrier: Carrier, clock: StoppedClock, is_new: bool
) -> None:
    import aiohttp

    from tests.application import WireVisitor

    ada = carrier.person(1)
    if not is_new:
        await ada.starts()
        await ada.sees("What may I call you?")
    async with aiohttp.ClientSession() as session:
        web = WireVisitor(session, application.base_url, "welcome")
        await web.connect()
        await web.says(f"continue on {NAME}", f"cross:{NAME}")
        message = next(one for one in web.messages.values() if one.get("links"))
        await web.close()
    assert message["card"]["kind"] == "qr"
    assert message["card"]["title"] == "On the phone: scan this to go on in Carrier."
    clock.pass_(minutes=16)
    await ada.starts(message["links"][0]["url"].rpartition("=")[2])
    await ada.sees("The link you came by worked once, for 15 minutes.")
    await ada.waits(lambda: ada.texts[-1] == "What may I call you?")
