"""What a messenger writes around the words of a script: labels of its own buttons, hints, names of links."""

from collections.abc import Mapping
from typing import Any

from dialogs.questions.base import phrase

WORDS: Mapping[str, Mapping[str, str]] = {
    "share_phone": {
        "en": "Share my phone number",
        "de": "Meine Telefonnummer teilen",
        "es": "Compartir mi teléfono",
        "fr": "Partager mon numéro",
    },
    "share_place": {
        "en": "Share where I am",
        "de": "Meinen Standort teilen",
        "es": "Compartir mi ubicación",
        "fr": "Partager ma position",
    },
    "date": {
        "en": "For example: tomorrow, next Monday, 24 December.",
        "de": "Zum Beispiel: morgen, nächsten Montag, 24. Dezember.",
        "es": "Por ejemplo: mañana, el próximo lunes, 24 de diciembre.",
        "fr": "Par exemple : demain, lundi prochain, 24 décembre.",
    },
    "time": {
        "en": "For example: 14:30, or half past nine.",
        "de": "Zum Beispiel: 14:30 oder halb zehn.",
        "es": "Por ejemplo: 14:30, o las nueve y media.",
        "fr": "Par exemple : 14h30, ou neuf heures et demie.",
    },
    "datetime": {
        "en": "For example: tomorrow at 10:00, or 24 December, 14:30.",
        "de": "Zum Beispiel: morgen um 10:00 oder 24. Dezember, 14:30.",
        "es": "Por ejemplo: mañana a las 10:00, o 24 de diciembre, 14:30.",
        "fr": "Par exemple : demain à 10h00, ou 24 décembre, 14h30.",
    },
    "one_number": {
        "en": "A number is enough.",
        "de": "Die Nummer genügt.",
        "es": "Basta con el número.",
        "fr": "Le numéro suffit.",
    },
    "several_numbers": {
        "en": "You can name several: 1, 3",
        "de": "Mehrere gehen auch: 1, 3",
        "es": "Puede elegir varias: 1, 3",
        "fr": "Vous pouvez en citer plusieurs : 1, 3",
    },
    "several": {
        "en": "You can name several.",
        "de": "Mehrere gehen auch.",
        "es": "Puede elegir varias.",
        "fr": "Vous pouvez en citer plusieurs.",
    },
    "scale": {
        "en": "From {low} to {high}.",
        "de": "Von {low} bis {high}.",
        "es": "De {low} a {high}.",
        "fr": "De {low} à {high}.",
    },
    "or_skip": {
        "en": 'To leave this out, write "skip".',
        "de": "Zum Überspringen schreiben Sie „weiter“.",
        "es": "Para omitirlo, escriba «omitir».",
        "fr": "Pour passer, écrivez « passer ».",
    },
    "choose": {"en": "Please choose:", "de": "Bitte wählen:", "es": "Elija, por favor:", "fr": "Veuillez choisir :"},
    "open": {"en": "Open", "de": "Öffnen", "es": "Abrir", "fr": "Ouvrir"},
    "download": {"en": "Download", "de": "Herunterladen", "es": "Descargar", "fr": "Télécharger"},
    "calendar": {
        "en": "Add to calendar",
        "de": "In den Kalender",
        "es": "Añadir al calendario",
        "fr": "Ajouter à l'agenda",
    },
    "corrected": {
        "en": "Correction: {text}",
        "de": "Korrektur: {text}",
        "es": "Corrección: {text}",
        "fr": "Correction : {text}",
    },
    "only_private": {
        "en": "I only talk with one person at a time. Write to me directly, and we can begin at once.",
        "de": "Ich unterhalte mich nur unter vier Augen. Schreiben Sie mir direkt, dann fangen wir gleich an.",
        "es": "Solo converso con una persona a la vez. Escríbame directamente y empezamos enseguida.",
        "fr": "Je ne parle qu'en tête-à-tête. Écrivez-moi directement et nous commençons tout de suite.",
    },
    "erased": {
        "en": "Done: everything we had about you is erased. If you write here again, we begin as strangers.",
        "de": "Erledigt: Alles, was wir über Sie hatten, ist gelöscht. Schreiben Sie wieder, fangen wir von vorn an.",
        "es": "Hecho: hemos borrado todo lo que teníamos sobre usted. Si vuelve a escribir aquí, empezamos de cero.",
        "fr": "C'est fait : tout ce que nous avions sur vous est effacé. Si vous réécrivez, nous repartons de zéro.",
    },
}
"""By key and language; English where there is none."""


def word(key: str, language: str, **facts: Any) -> str:
    """The wording ``key``. Raises ``KeyError`` for one that does not exist."""
    return phrase(WORDS, key, language, **facts)
