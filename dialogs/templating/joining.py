"""Joining a text whose answers are partly missing, so that no hole shows.

"Hi {{ first_name }}, nice!" without a name is "Hi, nice!"; "{{ first_name }}, where to?" is "Where to?". Only what the
author wrote around the hole is changed, never an answer.
"""

from collections.abc import Iterable

_SPACES = " \t\u00a0\u202f"
_CLOSING = ",.;:!?…\n"
_AFTER_A_NAME = ",.;:!?…–—"


def join_tidily(pieces: Iterable[tuple[str, bool]]) -> str:
    """The pieces (text, whether it is an answer) as one text, closed up where an answer is empty."""
    told, fixed, hole = "", 0, False
    for text, is_answer in pieces:
        if is_answer:
            hole = not text
            told += text
            fixed = fixed if hole else len(told)
        elif hole:
            told, after = _close(told, fixed, text)
            told, hole = told + after, not after
        else:
            told += text
    return told[:fixed] + _trimmed(told[fixed:]) if hole else told


def _close(told: str, fixed: int, text: str) -> tuple[str, str]:
    """What was told and what follows, without what only made sense around an answer.

    ``told[:fixed]`` ends with the last answer and stays as it is.
    """
    answer, loose = told[:fixed], told[fixed:]
    ahead = text.lstrip(_SPACES)
    if _begins_sentence(answer, loose):
        return told, _sentence_from(loose, ahead)
    if ahead.startswith(")") and loose.endswith("("):
        return answer + loose[:-1].rstrip(_SPACES), ahead[1:]
    if ahead and ahead[0] in _CLOSING:
        # A space before "!" or ":" is the author's (French has one); before a comma or a full stop it is the hole's.
        space = text[: len(text) - len(ahead)] if ahead[0] in "!?:;" else ""
        return answer + _trimmed(loose), space + ahead
    return told, ahead if loose.endswith(tuple(_SPACES)) else text


def _trimmed(loose: str) -> str:
    """The words before a hole without their space, and without the comma if there was space after it."""
    trimmed = loose.rstrip(_SPACES)
    return trimmed.rstrip(",") if trimmed != loose else loose


def _begins_sentence(answer: str, loose: str) -> bool:
    if not loose:
        return not answer
    before = loose.rstrip(_SPACES)
    return loose.endswith("\n") or (before != loose and (before[-1] in ".!?…\n" if before else not answer))


def _sentence_from(loose: str, ahead: str) -> str:
    """What follows a hole at the beginning of a sentence: without the comma after the name, with a capital."""
    rest = ahead.lstrip(_AFTER_A_NAME)
    if rest != ahead:
        rest = rest.lstrip(_SPACES)
        return rest[:1].upper() + rest[1:]
    is_own_line = ahead.startswith("\n") and (not loose or loose.endswith("\n"))
    return ahead[1:] if is_own_line else ahead
