"""The whole application with visitors and sales in one workspace: from the first word in Slack to a person's answer."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import Application
from tests.application import config_for, running
from tests.bot.channels.slack.conftest import buttons
from tests.bot.desk.shop import cards_in, scripts_in, slack_section
from tests.slack.server import Slack
from tests.slack.workspace import Channel, Message, Person


@pytest_asyncio.fixture(loop_scope="session", params=["http", "socket"])
async def shop(
    request: pytest.FixtureRequest, slack: Slack, sales: Channel, community: Channel, database_url: str, tmp_path: Path
) -> AsyncIterator[Application]:
    section = slack_section(slack, request.param) | {
        "visitors": True, "visitor_channels": ["#community"], "script": "short",
    }  # fmt: skip
    config = replace(config_for(database_url, scripts_in(tmp_path / "dialogs")), sections={"slack": section})
    async with running(config, targets={}) as application:
        if request.param == "http":
            slack.request_url = f"{application.base_url}/slack/events"
        else:
            await slack.until(lambda: slack.socket_mode.connections)
        yield application
        await slack.settled()


async def reads(slack: Slack, channel: Channel, words: str, thread: str | None = None) -> Message:
    """The bot's message that says so, once it is there."""

    def found() -> list[Message]:
        messages = slack.messages(channel) if thread is None else slack.thread(channel, thread)
        return [one for one in messages if one.by_the_app and words in slack.shown(one)]

    return (await slack.until(found, 30))[-1]


async def test_from_hello_to_a_person_in_direct_messages(
    shop: Application, slack: Slack, sales: Channel, vera: Person, anna: Person
) -> None:
    direct = slack.workspace.direct(vera.id)
    await slack.say(vera, direct, "Hello")
    await reads(slack, direct, "Where may we write to?")
    await slack.say(vera, direct, "vera@example.com")
    await reads(slack, direct, "How many people?")
    await slack.say(vera, direct, "80")
    await reads(slack, direct, "One moment.")
    (card,) = await slack.until(lambda: cards_in(slack, sales), 30)
    await slack.until(lambda: "vera@example.com" in slack.shown(card), 30)
    assert "Slack" in slack.shown(card)
    await slack.click(anna, card, "claim")
    await slack.until(lambda: "Anna Berg" in slack.shown(card), 30)
    await slack.say(anna, sales, "! Hello Vera, shall we talk?", card.ts)
    await reads(slack, direct, "Anna Berg: Hello Vera, shall we talk?")
    await slack.say(vera, direct, "! Gladly, at ten")
    await reads(slack, sales, "! Gladly, at ten", card.ts)
    # What she said went one way only, and the card stands in one place.
    assert not [one for one in slack.messages(direct) if one.by_the_app and "Gladly" in slack.shown(one)]
    assert slack.pings == [] or all("U0VERAGAST0" not in ping.token for ping in slack.pings)


async def test_a_talk_in_a_thread(
    shop: Application, slack: Slack, community: Channel, vera: Person, walter: Person
) -> None:
    root = await slack.mention(vera, community, "hello?")
    await reads(slack, community, "Where may we write to?", root.ts)
    await slack.say(walter, community, "me@walter.example", root.ts)
    await slack.say(vera, community, "vera@example.com", root.ts)
    await reads(slack, community, "How many people?", root.ts)
    await slack.say(vera, community, "3", root.ts)
    await reads(slack, community, "Thank you!", root.ts)
    said = [slack.shown(one) for one in slack.thread(community, root.ts) if one.by_the_app]
    assert len(said) == len(set(said))


async def test_buttons_lead_on(shop: Application, slack: Slack, vera: Person) -> None:
    direct = slack.workspace.direct(vera.id)
    await slack.command(vera, "/handraiser", "mydata", direct)
    message = await reads(slack, direct, "")
    await slack.until(lambda: any(buttons(one) for one in slack.messages(direct) if one.by_the_app), 30)
    message = [one for one in slack.messages(direct) if one.by_the_app and buttons(one)][-1]
    before = len(slack.messages(direct))
    await slack.click(vera, message, buttons(message)[0]["action_id"])
    await slack.until(lambda: len(slack.messages(direct)) > before, 30)


async def test_where_visitors_are_not_they_are_told_once(shop: Application, slack: Slack, vera: Person) -> None:
    elsewhere = slack.workspace.add_channel("random", vera)
    await slack.mention(vera, elsewhere, "hello?")
    await slack.mention(vera, elsewhere, "hello??")
    (told,) = await slack.until(lambda: slack.ephemerals(vera), 30)
    assert "nur unter vier Augen" in slack.shown(told)
