"""Any sequence of events: no crash, no lost answer, no circle, and a replay that gives the same turns."""

import string
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.engine import take_turn
from dialogs.events import TimerElapsed, VisitorDid, VisitorReturned, VisitorSaid
from dialogs.source import read_touch
from dialogs.state import ConversationState, Status
from tests.dialogs.engine.scripts import GUIDE, script
from tests.talk import Talk, script_of
from tests.thorough import times

WINDING = script(
    """
- variant: opening
  arms: {short: {go: hello}}
- say: A longer hello.
- step: hello
  say: What brings you here?
  choices:
    - Prices: {go: prices}
    - {label: Demo, key: demo, tag: demo, set: {topic: demo}}
  free: story
- call: qualify
- offer: discount
- wait: 1 hour
- step: story
  ask: story
  gather: 3 seconds
  optional: true
- when: size > 10
  go: hello
- end: Bye
- step: prices
  say: From 12 a month.
- go: hello
""",
    fields="""
story: {type: text, label: Story}
topic: {type: text, label: Topic}
size: {type: number, label: Size, min: 1}
email: {type: email, label: E-mail}
phone: {type: phone, label: Phone, region: DE}
when: {type: date, label: When}
likes: {type: choices, label: Likes, options: {a: Apples, b: Bananas}}
sure: {type: yes_no, label: Sure}
plan: {type: file, label: Plan, types: [pdf, .dwg], largest: 1 MB}
""",
    more="""
dialogs:
  qualify:
    - ask: size
    - ask: email
    - {ask: phone, optional: true}
    - {ask: when, attempts: 2}
    - ask: likes
    - {ask: sure, when: size > 5}
    - {ask: plan, when: size < 50, attempts: 2}
    - consent: call_me
      text: May we call?
experiments:
  opening: {short: 50, long: 50}
magnets:
  discount: {kind: code, title: 10 percent off, codes: codes.txt, when: size > 3}
scoring:
  fit: {rules: [{when: size > 10, points: 50, because: Large}]}
  engagement: {half_life: 1 day, rules: [{on: visit, points: 5, most: 3, because: Visit}]}
stages: {warm: engagement > 4, mql: fit > 40}
disqualifiers:
  - {when: size == 7, because: Unlucky}
handoff:
  - {when: stage == "mql", to: sales, because: Large, say: One moment.}
""",
)

SCRIPTS = [script_of(GUIDE), script_of(WINDING)]

ANSWERS = [
    "Ada", "ada@example.com", "ada@gmial.com", "50", "7", "12", "3", "10-20", "yes", "no", "maybe", "this month",
    "Prices", "demo", "Apples and Bananas", "tomorrow", "0171 1234567", "back", "skip", "repeat", "why do you ask?", "stop", "start over",
    "a person please", "help", "sorry, I meant 12", "sorry, I meant 3", "actually 20",
    "I meant Demo", "is there a free plan?",
    "what is the meaning of life?", "", "  ", "\x00", "🤷", "{{ 7*7 }}", "<script>",
]  # fmt: skip
KEYS = [None, "yes", "no", "now", "demo", "skip", "restart", "doubt.keep", "doubt.take.0", "doubt.take.9", "a,b", "zzz"]

said = st.builds(
    lambda text, choice, step: ("said", text, choice, step),
    st.one_of(st.sampled_from(ANSWERS), st.text(max_size=60), st.text(string.printable, max_size=60)),
    st.sampled_from(KEYS),
    st.sampled_from([None, "ask.size", "hello", "say.1", "ask.timeline", "nowhere", "*"]),
)
typed = st.builds(lambda text: ("said", text, None, None), st.sampled_from(ANSWERS))
sent = st.builds(
    lambda name, kind, size, text, lost: ("sent", name, kind, size, text, lost),
    st.sampled_from(["plan.pdf", "plan.dwg", "plan.svg", "", "<b>.pdf"]),
    st.sampled_from(["application/pdf", "image/vnd.dwg", "image/svg+xml", "text/html"]),
    st.sampled_from([0, 1, 1_000_000, 1_000_001, None]),
    st.sampled_from(["", "here it is", "50", "back", "a person please"]),
    st.sampled_from([None, None, "too_large", "not_fetched", "no_such_reason"]),
)
other = st.sampled_from(
    [("did", "guide.opened"), ("did", "x"), ("timer", "wait"), ("timer", "gather"), ("timer", "other"), ("returned",)]
)
events = st.lists(st.one_of(typed, typed, typed, said, sent, other), max_size=40)


def event_of(talk: Talk, one: Any) -> Any:
    at = talk.clock()
    match one:
        case ("said", text, choice, step):
            return VisitorSaid(at=at, text=text, choice=choice, step=talk.here.step if step == "*" else step)
        case ("sent", name, kind, size, text, lost):
            file = {"id": "" if lost else "f1", "name": name, "type": kind, "size": size}
            return VisitorSaid(at=at, text=text, file=file, lost=lost)
        case ("did", act):
            return VisitorDid(at=at, act=act)
        case ("timer", name):
            return TimerElapsed(at=at, name=name)
        case _:
            return VisitorReturned(at=at, touch=read_touch("https://a.example/?utm_source=b", None, at))


@settings(max_examples=times(150), deadline=None)
@given(st.sampled_from(SCRIPTS), events, st.integers(1, 100_000))
def test_any_talk_stays_sound_and_replays_to_the_same_turns(script: Any, happened: list[Any], seconds: int) -> None:
    talk = Talk(script)
    talk.arrive()
    for one in happened:
        before = talk.here
        talk.clock.now += timedelta(seconds=seconds % 97 + 1)
        turn = talk.take(event_of(talk, one))
        check_sound(talk, before)
        if one[0] == "sent" and before.status is Status.ASKING and not before.fragments and not talk.here.fragments:
            assert turn.effects, "the bot ignored a file"
        if one[0] == "said" and before.status is Status.ASKING and str(one[1]).strip() and not before.fragments:
            gathering = bool(talk.here.fragments)
            old_button = one[2] is not None
            assert turn.effects or gathering or old_button, "the bot ignored what the visitor said"

    state = None
    for event, turn in zip(talk.events, talk.turns, strict=True):
        again = take_turn(script, state, event)
        assert again == turn
        state = again.state


def check_sound(talk: Talk, before: ConversationState) -> None:
    """What must hold of every state, and between one state and the next."""
    state, script = talk.here, talk.script
    if state.status is not Status.ENDED:
        assert state.step in script.steps
    for name, value in state.answers.items():
        field = script.fields[name]
        assert type(field.type.check(value, field.options, "en")).__name__ == "Accepted", (name, value)
    change = talk.turns[-1].lead
    gone = set(before.answers) - set(state.answers)
    if gone and change is not None:
        # An answer goes only when it is forgotten by name, or when the visitor starts over.
        restarted = any(fact.kind == "restarted" for fact in talk.turns[-1].facts)
        assert restarted or gone <= set(change.forgotten)
    assert sum(receipt.axis == "fit" for receipt in state.receipts) <= 3
    assert len(set(state.handoffs)) == len(state.handoffs)
    assert len(state.trail) <= 500
    for axis in ("fit", "engagement"):
        assert -1000 < getattr(state, axis) < 1000
