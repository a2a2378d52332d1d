"""Other people's attack strings in Slack: everything is taken by it, and nothing comes to life."""

from bot.slack.emoji import EMOJI
from bot.slack.mrkdwn import escape, to_plain
from tests.bot.handoff.slack.everywhere import LINK, messages, windows
from tests.bot.handoff.slack.seen import comes_alive, sound, sound_view
from tests.bot.handoff.slack.views import FILE_LINK
from tests.corpora.reading import Corpora, batches


def test_mentions_and_links_are_escaped_as_slack_reads_them(corpora: Corpora) -> None:
    for case in corpora.slack("formatting"):
        match case["do"]:
            case "send":
                assert escape(case["in"]) == case["wire"]
            case "escape":
                assert escape(case["in"]) == case["out"]
            case _:
                assert to_plain(case["in"], EMOJI) == case["out"]


def test_mentions_and_links_call_nobody_anywhere(corpora: Corpora) -> None:
    for case in corpora.slack("formatting"):
        for text, blocks in messages(case["in"]):
            assert comes_alive(blocks, text, ours=(LINK, FILE_LINK)) == [], case["in"]
        for window in windows(case["in"]):
            assert comes_alive(window["blocks"]) == [], case["in"]


def test_naughty_strings_are_taken_and_do_nothing(corpora: Corpora) -> None:
    """Each in a few places, all of them in all places."""
    for text in corpora.strings():
        for told in list(messages(text))[:4]:
            assert sound(told) == [], text[:80]
            assert comes_alive(told[1], told[0], ours=(LINK, FILE_LINK)) == [], text[:80]
    for batch in batches(corpora.strings(), 40):
        text = " ".join(batch)
        for told in messages(text):
            assert sound(told) == [], text[:80]
            assert comes_alive(told[1], told[0], ours=(LINK, FILE_LINK)) == [], text[:80]
        for window in windows(text):
            assert sound_view(window, window["type"]) == [], text[:80]
            assert comes_alive(window["blocks"]) == [], text[:80]
