"""Texts, as visitors and authors meet them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from dialogs.questions.base import LANGUAGES, Accepted, Outcome, Reading, Rejected
from dialogs.questions.text import TextOptions, TextQuestion

TEXT = TextQuestion()


def read(text: str, language: str = "en", **options: Any) -> Outcome:
    return TEXT.read(text, TextOptions(**options), Reading(now=datetime(2026, 11, 22, tzinfo=UTC), language=language))


def code(outcome: Outcome) -> str:
    assert isinstance(outcome, Rejected)
    return outcome.code


def test_a_text_is_kept_as_it_is_without_the_spaces_around_it() -> None:
    assert read("  <b>We need\n a CRM & 3 seats</b> \n") == Accepted("<b>We need\n a CRM & 3 seats</b>")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u2060"])
def test_nothing_is_no_answer(text: str, language: str) -> None:
    assert code(read(text, language)) == "empty"


def test_the_lengths_are_kept_and_named() -> None:
    short, long = read("no", min_length=5), read("a" * 20, max_length=10)
    assert (code(short), code(long)) == ("too_short", "too_long")
    assert isinstance(short, Rejected)
    assert "5" in short.reason
    assert isinstance(long, Rejected)
    assert "20" in long.reason
    assert "10" in long.reason


def test_the_form_is_checked_and_explained_in_the_authors_words() -> None:
    message = {"en": "It looks like AB1234.", "de": "Sie sieht aus wie AB1234."}
    assert read("AB1234", pattern=r"[A-Z]{2}\d{4}") == Accepted("AB1234")
    assert read("ab", pattern=r"[A-Z]{2}\d{4}", pattern_message=message, language="de") == Rejected(
        "Sie sieht aus wie AB1234.", "wrong_form"
    )
    assert code(read("AB1234 and more", pattern=r"[A-Z]{2}\d{4}")) == "wrong_form"
    assert code(read("a" * 300, pattern=".*")) == "wrong_form"


def test_what_no_database_takes_is_replaced() -> None:
    assert read("a\0b\ud800c") == Accepted("a\ufffdb\ufffdc")


def test_values_from_elsewhere_keep_to_the_same_rules() -> None:
    assert TEXT.check(" hello ", TextOptions(), "en") == Accepted("hello")
    for wrong in ("", 7, None, ["a"], True):
        assert isinstance(TEXT.check(wrong, TextOptions(), "en"), Rejected)


def test_the_input_knows_its_limits() -> None:
    hints = TEXT.input(TextOptions(long=True, max_length=500), "en")
    assert hints.kind == "text"
    assert hints.extra == {"long": True, "min_length": 1, "max_length": 500}
    assert TEXT.show("hello", TextOptions(), "en") == "hello"
    assert TEXT.show(None, TextOptions(), "en") == ""


@pytest.mark.parametrize(
    "wrong", [{"pattern": "("}, {"min_length": 9, "max_length": 3}, {"max_length": 0}, {"length": 3}]
)
def test_rules_that_make_no_sense_are_refused_when_the_script_is_loaded(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TextOptions(**wrong)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_what_is_taken_is_taken_again_as_it_is(text: str) -> None:
    outcome = read(text)
    if isinstance(outcome, Accepted):
        assert read(str(outcome.value)) == outcome
