"""One way to compare what people type: without case, accents, typographic marks and doubled spaces."""

import re
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
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """``text`` in lower case, without accents, with plain quotes and dashes and single spaces.

    "  Ça   va’s  " becomes "ca va's". Length may change: positions in the result are not positions in the text.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY).casefold())
    return _SPACES.sub(" ", "".join(c for c in decomposed if not unicodedata.combining(c))).strip()


def fold_words(text: str) -> str:
    """``fold`` with punctuation at the ends removed: "Yes, please!" becomes "yes, please"."""
    return fold(text).strip(" .,!?;:¡¿()[]\"'*_~")
