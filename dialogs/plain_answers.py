"""Whether a message can be nothing but an answer: no wish, no correction, no question of the visitor's own.

Most messages are short, and the same ones come again and again: "yes", "50", a first name. What the many readers of
other meanings say of them is remembered.
"""

from functools import lru_cache

from dialogs.crossing import read_crossing_wish
from dialogs.language.plain_words import plain_words
from dialogs.script import Script
from dialogs.side_questions import find_answer
from dialogs.small_talk import read_language_wish
from dialogs.wishes import asks_why, read_correction, read_wish

LONGEST_SAYING = 200
"""Longest message, in characters, that may be something a visitor can always say."""
_LONGEST_REMEMBERED = 40
_REMEMBERED_MOST = 4096


def sayings_in(text: str) -> str:
    """The words in which a visitor may have said something they can always say; with an address in them, none."""
    return plain_words(text) if len(text) <= LONGEST_SAYING and "@" not in text else ""


def is_only_an_answer(script: Script, text: str) -> bool:
    """Whether nothing else can be meant; False where that would first have to be found out at length."""
    return len(text) <= _LONGEST_REMEMBERED and _is_only_an_answer(script, text)


@lru_cache(maxsize=_REMEMBERED_MOST)
def _is_only_an_answer(script: Script, text: str) -> bool:
    said = sayings_in(text)
    return (
        read_wish(script, said) is None
        and not read_crossing_wish(said)
        and read_correction(text) is None
        and find_answer(script, text) is None
        and not asks_why(script, said)
        and not read_language_wish(said)
    )
