"""When an event begins: an ISO time with an offset, or a local time and the name of its zone."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.magnets.options import refused

_SHAPE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_FORM = '"2027-03-04T15:00+01:00", or "2027-03-04T15:00" and "time_zone: Europe/Berlin"'


def read_zone(name: str) -> ZoneInfo:
    """The time zone of that name. Raises an option's error where there is none."""
    try:
        if len(name) > 64:
            raise ValueError
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise refused(f'there is no time zone "{name[:64]}"; a name is, for example, "Europe/Berlin"') from None


@lru_cache(maxsize=1024)
def read_moment(text: str, zone: str | None) -> datetime:
    """The moment that ``text`` names, in ``zone`` if one is given. Raises an option's error for what names none.

    Of a local time that the clocks' change makes twice, it is the first one; one that the change leaves out is refused.
    """
    if not _SHAPE.fullmatch(text.strip()):
        raise refused(f'day and time are written {_FORM}, not "{text[:60]}"')
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise refused(f'there is no such day or time: "{text.strip()}"') from None
    if moment.tzinfo is not None:
        return moment if zone is None else moment.astimezone(read_zone(zone))
    if zone is None:
        raise refused(f"whose {moment:%H:%M} is it? write {_FORM}")
    local = moment.replace(tzinfo=read_zone(zone))
    if local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) != moment:
        raise refused(f"{moment:%H:%M} is left out that night in {zone}: the clocks go forward")
    return local
