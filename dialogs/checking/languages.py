"""Texts that are missing in some of the script's languages."""

from collections.abc import Mapping

from dialogs.checking.contents import words_of
from dialogs.loading.problems import Report
from dialogs.script import Place, Script

_SHOWN = 5


def check_languages(script: Script, report: Report) -> None:
    """Warn once for each language, at the first text that lacks it."""
    for language in script.languages:
        places = sorted({place for place, text in words_of(script) if language not in text.by_language})
        places = sorted({*places, *_places_of_options(script, language)})
        if places:
            report.warn(places[0], _missing(language, places))


def _missing(language: str, places: list[Place]) -> str:
    lines = list(dict.fromkeys(str(place.line) for place in places))
    shown = ", ".join(lines[:_SHOWN]) + (" …" if len(lines) > _SHOWN else "")
    where = f"in line {shown}" if len(lines) == 1 else f"in {len(lines)} places (lines {shown})"
    return f'texts are missing in "{language}" {where}; visitors see them in the script\'s own language'


def _places_of_options(script: Script, language: str) -> list[Place]:
    """Fields among whose options are wordings per language, this one missing."""
    return [
        field.place
        for field in script.fields.values()
        if _lacks(field.options.model_dump(), language, frozenset(script.languages))
    ]


def _lacks(value: object, language: str, languages: frozenset[str]) -> bool:
    if isinstance(value, Mapping):
        if value and set(value) <= languages and all(isinstance(one, str) for one in value.values()):
            return language not in value
        return any(_lacks(one, language, languages) for one in value.values())
    return isinstance(value, list | tuple) and any(_lacks(one, language, languages) for one in value)
