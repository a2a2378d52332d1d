"""A phone number in any notation, alone or in a sentence, kept in E.164."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from dialogs.language import phone_numbers
from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading, Rejected, Suggestion, phrase
from dialogs.values import Value


def _known_region(region: str) -> str:
    if region.upper() not in phone_numbers.REGIONS:
        raise ValueError(f'"{region}" is not a country; use two letters such as DE, GB or US')
    return region.upper()


class PhoneOptions(Options):
    """What a script may say about a phone number."""

    region: Annotated[str, AfterValidator(_known_region)] | None = None
    """The country a number without a country code is in (ISO 3166-1 alpha-2); the visitor's own is tried next."""
    mobile_only: bool = False
    """Whether only mobile numbers will do, as for text messages."""


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "not_a_phone": {
        "en": "I could not find a phone number there. One like {example} would be right.",
        "de": "Da habe ich keine Telefonnummer gefunden. Richtig wäre zum Beispiel {example}.",
        "es": "No he encontrado ningún número de teléfono. Uno como {example} estaría bien.",
        "fr": "Je n'ai pas trouvé de numéro de téléphone. Par exemple {example} conviendrait.",
        "pt": "Não encontrei aí um número de telefone. Um como {example} estaria certo.",
        "it": "Non ho trovato un numero di telefono. Uno come {example} andrebbe bene.",
        "nl": "Ik heb daarin geen telefoonnummer gevonden. Een als {example} is goed.",
        "ar": "لم أجد رقم هاتف في ذلك. رقم مثل {example} سيكون صحيحًا.",
    },
    "country_needed": {
        "en": "Which country is that in? Please add its code, as in {example}.",
        "de": "In welchem Land ist das? Bitte mit Ländervorwahl, zum Beispiel {example}.",
        "es": "¿De qué país es? Con el prefijo, por favor, como {example}.",
        "fr": "C'est dans quel pays ? Avec l'indicatif, s'il vous plaît, par exemple {example}.",
        "pt": "De que país é? Acrescente o indicativo, como em {example}.",
        "it": "Di quale paese è? Aggiunga il prefisso, come in {example}.",
        "nl": "In welk land is dat? Zet de landcode erbij, zoals in {example}.",
        "ar": "في أي بلد هذا الرقم؟ أضف رمزه، كما في {example}.",
    },
    "phone_too_short": {
        "en": "A few digits seem to be missing. A whole number looks like {example}.",
        "de": "Da scheinen ein paar Ziffern zu fehlen. Vollständig sieht das aus wie {example}.",
        "es": "Parece que faltan cifras. Un número completo es como {example}.",
        "fr": "Il semble manquer des chiffres. Un numéro complet ressemble à {example}.",
        "pt": "Parece que faltam algarismos. Um número completo é como {example}.",
        "it": "Sembra che manchino delle cifre. Un numero completo è come {example}.",
        "nl": "Er lijken cijfers te ontbreken. Een volledig nummer ziet eruit als {example}.",
        "ar": "يبدو أن بعض الأرقام ناقصة. الرقم الكامل يكون مثل {example}.",
    },
    "phone_too_long": {
        "en": "That has more digits than a phone number. It should look like {example}.",
        "de": "Das sind mehr Ziffern, als eine Telefonnummer hat. Richtig wäre zum Beispiel {example}.",
        "es": "Tiene más cifras que un número de teléfono. Debería ser como {example}.",
        "fr": "C'est plus de chiffres qu'un numéro de téléphone. Il faudrait par exemple {example}.",
        "pt": "Tem mais algarismos do que um número de telefone. Devia ser como {example}.",
        "it": "Ha più cifre di un numero di telefono. Dovrebbe essere come {example}.",
        "nl": "Dat heeft meer cijfers dan een telefoonnummer. Het moet eruitzien als {example}.",
        "ar": "فيه أرقام أكثر من رقم هاتف. ينبغي أن يكون مثل {example}.",
    },
    "phone_invalid": {
        "en": "That number does not exist as it stands. Could you check it? It should look like {example}.",
        "de": "Diese Nummer gibt es so nicht. Stimmen die Ziffern? Richtig wäre zum Beispiel {example}.",
        "es": "Ese número no existe tal cual. ¿Están bien las cifras? Debería ser como {example}.",
        "fr": "Ce numéro n'existe pas tel quel. Les chiffres sont-ils justes ? Par exemple {example}.",
        "pt": "Esse número não existe assim. Pode verificá-lo? Devia ser como {example}.",
        "it": "Questo numero così non esiste. Può controllarlo? Dovrebbe essere come {example}.",
        "nl": "Dit nummer bestaat zo niet. Kunt u het nakijken? Het moet eruitzien als {example}.",
        "ar": "هذا الرقم غير موجود بهذا الشكل. هل يمكنك التحقق منه؟ ينبغي أن يكون مثل {example}.",
    },
    "two_phones": {
        "en": "I see more than one number. Which one shall I use?",
        "de": "Da sehe ich mehrere Nummern. Welche soll ich nehmen?",
        "es": "Veo más de un número. ¿Cuál uso?",
        "fr": "Je vois plusieurs numéros. Lequel dois-je utiliser ?",
        "pt": "Vejo mais do que um número. Qual devo usar?",
        "it": "Vedo più di un numero. Quale devo usare?",
        "nl": "Ik zie meer dan één nummer. Welk zal ik gebruiken?",
        "ar": "أرى أكثر من رقم. أيها أستخدم؟",
    },
    "not_mobile": {
        "en": "That is a landline. I need a mobile number here, such as {example}.",
        "de": "Das ist ein Festnetzanschluss. Hier brauche ich eine Mobilnummer, etwa {example}.",
        "es": "Es un teléfono fijo. Aquí necesito un móvil, como {example}.",
        "fr": "C'est un fixe. Ici, il me faut un portable, par exemple {example}.",
        "pt": "É um número fixo. Preciso aqui de um telemóvel, por exemplo {example}.",
        "it": "È un numero fisso. Qui mi serve un cellulare, per esempio {example}.",
        "nl": "Dat is een vast nummer. Ik heb hier een mobiel nummer nodig, bijvoorbeeld {example}.",
        "ar": "هذا رقم أرضي. أحتاج هنا إلى رقم جوال، مثل {example}.",
    },
}
_SPOKEN_IN = {"de": "DE", "es": "ES", "fr": "FR"}
"""Whose number is the example where nothing is known of the visitor's country."""
_CODES: Mapping[str, str] = {
    "none": "not_a_phone",
    "country_needed": "country_needed",
    "too_short": "phone_too_short",
    "too_long": "phone_too_long",
    "invalid": "phone_invalid",
}


class PhoneQuestion:
    """Reads "+49 171 1234567", "0171/1234567", "call me on (415) 555-2671", "1-800-FLOWERS"."""

    name: ClassVar[str] = "phone"
    comparable: ClassVar[str] = "text"
    options: ClassVar[type[Options]] = PhoneOptions

    def read(self, text: str, options: PhoneOptions, reading: Reading) -> Outcome:
        """The number in E.164. Remarks: ``mobile``, ``extension_dropped``."""
        regions = _regions(options, reading.region)
        found = phone_numbers.find_numbers(text, regions)
        region = regions[0] if regions else None
        if len(found.numbers) == 1:
            return _judged(found.numbers[0], options, reading.language, region, extension=found.extension)
        code = "two_phones" if found.numbers else _CODES[found.problem]
        return _refused(code, options, reading.language, region, found.numbers or found.nearly)

    def check(self, value: Value, options: PhoneOptions, language: str) -> Outcome:
        """A text that is a valid number as a whole, with its country code or in the field's country."""
        number = phone_numbers.valid_number(value, _regions(options, None)) if isinstance(value, str) else None
        if number is None:
            return _refused("not_a_phone", options, language, options.region)
        return _judged(number, options, language, options.region)

    def input(self, options: PhoneOptions, language: str) -> Input:
        """A telephone keypad, filled in by the browser; ``extra["region"]``: the country a short number is read in."""
        placeholder = phone_numbers.example(options.region, options.mobile_only)
        return Input(kind="tel", autocomplete="tel", placeholder=placeholder, extra={"region": options.region})

    def show(self, value: Value, options: PhoneOptions, language: str) -> str:
        """The number with its country's spaces."""
        return phone_numbers.spaced(value) if isinstance(value, str) else "" if value is None else str(value)


def _regions(options: PhoneOptions, visitors: str | None) -> tuple[str, ...]:
    """Where a national number may be: the field's country, then the visitor's."""
    wanted = (options.region, visitors.upper() if visitors else None)
    return tuple(dict.fromkeys(region for region in wanted if region in phone_numbers.REGIONS))


def _judged(
    number: str, options: PhoneOptions, language: str, region: str | None, *, extension: bool = False
) -> Outcome:
    mobile = phone_numbers.is_mobile(number)
    if options.mobile_only and not mobile:
        return _refused("not_mobile", options, language, region)
    facts = {"mobile": mobile, "extension_dropped": extension}
    return Accepted(number, tuple(remark for remark, holds in facts.items() if holds))


def _refused(
    code: str, options: PhoneOptions, language: str, region: str | None, numbers: tuple[str, ...] = ()
) -> Rejected:
    region = region or _SPOKEN_IN.get(language)
    reason = phrase(_PHRASES, code, language, example=phone_numbers.example(region, options.mobile_only))
    return Rejected(reason, code, tuple(Suggestion(number, phone_numbers.spaced(number)) for number in numbers[:4]))
