"""Yes or no: "sure, go ahead", "not really", "nö", 👍. A mixed or unclear answer is asked again, never guessed."""

from collections.abc import Mapping
from typing import ClassVar

from dialogs.language.affirmation import Stance, stance
from dialogs.language.folding import fold_words
from dialogs.language.labels import Label, in_every_language, spoken
from dialogs.questions.base import (
    LANGUAGES,
    Accepted,
    Input,
    Option,
    Options,
    Outcome,
    Reading,
    Rejected,
    Suggestion,
    phrase,
)
from dialogs.values import Value

YES_KEY, NO_KEY = "yes", "no"
"""Keys of the two buttons."""


class YesNoOptions(Options):
    """What a script may say about a yes-or-no question: its buttons' words."""

    yes: Label | None = None
    no: Label | None = None


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "yes": {"en": "Yes", "de": "Ja", "es": "Sí", "fr": "Oui", "pt": "Sim", "it": "Sì", "nl": "Ja", "ar": "نعم"},
    "no": {"en": "No", "de": "Nein", "es": "No", "fr": "Non", "pt": "Não", "it": "No", "nl": "Nee", "ar": "لا"},
    "yes_and_no": {
        "en": "I heard a bit of both there. Is it “{yes}” or “{no}”?",
        "de": "Das klang nach beidem. Also „{yes}“ oder „{no}“?",
        "es": "He entendido un poco de las dos cosas. ¿«{yes}» o «{no}»?",
        "fr": "J'ai entendu un peu des deux. C'est « {yes} » ou « {no} » ?",
        "pt": "Ouvi um pouco de ambos. É “{yes}” ou “{no}”?",
        "it": "Ho sentito un po' di entrambi. È “{yes}” o “{no}”?",
        "nl": "Ik hoorde van beide iets. Is het “{yes}” of “{no}”?",
        "ar": "سمعت شيئًا من الاثنين. هل هي “{yes}” أم “{no}”؟",
    },
    "undecided": {
        "en": "No need to be sure. Which is closer: “{yes}” or “{no}”?",
        "de": "Ganz sicher muss es nicht sein. Eher „{yes}“ oder „{no}“?",
        "es": "No hace falta estar seguro. ¿Más bien «{yes}» o «{no}»?",
        "fr": "Pas besoin d'être sûr. Plutôt « {yes} » ou « {no} » ?",
        "pt": "Não é preciso ter a certeza. O que está mais perto: “{yes}” ou “{no}”?",
        "it": "Non serve essere sicuri. Che cosa si avvicina di più: “{yes}” o “{no}”?",
        "nl": "U hoeft niet zeker te zijn. Wat komt het dichtst in de buurt: “{yes}” of “{no}”?",
        "ar": "لا داعي لليقين. أيهما أقرب: “{yes}” أم “{no}”؟",
    },
    "neither_yes_nor_no": {
        "en": "I could not tell whether that is a yes or a no. “{yes}” or “{no}” is all I need.",
        "de": "War das ein Ja oder ein Nein? „{yes}“ oder „{no}“ genügt mir.",
        "es": "No sé si eso es un sí o un no. Con «{yes}» o «{no}» me basta.",
        "fr": "Je n'ai pas su si c'était oui ou non. « {yes} » ou « {no} » me suffit.",
        "pt": "Não percebi se é um sim ou um não. Basta “{yes}” ou “{no}”.",
        "it": "Non ho capito se sia un sì o un no. Basta “{yes}” o “{no}”.",
        "nl": "Ik kon niet zien of dat een ja of een nee is. “{yes}” of “{no}” is genoeg.",
        "ar": "لم أفهم إن كان ذلك نعم أم لا. يكفي “{yes}” أو “{no}”.",
    },
}
_WRITTEN: Mapping[Value, bool] = {"yes": True, "no": False, "true": True, "false": False}


class YesNoQuestion:
    """Reads a yes or a no in four languages, whatever language the conversation is in."""

    name: ClassVar[str] = "yes_no"
    comparable: ClassVar[str] = "yes_no"
    options: ClassVar[type[Options]] = YesNoOptions

    def read(self, text: str, options: YesNoOptions, reading: Reading) -> Outcome:
        """True or False. Codes: ``yes_and_no``, ``undecided``, ``neither_yes_nor_no``."""
        heard = hear(text, options, reading.language)
        if heard.says is not None:
            return Accepted(heard.says)
        code = "yes_and_no" if heard.mixed else "undecided" if heard.unsure else "neither_yes_nor_no"
        return refuse(code, options, reading.language)

    def check(self, value: Value, options: YesNoOptions, language: str) -> Outcome:
        """A boolean, or the key of a button."""
        if isinstance(value, bool):
            return Accepted(value)
        if isinstance(value, str) and value in _WRITTEN:
            return Accepted(_WRITTEN[value])
        return refuse("neither_yes_nor_no", options, language)

    def input(self, options: YesNoOptions, language: str) -> Input:
        """Two buttons."""
        return Input(kind="choice", options=buttons(options, language))

    def show(self, value: Value, options: YesNoOptions, language: str) -> str:
        """ "Yes" or "No", in the words of the buttons."""
        return shown(value, options, language)


def hear(text: str, options: YesNoOptions, language: str) -> Stance:
    """What the text says: the words of a button first, then everybody's."""
    if options.yes is not None or options.no is not None:
        said = fold_words(text)
        for label, says in ((options.yes, True), (options.no, False)):
            if label is not None and any(said == fold_words(words) for words in in_every_language(label)):
                return Stance(says)
    if language not in LANGUAGES:  # Nobody reads it, but what our own buttons say is understood.
        said = fold_words(text)
        for one, says in zip(buttons(options, language), (True, False), strict=True):
            if said == fold_words(one.label):
                return Stance(says)
    return stance(text, language)


def refuse(
    code: str, options: YesNoOptions, language: str, phrases: Mapping[str, Mapping[str, str]] = _PHRASES
) -> Rejected:
    """Ask again, with both answers to choose from."""
    yes, no = buttons(options, language)
    reason = phrase(phrases, code, language, yes=yes.label, no=no.label)
    return Rejected(reason, code, (Suggestion(True, yes.label), Suggestion(False, no.label)))


def buttons(options: YesNoOptions, language: str) -> tuple[Option, Option]:
    """The two buttons, in the script's words or in ours."""
    yes = phrase(_PHRASES, "yes", language) if options.yes is None else spoken(options.yes, language)
    no = phrase(_PHRASES, "no", language) if options.no is None else spoken(options.no, language)
    return Option(YES_KEY, yes), Option(NO_KEY, no)


def shown(value: Value, options: YesNoOptions, language: str) -> str:
    """The words of the button for True or False; any other value as it is."""
    if isinstance(value, bool):
        return buttons(options, language)[0 if value else 1].label
    return "" if value is None else str(value)
