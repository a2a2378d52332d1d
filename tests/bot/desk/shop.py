"""What tests of the whole application beside the stand-in for Slack have in common: settings, scripts, visitors."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tests.application import WireVisitor
from tests.bot.web.conftest import SCRIPT
from tests.slack.server import Slack
from tests.slack.workspace import BOT_ID, BOT_USER, Channel, Json, Message

SHORT = """
dialog: short
title: Short
persona: {name: Mia}
fields:
  email: {type: email, label: E-mail}
  team_size: {type: number, label: Team size, min: 1}
steps:
  - ask: email
    text: Where may we write to?
  - ask: team_size
    text: How many people?
  - end: Thank you!
scoring: {fit: {rules: [{when: team_size >= 50, points: 30, because: Team of 50 or more}]}}
stages: {mql: fit >= 30}
handoff:
  - {when: stage == "mql", to: sales, because: Ready to buy, say: One moment.}
"""
"""Two answers, and the lead is hot."""


def scripts_in(folder: Path) -> Path:
    """A scripts' folder with what the scripts give; ``folder`` is made."""
    (folder / "files").mkdir(parents=True)
    (folder / "welcome.yaml").write_text(SCRIPT, "utf-8")
    (folder / "short.yaml").write_text(SHORT, "utf-8")
    (folder / "files" / "guide.pdf").write_bytes(b"%PDF-1.4 the guide")
    (folder / "files" / "codes.txt").write_text("\n".join(f"CODE{n}" for n in range(50)), "utf-8")
    return folder


def slack_section(slack: Slack, mode: str = "http") -> dict[str, Any]:
    """``[slack]`` for the stand-in."""
    return {
        "bot_token": slack.bot_token,
        "app_token": slack.app_token,
        "signing_secret": slack.signing_secret,
        "api_url": slack.api_url,
        "channel": "#sales",
        "mode": mode,
    }


def slack_environment(slack: Slack, mode: str = "http") -> dict[str, str]:
    """The same for a process."""
    return {f"HANDRAISER_SLACK__{key.upper()}": str(value) for key, value in slack_section(slack, mode).items()}


def cards_in(slack: Slack, channel: Channel) -> list[Message]:
    """The cards that stand in a channel."""
    return [one for one in slack.messages(channel) if one.by_the_app and not one.is_reply]


def passed_on(slack: Slack, channel: Channel, ts: str) -> str:
    """What the app says in a thread, one post a paragraph."""
    return "\n\n".join(slack.shown(one) for one in slack.thread(channel, ts) if one.by_the_app)


def card_for(slack: Slack, channel: Channel, handoff: int) -> Message:
    """A message of the app's with the button to claim a handoff, put there without the app."""
    button: Json = {
        "type": "button",
        "action_id": "claim",
        "value": str(handoff),
        "text": {"type": "plain_text", "text": "Claim"},
    }
    message = Message(channel=channel, ts=slack.workspace.ts(), user=BOT_USER, bot_id=BOT_ID, text="A lead")
    message.blocks = [{"type": "actions", "block_id": f"b{handoff}", "elements": [button]}]
    channel.log.append(message)
    return message


async def becomes_hot(visitor: WireVisitor) -> None:
    """Answer everything of ``SCRIPT``."""
    for text in ("Ada Lovelace", "ada@example.com", "80"):
        await visitor.says(text)
    await visitor.presses("This month")


async def hears(visitor: WireVisitor, words: str) -> str:
    """What the visitor has been told, once it was this."""
    while not any(words in text for _, text in visitor.transcript):
        frame = await visitor.receive()
        assert frame["type"] != "closed", visitor.transcript
    return "\n".join(f"{who}: {text}" for who, text in visitor.transcript)


async def becomes(look: Callable[[], Awaitable[Any]], seconds: float = 30) -> Any:
    """Wait until what is looked up in a database is so."""
    async with asyncio.timeout(seconds):
        while not (found := await look()):
            await asyncio.sleep(0.01)
    return found
