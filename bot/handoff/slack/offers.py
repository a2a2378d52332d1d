"""Messages to one colleague alone: a lead is offered to them, was passed on to them, or is taken from them again."""

from bot.desk.contract import DeskView
from bot.handoff.slack import about
from bot.handoff.slack.buttons import Button, one_button
from bot.handoff.slack.card import Shown, fallback
from bot.slack.kit import Block, actions, context, header
from bot.slack.mrkdwn import anchor, clock, escape, neutral, short
from bot.slack.rich import bounded, labelled, paragraph, rich
from dialogs.desk.people import Rep
from dialogs.desk.standing import Phase

_EACH_MOST = 300
_ROOM = 2500
_ANSWERS_MOST = 6


def is_asked(view: DeskView, rep: Rep) -> bool:
    """Whether the lead is offered to this colleague now."""
    asked = view.desk.offered_to
    return view.desk.phase is Phase.OFFERED and asked is not None and asked.key == rep.key


def offer(view: DeskView, rep: Rep, *, card_link: str = "") -> Shown:
    """What a colleague sees to whom a lead was offered: the question while it lasts, then what became of it."""
    if not is_asked(view, rep):
        return _over(view, rep, card_link)
    until = f" It is yours to take until {clock(view.desk.until)}." if view.desk.until else ""
    value = str(view.handoff)
    blocks = [
        header(about.title(view), block_id="title"),
        context(f":bell: *Offered to you.*{until}{_see(card_link)}", block_id="status"),
        *_facts(view),
        actions([one_button(Button.CLAIM, value), one_button(Button.NOT_NOW, value)], block_id="row0"),
    ]
    return f"Offered to you: {fallback(view)}", blocks


def passed_on(view: DeskView, by: str, words: str, *, card_link: str = "") -> Shown:
    """What a colleague sees to whom somebody passed a lead on, with what they should know."""
    lines = [("From", by or "the desk")]
    if words:
        lines.append(("To know", words))
    blocks = [
        header(about.title(view), block_id="title"),
        context(f":incoming_envelope: *Passed on to you.*{_see(card_link)}", block_id="status"),
        rich([paragraph(labelled(lines, each=1000))], block_id="context"),
        *_facts(view),
        actions([one_button(Button.REPLY, str(view.handoff), primary=True)], block_id="row0"),
    ]
    return f"Passed on to you: {fallback(view)}", blocks


def erased_offer() -> Shown:
    """What is left of such a message when the lead was erased."""
    text = "This lead was erased."
    return text, [context(f":wastebasket: {text}", block_id="erased")]


def _facts(view: DeskView) -> list[Block]:
    """The few lines by which one decides."""
    lead = view.lead
    lines = [*about.why(view), *about.who(lead), *about.answers(lead)[:_ANSWERS_MOST]]
    lines += [("Stage", about.stage_of(lead.stage)), about.score(lead)]
    more = about.command(lead)
    return [rich([paragraph(bounded(lines, each=_EACH_MOST, most=20, room=_ROOM, more=more))], block_id="who")]


def _over(view: DeskView, rep: Rep, card_link: str) -> Shown:
    """The question is over: who has it now."""
    desk = view.desk
    if desk.rep is not None and desk.rep.key == rep.key:
        line = "It is yours."
    elif desk.rep is not None:
        line = f"{desk.rep.name} has it."
    elif desk.phase is Phase.OFFERED and desk.offered_to is not None:
        line = f"It went on to {desk.offered_to.name}."
    elif desk.phase is Phase.CLOSED:
        line = "It is closed."
    else:
        line = "It went on; everybody may take it now."
    whom = short(about.title(view), 200)
    blocks = [
        rich([paragraph(labelled([("", whom)], each=_EACH_MOST))], block_id="who"),
        context(f"{neutral(line)}{_see(card_link)}", block_id="status"),
    ]
    if desk.rep is None and desk.is_live:
        blocks.append(actions([one_button(Button.CLAIM, str(view.handoff))], block_id="row0"))
    return escape(f"{whom}. {line}"), blocks


def _see(card_link: str) -> str:
    link = anchor(card_link, "See it in the channel")
    return f"  ·  {link}" if link else ""
