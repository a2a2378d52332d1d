"""Which day and what time: "tomorrow at 3pm", "24.12. um 15:30", "in two hours"."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import field_validator

from dialogs.language.digits import plain_digits
from dialogs.language.durations import find_stretches, is_meant, written_out
from dialogs.language.shown_dates import show_date, show_time
from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading, Rejected, Suggestion, phrase
from dialogs.questions.date import look_for_dates, read_iso_date, refuse_impossible
from dialogs.questions.doubting import doubt_between
from dialogs.questions.time import look_for_times
from dialogs.values import Value


class DateTimeOptions(Options):
    """What a script may say about a moment."""

    time_zone: str | None = None
    """IANA name, "Europe/Berlin": where the clock hangs. Without one the visitor's own."""
    earliest: str | None = None
    """First moment that is taken: ISO 8601, a date, or "now"."""
    latest: str | None = None
    """Last moment that is taken, likewise; a date is taken to its end."""

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str | None) -> str | None:
        if name is not None and _zone(name) is None:
            raise ValueError(f'"{name}" is no time zone; "Europe/Berlin" and "America/New_York" are')
        return name

    @field_validator("earliest", "latest")
    @classmethod
    def _understood(cls, limit: str | None) -> str | None:
        if limit is not None and limit != "now" and _read_iso(limit) is None and read_iso_date(limit) is None:
            raise ValueError(f'"{limit}" is no moment; "2027-01-31", "2027-01-31T15:00+01:00" and "now" are')
        return limit


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "not_a_moment": {
        "en": "I could not find a day and time there. Something like “tomorrow at 15:30” would be perfect.",
        "de": "Da habe ich keinen Tag mit Uhrzeit gefunden. Perfekt wäre etwa „morgen um 15:30“.",
        "es": "No he encontrado día y hora. Algo como «mañana a las 15:30» sería perfecto.",
        "fr": "Je n'ai pas trouvé de jour ni d'heure. Quelque chose comme « demain à 15:30 » serait parfait.",
        "pt": "Não encontrei aí dia e hora. Algo como “tomorrow at 15:30” seria perfeito.",
        "it": "Non ho trovato giorno e ora. Qualcosa come “tomorrow at 15:30” sarebbe perfetto.",
        "nl": "Ik heb daarin geen dag en tijd gevonden. Iets als “tomorrow at 15:30” is perfect.",
        "ar": "لم أجد يومًا ووقتًا في ذلك. شيء مثل “tomorrow at 15:30” سيكون مثاليًا.",
    },
    "time_missing": {
        "en": "{day}: at what time? For example “{day}, 15:30”.",
        "de": "{day}: um welche Uhrzeit? Zum Beispiel „{day}, 15:30“.",
        "es": "{day}: ¿a qué hora? Por ejemplo «{day}, 15:30».",
        "fr": "{day} : à quelle heure ? Par exemple « {day}, 15:30 ».",
        "pt": "{day}: a que horas? Por exemplo “{day}, 15:30”.",
        "it": "{day}: a che ora? Per esempio “{day}, 15:30”.",
        "nl": "{day}: hoe laat? Bijvoorbeeld “{day}, 15:30”.",
        "ar": "{day}: في أي ساعة؟ مثلًا “{day}, 15:30”.",
    },
    "several_moments": {
        "en": "I see more than one moment there. Just the one, please, such as “tomorrow at 15:30”.",
        "de": "Da sehe ich mehrere Zeitpunkte. Bitte nur einen, zum Beispiel „morgen um 15:30“.",
        "es": "Veo más de un momento. Mejor solo uno, por ejemplo «mañana a las 15:30».",
        "fr": "Je vois plusieurs moments. Un seul, s'il vous plaît, par exemple « demain à 15:30 ».",
        "pt": "Vejo mais do que um momento. Só um, por favor, por exemplo “tomorrow at 15:30”.",
        "it": "Vedo più di un momento. Solo uno, per favore, per esempio “tomorrow at 15:30”.",
        "nl": "Ik zie meer dan één moment. Eentje maar, bijvoorbeeld “tomorrow at 15:30”.",
        "ar": "أرى أكثر من موعد. موعد واحد فقط من فضلك، مثل “tomorrow at 15:30”.",
    },
    "too_early": {
        "en": "That is too early: it is possible from {limit}.",
        "de": "Das ist zu früh: Möglich ist es ab {limit}.",
        "es": "Es demasiado pronto: es posible a partir de {limit}.",
        "fr": "C'est trop tôt : c'est possible à partir de {limit}.",
        "pt": "É cedo demais: é possível a partir de {limit}.",
        "it": "È troppo presto: è possibile da {limit}.",
        "nl": "Dat is te vroeg: het kan vanaf {limit}.",
        "ar": "هذا مبكر جدًا: ممكن ابتداءً من {limit}.",
    },
    "too_late": {
        "en": "That is too late: it is possible until {limit}.",
        "de": "Das ist zu spät: Möglich ist es bis {limit}.",
        "es": "Es demasiado tarde: es posible hasta {limit}.",
        "fr": "C'est trop tard : c'est possible jusqu'à {limit}.",
        "pt": "É tarde demais: é possível até {limit}.",
        "it": "È troppo tardi: è possibile fino a {limit}.",
        "nl": "Dat is te laat: het kan tot {limit}.",
        "ar": "هذا متأخر جدًا: ممكن حتى {limit}.",
    },
}
_LONGEST_AWAY_SECONDS = 10 * 366 * 86_400


class DateTimeQuestion:
    """Reads a moment as ISO 8601 with its offset. A time without a day is the next such moment."""

    name: ClassVar[str] = "datetime"
    comparable: ClassVar[str] = "date"
    options: ClassVar[type[Options]] = DateTimeOptions

    def read(self, text: str, options: DateTimeOptions, reading: Reading) -> Outcome:
        """An ISO 8601 date and time with offset. Remark: ``approximate``."""
        language = reading.language
        zone = (_zone(options.time_zone) if options.time_zone else None) or reading.now.tzinfo
        now = reading.now.astimezone(zone)
        written = _read_iso(text.strip())
        if written is not None:
            moment = written.astimezone(zone) if written.tzinfo else written.replace(tzinfo=zone)
            return _judge(moment, options, now, language) or Accepted(_iso(moment))
        days = look_for_dates(text, False, Reading(now=now, language=language, region=reading.region))
        times = look_for_times(text, language)
        if not times:
            return _without_time(text, [found.day for found in days if found.day], now, options, language)
        if len(days) > 1 or len({(each.at, each.other) for each in times}) > 1:
            return Rejected(phrase(_PHRASES, "several_moments", language), "several_moments")
        if days and days[0].day is None:
            return refuse_impossible(days[0], now.date(), language)
        moments = [
            _moment(day, at, now)
            for day in ((days[0].day, days[0].other) if days else (None,))
            for at in (times[0].at, times[0].other)
            if at is not None and (day is not None or not days)
        ]
        return _settle(moments, options, now, language, approximate=times[0].approximate)

    def check(self, value: Value, options: DateTimeOptions, language: str) -> Outcome:
        """An ISO 8601 date and time with offset. The limit "now" is only known when an answer is read."""
        moment = _read_iso(value) if isinstance(value, str) else None
        if moment is None or moment.tzinfo is None:
            return Rejected(phrase(_PHRASES, "not_a_moment", language), "not_a_moment")
        return _judge(moment, options, None, language) or Accepted(_iso(moment))

    def input(self, options: DateTimeOptions, language: str) -> Input:
        """A picker of day and time."""
        first, last = (None if limit == "now" else limit for limit in (options.earliest, options.latest))
        return Input(kind="datetime", minimum=first, maximum=last, extra={"time_zone": options.time_zone})

    def show(self, value: Value, options: DateTimeOptions, language: str) -> str:
        """ "24 December 2026, 15:30", by the field's clock or else the one it was said by."""
        moment = _read_iso(value) if isinstance(value, str) else None
        if moment is None:
            return "" if value is None else str(value)
        zone = _zone(options.time_zone) if options.time_zone and moment.tzinfo else None
        return _shown(moment.astimezone(zone) if zone else moment, language)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _read_iso(text: str) -> datetime | None:
    if len(text) < 16 or len(text) > 40 or not text[:4].isdigit():
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if 1800 <= moment.year <= 2200 else None


def _iso(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat()


def _moment(day: date | None, at: time, now: datetime) -> datetime:
    """``at`` on ``day``, or else the next time it is that late."""
    if day is not None:
        return datetime.combine(day, at, tzinfo=now.tzinfo)
    today = datetime.combine(now.date(), at, tzinfo=now.tzinfo)
    return today if today > now else datetime.combine(now.date() + timedelta(days=1), at, tzinfo=now.tzinfo)


def _without_time(text: str, days: list[date], now: datetime, options: DateTimeOptions, language: str) -> Outcome:
    """ "In two hours" is a moment; "tomorrow" lacks its time."""
    plain = written_out(plain_digits(text), language)
    stretches = [each for each in find_stretches(plain, language) if is_meant(plain, each)]
    span = (stretches[0].high or stretches[0].low) if len(stretches) == 1 else None
    if (
        span is not None
        and span.size >= 60
        and span.size % 86_400
        and span.size < _LONGEST_AWAY_SECONDS
        and not any(span[:4])
    ):
        moment = now.replace(second=0, microsecond=0) + timedelta(seconds=float(span.size))
        return _judge(moment, options, now, language) or Accepted(_iso(moment))
    if len(days) == 1:
        reason = phrase(_PHRASES, "time_missing", language, day=show_date(days[0], language))
        return Rejected(reason, "time_missing")
    return Rejected(phrase(_PHRASES, "not_a_moment", language), "not_a_moment")


def _settle(
    moments: list[datetime], options: DateTimeOptions, now: datetime, language: str, *, approximate: bool
) -> Outcome:
    """Of several readings the one that is possible; where more are, the likeliest with a question."""
    remarks = ("approximate",) if approximate else ()
    possible = [moment for moment in moments if _judge(moment, options, now, language) is None]
    if not possible:
        return _judge(moments[0], options, now, language) or Accepted(_iso(moments[0]), remarks)
    if len(possible) == 1:
        return Accepted(_iso(possible[0]), remarks)
    suggestions = tuple(Suggestion(_iso(moment), _shown(moment, language)) for moment in possible)
    return Accepted(_iso(possible[0]), remarks, doubt_between(suggestions, language), suggestions)


def _judge(moment: datetime, options: DateTimeOptions, now: datetime | None, language: str) -> Rejected | None:
    """What the field's rules say against a moment."""
    zone = moment.tzinfo
    first = _limit(options.earliest, now, zone, time(0, 0))
    last = _limit(options.latest, now, zone, time(23, 59, 59))
    if first is not None and moment < first:
        return Rejected(phrase(_PHRASES, "too_early", language, limit=_shown(first, language)), "too_early")
    if last is not None and moment > last:
        return Rejected(phrase(_PHRASES, "too_late", language, limit=_shown(last, language)), "too_late")
    return None


def _limit(limit: str | None, now: datetime | None, zone: tzinfo | None, at: time) -> datetime | None:
    if limit is None or limit == "now":
        return now if limit == "now" else None
    day = read_iso_date(limit)
    if day is not None:
        return datetime.combine(day, at, tzinfo=zone)
    moment = _read_iso(limit)
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=zone)


def _shown(moment: datetime, language: str) -> str:
    return f"{show_date(moment.date(), language)}, {show_time(moment.timetz().replace(tzinfo=None))}"
