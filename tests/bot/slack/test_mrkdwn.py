"""What strangers typed does nothing in Slack; what our people typed there reaches the visitor as they meant it."""

from datetime import UTC, datetime

import pytest

from bot.slack.emoji import EMOJI
from bot.slack.mrkdwn import escape, mention, moment, neutral, to_plain
from tests.slack.rendering import formats_in, links_in, pings_in


@pytest.mark.parametrize(
    ("typed", "wire"),
    [
        ("<!everyone>", "&lt;!everyone&gt;"),
        ("<@U012AB3CD|anna> & <#C012|sales>", "&lt;@U012AB3CD|anna&gt; &amp; &lt;#C012|sales&gt;"),
        ("&lt;!here&gt;", "&amp;lt;!here&amp;gt;"),
        ("<https://evil.example|https://bank.example>", "&lt;https://evil.example|https://bank.example&gt;"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
    ],
)
def test_text_is_escaped_once(typed: str, wire: str) -> None:
    assert escape(typed) == wire
    assert pings_in(wire) == []


def test_marks_that_turn_the_line_and_halves_of_characters_are_left_out() -> None:
    assert escape("abc\u202edef\x00\x07\ud800") == "abcdef\ufffd"


@pytest.mark.parametrize("name", ["*Anna*", "_Anna_", "~Anna~", "`Anna`", "```Anna```", "> Anna", ":smile:", "*a* _b_"])
def test_a_colleagues_name_formats_nothing(name: str) -> None:
    assert formats_in(f"*{neutral(name)}* has it")[0].kind == "bold"
    assert len(formats_in(f"*{neutral(name)}* has it")) == 1
    assert formats_in(neutral(name)) == []


def test_a_colleague_named_like_a_ping_pings_nobody() -> None:
    assert pings_in(neutral("<!channel>")) == []
    assert not any(link.differs for link in links_in(neutral("<https://evil.example|Anna>")))


def test_only_ids_are_pinged() -> None:
    assert mention("U012AB3CD") == "<@U012AB3CD>"
    assert pings_in(mention("U012> <!channel")) == []


def test_a_time_is_each_readers_own_and_readable_without_slack() -> None:
    at = datetime(2027, 1, 5, 10, 30, tzinfo=UTC)
    assert moment(at) == "<!date^1799145000^{date_short_pretty} {time}|2027-01-05 10:30 UTC>"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Hello &amp; &lt;world&gt;", "Hello & <world>"),
        ("Hey <@U024BE7LH|ben>, see <#C02|sales>", "Hey @ben, see #sales"),
        ("See <https://example.com/a>", "See https://example.com/a"),
        ("<http://www.example.com|www.example.com>", "www.example.com"),
        ("<https://cal.example.com/anna|Book a time>", "Book a time (https://cal.example.com/anna)"),
        ("<mailto:ben@example.com|ben@example.com>", "ben@example.com"),
        ("<!here> look", "@here look"),
        ("<!subteam^S01|@sales>", "@sales"),
        ("<!date^1799145000^{date}|5 January>", "5 January"),
        ("Great :wave: :tada::skin-tone-2: :no_such_emoji:", "Great 👋 🎉 :no_such_emoji:"),
        ("10:30:00", "10:30:00"),
    ],
)
def test_what_a_colleague_wrote_reaches_the_visitor_as_they_see_it(written: str, plain: str) -> None:
    assert to_plain(written, EMOJI) == plain
