"""How good visitors say it was."""

import pytest
from pydantic import ValidationError

from dialogs.questions.base import Accepted, Rejected
from dialogs.questions.rating import RatingOptions, RatingQuestion
from tests.dialogs.questions.readings import code_of, reading, value_of

QUESTION = RatingQuestion()
FIVE = RatingOptions()
TEN = RatingOptions.model_validate(
    {"min": 0, "scale": 10, "labels": {"low": "Unlikely", "high": {"en": "Very likely"}}}
)


@pytest.mark.parametrize(
    ("language", "text", "points"),
    [
        ("en", "4", 4),
        ("en", "four", 4),
        ("en", "4!", 4),
        ("en", "4/5", 4),
        ("en", "4 out of 5", 4),
        ("en", "four out of five", 4),
        ("en", "★★★★", 4),
        ("en", "★★★★☆", 4),
        ("en", "⭐️⭐️⭐️", 3),
        ("en", "five stars", 5),
        ("en", "I'd say a solid 4", 4),
        ("en", "4️⃣", 4),
        ("de", "vier Sterne", 4),
        ("de", "4 von 5", 4),
        ("es", "cinco estrellas", 5),
        ("fr", "quatre sur cinq", 4),
    ],
)
def test_points(language: str, text: str, points: int) -> None:
    assert value_of(QUESTION.read(text, FIVE, reading(language))) == points


def test_the_words_at_the_ends_are_answers() -> None:
    assert QUESTION.read("very likely!", TEN, reading()) == Accepted(10)
    assert QUESTION.read("unlikely", TEN, reading()) == Accepted(0)


@pytest.mark.parametrize(
    ("language", "text", "of_five", "of_ten"),
    [
        ("en", "great", 5, 10),
        ("en", "It was very useful, thanks!", 5, 10),
        ("en", "good", 4, 8),
        ("en", "ok", 3, 5),
        ("en", "not good", 2, 3),
        ("en", "terrible", 1, 0),
        ("de", "Sehr gut", 5, 10),
        ("de", "geht so", 3, 5),
        ("de", "furchtbar", 1, 0),
        ("es", "muy útil", 5, 10),
        ("es", "malo", 2, 3),
        ("fr", "c'était parfait", 5, 10),
        ("fr", "pas terrible", 2, 3),
    ],
)
def test_praise_is_taken_for_points_with_a_question(language: str, text: str, of_five: int, of_ten: int) -> None:
    for options, points in ((FIVE, of_five), (TEN, of_ten)):
        outcome = QUESTION.read(text, options, reading(language))
        assert isinstance(outcome, Accepted)
        assert outcome.value == points
        assert outcome.doubt is not None
        assert str(points) in outcome.doubt
        assert outcome.suggestions[0].value == points
        assert len(outcome.suggestions) > 1


@pytest.mark.parametrize(
    "text",
    [
        "great stuff though slow",
        "half past three",
        "4 o'clock",
        "halb vier",
        "",
        "3-4",
        "another one",
        "a few",
        "10:30",
        "x" * 500,
    ],
)
def test_what_holds_no_points_is_refused(text: str) -> None:
    outcome = QUESTION.read(text, FIVE, reading())
    assert isinstance(outcome, Rejected)
    assert outcome.reason == "A number from 1 to 5, please: 5 is the best."


def test_points_beyond_the_scale_are_refused() -> None:
    assert code_of(QUESTION.read("6", FIVE, reading())) == "out_of_scale"
    assert code_of(QUESTION.read("0", FIVE, reading())) == "out_of_scale"
    assert QUESTION.read("0", TEN, reading()) == Accepted(0)


def test_another_scale_is_converted_only_on_a_press() -> None:
    outcome = QUESTION.read("8/10", FIVE, reading())
    assert isinstance(outcome, Rejected)
    assert [suggestion.value for suggestion in outcome.suggestions] == [4]
    outcome = QUESTION.read("12/10", FIVE, reading())
    assert isinstance(outcome, Rejected)
    assert outcome.suggestions == ()


@pytest.mark.parametrize("text", ["4.5", "4.5/5", "four and a half"])
def test_points_in_between_are_offered_as_neighbours(text: str) -> None:
    outcome = QUESTION.read(text, FIVE, reading())
    assert isinstance(outcome, Rejected)
    assert (outcome.code, [suggestion.value for suggestion in outcome.suggestions]) == ("not_whole", [4, 5])


def test_stored_values_and_keys_may_be_taken_as_they_are() -> None:
    assert QUESTION.check(4, FIVE, "en") == Accepted(4)
    assert QUESTION.check("4", FIVE, "en") == Accepted(4)
    assert code_of(QUESTION.check(9, FIVE, "en")) == "out_of_scale"
    for value in (True, 4.5, "four", None):
        assert code_of(QUESTION.check(value, FIVE, "en")) == "not_a_rating"


def test_ratings_are_shown_with_their_scale() -> None:
    assert QUESTION.show(4, FIVE, "en") == "4 of 5"
    assert QUESTION.show(4, FIVE, "de") == "4 von 5"
    assert QUESTION.show(None, FIVE, "en") == ""


def test_the_input_has_a_button_a_point() -> None:
    shown = QUESTION.input(TEN, "de")
    assert (shown.kind, shown.minimum, shown.maximum) == ("rating", 0, 10)
    assert [option.key for option in shown.options] == [str(point) for point in range(11)]
    assert shown.extra["labels"] == ["Unlikely", "Very likely"]
    assert QUESTION.input(RatingOptions(max=100, style="numbers"), "en").options == ()


def test_mistakes_in_a_script_are_errors() -> None:
    with pytest.raises(ValidationError, match="too many stars"):
        RatingOptions(max=20, style="stars")
    with pytest.raises(ValidationError):
        RatingOptions.model_validate({"labels": ["only one"]})


@pytest.mark.parametrize(("text", "points"), [("👍", 4), ("👍🏽", 4), ("top marks", 5), ("the lowest", 1)])
def test_a_thumb_is_praise_and_not_one_point(text: str, points: int) -> None:
    outcome = QUESTION.read(text, FIVE, reading())
    assert isinstance(outcome, Accepted) and outcome.value == points and outcome.doubt is not None


def test_stars_may_be_typed() -> None:
    assert value_of(QUESTION.read("****", FIVE, reading())) == 4
