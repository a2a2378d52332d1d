"""Every wait of the desk ends: an offer goes to the next person, then to everybody, is escalated, and at last the
visitor is told. Whoever took the lead and stays silent loses it again.

The wait itself is ``Desk.until``; its timer is set at the end of the turn, in one place (``dealing.finish``).
"""

from datetime import datetime, timedelta

from dialogs import phrases
from dialogs.desk.keeping import change, desk_of, enter, pass_over, until_silent
from dialogs.desk.people import Rep
from dialogs.desk.plan import Clocks
from dialogs.desk.standing import Desk, Phase
from dialogs.desk.talking import end_talk
from dialogs.desk.telling import tell, tell_nobody_is_free, tell_when_people_are_back
from dialogs.draft import Draft
from dialogs.events import HandoffRouted
from dialogs.facts import FactKind
from dialogs.going_on import go_on
from dialogs.granting import cancel_timers
from dialogs.state import Status
from dialogs.walking import leave_for


def receive(draft: Draft, event: HandoffRouted) -> None:
    """Begin to look for somebody; while people work on the lead already, they learn the further reason."""
    desk = draft.desk
    if desk is not None and desk.is_live:
        if event.handoff != desk.handoff and event.reason not in desk.reasons:
            change(draft, reasons=(*desk.reasons, event.reason))
            enter(draft, "asked_again", text=event.reason)
        return
    if desk is not None and event.handoff <= desk.handoff:
        return  # Brought twice.
    plan = event.plan
    draft.desk = Desk(handoff=event.handoff, to=event.to, reasons=(event.reason,), at=draft.at, plan=plan)
    draft.note(FactKind.ROUTED, plan.route)
    enter(draft, "routed", text=plan.route)
    if plan.opens_at is not None and plan.opens_at > draft.at:
        _open_to_everybody(draft, plan.opens_at)
        tell_when_people_are_back(draft, plan, plan.opens_at, asked=event.reason == "asked")
    else:
        offer_on(draft)


def offer_on(draft: Draft) -> None:
    """Offer it to the next person in turn, or else to everybody."""
    desk = desk_of(draft)
    rep = next((one for one in desk.plan.reps if one.key not in desk.passed_over), None)
    if rep is None:
        _open_to_everybody(draft, draft.at)
        return
    until = draft.at + timedelta(seconds=desk.plan.clocks.offer)
    change(draft, phase=Phase.OFFERED, offered_to=rep, until=until)
    enter(draft, "offered", text=rep.name)
    draft.note(FactKind.OFFERED_TO, rep.key)


def offer_passes(draft: Draft, by: str = "") -> None:
    """Whoever it is offered to does not take it."""
    rep = desk_of(draft).offered_to
    assert rep is not None
    enter(draft, "passed_over", by, rep.name)
    pass_over(draft, rep)
    offer_on(draft)


def put_up_again(draft: Draft, rep: Rep) -> None:
    """``rep`` has it no more: the visitor, if they count on them, is told, and others are asked."""
    desk = desk_of(draft)
    text = phrases.say("desk_held_up", draft.language, name=rep.name)
    if desk.phase is Phase.TALKING:
        end_talk(draft, text)
    elif desk.phase is Phase.CLAIMED and desk.until is not None:
        tell(draft, text)
    change(draft, rep=None, claimed_at=None, snoozed_until=None)
    pass_over(draft, rep)
    offer_on(draft)


def wait_is_over(draft: Draft) -> None:
    """What happens when ``until`` has come. A timer of an earlier wait does nothing."""
    desk = draft.desk
    if desk is None or desk.until is None or draft.at < desk.until:
        return
    match desk.phase:
        case Phase.OFFERED:
            offer_passes(draft)
        case Phase.OPEN:
            _open_for_long(draft, desk.until)
        case Phase.TALKING if desk.unanswered and not desk.escalated:
            _escalate(draft)
            change(draft, until=until_silent(draft))
        case Phase.CLAIMED | Phase.TALKING if desk.rep is not None:
            enter(draft, "taken_back", text=desk.rep.name)
            draft.note(FactKind.TAKEN_BACK, desk.rep.key)
            put_up_again(draft, desk.rep)
        case Phase.SNOOZED:
            enter(draft, "woken")
            change(draft, phase=Phase.CLAIMED, snoozed_until=None, until=None)


def _open_to_everybody(draft: Draft, since: datetime) -> None:
    until = since + timedelta(seconds=min(_waits(desk_of(draft).plan.clocks)))
    change(draft, phase=Phase.OPEN, offered_to=None, escalated=False, fell_back=False, until=until)
    enter(draft, "opened")


def _open_for_long(draft: Draft, due: datetime) -> None:
    """Escalate, and tell the visitor: each at its time, whichever comes first."""
    desk = desk_of(draft)
    unclaimed, fallback = _waits(desk.plan.clocks)
    first = not (desk.escalated or desk.fell_back)
    if first:
        change(draft, until=due + timedelta(seconds=abs(fallback - unclaimed)))
    else:
        change(draft, until=None)
    if not desk.escalated and (not first or unclaimed <= fallback):
        _escalate(draft)
    elif not desk.fell_back:
        _fall_back(draft)


def _waits(clocks: Clocks) -> tuple[float, float]:
    return clocks.unclaimed, clocks.fallback


def _escalate(draft: Draft) -> None:
    change(draft, escalated=True)
    enter(draft, "escalated", text=desk_of(draft).plan.escalate_to or "")
    draft.note(FactKind.ESCALATED)


def _fall_back(draft: Draft) -> None:
    """Tell the visitor that nobody is free; the script may have a step of its own for what comes then."""
    change(draft, fell_back=True)
    enter(draft, "fallback")
    draft.note(FactKind.FELL_BACK)
    tell_nobody_is_free(draft, desk_of(draft).plan)
    pattern = draft.script.patterns.get("nobody_free")
    if pattern and pattern.go and draft.status is not Status.STOPPED:
        cancel_timers(draft)
        go_on(draft, leave_for(draft, pattern.go))
