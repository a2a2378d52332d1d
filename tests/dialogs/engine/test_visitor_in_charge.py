"""Back, skip, repeat, why, stop, start over, a person, corrections, side questions: at any question."""

import pytest

from dialogs.facts import FactKind
from dialogs.state import Status
from tests.dialogs.engine.scripts import GUIDE, script
from tests.talk import Talk


def at_team_size() -> Talk:
    talk = Talk.of(GUIDE)
    talk.presses("Yes, please")
    for line in ("Ada", "ada@example.com", "yes"):
        talk.says(line)
    assert talk.last.text == "How many people would use it?"
    return talk


def test_back_asks_the_question_before_and_going_on_asks_nothing_twice() -> None:
    talk = at_team_size()
    assert talk.says("go back").endswith("May we write to you now and then?")
    assert talk.says("back").endswith("Where shall it go, Ada?")
    assert talk.says("grace@example.org").endswith("How many people would use it?")
    assert talk.answers["email"] == "grace@example.org"
    assert talk.here.consents["keep_in_touch"].given


def test_back_at_the_first_question_says_so() -> None:
    talk = Talk.of(GUIDE)
    assert talk.says("back").startswith("This is the first question")


def test_repeat_asks_again_without_counting_an_attempt() -> None:
    talk = at_team_size()
    assert talk.says("can you repeat that?") == "How many people would use it?"
    assert talk.here.attempts == 0


def test_why_is_answered_with_the_fields_own_reason() -> None:
    talk = Talk.of(GUIDE)
    talk.presses("Yes, please")
    talk.says("Ada")
    assert talk.says("why do you ask?") == "It is where the guide goes.\nWhere shall it go, Ada?"


def test_stop_is_silence_until_the_visitor_writes_again() -> None:
    talk = at_team_size()
    talk.says("stop")
    assert talk.here.status is Status.STOPPED
    assert talk.says("hello again").endswith("How many people would use it?")
    talk.says("20")
    assert talk.answers["team_size"] == 20


def test_asking_for_a_person_brings_one_in_and_says_how_they_will_reach_the_visitor() -> None:
    talk = at_team_size()
    reply = talk.says("A person, please!")
    assert "ada@example.com" in reply and reply.endswith("How many people would use it?")
    assert [(one.to, one.reason) for one in talk.handoffs] == [("sales", "asked")]
    talk.says("can I talk to a human")
    assert len(talk.handoffs) == 1


@pytest.mark.parametrize(
    "words",
    ["sorry, I meant grace@example.org", "oh no, I meant: grace@example.org", "change my email to grace@example.org"],
)
def test_a_correction_changes_the_earlier_answer_and_stays_at_the_open_question(words: str) -> None:
    talk = at_team_size()
    reply = talk.says(words)
    assert "grace@example.org" in reply and reply.endswith("How many people would use it?")
    assert talk.answers["email"] == "grace@example.org"
    assert any(fact.kind is FactKind.CORRECTED for fact in talk.turns[-1].facts)


def test_a_corrected_number_recalculates_points_and_forgets_what_only_the_old_path_asked() -> None:
    talk = at_team_size()
    talk.says("80")
    talk.says("Salesforce")
    assert talk.last.text == "When would you like to start?"
    assert talk.here.fit == 30
    reply = talk.says("sorry, I meant 8 people")
    assert reply.endswith("When would you like to start?")
    assert talk.answers["team_size"] == 8
    assert "crm" not in talk.answers
    assert talk.here.fit == 0
    change = talk.turns[-1].lead
    assert change is not None and change.forgotten == ("crm",) and change.receipts_withdrawn == ("fit.1",)


def test_a_correction_that_opens_a_new_path_asks_its_questions_then_goes_on() -> None:
    talk = at_team_size()
    talk.says("8")
    assert talk.last.text == "When would you like to start?"
    reply = talk.says("sorry, I meant 80")
    assert "enterprise plan" in reply and reply.endswith("Which CRM do you have now?")
    assert talk.says("none yet").endswith("When would you like to start?")


def test_a_bare_actually_belongs_to_the_open_question_when_it_fits() -> None:
    talk = at_team_size()
    talk.says("actually, 12")
    assert talk.answers["team_size"] == 12


def test_pressing_an_old_button_again_changes_nothing_and_another_old_button_corrects() -> None:
    text = script(
        "- ask: a\n- ask: b\n- end: Bye",
        fields="a: {type: choice, label: A, options: {x: Ex, y: Why}}\nb: {type: number, label: B}",
    )
    talk = Talk.of(text)
    talk.says("Ex", "x", "ask.a")
    assert talk.says("Ex", "x", "ask.a") == ""
    assert talk.answers == {"a": "x"}
    assert talk.says("Why", "y", "ask.a").endswith("B?")
    assert talk.answers == {"a": "y"}


def test_a_side_question_is_answered_and_the_open_question_asked_again() -> None:
    talk = at_team_size()
    reply = talk.says("do you have a free plan?")
    assert reply == "Yes, for teams of up to three.\nHow many people would use it?"
    assert talk.here.attempts == 0


def test_a_question_nobody_prepared_is_owned_up_to_and_recorded() -> None:
    talk = at_team_size()
    reply = talk.says("what colour is your logo?")
    assert reply.startswith("I don't know that") and reply.endswith("How many people would use it?")
    assert any(f.kind is FactKind.SIDE_QUESTION and f.detail == "unanswered" for f in talk.turns[-1].facts)


def test_start_over_asks_from_the_top() -> None:
    talk = at_team_size()
    assert talk.says("start over").endswith("Shall I send you the guide?")
    talk.presses("Yes, please")
    assert talk.last.text == "What may I call you?"


def test_after_the_end_the_bot_offers_to_start_again_and_still_takes_corrections() -> None:
    talk = at_team_size()
    talk.says("8")
    talk.says("just looking")
    assert talk.here.status is Status.ENDED
    assert talk.says("hm").startswith("We have been through everything")
    assert "grace@example.org" in talk.says("sorry, I meant grace@example.org")
    assert talk.here.status is Status.ENDED
    assert talk.answers["email"] == "grace@example.org"
    talk.says("hm")
    assert talk.presses("Start again").endswith("Shall I send you the guide?")


def test_a_scripts_own_words_win() -> None:
    more = """patterns:
  person: {phrases: [beam me up], say: Somebody is coming., go: contact}
  restart: {off: true}
"""
    text = script(
        "- ask: n\n- end: Bye\n- step: contact\n  end: Contact", fields="n: {type: number, label: N}", more=more
    )
    talk = Talk.of(text)
    assert talk.says("Beam me up!") == "Somebody is coming.\nContact"
    assert "Start again" not in [one.label for one in talk.choices]


def test_a_buttons_label_is_an_answer_even_when_it_is_also_a_wish() -> None:
    text = script("- ask: a\n- end: Bye", fields="a: {type: choice, label: A, options: {n: Next, s: Stop}}")
    talk = Talk.of(text)
    talk.says("stop")
    assert talk.answers == {"a": "s"}
