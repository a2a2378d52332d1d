"""A person takes over from the bot, seen with the visitor's eyes: the real server, the real desk, a real browser."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, expect

from bot.app import Application
from tests.application import HeardTarget, config_for, running
from tests.browser.ladders import dialogs_folder
from tests.browser.visitor import Visitor
from tests.colleagues import Colleague, anna, ben

pytestmark = pytest.mark.browser

QUESTION = "Where shall I send our catalogue?"
BACK = "Back to the bot"
Meets = Callable[..., Awaitable[Visitor]]


@pytest.fixture
def target() -> HeardTarget:
    return HeardTarget()


@pytest_asyncio.fixture
async def app(tmp_path: Path, target: HeardTarget) -> AsyncIterator[Application]:
    """The real server with one small script."""
    config = config_for(f"sqlite:///{tmp_path}/handraiser.db", dialogs_folder(tmp_path))
    async with running(config, targets={"terminal": target}) as application:
        yield application


@pytest_asyncio.fixture
async def rep(app: Application) -> Colleague:
    return anna(app)


@pytest_asyncio.fixture
async def meets(
    app: Application,
    target: HeardTarget,
    rep: Colleague,
    contexts: Callable[..., Awaitable[BrowserContext]],
) -> Meets:
    """A visitor who has asked for a person; Anna has been told."""

    async def meet(path: str = "/", *, sockets: bool = True) -> Visitor:
        page = await (await contexts(reduced_motion="reduce")).new_page()
        if not sockets:
            await page.route_web_socket("**/ws", lambda socket: socket.close())
        await page.goto(app.base_url + path)
        visitor = Visitor(page)
        if path == "/":
            await visitor.opens()
        await visitor.sees(QUESTION)
        await visitor.says("I would like to talk to a person")
        await rep.alerted(target)
        await visitor.sees("I've told the team")
        return visitor

    return meet


async def test_a_person_comes_talks_and_leaves_and_the_bot_goes_on_at_the_very_step(
    meets: Meets, rep: Colleague, target: HeardTarget
) -> None:
    visitor = await meets()
    await rep.claims()
    await visitor.sees("Anna Berg will be with you in a moment.")
    await expect(visitor.person).to_be_hidden()
    await expect(visitor.heading).to_have_text("Mia Winter")

    await rep.says("Hello, this is Anna.")
    await visitor.sees("Hello, this is Anna.")
    await expect(visitor.chat.locator(".joined")).to_have_text("ABAnna Berg has joined the chat.")
    await expect(visitor.person).to_contain_text("You are talking with Anna Berg")
    await expect(visitor.heading).to_have_text("Anna Berg")
    for face in (".header .face img", ".joined .face img", ".rep .face img"):
        await expect(visitor.chat.locator(face)).to_have_js_property("complete", True)
        assert await visitor.chat.locator(face).evaluate("(face) => face.naturalWidth") > 0

    await expect(visitor.field).to_have_js_property("tagName", "TEXTAREA")
    await visitor.says("No address yet; is it in stock?")
    await visitor.sees_state("is it in stock?", "sent")
    await rep.says("It is.")
    await visitor.sees("It is.")

    await rep.gives_back()
    await visitor.sees("Anna Berg has left the chat")
    await expect(visitor.bubbles.last).to_have_text(QUESTION)
    await expect(visitor.person).to_be_hidden()
    await expect(visitor.heading).to_have_text("Mia Winter")
    await expect(visitor.field).to_have_attribute("type", "email")
    await visitor.says("ada@example.com")
    await visitor.sees("How high does it have to reach?")
    said = [one["text"] for view in target.shown for one in view.messages if one["from"] == "visitor"]
    assert "No address yet; is it in stock?" in said


async def test_the_visitor_can_leave_the_person(meets: Meets, rep: Colleague) -> None:
    visitor = await meets()
    await rep.joins()
    await visitor.button(BACK).press("Enter")
    await visitor.sees("it's me again")
    await expect(visitor.bubbles.last).to_have_text(QUESTION)
    await expect(visitor.person).to_be_hidden()
    await expect(visitor.button(BACK)).to_have_count(0)
    await visitor.focuses("Your message")


async def test_the_way_back_is_taken_once(meets: Meets, rep: Colleague) -> None:
    visitor = await meets()
    await rep.joins()
    await visitor.button(BACK).dblclick()
    await visitor.sees("it's me again")
    await expect(visitor.chat.locator(".own .bubble").filter(has_text=BACK)).to_have_count(1)


async def test_the_focus_is_not_lost_when_the_way_back_goes(meets: Meets, rep: Colleague) -> None:
    visitor = await meets()
    await rep.joins()
    await visitor.button(BACK).focus()
    await rep.gives_back()
    await expect(visitor.person).to_be_hidden()
    await visitor.focuses("Your message")


async def test_buttons_of_the_bot_wait_while_a_person_talks(meets: Meets, rep: Colleague) -> None:
    visitor = await meets()
    await visitor.says("ada@example.com")
    await expect(visitor.button("Higher")).to_be_visible()
    await rep.says("Hello!")
    await visitor.sees("Hello!")
    await expect(visitor.button("Higher")).to_be_hidden()
    await visitor.page.reload()
    await expect(visitor.person).to_be_visible()
    await expect(visitor.button("Higher")).to_be_hidden()
    await rep.gives_back()
    await visitor.presses("Higher")
    await visitor.sees("Thank you! It is on its way.")


async def test_words_are_changed_and_taken_back_where_they_stand(meets: Meets, rep: Colleague) -> None:
    visitor = await meets()
    first = await rep.says("It costs 80.")
    second = await rep.says("For Ada only: 60.")
    await visitor.sees("For Ada only")
    await rep.revises(first, "It costs 90, see https://example.com/prices")
    await rep.revises(second, None)
    theirs = visitor.chat.locator(".rep .bubble")
    changed = ["It costs 90, see https://example.com/prices", "Message removed"]
    await expect(theirs).to_have_text(changed)
    await expect(theirs.first.get_by_role("link")).to_have_attribute("href", "https://example.com/prices")
    await expect(visitor.chat.locator(".mark")).to_have_text(["Edited", ""])
    await visitor.page.reload()
    await expect(theirs).to_have_text(changed)
    await expect(visitor.log.get_by_text("For Ada only")).to_have_count(0)


async def test_a_reload_finds_the_person_still_there(meets: Meets, rep: Colleague) -> None:
    visitor = await meets()
    await rep.says("Hello!")
    await visitor.sees("Hello!")
    await visitor.page.reload()
    await expect(visitor.person).to_contain_text("Anna Berg")
    await expect(visitor.heading).to_have_text("Anna Berg")
    await visitor.presses(BACK)
    await visitor.sees("it's me again")


async def test_another_person_takes_the_first_ones_place(meets: Meets, app: Application, rep: Colleague) -> None:
    visitor = await meets()
    await rep.says("I ask Ben.")
    await visitor.sees("I ask Ben.")
    other = ben(app)
    other.handoff = rep.handoff
    await rep.passes_on(other)
    await visitor.sees("Ben Hart takes over")
    await expect(visitor.person).to_be_hidden()
    await other.says("Ben speaking.")
    await visitor.sees("Ben speaking.")
    await expect(visitor.person).to_contain_text("You are talking with Ben Hart")
    await expect(visitor.heading).to_have_text("Ben Hart")


async def test_typing_is_seen_until_the_words_are_there(meets: Meets, rep: Colleague) -> None:
    visitor = await meets()
    await rep.joins()
    await expect(visitor.person).to_be_visible()
    await rep.types()
    await expect(visitor.typing).to_be_visible()
    await expect(visitor.typing).to_contain_text("Anna Berg")
    await rep.says("Here I am.")
    await visitor.sees("Here I am.")
    await expect(visitor.typing).to_be_hidden()


async def test_a_closed_bubble_tells_what_a_person_writes_on_the_next_page_too(
    meets: Meets, app: Application, rep: Colleague
) -> None:
    visitor = await meets()
    await rep.says("Hello!")
    await visitor.sees("Hello!")
    await visitor.closes()
    await visitor.page.goto(app.base_url + "/")
    await visitor.connected()
    await rep.says("Are you still there?")
    await expect(visitor.launcher).to_have_accessible_name("Chat, 1 unread")
    await expect(visitor.notice).to_have_text("Anna Berg: Are you still there?")
    await visitor.page.reload()
    await expect(visitor.launcher).to_have_accessible_name("Chat, 1 unread")
    await visitor.connected()
    reference = await rep.says("A second one.")
    await expect(visitor.launcher).to_have_accessible_name("Chat, 2 unread")
    await rep.revises(reference, None)
    await expect(visitor.notice).to_have_text("")
    await rep.says("A third one.")
    await visitor.notice.click()
    await visitor.sees("A third one.")
    await expect(visitor.launcher).to_have_accessible_name("Chat")
    await expect(visitor.notice).to_have_text("")


async def test_a_takeover_over_plain_requests(meets: Meets, rep: Colleague) -> None:
    """Where WebSockets are blocked, the same is seen."""
    visitor = await meets("/chat/ladders", sockets=False)
    await rep.says("Hello!")
    await visitor.sees("Hello!")
    await expect(visitor.person).to_contain_text("Anna Berg")
    await visitor.says("Good day")
    await visitor.sees_state("Good day", "sent")
    await rep.gives_back()
    await visitor.sees("it's me again")
    await expect(visitor.person).to_be_hidden()


async def test_what_a_screen_reader_finds_of_a_takeover(meets: Meets, rep: Colleague) -> None:
    visitor = await meets()
    await rep.says("Hello!")
    first = await rep.says("It folds.")
    await rep.revises(first, "It folds twice.")
    await visitor.sees("It folds twice.")
    await expect(visitor.panel).to_match_aria_snapshot(
        """
        - dialog "Anna Berg Ladders, and how to choose one":
          - heading "Anna Berg" [level=2]
          - paragraph: Ladders, and how to choose one
          - log "Conversation":
            - paragraph: Anna Berg has joined the chat.
            - text: "Anna Berg:"
            - paragraph: Hello!
            - text: "Anna Berg:"
            - paragraph: It folds twice.
            - text: Edited
          - text: You are talking with
          - strong: Anna Berg
          - button "Back to the bot"
          - textbox "Your message"
        """
    )
