"""Companies, as visitors and authors meet them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.questions.base import LANGUAGES, Accepted, Outcome, Reading, Rejected
from dialogs.questions.company import CompanyOptions, CompanyQuestion

COMPANY = CompanyQuestion()


def read(text: str, language: str = "en") -> Outcome:
    return COMPANY.read(text, CompanyOptions(), Reading(now=datetime(2026, 11, 22, tzinfo=UTC), language=language))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I work at Acme", "Acme"),
        ("we're Acme Ltd.", "Acme Ltd."),
        ("We are Acme, Inc.", "Acme, Inc."),
        ("Acme, thanks", "Acme"),
        ("Acme.", "Acme"),
        ("I'm the CTO of Acme", "Acme"),
        ("I am a developer at Acme Tools, thanks", "Acme Tools"),
        ("I work at Acme in Berlin as a developer", "Acme"),
        ("we are a small agency called Sweet Things", "Sweet Things"),
        ("Acme. We make widgets.", "Acme"),
        ("Acme - the tool makers", "Acme"),
        ("Company: Acme Inc", "Acme Inc"),
        ("wir sind die Muster GmbH", "Muster GmbH"),
        ("ich arbeite bei Siemens", "Siemens"),
        ("mi empresa se llama Ejemplo S.L.", "Ejemplo S.L."),
        ("je travaille chez Renault", "Renault"),
        ("notre entreprise s'appelle Exemple", "Exemple"),
    ],
)
def test_a_company_is_found_in_a_sentence(text: str, name: str) -> None:
    assert read(text) == Accepted(name)


AS_WRITTEN = [
    *("Acme", "acme", "adidas", "eBay", "3M", "1&1", "7-Eleven", "Procter & Gamble", "Smith, Jones & Partners", "AT&T"),
    *("Müller GmbH & Co. KG", 'Toys "R" Us', "U.S. Steel", "St. Jude's", "E.ON", "Bed Bath & Beyond", "The Home Depot"),
    *("株式会社トヨタ", "Яндекс", "True Religion", "Perfect Fit Gym", "McKinsey & Company", "the home depot", "Target"),
]


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_a_name_is_kept_as_it_is_written(text: str) -> None:
    assert read(text) == Accepted(text)


NO_COMPANIES = [
    *("", "???", "yes", "no", "none", "maybe", "idk", "n/a", "I don't have one", "why?", "What's the company?", "42"),
    *(
        "very " * 11 + "long tale",
        "we're a small agency",
        "We are hiring",
        "I want pricing",
        "how much does it cost",
        "<b>Acme</b>",
        "thanks",
    ),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", NO_COMPANIES)
def test_what_is_no_company_is_asked_again_with_an_example(text: str, language: str) -> None:
    outcome = read(text, language)
    assert isinstance(outcome, Rejected)
    assert outcome.code == "not_a_company"
    assert outcome.reason


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("self-employed", "Self-employed"),
        ("I'm self employed", "Self-employed"),
        ("I work for myself", "Self-employed"),
        ("none, I'm a freelancer", "Freelancer"),
        ("private", "Private"),
        ("just a private person", "Private person"),
        ("student at the moment", "Student"),
        ("selbstständig", "Selbstständig"),
        ("keine, ich bin Freiberufler", "Freiberufler"),
        ("soy autonomo", "Autónomo"),
        ("je suis indépendante", "Indépendante"),
    ],
)
def test_who_has_no_company_may_say_what_they_are(text: str, shown: str) -> None:
    assert read(text) == Accepted(shown, ("no_company",))


@pytest.mark.parametrize("text", ["none", "keine", "I don't have a company", "ich habe keine Firma", "no tengo", "n/a"])
def test_a_bare_none_is_offered_what_to_say_instead(text: str) -> None:
    outcome = read(text)
    assert isinstance(outcome, Rejected)
    assert "skip" in outcome.reason
    assert [suggestion.value for suggestion in outcome.suggestions] == ["Self-employed", "Private"]


@pytest.mark.parametrize("text", ["I prepare", "ich studiere", "skip it", "fuck off", "none of your business", "no"])
def test_what_people_do_or_will_not_say_is_no_company(text: str) -> None:
    outcome = read(text)
    assert isinstance(outcome, Rejected)
    assert outcome.suggestions == ()


def test_an_article_is_not_part_of_the_name() -> None:
    assert read("the US Navy") == Accepted("US Navy")
    assert read("I work at the BBC") == Accepted("BBC")


@pytest.mark.parametrize("text", ["https://acme.com", "www.acme.de", "ada@acme.com", "my mail is ada@acme.com"])
def test_an_address_is_refused_with_the_name_its_domain_suggests(text: str) -> None:
    outcome = read(text)
    assert isinstance(outcome, Rejected)
    assert outcome.code == "address_for_company"
    assert [suggestion.value for suggestion in outcome.suggestions] == ["Acme"]


def test_a_free_address_suggests_nothing() -> None:
    outcome = read("ada@gmail.com")
    assert isinstance(outcome, Rejected)
    assert outcome.suggestions == ()


def test_a_bare_domain_may_be_the_name_and_is_asked_about() -> None:
    outcome = read("Booking.com")
    assert isinstance(outcome, Accepted)
    assert outcome.value == "Booking.com"
    assert outcome.doubt == "Is the company called Booking?"
    assert [suggestion.value for suggestion in outcome.suggestions] == ["Booking"]


def test_a_name_has_an_end() -> None:
    outcome = read("a" * 200)
    assert isinstance(outcome, Rejected)
    assert outcome.code == "company_too_long"


def test_values_from_elsewhere_are_taken_as_they_are_written() -> None:
    assert COMPANY.check(" We are Acme ", CompanyOptions(), "en") == Accepted("We are Acme")
    for wrong in ("", "42", "a" * 200, 7, None):
        assert isinstance(COMPANY.check(wrong, CompanyOptions(), "en"), Rejected)


def test_the_browser_knows_what_to_fill_in() -> None:
    assert COMPANY.input(CompanyOptions(), "en").autocomplete == "organization"
    assert COMPANY.show("Acme", CompanyOptions(), "en") == "Acme"
    assert COMPANY.show(None, CompanyOptions(), "en") == ""


@settings(deadline=None)
@given(st.text(max_size=160))
def test_what_is_taken_is_one_line_within_the_limit(text: str) -> None:
    outcome = read(text)
    if isinstance(outcome, Accepted):
        name = str(outcome.value)
        assert 0 < len(name) <= 120
        assert len(name.splitlines()) == 1
        assert COMPANY.check(name, CompanyOptions(), "en") == Accepted(name)


@pytest.mark.parametrize(
    "text", ["CEO of Acme", "founder at Acme", "Acme, a small agency in Berlin", "sorry, I meant Acme"]
)
def test_the_company_of_a_role_or_before_a_description(text: str) -> None:
    assert read(text) == Accepted("Acme")


@pytest.mark.parametrize("text", ["just me", "nur ich", "solo yo", "juste moi"])
def test_who_is_alone_has_no_company(text: str) -> None:
    assert isinstance(read(text), Rejected)
