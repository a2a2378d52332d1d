"""What a colleague needs to know of a lead, in labelled lines: who it is, what they answered, where they stand, whence
they came. None of it is safe for a place that Slack reads as markup.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.desk.contract import DeskView
from bot.handoff.announcement import ASKED
from bot.handoff.announcement import title as title_of
from bot.ports import LeadFacts
from dialogs.state import Receipt

Line = tuple[str, str]
"""A label, which may be empty, and what it stands for."""

_REASONS = {ASKED: "Asks for a person"}
_CONTACTS = {"email": "E-mail", "phone": "Phone"}
_CHANNELS = {"web": "the website", "telegram": "Telegram", "slack": "Slack"}
_STAGES = {
    "cold": "Cold",
    "warm": "Warm",
    "mql": "MQL",
    "sales_accepted": "Sales accepted",
    "sales_qualified": "Sales qualified",
    "customer": "Customer",
    "disqualified": "Disqualified",
}


def title(view: DeskView) -> str:
    """How urgent it is, and whom it is about."""
    return f"{title_of(view)}: {whom(view.lead)}"


def whom(lead: LeadFacts) -> str:
    """The lead's name and company, as far as they are known."""
    name = lead.name or next((value for _, value in lead.contacts), "") or "no name yet"
    return f"{name}, {lead.company}" if lead.company else name


def stage_of(stage: str) -> str:
    """A stage as people say it."""
    return _STAGES.get(stage, stage)


def reason_of(reason: str) -> str:
    """Why people were brought in, as a sentence."""
    return _REASONS.get(reason, reason)


def why(view: DeskView) -> Iterator[Line]:
    """Every reason for which people were brought in."""
    for number, reason in enumerate(view.desk.reasons):
        yield ("Also" if number else "Why", reason_of(reason))


def who(lead: LeadFacts) -> Iterator[Line]:
    """Name, company and how to reach them, and what they agreed to."""
    yield "Name", lead.name or "not known yet"
    if lead.company:
        yield "Company", lead.company
    for kind, value in lead.contacts:
        yield _CONTACTS.get(kind, kind.capitalize()), value
    if not lead.contacts:
        yield "Contact", "none left; answer in the chat"
    if given := [purpose.replace("_", " ") for purpose, said in lead.consents.items() if said]:
        yield "Agreed to", ", ".join(given)
    if refused := [purpose.replace("_", " ") for purpose, said in lead.consents.items() if not said]:
        yield "Said no to", ", ".join(refused)


def answers(lead: LeadFacts) -> list[Line]:
    """Answers that are not said already as name, company or contact."""
    said = {lead.name, lead.company, *(value for _, value in lead.contacts)}
    return [(label, value) for label, value in lead.answers if value not in said]


def score(lead: LeadFacts) -> Line:
    """The sum of both axes, and each."""
    return "Score", f"{lead.fit + lead.engagement} (fit {lead.fit}, engagement {lead.engagement})"


def receipts(lead: LeadFacts) -> list[str]:
    """Why the lead has its points, the weightiest first."""
    ordered = sorted(lead.receipts, key=lambda receipt: -abs(receipt.points))
    return [_receipt(receipt) for receipt in ordered]


def _receipt(receipt: Receipt) -> str:
    evidence = f" ({receipt.evidence})" if receipt.evidence else ""
    return f"{receipt.points:+g} {receipt.because}{evidence}"


def origin(lead: LeadFacts) -> Iterator[Line]:
    """Where they came from, where they are, and what they were given."""
    touch = lead.source.get("last") or lead.source.get("first") or lead.source
    if source := _source(touch):
        yield "Source", source
    if page := touch.get("landing_page"):
        yield "Page", str(page)
    yield "Talked on", f"{_CHANNELS.get(lead.channel, lead.channel)}, in {lead.language}, script {lead.script}"
    for label, words in (
        ("Variant", [f"{experiment}: {arm}" for experiment, arm in lead.variants.items()]),
        ("Downloaded", lead.magnets),
        ("Tags", lead.tags),
    ):
        if words:
            yield label, ", ".join(words)


def _source(touch: Mapping[str, Any]) -> str:
    campaign = " / ".join(_known(touch, ("utm_source", "utm_medium", "utm_campaign")))
    rest = _known(touch, ("campaign_code", "referrer"))
    return ", ".join((campaign, *rest) if campaign else rest)


def _known(touch: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    return [str(touch[name]) for name in names if touch.get(name)]


def command(lead: LeadFacts) -> str:
    """What to type to see everything."""
    return f"handraiser leads show {lead.id}"
