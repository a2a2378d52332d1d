"""Consent to one purpose: only a clear yes is a yes; a shrug, a "why not" or a "maybe" is asked again."""

from collections.abc import Mapping
from typing import ClassVar

from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading
from dialogs.questions.yes_no import NO_KEY, YES_KEY, YesNoOptions, buttons, hear, refuse, shown
from dialogs.values import Value


class ConsentOptions(YesNoOptions):
    """What a script may say about a consent: its buttons' words."""


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "unclear_consent": {
        "en": "I only take a clear yes for this. Is it “{yes}” or “{no}”? Both are fine.",
        "de": "Hier zählt nur ein klares Ja. „{yes}“ oder „{no}“? Beides ist in Ordnung.",
        "es": "Para esto necesito un sí claro. ¿«{yes}» o «{no}»? Las dos respuestas están bien.",
        "fr": "Pour cela, il me faut un oui clair. « {yes} » ou « {no} » ? Les deux me vont.",
    },
}


class ConsentQuestion:
    """Reads a clear yes or any no."""

    name: ClassVar[str] = "consent"
    comparable: ClassVar[str] = "yes_no"
    options: ClassVar[type[Options]] = ConsentOptions

    def read(self, text: str, options: ConsentOptions, reading: Reading) -> Outcome:
        """True for a clear yes, False for a no. Code: ``unclear_consent``."""
        heard = hear(text, options, reading.language)
        if heard.says is False or (heard.says and heard.clear):
            return Accepted(heard.says)
        return refuse("unclear_consent", options, reading.language, _PHRASES)

    def check(self, value: Value, options: ConsentOptions, language: str) -> Outcome:
        """A boolean, or the key of a button."""
        if isinstance(value, bool):
            return Accepted(value)
        if isinstance(value, str) and value in (YES_KEY, NO_KEY):
            return Accepted(value == YES_KEY)
        return refuse("unclear_consent", options, language, _PHRASES)

    def input(self, options: ConsentOptions, language: str) -> Input:
        """Two buttons."""
        return Input(kind="choice", options=buttons(options, language))

    def show(self, value: Value, options: ConsentOptions, language: str) -> str:
        """ "Yes" or "No", in the words of the buttons."""
        return shown(value, options, language)
