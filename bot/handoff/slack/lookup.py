"""The slash command: look a lead up, say whether one takes leads, get help."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.graphemes import cut
from bot.handoff.slack import about
from bot.handoff.slack.card import Shown
from bot.handoff.slack.kit import Block, context
from bot.handoff.slack.lines import date
from bot.handoff.slack.mrkdwn import escape, neutral, one_line, short
from bot.handoff.slack.rich import Element, paragraph, rich, words
from bot.ports import LeadFacts
from dialogs.desk.people import Availability
from dialogs.spelling import did_you_mean

_EACH_MOST = 120
_CONTACTS_MOST = 3
_AVAILABILITIES: dict[str, Availability] = {
    "taking": Availability.TAKING,
    "take": Availability.TAKING,
    "available": Availability.TAKING,
    "back": Availability.TAKING,
    "busy": Availability.BUSY,
    "away": Availability.AWAY,
}
HELP = (
    "`{command} ada` looks leads up: by name, e-mail, phone, company or an answer.\n"
    "`{command} taking`, `busy` or `away` says whether you take leads.\n"
    "`{command} help` shows this.\n\n"
    "Under a lead, *Claim* makes it yours. In its thread, words that begin with `{prefix}` reach the visitor; all else "
    "stays among you. Edit or delete such a message, and the visitor's copy follows.\n"
    "My own page (Home) lists your leads, those that nobody has yet, and what you promised for today."
)


@dataclass(frozen=True, slots=True)
class LookUp:
    """Leads in which a text occurs are wanted."""

    text: str


@dataclass(frozen=True, slots=True)
class Help:
    """It is to be said what can be done; ``remark`` says first what was not understood."""

    remark: str = ""


Wish = LookUp | Help | Availability


def read_command(text: str) -> Wish:
    """What follows the command. A single word that nearly is one of ours is asked about nowhere: it is looked up."""
    words_given = one_line(text)
    word = words_given.lower()
    if word in ("", "help", "?", "-h", "--help"):
        return Help()
    if word in _AVAILABILITIES:
        return _AVAILABILITIES[word]
    if len(words_given) < 2:
        return Help("Give at least two letters to look for.")
    return LookUp(words_given[:200])


def help_text(command: str, prefix: str, remark: str = "") -> str:
    """What can be done, as markup."""
    told = HELP.format(command=neutral(command), prefix=prefix)
    return f"{escape(remark)}\n{told}" if remark else told


def found(text: str, leads: Sequence[LeadFacts], most: int) -> Shown:
    """The leads in which a text occurs, as one person alone sees them."""
    wanted = cut(text, 60)
    if not leads:
        meant = did_you_mean(text.lower(), _AVAILABILITIES) if " " not in text else ""
        line = f'No lead has "{wanted}" in it{meant or ". Look for less, such as one name"}.'.replace("?.", "?")
        return escape(line), [_line([words(line)])]
    count = f"{len(leads)} lead{'' if len(leads) == 1 else 's'}"
    title = f'{count} with "{wanted}" in {"it" if len(leads) == 1 else "them"}'
    blocks = [_line([words(title, bold=True)]), *(_lead(lead) for lead in leads)]
    if len(leads) >= most:
        blocks.append(context(f"These are the newest {most}. Add a word to find others."))
    return escape(title), blocks


def _lead(lead: LeadFacts) -> Block:
    contacts = ", ".join(value for _, value in lead.contacts[:_CONTACTS_MOST])
    rest = [about.stage_of(lead.stage), f"score {lead.fit + lead.engagement}"]
    if contacts:
        rest.insert(0, short(contacts, _EACH_MOST))
    elements = [
        words(short(about.whom(lead), _EACH_MOST), bold=True),
        words(f"\n{', '.join(rest)}, since "),
        date(lead.created_at.timestamp()),
        words(f"\n{about.command(lead)}", italic=True),
    ]
    return _line(elements)


def _line(elements: list[Element]) -> Block:
    return rich([paragraph(elements)])
