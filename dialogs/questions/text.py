"""Free words: a short text or a long one, with limits on its length and, if wanted, its form."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, model_validator

from dialogs.language.labels import Label, spoken
from dialogs.language.patterns import compile_pattern
from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading, Rejected, phrase
from dialogs.values import ANSWER_MAX_CHARACTERS, Value

PATTERN_MAX_CHARACTERS = 200
"""Longest text that is compared with a pattern; a longer one does not follow it."""


def _compiles(pattern: str) -> str:
    compile_pattern(pattern)
    return pattern


class TextOptions(Options):
    """What a script may say about a text."""

    min_length: int = Field(default=1, ge=1, le=ANSWER_MAX_CHARACTERS)
    """Fewest characters."""
    max_length: int = Field(default=ANSWER_MAX_CHARACTERS, ge=1, le=ANSWER_MAX_CHARACTERS)
    """Most characters."""
    pattern: Annotated[str, AfterValidator(_compiles)] | None = Field(default=None, min_length=1, max_length=500)
    """What the whole text must look like, as in ``[A-Z]{2}\\d{4}``; see ``dialogs/language/patterns.py``."""
    pattern_message: Label | None = None
    """What to say to a text that does not follow the pattern."""
    long: bool = False
    """Whether the input should offer several lines."""
    place: bool = False
    """Whether the place where somebody is, which they share by a button of their messenger, answers it."""

    @model_validator(mode="after")
    def _lengths_in_order(self) -> "TextOptions":
        if self.min_length > self.max_length:
            raise ValueError("min_length must not be larger than max_length")
        return self


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "empty": {
        "en": "I did not get any words. A short answer is enough.",
        "de": "Da kam nichts an. Eine kurze Antwort genügt.",
        "es": "No me ha llegado nada. Basta una respuesta corta.",
        "fr": "Je n'ai rien reçu. Une réponse courte suffit.",
        "pt": "Não recebi palavras. Basta uma resposta curta.",
        "it": "Non ho ricevuto parole. Basta una risposta breve.",
        "nl": "Ik heb geen woorden ontvangen. Een kort antwoord is genoeg.",
        "ar": "لم تصلني أي كلمات. تكفي إجابة قصيرة.",
    },
    "too_short": {
        "en": "Could you say a little more? At least {limit} characters, please.",
        "de": "Geht es etwas ausführlicher? Bitte mindestens {limit} Zeichen.",
        "es": "¿Un poco más, por favor? Al menos {limit} caracteres.",
        "fr": "Un peu plus, s'il vous plaît ? Au moins {limit} caractères.",
        "pt": "Pode dizer um pouco mais? Pelo menos {limit} caracteres, por favor.",
        "it": "Può dire qualcosa di più? Almeno {limit} caratteri, per favore.",
        "nl": "Kunt u iets meer zeggen? Ten minste {limit} tekens.",
        "ar": "هل يمكنك قول المزيد؟ {limit} حرفًا على الأقل من فضلك.",
    },
    "too_long": {
        "en": "That is a little long for me: {count} characters. Could you put it in {limit}?",
        "de": "Das ist mir etwas zu lang: {count} Zeichen. Geht es mit {limit}?",
        "es": "Es un poco largo: {count} caracteres. ¿Puede ser en {limit}?",
        "fr": "C'est un peu long : {count} caractères. Est-ce possible en {limit} ?",
        "pt": "É um pouco longo para mim: {count} caracteres. Pode dizê-lo em {limit}?",
        "it": "È un po' lungo per me: {count} caratteri. Può dirlo in {limit}?",
        "nl": "Dat is wat lang voor mij: {count} tekens. Kan het in {limit}?",
        "ar": "هذا طويل قليلًا: {count} حرفًا. هل يمكنك قوله في {limit}؟",
    },
    "wrong_form": {
        "en": "That does not have the form I need. Could you check it?",
        "de": "Das hat noch nicht die richtige Form. Stimmt es so?",
        "es": "No tiene la forma que necesito. ¿Lo revisamos?",
        "fr": "Cela n'a pas la forme attendue. Pouvez-vous vérifier ?",
        "pt": "Não tem a forma de que preciso. Pode verificar?",
        "it": "Non ha la forma che mi serve. Può controllare?",
        "nl": "Dat heeft niet de vorm die ik nodig heb. Kunt u het nakijken?",
        "ar": "ليس بالشكل الذي أحتاجه. هل يمكنك التحقق؟",
    },
}
_UNSTORABLE = {0: "\ufffd", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
"""Characters that no database and no JSON reader takes: NUL and halves of surrogate pairs."""


class TextQuestion:
    """Takes what was written, without spaces around it."""

    name: ClassVar[str] = "text"
    comparable: ClassVar[str] = "text"
    options: ClassVar[type[Options]] = TextOptions

    def read(self, text: str, options: TextOptions, reading: Reading) -> Outcome:
        """The text. Codes: ``empty``, ``too_short``, ``too_long``, ``wrong_form``."""
        return _judged(text.strip(), options, reading.language)

    def check(self, value: Value, options: TextOptions, language: str) -> Outcome:
        """A text within the limits."""
        return _judged(value.strip() if isinstance(value, str) else "", options, language)

    def input(self, options: TextOptions, language: str) -> Input:
        """One line, or several; the limits on the length; whether a place answers it."""
        extra = {"long": options.long, "min_length": options.min_length, "max_length": options.max_length}
        return Input(kind="text", extra=extra | {"place": True} if options.place else extra)

    def show(self, value: Value, options: TextOptions, language: str) -> str:
        """The text."""
        return "" if value is None else str(value)


def _judged(text: str, options: TextOptions, language: str) -> Outcome:
    if not any(character.isprintable() and not character.isspace() for character in text):
        return _refused("empty", language)
    if len(text) < options.min_length:
        return _refused("too_short", language, limit=options.min_length)
    if len(text) > options.max_length:
        return _refused("too_long", language, limit=options.max_length, count=len(text))
    if options.pattern is not None and not _follows(text, options.pattern):
        if options.pattern_message is not None:
            return Rejected(spoken(options.pattern_message, language), "wrong_form")
        return _refused("wrong_form", language)
    return Accepted(text if text.isascii() and "\0" not in text else text.translate(_UNSTORABLE))


def _follows(text: str, pattern: str) -> bool:
    return len(text) <= PATTERN_MAX_CHARACTERS and compile_pattern(pattern).matches(text)


def _refused(code: str, language: str, *, limit: int = 0, count: int = 0) -> Rejected:
    return Rejected(phrase(_PHRASES, code, language, limit=limit, count=count), code)
