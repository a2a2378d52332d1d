"""What the engine does about the sales desk: where a lead is routed, what people do with it, who may speak.

1. The first claim wins; a later one is told who has it.
2. While a person talks, the bot is silent; what the visitor writes is kept and passed on.
3. Every wait ends: an offer goes to the next person, then to everybody, is escalated, and at last the visitor is told.
"""

from typing import assert_never

from dialogs.desk.acts import (
    Claim,
    Fill,
    GiveBack,
    Join,
    Judge,
    Look,
    Note,
    PassOn,
    Release,
    Revise,
    Snooze,
    Speak,
)
from dialogs.desk.claiming import claim, pass_on, release, snooze
from dialogs.desk.clocks import receive, wait_is_over
from dialogs.desk.judging import fill, judge, write_note
from dialogs.desk.keeping import CLOSED, NOT_ROUTED, OLDER, change, desk_of, enter, whisper
from dialogs.desk.people import Rep
from dialogs.desk.standing import Desk
from dialogs.desk.talking import LEAVE_PERSON, give_back, hear_while_talking, join, revise, speak
from dialogs.draft import Draft
from dialogs.effects import CancelTimer, GiveMagnet, RepSay, Say, SetTimer, ShowDesk
from dialogs.events import (
    Event,
    HandoffRouted,
    RepDid,
    TimerElapsed,
    VisitorCorrected,
    VisitorDid,
    VisitorReturned,
    VisitorSaid,
)
from dialogs.facts import FactKind
from dialogs.state import Status

DESK_TIMER = "desk"
"""Name of the timer after which the present wait is over."""


def deal_with(draft: Draft, event: HandoffRouted | RepDid) -> None:
    """Do what routing decided, or what a person of ours did."""
    if isinstance(event, HandoffRouted):
        receive(draft, event)
        return
    desk, act = draft.desk, event.act
    if desk is None:
        whisper(draft, NOT_ROUTED)
    elif isinstance(act, Note):
        write_note(draft, event.rep, act)
    elif event.handoff != desk.handoff:
        _decline(draft, act, OLDER)
    elif isinstance(act, Revise):
        revise(draft, event.rep, act)
    elif not desk.is_live:
        _decline(draft, act, CLOSED)
    else:
        _look(draft, desk, event.rep)
        _act(draft, event.rep, act)


def _decline(draft: Draft, act: object, text: str) -> None:
    """Nothing is changed any more; looking needs no answer."""
    if not isinstance(act, Look):
        whisper(draft, text)


def _look(draft: Draft, desk: Desk, rep: Rep) -> None:
    """Whoever does anything has seen it; the first one counts."""
    if desk.seen_at is None:
        draft.note(FactKind.SEEN, rep.key)
        change(draft, seen_at=draft.at)


def _act(
    draft: Draft,
    rep: Rep,
    act: Look | Claim | Release | PassOn | Join | Speak | GiveBack | Judge | Fill | Snooze,
) -> None:
    match act:
        case Look():
            pass
        case Claim():
            claim(draft, rep)
        case Release():
            release(draft, rep, act)
        case PassOn():
            pass_on(draft, rep, act)
        case Join():
            join(draft, rep)
        case Speak():
            speak(draft, rep, act)
        case GiveBack():
            give_back(draft, rep)
        case Judge():
            judge(draft, rep, act)
        case Fill():
            fill(draft, rep, act)
        case Snooze():
            snooze(draft, rep, act)
        case _:
            assert_never(act)


def heard_by_person(draft: Draft, event: VisitorSaid) -> bool:
    """Leave what the visitor said to the person who talks with them; False when it is the bot's turn."""
    if draft.status is Status.TALKING:
        hear_while_talking(draft, event)
        return True
    return event.choice == LEAVE_PERSON  # An old button: the bot talks already.


def visitor_left(draft: Draft) -> None:
    """Note that the visitor has gone, where people count on them."""
    desk = draft.desk
    if desk is not None and desk.is_live and not desk.left:
        change(draft, left=True)
        enter(draft, "left")
        draft.note(FactKind.LEFT)


def desk_wait_is_over(draft: Draft) -> None:
    """The present wait has run out."""
    wait_is_over(draft)


def finish(draft: Draft, event: Event) -> None:
    """End a turn of a conversation that has a handoff: keep its timer, and show people what has changed."""
    before = draft.before.desk
    if desk_of(draft).left and desk_of(draft).is_live and isinstance(event, VisitorSaid | VisitorReturned):
        change(draft, left=False)
        enter(draft, "returned")
    desk = desk_of(draft)
    waited = None if before is None else before.until
    rang = isinstance(event, TimerElapsed) and event.name == DESK_TIMER
    if desk.until is not None and (rang or desk.until != waited):
        draft.effects.append(SetTimer(name=DESK_TIMER, due=desk.until))
    elif desk.until is None and waited is not None and not rang:
        draft.effects.append(CancelTimer(name=DESK_TIMER))
    if desk is not before or (desk.is_live and _is_news(draft, event)):
        draft.effects.append(ShowDesk(handoff=desk.handoff))


def _is_news(draft: Draft, event: Event) -> bool:
    """Whether something was said or done that people who work on the lead want to see."""
    by_visitor = isinstance(event, VisitorSaid | VisitorCorrected | VisitorReturned | VisitorDid)
    return by_visitor or any(isinstance(effect, Say | GiveMagnet | RepSay) for effect in draft.effects)
