"""A visitor asks for a person: one alert, and each time an honest word on how it stands."""

from dataclasses import replace
from datetime import timedelta

from dialogs.desk.acts import Claim, Judge, Snooze, Verdict
from dialogs.effects import Link
from tests.dialogs.desk.people import ANNA, IN_TURN, SALES, hot
from tests.talk import Talk

TOLD = "I've told the team that you would like to talk to a person."
LEAVE = "So that they can reach you, please leave your e-mail address or phone number here."
ASK = "Present CRM?"


def test_asking_brings_people_in_once_and_each_asking_is_answered_truthfully() -> None:
    talk = Talk.of(SALES)
    assert talk.says("a person please").startswith(TOLD)
    assert talk.says("a person please").startswith(TOLD)
    assert [(one.to, one.reason) for one in talk.handoffs] == [("sales", "asked")]
    talk.goes_to(replace(IN_TURN, booking_url="https://cal.example.com"))
    looking = "The team knows, and I'm still looking for somebody who is free."
    assert talk.says("a person please").startswith(looking)
    talk.rings()
    talk.rings()
    talk.rings()
    assert talk.says("a person please").startswith(looking)
    talk.rings()
    assert talk.says("a person please").startswith("I'm sorry, nobody from the team is free at the moment.")
    asked = next(one for one in talk.turns[-1].effects if hasattr(one, "links") and one.links)
    assert asked.links == (Link("Book a meeting", "https://cal.example.com"),)
    talk.rep(ANNA, Claim())
    assert talk.says("a person please").startswith("Anna Berg knows and will see what you write here.")
    talk.rep(ANNA, Snooze(until=talk.clock() + timedelta(days=1)))
    assert talk.says("a person please").startswith("Anna Berg has your request and will come back to it.")
    assert len(talk.handoffs) == 1
    assert talk.shown


def test_asking_when_a_rule_has_called_already_adds_the_reason() -> None:
    talk = hot(IN_TURN)
    assert talk.says("a person please") == f"{TOLD} {LEAVE}\n{ASK}"
    assert len(talk.handoffs) == 2
    talk.goes_to(IN_TURN)
    assert talk.desk.reasons == ("Large team", "asked")
    assert talk.says("a person please").startswith("The team knows")
    assert len(talk.handoffs) == 2


def test_outside_business_hours_the_time_is_told_each_time_and_the_wish_for_an_address_once() -> None:
    talk = Talk.of(SALES)
    talk.says("Ada")
    assert LEAVE in talk.says("a person please")
    opens_at = talk.clock() + timedelta(hours=20)
    told = "The team is back tomorrow at 06:00 (UTC)."
    assert talk.goes_to(replace(IN_TURN, opens_at=opens_at.replace(minute=0, second=0))) == told
    assert talk.says("a person please").startswith(told)


def test_after_a_closed_one_people_can_be_asked_for_anew() -> None:
    talk = hot(IN_TURN)
    talk.says("a person please")
    talk.goes_to(IN_TURN)
    talk.rep(ANNA, Judge(verdict=Verdict.NO_ANSWER))
    assert talk.says("a person please").startswith(TOLD)
    assert talk.says("a person please").startswith(TOLD)
    assert len(talk.handoffs) == 3
    talk.goes_to(IN_TURN)
    assert (talk.desk.handoff, talk.desk.reasons, talk.desk.rep) == (3, ("asked",), None)
    assert len(set(talk.here.handoffs)) == len(talk.here.handoffs)


def test_the_scripts_own_words_are_said_first_and_then_the_truth() -> None:
    talk = hot(IN_TURN, more="patterns:\n  person: {say: I will get someone.}\n")
    assert talk.says("a person please") == f"I will get someone.\n{ASK}"
    talk.rep(ANNA, Claim())
    assert talk.says("a person please").startswith("Anna Berg knows")
