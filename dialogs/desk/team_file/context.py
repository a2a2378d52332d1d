"""What the readers of a team file's parts share: who is there, and how words, conditions and texts are read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from dialogs.conditions import ConditionError, Expression, compile_expression, why_never
from dialogs.desk.hours import Schedule
from dialogs.desk.plan import Clocks
from dialogs.desk.team import Known, Member
from dialogs.expressions.wording import YES_NO
from dialogs.knowledge import BUILTIN_TYPES, TEXT_NAMES
from dialogs.loading.context import is_language
from dialogs.loading.cursor import Cursor, shortened, text_of
from dialogs.loading.nodes import Mapping, Node, Scalar
from dialogs.loading.positions import place_within
from dialogs.loading.problems import Report
from dialogs.loading.words import Word, words_at
from dialogs.script import Place
from dialogs.spelling import did_you_mean
from dialogs.stages import Stage
from dialogs.templates import Template, TemplateError, compile_template
from dialogs.texts import Text

EVERYBODY, NOBODY = "everybody", "nobody"
"""What a route may lead to beside people and groups."""


class _AnyName(dict[str, str]):
    """Types of names where the scripts' fields are not known: every name will do."""

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name not in YES_NO

    def __missing__(self, name: str) -> str:
        return "any"


@dataclass(slots=True)
class Context:
    """A team file while it is read."""

    source: str
    report: Report
    known: Known
    language: str = "en"
    schedule: Schedule = field(default_factory=Schedule)
    """The team's own."""
    has_hours: bool = False
    """Whether the team's own hours are said."""
    clocks: Clocks = field(default_factory=Clocks)
    booking_url: str | None = None
    channel: str | None = None
    escalate_to: str | None = None
    territories: dict[str, frozenset[str]] = field(default_factory=dict)
    """Names for several countries."""
    people: dict[str, Place] = field(default_factory=dict)
    """Everybody who is written down, also those who could not be read."""
    members: dict[str, Member] = field(default_factory=dict)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    group_places: dict[str, Place] = field(default_factory=dict)

    # Words.

    def words(self, cursor: Cursor, key: str) -> list[Word]:
        """A list of words, or a single one."""
        node = cursor.node(key)
        if node is None and cursor.has(key):
            cursor.need(key, "")
        return [] if node is None else self.words_at(node, f'"{key}"')

    def words_at(self, node: Node, called: str) -> list[Word]:
        """A list of words, or a single one."""
        return words_at(node, self.report, called)

    def known_words(self, cursor: Cursor, key: str, kind: str, known: Collection[str] | None) -> frozenset[str]:
        """Words that must be among those that are known, where these are known at all."""
        words = self.words(cursor, key)
        for word in words:
            if known is not None and word.text not in known:
                cure = did_you_mean(word.text, known) or _listed(known)
                self.report.error(word.place, f'unknown {kind} "{shortened(word.text)}"{cure}')
        return frozenset(word.text for word in words)

    def text(self, cursor: Cursor, key: str) -> str | None:
        """A text; the comment that an unquoted ``#sales`` is, is told as such."""
        entry = cursor.mapping.entries.get(key)
        if entry and isinstance(entry.value, Scalar) and entry.value.is_empty:
            line = self.source.split("\n")[entry.place.line - 1]
            rest = line[entry.place.column - 1 :].partition(":")[2].strip()
            if rest.startswith("#") and rest[1:2].strip():
                cursor.node(key)
                word = rest.split()[0].rstrip(",}]")
                self.report.error(entry.place, f'a text that begins with "#" must stand in quotes: {key}: "{word}"')
                return None
        return cursor.text(key)

    def is_person(self, key: str) -> bool:
        """Whether the file has somebody of this key."""
        return key in self.people

    # Conditions and texts.

    def condition(self, cursor: Cursor, key: str) -> Expression | None:
        """A condition; None where there is none, or none that can be read."""
        text = cursor.text(key)
        node = cursor.node(key)
        if text is None or not isinstance(node, Scalar):
            return None
        names = _AnyName() if self.known.fields is None else dict(self.known.fields)
        names.update(BUILTIN_TYPES)
        keys: dict[str, Collection[str]] = {**self.known.keys, "stage": tuple(Stage)}
        if self.known.languages is not None:
            keys["language"] = tuple(self.known.languages)
        try:
            found = compile_expression(text, names, wanted="yes_no", keys=keys)
        except ConditionError as error:
            self.report.error(place_within(node, self.source, error.line, error.column), error.message)
            return None
        if never := why_never(found):
            self.report.warn(node.place, f"this never holds: {never}")
        return found

    def message(self, cursor: Cursor, key: str, own_names: Iterable[str]) -> Text | None:
        """A text for visitors, in one or several languages."""
        node = cursor.node(key)
        if not isinstance(node, Mapping):
            one = None if node is None else self._template(node, f'"{key}"', self.language, own_names)
            return None if one is None else Text({self.language: one}, self.language)
        by_language = {}
        for language, entry in node.entries.items():
            if not is_language(language):
                what = "a text, or one per language such as {en: …, de: …}, is due here; is a colon in a text?"
                self.report.error(entry.place, f'"{shortened(language)}" is no language: {what}')
            elif (template := self._template(entry.value, f'"{language}"', language, own_names)) is not None:
                by_language[language] = template
        default = self.language if self.language in by_language else next(iter(by_language), None)
        return None if default is None else Text(by_language, default)

    def _template(self, node: Node, called: str, language: str, own_names: Iterable[str]) -> Template | None:
        text = text_of(node, self.report, called)
        if text is None or not isinstance(node, Scalar):
            return None
        if not text.strip():
            self.report.error(node.place, f"the text after {called} is blank")
            return None
        fields = _mentioned(text) if self.known.fields is None else self.known.fields
        try:
            return compile_template(text.rstrip("\n"), {*fields, *TEXT_NAMES, *own_names}, language=language)
        except TemplateError as error:
            self.report.error(place_within(node, self.source, error.line, error.column), error.message)
            return None


def _mentioned(text: str) -> Collection[str]:
    """The names that a text mentions: any will do where the scripts' fields are not known."""
    if "{" not in text:
        return ()
    from jinja2 import Environment, TemplateSyntaxError, meta  # Plain texts do without Jinja.

    try:
        return meta.find_undeclared_variables(Environment().parse(text))
    except (TemplateSyntaxError, ValueError, RecursionError, OverflowError):
        return ()


def _listed(known: Collection[str]) -> str:
    return f"; there are {', '.join(sorted(known)[:20])}" if known else "; there is none"
