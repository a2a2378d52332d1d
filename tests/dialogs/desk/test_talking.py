"""A person talks with the visitor: the bot is silent, nothing private leaks, and the talk goes on where it stood."""

from dataclasses import replace

import pytest

from dialogs.desk.acts import Claim, Fill, GiveBack, Join, Release, Revise, Speak
from dialogs.desk.people import Rep
from dialogs.desk.standing import Phase
from dialogs.effects import RepSay
from dialogs.events import HandoffRouted, RepDid, TimerElapsed, VisitorDid, VisitorReturned, VisitorSaid
from dialogs.state import Status
from tests.dialogs.desk.people import ANNA, BEN, FIELDS, IN_TURN, SALES, claimed, hot, talking
from tests.dialogs.engine.scripts import script
from tests.talk import Talk, script_of

BACK = "Anna Berg has left the chat; it's me again."


def test_whoever_speaks_first_has_it_and_the_visitor_sees_who_is_there_once() -> None:
    talk = hot(IN_TURN)
    assert talk.rep_says(BEN, "Hello Ada, this is Ben.") == ["Hello Ada, this is Ben."]
    assert talk.heard == "Ben Krause has joined the chat."
    assert [option.label for option in talk.choices] == ["Back to the bot"]
    assert (talk.desk.rep, talk.desk.phase, talk.here.status) == (BEN, Phase.TALKING, Status.TALKING)
    assert talk.rep_says(BEN, "How are you?") == ["How are you?"]
    assert talk.heard == ""
    assert talk.shown
    assert [fact for fact in talk.facts if fact[0] == "spoken"] == [("spoken", "ben")]
    assert [line for line in talk.history if "joined" in line or "spoke" in line] == [
        "Ben Krause joined",
        "Ben Krause spoke",
    ]


def test_words_carry_who_said_them() -> None:
    talk = talking()
    talk.rep(ANNA, Speak(text="Hello", reference="C1:1.2", in_thread=True))
    assert talk.effects(RepSay) == [RepSay(rep=ANNA, text="Hello", reference="C1:1.2", in_thread=True)]


def test_somebody_else_does_not_cut_in() -> None:
    talk = claimed()
    was = talk.desk
    assert talk.rep_says(BEN, "Me too") == []
    assert talk.whispers == ["Anna Berg has it already."]
    talk.rep(BEN, Join())
    assert talk.whispers == ["Anna Berg has it already."]
    assert talk.desk == was


def test_the_same_words_reach_the_visitor_once_and_empty_ones_never() -> None:
    talk = talking()
    talk.rep(ANNA, Speak(text="Hello", reference="1"))
    talk.rep(ANNA, Speak(text="Hello", reference="1"))
    talk.rep(ANNA, Speak(text="  ", reference="2"))
    assert talk.whispers == ["There was nothing written."]
    assert len(talk.effects(RepSay)) == 1


@pytest.mark.parametrize(
    "words",
    ["stop", "start over", "back", "skip", "help", "a person please", "is there a free plan?", "why?",
     "sorry, I meant 12", "auf Deutsch bitte", "Excel", "ada@example.com", "hi", ""],
)  # fmt: skip
def test_the_bot_is_silent_while_a_person_talks_whatever_is_said(words: str) -> None:
    talk = talking()
    answers = talk.answers
    assert talk.says(words) == ""
    assert talk.here.status is Status.TALKING
    assert talk.answers == answers
    assert talk.shown
    assert talk.desk.unanswered is bool(words)


def test_buttons_timers_and_acts_do_not_make_it_speak_either() -> None:
    talk = talking()
    for event in (
        VisitorSaid(at=talk.clock(), text="", choice="restart"),
        VisitorSaid(at=talk.clock(), text="Skip", choice="skip", step=talk.here.step),
        TimerElapsed(at=talk.clock(), name="wait"),
        TimerElapsed(at=talk.clock(), name="gather"),
        VisitorDid(at=talk.clock(), act="guide.opened"),
        VisitorReturned(at=talk.clock()),
    ):
        talk.take(event)
        assert talk.heard == ""
        assert talk.here.status is Status.TALKING


def test_a_rule_that_comes_true_meanwhile_speaks_afterwards() -> None:
    talk = talking()
    talk.rep(ANNA, Fill(field="start", text="This month"))
    talk.take(VisitorDid(at=talk.clock(), act="guide.opened"))
    assert talk.heard == ""
    talk.rep(ANNA, GiveBack())
    assert talk.says("Excel") == "I will hurry.\nE-mail?"
    talk.goes_to()
    assert talk.desk.reasons[-1] == "Wants to start now"


def test_giving_back_goes_on_at_the_very_step() -> None:
    talk = talking()
    talk.rep_says(ANNA, "What do you use?")
    talk.says("Excel, mostly")
    assert talk.rep(ANNA, GiveBack()) == f"{BACK}\nPresent CRM?"
    assert (talk.here.step, talk.here.status, talk.desk.phase) == ("ask.crm", Status.ASKING, Phase.CLAIMED)
    assert talk.timer("desk") is None
    assert talk.says("Excel") == "E-mail?"
    talk.rep(ANNA, GiveBack())
    assert talk.whispers == ["The bot is talking already."]
    assert talk.rep_says(ANNA, "One more thing") == ["One more thing"]
    assert talk.heard == "Anna Berg has joined the chat."


def test_only_who_talks_gives_back() -> None:
    talk = talking()
    talk.rep(BEN, GiveBack())
    assert talk.whispers == ["Anna Berg has it already."]
    assert talk.here.status is Status.TALKING


def test_what_the_person_filled_in_is_not_asked_again() -> None:
    talk = talking()
    talk.rep(ANNA, Fill(field="crm", text="Excel"))
    talk.rep(ANNA, Fill(field="mail", text="Ada@Example.com"))
    assert talk.heard == ""
    assert talk.rep(ANNA, GiveBack()) == f"{BACK}\nStart?"
    assert talk.answers["mail"] == "Ada@example.com"
    assert talk.here.trail[-1] == "ask.start"


def test_what_was_forgotten_again_is_asked() -> None:
    talk = talking()
    talk.rep(ANNA, Fill(field="crm", text="Excel"))
    talk.rep(ANNA, Fill(field="crm", text=""))
    assert talk.rep(ANNA, GiveBack()) == f"{BACK}\nPresent CRM?"


def test_a_question_asked_again_by_the_visitors_wish_stays_open() -> None:
    talk = claimed()
    talk.says("back")
    talk.rep(ANNA, Join())
    assert talk.rep(ANNA, GiveBack()) == f"{BACK}\nTeam size?"
    talk.rep(ANNA, Join())
    talk.rep(ANNA, Fill(field="size", text="90"))
    assert talk.rep(ANNA, GiveBack()) == f"{BACK}\nPresent CRM?"
    assert talk.answers["size"] == 90


def test_the_last_answer_filled_in_ends_the_script() -> None:
    talk = talking()
    for field, text in (("crm", "Excel"), ("mail", "ada@example.com"), ("start", "later")):
        talk.rep(ANNA, Fill(field=field, text=text))
    assert talk.rep(ANNA, GiveBack()) == f"{BACK}\nThank you, Ada!"
    assert talk.here.status is Status.ENDED


def test_a_talk_after_the_end_is_given_back_without_a_question() -> None:
    talk = hot(IN_TURN)
    for line in ("Excel", "ada@example.com", "later"):
        talk.says(line)
    talk.rep_says(ANNA, "Hello")
    assert talk.says("Hello!") == ""
    assert talk.rep(ANNA, GiveBack()) == BACK
    assert talk.here.status is Status.ENDED


def test_a_visitor_who_had_said_stop_is_not_asked_again() -> None:
    talk = claimed()
    talk.says("stop")
    talk.rep_says(ANNA, "May I?")
    assert talk.rep(ANNA, GiveBack()) == BACK
    assert talk.here.status is Status.STOPPED
    talk.rep(ANNA, Join())
    assert talk.presses("Back to the bot").endswith("Present CRM?"), "now they wish it"


@pytest.mark.parametrize("words", ["back to the bot", "Zurück zum Bot, bitte", "volver al bot", "revenir au bot"])
def test_the_visitor_can_leave_the_person_in_words(words: str) -> None:
    talk = talking()
    assert talk.says(words) == "All right, it's me again. Anna Berg has been told.\nPresent CRM?"
    assert (talk.desk.phase, talk.desk.rep) == (Phase.CLAIMED, ANNA)
    assert talk.history[-1] == "gave_back"
    assert talk.shown
    assert ("gave_back", "visitor") in talk.facts


def test_the_visitor_can_leave_the_person_by_the_button_once() -> None:
    talk = talking()
    assert talk.presses("Back to the bot").startswith("All right, it's me again.")
    assert talk.says("Back to the bot", choice="leave_person") == ""
    assert talk.here.step == "ask.crm" and "crm" not in talk.answers
    assert talk.says("back to the bot") == "I'm here.\nPresent CRM?"


def test_edits_and_deletions_follow_but_nothing_private_gets_out_by_them() -> None:
    talk = talking()
    talk.rep(ANNA, Speak(text="12 euros", reference="1"))
    talk.rep(ANNA, Revise(reference="1", text="14 euros"))
    talk.rep(ANNA, Revise(reference="1"))
    said = [(one.text, one.revises) for one in talk.effects(RepSay)]
    assert said == [("12 euros", False), ("14 euros", True), ("", True)]
    talk.rep(ANNA, Revise(reference="2", text="They will never pay that"))
    assert talk.rep_words == []
    assert talk.whispers == ["That was not said to the visitor, or too long ago to be changed."]
    talk.rep(ANNA, GiveBack())
    talk.rep(ANNA, Revise(reference="1", text="15 euros"))
    assert talk.rep_words == ["15 euros"]
    assert talk.heard == ""


def test_a_visitor_who_goes_is_told_of_and_welcomed_back() -> None:
    talk = talking()
    talk.leaves()
    assert talk.desk.left and talk.shown
    assert talk.history[-1] == "left"
    talk.leaves()
    assert not talk.shown
    talk.says("I am here again")
    assert not talk.desk.left
    assert talk.history[-1] == "returned"
    talk.leaves()
    talk.take(VisitorReturned(at=talk.clock()))
    assert not talk.desk.left


def test_nobody_is_promised_to_a_visitor_who_has_gone_but_words_wait_for_them() -> None:
    talk = hot(IN_TURN)
    talk.leaves()
    assert talk.rep(ANNA, Claim()) == ""
    assert talk.rep_says(ANNA, "Call me") == ["Call me"]
    assert talk.whispers == ["The visitor has gone; they will read it when they come back."]


def test_leaving_is_nothing_to_a_conversation_without_people() -> None:
    talk = Talk.of(SALES)
    talk.leaves()
    assert talk.turns[-1].effects == ()
    assert talk.here.desk is None


def test_a_release_in_the_middle_of_a_talk_brings_the_bot_back() -> None:
    talk = talking()
    told = talk.rep(ANNA, Release())
    assert told.splitlines()[-1] == "Present CRM?"
    assert (talk.here.status, talk.desk.offered_to) == (Status.ASKING, BEN)


def test_a_wait_of_the_script_that_ends_meanwhile_is_over_afterwards() -> None:
    steps = "- ask: name\n- handoff: sales\n  because: Wants it\n- wait: 1 hour\n- ask: crm\n- end: Bye"
    talk = Talk.of(script(steps, fields=FIELDS))
    talk.says("Ada")
    talk.goes_to(IN_TURN)
    talk.rep_says(ANNA, "Hello")
    assert talk.rep(ANNA, GiveBack()) == BACK
    assert talk.here.status is Status.WAITING
    talk.rep_says(ANNA, "One more thing")
    talk.take(TimerElapsed(at=talk.clock(), name="wait"))
    assert talk.heard == ""
    assert talk.rep(ANNA, GiveBack()) == f"{BACK}\nPresent CRM?"


def test_quick_messages_that_were_being_gathered_are_read_afterwards() -> None:
    steps = (
        "- ask: name\n- handoff: sales\n  because: Wants it\n- ask: crm\n  gather: 3 seconds\n- ask: size\n- end: Bye"
    )
    talk = Talk.of(script(steps, fields=FIELDS))
    talk.says("Ada")
    talk.goes_to(IN_TURN)
    talk.says("Excel")
    talk.rep(ANNA, Join())
    talk.take(TimerElapsed(at=talk.clock(), name="gather"))
    assert talk.heard == ""
    talk.says("and paper")
    assert talk.rep(ANNA, GiveBack()) == f"{BACK}\nTeam size?"
    assert talk.answers["crm"] == "Excel"


def test_a_new_script_without_the_step_stops_neither_the_person_nor_the_bot() -> None:
    talk = talking()
    talk.script = script_of(SALES.replace("  - ask: crm\n", ""))
    assert talk.says("Hello?") == ""
    assert talk.rep_says(ANNA, "Yes!") == ["Yes!"]
    assert talk.rep(ANNA, GiveBack()) == f"{BACK}\nE-mail?"


def test_people_can_act_on_a_conversation_whose_step_is_gone() -> None:
    talk = hot(IN_TURN)
    talk.script = script_of(SALES.replace("  - ask: crm\n", ""))
    assert talk.rep(ANNA, Claim()) == "Anna Berg will be with you in a moment."
    talk.take(HandoffRouted(at=talk.clock(), handoff=2, to="sales", reason="asked", plan=IN_TURN))
    assert talk.desk.reasons == ("Large team", "asked")
    assert talk.says("ada@example.com") == "Start?"
    assert talk.shown


def test_a_rep_may_change_their_name_and_picture() -> None:
    talk = talking()
    newer = Rep(key="anna", name="Anna Berg-Klein")
    assert talk.rep_says(newer, "Hello") == ["Hello"]
    assert talk.effects(RepSay)[-1].rep == newer


def test_the_script_has_its_own_words_for_who_comes_in() -> None:
    talk = hot(more="patterns:\n  joined: {say: '{{ rep_name }} is here!'}\n  bot: {say: Me again.}\n")
    assert talk.rep(ANNA, Join()) == "Anna Berg is here!"
    assert talk.says("back to the bot") == "Me again.\nPresent CRM?"


def test_two_who_speak_at_once_are_one_who_speaks_and_one_who_is_told() -> None:
    talk = hot(replace(IN_TURN, reps=()))
    for rep in (ANNA, BEN):
        talk.take(RepDid(at=talk.clock(), handoff=1, rep=rep, act=Speak(text="Hi", reference=rep.key)))
    assert talk.desk.rep == ANNA
    assert [one.rep for one in talk.effects(RepSay)] == [ANNA]
    assert talk.whispers == ["Anna Berg has it already."]
