"""What can come of a conversation at any step: people are brought in, a lead is no fit, the talk ends."""

from dialogs import phrases
from dialogs.draft import Draft
from dialogs.effects import HandOff, Say
from dialogs.facts import FactKind
from dialogs.state import Status
from dialogs.texts import Text

BY_PEOPLE = "*people*"
"""Who disqualified a lead, when it was no rule of the script's: what people say, no correction takes back."""


def hand_off(draft: Draft, key: str, to: str, because: str, text: Text | None) -> None:
    """Bring in people, once for each reason; what is said comes before the open question."""
    if key in draft.handoffs:
        return
    draft.handoffs = (*draft.handoffs, key)
    draft.note(FactKind.HANDED_OFF, because)
    if text is not None:
        announce(draft, Say(text=draft.words(text), step=draft.step))
    draft.effects.append(HandOff(to=to, reason=because))


def announce(draft: Draft, say: Say) -> None:
    """Say something before the question that is already posed in this turn, or at the end."""
    if draft.posed_at is None:
        draft.say(say)
    else:
        draft.effects.insert(draft.posed_at, say)
        draft.posed_at += 1


def disqualify(draft: Draft, by: str, because: str) -> None:
    """Mark the lead as not a fit."""
    if draft.disqualified is None:
        draft.note(FactKind.DISQUALIFIED, because)
    draft.disqualified, draft.disqualified_by = because, by
    draft.stale_score = True


def default_target(draft: Draft) -> str:
    """Where people are asked for when no rule names a target: the first rule's, or "sales"."""
    return draft.script.handoffs[0].to if draft.script.handoffs else "sales"


def end(draft: Draft) -> None:
    """The script has nothing more to say."""
    if draft.before.status is not Status.ENDED:
        draft.note(FactKind.ENDED)
    draft.status, draft.step, draft.calls = Status.ENDED, "", ()
    draft.attempts, draft.doubt, draft.fragments, draft.insisted = 0, None, (), False


def lose_thread(draft: Draft, step_id: str) -> None:
    """The loop guard: a script that runs in circles ends honestly and brings in people."""
    draft.note(FactKind.INVALID, "loop", step_id)
    draft.say(Say(text=phrases.say("lost", draft.language)))
    hand_off(draft, "loop", default_target(draft), f"The script runs in circles at step {step_id}", None)
    end(draft)
