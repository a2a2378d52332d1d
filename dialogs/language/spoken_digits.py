"""Phone numbers read aloud: "two oh two, double five ..." as digits, in English, German, Spanish and French."""

import re
from collections.abc import Mapping

from dialogs.language.folding import fold

_DIGITS: Mapping[str, str] = {
    word: str(digit)
    for digit, words in enumerate(
        (
            "zero oh o nought null cero",
            "one eins un uno",
            "two zwei zwo deux dos",
            "three drei trois tres",
            "four vier quatre cuatro",
            "five funf fuenf cinq cinco",
            "six sechs seis",
            "seven sieben sept siete",
            "eight acht huit ocho",
            "nine neun neuf nueve",
        )
    )
    for word in words.split()
}
_TIMES = {"double": 2, "triple": 3, "treble": 3, "doppel": 2, "doble": 2}
_PLUS = frozenset({"plus", "mas"})
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 7
"""A row of fewer digits is no phone number."""


def spoken_as_digits(text: str) -> str:
    """``text`` folded, with every long row of spoken digits in figures; as it was where there is none."""
    folded = fold(text)
    words = list(_WORD.finditer(folded))
    if sum(word.group() in _DIGITS for word in words) < _FEWEST // 2:
        return text
    parts: list[str] = []
    row, begin, times, copied = "", 0, 1, 0
    for at, word in enumerate([*words, None]):
        said = word.group() if word is not None else ""
        close = at == 0 or (word is not None and len(folded[words[at - 1].end() : word.start()].strip(" ,.-")) == 0)
        if not (close and (said in _DIGITS or said in _TIMES or (said in _PLUS and not row))):
            if row.strip("+").isdigit() and len(row) >= _FEWEST and at:
                parts += (folded[copied:begin], row)
                copied = words[at - 1].end()
            row, times = "", 1
        if word is None:
            break
        if not row:
            begin = word.start()
        if said in _TIMES:
            times = _TIMES[said]
        elif said in _DIGITS:
            row, times = row + _DIGITS[said] * times, 1
        elif said in _PLUS:
            row = "+"
    return "".join(parts) + folded[copied:] if parts else text
