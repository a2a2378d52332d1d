"""No answer takes long, whatever it is: the time grows with its length, not with the square of it.

Texts of eight times the length that the house lets through, so that a square shows on any machine.
"""

from collections.abc import Mapping
from time import process_time
from typing import Any

import pytest

from dialogs.questions import QUESTION_TYPES
from dialogs.values import ANSWER_MAX_CHARACTERS
from tests.dialogs.questions.readings import reading

LENGTH = 8 * ANSWER_MAX_CHARACTERS
SECONDS = 1.0
PICKED = {"options": {"now": "This month", "later": "Just looking around for a while"}}
OPTIONS: Mapping[str, Any] = {"choice": PICKED, "choices": PICKED}
REPEATED = (
    "a", "a ", "a.", "a@", "a at ", "a dot ", "a-", "@", "(", "((", ")", '"', "'", "\\", "//", "https://a.", "www.",
    "1", "1,", "1.", "1 ", "1-", "1/1/", "12:", "1k-", "x1", "-", "+", "+49 ", "ext ", "$", "€", "million ",
    "10 to ", "between ", "two hundred ", "einund", "quatre-", "half ", "in 2 ", "next ", "monday ", "jan ", "not ",
    "my name is ", "ich bin ", "de ", "inc. ", "@gmail.com ", "a@b.co,", "\t", "\r\n", "\u00a0", "\u200b", "\u0301",
    "e\u0301", "\u202e", "\ufdfa", "İ", "ß", "你", "١", "👨\u200d👩\u200d👧",
)  # fmt: skip
FRAMED = (
    "1" + " " * LENGTH + "1",
    "a" * LENGTH + "!",
    "a@" + "a." * (LENGTH // 2) + "co",
    '"' + "a" * LENGTH + '"@b.co',
    "a@" + "-" * LENGTH + ".co",
    "$1" + ",000" * (LENGTH // 4),
    "1" * LENGTH + "e",
    "(" * (LENGTH // 2) + "1" + ")" * (LENGTH // 2),
    "a" + " " * LENGTH + "@b.co",
    "\n" * LENGTH + "x",
)


@pytest.mark.parametrize("name", QUESTION_TYPES)
def test_whatever_is_answered_is_read_in_a_moment(name: str) -> None:
    question = QUESTION_TYPES[name]
    options = question.options.model_validate(OPTIONS.get(name, {}))
    texts = *((piece * LENGTH)[:LENGTH] for piece in REPEATED), *FRAMED
    for language in ("en", "de"):
        for text in texts:
            begun = process_time()
            question.read(text, options, reading(language))
            assert process_time() - begun < SECONDS, text[:20]
