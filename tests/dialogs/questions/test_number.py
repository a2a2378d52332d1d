"""How many: what visitors type when they are asked for a number."""

import pytest
from pydantic import ValidationError

from dialogs.questions.base import Accepted, Rejected
from dialogs.questions.number import NumberOptions, NumberQuestion
from dialogs.values import Value
from tests.dialogs.questions.readings import code_of, reading, value_of

QUESTION = NumberQuestion()


def read(text: str, language: str = "en", region: str | None = None, **options: object) -> Value:
    return value_of(QUESTION.read(text, NumberOptions(**options), reading(language, region)))  # type: ignore[arg-type]


def refuse(text: str, language: str = "en", **options: object) -> str:
    return code_of(QUESTION.read(text, NumberOptions(**options), reading(language)))  # type: ignore[arg-type]


def between(low: float | None, high: float | None) -> Value:
    return {"from": low, "to": high}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("250", 250),
        ("0", 0),
        ("10k", 10_000),
        ("10 K", 10_000),
        ("1.5m", 1_500_000),
        ("2bn", 2_000_000_000),
        ("1,250", 1250),
        ("1,250.5", 1250.5),
        ("1.250,5", 1250.5),
        ("1 250 000", 1_250_000),
        ("1\u00a0250", 1250),
        ("12'500", 12_500),
        ("3,50,000", 350_000),
        ("7 lakh", 700_000),
        ("-12", -12),
        ("minus 12", -12),
        (".25", 0.25),
        ("3½", 3.5),
        ("2 3/4", 2.75),
        ("1/4", 0.25),
        ("1.5e3", 1500),
        ("10³", 1000),
        ("١٢", 12),
        ("fourteen", 14),
        ("thirty-one", 31),
        ("four hundred and twelve", 412),
        ("three hundred and fifty thousand", 350_000),
        ("two million one hundred thousand", 2_100_000),
        ("fifteen hundred", 1500),
        ("two and a half thousand", 2500),
        ("half a million", 500_000),
        ("a hundred", 100),
        ("a dozen", 12),
        ("a dozen thousand", 12_000),
        ("three dozen", 36),
        ("three quarters", 0.75),
        ("six point two five", 6.25),
        ("we are about 85 people", 85),
        ("around 40-ish", 40),
        ("we're a team of twenty five", 25),
        ("12 (twelve)", 12),
        ("10, sorry, 20", 20),
        ("we have 30 seats since 2019", 30),
        ("35%", 35),
        ("250!", 250),
        ("(250)", 250),
        ("60m²", 60),
    ],
)
def test_english_numbers(text: str, value: float) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10-20", 10, 20),
        ("10 – 20", 10, 20),
        ("10k-20k", 10_000, 20_000),
        ("10-20k", 10_000, 20_000),
        ("1 to 2 million", 1_000_000, 2_000_000),
        ("4-5 hundred", 400, 500),
        ("two or three million", 2_000_000, 3_000_000),
        ("from one hundred to two hundred thousand", 100_000, 200_000),
        ("10k-20", 10_000, 20_000),
        ("between 20 and 10", 10, 20),
        ("-10 to -5", -10, -5),
        ("5-ish to 8-ish", 5, 8),
        ("greater than 5, and no more than 10", 5, 10),
        ("10 or more but less than 20", 10, 20),
        ("at the very least 20", 20, None),
        ("between 5 and 10", 5, 10),
        ("between one hundred and two hundred", 100, 200),
        ("between one hundred and twenty and two hundred", 120, 200),
        ("from 5 to 10", 5, 10),
        ("5 or 6", 5, 6),
        ("thirty to forty", 30, 40),
        ("50+", 50, None),
        ("50 plus", 50, None),
        (">50", 50, None),
        ("≥ 50", 50, None),
        ("more than 50", 50, None),
        ("at least fifty", 50, None),
        ("50 or more", 50, None),
        ("over 100", 100, None),
        ("under 3000", None, 3000),
        ("<= 20", None, 20),
        ("no more than 20", None, 20),
        ("we can't take more than 20", None, 20),
        ("not less than 20", 20, None),
        ("up to 10", None, 10),
        ("20 people max", None, 20),
        ("more than 20 but less than 30", 20, 30),
        ("not sure, more than 50", 50, None),
    ],
)
def test_english_ranges(text: str, low: float | None, high: float | None) -> None:
    assert read(text) == between(low, high)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "dreiundzwanzig", 23),
        ("de", "eine Million", 1_000_000),
        ("de", "zweihundertfünfzigtausend", 250_000),
        ("de", "anderthalb", 1.5),
        ("de", "zweieinhalb Millionen", 2_500_000),
        ("de", "1.234,5", 1234.5),
        ("de", "5.000", 5000),
        ("de", "10 Tsd.", 10_000),
        ("de", "etwa 50 Leute", 50),
        ("de", "about 50", 50),
        ("de", "zwischen 10 und 20", between(10, 20)),
        ("de", "von zehn bis zwanzig", between(10, 20)),
        ("de", "mindestens 10", between(10, None)),
        ("de", "bis zu 30", between(None, 30)),
        ("es", "veintitrés", 23),
        ("es", "dos mil", 2000),
        ("es", "treinta y cinco mil", 35_000),
        ("es", "mil millones", 1_000_000_000),
        ("es", "medio millón", 500_000),
        ("es", "10.000", 10_000),
        ("es", "somos unos 50", 50),
        ("es", "más o menos 50", 50),
        ("es", "entre 10 y 20", between(10, 20)),
        ("es", "menos de 20", between(None, 20)),
        ("es", "50 o más", between(50, None)),
        ("fr", "quatre-vingt-dix-sept", 97),
        ("fr", "soixante et onze", 71),
        ("fr", "deux mille", 2000),
        ("fr", "une centaine de milliers", 100_000),
        ("fr", "de trois à quatre cents", between(300, 400)),
        ("fr", "un million et demi", 1_500_000),
        ("fr", "une cinquantaine de personnes", 50),
        ("fr", "10 000", 10_000),
        ("fr", "de 10 à 20", between(10, 20)),
        ("fr", "plus d'un million", between(1_000_000, None)),
        ("fr", "au plus 30", between(None, 30)),
        ("en", "dreiundzwanzig", 23),
        ("en", "veintitrés", 23),
    ],
)
def test_other_languages(language: str, text: str, value: Value) -> None:
    assert read(text, language) == value


@pytest.mark.parametrize(
    "text",
    [
        "maybe",
        "lots",
        "dunno",
        "several",
        "hundreds",
        "one moment please",
        "no one",
        "zero clue",
        "a few questions",
        "",
        "??",
    ],
)
def test_what_holds_no_number_is_refused(text: str) -> None:
    assert refuse(text) == "not_a_number"


@pytest.mark.parametrize(
    "text", ["+49 171 1234567", "555-1234", "0171 1234567", "12.03.2027", "ada@example.com", "10:30"]
)
def test_what_looks_like_something_else_is_no_number(text: str) -> None:
    assert refuse(text) == "looks_like_something_else"


@pytest.mark.parametrize("text", ["10b", "10 b", "10xk", "7 figures", "5x3x2", "1e400", "ten to the sixth", "9" * 40])
def test_a_magnitude_is_never_guessed(text: str) -> None:
    assert refuse(text, "de") in ("unclear_number", "not_a_number")


def test_a_doubtful_separator_is_asked_about() -> None:
    outcome = QUESTION.read("5.000", NumberOptions(), reading())
    assert isinstance(outcome, Accepted)
    assert outcome.doubt == "Just to be sure: did you mean 5,000 or 5?"
    assert [suggestion.value for suggestion in outcome.suggestions] == [5000, 5]


def test_whole_numbers_leave_no_doubt() -> None:
    assert QUESTION.read("1.234", NumberOptions(whole=True), reading()) == Accepted(1234)


def test_a_limit_settles_a_doubt() -> None:
    assert QUESTION.read("5.000", NumberOptions(min=100), reading()) == Accepted(5000)
    assert QUESTION.read("5.000", NumberOptions(max=100), reading()) == Accepted(5)


def test_the_country_decides_where_the_language_leaves_it_open() -> None:
    assert QUESTION.read("5,000", NumberOptions(), reading("es", "MX")) == Accepted(5000)
    assert QUESTION.read("5.000", NumberOptions(), reading("es", "ES")) == Accepted(5000)


def test_two_numbers_are_offered_as_buttons() -> None:
    outcome = QUESTION.read("3 founders, 20 employees", NumberOptions(), reading())
    assert isinstance(outcome, Rejected)
    assert outcome.code == "several_numbers"
    assert [suggestion.value for suggestion in outcome.suggestions] == [3, 20]


def test_of_two_numbers_the_one_with_the_right_unit_is_meant() -> None:
    assert read("3 founders and 20 employees", unit="employees") == 20


@pytest.mark.parametrize(
    "text",
    [
        "just me",
        "Only me!",
        "it's just me for now",
        "myself",
        "nur ich",
        "solo yo",
        "juste moi",
        "moi seule",
        "just me.",
    ],
)
def test_who_is_alone_is_one(text: str) -> None:
    assert QUESTION.read(text, NumberOptions(), reading()) == Accepted(1)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "in the next three months"),
        ("en", "over the next 3 months"),
        ("en", "next two weeks"),
        ("en", "within 3 months"),
        ("de", "in den nächsten drei Monaten"),
        ("es", "en los próximos tres meses"),
        ("fr", "dans les trois prochains mois"),
    ],
)
def test_the_time_until_something_is_no_number(language: str, text: str) -> None:
    assert code_of(QUESTION.read(text, NumberOptions(), reading(language))) == "not_a_number"
    assert read(f"20 {text}") == 20


def test_a_half_counted_answer_is_asked_about() -> None:
    for text, value in (
        ("a few", 3),
        ("a couple of hundred", 200),
        ("me", 1),
        ("none", 0),
        ("the third", 3),
        ("une personne", 1),
    ):
        outcome = QUESTION.read(text, NumberOptions(), reading("fr" if "une" in text else "en"))
        assert isinstance(outcome, Accepted)
        assert outcome.value == value
        assert outcome.doubt


def test_remarks_tell_how_it_was_said() -> None:
    about = QUESTION.read("about 50-60", NumberOptions(), reading())
    assert isinstance(about, Accepted)
    assert about.remarks == ("approximate", "range")
    share = QUESTION.read("20 percent", NumberOptions(unit="people"), reading())
    assert isinstance(share, Accepted)
    assert share.remarks == ("percent",)
    assert share.doubt


def test_limits_are_named() -> None:
    outcome = QUESTION.read("0", NumberOptions(min=1, unit="people"), reading())
    assert isinstance(outcome, Rejected)
    assert (outcome.code, outcome.reason) == ("too_small", "That is a little low: it should be at least 1 people.")
    assert refuse("2 million", max=1000) == "too_large"
    assert refuse("50+", max=20) == "too_large"
    assert refuse("2.5", whole=True) == "not_whole"
    assert "al menos" in str(QUESTION.read("cero", NumberOptions(min=1), reading("es")))


def test_a_range_is_refused_where_one_number_is_needed() -> None:
    outcome = QUESTION.read("10-20", NumberOptions(ranges=False), reading())
    assert isinstance(outcome, Rejected)
    assert outcome.code == "one_number_please"
    assert [suggestion.value for suggestion in outcome.suggestions] == [10, 20]


@pytest.mark.parametrize("value", [12, 0.5, between(1, 2), between(None, 2), between(1, None)])
def test_stored_values_may_be_taken_as_they_are(value: Value) -> None:
    assert QUESTION.check(value, NumberOptions(), "en") == Accepted(value)


@pytest.mark.parametrize(
    "value", [True, "12", None, [1], between(None, None), between(2, 1), {"from": 1}, float("inf")]
)
def test_other_values_may_not(value: Value) -> None:
    assert code_of(QUESTION.check(value, NumberOptions(), "en")) == "not_a_number"


def test_numbers_are_shown_as_people_write_them() -> None:
    people = NumberOptions(unit="people")
    assert QUESTION.show(1250, people, "en") == "1,250 people"
    assert QUESTION.show(1250.5, NumberOptions(), "de") == "1.250,5"
    assert QUESTION.show(between(10, 20), NumberOptions(), "de") == "10 bis 20"
    assert QUESTION.show(between(50, None), NumberOptions(), "fr") == "50 ou plus"
    assert QUESTION.show(between(None, 50), people, "es") == "hasta 50 people"
    assert QUESTION.show(20, NumberOptions(unit="%"), "en") == "20%"
    assert QUESTION.show(None, people, "en") == ""
    assert QUESTION.show("?", people, "en") == "?"


def test_the_input_knows_the_limits() -> None:
    shown = QUESTION.input(NumberOptions(min=100, max=500, whole=True), "en")
    assert (shown.kind, shown.minimum, shown.maximum, shown.step, shown.placeholder) == ("number", 100, 500, 1, "100")
    assert QUESTION.input(NumberOptions(), "en").kind == "decimal"
    assert QUESTION.input(NumberOptions(max=10), "en").placeholder == "10"


def test_limits_in_the_wrong_order_are_an_error() -> None:
    with pytest.raises(ValidationError, match="min must not be larger than max"):
        NumberOptions(min=2, max=1)


def test_every_refusal_speaks_the_visitors_language() -> None:
    reasons = {QUESTION.read("?", NumberOptions(), reading(language)).reason for language in ("en", "de", "es", "fr")}  # type: ignore[union-attr]
    assert len(reasons) == 4
    assert QUESTION.read("?", NumberOptions(), reading("xx")) == QUESTION.read("?", NumberOptions(), reading("en"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zweieinhalbtausend", 2500),
        ("eineinhalbtausend", 1500),
        ("anderthalbtausend", 1500),
        ("wir sind zu dritt", 3),
        ("5 grand hotels", 5),
    ],
)
def test_german_compounds_with_a_half(text: str, value: float) -> None:
    assert read(text, "de") == value


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [("en", "5 Tausend", 5000), ("en", "3 hundert", 300), ("en", "5 mille", 5000), ("fr", "10 millones", 10_000_000)],
)
def test_a_magnitude_of_another_language_counts(language: str, text: str, value: float) -> None:
    assert read(text, language) == value


@pytest.mark.parametrize(("text", "value"), [("fiffty", 50), ("fity people", 50), ("twelfe", 12), ("threee", 3)])
def test_a_number_word_with_a_slip_is_asked_about(text: str, value: float) -> None:
    outcome = QUESTION.read(text, NumberOptions(), reading())
    assert isinstance(outcome, Accepted) and outcome.value == value and outcome.doubt is not None


@pytest.mark.parametrize("text", ["at once", "right", "there", "night", "hundreds", "millions", "null"])
def test_words_that_only_look_like_numbers_are_none(text: str) -> None:
    assert isinstance(QUESTION.read(text, NumberOptions(), reading()), Rejected)


@pytest.mark.parametrize("text", ["not 40 but 50", "50, not 40", "50 instead of 40", "40, no wait, 50", "40 oops 50"])
def test_the_number_that_is_taken_back_does_not_count(text: str) -> None:
    assert read(text) == 50
