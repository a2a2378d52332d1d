"""Whatever visitor, people and clocks do, in any order: the desk stays sound, and a replay gives the same turns."""

import json
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.desk import acts
from dialogs.desk.acts import Verdict
from dialogs.desk.plan import Clocks, Plan
from dialogs.desk.standing import Phase, dump_desk, load_desk
from dialogs.effects import GiveMagnet, HandOff, RepSay, Say, ShowDesk
from dialogs.engine import take_turn
from dialogs.events import HandoffRouted, RepDid, TimerElapsed, VisitorDid, VisitorLeft, VisitorReturned, VisitorSaid
from dialogs.state import ConversationState, Status
from tests.dialogs.desk.people import ANNA, BEN, CLARA, SALES
from tests.dialogs.engine.scripts import script
from tests.dialogs.engine.test_properties import ANSWERS, KEYS, WINDING, check_sound
from tests.talk import Talk, script_of
from tests.thorough import times

CALLED = script(
    """
- ask: story
  gather: 3 seconds
- handoff: sales
  because: Wrote a story
- say: And now?
  choices: [Prices, Demo]
- wait: 1 hour
- {ask: size, again: true}
- step: contact
  ask: email
- end: Bye
""",
    fields="story: {type: text, label: Story}\nsize: {type: number, label: Size}\nemail: {type: email, label: E-mail}\n"
    "phone: {type: phone, label: Phone, region: DE}",
    more="patterns:\n  nobody_free: {go: contact}\n",
)
SCRIPTS = [script_of(text) for text in (SALES, SALES, CALLED, WINDING)]
PEOPLE = [ANNA, BEN, CLARA]
SHORTER = script_of(SALES.replace("  - ask: crm\n", ""))

plans = st.builds(
    lambda reps, clocks, opens: ("routed", tuple(reps), clocks, opens),
    st.lists(st.sampled_from(PEOPLE), unique=True),
    st.builds(
        lambda *spans: Clocks(offer=spans[0], unclaimed=spans[1], fallback=spans[2], silent=spans[3]),
        *[st.sampled_from([0.0, 20.0, 60.0])] * 4,
    ),
    st.sampled_from([None, None, None, 300, -300]),
)
fields = st.sampled_from(["size", "email", "mail", "crm", "story", "name", "start", "topic", "nowhere"])
references = st.sampled_from(["1", "2", "3"])
all_acts = st.one_of(
    st.sampled_from([acts.Look(), acts.Claim(), acts.Release(reason="x"), acts.Join(), acts.GiveBack()]),
    st.sampled_from([acts.Claim(), acts.Join(), acts.Join(), acts.GiveBack()]),
    st.sampled_from([acts.Join(), acts.GiveBack()]),
    st.builds(acts.Speak, text=st.sampled_from(["Hello", "", "12 euros"]), reference=references),
    st.builds(acts.Revise, reference=references, text=st.sampled_from([None, "", "14 euros"])),
    st.builds(acts.PassOn, to=st.sampled_from(PEOPLE), context=st.sampled_from(["", "Knows SAP"])),
    st.builds(
        acts.Judge,
        verdict=st.sampled_from(list(Verdict)),
        reason=st.sampled_from(["", "So"]),
        amount=st.sampled_from([None, "12", "x"]),
        currency=st.sampled_from([None, "eur", "x"]),
    ),
    st.builds(acts.Note, text=st.sampled_from(["", "Ask again"])),
    st.builds(acts.Fill, field=fields, text=st.sampled_from(["", "80", "ada@example.com", "now", "3", "Excel"])),
    st.sampled_from([acts.Fill(field="start", text="now"), acts.Fill(field="size", text="90")]),
    st.sampled_from([-60, 60, 3600]).map(lambda seconds: ("snooze", seconds)),
)
did = st.builds(
    lambda rep, act, handoff: ("rep", rep, act, handoff),
    st.sampled_from([ANNA, ANNA, ANNA, BEN, CLARA]),
    all_acts,
    st.sampled_from([0, 0, 0, 0, 0, -1, 1]),
)
typed = st.sampled_from([*ANSWERS, "80", "90", "this month", "back to the bot", "a person please"])
said = st.builds(lambda text: ("said", text, None), typed)
pressed = st.builds(lambda text, key: ("said", text, key), typed, st.sampled_from([*KEYS, "leave_person"]))
other = st.sampled_from(
    [
        ("desk",),
        ("desk",),
        ("early",),
        ("wait",),
        ("gather",),
        ("did",),
        ("did",),
        ("left",),
        ("returned",),
        ("script",),
    ]
)
events = st.lists(st.one_of(said, said, pressed, did, did, did, did, plans, other), min_size=10, max_size=50)

openings = st.sampled_from([[], ["stop"], ["back"], ["Excel", "ada@example.com", "later"], ["x", "Prices"]])
"""Where the visitor stands when people come."""
comings = st.sampled_from([[], [("rep", ANNA, acts.Join(), 0)], [("rep", ANNA, acts.Join(), 0)]])


def event_of(talk: Talk, one: Any) -> Any:
    at, desk = talk.clock(), talk.here.desk
    match one:
        case ("said", text, key):
            return VisitorSaid(at=at, text=text, choice=key, step=None)
        case ("rep", rep, act, behind):
            if isinstance(act, tuple):
                act = acts.Snooze(until=at + timedelta(seconds=act[1]))
            return RepDid(at=at, handoff=(desk.handoff if desk else 1) + behind, rep=rep, act=act)
        case ("routed", reps, clocks, opens):
            opens_at = None if opens is None else at + timedelta(seconds=opens)
            plan = Plan(reps=reps, clocks=clocks, opens_at=opens_at, booking_url="https://cal.example.com")
            talk.routed += 1
            decided = (
                talk.handoffs[talk.routed - 1]
                if talk.routed <= len(talk.handoffs)
                else HandOff(to="sales", reason="more")
            )
            return HandoffRouted(at=at, handoff=talk.routed, to=decided.to, reason=decided.reason, plan=plan)
        case ("desk",):
            if desk is not None and desk.until is not None:
                talk.clock.now = at = max(at, desk.until)
            return TimerElapsed(at=at, name="desk")
        case ("early",):
            return TimerElapsed(at=at, name="desk")
        case ("left",):
            return VisitorLeft(at=at)
        case ("returned",):
            return VisitorReturned(at=at)
        case ("did",):
            return VisitorDid(at=at, act="guide.opened")
        case (timer,):
            return TimerElapsed(at=at, name=timer)


@settings(max_examples=times(250), deadline=None)
@given(st.sampled_from(SCRIPTS), plans, openings, comings, events, st.integers(1, 100_000))
def test_any_sequence_stays_sound_and_replays_to_the_same_turns(
    ready: Any, plan: Any, opening: list[str], coming: list[Any], happened: list[Any], seconds: int
) -> None:
    talk = Talk(ready)
    talk.arrive()
    scripts = [talk.script]
    begun = [("said", line, None) for line in ("Ada", "80", *opening)]
    for one in (*begun, plan, *coming, *happened):
        if one == ("script",):
            talk.script = SHORTER if talk.script is SCRIPTS[0] else talk.script
            continue
        before = talk.here
        talk.clock.now += timedelta(seconds=seconds % 47 + 1)
        talk.take(event_of(talk, one))
        scripts.append(talk.script)
        if talk.here.status is not Status.TALKING and before.status is not Status.TALKING and one[0] == "said":
            check_sound(talk, before)
        check_desk(talk, before)

    state = None
    for used, event, turn in zip(scripts, talk.events, talk.turns, strict=True):
        again = take_turn(used, state, event)
        assert again == turn
        state = again.state


def check_desk(talk: Talk, before: ConversationState) -> None:
    """What must hold of every desk, and between one turn and the next."""
    here, turn, event, desk = talk.here, talk.turns[-1], talk.events[-1], talk.here.desk
    assert len(set(here.handoffs)) == len(here.handoffs)
    assert talk.timer("desk") == (desk.until if desk else None), "every wait has a timer, and nothing else has"
    if desk is None:
        assert before.desk is None
        return
    assert load_desk(json.loads(json.dumps(dump_desk(desk)))) == desk == turn.state.desk
    assert (here.status is Status.TALKING) == (desk.phase is Phase.TALKING)
    assert (desk.rep is not None) or desk.phase in (Phase.OFFERED, Phase.OPEN, Phase.CLOSED)
    assert (desk.rep is None) or desk.phase not in (Phase.OFFERED, Phase.OPEN)
    assert (desk.offered_to is not None) == (desk.phase is Phase.OFFERED)
    assert (desk.until is not None) or desk.phase not in (Phase.OFFERED, Phase.SNOOZED)
    assert desk.until is not None or not desk.unanswered
    assert bool(desk.paused) == (desk.phase is Phase.TALKING)
    changed = desk is not before.desk and dump_desk(desk) != (before.desk and dump_desk(before.desk))
    shown = [effect for effect in turn.effects if isinstance(effect, ShowDesk)]
    assert len(shown) <= 1
    if changed or (desk.is_live and isinstance(event, VisitorSaid)):
        assert shown and turn.effects[-1] is shown[0], "people see every change, after all that was said"
    check_owner(talk, before)
    check_silence(talk, before)


def check_owner(talk: Talk, before: ConversationState) -> None:
    """One owner, who changes only by a claim of what is free, or by their own doing, or because they were silent."""
    event, was, desk = talk.events[-1], before.desk, talk.desk
    if was is None or was.handoff != desk.handoff or was.rep is None or was.rep == desk.rep:
        return
    assert isinstance(event, RepDid | TimerElapsed)
    assert was.is_live
    if isinstance(event, RepDid):
        assert event.rep.key == was.rep.key
        assert isinstance(event.act, acts.Release | acts.PassOn)


def check_silence(talk: Talk, before: ConversationState) -> None:
    """While a person talks, the bot says nothing; when they go, it goes on where it was, or further."""
    turn, event, here, desk = talk.turns[-1], talk.events[-1], talk.here, talk.desk
    said = [effect for effect in turn.effects if isinstance(effect, Say | GiveMagnet)]
    people = [effect for effect in turn.effects if isinstance(effect, RepSay)]
    if people:
        assert isinstance(event, RepDid)
        assert event.rep == people[0].rep
        assert people[0].revises or (here.status is Status.TALKING and desk.rep is not None)
    if before.status is not Status.TALKING or before.desk is None:
        return
    if here.status is Status.TALKING:
        assert said == []
        assert here.answers == before.answers or isinstance(event, RepDid)
        assert here.step == before.step
        return
    gave = isinstance(event, VisitorSaid | TimerElapsed) or (
        isinstance(event, RepDid)
        and isinstance(event.act, acts.GiveBack | acts.Release | acts.PassOn | acts.Snooze | acts.Judge)
    )
    assert gave, "nobody has ended the talk"
    paused = before.desk.paused
    if paused in ("ended", "stopped") and not isinstance(event, VisitorSaid):
        assert here.status.value == paused
        assert here.step == before.step
    elif paused == "asking" and not before.fragments and before.step in talk.script.steps:
        step = talk.script.steps[before.step]
        answered = before.answers.get(getattr(step, "field", "")) is not None
        if not answered and not before.step.startswith("wait"):
            assert here.step == before.step
            assert any(isinstance(effect, Say) and effect.step == here.step for effect in said)
