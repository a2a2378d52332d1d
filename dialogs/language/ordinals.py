"""The words that say which one: first, zweite, tercero, dernier."""

import re
from collections.abc import Mapping, Sequence

from dialogs.language.number_words import Kind, look_up
from dialogs.language.vocabulary import word_set, words

LAST = -1
"""What stands for the last one."""

COUNTING = word_set("number option choice no nr nummer numero opcion choix")
"""Words behind which a number says which one: option two."""

_COUNTED = re.compile(rf"#|\b(?:{'|'.join(sorted(COUNTING))})\b")
_FILLER = re.compile(
    r"\b(?:the|that|this|take|pick|i|id|d|ll|choose|want|would|like|my|option|choice|number|no|nr|one|please|pls|answer|"
    r"der|die|das|den|dem|bitte|ich|nehme|nummer|antwort|wahl|moglichkeit|"
    r"el|la|los|las|lo|de|opcion|numero|por|favor|quiero|respuesta|"
    r"le|l|les|un|une|choix|numero|s'il|vous|te|plait|prends|je|reponse|celui|celle)\b[.':]?|[#.,!:;'\"()]"
)
_DIGITS = re.compile(r"(\d{1,4}) ?(?:st|nd|rd|th|e|eme|er|ere|o|a|os|as|ter|te|ten|ste|sten|nde|nd)?")

_ENGLISH = words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ENGLISH_TENS = {"thirtieth": 30, "fortieth": 40, "fiftieth": 50}
_GERMAN_STEMS = words(
    "erst zweit dritt viert funft sechst siebt acht neunt zehnt elft zwolft dreizehnt vierzehnt funfzehnt "
    "sechzehnt siebzehnt achtzehnt neunzehnt zwanzigst"
)
_SPANISH_STEMS = words(
    "primer segund tercer cuart quint sext septim octav noven decim undecim duodecim decimotercer "
    "decimocuart decimoquint"
)
_FRENCH = words(
    "premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme "
    "douzieme treizieme quatorzieme quinzieme seizieme dix-septieme dix-huitieme dix-neuvieme vingtieme"
)


def _numbered(stems: Sequence[str], endings: str = "") -> dict[str, int]:
    return {stem + end: place for place, stem in enumerate(stems, start=1) for end in endings.split("|")}


_WORDS: Mapping[str, Mapping[str, int]] = {
    "en": {**_numbered(_ENGLISH), **_ENGLISH_TENS, "last": LAST, "final": LAST, "bottom": LAST, "top": 1},
    "de": {
        **_numbered(_GERMAN_STEMS, "e|er|es|en|em|ens"),
        **dict.fromkeys(words("letzte letzter letztes letzten letztem unterste"), LAST),
        **dict.fromkeys(words("oberste oberster oberstes obersten"), 1),
        **dict.fromkeys(words("siebente siebenter siebentes siebenten"), 7),
    },
    "es": {
        **_numbered(_SPANISH_STEMS, "o|a|os|as"),
        "primer": 1,
        "tercer": 3,
        **dict.fromkeys(words("ultimo ultima ultimos ultimas"), LAST),
    },
    "fr": {
        **_numbered(_FRENCH),
        **dict.fromkeys(words("premiere premiers premieres"), 1),
        **dict.fromkeys(words("second seconde seconds secondes"), 2),
        **dict.fromkeys(words("dernier derniere derniers dernieres"), LAST),
    },
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}

PLACING = frozenset(part for known in (*_WORDS.values(), _TENS) for word in known for part in word.split("-"))
"""Every word of which one stands wherever places are named without a number."""


def find_ordinal(plain: str, language: str) -> int | None:
    """The place named by the whole of ``plain`` (from ``plain_digits``), counted from 1, LAST for the last one."""
    if len(plain) > 80:
        return None
    counted = _COUNTED.search(plain) is not None
    core = " ".join(_FILLER.sub(" ", plain).split())
    digits = _DIGITS.fullmatch(core)
    if digits is not None:
        return int(digits[1]) if counted or not core.isdigit() or _is_german_place(plain, core, language) else None
    for known in (language, *(other for other in _WORDS if other != language)):
        place = _WORDS.get(known, {}).get(core)
        if place is not None:
            return place
    tens, _, unit = core.replace("-", " ").partition(" ")
    if tens in _TENS and unit in _ENGLISH[:9]:
        return _TENS[tens] + _ENGLISH.index(unit) + 1
    return _counted_word(core, language) if counted else None


def _is_german_place(plain: str, core: str, language: str) -> bool:
    """Germans write "2." for the second."""
    return language == "de" and f"{core}." in plain


def _counted_word(core: str, language: str) -> int | None:
    """The place in "number two"."""
    deeds = look_up(core, language if language in _WORDS else "en") or ()
    if len(deeds) == 1 and deeds[0].kind is Kind.SMALL and isinstance(deeds[0].value, int) and deeds[0].value > 0:
        return deeds[0].value
    return None
