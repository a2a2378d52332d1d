"""What stands above everything a conversation writes and stays as it is from turn to turn: worked out once, then kept.

A letterhead is kept beside the stored conversation; ``letterhead_of`` looks whether it still holds.
"""

from typing import Any, NamedTuple

from dialogs.source import Touch
from dialogs.state import ConversationState, background_of, dump_background
from storage.columns import json_text, plain


class Letterhead(NamedTuple):
    """Made by ``letterhead_of``."""

    background: tuple[Any, ...]
    """Of the state that it was made of."""
    state: str
    """How the stored state's JSON begins, up to the comma before what each turn changes."""
    stamp: dict[str, Any]
    """What every fact bears, by column."""


def letterhead_of(state: ConversationState, known: Letterhead | None = None) -> Letterhead:
    """The letterhead of a state: the known one if nothing of it has changed."""
    background = background_of(state)
    if known is not None and known.background == background:
        return known
    return Letterhead(background, f"{json_text(dump_background(state))[:-1]},", _stamp(state))


def _stamp(state: ConversationState) -> dict[str, Any]:
    first, last = (state.source.first, state.source.last) if state.source else (None, None)
    return {
        "channel": state.channel,
        "script": state.script,
        "version": state.version,
        "variants": json_text(dict(state.variants)),
        "language": state.language,
        "first_source": _part(first, "utm_source"),
        "first_medium": _part(first, "utm_medium"),
        "first_campaign": _part(first, "utm_campaign"),
        "last_source": _part(last, "utm_source"),
        "last_medium": _part(last, "utm_medium"),
        "last_campaign": _part(last, "utm_campaign"),
        "campaign_code": _part(last, "campaign_code"),
    }


def _part(touch: Touch | None, name: str) -> str | None:
    value: str | None = getattr(touch, name, None)
    return None if value is None else plain(value)
