"""The words for units of time and for "soon", in English, German, Spanish and French, folded."""

import re
from collections.abc import Mapping

from dialogs.language.time_spans import TimeSpan
from dialogs.language.vocabulary import word_set

SECOND, MINUTE, HOUR = TimeSpan(seconds=1), TimeSpan(minutes=1), TimeSpan(hours=1)
DAY, WEEK, FORTNIGHT = TimeSpan(days=1), TimeSpan(weeks=1), TimeSpan(weeks=2)
MONTH, QUARTER, HALF_YEAR, YEAR = TimeSpan(months=1), TimeSpan(months=3), TimeSpan(months=6), TimeSpan(years=1)
DECADE, CENTURY = TimeSpan(years=10), TimeSpan(years=100)


def _units(entries: tuple[tuple[TimeSpan, str], ...]) -> dict[str, TimeSpan]:
    return {word: span for span, line in entries for word in line.split()}


UNITS: Mapping[str, Mapping[str, TimeSpan]] = {
    "en": _units(
        (
            (SECOND, "second seconds sec secs s"),
            (MINUTE, "minute minutes min mins minuts"),
            (HOUR, "hour hours hr hrs h"),
            (DAY, "day days d night nights"),
            (WEEK, "week weeks wk wks w"),
            (FORTNIGHT, "fortnight fortnights"),
            (MONTH, "month months mo mos mth mths mnth mnths"),
            (QUARTER, "qtr qtrs"),
            (YEAR, "year years yr yrs y"),
            (DECADE, "decade decades"),
            (CENTURY, "century centuries"),
            (TimeSpan(days=2), "weekend weekends"),
            (HALF_YEAR, "semester semesters"),
            (QUARTER, "trimester trimesters"),
        )
    ),
    "de": _units(
        (
            (SECOND, "sekunde sekunden sek"),
            (MINUTE, "minute minuten min"),
            (TimeSpan(minutes=15), "viertelstunde viertelstunden"),
            (TimeSpan(minutes=30), "halbstunde halbestunde"),
            (TimeSpan(minutes=45), "dreiviertelstunde"),
            (HOUR, "stunde stunden std stdn h"),
            (DAY, "tag tage tagen tages d werktag werktage werktagen arbeitstag arbeitstage arbeitstagen nacht nachte"),
            (WEEK, "woche wochen wo"),
            (MONTH, "monat monate monaten monats mon"),
            (QUARTER, "quartal quartale quartalen vierteljahr vierteljahre"),
            (HALF_YEAR, "halbjahr halbjahre semester"),
            (YEAR, "jahr jahre jahren jahres"),
            (DECADE, "jahrzehnt jahrzehnte jahrzehnten dekade dekaden"),
            (CENTURY, "jahrhundert jahrhunderte jahrhunderten"),
            (TimeSpan(days=2), "wochenende wochenenden"),
        )
    ),
    "es": _units(
        (
            (SECOND, "segundo segundos seg segs"),
            (MINUTE, "minuto minutos min mins"),
            (HOUR, "hora horas h hs"),
            (DAY, "dia dias noche noches"),
            (WEEK, "semana semanas sem"),
            (TimeSpan(days=15), "quincena quincenas"),
            (MONTH, "mes meses"),
            (QUARTER, "trimestre trimestres"),
            (HALF_YEAR, "semestre semestres"),
            (YEAR, "ano anos"),
            (DECADE, "decada decadas decenio"),
            (CENTURY, "siglo siglos"),
        )
    ),
    "fr": _units(
        (
            (SECOND, "seconde secondes sec"),
            (MINUTE, "minute minutes min mn"),
            (HOUR, "heure heures h"),
            (DAY, "jour jours j journee journees nuit nuits"),
            (WEEK, "semaine semaines sem"),
            (TimeSpan(days=15), "quinzaine quinzaines"),
            (MONTH, "mois"),
            (QUARTER, "trimestre trimestres"),
            (HALF_YEAR, "semestre semestres"),
            (YEAR, "an ans annee annees"),
            (DECADE, "decennie decennies"),
            (CENTURY, "siecle siecles"),
            (TimeSpan(days=2), "week-end"),
        )
    ),
}
"""Language to its words for units of time."""

PLURALS = word_set(
    "sekunden minuten stunden stdn tage tagen wochen monate monaten quartale quartalen halbjahre jahre "
    "jahren jahrzehnte "
    "jahrzehnten jahrhunderte jahrhunderten werktage werktagen arbeitstage arbeitstagen wochenenden "
    "nachte viertelstunden"
) | {
    word
    for words in UNITS.values()
    for word in words
    if len(word) > 1 and word.endswith("s") and word not in ("mois", "mes", "jahres", "tages", "monats")
}
"""Units that say nothing without a number: "in days"."""

ARTICLES = word_set(
    "a an one another whole full entire all ein eine einen einem einer eines ganzen ganze un una toda "
    "todo une toute per"
)
"""What makes one of a unit: *an* hour, *all* day."""

BETWEEN_NUMBER_AND_UNIT = re.compile(
    r"\+?"
    r"(?:[ -]?(?:more|full|whole|business|working|calendar|other|additional|solid|straight|long|consecutive|extra|good|"
    r"weitere[nr]?|volle[nr]?|ganze[nr]?|mas|laborables|habiles|completos|completas|autres|bonnes|bons|pleine?s?|"
    r"of(?: an?)?|of the|de|d'|an?|der|einer|eines|einem)(?: |(?<=')))?[ -]{0,2}"
)
"""What may stand between a number and its unit: 5 *business* days, three quarters *of an* hour."""

_STEMS = (
    ("sekundig", SECOND),
    ("minutig", MINUTE),
    ("stundig", HOUR),
    ("tagig", DAY),
    ("wochig", WEEK),
    ("monatig", MONTH),
    ("jahrig", YEAR),
)
ADJECTIVES: Mapping[str, TimeSpan] = {
    stem + ending: span for stem, span in _STEMS for ending in ("", "e", "er", "es", "en", "em")
}
"""How German builds "for three weeks" into one word: ``dreiwochig``."""

AT_ONCE = re.compile(
    r"\b(?:asap|a\.s\.a\.p|as soon as (?:possible|we can|you can)|immediately|immediate|instantly|right away|right now|"
    r"straight ?away|at once|now|today|urgent|urgently|the sooner the better|soonest|tonight|yesterday|"
    r"gestern|ayer|hier|"
    r"sofort|umgehend|jetzt|heute|so schnell wie moglich|schnellstmoglich|so bald wie moglich|baldmoglichst|"
    r"ab sofort|unverzuglich|dringend|ahora mismo|ahora|ya mismo|ya|inmediatamente|de inmediato|inmediato|"
    r"enseguida|lo antes posible|cuanto antes|hoy|hoy mismo|urgente|immediatement|immediat|tout de suite|"
    r"maintenant|des que possible|le plus (?:tot|vite|rapidement) possible|au plus vite|au plus tot|des maintenant|"
    r"aujourd'hui|sans attendre)\b"
)
"""Words for "no time at all"."""

DENIED = re.compile(r"\b(?:not|no|dont|never|kein|keine|nicht|nie|nunca|pas|aucune?|sans|without|non|sin)\b|n't\b")
"""What turns "now" into its opposite: *not* now, *no* rush."""
