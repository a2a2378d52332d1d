"""Going on after an answer: points are counted, what must be checked is checked, then the script is walked."""

from dialogs import phrases
from dialogs.draft import Draft
from dialogs.effects import Say
from dialogs.going_over import walk_again
from dialogs.outcomes import BY_PEOPLE, disqualify, hand_off
from dialogs.scoring import disqualifier_that_holds, rescore
from dialogs.state import Status
from dialogs.walking import walk


def go_on(draft: Draft, target: str | None) -> None:
    """Go on after an answer: count points, check what must be checked before anything is offered, walk.

    Without ``target`` the script is gone over again from its start, as after a correction.
    """
    if target is None and draft.disqualified_by not in (None, BY_PEOPLE):
        draft.disqualified = draft.disqualified_by = None
        draft.stale_score = True
    rescore(draft)
    if draft.disqualified is None and (rule := disqualifier_that_holds(draft)):
        disqualify(draft, rule.id, rule.because)
        rescore(draft)
        text = draft.words(rule.say) if rule.say else phrases.say("disqualified", draft.language)
        draft.say(Say(text=text, step=draft.step))
        draft.calls = ()
        walk(draft, rule.go or "")
    else:
        check_handoffs(draft)
        if target is None:
            walk_again(draft)
        else:
            walk(draft, target)
    rescore(draft)
    check_handoffs(draft)


def check_handoffs(draft: Draft) -> None:
    """Fire the handoff rules that hold now; while a person talks, what they say waits until the bot talks again.

    Somebody who has just come in has done nothing yet: what is known of them from before calls nobody.
    """
    if draft.disqualified is not None or draft.status is Status.TALKING or not draft.before.trail:
        return
    for rule in draft.script.handoffs:
        if rule.id not in draft.handoffs and rule.when.holds(draft.knowledge):
            hand_off(draft, rule.id, rule.to, rule.because, rule.say)


def announce_text(draft: Draft, text: str) -> None:
    """Say something that asks nothing."""
    draft.say(Say(text=text, step=draft.step))
