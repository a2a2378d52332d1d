"""Nothing that a visitor, or a colleague, typed comes to life in Slack: no ping, no masked link, no formatting."""

import pytest

from tests.bot.handoff.slack.everywhere import LINK, messages, windows
from tests.bot.handoff.slack.seen import comes_alive, formats, sound, sound_view
from tests.bot.handoff.slack.views import FILE_LINK

HOSTILE = [
    "<!channel>", "<!here|here>", "<!everyone>", "<@U012AB3CD>", "<@U012AB3CD|anna>", "<#C012AB3CD|sales>",
    "<!subteam^S012|@sales>", "<https://evil.example|https://bank.example>", "<mailto:a@evil.example|Anna>",
    "<!date^1799145000^{date}^https://evil.example|soon>", "&lt;!channel&gt;", "&#60;!channel&#62;", "@channel @here",
    "*bold* _italic_ ~strike~ `code` ```pre```", "> quoted", "&gt; quoted\n> again", "*", "_ _ _", "*_~`*_~`",
    ":tada: :smile:", "https://evil.example/*a*", "javascript:alert(1)", "https://x.example/<!channel>", "http://",
    "line one\nline two\r\n\tthree", "\x00\x07\x1b[2J", "abc\u202edcba\u2066x\u2069", "\ud800", "\u2028\u2029",
    "z" + "\u0301" * 400, "👩‍👩‍👧‍👦🇩🇪" * 50, "你好世界" * 50, "{{ secret }} {name} %s", "a" * 400, "", " ", "\u200b",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_does_nothing_in_any_message(text: str) -> None:
    plain = [formats(blocks) for _, blocks in messages("x")]
    hostile = list(messages(text))
    for told in hostile:
        assert sound(told) == []
        assert comes_alive(told[1], told[0], ours=(LINK, FILE_LINK)) == []
    if len(plain) == len(hostile):
        for before, (_, blocks) in zip(plain, hostile, strict=True):
            assert len(formats(blocks)) <= len(before)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_does_nothing_in_any_window(text: str) -> None:
    for window in windows(text):
        assert sound_view(window, window["type"]) == []
        assert comes_alive(window["blocks"]) == []
