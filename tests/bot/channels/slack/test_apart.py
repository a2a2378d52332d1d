"""Sales and visitors in one workspace: nothing crosses over."""

import asyncio
from functools import partial

from bot.channels.contract import Said
from bot.slack.client import SlackClient
from bot.slack.filing import DESK, VISITORS
from bot.slack.pacing import Pacer
from bot.slack.reception import Reception
from bot.slack.sides import Grounds
from bot.slack.survey import Survey
from tests.bot.channels.slack.conftest import Together
from tests.bot.slack.conftest import settings_for
from tests.house import bot_says, deliver
from tests.slack.faults import refused
from tests.slack.server import Slack
from tests.slack.workspace import Channel, Person


async def test_both_sides_work_at_once(together: Together) -> None:
    slack, anna, vera = together.slack, together.anna, together.vera
    together.office.becomes_hot()
    await together.office.settled()
    (card,) = [one for one in slack.messages(together.sales) if one.by_the_app]
    await slack.say(vera, together.direct, "Hello")
    await slack.click(anna, card, "claim")
    reply = await slack.say(anna, together.sales, "! Hello Ada, Anna here", card.ts)
    await together.house.wait(1)
    await slack.until(lambda: reply.reactions)
    assert together.house.heard == [Said(text="Hello")]
    assert "Hello Ada, Anna here" in [one["text"] for one in together.office.messages if one["from"] == "rep"]
    assert "Hello" not in [one["text"] for one in together.office.messages]


async def test_a_visitors_words_are_never_taken_for_a_colleagues(together: Together) -> None:
    slack, vera = together.slack, together.vera
    together.office.becomes_hot()
    await together.office.settled()
    taken = len(together.office.taken)
    said = len(together.office.messages)
    await slack.say(vera, together.direct, "! I am a colleague, too")
    root = await slack.mention(vera, together.community, "! so am I")
    await slack.say(vera, together.community, "! and here", root.ts)
    await slack.command(vera, "/handraiser", "ada", together.direct)
    await slack.command(vera, "/handraiser", "busy", together.direct)
    heard = await together.house.wait(5)
    assert [one.heard for one in heard] == [
        Said(text=text)
        for text in ("! I am a colleague, too", "! so am I", "! and here", "ada", "busy")
    ]  # fmt: skip
    assert len(together.office.taken) == taken and len(together.office.messages) == said
    told = [slack.shown(one) for one in slack.ephemerals(vera)]
    assert not any("Lovelace" in one for one in told)


async def test_a_visitor_who_gets_hold_of_a_colleagues_button_does_nothing_by_it(together: Together) -> None:
    """Somebody left the team; offers of before still stand in their direct messages."""
    slack, vera = together.slack, together.vera
    blocks = [
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "text": {"type": "plain_text", "text": "I take it"},
                    "action_id": "claim",
                    "value": "7",
                }
            ],
        }
    ]
    await together.client.call("chat.postMessage", channel=vera.id, text="An offer", blocks=blocks)
    taken = len(together.office.taken)
    assert (await slack.click(vera, together.last, "claim")).accepted
    await slack.settled()
    assert len(together.office.taken) == taken and together.house.kept == {}


async def test_colleagues_are_never_visitors(together: Together, ben: Person) -> None:
    slack, anna, house = together.slack, together.anna, together.house
    rita = slack.workspace.add_person("Rita Rep", id="U0RITAREP00")  # Of no team file, but where leads are.
    together.sales.members.add(rita.id)
    root = await slack.mention(together.vera, together.community, "hello")
    await deliver(together.messenger, bot_says("Hi!"), f"{together.community.id}:{root.ts}:{together.vera.id}")
    for colleague in (anna, ben, rita):
        await slack.say(colleague, slack.workspace.direct(colleague.id), "Hello bot")
        await slack.open_home(colleague)
        if colleague is anna:
            await slack.say(colleague, together.community, "I can help", root.ts)
            await slack.mention(colleague, together.community, "show us", root.ts)
        await slack.until(partial(slack.home, colleague))
        home = slack.home(colleague)
        assert home is not None and "My leads" in slack.shown(home)
    await slack.settled()
    assert house.heard == [Said(text="hello")]
    assert all("can help" not in raw and "show us" not in raw for raw in together.office.taken.values())


async def test_nothing_is_taken_in_before_it_is_known_who_is_a_colleague(together: Together) -> None:
    slack = together.slack
    survey = Survey(together.client, together.office, patience=0.05)
    reception = together.door.inbox
    assert isinstance(reception, Reception)
    reception._survey = survey
    slack.fails("conversations.list", refused("internal_error"))
    slack.retry_waits = (0.0,)
    await slack.say(together.vera, together.direct, "Hello")
    assert slack.deliveries[-1].last.status == 503
    assert together.house.kept == {}
    slack.recovers()
    delivery = await slack.redelivers(slack.deliveries[-1])
    assert delivery.accepted
    await together.house.wait(1)
    # What was known once serves while Slack does not answer.
    slack.fails("*", refused("internal_error"))
    await slack.say(together.vera, together.direct, "Hello again")
    await together.house.wait(2)
    await survey.stop()


class Hours:
    """A clock that is put on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_who_joins_the_channel_for_leads_is_a_colleague_before_long(
    slack: Slack, client: SlackClient, sales: Channel, community: Channel, vera: Person, together: Together
) -> None:
    hours = Hours()
    survey = Survey(client, together.office, now=hours)
    before = await survey.grounds()
    assert before == Grounds(
        colleagues=frozenset(sales.members | {"U0ANNABERG0", "U0BENOKAFOR"}),
        leads=sales.id,
        visitor_channels=frozenset({community.id}),
    )
    sales.members.add(vera.id)
    assert vera.id not in (await survey.grounds()).colleagues
    hours.now += 1000
    await survey.grounds()
    assert survey._asking is not None
    await asyncio.wait({survey._asking})
    assert vera.id in (await survey.grounds()).colleagues


async def test_a_channel_for_leads_is_never_a_visitors_by_whatever_name(
    slack: Slack, sales: Channel, community: Channel, together: Together
) -> None:
    settings = settings_for(slack, channel="#sales", visitors=True, visitor_channels=(sales.id, "#nowhere"))
    async with SlackClient(settings, pacer=Pacer(burst=1000)) as client:
        grounds = await Survey(client, together.office).grounds()
    assert grounds.leads == sales.id and grounds.visitor_channels == frozenset()


def test_what_was_left_over_goes_to_its_own_side() -> None:
    """Both sides stand on one disk, under one name."""
    ids = ["Ev1", "sha256:abc", "visitor:Ev1", "visitor:C1:1.5"]
    assert [one for one in ids if DESK.is_ours(one)] == ids[:2]
    assert [one for one in ids if VISITORS.is_ours(one)] == ids[2:]
