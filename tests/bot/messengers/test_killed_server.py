"""``kill -9`` of the real server between receiving, committing and replying, on every messenger: nothing lost, and
nothing answered twice.

What was said when the server died before it could note that is said once more where the platform cannot be asked:
Telegram has no name of ours for a message; WhatsApp's comes back with both, by which a repeat is recognised. In Slack
it is looked for first.
"""

from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlalchemy import delete, select, update

from storage import conversations
from storage.database import Database, open_database
from storage.tables import CONVERSATIONS, EFFECTS, INBOX, POLLERS
from storage.transaction import Transaction
from tests.bot.channels.whatsapp.conftest import VERIFY_TOKEN, section_for
from tests.bot.desk.shop import becomes, slack_section
from tests.holding import POINTS
from tests.server import Server
from tests.slack.server import Slack
from tests.slack.workspace import Channel
from tests.telegram.people import Person as TelegramPerson
from tests.telegram.server import Telegram
from tests.whatsapp.people import Person as WhatsAppPerson
from tests.whatsapp.server import WhatsApp

PUBLIC_URL = "https://bot.example"
ANSWERS = ("alfa", "bravo", "charlie", "delta", "echo", "foxtrot", "golf")
FIELDS = "\n".join(f"  {one}: {{type: text, label: {one}}}" for one in ANSWERS)
ASKS = "\n".join(
    f"  - ask: {one}\n    text: '{{% if {before} %}}Thanks for {{{{ {before} }}}}. {{% endif %}}Number {number}?'"
    if before
    else f"  - ask: {one}\n    text: Number 1?"
    for number, (before, one) in enumerate(zip(("", *ANSWERS), ANSWERS, strict=False), 1)
)
SCRIPT = f"""
dialog: welcome
title: Welcome
language: en
fields:
{FIELDS}
steps:
{ASKS}
  - end: Thanks for {{{{ golf }}}}, and goodbye.
"""


class Way(Protocol):
    """A visitor on a messenger, and how the server is reached there."""

    repeats: bool
    """Whether what was said and not noted is said once more."""

    def environment(self) -> dict[str, str]:
        """By which the server finds the platform."""
        ...

    async def listens(self, base_url: str) -> None:
        """Have the platform bring what happens to the server."""
        ...

    def says(self, text: str) -> None:
        """Write something; the platform brings it, beside."""
        ...

    async def acknowledged(self) -> None:
        """Wait until the server has said that it has what was written last."""
        ...

    def reads(self) -> list[str]:
        """What the bot has said."""
        ...

    async def until(self, text: str) -> None:
        """Wait until the bot has said so."""
        ...


def _variables(section: str, settings: dict[str, Any]) -> dict[str, str]:
    return {f"HANDRAISER_{section}__{key.upper()}": str(value) for key, value in settings.items()}


class OnTelegram:
    """Telegram, by polling or by its webhook."""

    repeats = True

    def __init__(self, telegram: Telegram, ada: TelegramPerson, mode: str) -> None:
        self.telegram = telegram
        self.ada = ada
        self.mode = mode

    def environment(self) -> dict[str, str]:
        api_url = self.telegram.base_url.removesuffix("/bot")
        settings = {"token": self.telegram.token, "api_url": api_url, "mode": self.mode}
        return _variables("TELEGRAM", settings) | {"HANDRAISER_WEB__PUBLIC_URL": PUBLIC_URL}

    async def listens(self, base_url: str) -> None:
        self.telegram.reaches(PUBLIC_URL, base_url)
        if self.mode == "webhook":
            await self.telegram.until(lambda: self.telegram.webhook.url)

    def says(self, text: str) -> None:
        self.telegram.beside(self.ada.says(text))

    async def acknowledged(self) -> None:
        await self.telegram.heard()

    def reads(self) -> list[str]:
        mine = self.telegram.messages(self.telegram.private(self.ada))
        return [one.text for one in mine if one.author is not self.ada]

    async def until(self, text: str) -> None:
        await self.telegram.until(lambda: any(text in one for one in self.reads()))


class OnWhatsApp:
    """WhatsApp."""

    repeats = True

    def __init__(self, whatsapp: WhatsApp, wanda: WhatsAppPerson) -> None:
        self.whatsapp = whatsapp
        self.wanda = wanda

    def environment(self) -> dict[str, str]:
        return _variables("WHATSAPP", section_for(self.whatsapp))

    async def listens(self, base_url: str) -> None:
        if self.whatsapp.notifier.url is None:
            assert await self.whatsapp.subscribes(f"{base_url}/whatsapp/webhook", VERIFY_TOKEN)

    def says(self, text: str) -> None:
        self.whatsapp.beside(self.wanda.says(text))

    async def acknowledged(self) -> None:
        await self.whatsapp.until(lambda: all(one.taken for one in self.whatsapp.notifications))

    def reads(self) -> list[str]:
        return [one.text for one in self.wanda.sees]

    async def until(self, text: str) -> None:
        await self.whatsapp.until(lambda: any(text in one for one in self.reads()))


class InSlack:
    """Direct messages in Slack."""

    repeats = False

    def __init__(self, slack: Slack, sales: Channel) -> None:
        self.slack = slack
        self.vera = slack.workspace.add_person("Vera Klein")
        slack.retry_waits = (0.1,) * 300

    def environment(self) -> dict[str, str]:
        return _variables("SLACK", slack_section(self.slack) | {"visitors": "true"})

    async def listens(self, base_url: str) -> None:
        self.slack.request_url = f"{base_url}/slack/events"

    def says(self, text: str) -> None:
        self.slack.beside(self.slack.say(self.vera, self.slack.workspace.direct(self.vera.id), text))

    async def acknowledged(self) -> None:
        await self.slack.until(lambda: all(one.accepted for one in self.slack.deliveries))

    def reads(self) -> list[str]:
        return [self.slack.shown(one) for one in self.slack.direct_messages(self.vera) if one.by_the_app]

    async def until(self, text: str) -> None:
        await self.slack.until(lambda: any(text in one for one in self.reads()))


@pytest.fixture
def way(request: pytest.FixtureRequest) -> Way:
    """The visitor on one of the messengers."""
    take = request.getfixturevalue
    match request.param:
        case "whatsapp":
            return OnWhatsApp(take("whatsapp"), take("wanda"))
        case "slack":
            return InSlack(take("slack"), take("sales"))
        case mode:
            return OnTelegram(take("telegram"), take("ada"), mode)


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    """Each messenger on one of the databases: what is killed here has nothing to do with which."""
    url: str = request.getfixturevalue(request.param)
    return url


ON_POSTGRES = pytest.mark.postgres


@pytest.mark.parametrize(
    ("way", "url"),
    [
        pytest.param("polling", "sqlite_url", id="telegram-polling"),
        pytest.param("webhook", "postgres_url", id="telegram-webhook", marks=ON_POSTGRES),
        pytest.param("whatsapp", "sqlite_url", id="whatsapp"),
        pytest.param("slack", "postgres_url", id="slack", marks=ON_POSTGRES),
    ],
    indirect=True,
)
async def test_wherever_it_is_killed_nothing_is_lost_and_nothing_is_answered_twice(
    way: Way, url: str, tmp_path: Path
) -> None:
    (tmp_path / "welcome.yaml").write_text(SCRIPT, "utf-8")
    server = Server(url, tmp_path, **way.environment())
    points = list(zip(POINTS, ANSWERS, strict=True))
    async with await open_database(url) as database:
        try:
            await server.start(hold=":".join(points[0]))
            await way.listens(server.base_url)
            way.says("hello")
            await way.until("Number 1?")
            for number, (point, answer) in enumerate(points):
                await _nothing_is_left(database)  # That the question before was delivered is noted, too.
                way.says(answer)
                await server.line(f"held at {point}")
                if point not in ("before saving", "taken in"):
                    await way.acknowledged()
                await server.kill()
                await _a_minute_passes(database)
                following = points[number + 1] if number + 1 < len(points) else None
                await server.start(hold=":".join(following) if following else "")
                await way.until(f"Thanks for {answer}")
            await _nothing_is_left(database)
            said = await database.read(_transcript)
            assert [text for who, text in said if who == "visitor"][-len(ANSWERS) :] == list(ANSWERS)
            bot = [text for who, text in said if who == "bot"]
            assert len(bot) == len(set(bot)) == len(ANSWERS) + 1
            expected = [text for text in bot for _ in range(2 if way.repeats and "Thanks for golf" in text else 1)]
            assert way.reads() == expected
        finally:
            await server.kill()


async def _a_minute_passes(database: Database) -> None:
    """Nothing belongs to the dead process any more."""

    def free(tx: Transaction) -> None:
        tx.connection.execute(update(EFFECTS).values(due=EFFECTS.c.created))
        tx.connection.execute(delete(POLLERS))

    await database.write(free)


async def _nothing_is_left(database: Database) -> None:
    def left(tx: Transaction) -> bool:
        effects, events = select(EFFECTS.c.id).where(EFFECTS.c.kind != "timer"), select(INBOX.c.id)
        return not tx.connection.execute(effects).first() and not tx.connection.execute(events).first()

    async def nothing() -> bool:
        return await database.read(left)

    await becomes(nothing)


def _transcript(tx: Transaction) -> list[tuple[str, str]]:
    number = tx.connection.execute(select(CONVERSATIONS.c.id)).scalar_one()
    return [(one["from"], one["text"]) for one in conversations.messages_after(tx, number, 0)]


async def test_the_repeat_on_whatsapp_bears_the_same_name(
    whatsapp: WhatsApp, wanda: WhatsAppPerson, sqlite_url: str, tmp_path: Path
) -> None:
    (tmp_path / "welcome.yaml").write_text(SCRIPT, "utf-8")
    way = OnWhatsApp(whatsapp, wanda)
    server = Server(sqlite_url, tmp_path, **way.environment())
    async with await open_database(sqlite_url) as database:
        try:
            await server.start(hold="sent:alfa")
            await way.listens(server.base_url)
            way.says("hello")
            await way.until("Number 1?")
            await _nothing_is_left(database)
            way.says("alfa")
            await server.line("held at sent")
            await server.kill()
            await _a_minute_passes(database)
            await server.start()
            await whatsapp.until(lambda: sum("Thanks for alfa" in one for one in way.reads()) == 2)
            names = [
                one.arguments.get("biz_opaque_callback_data") for one in whatsapp.calls if one.method == "messages"
            ]
            assert len(names) == 3
            assert names[-1] == names[-2]
        finally:
            await server.kill()
