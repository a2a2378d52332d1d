"""Numbers as people of each language write them; what is shown here is read back to the same value."""

from decimal import Decimal

_MOST_DECIMALS = 6

_MARKS = {"en": (",", "."), "de": (".", ","), "es": (".", ","), "fr": ("\u202f", ",")}
_SIGNS = {"EUR": "€", "GBP": "£"}
"""Signs that mean one currency everywhere; whose dollar "$" is depends on who reads it."""
_RANGE = {"en": "{low} to {high}", "de": "{low} bis {high}", "es": "{low} a {high}", "fr": "{low} à {high}"}
_FROM = {"en": "{low} or more", "de": "{low} oder mehr", "es": "{low} o más", "fr": "{low} ou plus"}
_UP_TO = {"en": "up to {high}", "de": "bis {high}", "es": "hasta {high}", "fr": "jusqu'à {high}"}


def show_number(value: int | float, language: str, *, decimals: int = 0) -> str:
    """``value`` with the separators of ``language``: "1,234.5", "1.234,5". At least ``decimals``, at most six."""
    group, point = _MARKS.get(language, _MARKS["en"])
    if isinstance(value, int) and not decimals:
        return f"{value:,}".replace(",", group)
    whole, _, part = format(abs(Decimal(repr(value))), "f").partition(".")
    if len(part) > _MOST_DECIMALS:
        whole, _, part = format(abs(Decimal(repr(value))), f".{_MOST_DECIMALS}f").partition(".")
    part = part.rstrip("0").ljust(decimals, "0")
    shown = f"{int(whole):,}".replace(",", group) + (point + part if part else "")
    return f"-{shown}" if value < 0 else shown


def show_money(number: str, currency: str | None, language: str, *, dollar: bool = True) -> str:
    """A shown number with its currency as ``language`` writes it: "€1,250", "1.250 €", "1,250 CHF".

    ``dollar`` says whether "$" can only be the United States' here; else, and in other languages, it is "USD".
    """
    english = _is_english(language)
    sign = "$" if currency == "USD" and english and dollar else _SIGNS.get(currency or "")
    if sign is not None and english:
        return f"-{sign}{number[1:]}" if number.startswith("-") else f"{sign}{number}"
    unit = sign or currency
    return f"{number} {unit}" if unit else number


def show_range(low: str | None, high: str | None, language: str) -> str:
    """A range between two shown ends, of which one may be open: "10 to 20", "50 or more", "up to 20"."""
    if low is None:
        return _UP_TO.get(language, _UP_TO["en"]).format(high=high)
    if high is None:
        return _FROM.get(language, _FROM["en"]).format(low=low)
    return _RANGE.get(language, _RANGE["en"]).format(low=low, high=high)


def show_money_range(
    low: str | None, high: str | None, currency: str | None, language: str, *, dollar: bool = True
) -> str:
    """A range of shown numbers with its currency: "10.000 bis 20.000 €", "€10,000 to €20,000", "up to 5,000 CHF"."""
    ends = [None if end is None else show_money(end, currency, language, dollar=dollar) for end in (low, high)]
    behind = ends[0] is not None and ends[0].startswith(low or "")
    first = low if behind and high is not None else ends[0]  # A currency behind the numbers is said once.
    return show_range(first, ends[1], language)


def _is_english(language: str) -> bool:
    """Whether numbers are written as in English, which stands in for unknown languages."""
    return language == "en" or language not in _MARKS
