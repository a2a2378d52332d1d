"""What a reader sees: escapes, tokens, formats, pings, links."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.rendering import formats_in, links_in, pings_in, read
from tests.slack.server import Slack
from tests.slack.workspace import Channel, Person


@pytest.mark.parametrize(
    ("wire", "shown"),
    [
        ("plain", "plain"),
        ("a &lt; b &amp;amp; c", "a < b &amp; c"),
        ("*bold* _slanted_ ~gone~ `code`", "bold slanted gone code"),
        ("2*3*4 snake_case_name ~ ~", "2*3*4 snake_case_name ~ ~"),
        ("&gt; quoted", "quoted"),
        ("<https://acme.example/?a=1&amp;b=2|Acme &amp; Co>", "Acme & Co"),
        ("<https://acme.example/>", "https://acme.example/"),
        ("<mailto:ada@acme.example|ada@acme.example>", "ada@acme.example"),
        ("<@U0ANNABERG0> and <@U404|zoe> in <#C404|sales>", "@anna and @zoe in #sales"),
        ("<!channel> <!here|here> <!subteam^S1|@sales>", "@channel @here @sales"),
        ("<!date^1800000000^{date_short} at {time}|in 2027>", "Jan 15, 2027 at 8:00 AM"),
        ("<!date^1800000000^{nonsense}|in 2027>", "in 2027"),
        ("&lt;!channel&gt;", "<!channel>"),
    ],
)
async def test_mrkdwn_as_it_is_read(slack: Slack, anna: Person, wire: str, shown: str) -> None:
    assert read(slack.workspace, wire) == shown


async def test_dates_are_shown_in_the_zone_of_the_reader(
    slack: Slack, client: AsyncWebClient, sales: Channel, anna: Person, ben: Person
) -> None:
    await client.chat_postMessage(channel=sales.id, text="until <!date^1800000000^{time}|8:00 UTC>")
    (message,) = slack.messages(sales)
    assert slack.shown(message, anna) == "until 9:00 AM"
    assert slack.shown(message, ben) == "until 3:00 AM"


@pytest.mark.parametrize("token", ["<!channel>", "<!here|here>", "<!everyone>", "<@U0ANNABERG0>", "<!subteam^S1>"])
async def test_every_ping_is_counted_wherever_it_stands(
    slack: Slack, client: AsyncWebClient, sales: Channel, token: str
) -> None:
    section: dict[str, Any] = {"type": "section", "text": {"type": "mrkdwn", "text": f"hey {token}"}}
    await client.chat_postMessage(channel=sales.id, text="x", blocks=[section])
    assert [one.token for one in slack.pings] == [token]
    (message,) = slack.messages(sales)
    await client.chat_update(channel=sales.id, ts=message.ts, text=f"now {token}")
    assert [one.token for one in slack.pings] == [token, token]


async def test_plain_texts_and_escaped_ones_ping_nobody(slack: Slack, client: AsyncWebClient, sales: Channel) -> None:
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "<!channel>"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "&lt;!here&gt; @channel"}},
    ]
    await client.chat_postMessage(channel=sales.id, text="&lt;@U0ANNABERG0&gt;", blocks=blocks)
    assert slack.pings == []
    assert slack.texts == ["&lt;@U0ANNABERG0&gt;", "<!channel>", "&lt;!here&gt; @channel"]


async def test_names_without_tokens_ping_where_the_app_asks_for_it(
    slack: Slack, client: AsyncWebClient, sales: Channel
) -> None:
    await client.chat_postMessage(channel=sales.id, text="hey @channel", link_names=True)
    assert [one.token for one in slack.pings] == ["@channel"]


async def test_rich_text_pings_and_links(slack: Slack, client: AsyncWebClient, sales: Channel) -> None:
    parts = [
        {"type": "text", "text": "hey <!here> "},
        {"type": "broadcast", "range": "channel"},
        {"type": "link", "url": "https://evil.example/", "text": "your bank"},
    ]
    blocks = [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}]
    await client.chat_postMessage(channel=sales.id, text="x", blocks=blocks, unfurl_links=False)
    assert [one.token for one in slack.pings] == ["<!channel>"]
    assert [(one.url, one.differs) for one in slack.links] == [("https://evil.example/", True)]
    assert slack.shown(slack.messages(sales)[0]) == "hey <!here> @channelyour bank"
    assert slack.unfurled == []


async def test_previews_are_seen_unless_switched_off(slack: Slack, client: AsyncWebClient, sales: Channel) -> None:
    await client.chat_postMessage(channel=sales.id, text="see https://acme.example/a", unfurl_links=False)
    assert slack.unfurled == []
    await client.chat_postMessage(channel=sales.id, text="see https://acme.example/a")
    assert slack.unfurled == ["https://acme.example/a"]


def test_links_say_where_they_lead_or_do_not() -> None:
    found = links_in(
        "<https://a.example|https://a.example> <https://b.example|bank> https://c.example <mailto:d@e.f|d@e.f>"
    )
    assert [(one.url, one.differs) for one in found] == [
        ("https://a.example", False),
        ("https://b.example", True),
        ("mailto:d@e.f", False),
        ("https://c.example", False),
    ]


def test_formats_are_found() -> None:
    found = formats_in("*b* `c` ```pre``` _i_ ~s~ 2*3*4\n&gt; q")
    assert [(one.kind, one.text) for one in found] == [
        ("pre", "pre"), ("code", "c"), ("bold", "b"), ("italic", "i"), ("strike", "s"), ("quote", "q"),
    ]  # fmt: skip


def test_a_token_ends_at_its_line() -> None:
    assert pings_in("<!chan\nnel> <!channel") == []
