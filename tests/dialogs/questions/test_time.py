"""What time of day visitors mean."""

import pytest
from pydantic import ValidationError

from dialogs.questions.base import Accepted, Rejected
from dialogs.questions.time import TimeOptions, TimeQuestion
from tests.dialogs.questions.readings import code_of, reading, value_of

QUESTION = TimeQuestion()
ANY = TimeOptions()


@pytest.mark.parametrize(
    ("language", "text", "time"),
    [
        ("en", "15:30", "15:30"),
        ("en", "3pm", "15:00"),
        ("en", "3:30 p.m.", "15:30"),
        ("en", "9 am works", "09:00"),
        ("en", "12am", "00:00"),
        ("en", "12pm", "12:00"),
        ("en", "half past three", "15:30"),
        ("en", "a quarter to nine", "08:45"),
        ("en", "ten past four", "16:10"),
        ("en", "at 3", "15:00"),
        ("en", "at ten", "10:00"),
        ("en", "8 in the evening", "20:00"),
        ("en", "2 at night", "02:00"),
        ("en", "noon", "12:00"),
        ("en", "midnight", "00:00"),
        ("en", "03:30", "03:30"),
        ("en", "1530", "15:30"),
        ("de", "15.30 Uhr", "15:30"),
        ("de", "halb vier", "15:30"),
        ("de", "Viertel nach drei", "15:15"),
        ("de", "dreiviertel vier", "15:45"),
        ("de", "fünf vor halb vier", "15:25"),
        ("de", "fünf nach halb vier", "15:35"),
        ("de", "um acht abends", "20:00"),
        ("de", "15 Uhr 20", "15:20"),
        ("de", "mittags", "12:00"),
        ("es", "a las tres", "15:00"),
        ("es", "a las tres y media", "15:30"),
        ("es", "las cuatro menos cuarto", "15:45"),
        ("es", "a las 8 de la mañana", "08:00"),
        ("es", "mediodía", "12:00"),
        ("fr", "15h30", "15:30"),
        ("fr", "à dix heures", "10:00"),
        ("fr", "quatre heures moins le quart", "15:45"),
        ("fr", "8 heures du soir", "20:00"),
        ("fr", "minuit", "00:00"),
        ("fr", "halb vier", "15:30"),
    ],
)
def test_times_of_day(language: str, text: str, time: str) -> None:
    assert value_of(QUESTION.read(text, ANY, reading(language))) == time


@pytest.mark.parametrize("text", ["maybe", "", "25:00", "12 people", "in the morning", "a few", "in 3 hours"])
def test_what_holds_no_time_is_refused(text: str) -> None:
    assert code_of(QUESTION.read(text, ANY, reading())) == "not_a_time"


def test_a_clock_that_could_show_the_night_is_asked_about() -> None:
    outcome = QUESTION.read("3:30", ANY, reading())
    assert isinstance(outcome, Accepted)
    assert [suggestion.value for suggestion in outcome.suggestions] == ["15:30", "03:30"]
    assert QUESTION.read("3:30", TimeOptions(earliest="8:00"), reading()) == Accepted("15:30")


def test_two_times_are_too_many() -> None:
    assert code_of(QUESTION.read("10:00 or 11:00", ANY, reading())) == "several_times"


def test_limits_are_named() -> None:
    options = TimeOptions(earliest="9:00", latest="18:00")
    outcome = QUESTION.read("8am", options, reading())
    assert isinstance(outcome, Rejected)
    assert (outcome.code, outcome.reason) == ("too_early", "That is a little early: it is possible from 09:00.")
    assert code_of(QUESTION.read("20:00", options, reading("es"))) == "too_late"


def test_about_is_remembered() -> None:
    assert QUESTION.read("around 4pm", ANY, reading()) == Accepted("16:00", ("approximate",))


def test_stored_values_may_be_taken_as_they_are() -> None:
    assert QUESTION.check("15:30", ANY, "en") == Accepted("15:30")
    assert QUESTION.check("15:30:05", ANY, "en") == Accepted("15:30:05")
    for value in ("25:00", "3pm", 15, None):
        assert code_of(QUESTION.check(value, ANY, "en")) == "not_a_time"


def test_times_are_shown_and_picked() -> None:
    assert QUESTION.show("15:30:00", ANY, "en") == "15:30"
    assert QUESTION.show(None, ANY, "en") == ""
    shown = QUESTION.input(TimeOptions(earliest="9:00"), "en")
    assert (shown.kind, shown.minimum, shown.maximum) == ("time", "09:00", None)


def test_mistakes_in_a_script_are_errors() -> None:
    with pytest.raises(ValidationError, match="is no time of day"):
        TimeOptions(earliest="dawn")
    with pytest.raises(ValidationError, match="earliest must not be later"):
        TimeOptions(earliest="10:00", latest="9:00")


@pytest.mark.parametrize(
    ("language", "text", "time"),
    [
        ("en", "10.30", "10:30"),
        ("en", "three twenty", "15:20"),
        ("en", "320pm", "15:20"),
        ("fr", "midi et demi", "12:30"),
        ("en", "10 please", None),
        ("en", "at 10 on Friday", "10:00"),
        ("de", "am Freitag um 4", "16:00"),
    ],
)
def test_more_ways_to_write_a_time(language: str, text: str, time: str | None) -> None:
    outcome = QUESTION.read(text, ANY, reading(language))
    assert (outcome.value if isinstance(outcome, Accepted) else None) == time


@pytest.mark.parametrize("text", ["between 3 and 5pm", "3-5pm", "zwischen 14 und 16 Uhr", "3 or 4 pm"])
def test_two_ends_are_not_one_time(text: str) -> None:
    assert code_of(QUESTION.read(text, ANY, reading())) == "several_times"
