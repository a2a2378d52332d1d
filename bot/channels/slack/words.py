"""What the bot says in Slack beside the words of a script."""

from collections.abc import Mapping

from dialogs.questions.base import phrase

WORDS: Mapping[str, Mapping[str, str]] = {
    "not_yours": {
        "en": "These buttons are for somebody else. Mention me, and we talk, too.",
        "de": "Diese Knöpfe sind für jemand anderen. Erwähnen Sie mich, dann reden auch wir.",
        "es": "Estos botones son para otra persona. Mencióneme y hablamos también.",
        "fr": "Ces boutons sont pour quelqu'un d'autre. Mentionnez-moi et nous parlerons aussi.",
        "pt": "Estes botões são para outra pessoa. Mencione-me e falamos também.",
        "it": "Questi pulsanti sono per qualcun altro. Mi menzioni e parliamo anche noi.",
        "nl": "Deze knoppen zijn voor iemand anders. Vermeld mij, dan praten wij ook.",
        "ar": "هذه الأزرار لشخص آخر. أشر إليّ ونتحدث نحن أيضًا.",
    },
    "answered_directly": {
        "en": "I answer you in a direct message.",
        "de": "Ich antworte Ihnen in einer Direktnachricht.",
        "es": "Le respondo por mensaje directo.",
        "fr": "Je vous réponds en message direct.",
        "pt": "Respondo-lhe por mensagem direta.",
        "it": "Le rispondo con un messaggio diretto.",
        "nl": "Ik antwoord u in een direct bericht.",
        "ar": "أجيبك في رسالة مباشرة.",
    },
    "home": {
        "en": "Write to me under Messages: I answer at once.",
        "de": "Schreiben Sie mir unter „Nachrichten“: Ich antworte sofort.",
        "es": "Escríbame en «Mensajes»: respondo enseguida.",
        "fr": "Écrivez-moi sous « Messages » : je réponds tout de suite.",
        "pt": "Escreva-me em Mensagens: respondo logo.",
        "it": "Mi scriva in Messaggi: rispondo subito.",
        "nl": "Schrijf mij onder Berichten: ik antwoord meteen.",
        "ar": "اكتب إليّ في الرسائل: أجيب فورًا.",
    },
    "home_commands": {
        "en": "You can also type /handraiser and one of these: human (talk to a person), language, restart, mydata "
        "(what is known about you), forgetme (have it erased), stop, help.",
        "de": "Oder tippen Sie /handraiser und eines davon: human (mit einem Menschen sprechen), language (andere "
        "Sprache), restart (von vorn), mydata (was über Sie gespeichert ist), forgetme (alles löschen), stop, help.",
        "es": "También puede escribir /handraiser y una de estas palabras: human (hablar con una persona), language "
        "(otro idioma), restart (empezar de nuevo), mydata (qué se sabe de usted), forgetme (borrarlo), stop, help.",
        "fr": "Vous pouvez aussi taper /handraiser et l'un de ces mots : human (parler à une personne), language "
        "(autre langue), restart (recommencer), mydata (ce qui est enregistré), forgetme (tout effacer), stop, help.",
        "pt": "Também pode escrever /handraiser e uma destas palavras: human (falar com uma pessoa), language (outra "
        "língua), restart (recomeçar), mydata (o que se sabe de si), forgetme (apagar tudo), stop, help.",
        "it": "Può anche scrivere /handraiser e una di queste parole: human (parlare con una persona), language "
        "(un'altra lingua), restart (ricominciare), mydata (che cosa si sa di lei), forgetme (cancellare tutto), "
        "stop, help.",
        "nl": "U kunt ook /handraiser typen en een van deze woorden: human (met een mens praten), language (een "
        "andere taal), restart (opnieuw beginnen), mydata (wat er over u bekend is), forgetme (alles wissen), stop, "
        "help.",
        "ar": "يمكنك أيضًا كتابة /handraiser وإحدى هذه الكلمات: human (التحدث إلى شخص) أو language (لغة أخرى) أو "
        "restart (البدء من جديد) أو mydata (ما نعرفه عنك) أو forgetme (محو كل شيء) أو stop أو help.",
    },
    "picture": {
        "en": "Picture",
        "de": "Bild",
        "es": "Imagen",
        "fr": "Image",
        "pt": "Imagem",
        "it": "Immagine",
        "nl": "Afbeelding",
        "ar": "صورة",
    },
}
"""By key and language; English where there is none."""


def word(key: str, language: str | None) -> str:
    """The wording ``key``. Raises ``KeyError`` for one that does not exist."""
    return phrase(WORDS, key, (language or "en").partition("-")[0].lower())
