"""Consent to one purpose: only a clear yes is a yes; a shrug, a "maybe" or "perfect, thank you" is asked again."""

import re
from collections.abc import Mapping
from typing import ClassVar

from dialogs.language.affirmation import polarity
from dialogs.language.plain_words import plain_words
from dialogs.language.vocabulary import word_set
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
        "pt": "Para isto só aceito um sim claro. É “{yes}” ou “{no}”? Ambos estão bem.",
        "it": "Per questo accetto solo un sì chiaro. È “{yes}” o “{no}”? Vanno bene entrambi.",
        "nl": "Hiervoor neem ik alleen een duidelijk ja. Is het “{yes}” of “{no}”? Beide is goed.",
        "ar": "أقبل هنا نعم واضحة فقط. هل هي “{yes}” أم “{no}”؟ كلاهما مقبول.",
    },
}
_CONDITION = re.compile(
    r"\b(?:but|only|if|unless|except|provided|as long as|aber|nur|wenn|falls|solange|sofern|ausser|pero|solo|solamente"
    r"|siempre que|salvo|excepto|mais|seulement|uniquement|sauf|a condition|tant que)\b"
)
_LONGEST_THANKS = 80
_THANKS = word_set("thanks thank thx ty cheers danke dank dankeschon gracias merci")
_AROUND_THANKS = word_set(
    """
    you so very much many a lot that's that is it's really very oh wow schon sehr vielen das ist muchas muy es
    beaucoup c'est tres bien great perfect excellent wonderful awesome fantastic amazing brilliant superb lovely nice
    good cool super perfekt prima toll klasse wunderbar hervorragend spitze gut perfecto perfecta excelente
    estupendo fantastico bueno parfait parfaite genial formidable magnifique
    """
)


class ConsentQuestion:
    """Reads a clear yes or any no."""

    name: ClassVar[str] = "consent"
    comparable: ClassVar[str] = "yes_no"
    options: ClassVar[type[Options]] = ConsentOptions

    def read(self, text: str, options: ConsentOptions, reading: Reading) -> Outcome:
        """True for a clear yes, False for a no. Code: ``unclear_consent``."""
        heard = hear(text, options, reading.language)
        if heard.says is False:
            return Accepted(False)
        if heard.says and heard.clear and not _is_thanks(text) and not _has_a_condition(text, reading.language):
            return Accepted(True)
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


def _has_a_condition(text: str, language: str) -> bool:
    """Whether the yes comes with a "but only by e-mail"; the "but" of "but of course" is none."""
    words = plain_words(text)
    condition = _CONDITION.search(words)
    rest = words[condition.end() :].strip() if condition is not None else ""
    return rest != "" and polarity(rest, language) is not True


def _is_thanks(text: str) -> bool:
    """Whether a text is thanks and praise alone: polite, and no yes to what was asked."""
    words = plain_words(text).split() if len(text) <= _LONGEST_THANKS else []
    return not _THANKS.isdisjoint(words) and all(word in _THANKS or word in _AROUND_THANKS for word in words)
