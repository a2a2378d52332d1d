"""Points with receipts: axes, caps, decay, stages that never slide back by accident."""

from datetime import timedelta

from dialogs.events import Act, ConsentRecord, Profile
from dialogs.scoring import points_now, total_now
from dialogs.stages import Stage
from tests.clock import StoppedClock
from tests.dialogs.engine.scripts import GUIDE, script
from tests.talk import Talk

N = "n: {type: number, label: Number of seats}"


def test_every_point_names_rule_evidence_version_and_time() -> None:
    talk = Talk.of(GUIDE)
    talk.presses("Yes, please")
    for line in ("Ada", "ada@gmail.com", "yes", "80"):
        talk.says(line)
    receipts = {receipt.rule: receipt for receipt in talk.here.receipts}
    team = receipts["fit.1"]
    assert (team.points, team.because, team.evidence) == (30, "Team of 50 or more", "team_size = 80")
    assert team.version == talk.script.version and team.at == talk.clock()
    assert receipts["fit.3"].points == -10 and "email" in receipts["fit.3"].evidence
    assert talk.here.fit == 20
    assert talk.here.engagement == 2


def test_group_and_axis_have_ceilings() -> None:
    more = """scoring:
  fit:
    cap: 25
    rules: [{when: n > 0, points: 15, because: A}]
    groups:
      small: {cap: 5, rules: [{when: n > 0, points: 4, because: B}, {when: n > 1, points: 4, because: C}]}
      large: {rules: [{when: n > 100, points: 50, because: D}]}
"""
    talk = Talk.of(script("- ask: n\n- ask: n\n  again: true\n- end: Bye", fields=N, more=more))
    talk.says("2")
    assert talk.here.fit == 20
    talk.says("200")
    assert talk.here.fit == 25


def test_engagement_fades_with_the_age_of_the_act() -> None:
    talk = Talk.of(GUIDE)
    talk.does("guide.opened")
    assert talk.here.engagement == 12
    receipt = next(one for one in talk.here.receipts if one.because == "Opened the guide")
    assert points_now(receipt, receipt.at + timedelta(days=30)) == 5
    later = talk.clock() + timedelta(days=60)
    assert total_now(talk.here.receipts, talk.script.axes, later) == {"fit": 0, "engagement": 3}


def test_a_repeatable_rule_counts_so_often_and_no_more() -> None:
    talk = Talk.of(GUIDE)
    for _ in range(5):
        talk.does("visit")
    assert talk.here.engagement == 6
    talk.does("guide.opened")
    talk.does("guide.opened")
    assert talk.here.engagement == 16


def test_a_stage_does_not_slide_back_because_points_fade() -> None:
    talk = Talk.of(GUIDE)
    talk.does("guide.opened")
    assert talk.here.stage is Stage.WARM
    talk.clock.pass_(days=365)
    talk.does("something")
    assert talk.here.engagement < 10 and talk.here.stage is Stage.WARM


def test_the_bot_never_touches_a_stage_that_a_person_gave() -> None:
    talk = Talk.of(GUIDE, profile=Profile(stage=Stage.SALES_ACCEPTED))
    talk.does("guide.opened")
    assert talk.here.stage is Stage.SALES_ACCEPTED


def test_source_is_known_to_conditions() -> None:
    more = 'scoring: {fit: {rules: [{when: utm_source == "partner", points: 9, because: Partner}]}}\n'
    text = script("- ask: n\n- end: Bye", fields=N, more=more)
    talk = Talk.of(text, page="https://shop.example/?utm_source=Partner&gclid=x")
    talk.says("1")
    assert talk.here.fit == 9
    assert talk.here.source is not None and talk.here.source.first.click_id == "gclid:x"


def test_a_range_counts_only_where_it_holds_as_a_whole() -> None:
    more = "scoring: {fit: {rules: [{when: n >= 50, points: 9, because: Big}]}}\n"
    for answer, fit in (("50-80", 9), ("40-80", 0), ("more than 60", 9), ("up to 90", 0)):
        talk = Talk.of(script("- ask: n\n- end: Bye", fields=N, more=more))
        talk.says(answer)
        assert talk.here.fit == fit, answer


def test_a_stage_does_not_slide_back_because_the_visitor_starts_over() -> None:
    talk = Talk.of(GUIDE)
    talk.does("guide.opened")
    talk.presses("Yes, please")
    for line in ("Ada", "ada@example.com", "yes", "80", "none", "this month"):
        talk.says(line)
    assert talk.here.stage is Stage.MQL
    talk.says("start over")
    assert talk.here.fit == 0 and talk.here.stage is Stage.MQL


def test_what_is_known_of_somebody_who_comes_back_is_no_news() -> None:
    known = Profile(
        answers={"n": 80},
        consents={"call_me": ConsentRecord(True, "v1", StoppedClock()())},
        tags=("vip",),
        acts=(Act("visit", StoppedClock()()), Act("guide.opened", StoppedClock()())),
        visits=2,
    )
    talk = Talk.of(script("- ask: n\n- tag: hot\n- ask: m\n- end: Bye", fields=f"{N}\nm: {N[3:]}"), profile=known)
    change = talk.turns[0].lead
    assert change is not None
    assert (change.answers, change.consents, change.tags_added) == ({}, {}, ("hot",))
    assert [act.name for act in change.acts] == ["visit", "returned"]
    assert talk.answers == {"n": 80} and talk.here.tags == ("vip", "hot")


def test_what_is_known_of_somebody_calls_nobody_before_they_have_said_anything() -> None:
    more = "handoff: [{when: n >= 50, to: sales, because: Large, say: Somebody will call.}]\n"
    text = script("- say: Welcome!\n  choices: [Go on]\n- ask: n\n- end: Bye", fields=N, more=more)
    talk = Talk.of(text, profile=Profile(answers={"n": 80}, visits=2))
    assert talk.heard == "Welcome!" and not talk.handoffs
    assert talk.presses("Go on").startswith("Somebody will call.")
    assert [handoff.reason for handoff in talk.handoffs] == ["Large"]


def test_who_was_disqualified_elsewhere_is_not_courted_again_for_opening_a_chat() -> None:
    talk = Talk.of(GUIDE, profile=Profile(stage=Stage.DISQUALIFIED))
    talk.presses("Yes, please")
    for line in ("Ada", "ada@example.com", "yes", "80"):
        talk.says(line)
    assert talk.here.fit > 0
    assert talk.here.stage is Stage.DISQUALIFIED
