"""Which of several options holds a quantity: 15 belongs to "10-20", and 200 not to "more than 200"."""

import re
from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import NamedTuple

from dialogs.language.digits import plain_digits
from dialogs.language.quantities import Quantity, read_quantity

_DIGIT = re.compile(r"\d")
_MONEY = re.compile(r"[€$£¥]")
_EXCLUDING = re.compile(
    r"(?:more than|greater than|over|above|beyond|under|below|less than|fewer than|mehr als|uber|unter|weniger als"
    r"|mas de|menos de|plus de|moins de|[<>](?!=)) ?\d"
)
_MOST = Fraction(9, 10)
"""How much of a range an option must hold that does not hold it all."""


class OptionQuantity(NamedTuple):
    """An option whose label is a quantity."""

    at: int
    """Its place."""
    quantity: Quantity
    excludes_its_end: bool
    """Whether the end that is named is left out: "more than 200"."""


def quantities_in(options: Sequence[Collection[str]]) -> list[OptionQuantity]:
    """The options one of whose names is a quantity."""
    found: list[OptionQuantity] = []
    for at, names in enumerate(options):
        for name in names:
            if _DIGIT.search(name):
                plain = plain_digits(_MONEY.sub("", name))
                quantity = read_quantity(plain, "en")
                if isinstance(quantity, Quantity):
                    found.append(OptionQuantity(at, quantity, _EXCLUDING.search(plain) is not None))
                    break
    return found


def fitting_quantities(options: Sequence[OptionQuantity], said: Quantity) -> list[int]:
    """The places of the options that hold what was said, or nearly all of it."""
    said = _from_the_lowest(options, said)
    fitting = [each.at for each in options if _contains(each, said)]
    return fitting or [each.at for each in options if _nearly_contains(each.quantity, said)]


def _from_the_lowest(options: Sequence[OptionQuantity], said: Quantity) -> Quantity:
    """ "Under 10" begins where the options begin."""
    lows = [each.quantity.low for each in options if each.quantity.low is not None]
    if said.low is not None or said.high is None or not lows or len(lows) < len(options):
        return said
    return said._replace(low=min(*lows, said.high))


def _contains(option: OptionQuantity, said: Quantity) -> bool:
    """Whether all of ``said`` lies within the option's quantity."""
    quantity = option.quantity
    low_fits = quantity.low is None or (said.low is not None and said.low >= quantity.low)
    high_fits = quantity.high is None or (said.high is not None and said.high <= quantity.high)
    only_touches = option.excludes_its_end and not said.is_range and said.low in (quantity.low, quantity.high)
    return low_fits and high_fits and not only_touches


def _nearly_contains(quantity: Quantity, said: Quantity) -> bool:
    """Whether most of a range lies within ``quantity``: "10-50" for "11-50"."""
    if said.low is None or said.high is None or quantity.low is None or quantity.high is None or not said.is_range:
        return False
    return min(said.high, quantity.high) - max(said.low, quantity.low) >= (said.high - said.low) * _MOST
