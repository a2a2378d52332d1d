"""Choices of several, as visitors and authors meet them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from dialogs.questions.base import LANGUAGES, Accepted, Outcome, Reading, Rejected
from dialogs.questions.choices import ChoicesOptions, ChoicesQuestion

CHOICES = ChoicesQuestion()
TEAMS = ["Sales", "Marketing", "Customer support", "HR", "Research and development"]
ALL = ["sales", "marketing", "customer_support", "hr", "research_and_development"]


def options(**given_options: Any) -> ChoicesOptions:
    return ChoicesOptions.model_validate({"options": TEAMS, **given_options})


def read(text: str, language: str = "en", **given_options: Any) -> Outcome:
    reading = Reading(now=datetime(2026, 11, 22, tzinfo=UTC), language=language)
    return CHOICES.read(text, options(**given_options), reading)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("sales", ["sales"]),
        ("HR, sales", ["sales", "hr"]),
        ("sales and marketing", ["sales", "marketing"]),
        ("sales & hr; marketing", ["sales", "marketing", "hr"]),
        ("sales\nhr", ["sales", "hr"]),
        ("sales marketing hr", ["sales", "marketing", "hr"]),
        ("research and development, sales", ["sales", "research_and_development"]),
        ("marketng and customer suport", ["marketing", "customer_support"]),
        ("1 and 3", ["sales", "customer_support"]),
        ("1,3", ["sales", "customer_support"]),
        ("1-3", ["sales", "marketing", "customer_support"]),
        ("a, c", ["sales", "customer_support"]),
        ("the first and the last", ["sales", "research_and_development"]),
        ("all", ALL),
        ("just all of them", ALL),
        ("alle", ALL),
        ("everything except hr", ["sales", "marketing", "customer_support", "research_and_development"]),
        ("all but sales and hr", ["marketing", "customer_support", "research_and_development"]),
        ("todo menos sales", ["marketing", "customer_support", "hr", "research_and_development"]),
        ("sales, not marketing", ["sales"]),
        ("sales, not the others", ["sales"]),
        ("I'm interested in sales and hr because we want to grow", ["sales", "hr"]),
    ],
)
def test_several_options_are_recognised_in_the_order_of_the_options(text: str, keys: list[str]) -> None:
    assert read(text) == Accepted(keys)


def test_both_means_both_only_where_there_are_two() -> None:
    two = ChoicesOptions.model_validate({"options": ["Phone", "Mail"]})
    reading = Reading(now=datetime(2026, 11, 22, tzinfo=UTC))
    assert CHOICES.read("both please", two, reading) == Accepted(["phone", "mail"])
    assert isinstance(read("both"), Rejected)


def test_none_is_an_answer_where_the_script_allows_it() -> None:
    assert read("none of them", min=0) == Accepted([])
    refused = read("none")
    assert isinstance(refused, Rejected)
    assert refused.code == "too_few"


def test_the_limits_are_kept() -> None:
    few, many = read("sales", min=2), read("all", max=2)
    assert isinstance(few, Rejected)
    assert isinstance(many, Rejected)
    assert (few.code, many.code) == ("too_few", "too_many")
    assert "2" in few.reason
    assert "2" in many.reason


def test_what_was_only_partly_understood_is_asked_about() -> None:
    outcome = read("sales; banana")
    assert isinstance(outcome, Accepted)
    assert outcome.value == ["sales"]
    assert outcome.doubt is not None
    assert "banana" in outcome.doubt


def test_near_misses_of_what_was_not_understood_are_offered_while_there_is_room() -> None:
    outcome = read("sales; researching")
    assert isinstance(outcome, Accepted)
    assert outcome.doubt is not None
    full = read("sales; researching", max=1)
    assert isinstance(full, Accepted)
    assert full.suggestions == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["banana", "", "6", "0", "not sales", "how much is sales?", "???"])
def test_nothing_is_guessed(text: str, language: str) -> None:
    outcome = read(text, language)
    assert isinstance(outcome, Rejected)
    assert outcome.code == "no_options"
    assert "Marketing" in outcome.reason


def test_numbers_mean_amounts_where_the_options_are_amounts() -> None:
    sizes = ChoicesOptions.model_validate({"options": ["1-9", "10-49", "50+"]})
    reading = Reading(now=datetime(2026, 11, 22, tzinfo=UTC))
    assert CHOICES.read("5 and 60", sizes, reading) == Accepted(["1_9", "50_plus"])


def test_only_lists_of_keys_are_taken_from_elsewhere() -> None:
    assert CHOICES.check(["hr", "sales", "sales"], options(), "en") == Accepted(["sales", "hr"])
    for wrong in ("sales", ["Sales"], [["sales"]], [1], None, {"sales": 1}):
        assert isinstance(CHOICES.check(wrong, options(), "en"), Rejected)  # type: ignore[arg-type]
    assert isinstance(CHOICES.check([], options(), "en"), Rejected)
    assert CHOICES.check([], options(min=0), "en") == Accepted([])


def test_choices_are_shown_by_their_labels() -> None:
    assert CHOICES.show(["sales", "hr"], options(), "en") == "Sales, HR"
    assert CHOICES.show([], options(), "de") == "nichts davon"
    assert CHOICES.show(None, options(), "de") == ""
    hints = CHOICES.input(options(min=1, max=3), "en")
    assert (hints.kind, hints.minimum, hints.maximum) == ("choices", 1, 3)


@pytest.mark.parametrize("wrong", [{"min": 3, "max": 2}, {"min": 9}, {"max": 0}, {"min": -1}])
def test_limits_that_cannot_be_met_are_refused_when_the_script_is_loaded(wrong: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        options(**wrong)


@settings(deadline=None)
@given(st.text(alphabet="salehr mkting,;&andnotx1234\n?", max_size=60))
def test_any_text_is_survived_and_only_keys_come_out(text: str) -> None:
    outcome = read(text)
    if isinstance(outcome, Accepted):
        assert isinstance(outcome.value, list)
        assert set(outcome.value) <= set(ALL)
        assert CHOICES.check(outcome.value, options(), "en") == Accepted(outcome.value)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("all five", ALL),
        ("the first two", ["sales", "marketing"]),
        ("the last two", ["hr", "research_and_development"]),
        ("die ersten drei", ["sales", "marketing", "customer_support"]),
        ("los dos últimos", ["hr", "research_and_development"]),
        ("les deux premiers", ["sales", "marketing"]),
    ],
)
def test_counted_options_are_the_first_or_the_last(text: str, keys: list[str]) -> None:
    assert read(text) == Accepted(keys)


def test_all_three_of_five_is_no_answer() -> None:
    assert isinstance(read("all three"), Rejected)
