"""The desk in a turn's draft: changed as a whole, with its history, and whose it is."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from dialogs.desk.acts import Entry
from dialogs.desk.people import Rep
from dialogs.desk.standing import ENTRIES_MOST, Desk, Phase
from dialogs.draft import Draft
from dialogs.effects import Whisper
from dialogs.facts import FactKind

YOURS_ALREADY = "You have it already."
NOBODYS = "Nobody has it yet."
CLOSED = "This one is closed; nothing was changed."
OLDER = "This is not the lead's present alert; nothing was changed."
NOT_ROUTED = "There is nothing to do about this lead at present."
NOTHING_WRITTEN = "There was nothing written."


def desk_of(draft: Draft) -> Desk:
    """The handoff that there is."""
    desk = draft.desk
    assert desk is not None
    return desk


def change(draft: Draft, **parts: Any) -> None:
    """Replace parts of the handoff."""
    draft.desk = replace(desk_of(draft), **parts)


def enter(draft: Draft, what: str, by: str = "", text: str = "") -> None:
    """Add a line to the handoff's history; see ``Entry``."""
    entries = (*desk_of(draft).entries, Entry(at=draft.at, what=what, by=by, text=text))
    change(draft, entries=entries[-ENTRIES_MOST:])


def whisper(draft: Draft, text: str) -> None:
    """Tell the person who acts, and nobody else."""
    draft.effects.append(Whisper(text=text))


def is_theirs(desk: Desk, rep: Rep) -> bool:
    """Whether this person has it."""
    return desk.rep is not None and desk.rep.key == rep.key


def refuse(draft: Draft, rep: Rep) -> None:
    """Tell somebody who cannot have or do it whose it is."""
    owner = desk_of(draft).rep
    if owner is None:
        whisper(draft, NOBODYS)
    else:
        whisper(draft, YOURS_ALREADY if owner.key == rep.key else f"{owner.name} has it already.")


def take(draft: Draft, rep: Rep) -> None:
    """Make it this person's; from now on they have so long to say a word."""
    draft.note(FactKind.CLAIMED, rep.key)
    change(
        draft,
        phase=Phase.CLAIMED,
        rep=rep,
        claimed_at=draft.at,
        offered_to=None,
        escalated=False,
        snoozed_until=None,
        until=until_silent(draft),
    )


def until_silent(draft: Draft) -> datetime:
    """When a person who says nothing from now on has been silent for too long."""
    return draft.at + timedelta(seconds=desk_of(draft).plan.clocks.silent)


def pass_over(draft: Draft, rep: Rep) -> None:
    """Remember that somebody was asked and did not take it, or has lost it."""
    passed = desk_of(draft).passed_over
    if rep.key not in passed:
        change(draft, passed_over=(*passed, rep.key))
