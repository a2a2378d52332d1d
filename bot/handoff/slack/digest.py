"""The morning digest: a list of what to do today, not of what happened yesterday."""

from collections.abc import Sequence

from bot.desk.contract import Board, BoardLine
from bot.handoff.slack.card import Shown
from bot.handoff.slack.lines import board_item, line_buttons, most, whom
from bot.slack.kit import Block, actions, context, header
from bot.slack.mrkdwn import escape, short
from bot.slack.rich import bullets, rich

_LINES_MOST = 12
"""Of all lists together: what one message holds."""


def digest(board: Board, name: str = "") -> Shown | None:
    """What there is to do, for one person (``name``) or for a channel; None when there is nothing.

    A lead stands in the first list it belongs to: what nobody has yet, what was promised for today, what is cooling.
    """
    told: set[int] = set()
    parts = [
        ("Nobody has these yet", _new(board.unclaimed, told)),
        ("Promised for today", _new(board.today, told)),
        ("Cooling: untouched for a day", _new(board.cooling, told)),
        ("Also yours", _new(board.mine, told)),
    ]
    parts = [(title, lines) for title, lines in parts if lines]
    if not parts:
        return None
    count = sum(len(lines) for _, lines in parts)
    greeting = f"Good morning, {short(name, 60)}" if name else "Good morning"
    what = f"{count} lead{'' if count == 1 else 's'} to see to"
    blocks: list[Block] = [header(f"{greeting}: {what}")]
    room = _LINES_MOST
    for title, lines in parts:
        blocks += _part(title, lines, room)
        room = max(room - len(lines), 1)
    first = ", ".join(whom(line) for line in parts[0][1][:3])
    return escape(f"{greeting}: {what}. {parts[0][0]}: {first}"), blocks


def _part(title: str, lines: Sequence[BoardLine], room: int) -> list[Block]:
    shown, rest = most(lines, room)
    blocks = [context(f"*{title}* ({len(lines)})")]
    for line in shown:
        blocks += [rich([bullets([board_item(line)])]), actions(line_buttons(line))]
    if rest:
        blocks.append(context(rest))
    return blocks


def _new(lines: Sequence[BoardLine], told: set[int]) -> list[BoardLine]:
    """Lines of handoffs that were not told yet; they are from now on."""
    found = [line for line in lines if line.handoff not in told]
    told.update(line.handoff for line in found)
    return found
