"""The App Home: whether I take leads, and what there is to do for me."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.contract import Board, BoardLine
from bot.handoff.slack.lines import board_line, line_buttons, most
from bot.slack.kit import Block, actions, button, context, divider, header
from bot.slack.mrkdwn import moment
from dialogs.desk.people import Availability

SET_AVAILABILITY = "availability"
"""``action_id`` of the three buttons: ``availability:busy``."""
REFRESH = "refresh"
_LINES_MOST = 10
"""Lines of each list: two blocks a line, and a home tab has at most 100."""
_SAYS = {
    Availability.TAKING: ":large_green_circle: You take leads: you are asked when it is your turn.",
    Availability.BUSY: ":large_yellow_circle: You are busy: nothing new is offered to you. Your leads stay yours.",
    Availability.AWAY: ":white_circle: You are away: nothing new is offered to you. Your leads stay yours.",
}
_BUTTONS = {Availability.TAKING: "Take leads", Availability.BUSY: "Busy", Availability.AWAY: "Away"}
_REFRESH_BUTTON = actions([button("Look again", REFRESH, REFRESH)], block_id="refresh")


def home(board: Board, availability: Availability, now: datetime) -> Block:
    """The tab as ``views.publish`` takes it."""
    blocks = [
        header("Leads"),
        context(_SAYS[availability]),
        actions([_availability_button(one, availability) for one in Availability], block_id="availability"),
        *_list("My leads", board.mine, "You have no leads at present."),
        *_list("Unclaimed", board.unclaimed, "Everybody is taken care of."),
        *_list("Cooling: mine, untouched for a day", board.cooling, ""),
        *_list("Today", board.today, ""),
        divider(),
        context(f"As of {moment(now)}.  ·  `/handraiser help` says what else can be done."),
        _REFRESH_BUTTON,
    ]
    return {"type": "home", "blocks": blocks}


def empty_home() -> Block:
    """The tab without any list."""
    blocks = [context("What stood here is out of date."), _REFRESH_BUTTON]
    return {"type": "home", "blocks": blocks}


def availability_said(availability: Availability) -> str:
    """What somebody reads who has just said so."""
    return _SAYS[availability]


def _availability_button(one: Availability, now: Availability) -> Block:
    style = "primary" if one is now else ""
    return button(_BUTTONS[one], f"{SET_AVAILABILITY}:{one}", one.value, style)


def _list(title: str, lines: Sequence[BoardLine], empty: str) -> list[Block]:
    """A list under its title; nothing at all when it is empty and nothing is said of it."""
    if not lines and not empty:
        return []
    shown, rest = most(lines, _LINES_MOST)
    blocks = [divider(), header(f"{title} ({len(lines)})" if lines else title)]
    for line in shown:
        blocks += [board_line(line), actions(line_buttons(line))]
    if not lines or rest:
        blocks.append(context(rest or empty))
    return blocks
