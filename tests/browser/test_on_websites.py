"""The chat on other people's websites: a good guest that asks for little and disturbs nothing."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visits
from tests.browser.standin import StandIn
from tests.browser.visitor import chat

pytestmark = pytest.mark.browser

DOCS = Path(__file__).parents[2] / "docs"


async def test_a_page_asks_for_nothing_but_the_widget_until_it_is_opened(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await expect(visitor.launcher).to_be_visible()
    card = "/api/v1/scripts/talk/launcher"
    await server.asked(card)
    asked = [path for path in server.requests if path != "/favicon.ico"]
    assert asked == ["/page/talk", "/widget.js", "/widget-greeting.js", card]
    assert await visitor.page.evaluate("Object.keys(localStorage)") == []
    await visitor.opens()
    assert server.hellos[0]["page"] == f"{server.address}/page/talk"
    assert await visitor.page.context.cookies() == []


async def test_a_double_click_opens_it_whether_or_not_it_was_open_before(visits: Visits) -> None:
    visitor = await visits()
    await visitor.launcher.dblclick()
    await visitor.greeted()
    await visitor.closes()
    await visitor.launcher.dblclick()
    await expect(visitor.panel).to_be_visible()


async def test_an_open_chat_is_open_on_the_next_page_without_taking_the_focus(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/page/shop")
    await visitor.opens()
    await visitor.page.goto(f"{server.address}/page/shop-more")
    await visitor.greeted()
    assert await visitor.focused() == "body"
    await visitor.closes()
    await visitor.page.goto(f"{server.address}/page/shop")
    await expect(visitor.launcher).to_have_attribute("aria-expanded", "false")


async def test_a_website_of_another_origin_can_have_it(visits: Visits, server: StandIn) -> None:
    visitor = await visits(f"http://localhost:{server.port}/page/elsewhere")
    await visitor.opens()
    await visitor.says("hello from elsewhere")
    await visitor.sees("Answer 1")
    server.sockets_blocked = True
    await server.stop()
    await server.start()
    await visitor.says("and over plain HTTP")
    await visitor.sees("Answer 2")


async def test_two_chats_on_a_page_keep_apart(visits: Visits, server: StandIn) -> None:
    one = await visits("/page/two")
    one, other = chat(one.page, "#one"), chat(one.page, "#other")
    await one.greeted()
    await other.greeted()
    await one.says("only here")
    await one.sees("Answer 1")
    await other.presses("Yes, please")
    await other.sees("What may I call you?")
    await expect(other.log.get_by_text("only here")).to_have_count(0)
    assert {talk.dialog.name for talk in server.talks} == {"talk", "crm-guide"}


async def test_chats_of_two_servers_know_nothing_of_each_other(visits: Visits, server: StandIn) -> None:
    """The code of the first serves both; each talks with its own."""
    page = (await visits(f"http://localhost:{server.port}/page/two-servers")).page
    one, other = chat(page, "handraiser-chat[script=talk]"), chat(page, "handraiser-chat[script=crm-guide]")
    for visitor in (one, other):
        await visitor.chat.evaluate("(chat) => { chat.open(); }")
        await visitor.connected()
        await visitor.online()
    addresses = [await visitor.chat.evaluate("(chat) => chat.server") for visitor in (one, other)]
    assert addresses == [server.address, f"http://localhost:{server.port}"]
    assert len({talk.token for talk in server.talks}) == 2
    await one.chat.evaluate("(chat) => chat.send('to the first')")
    await expect(one.bubbles).to_have_count(3)
    await expect(other.log.get_by_text("to the first")).to_have_count(0)


async def test_a_chat_inside_a_page_fills_its_box(visits: Visits) -> None:
    visitor = await visits("/page/inline")
    await visitor.greeted()
    box, panel = await visitor.chat.bounding_box(), await visitor.panel.bounding_box()
    assert box == panel
    assert box is not None
    assert box["height"] == 600
    await expect(visitor.launcher).to_have_count(0)
    assert await visitor.focused() == "body"


async def test_a_page_of_its_own_is_nothing_but_the_chat(visits: Visits) -> None:
    visitor = await visits("/chat/crm-guide", viewport={"width": 1000, "height": 700})
    await visitor.greeted()
    assert await visitor.panel.bounding_box() == {"x": 0, "y": 0, "width": 1000, "height": 700}
    assert await visitor.page.title() == "The CRM buyer's guide"
    await visitor.focuses("Your message")
    await visitor.presses("Yes, please")
    await visitor.sees("What may I call you?")


async def test_keys_typed_in_the_chat_are_no_shortcuts_of_the_page(visits: Visits) -> None:
    visitor = await visits()
    await visitor.page.evaluate(
        """() => {
            window.heard = [];
            for (const name of ["keydown", "keypress", "keyup"])
                document.addEventListener(name, (event) => heard.push(event.key));
        }"""
    )
    await visitor.opens()
    await visitor.field.press_sequentially("s/?")
    assert await visitor.page.evaluate("heard") == []


async def test_the_style_of_the_page_does_not_reach_in(visits: Visits) -> None:
    looks = []
    for page in ("/page/talk", "/page/loud"):
        visitor = await visits(page)
        await visitor.opens()
        seen = "(field) => [getComputedStyle(field).fontSize, getComputedStyle(field).color]"
        looks.append(await visitor.field.evaluate(seen))
        await expect(visitor.launcher).to_be_visible()
    assert looks[0] == looks[1]


async def test_pages_can_drive_it_and_listen(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.page.evaluate(
        """() => {
            window.heard = [];
            for (const event of ["ready", "opened", "closed", "message", "answer", "error"])
                Handraiser.on(event, ({ text, script, code }) => heard.push([event, text ?? script?.name ?? code]));
            window.silence = Handraiser.on("message", () => heard.push("not silenced"));
            silence();
        }"""
    )
    await visitor.page.evaluate("Handraiser.open()")
    await visitor.greeted()
    await visitor.page.evaluate("Handraiser.send('asked by the page')")
    await visitor.sees("Answer 1")
    await visitor.page.evaluate("Handraiser.restart()")
    await expect(visitor.bubbles).to_have_count(5)
    await visitor.page.evaluate("Handraiser.toggle()")
    await expect(visitor.panel).to_be_hidden()
    assert await visitor.page.evaluate("heard") == [
        ["opened", None],
        ["ready", "talk"],
        ["message", "Hello! What is on your mind?"],
        ["answer", "asked by the page"],
        ["message", "asked by the page"],
        ["message", "Answer 1"],
        ["answer", "Start over"],
        ["message", "Start over"],
        ["message", "Hello! What is on your mind?"],
        ["closed", None],
    ]


async def test_another_script_can_be_put_into_the_bubble(visits: Visits) -> None:
    visitor = await visits()
    await visitor.opens()
    await visitor.chat.evaluate("(chat) => { chat.setAttribute('script', 'crm-guide'); chat.open(); }")
    await visitor.sees("Shall I send you the buyer's guide?")
    await expect(visitor.launcher).to_have_count(1)


async def test_frameworks_may_set_properties_and_take_it_out_and_put_it_back(visits: Visits) -> None:
    """As React and Vue do, which set a property where the element has one of that name."""
    visitor = await visits("/page/inline")
    await visitor.greeted()
    await visitor.page.evaluate(
        """() => {
            document.querySelector("handraiser-chat").remove();
            window.chat = Object.assign(document.createElement("handraiser-chat"), {
                script: "talk", mode: "inline", server: location.origin,
            });
            document.body.append(chat);
        }"""
    )
    await visitor.sees("Hello! What is on your mind?")
    assert await visitor.chat.evaluate("({ outerHTML }) => outerHTML") == (
        f'<handraiser-chat script="talk" mode="inline" server="{visitor.page.url.partition("/page")[0]}">'
        "</handraiser-chat>"
    )
    await visitor.says("before")
    await visitor.sees("Answer 1")
    await visitor.page.evaluate("chat.remove(); document.body.append(chat)")
    await visitor.sees("Answer 1")
    await visitor.page.evaluate("chat.script = 'crm-guide'")
    await visitor.sees("Shall I send you the buyer's guide?")


async def test_a_property_that_a_framework_leaves_empty_is_as_if_it_were_not_there(visits: Visits) -> None:
    visitor = await visits("/page/inline")
    await visitor.greeted()
    await visitor.page.evaluate(
        """() => {
            document.querySelector("handraiser-chat").remove();
            const chat = document.createElement("handraiser-chat");
            document.body.append(Object.assign(chat, { script: "talk", mode: null, server: undefined }));
        }"""
    )
    await visitor.opens()
    await visitor.sees("Hello! What is on your mind?")
    asked = await visitor.chat.evaluate("chat => [chat.script, chat.mode, chat.server === location.origin]")
    assert asked == ["talk", "bubble", True]
    assert await visitor.chat.evaluate("chat => ((chat.script = null), chat.script)") == ""


async def test_the_tag_of_the_documentation_can_be_fired_by_a_tag_manager(visits: Visits, server: StandIn) -> None:
    """Again and again, as on each change of the page's history: there is one chat, and each event comes once."""
    examples = (DOCS / "widget-examples.md").read_text("utf-8")
    found = re.search(r"## A tag manager.*?<script>\n(.*?)</script>", examples, re.DOTALL)
    assert found is not None
    tag = found[1].replace("https://chat.example.com", server.address)
    visitor = await visits("/page/blank")
    # A tag manager needs a page that lets scripts be made.
    lenient = "<!doctype html><title>Ladders</title><h1>Ladders</h1>"
    await visitor.page.route("**/page/managed", lambda route: route.fulfill(body=lenient, content_type="text/html"))
    await visitor.page.goto(f"{server.address}/page/managed")
    for _ in range(3):
        await visitor.page.evaluate(f"() => {{ {tag} }}")
    await visitor.opens()
    await visitor.page.evaluate(f"() => {{ {tag} }}")
    await expect(visitor.page.locator("handraiser-chat")).to_have_count(1)
    talk = server.talks[0]
    await server.push(talk, talk.add(text="Noted.", happened=[{"event": "lead", "detail": {"known": ["email"]}}]))
    await visitor.sees("Noted.")
    await visitor.page.wait_for_function("window.dataLayer?.length")
    assert await visitor.page.evaluate("dataLayer") == [{"event": "chat_lead", "chat": {"known": ["email"]}}]


async def test_a_chat_that_does_not_exist_says_so(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/page/unknown")
    await visitor.launcher.click()
    await expect(visitor.chat.get_by_text("This chat is not available right now.")).to_be_visible()
    await expect(visitor.field).to_be_disabled()
    assert len(server.hellos) == 1


async def test_a_part_that_did_not_load_is_fetched_again(visits: Visits) -> None:
    visitor = await visits()
    await visitor.page.route("**/widget-core-en.js*", lambda route: route.abort(), times=1)
    await visitor.launcher.click()
    await expect(visitor.notice).to_have_text("Offline")
    await visitor.greeted()


async def test_a_nonce_is_all_that_a_strict_page_gives(visits: Visits) -> None:
    visitor = await visits("/page/nonce")
    await visitor.opens()
    await visitor.says("hello")
    await visitor.sees("Answer 1")


async def test_the_look_of_the_script_fills_what_the_page_has_not_set(visits: Visits, server: StandIn) -> None:
    server.cards["talk"] = {"look": {"accent": "#0b6b57", "on_accent": "#ffffff", "radius": "3px"}}
    visitor = await visits("/page/talk")
    await expect(visitor.launcher).to_have_css("background-color", "rgb(11, 107, 87)")
    await visitor.page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync("handraiser-chat { --handraiser-accent: #aa0000 }");
            document.adoptedStyleSheets = [sheet];
            const chat = document.querySelector("handraiser-chat");
            chat.setAttribute("label", "Ask us");
        }"""
    )
    await expect(visitor.launcher).to_have_css("background-color", "rgb(170, 0, 0)")
    await visitor.opens()
    await expect(visitor.panel).to_have_css("border-radius", "3px")
    await expect(visitor.launcher).to_have_css("background-color", "rgb(170, 0, 0)")


async def test_what_the_server_says_has_happened_is_an_event(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    await visitor.page.evaluate("() => { Handraiser.on('lead', ({ known }) => { document.title = known[0]; }); }")
    talk = server.talks[0]
    happened = [{"event": "lead", "detail": {"known": ["email"]}}]
    await server.push(talk, talk.add(text="Thank you!", happened=happened))
    await expect(visitor.page).to_have_title("email")


async def test_it_speaks_the_language_of_the_page(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/page/german")
    await visitor.opens()
    await expect(visitor.chat.get_by_label("Ihre Nachricht")).to_be_visible()
    assert server.hellos[0]["language"] == "de"
    assert server.hellos[0]["time_zone"]


async def test_the_demo_page_lists_the_scripts_and_opens_them(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/")
    await visitor.page.get_by_role("button", name="Start a chat").click()
    await visitor.sees("Shall I send you the buyer's guide?")
    await visitor.closes()
    cards = visitor.page.locator(".script")
    await expect(cards).to_have_count(len(server.dialogs))
    await cards.filter(has_text="Just talking").get_by_role("button").click()
    await visitor.sees("What is on your mind?")
    await cards.filter(has_text="Just talking").get_by_role("link").click()
    await visitor.page.wait_for_url("**/chat/talk")
    await visitor.sees("What is on your mind?")
