"""What a text says about "how many": one number or a range, told apart from numbers that say something else."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from dialogs.language.counting_languages import says_many
from dialogs.language.folding import fold
from dialogs.language.number_words import Kind, spellings
from dialogs.language.numerals import Numeral, find_numerals
from dialogs.language.ordinals import LAST, find_ordinal
from dialogs.language.ranges import Place, find_extents
from dialogs.language.slips import Slips
from dialogs.language.vocabulary import word_set, words
from dialogs.language.written_numbers import Exact

LARGEST = 10**18
"""Quantities beyond this are slips of the keyboard."""


class Quantity(NamedTuple):
    """One number, or a range with at least one end."""

    low: Exact | None
    high: Exact | None
    start: int
    end: int
    approximate: bool = False
    percent: bool = False
    others: tuple[tuple[Exact | None, Exact | None], ...] = ()
    """What else (low, high) may be, where separators or magnitudes are doubtful."""
    unsure: bool = False
    """Whether it was hardly a number: "a few", "the third"."""

    @property
    def is_range(self) -> bool:
        """Whether it has two different ends, or one open."""
        return self.low != self.high


class Unclear(NamedTuple):
    """Why there is no one quantity."""

    code: str
    """``none``, ``several``, ``unclear``, ``too_large``."""
    candidates: tuple[Quantity, ...] = ()


_NOT_MEANT = word_set(
    "question questions thing things sec second seconds moment moments minute frage fragen momente sekunde "
    "augenblick momento segundo pregunta preguntas instante minuto idea instant seconde idee autre autres otro "
    "otra anderer andere other more clue interest interesse chance day time times way ways word words ideas mal "
    "bisschen wenig geben sache sachen cosa cosas chose choses jour fois vez veces dia tag another"
)
_POINTING = word_set(
    "this that the which no any every each another other at noch not dies diese dieser jede jeder kein "
    "keine este esta ese esa "
    "ningun ninguna cada otro otra ce cet cette chaque aucun aucune"
)
_MANY = word_set("several many various mehrere viele einige varios muchos plusieurs")
_TIME_UNITS = word_set(
    "second seconds sec secs minute minutes min mins hour hours day days week weeks month months year years yr "
    "yrs sekunde sekunden minuten stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre "
    "jahren segundos minuto minutos hora horas dia dias semana semanas mes meses ano anos seconde secondes heure "
    "heures jour jours semaine semaines mois an ans annee annees"
)
_SINCE = word_set(
    "for by until year jahr ano annee fur para pour bis "
    "since founded est established seit gegrundet desde fundada fundado depuis fondee fonde in"
)
_WORDS_BEFORE = re.compile(r"[^\W\d_]+")
_NEXT_WORD = re.compile(r"[ -']?([^\W\d_]+)")
_CORRECTION = re.compile(
    r"[ ,.;!(-]*(?:\b(?:no|nope|sorry|oops|wait|hang on|hold on|i mean|i meant|make that|or rather|rather|actually"
    r"|correction|scratch that|nein|warte|moment|ich meine|ich meinte|besser gesagt|quatsch|perdon|espera|quiero decir"
    r"|mejor dicho|digo|non|pardon|attends|attendez|je veux dire|plutot)\b[ ,.:;!-]*)+(?:we are |it's |its )?"
)
BORROWED = {"en": ("es", "de", "fr"), "de": ("es", "fr"), "es": ("fr", "de"), "fr": ("es", "de")}
"""The languages to try where the visitor's own finds nothing; English is part of each."""

_MOST_DOUBTFUL_RATIO = 20
_SAID_WITHOUT_NUMBER = {
    **dict.fromkeys(words("none nobody keine keiner niemand ninguno ninguna nadie aucun aucune personne"), 0),
    **dict.fromkeys(("no one", "none yet", "not a single one"), 0),
    **dict.fromkeys(words("me ich yo moi"), 1),
}
"""Answers that mean a number without one; they are asked about, not taken."""
_ALONE = re.compile(
    r"(?:no, |nein, |non, |well, )?(?:it's |it is |i am |i'm |es |c'est |das bin |ich bin )?(?:still |noch )?"
    r"(?:(?:all )?alone|solo|one[- ]man (?:band|show|business)|me,? myself and i"
    r"|(?:just|only) (?:me|myself)|(?:me|myself) (?:alone|only)|by myself|myself|nur ich(?: allein)?|ich allein"
    r"|nur ich selbst|(?:solo|solamente|unicamente) yo|yo sol[oa]|(?:juste|seulement|rien que) moi|moi seule?"
    r"|que moi)(?: for now| so far| at the moment| now| right now| right here| here| bisher| derzeit| gerade| im moment"
    r"| por ahora| de momento| pour l'instant| pour le moment)?"
)
"""Ways to say that there is one person."""
_AHEAD = word_set(
    "the next coming following last past den die der dem das nachsten kommenden folgenden letzten los las el la "
    "proximos proximas siguientes ultimos les la le des prochains prochaines derniers dernieres about around circa etwa"
)
"""Words between a preposition of time and a number."""
_IN_TIME = word_set("in en dans within over during inside innerhalb binnen durante pendant im dentro")


def read_quantity(
    text: str, language: str, *, region: str | None = None, unit: str | None = None
) -> Quantity | Unclear:
    """The one quantity ``text`` speaks of. ``text`` must come from ``plain_digits``, without lookalikes."""
    numerals = find_numerals(text, language, region=region)
    if not numerals:
        if _ALONE.fullmatch(text.strip(" .,!?")):
            return Quantity(1, 1, 0, len(text))
        said = _SAID_WITHOUT_NUMBER.get(text.strip(" .,!?"))
        if said is not None:
            return Quantity(said, said, 0, len(text), unsure=True)
        place = find_ordinal(text, language)
        if place is not None and place != LAST:
            return Quantity(place, place, 0, len(text), unsure=True)
        found = _borrowed(text, language)
        return (_mended(text, language) or found) if isinstance(found, Unclear) else found
    if any(numeral.unclear for numeral in numerals):
        return Unclear("unclear")
    meant = [numeral for numeral in numerals if is_meant(text, numeral)]
    quantities = quantities_of(text, meant)
    if not quantities:
        return Unclear("none")
    if any(end is not None and not -LARGEST <= end <= LARGEST for each in quantities for end in (each.low, each.high)):
        return Unclear("too_large")
    return choose(text, quantities, unit)


def quantities_of(text: str, numerals: Sequence[Numeral]) -> list[Quantity]:
    """The numbers and ranges that ``numerals`` make in ``text``."""
    places = [Place(each.start, each.end, each.value, Fraction(each.value, each.factor)) for each in numerals]
    quantities = []
    for extent in find_extents(text, places):
        involved = [numerals[at] for at in dict.fromkeys((extent.low, extent.high)) if at is not None]
        ends = _as_ends(text, *involved) if len(involved) == 2 else _as_end(involved[0], extent.low, extent.high)
        quantities.append(
            Quantity(
                *ends[0],
                start=min(extent.start, involved[0].start),
                end=extent.end,
                approximate=extent.approximate or any(numeral.rough for numeral in involved),
                percent=involved[-1].percent,
                others=ends[1:],
                unsure=any(
                    (numeral.rough and numeral.spoken)
                    or numeral.ordinal
                    or (numeral.article and len(text) > numeral.end)
                    for numeral in involved
                ),
            )
        )
    return quantities


def _as_end(numeral: Numeral, low: int | None, high: int | None) -> tuple[tuple[Exact | None, Exact | None], ...]:
    values = [numeral.value] if numeral.other is None else [numeral.value, numeral.other]
    return tuple((value if low is not None else None, value if high is not None else None) for value in values)


def _as_ends(text: str, first: Numeral, second: Numeral) -> tuple[tuple[Exact, Exact], ...]:
    """The ends of a range, the likeliest first. In "10-20k" and "5 to 10 million" one magnitude is for both."""
    low, high = first.value, second.value
    readings: list[tuple[Exact, Exact]] = []
    if second.factor > first.factor in (1, 100) and 0 < low < Fraction(high, second.factor):
        readings.append((low * second.factor, high))
        if Fraction(high, second.factor) / low > _MOST_DOUBTFUL_RATIO:
            readings.append((low, high))
    elif first.factor > 1 == second.factor and Fraction(low, first.factor) <= high < low:
        readings.append((low, high * first.factor))
    else:
        readings.append((min(low, high), max(low, high)))
    if first.other is not None or second.other is not None:
        other_low, other_high = first.other or low, second.other or high
        readings.append((min(other_low, other_high), max(other_low, other_high)))
    return tuple(dict.fromkeys(readings))


def is_meant(text: str, numeral: Numeral) -> bool:
    """Whether the numeral is there to say how many, and not as a pronoun, a date or a figure of speech."""
    after = _word_after(text, numeral.end)
    before = _WORDS_BEFORE.findall(text[max(0, numeral.start - 24) : numeral.start])
    few_words = len(_WORDS_BEFORE.findall(text[:200])) <= 4
    if _is_time_ahead(text, numeral, after):
        return False
    if numeral.ordinal:
        return few_words
    if not numeral.spoken:
        return not ("/" in text[numeral.start : numeral.end] and numeral.value == 1)
    if is_uncounted(text, numeral):
        return False
    if after in _NOT_MEANT and numeral.value <= 3:
        return False
    if numeral.article or numeral.rough or numeral.value in (0, 1):
        if before[-1:] and before[-1] in _POINTING:
            return False
        if (text.startswith(" of", numeral.end) and not numeral.rough) or (numeral.article and not few_words):
            return False
    if numeral.article:
        return len(_WORDS_BEFORE.findall(text)) <= 2
    return not (numeral.part and after)


def _is_time_ahead(text: str, numeral: Numeral, after: str) -> bool:
    """Whether it counts the time until something: "in the next three months", "dans les trois prochains mois"."""
    if after in _AHEAD:
        following = _NEXT_WORD.match(text, numeral.end)
        after = _word_after(text, following.end()) if following is not None else ""
    if after not in _TIME_UNITS:
        return False
    before = _WORDS_BEFORE.findall(text[max(0, numeral.start - 40) : numeral.start])
    while before and before[-1] in _AHEAD and before[-1] not in _IN_TIME:
        if before.pop() in _POINTING_AHEAD:
            return True
    return bool(before) and before[-1] in _IN_TIME


_POINTING_AHEAD = word_set("next coming following nachsten kommenden folgenden proximos proximas siguientes prochains")


def counts_something(text: str, numeral: Numeral) -> bool:
    """Whether a number counts people, things or time, and so is no sum of money: "20 Personen", "5 hours"."""
    after = _word_after(text, numeral.end)
    return after in _COUNTED or (after in _TIME_UNITS and after not in _ALSO_MONTHLY and numeral.value < 100)


_COUNTED = word_set(
    "stars star points likes sterne punkte estrellas puntos etoiles "
    "people person persons user users seat seats licence licences license licenses employee employees staff "
    "colleagues customer customers client clients member members team teams company companies contact contacts "
    "lead leads item items piece pieces unit units page pages office offices device devices computers laptops "
    "cars gb mb tb kg km cm mm percent leute personen mitarbeiter mitarbeiterinnen mitarbeitern nutzer nutzern "
    "anwender benutzer lizenzen platze kollegen kunden mitglieder firmen stuck seiten gerate rechner standorte "
    "prozent personas usuarios usuario empleados licencias clientes miembros equipos empresas unidades piezas "
    "paginas oficinas personne personnes utilisateurs utilisateur employes salaries postes collaborateurs membres "
    "equipes entreprises unites bureaux"
)
_ALSO_MONTHLY = word_set("min mins sec secs month year monat jahr mes ano mois an")


def is_uncounted(text: str, numeral: Numeral) -> bool:
    """Whether it is "several hundred" or the like."""
    before = _WORDS_BEFORE.findall(text[max(0, numeral.start - 24) : numeral.start])
    return bool(before) and before[-1] in _MANY


def choose(text: str, quantities: list[Quantity], unit: str | None = None) -> Quantity | Unclear:
    """The one that is meant, where it can be told."""
    rest = [each for each in quantities if not each.unsure] or quantities
    rest = [each for each in rest if not _is_denied(text, each)] or rest
    rest = _corrected(text, rest)
    different = {(each.low, each.high): each for each in reversed(rest)}
    if len(different) == 1:
        return rest[0]
    for kept in (
        [each for each in rest if _has_unit(text, unit, each)],
        [each for each in rest if not _is_beside_the_point(text, each)],
    ):
        if len({(each.low, each.high) for each in kept}) == 1:
            return kept[0]
    return Unclear("several", tuple(reversed(different.values())))


_DENYING = re.compile(
    r"(?:^|[^\w])(?:not|instead of|rather than|nicht|statt|anstatt|anstelle von|en vez de|en lugar de|pas|au lieu de)"
    r" (?:the |like |about |die |der |las |los |les )?$"
)


def _is_denied(text: str, quantity: Quantity) -> bool:
    """Whether it is the number that was not meant: "*not 40* but 50", "50 *instead of 40*"."""
    if quantity.is_range:
        return False
    start = quantity.start + (3 if text.startswith(("of ", "de "), quantity.start) else 0)
    return _DENYING.search(text[max(0, start - 24) : start]) is not None


def _corrected(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Only what comes after "10, no, 20"."""
    for at in range(len(quantities) - 1, 0, -1):
        if _CORRECTION.fullmatch(text[quantities[at - 1].end : quantities[at].start]):
            return quantities[at:]
    return quantities


def _word_after(text: str, end: int) -> str:
    """The noun behind a number, also behind "of": a couple of *people*."""
    following = _NEXT_WORD.match(text, end)
    if following is not None and following[1] in ("of", "de", "d", "von"):
        following = _NEXT_WORD.match(text, following.end()) or following
    return following[1] if following is not None else ""


def _has_unit(text: str, unit: str | None, quantity: Quantity) -> bool:
    """Whether a quantity is followed by the unit that was asked for."""
    following = _NEXT_WORD.match(text, quantity.end)
    stem = fold(unit or "")[:5].rstrip("s")
    return bool(stem) and following is not None and following[1].startswith(stem)


def _is_beside_the_point(text: str, quantity: Quantity) -> bool:
    """Whether a quantity is a year, a share, a time or money."""
    before = _WORDS_BEFORE.findall(text[max(0, quantity.start - 24) : quantity.start])
    following = _NEXT_WORD.match(text, quantity.end)
    a_year = quantity.low is not None and 1900 <= quantity.low <= 2100 and bool(before) and before[-1] in _SINCE
    in_time = following is not None and following[1] in _TIME_UNITS
    around = text[max(0, quantity.start - 2) : quantity.end + 2]
    return a_year or in_time or quantity.percent or any(sign in around for sign in "$€£")


def _mended(text: str, language: str) -> Quantity | None:
    """The number in a few words with one slip in them, to be asked about: "fiffty"."""
    said = _WORDS_BEFORE.findall(text[:80])
    if not 0 < len(said) <= 3 or len(text) > 80 or says_many(text, language):
        return None
    slips = _number_slips(language)
    meant = [each if len(each) < 4 or each in _NO_SLIPS else slips.meant(each) or each for each in said]
    if meant == said or any(one[0] != other[0] for one, other in zip(said, meant, strict=True)):
        return None
    found = read_quantity(" ".join(meant), language)
    return found._replace(unsure=True) if isinstance(found, Quantity) else None


_NO_SLIPS = word_set("there these sever thirsty size sizes weight freight mille oche onces")
"""Words that are one letter away from a number, and yet no slip."""


@cache
def _number_slips(language: str) -> Slips:
    """The number words that are long enough to be known in spite of a slip."""
    known = spellings((Kind.SMALL, Kind.HUNDRED, Kind.SCALE), language)
    return Slips(sorted(word for word in known if len(word) >= 5 and word.isalpha()))


def _borrowed(text: str, language: str) -> Quantity | Unclear:
    """A quantity in another language, where the text is little else."""
    for other in BORROWED.get(language, BORROWED["en"]):
        numerals = find_numerals(text, other)
        said = sum(numeral.end - numeral.start for numeral in numerals)
        borrowed = any(text[each.start : each.end] not in _NOT_BORROWED for each in numerals)
        if borrowed and len(text) <= 80 and 2 * said >= len(text) and not says_many(text, language):
            found = read_quantity(text, other)
            if isinstance(found, Quantity) and not found.unsure:
                return found
    return Unclear("none")


_NOT_BORROWED = word_set("once sept elf son six par paar cent menos media uno une un una ein eine einen null nil")
