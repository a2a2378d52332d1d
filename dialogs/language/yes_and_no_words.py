"""The words by which people say yes, no, or neither, in English, German, Spanish and French, each with its mark.

Phrases are written as they are compared: in lower case, without accents, contractions spelled out by the reader.
The languages are not kept apart: "ja" in an English chat is a yes all the same.
"""

from collections.abc import Mapping

from dialogs.language.answer_marks import Mark
from dialogs.language.no_words import NO_WORDS
from dialogs.language.yes_words import YES_WORDS

ANSWERS: Mapping[Mark, str] = {**YES_WORDS, **NO_WORDS}
"""Phrases that answer, separated by ``|``. A phrase under two marks counts under the first; longer ones go first."""

OPEN_ENDED = """
    absolutely|adelante|alles klar|auf jeden fall|avec plaisir|bien sur|by all means|certainly|claro|count me in
    |d'accord|de acuerdo|definitely|desde luego|einverstanden|for sure|gern|gerne|go ahead|i agree|in ordnung
    |kein problem|klar|na klar|naturlich|no hay problema|no problem|of course|ofcourse|pas de probleme|pas de souci
    |please do|please go ahead|por supuesto|sehr gerne|selbstverstandlich|sicher|sign me up|sure|sure thing|vale
    |volontiers
"""
"""Phrases that answer even where the sentence goes on in ways nobody can foresee: "Sure, I have two kids"."""

PLAIN_YES = """
    +1|claro|d'accord|ja|ja bitte|klar|ok|okay|oui|si|sure|true|vale|y|yeah|yep|yes|yes please|yes, please|yup
"""
"""Everyday answers that need no reading."""

PLAIN_NO = """
    -1|false|n|nah|nein|nein danke|no|no gracias|no thank you|no thanks|no, thanks|non|non merci|nope
"""
"""The same for no."""

YES_SIGNS = "👍✓👌✅✔☑🆗🙌💯🙆🤝🫡➕"
"""Pictures that say yes."""

NO_SIGNS = "👎✗✘❌🚫✋🖐🙅✖⛔🛑"
"""Pictures that say no."""

UNSURE_SIGNS = "🤷🤔😐🫤"
"""Pictures that say neither."""
