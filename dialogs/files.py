"""A file that a visitor sent: the answer to the open question where that asks for one, else kept for people."""

from typing import cast

from dialogs import phrases
from dialogs.answering import accept
from dialogs.asking import OpenStep, pose_again
from dialogs.draft import Draft
from dialogs.events import VisitorSaid
from dialogs.going_on import announce_text
from dialogs.questions.base import Accepted
from dialogs.questions.file import FileOptions, FileQuestion
from dialogs.refusing import reject
from dialogs.script import AskStep, Script
from dialogs.state import ConversationState, Status


def wanted_file(script: Script, state: ConversationState) -> FileOptions | None:
    """What may be sent as the answer to the open question; None where that asks for no file."""
    step = script.steps.get(state.step)
    if state.status not in (Status.ASKING, Status.STOPPED) or not isinstance(step, AskStep):
        return None
    field = script.fields[step.field]
    return cast(FileOptions, field.options) if isinstance(field.type, FileQuestion) else None


def take_file(draft: Draft, step: OpenStep | None, event: VisitorSaid) -> bool:
    """Deal with a file. False where nobody asked for it and the words beside it are to be read as any others."""
    assert event.file is not None
    if event.lost is not None:
        tell_lost(draft, event.lost)
        if event.text.strip():
            return False
        if step is not None and draft.status is Status.ASKING:
            pose_again(draft, step)
        return True
    asks = draft.status in (Status.ASKING, Status.STOPPED)
    if asks and isinstance(step, AskStep) and isinstance(draft.script.fields[step.field].type, FileQuestion):
        draft.status = Status.ASKING
        field = draft.script.fields[step.field]
        outcome = field.type.check(dict(event.file), field.options, draft.language)
        if isinstance(outcome, Accepted):
            accept(draft, step, outcome.value, outcome.remarks)
        else:
            reject(draft, step, outcome, "")
        return True
    if event.text.strip():
        return False
    announce_text(draft, phrases.say("got_file", draft.language, name=str(event.file["name"])))
    if step is not None and draft.status is Status.ASKING:
        pose_again(draft, step)
    return True


def tell_lost(draft: Draft, reason: str) -> None:
    """Tell the visitor that a file of theirs is not here, and why."""
    key = f"lost_{reason}"
    announce_text(draft, phrases.say(key if key in phrases.PHRASES else "lost_not_fetched", draft.language))
