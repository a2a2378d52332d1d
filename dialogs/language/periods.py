"""The words that say for how long a price is meant: "a month", "pro Jahr", "al mes", "/h"."""

import re

_PER = (
    (
        "per_month",
        r"(?:/ ?|per |a |each |every )mo(?:nth)?\b|monthly|p\.?m\b|im monat|pro monat|monatlich|al mes|mensual",
    ),
    ("per_month", r"par mois|mensuel|/ ?monat|/ ?mes|/ ?mois"),
    ("per_year", r"(?:/ ?|per |a |each |every )(?:yr|year|annum)\b|yearly|annual|p\.?a\b|im jahr|pro jahr|jahrlich"),
    ("per_year", r"al ano|anual|par an|annuel|/ ?jahr|/ ?ano|/ ?an\b"),
    ("per_week", r"(?:/ ?|per |a |each |every )w(?:ee)?k\b|weekly|pro woche|wochentlich|a la semana|par semaine"),
    ("per_day", r"(?:/ ?|per |a |each |every )day\b|daily|pro tag|taglich|al dia|par jour"),
    ("per_hour", r"(?:/ ?|per |an |each |every )(?:h|hr|hour)\b|hourly|pro stunde|por hora|par heure|/ ?std"),
)
_PERIOD = tuple((remark, re.compile(pattern)) for remark, pattern in _PER)


def find_periods(text: str) -> tuple[str, ...]:
    """The remarks ``per_month``, ``per_year``, ``per_week``, ``per_day``, ``per_hour`` that hold of the folded text."""
    return tuple(dict.fromkeys(remark for remark, pattern in _PERIOD if pattern.search(text)))
