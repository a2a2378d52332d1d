"""One conversation, another channel: the visitor goes on at the very question, with answers, source and lead.

Only their own doing brings them over: a link that works once, opened by them. The place they leave says where it went
on, and offers to come back.
"""

import re
from dataclasses import replace
from datetime import timedelta

from dialogs import phrases
from dialogs.answering import open_step
from dialogs.asking import pose_again
from dialogs.desk.dealing import DESK_TIMER
from dialogs.draft import Draft
from dialogs.effects import CancelTimer, OfferCrossing, Say, SetTimer
from dialogs.events import VisitorCameOver, VisitorWentOver
from dialogs.facts import FactKind
from dialogs.going_on import announce_text
from dialogs.going_over import walk_again
from dialogs.granting import GATHER_TIMER, cancel_timers
from dialogs.questions.base import Option
from dialogs.script import AskStep, Script, WaitStep
from dialogs.state import Status, load_state
from dialogs.walking import WAIT_TIMER

COME_BACK = "come_back"
"""Key of the button that brings the conversation back to where it was left."""
WEB = "web"
"""The channel that is a website."""
_TITLES = {"telegram": "Telegram", "whatsapp": "WhatsApp", "slack": "Slack"}
_PLACES = {
    "telegram": "telegram", "whatsapp": "whatsapp", "whats app": "whatsapp", "slack": "slack", "web": WEB,
    "website": WEB, "web site": WEB, "webseite": WEB, "browser": WEB, "sitio web": WEB, "navegador": WEB,
    "site web": WEB, "navigateur": WEB,
}  # fmt: skip
_WISH = re.compile(
    r"(?:(?:please|can we|could we|can i|could i|may we|let's|lets|i want to|i would like to|i'd like to|bitte"
    r"|konnen wir|kann ich|lass uns|ich mochte|podemos|puedo|quiero|quisiera|on peut|peut-on|je veux|je voudrais) )*"
    r"(?:(?:(?:go on|continue|carry on|switch|move|talk|chat|write)(?: this| the chat| the conversation| over)*"
    r"|weiter(?:machen)?|wechseln|(?:seguir|continuar|seguimos|continuamos)|(?:continuer|passer|poursuivre|continuons))"
    r" (?:(?:here )?(?:on|in|to|via|over|by|with|at|auf|uber|per|en|por|a|al|sur|dans|vers)"
    r"(?: the| der| dem| die| den| das| el| la| le| your| my)?) (?P<place>[a-z ]+?)"
    r"|(?:lieber )?(?:auf|in|uber|per|zu) (?:der |dem )?(?P<german>[a-z]+)"
    r" (?:weiter(?:machen|schreiben|reden)?|wechseln))"
    r"(?: please| bitte| instead| weiter| por favor| s'il vous plait)*"
)
_LONGEST = 80


def read_crossing_wish(said: str) -> str | None:
    """The channel on which the visitor wants to go on, or None. ``said`` is the message in plain words."""
    if len(said) > _LONGEST or " " not in said:
        return None
    match = _WISH.fullmatch(said)
    return None if match is None else _PLACES.get(match["place"] or match["german"] or "")


def title_of(channel: str) -> str:
    """What people call a channel."""
    return _TITLES.get(channel, channel.replace("_", " ").title())


def offer_crossing(draft: Draft, channel: str) -> None:
    """Offer the way to another channel; the open question stays open."""
    draft.effects.append(OfferCrossing(to=channel, step=draft.step))


def come_over(script: Script, event: VisitorCameOver) -> Draft:
    """A draft that stands where the visitor stood on the channel they come from, and says so."""
    there = load_state(event.state)
    here = replace(there, person=event.person, channel=event.channel, went_over="")
    draft = Draft(script, here, event.at, event.unavailable)
    draft.note(FactKind.CAME_OVER, event.came_from)
    announce_text(draft, phrases.say("came_over", draft.language))
    _set_clocks(draft)
    if draft.status is Status.STOPPED:
        draft.status = Status.ASKING
    if draft.step not in script.steps and draft.status not in (Status.ENDED, Status.TALKING):
        walk_again(draft)
    elif draft.status is Status.ASKING and (step := open_step(draft)):
        draft.doubt = None
        pose_again(draft, step)
    return draft


def _set_clocks(draft: Draft) -> None:
    """The timers that ran there run here; a wait of the script's begins anew."""
    step, desk = draft.script.steps.get(draft.step), draft.desk
    if draft.status is Status.WAITING and isinstance(step, WaitStep):
        draft.effects.append(SetTimer(name=WAIT_TIMER, due=draft.at + timedelta(seconds=step.seconds)))
    if draft.fragments and isinstance(step, AskStep):
        draft.effects.append(SetTimer(name=GATHER_TIMER, due=draft.at + timedelta(seconds=step.gather_seconds)))
    if desk is not None and desk.until is not None:
        draft.effects.append(SetTimer(name=DESK_TIMER, due=desk.until))


def go_over(draft: Draft, event: VisitorWentOver) -> None:
    """Say where it goes on, and be silent from now on; people who work on the lead go along."""
    cancel_timers(draft)
    if draft.desk is not None and draft.desk.until is not None:
        draft.effects.append(CancelTimer(name=DESK_TIMER))
    draft.desk = None
    draft.note(FactKind.WENT_OVER, event.channel)
    draft.status, draft.step, draft.calls, draft.doubt = Status.ENDED, "", (), None
    draft.went_over = event.channel
    tell_where(draft)


def tell_where(draft: Draft) -> None:
    """Say where the conversation goes on, with the way back."""
    key = "went_over_website" if draft.went_over == WEB else "went_over"
    text = phrases.say(key, draft.language, channel=title_of(draft.went_over))
    draft.say(Say(text=text, choices=(Option(COME_BACK, phrases.say("come_back", draft.language)),)))
