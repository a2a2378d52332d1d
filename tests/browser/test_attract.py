"""The closed chat draws attention: at the moment its author chose, to whom it is for, as often as it may, politely."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from bot.qr import code_of
from dialogs.attracting_patterns import pages_expression, source_expression
from tests.browser.conftest import Visits
from tests.browser.standin import StandIn
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

Contexts = Callable[..., Awaitable[Any]]
FACE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"
TEASE = "Questions about prices?"
PERSONA = {"name": "Mia", "picture": "/icon.svg"}


def attract(server: StandIn, *teasers: dict[str, Any]) -> None:
    """Have the script ``talk`` draw attention so."""
    filled = [
        {"name": f"teaser-{number}", "tease": TEASE, "ends": ["closed", "engaged"], "persona": PERSONA} | one
        for number, one in enumerate(teasers)
    ]
    server.cards["talk"] = server.cards["arabic"] = {
        "name": "talk",
        "title": "Talk",
        "persona": PERSONA,
        "attract": {"acts": ["calculator"], "teasers": filled, "close": "Close"},
    }


def teaser(visitor: Visitor) -> Locator:
    return visitor.chat.locator(".teaser")


async def sees_teaser(visitor: Visitor, text: str = TEASE) -> None:
    await expect(teaser(visitor).locator(".says")).to_have_text(text)


async def idle(visitor: Visitor) -> None:
    """Wait until the page has asked what its chat should do, and a little longer."""
    await visitor.page.wait_for_function("() => document.querySelector('handraiser-chat').stopAttract")
    await visitor.page.wait_for_timeout(150)


async def sees_none(visitor: Visitor) -> None:
    await idle(visitor)
    await expect(teaser(visitor)).to_have_count(0)


async def shown(server: StandIn, visitor: Visitor) -> list[dict[str, dict[str, int]]]:
    """What is counted, after the page is left."""
    assert server.counted == []
    await visitor.page.goto("about:blank")
    return await server.counts()


async def test_a_teaser_is_seen_read_out_and_opened(server: StandIn, visits: Visits) -> None:
    attract(server, {"choices": ["What does it cost?"]})
    visitor = await visits()
    await sees_teaser(visitor)
    box = teaser(visitor)
    await expect(box).to_have_role("status")
    await expect(box.get_by_role("button", name="Close", exact=True)).to_be_visible()
    await expect(box.get_by_role("img", name="Mia")).to_be_visible()
    assert await visitor.focused() == "body"
    await box.get_by_role("button", name=TEASE).click()
    await visitor.greeted()
    await expect(box).to_have_count(0)
    assert await shown(server, visitor) == [{"teaser-0": {"shown": 1, "engaged": 1}}]


async def test_a_choice_begins_the_talk_with_its_words(server: StandIn, visits: Visits) -> None:
    attract(server, {"choices": ["What does it cost?"]})
    visitor = await visits()
    await visitor.presses("What does it cost?")
    await visitor.sees("What does it cost?")
    await visitor.sees_state("What does it cost?", "sent")
    assert [one["text"] for one in server.said] == ["What does it cost?"]


@pytest.mark.parametrize("width", [320, 1280])
async def test_a_teaser_covers_neither_the_bubble_nor_the_edge(server: StandIn, visits: Visits, width: int) -> None:
    attract(server, {"tease": "Questions about prices? " * 8, "choices": ["One of them", "Another one", "None"]})
    visitor = await visits(viewport={"width": width, "height": 640})
    await sees_teaser(visitor, ("Questions about prices? " * 8).strip())
    box, bubble = await teaser(visitor).bounding_box(), await visitor.launcher.bounding_box()
    assert box is not None
    assert bubble is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= bubble["y"]


async def test_on_pages_from_right_to_left_it_stands_on_the_left(server: StandIn, visits: Visits) -> None:
    attract(server, {"tease": "هل لديك أسئلة عن الأسعار؟"})
    visitor = await visits("/page/arabic")
    await sees_teaser(visitor, "هل لديك أسئلة عن الأسعار؟")
    box, bubble = await teaser(visitor).bounding_box(), await visitor.launcher.bounding_box()
    assert box is not None
    assert bubble is not None
    assert box["x"] == pytest.approx(bubble["x"], abs=1)
    close = await teaser(visitor).get_by_role("button", name="Close").bounding_box()
    assert close is not None
    assert close["x"] < box["x"] + box["width"] / 2
    assert min(close["width"], close["height"]) >= 24


async def test_a_closed_teaser_stays_closed_on_every_page(server: StandIn, visits: Visits) -> None:
    attract(server, {"at_most": {"visit": 9}})
    visitor = await visits()
    await sees_teaser(visitor)
    await teaser(visitor).get_by_role("button", name="Close").click()
    await expect(teaser(visitor)).to_have_count(0)
    assert await shown(server, visitor) == [{"teaser-0": {"shown": 1, "closed": 1}}]
    await visitor.page.goto(server.address + "/page/talk")
    await sees_none(visitor)
    other = await visits(context=visitor.page.context)
    await sees_none(other)


async def test_escape_closes_it_where_the_keyboard_stands_in_it(server: StandIn, visits: Visits) -> None:
    attract(server, {})
    visitor = await visits()
    await sees_teaser(visitor)
    await visitor.page.keyboard.press("Escape")
    await expect(teaser(visitor)).to_be_visible()
    await teaser(visitor).get_by_role("button", name=TEASE).focus()
    await visitor.page.keyboard.press("Escape")
    await expect(teaser(visitor)).to_have_count(0)
    await visitor.focuses("Chat")


async def test_it_waits_until_the_page_was_looked_at_long_enough(
    server: StandIn, visits: Visits, contexts: Contexts
) -> None:
    attract(server, {"when": {"seen_for": 60}, "wait": 2})
    context = await contexts()
    await context.clock.install()
    visitor = await visits(context=context)
    clock = visitor.page.clock
    await clock.run_for(1000)
    await idle_by(visitor, clock)
    await clock.run_for(15_000)
    await expect(teaser(visitor)).to_have_count(0)
    await clock.run_for(48_000)
    await sees_teaser(visitor)


async def idle_by(visitor: Visitor, clock: Any) -> None:
    """As ``idle``, where the clock is ours."""
    while not await visitor.page.evaluate("() => !!document.querySelector('handraiser-chat').stopAttract"):
        await clock.run_for(50)


async def test_it_waits_until_nobody_has_moved_for_long_enough(
    server: StandIn, visits: Visits, contexts: Contexts
) -> None:
    attract(server, {"when": {"idle_for": 60}})
    context = await contexts()
    await context.clock.install()
    visitor = await visits(context=context)
    clock = visitor.page.clock
    await clock.run_for(1000)
    await idle_by(visitor, clock)
    await clock.run_for(35_000)
    await visitor.page.mouse.move(100, 100)
    await clock.run_for(35_000)
    await expect(teaser(visitor)).to_have_count(0)
    await clock.run_for(30_000)
    await sees_teaser(visitor)


async def test_it_waits_until_the_page_was_scrolled_far_enough(server: StandIn, visits: Visits) -> None:
    attract(server, {"when": {"scrolled": 60}})
    visitor = await visits("/page/pricing")
    await sees_none(visitor)
    await visitor.page.mouse.wheel(0, 100)
    await visitor.page.wait_for_function("() => scrollY > 0")
    await expect(teaser(visitor)).to_have_count(0)
    await visitor.page.mouse.wheel(0, 20_000)
    await sees_teaser(visitor)


async def test_it_waits_until_the_pointer_leaves_by_the_upper_edge(server: StandIn, visits: Visits) -> None:
    attract(server, {"when": {"leaving": True}})
    visitor = await visits()
    await idle(visitor)
    await visitor.page.mouse.move(300, 200)
    await visitor.page.mouse.move(300, 5)
    await expect(teaser(visitor)).to_have_count(0)
    await visitor.page.mouse.move(300, -20)
    await sees_teaser(visitor)


async def test_an_act_of_the_page_is_a_moment_and_is_told_with_hello_or_at_once(
    server: StandIn, visits: Visits
) -> None:
    attract(server, {"when": {"page.calculator": 1}})
    visitor = await visits()
    await sees_none(visitor)
    await visitor.page.evaluate("Handraiser.act('calculator')")
    await sees_teaser(visitor)
    await teaser(visitor).get_by_role("button", name=TEASE).click()
    await visitor.greeted()
    assert [one["act"] for one in server.hellos[0]["acts"]] == ["calculator"]
    async with visitor.page.expect_response(lambda one: "video" in (one.request.post_data or "")):
        await visitor.page.evaluate("Handraiser.act('video')")
    await visitor.page.wait_for_function("() => !document.querySelector('handraiser-chat').extras.acts.length")
    # What hello told is told again, under the same name, for hello says nothing of each.
    assert [one["act"] for one in server.acts] == ["calculator", "video"]
    assert server.acts[0] == server.hellos[0]["acts"][0]


async def test_it_shows_only_on_its_pages(server: StandIn, visits: Visits) -> None:
    attract(
        server,
        {"where": pages_expression(["/page/*"], ["*/pricing"])},
        {"tease": "Elsewhere", "where": pages_expression(["/nowhere"], [])},
    )
    visitor = await visits("/page/pricing?a=b")
    await sees_none(visitor)
    await visitor.page.evaluate("history.pushState({}, '', '/page/talk')")
    await sees_teaser(visitor)


async def test_it_is_for_those_whom_an_advertisement_brought(server: StandIn, visits: Visits) -> None:
    ads = source_expression({"utm_source": ["goog*"]})
    attract(server, {"came": ads, "where": pages_expression(["/page/pricing"], [])})
    visitor = await visits("/page/talk?utm_source=google&utm_campaign=spring")
    await sees_none(visitor)
    await visitor.page.goto(server.address + "/page/pricing")
    await sees_teaser(visitor)
    await sees_none(await visits("/page/pricing"))


async def test_it_is_for_those_who_come_back(server: StandIn, visits: Visits) -> None:
    attract(server, {"visits": [2]})
    visitor = await visits()
    await sees_none(visitor)
    same_visit = await visits(context=visitor.page.context)
    await sees_none(same_visit)
    await same_visit.page.evaluate(
        """() => {
            const key = Object.keys(localStorage).find((one) => one.endsWith(":attract"));
            localStorage[key] = JSON.stringify({ ...JSON.parse(localStorage[key]), at: Date.now() - 3600e3 });
        }"""
    )
    await sees_teaser(await visits(context=visitor.page.context))


async def test_it_shows_as_often_as_it_may(server: StandIn, visits: Visits) -> None:
    attract(server, {"name": "visit", "at_most": {"visit": 2, "ever": 3}})
    visitor = await visits()
    await sees_teaser(visitor)
    await visitor.page.reload()
    await sees_teaser(visitor)
    await visitor.page.reload()
    await sees_none(visitor)
    new_tab = await visits(context=visitor.page.context)  # Another tab is another session of the browser.
    await sees_teaser(new_tab)
    await new_tab.page.reload()
    await sees_none(new_tab)


@pytest.mark.parametrize(("ends", "again"), [(["shown", "closed", "engaged"], False), (["engaged"], True)])
async def test_what_ends_it_for_good(server: StandIn, visits: Visits, ends: list[str], again: bool) -> None:
    attract(server, {"ends": ends, "at_most": {"visit": 9}})
    visitor = await visits()
    await sees_teaser(visitor)
    other = await visits(context=visitor.page.context)
    await (sees_teaser(other) if again else sees_none(other))


async def test_whoever_talked_is_not_teased(server: StandIn, visits: Visits) -> None:
    attract(server, {"at_most": {"visit": 9}, "ends": ["engaged"]})
    visitor = await visits()
    await sees_teaser(visitor)
    await visitor.opens()
    await visitor.says("Hello")
    await visitor.sees_state("Hello", "sent")
    await visitor.closes()
    await visitor.page.reload()
    await sees_none(visitor)


async def test_a_chat_that_opens_by_itself_leaves_the_focus(server: StandIn, visits: Visits) -> None:
    attract(server, {"tease": "", "open": True})
    visitor = await visits()
    await visitor.greeted()
    await expect(visitor.panel).to_be_visible()
    assert await visitor.focused() == "body"


async def test_a_page_may_turn_it_off(server: StandIn, visits: Visits) -> None:
    attract(server, {})
    visitor = await visits("/page/elsewhere")
    await sees_teaser(visitor)
    await visitor.page.evaluate(
        "() => { const chat = document.querySelector('handraiser-chat'); chat.setAttribute('attract', 'off');"
        " chat.rebuild?.(); }"
    )
    await expect(teaser(visitor)).to_have_count(0)


async def test_how_a_visit_began_is_told_on_a_later_page(server: StandIn, visits: Visits) -> None:
    visitor = await visits("/page/talk?utm_source=ads&gclid=x#top")
    await visitor.page.wait_for_function("() => Object.keys(sessionStorage).some((key) => key.endsWith(':touch'))")
    await visitor.page.goto(server.address + "/page/pricing")
    await visitor.opens()
    assert server.hellos[0]["touch"]["page"].startswith(f"{server.address}/page/talk?utm_source=ads&gclid=x")
    assert server.hellos[0]["page"] == f"{server.address}/page/pricing"


async def test_a_page_may_take_out_of_its_address_what_it_has_read(server: StandIn, visits: Visits) -> None:
    visitor = await visits("/page/blank")
    await visitor.page.add_init_script("history.replaceState(null, '', location.pathname)")
    await visitor.page.goto(f"{server.address}/page/talk?utm_source=news")
    await server.asked("/api/v1/scripts/talk/launcher")
    await visitor.page.goto(f"{server.address}/page/shop")
    await visitor.opens()
    assert server.hellos[-1]["touch"]["page"].endswith("/page/talk?utm_source=news")


async def test_nothing_is_remembered_where_there_is_nothing_to_remember_or_it_is_not_wanted(
    server: StandIn, visits: Visits
) -> None:
    attract(server, {})
    plain = await visits("/page/talk?a=b")
    await sees_teaser(plain)
    assert await plain.page.evaluate("() => Object.keys(sessionStorage).filter((key) => key.endsWith(':touch'))") == []
    forgetful = await visits("/page/forgetful?utm_source=ads")
    await sees_teaser(forgetful)
    assert await forgetful.page.evaluate("() => [Object.keys(sessionStorage), Object.keys(localStorage)]") == [[], []]
    await forgetful.opens()
    assert server.hellos[-1].get("touch") is None


@pytest.mark.parametrize("touch", [False, True])
async def test_the_way_to_the_phone_is_a_code_beside_its_link_on_larger_screens(
    server: StandIn, visits: Visits, touch: bool
) -> None:
    visitor = await visits(has_touch=touch, is_mobile=touch)
    await visitor.opens()
    (talk,) = server.talks
    link = "https://t.me/TalkBot?start=abc"
    title = "On the phone: scan this to go on in Telegram."
    card = {"kind": "qr", "title": title, **code_of(link).dump()}
    await server.push(talk, talk.add(text="Open this.", links=[{"label": "Telegram", "url": link}], card=card))
    await expect(visitor.chat.get_by_role("link", name="Telegram")).to_have_attribute("href", link)
    code = visitor.chat.locator("figure.scan")
    if touch:
        await expect(code).to_be_hidden()
        return
    await expect(code).to_contain_text(title)
    drawn = await code.locator("path").get_attribute("d")
    assert drawn == card["path"]
    box = await code.locator("svg").bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(box["height"])
    assert box["width"] >= 160
    face = await visitor.chat.locator(".message > .face").last.bounding_box()
    assert face is None or face["height"] < 40
