"""Keeps out of what is passed on to people and programs what a visitor should never have typed into a chat.

The visitor's own transcript stays as it is; what goes to Slack, into e-mail and to webhooks lies there for years, in
the hands of others. Numbers of payment cards are known by their length, first digit and check digit (ISO/IEC 7812-1,
annex B); secret keys by how the well-known services shape theirs.
"""

import re
from collections.abc import Iterator, Sequence

MASK = "••••"
"""What stands in place of what is hidden."""

_DIGITS = re.compile(r"(?<![\w+])\d{1,19}(?:[ \u00a0\u2009.\-]\d{1,19})*(?!\w)")
"""Digits, in groups or not; with a plus before them they are somebody's telephone number."""
_GROUP = re.compile(r"\d+")
_SHORTEST, _LONGEST = 13, 19
_FIRST = range(2, 7)
"""How numbers of payment cards begin."""

_KEYS = re.compile(
    r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.{0,8000}?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|\Z)"
    r"|\b(?:"
    r"(?:AKIA|ASIA)[0-9A-Z]{16}"
    r"|[rs]k_(?:live|test)_[0-9A-Za-z]{16,200}"
    r"|sk-[0-9A-Za-z_-]{20,200}"
    r"|gh[opsur]_[0-9A-Za-z]{30,200}"
    r"|github_pat_[0-9A-Za-z_]{30,200}"
    r"|glpat-[0-9A-Za-z_-]{20,200}"
    r"|npm_[0-9A-Za-z]{30,100}"
    r"|x(?:ox[abeprs]|app)-[0-9A-Za-z-]{10,200}"
    r"|AIza[0-9A-Za-z_-]{35}"
    r"|SG\.[0-9A-Za-z_-]{16,64}\.[0-9A-Za-z_-]{16,64}"
    r"|eyJ[0-9A-Za-z_-]{8,2000}\.eyJ[0-9A-Za-z_-]{8,4000}\.[0-9A-Za-z_-]{8,2000}"
    r"|\d{8,12}:[0-9A-Za-z_-]{35}"
    r")(?![0-9A-Za-z])",
    re.DOTALL,
)


def masked(text: str) -> str:
    """The text without numbers of payment cards, of which the last four digits stay, and without secret keys."""
    if len(text) < _SHORTEST:
        return text
    return _DIGITS.sub(_without_cards, _KEYS.sub(MASK, text))


def _without_cards(found: re.Match[str]) -> str:
    digits = found[0]
    if len(digits) < _SHORTEST:
        return digits
    shown, after = "", 0
    for start, end in _cards_in(digits, [group.span() for group in _GROUP.finditer(digits)]):
        shown += f"{digits[after:start]}{MASK} {digits[end - 4 : end]}"
        after = end
    return shown + digits[after:]


def _cards_in(text: str, groups: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where numbers of cards stand: each begins and ends with a group, as people write them."""
    first = 0
    while first < len(groups):
        last = _end_of_card(text, groups, first)
        if last is None:
            first += 1
        else:
            yield groups[first][0], groups[last][1]
            first = last + 1


def _end_of_card(text: str, groups: Sequence[tuple[int, int]], first: int) -> int | None:
    """The group with which a card's number that begins with group ``first`` ends."""
    if int(text[groups[first][0]]) not in _FIRST:
        return None
    digits = ""
    for place in range(first, min(first + _LONGEST, len(groups))):
        digits += text[slice(*groups[place])]
        if len(digits) > _LONGEST:
            return None
        if len(digits) >= _SHORTEST and _checks(digits):
            return place
    return None


def _checks(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (the Luhn formula)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0
