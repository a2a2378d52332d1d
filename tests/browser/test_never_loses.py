"""Whatever the network, the server or the browser does: what was said arrives once, what was answered is shown once."""

import asyncio

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import Visits
from tests.browser.standin import StandIn

pytestmark = pytest.mark.browser

GREETING = "Hello! What is on your mind?"
NO_SOCKETS = "delete window.WebSocket; window.WebSocket = class { constructor() { throw new Error('blocked') } };"
NO_STORAGE = """
for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
"""


async def test_what_is_written_without_a_connection_is_sent_once_in_order(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    await server.stop()
    await visitor.says("first")
    await visitor.says("second")
    await visitor.sees_state("first", "waiting")
    await expect(visitor.chat.locator(".banner")).to_have_text("Connecting…")
    await server.start()
    await visitor.sees_exactly(GREETING, "first", "Answer 1", "second", "Answer 2")
    await expect(visitor.chat.locator(".banner")).to_be_empty()
    assert [said["text"] for said in server.said] == ["first", "second"]
    assert await visitor.unsent() == 0


async def test_a_message_whose_acknowledgement_was_lost_is_not_said_twice(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    server.acks_lost = 2
    await visitor.says("once")
    await visitor.sees_exactly(GREETING, "once", "Answer 1")
    assert len({said["id"] for said in server.said}) == 1
    assert [message["text"] for message in server.talks[0].messages] == [GREETING, "once", "Answer 1"]


async def test_a_reload_shows_the_whole_talk_and_goes_on(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    await visitor.says("remember me")
    await visitor.sees("Answer 1")
    await visitor.page.reload()
    await visitor.sees_exactly(GREETING, "remember me", "Answer 1")
    await visitor.says("still here")
    await visitor.sees("Answer 2")
    assert len(server.talks) == 1
    assert [hello["visit"] for hello in server.hellos] == [True, False, False, False], "each page says hello twice"


async def test_another_page_of_the_site_goes_on_where_the_first_was(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/page/shop")
    await visitor.opens()
    await visitor.presses("Yes, please")
    await visitor.sees("What may I call you?")
    await visitor.page.goto(f"{server.address}/page/shop-more")
    await visitor.sees("What may I call you?")
    await expect(visitor.button("Yes, please")).to_be_hidden()
    await expect(visitor.field).to_have_attribute("placeholder", "Your first name")
    assert server.hellos[-1]["token"] == server.talks[0].token


async def test_a_message_waiting_at_a_reload_is_sent_after_it(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    server.deaf = True
    await visitor.says("hold this")
    await server.overhears("say")
    assert await visitor.unsent() == 1
    server.deaf = False
    await visitor.page.reload()
    await visitor.sees_exactly(GREETING, "hold this", "Answer 1")
    assert len(server.said) == 1


async def test_a_message_that_was_saved_when_the_page_was_left_is_shown_and_said_once(
    visits: Visits, server: StandIn
) -> None:
    visitor = await visits()
    await visitor.opens()
    server.acks_lost, server.sockets_blocked = 1, True
    await visitor.says("once")
    await visitor.sees_state("once", "waiting")
    await visitor.page.reload()
    await visitor.sees_exactly(GREETING, "once", "Answer 1")
    server.sockets_blocked = False
    await visitor.says("and again")
    await visitor.sees_exactly(GREETING, "once", "Answer 1", "and again", "Answer 2")
    assert [said["text"] for said in server.said] == ["once", "and again"]
    assert await visitor.unsent() == 0


async def test_what_is_half_typed_survives_a_reload(visits: Visits) -> None:
    visitor = await visits()
    await visitor.opens()
    await visitor.field.press_sequentially("I was just wri")
    await visitor.page.reload()
    await expect(visitor.field).to_have_value("I was just wri")


async def test_two_tabs_show_the_same_talk(visits: Visits, server: StandIn) -> None:
    one = await visits()
    await one.opens()
    other = await visits(context=one.page.context)
    await other.opens()
    await one.says("from one")
    await other.sees_exactly(GREETING, "from one", "Answer 1")
    await other.says("from the other")
    await one.sees_exactly(GREETING, "from one", "Answer 1", "from the other", "Answer 2")
    assert len(server.talks) == 1
    assert len(server.said) == 2


async def test_two_tabs_opened_at_once_begin_one_conversation(visits: Visits, server: StandIn) -> None:
    one = await visits()
    other = await visits(context=one.page.context)
    await one.page.evaluate("Handraiser.open()")
    await other.page.evaluate("Handraiser.open()")
    await one.greeted()
    await other.greeted()
    assert len(server.talks) == 1


async def test_each_tab_sends_its_own_messages_after_an_outage(visits: Visits, server: StandIn) -> None:
    one = await visits()
    await one.opens()
    other = await visits(context=one.page.context)
    await other.opens()
    await server.stop()
    await one.says("from one")
    await other.says("from the other")
    await server.start()
    for visitor in (one, other):
        await visitor.sees("from one")
        await visitor.sees("from the other")
        await visitor.sees("Answer 2")
    assert sorted(said["text"] for said in server.said) == ["from one", "from the other"]


async def test_what_a_closed_tab_left_unsent_is_sent_by_the_next(visits: Visits, server: StandIn) -> None:
    one = await visits()
    await one.page.clock.install()
    await one.opens()
    server.deaf = True
    await one.says("from a closed tab")
    await server.overhears("say")
    other = await visits(context=one.page.context)
    await other.page.clock.install()
    await one.page.close()
    server.deaf = False
    await other.page.reload()
    await other.opens()
    await other.page.clock.fast_forward(6_000)
    await other.sees_exactly(GREETING, "from a closed tab", "Answer 1")
    assert len(server.said) == 1


async def test_a_server_that_forgot_the_visitor_gets_what_was_typed(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    await visitor.says("hello")
    await visitor.sees("Answer 1")
    await server.stop()
    await visitor.says("do not lose this")
    await visitor.field.press_sequentially("nor this")
    server.forget()
    await server.start()
    await visitor.sees_exactly(GREETING, "do not lose this", "Answer 1")
    await expect(visitor.field).to_have_value("nor this")
    assert (await visitor.remembers("talk"))["token"] == server.talks[0].token


async def test_a_message_that_was_not_pushed_is_asked_for(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    talk = server.talks[0]
    server.hidden = {2}
    await server.push(talk, talk.add(text="lost on the way"))
    await server.push(talk, talk.add(text="arrived"))
    await visitor.sees_exactly(GREETING, "lost on the way", "arrived")


async def test_a_message_that_comes_twice_is_shown_once(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    talk = server.talks[0]
    message = talk.add(text="again")
    await server.push(talk, message)
    await server.push(talk, message)
    await server.push(talk, talk.add(text="and on"))
    await visitor.sees_exactly(GREETING, "again", "and on")


async def test_what_could_not_be_saved_is_sent_again(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    server.refusals = [{"code": "not_saved"}, {"code": "too_many", "retry_after": 0.1}]
    await visitor.says("persist")
    await visitor.says("and this after it")
    await visitor.sees_exactly(GREETING, "persist", "Answer 1", "and this after it", "Answer 2")


async def test_what_is_too_long_comes_back_to_be_shortened(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    server.refusals = [{"code": "too_long"}]
    await visitor.says("a very long story")
    await visitor.sees_state("a very long story", "failed")
    await visitor.presses("Edit")
    await expect(visitor.field).to_have_value("a very long story")
    await visitor.says("short")
    await visitor.sees_exactly(GREETING, "short", "Answer 1")


async def test_what_was_refused_can_be_tried_again(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    server.refusals = [{"code": "bad_frame"}]
    await visitor.says("please")
    await visitor.sees("Not sent.")
    await visitor.presses("Try again")
    await visitor.sees_exactly(GREETING, "please", "Answer 1")


async def test_a_line_that_went_dead_is_noticed(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.page.clock.install()
    await visitor.page.reload()
    await visitor.opens()
    server.deaf = True
    await visitor.page.clock.fast_forward(26_000)
    await server.overhears("ping")
    server.deaf = False
    connected = len(server.hellos)
    await visitor.page.clock.fast_forward(21_000)
    await visitor.page.clock.fast_forward(1_000)
    await visitor.says("are you there?")
    await visitor.sees("Answer 1")
    assert len(server.hellos) == connected + 1
    assert server.hellos[-1]["after"] == 1


async def test_a_page_whose_timers_sleep_keeps_its_line(visits: Visits, server: StandIn) -> None:
    """Browsers let the timers of hidden pages run once a minute."""
    visitor = await visits()
    await visitor.page.clock.install()
    await visitor.page.reload()
    await visitor.opens()
    connected = len(server.hellos)
    for number in range(3):
        pings = server.pings
        await visitor.page.clock.fast_forward(60_000)
        await server.pinged(pings + 1)
        await visitor.says(f"still here {number}")
        await visitor.sees(f"Answer {number + 1}")
    assert len(server.hellos) == connected


async def test_a_server_that_says_goodbye_is_found_again(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    await server.farewell()
    await visitor.says("back so soon?")
    await visitor.sees_exactly(GREETING, "back so soon?", "Answer 1")


@pytest.mark.parametrize("blocked_by", ["proxy", "browser"])
async def test_where_sockets_are_blocked_plain_requests_carry_the_talk(
    visits: Visits, server: StandIn, blocked_by: str
) -> None:
    visitor = await visits("/page/shop")
    if blocked_by == "browser":
        await visitor.page.add_init_script(NO_SOCKETS)
        await visitor.page.reload()
    server.sockets_blocked = True
    await visitor.opens()
    await visitor.presses("Yes, please")
    await visitor.sees("What may I call you?")
    talk = server.talks[0]
    await server.push(talk, talk.add(text="By the way"))
    await visitor.sees("By the way")
    await visitor.page.reload()
    await visitor.sees("By the way")
    await visitor.says("Ada")
    await visitor.sees("where shall it go?")
    assert len(server.talks) == 1
    assert [message["seq"] for message in talk.messages] == list(range(1, len(talk.messages) + 1))


async def test_plain_requests_lose_nothing_either(visits: Visits, server: StandIn) -> None:
    server.sockets_blocked = True
    visitor = await visits()
    await visitor.opens()
    server.acks_lost = 1
    await visitor.says("once")
    await visitor.sees_exactly(GREETING, "once", "Answer 1")
    await server.stop()
    await visitor.says("while away")
    await visitor.sees_state("while away", "waiting")
    await server.start()
    await visitor.sees_exactly(GREETING, "once", "Answer 1", "while away", "Answer 2")
    assert len({said["id"] for said in server.said}) == 2
    assert len(server.talks[0].messages) == 5


async def test_without_storage_the_page_itself_remembers(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.page.add_init_script(NO_STORAGE)
    await visitor.page.reload()
    await visitor.opens()
    await server.stop()
    await visitor.says("hello")
    await server.start()
    await visitor.sees_exactly(GREETING, "hello", "Answer 1")
    assert len(server.talks) == 1


async def test_who_had_a_socket_has_one_again_after_an_outage(visits: Visits, server: StandIn) -> None:
    """Plain requests are for where sockets are blocked, not for where the server was away."""
    visitor = await visits()
    await visitor.opens()
    server.sockets_blocked = True
    await server.stop()
    await server.start()
    await visitor.online()
    await server.asked("/api/v1/frames")
    server.sockets_blocked = False
    await visitor.says("by plain request")
    await visitor.sees("Answer 1")
    async with asyncio.timeout(15):
        while not server.talks[0].sockets:
            await asyncio.sleep(0.05)
    await visitor.says("by socket")
    await visitor.sees_exactly(GREETING, "by plain request", "Answer 1", "by socket", "Answer 2")
    assert await visitor.page.evaluate("Object.keys(sessionStorage).filter((key) => key.endsWith(':blocked'))") == []


async def test_where_sockets_go_nowhere_one_is_enough_to_know(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    server.sockets_blocked = True
    await visitor.launcher.click()
    await visitor.greeted()
    await visitor.says("hello")
    await visitor.sees_exactly(GREETING, "hello", "Answer 1")
    assert server.requests.count("/ws") == 1


async def test_a_page_that_empties_the_storage_ends_no_talk(visits: Visits, server: StandIn) -> None:
    """As pages do at a sign-out; ``reset`` is how they say that somebody else sits there now."""
    visitor = await visits()
    await visitor.opens()
    await visitor.says("remember me")
    await visitor.sees("Answer 1")
    await visitor.page.evaluate("localStorage.clear(), sessionStorage.clear()")
    await server.farewell()
    await visitor.says("still here?")
    await visitor.sees_exactly(GREETING, "remember me", "Answer 1", "still here?", "Answer 2")
    await visitor.page.reload()
    await visitor.launcher.click()
    await visitor.sees_exactly(GREETING, "remember me", "Answer 1", "still here?", "Answer 2")
    assert len(server.talks) == 1


async def test_where_other_things_fill_the_storage_the_tab_remembers(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.page.evaluate(
        """() => {
            for (let size = 2 ** 20; size >= 1; size /= 2) {
                try {
                    for (let number = 0; ; number += 1) localStorage[`${size} ${number}`] = "x".repeat(size);
                } catch {
                    // Less, then.
                }
            }
        }"""
    )
    await visitor.opens()
    await visitor.says("first")
    await visitor.sees("Answer 1")
    server.deaf = True
    await visitor.says("second")
    await visitor.page.reload()
    server.deaf = False
    await visitor.sees_exactly(GREETING, "first", "Answer 1", "second", "Answer 2")
    await visitor.page.evaluate("localStorage.clear()")
    await visitor.says("third")
    await visitor.sees("Answer 3")
    await visitor.page.reload()
    await visitor.sees_exactly(GREETING, "first", "Answer 1", "second", "Answer 2", "third", "Answer 3")
    assert len(server.talks) == 1
    assert len({said["id"] for said in server.said}) == 3


async def test_what_is_said_before_it_can_be_sent_is_seen_to_wait(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    late = asyncio.Event()

    async def wait(route: Route) -> None:
        await late.wait()
        await route.continue_()

    await visitor.page.route("**/widget-talk.js*", wait)
    await visitor.launcher.click()
    await visitor.greeted()
    await visitor.says("early")
    await expect(visitor.chat.locator(".banner")).to_have_text("Connecting…")
    late.set()
    await visitor.sees_exactly(GREETING, "early", "Answer 1")
    await expect(visitor.chat.locator(".banner")).to_be_empty()
