"""Which day: what visitors type when they are asked for a date. Today is Sunday, 22 November 2026."""

import pytest
from pydantic import ValidationError

from dialogs.questions.base import Accepted, Rejected
from dialogs.questions.date import DateOptions, DateQuestion
from tests.dialogs.questions.readings import code_of, reading, value_of

QUESTION = DateQuestion()
ANY = DateOptions()


def read(text: str, language: str = "en", region: str | None = None, options: DateOptions = ANY) -> object:
    return value_of(QUESTION.read(text, options, reading(language, region)))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-03-12", "2027-03-12"),
        ("20270312", "2027-03-12"),
        ("12.03.2027", "2027-03-12"),
        ("25/12/2026", "2026-12-25"),
        ("12/25/26", "2026-12-25"),
        ("24 Dec", "2026-12-24"),
        ("December 24th", "2026-12-24"),
        ("the 3rd of October 2027", "2027-10-03"),
        ("Oct 3, 2027", "2027-10-03"),
        ("the first of may", "2027-05-01"),
        ("december twenty-fourth", "2026-12-24"),
        ("20 November", "2027-11-20"),
        ("29 Feb", "2028-02-29"),
        ("today", "2026-11-22"),
        ("tomorrow works", "2026-11-23"),
        ("the day after tomorrow", "2026-11-24"),
        ("yesterday", "2026-11-21"),
        ("Tuesday", "2026-11-24"),
        ("sunday", "2026-11-29"),
        ("Thu", "2026-11-26"),
        ("last friday", "2026-11-20"),
        ("this friday", "2026-11-27"),
        ("Tuesday next week", "2026-11-24"),
        ("in two weeks", "2026-12-06"),
        ("3 days from now", "2026-11-25"),
        ("a week from tomorrow", "2026-11-30"),
        ("three days ago", "2026-11-19"),
        ("in a month", "2026-12-22"),
        ("end of month", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("beginning of next year", "2027-01-01"),
        ("by year-end", "2026-12-31"),
        ("next week", "2026-11-23"),
        ("this weekend", "2026-11-28"),
        ("in March", "2027-03-01"),
        ("mid March", "2027-03-15"),
        ("end of November", "2026-11-30"),
        ("Q2 2027", "2027-04-01"),
        ("in summer", "2027-06-01"),
        ("the 15th", "2026-12-15"),
        ("christmas", "2026-12-25"),
    ],
)
def test_english_days(text: str, day: str) -> None:
    assert read(text) == day


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("de", "12.3.27", "2027-03-12"),
        ("de", "03/12/2027", "2027-12-03"),
        ("de", "am 24. Dezember", "2026-12-24"),
        ("de", "24.12.", "2026-12-24"),
        ("de", "übermorgen", "2026-11-24"),
        ("de", "nächsten Dienstag", "2026-11-24"),
        ("de", "Ende März", "2027-03-31"),
        ("de", "in drei Tagen", "2026-11-25"),
        ("de", "vor drei Tagen", "2026-11-19"),
        ("de", "Mi", "2026-11-25"),
        ("de", "am Jahresende", "2026-12-31"),
        ("es", "12/03/2027", "2027-03-12"),
        ("es", "24 de diciembre de 2026", "2026-12-24"),
        ("es", "pasado mañana", "2026-11-24"),
        ("es", "el próximo martes", "2026-11-24"),
        ("es", "dentro de tres días", "2026-11-25"),
        ("es", "fin de mes", "2026-11-30"),
        ("fr", "le 24 décembre", "2026-12-24"),
        ("fr", "1er mai", "2027-05-01"),
        ("fr", "après-demain", "2026-11-24"),
        ("fr", "mardi prochain", "2026-11-24"),
        ("fr", "dans deux semaines", "2026-12-06"),
        ("fr", "mi-mars", "2027-03-15"),
        ("en", "übermorgen", "2026-11-24"),
    ],
)
def test_other_languages(language: str, text: str, day: str) -> None:
    assert read(text, language) == day


def test_day_or_month_first_follows_the_country_else_it_is_asked() -> None:
    assert read("03/12/2027", region="US") == "2027-03-12"
    assert read("03/12/2027", region="GB") == "2027-12-03"
    outcome = QUESTION.read("03/12/2027", ANY, reading())
    assert isinstance(outcome, Accepted)
    assert [suggestion.label for suggestion in outcome.suggestions] == ["12 March 2027", "3 December 2027"]
    assert outcome.doubt == "Just to be sure: did you mean 12 March 2027 or 3 December 2027?"


def test_a_limit_settles_what_is_doubtful() -> None:
    until_june = DateOptions(latest="2027-06-30")
    assert QUESTION.read("03/12/2027", until_june, reading()) == Accepted("2027-03-12")


def test_next_tuesday_on_a_monday_is_asked_about() -> None:
    monday = reading()
    monday = type(monday)(now=monday.now.replace(day=23))
    outcome = QUESTION.read("next Tuesday", ANY, monday)
    assert isinstance(outcome, Accepted)
    assert [suggestion.value for suggestion in outcome.suggestions] == ["2026-12-01", "2026-11-24"]


@pytest.mark.parametrize("text", ["31.02.2027", "Feb 30", "2027-02-29", "31 November"])
def test_a_day_that_does_not_exist_is_refused_with_the_reason(text: str) -> None:
    outcome = QUESTION.read(text, ANY, reading())
    assert isinstance(outcome, Rejected)
    assert outcome.code == "no_such_day"
    assert "has no such day" in outcome.reason


def test_a_month_that_does_not_exist_is_refused() -> None:
    assert code_of(QUESTION.read("2027-13-01", ANY, reading())) == "no_such_month"
    assert code_of(QUESTION.read("45.23.2027", ANY, reading("de"))) == "no_such_month"


@pytest.mark.parametrize("text", ["maybe", "", "you may", "20 people", "5", "24/7", "now I can't", "3000 BC"])
def test_what_holds_no_day_is_refused(text: str) -> None:
    assert code_of(QUESTION.read(text, ANY, reading())) == "not_a_date"


def test_two_days_are_too_many() -> None:
    assert code_of(QUESTION.read("Monday or Tuesday", ANY, reading())) == "several_dates"


def test_looking_back_a_date_without_a_year_is_the_last_one() -> None:
    past = DateOptions(prefer="past")
    assert read("24 Dec", options=past) == "2025-12-24"
    assert read("Tuesday", options=past) == "2026-11-17"
    assert read("03.05.85", "de", options=past) == "1985-05-03"
    assert read("the 25th", options=past) == "2026-10-25"


def test_limits_may_be_words() -> None:
    options = DateOptions(earliest="tomorrow", latest="in 30 days")
    outcome = QUESTION.read("today", options, reading())
    assert isinstance(outcome, Rejected)
    assert (outcome.code, outcome.reason) == (
        "too_early",
        "That is a little early: 23 November 2026 is the first day possible.",
    )
    assert code_of(QUESTION.read("1 March", options, reading("fr"))) == "too_late"
    assert QUESTION.check("2020-01-01", options, "en") == Accepted("2020-01-01")


def test_stored_values_may_be_taken_as_they_are() -> None:
    assert QUESTION.check("2027-03-12", ANY, "en") == Accepted("2027-03-12")
    assert code_of(QUESTION.check("2027-02-30", ANY, "en")) == "not_a_date"
    assert code_of(QUESTION.check(5, ANY, "en")) == "not_a_date"
    assert code_of(QUESTION.check("2027-03-12", DateOptions(latest="2027-01-01"), "en")) == "too_late"


def test_days_are_shown_in_words() -> None:
    assert QUESTION.show("2026-12-24", ANY, "en") == "24 December 2026"
    assert QUESTION.show("2026-12-24", ANY, "de") == "24. Dezember 2026"
    assert QUESTION.show("2026-12-24", ANY, "es") == "24 de diciembre de 2026"
    assert QUESTION.show(None, ANY, "fr") == ""
    assert QUESTION.show("?", ANY, "fr") == "?"


def test_the_picker_knows_the_limits_that_are_dates() -> None:
    shown = QUESTION.input(DateOptions(earliest="today", latest="2027-01-31"), "en")
    assert (shown.kind, shown.minimum, shown.maximum) == ("date", None, "2027-01-31")


def test_mistakes_in_a_script_are_errors() -> None:
    with pytest.raises(ValidationError, match="is no day"):
        DateOptions(earliest="whenever")


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("de", "vierundzwanzigster Dezember", "2026-12-24"),
        ("de", "der dritte März", "2027-03-03"),
        ("es", "el veinticuatro de diciembre", "2026-12-24"),
        ("es", "treinta y uno de mayo", "2027-05-31"),
        ("fr", "le vingt-quatre décembre", "2026-12-24"),
        ("fr", "dix-sept juin", "2027-06-17"),
        ("en", "december twenty four", "2026-12-24"),
    ],
)
def test_the_day_may_be_said_in_words(language: str, text: str, day: str) -> None:
    assert read(text, language) == day


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "a week today", "2026-11-29"),
        ("en", "a week tomorrow", "2026-11-30"),
        ("en", "a week on Friday", "2026-12-04"),
        ("en", "Friday week", "2026-12-04"),
        ("en", "two weeks from Monday", "2026-12-07"),
        ("de", "heute in einer Woche", "2026-11-29"),
        ("de", "morgen in zwei Wochen", "2026-12-07"),
        ("de", "heute in acht Tagen", "2026-11-29"),
        ("es", "de hoy en ocho días", "2026-11-29"),
        ("fr", "vendredi en huit", "2026-12-04"),
        ("fr", "jeudi la semaine prochaine", "2026-11-26"),
    ],
)
def test_weeks_are_counted_from_the_day_that_is_named(language: str, text: str, day: str) -> None:
    assert read(text, language) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24 decmber", "2026-12-24"),
        ("febuary 3", "2027-02-03"),
        ("teusday", "2026-11-24"),
        ("thrusday next week", "2026-11-26"),
        ("24. 12. 2026", "2026-12-24"),
        ("24 12 2026", "2026-12-24"),
        ("2026年12月24日", "2026-12-24"),
        ("by EOY", "2026-12-31"),
        ("H2 2027", "2027-07-01"),
        ("in 2027", "2027-01-01"),
        ("the second quarter of 2027", "2027-04-01"),
        ("spring", "2027-03-01"),
    ],
)
def test_slips_and_other_spellings_of_a_date(text: str, day: str) -> None:
    assert read(text) == day


@pytest.mark.parametrize("text", ["3-5 June", "between 3 and 5 June", "June 3 or 4", "el 3 o 4 de junio"])
def test_several_days_of_a_month_are_not_one(text: str) -> None:
    assert code_of(QUESTION.read(text, ANY, reading())) == "several_dates"


@pytest.mark.parametrize("text", ["any day but monday", "not on friday", "nur nicht montag", "sauf lundi"])
def test_a_day_that_is_ruled_out_is_not_the_day(text: str) -> None:
    assert code_of(QUESTION.read(text, ANY, reading())) == "not_a_date"
