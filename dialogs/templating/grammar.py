"""From a text to its parts: Jinja's parser reads it, and only what is listed here passes.

1. Jinja's runtime is never used: nothing of a text is executed, attributes and calls do not exist.
2. Every name must be declared, every filter is ours.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from dialogs.spelling import did_you_mean
from dialogs.templating.errors import TemplateError
from dialogs.templating.filters import FILTERS, Filter, as_text
from dialogs.templating.parts import Branch, Part, Parts, Show, Test, Values

MAX_DEPTH = 20
"""How deep conditions may be nested."""

_TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_OPENING = re.compile(r"\{\{|\{%|\{#")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_TAG_NAME = re.compile(r"[-+]?\s*(\w*)")
_END_OF_RAW = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_LINE_END = re.compile(r"\r\n|\r|\n")
_OWN_LINE = re.compile(r"^[ \t]*(\{%(?:(?!%\}).)*)%\}[ \t]*(\r?\n|\Z)", re.MULTILINE)
"""A tag alone on its line leaves no empty line: its line end moves into it, so that lines keep their numbers."""
_KNOWN_TAGS = ("if", "elif", "else", "endif")
_REFUSED = {
    "Call": "nothing can be called in a text",
    "Getattr": "an answer has no parts",
    "Getitem": "an answer has no parts",
    "Concat": "write the answers one after the other instead of joining them",
    "List": "lists have no place in a text",
    "Tuple": "a comma has no place here",
}
_SAY_LESS = "a text does not calculate: set a field by a formula and show that"


def parse(source: str, names: Collection[str], language: str) -> tuple[Parts, frozenset[str]]:
    """The parts of a text, and the names it mentions. Raises TemplateError."""
    places = _Places(source)
    _check_tags(places)
    try:
        tree = _environment().parse(_OWN_LINE.sub(r"\1\2%}", source))
    except TemplateSyntaxError as error:
        raise places.error(_in_plain_words(error.message or ""), error.lineno) from None
    except (ValueError, RecursionError, OverflowError):
        raise TemplateError("this text cannot be read") from None
    reader = _Reader(places, frozenset(names), language)
    return reader.parts(tree.body, 0), frozenset(reader.mentioned)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(keep_trailing_newline=True)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where something stands in the text. Jinja tells lines only; the column is found by the word."""

    source: str

    def error(self, message: str, line: int, word: str = "") -> TemplateError:
        lines = _LINE_END.split(self.source)
        text = lines[min(line, len(lines)) - 1]
        spans = [match.span() for match in _TAGS.finditer(text)] or [(0, len(text))]
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)" if word.isidentifier() else re.escape(word))
        found = [match for start, end in spans if word and (match := pattern.search(text, start, end))]
        return TemplateError(message, line, (found[0].start() if found else self._first_tag(text)) + 1)

    def error_at(self, offset: int, message: str) -> TemplateError:
        before = self.source[:offset]
        return TemplateError(message, before.count("\n") + 1, len(before) - before.rfind("\n"))

    @staticmethod
    def _first_tag(text: str) -> int:
        match = _OPENING.search(text)
        return match.start() if match else 0


def _check_tags(places: _Places) -> None:
    """Raises TemplateError for a tag that is never closed or not ours, which Jinja tells less exactly."""
    offset, source = 0, places.source
    while match := _OPENING.search(source, offset):
        opening = match.group()
        end = source.find(_CLOSING[opening], match.end())
        if end < 0:
            raise places.error_at(match.start(), f'this "{opening}" is never closed by "{_CLOSING[opening]}"')
        offset = end + 2
        tag = _TAG_NAME.match(source, match.end(), end) if opening == "{%" else None
        if tag and tag[1] == "raw":
            raw_end = _END_OF_RAW.search(source, end)
            offset = raw_end.end() if raw_end else len(source)
        elif tag and tag[1] not in _KNOWN_TAGS:
            raise places.error_at(match.start(), _unknown_tag(tag[1]))


def _unknown_tag(word: str) -> str:
    if word in ("for", "endfor"):
        return "a text has no loops; the filter list shows several answers"
    return f'"{word}" has no place in a text: there are only if, elif, else and endif'


def _in_plain_words(message: str) -> str:
    """Jinja's message for somebody who writes texts."""
    if "innermost block" in message:
        return 'an "{% if %}" is never closed: write "{% endif %}" where it ends'
    if "unknown tag" in message:
        return 'this "else" or "endif" belongs to no "{% if %}"'
    if "Expected an expression" in message:
        return "a name is missing here"
    return "this cannot be read: " + message.replace("print statement", "the braces").rstrip(".")


@dataclass(slots=True)
class _Reader:
    """Turns Jinja's nodes into parts."""

    places: _Places
    names: frozenset[str]
    language: str
    mentioned: set[str] = field(default_factory=set)

    def parts(self, body: list[nodes.Node], depth: int) -> Parts:
        """The parts of a body, adjacent fixed pieces joined."""
        found: list[Part] = []
        for node in body:
            for part in self._parts_of(node, depth):
                if isinstance(part, str) and found and isinstance(found[-1], str):
                    found[-1] += part
                elif part != "":
                    found.append(part)
        return tuple(found)

    def _parts_of(self, node: nodes.Node, depth: int) -> list[Part]:
        if depth > MAX_DEPTH:
            raise self.places.error("conditions are nested too deeply", node.lineno)
        if isinstance(node, nodes.Output):
            return [self._shown(child) for child in node.nodes]
        if isinstance(node, nodes.If):
            return [self._branch(node, depth)]
        raise self._refused(node)

    def _branch(self, node: nodes.If, depth: int) -> Branch:
        ways = [(self._test(one.test, depth), self.parts(one.body, depth + 1)) for one in (node, *node.elif_)]
        return Branch((*ways, (_always, self.parts(node.else_, depth + 1))))

    def _shown(self, node: nodes.Expr) -> Part:
        if isinstance(node, nodes.TemplateData):
            return node.data
        if isinstance(node, nodes.Const):
            return as_text(node.value, self.language)
        return self._text(node, 0)

    # Values

    def _text(self, node: nodes.Node, depth: int) -> Show:
        """What a value looks like."""
        value, language = self._value(node, depth), self.language

        def show(shown: Values, facts: Values) -> str:
            found = value(shown, facts)
            return found if found.__class__ is str else as_text(found, language)

        return show

    def _value(self, node: nodes.Node, depth: int, *, answer: bool = False) -> Callable[[Values, Values], Any]:
        """What to show: as people read it, or the answer itself."""
        if depth > MAX_DEPTH:
            raise self.places.error("conditions are nested too deeply", node.lineno)
        match node:
            case nodes.Const(value=value) if isinstance(value, str | int | float):
                return lambda shown, facts: value
            case nodes.Name():
                name = self._name(node)
                if answer:
                    return lambda shown, facts: _answer(name, shown, facts)
                return lambda shown, facts: shown.get(name)
            case nodes.Filter():
                return self._filtered(node, depth)
            case nodes.CondExpr():
                test, then = self._test(node.test, depth), self._value(node.expr1, depth + 1, answer=answer)
                otherwise = self._value(node.expr2 or nodes.Const(""), depth + 1, answer=answer)
                return lambda shown, facts: (then if test(shown, facts) else otherwise)(shown, facts)
            case _:
                raise self._refused(node)

    def _name(self, node: nodes.Name) -> str:
        if node.name not in self.names:
            message = f'unknown field "{node.name}"{did_you_mean(node.name, self.names)}'
            raise self.places.error(message, node.lineno, node.name)
        self.mentioned.add(node.name)
        return node.name

    def _filtered(self, node: nodes.Filter, depth: int) -> Callable[[Values, Values], str]:
        entry = FILTERS.get(node.name)
        if entry is None:
            known = did_you_mean(node.name, FILTERS) or f": there are {', '.join(FILTERS)}"
            raise self.places.error(f'unknown filter "{node.name}"{known}', node.lineno, node.name)
        arguments = self._arguments(node, entry)
        value = self._value(node.node or nodes.Const(""), depth + 1, answer=entry.reads_answer)
        apply, language = entry.apply, self.language
        return lambda shown, facts: apply(value(shown, facts), language, *arguments)

    def _arguments(self, node: nodes.Filter, entry: Filter) -> list[Any]:
        given = [argument.value if isinstance(argument, nodes.Const) else None for argument in node.args]
        fits = len(given) <= len(entry.takes) and all(map(isinstance, given, entry.takes))
        if not fits or len(given) < entry.required or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise self.places.error(_takes(entry), node.lineno, node.name)
        return given

    # Conditions

    def _test(self, node: nodes.Node, depth: int) -> Test:
        if depth > MAX_DEPTH:
            raise self.places.error("conditions are nested too deeply", node.lineno)
        match node:
            case nodes.Name():
                name = self._name(node)
                return lambda shown, facts: _is_there(_answer(name, shown, facts))
            case nodes.Not():
                denied = self._test(node.node, depth + 1)
                return lambda shown, facts: not denied(shown, facts)
            case nodes.And():
                left, right = self._test(node.left, depth + 1), self._test(node.right, depth + 1)
                return lambda shown, facts: left(shown, facts) and right(shown, facts)
            case nodes.Or():
                first, second = self._test(node.left, depth + 1), self._test(node.right, depth + 1)
                return lambda shown, facts: first(shown, facts) or second(shown, facts)
            case nodes.Test(name="defined", node=nodes.Name() as subject):
                known = self._name(subject)
                return lambda shown, facts: _is_known(_answer(known, shown, facts))
            case nodes.Compare(expr=nodes.Name() as subject, ops=[nodes.Operand(op="eq" | "ne") as operand]):
                return self._compare(subject, operand)
            case _:
                message = 'a text asks only for a name, or whether it is == or != "a text", with and, or, not'
                raise self.places.error(message, node.lineno, _word_of(node))

    def _compare(self, subject: nodes.Name, operand: nodes.Operand) -> Test:
        name, constant = self._name(subject), operand.expr
        wanted = _folded(constant.value) if isinstance(constant, nodes.Const) else None
        if wanted is None:
            raise self.places.error(f"{name} can only be compared with a text or number", subject.lineno, name)
        same = operand.op == "eq"

        def test(shown: Values, facts: Values) -> bool:
            found = _folded(_answer(name, shown, facts))
            return found is not None and (found == wanted) is same

        return test

    def _refused(self, node: nodes.Node) -> TemplateError:
        default = _SAY_LESS if isinstance(node, nodes.BinExpr | nodes.UnaryExpr) else "this has no place in a text"
        return self.places.error(_REFUSED.get(type(node).__name__, default), node.lineno, _word_of(node))


def _always(shown: Values, facts: Values) -> bool:
    return True


def _answer(name: str, shown: Values, facts: Values) -> Any:
    """The answer itself, or what people read where only that is known."""
    found = facts.get(name)
    return shown.get(name) if found is None else found


def _is_known(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _is_there(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def _folded(value: Any) -> str | int | float | bool | None:
    """A value as it is compared; None when it is unknown."""
    if isinstance(value, str):
        return value.strip().casefold() or None
    return value if isinstance(value, int | float) else None


def _word_of(node: nodes.Node) -> str:
    """A word by which a node can be found in its line."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    if name := node.find(nodes.Name):
        return name.name
    constant = node.find(nodes.Const)
    return str(constant.value) if constant else ""


def _takes(entry: Filter) -> str:
    if not entry.takes:
        return f"the filter {entry.name} takes nothing in brackets"
    kind, example = ("a text in quotes", '"…"') if entry.takes == (str,) else ("a whole number", "2")
    return f"the filter {entry.name} takes {kind}: {entry.name}({example})"
