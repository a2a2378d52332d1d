"""Phone questions, as visitors and authors meet them."""

from datetime import UTC, datetime
from typing import Any

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from dialogs.questions.base import LANGUAGES, Accepted, Outcome, Reading, Rejected
from dialogs.questions.phone import PhoneOptions, PhoneQuestion

PHONE = PhoneQuestion()


def read(text: str, visitors: str | None = None, language: str = "en", **options: Any) -> Outcome:
    reading = Reading(now=datetime(2026, 11, 22, tzinfo=UTC), language=language, region=visitors)
    return PHONE.read(text, PhoneOptions(**options), reading)


def value(outcome: Outcome) -> object:
    return outcome.value if isinstance(outcome, Accepted) else outcome.code


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("+491711234567", None, "+491711234567"),
        ("+49 (0)171 1234567", None, "+491711234567"),
        ("0049 171 1234567", None, "+491711234567"),
        ("011 49 171 1234567", "US", "+491711234567"),
        ("49 171 1234567", "DE", "+491711234567"),
        ("0171/1234567", "DE", "+491711234567"),
        ("0171.123.45.67", "DE", "+491711234567"),
        ("call me on 0171 1234567 pls", "DE", "+491711234567"),
        ("mobil: 0171 1234567, nur abends", "DE", "+491711234567"),
        ("tel:+49-171-1234567", None, "+491711234567"),
        ("\u202a+49 171 1234567\u202c", None, "+491711234567"),
        ("٠١٧١١٢٣٤٥٦٧", "DE", "+491711234567"),
        ("(415) 555-2671", "US", "+14155552671"),
        ("my phone is 06 12 34 56 78, thanks", "FR", "+33612345678"),
        ("whatsapp +34 612 345 678", None, "+34612345678"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("0171 1234567 and again 0171 1234567", "DE", "+491711234567"),
    ],
)
def test_a_number_is_found_and_kept_in_e164(text: str, region: str | None, number: str) -> None:
    assert value(read(text, region)) == number


def test_the_fields_country_goes_before_the_visitors() -> None:
    assert value(read("020 7946 0018", "DE", "en", region="GB")) == "+442079460018"
    assert value(read("612 345 678", "ES", "en", region="GB")) == "+34612345678"


def test_an_extension_is_dropped_and_remarked() -> None:
    outcome = read("+1 212 555 0123 ext. 5")
    assert isinstance(outcome, Accepted)
    assert outcome.value == "+12125550123"
    assert "extension_dropped" in outcome.remarks


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "region", "code"),
    [
        ("hello", "DE", "not_a_phone"),
        ("", "DE", "not_a_phone"),
        ("I have 20 people", "US", "not_a_phone"),
        ("10 people pls", "US", "not_a_phone"),
        ("415-555-2671", None, "country_needed"),
        ("+1 212 555", None, "phone_too_short"),
        ("0171 1234567 12345678901", "DE", "phone_too_long"),
        ("+999 123456789", None, "phone_invalid"),
        ("12.12.2026", "DE", "not_a_phone"),
    ],
)
def test_what_is_no_number_is_refused_with_an_example(text: str, region: str | None, code: str, language: str) -> None:
    outcome = read(text, region, language)
    assert isinstance(outcome, Rejected)
    assert outcome.code == code
    assert "+" in outcome.reason


def test_a_forgotten_plus_is_offered() -> None:
    outcome = read("14155552671", "DE")
    assert isinstance(outcome, Rejected)
    assert [suggestion.value for suggestion in outcome.suggestions] == ["+14155552671"]


def test_two_numbers_ask_which_one() -> None:
    outcome = read("0171 1234567 or 030 12345678", "DE")
    assert isinstance(outcome, Rejected)
    assert outcome.code == "two_phones"
    assert [suggestion.label for suggestion in outcome.suggestions] == ["+49 171 1234567", "+49 30 12345678"]


def test_a_landline_is_refused_where_only_a_mobile_will_do() -> None:
    assert value(read("030 12345678", "DE", mobile_only=True)) == "not_mobile"
    assert read("0171 1234567", "DE", mobile_only=True) == Accepted("+491711234567", ("mobile",))


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_every_countrys_numbers_are_read_as_they_are_written_there(region: str) -> None:
    for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE):
        number = phonenumbers.example_number_for_type(region, kind)
        if number is None:
            continue
        expected = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        abroad = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        assert value(read(national, region)) == expected
        assert value(read(abroad)) == expected
    invalid = phonenumbers.invalid_example_number(region)
    if invalid is not None:
        written = phonenumbers.format_number(invalid, phonenumbers.PhoneNumberFormat.NATIONAL)
        assert isinstance(read(written, region), Rejected)


def test_values_from_elsewhere_must_be_whole_numbers() -> None:
    assert value(PHONE.check("+49 171 1234567", PhoneOptions(), "en")) == "+491711234567"
    assert value(PHONE.check("0171 1234567", PhoneOptions(region="de"), "en")) == "+491711234567"
    for wrong in ("call +49 171 1234567", "0171 1234567", "", 491711234567, None):
        assert isinstance(PHONE.check(wrong, PhoneOptions(), "en"), Rejected)


def test_numbers_are_shown_with_spaces_and_asked_for_with_a_keypad() -> None:
    assert PHONE.show("+491711234567", PhoneOptions(), "en") == "+49 171 1234567"
    assert PHONE.show("elsewhere", PhoneOptions(), "en") == "elsewhere"
    assert PHONE.show(None, PhoneOptions(), "en") == ""
    hints = PHONE.input(PhoneOptions(region="ES"), "es")
    assert (hints.kind, hints.autocomplete) == ("tel", "tel")
    assert hints.placeholder is not None
    assert hints.placeholder.startswith("+34")


def test_a_country_that_does_not_exist_is_refused_when_the_script_is_loaded() -> None:
    with pytest.raises(ValidationError, match="not a country"):
        PhoneOptions(region="Germany")


@settings(deadline=None)
@given(st.text(alphabet="0123456789+() -/.xa\n", max_size=80), st.sampled_from(["DE", "US", None]))
def test_what_is_taken_is_a_valid_number_that_reads_back_to_itself(text: str, region: str | None) -> None:
    outcome = read(text, region)
    if isinstance(outcome, Accepted):
        assert value(read(str(outcome.value))) == outcome.value


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    read(text, "DE")


@pytest.mark.parametrize(
    ("field", "visitor", "language", "code"),
    [
        ("DE", "US", "en", "+49"),
        (None, "US", "en", "+1"),
        (None, "AT", "de", "+43"),
        (None, None, "fr", "+33"),
        (None, None, "en", "+44"),
    ],
)
def test_the_example_is_from_the_country_that_is_meant(
    field: str | None, visitor: str | None, language: str, code: str
) -> None:
    outcome = read("hello", visitor, language, region=field)
    assert isinstance(outcome, Rejected)
    assert f"{code} " in outcome.reason


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("0049 171 1234567", "US", "+491711234567"),
        ("001 202 555 0123", "US", "+12025550123"),
        ("two oh two, five five five, zero one two three", "US", "+12025550123"),
        ("call me on two zero two triple five zero one two three", "US", "+12025550123"),
        ("null eins sieben eins eins zwei drei vier fünf sechs sieben", "DE", "+491711234567"),
        ("plus one two oh two five five five oh one two three", None, "+12025550123"),
    ],
)
def test_a_number_dialled_from_elsewhere_or_read_aloud(text: str, region: str | None, number: str) -> None:
    assert value(read(text, region)) == number


@pytest.mark.parametrize("text", ["24.12.2026", "born on 1.5.1990", "one or two", "one two three four five"])
def test_a_date_or_a_few_counted_words_are_no_number(text: str) -> None:
    assert isinstance(read(text, "DE"), Rejected)
