"""The script's own ways: branches, sub-dialogs, waits, experiments, tags, offers, disqualification, loops."""

from collections import Counter

from dialogs.effects import CancelTimer, GiveMagnet, SetTimer
from dialogs.events import Profile, VisitorSaid
from dialogs.state import Status
from tests.dialogs.engine.scripts import GUIDE, script
from tests.talk import Talk, script_of

NUMBER = "n: {type: number, label: N}"


def test_a_branch_takes_the_first_case_that_holds() -> None:
    steps = """
- ask: n
- branch:
    - {when: n >= 100, go: big}
    - {when: n >= 10, go: middle}
    - {go: small}
- step: big
  end: Big
- step: middle
  end: Middle
- step: small
  end: Small
"""
    for answer, end in (("500", "Big"), ("50", "Middle"), ("5", "Small")):
        assert Talk.of(script(steps, fields=NUMBER)).says(answer) == end


def test_a_sub_dialog_is_walked_and_left_again_also_early() -> None:
    more = """dialogs:
  qualify:
    - ask: n
    - {when: n < 5, go: out}
    - say: Many!
    - step: out
      return:
"""
    steps = "- call: qualify\n- say: Back.\n- call: qualify\n- end: Done"
    assert Talk.of(script(steps, fields=NUMBER, more=more)).says("3") == "Back.\nDone"
    assert Talk.of(script(steps, fields=NUMBER, more=more)).says("7") == "Many!\nBack.\nMany!\nDone"


def test_a_wait_is_a_durable_timer_that_a_message_ends() -> None:
    text = script("- say: One.\n- wait: 2 hours\n- end: Two.")
    talk = Talk.of(text)
    assert talk.here.status is Status.WAITING
    assert (talk.effects(SetTimer)[0].due - talk.here.started_at).total_seconds() == 7200
    assert talk.waits() == "Two."
    talk = Talk.of(text)
    assert talk.says("hello?") == "Two."
    assert talk.effects(CancelTimer) and talk.here.status is Status.ENDED
    assert talk.waits() == ""


def test_arms_are_sticky_and_spread_by_weight() -> None:
    text = script(
        "- variant: opening\n  arms: {short: {go: a}, long: {go: b}}\n- step: a\n  end: A\n- step: b\n  end: B",
        more="experiments:\n  opening: {short: 80, long: 20}\n",
    )
    ready = script_of(text)
    arms = []
    for number in range(1000):
        talk = Talk(ready)
        talk.arrive(person=f"p{number}")
        arms.append(talk.here.variants["opening"])
        again = Talk(ready)
        again.arrive(person=f"p{number}")
        assert again.here.variants == talk.here.variants
    assert 740 <= Counter(arms)["short"] <= 860
    known = Talk(ready)
    known.arrive(person="p0", profile=Profile(variants={"opening": "long"}))
    assert known.heard == "B"


def test_formulas_and_constants_are_set_and_shown() -> None:
    text = script(
        "- ask: n\n- set: {savings: = n * 12 * 40, segment: small}\n- end: You save {{ savings }} ({{ segment }}).",
        fields="n: {type: number, label: N}\nsavings: {type: number, label: Savings}\nsegment: {type: text, label: S}",
    )
    talk = Talk.of(text)
    reply = talk.says("10")
    assert "4,800" in reply or "4800" in reply
    assert talk.answers["savings"] == 4800


def test_a_magnet_is_given_once_and_only_to_those_it_is_meant_for() -> None:
    more = """magnets:
  guide: {kind: link, title: Guide, url: https://example.com/a}
  discount:
    {kind: link, title: Discount, url: https://example.com/b, when: n >= 10, otherwise: guide, already: You have it.}
"""
    steps = "- ask: n\n- offer: discount\n- offer: discount\n- end: Bye"
    assert Talk.of(script(steps, fields=NUMBER, more=more)).says("20") == "[discount]\nYou have it.\nBye"
    talk = Talk.of(script(steps, fields=NUMBER, more=more))
    talk.says("2")
    assert [one.magnet for one in talk.effects(GiveMagnet)] == ["guide"]


def test_a_magnet_that_is_used_up_is_replaced_or_owned_up_to() -> None:
    more = """magnets:
  guide: {kind: link, title: Guide, url: https://example.com/a}
  code: {kind: code, title: Code, codes: codes.txt, otherwise: guide}
  last: {kind: code, title: Last, codes: codes.txt, empty: All gone.}
"""
    for magnet, said in (("code", "[guide]"), ("last", "All gone.")):
        talk = Talk.of(script(f"- ask: n\n- offer: {magnet}\n- end: Bye", fields=NUMBER, more=more))
        event = VisitorSaid(at=talk.clock(), text="1", unavailable=(magnet,))
        talk.take(event)
        assert talk.heard == f"{said}\nBye"


def test_a_disqualifier_is_checked_before_anything_is_offered() -> None:
    more = """magnets:
  guide: {kind: link, title: Guide, url: https://example.com/a}
disqualifiers:
  - {when: n < 5, because: Too small, say: The free plan is made for you., go: out}
"""
    text = script("- ask: n\n- offer: guide\n- end: Bye\n- step: out\n  end: Out", fields=NUMBER, more=more)
    talk = Talk.of(text)
    assert talk.says("2") == "The free plan is made for you.\nOut"
    assert talk.effects(GiveMagnet) == [] and talk.here.disqualified == "Too small"


def test_a_correction_lifts_a_disqualification_that_no_longer_holds() -> None:
    more = """disqualifiers:
  - {when: n < 5, because: Too small, say: Sorry., go: more}
stages: {warm: n > 1}
"""
    text = script(
        "- ask: n\n- step: more\n  ask: m\n- end: Bye", fields=NUMBER + "\nm: {type: yes_no, label: M}", more=more
    )
    talk = Talk.of(text)
    talk.says("2")
    assert talk.here.stage == "disqualified"
    talk.says("sorry, I meant 20")
    assert (talk.here.disqualified, talk.here.stage.value) == (None, "warm")


def test_tags_come_and_go_and_conditions_see_them() -> None:
    text = script('- tag: {add: [hot, new]}\n- tag: {remove: [new]}\n- when: tagged("hot")\n  say: Hot!\n- end: Bye')
    talk = Talk.of(text)
    assert talk.heard == "Hot!\nBye" and talk.here.tags == ("hot",)


def test_a_script_that_runs_in_circles_ends_honestly_and_brings_a_person() -> None:
    talk = Talk.of(script("- step: a\n  say: Round\n- go: a"))
    assert talk.here.status is Status.ENDED
    assert "lost the thread" in talk.heard and len(talk.handoffs) == 1


def test_a_conversation_moves_to_another_version_at_the_first_open_question() -> None:
    fields = "a: {type: number, label: A}\nb: {type: number, label: B}"
    talk = Talk.of(script("- step: one\n  ask: a\n- step: two\n  ask: b\n- end: Bye", fields=fields))
    talk.says("1")
    talk.script = script_of(script("- step: uno\n  ask: a\n- step: due\n  ask: b\n- end: Ciao", fields=fields))
    assert talk.says("hello").endswith("B?")
    assert talk.says("2") == "Ciao" and talk.answers == {"a": 1, "b": 2}


def test_a_handoff_rule_fires_once_and_is_said_before_the_next_question() -> None:
    talk = Talk.of(GUIDE)
    talk.presses("Yes, please")
    for line in ("Ada", "ada@example.com", "yes", "80", "none"):
        talk.says(line)
    talk.does("guide.opened")
    assert talk.handoffs == []
    assert talk.says("this month") == "I am calling a colleague.\nEnjoy the guide, Ada!"
    assert [(one.to, one.reason) for one in talk.handoffs] == [("sales", "Ready to buy")]
    talk.says("sorry, I meant this quarter")
    talk.says("sorry, I meant this month")
    assert len(talk.handoffs) == 1


def test_an_explicit_handoff_names_its_reason() -> None:
    talk = Talk.of(script("- handoff: sales\n  text: A colleague comes.\n  because: Big fish\n- end: Bye"))
    assert talk.heard == "A colleague comes.\nBye"
    assert [(one.to, one.reason) for one in talk.handoffs] == [("sales", "Big fish")]


def test_what_was_said_with_a_corrected_answer_is_said_again_as_it_is_now() -> None:
    text = script(
        "- ask: n\n- set: {d: = n * 2}\n- say: Twice that is {{ d }}.\n- ask: m\n- end: Bye",
        fields="n: {type: number, label: N}\nd: {type: number, label: D}\nm: {type: number, label: M}",
    )
    talk = Talk.of(text)
    assert talk.says("5").startswith("Twice that is 10.")
    assert talk.says("sorry, I meant 7") == "Thanks, I've changed that to 7.\nTwice that is 14.\nM?"


def test_a_visitor_who_only_asks_back_gets_a_person_in_the_end() -> None:
    talk = Talk.of(script("- ask: n\n- end: Bye", fields="n: {type: number, label: N}"))
    talk.says("what will it rain tomorrow?")
    talk.says("who made you?")
    assert talk.says("how do you work?").endswith("Bye")
    assert len(talk.handoffs) == 1
