"""One way to write digits: whatever script, fraction sign or space a person used, readers of numbers see plain text."""

import re
import unicodedata

from dialogs.language.folding import fold

_FRACTION_SIGN = re.compile(r"(?<=\d)?([¼-¾⅐-⅞↉])")
_SUPERSCRIPT = re.compile(r"(?<=\d)([⁺⁻]?[⁰¹²³⁴-⁹]+)")
_PERCENT = re.compile(r"\b(?:per ?cent|prozent|por ?ciento|pour ?cent|pct)\b")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SIGNS = str.maketrans(
    {"⁄": "/", "∕": "/", "÷": "/", "≥": ">=", "≧": ">=", "≤": "<=", "≦": "<=", "∼": "~", "≈": "~", "−": "-"}
)


READABLE = 1000
"""Characters in which a quantity is looked for: who writes more has not answered a question about one."""


def plain_digits(text: str, at_most: int = READABLE) -> str:
    """``text`` folded (see ``fold``), with ASCII digits, ``1/2`` for ½, ``10^3`` for 10³ and ``%`` for "percent".

    "3½" becomes "3 1/2" and never "31/2". Positions in the result are not positions in the text. A text of more than
    ``at_most`` characters is nothing at all, so that every reader is quick whatever it is given.
    """
    if len(text) > at_most:
        return ""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
        text = _FRACTION_SIGN.sub(r" \1", text)
        text = _SUPERSCRIPT.sub(r"^\1", text)
        text = fold(text).lower().translate(_SIGNS)
        text = text if text.isascii() else "".join(map(_ascii_digit, text))
    else:
        text = fold(text)
    return _PERCENT.sub("%", text) if len(text) <= at_most else ""


def _ascii_digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character
