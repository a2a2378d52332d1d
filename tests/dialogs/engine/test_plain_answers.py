"""A message that is only an answer is known at a glance, and nothing else is taken for one."""

import pytest

from dialogs.plain_answers import is_only_an_answer
from tests.dialogs.engine.scripts import GUIDE
from tests.talk import script_of

GUIDE_SCRIPT = script_of(GUIDE)


@pytest.mark.parametrize(
    "text", ["Ada", "50", "yes", "25,000 €", "ada@example.com", "Analytical Engines Ltd", "nein", ""]
)
def test_answers_are_only_answers(text: str) -> None:
    assert is_only_an_answer(GUIDE_SCRIPT, text)


@pytest.mark.parametrize(
    "text",
    [
        "back",
        "skip",
        "stop",
        "a person, please",
        "why do you ask?",
        "sorry, I meant 50",
        "auf Deutsch bitte",
        "start over",
    ],
)
def test_whatever_else_can_be_meant_is_looked_at_closely(text: str) -> None:
    assert not is_only_an_answer(GUIDE_SCRIPT, text)


def test_a_long_message_is_always_looked_at_closely() -> None:
    assert not is_only_an_answer(GUIDE_SCRIPT, "We are a company of " + "very " * 10 + "nice people")
