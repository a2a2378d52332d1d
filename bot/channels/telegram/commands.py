"""The commands that Telegram shows in a bot's menu, each with its description, by language. Pure."""

from collections.abc import Mapping

Descriptions = Mapping[str, Mapping[str, str]]
"""Language (ISO 639-1) to command to description."""

COMMANDS: Mapping[str, Mapping[str, str]] = {
    "start": {
        "en": "Begin",
        "de": "Anfangen",
        "es": "Empezar",
        "fr": "Commencer",
        "pt": "Começar",
        "it": "Inizia",
        "nl": "Beginnen",
        "ar": "البدء",
    },
    "human": {
        "en": "Talk to a person",
        "de": "Mit einem Menschen sprechen",
        "es": "Hablar con una persona",
        "fr": "Parler à une personne",
        "pt": "Falar com uma pessoa",
        "it": "Parlare con una persona",
        "nl": "Met een mens praten",
        "ar": "التحدث إلى شخص",
    },
    "restart": {
        "en": "Start over",
        "de": "Von vorn beginnen",
        "es": "Empezar de nuevo",
        "fr": "Recommencer",
        "pt": "Recomeçar",
        "it": "Ricominciare",
        "nl": "Opnieuw beginnen",
        "ar": "البدء من جديد",
    },
    "language": {
        "en": "Speak another language",
        "de": "Eine andere Sprache sprechen",
        "es": "Hablar en otro idioma",
        "fr": "Parler une autre langue",
        "pt": "Falar noutra língua",
        "it": "Parlare un'altra lingua",
        "nl": "Een andere taal spreken",
        "ar": "التحدث بلغة أخرى",
    },
    "stop": {
        "en": "Receive no more messages",
        "de": "Keine Nachrichten mehr bekommen",
        "es": "No recibir más mensajes",
        "fr": "Ne plus recevoir de messages",
        "pt": "Não receber mais mensagens",
        "it": "Non ricevere più messaggi",
        "nl": "Geen berichten meer ontvangen",
        "ar": "عدم استلام رسائل أخرى",
    },
    "mydata": {
        "en": "See what is known about you",
        "de": "Sehen, was über Sie gespeichert ist",
        "es": "Ver qué datos suyos se guardan",
        "fr": "Voir ce qui est enregistré sur vous",
        "pt": "Ver o que se sabe de si",
        "it": "Vedere che cosa si sa di lei",
        "nl": "Zien wat er over u bekend is",
        "ar": "رؤية ما نعرفه عنك",
    },
    "forgetme": {
        "en": "Have everything about you erased",
        "de": "Alles über Sie löschen lassen",
        "es": "Borrar todo lo que se sabe de usted",
        "fr": "Faire effacer tout ce qui vous concerne",
        "pt": "Apagar tudo o que se sabe de si",
        "it": "Far cancellare tutto ciò che la riguarda",
        "nl": "Alles over u laten wissen",
        "ar": "محو كل ما يتعلق بك",
    },
    "help": {
        "en": "What I can do",
        "de": "Was ich kann",
        "es": "Qué puedo hacer",
        "fr": "Ce que je peux faire",
        "pt": "O que sei fazer",
        "it": "Che cosa so fare",
        "nl": "Wat ik kan",
        "ar": "ما الذي يمكنني فعله",
    },
}
"""In the order of the menu."""
DEFAULT_LANGUAGE = "en"
LANGUAGES = ("en", "de", "es", "fr", "pt", "it", "nl", "ar")
"""The languages in which every command is described."""

NOT_YOURS: Mapping[str, str] = {
    "en": "These buttons are for somebody else.",
    "de": "Diese Knöpfe sind für jemand anderen.",
    "es": "Estos botones son para otra persona.",
    "fr": "Ces boutons sont pour quelqu'un d'autre.",
    "pt": "Estes botões são para outra pessoa.",
    "it": "Questi pulsanti sono per qualcun altro.",
    "nl": "Deze knoppen zijn voor iemand anders.",
    "ar": "هذه الأزرار لشخص آخر.",
}


def in_language(texts: Mapping[str, str], language: str | None) -> str:
    """The text in a language (BCP 47), else in English."""
    return texts.get((language or "").partition("-")[0].lower()) or texts[DEFAULT_LANGUAGE]


def menus(overrides: Descriptions | None = None) -> Mapping[str, Mapping[str, str]]:
    """Each language's menu, the default's under "": command to description, in order.

    ``overrides``: what the configuration says instead. A language that it adds takes what it lacks from English.
    """
    given = overrides or {}
    found = {}
    for language in ("", *dict.fromkeys((*LANGUAGES[1:], *given))):
        own = given.get(language or DEFAULT_LANGUAGE, {})
        fallback = given.get(DEFAULT_LANGUAGE, {})
        found[language] = {
            command: own.get(command) or texts.get(language) or fallback.get(command) or texts[DEFAULT_LANGUAGE]
            for command, texts in COMMANDS.items()
        }
    found.pop(DEFAULT_LANGUAGE, None)  # That is the default.
    return found
