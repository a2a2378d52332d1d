"""A company's name, alone or in a sentence: "Acme", "I'm the CTO of Acme", "we're called Acme Ltd."."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import ClassVar

from dialogs.language import mail_domains, web_addresses
from dialogs.language.affirmation import stance
from dialogs.language.dismissals import is_deed, is_dismissal
from dialogs.language.folding import fold, fold_words
from dialogs.language.introductions import introduced_company, words_alone, words_around
from dialogs.language.mail_addresses import find_addresses
from dialogs.language.occupations import read_occupation, says_there_is_none, words_of_occupations
from dialogs.language.vocabulary import word_set
from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading, Rejected, Suggestion, phrase
from dialogs.values import Value

COMPANY_MAX_CHARACTERS = 120
"""Longest company name that is taken."""


class CompanyOptions(Options):
    """What a script may say about a company: nothing but its label yet."""


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "not_a_company": {
        "en": "What is the company called? Just the name, such as {example}.",
        "de": "Wie heißt die Firma? Nur der Name, zum Beispiel {example}.",
        "es": "¿Cómo se llama la empresa? Solo el nombre, por ejemplo {example}.",
        "fr": "Comment s'appelle l'entreprise ? Juste le nom, par exemple {example}.",
        "pt": "Como se chama a empresa? Só o nome, por exemplo {example}.",
        "it": "Come si chiama l'azienda? Solo il nome, per esempio {example}.",
        "nl": "Hoe heet het bedrijf? Alleen de naam, bijvoorbeeld {example}.",
        "ar": "ما اسم الشركة؟ الاسم فقط، مثل {example}.",
    },
    "no_company": {
        "en": "No company? Then say what you do instead, such as {instead}, or skip this.",
        "de": "Keine Firma? Dann genügt, was Sie sonst machen, etwa {instead}. Überspringen geht auch.",
        "es": "¿Sin empresa? Entonces di a qué te dedicas, por ejemplo {instead}, o salta la pregunta.",
        "fr": "Pas d'entreprise ? Dites alors ce que vous faites, par exemple {instead}, ou passez la question.",
        "pt": "Sem empresa? Então diga o que faz, por exemplo {instead}, ou salte isto.",
        "it": "Nessuna azienda? Allora dica che cosa fa, per esempio {instead}, oppure salti la domanda.",
        "nl": "Geen bedrijf? Zeg dan wat u doet, bijvoorbeeld {instead}, of sla dit over.",
        "ar": "لا توجد شركة؟ اذكر إذن ما تعمله، مثل {instead}، أو تخطَّ هذا السؤال.",
    },
    "address_for_company": {
        "en": "That looks like an address. What is the company called, for example {example}?",
        "de": "Das sieht nach einer Adresse aus. Wie heißt die Firma, zum Beispiel {example}?",
        "es": "Eso parece una dirección. ¿Cómo se llama la empresa, por ejemplo {example}?",
        "fr": "Cela ressemble à une adresse. Comment s'appelle l'entreprise, par exemple {example} ?",
        "pt": "Isso parece um endereço. Como se chama a empresa, por exemplo {example}?",
        "it": "Sembra un indirizzo. Come si chiama l'azienda, per esempio {example}?",
        "nl": "Dat lijkt op een adres. Hoe heet het bedrijf, bijvoorbeeld {example}?",
        "ar": "يبدو هذا عنوانًا. ما اسم الشركة، مثل {example}؟",
    },
    "company_too_long": {
        "en": "That is long for a name. Just the company, such as {example}, please.",
        "de": "Das ist lang für einen Namen. Bitte nur die Firma, etwa {example}.",
        "es": "Es largo para un nombre. Solo la empresa, por ejemplo {example}.",
        "fr": "C'est long pour un nom. Juste l'entreprise, par exemple {example}.",
        "pt": "É longo para um nome. Só a empresa, por exemplo {example}, por favor.",
        "it": "È lungo per un nome. Solo l'azienda, per esempio {example}, per favore.",
        "nl": "Dat is lang voor een naam. Alleen het bedrijf, bijvoorbeeld {example}.",
        "ar": "هذا طويل بالنسبة إلى اسم. اسم الشركة فقط، مثل {example}، من فضلك.",
    },
    "is_it_called": {
        "en": "Is the company called {name}?",
        "de": "Heißt die Firma {name}?",
        "es": "¿La empresa se llama {name}?",
        "fr": "L'entreprise s'appelle-t-elle {name} ?",
        "pt": "A empresa chama-se {name}?",
        "it": "L'azienda si chiama {name}?",
        "nl": "Heet het bedrijf {name}?",
        "ar": "هل اسم الشركة {name}؟",
    },
    "instead": {
        "en": "Self-employed",
        "de": "Selbstständig",
        "es": "Por cuenta propia",
        "fr": "À mon compte",
        "pt": "Trabalhador independente",
        "it": "Lavoratore autonomo",
        "nl": "Zelfstandige",
        "ar": "عمل حر",
    },
    "private": {
        "en": "Private",
        "de": "Privat",
        "es": "Particular",
        "fr": "Particulier",
        "pt": "Particular",
        "it": "Privato",
        "nl": "Particulier",
        "ar": "شخصي",
    },
    "example": {"en": "Acme Ltd", "de": "Muster GmbH", "es": "Ejemplo S.L.", "fr": "Exemple SARL"},
}
_LETTER = re.compile(r"[^\W\d_]|\d ?[&+] ?\d")
_PLACE = re.compile(r" (?:in|near|à) [A-ZÄÖÜÉ][\w-]+$")
_MOST_WORDS = 12
_FEW_WORDS = 5
_AMOUNT = re.compile(
    r"(?:(?:in|within|about|around|roughly|maybe|over|under|ca\.?|etwa|ungefahr|unos|unas|environ|dans|en|we are"
    r"|we're) )*"
    r"(?:\d[\d.,]*\+?k?|an?|one|two|three|four|five|six|ten|twenty|fifty|a couple of|a few|zwei|drei|dos|tres|deux"
    r"|trois)"
    r"(?: ?-? ?\d[\d.,]*k?)? ?(?:more |new )?(?:people|persons?|employees|users|seats|months?|weeks?|days?|years?"
    r"|hours?"
    r"|quarters?|leute|personen|mitarbeiter|monaten?|wochen?|tagen?|jahren?|personas|empleados|meses|mes|semanas?|dias?"
    r"|anos?|personnes|employes|mois|semaines?|jours?|ans?|euros?|dollars?|eur|usd|bucks|€|\$)"
)
"""A number of people, a time or a sum; "20 Minutes" is a newspaper, "20 minutes" no company."""
_ARTICLES = word_set("a an ein eine un une una the-a")
_NO_COMPANIES = word_set(
    """
    hi hello hey hallo hola bonjour thanks danke gracias merci please bitte why what who how which warum was wer wie
    none nothing nobody nowhere na n/a nichts keine keiner nada ninguna ninguno rien aucune aucun test idk dunno skip
    help stop later private privat secret unemployed company firma empresa entreprise name me myself yo moi
    """
)
_SENTENCE = word_set(
    """
    i you they your am don't dont can't cant won't want need would could should have know think tell show looking
    interested pricing price cost question ich sie habe mochte kann weiss nicht kein quiero necesito tengo puedo cuanto
    je vous j'ai veux voudrais combien
    """
)


class CompanyQuestion:
    """Reads a company's name and keeps it as it is written."""

    name: ClassVar[str] = "company"
    comparable: ClassVar[str] = "text"
    options: ClassVar[type[Options]] = CompanyOptions

    def read(self, text: str, options: CompanyOptions, reading: Reading) -> Outcome:
        """The name. Codes: ``not_a_company``, ``address_for_company``, ``company_too_long``.

        Who has no company may say what they are instead: "I'm self-employed" is "Self-employed", with the remark
        ``no_company``. A bare "none" is refused with just that in the reason.
        """
        language = reading.language
        if len(text) <= COMPANY_MAX_CHARACTERS and _is_plain(text, language):
            return Accepted(text)
        occupation = read_occupation(text)
        if occupation is not None:
            return Accepted(occupation, ("no_company",))
        if says_there_is_none(text):
            return _none(language)
        found = introduced_company(text)
        name = _cleaned(found.rest)
        name = name[4:] if name.startswith("the ") and name[4:5].isupper() else name
        name = _PLACE.sub("", name) if found.certain else name
        if (address := _address_in(name, text)) is not None:
            return _for_address(name, address, language)
        if len(name) > COMPANY_MAX_CHARACTERS:
            return _refused("company_too_long", language)
        asks = text.rstrip().endswith(("?", "？")) and fold_words(text) == fold_words(found.rest)
        introduced = found.certain or found.likely
        if asks or _is_no_company(name, language, introduced=introduced):
            return _refused("not_a_company", language)
        return Accepted(name)

    def check(self, value: Value, options: CompanyOptions, language: str) -> Outcome:
        """A text with a letter in it, as it is written."""
        name = _cleaned(value) if isinstance(value, str) else ""
        if len(name) > COMPANY_MAX_CHARACTERS:
            return _refused("company_too_long", language)
        return Accepted(name) if _LETTER.search(name) else _refused("not_a_company", language)

    def input(self, options: CompanyOptions, language: str) -> Input:
        """One line, filled in by the browser."""
        return Input(kind="text", autocomplete="organization")

    def show(self, value: Value, options: CompanyOptions, language: str) -> str:
        """The name."""
        return "" if value is None else str(value)


def _is_plain(text: str, language: str) -> bool:
    """Whether a text is a few words of which nothing is known but that they may be a name: "Analytical Engines Ltd".

    The everyday answer, told without a closer look: every word that might mean something else makes it doubtful.
    """
    words = words_alone(text, _FEW_WORDS)
    if not words or not _words_with_a_meaning().isdisjoint(words):
        return False
    if is_dismissal(words) or is_deed(text):
        return False
    return (len(words) > 1 and text.istitle()) or not _is_an_answer(text, language)


@cache
def _words_with_a_meaning() -> frozenset[str]:
    return words_around("company") | words_of_occupations() | _NO_COMPANIES | _SENTENCE | {"the"}


def _cleaned(text: str) -> str:
    """The name without invisible signs and doubled spaces."""
    text = text[: 4 * COMPANY_MAX_CHARACTERS]
    if not text.isprintable():
        text = "".join(each for each in text if each in "\n\t" or unicodedata.category(each)[0] != "C")
    return " ".join(text.split()).strip(" ,;:-–—")


def _address_in(name: str, text: str) -> str | None:
    """The host of an e-mail or web address that stands where a company's name should."""
    if "@" in text and (mails := find_addresses(text).addresses):
        return mails[0].rpartition("@")[2]
    if "://" in text or name.lower().startswith("www.") or web_addresses.is_website(name):
        found = web_addresses.find_websites(text)
        return web_addresses.host_of(found.addresses[0]) if found.addresses else ""
    return None


def _for_address(name: str, host: str, language: str) -> Outcome:
    """Refuse an address with the name its domain suggests; "Booking.com" may be the name itself."""
    free = mail_domains.is_free(host) or mail_domains.is_disposable(host)
    called = web_addresses.name_in_domain(host) if host and not free else ""
    suggestions = (Suggestion(called, called),) if called else ()
    if called and fold(name) == fold(host) and not host.startswith("www."):
        doubt = phrase(_PHRASES, "is_it_called", language, name=called)
        return Accepted(name, (), doubt, suggestions)
    return _refused("address_for_company", language, suggestions)


def _is_no_company(name: str, language: str, *, introduced: bool) -> bool:
    """Whether the text is small talk, a description or part of a sentence."""
    words = [word.strip(".,!") for word in fold(name).split()]
    if is_dismissal(words) or is_deed(name):
        return True
    if name.islower() and _AMOUNT.fullmatch(fold(name)):
        return True
    if not _LETTER.search(name) or all(word in _NO_COMPANIES for word in words) or "<" in name:
        return True
    if introduced and (words[0] in _ARTICLES or (name.islower() and len(name) > 5 and name.endswith("ing"))):
        return True
    if len(words) > _MOST_WORDS:
        return True
    if len(words) > 2 and any(word in _SENTENCE for word in words):
        return True
    if introduced or (len(words) > 1 and name.istitle()):
        return False
    return _is_an_answer(name, language)


def _is_an_answer(text: str, language: str) -> bool:
    """Whether somebody said yes, no or "maybe"."""
    said = stance(text, language)
    return said.says is not None or said.mixed or said.unsure


def _none(language: str) -> Rejected:
    """What to say to who has no company: what else would do."""
    instead = [phrase(_PHRASES, which, language) for which in ("instead", "private")]
    reason = phrase(_PHRASES, "no_company", language, instead=instead[0])
    return Rejected(reason, "not_a_company", tuple(Suggestion(each, each) for each in instead))


def _refused(code: str, language: str, suggestions: tuple[Suggestion, ...] = ()) -> Rejected:
    example = phrase(_PHRASES, "example", language)
    return Rejected(phrase(_PHRASES, code, language, example=example), code, suggestions)
