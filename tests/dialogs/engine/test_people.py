"""What a kind, competent person at the door would do: greet, thank, understand a "don't know", keep what is told."""

import re

import pytest

from dialogs import phrases
from dialogs.language.plain_words import plain_words
from dialogs.state import Status
from dialogs.wishes import Wish, read_wish
from tests.dialogs.engine.scripts import GUIDE, script
from tests.talk import Talk, script_of

SIZES = "n: {type: number, label: {en: Team size, de: 'Personen, die es nutzen'}}\n"
MORE = "languages: [en, de]\n"


def at_team_size(language: str = "en") -> Talk:
    talk = Talk.of(GUIDE, language=language)
    talk.presses("Yes, please" if language == "en" else "Ja, bitte")
    for line in ("Ada", "ada@example.com", "yes" if language == "en" else "ja"):
        talk.says(line)
    return talk


@pytest.mark.parametrize(
    ("words", "reply"),
    [("hi", "Hello!"), ("Thanks a lot!", "You're welcome!"), ("are you a robot?", "I'm Mia, an automated assistant.")],
)
def test_small_talk_is_met_kindly_and_costs_no_attempt(words: str, reply: str) -> None:
    talk = at_team_size()
    answer = talk.says(words)
    assert answer.startswith(reply) and answer.endswith("How many people would use it?")
    assert talk.here.attempts == 0


def test_thanks_after_the_end_are_not_an_offer_to_start_again() -> None:
    talk = at_team_size()
    talk.says("8")
    talk.says("just looking")
    assert talk.says("thank you!") == "You're welcome!"
    assert talk.here.status is Status.ENDED


@pytest.mark.parametrize("words", ["idk", "no idea", "not sure yet", "we haven't decided yet"])
def test_somebody_who_does_not_know_is_helped_not_corrected(words: str) -> None:
    talk = at_team_size()
    assert talk.says(words) == "That's all right, a rough guess is enough.\nHow many people would use it?"


def test_somebody_who_would_rather_not_say_skips_what_may_be_skipped_and_hears_why_else() -> None:
    talk = Talk.of(GUIDE)
    talk.presses("Yes, please")
    talk.says("Ada")
    answer = talk.says("I don't want to give you my email")
    assert answer == "I understand. It is where the guide goes.\nWhere shall it go, Ada?"
    optional = script("- {ask: n, optional: true}\n- end: Bye", fields="n: {type: number, label: N}")
    assert Talk.of(optional).says("no idea").endswith("Bye")


def test_nothing_said_to_an_optional_free_question_is_no_answer() -> None:
    text = script("- {ask: t, optional: true}\n- end: Bye", fields="t: {type: text, label: Questions}")
    talk = Talk.of(text)
    assert talk.says("no, thanks").endswith("Bye")
    assert talk.answers == {}


def test_an_address_told_with_the_name_is_kept_and_not_asked_for_again() -> None:
    for words in ("Sam, sam@acme.io", "I'm Sam and my email is sam@acme.io"):
        talk = Talk.of(GUIDE)
        talk.presses("Yes, please")
        assert talk.says(words) == "May we write to you now and then?", words
        assert talk.answers == {"first_name": "Sam", "email": "sam@acme.io"}


def test_an_address_told_at_a_menu_is_kept() -> None:
    talk = Talk.of(GUIDE)
    assert talk.says("mary@acme.com").startswith("Thank you, I've noted mary@acme.com.")
    talk = Talk.of(GUIDE)
    talk.says("yes please send it to mary@acme.com")
    assert talk.answers == {"email": "mary@acme.com"}


def test_the_contact_that_is_asked_for_with_a_person_is_kept() -> None:
    text = script(
        "- ask: n\n- ask: phone\n- end: Bye",
        fields="n: {type: number, label: N, max: 1000}\nphone: {type: phone, label: Phone}",
    )
    talk = Talk.of(text)
    talk.says("a person please")
    assert "noted" in talk.says("+1 202 555 0143")
    assert talk.answers == {"phone": "+12025550143"}


def test_an_answer_right_after_a_stop_is_taken() -> None:
    talk = Talk.of(GUIDE)
    talk.presses("Yes, please")
    talk.says("Ada")
    talk.says("stop")
    assert talk.says("ok here it is: ada@acme.com") == "May we write to you now and then?"
    assert talk.answers["email"] == "ada@acme.com"


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_whatever_the_bot_tells_people_to_say_is_understood(language: str) -> None:
    ready = script_of(GUIDE)
    for key in ("help", "unanswered", "small_identity"):
        for quoted in re.findall(r"[\"„«]\s?(.*?)\s?[\"“»]", phrases.say(key, language, name="Mia")):
            if "…" not in quoted:
                assert read_wish(ready, plain_words(quoted)) is Wish.PERSON, quoted


@pytest.mark.parametrize(
    "words",
    [
        "einen Menschen, bitte", "Ich will mit einem Menschen sprechen", "kann ich mit jemandem reden?", "real human please",
        "can you connect me to someone from sales", "quiero hablar con una persona", "je voudrais parler à un conseiller",
    ],
)  # fmt: skip
def test_people_ask_for_people_in_many_ways(words: str) -> None:
    talk = at_team_size()
    talk.says(words)
    assert len(talk.handoffs) == 1


@pytest.mark.parametrize(
    "words",
    ["why do you need my number", "what's that for?", "Why would you want to know that?", "wozu braucht ihr das?"],
)
def test_why_is_asked_in_many_ways(words: str) -> None:
    talk = Talk.of(GUIDE)
    talk.presses("Yes, please")
    talk.says("Ada")
    assert talk.says(words).startswith("It is where the guide goes.")


def test_why_at_a_consent_tells_the_truth() -> None:
    talk = Talk.of(GUIDE)
    talk.presses("Yes, please")
    talk.says("Ada")
    talk.says("ada@example.com")
    assert talk.says("why?").startswith("We only do that with your yes")


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("meine E-Mail hat sich geändert: j@mueller.at", "email", "j@mueller.at"),
        ("ich habe mich vertan, meine Adresse ist j@mueller.at", "email", "j@mueller.at"),
        ("bitte ändern Sie meine E-Mail auf j@mueller.at", "email", "j@mueller.at"),
        ("ich meinte j@mueller.at", "email", "j@mueller.at"),
        ("falscher Name. Grace", "first_name", "Grace"),
    ],
)
def test_corrections_in_german(words: str, field: str, value: str) -> None:
    talk = at_team_size("de")
    talk.says(words)
    assert talk.answers[field] == value


def test_a_wrong_name_is_not_part_of_the_name() -> None:
    talk = Talk.of(GUIDE)
    talk.presses("Yes, please")
    talk.says("Robert")
    assert talk.says("Sorry, wrong name. Grace.").endswith("Where shall it go, Grace?")


def test_a_correction_names_its_field_by_any_word_of_the_label() -> None:
    text = script(
        "- ask: people\n- ask: hours\n- ask: cost\n- ask: last\n- end: Bye",
        fields="people: {type: number, label: 'Personen, die übertragen'}\nhours: {type: number, label: Stunden im Monat}\n"
        "cost: {type: number, label: Kosten}\nlast: {type: yes_no, label: Last}",
    )
    talk = Talk.of(text)
    for line in ("10", "3", "40"):
        talk.says(line)
    talk.says("I meant 20 Personen")
    talk.says("I meant 5 Stunden")
    assert talk.answers == {"people": 20, "hours": 5, "cost": 40}


def test_a_visitor_may_ask_for_another_language() -> None:
    talk = Talk.of(GUIDE)
    assert talk.says("Können wir Deutsch sprechen?") == "Gern auf Deutsch.\nSoll ich Ihnen den Leitfaden schicken?"
    assert talk.says("en español, por favor").startswith("Das spreche ich hier leider nicht.")


def test_a_second_misunderstanding_puts_the_whole_question_again() -> None:
    talk = at_team_size()
    talk.says("purple")
    assert talk.says("purple").endswith("How many people would use it?")


def test_a_menu_that_is_not_understood_says_so_truthfully_and_only_once() -> None:
    talk = Talk.of(GUIDE)
    said = [talk.says("blah blah") for _ in range(9)]
    assert sum("asked a colleague" in one for one in said) == 1
    assert not any("you would like to talk to a person" in one for one in said)


def test_polite_words_around_a_question_do_not_hide_it() -> None:
    talk = at_team_size()
    assert talk.says("Could you first tell me if there is a free plan?").startswith("Yes, for teams of up to three.")
