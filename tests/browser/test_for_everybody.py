"""The chat by keyboard and by ear, on a phone, from right to left, in the dark, enlarged, and without motion."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visits
from tests.browser.dialogs import points as points_of
from tests.browser.looking import FAINT_TEXTS, SMALL_TARGETS
from tests.browser.standin import StandIn

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALL = {"viewport": {"width": 320, "height": 568}, "has_touch": True, "is_mobile": True}
SMALLEST = {"viewport": {"width": 320, "height": 560}, "has_touch": True, "is_mobile": True}


async def test_a_whole_talk_by_keyboard_alone(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/page/shop")
    press = visitor.page.keyboard.press
    await press("Tab")
    await visitor.focuses("Chat")
    await press("Enter")
    await visitor.greeted()
    await visitor.focuses("Your message")
    for expected in ("Not today", "I have a question", "Yes, please"):
        await press("Shift+Tab")
        await visitor.focuses(expected)
    await press("Enter")
    await visitor.sees("What may I call you?")
    await visitor.focuses("Your message")
    await visitor.page.keyboard.type("Ada")
    await press("Tab")
    await visitor.focuses("Send")
    await press("Space")
    await visitor.sees("where shall it go?")
    await visitor.focuses("Your message")
    await press("Escape")
    await expect(visitor.panel).to_be_hidden()
    await visitor.focuses("Chat")
    assert [said["text"] for said in server.said] == ["Yes, please", "Ada"]


async def test_the_focus_can_be_seen_everywhere(visits: Visits) -> None:
    visitor = await visits("/page/shop")
    await visitor.page.keyboard.press("Tab")
    await visitor.page.keyboard.press("Enter")
    await visitor.greeted()
    shown = []
    for _ in range(5):
        await visitor.page.keyboard.press("Shift+Tab")
        shown.append(
            await visitor.chat.evaluate(
                """(chat) => {
                    const style = getComputedStyle(chat.shadowRoot.activeElement);
                    return style.outlineStyle !== "none" && style.outlineWidth !== "0px" || style.boxShadow !== "none";
                }"""
            )
        )
    assert shown == [True] * 5


async def test_what_a_screen_reader_finds(visits: Visits) -> None:
    visitor = await visits("/page/shop")
    await visitor.opens()
    await visitor.presses("Yes, please")
    await visitor.sees("What may I call you?")
    await expect(visitor.chat).to_match_aria_snapshot(
        """
        - button "Chat" [expanded]
        - dialog "Mia Winter The CRM buyer's guide":
          - heading "Mia Winter" [level=2]
          - paragraph: The CRM buyer's guide
          - log "Conversation":
            - text: "Mia Winter:"
            - paragraph: Hi, I'm Mia. Choosing a CRM is a jungle, so we wrote a map.
            - text: "Mia Winter:"
            - paragraph: Shall I send you the buyer's guide? It is free, and 24 pages short.
            - text: "You:"
            - paragraph: Yes, please
            - text: "Mia Winter:"
            - paragraph: Gladly. What may I call you?
          - textbox "Your message"
          - button "Send"
        """
    )


async def test_new_messages_are_read_out_once_and_old_ones_not_again(visits: Visits, server: StandIn) -> None:
    """The transcript is the one polite live region; the visitor's own words and restored ones are silent."""
    visitor = await visits()
    await visitor.opens()
    await visitor.says("my words")
    await visitor.sees("Answer 1")
    await expect(visitor.log).to_have_attribute("aria-live", "polite")
    await expect(visitor.chat.locator(".own")).to_have_attribute("aria-live", "off")
    assert await visitor.log.locator("[aria-live=polite], [role=status], [role=alert]").count() == 0
    await visitor.page.clock.install()
    await visitor.page.clock.pause_at(await visitor.page.evaluate("Date.now() + 10_000"))
    await visitor.page.reload()
    await visitor.sees("Answer 1")
    await expect(visitor.log).to_have_attribute("aria-live", "off")
    await visitor.page.clock.fast_forward(1_000)
    await expect(visitor.log).to_have_attribute("aria-live", "polite")


async def test_who_does_not_see_a_picture_hears_what_it_shows(visits: Visits, server: StandIn) -> None:
    """Nor does one that cannot be loaded take its words along; one that only decorates goes."""
    visitor = await visits()
    await visitor.opens()
    talk = server.talks[0]
    here, gone = f"{server.address}/icon.svg", f"{server.address}/pictures/gone.png"
    shown = [talk.add(text="A", picture=here, alt="A chart"), talk.add(text="B", picture=gone, alt="Another chart")]
    await server.push(talk, *shown, talk.add(text="C", picture=here), talk.add(text="D", picture=gone))
    await visitor.sees("D")
    pictures = visitor.log.locator("img.picture")
    await expect(pictures).to_have_count(3)
    assert await pictures.evaluate_all("(all) => all.map((one) => one.alt)") == ["A chart", "Another chart", ""]
    await expect(visitor.log.get_by_role("img")).to_have_count(2)


async def test_a_phone_shows_the_chat_on_the_whole_screen(visits: Visits) -> None:
    visitor = await visits("/page/shop", reduced_motion="reduce", **PHONE)
    await visitor.launcher.tap()
    await visitor.greeted()
    assert await visitor.panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    await expect(visitor.panel).to_have_attribute("aria-modal", "true")
    assert await visitor.field.evaluate("(field) => parseFloat(getComputedStyle(field).fontSize)") >= 16
    await expect(visitor.launcher).to_be_hidden()
    await visitor.presses("Close chat")
    await expect(visitor.launcher).to_be_visible()


async def test_a_keyboard_that_pushes_the_page_up_leaves_the_chat_in_sight(visits: Visits) -> None:
    """Phones move what is seen of the page; where it is then is told by the visual viewport."""
    visitor = await visits("/page/shop", reduced_motion="reduce", **PHONE)
    await visitor.launcher.tap()
    await visitor.greeted()
    await visitor.online()
    for event, top, height in (("resize", 0, 420), ("scroll", 120, 420), ("resize", 0, 844)):
        await visitor.page.evaluate(
            """([event, offsetTop, height]) => {
                for (const [name, value] of Object.entries({ offsetTop, height }))
                    Object.defineProperty(visualViewport, name, { value, configurable: true });
                visualViewport.dispatchEvent(new Event(event));
            }""",
            [event, top, height],
        )
        assert await visitor.panel.bounding_box() == {"x": 0, "y": top, "width": 390, "height": height}


@pytest.mark.parametrize("device", [PHONE, SMALL], ids=["390", "320"])
async def test_everything_suits_a_finger_and_nothing_runs_off(visits: Visits, device: dict[str, Any]) -> None:
    visitor = await visits("/page/shop", **device)
    assert await visitor.chat.evaluate(SMALL_TARGETS) == []
    await visitor.launcher.tap()
    await visitor.greeted()
    for number in range(9):
        assert await visitor.chat.evaluate(SMALL_TARGETS) == []
        await visitor.says(f"answer {number}")
        await visitor.sees_state(f"answer {number}", "sent")
    widths = await visitor.log.evaluate("(log) => [log.scrollWidth - log.clientWidth, document.body.scrollWidth]")
    assert widths[0] == 0
    assert widths[1] <= device["viewport"]["width"]


@pytest.mark.parametrize(
    ("lowest", "highest", "rows"), [(1, 5, (5,)), (1, 6, (6,)), (1, 7, (4, 3)), (0, 10, (6, 5))], ids=str
)
async def test_a_rating_stands_in_equal_columns_with_its_ends_named(
    visits: Visits, server: StandIn, lowest: int, highest: int, rows: tuple[int, ...]
) -> None:
    visitor = await visits("/chat/talk", reduced_motion="reduce", **SMALLEST)
    await visitor.greeted()
    talk = server.talks[0]
    scale = {"kind": "rating", "minimum": lowest, "maximum": highest, "extra": {"labels": ["Not at all", "Very"]}}
    await server.push(talk, talk.add(text="How helpful was this?", input=scale, choices=points_of(lowest, highest)))
    points = visitor.chat.locator(".point")
    await expect(points).to_have_count(highest - lowest + 1)
    # All at once: the transcript may still be scrolling to its end.
    places = await points.evaluate_all(
        """(points) => points.map((point) => point.getBoundingClientRect())
            .map(({ x, y, width }) => [x, y, width].map(Math.round))"""
    )
    tops = sorted({top for _, top, _ in places})
    assert tuple(sum(top == y for _, y, _ in places) for top in tops) == rows
    assert max(width for _, _, width in places) - min(width for _, _, width in places) <= 1
    assert min(width for _, _, width in places) >= 44
    assert len({x for x, _, _ in places}) == rows[0]
    named = ["Not at all", "Very"] if len(rows) == 1 else [f"{lowest} = Not at all", f"{highest} = Very"]
    await expect(visitor.chat.locator(".ends span")).to_have_text(named)
    await expect(visitor.chat.locator(".ends")).to_be_in_viewport(ratio=1)


async def test_most_of_a_small_phone_belongs_to_the_talk(visits: Visits) -> None:
    visitor = await visits("/chat/crm-guide", **SMALLEST)
    await visitor.greeted()
    log, button = await visitor.log.bounding_box(), await visitor.button("Not today").bounding_box()
    assert log and button
    assert log["height"] >= 560 * 0.8
    assert button["y"] + button["height"] < 320, "the greeting and its buttons fill little more than half of it"
    for number in range(5):
        await visitor.says(f"answer {number}")
        await visitor.sees_state(f"answer {number}", "sent")
    shown = await visitor.chat.evaluate(
        """(chat) => [...chat.shadowRoot.querySelectorAll(".log button")]
            .filter((node) => node.checkVisibility()).length"""
    )
    assert shown == 1, "only the question that stands has buttons"


async def test_at_twice_the_size_everything_is_still_there(visits: Visits) -> None:
    visitor = await visits("/page/shop", viewport={"width": 640, "height": 360})
    await visitor.opens()
    for part in (visitor.field, visitor.button("Send"), visitor.button("Close chat"), visitor.button("Yes, please")):
        await part.scroll_into_view_if_needed()
        await expect(part).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("accent", ["", "#ffd400", "#111111"], ids=["own", "yellow", "black"])
async def test_every_text_can_be_read(visits: Visits, scheme: str, accent: str) -> None:
    visitor = await visits("/page/shop", color_scheme=scheme, reduced_motion="reduce")
    if accent:
        await visitor.chat.evaluate("(chat, accent) => chat.style.setProperty('--handraiser-accent', accent)", accent)
    await visitor.opens()
    for number in range(8):
        assert await visitor.chat.evaluate(FAINT_TEXTS) == []
        await visitor.says(f"answer {number}")
        await visitor.sees_state(f"answer {number}", "sent")
    await visitor.sees("this is Ben")
    assert await visitor.chat.evaluate(FAINT_TEXTS) == []


async def test_the_dark_follows_the_reader_unless_the_page_says_otherwise(visits: Visits) -> None:
    visitor = await visits("/page/shop", color_scheme="dark")
    await visitor.opens()
    ground = "(panel) => getComputedStyle(panel).backgroundColor"
    assert await visitor.panel.evaluate(ground) == "rgb(18, 18, 18)"
    await visitor.chat.evaluate("(chat) => chat.setAttribute('theme', 'light')")
    assert await visitor.panel.evaluate(ground) == "rgb(255, 255, 255)"


async def test_a_right_to_left_script_is_mirrored(visits: Visits) -> None:
    visitor = await visits("/page/arabic")
    await visitor.opens()
    await expect(visitor.panel).to_have_attribute("dir", "rtl")
    await visitor.says("نعم")
    await expect(visitor.bubbles).to_have_count(4)
    panel = await visitor.panel.bounding_box()
    theirs, own = await visitor.bubbles.nth(0).bounding_box(), await visitor.bubbles.nth(2).bounding_box()
    launcher = await visitor.launcher.bounding_box()
    assert panel and theirs and own and launcher
    assert launcher["x"] < 100, "the bubble stands where the page's lines end"
    assert panel["x"] + panel["width"] - (theirs["x"] + theirs["width"]) < 80
    assert own["x"] - panel["x"] < 40


async def test_buttons_without_words_have_an_edge_where_the_reader_chooses_the_colours(visits: Visits) -> None:
    """Forced colours take away what sets them apart from the page, their background."""
    visitor = await visits("/page/shop", forced_colors="active")
    await visitor.opens()
    edges = await visitor.chat.evaluate(
        r"""({ shadowRoot }) => ["launcher", "send"].map((name) => {
            const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor } =
                getComputedStyle(shadowRoot.querySelector(`.${name}`));
            const isSeen = borderTopColor !== backgroundColor && !/^rgba.* 0\)/.test(borderTopColor);
            return [borderTopWidth, borderTopStyle, isSeen];
        })"""
    )
    assert edges == [["1px", "solid", True]] * 2


async def test_nothing_moves_for_who_wants_no_motion(visits: Visits) -> None:
    visitor = await visits("/page/shop", reduced_motion="reduce")
    await visitor.opens()
    lengths = await visitor.chat.evaluate(
        """(chat) => chat.shadowRoot.getAnimations().map((one) => one.effect.getComputedTiming().activeDuration)"""
    )
    assert all(length < 1 for length in lengths)
