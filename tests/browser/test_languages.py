"""What the chat itself says: in the language of the page, of the browser, or of the visitor's choice."""

import pytest
from playwright.async_api import expect

from bot.web.widget.__main__ import LANGUAGES
from tests.browser.conftest import Visits
from tests.browser.standin import StandIn
from tests.test_widget import words_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_speaks_the_language_of_the_browser_and_loads_no_other(
    visits: Visits, server: StandIn, language: str
) -> None:
    visitor = await visits("/page/speechless", locale=f"{language}-CH" if language != "ar" else "ar-EG")
    await visitor.opens()
    words = words_of(language)
    await expect(visitor.field).to_have_attribute("placeholder", words["placeholder"])
    await expect(visitor.chat.get_by_role("log", name=words["conversation"])).to_be_visible()
    await expect(visitor.panel).to_have_attribute("lang", language)
    await expect(visitor.panel).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    spoken = {path for path in server.requests if "/widget-core-" in path or "/widget-words-" in path}
    assert spoken == {f"/widget-core-{language}.js"}


async def test_it_follows_a_visitor_who_changes_the_language(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    await visitor.says("Kannst du Deutsch?")
    await visitor.sees("Answer 1")
    await visitor.field.fill("Ich wollte")
    talk = server.talks[0]
    await server.push(talk, talk.add(text="Gern auf Deutsch.", language="de"))
    await expect(visitor.chat.get_by_label("Ihre Nachricht")).to_have_value("Ich wollte")
    await visitor.sees_exactly("Hello! What is on your mind?", "Kannst du Deutsch?", "Answer 1", "Gern auf Deutsch.")
    await visitor.focuses("Ihre Nachricht")
    await visitor.page.reload()
    await expect(visitor.chat.get_by_label("Ihre Nachricht")).to_be_visible()
    assert server.requests[-1] != "/widget-core-en.js"
    assert len(server.talks) == 1


async def test_two_chats_speak_their_own_languages(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/page/two")
    await expect(visitor.page.locator("#one #field")).to_have_attribute("placeholder", "Write a message…")
    await visitor.page.locator("#other").evaluate("(chat) => chat.setAttribute('language', 'fr-CA')")
    other = words_of("fr")["placeholder"]
    await expect(visitor.page.locator("#other #field")).to_have_attribute("placeholder", other)
    await expect(visitor.page.locator("#one #field")).to_have_attribute("placeholder", "Write a message…")
