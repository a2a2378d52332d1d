"""The question back where an answer can be read in several ways."""

from collections.abc import Mapping, Sequence

from dialogs.questions.base import Suggestion, phrase

PHRASES: Mapping[str, Mapping[str, str]] = {
    "did_you_mean": {
        "en": "Just to be sure: did you mean {readings}?",
        "de": "Nur zur Sicherheit: Ist {readings} gemeint?",
        "es": "Solo para estar seguros: ¿es {readings}?",
        "fr": "Juste pour être sûr : est-ce {readings} ?",
        "pt": "Só para ter a certeza: quis dizer {readings}?",
        "it": "Solo per sicurezza: intendeva {readings}?",
        "nl": "Voor de zekerheid: bedoelde u {readings}?",
        "ar": "للتأكد فقط: هل تقصد {readings}؟",
    },
    "or": {
        "en": " or ",
        "de": " oder ",
        "es": " o ",
        "fr": " ou ",
        "pt": " ou ",
        "it": " o ",
        "nl": " of ",
        "ar": " أو ",
    },
}


def doubt_between(
    suggestions: Sequence[Suggestion], language: str, phrases: Mapping[str, Mapping[str, str]] = PHRASES
) -> str:
    """Ask which of the readings was meant: "Just to be sure: did you mean 5 or 50?".

    ``phrases`` are a question type's own, where its readings want another article or a word beside them.
    """
    readings = phrase(phrases, "or", language).join(suggestion.label for suggestion in suggestions)
    return phrase(phrases, "did_you_mean", language, readings=readings)
