"""A webinar or another event with a time: a seat, and an entry for the visitor's own calendar."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from pydantic import BaseModel, ValidationInfo, field_validator

from bot.magnets.calendar import web_calendars, write_calendar
from bot.magnets.moments import read_moment, read_zone
from bot.magnets.options import Addresses, Duration, MagnetOptions, Words, in_language, seconds_of
from bot.ports import ContentAnswer, Grant, Opened, RedirectAnswer

CALENDAR = "calendar.ics"
"""The part of the link that gives the calendar entry."""


class EventOptions(MagnetOptions):
    """When, how long, where. The time has an offset (``2027-03-04T15:00+01:00``) or its time zone is named."""

    time_zone: str | None = None
    """IANA name, such as ``Europe/Berlin``."""
    starts: str
    """ISO 8601."""
    length: Duration = "1 hour"
    url: Addresses | None = None
    """Where it takes place, or is described."""
    place: Words | None = None

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, given: str | None) -> str | None:
        if given is not None:
            read_zone(given)
        return given

    @field_validator("starts")
    @classmethod
    def _moment(cls, given: str, info: ValidationInfo) -> str:
        if "time_zone" in info.data:  # Otherwise the error there says enough.
            read_moment(given, info.data["time_zone"])
        return given

    @property
    def begins(self) -> datetime:
        """The first minute, in the event's own zone."""
        return read_moment(self.starts, self.time_zone)

    @property
    def ends(self) -> datetime:
        """The end, in the event's own zone."""
        length = timedelta(seconds=seconds_of(self.length) or 0)
        return (self.begins.astimezone(UTC) + length).astimezone(self.begins.tzinfo)


class EventMagnet:
    """Gives a seat: a personal link to the event, and a calendar entry with that link in it."""

    kind: ClassVar[str] = "event"
    options: ClassVar[type[BaseModel]] = EventOptions

    def pool(self, magnet: str, options: Mapping[str, Any]) -> str | None:
        """None: seats are not counted."""
        return None

    def expires_at(self, options: Mapping[str, Any], given_at: datetime) -> datetime | None:
        """None: after the event the page may show its recording."""
        return None

    def card(self, grant: Grant) -> Mapping[str, Any]:
        """Title, times, place, and the links."""
        options = EventOptions.model_validate(grant.options)
        place, link = _place(options, grant), _link(options, grant)
        card = {
            "kind": self.kind,
            "title": grant.title,
            "starts": options.begins.isoformat(),
            "ends": options.ends.isoformat(),
            "calendar_url": f"{grant.link}/{CALENDAR}",
            "calendars": web_calendars(
                starts=options.begins, ends=options.ends, title=grant.title, place=place, link=link
            ),
        }
        if link is not None:
            card["url"] = link
        if place is not None:
            card["place"] = place
        return card

    def open(self, grant: Grant, part: str) -> Opened | None:
        """The event's page, or the calendar entry; the entry also where the event has no page."""
        options = EventOptions.model_validate(grant.options)
        if part == CALENDAR or (part == "" and options.url is None):
            return ContentAnswer(
                body=_calendar(options, grant),
                content_type="text/calendar",
                download_name=CALENDAR,
            )
        if part or options.url is None:
            return None
        return RedirectAnswer(in_language(options.url, grant.language))


def _calendar(options: EventOptions, grant: Grant) -> bytes:
    """The calendar entry. Its identity is made from the grant, without giving the token away."""
    return write_calendar(
        uid=hashlib.sha256(f"calendar {grant.token}".encode()).hexdigest()[:32],
        stamp=grant.given_at,
        starts=options.begins,
        ends=options.ends,
        title=grant.title,
        place=_place(options, grant),
        link=_link(options, grant),
    )


def _place(options: EventOptions, grant: Grant) -> str | None:
    return None if options.place is None else in_language(options.place, grant.language)


def _link(options: EventOptions, grant: Grant) -> str | None:
    """The visitor's own link to the event's page, where it has one."""
    return None if options.url is None else grant.link
