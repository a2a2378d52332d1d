"""What the operators do with answers. Nothing here raises, whatever the facts hold.

1. An unknown value (no answer, a blank text, a range open at both ends, or a value of another type than declared)
   makes every comparison false, ``!=`` and ``not in`` as well, and every calculation unknown.
2. A range answer compares only as far as it holds for the whole range: "50 to 100" is ``>= 50`` but neither ``>= 60``
   nor ``< 60``, and neither ``== 70`` nor ``!= 70``. An open end is infinitely far. Money compares by its amount.
3. A range calculates by its middle; with an open end it is unknown.
4. Texts compare without case and without the space around them.
"""

import math
import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeAlias

from dialogs.expressions.amounts import day_number, days_of

Test: TypeAlias = Callable[[Any, Any], bool]

LARGEST = 1e15
"""Results beyond this, either side of zero, are unknown: whole numbers are exact up to here."""
DECIMALS = 9
"""Calculations are rounded to this many decimal places, so that 0.1 + 0.2 is 0.3."""

_PLAIN: frozenset[Any] = frozenset({int, float})


def known(value: Any) -> bool:
    """Whether there is an answer. An empty list is one ("none of these")."""
    if value.__class__ is str:
        return bool(value.strip())
    if value.__class__ is dict and ("amount" in value or "from" in value or "to" in value):
        return ends(value) is not None
    return value is not None


def ends(value: Any) -> tuple[float, float] | None:
    """The lowest and the highest a number, a range or money may be; None when it is unknown."""
    if value.__class__ in _PLAIN:
        return value, value
    if value.__class__ is not dict:
        return None
    if "amount" in value:
        amount = value["amount"]
        return (amount, amount) if amount.__class__ in _PLAIN else None
    low, high = value.get("from"), value.get("to")
    if low is None and high is None:
        return None
    low = -math.inf if low is None else low
    high = math.inf if high is None else high
    if low.__class__ not in _PLAIN or high.__class__ not in _PLAIN:
        return None
    return (low, high) if low <= high else None


def number(value: Any) -> int | float | None:
    """A number to calculate with: a range by its middle, money by its amount."""
    if value.__class__ in _PLAIN:
        return value  # type: ignore[no-any-return]
    between = ends(value)
    if between is None or between[0] < -LARGEST or between[1] > LARGEST:
        return None
    return tidy((between[0] + between[1]) / 2)


def tidy(result: int | float) -> int | float | None:
    """A result rounded and bounded; whole numbers are whole."""
    if not -LARGEST <= result <= LARGEST:
        return None
    if result.__class__ is int:
        return result
    rounded = round(result, DECIMALS)
    return int(rounded) if rounded == int(rounded) else rounded


def folded(value: Any) -> str:
    """A text as it is compared; "" when it is unknown."""
    return value.strip().casefold() if value.__class__ is str else ""


def yes_no(value: Any) -> bool | None:
    """True, False, or None for anything else."""
    return value if value is True or value is False else None


def items(value: Any) -> frozenset[str] | None:
    """The texts of a list as they are compared."""
    if value.__class__ is not list and value.__class__ is not tuple:
        return None
    return frozenset(item.strip().casefold() for item in value if item.__class__ is str)


def contains(container: Any, item: Any) -> bool | None:
    """Whether a list or text contains an item; None when either is unknown."""
    is_list = container.__class__ is list or container.__class__ is tuple
    if item.__class__ is not str:
        same = COMPARISONS["any"]["=="]
        return any(same(item, other) for other in container) if is_list and known(item) else None
    wanted = folded(item)
    if not wanted:
        return None
    if is_list:
        for other in container:  # noqa: SIM110 - any() costs twice as much
            if folded(other) == wanted:
                return True
        return False
    text = folded(container)
    return wanted in text if text else None


def calculation(compute: Callable[[Any, Any], int | float]) -> Callable[[Any, Any], int | float | None]:
    """Arithmetic that gives None for unknown operands, division by zero and results beyond all bounds."""

    def calculate(left: Any, right: Any) -> int | float | None:
        first, second = number(left), number(right)
        if first is None or second is None:
            return None
        try:
            return tidy(compute(first, second))
        except ArithmeticError:
            return None

    return calculate


def rounded(value: float, digits: float = 0) -> int | float | None:
    """Rounded as people do: halves away from zero. ``digits`` is 0 to 9, or the result is unknown."""
    if digits not in range(DECIMALS + 1) or not -LARGEST <= value <= LARGEST:
        return None
    return tidy(float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)))


def _number_test(plain: Test, ranges: Callable[[float, float, float, float], bool]) -> Test:
    """``plain`` for two numbers; ``ranges`` for the ends of both where one is a range."""

    def test(left: Any, right: Any) -> bool:
        if left.__class__ in _PLAIN and right.__class__ in _PLAIN:
            return plain(left, right)
        first, second = ends(left), ends(right)
        return first is not None and second is not None and ranges(*first, *second)

    return test


def _known_test(plain: Test, unknown: str | None = None) -> Test:
    """``plain`` for two values of which neither is ``unknown``."""

    def test(left: Any, right: Any) -> bool:
        return unknown not in (left, right) and plain(left, right)

    return test


def _any_test(name: str) -> Test:
    """Values of names without a type: compared when both turn out to be of one type, else False."""

    def test(left: Any, right: Any) -> bool:
        kind = _kind(left)
        tests = COMPARISONS[kind] if kind and kind == _kind(right) else {}
        return name in tests and tests[name](READERS[kind](left), READERS[kind](right))

    return test


def _kind(value: Any) -> str:
    if ends(value) is not None:
        return "number"
    return {str: "text", bool: "yes_no", list: "list", tuple: "list"}.get(value.__class__, "")


def _as_is(value: Any) -> Any:
    return value


READERS: Mapping[str, Callable[[Any], Any]] = {
    "number": _as_is,
    "text": folded,
    "yes_no": yes_no,
    "list": items,
    "date": day_number,
    "duration": days_of,
    "any": _as_is,
}
"""How a fact is read to be compared as a type."""

_NUMBER_TESTS: Mapping[str, Test] = {
    "==": _number_test(operator.eq, lambda low, high, other_low, other_high: low == high == other_low == other_high),
    "!=": _number_test(operator.ne, lambda low, high, other_low, other_high: high < other_low or low > other_high),
    "<": _number_test(operator.lt, lambda low, high, other_low, other_high: high < other_low),
    "<=": _number_test(operator.le, lambda low, high, other_low, other_high: high <= other_low),
    ">": _number_test(operator.gt, lambda low, high, other_low, other_high: low > other_high),
    ">=": _number_test(operator.ge, lambda low, high, other_low, other_high: low >= other_high),
}
_ORDER: Mapping[str, Test] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip

COMPARISONS: Mapping[str, Mapping[str, Test]] = {
    "number": _NUMBER_TESTS,
    "date": _NUMBER_TESTS,
    "duration": _NUMBER_TESTS,
    "text": {name: _known_test(test, "") for name, test in _ORDER.items()},
    "yes_no": {name: _known_test(_ORDER[name]) for name in ("==", "!=")},
    "list": {name: _known_test(_ORDER[name]) for name in ("==", "!=")},
    "any": {name: _any_test(name) for name in _ORDER},
}
"""By type and operator: the test of two values that ``READERS`` have read."""

CALCULATIONS: Mapping[str, Callable[[Any, Any], int | float | None]] = {
    "+": calculation(operator.add),
    "-": calculation(operator.sub),
    "*": calculation(operator.mul),
    "/": calculation(operator.truediv),
    "%": calculation(operator.mod),
}
"""By operator."""
