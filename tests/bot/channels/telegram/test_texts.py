"""Whatever anybody is called or writes, what the house says of it is taken by Telegram, and shown as it stands."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.addresses import Address
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.messenger import TelegramMessenger
from bot.channels.telegram.outgoing import Text
from bot.channels.telegram.writing import CAPABILITIES, write
from tests.bot.channels.telegram.conftest import BASE_URL, quick, settings_for
from tests.bot.channels.telegram.house import PaperHouse
from tests.corpora.reading import Corpora
from tests.house import bot_says, deliver, outgoing
from tests.telegram.people import Person
from tests.telegram.server import Telegram

OURS = [
    "<b>", "</b>", "a < b & c > d", "&lt;", "&#xDFDF;", "&#57311;", "_*[]()~`>#+-=|{}.!", "**", "```", "null", "0",
    "[x](tg://user?id=1)", "@ava_acme_bot", "/start abc", "#tag", "https://evil.example/?a=b&c=d",
    "\ud83d", "\udfdf\ud83c", "\x00\x07", "\u202eabc", "\u200b", "\ufeff", "\u3164", "\u2800", "\r", "\x80", "\u0333",
    "Z̸̧͝a̵l̷g̸o̴", "👩‍👩‍👧‍👦" * 900, "𝕏" * 2049, "x" * 4097, "ﷺ" * 50,
]  # fmt: skip
"""What other bots have stumbled over."""


async def say(messenger: TelegramMessenger, ada: Person, text: str) -> None:
    """Say it wherever a visitor's or a script's words may stand."""
    choices = [{"key": "a", "label": text}, {"key": "b", "label": f"{text} 2"}]
    event = {
        "kind": "event",
        "title": text,
        "starts": "2027-01-05T10:00:00+00:00",
        "place": text,
        "url": "https://x.example",
    }
    for number, message in enumerate((
        bot_says(text),
        bot_says(f"Hello {text}!", choices=choices, input={"kind": "choice"}),
        bot_says("", choices=choices),
        bot_says("", links=[{"label": text, "url": "https://www.example.com/a"}, {"label": "x", "url": text}]),
        bot_says("Look", card={"kind": "code", "title": text, "code": text}),
        bot_says("Look", card=event),
        bot_says("Your phone?", input={"kind": "tel", "optional": True}),
        {**bot_says(text, persona={"name": text}), "from": "rep"},
    )):  # fmt: skip
        await deliver(messenger, {**message, "seq": number + 1}, str(ada.id))


@pytest.mark.parametrize("text", OURS, ids=lambda text: ascii(text[:12]))
async def test_no_words_are_refused(messenger: TelegramMessenger, telegram: Telegram, ada: Person, text: str) -> None:
    await say(messenger, ada, text)
    assert [one for one in telegram.calls if one.error] == []


async def test_words_are_shown_as_they_stand(messenger: TelegramMessenger, ada: Person) -> None:
    for text in ("<b>x</b> & &amp; *y* _z_", "[x](tg://user?id=1)", "_*[]()~`>#+-=|{}.!"):
        await deliver(messenger, bot_says(text), str(ada.id))
        assert ada.sees[-1].text == text
        assert not {"bold", "italic", "text_link", "text_mention", "code"} & {
            one["type"] for one in ada.sees[-1].entities
        }


@pytest.mark.skipif("HANDRAISER_CORPORA" not in os.environ, reason="name other people's strings in HANDRAISER_CORPORA")
@pytest.mark.timeout(300)
async def test_none_of_other_peoples_words_are_refused(telegram: Telegram, house: PaperHouse, ada: Person) -> None:
    strings = Corpora(Path(os.environ["HANDRAISER_CORPORA"])).strings()
    async with TelegramClient(settings_for(telegram), pacer=quick()) as client:
        messenger = TelegramMessenger(client, house, BASE_URL)
        for text in strings:
            await deliver(messenger, bot_says(f"Nice to meet you, {text}!"), str(ada.id))
            await deliver(messenger, bot_says(text, choices=[{"key": "a", "label": text}]), str(ada.id))
    assert [one for one in telegram.calls if one.error] == []
    assert len(telegram.calls) >= 2 * len(strings) - 20


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300), st.lists(st.text(max_size=60), max_size=6))
def test_every_message_has_something_to_be_seen(text: str, labels: list[str]) -> None:
    message = bot_says(text, choices=[{"key": str(number), "label": label} for number, label in enumerate(labels)])
    for one in outgoing(message, CAPABILITIES, "4711"):
        step = write(one, Address(chat=4711))
        assert isinstance(step, Text)
        assert any(unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"} for one in step.text)
        assert len(step.text.encode("utf-16-le")) <= 2 * 4096
