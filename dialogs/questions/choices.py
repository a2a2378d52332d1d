"""Several of some options: "sales and marketing", "1, 3", "all except HR", "none"."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field, model_validator

from dialogs.language.choosing_several import pick_several
from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading, Rejected, Suggestion, phrase
from dialogs.questions.choice import ChoiceOptions, buttons, label_of, listed
from dialogs.values import Value


class ChoicesOptions(ChoiceOptions):
    """What a script may say about a choice of several."""

    min: int = Field(default=1, ge=0)
    """Fewest that are taken; with 0, "none" is an answer."""
    max: int | None = Field(default=None, ge=1)
    """Most that are taken."""

    @model_validator(mode="after")
    def _can_be_met(self) -> "ChoicesOptions":
        if self.max is not None and self.min > self.max:
            raise ValueError("min must not be larger than max")
        if self.min > len(self.options):
            raise ValueError(f"min is {self.min}, but there are only {len(self.options)} options")
        return self


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "no_options": {
        "en": "I did not find that among the options: {labels}. Several are fine, with commas between.",
        "de": "Das habe ich nicht gefunden. Zur Wahl stehen: {labels}. Gern mehrere, mit Komma dazwischen.",
        "es": "No lo encuentro. Las opciones son: {labels}. Puedes elegir varias, separadas por comas.",
        "fr": "Je ne le trouve pas. Au choix : {labels}. Plusieurs réponses possibles, séparées par des virgules.",
        "pt": "Não encontrei isso entre as opções: {labels}. Podem ser várias, separadas por vírgulas.",
        "it": "Non l'ho trovato tra le opzioni: {labels}. Possono essere più di una, separate da virgole.",
        "nl": "Dat heb ik niet bij de mogelijkheden gevonden: {labels}. Meerdere mag ook, met komma's ertussen.",
        "ar": "لم أجد ذلك بين الخيارات: {labels}. يمكن اختيار عدة خيارات تفصل بينها فواصل.",
    },
    "too_few": {
        "en": "Please choose at least {limit}: {labels}.",
        "de": "Bitte mindestens {limit} auswählen: {labels}.",
        "es": "Elige al menos {limit}: {labels}.",
        "fr": "Choisissez-en au moins {limit} : {labels}.",
        "pt": "Escolha pelo menos {limit}: {labels}.",
        "it": "Ne scelga almeno {limit}: {labels}.",
        "nl": "Kies er ten minste {limit}: {labels}.",
        "ar": "يُرجى اختيار {limit} على الأقل: {labels}.",
    },
    "too_many": {
        "en": "That is {count}; please choose at most {limit}.",
        "de": "Das sind {count}; bitte höchstens {limit} auswählen.",
        "es": "Son {count}; elige como máximo {limit}.",
        "fr": "Cela fait {count} ; choisissez-en au plus {limit}.",
        "pt": "São {count}; escolha no máximo {limit}.",
        "it": "Sono {count}; ne scelga al massimo {limit}.",
        "nl": "Dat zijn er {count}; kies er hoogstens {limit}.",
        "ar": "هذه {count}؛ يُرجى اختيار {limit} كحد أقصى.",
    },
    "partly": {
        "en": "I noted {labels}, but did not understand “{unclear}”. Is that all?",
        "de": "Notiert: {labels}. „{unclear}“ habe ich nicht verstanden. Ist das alles?",
        "es": "He anotado {labels}, pero no he entendido «{unclear}». ¿Es todo?",
        "fr": "J'ai noté {labels}, mais pas compris « {unclear} ». Est-ce tout ?",
        "pt": "Anotei {labels}, mas não percebi “{unclear}”. É tudo?",
        "it": "Ho annotato {labels}, ma non ho capito “{unclear}”. È tutto?",
        "nl": "Ik heb {labels} genoteerd, maar “{unclear}” niet begrepen. Is dat alles?",
        "ar": "سجّلت {labels}، لكنني لم أفهم “{unclear}”. هل هذا كل شيء؟",
    },
    "none": {
        "en": "none",
        "de": "nichts davon",
        "es": "ninguna",
        "fr": "aucune",
        "pt": "nenhuma",
        "it": "nessuna",
        "nl": "geen",
        "ar": "لا شيء",
    },
}


class ChoicesQuestion:
    """Reads names, numbers and ordinals, one or many, and what is left out."""

    name: ClassVar[str] = "choices"
    comparable: ClassVar[str] = "list"
    options: ClassVar[type[Options]] = ChoicesOptions

    def read(self, text: str, options: ChoicesOptions, reading: Reading) -> Outcome:
        """The keys in the order of the options. Codes: ``no_options``, ``too_few``, ``too_many``."""
        language = reading.language
        picks = pick_several(options.names, text, language)
        chosen = tuple(options.keys[at] for at in picks.chosen)
        near = tuple(options.keys[at] for at in picks.near[:3])
        if not chosen and not (picks.none and options.min == 0):
            return _refused("too_few" if picks.none else "no_options", options, language, near)
        outcome = _judged(chosen, options, language)
        if isinstance(outcome, Rejected) or not picks.unclear:
            return outcome
        labels = _listed(chosen, options, language)
        doubt = phrase(_PHRASES, "partly", language, labels=labels, unclear=picks.unclear[0][:60])
        return Accepted(outcome.value, (), doubt, _completed(chosen, near, options, language))

    def check(self, value: Value, options: ChoicesOptions, language: str) -> Outcome:
        """A list of keys; each is taken once, in the order of the options."""
        given: list[object] = list(value) if isinstance(value, list) else [None]
        if not all(isinstance(key, str) and key in options.options for key in given):
            return _refused("no_options", options, language)
        return _judged(tuple(key for key in options.keys if key in given), options, language)

    def input(self, options: ChoicesOptions, language: str) -> Input:
        """A button for each option, to be pressed in any number within the limits."""
        shown = buttons(options, language)
        return Input(kind="choices", options=shown, minimum=options.min, maximum=options.max)

    def show(self, value: Value, options: ChoicesOptions, language: str) -> str:
        """The labels, with commas."""
        if isinstance(value, list):
            return _listed(tuple(value), options, language) or phrase(_PHRASES, "none", language)
        return "" if value is None else str(value)


def _judged(keys: tuple[str, ...], options: ChoicesOptions, language: str) -> Accepted | Rejected:
    if len(keys) < options.min:
        return _refused("too_few", options, language)
    if options.max is not None and len(keys) > options.max:
        return _refused("too_many", options, language, count=len(keys))
    return Accepted(list(keys))


def _completed(
    chosen: tuple[str, ...], near: tuple[str, ...], options: ChoicesOptions, language: str
) -> tuple[Suggestion, ...]:
    """What was chosen together with each near miss."""
    if options.max is not None and len(chosen) >= options.max:
        return ()
    fuller = [tuple(one for one in options.keys if one in chosen or one == key) for key in near]
    return tuple(Suggestion(list(keys), _listed(keys, options, language)) for keys in fuller)


def _listed(keys: tuple[str, ...], options: ChoicesOptions, language: str) -> str:
    return ", ".join(label_of(key, options, language) for key in keys)


def _refused(
    code: str, options: ChoicesOptions, language: str, near: tuple[str, ...] = (), *, count: int = 0
) -> Rejected:
    labels = listed(tuple(option.label for option in buttons(options, language)), language)
    limit = options.max if code == "too_many" else max(options.min, 1)
    reason = phrase(_PHRASES, code, language, labels=labels, limit=limit, count=count)
    return Rejected(reason, code, tuple(Suggestion([key], label_of(key, options, language)) for key in near))
