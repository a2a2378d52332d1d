"""From what happens in Slack to what the house hears; of anything a value or None, never an error."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from bot.channels.contract import Began, Edited, Said, SentFile, Wished
from bot.channels.slack.addresses import Address
from bot.channels.slack.reading import TEXT_MOST, address_of, order_of, read_heard, sent_at
from bot.slack.listening import AppMention, BlockAction, MessageChanged, MessagePosted, SlackFile, SlashCommand
from tests.bot.slack.test_sides import EVENTS

BOT = "U0BOT"


def posted(text: str, **more: Any) -> MessagePosted:
    given = {"channel": "D0DIRECT", "ts": "1503435956.000247", "channel_type": "im"} | more
    return MessagePosted(event_id="visitor:1", user="U0VERA", text=text, **given)


def command(text: str) -> SlashCommand:
    return SlashCommand(event_id="visitor:1", user="U0VERA", command="/handraiser", text=text)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Hello", "Hello"),
        ("<@U0BOT> hello", "hello"),
        ("<@U0BOT|handraiser>: hello", "hello"),
        ("hello <@U0BOT>", "hello"),
        ("<@U0BOT> ask <@U0ANNA|anna> &amp; <@U0BEN>", "ask @anna & @U0BEN"),
        ("<mailto:ada@example.com|ada@example.com>", "ada@example.com"),
        ("<tel:+436641234567|+43 664 1234567>", "+43 664 1234567"),
        ("<https://acme.example/>", "https://acme.example/"),
        ("<http://acme.example|acme.example>", "acme.example"),
        ("&lt;b&gt; :+1: :no_such_emoji:", "<b> 👍 :no_such_emoji:"),
        ("/unknown thing", "/unknown thing"),
        ("x" * 40_000, "x" * TEXT_MOST),
    ],
)
def test_words(text: str, heard: str) -> None:
    assert read_heard(posted(text), BOT) == Said(text=heard)


def test_silence() -> None:
    mention = AppMention(event_id="visitor:1", user="U0VERA", channel="C0COMMUNITY", ts="1.5", text="<@U0BOT>")
    assert read_heard(mention, BOT) == Began()
    assert read_heard(posted("  "), BOT) is None
    changed = MessageChanged(event_id="visitor:1", user="U0VERA", channel="D0DIRECT", ts="1.5", text="")
    assert read_heard(changed, BOT) is None


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("", Wished(command="help")),
        ("HUMAN", Wished(command="human")),
        ("/human", Wished(command="human")),
        ("language  auf Deutsch ", Wished(command="language", words="auf Deutsch")),
        ("start", Began()),
        ("start abc_DEF-123", Began(code="abc_DEF-123")),
        ("start " + "x" * 65, Began()),
        ("human.", Said(text="human.")),
        ("I need &lt;help&gt;", Said(text="I need <help>")),
    ],
)
def test_commands(text: str, heard: object) -> None:
    assert read_heard(command(text), BOT) == heard


def test_several_files_come_as_one_and_links() -> None:
    files = (
        SlackFile(
            id="F1", name="a/b\\plan.pdf", mimetype="Application/PDF", size=3, url_private="https://files.slack.com/1"
        ),
        SlackFile(id="F2", name="photo.png", permalink="https://acme.slack.com/files/F2"),
    )
    assert read_heard(posted("Our plans", files=files), BOT) == SentFile(
        name="plan.pdf",
        content_type="application/pdf",
        size=3,
        fetch="https://files.slack.com/1",
        caption="Our plans\nphoto.png: https://acme.slack.com/files/F2",
    )
    # What cannot be had is at least named.
    assert read_heard(posted("", files=files[1:]), BOT) == Said(text="photo.png: https://acme.slack.com/files/F2")
    odd = SlackFile(id="F3", name="../..", mimetype="<b>", url_private="https://files.slack.com/3")
    heard = read_heard(posted("", files=(odd,)), BOT)
    assert heard == SentFile(
        name="file", content_type="application/octet-stream", size=None, fetch="https://files.slack.com/3"
    )


def test_buttons() -> None:
    def pressed(value: str) -> BlockAction:
        return BlockAction(event_id="visitor:1", user="U0VERA", action_id="visitor:0", value=value, channel="D0DIRECT")

    assert read_heard(pressed("b:17:5:0@U0VERA"), BOT) == Said(text="", button="b:17:5:0")
    assert read_heard(pressed("7"), BOT) is None


def test_where_people_are_talked_with() -> None:
    assert address_of(posted("x", thread_ts="1.5")) == Address(user="U0VERA")
    in_channel = posted("x", channel="C0COMMUNITY", channel_type="channel", ts="2.5")
    assert address_of(in_channel) == Address(user="U0VERA", channel="C0COMMUNITY", thread="2.5")
    button = BlockAction(event_id="visitor:1", user="U0VERA", action_id="visitor:0", channel="C0COMMUNITY")
    assert address_of(button) is None


def test_order_and_time() -> None:
    event = posted("x")
    assert order_of(event) == 1503435956000247
    assert sent_at(event) == datetime(2017, 8, 22, 21, 5, 56, 247, UTC)
    assert (order_of(posted("x", ts="odd")), sent_at(posted("x", ts="odd"))) == (0, None)
    assert sent_at(posted("x", ts="999999999999.000000")) is None
    edited = MessageChanged(event_id="visitor:1", user="U0VERA", channel="D0DIRECT", ts="1.000005", text="y")
    assert (order_of(edited), read_heard(edited, BOT)) == (0, Edited(reference="D0DIRECT:1.000005", text="y"))


@given(EVENTS)
def test_anything_gives_a_value_or_none(event: Any) -> None:
    address_of(event)
    read_heard(event, BOT)
    order_of(event)
    sent_at(event)
