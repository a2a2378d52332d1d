"""One way to compare what people type: without case, accents, typographic marks and doubled spaces."""

import unicodedata

_TYPOGRAPHY = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "´": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "…": "...",
    }
)
_ACCENTS = {accent: "" for accent in range(0x300, 0x370) if unicodedata.combining(chr(accent))}
"""The accents of Latin, Greek and Cyrillic letters."""


def fold(text: str) -> str:
    """``text`` in lower case, without accents, with plain quotes and dashes and single spaces.

    "  Ça   va’s  " becomes "ca va's". Length may change: positions in the result are not positions in the text.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY).casefold()).translate(_ACCENTS)
    if not plain.isascii():
        plain = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(plain.split())


def fold_words(text: str) -> str:
    """``fold`` with punctuation at the ends removed: "Yes, please!" becomes "yes, please"."""
    return fold(text).strip(" .,!?;:¡¿()[]\"'*_~")
