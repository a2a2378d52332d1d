"""The page about Slack names every button, and none that is not there."""

import re
from pathlib import Path

from bot.handoff.slack.buttons import Button, label_of

PAGE = (Path(__file__).parents[4] / "docs" / "slack.md").read_text("utf-8")


def test_every_button_is_explained_and_no_other() -> None:
    table = PAGE.partition("### What each button does")[2].partition("\n### ")[0]
    assert re.findall(r"^\| \*(.+?)\* \|", table, re.MULTILINE) != []
    assert set(re.findall(r"^\| \*(.+?)\* \|", table, re.MULTILINE)) == {label_of(one) for one in Button}
