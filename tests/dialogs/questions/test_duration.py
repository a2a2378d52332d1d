"""How long, or how soon: what visitors type when they are asked for a time frame."""

import pytest
from pydantic import ValidationError

from dialogs.questions.base import Accepted, Rejected
from dialogs.questions.duration import DurationOptions, DurationQuestion
from tests.dialogs.questions.readings import code_of, reading, value_of

QUESTION = DurationQuestion()
ANY = DurationOptions()


def read(text: str, language: str = "en") -> object:
    return value_of(QUESTION.read(text, ANY, reading(language)))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("in three months", "P3M"),
        ("3 months", "P3M"),
        ("90 minutes", "PT90M"),
        ("1h30", "PT1H30M"),
        ("1 h 30 min", "PT1H30M"),
        ("2:30 hours", "PT2H30M"),
        ("an hour and a half", "PT1H30M"),
        ("two and a half hours", "PT2H30M"),
        ("half an hour", "PT30M"),
        ("three quarters of an hour", "PT45M"),
        ("an hour and a quarter", "PT1H15M"),
        ("1 hour forty", "PT1H40M"),
        ("45'", "PT45M"),
        ('30"', "PT30S"),
        ("2.5 seconds", "PT2.5S"),
        ("three and a half days", "P3DT12H"),
        ("a couple of weeks", "P2W"),
        ("a fortnight", "P2W"),
        ("ten business days", "P10D"),
        ("a year and a half", "P1Y6M"),
        ("year and a half", "P1Y6M"),
        ("1½ years", "P1Y6M"),
        ("half a year", "P6M"),
        ("a month and a half", "P1M15D"),
        ("1 year, 2 weeks and 3 days", "P1Y17D"),
        ("2 years and 3 months", "P2Y3M"),
        ("two quarters", "P6M"),
        ("a decade", "P10Y"),
        ("18mo", "P18M"),
        ("6w", "P6W"),
        ("20 hours a week", "PT20H"),
        ("p2w", "P2W"),
        ("all day", "P1D"),
    ],
)
def test_lengths_of_time(text: str, iso: str) -> None:
    assert read(text) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ASAP", "PT0S"),
        ("right away", "PT0S"),
        ("we need it now", "PT0S"),
        ("tomorrow", "P1D"),
        ("next week", "P1W"),
        ("next month", "P1M"),
        ("next quarter", "P3M"),
        ("next year", "P1Y"),
        ("this month", "P8D"),
        ("by the end of the year", "P39D"),
        ("by year-end", "P39D"),
        ("by 24 December", "P32D"),
        ("in March", "P99D"),
        ("Q1 2027", "P40D"),
        ("next summer", "P191D"),
    ],
)
def test_points_in_time_are_counted_from_now(text: str, iso: str) -> None:
    assert read(text) == iso


@pytest.mark.parametrize(
    ("text", "iso", "remarks"),
    [
        ("2-3 months", "P3M", ("range",)),
        ("two to three weeks", "P3W", ("range",)),
        ("a month or two", "P2M", ("range",)),
        ("about half a year", "P6M", ("approximate",)),
        ("less than two weeks", "P2W", ("or_less",)),
        ("6 months or more", "P6M", ("or_more",)),
        ("more than a year", "P1Y", ("or_more",)),
    ],
)
def test_of_a_range_the_longer_end_is_taken(text: str, iso: str, remarks: tuple[str, ...]) -> None:
    assert QUESTION.read(text, ANY, reading()) == Accepted(iso, remarks)


@pytest.mark.parametrize(
    ("language", "text", "iso"),
    [
        ("de", "in drei Monaten", "P3M"),
        ("de", "anderthalb Jahre", "P1Y6M"),
        ("de", "eine Viertelstunde", "PT15M"),
        ("de", "ein halbes Jahr", "P6M"),
        ("de", "zwei bis drei Wochen", "P3W"),
        ("de", "so schnell wie möglich", "PT0S"),
        ("de", "nächstes Quartal", "P3M"),
        ("de", "dreiwöchig", "P3W"),
        ("de", "bis Jahresende", "P39D"),
        ("es", "dos semanas", "P2W"),
        ("es", "hora y media", "PT1H30M"),
        ("es", "un año y medio", "P1Y6M"),
        ("es", "entre dos y tres meses", "P3M"),
        ("es", "el mes que viene", "P1M"),
        ("es", "cuanto antes", "PT0S"),
        ("es", "todo el mes", "P1M"),
        ("fr", "dans deux semaines", "P2W"),
        ("fr", "une heure et demie", "PT1H30M"),
        ("fr", "trois quarts d'heure", "PT45M"),
        ("fr", "un an et demi", "P1Y6M"),
        ("fr", "le trimestre prochain", "P3M"),
        ("fr", "dès que possible", "PT0S"),
        ("fr", "toute la journée", "P1D"),
        ("en", "zwei Wochen", "P2W"),
        ("de", "two weeks", "P2W"),
    ],
)
def test_other_languages(language: str, text: str, iso: str) -> None:
    assert read(text, language) == iso


@pytest.mark.parametrize(
    "text",
    ["maybe", "later", "not now", "no rush", "in weeks", "months", "give me a minute", "several months", "", "never"],
)
def test_what_holds_no_length_is_refused(text: str) -> None:
    assert code_of(QUESTION.read(text, ANY, reading())) == "not_a_duration"


def test_a_bare_number_is_offered_with_units() -> None:
    outcome = QUESTION.read("3", DurationOptions(min="1 week"), reading())
    assert isinstance(outcome, Rejected)
    assert outcome.code == "unit_missing"
    assert [suggestion.label for suggestion in outcome.suggestions] == ["3 weeks", "3 months"]


def test_months_or_minutes_is_asked() -> None:
    outcome = QUESTION.read("6m", ANY, reading())
    assert isinstance(outcome, Accepted)
    assert [suggestion.value for suggestion in outcome.suggestions] == ["P6M", "PT6M"]


def test_a_half_counted_answer_is_asked_about() -> None:
    outcome = QUESTION.read("a few days", ANY, reading())
    assert isinstance(outcome, Accepted)
    assert (outcome.value, outcome.doubt) == ("P3D", "Just to be sure: did you mean 3 days?")


def test_two_lengths_are_too_many() -> None:
    assert code_of(QUESTION.read("2 weeks for us, 3 months for them", ANY, reading())) == "several_durations"


def test_limits_are_named() -> None:
    options = DurationOptions(min="two weeks", max="P1Y")
    outcome = QUESTION.read("3 days", options, reading())
    assert isinstance(outcome, Rejected)
    assert (outcome.code, outcome.reason) == ("too_short", "That is a little short: it should be at least 2 weeks.")
    assert code_of(QUESTION.read("18 months", options, reading("de"))) == "too_long"
    assert code_of(QUESTION.read("P2Y", options, reading())) == "too_long"
    assert code_of(QUESTION.read("4000 years", ANY, reading())) == "too_long"
    assert QUESTION.read("12 months", options, reading()) == Accepted("P12M")


def test_stored_values_may_be_taken_as_they_are() -> None:
    assert QUESTION.check("P1Y6M", ANY, "en") == Accepted("P1Y6M")
    assert code_of(QUESTION.check("3 months", ANY, "en")) == "not_a_duration"
    assert code_of(QUESTION.check(3, ANY, "en")) == "not_a_duration"
    assert code_of(QUESTION.check("P1D", DurationOptions(min="P2D"), "en")) == "too_short"


def test_lengths_are_shown_in_words() -> None:
    assert QUESTION.show("P1Y6M", ANY, "en") == "1 year 6 months"
    assert QUESTION.show("P3M", ANY, "de") == "3 Monate"
    assert QUESTION.show("PT2.5S", ANY, "es") == "2,5 segundos"
    assert QUESTION.show("PT0S", ANY, "fr") == "tout de suite"
    assert QUESTION.show(None, ANY, "en") == ""
    assert QUESTION.show("soon", ANY, "en") == "soon"


def test_the_input_is_text_with_an_example() -> None:
    shown = QUESTION.input(DurationOptions(min="2 Wochen"), "de")
    assert (shown.kind, shown.placeholder, shown.extra["min"]) == ("text", "3 Monate", "P2W")


def test_mistakes_in_a_script_are_errors() -> None:
    with pytest.raises(ValidationError, match="is no duration"):
        DurationOptions(min="soonish")
    with pytest.raises(ValidationError, match="min must not be longer than max"):
        DurationOptions(min="1 year", max="2 weeks")


@pytest.mark.parametrize(
    ("language", "text", "iso"),
    [
        ("en", "3 montsh", "P3M"),
        ("en", "2 weaks", "P2W"),
        ("en", "a forthnight", "P2W"),
        ("de", "zwei Wohcen", "P2W"),
        ("en", "by EOY", "P39D"),
        ("en", "EOM", "P8D"),
        ("en", "in 2027", "P40D"),
        ("de", "Mitte 2027", "P221D"),
        ("en", "H1 2027", "P40D"),
        ("de", "im ersten Quartal", "P40D"),
    ],
)
def test_slips_and_periods(language: str, text: str, iso: str) -> None:
    assert read(text, language) == iso
