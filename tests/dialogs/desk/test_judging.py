"""What people say of a lead: verdicts, notes, answers filled in for the visitor."""

import pytest

from dialogs.desk.acts import Claim, Fill, Judge, Look, Note, RepAct, Revise, Speak, Verdict
from dialogs.desk.plan import Plan
from dialogs.desk.standing import Phase
from dialogs.effects import RepSay
from dialogs.stages import Stage
from dialogs.state import Status
from tests.dialogs.desk.people import ANNA, BEN, FIELDS, IN_TURN, MORE, STEPS, claimed, hot, talking
from tests.dialogs.engine.scripts import script
from tests.talk import Talk


@pytest.mark.parametrize(
    ("verdict", "stage", "phase"),
    [
        (Verdict.ACCEPTED, Stage.SALES_ACCEPTED, Phase.CLAIMED),
        (Verdict.SALES_QUALIFIED, Stage.SALES_QUALIFIED, Phase.CLAIMED),
        (Verdict.NOT_A_FIT, Stage.DISQUALIFIED, Phase.CLOSED),
        (Verdict.WON, Stage.CUSTOMER, Phase.CLOSED),
        (Verdict.LOST, Stage.MQL, Phase.CLOSED),
        (Verdict.NO_ANSWER, Stage.MQL, Phase.CLOSED),
    ],
)
def test_a_verdict_sets_the_stage_or_leaves_it_and_may_close(verdict: Verdict, stage: Stage, phase: Phase) -> None:
    talk = claimed()
    assert talk.rep(ANNA, Judge(verdict=verdict, reason="Because")) == ""
    assert (talk.here.stage, talk.desk.phase, talk.desk.verdict) == (stage, phase, verdict)
    assert talk.timer("desk") is None
    assert ("verdict", verdict.value) in talk.facts
    assert f"Anna Berg verdict {verdict.value}, Because" in talk.history
    assert talk.shown
    assert talk.says("Excel") == "E-mail?"
    assert talk.shown is talk.desk.is_live


def test_a_deal_has_its_worth() -> None:
    talk = claimed()
    talk.rep(ANNA, Judge(verdict=Verdict.WON, amount="many", currency="EUR"))
    assert talk.whispers == ["“many” is no amount; write it as a plain number, such as 1200.50."]
    talk.rep(ANNA, Judge(verdict=Verdict.WON, amount="12", currency="euros"))
    assert talk.whispers == ["“EUROS” is no currency; write it as three letters, such as EUR."]
    for amount in ("NaN", "Infinity", "-1", "1e999999", "1" * 30):
        talk.rep(ANNA, Judge(verdict=Verdict.WON, amount=amount))
        assert talk.whispers
    assert (talk.desk.verdict, talk.here.stage) == (None, Stage.MQL)
    talk.rep(ANNA, Judge(verdict=Verdict.WON, reason="Annual plan", amount=" 12000.50 ", currency="eur"))
    assert (talk.desk.amount, talk.desk.currency, talk.here.stage) == ("12000.50", "EUR", Stage.CUSTOMER)
    assert "Anna Berg verdict won, 12000.50 EUR, Annual plan" in talk.history


def test_anybody_may_judge_and_the_history_says_who() -> None:
    talk = claimed()
    talk.rep(BEN, Judge(verdict=Verdict.SALES_QUALIFIED))
    assert (talk.desk.rep, talk.here.stage) == (ANNA, Stage.SALES_QUALIFIED)
    assert talk.history[-1] == "Ben Krause verdict sales_qualified"
    assert talk.desk.until is not None, "Anna has still not said a word"


def test_whoever_accepts_what_nobody_has_takes_it() -> None:
    talk = hot(IN_TURN)
    talk.rep(BEN, Judge(verdict=Verdict.ACCEPTED))
    assert (talk.desk.rep, talk.desk.phase, talk.desk.until) == (BEN, Phase.CLAIMED, None)
    talk = hot(IN_TURN)
    talk.rep(BEN, Judge(verdict=Verdict.NO_ANSWER))
    assert (talk.desk.rep, talk.desk.phase) == (None, Phase.CLOSED)


def test_closing_in_the_middle_of_a_talk_gives_it_back_first() -> None:
    talk = talking()
    told = talk.rep(BEN, Judge(verdict=Verdict.LOST))
    assert told == "Anna Berg has left the chat; it's me again.\nPresent CRM?"
    assert (talk.here.status, talk.desk.phase) == (Status.ASKING, Phase.CLOSED)


def test_closing_after_the_end_of_the_script_is_silent() -> None:
    talk = hot()
    for line in ("Excel", "ada@example.com", "later"):
        talk.says(line)
    talk.rep(ANNA, Speak(text="Thank you!", reference="1"))
    assert talk.rep(ANNA, Judge(verdict=Verdict.WON)) == ""
    assert talk.here.status is Status.ENDED
    assert talk.history[-1] == "Anna Berg closed"


@pytest.mark.parametrize(
    "act",
    [Claim(), Speak(text="Hi", reference="9"), Judge(verdict=Verdict.ACCEPTED), Fill(field="crm", text="X"), Look()],
)
def test_a_closed_one_is_not_changed(act: RepAct) -> None:
    talk = claimed()
    talk.rep(ANNA, Judge(verdict=Verdict.LOST))
    was = talk.here
    assert talk.rep(BEN, act) == ""
    assert talk.here == was
    assert talk.whispers == ([] if isinstance(act, Look) else ["This one is closed; nothing was changed."])
    assert not talk.shown


def test_a_closed_one_takes_notes_and_wrong_words_can_still_be_taken_back() -> None:
    talk = talking()
    talk.rep(ANNA, Speak(text="12 euros", reference="1"))
    talk.rep(ANNA, Judge(verdict=Verdict.LOST))
    talk.rep(BEN, Note(text="Ask again in May"))
    assert talk.history[-1] == "Ben Krause note Ask again in May"
    assert talk.shown
    talk.rep(ANNA, Revise(reference="1"))
    assert talk.effects(RepSay)[-1] == RepSay(rep=ANNA, text="", reference="1", revises=True)
    talk.rep(ANNA, Note(text=" "))
    assert talk.whispers == ["There was nothing written."]


def test_what_people_have_said_the_bot_does_not_change() -> None:
    talk = claimed()
    talk.rep(ANNA, Judge(verdict=Verdict.NOT_A_FIT, reason="A student"))
    assert talk.here.disqualified == "A student"
    talk.says("sorry, I meant 90")
    assert talk.here.stage is Stage.DISQUALIFIED
    talk.says("start over")
    talk.says("Ada")
    talk.says("500")
    assert talk.here.stage is Stage.DISQUALIFIED
    assert len(talk.handoffs) == 1, "no rule brings them in again"
    talk = claimed()
    talk.rep(ANNA, Judge(verdict=Verdict.ACCEPTED))
    talk.says("sorry, I meant 5")
    assert talk.here.stage is Stage.SALES_ACCEPTED


def test_a_customer_stays_one() -> None:
    talk = claimed()
    talk.rep(ANNA, Judge(verdict=Verdict.WON))
    talk.says("a person please")
    talk.goes_to()
    talk.rep(ANNA, Judge(verdict=Verdict.ACCEPTED))
    assert (talk.here.stage, talk.desk.verdict) == (Stage.CUSTOMER, Verdict.ACCEPTED)
    talk.rep(ANNA, Judge(verdict=Verdict.NOT_A_FIT))
    assert talk.here.stage is Stage.DISQUALIFIED


def test_an_answer_is_filled_in_as_the_question_reads_it_and_counts() -> None:
    talk = Talk.of(script("- ask: name\n- handoff: sales\n  because: Wants it\n" + STEPS, fields=FIELDS, more=MORE))
    talk.says("Ada")
    talk.goes_to(IN_TURN)
    assert talk.rep(ANNA, Fill(field="size", text="about 80 people")) == ""
    assert talk.answers["size"] == 80
    assert (talk.here.stage, talk.here.fit) == (Stage.MQL, 60)
    assert talk.history[-1] == "Anna Berg filled Team size: 80"
    assert ("filled", "size") in talk.facts and ("answered", "size") not in talk.facts
    lead = talk.turns[-1].lead
    assert lead is not None and lead.answers == {"size": 80} and lead.labels == {"size": ("Team size", "80")}
    talk.rep(ANNA, Fill(field="start", text="later"))
    assert talk.answers["start"] == "later"
    talk.rep(ANNA, Fill(field="size", text="20"))
    assert talk.here.stage is Stage.COLD, "corrected"


def test_what_is_not_understood_is_told_to_whoever_wrote_it() -> None:
    talk = claimed()
    was = talk.here
    talk.rep(ANNA, Fill(field="mail", text="not an address"))
    assert talk.whispers[0].startswith("E-mail: ")
    talk.rep(ANNA, Fill(field="sise", text="5"))
    assert talk.whispers == ['There is no field “sise” in the script, did you mean "size"?']
    talk.rep(ANNA, Fill(field="crm", text=""))
    assert talk.whispers == ["Present CRM: there is no answer to forget."]
    talk.rep(ANNA, Fill(field="size", text="80"))
    assert talk.whispers == ["Team size: that is known already."]
    assert talk.here == was


def test_a_doubtful_answer_is_taken_and_the_doubt_told() -> None:
    talk = claimed()
    talk.rep(ANNA, Fill(field="mail", text="ada@gmial.com"))
    assert talk.answers["mail"] == "ada@gmial.com"
    assert "gmail.com" in talk.whispers[0]


def test_an_answer_can_be_forgotten() -> None:
    talk = claimed()
    talk.rep(ANNA, Fill(field="size", text=""))
    assert "size" not in talk.answers
    assert talk.here.stage is Stage.COLD
    lead = talk.turns[-1].lead
    assert lead is not None and lead.forgotten == ("size",)


def test_filling_in_the_open_question_while_the_bot_talks_leaves_it_to_the_visitor() -> None:
    talk = claimed()
    assert talk.rep(ANNA, Fill(field="crm", text="Excel")) == ""
    assert talk.says("Paper") == "E-mail?"
    assert talk.answers["crm"] == "Paper"


def test_the_history_keeps_the_newest() -> None:
    talk = hot(Plan())
    for number in range(40):
        talk.rep(ANNA, Note(text=str(number)))
    assert len(talk.desk.entries) == 30
    assert talk.history[-1] == "Anna Berg note 39"
