"""What a person from sales reads about a lead: paragraphs of labelled lines, the most pressing first."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.desk.contract import DeskView
from bot.ports import LeadFacts
from dialogs.file_types import size_in_words
from dialogs.stages import Stage
from dialogs.state import Receipt

_LINES_MOST = 6
"""Lines of the talk that are shown, its last."""
_RECEIPTS_MOST = 8
_FILES_MOST = 5
_STAGES = {"mql": "MQL", "sales_accepted": "sales accepted", "sales_qualified": "sales qualified"}
_QUALIFIED = frozenset(stage.value for stage in Stage if stage.rank >= Stage.MQL.rank)
_CHANNELS = {"web": "the website", "telegram": "Telegram", "slack": "Slack"}
_SPEAKERS = {"bot": "bot", "visitor": "visitor", "rep": "colleague"}
ASKED = "asked"
"""Reason of a handoff that the visitor wished for."""
_REASONS = {ASKED: "Asks for a person"}
_AT_A_LOSS = ("Could not be understood", "Asks what the script has no answer to", "The script runs in circles")
"""How the bot's own reasons begin, when it does not know how to go on."""


@dataclass(frozen=True, slots=True)
class Line:
    """A label, which may be empty, and what it stands for."""

    label: str
    text: str
    url: str = ""
    """Where the text leads, where that is a page of ours: nothing that a visitor typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A title, and paragraphs of lines. None of it is safe to print as it is."""

    title: str
    paragraphs: tuple[tuple[Line, ...], ...]
    command: str
    """What to type to see more."""

    def each(self, change: Callable[[str], str]) -> "Announcement":
        """The same, with every text changed."""
        paragraphs = tuple(
            tuple(Line(change(line.label), change(line.text), line.url) for line in paragraph)
            for paragraph in self.paragraphs
        )
        return Announcement(title=change(self.title), paragraphs=paragraphs, command=self.command)


def announcement(view: DeskView) -> Announcement:
    """What to say about a lead on its way to people."""
    lead = view.lead
    paragraphs = (_why(view), _who(lead), _answers(lead), _files(lead), _standing(lead), _origin(lead), _talk(lead))
    return Announcement(
        title=f"{title(view)}: {lead.name or 'no name yet'}",
        paragraphs=tuple(lines for paragraph in paragraphs if (lines := tuple(paragraph))),
        command=f"handraiser leads show {lead.id}",
    )


def title(view: DeskView) -> str:
    """How urgent it is. Only who is qualified is called hot: people soon stop running for anybody else."""
    reason, hot = view.desk.reasons[0], view.lead.stage in _QUALIFIED
    if reason == ASKED:
        return "A hot lead asks for a person" if hot else "Somebody asks for a person"
    if hot:
        return "Hot lead"
    return "Somebody needs help" if reason.startswith(_AT_A_LOSS) else f"A lead for {view.desk.to}"


def reasons(view: DeskView) -> str:
    """Why people are brought in, in their words."""
    return "; ".join(_REASONS.get(one, one) for one in view.desk.reasons)


def _why(view: DeskView) -> Iterator[Line]:
    yield Line("Why", reasons(view))
    yield Line("For", f"{view.desk.to}, {view.desk.at:%Y-%m-%d %H:%M %Z}".strip())


def _who(lead: LeadFacts) -> Iterator[Line]:
    for kind, value in lead.contacts:
        yield Line({"email": "E-mail", "phone": "Phone"}.get(kind, kind.capitalize()), value)
    if not lead.contacts:
        yield Line("Contact", "none left; answer in the chat")
    if given := [purpose.replace("_", " ") for purpose, said in lead.consents.items() if said]:
        yield Line("Agreed to", ", ".join(given))
    if refused := [purpose.replace("_", " ") for purpose, said in lead.consents.items() if not said]:
        yield Line("Said no to", ", ".join(refused))


def _answers(lead: LeadFacts) -> Iterator[Line]:
    """Answers that are not already said as name or contact."""
    said = {lead.name, *(value for _, value in lead.contacts)}
    return (Line(label, value) for label, value in lead.answers if value not in said)


def _files(lead: LeadFacts) -> Iterator[Line]:
    """The last ones that they sent, with where to fetch them."""
    for one in lead.files[-_FILES_MOST:]:
        about = f"{one.name} ({one.type}, {size_in_words(one.size)})"
        yield Line("File", about)
        yield Line("", one.link or f"withheld: {one.withheld}", one.link)
    if len(lead.files) > _FILES_MOST:
        yield Line("", f"and {len(lead.files) - _FILES_MOST} earlier ones")


def _standing(lead: LeadFacts) -> Iterator[Line]:
    yield Line("Stage", _STAGES.get(lead.stage, lead.stage))
    yield Line("Score", f"{lead.fit + lead.engagement} (fit {lead.fit}, engagement {lead.engagement})")
    receipts = sorted(lead.receipts, key=lambda receipt: -abs(receipt.points))
    for receipt in receipts[:_RECEIPTS_MOST]:
        yield Line("", _receipt(receipt))
    if len(receipts) > _RECEIPTS_MOST:
        yield Line("", f"and {len(receipts) - _RECEIPTS_MOST} more")


def _receipt(receipt: Receipt) -> str:
    return f"{receipt.points:+g} {receipt.because} ({receipt.evidence})"


def _origin(lead: LeadFacts) -> Iterator[Line]:
    where = _CHANNELS.get(lead.channel, lead.channel)
    yield Line("Talked on", f"{where}, in {lead.language}, script {lead.script}")
    if source := _source(lead.source):
        yield Line("Came from", source)
    for label, words in (
        ("Has", lead.magnets),
        ("Tags", lead.tags),
        ("Variants", [f"{experiment}: {arm}" for experiment, arm in lead.variants.items()]),
    ):
        if words:
            yield Line(label, ", ".join(words))


def _source(source: Mapping[str, Any]) -> str:
    """The last touch, else the first, in a few words."""
    touch = source.get("last") or source.get("first") or source
    campaign = " / ".join(_known(touch, ("utm_source", "utm_medium", "utm_campaign")))
    rest = _known(touch, ("campaign_code", "referrer", "landing_page"))
    return ", ".join((campaign, *rest) if campaign else rest)


def _known(touch: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    return [str(touch[name]) for name in names if touch.get(name)]


def _talk(lead: LeadFacts) -> Iterator[Line]:
    for who, text in lead.last_lines[-_LINES_MOST:]:
        yield Line(_SPEAKERS.get(who, who), text)
