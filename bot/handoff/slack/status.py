"""How a handoff stands, in one line of our own markup: who is asked, who has it, what runs out when."""

from bot.desk.contract import DeskView
from bot.slack.mrkdwn import clock, moment, neutral, short
from dialogs.desk.acts import Verdict
from dialogs.desk.standing import Desk, Phase

_VERDICTS = {
    Verdict.ACCEPTED: "Accepted",
    Verdict.SALES_QUALIFIED: "Sales qualified",
    Verdict.NOT_A_FIT: "Not a fit",
    Verdict.NO_ANSWER: "No answer",
    Verdict.WON: "Won",
    Verdict.LOST: "Lost",
}


def status(view: DeskView) -> str:
    """The line. Times are shown to each reader in their own zone."""
    desk = view.desk
    match desk.phase:
        case Phase.OFFERED:
            line = _offered(desk)
        case Phase.OPEN:
            line = _open(desk)
        case Phase.CLAIMED:
            line = _claimed(desk)
        case Phase.TALKING:
            line = _talking(desk)
        case Phase.SNOOZED:
            due = f" {moment(desk.snoozed_until)}" if desk.snoozed_until else " later"
            line = f":zzz: {holder(desk)} has it and is reminded{due}."
        case Phase.CLOSED:
            line = f":checkered_flag: {neutral(outcome(desk))}"
    return line


def visitor_line(view: DeskView) -> str:
    """What the visitor sees, and whether they are still there."""
    desk = view.desk
    talking = desk.phase is Phase.TALKING and desk.rep is not None
    sees = neutral(desk.rep.name) if talking and desk.rep is not None else "the bot"
    if desk.phase is Phase.CLOSED:
        where = "is still in the chat" if view.visitor_is_here else "is not in the chat"
    elif view.visitor_is_here:
        where = "is here"
    else:
        where = "has left" if desk.left else "has no window open"
    return f"The visitor sees: *{sees}*  ·  The visitor {where}"


def holder(desk: Desk) -> str:
    """Who has it, in bold."""
    return "Nobody" if desk.rep is None else f"*{neutral(desk.rep.name)}*"


def outcome(desk: Desk) -> str:
    """What people said the lead is, who said so, what it is worth and why: a sentence without markup."""
    if desk.verdict is None:
        return "Closed."
    by = next((entry.by for entry in reversed(desk.entries) if entry.what == "verdict"), "")
    line = said(desk.verdict) + (f" by {by}" if by else "")
    if desk.amount:
        line += f", worth {desk.amount} {desk.currency or ''}".rstrip()
    return f"{line}: {short(desk.verdict_reason, 300)}" if desk.verdict_reason else f"{line}."


def said(verdict: Verdict) -> str:
    """A verdict as people say it."""
    return _VERDICTS[verdict]


def _offered(desk: Desk) -> str:
    name = "the next one" if desk.offered_to is None else f"*{neutral(desk.offered_to.name)}*"
    until = f" until {clock(desk.until)}" if desk.until else ""
    waiting = [rep for rep in desk.plan.reps if rep != desk.offered_to and rep.key not in desk.passed_over]
    then = f"then {neutral(waiting[0].name)} is asked" if waiting else "then everybody may take it"
    return f":bell: Offered to {name}{until}, {then}. Anybody may claim it now."


def _open(desk: Desk) -> str:
    parts = [":large_green_circle: *Open*: whoever claims it first has it."]
    if desk.plan.opens_at is not None and not desk.escalated and not desk.fell_back:
        parts.append(f"Outside business hours: clocks start {moment(desk.plan.opens_at)}.")
    elif desk.escalated or desk.fell_back:
        parts.append(":rotating_light: *Nobody took it in time.*")
    elif desk.until is not None:
        parts.append(f"Help is called at {clock(desk.until)}.")
    if desk.fell_back:
        parts.append("The visitor was told that nobody is free.")
    return " ".join(parts)


def _claimed(desk: Desk) -> str:
    since = f" since {clock(desk.claimed_at)}" if desk.claimed_at else ""
    line = f":bust_in_silhouette: {holder(desk)} has it{since}."
    if desk.verdict is not None:
        line += f" {_VERDICTS[desk.verdict]}."
    if desk.until is not None and desk.spoken_at is None:
        line += f" Goes back to the others at {clock(desk.until)} without a word to the visitor."
    return line


def _talking(desk: Desk) -> str:
    line = f":speech_balloon: {holder(desk)} is talking with the visitor; the bot is silent."
    if desk.unanswered:
        until = f" until {clock(desk.until)}" if desk.until else ""
        line += f" *The visitor waits for an answer*{until}."
    return line
