"""Lengths of time as people of each language say them: "1 year 6 months", "90 Minuten"; read back to the same."""

from collections.abc import Mapping

from dialogs.language.shown_numbers import show_number
from dialogs.language.time_spans import TimeSpan
from dialogs.language.written_numbers import rounded

_NAMES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("year", "years"),
        ("month", "months"),
        ("week", "weeks"),
        ("day", "days"),
        ("hour", "hours"),
        ("minute", "minutes"),
        ("second", "seconds"),
    ),
    "de": (
        ("Jahr", "Jahre"),
        ("Monat", "Monate"),
        ("Woche", "Wochen"),
        ("Tag", "Tage"),
        ("Stunde", "Stunden"),
        ("Minute", "Minuten"),
        ("Sekunde", "Sekunden"),
    ),
    "es": (
        ("año", "años"),
        ("mes", "meses"),
        ("semana", "semanas"),
        ("día", "días"),
        ("hora", "horas"),
        ("minuto", "minutos"),
        ("segundo", "segundos"),
    ),
    "fr": (
        ("an", "ans"),
        ("mois", "mois"),
        ("semaine", "semaines"),
        ("jour", "jours"),
        ("heure", "heures"),
        ("minute", "minutes"),
        ("seconde", "secondes"),
    ),
}
_AT_ONCE = {"en": "right away", "de": "sofort", "es": "ahora mismo", "fr": "tout de suite"}


def show_span(span: TimeSpan, language: str) -> str:
    """``span`` in words: "1 year 6 months"; no time at all is "right away"."""
    names = _NAMES.get(language, _NAMES["en"])
    parts = [
        f"{show_number(rounded(amount), language)} {one if amount == 1 else many}"
        for amount, (one, many) in zip(span.whole, names, strict=True)
        if amount
    ]
    return " ".join(parts) or _AT_ONCE.get(language, _AT_ONCE["en"])
