"""How long, or how soon: "three months", "1h30", "a year and a half", "ASAP", "next quarter"."""

import re
from collections.abc import Mapping
from typing import ClassVar

from pydantic import field_validator, model_validator

from dialogs.language.digits import plain_digits
from dialogs.language.durations import Stretch, find_stretches, is_meant, mended, written_out
from dialogs.language.horizons import read_horizon
from dialogs.language.numerals import find_numerals
from dialogs.language.shown_spans import show_span
from dialogs.language.time_spans import TimeSpan, read_iso
from dialogs.language.time_units import DAY, MONTH, WEEK
from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading, Rejected, Suggestion, phrase
from dialogs.questions.doubting import doubt_between
from dialogs.values import Value


class DurationOptions(Options):
    """What a script may say about a duration."""

    min: str | None = None
    """Shortest that is taken: ISO 8601 or words, "P2W" or "two weeks"."""
    max: str | None = None
    """Longest that is taken, likewise."""

    @field_validator("min", "max")
    @classmethod
    def _as_iso(cls, limit: str | None) -> str | None:
        if limit is None:
            return None
        span = _read_limit(limit)
        if span is None:
            raise ValueError(f'"{limit}" is no duration; "3 months" and "P3M" are')
        return span.iso

    @model_validator(mode="after")
    def _ends_in_order(self) -> "DurationOptions":
        low, high = (read_iso(limit) if limit else None for limit in (self.min, self.max))
        if low is not None and high is not None and low.size > high.size:
            raise ValueError("min must not be longer than max")
        return self


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "not_a_duration": {
        "en": "I could not tell how long that is. Something like “3 months” or “two weeks” would be perfect.",
        "de": "Wie lange das ist, konnte ich nicht erkennen. Perfekt wäre etwa „3 Monate“ oder „zwei Wochen“.",
        "es": "No sé cuánto tiempo es. Algo como «3 meses» o «dos semanas» sería perfecto.",
        "fr": "Je n'ai pas compris la durée. Quelque chose comme « 3 mois » ou « deux semaines » serait parfait.",
        "pt": "Não percebi quanto tempo é. Algo como “3 months” ou “two weeks” seria perfeito.",
        "it": "Non ho capito quanto tempo sia. Qualcosa come “3 months” o “two weeks” sarebbe perfetto.",
        "nl": "Ik kon niet zien hoelang dat is. Iets als “3 months” of “two weeks” is perfect.",
        "ar": "لم أفهم كم المدة. شيء مثل “3 months” أو “two weeks” سيكون مثاليًا.",
    },
    "unit_missing": {
        "en": "{count} what? Days, weeks, months? “{count} months”, for example.",
        "de": "{count} was? Tage, Wochen, Monate? Zum Beispiel „{count} Monate“.",
        "es": "¿{count} qué? ¿Días, semanas, meses? Por ejemplo «{count} meses».",
        "fr": "{count} quoi ? Jours, semaines, mois ? Par exemple « {count} mois ».",
        "pt": "{count} quê? Dias, semanas, meses? Por exemplo “{count} months”.",
        "it": "{count} che cosa? Giorni, settimane, mesi? Per esempio “{count} months”.",
        "nl": "{count} wat? Dagen, weken, maanden? Bijvoorbeeld “{count} months”.",
        "ar": "{count} ماذا؟ أيام، أسابيع، أشهر؟ مثلًا “{count} months”.",
    },
    "several_durations": {
        "en": "I see more than one length of time there. Just the one, please, such as “3 months”.",
        "de": "Da sehe ich mehrere Zeitangaben. Bitte nur eine, zum Beispiel „3 Monate“.",
        "es": "Veo más de una duración. Mejor solo una, por ejemplo «3 meses».",
        "fr": "Je vois plusieurs durées. Une seule, s'il vous plaît, par exemple « 3 mois ».",
        "pt": "Vejo mais do que uma duração. Só uma, por favor, por exemplo “3 months”.",
        "it": "Vedo più di una durata. Solo una, per favore, per esempio “3 months”.",
        "nl": "Ik zie meer dan één duur. Eentje maar, bijvoorbeeld “3 months”.",
        "ar": "أرى أكثر من مدة. مدة واحدة فقط من فضلك، مثل “3 months”.",
    },
    "too_short": {
        "en": "That is a little short: it should be at least {limit}.",
        "de": "Das ist etwas kurz: mindestens {limit} sollten es sein.",
        "es": "Es un poco corto: debería ser al menos {limit}.",
        "fr": "C'est un peu court : il faudrait au moins {limit}.",
        "pt": "É um pouco curto: devia ser pelo menos {limit}.",
        "it": "È un po' poco: dovrebbe essere almeno {limit}.",
        "nl": "Dat is wat kort: het moet ten minste {limit} zijn.",
        "ar": "هذه مدة قصيرة قليلًا: يجب ألا تقل عن {limit}.",
    },
    "too_long": {
        "en": "That is a little long: it should be at most {limit}.",
        "de": "Das ist etwas lang: höchstens {limit} sollten es sein.",
        "es": "Es un poco largo: debería ser como máximo {limit}.",
        "fr": "C'est un peu long : il faudrait au plus {limit}.",
        "pt": "É um pouco longo: devia ser no máximo {limit}.",
        "it": "È un po' lungo: dovrebbe essere al massimo {limit}.",
        "nl": "Dat is wat lang: het mag hoogstens {limit} zijn.",
        "ar": "هذه مدة طويلة قليلًا: يجب ألا تزيد على {limit}.",
    },
}

_PLAIN_UNITS: Mapping[str, str] = {
    **dict.fromkeys(("day", "tag", "dia"), "P{}D"),
    **dict.fromkeys(("week", "woche", "semana", "semaine"), "P{}W"),
    **dict.fromkeys(("month", "monat", "mes", "mois"), "P{}M"),
    **dict.fromkeys(("year", "jahr"), "P{}Y"),
    **dict.fromkeys(("hour", "stunde", "hora", "heure"), "PT{}H"),
    **dict.fromkeys(("minute", "min"), "PT{}M"),
}
_PLAIN = re.compile(
    rf"\s*(?:in )?([1-9]\d{{0,3}}) ?({'|'.join(_PLAIN_UNITS)})(?:s|es|e|en|n)?\s*", re.ASCII | re.IGNORECASE
)
_LONGEST_YEARS = 1000
_READABLE_HORIZON = 240


class DurationQuestion:
    """Reads lengths of time and, counted from now, points in time, as an ISO 8601 duration.

    The unit a person used is kept (``PT90M``, ``P2W``). Of a range the longer end is taken, and of an open one the
    end that was said: a plan for "2-3 months" is one for three.
    """

    name: ClassVar[str] = "duration"
    comparable: ClassVar[str] = "duration"
    options: ClassVar[type[Options]] = DurationOptions

    def read(self, text: str, options: DurationOptions, reading: Reading) -> Outcome:
        """An ISO 8601 duration. Remarks: ``approximate``, ``range``, ``or_more``, ``or_less``."""
        language = reading.language
        plain = _PLAIN.fullmatch(text)
        if plain is not None:
            iso = _PLAIN_UNITS[plain[2].lower()].format(plain[1])
            span = read_iso(iso) if options.min or options.max or len(plain[1]) > 3 else None
            return (_judge(span, options, language) if span else None) or Accepted(iso)
        written = read_iso(text)
        if written is not None:
            return _judge(written, options, language) or Accepted(written.iso)
        prepared = written_out(plain_digits(text), language)
        stretches = [each for each in find_stretches(prepared, language) if is_meant(prepared, each)]
        if not stretches:
            return _read_without_count(prepared, options, reading)
        if len({(each.low, each.high) for each in stretches}) > 1:
            return Rejected(phrase(_PHRASES, "several_durations", language), "several_durations", ())
        return _judge(_length(stretches[0]), options, language) or _accept(stretches[0], options, language)

    def check(self, value: Value, options: DurationOptions, language: str) -> Outcome:
        """An ISO 8601 duration."""
        span = read_iso(value) if isinstance(value, str) else None
        if span is None:
            return _not_understood(language)
        return _judge(span, options, language) or Accepted(span.iso)

    def input(self, options: DurationOptions, language: str) -> Input:
        """Text: people say it in words."""
        placeholder = show_span(TimeSpan(months=3), language)
        return Input(placeholder=placeholder, extra={"min": options.min, "max": options.max})

    def show(self, value: Value, options: DurationOptions, language: str) -> str:
        """ "3 months", "1 year 6 months", "right away"."""
        span = read_iso(value) if isinstance(value, str) else None
        return ("" if value is None else str(value)) if span is None else show_span(span, language)


def _read_limit(limit: str) -> TimeSpan | None:
    """A limit from a script: ISO 8601 or words of any of the languages."""
    written = read_iso(limit)
    if written is not None:
        return written
    for language in ("en", "de", "es", "fr"):
        prepared = written_out(plain_digits(limit), language)
        stretches = find_stretches(prepared, language)
        if len(stretches) == 1 and stretches[0].low == stretches[0].high and stretches[0].low is not None:
            return stretches[0].low
    return None


def _length(stretch: Stretch) -> TimeSpan:
    """The longer end of a range, or the one there is."""
    return stretch.high or stretch.low or TimeSpan()


def _read_without_count(text: str, options: DurationOptions, reading: Reading) -> Outcome:
    """ "ASAP", "next month", "by March"; or a number whose unit is missing; or a stretch in another language."""
    language = reading.language
    today = reading.now.date()
    horizon = read_horizon(text, today, language, reading.region) if len(text) <= _READABLE_HORIZON else None
    if horizon is not None:
        return _judge(horizon, options, language) or Accepted(horizon.iso)
    for other in ("en", "de", "es", "fr"):
        stretches = find_stretches(text, other) if other != language and len(text) < 200 else []
        if len(stretches) == 1 and is_meant(text, stretches[0]):
            return _judge(_length(stretches[0]), options, language) or _accept(stretches[0], options, language)
    plain = mended(text, language)
    stretches = find_stretches(plain, language) if plain != text else []
    if len(stretches) == 1 and is_meant(plain, stretches[0]):
        return _judge(_length(stretches[0]), options, language) or _accept(stretches[0], options, language)
    numerals = find_numerals(text, language)
    if (
        len(numerals) == 1
        and isinstance(numerals[0].value, int)
        and 0 < numerals[0].value < 1000
        and not numerals[0].article
    ):
        return _ask_for_unit(numerals[0].value, options, language)
    return _not_understood(language)


def _ask_for_unit(count: int, options: DurationOptions, language: str) -> Rejected:
    spans = [unit.times(count) for unit in (DAY, WEEK, MONTH)]
    suggestions = tuple(
        Suggestion(span.iso, show_span(span, language)) for span in spans if _judge(span, options, language) is None
    )
    return Rejected(phrase(_PHRASES, "unit_missing", language, count=count), "unit_missing", suggestions)


def _not_understood(language: str) -> Rejected:
    return Rejected(phrase(_PHRASES, "not_a_duration", language), "not_a_duration")


def _judge(span: TimeSpan, options: DurationOptions, language: str) -> Rejected | None:
    """What the field's rules say against a length of time."""
    least, most = (read_iso(limit) if limit else None for limit in (options.min, options.max))
    if span.size > TimeSpan(years=_LONGEST_YEARS).size:
        most = most or TimeSpan(years=_LONGEST_YEARS)
    if least is not None and span.size < least.size:
        return Rejected(phrase(_PHRASES, "too_short", language, limit=show_span(least, language)), "too_short")
    if most is not None and span.size > most.size:
        return Rejected(phrase(_PHRASES, "too_long", language, limit=show_span(most, language)), "too_long")
    return None


def _accept(stretch: Stretch, options: DurationOptions, language: str) -> Accepted:
    span = _length(stretch)
    noted = (
        ("approximate", stretch.approximate),
        ("range", stretch.low is not None and stretch.high is not None and stretch.low != stretch.high),
        ("or_more", stretch.high is None),
        ("or_less", stretch.low is None),
    )
    readings = [span] if stretch.other is None else [span, stretch.other]
    suggestions: tuple[Suggestion, ...] = ()
    doubt: str | None = None
    if stretch.unsure or stretch.other is not None:
        fitting = [each for each in readings if _judge(each, options, language) is None]
        suggestions = tuple(Suggestion(each.iso, show_span(each, language)) for each in fitting)
        doubt = doubt_between(suggestions, language)
    return Accepted(span.iso, tuple(remark for remark, holds in noted if holds), doubt, suggestions)
