"""Days and times as people of each language write them; read back to the same."""

from datetime import date, time

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_DATE = {
    "en": "{day} {month} {year}",
    "de": "{day}. {month} {year}",
    "es": "{day} de {month} de {year}",
    "fr": "{day} {month} {year}",
}


def show_date(day: date, language: str) -> str:
    """ "24 December 2026", "24. Dezember 2026", "24 de diciembre de 2026"."""
    pattern = _DATE.get(language, _DATE["en"])
    return pattern.format(day=day.day, month=_month(day.month, language), year=day.year)


def show_month(year: int, month: int, language: str) -> str:
    """ "February 2027"."""
    return f"{_month(month, language)} {year}"


def show_time(moment: time) -> str:
    """ "15:30"; all four languages read 24 hours."""
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _month(month: int, language: str) -> str:
    return _MONTHS.get(language, _MONTHS["en"]).split()[month - 1]
