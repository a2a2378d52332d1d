"""On disk before it is acknowledged, dealt with once and in order, said once: whatever is killed or repeated."""

import asyncio
from typing import Any

import pytest

from bot.channels.contract import Outgoing, Said, Shown, Unreachable
from bot.channels.slack.messenger import SlackMessenger
from bot.desk.contract import TryLater, Undeliverable
from tests.bot.channels.slack.conftest import Together
from tests.house import bot_says, deliver, outgoing
from tests.slack.faults import refused
from tests.slack.signing import Signed
from tests.slack.workspace import Person
from tests.stand_ins.faults import Cut, Status, TooMany


def words(together: Together) -> list[str]:
    return [one.text for one in together.house.heard if isinstance(one, Said)]


async def test_repeats_are_heard_once(together: Together) -> None:
    slack = together.slack
    await slack.say(together.vera, together.direct, "one")
    await slack.mention(together.vera, together.community, "two")
    deliveries = list(slack.deliveries)
    for delivery in (*deliveries, *reversed(deliveries)):
        assert (await slack.redelivers(delivery)).accepted
    await slack.say(together.vera, together.direct, "three")
    await together.house.wait(3)
    await slack.settled()
    assert words(together) == ["one", "two", "three"]


async def test_what_cannot_be_saved_is_not_acknowledged_and_comes_again(together: Together) -> None:
    slack, house = together.slack, together.house
    house.full, slack.retry_waits = True, (0.0,)
    await slack.say(together.vera, together.direct, "Hello")
    assert not slack.deliveries[-1].accepted and house.kept == {}
    house.full = False
    assert (await slack.redelivers(slack.deliveries[-1])).accepted
    await house.wait(1)


async def test_what_is_not_dealt_with_is_tried_again_then_put_aside_and_blocks_nobody(together: Together) -> None:
    house = together.house
    house.busy = 2
    await together.slack.say(together.vera, together.direct, "one")
    await together.slack.say(together.vera, together.direct, "two")
    await house.wait(2)
    assert words(together) == ["one", "two"]
    house.busy = 3
    await together.slack.say(together.vera, together.direct, "three")
    await together.slack.say(together.vera, together.direct, "four")
    await house.wait(3)
    assert words(together) == ["one", "two", "four"]
    assert list(house.aside.values()) == ["OSError: the database is away"]


async def test_what_was_acknowledged_is_dealt_with_after_a_kill(together: Together) -> None:
    house, slack = together.house, together.slack
    await together.messenger.stop()
    held = asyncio.Event()
    receive = house.receive

    async def never(incoming: Any) -> None:
        await held.wait()

    house.receive = never  # type: ignore[method-assign]
    await slack.say(together.vera, together.direct, "one")
    root = await slack.mention(together.vera, together.community, "two")
    await slack.say(together.vera, together.community, "three", root.ts)
    assert all(one.accepted for one in slack.deliveries) and len(house.disk) == 3
    # The process dies here, and another one begins with what stands on disk.
    house.receive = receive  # type: ignore[method-assign]
    house.disk["slack", "Ev-of-the-desk"] = "{}"
    other = SlackMessenger(together.client, house, pauses=())
    await other.start()
    await house.wait(3)
    await other.stop()
    assert sorted(words(together)) == ["one", "three", "two"]
    assert words(together).index("two") < words(together).index("three")
    assert {one.sender.address for one in house.received[1:] if one.heard != Said(text="one")} == {
        f"{together.community.id}:{root.ts}:{together.vera.id}"
    }
    assert list(house.disk) == [("slack", "Ev-of-the-desk")]
    together.house.receive = never  # type: ignore[method-assign]  # The first process must not wake up at its end.
    held.set()


async def test_forged_requests_leave_nothing(together: Together) -> None:
    slack = together.slack
    for how in Signed:
        if how is Signed.RIGHTLY:
            continue
        slack.signs(how)
        await slack.say(together.vera, together.direct, f"forged: {how}")
        assert not slack.deliveries[-1].accepted
    slack.signs(Signed.RIGHTLY)
    await slack.say(together.vera, together.direct, "genuine")
    await together.house.wait(1)
    assert words(together) == ["genuine"] and len(together.house.kept) == 1


@pytest.mark.parametrize("place", ["direct", "thread"])
async def test_what_may_be_out_is_looked_for_before_it_is_said_again(together: Together, place: str) -> None:
    slack, address = together.slack, together.vera.id
    if place == "thread":
        root = await slack.mention(together.vera, together.community, "hello")
        address = f"{together.community.id}:{root.ts}:{together.vera.id}"
    slack.fails("chat.postMessage", Cut(), times=1)
    (one,) = outgoing(bot_says("Once"), together.messenger.capabilities, address)
    with pytest.raises(TryLater):
        await together.messenger.deliver(one)
    again = Outgoing(address=one.address, id=one.id, shown=one.shown, language="en", attempts=1)
    reference = await together.messenger.deliver(again)
    out = together.shown if place == "direct" else together.in_thread(root)
    assert out == ["Once"]
    assert reference.startswith("D" if place == "direct" else together.community.id)
    # What was never out is said.
    new = Outgoing(address=one.address, id="1:2:0", shown=Shown(text="New"), language="en", attempts=3)
    await together.messenger.deliver(new)
    assert (together.shown if place == "direct" else together.in_thread(root)) == ["Once", "New"]


async def test_who_is_gone_is_unreachable(together: Together, walter: Person) -> None:
    walter.deleted = True
    with pytest.raises(Unreachable):
        await deliver(together.messenger, bot_says("Hello"), walter.id)
    root = await together.slack.mention(together.vera, together.community, "hello")
    address = f"{together.community.id}:{root.ts}:{together.vera.id}"
    await together.slack.delete(root)
    with pytest.raises(Unreachable):
        await deliver(together.messenger, bot_says("Hello"), address)
    together.slack.archives(together.community)
    with pytest.raises(Unreachable):
        await deliver(together.messenger, bot_says("Hello"), address)
    together.slack.violations.clear()


@pytest.mark.parametrize(
    ("fault", "wants"),
    [
        (Status(500), TryLater),
        (TooMany(30), TryLater),
        (refused("token_revoked"), Undeliverable),
        (refused("messages_tab_disabled"), Undeliverable),
        (refused("missing_scope"), Undeliverable),
        (refused("restricted_action"), Unreachable),
    ],
)
async def test_refusals_are_what_they_mean(together: Together, fault: Any, wants: type[Exception]) -> None:
    together.slack.fails("chat.postMessage", fault, times=1)
    with pytest.raises(wants) as raised:
        await deliver(together.messenger, bot_says("Hello"), together.vera.id)
    if isinstance(fault, TooMany):
        assert isinstance(raised.value, TryLater) and raised.value.seconds == 30
    if fault == refused("messages_tab_disabled"):
        assert "Messages Tab" in str(raised.value)


@pytest.mark.parametrize("address", ["", "telegram", "C0SALES:", "u0lower", "C0A:1.5:U0B:more", "C0A\n:U0B"])
async def test_what_is_no_address_is_refused_with_its_reason(together: Together, address: str) -> None:
    with pytest.raises(Undeliverable, match="no address of Slack's"):
        await deliver(together.messenger, bot_says("Hello"), address)


async def test_while_slack_does_not_say_who_somebody_is_they_are_heard_nevertheless(together: Together) -> None:
    together.slack.fails("users.info", Status(500))
    await together.slack.say(together.vera, together.direct, "Hello")
    (incoming,) = await together.house.wait(1)
    assert (incoming.sender.name, incoming.sender.language) == ("", None)
