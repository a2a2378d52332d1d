"""Times of day in what people write: "3pm", "15:30", "half past three", "halb vier", "a las tres y media".

1. What is written in 24 hours, or with am, pm, "in the evening", is exactly that.
2. Otherwise business hours are meant: 8 to 11 are in the morning, 12 is noon, 1 to 7 are in the afternoon. Where
   a clock ("3:30") could show the night as well, the other reading is given too.
3. "Halb vier" is half past three.
"""

import re
from datetime import time
from typing import NamedTuple

from dialogs.language.numerals import find_numerals
from dialogs.language.vocabulary import word_set


class FoundTime(NamedTuple):
    """A time of day in a text."""

    at: time
    other: time | None = None
    """What it may be as well: twelve hours earlier or later."""
    start: int = 0
    end: int = 0
    approximate: bool = False


_NOT_NUMBERS = word_set(
    "half quarter a an m h p am pm medio media cuarto demi demie quart halb halbe viertel dreiviertel s second seconds"
)
_MORNING_WORDS = r"in the morning|morgens|fruh|vormittags?|morning|de la manana|por la manana|du matin|matin|am morgen"
_EVENING_WORDS = (
    r"in the (?:afternoon|evening)|at night|afternoon|evening|tonight|nachmittags?|abends?|am abend|nachts|"
    r"de la tarde|de la noche|por la tarde|por la noche|de l'apres-midi|du soir|apres-midi|soir"
)
_MORNING, _EVENING = rf"{_MORNING_WORDS}|a\.?m\.?", rf"{_EVENING_WORDS}|p\.?m\.?"
_DAYPART = rf"(?: ?,? ?(?P<morning>{_MORNING})(?!\w)| ?,? ?(?P<evening>{_EVENING})(?!\w))?"
_OCLOCK = r"(?: ?(?:o'?clock|uhr|horas?|heures?|en punto|pile|sharp|h)(?!\w))"

_ISO_OR_COLON = re.compile(
    rf"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
    rf"(?:\.\d+)?(?![\d:]){_OCLOCK}?{_DAYPART}"
)
_WITH_H = re.compile(
    rf"(?<!in )(?<!en )(?<!dans )(?<![\w:.,])(?P<hour>[01]?\d|2[0-4]) ?(?:h(?![a-z])|uhr|heures?|horas?) ?(?:et |y )?"
    rf"(?P<minute>[0-5]\d)?(?!\d)(?: min\w*)?{_DAYPART}"
)
_WITH_POINT = re.compile(
    rf"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4])[.](?P<minute>[0-5]\d)(?![\d.])(?:{_OCLOCK}|(?= ?[ap]\.?m\b)){_DAYPART}"
)
_POINT_ALONE = re.compile(
    r"(?:^|(?<=, )|(?<=at )|(?<=um )|(?<=las )|(?<=\d\d\d\d ))(?P<hour>[01]?\d|2[0-4])[. ](?P<minute>[0-5]\d)$"
)
_CLOSED_UP = re.compile(rf"(?:(?<=^)|(?<= ))(?P<hour>1[0-2]|[1-9])(?P<minute>[0-5]\d)(?= ?[ap]\.?m\b){_DAYPART}")
_FOUR_DIGITS = re.compile(
    rf"(?:(?<=^)|(?<=at )|(?<=um ))(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)"
    rf"(?: ?(?:hours|hrs|h|uhr)\b|(?=$)){_DAYPART}"
)
_HALF_PAST = re.compile(rf"\b(?:half past|half|halfpast) (?P<hour>\d\d?)\b{_OCLOCK}?{_DAYPART}")
_HALB = re.compile(rf"\b(?P<what>halb|viertel|dreiviertel|drei viertel) (?P<hour>\d\d?)\b{_OCLOCK}?{_DAYPART}")
_MINUTES_PAST = re.compile(
    rf"\b(?P<minute>\d\d?|quarter|a quarter|viertel)(?: min\w*)? "
    rf"(?P<way>past|after|nach|to|before|till|til|of|vor) (?P<half>halb )?(?P<hour>\d\d?)\b{_OCLOCK}?{_DAYPART}"
)
_HOUR_AND = re.compile(
    rf"\b(?P<hour>\d\d?)(?: heures?| h| horas?)? (?P<way>y|et|menos|moins)(?: le| un)? "
    rf"(?P<minute>\d\d?|media|cuarto|demie?|quart)\b(?: min\w*)?{_DAYPART}"
)
_NOON = re.compile(r"\b(?:noon|midday|mid-day|lunchtime|mittags?|mediodia|midi)\b(?P<half> et demie?\b| y media\b)?")
_MIDNIGHT = re.compile(r"\b(?:midnight|mitternacht|medianoche|minuit)\b(?P<half> et demie?\b| y media\b)?")
_WITH_DAYPART = re.compile(
    rf"(?<![\d:.,/-])(?P<hour>\d\d?)(?![\d:./]){_OCLOCK}? ?,? ?"
    rf"(?:(?P<morning>{_MORNING})|(?P<evening>{_EVENING}))(?!\w)"
)
_DAY_FOLLOWS = (
    r"(?:on|am|el|le|tomorrow|today|next|this|morgen|heute|manana|hoy|demain|please|bitte|por favor|works|would|is)\b"
)
_HOUR_ALONE = re.compile(
    rf"(?:\b(?:at|um|gegen|a las|a la|las|la|sobre las|vers|a|by|around|about|ab|nach|after|"
    rf"before|from) )(?P<hour>\d\d?)\b"
    rf"(?![.,:/-]?\d)(?! ?(?:%|(?!{_DAY_FOLLOWS})[a-z]))|"
    rf"(?<!in )(?<!en )(?<!dans )(?<![\d:.,/-])(?P<clock>\d\d?){_OCLOCK}(?! ?\d)|^(?P<alone>\d\d?)$"
)
_PARTS = {
    **dict.fromkeys(("quarter", "a quarter", "viertel", "cuarto", "quart"), 15),
    **dict.fromkeys(("media", "demi", "demie"), 30),
}
_ABOUT = re.compile(
    r"(?:about|around|roughly|ish|gegen|etwa|ungefahr|sobre|hacia|vers|environ|ca)\b\.? *(?:um |las )?$"
)
_DAYPARTS = re.compile(rf"\b(?:(?P<morning>{_MORNING_WORDS})|(?P<evening>{_EVENING_WORDS}))(?!\w)")
"""Parts of the day wherever they are said; "am" alone is a German word too, and counts behind its hour only."""
_SEVERAL = re.compile(
    r"(?<![\d:.,/-])(?P<first>\d\d?(?:[:.][0-5]\d)?) ?(?:-|to|and|or|till|until|bis|und|oder|a|y|o|et|ou) ?"
    r"(?:a las |las )?(?P<second>\d\d?(?:[:.][0-5]\d)?)"
    r"(?P<sign> ?(?:[ap]\.?m\b|uhr\b|h\b|o'?clock\b|horas?\b|heures?\b))"
)


def find_times(text: str, language: str) -> list[FoundTime]:
    """The times of day in ``text`` (from ``plain_digits``), the most explicit kind alone."""
    text = _in_digits(text, language)
    several = _SEVERAL.search(text)
    if several is not None:
        ends = (f"{several[end]}{several['sign']}" for end in ("first", "second"))
        return [found for end in ends for found in find_times(end, language)]
    for pattern in _PATTERNS:
        found = [each for match in pattern.finditer(text) if (each := _time_of(match, text)) is not None]
        if found:
            return list(dict.fromkeys(found))[:8]
    return []


def _in_digits(text: str, language: str) -> str:
    """``text`` with hours and minutes in words as digits: "half past 3"."""
    parts: list[str] = []
    at = 0
    for numeral in find_numerals(text, language, without=_NOT_NUMBERS):
        small = isinstance(numeral.value, int) and 0 <= numeral.value < 60
        if numeral.spoken and small and not numeral.rough and numeral.start >= at:
            parts += (text[at : numeral.start], str(numeral.value))
            at = numeral.end
    return "".join(parts) + text[at:]


def _time_of(match: re.Match[str], text: str) -> FoundTime | None:
    """The time a pattern found, in the half of the day that is meant."""
    groups = match.groupdict()
    start, end = match.span()
    if match.re in (_NOON, _MIDNIGHT):
        return FoundTime(time(12 if match.re is _NOON else 0, 30 if groups["half"] else 0), start=start, end=end)
    hour = int(groups.get("hour") or groups.get("clock") or groups.get("alone") or 0)
    minute = _minutes(groups.get("minute"))
    if match.re is _HALF_PAST:
        minute = 30
    elif match.re is _HALB:
        hour, minute = hour - 1, {"halb": 30, "viertel": 15}.get(groups["what"] or "", 45)
    elif groups.get("half"):
        hour, minute = hour - 1, 30 + (minute if groups["way"] == "nach" else -minute)
    elif groups.get("way") in ("to", "before", "till", "til", "of", "vor", "menos", "moins"):
        hour, minute = hour - 1, 60 - minute
    if hour == -1:
        hour = 11
    if not 0 <= hour <= 24 or not 0 <= minute < 60 or (hour == 24 and minute):
        return None
    part = match if groups.get("morning") or groups.get("evening") else _DAYPARTS.search(text)
    approximate = _ABOUT.search(text[:start]) is not None
    literal = groups.get("hour") is not None and (
        len(groups["hour"] or "") == 2 and (groups["hour"] or "").startswith("0")
    )
    on_a_clock = match.re in (_ISO_OR_COLON, _WITH_H, _WITH_POINT, _POINT_ALONE)
    return _in_half(hour % 24, minute, part, literal, on_a_clock)._replace(
        start=start, end=end, approximate=approximate
    )


def _minutes(said: str | None) -> int:
    if said is None:
        return 0
    return int(said) if said.isdigit() else _PARTS[said]


def _in_half(hour: int, minute: int, part: re.Match[str] | None, literal: bool, on_a_clock: bool) -> FoundTime:
    """The hour in the half of the day that was said, or in business hours."""
    if hour > 12 or hour == 0 or (literal and part is None):
        return FoundTime(time(hour, minute))
    if part is not None and part["morning"]:
        return FoundTime(time(hour % 12, minute))
    if part is not None and part["evening"]:
        at_night = part["evening"] in ("at night", "nachts") and hour in (12, *range(1, 5))
        return FoundTime(time(hour % 12 + (0 if at_night else 12), minute))
    if hour == 12 or hour >= 8:
        return FoundTime(time(hour, minute))
    early, late = time(hour, minute), time(hour + 12, minute)
    return FoundTime(late, other=early if on_a_clock else None)


_PATTERNS = (
    _ISO_OR_COLON,
    _HALF_PAST,
    _MINUTES_PAST,
    _HALB,
    _HOUR_AND,
    _WITH_POINT,
    _CLOSED_UP,
    _WITH_H,
    _WITH_DAYPART,
    _NOON,
    _MIDNIGHT,
    _FOUR_DIGITS,
    _POINT_ALONE,
    _HOUR_ALONE,
)
