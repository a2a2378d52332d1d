"""Every wait ends: the next person, everybody, an escalation, an honest word to the visitor."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from dialogs.desk.acts import Claim, Join, Judge, Note, Verdict
from dialogs.desk.plan import Clocks, Plan
from dialogs.desk.standing import Phase
from dialogs.effects import Link, SetTimer
from dialogs.events import HandoffRouted, TimerElapsed
from dialogs.state import Status
from tests.dialogs.desk.people import ANNA, BEN, CLARA, FIELDS, IN_TURN, claimed, hot, talking
from tests.dialogs.engine.scripts import script
from tests.talk import Talk

SORRY = "I'm sorry, nobody from the team is free at the moment."
LEAVE = "Leave your e-mail address or phone number here, and they will get back to you."


def test_an_offer_goes_round_then_to_all_then_up_then_the_visitor_hears_the_truth() -> None:
    talk = hot(replace(IN_TURN, booking_url="https://cal.example.com/anna"))
    start = talk.clock()
    assert talk.desk.until == start + timedelta(seconds=30)
    assert talk.rings() == ""
    assert talk.desk.offered_to == BEN
    assert talk.rings() == ""
    assert (talk.desk.phase, talk.desk.offered_to, talk.desk.passed_over) == (Phase.OPEN, None, ("anna", "ben"))
    opened = talk.clock()
    assert talk.rings() == ""
    assert talk.desk.escalated
    assert talk.clock() == opened + timedelta(seconds=120)
    assert talk.rings() == f"{SORRY} {LEAVE} You can also pick a time that suits you."
    assert talk.last.links == (Link("Book a meeting", "https://cal.example.com/anna"),)
    assert talk.clock() == opened + timedelta(seconds=300)
    assert (talk.desk.phase, talk.desk.fell_back, talk.desk.until) == (Phase.OPEN, True, None)
    assert talk.timer("desk") is None
    assert talk.history == [
        "routed enterprise", "offered Anna Berg", "passed_over Anna Berg", "offered Ben Krause",
        "passed_over Ben Krause", "opened", "escalated", "fallback",
    ]  # fmt: skip
    assert [kind for kind, _ in talk.facts if kind in ("escalated", "fell_back")] == ["escalated", "fell_back"]
    assert talk.rep(CLARA, Claim()) == "Clara Diaz will be with you in a moment."


def test_every_wait_that_ends_is_shown() -> None:
    talk = hot(IN_TURN)
    while talk.desk.until is not None:
        talk.rings()
        assert talk.shown


def test_the_visitor_may_be_told_before_it_is_escalated_or_at_once() -> None:
    talk = hot(Plan(clocks=Clocks(unclaimed=300, fallback=60)))
    assert talk.rings().startswith(SORRY)
    assert not talk.desk.escalated
    assert talk.rings() == ""
    assert talk.desk.escalated
    talk = hot(Plan(clocks=Clocks(unclaimed=60, fallback=60)))
    assert talk.rings() + talk.rings() == f"{SORRY} {LEAVE}"
    assert talk.desk.escalated and talk.desk.fell_back


def test_after_the_honest_word_an_address_is_kept_and_used() -> None:
    talk = hot(Plan())
    talk.rings()
    talk.rings()
    assert talk.says("Excel, and I am at ada@example.com") == "Start?"
    assert talk.answers["mail"] == "ada@example.com"
    talk = hot(Plan())
    talk.says("Excel")
    talk.says("ada@example.com")
    talk.rings()
    assert talk.rings() == f"{SORRY} They will get back to you at ada@example.com."


def test_the_script_may_have_a_step_for_when_nobody_is_free() -> None:
    steps = "- ask: name\n- handoff: sales\n  because: Wants it\n- ask: crm\n- end: Bye\n"
    steps += "- step: contact\n  ask: mail\n- end: Bye"
    more = "patterns:\n  nobody_free: {say: 'Nobody is here, {{ name }}.', go: contact}\n"
    talk = Talk.of(script(steps, fields=FIELDS, more=more))
    talk.says("Ada")
    talk.goes_to()
    talk.rings()
    assert talk.rings() == "Nobody is here, Ada.\nE-mail?"
    assert talk.here.step == "contact"


def test_a_visitor_who_said_stop_is_left_alone() -> None:
    talk = hot()
    talk.says("stop")
    talk.rings()
    assert talk.rings() == ""
    assert talk.here.status is Status.STOPPED
    assert talk.rep(ANNA, Claim()) == ""


def test_a_claimer_who_says_nothing_loses_it_to_the_next() -> None:
    talk = claimed()
    told = talk.rings()
    assert told == "I'm sorry, Anna Berg can't be here just now. I'm looking for somebody else from the team."
    assert (talk.desk.rep, talk.desk.offered_to, talk.desk.claimed_at) == (None, BEN, None)
    assert ("taken_back", "anna") in talk.facts
    assert talk.history[-2:] == ["taken_back Anna Berg", "offered Ben Krause"]
    assert talk.rep(ANNA, Claim()).startswith("Anna Berg"), "late is better than never"


def test_nobody_is_told_twice_nor_forgotten_after_it_was_taken_back() -> None:
    talk = hot()
    talk.rings()
    assert talk.rings().startswith(SORRY)
    talk.rep(ANNA, Claim())
    talk.rings()
    assert (talk.desk.phase, talk.desk.escalated, talk.desk.fell_back) == (Phase.OPEN, False, False)
    talk.rings()
    assert talk.rings().startswith(SORRY), "Anna was promised: the visitor must know"


def test_whoever_has_accepted_it_is_not_hurried() -> None:
    talk = claimed()
    talk.rep(ANNA, Note(text="On the phone with them"))
    assert talk.desk.until is not None
    talk.rep(ANNA, Judge(verdict=Verdict.ACCEPTED))
    assert talk.desk.until is None
    assert talk.timer("desk") is None


def test_a_person_who_does_not_answer_is_called_for_and_then_replaced() -> None:
    talk = talking()
    talk.rep_says(ANNA, "Hello!")
    assert talk.timer("desk") is None, "the visitor is not waiting for a word"
    assert talk.says("How much is it?") == ""
    talk.clock.pass_(seconds=30)
    assert talk.says("Hello?") == ""
    assert talk.desk.unanswered
    assert talk.rings() == ""
    assert (talk.desk.escalated, talk.desk.phase) == (True, Phase.TALKING)
    told = talk.rings()
    assert told.splitlines() == [
        "I'm sorry, Anna Berg can't be here just now. I'm looking for somebody else from the team.", "Present CRM?",
    ]  # fmt: skip
    assert (talk.here.status, talk.desk.offered_to) == (Status.ASKING, BEN)


def test_an_answer_ends_the_wait_for_it() -> None:
    talk = talking()
    talk.says("How much is it?")
    assert talk.timer("desk") is not None
    talk.rep_says(ANNA, "12 euros.")
    assert talk.timer("desk") is None
    assert not talk.desk.unanswered


def test_a_person_who_comes_in_and_says_nothing_goes_again() -> None:
    talk = hot(IN_TURN)
    talk.rep(ANNA, Join())
    assert talk.rings().endswith("Present CRM?")
    assert talk.here.status is Status.ASKING


def test_a_timer_of_an_earlier_wait_does_nothing_and_the_present_one_runs_on() -> None:
    talk = hot(IN_TURN)
    turn = talk.take(TimerElapsed(at=talk.clock(), name="desk"))
    assert talk.desk.offered_to == ANNA
    assert [effect.due for effect in turn.effects if isinstance(effect, SetTimer)] == [talk.desk.until]
    assert talk.take(TimerElapsed(at=talk.clock(), name="other")).effects == ()


def test_after_an_hour_without_the_machine_offers_are_not_skipped_but_the_truth_is_told_at_once() -> None:
    talk = hot(IN_TURN)
    talk.clock.pass_(hours=1)
    talk.rings()
    assert talk.desk.offered_to == BEN
    assert talk.desk.until == talk.clock() + timedelta(seconds=30)
    talk = hot()
    talk.clock.pass_(hours=1)
    talk.rings()
    assert talk.rings().startswith(SORRY)
    assert talk.clock() == talk.desk.at + timedelta(hours=1)


BERLIN = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("opens_at", "zone", "told"),
    [
        (datetime(2027, 1, 5, 15, 0, tzinfo=BERLIN), None, "The team is back today at 15:00 (UTC+01:00)."),
        (datetime(2027, 1, 6, 9, 0, tzinfo=BERLIN), None, "The team is back tomorrow at 09:00 (UTC+01:00)."),
        (datetime(2027, 1, 6, 9, 0, tzinfo=BERLIN), "America/New_York", "The team is back tomorrow at 03:00."),
        (datetime(2027, 1, 6, 9, 0, tzinfo=BERLIN), "America/Los_Angeles", "The team is back tomorrow at 00:00."),
        (datetime(2027, 1, 6, 1, 0, tzinfo=BERLIN), "America/New_York", "The team is back today at 19:00."),
        (datetime(2027, 1, 7, 9, 0, tzinfo=UTC), None, "The team is back on 7 January 2027 at 09:00 (UTC)."),
    ],
)
def test_outside_business_hours_the_visitor_is_told_when_people_are_back(
    opens_at: datetime, zone: str | None, told: str
) -> None:
    talk = hot(replace(IN_TURN, opens_at=opens_at), time_zone=zone)
    assert talk.heard == f"{told} {LEAVE}"
    assert (talk.desk.phase, talk.desk.offered_to) == (Phase.OPEN, None)
    assert talk.desk.until == opens_at + timedelta(seconds=120)
    assert talk.says("Excel") == "E-mail?"


def test_outside_business_hours_anybody_may_take_it_and_clocks_wait_for_the_morning() -> None:
    opens_at = datetime(2027, 1, 6, 9, 0, tzinfo=BERLIN)
    talk = hot(replace(IN_TURN, opens_at=opens_at))
    talk.rings()
    assert talk.desk.escalated
    assert talk.rings().startswith(SORRY)
    assert talk.clock() == opens_at + timedelta(seconds=300)
    talk = hot(replace(IN_TURN, opens_at=opens_at))
    assert talk.rep(CLARA, Claim()).startswith("Clara Diaz")


def test_a_routing_that_is_brought_twice_changes_nothing() -> None:
    talk = hot(IN_TURN)
    was = talk.desk
    again = HandoffRouted(at=talk.clock(), handoff=1, to="sales", reason="Large team", plan=IN_TURN)
    talk.take(again)
    assert talk.desk == was
    talk.rep(ANNA, Judge(verdict=Verdict.LOST, reason="Too small"))
    was = talk.desk
    talk.take(again)
    assert talk.desk == was
