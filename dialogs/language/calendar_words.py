"""The words of the calendar in English, German, Spanish and French, folded: months, weekdays, days by name."""

import re
from collections.abc import Mapping


def _numbered(*lines: str) -> dict[str, int]:
    return {word: number for number, line in enumerate(lines, start=1) for word in line.split()}


MONTHS: Mapping[str, int] = _numbered(
    "january jan januar janner jaenner janvier janv enero ene",
    "february feb febr februar feber fevrier fevr fev febrero",
    "march mar marz maerz mrz mars marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet juil julio",
    "august aug aout agosto",
    "september sept sep septembre septiembre setiembre",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez decembre diciembre dic",
)
"""Month names and abbreviations to 1 to 12."""

WEEKDAYS: Mapping[str, int] = {
    word: number - 1
    for word, number in _numbered(
        "monday montag lunes lundi mondays",
        "tuesday dienstag martes mardi",
        "wednesday mittwoch miercoles mercredi wensday wednsday",
        "thursday donnerstag jueves jeudi",
        "friday freitag viernes vendredi",
        "saturday samstag sonnabend sabado samedi",
        "sunday sonntag domingo dimanche",
    ).items()
}
"""Weekday names to 0 (Monday) to 6."""

SHORT_WEEKDAYS: Mapping[str, int] = {
    word: number - 1
    for word, number in _numbered(
        "mon mo", "tue tues di", "wed mi", "thu thur thurs do", "fri", "sat sa", "sun so"
    ).items()
}
"""Abbreviations that are other words too: only where little else is said."""

NAMED_DAYS: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("christmas eve", "heiligabend", "nochebuena", "24 heures de noel"), (12, 24)),
    **dict.fromkeys(("christmas day", "christmas", "xmas", "weihnachten", "navidad", "noel"), (12, 25)),
    **dict.fromkeys(("new year's eve", "new years eve", "silvester", "nochevieja", "saint-sylvestre"), (12, 31)),
    **dict.fromkeys(("new year's day", "new years day", "new year", "neujahr", "ano nuevo", "jour de l'an"), (1, 1)),
    **dict.fromkeys(("valentine's day", "valentines day", "valentinstag", "san valentin", "saint-valentin"), (2, 14)),
    "halloween": (10, 31),
}
"""Days that have a name and a fixed date."""

DAY_OFFSETS: Mapping[str, int] = {
    **dict.fromkeys(("day after tomorrow", "ubermorgen", "pasado manana", "apres-demain", "apres demain"), 2),
    **dict.fromkeys(("day before yesterday", "vorgestern", "anteayer", "avant-hier", "avant hier"), -2),
    **dict.fromkeys(("tomorrow", "tmrw", "tmr", "tomorow", "tommorow", "tommorrow", "morgen", "manana", "demain"), 1),
    **dict.fromkeys(("yesterday", "gestern", "ayer", "hier"), -1),
    **dict.fromkeys(("today", "tonight", "heute", "hoy", "aujourd'hui", "aujourdhui", "right now", "now"), 0),
    **dict.fromkeys(("jetzt", "ahora", "maintenant", "sofort", "asap", "immediately", "this afternoon"), 0),
}
"""Words for a day seen from today."""

_ORDINALS_IN_ENGLISH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
_STEMS_IN_GERMAN = (
    "ers zwei drit vier funf sechs sieb ach neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn "
    "neunzehn zwanzigs einundzwanzigs zweiundzwanzigs dreiundzwanzigs vierundzwanzigs funfundzwanzigs sechsundzwanzigs "
    "siebenundzwanzigs achtundzwanzigs neunundzwanzigs dreissigs einunddreissigs"
)
ORDINAL_DAYS: Mapping[str, int] = {
    **_numbered(*_ORDINALS_IN_ENGLISH.split()),
    **{
        stem + ending: number
        for number, stem in enumerate(_STEMS_IN_GERMAN.split(), start=1)
        for ending in ("te", "ten", "ter", "tes")
    },
    **dict.fromkeys(("primero", "premier"), 1),
}
"""Days of the month as ordinals."""

DAY_WORDS: Mapping[str, int] = {
    word: number
    for line in (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty twenty-one twenty-two twenty-three twenty-four twenty-five twenty-six twenty-seven "
        "twenty-eight twenty-nine thirty thirty-one",
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
        "dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
        "veintiocho veintinueve treinta treinta-y-uno",
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
        "dix-neuf vingt vingt-et-un vingt-deux vingt-trois vingt-quatre vingt-cinq vingt-six vingt-sept vingt-huit "
        "vingt-neuf trente trente-et-un",
    )
    for number, word in enumerate(line.split(), start=1)
}
"""Days of the month as they are counted in English, Spanish and French."""


def either(names: Mapping[str, object]) -> str:
    """A pattern for any of ``names``, the longest first."""
    return "(?:" + "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))) + ")"


SEASONS: Mapping[str, int] = {
    **dict.fromkeys(("spring", "fruhling", "fruhjahr", "primavera", "printemps"), 3),
    **dict.fromkeys(("summer", "sommer", "verano", "ete"), 6),
    **dict.fromkeys(("autumn", "fall", "herbst", "otono", "automne"), 9),
    **dict.fromkeys(("winter", "invierno", "hiver"), 12),
}
"""Seasons to the month they begin in, in the northern half of the world."""

_COMPOUND_ENDS = re.compile(r"\b(jahres|monats|quartals)ende\b|\b(year|month|quarter)[ -]end\b|\beo([wmqy])\b")
_LETTERS = {"w": "week", "m": "month", "q": "quarter", "y": "year"}


def parted_ends(text: str) -> str:
    """``text`` with "Jahresende", "year end" and "EOY" as "ende jahres", "end year" and "end of year"."""
    return _COMPOUND_ENDS.sub(_parted, text)


def _parted(match: re.Match[str]) -> str:
    if match[3]:
        return f"end of {_LETTERS[match[3]]}"
    return f"ende {match[1]}" if match[1] else f"end {match[2]}"


NEXT = r"(?:next|coming|following|nachste[nrsm]?|kommende[nrsm]?|proxim[oa]|prochaine?)"
THIS = r"(?:this|diese[nrsm]?|dies|este|esta|ese|ce|cette|cet)"
LAST = r"(?:last|past|previous|letzte[nrsm]?|vorige[nrsm]?|vergangene[nrsm]?|pasad[oa]|derniere?|passee?|dernier)"
COMING = r"(?:que viene|prochaine?|proxim[oa]|next)"
"""What stands behind a weekday or a period in Spanish and French for the next one."""

WEEK, MONTH, QUARTER, YEAR = (
    r"(?:week|wk|woche|semana|semaine)",
    r"(?:month|monat[se]?|mes|mois)",
    r"(?:quarter|qtr|quartals?|trimestre)",
    r"(?:year|yr|jahr(?:es)?|ano|an|annee)",
)
END = r"(?:end|ende|fin(?:al(?:es)?)?|finales)"
BEGINNING = r"(?:beginning|start|anfang|beginn|principios?|inicios?|comienzos?|debut)"
MIDDLE = r"(?:middle|mid|mitte|mediados|mi|milieu)"
WEEKEND = r"(?:weekend|week-end|wochenende|fin de semana)"
"""Words for parts of periods."""
