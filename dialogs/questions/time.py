"""What time of day: "3pm", "15:30", "half past three", "halb vier", "a las tres"."""

import re
from collections.abc import Mapping
from datetime import time
from typing import ClassVar

from pydantic import field_validator, model_validator

from dialogs.language.clock_times import FoundTime, find_times
from dialogs.language.digits import plain_digits
from dialogs.language.shown_dates import show_time
from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading, Rejected, Suggestion, phrase
from dialogs.questions.doubting import PHRASES as DOUBTS
from dialogs.questions.doubting import doubt_between
from dialogs.values import Value


class TimeOptions(Options):
    """What a script may say about a time of day."""

    earliest: str | None = None
    """First time that is taken, "09:00"; also tells which half of the day "at 3" means."""
    latest: str | None = None
    """Last time that is taken, "18:00"."""

    @field_validator("earliest", "latest", mode="before")
    @classmethod
    def _as_clock(cls, limit: object) -> object:
        if limit is None:
            return None
        moment = read_iso_time(str(limit).zfill(5))
        if moment is None:
            raise ValueError(f'"{limit}" is no time of day; "09:00" and "18:30" are')
        return show_time(moment)

    @model_validator(mode="after")
    def _ends_in_order(self) -> "TimeOptions":
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise ValueError("earliest must not be later than latest")
        return self


PHRASES: Mapping[str, Mapping[str, str]] = {
    "not_a_time": {
        "en": "I could not find a time there. Something like “15:30” or “3 pm” would be perfect.",
        "de": "Da habe ich keine Uhrzeit gefunden. Perfekt wäre etwa „15:30“ oder „15 Uhr“.",
        "es": "No he encontrado ninguna hora. Algo como «15:30» o «las 3 de la tarde» sería perfecto.",
        "fr": "Je n'ai pas trouvé d'heure. Quelque chose comme « 15h30 » ou « 15 heures » serait parfait.",
        "pt": "Não encontrei aí uma hora. Algo como “15:30” ou “3 pm” seria perfeito.",
        "it": "Non ho trovato un orario. Qualcosa come “15:30” o “3 pm” sarebbe perfetto.",
        "nl": "Ik heb daarin geen tijd gevonden. Iets als “15:30” of “3 pm” is perfect.",
        "ar": "لم أجد وقتًا في ذلك. شيء مثل “15:30” أو “3 pm” سيكون مثاليًا.",
    },
    "several_times": {
        "en": "I see more than one time there. Just the one, please, such as “15:30”.",
        "de": "Da sehe ich mehrere Uhrzeiten. Bitte nur eine, zum Beispiel „15:30“.",
        "es": "Veo más de una hora. Mejor solo una, por ejemplo «15:30».",
        "fr": "Je vois plusieurs heures. Une seule, s'il vous plaît, par exemple « 15h30 ».",
        "pt": "Vejo mais do que uma hora. Só uma, por favor, por exemplo “15:30”.",
        "it": "Vedo più di un orario. Solo uno, per favore, per esempio “15:30”.",
        "nl": "Ik zie meer dan één tijd. Eentje maar, bijvoorbeeld “15:30”.",
        "ar": "أرى أكثر من وقت. وقت واحد فقط من فضلك، مثل “15:30”.",
    },
    "too_early": {
        "en": "That is a little early: it is possible from {limit}.",
        "de": "Das ist etwas früh: Möglich ist es ab {limit} Uhr.",
        "es": "Es un poco pronto: es posible a partir de las {limit}.",
        "fr": "C'est un peu tôt : c'est possible à partir de {limit}.",
        "pt": "É um pouco cedo: é possível a partir das {limit}.",
        "it": "È un po' presto: è possibile dalle {limit}.",
        "nl": "Dat is wat vroeg: het kan vanaf {limit}.",
        "ar": "هذا مبكر قليلًا: ممكن ابتداءً من {limit}.",
    },
    "too_late": {
        "en": "That is a little late: it is possible until {limit}.",
        "de": "Das ist etwas spät: Möglich ist es bis {limit} Uhr.",
        "es": "Es un poco tarde: es posible hasta las {limit}.",
        "fr": "C'est un peu tard : c'est possible jusqu'à {limit}.",
        "pt": "É um pouco tarde: é possível até às {limit}.",
        "it": "È un po' tardi: è possibile fino alle {limit}.",
        "nl": "Dat is wat laat: het kan tot {limit}.",
        "ar": "هذا متأخر قليلًا: ممكن حتى {limit}.",
    },
    "did_you_mean": {
        **DOUBTS["did_you_mean"],
        "de": "Nur zur Sicherheit: Ist {readings} Uhr gemeint?",
        "es": "Solo para estar seguros: ¿es a las {readings}?",
    },
    "or": DOUBTS["or"],
}
"""What a question about a time says; shared with the one about a day and a time."""

_READABLE_TIME = 300
_PLAIN = re.compile(r"\s*(0\d|1\d|2[0-3]):([0-5]\d)\s*", re.ASCII)


class TimeQuestion:
    """Reads a time of day as ISO 8601, "15:30"; the rules are those of ``dialogs.language.clock_times``."""

    name: ClassVar[str] = "time"
    comparable: ClassVar[str] = "text"
    options: ClassVar[type[Options]] = TimeOptions

    def read(self, text: str, options: TimeOptions, reading: Reading) -> Outcome:
        """An ISO 8601 time without a zone. Remark: ``approximate``."""
        plain = _PLAIN.fullmatch(text)
        if plain is not None:
            moment = time(int(plain[1]), int(plain[2]))
            return _judge(moment, options, reading.language) or Accepted(show_time(moment))
        found = look_for_times(text, reading.language)
        if len({(each.at, each.other) for each in found}) != 1:
            code = "several_times" if found else "not_a_time"
            return Rejected(phrase(PHRASES, code, reading.language), code)
        return _settle(found[0], options, reading.language)

    def check(self, value: Value, options: TimeOptions, language: str) -> Outcome:
        """An ISO 8601 time without a zone."""
        moment = read_iso_time(value) if isinstance(value, str) else None
        if moment is None:
            return Rejected(phrase(PHRASES, "not_a_time", language), "not_a_time")
        return _judge(moment, options, language) or Accepted(show_time(moment))

    def input(self, options: TimeOptions, language: str) -> Input:
        """A time picker."""
        return Input(kind="time", minimum=options.earliest, maximum=options.latest)

    def show(self, value: Value, options: TimeOptions, language: str) -> str:
        """ "15:30"."""
        moment = read_iso_time(value) if isinstance(value, str) else None
        return ("" if value is None else str(value)) if moment is None else show_time(moment)


def look_for_times(text: str, language: str) -> list[FoundTime]:
    """The times of day in a text, in the visitor's language or else in another."""
    plain = plain_digits(text, _READABLE_TIME)
    for each in dict.fromkeys((language, "en", "de", "es", "fr")):
        found = find_times(plain, each)
        if found:
            return found
    return []


def read_iso_time(text: str) -> time | None:
    """The time of day ``text`` is in ISO 8601, or None."""
    if not re.fullmatch(r"\d\d:\d\d(?::\d\d)?", text, re.ASCII):
        return None
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def _settle(found: FoundTime, options: TimeOptions, language: str) -> Outcome:
    """Of two halves of the day the one that is possible; where both are, the likelier with a question."""
    remarks = ("approximate",) if found.approximate else ()
    readings = [each for each in (found.at, found.other) if each is not None]
    possible = [each for each in readings if _judge(each, options, language) is None]
    if not possible:
        return _judge(found.at, options, language) or Accepted(show_time(found.at), remarks)
    if len(possible) == 1:
        return Accepted(show_time(possible[0]), remarks)
    suggestions = tuple(Suggestion(show_time(each), show_time(each)) for each in possible)
    doubt = doubt_between(suggestions, language, PHRASES)
    return Accepted(show_time(possible[0]), remarks, doubt, suggestions)


def _judge(moment: time, options: TimeOptions, language: str) -> Rejected | None:
    """What the field's rules say against a time."""
    shown = show_time(moment)
    if options.earliest is not None and shown < options.earliest:
        return Rejected(phrase(PHRASES, "too_early", language, limit=options.earliest), "too_early")
    if options.latest is not None and shown > options.latest:
        return Rejected(phrase(PHRASES, "too_late", language, limit=options.latest), "too_late")
    return None
