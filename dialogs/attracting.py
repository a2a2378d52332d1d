"""How the closed chat draws attention to itself: teasers, the moments they wait for, and whom they are for.

A teaser waits in the visitor's browser, which knows when its moment has come; what only the server knows (the team's
hours, the time of day elsewhere, the visitor's language) is settled before the browser is told of it. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from dialogs.attracting_patterns import pages_expression, source_expression
from dialogs.desk.hours import Schedule, is_open
from dialogs.texts import Text

if TYPE_CHECKING:
    from dialogs.script import Place, Script

PAGE_ACT = "page."
"""Before the name of an act that a page reports: ``on: page.pricing_calculator``."""
PAGE_ACTS_MOST = 20
"""How often each act of a page counts for one conversation."""


class Until(StrEnum):
    """What ends a teaser for good. Each also ends at what ends those after it."""

    SHOWN = "shown"
    CLOSED = "closed"
    """The visitor closed it, once."""
    ENGAGED = "engaged"
    """The visitor talked."""


class Visits(NamedTuple):
    """Which visits: the first, the third, every one from the second."""

    least: int
    most: int | None


class Cap(NamedTuple):
    """How often at most: in a visit, in a day, or ever."""

    times: int
    within: str
    """``visit``, ``day`` or ``ever``."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moments:
    """What a teaser waits for: whichever comes first; without any, it waits for nothing."""

    seen_for: float | None = None
    """Seconds during which the page was in front."""
    scrolled: int | None = None
    """Percent of the page that were scrolled through."""
    leaving: bool = False
    """The pointer leaves the page by its upper edge."""
    idle_for: float | None = None
    """Seconds without a move, key or touch, the page in front."""
    did: tuple[str, ...] = ()
    """Acts that the page reports."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Audience:
    """Whom a teaser is for: all of it has to hold."""

    visits: Visits | None = None
    hours: bool | None = None
    """Within the team's hours, or outside of them."""
    times: Schedule | None = None
    """Hours and days of its own; ``zone`` below says whose clock they go by."""
    zone: ZoneInfo | None = None
    """None for the team's."""
    languages: tuple[str, ...] = ()
    source: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Patterns by ``utm_source`` and the like, ``referrer`` (a host), ``campaign``; ``click_id`` names some."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Teaser:
    """One way to draw attention."""

    name: str
    """For counting, and for the page's own JavaScript."""
    pages: tuple[str, ...] = ()
    """Patterns of addresses; every page when empty."""
    not_on: tuple[str, ...] = ()
    moments: Moments = field(default_factory=Moments)
    audience: Audience = field(default_factory=Audience)
    text: Text | None = None
    """What the teaser says; None for none."""
    choices: tuple[Text, ...] = ()
    """Buttons that begin the talk with these words."""
    persona: str | None = None
    """Key of who shows their face; None for the script's own."""
    opens: bool = False
    """Whether the chat itself opens."""
    wait: float = 0.0
    """Seconds between its moment and the teaser."""
    caps: tuple[Cap, ...] = ()
    until: Until = Until.CLOSED
    place: "Place"


def teasers_for(
    script: "Script", language: str, wished: str | None, at: datetime, team: Schedule
) -> list[dict[str, Any]]:
    """The teasers that a visitor's browser has to know of at a moment, as JSON, in the script's ``language``.

    ``wished`` is the language (BCP 47) that the visitor wishes for, ``team`` says when the team is at work. Of
    personas only the key is told.
    """
    found = []
    primary = (wished or "").partition("-")[0].lower()
    for teaser in script.attract:
        audience = teaser.audience
        speaks = not audience.languages or any(one.partition("-")[0].lower() == primary for one in audience.languages)
        if speaks and _is_time_for(audience, at, team):
            found.append(_dump(teaser, script, language))
    return found


def _is_time_for(audience: Audience, at: datetime, team: Schedule) -> bool:
    own = audience.times
    now = own is None or is_open(replace(own, zone=audience.zone or team.zone), at)
    return now and (audience.hours is None or audience.hours == is_open(team, at))


def _dump(teaser: Teaser, script: "Script", language: str) -> dict[str, Any]:
    """What the browser has to know of a teaser; what is unset is left out."""
    moments, audience = teaser.moments, teaser.audience
    persona = script.personas.get(teaser.persona or "", script.persona)
    shown = {"bot_name": persona.name, "script_title": script.title.render(language, {})}
    when = {
        "seen_for": moments.seen_for,
        "scrolled": moments.scrolled,
        "leaving": moments.leaving,
        "idle_for": moments.idle_for,
    }
    acts = {f"{PAGE_ACT}{act}": 1 for act in moments.did}
    data: dict[str, Any] = {
        "name": teaser.name,
        "where": pages_expression(teaser.pages, teaser.not_on),
        "came": source_expression(audience.source),
        "visits": [one for one in audience.visits or () if one is not None],
        "when": _set(when) | acts,
        "tease": None if teaser.text is None else teaser.text.render(language, shown),
        "choices": [choice.render(language, shown) for choice in teaser.choices],
        "persona": teaser.persona,
        "open": teaser.opens,
        "wait": teaser.wait,
        "at_most": {cap.within: cap.times for cap in teaser.caps},
        "ends": [one.value for one in Until][list(Until).index(teaser.until) :],
    }
    return _set(data)


def _set(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], {}, False, 0.0)}
