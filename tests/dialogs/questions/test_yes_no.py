"""Yes-or-no questions and consents, as visitors and authors meet them."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from dialogs.questions.base import LANGUAGES, Accepted, Reading, Rejected
from dialogs.questions.consent import ConsentOptions, ConsentQuestion
from dialogs.questions.yes_no import YesNoOptions, YesNoQuestion

YES_NO, CONSENT = YesNoQuestion(), ConsentQuestion()


def reading(language: str = "en") -> Reading:
    return Reading(now=datetime(2026, 11, 22, tzinfo=UTC), language=language)


def test_yes_and_no_become_booleans() -> None:
    assert YES_NO.read("yeah, sure", YesNoOptions(), reading()) == Accepted(True)
    assert YES_NO.read("no thanks", YesNoOptions(), reading()) == Accepted(False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_neither_is_asked_again_with_both_buttons(language: str) -> None:
    outcome = YES_NO.read("what is the weather", YesNoOptions(), reading(language))
    assert isinstance(outcome, Rejected)
    assert outcome.code == "neither_yes_nor_no"
    assert [suggestion.value for suggestion in outcome.suggestions] == [True, False]
    assert all(suggestion.label in outcome.reason for suggestion in outcome.suggestions)


def test_a_contradiction_is_named_as_one() -> None:
    outcome = YES_NO.read("yes, I don't want it", YesNoOptions(), reading())
    assert isinstance(outcome, Rejected)
    assert outcome.code == "yes_and_no"


def test_a_maybe_is_met_with_understanding() -> None:
    outcome = YES_NO.read("maybe, I don't know yet", YesNoOptions(), reading())
    assert isinstance(outcome, Rejected)
    assert outcome.code == "undecided"


def test_the_words_of_a_button_count_in_any_of_its_languages() -> None:
    options = YesNoOptions(yes={"en": "Count me among them", "de": "Her damit"}, no="Another day maybe")
    assert YES_NO.read("her damit!", options, reading()) == Accepted(True)
    assert YES_NO.read("Another day maybe.", options, reading()) == Accepted(False)
    assert [option.label for option in YES_NO.input(options, "de").options] == ["Her damit", "Another day maybe"]
    assert YES_NO.show(True, options, "fr") == "Count me among them"
    assert YES_NO.read("nope", YesNoOptions(yes="Sure"), reading()) == Accepted(False)


def test_a_button_sends_its_key() -> None:
    assert [option.key for option in YES_NO.input(YesNoOptions(), "fr").options] == ["yes", "no"]
    assert YES_NO.check("yes", YesNoOptions(), "en") == Accepted(True)
    assert YES_NO.check(False, YesNoOptions(), "en") == Accepted(False)
    assert isinstance(YES_NO.check("perhaps", YesNoOptions(), "en"), Rejected)
    assert isinstance(YES_NO.check(1, YesNoOptions(), "en"), Rejected)


def test_answers_are_shown_in_the_readers_language() -> None:
    assert [YES_NO.show(True, YesNoOptions(), language) for language in LANGUAGES] == ["Yes", "Ja", "Sí", "Oui"]
    assert YES_NO.show(None, YesNoOptions(), "en") == ""


def test_a_label_in_a_language_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="not a language"):
        YesNoOptions.model_validate({"yes": {"english": "Sure"}})
    with pytest.raises(ValidationError, match="at least one language"):
        YesNoOptions.model_validate({"yes": {}})


@pytest.mark.parametrize(
    "text",
    ["yes", "I agree", "ja, gerne", "sí", "d'accord", "👍", "yes, perfect, thank you", "ja, danke", "sure, thanks"],
)
def test_a_clear_yes_is_consent(text: str) -> None:
    assert CONSENT.read(text, ConsentOptions(), reading()) == Accepted(True)


@pytest.mark.parametrize("text", ["sure why not", "von mir aus", "meinetwegen", "perfect, thank you"])
def test_what_is_no_consent_may_still_be_a_yes(text: str) -> None:
    assert YES_NO.read(text, YesNoOptions(), reading()) == Accepted(True)


@pytest.mark.parametrize("text", ["no", "not now", "lieber nicht", "non merci", "👎"])
def test_any_no_is_a_refusal(text: str) -> None:
    assert CONSENT.read(text, ConsentOptions(), reading()) == Accepted(False)


@pytest.mark.parametrize(
    "text",
    [
        *("why not", "I guess so", "maybe", "nice", "what for?", "yes but no", "", "ada@example.com", "von mir aus"),
        *("sure why not", "meinetwegen", "perfect, thank you", "Danke, super!", "merci, parfait", "gracias, perfecto"),
    ],
)
def test_a_shrug_is_no_consent_and_is_asked_again(text: str) -> None:
    outcome = CONSENT.read(text, ConsentOptions(), reading())
    assert isinstance(outcome, Rejected)
    assert outcome.code == "unclear_consent"


def test_consent_from_a_button_or_an_import_is_taken_as_it_is() -> None:
    assert CONSENT.check("yes", ConsentOptions(), "en") == Accepted(True)
    assert CONSENT.check(False, ConsentOptions(), "en") == Accepted(False)
    assert isinstance(CONSENT.check("why not", ConsentOptions(), "en"), Rejected)
    assert CONSENT.show(False, ConsentOptions(no="Please don't"), "en") == "Please don't"
    assert CONSENT.input(ConsentOptions(), "de").options[0].label == "Ja"


@pytest.mark.parametrize(
    "text",
    [
        "yes, but only by e-mail",
        "yes if it is free",
        "ja, aber nur per Mail",
        "sí, pero solo por correo",
        "oui, sauf le soir",
    ],
)
def test_a_yes_with_a_condition_is_asked_again_for_consent(text: str) -> None:
    assert isinstance(CONSENT.read(text, ConsentOptions(), reading()), Rejected)


@pytest.mark.parametrize("text", ["but of course", "ja, aber gerne", "mais oui", "aber ja"])
def test_a_but_that_stresses_the_yes_is_no_condition(text: str) -> None:
    assert CONSENT.read(text, ConsentOptions(), reading()) == Accepted(True)
