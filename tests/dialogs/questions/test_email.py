"""E-mail questions, as visitors and authors meet them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.questions.base import LANGUAGES, Accepted, Outcome, Reading, Rejected
from dialogs.questions.email import EmailOptions, EmailQuestion

EMAIL = EmailQuestion()


def read(text: str, language: str = "en", **options: Any) -> Outcome:
    return EMAIL.read(text, EmailOptions(**options), Reading(now=datetime(2026, 11, 22, tzinfo=UTC), language=language))


def test_an_address_is_taken_with_its_domain_in_lower_case() -> None:
    assert read("Ada@Example.COM") == Accepted("Ada@example.com")
    assert read("my email is ada at example dot com") == Accepted("ada@example.com")


def test_a_slip_is_taken_with_one_question_and_a_button() -> None:
    outcome = read("ada@gmial.con")
    assert isinstance(outcome, Accepted)
    assert outcome.value == "ada@gmial.con"
    assert outcome.doubt == "Did you mean ada@gmail.com?"
    assert [suggestion.value for suggestion in outcome.suggestions] == ["ada@gmail.com"]
    assert "possible_typo" in outcome.remarks


def test_a_throw_away_address_is_asked_about_taken_or_refused() -> None:
    asked = read("x@mailinator.com")
    assert isinstance(asked, Accepted)
    assert asked.doubt is not None
    assert asked.remarks == ("disposable",)
    assert read("x@mailinator.com", disposable="accept") == Accepted("x@mailinator.com", ("disposable",))
    refused = read("x@mailinator.com", disposable="refuse")
    assert isinstance(refused, Rejected)
    assert refused.code == "disposable_refused"


def test_a_free_address_is_remarked_and_only_asked_about_where_work_is_wanted() -> None:
    assert read("ada@gmail.com") == Accepted("ada@gmail.com", ("free_mail",))
    asked = read("ada@gmail.com", work_only=True)
    assert isinstance(asked, Accepted)
    assert asked.value == "ada@gmail.com"
    assert asked.doubt is not None
    assert read("ada@acme.com", work_only=True) == Accepted("ada@acme.com")


def test_a_shared_mailbox_is_remarked_and_asked_about_on_request() -> None:
    assert read("sales@acme.com") == Accepted("sales@acme.com", ("role",))
    asked = read("sales@acme.com", role="ask")
    assert isinstance(asked, Accepted)
    assert asked.doubt is not None
    refused = read("sales@acme.com", role="refuse")
    assert isinstance(refused, Rejected)


def test_two_addresses_ask_which_one() -> None:
    outcome = read("ada@example.com or bob@example.org")
    assert isinstance(outcome, Rejected)
    assert outcome.code == "two_emails"
    assert [suggestion.value for suggestion in outcome.suggestions] == ["ada@example.com", "bob@example.org"]


def test_a_near_miss_is_offered() -> None:
    outcome = read("ada@example,com")
    assert isinstance(outcome, Rejected)
    assert outcome.code == "nearly_an_email"
    assert "ada@example.com" in outcome.reason


def test_words_that_may_not_be_an_address_are_asked_about() -> None:
    outcome = read("we had lunch at example.com")
    assert isinstance(outcome, Accepted)
    assert outcome.doubt == "Did you mean lunch@example.com?"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", "no", "hello there", "ada@localhost", "a@b.test", "why?", "ada@[127.0.0.1]"])
def test_what_is_no_address_is_refused_with_an_example(text: str, language: str) -> None:
    outcome = read(text, language)
    assert isinstance(outcome, Rejected)
    assert outcome.code == "not_an_email"
    assert "@" in outcome.reason


def test_a_line_break_cannot_smuggle_anything_in() -> None:
    outcome = read("a@example.com\r\nRCPT TO:<x>")
    assert outcome == Accepted("a@example.com") or isinstance(outcome, Rejected)


def test_values_from_elsewhere_must_be_whole_addresses() -> None:
    options = EmailOptions(disposable="refuse", work_only=True)
    assert EMAIL.check("ada@gmail.com", options, "en") == Accepted("ada@gmail.com", ("free_mail",))
    for value in ("my mail is ada@example.com", "x@mailinator.com", "", 7, None, ["ada@example.com"]):
        assert isinstance(EMAIL.check(value, options, "en"), Rejected)


def test_the_browser_knows_what_to_fill_in() -> None:
    hints = EMAIL.input(EmailOptions(), "de")
    assert (hints.kind, hints.autocomplete, hints.placeholder) == ("email", "email", "name@beispiel.de")
    assert EMAIL.show("ada@example.com", EmailOptions(), "en") == "ada@example.com"
    assert EMAIL.show(None, EmailOptions(), "en") == ""


@settings(deadline=None)
@given(st.text(alphabet="abc@.- \n<>", max_size=40))
def test_what_is_taken_is_taken_again_as_it_is(text: str) -> None:
    outcome = read(text)
    if isinstance(outcome, Accepted):
        again = read(str(outcome.value))
        assert isinstance(again, Accepted)
        assert again.value == outcome.value
