"""A calendar entry that every calendar program takes (RFC 5545), and the same for calendars on the web."""

from datetime import UTC, datetime
from urllib.parse import urlencode


def write_calendar(
    *, uid: str, stamp: datetime, starts: datetime, ends: datetime, title: str, place: str | None, link: str | None
) -> bytes:
    """One event, its times in UTC; the same for the same facts, so that importing it twice makes one entry."""
    from icalendar import Calendar, Event  # A fifth of a second, and only who opens a calendar entry waits for it.

    event = Event()
    event.add("uid", f"{uid}@handraiser")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", starts.astimezone(UTC))
    event.add("dtend", ends.astimezone(UTC))
    event.add("summary", _one_line(title))
    if place is not None:
        event.add("location", _one_line(place))
    if link is not None:
        event.add("url", link)
        event.add("description", link)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Handraiser//Lead magnets//EN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    entry: bytes = calendar.to_ical()
    return entry


def web_calendars(
    *, starts: datetime, ends: datetime, title: str, place: str | None, link: str | None
) -> list[dict[str, str]]:
    """The same event for calendars on the web, which read it from an address: ``label`` and ``url`` of each."""
    begins, stops = (f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for at in (starts, ends))
    bare = [at.replace("-", "").replace(":", "") for at in (begins, stops)]
    common = {"location": _one_line(place or "")}
    google = {"action": "TEMPLATE", "text": _one_line(title), "dates": "/".join(bare), "details": link or ""}
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": _one_line(title),
        "startdt": begins,
        "enddt": stops,
        "body": link or "",
    }
    return [
        {"label": "Google", "url": f"https://calendar.google.com/calendar/render?{urlencode(google | common)}"},
        {
            "label": "Outlook",
            "url": f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(outlook | common)}",
        },
    ]


def _one_line(text: str) -> str:
    """Without control characters: a title may hold what a visitor typed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
