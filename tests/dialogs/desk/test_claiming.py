"""Whose a lead is: offered in turn, claimed once, released, passed on, snoozed, in the words of those who do it."""

from datetime import datetime, timedelta

from dialogs.desk.acts import Claim, Look, Note, PassOn, Release, Snooze
from dialogs.desk.plan import Plan
from dialogs.desk.standing import Phase
from dialogs.stages import Stage
from dialogs.state import Status
from tests.dialogs.desk.people import ANNA, BEN, CLARA, IN_TURN, claimed, hot, talking


def test_a_hot_lead_is_offered_to_the_first_in_turn_and_the_talk_goes_on() -> None:
    talk = hot(IN_TURN)
    assert (talk.desk.phase, talk.desk.offered_to, talk.desk.reasons) == (Phase.OFFERED, ANNA, ("Large team",))
    assert talk.history == ["routed enterprise", "offered Anna Berg"]
    assert talk.shown
    assert talk.heard == ""
    assert talk.says("Excel") == "E-mail?"
    assert talk.shown
    assert ("routed", "enterprise") in talk.facts and ("offered_to", "anna") in talk.facts


def test_the_first_claim_wins_and_the_second_is_told_who_has_it() -> None:
    talk = hot(IN_TURN)
    assert talk.rep(BEN, Claim()) == "Ben Krause will be with you in a moment."
    assert talk.shown
    was = talk.desk
    assert talk.rep(ANNA, Claim()) == ""
    assert talk.whispers == ["Ben Krause has it already."]
    assert talk.desk == was
    assert not talk.shown
    talk.rep(BEN, Claim())
    assert talk.whispers == ["You have it already."]
    assert talk.desk.rep == BEN
    assert [fact for fact in talk.facts if fact[0] == "claimed"] == [("claimed", "ben")]


def test_who_claims_is_told_in_the_visitors_language_and_the_bot_goes_on_asking() -> None:
    talk = hot(IN_TURN, language="de")
    assert talk.rep(ANNA, Claim()) == "Anna Berg ist gleich für Sie da."
    assert talk.says("Excel") == "E-mail?"


def test_the_script_has_its_own_words_for_a_claim_or_none() -> None:
    talk = hot(more="patterns:\n  claimed: {say: 'Hold on, {{ rep_name }} comes.'}\n")
    assert talk.rep(ANNA, Claim()) == "Hold on, Anna Berg comes."
    talk = hot(more="patterns:\n  claimed: {off: true}\n")
    assert talk.rep(ANNA, Claim()) == ""
    assert talk.desk.rep == ANNA


def test_the_first_look_counts_and_a_claim_is_a_look() -> None:
    talk = hot(IN_TURN)
    talk.rep(CLARA, Look())
    seen = talk.desk.seen_at
    assert talk.shown
    talk.rep(ANNA, Look())
    assert not talk.shown
    talk.rep(ANNA, Claim())
    assert talk.desk.seen_at == seen
    assert [fact for fact in talk.facts if fact[0] == "seen"] == [("seen", CLARA.key)]
    assert ("seen", "ben") in (one := hot(), one.rep(BEN, Claim()), one.facts)[-1]


def test_an_offer_can_be_turned_down() -> None:
    talk = hot(IN_TURN)
    talk.rep(BEN, Release())
    assert talk.whispers == ["Nobody has it yet."]
    talk.rep(ANNA, Release())
    assert talk.desk.offered_to == BEN
    assert talk.history[-2:] == ["Anna Berg passed_over Anna Berg", "offered Ben Krause"]
    talk.rep(BEN, Release())
    assert (talk.desk.phase, talk.desk.offered_to) == (Phase.OPEN, None)
    assert talk.rep(CLARA, Claim()).startswith("Clara Diaz")


def test_a_lead_is_released_to_the_next_who_was_not_asked_yet() -> None:
    talk = claimed()
    assert talk.rep(BEN, Release()) == ""
    assert talk.whispers == ["Anna Berg has it already."]
    told = talk.rep(ANNA, Release(reason="At lunch"))
    assert told == "I'm sorry, Anna Berg can't be here just now. I'm looking for somebody else from the team."
    assert (talk.desk.rep, talk.desk.offered_to, talk.desk.phase) == (None, BEN, Phase.OFFERED)
    assert "Anna Berg released At lunch" in talk.history


def test_a_lead_is_passed_on_with_its_context() -> None:
    talk = claimed()
    talk.rep(BEN, PassOn(to=BEN))
    assert talk.whispers == ["Anna Berg has it already."]
    talk.rep(ANNA, PassOn(to=ANNA))
    assert talk.whispers == ["You have it already."]
    assert talk.rep(ANNA, PassOn(to=BEN, context="Knows SAP")) == "Ben Krause will be with you in a moment."
    assert (talk.desk.rep, talk.desk.phase) == (BEN, Phase.CLAIMED)
    assert talk.desk.until == talk.clock() + timedelta(seconds=60)
    assert talk.history[-1] == "Anna Berg passed_on Ben Krause: Knows SAP"
    assert ("claimed", "ben") in talk.facts


def test_a_lead_that_nobody_has_is_given_to_somebody() -> None:
    talk = hot(IN_TURN)
    talk.rep(CLARA, PassOn(to=BEN))
    assert (talk.desk.rep, talk.desk.offered_to) == (BEN, None)


def test_passing_on_in_the_middle_of_a_talk_tells_who_takes_over() -> None:
    talk = talking()
    talk.rep_says(ANNA, "Ben knows more about that.")
    told = talk.rep(ANNA, PassOn(to=BEN))
    assert told == "Ben Krause takes over and will be with you in a moment.\nPresent CRM?"
    assert (talk.here.status, talk.desk.rep) == (Status.ASKING, BEN)
    assert talk.rep_says(BEN, "Here I am.") == ["Here I am."]


def test_a_snoozed_lead_comes_back_at_its_time() -> None:
    talk = claimed()
    tomorrow = talk.clock() + timedelta(days=1)
    talk.rep(BEN, Snooze(until=tomorrow))
    assert talk.whispers == ["Anna Berg has it already."]
    talk.rep(ANNA, Snooze(until=tomorrow))
    assert (talk.desk.phase, talk.desk.snoozed_until, talk.desk.rep) == (Phase.SNOOZED, tomorrow, ANNA)
    assert talk.says("Excel") == "E-mail?"
    assert talk.rings() == ""
    assert (talk.desk.phase, talk.desk.snoozed_until, talk.desk.rep) == (Phase.CLAIMED, None, ANNA)
    assert talk.history[-1] == "woken"
    assert talk.shown
    assert talk.timer("desk") is None


def test_a_reminder_lies_ahead() -> None:
    talk = claimed()
    talk.rep(ANNA, Snooze(until=talk.clock()))
    assert talk.whispers == ["That time has passed already."]
    talk.rep(ANNA, Snooze(until=datetime(2027, 3, 1, 9)))  # noqa: DTZ001 - as a careless program might send it
    assert talk.desk.phase is Phase.SNOOZED


def test_snoozing_in_the_middle_of_a_talk_gives_it_back_first() -> None:
    talk = talking()
    told = talk.rep(ANNA, Snooze(until=talk.clock() + timedelta(days=1)))
    assert told == "Anna Berg has left the chat; it's me again.\nPresent CRM?"
    assert talk.desk.phase is Phase.SNOOZED
    assert talk.rep_says(ANNA, "One more thing") == ["One more thing"]
    assert (talk.desk.phase, talk.desk.snoozed_until) == (Phase.TALKING, None)


def test_whoever_snoozes_a_free_lead_has_it_and_the_visitor_is_promised_nothing() -> None:
    talk = hot()
    assert talk.rep(CLARA, Snooze(until=talk.clock() + timedelta(hours=3))) == ""
    assert talk.desk.rep == CLARA


def test_an_old_alert_changes_nothing_but_takes_notes() -> None:
    talk = claimed()
    was = talk.here
    for act in (Claim(), Release(), Look()):
        talk.rep(ANNA, act, handoff=0)
        assert talk.here == was
        assert bool(talk.whispers) is not isinstance(act, Look)
    talk.rep(ANNA, Note(text="Called, no answer"), handoff=0)
    assert talk.history[-1] == "Anna Berg note Called, no answer"
    assert talk.desk.rep == ANNA


def test_an_act_before_anything_was_routed_is_answered() -> None:
    talk = hot()
    talk.state = None
    talk.arrive()
    talk.rep(ANNA, Claim())
    assert talk.whispers == ["There is nothing to do about this lead at present."]


def test_a_further_reason_joins_the_alert_that_is_out() -> None:
    talk = claimed()
    talk.says("Excel")
    talk.says("ada@example.com")
    assert talk.says("this month") == "I will hurry.\nThank you, Ada!"
    assert len(talk.handoffs) == 2
    assert talk.goes_to(Plan(reps=(CLARA,))) == ""
    assert talk.desk.reasons == ("Large team", "Wants to start now")
    assert (talk.desk.handoff, talk.desk.rep, talk.desk.offered_to) == (1, ANNA, None)
    assert talk.history[-1] == "asked_again Wants to start now"
    assert talk.shown
    assert talk.here.stage is Stage.MQL
