"""A calendar entry that every calendar program takes (RFC 5545)."""

from datetime import UTC, datetime


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


def _one_line(text: str) -> str:
    """Without control characters: a title may hold what a visitor typed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
