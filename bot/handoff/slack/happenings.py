"""What happened to a lead and colleagues must learn of, as lines of its thread. Pure.

Here, and nowhere else, people are pinged: those whom our own configuration and team name, never by anybody's words.
"""

import re
from collections.abc import Callable
from datetime import timedelta

from bot.desk.contract import DeskView
from bot.graphemes import cut
from bot.handoff.slack import about
from bot.handoff.slack.card import Shown
from bot.handoff.slack.kit import Block, context, section
from bot.handoff.slack.mrkdwn import anchor, clean, escape_within, neutral, one_line
from bot.handoff.slack.rich import quote, rich, words
from bot.handoff.slack.status import said
from dialogs.desk.acts import Entry, Verdict

_WORDS_MOST = 2500
_HERE = "<!here>"
_CHANNEL = re.compile(r"#.+|[CG][A-Z0-9]{6,}")
PINGING = frozenset({"escalated", "taken_back", "passed_on", "woken"})
"""Entries whose lines call somebody."""
_QUIET: dict[str, str] = {
    "left": ":door: The visitor has left. What is written now is read when they come back.",
    "returned": ":wave: The visitor is back.",
    "fallback": ":alarm_clock: The visitor was told that nobody is free, and asked how to be reached.",
}


def happening(view: DeskView, entry: Entry, mentioned: Callable[[str], str]) -> tuple[Shown, bool] | None:
    """The line for an entry of a lead's history, and whether the channel is to see it, too; None for most entries.

    ``mentioned``: the ping of a colleague by key or name; their name where Slack does not know them.
    """
    if entry.what in _QUIET:
        return _small(_QUIET[entry.what]), False
    match entry.what:
        case "escalated":
            return _escalated(view, entry, mentioned)
        case "taken_back":
            return _section(f":leftwards_arrow_with_hook: {mentioned(entry.text)} It was taken back, as the visitor "
                            "heard nothing: whoever claims it now has it."), False  # fmt: skip
        case "passed_on":
            return _passed_on(entry, mentioned), False
        case "woken":
            owner = "" if view.desk.rep is None else mentioned(view.desk.rep.key)
            return _section(f":alarm_clock: {owner} You wanted to be reminded of this lead now."), False
        case "asked_again":
            return _told(":repeat: It came up again", about.reason_of(entry.text)), False
        case "note":
            return _told(f":memo: Note by {neutral(entry.by)}", entry.text), False
        case "verdict":
            return _told(f":checkered_flag: {neutral(entry.by)}", _verdict(entry.text)), False
        case "gave_back":
            who = neutral(entry.by) if entry.by else "The visitor"
            return _small(f":robot_face: {who} gave the conversation back to the bot."), False
        case "released":
            return _told(f":leftwards_arrow_with_hook: Put back by {neutral(entry.by)}", entry.text), False
        case _:
            return None


def escalation_elsewhere(view: DeskView, link: str) -> Shown:
    """The call for help in another channel than the card's."""
    see = anchor(link, "See the lead")
    text = f"{_HERE} :rotating_light: A lead waits {_waiting(view)} and nobody has taken it. {see}".rstrip()
    return _told(text, about.title(view))


def _escalated(view: DeskView, entry: Entry, mentioned: Callable[[str], str]) -> tuple[Shown, bool]:
    """Nobody took it, or the visitor gets no answer: those are called whom the team file names, else those who were
    asked, else everybody who is there."""
    owner = view.desk.rep
    to = entry.text or view.desk.plan.escalate_to or ""
    called = [to] if to and not is_channel(to) else [rep.key for rep in view.desk.plan.reps]
    if owner is not None:
        called = list(dict.fromkeys((owner.key, *called)))
    whom = " ".join(mentioned(key) for key in called)
    if owner is not None:
        return _section(f":rotating_light: {whom} The visitor waits for an answer."), False
    line = f":rotating_light: {whom or _HERE} Nobody has taken this lead for {_waiting(view)}."
    return _section(line), not whom


def is_channel(name: str) -> bool:
    """Whether it is a channel that is to be told, rather than a colleague."""
    return _CHANNEL.fullmatch(name) is not None


def _waiting(view: DeskView) -> str:
    seconds = max(view.at - view.desk.at, timedelta()).total_seconds()
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 5400 else f"{seconds / 3600:.0f} hours"


def _passed_on(entry: Entry, mentioned: Callable[[str], str]) -> Shown:
    name, _, context_words = entry.text.partition(": ")
    line = f":incoming_envelope: {mentioned(name)} {neutral(entry.by)} passed this lead on to you"
    return _told(line, context_words)


def _verdict(text: str) -> str:
    """``won, 12000 EUR, they liked it`` with the verdict as people say it."""
    verdict, comma, rest = text.partition(", ")
    known = said(Verdict(verdict)) if verdict in tuple(Verdict) else verdict
    return f"{known}{comma}{rest}"


def _told(markup: str, text: str) -> Shown:
    """A line of ours, and somebody's words below it."""
    whole = cut(clean(text).strip(), _WORDS_MOST)
    if not whole:
        return _section(f"{markup}.")
    blocks: list[Block] = [section(f"{markup}:"), rich([quote([words(whole)])])]
    return f"{markup}: {escape_within(one_line(whole), 3000)}", blocks


def _section(markup: str) -> Shown:
    line = " ".join(markup.split())
    return line, [section(line)]


def _small(markup: str) -> Shown:
    return markup, [context(markup)]
