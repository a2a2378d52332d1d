"""Which buttons stand under a lead, and what each is called in Slack's payloads."""

from enum import StrEnum

from bot.desk.contract import DeskView
from bot.slack.kit import Block, actions, button, confirmation
from dialogs.desk.acts import Verdict
from dialogs.desk.standing import Phase
from dialogs.stages import Stage


class Button(StrEnum):
    """The ``action_id`` of each button; its value is the handoff's number."""

    CLAIM = "claim"
    NOT_NOW = "not_now"
    RELEASE = "release"
    REPLY = "reply"
    CANNED = "canned"
    BOOKING = "booking"
    JOIN = "join"
    GIVE_BACK = "give_back"
    ACCEPTED = "accepted"
    QUALIFIED = "qualified"
    NOT_A_FIT = "not_a_fit"
    NO_ANSWER = "no_answer"
    WON = "won"
    LOST = "lost"
    SNOOZE = "snooze"
    PASS_ON = "pass_on"
    NOTE = "note"
    FILL = "fill"
    DETAILS = "details"
    TRACE = "trace"


_LABELS = {
    Button.CLAIM: "Claim",
    Button.NOT_NOW: "Not now",
    Button.RELEASE: "Put back",
    Button.REPLY: "Reply…",
    Button.CANNED: "Canned reply…",
    Button.BOOKING: "Send booking link…",
    Button.JOIN: "Join",
    Button.GIVE_BACK: "Give back to the bot",
    Button.ACCEPTED: "Accepted",
    Button.QUALIFIED: "Qualified",
    Button.NOT_A_FIT: "Not a fit…",
    Button.NO_ANSWER: "No answer",
    Button.WON: "Won…",
    Button.LOST: "Lost…",
    Button.SNOOZE: "Snooze…",
    Button.PASS_ON: "Pass on…",
    Button.NOTE: "Note…",
    Button.FILL: "Set a field…",
    Button.DETAILS: "Details…",
    Button.TRACE: "Why here?",
}
_PRIMARY = frozenset({Button.CLAIM})
_ALWAYS = (Button.NOTE, Button.DETAILS, Button.TRACE)
_TALKING = (Button.REPLY, Button.CANNED, Button.BOOKING)
_CONFIRMED = {
    Button.NO_ANSWER: confirmation("No answer?", "The lead is closed as not answering; its stage stays.", "Close it"),
}


def label_of(which: Button) -> str:
    """What stands on the button."""
    return _LABELS[which]


def rows(view: DeskView) -> list[Block]:
    """The rows of buttons under a card: what is most likely wanted first."""
    value = str(view.handoff)
    return [
        actions([one_button(which, value) for which in row], block_id=f"row{number}")
        for number, row in enumerate(_rows(view))
        if row
    ]


def one_button(which: Button, value: str, *, primary: bool = False) -> Block:
    """A button about the handoff of number ``value``."""
    style = "primary" if primary or which in _PRIMARY else ""
    return button(_LABELS[which], which.value, value, style, _CONFIRMED.get(which))


def _rows(view: DeskView) -> list[tuple[Button, ...]]:
    desk = view.desk
    if desk.phase is Phase.CLOSED:
        return [_ALWAYS]
    talking = tuple(which for which in _TALKING if which is not Button.BOOKING or desk.plan.booking_url)
    match desk.phase:
        case Phase.OFFERED | Phase.OPEN:
            first: tuple[Button, ...] = (Button.CLAIM, Button.REPLY, Button.JOIN)
            moving: tuple[Button, ...] = (Button.PASS_ON,)
        case Phase.TALKING:
            first = (*talking, Button.GIVE_BACK)
            moving = (Button.PASS_ON, Button.RELEASE)
        case _:
            first = (*talking, Button.JOIN)
            moving = (Button.SNOOZE, Button.PASS_ON, Button.RELEASE)
    return [first, _verdicts(view), (*moving, Button.FILL, *_ALWAYS)]


def _verdicts(view: DeskView) -> tuple[Button, ...]:
    """What a lead may still be said to be: nobody accepts what was accepted before."""
    if view.desk.rep is None:
        return (Button.NOT_A_FIT,)
    found = [Button.NOT_A_FIT, Button.NO_ANSWER, Button.WON, Button.LOST]
    rank = _rank(view.lead.stage)
    if rank < Stage.SALES_QUALIFIED.rank and view.desk.verdict is not Verdict.SALES_QUALIFIED:
        found.insert(0, Button.QUALIFIED)
        if rank < Stage.SALES_ACCEPTED.rank and view.desk.verdict is not Verdict.ACCEPTED:
            found.insert(0, Button.ACCEPTED)
    return tuple(found)


def _rank(stage: str) -> int:
    return Stage(stage).rank if stage in tuple(Stage) else 0
