"""What holds for every text: no reader of quantities raises, lingers, or shows what it would read otherwise."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.language.time_spans import TimeSpan, read_iso
from dialogs.language.vocabulary import words
from dialogs.questions.base import Accepted, Options, QuestionType, Reading
from dialogs.questions.date import DateOptions, DateQuestion
from dialogs.questions.date_time import DateTimeOptions, DateTimeQuestion
from dialogs.questions.duration import DurationOptions, DurationQuestion
from dialogs.questions.money import MoneyOptions, MoneyQuestion
from dialogs.questions.number import NumberOptions, NumberQuestion
from dialogs.questions.rating import RatingOptions, RatingQuestion
from dialogs.questions.time import TimeOptions, TimeQuestion
from dialogs.values import ANSWER_MAX_CHARACTERS, Value
from tests.dialogs.questions.readings import reading, value_of
from tests.thorough import times

READERS: list[tuple[QuestionType[Any], Options]] = [
    (NumberQuestion(), NumberOptions()),
    (MoneyQuestion(), MoneyOptions(currency="EUR")),
    (DurationQuestion(), DurationOptions()),
    (DateQuestion(), DateOptions()),
    (TimeQuestion(), TimeOptions()),
    (DateTimeQuestion(), DateTimeOptions()),
    (RatingQuestion(), RatingOptions()),
]
LANGUAGES = st.sampled_from(["en", "de", "es", "fr"])
PIECES = st.sampled_from(
    [
        *words(
            "1 12 1,000 1.000 10k 5m 0 00 999999999999999 １ ٣ ß ﷺ ½ ² ★ 4/5 😀 ' ( ) < > = e ^ . : / - – + % $ € £"
        ),
        *words("half quarter one two twenty hundred thousand million a and the of to dollars cents between from more"),
        *words("less than about no not und ein zwei zwanzig hundert Million bis zwischen y dos mil medio de et quatre"),
        *words("vingt demi heure hours months h min year week next last Tuesday in ago end month March 24 Dec 3pm"),
        *("at", "past", "halb", "noon", "tomorrow", "\u00a0", "\u200b", "\x00", '"'),
    ]
)
NEAR_MISSES = st.lists(PIECES, max_size=14).flatmap(lambda pieces: st.sampled_from([" ".join(pieces), "".join(pieces)]))
NUMBERS = st.one_of(
    st.integers(-(10**12), 10**12),
    st.decimals(-(10**6), 10**6, places=4, allow_nan=False).map(float).map(lambda value: value + 0.0),
)


def check_outcome(question: QuestionType[Any], options: Options, text: str, given_reading: Reading) -> None:
    outcome = question.read(text, options, given_reading)
    if isinstance(outcome, Accepted):
        json.dumps(outcome.value, allow_nan=False)
        assert isinstance(question.check(outcome.value, options, given_reading.language), Accepted)
        assert question.show(outcome.value, options, given_reading.language)
    else:
        assert outcome.reason
        assert outcome.code


@settings(max_examples=times(250), deadline=None)
@given(text=st.one_of(NEAR_MISSES, st.text(max_size=60)), language=LANGUAGES)
def test_no_text_makes_a_reader_raise(text: str, language: str) -> None:
    for question, options in READERS:
        check_outcome(question, options, text, reading(language))


@pytest.mark.parametrize(
    "piece",
    [
        "1,",
        "(",
        "9",
        "a",
        "1 ",
        "one hundred and ",
        "between one and ",
        "$",
        "k ",
        "1h ",
        "1:11 ",
        "24 dec ",
        "ﷺ",
        "zwei",
        "0-",
    ],
)
def test_the_longest_answers_are_read_too(piece: str) -> None:
    text = (piece * ANSWER_MAX_CHARACTERS)[:ANSWER_MAX_CHARACTERS]
    for question, options in READERS:
        for language in ("en", "de", "es", "fr"):
            check_outcome(question, options, text, reading(language))
            check_outcome(question, options, text[:900], reading(language))


@settings(max_examples=times(150), deadline=None)
@given(value=NUMBERS, other=NUMBERS, language=LANGUAGES)
def test_a_shown_number_is_read_back(value: float, other: float, language: str) -> None:
    question, options = NumberQuestion(), NumberOptions()
    low, high = sorted((value, other))
    values: list[Value] = [value, {"from": low, "to": None}, {"from": None, "to": high}]
    if 0 <= low < high:
        values.append({"from": low, "to": high})
    for each in values:
        shown = question.show(each, options, language)
        assert value_of(question.read(shown, options, reading(language))) == each, shown


LIMITS = st.one_of(st.none(), st.integers(-200, 10**6), st.floats(-1000, 10**9, allow_nan=False).map(float))
SAID = st.one_of(
    NEAR_MISSES, st.sampled_from(["fünfzig", "fifty", "51", "50 euros", "2 weeks", "tomorrow", "4/5", "great"])
)


def limited(low: Any, high: Any) -> dict[str, Any]:
    given_limits = [each for each in (low, high) if each is not None]
    return dict(zip(("min", "max"), sorted(given_limits) if len(given_limits) == 2 else given_limits, strict=False))


@settings(max_examples=times(200), deadline=None)
@given(low=LIMITS, high=LIMITS, whole=st.booleans(), ranges=st.booleans(), text=SAID, language=LANGUAGES)
def test_no_limits_make_a_reader_of_numbers_raise(
    low: Any, high: Any, whole: bool, ranges: bool, text: str, language: str
) -> None:
    limits = limited(low, high)
    limited_readers: list[tuple[QuestionType[Any], Options]] = [
        (NumberQuestion(), NumberOptions(**limits, whole=whole, ranges=ranges)),
        (MoneyQuestion(), MoneyOptions(**limits, ranges=ranges, currency="USD")),
    ]
    for question, options in limited_readers:
        check_outcome(question, options, text, reading(language))
        assert question.input(options, language).placeholder


@settings(max_examples=times(100), deadline=None)
@given(low=st.integers(0, 1), high=st.integers(2, 100), days=st.integers(-800, 800), text=SAID, language=LANGUAGES)
def test_no_limits_make_a_reader_of_time_or_points_raise(
    low: int, high: int, days: int, text: str, language: str
) -> None:
    day = date.fromordinal(date(2026, 11, 22).toordinal() + days)
    span = {"min": f"P{abs(days)}D"} if days < 0 else {"max": f"P{days + 1}D"}
    limited_readers: list[tuple[QuestionType[Any], Options]] = [
        (RatingQuestion(), RatingOptions(min=low, max=high)),
        (DurationQuestion(), DurationOptions.model_validate(span)),
        (DateQuestion(), DateOptions.model_validate({"earliest" if days < 0 else "latest": day.isoformat()})),
    ]
    for question, options in limited_readers:
        check_outcome(question, options, text, reading(language))
        question.input(options, language)


@settings(max_examples=times(150), deadline=None)
@given(
    cents=st.integers(0, 10**11),
    currency=st.sampled_from(["EUR", "USD", "GBP", "CHF", "SEK", "INR", "ALL", "TRY"]),
    language=LANGUAGES,
)
def test_a_shown_amount_is_read_back(cents: int, currency: str, language: str) -> None:
    question, options = MoneyQuestion(), MoneyOptions()
    amount = cents // 100 if cents % 100 == 0 else cents / 100
    values: list[Value] = [
        {"amount": amount, "currency": currency},
        {"from": amount, "to": None, "currency": currency},
        {"from": None, "to": amount, "currency": currency},
    ]
    for each in values:
        shown = question.show(each, options, language)
        assert value_of(question.read(shown, options, reading(language))) == each, shown


@settings(max_examples=times(150), deadline=None)
@given(amounts=st.tuples(*[st.integers(0, 59)] * 7), language=LANGUAGES)
def test_a_shown_duration_is_read_back(amounts: tuple[int, ...], language: str) -> None:
    iso = TimeSpan(*amounts).iso
    assert read_iso(iso) == TimeSpan(*amounts).whole
    shown = DurationQuestion().show(iso, DurationOptions(), language)
    assert value_of(DurationQuestion().read(shown, DurationOptions(), reading(language))) == iso, shown


@settings(max_examples=times(100), deadline=None)
@given(
    day=st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    clock=st.times(),
    points=st.integers(1, 5),
    language=LANGUAGES,
)
def test_a_shown_day_time_or_rating_is_read_back(day: date, clock: time, points: int, language: str) -> None:
    clock = clock.replace(microsecond=0, second=0)
    moment = datetime.combine(day, clock, tzinfo=UTC).isoformat()
    for question, options, value in (
        (DateQuestion(), DateOptions(), day.isoformat()),
        (TimeQuestion(), TimeOptions(), f"{clock:%H:%M}"),
        (DateTimeQuestion(), DateTimeOptions(), moment),
        (RatingQuestion(), RatingOptions(), points),
    ):
        asked: QuestionType[Any] = question
        shown = asked.show(value, options, language)
        assert value_of(asked.read(shown, options, reading(language))) == value, shown
