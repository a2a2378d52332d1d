"""An e-mail address, alone or in a sentence; slips, throw-away and shared addresses get one gentle question."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from dialogs.language import mail_domains
from dialogs.language.mail_addresses import Finding, find_addresses, valid_address
from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading, Rejected, Suggestion, phrase
from dialogs.values import Value


class EmailOptions(Options):
    """What a script may say about an e-mail address."""

    work_only: bool = False
    """Ask once for a work address where a free provider's is given; the visitor may keep it."""
    disposable: Literal["ask", "accept", "refuse"] = "ask"
    """What to do with throw-away addresses."""
    role: Literal["ask", "accept", "refuse"] = "accept"
    """What to do with shared mailboxes such as info@."""


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "not_an_email": {
        "en": "That does not look like an e-mail address. It should look like {example}.",
        "de": "Das sieht nicht nach einer E-Mail-Adresse aus. Sie sollte aussehen wie {example}.",
        "es": "Eso no parece una dirección de correo. Debería ser algo como {example}.",
        "fr": "Cela ne ressemble pas à une adresse e-mail. Il faudrait quelque chose comme {example}.",
        "pt": "Isso não parece um endereço de e-mail. Devia ser como {example}.",
        "it": "Non sembra un indirizzo e-mail. Dovrebbe essere come {example}.",
        "nl": "Dat lijkt geen e-mailadres. Het moet eruitzien als {example}.",
        "ar": "لا يبدو هذا عنوان بريد إلكتروني. ينبغي أن يكون مثل {example}.",
    },
    "nearly_an_email": {
        "en": "Almost! Did you mean {address}?",
        "de": "Fast! Ist {address} gemeint?",
        "es": "¡Casi! ¿Es {address}?",
        "fr": "Presque ! Est-ce {address} ?",
        "pt": "Quase! Quis dizer {address}?",
        "it": "Quasi! Intendeva {address}?",
        "nl": "Bijna! Bedoelde u {address}?",
        "ar": "كدت! هل تقصد {address}؟",
    },
    "two_emails": {
        "en": "I see more than one address. Which one shall I use?",
        "de": "Da sehe ich mehrere Adressen. Welche soll ich nehmen?",
        "es": "Veo más de una dirección. ¿Cuál uso?",
        "fr": "Je vois plusieurs adresses. Laquelle dois-je utiliser ?",
        "pt": "Vejo mais do que um endereço. Qual devo usar?",
        "it": "Vedo più di un indirizzo. Quale devo usare?",
        "nl": "Ik zie meer dan één adres. Welk zal ik gebruiken?",
        "ar": "أرى أكثر من عنوان. أيها أستخدم؟",
    },
    "did_you_mean": {
        "en": "Did you mean {address}?",
        "de": "Ist {address} gemeint?",
        "es": "¿Quizá es {address}?",
        "fr": "Est-ce plutôt {address} ?",
        "pt": "Quis dizer {address}?",
        "it": "Intendeva {address}?",
        "nl": "Bedoelde u {address}?",
        "ar": "هل تقصد {address}؟",
    },
    "disposable": {
        "en": "That looks like a throw-away address. Is there one you read regularly?",
        "de": "Das sieht nach einer Wegwerf-Adresse aus. Gibt es eine, die regelmäßig gelesen wird?",
        "es": "Parece una dirección temporal. ¿Hay otra que se lea con frecuencia?",
        "fr": "On dirait une adresse jetable. Y en a-t-il une autre, lue régulièrement ?",
        "pt": "Isso parece um endereço descartável. Tem um que leia regularmente?",
        "it": "Sembra un indirizzo usa e getta. Ne ha uno che legge regolarmente?",
        "nl": "Dat lijkt een wegwerpadres. Hebt u er een dat u geregeld leest?",
        "ar": "يبدو هذا عنوانًا مؤقتًا. هل لديك عنوان تقرؤه بانتظام؟",
    },
    "disposable_refused": {
        "en": "That is a throw-away address. Please give me one you read regularly, such as {example}.",
        "de": "Das ist eine Wegwerf-Adresse. Bitte eine, die regelmäßig gelesen wird, etwa {example}.",
        "es": "Es una dirección temporal. Mejor una que se lea con frecuencia, como {example}.",
        "fr": "C'est une adresse jetable. Plutôt une adresse lue régulièrement, comme {example}.",
        "pt": "Esse endereço é descartável. Indique um que leia regularmente, por exemplo {example}.",
        "it": "È un indirizzo usa e getta. Ne indichi uno che legge regolarmente, per esempio {example}.",
        "nl": "Dat is een wegwerpadres. Geef er een dat u geregeld leest, bijvoorbeeld {example}.",
        "ar": "هذا عنوان مؤقت. اذكر عنوانًا تقرؤه بانتظام، مثل {example}.",
    },
    "free_mail": {
        "en": "Is there a work address too? If you would rather use this one, that is fine.",
        "de": "Gibt es auch eine geschäftliche Adresse? Wenn diese lieber ist, passt das auch.",
        "es": "¿Hay también una dirección de trabajo? Si es mejor esta, está bien.",
        "fr": "Y a-t-il aussi une adresse professionnelle ? Si celle-ci convient mieux, pas de souci.",
        "pt": "Tem também um endereço de trabalho? Se preferir usar este, está bem.",
        "it": "Ha anche un indirizzo di lavoro? Se preferisce usare questo, va bene.",
        "nl": "Hebt u ook een zakelijk adres? Als u liever dit gebruikt, is dat prima.",
        "ar": "هل لديك أيضًا عنوان عمل؟ إن كنت تفضل استخدام هذا فلا بأس.",
    },
    "role": {
        "en": "That looks like a shared mailbox. Is there an address of your own? This one works too.",
        "de": "Das sieht nach einem gemeinsamen Postfach aus. Gibt es eine persönliche Adresse? Diese geht auch.",
        "es": "Parece un buzón compartido. ¿Hay una dirección personal? Esta también sirve.",
        "fr": "On dirait une boîte partagée. Y a-t-il une adresse personnelle ? Celle-ci convient aussi.",
        "pt": "Isso parece uma caixa partilhada. Tem um endereço seu? Este também serve.",
        "it": "Sembra una casella condivisa. Ha un indirizzo suo? Va bene anche questo.",
        "nl": "Dat lijkt een gedeelde mailbox. Hebt u een eigen adres? Dit kan ook.",
        "ar": "يبدو هذا صندوق بريد مشتركًا. هل لديك عنوان خاص بك؟ هذا يصلح أيضًا.",
    },
    "role_refused": {
        "en": "That is a shared mailbox. Please give me an address of your own, such as {example}.",
        "de": "Das ist ein gemeinsames Postfach. Bitte eine persönliche Adresse, etwa {example}.",
        "es": "Es un buzón compartido. Mejor una dirección personal, como {example}.",
        "fr": "C'est une boîte partagée. Plutôt une adresse personnelle, comme {example}.",
        "pt": "Essa caixa é partilhada. Indique um endereço seu, por exemplo {example}.",
        "it": "È una casella condivisa. Indichi un indirizzo suo, per esempio {example}.",
        "nl": "Dat is een gedeelde mailbox. Geef een eigen adres, bijvoorbeeld {example}.",
        "ar": "هذا صندوق بريد مشترك. اذكر عنوانًا خاصًا بك، مثل {example}.",
    },
    "example": {
        "en": "name@example.com",
        "de": "name@beispiel.de",
        "es": "nombre@ejemplo.com",
        "fr": "nom@exemple.fr",
    },
}


class EmailQuestion:
    """Reads "it's ada@example.com", "ada at example dot com", "Ada <ada@example.com>"."""

    name: ClassVar[str] = "email"
    comparable: ClassVar[str] = "text"
    options: ClassVar[type[Options]] = EmailOptions

    def read(self, text: str, options: EmailOptions, reading: Reading) -> Outcome:
        """The address. Remarks: ``possible_typo``, ``disposable``, ``free_mail``, ``role``."""
        address = valid_address(text)
        found = Finding((address,)) if address else find_addresses(text)
        if len(found.addresses) == 1:
            return _judged(found.addresses[0], options, reading.language, unsure=found.unsure)
        if found.addresses:
            return _refused("two_emails", reading.language, found.addresses)
        if found.nearly:
            code = "nearly_an_email" if len(found.nearly) == 1 else "two_emails"
            return _refused(code, reading.language, found.nearly)
        return _refused("not_an_email", reading.language)

    def check(self, value: Value, options: EmailOptions, language: str) -> Outcome:
        """A text that is an address as a whole. What the field refuses is refused; nothing is asked."""
        address = valid_address(value) if isinstance(value, str) else None
        if address is None:
            return _refused("not_an_email", language)
        outcome = _judged(address, options, language)
        return outcome if isinstance(outcome, Rejected) else Accepted(address, outcome.remarks)

    def input(self, options: EmailOptions, language: str) -> Input:
        """An e-mail keyboard, filled in by the browser."""
        return Input(kind="email", autocomplete="email", placeholder=phrase(_PHRASES, "example", language))

    def show(self, value: Value, options: EmailOptions, language: str) -> str:
        """The address."""
        return "" if value is None else str(value)


def _judged(address: str, options: EmailOptions, language: str, *, unsure: bool = False) -> Outcome:
    """What the field says to an address: taken, taken with one question, or refused."""
    local, _, domain = address.rpartition("@")
    meant, listed, free = mail_domains.about(domain)
    disposable = listed and meant is None
    free, role = free and not disposable, mail_domains.is_role(local)
    if not (meant or disposable or role or unsure or (free and options.work_only)):
        return Accepted(address, ("free_mail",) if free else ())
    if disposable and options.disposable == "refuse":
        return _refused("disposable_refused", language)
    if role and options.role == "refuse":
        return _refused("role_refused", language)
    facts = {"possible_typo": meant is not None, "disposable": disposable, "free_mail": free, "role": role}
    remarks = tuple(remark for remark, holds in facts.items() if holds)
    if meant is not None:
        better = f"{local}@{meant}"
        doubt = phrase(_PHRASES, "did_you_mean", language, address=better)
        return Accepted(address, remarks, doubt, (Suggestion(better, better),))
    doubts = {
        "disposable": disposable and options.disposable == "ask",
        "free_mail": free and options.work_only,
        "role": role and options.role == "ask",
        "did_you_mean": unsure,
    }
    asked = next((key for key, holds in doubts.items() if holds), None)
    if asked is None:
        return Accepted(address, remarks)
    offered = (Suggestion(address, address),) if asked == "did_you_mean" else ()
    return Accepted(address, remarks, phrase(_PHRASES, asked, language, address=address), offered)


def _refused(code: str, language: str, addresses: tuple[str, ...] = ()) -> Rejected:
    example = phrase(_PHRASES, "example", language)
    reason = phrase(_PHRASES, code, language, example=example, address=addresses[0] if addresses else "")
    return Rejected(reason, code, tuple(Suggestion(address, address) for address in addresses[:4]))
