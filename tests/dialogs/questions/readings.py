"""What the tests of question types share: one moment, and how to ask."""

from datetime import UTC, datetime

from dialogs.questions.base import Accepted, Outcome, Reading, Rejected
from dialogs.values import Value

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
"""A Sunday morning."""


def reading(language: str = "en", region: str | None = None) -> Reading:
    return Reading(now=NOW, language=language, region=region)


def value_of(outcome: Outcome) -> Value:
    assert isinstance(outcome, Accepted), outcome
    return outcome.value


def code_of(outcome: Outcome) -> str:
    assert isinstance(outcome, Rejected), outcome
    return outcome.code
