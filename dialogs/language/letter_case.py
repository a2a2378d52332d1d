"""Names as people write them, where they were typed all in small or all in capital letters."""

import re

from dialogs.language.vocabulary import word_set

_PARTICLES = word_set(
    """
    van von der den dem de del della dello di da do dos das du des la las le los zu zur zum y und bin ibn al ter ten
    te af av vom aus
    """
)
_LED = re.compile(r"(?:van|von) (?:der|den|dem|de) |(?:de|von|van) (?:la|los|las) ")
_SUFFIXES = {"phd": "PhD", "md": "MD", "mba": "MBA", "cpa": "CPA", "ii": "II", "iii": "III", "iv": "IV"}
_PIECE = re.compile(r"[^\W\d_]+")


def in_name_case(name: str) -> str:
    """ "ada mcdonald" as "Ada McDonald", "JAN VAN DER BERG" as "Jan van der Berg"; mixed letters stay as they are."""
    if not (name.islower() or name.isupper()):
        return name
    cased = [character for character in name if character.isalpha() and character.lower() != character.upper()]
    if not cased:
        return name
    initials = len(cased) <= 2 or (len(cased) == 3 and not set(name) & set("AEIOUY"))
    if name.isupper() and name.isascii() and initials and " " not in name:
        return name
    words = name.split(" ")
    led = _LED.match(name.lower()) is not None
    return " ".join(_word(word, first=place == 0 and not led) for place, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    small = word.lower()
    bare = small.strip(".,")
    if not first and bare in _PARTICLES:
        return small
    if not first and bare in _SUFFIXES:
        return small.replace(bare, _SUFFIXES[bare])
    return _capitalised(word) if word.isalpha() else _PIECE.sub(lambda piece: _piece(piece, word), word)


def _piece(piece: re.Match[str], word: str) -> str:
    """One run of letters of a word, with a capital; but the s of "ada's" has none."""
    text = piece.group()
    before = word[: piece.start()]
    if before.endswith(("'", "’", "ʼ", "ʻ")) and not _follows_prefix(before):
        return text.lower()
    return _capitalised(text)


def _capitalised(text: str) -> str:
    """Letters with a capital in front; McDonald has two."""
    small = text[1:].lower()
    if len(text) > 4 and text[:2].lower() == "mc":
        small = "c" + text[2].upper() + text[3:].lower()
    return text[0].upper() + small


def _follows_prefix(before: str) -> bool:
    """Whether the letters before an apostrophe are such as in O'Neill, D'Angelo, L'Hôpital."""
    prefix = re.split(r"[\s-]", before)[-1][:-1]
    return prefix.lower() in {"o", "d", "l", "dell", "all", "m", ""}
