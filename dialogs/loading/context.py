"""What the readers of a script's parts share: languages, names, how texts, conditions and references read."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from dialogs.conditions import ConditionError, Expression, compile_expression
from dialogs.knowledge import BUILTIN_TYPES, TEXT_NAMES
from dialogs.loading.cursor import Cursor, shortened, text_of, without_colon
from dialogs.loading.nodes import Listing, Node, Scalar, Unreadable
from dialogs.loading.nodes import Mapping as MappingNode
from dialogs.loading.odd_characters import STRAIGHT, is_in_curly_quotes
from dialogs.loading.other_words import language_called
from dialogs.loading.outline import Outline
from dialogs.loading.positions import place_within
from dialogs.loading.problems import Report
from dialogs.script import PURPOSES, Field, Place
from dialogs.spelling import did_you_mean
from dialogs.stages import Stage
from dialogs.templates import Template, TemplateError, as_written, compile_template, first_blank
from dialogs.texts import Text

FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}", re.ASCII)
"""Letters of a field's name: what a condition can mention."""
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}", re.ASCII)
_COMMENT = re.compile(r"[ \t]+#[^\s#]")
_MARKDOWN = re.compile(r"\[[^\[\]\n]+\]\(\w+:[^()\s]+\)|\*\*\w[^*\n]*\*\*")
_IN_BRACES = re.compile(r"(?<!\{)\{ ?([a-z_]\w*) ?\}(?!\})", re.ASCII)
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


@dataclass(slots=True)
class Names:
    """The names of one kind that a script declares: fields, magnets, experiments, personas."""

    kind: str
    """What errors call one of them."""
    called: str
    """The same with its article."""
    known: dict[str, Place] = field(default_factory=dict)
    uncertain: bool = False
    """Whether the section could not be read, so that nothing can be said about its names."""

    def declare(self, name: str, place: Place, report: Report, shape: re.Pattern[str] = _KEY) -> bool:
        """Take a name into account, even one that is misspelt: whoever uses it makes no second mistake."""
        self.known[name] = place
        if shape.fullmatch(name):
            return True
        allowed = "letters, digits and _" if shape is FIELD_NAME else "letters, digits, - and _"
        report.error(place, f'"{shortened(name)}" is no name for {self.called}: use {allowed}, beginning with a letter')
        return False

    def check(self, name: str, place: Place, report: Report) -> bool:
        """Whether there is one of this name; an error if not."""
        if name in self.known:
            return True
        if not self.uncertain:
            meant = did_you_mean(name, self.known) or ("" if self.known else f"; the script has no {self.kind} at all")
            report.error(place, f'unknown {self.kind} "{shortened(name)}"{meant}')
        return False


@dataclass(slots=True)
class Context:
    """A script while it is read."""

    source: str
    report: Report
    magnet_kinds: Mapping[str, type[BaseModel]] | None
    language: str = "en"
    languages: tuple[str, ...] = ("en",)
    languages_uncertain: bool = False
    """Whether it could not be read which languages there are, so that nothing can be said about missing ones."""
    purposes: tuple[str, ...] = PURPOSES
    personas: Names = field(default_factory=lambda: Names("persona", "a persona"))
    fields: Names = field(default_factory=lambda: Names("field", "a field"))
    page: Names = field(default_factory=lambda: Names("name of the page's data", "page data"))
    magnets: Names = field(default_factory=lambda: Names("lead magnet", "a lead magnet"))
    experiments: Names = field(default_factory=lambda: Names("experiment", "an experiment"))
    outline: Outline = field(default_factory=Outline)
    declared: dict[str, Field] = field(default_factory=dict)
    """The fields that could be read."""
    page_data: dict[str, Field] = field(default_factory=dict)
    """What the page may tell, as far as it could be read."""
    arms: Mapping[str, Collection[str]] = field(default_factory=dict)
    """The arms of every experiment that could be read."""
    _doubts: list[tuple[Place, str]] = field(default_factory=list)
    _unspoken: set[str] = field(default_factory=set)
    _types: dict[str, str] = field(default_factory=lambda: dict(BUILTIN_TYPES))
    _text_names: set[str] = field(default_factory=lambda: set(TEXT_NAMES))
    _keys: dict[Any, Collection[str]] = field(default_factory=dict)
    _arguments: dict[str, Collection[str]] = field(default_factory=dict)

    def doubt(self, place: Place, message: str) -> None:
        """Warn of something that may only follow from an error: once there are none."""
        self._doubts.append((place, message))

    def settle_doubts(self) -> None:
        """Everything is read."""
        for place, message in self._doubts if not self.report.has_errors else ():
            self.report.warn(place, message)

    # What is known, once the sections with names are read.

    def settle_text_names(self) -> None:
        """The fields are declared: from here on texts can be read."""
        self._text_names |= {*self.fields.known, *self.page.known}

    def settle_names(self) -> None:
        """Fields, magnets, experiments and purposes are declared: from here on conditions can be read."""
        for name in (*self.fields.known, *self.page.known):
            declared = self.declared.get(name) or self.page_data.get(name)
            self._types[name] = "any" if declared is None else declared.type.comparable
            options = getattr(declared.options, "options", None) if declared else None
            if isinstance(options, Mapping):
                self._keys[name] = tuple(options)
        self._keys["stage"] = tuple(Stage)
        self._keys["language"] = self.languages
        self._keys |= {("variant", experiment): tuple(names) for experiment, names in self.arms.items()}
        self._arguments["consented"] = self.purposes
        if not self.magnets.uncertain:
            self._arguments["has"] = tuple(self.magnets.known)
        if not self.experiments.uncertain:
            self._arguments["variant"] = tuple(self.experiments.known)

    # Texts.

    def text(self, cursor: Cursor, key: str) -> Text | None:
        """A message in one or several languages; None where there is none."""
        node = cursor.node(key)
        if node is None:
            if cursor.has(key):
                cursor.need(key, "")
            return None
        return self.text_at(node, f'"{key}"')

    def needed_text(self, cursor: Cursor, key: str, example: str) -> Text:
        """A message that must be there; an error and an empty one if it is not."""
        text = self.text(cursor, key) if cursor.node(key) is not None or not cursor.need(key, example) else None
        return self.plain_text("") if text is None else text

    def plain_text(self, words: str) -> Text:
        """Words of ours as a text."""
        return Text({self.language: as_written(words)}, self.language)

    def heading(self, cursor: Cursor, key: str) -> Text | None:
        """What stands over a talk, in one or several languages: shown as it is written, for nobody is known yet."""
        node = cursor.node(key)
        if isinstance(node, Scalar) and not node.text.strip():
            return None
        if node is None and cursor.has(key):
            cursor.need(key, "")
        return None if node is None else self.text_at(node, f'"{key}"', is_heading=True)

    def text_at(self, node: Node, called: str, *, is_heading: bool = False) -> Text | None:
        """A message in one or several languages; a heading has nothing filled in."""
        if not isinstance(node, MappingNode):
            one = self._template(node, called, self.language, is_heading)
            return None if one is None else Text({self.language: one}, self.language)
        by_language = {}
        for language, entry in node.entries.items():
            if not self._is_spoken(language, entry.place, entry.value, node):
                continue
            if isinstance(entry.value, Scalar) and entry.value.is_empty:
                self.report.error(entry.place, f'nothing is written after "{language}:"')
            else:
                template = self._template(entry.value, f'"{language}"', language, is_heading)
                if template is not None:
                    by_language[language] = template
        if self.language not in node.entries:
            if self.languages_uncertain:
                return None
            if any(language in self.languages for language in node.entries):
                self.report.error(node.place, f'the text is missing in the script\'s own language, "{self.language}"')
            return None
        return Text(by_language, self.language) if self.language in by_language else None

    def _is_spoken(self, language: str, place: Place, value: Node, node: MappingNode) -> bool:
        if language in self.languages:
            return True
        if self.languages_uncertain and is_language(language):
            return False
        is_bare = node.in_braces and isinstance(value, Scalar) and value.is_empty
        if is_bare and (slip := without_colon(language, self.languages)):
            self.report.error(place, slip)
        elif is_bare:
            cure = "put the text in quotes"
            self.report.error(place, f'a comma inside {{ }} begins a new entry, here "{shortened(language)}"; {cure}')
        elif language in self._unspoken:
            pass  # It was said of the first text that has it.
        elif _LANGUAGE.fullmatch(language):
            self._unspoken.add(language)
            spoken = ", ".join(self.languages)
            self.report.error(
                place, f'"{language}" is none of the script\'s languages ({spoken}); add it to "languages:"'
            )
        elif (code := language_called(language) or language.lower()) in self.languages:
            self.report.error(place, f'"{shortened(language)}" is no language, did you mean "{code}"?')
        else:
            cure = f"a text, or one per language such as {{{self.language}: …}}, is due here; is a colon in a text?"
            self.report.error(place, f'"{shortened(language)}" is no language: {cure}')
        return False

    def _template(self, node: Node, called: str, language: str, is_heading: bool) -> Template | None:
        if isinstance(node, Listing) and any(isinstance(item, MappingNode) for item in node.items):
            self.report.error(node.place, 'languages stand without "- ": each on a line, such as "en: Hello!"')
            return None
        text = text_of(node, self.report, called)
        if text is None or not isinstance(node, Scalar):
            return None
        if not node.quoted and is_in_curly_quotes(text):
            self.doubt(node.place, f"visitors see these curly quotes; to hold the text together, {STRAIGHT}")
        if is_heading:
            if blank := first_blank(text):
                self.doubt(node.place, f"visitors see {shortened(blank)} as it stands: nothing is filled in here")
        elif (match := _IN_BRACES.search(text)) and match[1] in self._text_names:
            self.doubt(node.place, f'visitors see {match[0]} as it stands; an answer is written "{{{{ {match[1]} }}}}"')
        if _MARKDOWN.search(text):
            cure = 'write the address alone, use "links:", or leave the signs out'
            self.doubt(node.place, f"texts are shown as they are, with all [ ]( ) and **: {cure}")
        if not node.quoted and _COMMENT.match(self.source, node.end):
            self.report.warn(node.place, 'what follows " #" is a comment and is not said; put the text in quotes')
        if not text.strip():
            self.report.error(node.place, f"the text after {called} is blank")
            return None
        if is_heading:
            return as_written(text.rstrip("\n"))
        try:
            return compile_template(text.rstrip("\n"), self._text_names, language=language)
        except TemplateError as error:
            place = place_within(node, self.source, error.line, error.column)
            self.report.error(place, error.message)
            return None

    # Conditions and formulas.

    def condition(self, cursor: Cursor, key: str) -> Expression | None:
        """A condition; None where there is none."""
        node = cursor.node(key)
        if node is None:
            if cursor.has(key):
                cursor.need(key, "")
            return None
        return self.condition_at(node, f'"{key}"')

    def needed_condition(self, cursor: Cursor, key: str) -> Expression | None:
        """A condition that must be there."""
        return self.condition(cursor, key) if cursor.need(key, "team_size >= 50") else None

    def condition_at(self, node: Node, called: str) -> Expression | None:
        """A condition."""
        text = text_of(node, self.report, called)
        if text is None or not isinstance(node, Scalar):
            return None
        return self._compile(node, text, 0, "yes_no")

    def formula_at(self, node: Scalar, wanted: str | None) -> Expression | None:
        """What follows the ``=`` of a formula."""
        text = node.text.lstrip()
        skipped = len(node.text) - len(text) + 1
        return self._compile(node, text[1:], skipped, wanted)

    def _compile(self, node: Scalar, text: str, skipped: int, wanted: str | None) -> Expression | None:
        try:
            return compile_expression(text, self._types, wanted=wanted, arguments=self._arguments, keys=self._keys)
        except ConditionError as error:
            if not (self.fields.uncertain or self.page.uncertain) or not self._speaks_of_unknown(text):
                place = place_within(node, self.source, error.line, error.column, skipped)
                self.report.error(place, error.message)
            return None

    def _speaks_of_unknown(self, text: str) -> bool:
        return any(word not in self._types for word in _WORD.findall(text))

    # References.

    def target(self, cursor: Cursor, key: str, within: str | None = None) -> str | None:
        """The step that ``key`` names, as seen from the sub-dialog ``within``."""
        node = cursor.node(key)
        if node is None:
            if cursor.has(key):
                cursor.need(key, "")
            return None
        return self.target_at(node, within, f'"{key}"')

    def target_at(self, node: Node, within: str | None, called: str) -> str | None:
        """The id of the step that a text names, or a mapping ``{go: name}``."""
        if isinstance(node, MappingNode):
            cursor = Cursor(node, self.report, f"{called} with {{ }}")
            target = self.target(cursor, "go", within) if cursor.need("go", "name_of_a_step") else None
            cursor.finish()
            return target
        if isinstance(node, Listing):
            self.report.error(node.place, f"{called} names one step, not a list")
            return None
        if isinstance(node, Unreadable):
            return None
        if message := self.outline.why_not(node.text, within):
            self.report.error(node.place, message)
            return None
        return node.text

    def check_dialog(self, name: str, place: Place) -> None:
        """Report a sub-dialog that does not exist."""
        if name in self.outline.homes:
            self.report.error(place, f'"{name}" is a step, not a sub-dialog; use "go: {name}"')
        else:
            cure = did_you_mean(name, self.outline.dialogs) or '; sub-dialogs stand under "dialogs:"'
            self.report.error(place, f'unknown sub-dialog "{shortened(name)}"{cure}')

    def check_arm(self, experiment: str, arm: str, place: Place) -> None:
        """Report an arm that a known experiment does not have."""
        arms = self.arms.get(experiment)
        if arms is not None and arm not in arms:
            cure = did_you_mean(arm, arms) or f"; it has {', '.join(arms)}"
            self.report.error(place, f'the experiment "{experiment}" has no arm "{shortened(arm)}"{cure}')

    def persona(self, cursor: Cursor, key: str) -> str | None:
        """A declared persona."""
        name = cursor.text(key)
        return name if name is not None and self.personas.check(name, cursor.place_of(key), self.report) else None

    def purpose(self, name: str, place: Place) -> str:
        """A purpose of consent."""
        if name not in self.purposes:
            cure = (
                did_you_mean(name, self.purposes) or f'; there are {", ".join(self.purposes)}; add more to "purposes:"'
            )
            self.report.error(place, f'unknown purpose "{shortened(name)}"{cure}')
        return name

    def tags(self, cursor: Cursor, key: str) -> tuple[str, ...]:
        """Tags: short words."""
        tags = cursor.texts(key)
        for tag in tags:
            if not tag.strip() or len(tag) > 64:
                cursor.error(key, f'a tag has 1 to 64 characters, "{shortened(tag)}" has {len(tag)}')
        return tags


def no_language(name: str) -> str:
    """What to say of what is no language."""
    code = language_called(name) or (name.lower() if is_language(name.lower()) else None)
    cure = f', did you mean "{code}"?' if code else '; write "en", "de" or "pt-BR"'
    return f'"{shortened(name)}" is no language{cure}'


def is_language(tag: str) -> bool:
    """Whether a text looks like a language: ``en``, ``pt-BR``."""
    return _LANGUAGE.fullmatch(tag) is not None
