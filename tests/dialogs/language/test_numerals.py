"""Numbers and places in four languages, as other readers ask for them."""

import pytest

from dialogs.language.digits import plain_digits
from dialogs.language.numerals import find_numerals, read_numeral, read_ordinal


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "250", 250),
        ("en", "-3", -3),
        ("en", "1,234.5", 1234.5),
        ("en", "1.234,5", 1234.5),
        ("en", "seven", 7),
        ("en", "seventy-seven", 77),
        ("en", "one hundred and twenty five thousand", 125_000),
        ("en", "three and three quarters", 3.75),
        ("en", "a quarter of a million", 250_000),
        ("en", "a million and a half", 1_500_000),
        ("en", "one over four", 0.25),
        ("en", "hundred thousand million", 100_000_000_000),
        ("en", "four hundred and six point five", 406.5),
        ("en", "2 dozen", 24),
        ("en", "two hundred dozens", 2400),
        ("en", "three billions", 3_000_000_000),
        ("en", "2^10", 1024),
        ("en", "5e-1", 0.5),
        ("de", "neunzehnhundertachtundneunzig", 1998),
        ("de", "zwei und fünfzig", 52),
        ("de", "drei Viertel", 0.75),
        ("de", "zwei Komma fünf", 2.5),
        ("de", "eine Milliarde", 1_000_000_000),
        ("de", "zwei Billionen", 2_000_000_000_000),
        ("es", "mil novecientos noventa y ocho", 1998),
        ("es", "diez y seis", 16),
        ("es", "dos mil trescientos millones", 2_300_000_000),
        ("es", "tres y medio", 3.5),
        ("es", "dos coma cinco", 2.5),
        ("fr", "mille neuf cent quatre-vingt-dix-huit", 1998),
        ("fr", "soixante-dix-sept", 77),
        ("fr", "vingt et un", 21),
        ("fr", "deux virgule cinq", 2.5),
        ("fr", "une demi-douzaine", 6),
        ("fr", "deux centaines", 200),
        ("en", "dos mil", 2000),
        ("de", "twenty", 20),
        ("nl", "twenty", 20),
    ],
)
def test_a_whole_text_is_one_number(language: str, text: str, value: float) -> None:
    assert read_numeral(text, language) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "and",
        "1.234",
        "10 or 20",
        "second",
        "1.2.3",
        "fifty-fifty",
        "five people",
        "thousands",
        "9" * 31,
        "1" * 300,
        "x^2",
    ],
)
def test_other_texts_are_no_number(text: str) -> None:
    assert read_numeral(text, "en") is None


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "second", 2),
        ("en", "the 2nd one", 2),
        ("en", "the third one, please", 3),
        ("en", "twenty-first", 21),
        ("en", "#4", 4),
        ("en", "option three", 3),
        ("en", "the last one", -1),
        ("de", "das zweite", 2),
        ("de", "2.", 2),
        ("de", "Nummer 3", 3),
        ("de", "siebter", 7),
        ("de", "der letzte", -1),
        ("es", "la segunda", 2),
        ("es", "el 3º", 3),
        ("es", "la opción dos", 2),
        ("es", "el último", -1),
        ("fr", "la première", 1),
        ("fr", "le 2ème", 2),
        ("fr", "numéro deux", 2),
        ("fr", "le dernier", -1),
        ("en", "segundo", 2),
    ],
)
def test_places(language: str, text: str, place: int) -> None:
    assert read_ordinal(text, language) == place


@pytest.mark.parametrize("text", ["2", "two", "", "maybe", "the one", "option", "number many", "second " * 40])
def test_other_texts_name_no_place(text: str) -> None:
    assert read_ordinal(text, "en") is None


def test_numbers_are_found_inside_sentences() -> None:
    text = plain_digits("Between 3½ and twenty-five, q3 and b2b aside, minus 4, +5 and .5")
    assert [(text[each.start : each.end], float(each.value)) for each in find_numerals(text, "en")] == [
        ("3 1/2", 3.5),
        ("twenty-five", 25.0),
        ("minus 4", -4.0),
        ("+5", 5.0),
        (".5", 0.5),
    ]


def test_digits_of_any_script_become_plain() -> None:
    assert plain_digits("  １２ ٣ ½ 10⁻³ 20 Prozent 1’000 ≥5  ") == "12 3 1/2 10^-3 20 % 1'000 >=5"
    assert plain_digits("5\u200b0\u00ad0") == "500"
    assert plain_digits("x" * 2000) == ""
    assert plain_digits("ﷺ" * 900) == ""
