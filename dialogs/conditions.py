"""The small expression language of branches, scoring and formulas: ``team_size >= 50 and "crm" in interests``.

A whitelisted subset of Python's expressions, checked against the declared names and types when a script is loaded,
compiled once, and answered in about a microsecond without ever raising.

1. **Values**: names of fields and facts, texts in quotes, numbers, ``yes no true false``, lists ``["now", "later"]``.
2. **Operators**: ``and or not`` (of yes and no only), ``== != < <= > >=`` (also chained: ``10 <= x < 50``),
   ``in``, ``not in`` (an item in a list, a part in a text, a value among constants), ``+ - * / %`` (of numbers only),
   ``x if c else y``, and the functions of ``FUNCTIONS``.
3. **No answer**: every comparison with a missing answer is false, ``!=`` and ``not in`` too; ``not`` of it is true;
   every calculation with it is unknown (None), as is a division by zero. ``known(x)`` asks whether there is an answer.
4. **Ranges** ("50 to 100") compare only as far as it is true of the whole range, and calculate by their middle. Money
   compares and calculates by its amount, whatever the currency.
5. **Dates** compare by the day and **durations** by their length (a month is 30.4375 days), with constants written
   ``"2026-12-24"`` and ``"3 months"`` or ``"P3M"``. **Texts** compare without case and surrounding space.
6. **Facts of the conversation**: ``consented("purpose")``, ``tagged("tag")``, ``has("magnet")``, ``variant("name")``,
   ``did("act")``, ``count("act")``, ``free_mail(email)``, ``role_address(email)``, ``disposable(email)``,
   ``prefilled(email)``.

A formula is the same language with ``wanted="number"``; the caller takes off its ``=``.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from dialogs.expressions.compiling import Answer, Facts, compile_tree
from dialogs.expressions.errors import ConditionError
from dialogs.expressions.functions import FUNCTIONS, Function
from dialogs.expressions.meaning import Declared, Meaning
from dialogs.expressions.never import Bounds, why_tree_never
from dialogs.expressions.reading import MAX_CHARACTERS, read
from dialogs.expressions.tree import TYPES, Node
from dialogs.values import Value

__all__ = [
    "FUNCTIONS",
    "MAX_CHARACTERS",
    "TYPES",
    "Bounds",
    "ConditionError",
    "Expression",
    "Facts",
    "Function",
    "compile_expression",
    "why_never",
]

_NOTHING: Mapping[Any, Collection[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A checked and compiled expression."""

    source: str
    names: frozenset[str]
    """The declared names it mentions."""
    calls: frozenset[tuple[str, str]]
    """The facts of the conversation it asks for, as (function, argument): the keys to give their values under."""
    type: str
    """What it gives: text, number, yes_no, list, date, duration or any."""
    tree: Node = field(repr=False, compare=False)
    compute: Answer = field(repr=False, compare=False)

    def evaluate(self, facts: Facts) -> Value:
        """Its value: None when it is unknown, always True or False for yes_no. Never raises.

        ``facts`` maps a name to its answer and (function, argument) to True, a count or an arm; what is missing is
        unknown, did not happen, or happened no times. ``days_since`` needs the ISO date ``today``.
        """
        value: Value = self.compute(facts)
        return value

    def holds(self, facts: Facts) -> bool:
        """Whether it is true."""
        return bool(self.compute(facts))


def compile_expression(
    source: str,
    names: Mapping[str, str],
    *,
    wanted: str | None = None,
    arguments: Mapping[str, Collection[str]] = _NOTHING,
    keys: Mapping[Any, Collection[str]] = _NOTHING,
) -> Expression:
    """Check ``source`` and make it ready to be evaluated. Raises ConditionError.

    ``names`` gives each name that may be mentioned its type, one of TYPES; ``wanted`` is the type the expression must
    give; ``arguments`` the constants each function of the conversation's facts may ask for (purposes, tags, acts); any
    where the function is absent. ``keys`` are the texts that a name of type text or list, or a fact such as
    ``("variant", "opening")``, can be: comparing it with another constant is an error.
    """
    tree, place = read(source)
    meaning = Meaning(place, Declared(names, arguments, keys))
    node = meaning.of(tree, wanted)
    return Expression(
        source=source,
        names=frozenset(meaning.names),
        calls=frozenset(meaning.calls),
        type=node.type if wanted is None else wanted,
        tree=node,
        compute=compile_tree(node, wanted),
    )


def why_never(expression: Expression, bounds: Bounds = MappingProxyType({})) -> str | None:
    """A sentence that says why a condition can never hold, or None where it may.

    ``bounds`` are the least and greatest values of number fields, None for an open end. Only what is certain is
    reported: impossible bounds on one value, two different values at once, a thing and its opposite, constants.
    """
    return why_tree_never(expression.tree, bounds) if expression.type == "yes_no" else None
