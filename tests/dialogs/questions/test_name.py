"""Names, as visitors and authors meet them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.questions.base import LANGUAGES, Accepted, Outcome, Reading, Rejected
from dialogs.questions.name import NameOptions, NameQuestion

NAME = NameQuestion()


def read(text: str, language: str = "en", **options: Any) -> Outcome:
    return NAME.read(text, NameOptions(**options), Reading(now=datetime(2026, 11, 22, tzinfo=UTC), language=language))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada", "Ada"),
        ("I'm Ada", "Ada"),
        ("im ada", "Ada"),
        ("Hi, I'm Ada from Acme!", "Ada"),
        ("my name is Ada Lovelace, nice to meet you", "Ada Lovelace"),
        ("call me Al.", "Al"),
        ("Robert, but call me Bob", "Bob"),
        ("My name is Robert but you can call me Bob", "Bob"),
        ("it's Ada. And you?", "Ada"),
        ("Ada here", "Ada"),
        ("Im Yoon-ah", "Im Yoon-ah"),
        ("name: Ada 👋 !", "Ada"),
        ("it's Ada, the one who called", "Ada"),
        ("spitzname: ada", "Ada"),
        ("Ada, CTO at Acme", "Ada"),
        ("Yes, Ada", "Ada"),
        ("name: ada lovelace", "Ada Lovelace"),
        ("ich heiße Jürgen, und du?", "Jürgen"),
        ("Ich bin die Ada", "Ada"),
        ("hier spricht Paul", "Paul"),
        ("me llamo ada garcía", "Ada García"),
        ("soy Ana", "Ana"),
        ("je m'appelle Adèle", "Adèle"),
        ("moi c'est Paul", "Paul"),
    ],
)
def test_a_name_is_found_in_an_introduction(text: str, name: str) -> None:
    assert read(text) == Accepted(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ada lovelace", "Ada Lovelace"),
        ("ADA LOVELACE", "Ada Lovelace"),
        ("ronald mcdonald", "Ronald McDonald"),
        ("jan van der berg", "Jan van der Berg"),
        ("van der berg", "van der Berg"),
        ("van gogh", "Van Gogh"),
        ("shaquille o'neal", "Shaquille O'Neal"),
        ("jean-luc picard", "Jean-Luc Picard"),
        ("martin luther king jr", "Martin Luther King Jr"),
        ("ada lovelace iii", "Ada Lovelace III"),
        ("jose\u0301 luis", "José Luis"),
        ("оля иванова", "Оля Иванова"),
        ("AJ", "AJ"),
        ("ada's", "Ada's"),
        ("DJ", "DJ"),
        ("DeShawn", "DeShawn"),
        ("李小龍", "李小龍"),
        ("محمد", "محمد"),
        ("J. R. R. Tolkien", "J. R. R. Tolkien"),
        ("Martin Luther King, Jr.", "Martin Luther King, Jr."),
        ('Robert "Bob" Smith', 'Robert "Bob" Smith'),
        ("María del Carmen de los Ángeles García López", "María del Carmen de los Ángeles García López"),
        ("  Ada \n Lovelace  ", "Ada Lovelace"),
        ("Ada 😊", "Ada"),
        ("Ada (she/her)", "Ada"),
        ("'Ada'", "Ada"),
    ],
)
def test_names_are_written_as_people_write_them(text: str, name: str) -> None:
    assert read(text) == Accepted(name)


@pytest.mark.parametrize(
    "text", ["Will", "Will Smith", "Roger", "Dale", "Vale", "Jo", "Simon", "Kay", "Ja Rule", "Grace"]
)
def test_names_that_are_also_answers_are_names(text: str) -> None:
    assert read(text) == Accepted(text)


def test_in_its_own_language_an_answer_goes_before_a_name() -> None:
    assert read("vale", "en") == Accepted("Vale")
    assert isinstance(read("vale", "es"), Rejected)


@pytest.mark.parametrize("text", ["its bob here", "Its Bob", "hier bob", "bob hier"])
def test_a_name_said_in_passing_is_found(text: str) -> None:
    assert read(text) == Accepted("Bob")


def test_a_name_may_look_like_a_word_for_oneself() -> None:
    assert read("I Wayan") == Accepted("I Wayan")


NO_NAMES = [
    *("fuck off", "idiot", "go away", "shut up!", "not telling", "I advise", "ich studiere", "j'étudie", "no name"),
    *("Arschloch", "verpiss dich", "geht dich nichts an", "keine Angabe", "va te faire foutre", "vete a la mierda"),
    *(
        "",
        "  ",
        "yes",
        "no thanks",
        "sure",
        "ok",
        "maybe",
        "I don't know",
        "I'd rather not say",
        "why?",
        "why do you ask",
    ),
    *(
        "who are you?",
        "hi",
        "hello there",
        "thanks",
        "I'm not sure",
        "I'm looking for a CRM",
        "I am from Berlin",
        "I'm fine",
    ),
    *(
        "I'm a developer",
        "ich bin aus Berlin",
        "ich bin nicht sicher",
        "soy de Madrid",
        "je suis pas sûr",
        "tell me a joke",
    ),
    *("How much does it cost?", "I want pricing info", "is it free?", "none of your business", "call me later", "test"),
    *("my name is", "???", "😀", "Bobby'); DROP TABLE", "<b>Ada</b>", "Ada = Bob"),
]


@pytest.mark.parametrize("text", NO_NAMES)
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    outcome = read(text)
    assert isinstance(outcome, Rejected)
    assert outcome.code == "not_a_name"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("R2D2", "digits_in_name"),
        ("+49 171 1234567", "digits_in_name"),
        ("ada@example.com", "address_for_name"),
        ("https://example.com", "address_for_name"),
        ("example.com", "address_for_name"),
        ("Bob\r\nBcc: all@x", "address_for_name"),
        ("a" * 101, "name_too_long"),
        ("hello", "not_a_name"),
    ],
)
def test_the_reason_says_what_is_wrong_and_what_would_be_right(text: str, code: str, language: str) -> None:
    outcome = read(text, language)
    assert isinstance(outcome, Rejected)
    assert outcome.code == code
    assert "A" in outcome.reason


def test_a_missing_family_name_is_asked_for_once() -> None:
    outcome = read("ada", full=True)
    assert isinstance(outcome, Accepted)
    assert outcome.value == "Ada"
    assert outcome.doubt == "Thank you, Ada. And your family name?"
    assert read("Ada Lovelace", full=True) == Accepted("Ada Lovelace")
    assert read("李小龍", full=True) == Accepted("李小龍")


def test_values_from_elsewhere_are_taken_as_they_are_written() -> None:
    assert NAME.check("ada", NameOptions(), "en") == Accepted("ada")
    assert NAME.check("I'm Ada", NameOptions(), "en") == Accepted("I'm Ada")
    for wrong in ("", "R2D2", "ada@example.com", 7, None):
        assert isinstance(NAME.check(wrong, NameOptions(), "en"), Rejected)


def test_the_browser_knows_what_to_fill_in() -> None:
    assert NAME.input(NameOptions(), "en").autocomplete == "given-name"
    assert NAME.input(NameOptions(full=True), "en").autocomplete == "name"
    assert NAME.show("Ada", NameOptions(), "en") == "Ada"
    assert NAME.show(None, NameOptions(), "en") == ""


@settings(deadline=None)
@given(st.text(max_size=120))
def test_what_is_taken_has_no_line_breaks_and_no_digits(text: str) -> None:
    outcome = read(text)
    if isinstance(outcome, Accepted):
        name = str(outcome.value)
        assert name.strip() == name
        assert not any(character.isdigit() and character.isascii() for character in name)
        assert len(name.splitlines()) == 1
        assert isinstance(NAME.check(name, NameOptions(), "en"), Accepted)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("name's Bob", "Bob"),
        ("Ada is my name", "Ada"),
        ("Nice to meet you, I'm Ada", "Ada"),
        ("sorry, I meant Ada", "Ada"),
        ("that should be Bob not Rob", "Bob"),
        ("it's Bob not Rob", "Bob"),
        ("sure, Ada", "Ada"),
        ("ok it's Ada", "Ada"),
        ("Bob, CEO of Acme", "Bob"),
        ("Bob (CEO)", "Bob"),
    ],
)
def test_more_ways_to_introduce_oneself(text: str, name: str) -> None:
    assert read(text) == Accepted(name)


@pytest.mark.parametrize("text", ["sure, go ahead", "yes, please", "ok it's fine", "no name", "I'm not telling"])
def test_an_answer_before_a_comma_makes_no_name_of_what_follows(text: str) -> None:
    assert isinstance(read(text), Rejected)
