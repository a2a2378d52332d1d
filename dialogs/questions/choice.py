"""One of several options, by button, name, number, ordinal, letter, or in the visitor's own words."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from dialogs.language.choosing import Choosable, OptionNames, Pick
from dialogs.language.labels import Label, in_every_language, key_of, spoken
from dialogs.questions.base import Accepted, Input, Option, Options, Outcome, Reading, Rejected, Suggestion, phrase
from dialogs.values import Value


class ChoiceOption(BaseModel):
    """What a script says about one option."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Label
    """What the button says."""
    synonyms: tuple[str, ...] | dict[str, tuple[str, ...]] = ()
    """Other words for it, for all languages or by language; all are understood in any."""
    when: str | None = None
    """A condition, kept as text: the option is offered only while it holds."""

    @property
    def names(self) -> tuple[str, ...]:
        """Labels and synonyms in every language."""
        synonyms = self.synonyms
        if isinstance(synonyms, dict):
            synonyms = tuple(word for words in synonyms.values() for word in words)
        return (*in_every_language(self.label), *synonyms)


def _by_key(given: Any) -> Any:
    """Options by key: a mapping as it is, a list with keys made from its labels."""
    if isinstance(given, Mapping):
        return {str(key): _option(option, str(key)) for key, option in given.items()}
    if not isinstance(given, list | tuple):
        return given
    options: dict[str, Any] = {}
    for place, item in enumerate(given, start=1):
        option = dict(_option(item, "")) if not isinstance(item, ChoiceOption) else item
        key = option.pop("key", None) if isinstance(option, dict) else None
        key = str(key) if key is not None else _free_key(_first_label(option), place, options)
        if key in options:
            raise ValueError(f'two options have the key "{key}"')
        options[key] = option
    return options


def _option(given: Any, label: str) -> Any:
    """One option as a mapping: a text or a text by language is its label, nothing stands for the key itself."""
    if isinstance(given, ChoiceOption):
        return given
    if given is None:
        return {"label": label}
    if isinstance(given, Mapping) and not given.keys().isdisjoint({"label", "synonyms", "when", "key"}):
        return {"label": label, **given} if label else given
    return {"label": given if isinstance(given, Mapping) else str(given)}


def _first_label(option: Any) -> str:
    label = option.label if isinstance(option, ChoiceOption) else option.get("label", "")
    return str(next(iter(label.values()), "")) if isinstance(label, Mapping) else str(label)


def _free_key(label: str, place: int, taken: Mapping[str, Any]) -> str:
    """A key from a label that no other option has: "c", then "c_2"."""
    key = key_of(label) or f"option_{place}"
    return key if key not in taken else f"{key}_{place}"


class ChoiceOptions(Options):
    """What a script may say about a choice."""

    options: Annotated[dict[str, ChoiceOption], BeforeValidator(_by_key)] = Field(min_length=1, max_length=250)
    """Options by key. In scripts a list of labels, or key to label, or key to ``{label, synonyms, when}``."""

    @cached_property
    def names(self) -> OptionNames:
        """All that the options are called, prepared for reading."""
        return OptionNames([Choosable(key, option.names) for key, option in self.options.items()])

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys in order."""
        return tuple(self.options)


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "not_an_option": {
        "en": "I did not find that among the options. Which one is it: {labels}?",
        "de": "Das habe ich unter den Möglichkeiten nicht gefunden. Welche ist es: {labels}?",
        "es": "No lo encuentro entre las opciones. ¿Cuál es: {labels}?",
        "fr": "Je ne le trouve pas parmi les options. Laquelle : {labels} ?",
        "pt": "Não encontrei isso entre as opções. Qual é: {labels}?",
        "it": "Non l'ho trovato tra le opzioni. Quale è: {labels}?",
        "nl": "Dat heb ik niet bij de mogelijkheden gevonden. Welke is het: {labels}?",
        "ar": "لم أجد ذلك بين الخيارات. أيها تقصد: {labels}؟",
    },
    "several_options": {
        "en": "That could be more than one. Which do you mean: {labels}?",
        "de": "Das könnte mehreres heißen. Was davon: {labels}?",
        "es": "Podría ser más de una. ¿Cuál: {labels}?",
        "fr": "Cela peut en désigner plusieurs. Laquelle : {labels} ?",
        "pt": "Podia ser mais do que uma. Qual quer dizer: {labels}?",
        "it": "Potrebbe essere più di una. Quale intende: {labels}?",
        "nl": "Dat kan er meer dan één zijn. Welke bedoelt u: {labels}?",
        "ar": "قد يكون ذلك أكثر من خيار. أيها تقصد: {labels}؟",
    },
    "which_then": {
        "en": "Got it, not that one. Which one then: {labels}?",
        "de": "Verstanden, das nicht. Was dann: {labels}?",
        "es": "Entendido, esa no. ¿Cuál entonces: {labels}?",
        "fr": "Compris, pas celle-là. Laquelle alors : {labels} ?",
        "pt": "Certo, essa não. Qual então: {labels}?",
        "it": "Capito, non quella. Quale allora: {labels}?",
        "nl": "Begrepen, die niet. Welke dan: {labels}?",
        "ar": "فهمت، ليس هذا. أيها إذن: {labels}؟",
    },
    "or": {"en": "or", "de": "oder", "es": "o", "fr": "ou", "pt": "ou", "it": "o", "nl": "of", "ar": "أو"},
}
_MOST_NAMED = 6
"""How many options a reason names."""


class ChoiceQuestion:
    """Reads "just looking", "2", "the second one", "b)", "I think this month"."""

    name: ClassVar[str] = "choice"
    comparable: ClassVar[str] = "text"
    options: ClassVar[type[Options]] = ChoiceOptions

    def read(self, text: str, options: ChoiceOptions, reading: Reading) -> Outcome:
        """The key of the option. Codes: ``not_an_option``, ``several_options``, ``which_then``."""
        if text in options.options:
            return Accepted(text)
        pick = options.names.pick(text, reading.language)
        return Accepted(options.keys[pick.at]) if pick.at is not None else _refused(pick, options, reading.language)

    def check(self, value: Value, options: ChoiceOptions, language: str) -> Outcome:
        """The key of an option, exactly."""
        if isinstance(value, str) and value in options.options:
            return Accepted(value)
        return _refused(Pick(), options, language)

    def input(self, options: ChoiceOptions, language: str) -> Input:
        """A button for each option."""
        return Input(kind="choice", options=buttons(options, language))

    def show(self, value: Value, options: ChoiceOptions, language: str) -> str:
        """The option's label."""
        return label_of(value, options, language)


def buttons(options: ChoiceOptions, language: str) -> tuple[Option, ...]:
    """Every option as a button."""
    return tuple(Option(key, spoken(option.label, language)) for key, option in options.options.items())


def label_of(key: object, options: ChoiceOptions, language: str) -> str:
    """The label of the option with this key; the key itself where the script no longer has it."""
    option = options.options.get(key) if isinstance(key, str) else None
    return ("" if key is None else str(key)) if option is None else spoken(option.label, language)


def listed(labels: tuple[str, ...], language: str) -> str:
    """ "A, B or C"; with more than a handful the rest is an ellipsis."""
    if len(labels) > _MOST_NAMED:
        return ", ".join((*labels[:_MOST_NAMED], "…"))
    last = f" {phrase(_PHRASES, 'or', language)} "
    return last.join(filter(None, (", ".join(labels[:-1]), labels[-1])))


def _refused(pick: Pick, options: ChoiceOptions, language: str) -> Rejected:
    code = "which_then" if pick.negated else "several_options" if len(pick.near) > 1 else "not_an_option"
    near = tuple(options.keys[at] for at in pick.near)
    suggestions = tuple(Suggestion(key, label_of(key, options, language)) for key in near)
    named = near if len(near) > 1 else options.keys
    labels = listed(tuple(label_of(key, options, language) for key in named), language)
    return Rejected(phrase(_PHRASES, code, language, labels=labels), code, suggestions)
