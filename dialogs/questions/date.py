"""Which day: "24 Dec", "tomorrow", "next Tuesday", "12.03.2027", "in zwei Wochen"."""

import re
from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Literal

from pydantic import field_validator

from dialogs.language.dates import find_dates
from dialogs.language.digits import plain_digits
from dialogs.language.durations import written_out
from dialogs.language.found_dates import Calendar, FoundDate
from dialogs.language.shown_dates import show_date, show_month
from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading, Rejected, Suggestion, phrase
from dialogs.questions.doubting import doubt_between
from dialogs.values import Value


class DateOptions(Options):
    """What a script may say about a date."""

    earliest: str | None = None
    """First day that is taken: ISO 8601, or words such as "today" or "in two weeks", counted when it is read."""
    latest: str | None = None
    """Last day that is taken, likewise."""
    prefer: Literal["future", "past"] = "future"
    """Which year is meant where none is said: the next such day, or the last one."""

    @field_validator("earliest", "latest")
    @classmethod
    def _understood(cls, limit: str | None) -> str | None:
        if limit is not None and _limit(limit, date(2000, 1, 1)) is None:
            raise ValueError(f'"{limit}" is no day; "2027-01-31", "today" and "in two weeks" are')
        return limit


PHRASES: Mapping[str, Mapping[str, str]] = {
    "not_a_date": {
        "en": "I could not find a day there. Something like “{example}” or “next Tuesday” would be perfect.",
        "de": "Da habe ich keinen Tag gefunden. Perfekt wäre etwa „{example}“ oder „nächsten Dienstag“.",
        "es": "No he encontrado ninguna fecha. Algo como «{example}» o «el próximo martes» sería perfecto.",
        "fr": "Je n'ai pas trouvé de date. Quelque chose comme « {example} » ou « mardi prochain » serait parfait.",
        "pt": "Não encontrei aí um dia. Algo como “{example}” seria perfeito.",
        "it": "Non ho trovato un giorno. Qualcosa come “{example}” sarebbe perfetto.",
        "nl": "Ik heb daarin geen dag gevonden. Iets als “{example}” is perfect.",
        "ar": "لم أجد يومًا في ذلك. شيء مثل “{example}” سيكون مثاليًا.",
    },
    "no_such_day": {
        "en": "{month} has no such day. Which day did you mean? For example “{example}”.",
        "de": "Diesen Tag gibt es im {month} nicht. Welcher ist gemeint? Zum Beispiel „{example}“.",
        "es": "Ese día no existe en {month}. ¿Cuál es? Por ejemplo «{example}».",
        "fr": "Ce jour n'existe pas en {month}. Lequel est-ce ? Par exemple « {example} ».",
        "pt": "{month} não tem esse dia. Que dia quis dizer? Por exemplo “{example}”.",
        "it": "{month} non ha questo giorno. Quale giorno intendeva? Per esempio “{example}”.",
        "nl": "{month} heeft die dag niet. Welke dag bedoelde u? Bijvoorbeeld “{example}”.",
        "ar": "لا يوجد يوم كهذا في {month}. أي يوم تقصد؟ مثلًا “{example}”.",
    },
    "no_such_month": {
        "en": "There is no such month. Something like “{example}” would be perfect.",
        "de": "Diesen Monat gibt es nicht. Perfekt wäre etwa „{example}“.",
        "es": "Ese mes no existe. Algo como «{example}» sería perfecto.",
        "fr": "Ce mois n'existe pas. Quelque chose comme « {example} » serait parfait.",
        "pt": "Esse mês não existe. Algo como “{example}” seria perfeito.",
        "it": "Questo mese non esiste. Qualcosa come “{example}” sarebbe perfetto.",
        "nl": "Die maand bestaat niet. Iets als “{example}” is perfect.",
        "ar": "لا يوجد شهر كهذا. شيء مثل “{example}” سيكون مثاليًا.",
    },
    "several_dates": {
        "en": "I see more than one day there. Just the one, please, such as “{example}”.",
        "de": "Da sehe ich mehrere Tage. Bitte nur einen, zum Beispiel „{example}“.",
        "es": "Veo más de una fecha. Mejor solo una, por ejemplo «{example}».",
        "fr": "Je vois plusieurs dates. Une seule, s'il vous plaît, par exemple « {example} ».",
        "pt": "Vejo mais do que um dia. Só um, por favor, por exemplo “{example}”.",
        "it": "Vedo più di un giorno. Solo uno, per favore, per esempio “{example}”.",
        "nl": "Ik zie meer dan één dag. Eentje maar, bijvoorbeeld “{example}”.",
        "ar": "أرى أكثر من يوم. يوم واحد فقط من فضلك، مثل “{example}”.",
    },
    "too_early": {
        "en": "That is a little early: {limit} is the first day possible.",
        "de": "Das ist etwas früh: Möglich ist es ab {limit}.",
        "es": "Es un poco pronto: el primer día posible es el {limit}.",
        "fr": "C'est un peu tôt : le premier jour possible est le {limit}.",
        "pt": "É um pouco cedo: {limit} é o primeiro dia possível.",
        "it": "È un po' presto: {limit} è il primo giorno possibile.",
        "nl": "Dat is wat vroeg: {limit} is de eerste mogelijke dag.",
        "ar": "هذا مبكر قليلًا: أول يوم ممكن هو {limit}.",
    },
    "too_late": {
        "en": "That is a little late: {limit} is the last day possible.",
        "de": "Das ist etwas spät: Möglich ist es bis {limit}.",
        "es": "Es un poco tarde: el último día posible es el {limit}.",
        "fr": "C'est un peu tard : le dernier jour possible est le {limit}.",
        "pt": "É um pouco tarde: {limit} é o último dia possível.",
        "it": "È un po' tardi: {limit} è l'ultimo giorno possibile.",
        "nl": "Dat is wat laat: {limit} is de laatste mogelijke dag.",
        "ar": "هذا متأخر قليلًا: آخر يوم ممكن هو {limit}.",
    },
    "did_you_mean": {
        "en": "Just to be sure: did you mean {readings}?",
        "de": "Nur zur Sicherheit: Ist der {readings} gemeint?",
        "es": "Solo para estar seguros: ¿es el {readings}?",
        "fr": "Juste pour être sûr : est-ce le {readings} ?",
        "pt": "Só para ter a certeza: quis dizer {readings}?",
        "it": "Solo per sicurezza: intendeva {readings}?",
        "nl": "Voor de zekerheid: bedoelde u {readings}?",
        "ar": "للتأكد فقط: هل تقصد {readings}؟",
    },
    "or": {
        "en": " or ",
        "de": " oder der ",
        "es": " o el ",
        "fr": " ou le ",
        "pt": " ou ",
        "it": " o ",
        "nl": " of ",
        "ar": " أو ",
    },
}
"""What a question about a day says; shared with the one about a day and a time."""

READABLE_DATE = 240
"""Characters in which a day or a time is looked for."""

_ISO = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)\s*", re.ASCII)


class DateQuestion:
    """Reads a day as an ISO 8601 date; the rules are those of ``dialogs.language.dates``."""

    name: ClassVar[str] = "date"
    comparable: ClassVar[str] = "date"
    options: ClassVar[type[Options]] = DateOptions

    def read(self, text: str, options: DateOptions, reading: Reading) -> Outcome:
        """An ISO 8601 date. Remark: ``approximate``, where a month or a week was named."""
        today, language = reading.now.date(), reading.language
        written = _ISO.fullmatch(text)
        day = read_iso_date(text.strip()) if written else None
        if day is not None:
            return _judge(day, options, today, language) or Accepted(day.isoformat())
        found = look_for_dates(text, options.prefer == "past", reading)
        if len(found) != 1:
            return _rejected("several_dates" if found else "not_a_date", today, language)
        if found[0].day is None:
            return refuse_impossible(found[0], today, language)
        return _judge(found[0].day, options, today, language) or _accept(
            found[0], found[0].day, options, today, language
        )

    def check(self, value: Value, options: DateOptions, language: str) -> Outcome:
        """An ISO 8601 date. Limits in words ("today") are only known when an answer is read."""
        day = read_iso_date(value) if isinstance(value, str) else None
        if day is None:
            return _rejected("not_a_date", date(2027, 3, 12), language)
        return _judge(day, options, None, language) or Accepted(day.isoformat())

    def input(self, options: DateOptions, language: str) -> Input:
        """A date picker with those limits that are dates."""
        first, last = (
            limit if limit and read_iso_date(limit) else None for limit in (options.earliest, options.latest)
        )
        return Input(kind="date", minimum=first, maximum=last)

    def show(self, value: Value, options: DateOptions, language: str) -> str:
        """ "24 December 2026"."""
        day = read_iso_date(value) if isinstance(value, str) else None
        return ("" if value is None else str(value)) if day is None else show_date(day, language)


def look_for_dates(text: str, past: bool, reading: Reading) -> list[FoundDate]:
    """The days in a text, in the visitor's language or else in another."""
    plain = written_out(plain_digits(text, READABLE_DATE), reading.language)
    for language in dict.fromkeys((reading.language, "en", "de", "es", "fr")):
        seen_from = Calendar(reading.now.date(), language, reading.region, past)
        found = find_dates(plain, seen_from)
        if found:
            return found
    return []


def read_iso_date(text: str) -> date | None:
    """The date ``text`` is in ISO 8601, or None."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def refuse_impossible(found: FoundDate, today: date, language: str) -> Rejected:
    """Why a date cannot be: no such day in that month, or no such month."""
    year, month = found.impossible or (today.year, 0)
    if not 1 <= month <= 12:
        return _rejected("no_such_month", today, language)
    return _rejected("no_such_day", today, language, month=show_month(year, month, language))


def _limit(limit: str | None, today: date | None) -> date | None:
    """The day a limit of the script stands for; None where it needs a today and there is none."""
    day = read_iso_date(limit) if limit else None
    if day is not None or limit is None or today is None:
        return day
    for language in ("en", "de", "es", "fr"):
        found = find_dates(written_out(plain_digits(limit), language), Calendar(today, language))
        if len(found) == 1:
            return found[0].day
    return None


def _judge(day: date, options: DateOptions, today: date | None, language: str) -> Rejected | None:
    """What the field's rules say against a day."""
    earliest, latest = _limit(options.earliest, today), _limit(options.latest, today)
    if earliest is not None and day < earliest:
        return _rejected("too_early", today or day, language, limit=show_date(earliest, language))
    if latest is not None and day > latest:
        return _rejected("too_late", today or day, language, limit=show_date(latest, language))
    return None


def _accept(found: FoundDate, day: date, options: DateOptions, today: date, language: str) -> Accepted:
    remarks = ("approximate",) if found.approximate else ()
    if found.other is None or _judge(found.other, options, today, language) is not None:
        return Accepted(day.isoformat(), remarks)
    suggestions = tuple(Suggestion(each.isoformat(), show_date(each, language)) for each in (day, found.other))
    return Accepted(day.isoformat(), remarks, doubt_between(suggestions, language, PHRASES), suggestions)


def _rejected(code: str, today: date, language: str, **facts: str) -> Rejected:
    example = show_date(date(today.year if today.month < 12 else today.year + 1, 12, 3), language)
    return Rejected(phrase(PHRASES, code, language, example=example, **facts), code)
