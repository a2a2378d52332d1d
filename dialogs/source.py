"""Where a visitor came from: first touch and last touch, bounded and never trusted.

The accepted parameter names are a fixed list; everything is cut to ``MAX_CHARACTERS``, stripped of control
characters and kept as text that is escaped wherever it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

MAX_CHARACTERS = 300
"""Longest part of a touch that is kept."""

CLICK_IDS = ("gclid", "gbraid", "wbraid", "fbclid", "msclkid", "ttclid", "li_fat_id", "twclid")
"""Advertising click ids that are kept, in order of preference."""

_UTM = ("source", "medium", "campaign", "term", "content")
CAMPAIGN_PARTS = tuple(f"utm_{name}" for name in _UTM)
"""What a campaign link may say of a touch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One arrival: what brought the visitor to this page, at this time."""

    at: datetime
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    utm_term: str | None = None
    utm_content: str | None = None
    click_id: str | None = None
    """``gclid:abc``: which advertising network's id, and the id."""
    campaign_code: str | None = None
    """The code of a campaign link of ours (``?hr=spring``)."""
    referrer: str | None = None
    """Address of the page before, without query."""
    landing_page: str | None = None
    """Address of the page the chat stood on, without query."""

    @property
    def says_something(self) -> bool:
        """Whether anything but the page itself is known: a visit typed into the address bar says nothing."""
        return any(
            (self.utm_source, self.utm_medium, self.utm_campaign, self.click_id, self.campaign_code, self.referrer)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """First and last touch of one person."""

    first: Touch
    last: Touch

    def touched(self, touch: Touch) -> "Source":
        """This source after one more arrival: the last touch changes only when the new one says something."""
        return replace(self, last=touch) if touch.says_something else self


def read_touch(page: str | None, referrer: str | None, at: datetime) -> Touch:
    """The touch that a page's address and its referrer tell, bounded and cleaned; never raises."""
    address, parameters = _split(page)
    came_from, _ = _split(referrer)
    if came_from and address and urlsplit(came_from).netloc == urlsplit(address).netloc:
        came_from = None  # A click inside the same site is no arrival.
    click = next((f"{name}:{parameters[name]}" for name in CLICK_IDS if parameters.get(name)), None)
    return Touch(
        at=at,
        **{f"utm_{name}": parameters.get(f"utm_{name}") for name in _UTM},
        click_id=click,
        campaign_code=parameters.get("hr"),
        referrer=came_from,
        landing_page=address,
    )


def with_campaign(touch: Touch, told: Mapping[str, str]) -> Touch:
    """The touch with what its campaign link says of it, where it says nothing itself."""
    missing: dict[str, Any] = {
        name: told[name] for name in CAMPAIGN_PARTS if name in told and getattr(touch, name) is None
    }
    return replace(touch, **missing) if missing else touch


_TOLD = tuple(name for name in Touch.__slots__ if name != "at")


def dump_touch(touch: Touch) -> dict[str, Any]:
    """The touch as JSON, without what is not known."""
    data: dict[str, Any] = {"at": touch.at.isoformat()}
    for name in _TOLD:
        value = getattr(touch, name)
        if value is not None:
            data[name] = value
    return data


def load_touch(data: Mapping[str, Any]) -> Touch:
    """The touch that ``dump_touch`` wrote."""
    return Touch(**{**data, "at": datetime.fromisoformat(data["at"])})


def bounded(text: str) -> str | None:
    """A word of a touch as it is kept; None for nothing."""
    return _clean(text)[:MAX_CHARACTERS] or None


def _split(address: str | None) -> tuple[str | None, dict[str, str]]:
    """An http address without its query, and its query; (None, {}) for anything else."""
    if not address:
        return None, {}
    try:
        parts = urlsplit(_clean(address[:4000]))
        if parts.scheme not in ("http", "https"):
            return None, {}
        pairs = parse_qsl(parts.query, max_num_fields=100)
    except ValueError:
        return None, {}
    bare = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
    return bare[:MAX_CHARACTERS], {
        key.lower(): _clean(value)[:MAX_CHARACTERS] for key, value in reversed(pairs) if value
    }


def _clean(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()
