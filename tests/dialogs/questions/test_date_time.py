"""Which moment visitors mean, where the clock of the field, or their own, hangs."""

from datetime import timedelta, timezone

import pytest
from pydantic import ValidationError

from dialogs.questions.base import Accepted, Reading, Rejected
from dialogs.questions.date_time import DateTimeOptions, DateTimeQuestion
from tests.dialogs.questions.readings import NOW, code_of, reading, value_of

QUESTION = DateTimeQuestion()
ANY = DateTimeOptions()
BERLIN = DateTimeOptions(time_zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("language", "text", "moment"),
    [
        ("en", "tomorrow at 3pm", "2026-11-23T15:00:00+00:00"),
        ("en", "2026-12-24 15:30", "2026-12-24T15:30:00+00:00"),
        ("en", "2026-12-24T15:30+01:00", "2026-12-24T14:30:00+00:00"),
        ("en", "half past three on friday", "2026-11-27T15:30:00+00:00"),
        ("en", "the 25th at 10:15", "2026-11-25T10:15:00+00:00"),
        ("en", "at 9am", "2026-11-23T09:00:00+00:00"),
        ("en", "at 11am", "2026-11-22T11:00:00+00:00"),
        ("en", "in 90 minutes", "2026-11-22T11:30:00+00:00"),
        ("de", "morgen um 15 Uhr", "2026-11-23T15:00:00+00:00"),
        ("de", "24.12. um 15:30", "2026-12-24T15:30:00+00:00"),
        ("es", "mañana por la mañana a las 9", "2026-11-23T09:00:00+00:00"),
        ("fr", "mardi prochain à 10h", "2026-11-24T10:00:00+00:00"),
    ],
)
def test_moments(language: str, text: str, moment: str) -> None:
    assert value_of(QUESTION.read(text, ANY, reading(language))) == moment


def test_the_fields_clock_goes_before_the_visitors() -> None:
    assert value_of(QUESTION.read("tomorrow at 3pm", BERLIN, reading())) == "2026-11-23T15:00:00+01:00"
    abroad = Reading(now=NOW.astimezone(timezone(timedelta(hours=-5))))
    assert value_of(QUESTION.read("tomorrow at 3pm", ANY, abroad)) == "2026-11-23T15:00:00-05:00"
    assert value_of(QUESTION.read("tomorrow at 3pm", BERLIN, abroad)) == "2026-11-23T15:00:00+01:00"
    assert QUESTION.show("2026-11-23T14:00:00+00:00", BERLIN, "en") == "23 November 2026, 15:00"
    assert QUESTION.show("2026-11-23T14:00:00+00:00", ANY, "de") == "23. November 2026, 14:00"


def test_a_day_alone_is_asked_for_its_time() -> None:
    outcome = QUESTION.read("tomorrow", ANY, reading())
    assert isinstance(outcome, Rejected)
    assert outcome.code == "time_missing"
    assert outcome.reason.startswith("23 November 2026: at what time?")


def test_what_is_doubtful_is_asked_about_unless_limits_settle_it() -> None:
    outcome = QUESTION.read("tomorrow 3:30", ANY, reading())
    assert isinstance(outcome, Accepted)
    assert [suggestion.label for suggestion in outcome.suggestions] == [
        "23 November 2026, 15:30",
        "23 November 2026, 03:30",
    ]
    later = DateTimeOptions(earliest="2026-11-23T08:00+00:00")
    assert QUESTION.read("tomorrow 3:30", later, reading()) == Accepted("2026-11-23T15:30:00+00:00")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("maybe", "not_a_moment"),
        ("give me a second", "not_a_moment"),
        ("31.02.2027 15:30", "no_such_day"),
        ("Monday or Tuesday at 10:00", "several_moments"),
        ("tomorrow 10:00 or 11:00", "several_moments"),
    ],
)
def test_what_is_no_one_moment_is_refused(text: str, code: str) -> None:
    assert code_of(QUESTION.read(text, ANY, reading())) == code


def test_limits_are_named() -> None:
    soon = DateTimeOptions(earliest="now", latest="2026-11-30")
    outcome = QUESTION.read("yesterday at 3pm", soon, reading())
    assert isinstance(outcome, Rejected)
    assert outcome.reason == "That is too early: it is possible from 22 November 2026, 10:00."
    assert code_of(QUESTION.read("1 December 10:00", soon, reading())) == "too_late"
    assert value_of(QUESTION.read("30 November 23:00", soon, reading())) == "2026-11-30T23:00:00+00:00"
    assert (
        code_of(QUESTION.read("2020-01-01 10:00", DateTimeOptions(earliest="2026-01-01T00:00"), reading()))
        == "too_early"
    )


def test_stored_values_may_be_taken_as_they_are() -> None:
    assert QUESTION.check("2026-11-23T15:00:00+01:00", ANY, "en") == Accepted("2026-11-23T15:00:00+01:00")
    for value in ("2026-11-23T15:00:00", "2026-11-23", "soon", 5):
        assert code_of(QUESTION.check(value, ANY, "en")) == "not_a_moment"


def test_moments_are_picked_and_shown() -> None:
    shown = QUESTION.input(DateTimeOptions(earliest="now", latest="2027-01-31", time_zone="Europe/Paris"), "fr")
    assert (shown.kind, shown.minimum, shown.maximum) == ("datetime", None, "2027-01-31")
    assert shown.extra["time_zone"] == "Europe/Paris"
    assert QUESTION.show(None, ANY, "en") == ""
    assert QUESTION.show("soon", ANY, "en") == "soon"


def test_mistakes_in_a_script_are_errors() -> None:
    with pytest.raises(ValidationError, match="is no time zone"):
        DateTimeOptions(time_zone="Mars/Olympus")
    with pytest.raises(ValidationError, match="is no moment"):
        DateTimeOptions(earliest="soonish")


@pytest.mark.parametrize(
    ("language", "text", "moment"),
    [
        ("de", "am Freitag um halb drei", "2026-11-27T14:30:00+00:00"),
        ("de", "am Montag um 4", "2026-11-23T16:00:00+00:00"),
        ("en", "at 10 on Friday", "2026-11-27T10:00:00+00:00"),
        ("en", "Monday at 10.30", "2026-11-23T10:30:00+00:00"),
        ("en", "24/12/2026, 10.30", "2026-12-24T10:30:00+00:00"),
        ("en", "a week on Friday at 3pm", "2026-12-04T15:00:00+00:00"),
    ],
)
def test_a_day_and_a_time_in_any_order(language: str, text: str, moment: str) -> None:
    assert value_of(QUESTION.read(text, ANY, reading(language))) == moment


def test_a_span_of_hours_is_no_moment() -> None:
    assert code_of(QUESTION.read("Friday between 3 and 5pm", ANY, reading())) == "several_moments"
