"""The words for numbers in English, German, Spanish and French, folded, each with what it does to a number.

A word of another language is known where no word of the own language stands against it: people mix.
"""

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from dialogs.language.written_numbers import Exact


class Kind(Enum):
    """What a word does."""

    SMALL = "adds its value where there is room for it: seven, twenty, quinientos"
    ARTICLE = "one, where a number word follows; else nothing: a, eine, un"
    HUNDRED = "multiplies what stands before by a hundred"
    SCALE = "multiplies what stands before, and closes it: thousand, Million"
    LETTER = "a scale only when written against digits: 5b, 1.2G"
    COLLECTIVE = "multiplies what stands before and ends the number: dozen"
    VAGUE = "a number only behind another one: hundreds, Tausende"
    PART = "a fraction, by itself or behind a count: half, thirds"
    AND = "joins"
    POINT = "begins decimals spoken aloud"
    MINUS = "makes negative"
    OF = "may stand between a part and what it is a part of"


class Word(NamedTuple):
    """One number word."""

    kind: Kind
    value: Exact = 0
    rough: bool = False
    """Whether people say it without having counted: a few."""


Lexicon = Mapping[str, tuple[Word, ...]]
"""Folded word to what it does; a compound such as ``zweihundert`` does several things in a row."""

_Entries = dict[str, tuple[Word, ...]]

_MILLION, _BILLION = 10**6, 10**9


def _words(kind: Kind, values: str, rough: bool = False) -> _Entries:
    """Entries from a line such as ``"two=2 dozen|dozens=12"``."""
    entries: _Entries = {}
    for pair in values.split():
        spellings, _, number = pair.rpartition("=")
        word = Word(kind, Fraction(number) if "/" in number else int(float(number)), rough)
        entries.update(dict.fromkeys(spellings.split("|"), (word,)))
    return entries


def _marks(kind: Kind, words: str, value: Exact = 0) -> _Entries:
    return dict.fromkeys(words.split(), (Word(kind, value),))


def _fused(tens: str, units: str, joint: str = "") -> _Entries:
    """Tens and units in one word: ``twentyone``, ``treintaycinco``."""
    return {
        ten + joint + unit: (Word(Kind.SMALL, int(tens_value) + int(unit_value)),)
        for ten, _, tens_value in (pair.partition("=") for pair in tens.split())
        for unit, _, unit_value in (pair.partition("=") for pair in units.split())
    }


_SYMBOLS: _Entries = {
    **_words(
        Kind.SCALE,
        "k|tsd|тыс=1e3 m|mil|mm|mn|mio|mln|mill|млн=1e6 bn|bln|mrd|mld|mlrd|млрд=1e9 tn|trn=1e12 cr|karod|karor=1e7",
    ),
    **_words(Kind.SCALE, "tys|ribu|rb|ths|thsd=1e3 juta|jt|milyon|milion|miljoen|miljoner|milhoes|milioni=1e6"),
    **_words(Kind.SCALE, "duizend|mila|tusen|tusind|hazar|hazaar|tysiecy|tysiace|tisic|ezer|тысяч|тысячи|тысяча=1e3"),
    **_words(Kind.SCALE, "миллион|миллиона|миллионов=1e6 миллиард|миллиарда|миллиардов=1e9"),
    **_words(Kind.SCALE, "miljard|milyar|miliard|miliardi|bilhoes=1e9"),
    **_words(Kind.SCALE, "kk=1e6 万|萬=1e4 億|亿=1e8"),
    **_words(Kind.LETTER, "b|g=1e9 t=1e12"),
}

SHORT_SCALES = frozenset(_SYMBOLS)
"""Magnitudes that are written rather than said; nothing more of the same number follows them."""

_ENGLISH_UNITS = "one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9"
_ENGLISH_TENS = "twenty=20 thirty=30 forty=40 fourty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 ninty=90"
_ENGLISH: _Entries = {
    **_SYMBOLS,
    **_words(Kind.SMALL, f"zero|naught|nought|nil=0 {_ENGLISH_UNITS} single=1"),
    **_words(Kind.SMALL, "ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17"),
    **_words(Kind.SMALL, f"eighteen=18 nineteen=19 {_ENGLISH_TENS}"),
    **_words(Kind.SMALL, "couple=2 few=3", rough=True),
    **_fused(_ENGLISH_TENS, _ENGLISH_UNITS),
    **_words(Kind.HUNDRED, "hundred|hundret=100"),
    **_words(
        Kind.SCALE,
        "thousand|thousend|grand|thou=1e3 million|mils|mills=1e6 billion|bil=1e9 trillion=1e12 quadrillion=1e15",
    ),
    **_words(Kind.SCALE, "lakh|lakhs|lac|lacs=1e5 crore|crores=1e7"),
    **_words(Kind.COLLECTIVE, "dozen=12 pair|pairs=2"),
    **_words(Kind.VAGUE, "hundreds=100 thousands=1e3 millions=1e6 billions=1e9 trillions=1e12 dozens=12"),
    **_words(Kind.PART, "half|halves=1/2 third|thirds=1/3 quarter|quarters|fourth|fourths=1/4 fifth|fifths=1/5"),
    **_words(Kind.PART, "sixth|sixths=1/6 seventh|sevenths=1/7 eighth|eighths=1/8 ninth|ninths=1/9 tenth|tenths=1/10"),
    **_words(Kind.PART, "twelfth|twelfths=1/12 sixteenth|sixteenths=1/16 twentieth|twentieths=1/20"),
    **_words(Kind.PART, "hundredth|hundredths=1/100 thousandth|thousandths=1/1000"),
}
_ENGLISH_GRAMMAR: _Entries = {
    **_marks(Kind.ARTICLE, "a an", 1),
    **_marks(Kind.AND, "and"),
    **_marks(Kind.POINT, "point dot"),
    **_marks(Kind.MINUS, "minus negative"),
    **_marks(Kind.OF, "of"),
}

_GERMAN_UNITS = "ein=1 eins=1 zwei=2 zwo=2 drei=3 vier=4 funf=5 fuenf=5 sechs=6 sieben=7 acht=8 neun=9"
_GERMAN_TENS = (
    "zwanzig=20 dreissig=30 dreizig=30 vierzig=40 funfzig=50 fuenfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90"
)
_GERMAN_PARTS: _Entries = {
    **_words(Kind.SMALL, f"null=0 {_GERMAN_UNITS} zehn=10 elf=11 zwolf|zwoelf=12 dreizehn=13 vierzehn=14"),
    **_words(Kind.SMALL, f"funfzehn|fuenfzehn=15 sechzehn=16 siebzehn=17 achtzehn=18 neunzehn=19 {_GERMAN_TENS}"),
    **{
        f"{unit}und{ten}": (Word(Kind.SMALL, int(ten_value) + int(unit_value)),)
        for unit, _, unit_value in (pair.partition("=") for pair in _GERMAN_UNITS.split())
        for ten, _, ten_value in (pair.partition("=") for pair in _GERMAN_TENS.split())
    },
    **_words(Kind.HUNDRED, "hundert=100"),
    **_words(Kind.SCALE, "tausend=1e3 million|millionen=1e6 milliarde|milliarden=1e9"),
    **_marks(Kind.AND, "und"),
    **_words(Kind.SMALL, "anderthalb=3/2"),
    **_words(Kind.PART, "einhalb=1/2 halb=1/2 drittel=1/3 viertel=1/4 funftel|fuenftel=1/5 achtel=1/8 zehntel=1/10"),
}
_GERMAN_PIECES = re.compile("|".join(sorted(_GERMAN_PARTS, key=lambda piece: (-len(piece), piece))))
_GERMAN: _Entries = {
    **_GERMAN_PARTS,
    **_marks(Kind.ARTICLE, "ein eine einen einer einem", 1),
    **_words(Kind.SMALL, "zweit=2 dritt=3 viert=4 funft=5 sechst=6 anderthalbe|eineinhalb|einundeinhalb=3/2"),
    **_words(Kind.SMALL, "paar|einige|wenige=3", rough=True),
    **_words(Kind.SCALE, "billion|billionen=1e12 billiarde=1e15 trillion|trillionen=1e18 mil=1e6"),
    **_words(Kind.COLLECTIVE, "dutzend=12"),
    **_words(Kind.VAGUE, "hunderte|hunderten=100 tausende|tausenden=1e3 dutzende=12"),
    **_words(Kind.PART, "halbe|halben|halber|halbes|halfte|haelfte=1/2 dreiviertel=3/4 sechstel=1/6 siebtel=1/7"),
    **_words(Kind.PART, "neuntel=1/9 zwanzigstel=1/20 hundertstel=1/100"),
    **_marks(Kind.POINT, "komma"),
    **_marks(Kind.MINUS, "minus"),
}

_SPANISH_UNITS = "uno=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9"
_SPANISH_TENS = "treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90"
_SPANISH: _Entries = {
    **_words(Kind.SMALL, f"cero=0 {_SPANISH_UNITS} diez=10 once=11 doce=12 trece=13 catorce=14 quince=15 dieciseis=16"),
    **_words(Kind.SMALL, f"diecisiete=17 dieciocho=18 diecinueve=19 veinte=20 {_SPANISH_TENS} veintiun|veintiuna=21"),
    **_fused("veinti=20", _SPANISH_UNITS),
    **_fused(_SPANISH_TENS, _SPANISH_UNITS, joint="y"),
    **_fused(_SPANISH_TENS, _SPANISH_UNITS, joint="i"),
    **_words(Kind.SMALL, "cien|ciento=100 doscientos|doscientas=200 trescientos|trescientas=300"),
    **_words(Kind.SMALL, "cuatrocientos|cuatrocientas=400 quinientos|quinientas=500 seiscientos|seiscientas=600"),
    **_words(Kind.SMALL, "setecientos|setecientas=700 ochocientos|ochocientas=800 novecientos|novecientas=900"),
    **_words(Kind.SMALL, "pocos|pocas=3 par=2", rough=True),
    **_words(Kind.SCALE, "mil=1e3 millon|millones=1e6 millardo|millardos=1e9 billon|billones|billion=1e12"),
    **_words(Kind.SCALE, "trillon|trillones|trillion=1e18"),
    **_words(Kind.COLLECTIVE, "docena|docenas=12 decena|decenas=10 centenar|centenares|centena|centenas=100"),
    **_words(Kind.COLLECTIVE, "veintena=20 quincena=15 millar|millares=1e3"),
    **_words(Kind.VAGUE, "cientos=100 miles=1e3"),
    **_words(Kind.PART, "medio|media|mitad=1/2 tercio|tercios=1/3 cuarto|cuartos=1/4 quinto|quintos=1/5"),
    **_words(Kind.PART, "sexto|sextos=1/6 septimo|septimos=1/7 octavo|octavos=1/8 noveno|novenos=1/9"),
    **_words(Kind.PART, "decimo|decimos=1/10 centesimo|centesimos=1/100"),
    **_marks(Kind.ARTICLE, "un una", 1),
    **_marks(Kind.AND, "y"),
    **_marks(Kind.POINT, "coma punto"),
    **_marks(Kind.MINUS, "menos"),
    **_marks(Kind.OF, "de"),
}
_FRENCH: _Entries = {
    **_words(Kind.SMALL, "zero=0 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12"),
    **_words(Kind.SMALL, "treize=13 quatorze=14 quinze=15 seize=16 vingt|vingts=20 trente=30 quarante=40"),
    **_words(Kind.SMALL, "cinquante=50 soixante=60 septante=70 huitante|octante=80 nonante=90"),
    **_words(Kind.SMALL, "quelques=3", rough=True),
    **_words(Kind.HUNDRED, "cent|cents=100"),
    **_words(Kind.SCALE, "mille|mil|milles=1e3 million|millions=1e6 milliard|milliards=1e9 billion|billions=1e12"),
    **_words(Kind.SCALE, "trillion|trillions=1e18"),
    **_words(Kind.COLLECTIVE, "douzaine|douzaines=12 paire|paires=2 dizaine|dizaines=10 quinzaine|quinzaines=15"),
    **_words(Kind.COLLECTIVE, "vingtaine=20 trentaine=30 quarantaine=40 cinquantaine=50 soixantaine=60"),
    **_words(Kind.COLLECTIVE, "centaine|centaines=100 millier|milliers=1e3"),
    **_words(Kind.PART, "demi|demie|demis|moitie=1/2 tiers=1/3 quart|quarts=1/4 cinquieme|cinquiemes=1/5"),
    **_words(Kind.PART, "sixieme|sixiemes=1/6 septieme|septiemes=1/7 huitieme|huitiemes=1/8 neuvieme|neuviemes=1/9"),
    **_words(Kind.PART, "dixieme|dixiemes=1/10 centieme|centiemes=1/100"),
    **_marks(Kind.ARTICLE, "un une", 1),
    **_marks(Kind.AND, "et"),
    **_marks(Kind.POINT, "virgule"),
    **_marks(Kind.MINUS, "moins"),
    **_marks(Kind.OF, "de d"),
}

_OWN: Mapping[str, _Entries] = {"en": {}, "de": _GERMAN, "es": _SPANISH, "fr": _FRENCH}
_FALSE_FRIENDS = {"de": {"grand"}, "es": {"grand"}, "fr": {"grand", "nil", "pair", "single", "point"}}


def _lexicon(language: str, own: _Entries) -> _Entries:
    borrowed = {word: deeds for word, deeds in _ENGLISH.items() if word not in _FALSE_FRIENDS.get(language, ())}
    return {**borrowed, **(_ENGLISH_GRAMMAR if language == "en" else {}), **own}


OWN_WORDS: Mapping[str, Lexicon] = {**_OWN, "en": {**_ENGLISH, **_ENGLISH_GRAMMAR}}
"""Language to the number words that are its own."""

LEXICONS: Mapping[str, Lexicon] = {language: _lexicon(language, own) for language, own in _OWN.items()}
"""Language to its number words, English ones beneath."""

_LEAST_COMPOUND, _LONGEST_COMPOUND = 7, 90


def look_up(word: str, language: str) -> tuple[Word, ...]:
    """What the folded ``word`` does to a number; nothing for any other word."""
    known = LEXICONS[language].get(word, ())
    if known or language != "de" or not _LEAST_COMPOUND <= len(word) <= _LONGEST_COMPOUND:
        return known
    return _german_compound(word)


def _german_compound(word: str) -> tuple[Word, ...]:
    """The parts of a German number in one word: ``zweihundertfunfzigtausend``; nothing for other words."""
    parts: list[Word] = []
    at = 0
    while at < len(word):
        piece = _GERMAN_PIECES.match(word, at)
        if piece is None:
            return ()
        parts += _GERMAN_PARTS[piece.group()]
        at = piece.end()
    return tuple(parts)


def spellings(kinds: Iterable[Kind], language: str) -> frozenset[str]:
    """The words of ``language`` whose first deed is one of ``kinds``."""
    wanted = frozenset(kinds)
    return frozenset(word for word, deeds in LEXICONS[language].items() if deeds[0].kind in wanted)
