"""Refusals reach visitors in their own language: over the socket, over HTTP, and as pages."""

from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bot.app import Application
from bot.config import HumanCheckSettings
from bot.refusals import LANGUAGES, SENTENCES, wording
from tests.application import HeardTarget, WireVisitor, config_for, running
from tests.bot.web.test_api import Caller


async def page(session: aiohttp.ClientSession, url: str, languages: str) -> tuple[int, str, str]:
    headers = {"Accept": "text/html,*/*", "Accept-Language": languages}
    async with session.get(url, headers=headers) as answer:
        return answer.status, await answer.text(), answer.headers.get("Vary", "")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_link_that_leads_nowhere_says_so_in_the_language_of_the_browser(
    app: Application, session: aiohttp.ClientSession, language: str
) -> None:
    direction = "rtl" if language == "ar" else "ltr"
    for path, status, sentence in (
        ("/m/no-such-token", 404, "link_unknown"),
        (f"/files/{'0' * 32}/x", 404, "link_unknown"),
        ("/l/zzzzzz", 404, "no_such_link"),
        ("/chat/no-such-chat", 404, "unknown_script"),
        ("/pictures/none.png", 404, "page_unknown"),
        ("/nothing", 404, "page_unknown"),
    ):
        given, text, vary = await page(session, app.base_url + path, f"{language}-XX,sv;q=0.5")
        assert given == status
        assert f'<html lang="{language}" dir="{direction}">' in text
        said = SENTENCES[sentence][language].replace("'", "&#x27;")
        assert f"<h1>{said}</h1>" in text
        assert "Accept-Language" in vary


async def test_a_program_gets_the_same_as_json(app: Application, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{app.base_url}/m/no-such-token", headers={"Accept-Language": "fr"}) as answer:
        error = (await answer.json())["error"]
        assert (answer.status, error["code"]) == (404, "not_found")
        assert error["message"] == SENTENCES["link_unknown"]["fr"]


async def test_what_the_chat_says_of_its_language_goes_before_the_talks_and_the_browsers(
    database_url: str, folder: Path, session: aiohttp.ClientSession
) -> None:
    config = config_for(database_url, folder, conversations_an_hour=2)
    async with running(config, targets={"terminal": HeardTarget()}) as app:
        visitor = WireVisitor(session, app.base_url, "welcome")
        await visitor.connect(language="it-IT")
        await visitor.send({"type": "say", "id": "1", "text": "", "file": "0" * 32})
        assert (await visitor.receive())["message"] == SENTENCES["unknown_file"]["it"]
        await visitor.close()
        # A script that speaks German, asked by a client that says no more about itself.
        caller = Caller(session, app.base_url)
        await caller.start(language="de")
        _, answer = await caller.say("1", "", file="0" * 32)
        assert answer["error"]["message"] == SENTENCES["unknown_file"]["de"]
        query = {"id": "u1", "name": "a.pdf", "language": "ar"}
        path = f"/conversations/{caller.conversation}/files"
        _, answer = await caller.call("POST", path, params=query, data=b"%PDF-1.7")
        assert answer["error"]["message"] == SENTENCES["no_file_wanted"]["ar"]
        # Too many: nobody is in a talk yet.
        stranger = WireVisitor(session, app.base_url, "welcome")
        refused = await stranger.connect(language="nl")
        assert (refused["code"], refused["message"]) == ("too_many", SENTENCES["too_many_talks"]["nl"])
        await stranger.close()
        _, answer = await Caller(session, app.base_url).call(
            "POST", "/conversations", json={"script": "welcome", "language": "pt-BR"}
        )
        assert answer["error"]["message"] == SENTENCES["too_many_talks"]["pt"]


async def test_the_check_of_a_person_and_the_pace_speak_the_visitors_language(
    database_url: str, folder: Path, session: aiohttp.ClientSession
) -> None:
    config = config_for(database_url, folder, messages_a_minute=1)
    config = replace(config, human_check=HumanCheckSettings(kind="puzzle", before=("handoff",)))
    async with running(config, targets={"terminal": HeardTarget()}) as app:
        visitor = WireVisitor(session, app.base_url, "welcome")
        await visitor.connect(language="es")
        await visitor.send({"type": "say", "id": "1", "text": "a person please"})
        assert (await visitor.receive())["message"] == SENTENCES["prove_person"]["es"]
        await visitor.send({"type": "say", "id": "2", "text": "Ada"})
        refused = await visitor.receive()
        assert refused["message"] == wording("too_fast", seconds=max(1, round(refused["retry_after"] + 0.5))).said("es")
        await visitor.close()
