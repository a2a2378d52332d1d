"""Message texts with answers in them: ``Hi {{ first_name | default("there") }}!``

1. ``{{ name }}`` puts in an answer, as people read it. Filters change how it looks: ``default("there")``, ``upper``,
   ``lower``, ``title``, ``capitalize``, ``trim``, ``first_word``, ``list``, ``number(2)``, ``money("EUR")``, ``date``.
2. ``{% if name %} … {% elif name == "text" %} … {% else %} … {% endif %}`` chooses, with ``==``, ``!=``, ``and``,
   ``or``, ``not``, ``is defined``; ``{{ "a" if name else "b" }}`` in short. A missing answer makes ``==`` and ``!=``
   false. ``{% raw %}`` shows braces as they are.
3. A missing answer is empty, and the space and comma around it go with it: "Hi {{ name }}!" becomes "Hi!".
4. What an answer holds is shown and never read again: ``{{ 7*7 }}`` typed by a visitor stays ``{{ 7*7 }}``.
   Escaping is the channel's: a text is plain text.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from dialogs.templating.errors import TemplateError
from dialogs.templating.joining import join_tidily
from dialogs.templating.parts import Branch, Parts, Show, Values

__all__ = ["MAX_CHARACTERS", "Template", "TemplateError", "as_written", "compile_template", "first_blank"]

MAX_CHARACTERS = 10_000
"""Longest text, as written and as rendered; what is longer is cut."""

_MARKS = ("{{", "{%", "{#")
_BLANK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A text ready to be filled in."""

    source: str
    names: frozenset[str]
    """The names it mentions."""
    parts: Parts = field(repr=False, compare=False)
    pieces: tuple[str, ...] = field(repr=False, compare=False)
    """The fixed pieces of a text without branches, "" where an answer goes."""
    shows: tuple[tuple[int, Show], ...] = field(repr=False, compare=False)
    """What goes there."""

    def render(self, values: Values, facts: Values | None = None) -> str:
        """The text with ``values`` (name to the text people read) filled in; never raises for plain values.

        Conditions, and the filters number, money and date, look at the answers themselves (``facts``, by name) where
        these are given: ``timeline == "now"`` then compares the option's key and not its label.
        """
        if not self.shows:
            return self.pieces[0] if self.pieces else self._joined(values, values if facts is None else facts)
        known = values if facts is None else facts
        pieces = list(self.pieces)
        for index, show in self.shows:
            text = show(values, known)
            if not text:
                return self._joined(values, known)
            pieces[index] = text
        return _bounded("".join(pieces))

    def _joined(self, values: Values, facts: Values) -> str:
        return _bounded(join_tidily(_spread(self.parts, values, facts)))


def as_written(source: str) -> Template:
    """A text that nothing is filled into: braces in it are shown as they are."""
    return Template(source=source, names=frozenset(), parts=(source,), pieces=(source,), shows=())


def first_blank(source: str) -> str | None:
    """What in a text looks as if something were filled in there."""
    match = _BLANK.search(source)
    return match[0] if match else None


def compile_template(source: str, names: Collection[str], *, language: str = "en") -> Template:
    """Check a text and make it ready to be filled in. Raises TemplateError.

    ``names`` are all it may mention; ``language`` (ISO 639-1) is the text's own: filters write numbers, dates and
    lists as people of that language do.
    """
    if len(source) > MAX_CHARACTERS:
        raise TemplateError(f"this text is longer than {MAX_CHARACTERS} characters")
    if not any(mark in source for mark in _MARKS):
        return as_written(source)
    from dialogs.templating.grammar import parse  # Plain texts do without Jinja.

    parts, mentioned = parse(source, names, language)
    has_branches = any(isinstance(part, Branch) for part in parts)
    pieces = () if has_branches else tuple(part if isinstance(part, str) else "" for part in parts) or ("",)
    shows = tuple((index, part) for index, part in enumerate(parts) if callable(part)) if pieces else ()
    return Template(source=source, names=mentioned, parts=parts, pieces=pieces, shows=shows)


def _spread(parts: Parts, values: Values, facts: Values) -> Iterator[tuple[str, bool]]:
    """The pieces of a text, each with whether it is an answer; a branch without anything to say is an empty answer."""
    for part in parts:
        if isinstance(part, str):
            yield part, False
        elif isinstance(part, Branch):
            chosen = next(way for test, way in part.ways if test(values, facts))
            yield from _spread(chosen, values, facts) if chosen else (("", True),)
        else:
            yield part(values, facts), True


def _bounded(text: str) -> str:
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"
