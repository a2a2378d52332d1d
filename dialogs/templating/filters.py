"""The filters of message texts: one entry each.

A filter gets a value and the text's language and gives a text; a missing value stays missing. What it cannot read it
shows as it is.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from dialogs.language.shown_numbers import show_money

Entry = TypeVar("Entry")

_SEPARATORS = {"en": (",", "."), "de": (".", ","), "es": (".", ","), "fr": ("\u202f", ",")}
"""Of thousands and of decimals, by language."""
_YES_NO = {"en": ("yes", "no"), "de": ("ja", "nein"), "es": ("sí", "no"), "fr": ("oui", "non")}
_AND = {"en": "and", "de": "und", "es": "y", "fr": "et"}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_DATES = {"en": "{} {} {}", "de": "{}. {} {}", "es": "{} de {} de {}", "fr": "{} {} {}"}
_WORD = re.compile(r"(?:(?<![\w'’])|(?<=\b\w['’]))[^\W\d_]\w*")
_DECIMAL = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(?=$|[T ])", re.ASCII)
_MOST_DECIMALS = 6
_LARGEST = 1e15
"""Numbers from here on are shown as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A declared filter."""

    name: str
    about: str
    """What it does, for people."""
    apply: Callable[..., str]
    """Of the value, the language and the filter's arguments."""
    takes: tuple[type, ...] = ()
    """Types of its arguments."""
    required: int = 0
    """How many of them must be given."""
    reads_answer: bool = False
    """Whether it works on the answer itself rather than on the text that people read."""


def as_text(value: Any, language: str) -> str:
    """A value as people read it; "" for what is missing, and for objects, which only their question type can show."""
    if isinstance(value, str):
        return str(value)
    if value is True or value is False:
        return _of(_YES_NO, language)[0 if value else 1]
    if isinstance(value, float) and abs(value) < _LARGEST and value == int(value):
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (as_text(item, language) for item in value)))
    return ""


def _default(value: Any, language: str, instead: str) -> str:
    text = as_text(value, language)
    return text if text.strip() else instead


def _upper(value: Any, language: str) -> str:
    return as_text(value, language).upper()


def _lower(value: Any, language: str) -> str:
    return as_text(value, language).lower()


def _title(value: Any, language: str) -> str:
    return _WORD.sub(lambda match: _capital(match.group()), as_text(value, language))


def _capital(word: str) -> str:
    """A large first letter; words in mixed case (McDonald) keep the rest."""
    rest = word[1:].lower() if word.isupper() else word[1:]
    return word[:1].upper() + rest


def _capitalize(value: Any, language: str) -> str:
    text = as_text(value, language).strip()
    return text[:1].upper() + text[1:]


def _trim(value: Any, language: str) -> str:
    return as_text(value, language).strip()


def _first_word(value: Any, language: str) -> str:
    return next(iter(as_text(value, language).split()), "")


def _list(value: Any, language: str, word: str | None = None) -> str:
    if not isinstance(value, list | tuple):
        return as_text(value, language)
    texts = [text for item in value if (text := as_text(item, language))]
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {word or _of(_AND, language)} {texts[-1]}"


def _number(value: Any, language: str, decimals: int | None = None) -> str:
    amount = _amount(value, language)
    if amount is None:
        return as_text(value, language)
    if decimals is None:
        plain = f"{amount:,.2f}".rstrip("0").rstrip(".")
    else:
        plain = f"{amount:,.{min(max(decimals, 0), _MOST_DECIMALS)}f}"
    return plain.translate(_localised(language))


def _money(value: Any, language: str, currency: str) -> str:
    amount = _amount(value, language)
    if amount is None:
        return as_text(value, language)
    number = _number(amount, language, 0 if round(amount, 2) == int(amount) else 2)
    return show_money(number, currency, language)


def _date(value: Any, language: str) -> str:
    text = as_text(value, language)
    match = _ISO_DATE.match(text)
    try:
        day = date.fromisoformat(match.group()) if match else None
    except ValueError:
        day = None
    if day is None:
        return text
    first = "1er" if language == "fr" and day.day == 1 else day.day
    return _of(_DATES, language).format(first, _of(_MONTHS, language).split()[day.month - 1], day.year)


def _amount(value: Any, language: str) -> int | float | None:
    """A number, plain or as people of the language write it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value if abs(value) < _LARGEST else None
    thousands, decimal = _of(_SEPARATORS, language)
    text = value if isinstance(value, str) else ""
    if re.fullmatch(rf"-?\d{{1,3}}(?:{re.escape(thousands)}\d{{3}}){{1,4}}(?:{re.escape(decimal)}\d{{1,9}})?", text):
        return float(text.replace(thousands, "").replace(decimal, "."))
    return float(text) if _DECIMAL.fullmatch(text) else None


def _localised(language: str) -> dict[int, str]:
    thousands, decimal = _of(_SEPARATORS, language)
    return {ord(","): thousands, ord("."): decimal}


def _of(table: Mapping[str, Entry], language: str) -> Entry:
    """The entry of a language, English where there is none."""
    return table.get(language, table["en"])


_ALL = (
    Filter(name="default", about="another text when there is none", apply=_default, takes=(str,), required=1),
    Filter(name="upper", about="in capitals", apply=_upper),
    Filter(name="lower", about="in small letters", apply=_lower),
    Filter(name="title", about="every word with a capital", apply=_title),
    Filter(name="capitalize", about="the first letter a capital", apply=_capitalize),
    Filter(name="trim", about="without the space around it", apply=_trim),
    Filter(name="first_word", about="the first word of it", apply=_first_word),
    Filter(name="list", about='"a, b and c", or with another word than "and"', apply=_list, takes=(str,)),
    Filter(name="number", about="with separators of thousands", apply=_number, takes=(int,), reads_answer=True),
    Filter(name="money", about="an amount", apply=_money, takes=(str,), required=1, reads_answer=True),
    Filter(name="date", about="a date in words", apply=_date, reads_answer=True),
)

FILTERS: Mapping[str, Filter] = {entry.name: entry for entry in _ALL}
"""Every filter by name."""
