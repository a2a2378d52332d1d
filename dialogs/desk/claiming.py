"""Whose a lead is: the first claim wins, and it is one person's at a time."""

from datetime import UTC

from dialogs import phrases
from dialogs.desk.acts import PassOn, Release, Snooze
from dialogs.desk.clocks import offer_passes, put_up_again
from dialogs.desk.keeping import YOURS_ALREADY, change, desk_of, enter, is_theirs, pass_over, refuse, take, whisper
from dialogs.desk.people import Rep
from dialogs.desk.standing import Phase
from dialogs.desk.talking import end_talk, leave_chat
from dialogs.desk.telling import tell_who_comes
from dialogs.draft import Draft


def claim(draft: Draft, rep: Rep) -> None:
    """Take the lead, if nobody has it."""
    if desk_of(draft).rep is not None:
        refuse(draft, rep)
        return
    take(draft, rep)
    enter(draft, "claimed", rep.name)
    tell_who_comes(draft, rep)


def release(draft: Draft, rep: Rep, act: Release) -> None:
    """Give the lead back to the others, or turn down the offer of it."""
    desk = desk_of(draft)
    if desk.offered_to is not None and desk.offered_to.key == rep.key:
        offer_passes(draft, rep.name)
    elif not is_theirs(desk, rep):
        refuse(draft, rep)
    else:
        enter(draft, "released", rep.name, act.reason)
        put_up_again(draft, rep)


def pass_on(draft: Draft, rep: Rep, act: PassOn) -> None:
    """Give the lead to somebody else: one's own, or one that nobody has."""
    desk, to = desk_of(draft), act.to
    if desk.rep is not None and not is_theirs(desk, rep):
        refuse(draft, rep)
        return
    if is_theirs(desk, to):
        whisper(draft, YOURS_ALREADY)
        return
    enter(draft, "passed_on", rep.name, f"{to.name}: {act.context}" if act.context.strip() else to.name)
    if desk.rep is not None:
        pass_over(draft, desk.rep)
    if desk.phase is Phase.TALKING:
        end_talk(draft, phrases.say("desk_takes_over", draft.language, name=to.name))
        take(draft, to)
    else:
        take(draft, to)
        tell_who_comes(draft, to)


def snooze(draft: Draft, rep: Rep, act: Snooze) -> None:
    """Be reminded later of a lead that is one's own, or that nobody has."""
    desk = desk_of(draft)
    until = act.until if act.until.tzinfo else act.until.replace(tzinfo=UTC)
    if desk.rep is not None and not is_theirs(desk, rep):
        refuse(draft, rep)
        return
    if until <= draft.at:
        whisper(draft, "That time has passed already.")
        return
    if desk.rep is None:
        take(draft, rep)
        enter(draft, "claimed", rep.name)
    elif desk.phase is Phase.TALKING:
        leave_chat(draft, rep)
    change(draft, phase=Phase.SNOOZED, snoozed_until=until, until=until)
    enter(draft, "snoozed", rep.name, until.isoformat())
