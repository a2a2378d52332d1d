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

ORDINAL_DAYS: Mapping[str, int] = _numbered(
    "first primero premier ersten erster",
    "second zweiten zweiter",
    "third dritten dritter",
    "fourth vierten",
    "fifth funften",
    "sixth sechsten",
    "seventh siebten",
    "eighth achten",
    "ninth neunten",
    "tenth zehnten",
    "eleventh elften",
    "twelfth zwolften",
    "thirteenth dreizehnten",
    "fourteenth vierzehnten",
    "fifteenth funfzehnten",
    "sixteenth sechzehnten",
    "seventeenth siebzehnten",
    "eighteenth achtzehnten",
    "nineteenth neunzehnten",
    "twentieth zwanzigsten",
    "twenty-first einundzwanzigsten",
    "twenty-second zweiundzwanzigsten",
    "twenty-third dreiundzwanzigsten",
    "twenty-fourth vierundzwanzigsten",
    "twenty-fifth funfundzwanzigsten",
    "twenty-sixth sechsundzwanzigsten",
    "twenty-seventh siebenundzwanzigsten",
    "twenty-eighth achtundzwanzigsten",
    "twenty-ninth neunundzwanzigsten",
    "thirtieth dreissigsten",
    "thirty-first einunddreissigsten",
)
"""Days of the month in words."""


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

_COMPOUND_ENDS = re.compile(r"\b(jahres|monats|quartals)ende\b|\b(year|month|quarter)[ -]end\b")


def parted_ends(text: str) -> str:
    """``text`` with "Jahresende" and "year end" as "ende jahres" and "end year"."""
    return _COMPOUND_ENDS.sub(lambda match: f"ende {match[1]}" if match[1] else f"end {match[2]}", text)


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
