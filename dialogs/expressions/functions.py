"""The functions of the expression language: one entry each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dialogs.expressions import operations


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A declared function, and what it computes."""

    name: str
    parameters: tuple[str, ...]
    """What each argument must be: a type, ``text or list``, ``constant`` (a text written in the expression) or
    ``field`` (a declared name)."""
    result: str
    """Its type."""
    about: str
    """What it says, for people."""
    required: int
    """How many of the parameters must be given."""
    repeats: bool = False
    """Whether the last parameter may be given again."""
    compute: Callable[..., Any] | None = None
    """Of its arguments, none of them unknown. None where the fact (function, argument) is looked up."""
    reads: tuple[str, ...] = ()
    """Names of facts that ``compute`` gets as dates after its arguments."""
    takes_unknown: bool = False
    """Whether ``compute`` is called with unknown arguments, too."""


MOST_ARGUMENTS = 10
"""Most arguments of a function that repeats."""


def _value(
    name: str, parameters: tuple[str, ...], result: str, compute: Callable[..., Any], about: str, **more: Any
) -> Function:
    more = {"required": len(parameters), **more}
    return Function(name=name, parameters=parameters, result=result, compute=compute, about=about, **more)


def _fact(name: str, parameter: str, result: str, about: str) -> Function:
    return Function(name=name, parameters=(parameter,), result=result, about=about, required=1)


_ALL = (
    _value("known", ("any",), "yes_no", operations.known, "whether there is an answer", takes_unknown=True),
    _value("len", ("text or list",), "number", len, "how many characters a text or items a list has"),
    _value("lower", ("text",), "text", str.lower, "the text in small letters"),
    _value("round", ("number", "number"), "number", operations.rounded, "rounded, halves away from zero", required=1),
    _value("min", ("number", "number"), "number", min, "the smallest of several numbers", repeats=True),
    _value("max", ("number", "number"), "number", max, "the largest of several numbers", repeats=True),
    _value(
        "days_since", ("date",), "number", lambda day, today: today - day, "days from a date to today", reads=("today",)
    ),
    _value("days", ("duration",), "number", operations.tidy, "a duration in days"),
    _fact("consented", "constant", "yes_no", "whether the visitor agreed to a purpose"),
    _fact("tagged", "constant", "yes_no", "whether the lead has a tag"),
    _fact("has", "constant", "yes_no", "whether the lead has a lead magnet"),
    _fact("variant", "constant", "text", "the lead's arm of an experiment"),
    _fact("did", "constant", "yes_no", "whether an act has happened"),
    _fact("count", "constant", "number", "how often an act has happened"),
    _fact("free_mail", "field", "yes_no", "whether the address is with a free mail provider"),
    _fact("role_address", "field", "yes_no", "whether the address is a role's (info@, sales@)"),
    _fact("disposable", "field", "yes_no", "whether the address is a throw-away one"),
    _fact("prefilled", "field", "yes_no", "whether the page answered for the visitor"),
)

FUNCTIONS: Mapping[str, Function] = {function.name: function for function in _ALL}
"""Every function by name."""

UNKNOWN_FACTS: Mapping[str, bool | int | None] = {"yes_no": False, "number": 0, "text": None}
"""What a fact that nobody gave is, by its function's result: it did not happen, no times."""
