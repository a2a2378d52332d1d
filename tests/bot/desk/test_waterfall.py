"""With a team file and a clock that is moved: who is asked, in which order, and what the visitor is told meanwhile."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.app import Application
from bot.config import Config, HandoffSettings
from storage.erasing import erase_lead
from storage.tables import LEADS
from storage.transaction import Transaction
from tests.application import WireVisitor, config_for
from tests.bot.desk.shop import becomes, becomes_hot, cards_in, hears, passed_on, scripts_in, slack_section
from tests.clock import StoppedClock
from tests.slack.core import View
from tests.slack.server import Slack
from tests.slack.workspace import Channel, Message, Person

TEAM = """
time_zone: Europe/Berlin
hours: {mon-fri: "09:00-17:30"}
reps:
  anna: {name: Anna Berg, slack: U0ANNABERG0}
  ben: {name: Ben Okafor, slack: U0BENOKAFOR}
clocks: {offer: 30 seconds, unclaimed: 5 minutes, fallback: 10 minutes, silent: 10 minutes}
digest: {at: "08:30", channel: "#sales"}
booking: https://cal.example.com/sales
escalate_to: "#managers"
routes:
  - {name: all, to: everybody, channel: "#sales"}
"""
TUESDAY = datetime(2026, 1, 6, 10, 0, tzinfo=UTC)
"""Eleven in Berlin. Long ago, so that whatever Slack puts out is later."""
EVENING = datetime(2026, 1, 6, 20, 0, tzinfo=UTC)


@dataclass(kw_only=True)
class Team:
    """The application, which may be restarted, with a clock; Slack; a visitor."""

    config: Config
    clock: StoppedClock
    slack: Slack
    sales: Channel
    session: aiohttp.ClientSession
    app: Application = field(init=False)
    visitor: WireVisitor = field(init=False)

    async def starts(self) -> None:
        self.app = Application(self.config, clock=self.clock, targets={}, quiet=True)
        await self.app.start()
        await self.slack.until(lambda: self.slack.socket_mode.connections)

    async def comes(self) -> None:
        """A visitor."""
        self.visitor = WireVisitor(self.session, self.app.base_url, "welcome")
        await self.visitor.connect()

    async def restarts(self) -> None:
        """Stop, and start again; the visitor comes back."""
        await self.visitor.close()
        await self.app.stop()
        await self.starts()
        token = self.visitor.token
        self.visitor = WireVisitor(self.session, self.app.base_url, "welcome")
        self.visitor.token = token
        await self.visitor.connect(after=0)

    def passes(self, **span: float) -> None:
        """Time goes by."""
        self.clock.pass_(**span)
        self.app.outbox.hint()

    async def card(self) -> Message:
        await self.slack.until(lambda: cards_in(self.slack, self.sales), 30)
        return cards_in(self.slack, self.sales)[-1]

    async def reads(self, words: str) -> Message:
        """The card, once it says so."""
        card = await self.card()
        await self.slack.until(lambda: words in self.slack.shown(card), 30)
        return card

    async def asked(self, person: Person, count: int = 1) -> Message:
        """The last offer to a person, once there are so many."""
        await self.slack.until(lambda: len(self.slack.direct_messages(person)) >= count, 30)
        return self.slack.direct_messages(person)[-1]

    async def thread(self, words: str) -> None:
        card = await self.card()
        await self.slack.until(lambda: words in passed_on(self.slack, self.sales, card.ts), 30)


@pytest.fixture
def managers(slack: Slack, anna: Person) -> Channel:
    return slack.workspace.add_channel("managers", anna)


@pytest_asyncio.fixture(loop_scope="session")
async def team(
    sqlite_url: str, tmp_path: Path, slack: Slack, sales: Channel, managers: Channel, request: pytest.FixtureRequest
) -> AsyncIterator[Team]:
    path = tmp_path / "team.yaml"
    path.write_text(TEAM, "utf-8")
    config = replace(
        config_for(sqlite_url, scripts_in(tmp_path / "dialogs")),
        sections={"slack": slack_section(slack, "socket")},
        handoff=replace(HandoffSettings(), team=path),
    )
    clock = StoppedClock(getattr(request, "param", TUESDAY))
    async with aiohttp.ClientSession() as session:
        team = Team(config=config, clock=clock, slack=slack, sales=sales, session=session)
        await team.starts()
        try:
            await team.comes()
            yield team
            await slack.settled()
        finally:
            await team.visitor.close()
            await team.app.stop()


async def test_it_is_offered_in_turn_then_to_all_then_the_visitor_is_told(
    team: Team, anna: Person, ben: Person, managers: Channel
) -> None:
    slack = team.slack
    await becomes_hot(team.visitor)
    offer = await team.asked(anna)
    assert "ada@example.com" in slack.shown(offer) or "Ada" in slack.shown(offer)
    assert slack.direct_messages(ben) == []
    await team.restarts()
    team.passes(seconds=31)
    await team.asked(ben)
    await slack.until(lambda: "It went on to Ben Okafor" in slack.shown(offer), 30)
    await team.restarts()
    team.passes(seconds=31)
    await slack.until(lambda: "everybody may take it" in slack.shown(offer), 30)
    team.passes(minutes=5)
    await slack.until(lambda: cards_in(slack, managers), 30)
    await team.thread("Nobody has taken this lead")
    await team.restarts()
    team.passes(minutes=5)
    told = await hears(team.visitor, "They will get back to you at ada@example.com")
    assert "cal.example.com" in str(team.visitor.messages)
    assert "Anna" not in told and "Ben" not in told
    # It may still be taken, by anybody.
    card = await team.card()
    await slack.click(ben, card, "claim")
    await team.reads("Ben Okafor")
    await hears(team.visitor, "Ben Okafor")
    assert len(slack.direct_messages(anna)) == len(slack.direct_messages(ben)) == 1


async def test_a_visitor_whom_nobody_can_reach_is_asked_how(team: Team, anna: Person) -> None:
    await team.visitor.says("Ada Lovelace")
    await team.visitor.says("Can I talk to a person, please?")
    offer = await team.asked(anna)
    team.passes(seconds=31)
    await team.slack.until(lambda: "It went on to" in team.slack.shown(offer), 30)
    team.passes(seconds=31)
    await team.slack.until(lambda: "everybody may take it" in team.slack.shown(offer), 30)
    team.passes(minutes=10)
    await hears(team.visitor, "Leave your e-mail address or phone number")
    await team.visitor.says("ada@example.com")
    await team.reads("ada@example.com")


async def test_whoever_takes_it_and_stays_silent_loses_it_again(team: Team, anna: Person, ben: Person) -> None:
    slack = team.slack
    await becomes_hot(team.visitor)
    await slack.click(anna, await team.asked(anna), "claim")
    await hears(team.visitor, "Anna Berg")
    await team.restarts()
    team.passes(minutes=10, seconds=1)
    await team.asked(ben)
    await team.thread("It was taken back")
    await slack.click(ben, await team.asked(ben), "claim")
    await team.reads("Ben Okafor")
    await slack.say(ben, team.sales, "! Hello, Ben here.", thread_ts=(await team.card()).ts)
    await hears(team.visitor, "Hello, Ben here.")
    team.passes(minutes=30)
    await team.visitor.says("Hello Ben!")
    await team.thread("Hello Ben!")
    assert "Ben Okafor" in slack.shown(await team.card())


async def test_a_lead_that_was_put_off_comes_back(team: Team, anna: Person) -> None:
    slack = team.slack
    await becomes_hot(team.visitor)
    await slack.click(anna, await team.asked(anna), "claim")
    card = await team.reads("[Put back]")
    await slack.click(anna, card, "snooze")
    (window,) = await slack.until(lambda: slack.modals(anna))
    sent = await slack.submit(anna, window, snoozed_until(window.blocks))
    assert sent.accepted and not sent.errors
    await slack.until(lambda: "nooze" in slack.shown(card) or "until" in slack.shown(card), 30)
    await team.restarts()
    team.passes(days=7)
    await team.thread("You wanted to be reminded")


def snoozed_until(blocks: list[dict[str, object]]) -> dict[str, object]:
    """The first choice of the first input."""
    first = next(one for one in blocks if one["type"] == "input")
    element = first["element"]
    assert isinstance(element, dict)
    return {str(element["action_id"]): element["options"][0]["value"]}


@pytest.mark.parametrize("team", [EVENING], indirect=True)
async def test_outside_business_hours_the_visitor_is_told_when_people_are_back(
    team: Team, anna: Person, managers: Channel
) -> None:
    slack = team.slack
    await becomes_hot(team.visitor)
    told = await hears(team.visitor, "09:00 (CET)")
    assert "cal.example.com" in str(team.visitor.messages)
    assert "nobody" not in told.lower()
    await team.card()
    assert slack.direct_messages(anna) == []
    await team.restarts()
    team.passes(hours=11)
    team.passes(minutes=50)  # 08:50 in Berlin.
    await team.visitor.says("Good morning")
    await team.thread("Good morning")
    assert cards_in(slack, managers) == []
    team.passes(minutes=16)  # Six minutes after they came.
    await slack.until(lambda: cards_in(slack, managers), 30)


@pytest.mark.parametrize("how", ["home", "command"])
async def test_who_is_busy_is_not_asked(team: Team, anna: Person, ben: Person, how: str) -> None:
    slack = team.slack
    if how == "home":
        await slack.open_home(anna)
        home = await slack.until(lambda: slack.home(anna))
        assert home is not None
        action = next(one for one in action_ids(home.blocks) if one.startswith("availability") and "busy" in one)
        await slack.click(anna, home, action)
    else:
        answer = await slack.command(anna, "/handraiser", "busy")
        assert answer.accepted

    async def is_busy() -> bool:
        people = await team.app.desk.colleagues()
        return next(one.availability.value for one in people if one.rep.key == "anna") == "busy"

    await becomes(is_busy)
    await becomes_hot(team.visitor)
    await team.asked(ben)
    assert slack.direct_messages(anna) == []
    await slack.command(anna, "/handraiser", "taking")
    await slack.click(ben, await team.asked(ben), "claim")
    await hears(team.visitor, "Ben Okafor")
    await team.visitor.close()
    await team.comes()
    await becomes_hot(team.visitor)
    await team.asked(anna)


def action_ids(blocks: list[dict[str, object]]) -> list[str]:
    found = []
    for block in blocks:
        elements = block.get("elements", [])
        assert isinstance(elements, list)
        found += [str(one.get("action_id")) for one in elements]
    return found


async def test_lists_that_are_out_no_longer_name_who_was_erased(team: Team, anna: Person, ben: Person) -> None:
    slack = team.slack
    await becomes_hot(team.visitor)
    await team.asked(anna)
    team.passes(hours=22)  # Nobody has claimed it, and it is morning in Berlin.
    listed = await slack.until(lambda: morning_list(team), 30)
    assert listed is not None
    await slack.open_home(ben)
    home = await slack.until(lambda: slack.home(ben))
    assert home is not None and "Ada Lovelace" in slack.shown(home)
    assert "Ada Lovelace" in slack.shown(listed)

    def erase(tx: Transaction) -> None:
        lead = tx.connection.execute(select(LEADS.c.public_id)).scalar_one()
        assert erase_lead(tx, lead, team.clock()) is not None

    await team.app.database.write(erase)
    team.app.outbox.hint()
    await slack.until(lambda: morning_list(team) is None, 30)
    await slack.until(lambda: "Ada" not in slack.shown(home_of(team, ben)), 30)
    assert "Everybody is taken care of." in slack.shown(home_of(team, ben))
    await slack.until(lambda: not any("Ada" in text for text in everything_read(team, anna, ben)), 30)


def morning_list(team: Team) -> Message | None:
    """The work list in the channel, while there is one."""
    said = [one for one in team.slack.messages(team.sales) if "Good morning" in one.text]
    return said[-1] if said else None


def home_of(team: Team, person: Person) -> View:
    found = team.slack.home(person)
    assert found is not None
    return found


def everything_read(team: Team, *people: Person) -> list[str]:
    """What stands in the channel, and in the messages to these people."""
    messages = [*team.slack.messages(team.sales), *(one for who in people for one in team.slack.direct_messages(who))]
    return [team.slack.shown(one) for one in messages]
