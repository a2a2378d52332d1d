"""Answering: taken, doubted, asked again with a reason, given up on kindly."""

from dialogs.facts import FactKind
from dialogs.state import Status
from tests.dialogs.engine.scripts import GUIDE, script
from tests.talk import Talk


def begun() -> Talk:
    talk = Talk.of(GUIDE)
    talk.presses("Yes, please")
    return talk


def test_a_whole_conversation_ends_with_every_answer_normalised() -> None:
    talk = begun()
    assert talk.says("I'm Ada") == "Where shall it go, Ada?"
    talk.says("ada@Example.COM")
    talk.presses("Yes")
    talk.says("about 80 people")
    talk.says("Salesforce")
    assert talk.says("the first one") == "I am calling a colleague.\nEnjoy the guide, Ada!" or talk.here.fit == 60
    assert talk.answers == {
        "first_name": "Ada", "email": "ada@example.com", "team_size": 80, "crm": "Salesforce", "timeline": "now",
    }  # fmt: skip
    assert talk.here.consents["keep_in_touch"].given
    assert talk.here.status is Status.ENDED


def test_an_answer_that_is_not_understood_is_asked_again_with_a_reason() -> None:
    talk = begun()
    talk.says("Ada")
    reply = talk.says("not an address")
    assert "@" in reply or "e-mail" in reply.lower()
    assert talk.last.input is not None and talk.last.input.kind == "email"
    assert talk.here.attempts == 1
    assert any(fact.kind is FactKind.INVALID and fact.detail.startswith("email:") for fact in talk.turns[-1].facts)


def test_after_the_last_attempt_the_way_out_is_taken() -> None:
    talk = begun()
    talk.says("Ada")
    talk.says("nope one")
    talk.says("nope two")
    assert talk.says("nope three") == "Another time, then."
    assert talk.here.status is Status.ENDED


def test_without_a_way_out_the_field_stays_open_and_the_talk_goes_on() -> None:
    talk = Talk.of(script("- ask: n\n  attempts: 2\n- end: Bye", fields="n: {type: number, label: Number}"))
    talk.says("dunno")
    assert talk.says("no idea") == "Let's leave that for now.\nBye"
    assert talk.answers == {}


def test_a_doubtful_address_is_asked_about_once_and_the_suggestion_can_be_taken() -> None:
    talk = begun()
    talk.says("Ada")
    reply = talk.says("ada@gmial.com")
    assert "ada@gmail.com" in reply + str(talk.choices)
    talk.says("yes")
    assert talk.answers["email"] == "ada@gmail.com"


def test_a_visitor_who_insists_on_a_doubtful_address_is_believed() -> None:
    talk = begun()
    talk.says("Ada")
    talk.says("ada@gmial.com")
    talk.says("ada@gmial.com")
    assert talk.answers["email"] == "ada@gmial.com"


def test_a_doubt_can_be_answered_with_yet_another_address() -> None:
    talk = begun()
    talk.says("Ada")
    talk.says("ada@gmial.com")
    talk.says("ada@example.org")
    assert talk.answers["email"] == "ada@example.org"


def test_a_button_and_its_words_are_the_same_answer() -> None:
    for answer in ("now", "This month", "this month!", "1", "the first"):
        talk = begun()
        for line in ("Ada", "ada@example.com", "yes", "10"):
            talk.says(line)
        talk.says(answer)
        assert talk.answers["timeline"] == "now", answer


def test_known_answers_are_not_asked_again() -> None:
    from dialogs.events import Profile

    talk = Talk.of(GUIDE, profile=Profile(answers={"first_name": "Ada", "email": "ada@example.com", "alien": 1}))
    assert talk.presses("Yes, please") == "May we write to you now and then?"
    assert talk.answers == {"first_name": "Ada", "email": "ada@example.com"}


def test_an_optional_question_may_be_skipped_and_others_not() -> None:
    talk = begun()
    assert talk.says("skip") == "I can't go on without this one, sorry.\nWhat may I call you?"
    for line in ("Ada", "ada@example.com", "yes", "200"):
        talk.says(line)
    assert talk.last.input is not None and talk.last.input.optional
    assert "When would you like to start?" in talk.says("skip")
    assert "crm" not in talk.answers


def test_only_a_clear_yes_is_consent() -> None:
    for word, given in (("yes please", True), ("no", False), ("hmm maybe", None)):
        talk = begun()
        for line in ("Ada", "ada@example.com", word):
            talk.says(line)
        record = talk.here.consents.get("keep_in_touch")
        assert (record.given if record else None) is given, word
    talk.says("still not sure")
    assert talk.here.consents["keep_in_touch"].given is False


def test_quick_messages_count_as_one_answer_where_the_script_says_so() -> None:
    text = script("- ask: story\n  gather: 4 seconds\n- end: Thanks", fields="story: {type: text, label: Story}")
    talk = Talk.of(text)
    assert talk.says("We sell shoes") == ""
    assert talk.says("and boots") == ""
    assert talk.waits() == "Thanks"
    assert talk.answers["story"] == "We sell shoes\nand boots"


def test_a_very_long_message_is_refused_kindly_and_the_question_stays() -> None:
    talk = begun()
    assert "fewer words" in talk.says("x" * 5000)
    talk.says("Ada")
    assert talk.answers["first_name"] == "Ada"


def test_a_german_visitor_is_asked_in_german_and_understood() -> None:
    talk = Talk.of(GUIDE, language="de-AT")
    assert talk.last.text == "Soll ich Ihnen den Leitfaden schicken?"
    assert talk.says("ja bitte") == "Wie darf ich Sie nennen?"
    assert talk.here.region == "AT"
