"""A person of ours talks with the visitor: coming in, speaking, going, and the bot going on at the very step."""

from dialogs import phrases
from dialogs.answering import answer_question, open_step
from dialogs.asking import pose_again
from dialogs.desk.acts import Revise, Speak
from dialogs.desk.keeping import (
    NOTHING_WRITTEN,
    change,
    desk_of,
    enter,
    is_theirs,
    refuse,
    take,
    until_silent,
    whisper,
)
from dialogs.desk.people import Rep
from dialogs.desk.standing import SAID_MOST, Phase
from dialogs.desk.telling import own_words
from dialogs.draft import Draft
from dialogs.effects import CancelTimer, RepSay, Say
from dialogs.events import VisitorSaid
from dialogs.facts import FactKind
from dialogs.files import tell_lost
from dialogs.going_on import announce_text, go_on
from dialogs.going_over import walk_again
from dialogs.granting import GATHER_TIMER
from dialogs.language.plain_words import plain_words
from dialogs.questions.base import Option
from dialogs.script import AskStep, WaitStep
from dialogs.state import Status
from dialogs.walking import WAIT_TIMER
from dialogs.wishes import Wish, read_wish

LEAVE_PERSON = "leave_person"
"""Key of the button that brings the bot back."""
FILLED = "filled"
"""What is paused when somebody of ours answered the open question meanwhile: the bot then goes on behind it."""


def join(draft: Draft, rep: Rep) -> bool:
    """Come into the chat, taking the lead if nobody has it. False, and a whisper, when somebody else has it."""
    desk = desk_of(draft)
    if desk.rep is not None and not is_theirs(desk, rep):
        refuse(draft, rep)
        return False
    if desk.phase is Phase.TALKING:
        return True
    if desk.rep is None:
        take(draft, rep)
        enter(draft, "claimed", rep.name)
    desk = desk_of(draft)
    until = desk.until if desk.phase is Phase.CLAIMED and desk.until else until_silent(draft)
    change(draft, phase=Phase.TALKING, paused=draft.status.value, snoozed_until=None, until=until)
    draft.status = Status.TALKING
    enter(draft, "joined", rep.name)
    text = own_words(draft, "joined") or phrases.say("desk_joined", draft.language, name=rep.name)
    draft.say(Say(text=text, choices=(Option(LEAVE_PERSON, phrases.say("desk_leave", draft.language)),)))
    if desk.left:
        whisper(draft, "The visitor has gone; they will read it when they come back.")
    return True


def speak(draft: Draft, rep: Rep, act: Speak) -> None:
    """Say something to the visitor; the same words are said once."""
    if not act.text.strip():
        whisper(draft, NOTHING_WRITTEN)
    elif act.reference not in desk_of(draft).said and join(draft, rep):
        draft.effects.append(RepSay(rep=rep, text=act.text, reference=act.reference, in_thread=act.in_thread))
        desk = desk_of(draft)
        if desk.spoken_at is None:
            draft.note(FactKind.SPOKEN, rep.key)
            change(draft, spoken_at=draft.at)
            enter(draft, "spoke", rep.name)
        said = (*desk.said, act.reference)[-SAID_MOST:]
        change(draft, said=said, unanswered=False, escalated=False, until=None)


def revise(draft: Draft, rep: Rep, act: Revise) -> None:
    """Change or take back words that were said. What was not said to the visitor never reaches them this way."""
    if act.reference not in desk_of(draft).said:
        whisper(draft, "That was not said to the visitor, or too long ago to be changed.")
        return
    text = act.text if act.text and act.text.strip() else ""
    draft.effects.append(RepSay(rep=rep, text=text, reference=act.reference, revises=True))
    enter(draft, "revised", rep.name)


def give_back(draft: Draft, rep: Rep) -> None:
    """Leave the chat to the bot."""
    desk = desk_of(draft)
    if not is_theirs(desk, rep):
        refuse(draft, rep)
    elif desk.phase is not Phase.TALKING:
        whisper(draft, "The bot is talking already.")
    else:
        leave_chat(draft, rep)


def leave_chat(draft: Draft, rep: Rep) -> None:
    """A person leaves the chat: the bot says so and goes on."""
    enter(draft, "gave_back", rep.name)
    draft.note(FactKind.GAVE_BACK, rep.key)
    end_talk(draft, phrases.say("desk_back", draft.language, name=rep.name))


def hear_while_talking(draft: Draft, event: VisitorSaid) -> None:
    """Leave what the visitor said to the person; only the wish for the bot is the bot's."""
    said = plain_words(event.text) if event.choice is None and len(event.text) < 100 else ""
    if event.choice == LEAVE_PERSON or (said and read_wish(draft.script, said) is Wish.BOT):
        _leave_person(draft)
        return
    if event.lost is not None:
        tell_lost(draft, event.lost)
    if event.text.strip() or event.file is not None:
        change(draft, unanswered=True, until=desk_of(draft).until or until_silent(draft))


def _leave_person(draft: Draft) -> None:
    """The visitor would rather have the bot again; even one who had told it to stop."""
    desk = desk_of(draft)
    assert desk.rep is not None
    enter(draft, "gave_back")
    draft.note(FactKind.GAVE_BACK, "visitor")
    if desk.paused == Status.STOPPED:
        change(draft, paused=Status.ASKING.value)
    text = own_words(draft, Wish.BOT)
    end_talk(draft, text or phrases.say("desk_back_by_wish", draft.language, name=desk.rep.name))


def leave_for_the_bot(draft: Draft, status: Status) -> None:
    """The visitor ends the talk by a wish that the bot grants: the conversation has ``status`` then."""
    enter(draft, "gave_back")
    draft.note(FactKind.GAVE_BACK, "visitor")
    if desk_of(draft).paused != Status.ENDED:
        change(draft, paused=status.value)
    end_talk(draft, None)


def wake_while_talking(draft: Draft, timer: str) -> None:
    """A timer of the script's ran out while a person talks: it is dealt with when they leave."""
    if timer == WAIT_TIMER and desk_of(draft).paused == Status.WAITING:
        change(draft, paused=Status.ASKING.value)


def end_talk(draft: Draft, text: str | None) -> None:
    """Let the bot talk again: what it says first, then the open question, or what comes after it."""
    desk = desk_of(draft)
    change(draft, phase=Phase.CLAIMED, paused="", unanswered=False, escalated=False, until=None)
    draft.status = Status.ASKING if desk.paused in (FILLED, "") else Status(desk.paused)
    if text is not None:
        announce_text(draft, text)
    if draft.status is Status.ASKING:
        _ask_on(draft, filled=desk.paused == FILLED)


def _ask_on(draft: Draft, *, filled: bool) -> None:
    """Put the open question again; go on where it is answered by now, or gone from the script."""
    at, step = draft.script.steps.get(draft.step), open_step(draft)
    if at is None:
        walk_again(draft)
    elif isinstance(at, WaitStep):
        go_on(draft, at.next)
    elif isinstance(step, AskStep) and (filled or _is_answered(draft, step)):
        _drop_fragments(draft)
        again, draft.insisted, draft.doubt = draft.insisted, False, None
        go_on(draft, None if again else step.next)
    elif isinstance(step, AskStep) and draft.fragments:
        text = "\n".join(draft.fragments)
        _drop_fragments(draft)
        answer_question(draft, step, VisitorSaid(at=draft.at, text=text, unavailable=draft.unavailable))
    elif step is not None:
        draft.doubt = None
        pose_again(draft, step)


def _is_answered(draft: Draft, step: AskStep) -> bool:
    return draft.answers.get(step.field) is not None and not draft.insisted and not step.again


def _drop_fragments(draft: Draft) -> None:
    if draft.fragments:
        draft.fragments = ()
        draft.effects.append(CancelTimer(name=GATHER_TIMER))
