"""Commands that every channel has: done whatever is being asked, and never taken for an answer."""

import pytest

from dialogs.desk.acts import Claim, Join
from dialogs.desk.people import Rep
from dialogs.effects import HandOff
from dialogs.engine import take_turn
from dialogs.events import VisitorCorrected, VisitorSaid
from dialogs.facts import FactKind
from dialogs.state import Status
from tests.dialogs.engine.scripts import GUIDE, script
from tests.talk import Talk, spoken

ANNA = Rep(key="anna", name="Anna Berg")
MORE = "languages: [en, de]\n"


def at_name(language: str = "en") -> Talk:
    talk = Talk.of(GUIDE, language=language)
    talk.presses("Yes, please" if language == "en" else "Ja, bitte")
    return talk


def test_stop_stops_in_any_language_and_is_no_answer() -> None:
    talk = at_name("de")
    assert talk.says("/stop", "wish.stop").startswith("In Ordnung, ich höre hier auf.")
    assert (talk.here.status, talk.answers) == (Status.STOPPED, {})


def test_a_person_is_brought_in() -> None:
    talk = at_name()
    talk.says("/human", "wish.person")
    assert [one.reason for one in talk.handoffs] == ["asked"]


@pytest.mark.parametrize("key", ["wish.", "wish.fly", "wish.person ", "my_data2", "forget_me.maybe"])
def test_a_key_that_is_no_command_does_nothing_of_the_kind(key: str) -> None:
    talk = at_name()
    talk.says("", key)
    assert (talk.here.status, talk.handoffs) == (Status.ASKING, [])


def test_the_open_question_is_put_again_on_wish_and_an_ended_chat_begins_anew() -> None:
    talk = at_name()
    assert talk.says("/start", "wish.repeat") == "What may I call you?"
    short = Talk.of(script("- say: Hello\n- end: Bye"))
    assert short.here.status is Status.ENDED
    assert short.says("/start", "wish.repeat").endswith("Hello\nBye")


@pytest.mark.parametrize("words", ["de", "Deutsch", "german"])
def test_another_language_is_spoken(words: str) -> None:
    talk = at_name()
    assert talk.says(f"/language {words}", f"language:{words}").startswith("Gern auf Deutsch.")
    assert talk.here.language == "de"


def test_which_language_is_asked_where_none_is_named() -> None:
    talk = at_name()
    assert talk.says("/language", "language:") == "Which language would you like?"
    assert talk.presses("Deutsch").startswith("Gern auf Deutsch.")


def test_visitors_see_what_they_have_told() -> None:
    talk = at_name()
    assert talk.says("/mydata", "my_data") == "You haven't told me anything about yourself here yet."
    talk.says("Ada")
    talk.says("ada@example.com")
    assert talk.says("/mydata", "my_data").splitlines()[1:] == ["First name: Ada", "E-mail: ada@example.com"]
    assert talk.says("yes").endswith("How many people would use it?")


def test_to_be_forgotten_is_asked_back_and_can_be_left() -> None:
    talk = at_name()
    assert talk.says("/forgetme", "forget_me").startswith("Shall I erase everything we have about you")
    assert talk.presses("No, keep it") == "All right, nothing was erased.\nWhat may I call you?"


def test_whoever_is_sure_where_nothing_can_be_erased_at_once_is_passed_on_to_people() -> None:
    talk = at_name()
    talk.says("/forgetme", "forget_me")
    assert talk.presses("Yes, erase it all").startswith("That is your right")
    assert [one.reason for one in talk.effects(HandOff)] == ["Asks about their data, or to have it deleted"]


def talking() -> Talk:
    talk = at_name()
    talk.says("/human", "wish.person")
    talk.goes_to()
    talk.rep(ANNA, Claim())
    talk.rep(ANNA, Join())
    return talk


def test_stop_ends_a_talk_with_a_person_too() -> None:
    talk = talking()
    assert talk.says("/stop", "wish.stop").startswith("All right, I'll stop here.")
    assert talk.here.status is Status.STOPPED
    assert talk.history[-1] == "gave_back"


@pytest.mark.parametrize(
    ("said", "key"), [("/human", "wish.person"), ("/help", "wish.help"), ("/start", "wish.repeat")]
)
def test_other_commands_are_left_to_the_person_who_talks(said: str, key: str) -> None:
    talk = talking()
    assert talk.says(said, key) == ""
    assert talk.here.status is Status.TALKING


# Messages that were changed.


def changes(talk: Talk, text: str, step: str) -> str:
    talk.clock.pass_(seconds=1)
    return spoken(talk.take(VisitorCorrected(at=talk.clock(), text=text, step=step)))


def test_an_answer_whose_message_was_changed_is_corrected() -> None:
    talk = at_name()
    step = talk.last.step
    talk.says("Adda")
    assert changes(talk, "Ada", step).endswith("Where shall it go, Ada?")
    assert talk.answers == {"first_name": "Ada"}
    assert (FactKind.CORRECTED.value, "first_name") in talk.facts


def test_a_refused_answer_that_was_changed_is_read_again() -> None:
    talk = at_name()
    talk.says("Ada")
    step = talk.last.step
    talk.says("ada@example")
    changes(talk, "ada@example.com", step)
    assert talk.answers["email"] == "ada@example.com"


def test_a_choice_of_a_menu_whose_message_was_changed_is_made_anew() -> None:
    talk = Talk.of(
        script(
            "- say: Which?\n  choices: [Demo: {go: a}, Prices: {go: b}]\n- step: a\n  say: The demo.\n  choices: [Fine]\n- step: b\n  say: The prices.\n  choices: [Fine]"
        )
    )
    step = talk.last.step
    talk.says("demo")
    assert changes(talk, "prices", step) == "The prices."


@pytest.mark.parametrize(("text", "step"), [("Ada", "first_name"), ("", "first_name"), ("x", "nowhere"), ("x", "")])
def test_a_change_that_says_nothing_new_changes_nothing(text: str, step: str) -> None:
    talk = at_name()
    asked = talk.last.step
    talk.says("Ada")
    before = talk.here
    assert changes(talk, text, asked if step == "first_name" else step) == ""
    assert talk.here.answers == before.answers


def test_a_change_is_left_to_the_person_who_talks() -> None:
    talk = talking()
    assert changes(talk, "Ada", talk.here.step) == ""
    assert talk.shown
    assert talk.answers == {}


def test_commands_are_the_same_however_often_they_are_decided() -> None:
    talk = at_name()
    event = VisitorSaid(at=talk.clock(), text="/mydata", choice="my_data")
    assert take_turn(talk.script, talk.here, event) == take_turn(talk.script, talk.here, event)
