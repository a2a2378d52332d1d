"""How much money: what visitors type when they are asked for a budget or a price."""

import pytest
from pydantic import ValidationError

from dialogs.questions.base import Accepted, Rejected
from dialogs.questions.money import MoneyOptions, MoneyQuestion
from dialogs.values import Value
from tests.dialogs.questions.readings import code_of, reading, value_of

QUESTION = MoneyQuestion()
PLAIN = MoneyOptions()
EURO = MoneyOptions(currency="EUR", min=100, max=1_000_000)


def read(text: str, language: str = "en", region: str | None = None, options: MoneyOptions = PLAIN) -> Value:
    return value_of(QUESTION.read(text, options, reading(language, region)))


def refuse(text: str, language: str = "en", options: MoneyOptions = PLAIN) -> str:
    return code_of(QUESTION.read(text, options, reading(language)))


def amount(value: float, currency: str | None = None) -> Value:
    return {"amount": value, "currency": currency}


def between(low: float | None, high: float | None, currency: str | None = None) -> Value:
    return {"from": low, "to": high, "currency": currency}


@pytest.mark.parametrize("text", ["20 Personen", "5 Stunden", "3 users", "10 GB", "3 months", "15 licencias"])
def test_what_counts_something_else_is_no_amount(text: str) -> None:
    assert code_of(QUESTION.read(text, MoneyOptions(currency="EUR"), reading())) == "not_an_amount"


@pytest.mark.parametrize("text", ["500 a month", "500 for 3 users", "500 euros for 20 people", "500 per user"])
def test_money_beside_a_count_is_an_amount(text: str) -> None:
    value = value_of(QUESTION.read(text, MoneyOptions(currency="EUR"), reading()))
    assert value == {"amount": 500, "currency": "EUR"}


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("5000", 5000, None),
        ("$5000", 5000, "USD"),
        ("$ 5k", 5000, "USD"),
        ("5k", 5000, None),
        ("$1.5m", 1_500_000, "USD"),
        ("1.5 million dollars", 1_500_000, "USD"),
        ("€5.000", 5000, "EUR"),
        ("€1.250,50", 1250.5, "EUR"),
        ("1,250.50 €", 1250.5, "EUR"),
        ("CHF 1'200.-", 1200, "CHF"),
        ("499,- EUR", 499, "EUR"),
        ("₹3,50,000", 350_000, "INR"),
        ("Rs 7 lakh", 700_000, "INR"),
        ("US$ 250", 250, "USD"),
        ("A$75", 75, "AUD"),
        ("75 canadian dollars", 75, "CAD"),
        ("U.S. dollars 75", 75, "USD"),
        ("R$ 90", 90, "BRL"),
        ("R90", 90, "ZAR"),
        ("90 rand", 90, "ZAR"),
        ("300 quid", 300, "GBP"),
        ("40 bucks", 40, "USD"),
        ("twelve grand", 12_000, None),
        ("£250k", 250_000, "GBP"),
        ("50 cents", 0.5, None),
        ("80p", 0.8, "GBP"),
        ("six dollars and forty cents", 6.4, "USD"),
        ("6 euros 40", 6.4, "EUR"),
        ("a euro", 1, "EUR"),
        ("half a million euros", 500_000, "EUR"),
        ("600 yen", 600, "JPY"),
        ("600 swedish kronor", 600, "SEK"),
        ("600 zł", 600, "PLN"),
        ("600 south african rand", 600, "ZAR"),
        ("600 baht", 600, "THB"),
        ("10万円", 100_000, "JPY"),
        ("we are 20 people with a budget of $8k", 8000, "USD"),
        ("around 200 EUR a month", 200, "EUR"),
        ("10k, no, 20k", 20_000, None),
        ("one hundred dollars and fifty cents", 100.5, "USD"),
        ("a buck fifty", 1.5, "USD"),
        ("a $2 million deal", 2_000_000, "USD"),
        ("120GBP", 120, "GBP"),
    ],
)
def test_english_amounts(text: str, value: float, currency: str | None) -> None:
    assert read(text) == amount(value, currency)


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("10k-20k", 10_000, 20_000, None),
        ("£10k-£20k", 10_000, 20_000, "GBP"),
        ("$10-20k", 10_000, 20_000, "USD"),
        ("between 10 and 20 dollars", 10, 20, "USD"),
        ("from 500 to 900 euros", 500, 900, "EUR"),
        ("5 to 8 thousand", 5000, 8000, None),
        ("under 15 bucks", None, 15, "USD"),
        ("up to €500", None, 500, "EUR"),
        ("can't spend more than $500", None, 500, "USD"),
        ("$5k+", 5000, None, "USD"),
        ("at least 300 CHF", 300, None, "CHF"),
        ("20 to 40 cents", 0.2, 0.4, None),
        ("€ 5.000 - € 10.000", 5000, 10_000, "EUR"),
        ("5.000-10.000 €", 5000, 10_000, "EUR"),
    ],
)
def test_english_ranges(text: str, low: float | None, high: float | None, currency: str | None) -> None:
    assert read(text) == between(low, high, currency)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "5.000 €", amount(5000, "EUR")),
        ("de", "fünf Millionen Euro", amount(5_000_000, "EUR")),
        ("de", "1,5 Mio. €", amount(1_500_000, "EUR")),
        ("de", "12 T€", amount(12_000, "EUR")),
        ("de", "100 Schweizer Franken", amount(100, "CHF")),
        ("de", "5 Euro 50", amount(5.5, "EUR")),
        ("de", "zwischen 10 und 20 Euro", between(10, 20, "EUR")),
        ("de", "unter 500 Euro", between(None, 500, "EUR")),
        ("es", "dos mil dólares", amount(2000, "USD")),
        ("es", "medio millón de euros", amount(500_000, "EUR")),
        ("es", "100 pesos argentinos", amount(100, "ARS")),
        ("es", "5 euros con 20 céntimos", amount(5.2, "EUR")),
        ("es", "hasta 500 €", between(None, 500, "EUR")),
        ("fr", "cent euros", amount(100, "EUR")),
        ("fr", "un million d'euros", amount(1_000_000, "EUR")),
        ("fr", "10 k€", amount(10_000, "EUR")),
        ("fr", "50 centimes", amount(0.5, None)),
        ("fr", "50 cents", amount(0.5, None)),
        ("fr", "20 dollars canadiens", amount(20, "CAD")),
        ("fr", "moins de 500 euros", between(None, 500, "EUR")),
        ("en", "zweitausend Euro", amount(2000, "EUR")),
    ],
)
def test_other_languages(language: str, text: str, value: Value) -> None:
    assert read(text, language) == value


def test_the_fields_currency_is_meant_where_none_is_said() -> None:
    assert read("5000", options=EURO) == amount(5000, "EUR")
    assert read("five thousand", options=EURO) == amount(5000, "EUR")
    assert read("$5000", options=EURO) == amount(5000, "USD")


def test_whose_dollar_it_is_follows_the_field_and_the_country() -> None:
    assert read("$50", options=MoneyOptions(currency="CAD")) == amount(50, "CAD")
    assert read("50 dollars", region="AU") == amount(50, "AUD")
    assert read("50 dollars", region="FR") == amount(50, "USD")
    assert read("¥50", options=MoneyOptions(currency="CNY")) == amount(50, "CNY")


@pytest.mark.parametrize(
    "text", ["maybe", "not much", "hundreds of dollars", "several thousand dollars", "", "no budget", "a lot of money"]
)
def test_what_holds_no_amount_is_refused(text: str) -> None:
    assert refuse(text) == "not_an_amount"


def test_codes_that_are_words_count_in_capitals_only() -> None:
    assert read("all 50 of us") == amount(50)
    assert read("ALL 50") == amount(50, "ALL")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5 dollars or 6 euros", "two_currencies"),
        ("$5 for one, $9 for the other", "several_amounts"),
        ("3 bitcoin", "unknown_currency"),
        ("six figures", "unclear_amount"),
        ("10 b", "unclear_amount"),
        ("9" * 25, "unclear_amount"),
        ("+1 415 555 0199", "looks_like_something_else"),
        ("-$50", "too_small"),
        ("$-50", "too_small"),
    ],
)
def test_what_cannot_be_settled_is_refused(text: str, code: str) -> None:
    assert refuse(text) == code


def test_a_doubtful_separator_is_asked_about() -> None:
    outcome = QUESTION.read("$5.000", PLAIN, reading())
    assert isinstance(outcome, Accepted)
    assert outcome.doubt == "Just to be sure: did you mean $5,000 or $5?"
    assert [suggestion.value for suggestion in outcome.suggestions] == [amount(5000, "USD"), amount(5, "USD")]
    assert QUESTION.read("$5.000", MoneyOptions(min=100), reading()) == Accepted(amount(5000, "USD"))


def test_limits_hold_in_their_own_currency() -> None:
    outcome = QUESTION.read("50 €", EURO, reading())
    assert isinstance(outcome, Rejected)
    assert outcome.reason == "That is a little low: it should be at least €100."
    assert refuse("2 million", options=EURO) == "too_large"
    assert read("50 dollars", options=EURO) == amount(50, "USD")
    assert read("-50", options=MoneyOptions(min=-100)) == amount(-50)


def test_a_range_is_refused_where_one_amount_is_needed() -> None:
    outcome = QUESTION.read("10-20 euros", MoneyOptions(ranges=False), reading())
    assert isinstance(outcome, Rejected)
    assert outcome.code == "one_amount_please"
    assert [suggestion.label for suggestion in outcome.suggestions] == ["€10", "€20"]


def test_remarks_tell_how_it_was_said() -> None:
    outcome = QUESTION.read("about $99 per month", PLAIN, reading())
    assert isinstance(outcome, Accepted)
    assert outcome.remarks == ("approximate", "per_month")


@pytest.mark.parametrize("value", [amount(5), amount(5.5, "EUR"), between(1, 2, "USD"), between(None, 2)])
def test_stored_values_may_be_taken_as_they_are(value: Value) -> None:
    assert QUESTION.check(value, PLAIN, "en") == Accepted(value)


@pytest.mark.parametrize(
    "value",
    [
        5,
        "5 EUR",
        amount(5, "XXX"),
        {"amount": True, "currency": None},
        between(2, 1),
        between(None, None),
        {"amount": 5},
    ],
)
def test_other_values_may_not(value: Value) -> None:
    assert code_of(QUESTION.check(value, PLAIN, "en")) == "not_an_amount"
    assert code_of(QUESTION.check(amount(50, "EUR"), EURO, "en")) == "too_small"


def test_amounts_are_shown_as_people_write_them() -> None:
    assert QUESTION.show(amount(1250, "EUR"), PLAIN, "en") == "€1,250"
    assert QUESTION.show(amount(1250.5, "EUR"), PLAIN, "de") == "1.250,50 €"
    assert QUESTION.show(amount(1.25, "KWD"), PLAIN, "en") == "1.250 KWD"
    assert QUESTION.show(between(10_000, 20_000, "EUR"), PLAIN, "en") == "€10,000 to €20,000"
    assert QUESTION.show(between(5000, None, "USD"), PLAIN, "es") == "5.000 USD o más"
    assert QUESTION.show(between(None, 5000, "USD"), PLAIN, "en") == "up to $5,000"
    assert QUESTION.show(amount(1200.5, "USD"), PLAIN, "en") == "$1,200.50"
    assert QUESTION.show(amount(1200.5, "USD"), MoneyOptions(currency="CAD"), "en") == "1,200.50 USD"
    assert QUESTION.show(amount(46_000, "EUR"), PLAIN, "fr") == "46\u202f000 €"
    assert QUESTION.show(between(10_000, 20_000, "EUR"), PLAIN, "es") == "10.000 a 20.000 €"
    assert QUESTION.show(amount(-5, "GBP"), PLAIN, "en") == "-£5"
    assert QUESTION.show(amount(7), PLAIN, "en") == "7"
    assert QUESTION.show(None, PLAIN, "en") == ""


def test_the_input_names_currency_and_limits() -> None:
    shown = QUESTION.input(EURO, "de")
    assert (shown.kind, shown.minimum, shown.maximum) == ("decimal", 100, 1_000_000)
    assert shown.placeholder == "5.000 €"
    assert shown.extra["currency"] == "EUR"
    assert QUESTION.input(MoneyOptions(max=20), "en").placeholder == "$20"
    assert QUESTION.input(MoneyOptions(min=9000), "fr").placeholder == "9\u202f000 €"


def test_mistakes_in_a_script_are_errors() -> None:
    with pytest.raises(ValidationError, match="ZZZ is no ISO 4217 currency"):
        MoneyOptions(currency="ZZZ")
    with pytest.raises(ValidationError, match="min must not be larger"):
        MoneyOptions(min=2, max=1)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "10 Millionen Euro", amount(10_000_000, "EUR")),
        ("en", "2,5 Millionen", amount(2_500_000)),
        ("en", "20 bis 30 Tausend Euro", between(20_000, 30_000, "EUR")),
        ("en", "10 millones de euros", amount(10_000_000, "EUR")),
        ("en", "de 20 a 30 mil euros", between(20_000, 30_000, "EUR")),
        ("en", "2 milliards d'euros", amount(2_000_000_000, "EUR")),
        ("en", "un demi-million d'euros", amount(500_000, "EUR")),
        ("de", "half a million dollars", amount(500_000, "USD")),
        ("de", "one and a half million", amount(1_500_000)),
        ("es", "10 Millionen Euro", amount(10_000_000, "EUR")),
        ("fr", "veinte mil", amount(20_000)),
    ],
)
def test_a_magnitude_said_in_another_language_is_never_lost(language: str, text: str, value: Value) -> None:
    assert read(text, language) == value


@pytest.mark.parametrize("text", ["10 gs", "10 large", "5L", "3 bill", "millions", "six figures"])
def test_slang_that_may_be_a_magnitude_is_asked_about_in_digits(text: str) -> None:
    assert isinstance(QUESTION.read(text, PLAIN, reading()), Rejected)


@pytest.mark.parametrize("text", ["10 mil euros", "10 mil pesos", "R$ 10 mil"])
def test_a_mil_that_is_a_thousand_to_some_is_asked_about(text: str) -> None:
    outcome = QUESTION.read(text, PLAIN, reading())
    assert isinstance(outcome, Accepted) and outcome.doubt is not None
    assert [suggestion.value["amount"] for suggestion in outcome.suggestions] == [10_000_000, 10_000]  # type: ignore[index, call-overload]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10T€", amount(10_000, "EUR")),
        ("5 M$", amount(5_000_000, "USD")),
        ("5€50", amount(5.5, "EUR")),
        ("10 thou", amount(10_000)),
        ("3 bil", amount(3_000_000_000)),
        ("5 hazar rupees", amount(5_000, "INR")),
        ("1000 Fr.", amount(1000, "CHF")),
        ("R 1000", amount(1000, "ZAR")),
        ("500/- rs", amount(500, "INR")),
        ("1000 грн", amount(1000, "UAH")),
        ("1000 рублей", amount(1000, "RUB")),
        ("one point two million", amount(1_200_000)),
        ("20k or so max", between(None, 20_000)),
        ("15k no wait 20k", amount(20_000)),
        ("not 15k but 20k", amount(20_000)),
        ("20k instead of 15k", amount(20_000)),
        ("20k for 2027", amount(20_000)),
    ],
)
def test_more_ways_to_say_an_amount(text: str, value: Value) -> None:
    assert read(text) == value
