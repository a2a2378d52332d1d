"""What to call somebody: "Ada", "I'm Ada", "my name is ada lovelace", "Robert, but call me Bob"."""

import re
import unicodedata
from collections.abc import Mapping
from typing import ClassVar

from dialogs.language.folding import fold_words
from dialogs.language.introductions import Introduced, introduced_name
from dialogs.language.letter_case import in_name_case
from dialogs.language.not_names import goes_on_after_i_am, is_an_answer, is_no_name, is_plainly_a_name
from dialogs.language.web_addresses import is_website
from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading, Rejected, phrase
from dialogs.values import Value

NAME_MAX_CHARACTERS = 100
"""Longest name that is taken."""


class NameOptions(Options):
    """What a script may say about a name."""

    full: bool = False
    """Ask once for the family name where only one word is given."""


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "not_a_name": {
        "en": "What may I call you? Just a name, such as {example}.",
        "de": "Wie darf ich Sie nennen? Nur ein Name, zum Beispiel {example}.",
        "es": "¿Cómo te llamo? Solo un nombre, por ejemplo {example}.",
        "fr": "Comment puis-je vous appeler ? Juste un nom, par exemple {example}.",
        "pt": "Como posso chamá-lo? Só um nome, por exemplo {example}.",
        "it": "Come posso chiamarla? Solo un nome, per esempio {example}.",
        "nl": "Hoe mag ik u noemen? Alleen een naam, bijvoorbeeld {example}.",
        "ar": "بماذا أناديك؟ اسم فقط، مثل {example}.",
    },
    "digits_in_name": {
        "en": "There are digits in that. Just the name, such as {example}, please.",
        "de": "Da stehen Ziffern drin. Bitte nur den Namen, zum Beispiel {example}.",
        "es": "Ahí hay números. Solo el nombre, por ejemplo {example}.",
        "fr": "Il y a des chiffres. Juste le nom, par exemple {example}.",
        "pt": "Há algarismos aí. Só o nome, por exemplo {example}, por favor.",
        "it": "Ci sono delle cifre. Solo il nome, per esempio {example}, per favore.",
        "nl": "Daar staan cijfers in. Alleen de naam, bijvoorbeeld {example}.",
        "ar": "يوجد أرقام في ذلك. الاسم فقط، مثل {example}، من فضلك.",
    },
    "address_for_name": {
        "en": "That looks like an address. Just the name, such as {example}, please.",
        "de": "Das sieht nach einer Adresse aus. Bitte nur den Namen, zum Beispiel {example}.",
        "es": "Eso parece una dirección. Solo el nombre, por ejemplo {example}.",
        "fr": "Cela ressemble à une adresse. Juste le nom, par exemple {example}.",
        "pt": "Isso parece um endereço. Só o nome, por exemplo {example}, por favor.",
        "it": "Sembra un indirizzo. Solo il nome, per esempio {example}, per favore.",
        "nl": "Dat lijkt een adres. Alleen de naam, bijvoorbeeld {example}.",
        "ar": "يبدو هذا عنوانًا. الاسم فقط، مثل {example}، من فضلك.",
    },
    "name_too_long": {
        "en": "That is long for a name. A shorter form, such as {example}, is enough.",
        "de": "Das ist lang für einen Namen. Eine kürzere Form wie {example} genügt.",
        "es": "Es largo para un nombre. Basta una forma corta, como {example}.",
        "fr": "C'est long pour un nom. Une forme plus courte, comme {example}, suffit.",
        "pt": "É longo para um nome. Uma forma mais curta, por exemplo {example}, basta.",
        "it": "È lungo per un nome. Basta una forma più breve, per esempio {example}.",
        "nl": "Dat is lang voor een naam. Een kortere vorm, bijvoorbeeld {example}, is genoeg.",
        "ar": "هذا طويل بالنسبة إلى اسم. يكفي شكل أقصر، مثل {example}.",
    },
    "family_name": {
        "en": "Thank you, {name}. And your family name?",
        "de": "Danke, {name}. Und der Nachname?",
        "es": "Gracias, {name}. ¿Y el apellido?",
        "fr": "Merci, {name}. Et votre nom de famille ?",
        "pt": "Obrigado, {name}. E o seu apelido?",
        "it": "Grazie, {name}. E il suo cognome?",
        "nl": "Dank u, {name}. En uw achternaam?",
        "ar": "شكرًا، {name}. وما اسم عائلتك؟",
    },
    "example": {"en": "Ada", "de": "Ada", "es": "Ana", "fr": "Adèle"},
    "full_example": {"en": "Ada Lovelace", "de": "Ada Lovelace", "es": "Ana García", "fr": "Adèle Martin"},
}
_NAME = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_KEPT_SIGNS = frozenset(" '’ʼʻ`-‐.,·()\"&\u200c\u200d")
_PRONOUNS = re.compile(r"\((?:[a-z]{2,6}/)[a-z/]{2,20}\)", re.IGNORECASE)
_QUOTES = re.compile(r"[“”„«»]")


class NameQuestion:
    """Reads a name out of an introduction and gives it capitals where it has none."""

    name: ClassVar[str] = "name"
    comparable: ClassVar[str] = "text"
    options: ClassVar[type[Options]] = NameOptions

    def read(self, text: str, options: NameOptions, reading: Reading) -> Outcome:
        """The name. Codes: ``not_a_name``, ``digits_in_name``, ``address_for_name``, ``name_too_long``."""
        language = reading.language
        if len(text) <= NAME_MAX_CHARACTERS and is_plainly_a_name(text, language):
            return _judged(in_name_case(text), options, language)
        found = introduced_name(text)
        name = _cleaned(found.rest)
        problem = _problem_of(text, name, found, language)
        if problem:
            return _refused(problem, options, language)
        return _judged(in_name_case(name), options, language)

    def check(self, value: Value, options: NameOptions, language: str) -> Outcome:
        """A text that is a name, as it is written."""
        name = _cleaned(value) if isinstance(value, str) else ""
        problem = _sign_problem(name)
        return _refused(problem, options, language) if problem else Accepted(name)

    def input(self, options: NameOptions, language: str) -> Input:
        """One line, filled in by the browser."""
        return Input(kind="text", autocomplete="name" if options.full else "given-name")

    def show(self, value: Value, options: NameOptions, language: str) -> str:
        """The name."""
        return "" if value is None else str(value)


def _judged(name: str, options: NameOptions, language: str) -> Accepted:
    if options.full and " " not in name and name.isascii():
        return Accepted(name, ("one_word",), phrase(_PHRASES, "family_name", language, name=name))
    return Accepted(name)


def _cleaned(text: str) -> str:
    """The name without pictures, invisible signs and doubled spaces."""
    if text.isascii() and _is_all_letters(text):
        return " ".join(text[: 4 * NAME_MAX_CHARACTERS].split())
    kept = "".join(character for character in text[: 4 * NAME_MAX_CHARACTERS] if _is_visible(character))
    name = " ".join(_QUOTES.sub('"', unicodedata.normalize("NFC", _PRONOUNS.sub("", kept))).split()).strip(" ,-·")
    quoted = len(name) > 2 and name[0] == name[-1] and name[0] in "\"'" and name.count(name[0]) == 2
    return name[1:-1] if quoted else name


def _is_all_letters(text: str) -> bool:
    return text.replace(" ", "").isalpha()


def _is_visible(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] not in "CS" or character in _KEPT_SIGNS or character in "<>=+$^|~\n\t"


def _problem_of(text: str, name: str, found: Introduced, language: str) -> str:
    """Why the text holds no name; empty where it does."""
    problem = _sign_problem(name)
    if problem:
        return problem
    asks = text.rstrip().endswith(("?", "？")) and fold_words(text) == fold_words(found.rest)
    if asks or is_no_name(name) or (found.likely and goes_on_after_i_am(name)):
        return "not_a_name"
    answers = not found.certain and is_an_answer(name if found.likely or _was_led_to(text, name) else text, language)
    return "not_a_name" if answers else ""


def _was_led_to(text: str, name: str) -> bool:
    """Whether the name stands behind a word and a comma: "sure, Ada"."""
    before, comma, _ = text.partition(",")
    return bool(comma) and fold_words(name) not in fold_words(before)


def _sign_problem(name: str) -> str:
    if len(name) <= NAME_MAX_CHARACTERS and _is_all_letters(name):
        return ""
    if "@" in name or "://" in name or is_website(name):
        return "address_for_name"
    if _DIGIT.search(name):
        return "digits_in_name"
    if len(name) > NAME_MAX_CHARACTERS:
        return "name_too_long"
    if not _NAME.search(name) or any(_is_odd(character) for character in name):
        return "not_a_name"
    return ""


def _is_odd(character: str) -> bool:
    return (
        character not in _KEPT_SIGNS
        and character not in "\u200c\u200d"
        and unicodedata.category(character)[0] not in "LM"
    )


def _refused(code: str, options: NameOptions, language: str) -> Rejected:
    example = phrase(_PHRASES, "full_example" if options.full else "example", language)
    return Rejected(phrase(_PHRASES, code, language, example=example), code)
