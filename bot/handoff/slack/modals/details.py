"""The window that shows all of a lead: every answer, every receipt, the whole end of the talk, and its history."""

from collections.abc import Iterable, Iterator

from bot.desk.contract import DeskView
from bot.handoff.slack import about
from bot.handoff.slack.modals.base import Place, Window, short_title
from bot.handoff.slack.status import status, visitor_line
from bot.handoff.slack.trace import history, trace
from bot.slack.kit import VIEW_BLOCKS_MOST, Block, context, header, modal
from bot.slack.mrkdwn import short
from bot.slack.rich import bullets, labelled, paragraph, quote, rich, words

_LINES_A_BLOCK = 20
_EACH_MOST = 300
_LINES_MOST = 50
"""Lines under one title, and receipts. All in all a window stays below the 250 kB that Slack takes."""
_SPEAKERS = {"bot": "bot", "visitor": "visitor", "rep": "colleague"}


def details_modal(view: DeskView, place: Place) -> Block:
    """Everything, in the order in which one asks for it."""
    lead = view.lead
    blocks = [
        header(about.title(view)),
        context(status(view)),
        context(visitor_line(view)),
        *_lines("", (*about.why(view), *about.who(lead))),
        *_lines("Answers", about.answers(lead)),
        *_score(view),
        *_lines("Where they came from", about.origin(lead)),
        *_talk(view),
        *history(view),
    ][: VIEW_BLOCKS_MOST - 1]
    blocks.append(context(f"The whole talk: `{about.command(lead)}`"))
    title = short_title("Lead:", lead.name) if lead.name else "Lead"
    return modal(Window.DETAILS, title, blocks, private=place.dump(), close="Close")


def trace_modal(view: DeskView, place: Place) -> Block:
    """Why the lead came here."""
    return modal(Window.TRACE, "Why here?", trace(view), private=place.dump(), close="Close")


def _lines(title: str, lines: Iterable[about.Line]) -> Iterator[Block]:
    """Lines under a title, a few in each block."""
    listed = list(lines)[:_LINES_MOST]
    for start in range(0, len(listed), _LINES_A_BLOCK):
        parts = [paragraph([words(title, bold=True)])] if title and not start else []
        some = listed[start : start + _LINES_A_BLOCK]
        yield rich([*parts, paragraph(labelled(some, each=_EACH_MOST))])


def _score(view: DeskView) -> Iterator[Block]:
    lead = view.lead
    yield rich([paragraph(labelled([("Stage", about.stage_of(lead.stage)), about.score(lead)], each=200))])
    receipts = about.receipts(lead)[:_LINES_MOST]
    if receipts:
        yield rich([bullets([words(short(receipt, 300))] for receipt in receipts)])


def _talk(view: DeskView) -> Iterator[Block]:
    said = [(_SPEAKERS.get(who, who), text) for who, text in view.lead.last_lines]
    if said:
        yield rich([paragraph([words("The end of the talk", bold=True)]), quote(labelled(said, each=_EACH_MOST))])
