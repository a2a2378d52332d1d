"""An earlier message that was changed: its answer is corrected, where it was one and still holds."""

from dialogs.answering import open_step, pick, read_menu
from dialogs.asking import open_choices, pose_again
from dialogs.draft import Draft
from dialogs.events import VisitorCorrected, VisitorSaid
from dialogs.facts import FactKind
from dialogs.granting import change_by_button
from dialogs.script import AskStep, SayStep
from dialogs.state import Status


def correct_earlier(draft: Draft, event: VisitorCorrected) -> None:
    """Take the new wording for the answer that the message gave.

    What was no answer, is none now, or says the same, changes nothing: it stands in the transcript. While a person
    of ours talks, it is theirs to read.
    """
    step = draft.script.steps.get(event.step)
    if step is None or draft.status is Status.TALKING:
        return
    if isinstance(step, AskStep) and draft.answers.get(step.field) is not None:
        change_by_button(draft, step, VisitorSaid(at=event.at, text=event.text, unavailable=event.unavailable))
    elif isinstance(step, SayStep) and step.id in draft.picks:
        _pick_anew(draft, step, event.text)


def _pick_anew(draft: Draft, step: SayStep, text: str) -> None:
    chosen = read_menu(draft, step, open_choices(draft, step), text)
    if chosen is None or draft.picks.get(step.id) == chosen.key:
        return
    draft.corrected = True
    draft.note(FactKind.CORRECTED, chosen.key, step.id)
    pick(draft, step, chosen)
    if draft.posed_at is None and draft.status is Status.ASKING and (now_open := open_step(draft)):
        pose_again(draft, now_open)
