"""The country a visitor is probably in, by their time zone: for phone numbers without a country code.

The table is the time zone database's own (``zone.tab`` of the package tzdata).
"""

from functools import cache
from importlib.resources import files


def region_of_zone(zone: str | None) -> str | None:
    """The ISO 3166-1 alpha-2 country of an IANA time zone; None for one of no country ("UTC")."""
    return _countries().get(zone) if zone else None


@cache
def _countries() -> dict[str, str]:
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}
