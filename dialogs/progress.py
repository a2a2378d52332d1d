"""How far a conversation has come: which of the script's questions have been dealt with."""

from functools import lru_cache

from dialogs.script import AskStep, Script
from dialogs.state import ConversationState, Status


def progress_of(script: Script, state: ConversationState) -> float:
    """From 0 to 1: the part of the fields the script asks for that are answered or skipped; 1 where it has ended.

    Branches that are not taken leave some out, so that the end may come as a leap.
    """
    if state.status is Status.ENDED:
        return 1.0
    asked = _asked(script)
    if not asked:
        return 0.0
    dealt_with = sum(name in state.answers or name in state.skipped for name in asked)
    return round(dealt_with / len(asked), 2)


@lru_cache(maxsize=256)
def _asked(script: Script) -> frozenset[str]:
    return frozenset(step.field for step in script.steps.values() if isinstance(step, AskStep))
