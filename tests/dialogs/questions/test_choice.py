"""Choices, as visitors and authors meet them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from dialogs.questions.base import LANGUAGES, Accepted, Outcome, Reading, Rejected
from dialogs.questions.choice import ChoiceOptions, ChoiceQuestion

CHOICE = ChoiceQuestion()
TIMELINE = {
    "now": {"en": "This month", "de": "Diesen Monat"},
    "quarter": {"en": "This quarter", "de": "Dieses Quartal"},
    "later": {
        "label": {"en": "Just looking", "de": "Ich sehe mich nur um"},
        "synonyms": ["no rush", "window shopping"],
    },
}
TEAM = ["Just me", "2-10", "11-50", "51 to 200", "200+"]
TOOLS = ["C", "C++", "Java", "JavaScript", "Python"]
TEAMS = ["Sales", "Marketing", "Customer support", "Support for partners"]
ANSWER = ["Yes, please", "No, thanks", "Not sure yet"]


def options(given: Any) -> ChoiceOptions:
    return ChoiceOptions.model_validate({"options": given})


def read(text: str, given: Any, language: str = "en") -> Outcome:
    return CHOICE.read(text, options(given), Reading(now=datetime(2026, 11, 22, tzinfo=UTC), language=language))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("now", "now"),
        ("This month", "now"),
        ("this MONTH!", "now"),
        ("diesen monat", "now"),
        ("window shopping", "later"),
        ("I think just looking", "later"),
        ("I am just looking around for now", "later"),
        ("looking", "later"),
        ("2", "quarter"),
        ("2.", "quarter"),
        ("option 2", "quarter"),
        ("#2", "quarter"),
        ("two", "quarter"),
        ("the second one", "quarter"),
        ("das zweite", "quarter"),
        ("the last one please", "later"),
        ("b", "quarter"),
        ("c)", "later"),
        ("jsut lookng", "later"),
        ("justlooking", "later"),
        ("quater", "quarter"),
        ("lookng", "later"),
        ("just look", "later"),
        ("loo", "later"),
        ("not this month, this quarter", "quarter"),
    ],
)
def test_an_option_is_recognised_however_it_is_named(text: str, key: str) -> None:
    assert read(text, TIMELINE) == Accepted(key)


@pytest.mark.parametrize(
    ("text", "given", "key"),
    [
        ("15", TEAM, "11_50"),
        ("about 30 people", TEAM, "11_50"),
        ("3", TEAM, "2_10"),
        ("1000", TEAM, "200_plus"),
        ("just me", TEAM, "just_me"),
        ("the second one", TEAM, "2_10"),
        ("15k", ["Under €10k", "€10k-€20k", "More than €20k"], "10k_20k"),
        ("c++", TOOLS, "c_plus_plus"),
        ("c", TOOLS, "c"),
        ("java script", TOOLS, "javascript"),
        ("java", TOOLS, "java"),
        ("not java, python", TOOLS, "python"),
        ("I work in sales", TEAMS, "sales"),
        ("customer suport", TEAMS, "customer_support"),
        ("yeah, sure", ANSWER, "yes_please"),
        ("nope", ANSWER, "no_thanks"),
        ("I'm not sure", ANSWER, "not_sure_yet"),
    ],
)
def test_labels_of_every_kind_are_understood(text: str, given: Any, key: str) -> None:
    assert read(text, given) == Accepted(key)


@pytest.mark.parametrize(
    ("text", "given", "code"),
    [
        ("this", TIMELINE, "several_options"),
        ("quarter or month", TIMELINE, "several_options"),
        ("200", TEAM, "several_options"),
        ("support", TEAMS, "several_options"),
        ("sales & marketing", TEAMS, "several_options"),
        ("not this month", TIMELINE, "which_then"),
        ("anything but this month", TIMELINE, "which_then"),
        ("not the first one", TIMELINE, "which_then"),
        ("diesen Monat nicht", TIMELINE, "which_then"),
        ("not looking", TIMELINE, "which_then"),
        ("quite " * 200, TIMELINE, "not_an_option"),
        ("x " * 300, TIMELINE, "not_an_option"),
        ("x " * 40, TIMELINE, "not_an_option"),
        ("between 3 and 9 or 4", ["2D or 3D", "Paper"], "not_an_option"),
        ("neither sales nor marketing", TEAMS, "which_then"),
        ("4", TIMELINE, "not_an_option"),
        ("d", TIMELINE, "not_an_option"),
        ("first or second", TIMELINE, "not_an_option"),
        ("how much does the sales plan cost?", TEAMS, "not_an_option"),
        ("banana", TIMELINE, "not_an_option"),
        ("", TIMELINE, "not_an_option"),
        ("???", TIMELINE, "not_an_option"),
    ],
)
def test_nothing_is_guessed(text: str, given: Any, code: str) -> None:
    outcome = read(text, given)
    assert isinstance(outcome, Rejected)
    assert outcome.code == code


DECIDING = ["I decide", "I prepare the decision", "I will use it"]
TALKING = ["Ich sehe lieber selbst", "Ich habe eine Frage", "Mit einem Menschen sprechen", "Ja, bitte"]
CUSTOMERS = ["Existing customer", "Partner", "E-mail", "Right now"]


@pytest.mark.parametrize(
    ("text", "given", "near"),
    [
        ("next month", TIMELINE, ["now"]),
        ("nächsten Monat", TIMELINE, ["now"]),
        ("last month", TIMELINE, ["now"]),
        ("in a month", TIMELINE, ["now"]),
        ("in 2 months", TIMELINE, ["now"]),
        ("this month or next", TIMELINE, ["now"]),
        ("next quarter", TIMELINE, ["quarter"]),
        ("I'm not looking, this month", TIMELINE, ["now"]),
        ("ich", TIMELINE, ["later"]),
        ("within 12 months", ["Within 6 months", "Later"], ["within_6_months"]),
        ("I'm the decision maker", DECIDING, ["i_decide", "i_prepare_the_decision"]),
        ("it's my decision", DECIDING, ["i_decide", "i_prepare_the_decision"]),
        ("I make the decision", DECIDING, ["i_decide", "i_prepare_the_decision"]),
        ("it", DECIDING, ["i_will_use_it"]),
        ("the", DECIDING, ["i_prepare_the_decision"]),
        ("with", DECIDING, []),
        ("ich", TALKING, ["ich_sehe_lieber_selbst", "ich_habe_eine_frage"]),
        ("habe eine Idee", TALKING, []),
        ("bitte", TALKING, ["ja_bitte"]),
        ("please", ANSWER, ["yes_please"]),
        ("thanks", ANSWER, ["no_thanks"]),
        ("5/5", ANSWER, []),
        ("50%", ANSWER, []),
        ("new customer", CUSTOMERS, ["existing_customer"]),
        ("phone or email or partner", CUSTOMERS, ["partner", "e_mail"]),
    ],
)
def test_what_only_touches_an_option_is_offered_but_never_chosen(text: str, given: Any, near: list[str]) -> None:
    outcome = read(text, given)
    assert isinstance(outcome, Rejected)
    assert [each.value for each in outcome.suggestions] == near


@pytest.mark.parametrize(
    ("text", "given", "key"),
    [
        ("students? no I decide", DECIDING, "i_decide"),
        ("students? no decide", DECIDING, "i_decide"),
        ("not me, I prepare", DECIDING, "i_prepare_the_decision"),
        ("decide", DECIDING, "i_decide"),
        ("I'd use it", DECIDING, "i_will_use_it"),
        ("einen Menschen, bitte", TALKING, "mit_einem_menschen_sprechen"),
        ("gerne", TALKING, "ja_bitte"),
        ("why not", ANSWER, "yes_please"),
        ("email", CUSTOMERS, "e_mail"),
        ("now", CUSTOMERS, "right_now"),
        ("no longer fits", ["Too many spreadsheets", "Our tool no longer fits"], "our_tool_no_longer_fits"),
    ],
)
def test_a_few_telling_words_are_enough(text: str, given: Any, key: str) -> None:
    assert read(text, given) == Accepted(key)


def test_near_misses_are_offered_by_their_labels() -> None:
    outcome = read("this", TIMELINE, "de")
    assert isinstance(outcome, Rejected)
    assert [(each.value, each.label) for each in outcome.suggestions] == [
        ("now", "Diesen Monat"),
        ("quarter", "Dieses Quartal"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reason_names_the_options(language: str) -> None:
    outcome = read("banana", ["Apples", "Pears"], language)
    assert isinstance(outcome, Rejected)
    assert "Apples" in outcome.reason
    assert "Pears" in outcome.reason


def test_a_long_list_is_not_read_out() -> None:
    outcome = read("banana", [f"Fruit number {number}" for number in range(100)])
    assert isinstance(outcome, Rejected)
    assert outcome.reason.endswith("…?")


def test_only_a_key_is_taken_from_elsewhere() -> None:
    assert CHOICE.check("now", options(TIMELINE), "en") == Accepted("now")
    for wrong in ("This month", "2", "", None, 1, ["now"]):
        assert isinstance(CHOICE.check(wrong, options(TIMELINE), "en"), Rejected)


def test_options_are_shown_in_the_visitors_language() -> None:
    shown = CHOICE.input(options(TIMELINE), "de").options
    assert [(option.key, option.label) for option in shown][2] == ("later", "Ich sehe mich nur um")
    assert CHOICE.show("now", options(TIMELINE), "fr") == "This month"
    assert CHOICE.show("gone", options(TIMELINE), "fr") == "gone"
    assert CHOICE.show(None, options(TIMELINE), "fr") == ""


def test_keys_are_made_from_labels_and_never_twice() -> None:
    made = options(
        ["Just looking!", "50+", "C", "C#", "…", {"en": "Later", "de": "Später"}, {"key": "x", "label": "Y"}]
    )
    assert made.keys == ("just_looking", "50_plus", "c", "c_4", "option_5", "later", "x")


def test_synonyms_may_be_given_by_language_and_count_in_all() -> None:
    given_options = {"now": {"label": "Now", "synonyms": {"de": ["sofort"], "fr": ["tout de suite"]}}, "later": "Later"}
    assert read("sofort", given_options, "fr") == Accepted("now")
    made = options(given_options)
    assert ChoiceOptions(options=made.options) == made


def test_a_label_without_the_visitors_language_is_shown_in_another() -> None:
    given_options = {"now": {"de": "Jetzt", "fr": "Maintenant"}}
    assert CHOICE.show("now", options(given_options), "es") == "Jetzt"
    assert CHOICE.show("now", options(given_options), "fr-CA") == "Maintenant"


def test_a_long_list_is_compared_but_not_interpreted() -> None:
    many = [f"{number} to {number + 1}" for number in range(0, 100, 2)]
    assert read("2 to 3", many) == Accepted("2_to_3")


def test_a_condition_is_kept_as_it_is_written() -> None:
    made = options({"big": {"label": "Enterprise", "when": "team_size >= 50"}, "small": None})
    assert made.options["big"].when == "team_size >= 50"
    assert made.options["small"].label == "small"


@pytest.mark.parametrize(
    "wrong", [[], {}, "now", 7, {"a": {"lable": "A"}}, {"a": ""}, [{"key": "a", "label": "A"}] * 2]
)
def test_options_that_make_no_sense_are_refused_when_the_script_is_loaded(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        options(wrong)


@settings(deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_survived_and_only_keys_come_out(text: str) -> None:
    for given_options in (TIMELINE, TEAM):
        outcome = read(text, given_options)
        assert isinstance(outcome, Rejected) or outcome.value in options(given_options).options


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=6, unique=True))
def test_every_label_of_any_list_names_its_own_option_or_none(labels: list[str]) -> None:
    made = options(labels)
    for key, label in zip(made.keys, labels, strict=True):
        outcome = CHOICE.read(label, made, Reading(now=datetime(2026, 11, 22, tzinfo=UTC)))
        assert outcome == Accepted(key) or isinstance(outcome, Rejected) or outcome.value == label


STRICT = ["1-10", "11-50", "51-200", "More than 200"]


@pytest.mark.parametrize(
    ("text", "given", "key"),
    [
        ("200", STRICT, "51_200"),
        ("201", STRICT, "more_than_200"),
        ("less than 10", STRICT, "1_10"),
        ("10-50", STRICT, "11_50"),
        ("solo", STRICT, "1_10"),
        ("not the first, the second", TIMELINE, "quarter"),
        ("not 1 but 2", TIMELINE, "quarter"),
        ("the 2", TIMELINE, "quarter"),
        ("two please", TIMELINE, "quarter"),
    ],
)
def test_numbers_at_the_edge_and_numbers_taken_back(text: str, given: Any, key: str) -> None:
    assert read(text, given) == Accepted(key)
