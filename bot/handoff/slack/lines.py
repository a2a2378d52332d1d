"""Handoffs in a list: one line each, as the home tab, the morning digest and look-ups show them."""

from collections.abc import Sequence

from bot.desk.contract import BoardLine
from bot.handoff.slack import about
from bot.handoff.slack.buttons import Button, label_of
from bot.slack.kit import Block, button
from bot.slack.mrkdwn import short
from bot.slack.rich import Element, paragraph, rich, words

_NAME_MOST = 80
_REASON_MOST = 100


def board_line(line: BoardLine) -> Block:
    """Who it is, why, how far, since when."""
    return rich([paragraph(_words(line))])


def board_item(line: BoardLine) -> list[Element]:
    """The same as one item of a list."""
    return _words(line)


def line_buttons(line: BoardLine) -> list[Block]:
    """What is most likely wanted of it."""
    value = str(line.handoff)
    first = Button.CLAIM if line.rep is None else Button.REPLY
    return [button(label_of(one), f"{one}:{line.handoff}", value) for one in (first, Button.DETAILS)]


def most(lines: Sequence[BoardLine], number: int) -> tuple[Sequence[BoardLine], str]:
    """The first lines, and what to say of the others; "" when there are none."""
    rest = len(lines) - number
    return lines[:number], f"… and {rest} more: handraiser leads list" if rest > 0 else ""


def whom(line: BoardLine) -> str:
    """Name and company, as far as they are known."""
    name = short(line.name or "", _NAME_MOST) or "No name yet"
    return f"{name}, {short(line.company, _NAME_MOST)}" if line.company else name


def _words(line: BoardLine) -> list[Element]:
    reason = short(about.reason_of(line.reason), _REASON_MOST)
    elements = [words(whom(line), bold=True), words(f"  {reason}\n{about.stage_of(line.stage)}, score {line.score}")]
    if line.rep is not None:
        elements.append(words(f", with {short(line.rep.name, _NAME_MOST)}"))
    if line.snoozed_until is not None:
        elements += [words(", reminder "), date(line.snoozed_until.timestamp())]
    else:
        elements += [words(", last moved "), date(line.moved_at.timestamp(), "{ago}")]
    return elements


def date(seconds: float, form: str = "{date_short_pretty} {time}") -> Element:
    """A time that each reader sees in their own zone."""
    return {"type": "date", "timestamp": int(seconds), "format": form, "fallback": "at a time Slack does not show"}
