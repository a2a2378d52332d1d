"""Every question type: one file and one line each."""

from typing import Any

from dialogs.questions.base import QuestionType
from dialogs.questions.number import NumberQuestion

QUESTION_TYPES: dict[str, QuestionType[Any]] = {
    "number": NumberQuestion(),
}
"""By the word in scripts: ``type: email``."""
