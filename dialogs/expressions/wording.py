"""The words in which an author is told what is wrong and what would be right."""

from collections.abc import Collection

from dialogs.expressions.tree import Constant, Field, Lookup, Node
from dialogs.spelling import nearest

YES_NO = {"true": True, "yes": True, "false": False, "no": False}
"""Names of the two truths, where no field bears them."""

CALLED = {
    "text": "a text", "number": "a number", "yes_no": "yes or no", "list": "a list", "date": "a date",
    "duration": "a duration", "any": "anything",
}  # fmt: skip
"""Types in the middle of a sentence."""

_MOST_KEYS = 10


def phrase(node: Node) -> str:
    """What a value is: "team_size is a number"."""
    return f"{name_of(node)} is {CALLED[node.type]}"


def name_of(node: Node) -> str:
    """A value as the author wrote it, or "this"."""
    match node:
        case Field(name=name):
            return name
        case Lookup(function=function, argument=argument):
            return f'{function}("{argument}")'
        case Constant(written=written):
            return written
        case _:
            return "this"


def way_out(node: Node, wanted: str) -> str:
    """What to do with a value that is no yes or no, where one is wanted."""
    if wanted != "yes_no":
        return ""
    return f": compare it, or ask known({node.name})" if isinstance(node, Field) else ": compare it with something"


def hint(left: Node, right: Node) -> str:
    """What would be right, for the commonest comparisons of two types."""
    kinds = {left.type, right.type}
    if kinds == {"date", "number"}:
        return ': write a date as "2026-12-24"'
    if kinds == {"duration", "number"}:
        return ': write a duration as "3 months"'
    text = left if left.type == "text" else right
    if not isinstance(text, Constant) or not isinstance(text.value, str):
        return ""
    if kinds == {"number", "text"} and text.value.strip().isdecimal():
        return f": write {text.value.strip()} without quotes"
    if kinds == {"yes_no", "text"} and text.value.lower() in YES_NO:
        return f": write {text.value.lower()} without quotes"
    return f": write {text.written} in it" if kinds == {"list", "text"} else ""


def never_key(node: Node, text: str, keys: Collection[str]) -> str:
    """That a value is never ``text``, and what was probably meant."""
    found = nearest(text, keys)
    meant = f', did you mean "{found}"?' if found else f": it is one of {', '.join(sorted(keys)[:_MOST_KEYS])}"
    return f'{name_of(node)} is never "{text}"{meant}'


def how_many(least: int, most: int) -> str:
    """How many values a function takes."""
    if least == most:
        return "one value" if most == 1 else f"{most} values"
    return f"{least} {'or' if most == least + 1 else 'to'} {most} values"
