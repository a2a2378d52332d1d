"""The alert: everything a colleague needs of a lead, in one message that is rewritten as things change. Pure."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.desk.contract import DeskView
from bot.handoff.slack import about
from bot.handoff.slack.buttons import rows
from bot.handoff.slack.status import outcome, status, visitor_line
from bot.slack.kit import Block, context, header
from bot.slack.mrkdwn import ago, escape, moment, neutral, one_line, short
from bot.slack.rich import Element, bounded, bullets, labelled, link, paragraph, quote, rich, words
from dialogs.desk.standing import Phase
from dialogs.file_types import size_in_words

Shown = tuple[str, list[Block]]
"""A message's text, which notifications and screen readers use, and its blocks."""

TALK = "talk"
"""The block of the talk's last lines: when only they are new, the thread has them and the card need not change."""
_LINES_MOST = 14
"""Lines of one paragraph; each paragraph has room for so many characters, its first line aside."""
_WHO_ROOM, _ANSWERS_ROOM, _ORIGIN_ROOM = 700, 1000, 700
_RECEIPTS_MOST = 5
_FILES_MOST = 3
_TALK_MOST = 5
_EACH_MOST = 150
"""Characters of one value. All in all a card stays below what Slack takes for the blocks of one message: about 12,000
characters, markup included, as people have found; it is not documented."""
_SPEAKERS = {"bot": "bot", "visitor": "visitor", "rep": "colleague"}


def card(view: DeskView, *, reply_prefix: str = "!", meant_for: str = "") -> Shown:
    """The alert as it is to be seen now.

    ``meant_for`` names the channel it was meant for, where it stands in another because that one is gone.
    """
    blocks = [
        header(about.title(view), block_id="title"),
        context(status(view), block_id="status"),
        *([context(f":warning: Meant for {neutral(meant_for)}, which could not be reached.")] if meant_for else []),
        rich([_paragraph((*about.why(view), *about.who(view.lead)), view, _WHO_ROOM)], block_id="who"),
        *_answers(view),
        *_files(view),
        rich(list(_standing(view)), block_id="standing"),
        rich([_paragraph(about.origin(view.lead), view, _ORIGIN_ROOM)], block_id="origin"),
        *_talk(view),
        context(f"{visitor_line(view)}  ·  Came up {ago(view.desk.at)}, {moment(view.desk.at)}", block_id="visitor"),
        *rows(view),
        context(_hint(view, reply_prefix), block_id="hint"),
    ]
    return fallback(view), blocks


def fallback(view: DeskView) -> str:
    """The card in one line, for notifications."""
    reason = about.reason_of(view.desk.reasons[0]) if view.desk.reasons else ""
    line = about.title(view) + (f" ({reason})" if reason and reason not in about.title(view) else "")
    if view.desk.phase is Phase.CLOSED:
        line = f"{short(line, 400)}. {outcome(view.desk)}"
    return escape(short(line, 800))


def erased_card() -> Shown:
    """What is left of a card when the lead was erased."""
    text = "This lead was erased: the person asked for it, or was forgotten by rule. Nothing about them is left here."
    return text, [context(f":wastebasket: {text}", block_id="erased")]


def digest_of(shown: Shown) -> str:
    """Tells whether a message shows something else than before; the talk's last lines alone do not count."""
    text, blocks = shown
    counted: list[Any] = [text, *(block for block in blocks if block.get("block_id") != TALK)]
    return hashlib.sha256(json.dumps(counted, sort_keys=True).encode()).hexdigest()[:32]


def _paragraph(lines: Iterable[about.Line], view: DeskView, room: int) -> Element:
    more = about.command(view.lead)
    return paragraph(bounded(lines, each=_EACH_MOST, most=_LINES_MOST, room=room, more=more))


def _answers(view: DeskView) -> Iterator[Block]:
    """The answers, as many as a card can hold, and how to see the others."""
    answers = about.answers(view.lead)
    if answers:
        yield rich([_paragraph(answers, view, _ANSWERS_ROOM)], block_id="answers")


def _files(view: DeskView) -> Iterator[Block]:
    """The last files that they sent, each with its link."""
    sent = view.lead.files
    if not sent:
        return
    elements: list[Element] = []
    for one in sent[-_FILES_MOST:]:
        named = f"{short(one_line(one.name), _EACH_MOST)} ({one.type}, {size_in_words(one.size)})"
        elements += [words("\n")] if elements else []
        elements += [words("File: ", bold=True), words(f"{named}  ")]
        elements.append(link(one.link, "Download") if one.link else words(f"withheld: {one.withheld}", italic=True))
    if len(sent) > _FILES_MOST:
        elements.append(words(f"\n… {len(sent) - _FILES_MOST} earlier: {about.command(view.lead)}", italic=True))
    yield rich([paragraph(elements)], block_id="files")


def _standing(view: DeskView) -> Iterator[Element]:
    """Stage and score, and why it is what it is."""
    lead = view.lead
    yield paragraph(labelled((("Stage", about.stage_of(lead.stage)), about.score(lead)), each=_EACH_MOST))
    receipts = about.receipts(lead)
    shown = [[words(short(receipt, _EACH_MOST))] for receipt in receipts[:_RECEIPTS_MOST]]
    if len(receipts) > len(shown):
        shown.append([words(f"… {len(receipts) - len(shown)} more: {about.command(lead)}", italic=True)])
    if shown:
        yield bullets(shown)


def _talk(view: DeskView) -> Iterator[Block]:
    """The end of the talk."""
    lines = view.lead.last_lines[-_TALK_MOST:]
    if lines:
        said = quote(labelled(((_SPEAKERS.get(who, who), text) for who, text in lines), each=_EACH_MOST))
        yield rich([said, *_cut_note(lines, view)], block_id=TALK)


def _cut_note(lines: Sequence[tuple[str, str]], view: DeskView) -> list[Element]:
    if all(len(one_line(text)) <= _EACH_MOST for _, text in lines):
        return []
    return [paragraph([words(f"… full talk: {about.command(view.lead)}", italic=True)])]


def _hint(view: DeskView, prefix: str) -> str:
    """How to speak, and how to see everything."""
    see = f"Everything: `{about.command(view.lead)}`"
    if view.desk.phase is Phase.CLOSED:
        return see
    return f"In this thread, `{neutral(prefix)} your words` reach the visitor; all else stays among you.  ·  {see}"
