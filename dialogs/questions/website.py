"""A company's website, with or without https://, kept as ``https://example.com/path``."""

from collections.abc import Mapping
from typing import ClassVar

from dialogs.language import mail_domains, web_addresses
from dialogs.language.mail_addresses import find_addresses
from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading, Rejected, Suggestion, phrase
from dialogs.values import Value


class WebsiteOptions(Options):
    """What a script may say about a website: nothing but its label yet."""


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "not_a_website": {
        "en": "That does not look like a web address. It should look like {example}.",
        "de": "Das sieht nicht nach einer Internetadresse aus. Sie sollte aussehen wie {example}.",
        "es": "Eso no parece una dirección web. Debería ser algo como {example}.",
        "fr": "Cela ne ressemble pas à une adresse web. Il faudrait quelque chose comme {example}.",
        "pt": "Isso não parece um endereço web. Devia ser como {example}.",
        "it": "Non sembra un indirizzo web. Dovrebbe essere come {example}.",
        "nl": "Dat lijkt geen webadres. Het moet eruitzien als {example}.",
        "ar": "لا يبدو هذا عنوان موقع. ينبغي أن يكون مثل {example}.",
    },
    "not_https": {
        "en": "I can only take addresses that begin with https:// or http://, such as {example}.",
        "de": "Ich kann nur Adressen nehmen, die mit https:// oder http:// beginnen, etwa {example}.",
        "es": "Solo puedo aceptar direcciones que empiecen por https:// o http://, como {example}.",
        "fr": "Je n'accepte que les adresses en https:// ou http://, comme {example}.",
        "pt": "Só posso aceitar endereços que começam por https:// ou http://, por exemplo {example}.",
        "it": "Posso accettare solo indirizzi che iniziano con https:// o http://, per esempio {example}.",
        "nl": "Ik kan alleen adressen aannemen die met https:// of http:// beginnen, bijvoorbeeld {example}.",
        "ar": "لا أقبل إلا العناوين التي تبدأ بـ https:// أو http://، مثل {example}.",
    },
    "userinfo": {
        "en": "There is an @ before the domain. The plain address is enough, such as {example}.",
        "de": "Vor der Domain steht ein @. Die einfache Adresse genügt, etwa {example}.",
        "es": "Hay una @ antes del dominio. Basta la dirección simple, como {example}.",
        "fr": "Il y a un @ avant le domaine. L'adresse simple suffit, comme {example}.",
        "pt": "Há um @ antes do domínio. Basta o endereço simples, por exemplo {example}.",
        "it": "C'è una @ prima del dominio. Basta l'indirizzo semplice, per esempio {example}.",
        "nl": "Er staat een @ voor het domein. Het gewone adres is genoeg, bijvoorbeeld {example}.",
        "ar": "توجد @ قبل النطاق. يكفي العنوان البسيط، مثل {example}.",
    },
    "private_address": {
        "en": "That address only works inside a network. Which is the public one, such as {example}?",
        "de": "Diese Adresse gilt nur in einem internen Netz. Wie lautet die öffentliche, etwa {example}?",
        "es": "Esa dirección solo funciona en una red interna. ¿Cuál es la pública, como {example}?",
        "fr": "Cette adresse ne marche que dans un réseau interne. Quelle est l'adresse publique, comme {example} ?",
        "pt": "Esse endereço só funciona dentro de uma rede. Qual é o público, por exemplo {example}?",
        "it": "Questo indirizzo funziona solo dentro una rete. Qual è quello pubblico, per esempio {example}?",
        "nl": "Dit adres werkt alleen binnen een netwerk. Welk is het openbare, bijvoorbeeld {example}?",
        "ar": "هذا العنوان يعمل داخل شبكة فقط. ما العنوان العام، مثل {example}؟",
    },
    "two_websites": {
        "en": "I see more than one address. Which one is it?",
        "de": "Da sehe ich mehrere Adressen. Welche ist es?",
        "es": "Veo más de una dirección. ¿Cuál es?",
        "fr": "Je vois plusieurs adresses. Laquelle est-ce ?",
        "pt": "Vejo mais do que um endereço. Qual é?",
        "it": "Vedo più di un indirizzo. Quale?",
        "nl": "Ik zie meer dan één adres. Welk is het?",
        "ar": "أرى أكثر من عنوان. أيها؟",
    },
    "is_it": {
        "en": "Is the website {address}?",
        "de": "Ist {address} die Website?",
        "es": "¿La web es {address}?",
        "fr": "Le site est-il {address} ?",
        "pt": "O site é {address}?",
        "it": "Il sito è {address}?",
        "nl": "Is de website {address}?",
        "ar": "هل الموقع هو {address}؟",
    },
    "email_given": {
        "en": "That is an e-mail address. And the website? Something like {example}.",
        "de": "Das ist eine E-Mail-Adresse. Und die Website? Etwa {example}.",
        "es": "Eso es un correo. ¿Y la web? Algo como {example}.",
        "fr": "C'est une adresse e-mail. Et le site ? Par exemple {example}.",
        "pt": "Isso é um endereço de e-mail. E o site? Algo como {example}.",
        "it": "È un indirizzo e-mail. E il sito? Qualcosa come {example}.",
        "nl": "Dat is een e-mailadres. En de website? Iets als {example}.",
        "ar": "هذا عنوان بريد إلكتروني. وما الموقع؟ شيء مثل {example}.",
    },
    "example": {"en": "example.com", "de": "beispiel.de", "es": "ejemplo.com", "fr": "exemple.fr"},
}
_CODES: Mapping[str, str] = {
    "none": "not_a_website",
    "invalid": "not_a_website",
    "scheme": "not_https",
    "userinfo": "userinfo",
    "private": "private_address",
}


class WebsiteQuestion:
    """Reads "example.com", "our site is www.example.com/shop", "acme dot com"."""

    name: ClassVar[str] = "website"
    comparable: ClassVar[str] = "text"
    options: ClassVar[type[Options]] = WebsiteOptions

    def read(self, text: str, options: WebsiteOptions, reading: Reading) -> Outcome:
        """The address in normal form. An e-mail address is asked about: its domain may be the website."""
        language = reading.language
        found = web_addresses.find_websites(text)
        if len(found.addresses) == 1:
            return _asked(found.addresses[0], language) if found.unusual else Accepted(found.addresses[0])
        if found.addresses:
            return _refused("two_websites", language, found.addresses)
        if "@" in text and found.problem != "scheme" and (mails := find_addresses(text).addresses):
            domain = mails[0].rpartition("@")[2]
            if mail_domains.is_free(domain) or mail_domains.is_disposable(domain):
                return _refused("email_given", language)
            return _asked(f"https://{domain}", language)
        return _refused(_CODES[found.problem], language)

    def check(self, value: Value, options: WebsiteOptions, language: str) -> Outcome:
        """A text that is a public web address as a whole."""
        address = web_addresses.normalised(value) if isinstance(value, str) else None
        return Accepted(address) if address else _refused("not_a_website", language)

    def input(self, options: WebsiteOptions, language: str) -> Input:
        """A keyboard for addresses, filled in by the browser."""
        return Input(kind="url", autocomplete="url", placeholder=phrase(_PHRASES, "example", language))

    def show(self, value: Value, options: WebsiteOptions, language: str) -> str:
        """The address."""
        return "" if value is None else str(value)


def _asked(address: str, language: str) -> Accepted:
    doubt = phrase(_PHRASES, "is_it", language, address=address)
    return Accepted(address, (), doubt, (Suggestion(address, address),))


def _refused(code: str, language: str, addresses: tuple[str, ...] = ()) -> Rejected:
    reason = phrase(_PHRASES, code, language, example=phrase(_PHRASES, "example", language))
    return Rejected(reason, code, tuple(Suggestion(address, address) for address in addresses[:4]))
