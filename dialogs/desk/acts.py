"""What a person of ours can do with a lead: a closed union of frozen wishes, the same from every handoff target.

They come in as the event ``RepDid``; the engine decides what they do, as it does for everything a visitor says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from dialogs.desk.people import Rep, dump_rep, load_rep


class Verdict(StrEnum):
    """What a person says a lead is."""

    ACCEPTED = "accepted"
    """Sales will work it."""
    SALES_QUALIFIED = "sales_qualified"
    NOT_A_FIT = "not_a_fit"
    NO_ANSWER = "no_answer"
    WON = "won"
    LOST = "lost"

    @property
    def closes(self) -> bool:
        """Whether the handoff is over with it."""
        return self in (Verdict.NOT_A_FIT, Verdict.NO_ANSWER, Verdict.WON, Verdict.LOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Look closer: the first look tells that the alert was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Take the lead. The first one wins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Give the lead back to the others."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn:
    """Give the lead to somebody else, with what they should know."""

    to: Rep
    context: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Come into the chat without a word yet: the visitor sees who is there, the bot falls silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speak:
    """Say something to the visitor; comes into the chat if need be."""

    text: str
    reference: str
    """The target's own name for these words, by which they can be revised."""
    in_thread: bool = False
    """Whether the words stand where the others read along already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revise:
    """Change, or (None) take back, what was said to the visitor."""

    reference: str
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBack:
    """Leave the chat: the bot goes on at the very step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Say what the lead is."""

    verdict: Verdict
    reason: str = ""
    amount: str | None = None
    """What it is worth, as a decimal number."""
    currency: str | None = None
    """ISO 4217."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Write down something for ourselves; the visitor never sees it."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """Answer a question for the visitor, as the script's own question type reads it; "" forgets the answer."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """Be reminded of the lead later."""

    until: datetime


RepAct = (
    Look | Claim | Release | PassOn | Join | Speak | Revise | GiveBack | Judge | Note | Fill | Snooze
)  # fmt: skip
"""Everything a person can do with a lead."""

_KINDS: dict[str, type[Any]] = {
    "look": Look,
    "claim": Claim,
    "release": Release,
    "pass_on": PassOn,
    "join": Join,
    "speak": Speak,
    "revise": Revise,
    "give_back": GiveBack,
    "judge": Judge,
    "note": Note,
    "fill": Fill,
    "snooze": Snooze,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def name_of(act: RepAct) -> str:
    """The word for an act, as it is stored."""
    return _NAMES[type(act)]


def dump_act(act: RepAct) -> dict[str, Any]:
    """The act as JSON."""
    data: dict[str, Any] = {"act": name_of(act)}
    for one in fields(act):
        value = getattr(act, one.name)
        if isinstance(value, Rep):
            value = dump_rep(value)
        elif isinstance(value, datetime):
            value = value.isoformat()
        data[one.name] = value
    return data


def load_act(data: Mapping[str, Any]) -> RepAct:
    """The act that ``dump_act`` wrote. Raises ``KeyError`` for an unknown one."""
    values = {name: value for name, value in data.items() if name != "act"}
    if "to" in values:
        values["to"] = load_rep(values["to"])
    if "until" in values:
        values["until"] = datetime.fromisoformat(values["until"])
    if "verdict" in values:
        values["verdict"] = Verdict(values["verdict"])
    act: RepAct = _KINDS[data["act"]](**values)
    return act


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a handoff's history."""

    at: datetime
    what: str
    """``routed offered passed_over opened escalated fallback claimed released taken_back passed_on joined spoke revised
    gave_back left returned verdict note filled snoozed woken closed``, ``asked_again`` when a further reason came."""
    by: str = ""
    """Name of the person of ours; "" for the bot."""
    text: str = field(default="")
    """A note, a reason, a name: for people."""


def dump_entry(entry: Entry) -> dict[str, Any]:
    """The entry as JSON."""
    data = {"at": entry.at.isoformat(), "what": entry.what, "by": entry.by, "text": entry.text}
    return {name: value for name, value in data.items() if value}


def load_entry(data: Mapping[str, Any]) -> Entry:
    """The entry that ``dump_entry`` wrote."""
    return Entry(**{**data, "at": datetime.fromisoformat(data["at"])})
